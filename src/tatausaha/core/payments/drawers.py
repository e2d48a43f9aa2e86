"""Cash in hand: who holds how much of which unit, since when, and what moved it (rules/boarding 16.3).

The figures are those of the books: the account of cash in hand, by person. Cash that came first
is taken to have gone first, so the age of what is there is the age of its oldest part.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet, Sum, Window

from tatausaha.core.kernel import clock
from tatausaha.core.ledger import chart
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.models import Entry, PartyTotal
from tatausaha.core.payments.models import Handover
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.people.queries import units_for
from tatausaha.core.procedures import policies, registry

LOOK_BACK = timedelta(days=180)
"""Cash that is older than this is said to be so old."""
MOST_LINES = 300
"""Movements that are shown of one drawer; what lies before them is one line."""


@dataclass(frozen=True)
class Drawer:
    """What one person holds of one unit: rupiah, the day of its oldest part, and how old it may become.

    Up to `change` it is small change, which may stay for ever.
    """

    unit: Unit
    holder: Person
    balance: int
    since: date | None = None
    days: int = 0
    limit: int = 0
    change: int = 0
    waiting: Handover | None = None

    @property
    def is_old(self) -> bool:
        """Whether cash lies there longer than the SOP allows, and no handover of it is under way."""
        return self.balance > self.change and self.days > self.limit and self.waiting is None


@dataclass(frozen=True)
class Movement:
    """One line of a drawer: what it was, its case if there is one, rupiah in or out, and the balance after it."""

    on: date
    what: str
    number: str
    amount: int
    balance: int
    journal: int
    url: str = ""


@dataclass(frozen=True)
class Card:
    """A drawer since its last handover: what was left then, and every movement since."""

    opening: int
    last: Handover | None
    movements: tuple[Movement, ...] = field(default=())


def handovers_for(person: Person | None) -> QuerySet[Handover]:
    """Handovers that the person may know of: their own, the owner all."""
    rows = Handover.objects.select_related("unit", "customer", "bank", "received_by", "paper")
    if person is None:
        return rows.none()
    return rows if roles.is_owner(person) else rows.filter(customer__in=roles.acts_for(person))


def handover_for(person: Person | None, number: str) -> Handover | None:
    """The handover of that number, if the person may know of it."""
    return handovers_for(person).filter(number=number.upper()).first()


def balance(unit: Unit, holder: Person) -> int:
    """What the books say that a person holds of a unit now, in rupiah."""
    return ledger.party_balance(chart.CASH_DRAWER, unit, holder)


def held(units: Iterable[Unit], *, at: datetime) -> list[Drawer]:
    """Every drawer of these units in which there is something, by unit and holder; a fixed number of queries."""
    rows = PartyTotal.objects.filter(unit__in=[unit.pk for unit in units], account=int(chart.CASH_DRAWER))
    return _dated(rows.exclude(debit=F("credit")), at)


def drawers_for(person: Person | None, *, at: datetime) -> list[Drawer]:
    """The drawers that the person may see: all that hold something for the owner; else their own alone.

    Whoever manages a unit has a drawer there, even an empty one. A fixed number of queries.
    """
    if person is None:
        return []
    totals = PartyTotal.objects.filter(account=int(chart.CASH_DRAWER)).exclude(debit=F("credit"))
    if roles.is_owner(person):
        return _dated(totals, at)
    found = own(person, at=at)
    seen = {one.unit.pk for one in found}
    empty = [unit for unit in units_for(person, "manager") if unit.pk not in seen]
    return found + [Drawer(unit, person, 0) for unit in empty]


def own(person: Person, *, at: datetime) -> list[Drawer]:
    """The drawers of this person in which there is something."""
    rows = PartyTotal.objects.filter(account=int(chart.CASH_DRAWER), party__in=roles.acts_for(person))
    return _dated(rows.exclude(debit=F("credit")), at)


def drawer_for(person: Person | None, code: str, holder: int, *, at: datetime) -> Drawer | None:
    """One drawer, if the person may see it: the owner anybody's, others their own; an empty one of a manager too."""
    if person is None or not (roles.is_owner(person) or holder in roles.acts_for(person)):
        return None
    rows = PartyTotal.objects.filter(account=int(chart.CASH_DRAWER), unit__code=code, party=holder)
    if found := _dated(rows, at):
        return found[0]
    unit = units_for(person, "manager").filter(code=code).first()
    keeper = Person.objects.filter(pk=holder).first()
    return Drawer(unit, keeper, 0) if unit and keeper and roles.has_role(keeper, unit, "manager") else None


