"""What the page of an asset shows: its photo, what it is worth, how it is written off, where it stood."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tatausaha.core.assets import classes, queries, ways
from tatausaha.core.assets.models import Asset, Depreciation, Exit
from tatausaha.core.assets.services import depreciation
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Column, Fact, Kind, Row, Sum, Table
from tatausaha.core.ledger import months
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.panels import Paper
from tatausaha.core.procedures.registry import by_code

TEMPLATE = "assets/panel.html"
MONTHS_SHOWN = 12


def of_asset(asset: Asset, _person: Person, at: datetime) -> Mapping[str, Any]:
    """Figures, schedule, moves and exit of one asset."""
    booked = list(Depreciation.objects.filter(asset=asset).select_related("journal").order_by("-ym"))
    done = depreciation.written_off(asset)
    photo = queries.photo_of(asset)
    return {
        "photo": reverse("attachment", args=[photo.pk]) if photo else "",
        "facts": list(_facts(asset, at)),
        "sums": [
            Sum(_("Harga perolehan"), asset.cost),
            Sum(_("Sudah disusutkan"), -done),
            Sum(_("Nilai buku sekarang"), asset.cost - done, total=True),
        ]
        if asset.status in Asset.HELD
        else [],
        "left": _left(asset),
        "years": _years(asset, booked),
        "months": _months(booked[:MONTHS_SHOWN]),
        "more": max(len(booked) - MONTHS_SHOWN, 0),
        "moves": _moves(asset),
        "papers": (Paper(_("Label aset"), f"{reverse('asset_labels')}?nomor={asset.number}", "PDF"),),
    }


def _facts(asset: Asset, at: datetime) -> Iterator[Fact]:
    yield Fact(_("Golongan"), classes.label_of(asset.asset_class))
    if asset.details:
        yield Fact(_("Merek, tipe, nomor seri"), asset.details)
    yield Fact(_("Tanggal beli"), words.long_date(asset.bought_on))
    if asset.status in Asset.HELD:
        where = queries.place_names([asset])[asset.pk]
        yield Fact(_("Tempat"), where or _("belum ditempatkan"))
        yield Fact(_("Penanggung jawab"), asset.custodian.name if asset.custodian else _("belum ditentukan"))
    yield Fact(_("Umur"), _life(asset, at))
    if asset.residual:
        yield Fact(_("Nilai sisa"), rupiah(asset.residual))
    if asset.source_procedure and (source := _source(asset)):
        yield Fact(_("Dibeli dengan"), source)
    elif asset.accumulated_before:
        said = _("%(amount)s, dari buku sebelumnya") % {"amount": rupiah(asset.accumulated_before)}
        yield Fact(_("Disusutkan sebelum dicatat"), said)


def _life(asset: Asset, at: datetime) -> str:
    if not asset.life_months:
        return _("Tanah tidak disusutkan.")
    here = months.of(clock.day(at, asset.unit.zone))
    years = _("%(years)d tahun") % {"years": asset.life_months // 12}
    if asset.status not in Asset.HELD:
        return years
    if not asset.plan_months or asset.plan.last < here:
        return _("%(years)s, sudah habis disusutkan") % {"years": years}
    return _("%(years)s, sampai %(month)s") % {
        "years": years,
        "month": words.month(months.first_day(asset.plan.last)),
    }


def _source(asset: Asset) -> Any:
    procedure = by_code(asset.source_procedure)
    case = procedure.model._default_manager.filter(pk=asset.source_id).first() if procedure else None  # noqa: SLF001
    return format_html('<a href="{}">{}</a>', case.get_absolute_url(), case.number) if case else ""


def _left(asset: Asset) -> list[Fact]:
    """How it went, what came in, what remains as gain or loss."""
    left = Exit.objects.filter(asset=asset, undone=None).first()
    if left is None:
        return []
    facts = [
        Fact(_("Bagaimana"), capfirst(left.get_kind_display())),
        Fact(_("Tanggal"), words.long_date(left.left_on)),
    ]
    if left.kind == Exit.Kind.UNDONE:
        return facts
    facts.append(Fact(_("Nilai buku waktu dilepas"), rupiah(left.cost - left.accumulated)))
    if left.proceeds:
        facts.append(Fact(_("Laku dijual"), f"{rupiah(left.proceeds)} ({ways.label_of(left.into)})"))
    facts.append(Fact(_("Laba") if left.result > 0 else _("Rugi"), rupiah(abs(left.result))))
    return facts


def _years(asset: Asset, booked: list[Depreciation]) -> Table | None:
    """Year by year: what was booked, then what the plan still has ahead, and what remains at each end."""
    if not asset.life_months or asset.status not in Asset.HELD:
        return None
    sums: dict[int, int] = {}
    for one in booked:
        sums[one.ym // 100] = sums.get(one.ym // 100, 0) + one.amount
    known = {one.ym for one in booked}
    for ym in asset.plan.due(asset.plan.last):
        if ym not in known:
            sums[ym // 100] = sums.get(ym // 100, 0) + asset.plan.of(ym)
    left, rows = asset.cost - asset.accumulated_before, []
    for year in sorted(sums):
        left -= sums[year]
        rows.append(Row([str(year), sums[year], left]))
    columns = [
        Column(_("Tahun"), rank=1), Column(_("Penyusutan"), Kind.MONEY, rank=2),
        Column(_("Nilai buku akhir tahun"), Kind.MONEY),
    ]  # fmt: skip
    return Table(columns, rows) if rows else None


def _months(booked: list[Depreciation]) -> Table | None:
    """The last months as they were booked, each with its journal."""
    columns = [Column(_("Bulan"), rank=1), Column(_("Dibukukan"), Kind.MONEY, rank=2), Column(_("Jurnal"))]
    rows = [
        Row([
            words.month(months.first_day(one.ym)), one.amount,
            _journal(one) if one.journal else "",
        ])
        for one in booked
    ]  # fmt: skip
    return Table(columns, rows) if rows else None


def _journal(one: Depreciation) -> Any:
    assert one.journal is not None
    link = format_html('<a href="{0}">#{1}</a>', reverse("journal", args=[one.journal_id]), one.journal_id)
    if not one.caught_up:
        return link
    return format_html(
        "{} {}", link, _("susulan, dibukukan %(day)s") % {"day": words.short_date(one.journal.book_on)}
    )


def _moves(asset: Asset) -> Table | None:
    columns = [
        Column(_("Tempat"), rank=1), Column(_("Sejak"), rank=2), Column(_("Penanggung jawab")),
        Column(_("Dicatat oleh")), Column(_("Keterangan")),
    ]  # fmt: skip
    rows = [
        Row([
            ", ".join(filter(None, (one.place_name, one.location))),
            words.short_date(clock.day(one.at, asset.unit.zone)),
            one.custodian.name if one.custodian else "", one.by.name, one.note,
        ])
        for one in queries.moves_of(asset)
    ]  # fmt: skip
    return Table(columns, rows).filled() if rows else None
