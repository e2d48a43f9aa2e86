"""The register of assets as a list, and a new entry for what was owned before (KOS-14)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from tatausaha.core.assets import classes, places, queries, services
from tatausaha.core.assets.forms import OpeningForm
from tatausaha.core.assets.models import Asset
from tatausaha.core.assets.views.doors import Desk, crumbs, keepers, put, sums_said, unit_links
from tatausaha.core.kernel import export
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.parts import Chip, Column, FilterSet, Kind, Link, Row, Table, Tone

A_PAGE = 50
A_FILE = 50_000
HELD = "dimiliki"
TONES = {"bought": Tone.SOON, "in_use": Tone.DONE, "disposed": Tone.NEUTRAL, "cancelled": Tone.LATE}
HEAD = (
    _lazy("Nomor"), _lazy("Nama"), _lazy("Golongan"), _lazy("Merek, tipe, nomor seri"), _lazy("Unit"), _lazy("Tempat"),
    _lazy("Penanggung jawab"), _lazy("Tanggal beli"), _lazy("Harga perolehan"), _lazy("Akumulasi penyusutan"),
    _lazy("Nilai buku"), _lazy("Keadaan"),
)  # fmt: skip


class Wish:
    """What a list is asked for: unit, class, kind of place, state, text."""

    def __init__(self, request: HttpRequest, desk: Desk) -> None:
        self.unit = desk.asked(request)
        self.asset_class = _known(request.GET.get("golongan", ""), classes.AssetClass.values)
        self.place = _known(request.GET.get("tempat", ""), ["tanpa", *(kind.code for kind in places.kinds())])
        self.state = _known(request.GET.get("keadaan", HELD), [HELD, "semua", *Asset.Status.values]) or HELD
        self.text = request.GET.get("q", "").strip()[:100]

    def rows(self, desk: Desk) -> QuerySet[Asset]:
        """The assets that answer to it, by name."""
        rows = queries.assets_for(desk.person)
        if self.unit:
            rows = rows.filter(unit=self.unit)
        if self.asset_class:
            rows = rows.filter(asset_class=self.asset_class)
        if self.place:
            rows = rows.filter(place_kind="" if self.place == "tanpa" else self.place)
        if self.text:
            rows = rows.filter(queries.named(self.text))
        if self.state == HELD:
            rows = rows.filter(status__in=Asset.HELD)
        elif self.state != "semua":
            rows = rows.filter(status=self.state)
        return rows.order_by("headline", "pk")

    def address(self, **other: str) -> str:
        """The same wish with something else in it."""
        said = {
            "unit": self.unit.code if self.unit else "", "golongan": self.asset_class, "tempat": self.place,
            "keadaan": "" if self.state == HELD else self.state, "q": self.text,
        } | other  # fmt: skip
        return f"{reverse('assets')}?{urlencode({name: value for name, value in said.items() if value})}"

    def keep(self) -> dict[str, str]:
        """What a new search keeps."""
        said = {
            "unit": self.unit.code if self.unit else "", "golongan": self.asset_class, "tempat": self.place,
            "keadaan": "" if self.state == HELD else self.state,
        }  # fmt: skip
        return {name: value for name, value in said.items() if value}


def _known(value: str, allowed: Iterable[str]) -> str:
    return value if value in set(allowed) else ""


@require_safe
@keepers
def assets(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Everything that is owned, to be filtered and searched; its totals; the list as a file."""
    wish = Wish(request, desk)
    rows = wish.rows(desk)
    if (wanted := request.GET.get("berkas")) in {"csv", "xlsx"}:
        write = export.csv_file if wanted == "csv" else export.xlsx_file
        return write(f"aset-{desk.today(wish.unit):%Y-%m-%d}", HEAD, _file_rows(rows[:A_FILE]))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    sums = queries.sums_of(rows)
    context = {
        "filters": _filters(desk, wish), "page": page,
        "table": _table(list(page.object_list), units=len(desk.units) > 1),
        "sums": sums_said(sums),
        "query": wish.text, "keep": wish.keep(), "is_owner": desk.is_owner,
        "files": {kind: wish.address(berkas=kind) for kind in ("csv", "xlsx")},
        "labels": f"{reverse('asset_labels')}?unit={wish.unit.code if wish.unit else ''}",
    }  # fmt: skip
    return render(request, "assets/list.html", context)


