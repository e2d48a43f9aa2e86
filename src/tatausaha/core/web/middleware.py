"""What every request needs to know: the company, the moment, the person; and what must not be lost."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from allauth.core.exceptions import RateLimited
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import queries, roles
from tatausaha.core.web import once, parking
from tatausaha.core.web.views import errors

PERSONAL = "private, no-store"
"""What somebody signed in has seen is kept by nobody: the back button shows nothing of it after signing out."""


class HouseMiddleware:
    """Sets `request.company`, `request.at` and `request.person`, and the time machine's offset."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """One query for the company; the person comes with the login. An address with a NUL is none."""
        request.company = company = queries.company()  # type: ignore[attr-defined]
        clock.set_offset(queries.offset_of(company))
        request.at = clock.now()  # type: ignore[attr-defined]
        person = queries.person_of(request.user)
        request.person = roles.acting_at(person, request.at) if person else None  # type: ignore[attr-defined]
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return errors.bad_request(request)
        answer = self.get_response(request)
        if request.person is not None and not answer.has_header("Cache-Control"):  # type: ignore[attr-defined]
            answer["Cache-Control"] = PERSONAL
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A no that no view has answered is still a sentence on a page, not a fault."""
        if isinstance(exception, RateLimited):
            return errors.too_many(request)
        return errors.refused(request, exception) if isinstance(exception, Refused) else None


class OnceMiddleware:
    """Lets every form with a key count once, also of floors whose views do not know `once`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """What the first sending was answered is what the second will be led to."""
        request.claimed_key = ""  # type: ignore[attr-defined]
        answer = self.get_response(request)
        once.finish(request.claimed_key, answer)  # type: ignore[attr-defined]
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Claim the key before the view, after the form's token was looked at."""
        if once.is_guarded(view) or getattr(view, "csrf_exempt", False):  # programs have keys of their own
            return None
        key, second = once.begin(request)
        if second is None:
            request.claimed_key = key  # type: ignore[attr-defined]
        return second


class ParkingMiddleware:
    """Parks what was typed when a view sends a visitor to sign in first (see `parking`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Turn the way back after signing in into the page that offers the form again."""
        answer = self.get_response(request)
        if (
            request.method == "POST"
            and isinstance(answer, HttpResponseRedirect)
            and _sent_to_sign_in(request, answer)
        ):
            token = parking.park(request, at=request.at)  # type: ignore[attr-defined]
            if token:
                query = urlencode({REDIRECT_FIELD_NAME: reverse("resume", args=[token])})
                return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")
        return answer


def _sent_to_sign_in(request: HttpRequest, answer: HttpResponseRedirect) -> bool:
    door, way = resolve_url(settings.LOGIN_URL), urlsplit(answer.url)
    turned_back = way.path == door and REDIRECT_FIELD_NAME in parse_qs(way.query)
    return turned_back and request.path != door and not request.user.is_authenticated
