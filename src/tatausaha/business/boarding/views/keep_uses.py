"""The laundry list: what every tenant used of one service on one day, written down at once (KOS-09)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tatausaha.business.boarding.forms_uses import UsesForm
from tatausaha.business.boarding.queries import keeping
from tatausaha.business.boarding.queries.bookings import tenants_of
from tatausaha.business.boarding.services import uses
from tatausaha.business.boarding.views.keep import crumbs, house_of, person_of
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.web.once import once
from tatausaha.core.web.requests import HouseRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def note_uses(request: HouseRequest, code: str, pk: int) -> HttpResponse:
    """A line a tenant; all of it is written down, or nothing with the sentence beside each wrong line."""
    house, person = house_of(request, code), person_of(request)
    service = get_object_or_404(keeping.services_of(house).filter(per_use=True), pk=pk)
    stays = list(tenants_of(house))
    given = request.POST if request.method == "POST" else None
    form = UsesForm(given, stays=stays, service=service, on=clock.day(request.at, house.unit.zone))
    if request.method == "POST" and form.is_valid():
        try:
            noted = uses.note_uses(service, form.quantities(), on=form.cleaned_data["on"],
                                   note=form.cleaned_data["note"], by=person, at=request.at)  # fmt: skip
        except uses.RowsRefused as no:
            form.show(no)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            said = ngettext("%(count)d pemakaian dicatat.", "%(count)d pemakaian dicatat.", len(noted))
            messages.success(request, said % {"count": len(noted)})
            return redirect("boarding:services", code=code)
    context = {
        "house": house, "service": service, "form": form, "stays": stays, "crumbs": crumbs(house),
        "back": reverse("boarding:services", args=[code]),
    }  # fmt: skip
    return render(request, "boarding/keep/uses.html", context, status=422 if form.errors else 200)
