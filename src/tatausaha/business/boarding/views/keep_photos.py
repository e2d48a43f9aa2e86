"""The page of photos: add, put in order, take away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tatausaha.business.boarding import forms
from tatausaha.business.boarding.queries import keeping
from tatausaha.business.boarding.services import photos as services
from tatausaha.business.boarding.views.keep import crumbs, house_of, person_of, tabs
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.web.once import once
from tatausaha.core.web.requests import HouseRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def photos(request: HouseRequest, code: str) -> HttpResponse:
    """The photos in their order, and a form for one more."""
    house, person = house_of(request, code), person_of(request)
    form = forms.PhotoForm(request.POST or None, request.FILES or None, house=house)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.add_photo(
                house,
                data["photo"],
                by=person,
                at=request.at,
                caption=data["caption"],
                room_type=data["room_type"],
            )
        except Refused as no:
            form.add_error("photo", str(no))
        else:
            messages.success(request, _("Foto dipasang."))
            return redirect("boarding:photos", code)
    context = {
        "house": house,
        "crumbs": crumbs(),
        "tabs": tabs(house, "photos"),
        "form": form,
        "photos": keeping.kept_photos(house),
    }
    return render(request, "boarding/keep/photos.html", context)


@require_POST
@login_required
@once
def change_photo(request: HouseRequest, code: str, token: str) -> HttpResponse:
    """One place forward or back, or away."""
    house, person = house_of(request, code), person_of(request)
    photo = get_object_or_404(keeping.kept_photos(house), token=token)
    match request.POST.get("aksi"):
        case "hapus":
            services.remove_photo(photo, by=person)
            messages.success(request, _("Foto dihapus."))
        case "maju":
            services.move_photo(photo, by=person, forward=True)
        case "mundur":
            services.move_photo(photo, by=person, forward=False)
        case _:
            messages.error(request, str(_unknown()))
    return redirect(reverse("boarding:photos", args=[code]))


def _unknown() -> str:
    return _("Pilih maju, mundur, atau hapus.")
