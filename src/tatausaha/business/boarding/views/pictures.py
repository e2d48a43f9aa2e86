"""Pictures for everybody: drawings where no photo is, and photos in the size that is asked for."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tatausaha.business.boarding import drawings
from tatausaha.business.boarding.queries import keeping
from tatausaha.business.boarding.services import photos
from tatausaha.core.web.requests import HouseRequest

DAY = 86_400


@require_safe
@cache_control(public=True, max_age=30 * DAY)
def facade(_request: HouseRequest, name: str) -> HttpResponse:
    """The drawn front of a house."""
    return HttpResponse(drawings.facade(name), content_type="image/svg+xml")


@require_safe
@cache_control(public=True, max_age=30 * DAY)
def interior(_request: HouseRequest, name: str) -> HttpResponse:
    """The drawn inside of a room."""
    return HttpResponse(drawings.interior(name), content_type="image/svg+xml")


@require_safe
@cache_control(private=True, max_age=365 * DAY, immutable=True)
def photo(request: HouseRequest, token: str, edge: int) -> HttpResponse:
    """A photo with this length of its longer side; its address never shows another picture."""
    found = get_object_or_404(keeping.photo_shown_to(request.person, token))
    if edge not in found.edges:
        raise Http404
    with default_storage.open(photos.path_of(found, edge)) as kept:
        return HttpResponse(kept.read(), content_type="image/webp")
