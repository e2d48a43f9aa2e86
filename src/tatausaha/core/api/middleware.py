"""The last word on what leaves under /api/: an error that no operation wrote becomes a problem document too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tatausaha.core.api import problems

ROOT = "/api/"
KEPT = ("Allow", "Retry-After", "WWW-Authenticate")


class ProblemMiddleware:
    """Turns the error pages of the house and of Django into problems for programs (405, 400, 413, 500, …)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer as it is, or the problem that says the same."""
        answer = self.get_response(request)
        status = answer.status_code
        if status < 400 or not request.path.startswith(ROOT):
            return answer
        if answer.headers.get("Content-Type", "").startswith(problems.CONTENT_TYPE):
            return answer
        kind, said = _said(request, status)
        told = problems.problem(status, said, kind=kind)
        for name in KEPT:
            if name in answer.headers:
                told[name] = answer.headers[name]
        return told


def _said(request: HttpRequest, status: int) -> tuple[str, str]:
    if status == 404:
        return "not-found", _("Alamat %(address)s tidak ada di API ini.") % {"address": request.path}
    if status == 405:
        return "not-allowed", _("Alamat ini tidak menerima %(method)s.") % {"method": request.method}
    if status >= 500:
        return "fault", _("Ada yang salah di pihak kami, dan sudah kami catat. Coba lagi sebentar lagi.")
    return "unreadable", _("Permintaan ini tidak terbaca.")
