"""What boarding houses add to the report of a month: billed and earned rent, occupancy (rules/boarding 6).

A month with two due dates bills one room twice, and February may bill it not at all. *Ditagih
bulan ini* counts bills by due date; *hak bulan ini* spreads every rent over the days that it
pays for (R/30 a day; by fixed date R by the days of the month), so that over the years both come to the same sum.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import FilteredRelation, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tatausaha.business.boarding import accounts
from tatausaha.business.boarding.models import Room
from tatausaha.business.boarding.queries import discounts
from tatausaha.core.billing.models import InvoiceLine
from tatausaha.core.kernel import clock, money
from tatausaha.core.ledger import chart, months
from tatausaha.core.people.models import Unit
from tatausaha.core.reports.sections import Line, Section, Strip


@dataclass(frozen=True)
class Rent:
    """A line of rent: what it asks, and the days that it pays for (the last one included)."""

    amount: int
    due_on: date
    start: date
    end: date


def earned(rents: Iterable[Rent], first: date, last: date) -> int:
    """What of these rents belongs to the days from `first` to `last`, in rupiah.

    Each rent is rounded so that its months always add up to the whole of it.
    """
    return sum(_until(rent, last) - _until(rent, first - timedelta(days=1)) for rent in rents)


def _until(rent: Rent, on: date) -> int:
    days = (rent.end - rent.start).days + 1
    return money.share(rent.amount, min(max((on - rent.start).days + 1, 0), days), days)


def lines(units: Sequence[Unit], ym: int, at: datetime) -> list[Line]:
    """The section of the houses among these units; nothing where there is none."""
    first = months.first_day(ym)
    last = months.first_day(months.after(ym)) - timedelta(days=1)
    occupancy = _occupancy(units, first, min(last, clock.day(at, units[0].zone)))
    if occupancy is None:
        return []
    rents, services = _billed(units, first, last)
    billed = sum(rent.amount for rent in rents if first <= rent.due_on <= last)
    return [
        Line(_("Sewa ditagih bulan ini"), billed, note=_("menurut jatuh tempo")),
        Line(
            _("Sewa hak bulan ini"),
            earned(rents, first, last),
            note=_("sewa dibagi rata per hari yang dibayar"),
        ),
        Line(_("Layanan ditagih bulan ini"), services),
        occupancy,
    ]


def _billed(units: Sequence[Unit], first: date, last: date) -> tuple[list[Rent], int]:
    """Rents that are due in the month or pay for days of it, and services that are due in it."""
    due = Q(invoice__due_on__gte=first, invoice__due_on__lte=last)
    covers = Q(invoice__period_start__lte=last, invoice__period_end__gte=first)
    rows = InvoiceLine.objects.filter(
        due | covers, invoice__unit__in=units, invoice__voided_at=None,
        account__in=(accounts.ROOM_RENT, chart.SERVICE_INCOME),
    ).values_list(
        "account", "amount", "credited", "invoice__due_on", "invoice__period_start", "invoice__period_end"
    )  # fmt: skip
    rents, services = [], 0
    for account, amount, credited, due_on, start, end in rows:
        if account == accounts.ROOM_RENT:
            rents.append(Rent(amount - credited, due_on, start or due_on, end or due_on))
        elif first <= due_on <= last:
            services += amount - credited
    return rents, services


Lived = Sequence[tuple[int, date | None, date | None]]
"""Rooms, each with a stay in it: from which day, until which."""


def _rooms(units: Sequence[Unit], first: date, last: date) -> Lived:
    """Rooms in use and who lived in them between two days."""
    in_span = Q(stays__moved_out_on=None) | Q(stays__moved_out_on__gt=first)
    here = FilteredRelation("stays", condition=Q(stays__anchor_on__lte=last) & in_span)
    return list(
        Room.objects.filter(house__unit__in=units)
        .exclude(out_of_service=Room.OutOfService.RETIRED)
        .annotate(here=here)
        .values_list("pk", "here__anchor_on", "here__moved_out_on")
    )


def _days(rows: Lived, first: date, last: date) -> tuple[int, int]:
    """Room days lived in from the first to the last day, and all that there were."""
    lived = 0
    for _pk, anchor, out in rows:
        if anchor is not None:
            end = min(last, out - timedelta(days=1)) if out else last
            lived += max(0, (end - max(anchor, first)).days + 1)
    return lived, len({pk for pk, _anchor, _out in rows}) * max(0, (last - first).days + 1)


def _occupancy(units: Sequence[Unit], first: date, last: date) -> Line | None:
    """Room days lived in, out of those there were up to now; nothing where there are no rooms."""
    rows = _rooms(units, first, last)
    if not rows:
        return None
    lived, days = _days(rows, first, last)
    share = money.share(100, lived, days) if days else 0
    said = _("%(lived)d dari %(all)d hari kamar") % {"lived": lived, "all": days}
    return Line(_("Kamar terhuni"), text=f"{share} %", note=said)


def occupancy_by_month(units: Sequence[Unit], yms: Sequence[int], at: datetime) -> list[Strip]:
    """The share of room days lived in, month by month and over all of them; in one query."""
    today = clock.day(at, units[0].zone)
    ends = [months.first_day(months.after(ym)) - timedelta(days=1) for ym in yms]
    rows = _rooms(units, months.first_day(yms[0]), ends[-1])
    if not rows:
        return []
    found = [_days(rows, months.first_day(ym), min(end, today)) for ym, end in zip(yms, ends, strict=True)]
    shares = [money.share(100, lived, days) if days else 0 for lived, days in found]
    lived, days = (sum(one[i] for one in found) for i in (0, 1))
    return [Strip(_("Kamar terhuni"), shares, money.share(100, lived, days) if days else 0, " %")]


HOUSES = Section("boarding", gettext_lazy("Rumah kos"), lines, order=10, by_month=occupancy_by_month)


def discounted(units: Sequence[Unit], ym: int, _at: datetime) -> list[Line]:
    """Potongan per pengelola: a line a discount that made a bill of the month lower (KOS-19)."""
    first = months.first_day(ym)
    last = months.first_day(months.after(ym)) - timedelta(days=1)
    given = discounts.given_in_month(units, first, last)
    so_far = discounts.given_in_all([one for one, _amount in given])
    return [
        Line(
            _("%(manager)s: kamar %(room)s, %(tenant)s")
            % {"manager": one.asked_by.name, "room": one.room.number, "tenant": one.customer or ""},
            amount,
            note=_("tertulis %(published)s, disetujui %(asked)s; sampai sekarang %(all)s")
            % {
                "published": money.rupiah(one.published), "asked": money.rupiah(one.asked),
                "all": money.rupiah(so_far[one.pk]),
            },
            url=one.get_absolute_url(),
        )
        for one, amount in given
    ]  # fmt: skip


DISCOUNTS = Section("boarding.discounts", gettext_lazy("Potongan per pengelola"), discounted, order=12)
