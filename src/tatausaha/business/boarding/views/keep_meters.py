"""Reading the meters of a house on a phone, and what was read (rules/boarding 12)."""

from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tatausaha.business.boarding import figures
from tatausaha.business.boarding import forms_meters as forms
from tatausaha.business.boarding.models import Meter, Reading
from tatausaha.business.boarding.queries import meters as reads
from tatausaha.business.boarding.services import meter_places, meters
from tatausaha.business.boarding.views.keep import crumbs, fill_in, house_of, person_of, tabs
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.web.once import once
from tatausaha.core.web.parts import Column, Kind, Link, Row, Table
from tatausaha.core.web.requests import HouseRequest

_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM)
@login_required
@once
def reading_list(request: HouseRequest, code: str) -> HttpResponse:
    """One field a room. What is right is written down; what is not stays as it was typed, with its sentence."""
    house = house_of(request, code)
    today = clock.day(request.at, house.unit.zone)
    sent = request.method == "POST"
    rows = forms.row_forms(reads.reading_list(house), *((request.POST, request.FILES) if sent else ()))
    day = forms.DayForm(request.POST if sent else None, initial={"on": today})
    if sent and day.is_valid():
        _write(request, rows, day)
        saved = sum(row.saved for row in rows)
        if saved:
            said = ngettext("%(count)d meter dicatat.", "%(count)d meter dicatat.", saved)
            messages.success(request, said % {"count": saved})
        if not any(row.errors for row in rows):
            if not saved:
                messages.info(request, _("Belum ada angka yang diisi."))
            return redirect("boarding:meters", code=code)
    context = {
        "house": house, "crumbs": crumbs(), "tabs": tabs(house, "meters"), "day": day, "rows": rows,
        "wrong": [row for row in rows if sent and row.errors], "tokens": reads.token_meters(house),
    }  # fmt: skip
    return render(request, "boarding/keep/meters.html", context, status=422 if sent else 200)


def _write(request: HouseRequest, rows: list[forms.RowForm], day: forms.DayForm) -> None:
    person = person_of(request)
    for row in rows:
        if not row.is_valid() or not row.filled:
            continue
        try:
            meters.read(row.row.meter, row.read(), on=day.cleaned_data["on"], by=person, at=request.at)
        except meters.Doubtful as doubt:
            row.doubted = True
            row.add_error("value", str(doubt))
        except Refused as no:
            row.add_error(no.field if no.field in row.fields else "value", str(no))
        else:
            row.saved = True


@require_http_methods(_FORM)
@login_required
@once
def hang(request: HouseRequest, code: str) -> HttpResponse:
    """Meters of one kind in many rooms at once."""
    house, person = house_of(request, code), person_of(request)
    form = forms.HangForm(request.POST or None, house=house, on=clock.day(request.at, house.unit.zone))
    return fill_in(
        request,
        form,
        lambda data: meter_places.install(
            house,
            data["rows"],
            kind=data["kind"],
            service=data["service"],
            on=data["on"],
            by=person,
            at=request.at,
        ),
        house=house,
        title=_("Pasang meter"),
        done=_("Meter dicatat. Mulai sekarang kamarnya ada di daftar baca."),
        to=reverse("boarding:meters", args=[code]),
        submit=_("Catat meter"),
    )


@require_http_methods(_FORM)
@login_required
@once
def one_meter(request: HouseRequest, code: str, pk: int) -> HttpResponse:
    """What was read on a meter; for token, what was bought and a form for the next purchase."""
    house, person = house_of(request, code), person_of(request)
    meter = get_object_or_404(reads.meters_of(house), pk=pk)
    today = clock.day(request.at, house.unit.zone)
    token = meter.kind == Meter.Kind.TOKEN
    form = forms.TokenForm(request.POST or None, initial={"on": today}) if token else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                meter_places.note_token(meter, by=person, at=request.at, **form.cleaned_data)
            except Refused as no:
                form.add_error(no.field if no.field in form.fields else None, str(no))
            else:
                messages.success(request, _("Pembelian token dicatat."))
                return redirect("boarding:meter", code=code, pk=pk)
    way = [*crumbs(house), Link(_("Meter"), reverse("boarding:meters", args=[code]))]
    context = {
        "house": house, "meter": meter, "crumbs": way,
        "form": form, "table": _purchases(meter) if token else _readings(code, meter),
        "last": None if token else reads.in_force(meter).filter(why=Reading.Why.READ).last(),
    }  # fmt: skip
    return render(request, "boarding/keep/meter.html", context, status=422 if form and form.errors else 200)


