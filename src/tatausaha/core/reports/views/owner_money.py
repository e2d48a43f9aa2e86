"""The owner's page for money that is neither income nor expense (rules/ledger 8, KOS-18)."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tatausaha.core.kernel import clock, ids
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.fields import DateField, RupiahField
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Column, Kind, Link, Row, Sum, Table
from tatausaha.core.ledger.models import Journal
from tatausaha.core.reports import overview, owner_money
from tatausaha.core.reports.owner_money import OWNER, Place
from tatausaha.core.reports.views.changes import KEY
from tatausaha.core.reports.views.doors import Desk, keepers


class OwnerMoneyForm(forms.Form):
    """From where, to where, how much, when, what for; `seen` is what was looked at before it happens."""

    source = forms.ChoiceField(label=gettext_lazy("Dari"))
    target = forms.ChoiceField(label=gettext_lazy("Ke"))
    amount = RupiahField(label=gettext_lazy("Jumlah"))
    on = DateField(label=gettext_lazy("Tanggal"))
    memo = forms.CharField(label=gettext_lazy("Keterangan"), max_length=200)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, places: Mapping[str, Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pocket = (OWNER, _("Uang pribadi pemilik"))
        choices = [(one.code, f"{one.name} ({rupiah(one.balance)})") for one in places.values()]
        none = ("", _("Pilih tempatnya"))
        self.fields["source"].choices = [none, *choices, pocket]  # type: ignore[attr-defined]
        self.fields["target"].choices = [none, pocket, *choices]  # type: ignore[attr-defined]
        self._places = places

    def values(self) -> dict[str, Any]:
        """As the service takes it: places instead of their codes, none for the owner's pocket."""
        given = dict(self.cleaned_data)
        given.pop("seen")
        return given | {side: self._places.get(given[side]) for side in ("source", "target")}

    def asked(self) -> str:
        """What is to be looked at, in a word."""
        given = self.cleaned_data
        return f"{given['source']}|{given['target']}|{given['amount']}"


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def owner_money_page(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Take out, put in, move; the figures are shown before anything is booked."""
    if not desk.is_owner:
        raise Http404
    places = {one.code: one for one in owner_money.places(desk.person, desk.units)}
    today = clock.day(desk.at, desk.units[0].zone)
    form = OwnerMoneyForm(
        request.POST if request.method == "POST" else None, places=places, initial={"on": today}
    )
    sums: list[Sum] = []
    said = ""
    if request.method == "POST" and form.is_valid():
        given = form.values()
        try:
            kind = owner_money.kind_of(given["source"], given["target"])
            if form.cleaned_data["seen"] == form.asked():
                key = request.POST.get(KEY, "")[:64] or ids.token()
                journal = owner_money.move(**given, key=key, by=desk.person, at=desk.at)
                messages.success(request, _("Dibukukan: %(what)s.") % {"what": owner_money.KINDS[kind]})
                return redirect("journal", journal.pk)
        except Refused as no:
            field = "on" if no.field == "event_on" else no.field
            form.add_error(field if field in form.fields else None, str(no))
        else:
            sums, said = _figures(given), _meaning(kind, given)
            form = OwnerMoneyForm(initial=form.cleaned_data | {"seen": form.asked()}, places=places)
    context = {
        "form": form, "sums": sums, "said": said, "crumbs": [Link(_("Buku"), reverse("books"))],
        "free": overview.of(desk.units, at=desk.at).free, "table": _table(owner_money.latest(desk.units)),
    }  # fmt: skip
    return render(request, "reports/owner_money.html", context, status=422 if form.errors else 200)


def _figures(given: Mapping[str, Any]) -> list[Sum]:
    rows = []
    for place, sign in ((given["source"], -1), (given["target"], 1)):
        if place is not None:
            now = _("sekarang %(now)s") % {"now": rupiah(place.balance)}
            rows.append(Sum(place.name, place.balance + sign * given["amount"], now, total=True))
    return rows


def _meaning(kind: str, given: Mapping[str, Any]) -> str:
    """What it is in the books, in words."""
    if kind == owner_money.DRAW:
        return _("Ini prive: bukan beban, laba tidak berubah. Modal usaha berkurang.")
    if kind == owner_money.CAPITAL:
        return _("Ini setoran modal: bukan pendapatan, laba tidak berubah.")
    if given["source"].unit != given["target"].unit:
        return _(
            "Uang pindah antarunit: unit yang menerima berutang kepada unit yang memberi; di laporan semua unit "
            "keduanya saling hapus."
        )
    return _("Uang hanya pindah tempat.")


def _table(journals: list[Journal]) -> Table:
    columns = [
        Column(_("Keterangan"), rank=1), Column(_("Jumlah"), Kind.MONEY, rank=2), Column(_("Jenis")),
        Column(_("Tanggal"), Kind.DATE), Column(_("Unit")),
    ]  # fmt: skip
    rows = [
        Row(
            [
                one.memo,
                owner_money.amount_of(one),
                str(owner_money.KINDS[one.kind]),
                one.event_on,
                one.unit.name,
            ],
            url=reverse("journal", args=[one.pk]),
        )
        for one in journals
    ]
    return Table(columns, rows)
