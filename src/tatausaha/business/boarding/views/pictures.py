"""Pictures for everybody: drawings where no photo is, and photos in the size that is asked for."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tatausaha.business.boarding import drawings

DAY = 86_400


@require_safe
@cache_control(public=True, max_age=30 * DAY)
def facade(_request: HttpRequest, name: str) -> HttpResponse:
    """The drawn front of a house."""
    return HttpResponse(drawings.facade(name), content_type="image/svg+xml")


@require_safe
@cache_control(public=True, max_age=30 * DAY)
def interior(_request: HttpRequest, name: str) -> HttpResponse:
    """The drawn inside of a room."""
    return HttpResponse(drawings.interior(name), content_type="image/svg+xml")
