"""What was changed in a house, by whom and when (SYS-10)."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tatausaha.business.boarding.queries import keeping
from tatausaha.business.boarding.views.keep import crumbs, house_of, tabs
from tatausaha.core.kernel import words
from tatausaha.core.web.parts import Column, Row, Table
from tatausaha.core.web.requests import HouseRequest

A_PAGE = 50


@require_safe
@login_required
def history(request: HouseRequest, code: str) -> HttpResponse:
    """Every change of the house, its rooms, types and services, newest first."""
    house = house_of(request, code)
    page = Paginator(keeping.changes_of(house), A_PAGE).get_page(request.GET.get("page"))
    columns = [
        Column(_("Apa"), rank=1), Column(_("Bagian"), rank=2), Column(_("Sebelum")), Column(_("Sesudah")),
        Column(_("Oleh")), Column(_("Kapan")),
    ]  # fmt: skip
    rows = [
        Row(
            [
                one.thing,
                one.field,
                one.old or "–",
                one.new or "–",
                one.by.name,
                words.moment(one.at, house.unit.zone),
            ]
        )
        for one in page
    ]
    context = {
        "house": house, "crumbs": crumbs(), "tabs": tabs(house, "history"), "page": page,
        "table": Table(columns, rows),
    }  # fmt: skip
    return render(request, "boarding/keep/history.html", context)
