"""A request that is sent again under the same key gets the same answer, and happens once.

The answer is kept in the transaction of what it answers: either both are there or neither.
What was refused is not kept; the same request may succeed later.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from tatausaha.core.api.models import ApiToken, KeptAnswer
from tatausaha.core.kernel.errors import Conflict, Refused

HEADER = "Idempotency-Key"
LONGEST = 100
KEPT = timedelta(days=7)

Answer = tuple[int, dict[str, Any]]


class _Second(Exception):  # noqa: N818
    """Somebody answered under this key while we were at it."""


def once(request: HttpRequest, act: Callable[[], Answer]) -> JsonResponse:
    """The answer of `act`, which happens at most once under the request's key (if it has one).

    Raises `Conflict` when the key was used for another request, `Refused` when it is too
    long, and whatever `act` raises; nothing is kept then.
    """
    key = request.headers.get(HEADER, "")
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    at: datetime = request.at  # type: ignore[attr-defined]
    if not key:
        return _json(*act())
    if len(key) > LONGEST:
        raise Refused(_("Idempotency-Key paling panjang 100 karakter."), field=HEADER)
    if not key.isprintable():
        raise Refused(_("Idempotency-Key berisi tanda yang tidak bisa dibaca."), field=HEADER)
    claim = KeptAnswer(token=token, key=key, fingerprint=fingerprint(request), code=0, body={}, at=at)
    try:
        with transaction.atomic():
            _claim(claim)
            claim.code, claim.body = act()
            claim.save(update_fields=["code", "body"])
    except _Second:
        if again := kept(request):
            return again
        raise
    return _json(claim.code, claim.body)


def _claim(claim: KeptAnswer) -> None:
    """Take the key; who comes second waits here until the first has answered or failed."""
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
    except IntegrityError as taken:
        raise _Second from taken


def kept(request: HttpRequest) -> JsonResponse | None:
    """The answer that was given to this very request before. Raises `Conflict` for another request."""
    key = request.headers.get(HEADER, "")
    if not key or len(key) > LONGEST or not key.isprintable():
        return None
    found = KeptAnswer.objects.filter(token=request.auth, key=key).first()  # type: ignore[attr-defined]
    if found is None:
        return None
    if found.fingerprint != fingerprint(request):
        raise Conflict(_("Idempotency-Key ini sudah dipakai untuk permintaan lain."))
    answer = _json(found.code, found.body)
    answer["Idempotency-Replayed"] = "true"
    return answer


def clear(*, at: datetime) -> int:
    """Forget answers after a week; how many were forgotten."""
    return KeptAnswer.objects.filter(at__lt=at - KEPT).delete()[0]


def fingerprint(request: HttpRequest) -> str:
    """What makes two requests the same: method, address and all that was sent, files by their content."""
    seen = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        for name, values in sorted(request.POST.lists()):
            seen.update(repr((name, values)).encode())
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                content = hashlib.sha256()
                for piece in file.chunks():
                    content.update(piece)
                file.seek(0)
                seen.update(name.encode() + content.digest())
    else:
        seen.update(request.body)
    return seen.hexdigest()


def _json(status: int, body: dict[str, Any]) -> JsonResponse:
    return JsonResponse(body, status=status)
