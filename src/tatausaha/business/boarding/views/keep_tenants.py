"""The manager's list of tenants, with its file (KOS-13)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tatausaha.business.boarding.models import Cycle, House
from tatausaha.business.boarding.queries import tenants as reads
from tatausaha.business.boarding.views.keep import crumbs, house_of, tabs
from tatausaha.core.kernel import clock, export
from tatausaha.core.people import identity
from tatausaha.core.web.parts import Column, FilterSet, Kind, Link, Row, Table
from tatausaha.core.web.requests import HouseRequest


@require_safe
@login_required
def tenants(request: HouseRequest, code: str) -> HttpResponseBase:
    """Who lives here since when, with services, arrears and registration; identity numbers stay masked."""
    house = house_of(request, code)
    gone = request.GET.get("siapa") == "pernah"
    found = reads.tenants(house, clock.day(request.at, house.unit.zone), gone=gone)
    if request.GET.get("berkas") == "csv":
        return export.csv_file(f"penghuni-{code}", _head(house), (_line(one) for one in found))
    context = {
        "house": house,
        "crumbs": crumbs(),
        "tabs": tabs(house, "tenants"),
        "sets": [_filter(house, gone=gone)],
        "table": _table(house, found),
        "owed": sum(one.arrears for one in found),
        "gone": gone,
        "file": f"{request.path}?siapa={'pernah' if gone else ''}&berkas=csv",
    }
    return render(request, "boarding/keep/tenants.html", context)


def _filter(house: House, *, gone: bool) -> FilterSet:
    path = reverse("boarding:tenants", args=[house.unit.code])
    links = (
        Link(_("Tinggal sekarang"), path, not gone),
        Link(_("Pernah tinggal"), f"{path}?siapa=pernah", gone),
    )
    return FilterSet(_("Penghuni"), links)


def _rent(house: House) -> str:
    return _("Sewa %(per)s") % {"per": Cycle(house.cycle).per}


def _head(house: House) -> list[str]:
    return [
        _("Nama"), _("Kamar"), _("Sejak"), _("Pergi"), _rent(house), _("Layanan"), _("Tunggakan"),
        _("Nomor HP"), _("Asal"), _("Maksud tinggal"), _("Tanda pengenal"), _("Kasus"),
    ]  # fmt: skip


def _line(one: reads.Tenant) -> list[object]:
    stay, stated = one.stay, one.stated
    person = stay.customer
    return [
        person.name if person else "", stay.room.number, stay.anchor_on, stay.moved_out_on or stay.leave_on,
        stay.rent, ", ".join(one.services), one.arrears, identity.shown_phone(person.phone) if person else "",
        stated.origin if stated else "", stated.purpose if stated else "", str(one.paper or ""), stay.number,
    ]  # fmt: skip


def _table(house: House, found: list[reads.Tenant]) -> Table:
    """What a manager looks for; origin, purpose and paper stand in one cell, everything apart in the file."""
    columns = [
        Column(_("Nama"), rank=1), Column(_("Kamar"), rank=2), Column(_("Sejak"), Kind.DATE),
        Column(_("Pergi"), Kind.DATE), Column(_rent(house), Kind.MONEY), Column(_("Layanan")),
        Column(_("Tunggakan"), Kind.MONEY), Column(_("Nomor HP")), Column(_("Identitas")),
    ]  # fmt: skip
    rows = []
    for one in found:
        *cells, origin, purpose, paper, _number = _line(one)
        cells[6] = one.arrears or None
        stated = ", ".join(str(part) for part in (origin, purpose, paper) if part)
        rows.append(Row([*cells, stated], url=one.stay.get_absolute_url()))
    return Table(columns, rows).filled()
