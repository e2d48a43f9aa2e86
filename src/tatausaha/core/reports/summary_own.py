"""What the books, the bills and the procedures say in the owner's summary (boarding 16.2; KOS-15, KOS-18, KOS-20)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, Min, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.money import rupiah, short_rupiah
from tatausaha.core.kernel.words import short_date
from tatausaha.core.ledger.models import Journal
from tatausaha.core.payments import drawers
from tatausaha.core.people.models import Unit
from tatausaha.core.procedures import queries as cases
from tatausaha.core.procedures import registry, revisions
from tatausaha.core.reports import calendar, overview, summary_figures
from tatausaha.core.reports.summary_parts import MOST, Asking, Line, Part, Told
from tatausaha.core.reports.taxes import years

OWNERS = frozenset({"owner"})
LONGEST = 200
"""Cases of the worklist that are looked through for the owner's own."""


def since(on: date, days: int) -> str:
    """`sejak 7 Nov 2026 (15 hari)`."""
    said = ngettext("%(days)d hari", "%(days)d hari", days) % {"days": days}
    return _("sejak %(day)s (%(days)s)") % {"day": short_date(on), "days": said}


def named(name: str, unit: Unit, asking: Asking) -> str:
    """The name, and the unit where there are several."""
    return f"{name}, {unit.name}" if asking.several else name


def money(asking: Asking) -> Told:
    """Money in, money out, unit by unit."""
    moved = summary_figures.money_since(asking)
    came, went = (sum(pair[side] for pair in moved.values()) for side in (0, 1))
    lines = [
        Line(
            unit.name, _both_ways(*moved[unit.pk]),
            url=reverse("report_month", args=[unit.code, calendar.slug(calendar.running(unit, asking.at))]) + "#kas",
        )
        for unit in asking.units
        if unit.pk in moved
    ]  # fmt: skip
    sums = [Line(_("Uang masuk"), rupiah(came)), Line(_("Uang keluar"), rupiah(went))]
    return Told(
        _("Uang masuk dan keluar"), ("+" if came > went else "") + rupiah(came - went), "",
        (*sums, *(lines if asking.several else ())),
    )  # fmt: skip


def _both_ways(came: int, went: int) -> str:
    """`+Rp5 jt, -Rp750 rb`; nothing is said of the way that nothing went."""
    said = [f"+{short_rupiah(came)}"] if came else []
    return ", ".join([*said, short_rupiah(-went)] if went else said) or rupiah(0)


def free_money(asking: Asking) -> Told:
    """What of it may be spent: less what is held for others, less tax (ledger, delight 9)."""
    due = years.due_soon(asking.units, at=asking.at)
    terms = overview.spendable(overview.of(asking.units, at=asking.at, due=due))
    *parts, total = terms
    lines = tuple(Line(one.label, rupiah(one.amount), url=one.url) for one in parts)
    return Told(total.label, rupiah(total.amount), lines=lines, tone="late" if total.amount < 0 else "")


def cash(asking: Asking) -> Told | None:
    """Cash that managers hold, and since when."""
    found = drawers.held(asking.units, at=asking.at)
    if not found:
        return None
    found.sort(key=lambda one: (not one.is_old, -one.balance))
    lines = tuple(
        Line(
            named(one.holder.name, one.unit, asking), rupiah(one.balance),
            since(one.since, one.days) if one.since and one.days else "",
            reverse("drawer", args=[one.unit.code, one.holder.pk]), "late" if one.is_old else "",
        )
        for one in found[:MOST]
    )  # fmt: skip
    total = rupiah(sum(one.balance for one in found))
    return Told(_("Kas di tangan"), total, "", lines, *_rest(len(found), reverse("drawers")))


def _rest(number: int, url: str) -> tuple[str, str]:
    left = number - MOST
    return (ngettext("%(n)d lagi", "%(n)d lagi", left) % {"n": left}, url) if left > 0 else ("", url)