def _filters(desk: Desk, wish: Wish) -> list[FilterSet]:
    states = [
        (HELD, _("Dimiliki")), *((one.value, capfirst(str(one.label))) for one in Asset.Status), ("semua", _("Semua")),
    ]  # fmt: skip
    kinds = [
        ("", _("Semua")),
        *((one.code, str(one.label)) for one in places.kinds()),
        ("tanpa", _("Tempat lain")),
    ]
    golongan = [("", _("Semua")), *((one.value, str(one.label)) for one in classes.AssetClass)]

    def links(name: str, choices: Sequence[tuple[str, str]], chosen: str) -> tuple[Link, ...]:
        return tuple(Link(label, wish.address(**{name: code}), code == chosen) for code, label in choices)

    sets = [
        FilterSet(_("Keadaan"), links("keadaan", states, wish.state)),
        FilterSet(_("Golongan"), links("golongan", golongan, wish.asset_class)),
    ]
    if len(kinds) > 2:
        sets.append(FilterSet(_("Tempat"), links("tempat", kinds, wish.place)))
    if len(desk.units) > 1:
        sets.append(
            unit_links(desk, _("Unit"), _("Semua unit"), wish.unit, lambda code: wish.address(unit=code))
        )
    return sets


def _table(shown: list[Asset], *, units: bool) -> Table:
    where, figures = queries.place_names(shown), queries.standings(shown)
    columns = [
        Column(_("Aset"), rank=1), Column(_("Keadaan"), Kind.CHIP, rank=2), Column(_("Tempat")),
        *([Column(_("Unit"))] if units else []),
        Column(_("Harga perolehan"), Kind.MONEY), Column(_("Sudah disusutkan"), Kind.MONEY),
        Column(_("Nilai buku"), Kind.MONEY),
    ]  # fmt: skip
    rows = []
    for one in figures:
        asset, held = one.asset, one.asset.status in Asset.HELD
        chip = Chip(capfirst(asset.get_status_display()), TONES[asset.status])
        rows.append(
            Row(
                [
                    asset.name, chip, where[asset.pk], *([asset.unit.name] if units else []), asset.cost,
                    one.accumulated if held else None, one.book_value if held else None,
                ],
                url=asset.get_absolute_url(),
            )
        )  # fmt: skip
    return Table(columns, rows)


def _file_rows(rows: Iterable[Asset]) -> Iterator[tuple[Any, ...]]:
    shown = list(rows)
    where = queries.place_names(shown)
    for one in queries.standings(shown):
        asset, held = one.asset, one.asset.status in Asset.HELD
        yield (
            asset.number, asset.name, str(classes.label_of(asset.asset_class)), asset.details, asset.unit.name,
            where[asset.pk], asset.custodian.name if asset.custodian else "", asset.bought_on, asset.cost,
            one.accumulated if held else "", one.book_value if held else "", asset.get_status_display(),
        )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def new_asset(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What the company owned before its books began; for the owner. What is bought now is an expense."""
    if not desk.is_owner:
        raise Http404
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = OpeningForm(*given, units=desk.units)
    if request.method == "POST" and form.is_valid():
        try:
            asset = services.record_opening(
                **form.values(), by=desk.person, at=desk.at, key=request.POST.get("form_key", "")[:64]
            )
        except Refused as no:
            put(form, no)
        else:
            messages.success(request, _("Aset %(name)s tercatat.") % {"name": asset.name})
            return redirect(asset)
    return render(
        request, "assets/new.html", {"form": form, "crumbs": crumbs()}, status=422 if form.errors else 200
    )
