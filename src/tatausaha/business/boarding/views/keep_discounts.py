"""Asking for a lower rent, and what was given away so far: manager, room, price, granted (KOS-19)."""

from collections import defaultdict
from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.business.boarding.models import Discount
from tatausaha.business.boarding.procedure.forms_discount import DiscountForm
from tatausaha.business.boarding.queries import discounts as reads
from tatausaha.business.boarding.services import discounts
from tatausaha.business.boarding.views.keep import crumbs, fill_in, house_of, person_of
from tatausaha.core.kernel import export, money
from tatausaha.core.web.once import once
from tatausaha.core.web.parts import Chip, Column, Kind, Row, Stat, Table, Tone
from tatausaha.core.web.requests import HouseRequest

A_PAGE = 50
_TONES = {
    Discount.Status.ASKED: Tone.SOON,
    Discount.Status.GRANTED: Tone.SOON,
    Discount.Status.IN_FORCE: Tone.GOING,
}


@require_safe
@login_required
def discount_list(request: HouseRequest) -> HttpResponseBase:
    """Potongan per pengelola: every request with what it has cost so far, or the list as a file."""
    found = reads.discounts_for(person_of(request))
    if code := request.GET.get("rumah", ""):
        found = found.filter(unit=house_of(request, code).unit_id)
    if (wanted := request.GET.get("berkas")) in {"csv", "xlsx"}:
        write = export.csv_file if wanted == "csv" else export.xlsx_file
        return write("potongan-harga", [column.label for column in _columns()], map(_cells, found))
    every = list(found)
    page = Paginator(every, A_PAGE).get_page(request.GET.get("page"))
    rows = [Row([*_cells(one)[:-1], _chip(one)], url=one.get_absolute_url()) for one in page]
    context = {
        "table": Table(_columns(), rows),
        "page": page,
        "crumbs": crumbs(),
        "stats": _by_manager(every),
        "asks": reverse("boarding:ask_discount", args=[code]) if code else "",
        "file": f"{request.path}?rumah={code}&berkas=",
    }
    return render(request, "boarding/keep/discounts.html", context)


def _given(one: Discount) -> int:
    return sum(bill.amount for bill in one.bills)  # type: ignore[attr-defined]  # read ahead by the query


def _by_manager(every: Sequence[Discount]) -> list[Stat]:
    sums: dict[str, int] = defaultdict(int)
    for one in every:
        sums[one.asked_by.name] += _given(one)
    said = _("diberikan sampai sekarang")
    return [Stat(name, money.rupiah(amount), said) for name, amount in sorted(sums.items()) if amount]


def _columns() -> list[Column]:
    return [
        Column(_("Pengelola"), rank=1), Column(_("Rumah")), Column(_("Kamar")), Column(_("Untuk")),
        Column(_("Harga tertulis"), Kind.MONEY), Column(_("Diminta"), Kind.MONEY), Column(_("Masa sewa")),
        Column(_("Diberikan sampai sekarang"), Kind.MONEY), Column(_("Keadaan"), Kind.CHIP),
    ]  # fmt: skip


def _cells(one: Discount) -> list[object]:
    span = _("%(n)d masa sewa") % {"n": one.periods} if one.periods else _("seterusnya")
    return [
        one.asked_by.name, one.unit.name, one.room.number, str(one.customer or ""), one.published, one.asked,
        span, _given(one), str(one.get_status_display()),
    ]  # fmt: skip


def _chip(one: Discount) -> Chip:
    return Chip(str(one.get_status_display()), _TONES.get(Discount.Status(one.status), Tone.NEUTRAL))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@once
def ask_discount(request: HouseRequest, code: str) -> HttpResponse:
    """A manager asks; the owner decides on the page of the case."""
    house, person = house_of(request, code), person_of(request)
    initial = {"room": request.GET.get("kamar", "")[:18], "from_period": request.GET.get("mulai", "1")[:4]}
    form = DiscountForm(request.POST or None, initial=initial, house=house, by=person, at=request.at)
    return fill_in(
        request,
        form,
        lambda data: discounts.ask(by=person, at=request.at, **data),
        house=house,
        title=_("Minta potongan harga"),
        lead=_(
            "Pemilik langsung diberi tahu dan memutuskan dari HP. Harga tertulis berlaku sampai ia menyetujui."
        ),
        done=_("Permintaan dikirim ke pemilik."),
        to=f"{reverse('boarding:discounts')}?rumah={code}",
        submit=_("Kirim ke pemilik"),
    )
