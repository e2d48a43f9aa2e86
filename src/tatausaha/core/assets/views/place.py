"""What stands in a place (a room), and bringing something there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tatausaha.core.assets import places, queries
from tatausaha.core.assets.forms import BringForm
from tatausaha.core.assets.views.doors import Desk, crumbs, keepers, put
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import Column, Kind, Link, Row, Table
from tatausaha.core.people.models import Unit
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import perform


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def place(request: HttpRequest, desk: Desk, kind: str, pk: int) -> HttpResponse:
    """The inventory of one place; whoever keeps it can bring an asset of the same unit."""
    unit, here = _found(desk, kind, pk)
    choice = list(queries.elsewhere(unit, kind, pk))
    form = BringForm(
        request.POST if request.method == "POST" else None, assets=choice, where=queries.place_names(choice)
    )
    if request.method == "POST" and form.is_valid():
        asset = form.cleaned_data["asset"]
        step = procedure_of(asset).step("place" if asset.status == "bought" else "move")
        assert step is not None
        data = {
            "place": here.value,
            "location": "",
            "custodian": asset.custodian,
            "note": form.cleaned_data["note"],
        }
        try:
            perform(asset, step, by=desk.person, at=desk.at, data=data)
        except Refused as no:
            put(form, no)
        else:
            said = {"name": asset.name, "place": here.name}
            messages.success(request, _("%(name)s sekarang di %(place)s.") % said)
            return redirect("asset_place", kind, pk)
    context = {
        "place": here, "unit": unit, "form": form if choice else None, "table": _table(kind, pk),
        "crumbs": [*crumbs(), *([Link(here.name, here.url)] if here.url else [])],
    }  # fmt: skip
    return render(request, "assets/place.html", context, status=422 if form.errors else 200)


def _found(desk: Desk, kind: str, pk: int) -> tuple[Unit, places.Place]:
    """The place and its unit, if it is in a unit of theirs; any other is not there."""
    known = places.kind_of(kind)
    for unit in desk.units if known else ():
        for one in known.of_unit(unit) if known else ():
            if one.pk == pk:
                return unit, one
    raise Http404


def _table(kind: str, pk: int) -> Table:
    columns = [
        Column(_("Aset"), rank=1), Column(_("Nilai buku"), Kind.MONEY, rank=2), Column(_("Merek, tipe, nomor seri")),
        Column(_("Penanggung jawab")), Column(_("Dibeli"), Kind.DATE),
    ]  # fmt: skip
    rows = [
        Row(
            [
                one.asset.name, one.book_value, one.asset.details,
                one.asset.custodian.name if one.asset.custodian else "", one.asset.bought_on,
            ],
            url=one.asset.get_absolute_url(),
        )
        for one in queries.standings(list(queries.standing_in(kind, pk)))
    ]  # fmt: skip
    return Table(columns, rows).filled()