def late(asking: Asking) -> Told:
    """Who is late and how much."""
    overdue = Q(pk__in=[])
    for unit in asking.units:
        overdue |= Q(unit=unit, due_on__lt=clock.day(asking.at, unit.zone))
    rows = list(
        Invoice.objects.filter(billing.OPEN, overdue)
        .values("payer__name", "payer", "unit")
        .annotate(left=Sum(F("total") - F("settled") - F("credited")), first=Min("due_on"), n=Count("pk"))
        .order_by("-left", "payer")
    )
    url = f"{reverse('bills')}?keadaan=telat"
    units = {unit.pk: unit for unit in asking.units}
    if not rows:
        return Told(_("Telat bayar"), _("tidak ada"), url=url, tone="done")
    lines = tuple(
        Line(
            named(row["payer__name"], units[row["unit"]], asking), rupiah(row["left"]),
            since(row["first"], (clock.day(asking.at, units[row["unit"]].zone) - row["first"]).days),
            f"{url}&unit={units[row['unit']].code}",
        )
        for row in rows[:MOST]
    )  # fmt: skip
    total = sum(row["left"] for row in rows)
    return Told(_("Telat bayar"), rupiah(total), "", lines, *_rest(len(rows), url), "late")


def changes(asking: Asking) -> Told | None:
    """What changed in a month that was over, by whom and why; nothing is said where nothing did (KOS-18)."""
    found: dict[tuple[int, int, str], list[Journal]] = {}
    for journal in summary_figures.changed_months(asking):
        who = journal.actor.name if journal.actor else ""
        found.setdefault((journal.unit_id, journal.ym, who), []).append(journal)
    if not found:
        return None
    lines = tuple(_changed(asking, ym, who, rows) for (_unit, ym, who), rows in list(found.items())[:MOST])
    number = sum(len(rows) for rows in found.values())
    figure = ngettext("%(n)d catatan", "%(n)d catatan", number) % {"n": number}
    return Told(_("Bulan tertutup yang berubah"), figure, "", lines, *_rest(len(found), ""), "soon")


def _changed(asking: Asking, ym: int, who: str, rows: list[Journal]) -> Line:
    unit = rows[0].unit
    reason = rows[0].reason
    return Line(
        named(calendar.said(ym), unit, asking), who, f"“{reason[:80]}”",
        f"{reverse('journals')}?bulan={calendar.slug(ym)}&unit={unit.code}", "soon",
    )  # fmt: skip


def decisions(asking: Asking) -> Told:
    """What waits for the owner alone, the oldest deadline first, each with its link."""
    mine = {unit.pk for unit in asking.units}
    items = [
        item
        for item in cases.worklist(asking.person, limit=LONGEST, units=mine)
        if item.step is not None and item.step.who.roles == OWNERS
    ]
    known = {procedure.code: str(procedure.title) for procedure in registry.procedures()}
    drafts = [one for one in revisions.waiting_for(asking.person) if one.procedure in known]
    lines = [Line(item.headline, note=_until(asking, item), url=item.url) for item in items]
    lines += [
        Line(
            _("Revisi SOP %(title)s") % {"title": known[one.procedure]},
            url=reverse("sop_revisions", args=[one.procedure]),
        )
        for one in drafts
    ]
    if not lines:
        return Told(_("Menunggu keputusan Anda"), _("tidak ada"), url=reverse("today"), tone="done")
    return Told(
        _("Menunggu keputusan Anda"), str(len(lines)), "", tuple(lines[:MOST]),
        *_rest(len(lines), reverse("today")), "soon",
    )  # fmt: skip


def _until(asking: Asking, item: cases.Item) -> str:
    unit = next((unit for unit in asking.units if unit.pk == item.unit_id), None)
    said = [unit.name] if unit and asking.several else []
    if item.deadline_at and unit:
        said.append(_("sampai %(day)s") % {"day": short_date(clock.day(item.deadline_at, unit.zone))})
    return ", ".join(said)


def own() -> Iterable[Part]:
    """The parts of the core, in order; businesses stand between them."""
    return (
        Part("money", money, 10), Part("free", free_money, 20), Part("cash", cash, 30), Part("late", late, 50),
        Part("changes", changes, 60), Part("decisions", decisions, 70),
    )  # fmt: skip
