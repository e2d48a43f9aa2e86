"""What is said when something cannot be done, and what is offered instead of starting over."""

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.web import parking


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: unreadable, or 413 when it was only too large."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return render(request, "400.html", status=400)


def refused(request: HttpRequest, no: Refused) -> HttpResponse:
    """422: what was asked cannot be done now, with the reason."""
    return render(request, "422.html", {"sentence": str(no)}, status=422)


def too_large(request: HttpRequest) -> HttpResponse:
    """413, with what to do about it."""
    return render(request, "413.html", status=413)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too often in too short a time."""
    return render(request, "429.html", status=429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token has ended. What was typed is offered again to whoever typed it.

    A POST from another site is only refused: nobody may be led to send it by pressing a button.
    """
    form = parking.taken(request, at=request.at) if parking.own_page(request) else None  # type: ignore[attr-defined]
    if form and not form.belongs_to(getattr(request, "person", None)):
        form = None
    template = "web/resume.html" if form else "403_csrf.html"
    return render(request, template, {"form": form, "reason": reason}, status=403)


@never_cache
@require_safe
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """What was typed before the session ended, to be sent again."""
    form = parking.parked(request, token, at=request.at)  # type: ignore[attr-defined]
    if form is None:
        raise Http404
    return render(request, "web/resume.html", {"form": form})
