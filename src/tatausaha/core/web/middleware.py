"""What every request needs to know: the company, the moment, the person."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tatausaha.core.kernel import clock
from tatausaha.core.people import queries


class HouseMiddleware:
    """Sets `request.company`, `request.at` and `request.person`, and the time machine's offset."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """One query for the company; the person comes with the login."""
        request.company = company = queries.company()  # type: ignore[attr-defined]
        clock.set_offset(queries.offset_of(company))
        request.at = clock.now()  # type: ignore[attr-defined]
        request.person = queries.person_of(request.user)  # type: ignore[attr-defined]
        return self.get_response(request)
