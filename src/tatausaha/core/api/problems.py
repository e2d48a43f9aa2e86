"""Errors as `application/problem+json`, in sentences that may be shown to a person."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from tatausaha.core.kernel.errors import Conflict, Refused

CONTENT_TYPE = "application/problem+json"

TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
}


class Invalid(Exception):  # noqa: N818 - it is an answer, not a fault
    """Inputs that do not fit their form: (field, sentence) pairs; the field is empty for the whole form."""

    def __init__(self, errors: Iterable[tuple[str, str]]) -> None:
        super().__init__("invalid")
        self.errors = list(errors)


def problem(
    status: int, detail: str, *, kind: str = "", errors: Iterable[tuple[str, str]] = (), **headers: str
) -> JsonResponse:
    """One problem document; `kind` is its stable code, `errors` name the inputs that are wrong."""
    body: dict[str, Any] = {
        "type": f"urn:tatausaha:{kind}" if kind else "about:blank",
        "title": TITLES.get(status, ""),
        "status": status,
        "detail": detail,
    }
    if listed := [{"field": field, "detail": said} for field, said in errors]:
        body["errors"] = listed
    answer = JsonResponse(body, status=status, content_type=CONTENT_TYPE)
    for name, value in headers.items():
        answer[name.replace("_", "-")] = value
    return answer


def refused(no: Refused) -> JsonResponse:
    """A business no: 422 when it names an input, else 409, for the state of things says no."""
    if no.field:
        return problem(422, str(no), kind="refused", errors=[(no.field, str(no))])
    return problem(409, str(no), kind="conflict" if isinstance(no, Conflict) else "refused")


def _unreadable(_request: HttpRequest, _error: Any) -> JsonResponse:
    return problem(400, _("Isi permintaan tidak terbaca."), kind="unreadable")


def install(api: NinjaAPI) -> None:
    """Let every error of the API leave as a problem document."""

    def on_refused(_request: HttpRequest, no: Any) -> JsonResponse:
        return refused(no)

    def on_invalid(_request: HttpRequest, wrong: Any) -> JsonResponse:
        said = _("Isian belum lengkap atau salah.")
        return problem(422, said, kind="invalid", errors=wrong.errors)

    def on_shape(_request: HttpRequest, wrong: Any) -> JsonResponse:
        errors = [(".".join(str(part) for part in e["loc"][1:]), str(e["msg"])) for e in wrong.errors]
        return problem(422, _("Isian belum lengkap atau salah."), kind="invalid", errors=errors)

    def on_unknown(_request: HttpRequest, _error: Any) -> JsonResponse:
        return problem(404, _("Tidak ditemukan."), kind="not-found")

    def on_stranger(_request: HttpRequest, _error: Any) -> JsonResponse:
        said = _("Sertakan token yang masih berlaku: Authorization: Bearer tts_…")
        return problem(401, said, kind="no-token", WWW_Authenticate="Bearer")

    def on_hurry(_request: HttpRequest, error: Any) -> JsonResponse:
        wait = str(int(error.wait or 1) + 1)
        return problem(429, _("Terlalu sering. Coba lagi sebentar lagi."), kind="too-many", Retry_After=wait)

    def on_large(_request: HttpRequest, _error: Any) -> JsonResponse:
        said = _("Isi permintaan terlalu besar; kirim berkas sebagai multipart/form-data.")
        return problem(413, said, kind="too-large")

    def on_http(_request: HttpRequest, error: Any) -> JsonResponse:
        return problem(error.status_code, str(error), kind="http")

    for kind, handler in (
        (Refused, on_refused),
        (Invalid, on_invalid),
        (ValidationError, on_shape),
        (Http404, on_unknown),
        (AuthenticationError, on_stranger),
        (Throttled, on_hurry),
        (RequestDataTooBig, on_large),
        (MultiPartParserError, _unreadable),
        (TooManyFieldsSent, _unreadable),
        (HttpError, on_http),
    ):
        api.add_exception_handler(kind, handler)