def _readings(code: str, meter: Meter) -> Table:
    columns = [
        Column(_("Tanggal"), Kind.DATE, 1), Column(_("Angka"), Kind.NUMBER, 2), Column(_("Bagaimana")),
        Column(_("Pemakaian"), Kind.NUMBER), Column(_("Rupiah"), Kind.MONEY), Column(_("Tagihan")), Column(_("Siapa")),
        Column(_("Foto")),
    ]  # fmt: skip
    return Table(columns, [Row(_cells(code, one)) for one in reads.readings_of(meter)]).filled()


def _cells(code: str, one: Reading) -> list[Any]:
    how = str(one.get_why_display())
    if one.taken_back_at:
        how = _("dibatalkan")
    elif one.old_value is not None:
        how = _("meter diganti, yang lama %(value)s") % {"value": figures.shown(one.old_value)}
    elif one.credited:
        how = _("%(how)s, %(used)s dikembalikan") % {"how": how, "used": figures.shown(one.credited)}
    photo = reverse("boarding:meter_photo", args=[code, one.pk]) if one.photo else ""
    return [
        one.on, figures.shown(one.value), how, figures.shown(one.use.quantity) if one.use else "",
        one.use.amount if one.use else None, one.use.invoice_number if one.use else "", str(one.by or _("sistem")),
        format_html('<a href="{}">{}</a>', photo, _("Lihat foto")) if photo else "",
    ]  # fmt: skip


def _purchases(meter: Meter) -> Table:
    columns = [
        Column(_("Tanggal"), Kind.DATE, 1), Column(_("kWh"), Kind.NUMBER, 2), Column(_("Harga beli"), Kind.MONEY),
        Column(_("Nomor token")), Column(_("Ditagih"), Kind.MONEY), Column(_("Siapa")),
    ]  # fmt: skip
    rows = [
        Row(
            [
                one.on,
                figures.shown(one.kwh),
                one.amount,
                one.number_masked,
                one.use.amount if one.use else None,
                str(one.by),
            ]
        )
        for one in reads.purchases_of(meter)
    ]
    return Table(columns, rows).filled()


@require_POST
@login_required
@once
def change_meter(request: HouseRequest, code: str, pk: int) -> HttpResponse:
    """Take the last reading back, or take the meter down."""
    house, person = house_of(request, code), person_of(request)
    meter = get_object_or_404(reads.meters_of(house), pk=pk)
    try:
        if request.POST.get("aksi") == "lepas":
            meter_places.remove(meter, by=person, at=request.at)
            messages.success(request, _("Meter dilepas. Riwayatnya tetap ada."))
            return redirect("boarding:meters", code=code)
        wrong = next(
            (one for one in reads.readings_of(meter) if str(one.pk) == request.POST.get("baca")), None
        )
        if wrong is None:
            return redirect("boarding:meter", code=code, pk=pk)
        meters.take_back(wrong, by=person, at=request.at)
    except Refused as no:
        messages.warning(request, str(no))
    else:
        messages.success(request, _("Pembacaan dibatalkan. Baca meternya lagi; tagihan dikoreksi sendiri."))
    return redirect("boarding:meter", code=code, pk=pk)


@require_safe
@login_required
def photo(request: HouseRequest, code: str, pk: int) -> FileResponse:
    """The photo of a reading, for those who keep the house."""
    house_of(request, code)
    found = get_object_or_404(reads.reading_for(person_of(request), pk), meter__room__house__unit__code=code)
    suffix = PurePath(found.photo.name or "").suffix
    return FileResponse(found.photo.open("rb"), filename=f"meter-{found.on}{suffix}")