def _dated(totals: QuerySet[PartyTotal], at: datetime) -> list[Drawer]:
    rows = list(totals.select_related("unit", "party").order_by("unit__name", "party__name", "pk"))
    if not rows:
        return []
    units = {row.unit_id: row.unit for row in rows}
    rules = policies.values_of_units(
        registry.procedure_of(Handover()), units.values(), on=clock.day(at, rows[0].unit.zone)
    )
    open_ones = Handover.objects.filter(unit__in=units, status=Handover.Status.SUBMITTED)
    waiting = {(one.unit_id, one.customer_id): one for one in open_ones}
    since = _oldest([row for row in rows if row.net > 0], at)
    drawers = []
    for row in rows:
        place = (row.unit_id, row.party_id)
        begun = since.get(place)
        days = (clock.day(at, row.unit.zone) - begun).days if begun else 0
        drawers.append(
            Drawer(
                row.unit,
                row.party,
                row.net,
                begun,
                days,
                rules[row.unit_id].oldest_days,
                rules[row.unit_id].small_change,
                waiting.get(place),
            )
        )
    return drawers


def _oldest(rows: Sequence[PartyTotal], at: datetime) -> dict[tuple[int, int], date]:
    """The day of the oldest cash in each drawer: of the newest receipts, those that make up what is there."""
    if not rows:
        return {}
    first = (at - LOOK_BACK).date()
    received = Entry.objects.filter(
        account=int(chart.CASH_DRAWER), unit__in={row.unit_id for row in rows},
        party__in={row.party_id for row in rows}, amount__gt=0, book_on__gte=first,
    )  # fmt: skip
    newer = Window(
        Sum("amount"), partition_by=[F("unit"), F("party")],
        order_by=[F("book_on").desc(), F("journal_id").desc(), F("line_no").desc()],
    )  # fmt: skip
    found: dict[tuple[int, int], date] = {}
    wanted = {(row.unit_id, row.party_id): row.net for row in rows}
    lines = received.annotate(sofar=newer).order_by("-sofar")
    sums: dict[tuple[int, int], int] = {}
    for unit, party, on, amount, sofar in lines.values_list(
        "unit_id", "party_id", "book_on", "amount", "sofar"
    ):
        place = (unit, party)
        if place in wanted and sofar - amount < wanted[place]:
            found[place] = min(on, found.get(place, on))
        sums[place] = max(sofar, sums.get(place, 0))
    return {
        place: found.get(place, first) if sums.get(place, 0) >= net else first
        for place, net in wanted.items()
    }


def card_of(drawer: Drawer) -> Card:
    """What moved a drawer since its last handover, with the balance after each line; at most `MOST_LINES`."""
    mine = Handover.objects.filter(unit=drawer.unit, customer=drawer.holder, status=Handover.Status.BOOKED)
    last = mine.select_related("journal").order_by("-journal_id").first()
    lines = Entry.objects.filter(account=int(chart.CASH_DRAWER), unit=drawer.unit, party=drawer.holder)
    if last is not None:
        lines = lines.filter(journal__gt=last.journal_id)
    newest = list(lines.select_related("journal").order_by("-journal_id", "-line_no")[:MOST_LINES])
    newest.reverse()
    running = opening = drawer.balance - sum(line.amount for line in newest)
    named = _named({(line.journal.source_type, line.journal.source_id) for line in newest})
    movements = []
    for line in newest:
        running += line.amount
        source = (line.journal.source_type, line.journal.source_id)
        what, number, url = named.get(source, (line.journal.memo, "", ""))
        movements.append(
            Movement(line.journal.event_on, what, number, line.amount, running, line.journal_id, url)
        )
    return Card(opening, last, tuple(movements))


def _named(sources: Iterable[tuple[str, int | None]]) -> dict[tuple[str, int | None], tuple[str, str, str]]:
    """What each cause is called, its number and page; one query for each kind of case."""
    by_code: dict[str, list[int]] = {}
    for code, pk in sources:
        if pk is not None:
            by_code.setdefault(code, []).append(pk)
    named: dict[tuple[str, int | None], tuple[str, str, str]] = {}
    for code, ids in by_code.items():
        procedure = registry.by_code(code)
        if procedure is None:
            continue
        cases: QuerySet[Any] = procedure.model._default_manager.filter(pk__in=ids)  # noqa: SLF001
        for case in cases.select_related("customer"):
            what = case.headline
            if case.customer and case.customer.name not in what:
                what = f"{what}, {case.customer.name}"
            named[(code, case.pk)] = (what, case.number, case.get_absolute_url())
    return named


def earlier(drawer: Drawer) -> QuerySet[Handover]:
    """The handovers of a drawer, newest first."""
    rows = Handover.objects.filter(unit=drawer.unit, customer=drawer.holder)
    return rows.select_related("bank", "received_by").order_by("-pk")


def lying_at(unit: Unit, ym_end: date, *, at: datetime) -> list[Drawer]:
    """Drawers of a unit with more than small change, of which some came by that day and was not handed over since."""
    return [
        replace(one, days=(ym_end - one.since).days)
        for one in held([unit], at=at)
        if one.since is not None and one.since <= ym_end and one.balance > one.change
    ]
