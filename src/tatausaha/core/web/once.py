"""A form counts once: the second sending of the same form gets the answer of the first.

The template puts a one-time key into the form (`{% form_key %}`); the key is claimed in the
database before the view acts: by `@once` over the view, or by the middleware for views of
floors that do not know this one. Whoever comes second, by a double click, the back button
or a nervous network, is led to where the first was led; a form that was changed in between is
told apart (`resent`).
"""

import functools
import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _

from tatausaha.core.kernel import ids
from tatausaha.core.web import parking, resent
from tatausaha.core.web.models import SentForm

FIELD: Final = "form_key"
KEPT: Final = timedelta(days=2)
ABANDONED: Final = timedelta(minutes=2)
PATIENCE: Final = 5.0
"""Seconds that a second sending waits for the first one's answer."""

LONGEST: Final = 500
"""Characters of an address that is remembered."""

_KEY = re.compile(r"[0-9A-Z]{26}")

View = Callable[..., HttpResponse]


def new_key() -> str:
    """A key that nobody had before."""
    return ids.token()


def is_key(text: str) -> bool:
    """Whether the text has the form of a key."""
    return bool(_KEY.fullmatch(text))


def once(view: View) -> View:
    """Let a POST with a form key reach the view once; its redirect answers every repetition.

    An answer that is no redirect (a form with mistakes) gives the key back, so that the
    corrected form may be sent. A POST without a key passes as it is.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key, second = begin(request)
        if second is not None:
            return second
        answer: HttpResponse | None = None
        try:
            answer = view(request, *args, **kwargs)
        finally:
            finish(key, answer)
        return answer

    guarded.counts_once = True  # type: ignore[attr-defined]  # decorators above this one carry it on
    return guarded


def is_guarded(view: View) -> bool:
    """Whether the view claims its key itself."""
    return getattr(view, "counts_once", False)


def begin(request: HttpRequest) -> tuple[str, HttpResponse | None]:
    """Claim the form's key (empty if it has none); the answer for whoever comes second."""
    key = request.POST.get(FIELD, "") if request.method == "POST" else ""
    if not is_key(key):
        return "", None
    return key, None if _claim(request, key) else _repeated(request, key)


def finish(key: str, answer: HttpResponse | None) -> None:
    """Remember where the first sending was led, or give the key back."""
    if not key:
        return
    if isinstance(answer, HttpResponseRedirect) and _is_result(answer.url):
        SentForm.objects.filter(key=key).update(answer=answer.url)
    else:
        SentForm.objects.filter(key=key).delete()


def _is_result(url: str) -> bool:
    """A redirect to sign in is no result: the same form comes again afterwards."""
    return len(url) <= LONGEST and urlsplit(url).path != resolve_url(settings.LOGIN_URL)


def _claim(request: HttpRequest, key: str) -> bool:
    at = request.at  # type: ignore[attr-defined]
    SentForm.objects.filter(at__lt=at - KEPT).delete()
    SentForm.objects.filter(key=key, answer="", at__lt=at - ABANDONED).delete()
    try:
        with transaction.atomic():
            SentForm.objects.create(
                key=key,
                path=request.path[:200],
                who=_who(request),
                at=at,
                content=resent.sealed_content(request),
            )
    except IntegrityError:
        return False
    return True


def _who(request: HttpRequest) -> int:
    person = getattr(request, "person", None)
    return person.pk if person else 0


def _repeated(request: HttpRequest, key: str) -> HttpResponse:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        first = SentForm.objects.filter(key=key, path=request.path[:200], who=_who(request)).first()
        if first is None:
            break
        if lines := resent.changes(first.content, request):
            return _changed(request, first, lines)
        if first.answer:
            messages.info(request, _("Formulir ini sudah terkirim sekali dan tidak dikirim dua kali."))
            return HttpResponseRedirect(first.answer)
        time.sleep(0.1)
    return render(request, "web/busy.html", status=409)


def _changed(request: HttpRequest, first: SentForm, lines: list[resent.Line]) -> HttpResponse:
    """The first counts; what was changed since is shown beside it and may be sent as another form."""
    form = parking.taken(request, at=request.at)  # type: ignore[attr-defined]
    assert form is not None, "lines are only told of what could be kept"
    context = {
        "result": first.answer or request.path,
        "lines": lines,
        "form": form,
        "fields": resent.renewed(form, new_key()),
    }
    return render(request, "web/resent.html", context, status=409)
