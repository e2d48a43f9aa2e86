"""Reads of the books: balances in one row, months from month rows, cards line by line (KOS-15, KOS-18).

Amounts are debit minus credit in whole rupiah unless a name says otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet, Sum, Window
from django.db.models.functions import Coalesce

from tatausaha.core.ledger import chart, months, store
from tatausaha.core.ledger.models import (
    PERIOD_BASE,
    Account,
    Balance,
    Entry,
    Journal,
    LockPass,
    PartyTotal,
    Period,
    Seal,
    Total,
)
from tatausaha.core.people import queries as people
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit

RESULT_TYPES = ("R", "X")
"""Types of accounts that begin at zero each year."""


# Who may look (KOS-16)


def books_for(person: Person | None) -> QuerySet[Unit]:
    """Units whose books the person may see: the manager's own, all for the owner, none for others."""
    return people.units_for(person, "manager")


def _own(person: Person | None) -> Q:
    ids = roles.unit_ids(person, "manager")
    return Q() if ids is None else Q(unit__in=ids)


def journals_for(person: Person | None) -> QuerySet[Journal]:
    """Journals of the units whose books the person may see, newest first."""
    return Journal.objects.filter(_own(person)).order_by("-pk")


def entries_for(person: Person | None) -> QuerySet[Entry]:
    """Lines in the units whose books the person may see."""
    return Entry.objects.filter(_own(person))


def passes_for(person: Person | None) -> QuerySet[LockPass]:
    """Passes of the units whose books the person may see, newest first."""
    return LockPass.objects.filter(_own(person)).order_by("-pk")


def seals_for(person: Person | None) -> QuerySet[Seal]:
    """Versions of closed months that the person may see, newest first."""
    return Seal.objects.filter(_own(person)).order_by("-ym", "unit", "-version")


# Balances


def balance_now(account: str, unit: Unit) -> int:
    """The balance of an account in a unit, from one row."""
    row = Total.objects.filter(account=int(account), unit=unit).first()
    return row.net if row else 0


def party_balance(account: str, unit: Unit, party: Person) -> int:
    """What stands on an account with one person: a deposit held is negative (a credit)."""
    row = PartyTotal.objects.filter(account=int(account), unit=unit, party=party).first()
    return row.net if row else 0


def party_balances(account: str, units: Iterable[Unit] | QuerySet[Unit]) -> QuerySet[PartyTotal]:
    """Persons with whom an account is not even, by unit: who owes, whose deposit is held."""
    rows = PartyTotal.objects.filter(account=int(account), unit__in=units).exclude(debit=F("credit"))
    return rows.select_related("party", "unit").order_by("unit", "party__name", "party")


def _net(rows: QuerySet[Balance] | QuerySet[Entry], *, by_entry: bool = False) -> int:
    total = Sum("amount") if by_entry else Sum(F("debit") - F("credit"))
    return int(rows.aggregate(net=Coalesce(total, 0))["net"])


def balance_at_month_end(account: str, unit: Unit, ym: int) -> int:
    """The balance at the end of a month, from its and earlier month rows."""
    upto = months.period_id(unit.pk, ym)
    return _net(Balance.objects.filter(account=int(account), unit=unit, period__lte=upto))


def balance_on(account: str, unit: Unit, on: date) -> int:
    """The balance at the end of a day: the month before it, and the lines of its own month."""
    opening = balance_at_month_end(account, unit, months.before(months.of(on)))
    first = months.first_day(months.of(on))
    lines = Entry.objects.filter(account=int(account), unit=unit, book_on__gte=first, book_on__lte=on)
    return opening + _net(lines, by_entry=True)


def month_matrix(units: Iterable[Unit], from_ym: int, to_ym: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Debit and credit by (account, month) over the units, for any span of months."""
    cells: dict[tuple[int, int], tuple[int, int]] = {}
    for unit in units:
        first, last = months.period_id(unit.pk, from_ym), months.period_id(unit.pk, to_ym)
        span = Balance.objects.filter(period__gte=first, period__lte=last)
        rows = span.values_list("account_id", "period_id", "debit", "credit")
        for account, period, debit, credit in rows:
            key = (account, period % PERIOD_BASE)
            had = cells.get(key, (0, 0))
            cells[key] = (had[0] + debit, had[1] + credit)
    return cells


# Months


@dataclass(frozen=True)
class Figure:
    """One account in a month: what it began with, what passed through, what it ended with."""

    account: int
    code: str
    name: str
    type: str
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        """Debit minus credit at the end of the month."""
        return self.opening + self.debit - self.credit


def trial_balance(unit: Unit, ym: int) -> list[Figure]:
    """Every account that moved, in code order; its closings add up to zero.

    Income and expense begin anew each January; what earlier years left is on retained earnings
    (rule 13: virtual year end, nothing to undo when the owner corrects an old year).
    """
    period, january = months.period_id(unit.pk, ym), months.period_id(unit.pk, ym // 100 * 100 + 1)
    now, year = Q(period=period), Q(period__gte=january)
    result = Q(account__type__in=RESULT_TYPES)
    net = Sum(F("debit") - F("credit"), filter=~now & (~result | year), default=0)
    rows = (
        Balance.objects.filter(unit=unit, period__lte=period)
        .values("account_id")
        .annotate(
            opening=net,
            earlier=Sum(F("debit") - F("credit"), filter=result & ~year, default=0),
            moved_in=Sum("debit", filter=now, default=0),
            moved_out=Sum("credit", filter=now, default=0),
        )
    )
    accounts = Account.objects.in_bulk()
    found = {row["account_id"]: (row["opening"], row["moved_in"], row["moved_out"]) for row in rows}
    if earlier := sum(row["earlier"] for row in rows):
        kept = int(chart.RETAINED_EARNINGS)
        opening, debit, credit = found.get(kept, (0, 0, 0))
        found[kept] = (opening + earlier, debit, credit)
    figures = [
        Figure(pk, accounts[pk].code, accounts[pk].name, accounts[pk].type, *parts)
        for pk, parts in found.items()
    ]
    return sorted(
        (one for one in figures if one.opening or one.debit or one.credit), key=lambda one: one.code
    )


def report_data(unit: Unit, ym: int) -> dict[str, object]:
    """The month's report as plain data, from month rows alone (rule 17).

    Income is positive where it was earned, expense where it was spent; `result` is the
    difference. `balances` holds opening, debit, credit and closing of every account.
    """
    figures = trial_balance(unit, ym)

    def part(kind: str, sign: int) -> list[dict[str, object]]:
        moved = [(one, sign * (one.debit - one.credit)) for one in figures if one.type == kind]
        return [{"account": one.code, "name": one.name, "amount": amount} for one, amount in moved if amount]

    earned = sum(one.credit - one.debit for one in figures if one.type == "R")
    spent = sum(one.debit - one.credit for one in figures if one.type == "X")
    return {
        "unit": unit.code,
        "name": unit.name,
        "ym": ym,
        "income": part("R", -1),
        "expense": part("X", 1),
        "income_total": earned,
        "expense_total": spent,
        "result": earned - spent,
        "balances": [
            {
                "account": one.code,
                "name": one.name,
                "type": one.type,
                "opening": one.opening,
                "debit": one.debit,
                "credit": one.credit,
                "closing": one.closing,
            }
            for one in figures
        ],
    }


def is_closed(unit: Unit, ym: int) -> bool:
    """Whether only the owner may write the month, as far as a posting has noticed."""
    return Period.objects.filter(unit=unit, ym=ym, min_level=Period.PAST).exists()


@transaction.atomic
def last_settled() -> int:
    """The number of the newest journal, once every posting that holds a lower one is over; 0 in empty books.

    Numbers are handed out under the locks of the units that are booked, before the commit: whoever
    reads on from a number waits for them, else a journal that commits late is passed over.
    """
    store.lock_units(Unit.objects.values_list("pk", flat=True))
    return Journal.objects.aggregate(last=Max("pk"))["last"] or 0


def latest_seal(unit: Unit, ym: int) -> Seal | None:
    """The newest version of a closed month; nothing while it has not been closed."""
    return Seal.objects.filter(unit=unit, ym=ym).order_by("-version").first()


# Lines


@dataclass(frozen=True)
class CardLine:
    """A line of an account with the balance after it."""

    journal: int
    line_no: int
    book_on: date
    event_on: date
    kind: str
    memo: str
    party: str
    amount: int
    balance: int
    recorded_at: datetime


def account_card(
    account: str, unit: Unit, start: date, end: date, *, party: Person | None = None
) -> tuple[int, list[CardLine]]:
    """The opening balance and the lines of an account from `start` to `end`, each with its balance."""
    opening = balance_on(account, unit, date.fromordinal(start.toordinal() - 1))
    lines = Entry.objects.filter(account=int(account), unit=unit, book_on__gte=start, book_on__lte=end)
    if party is not None:
        earlier = Entry.objects.filter(account=int(account), unit=unit, party=party, book_on__lt=start)
        opening = _net(earlier, by_entry=True)
        lines = lines.filter(party=party)
    running = Window(Sum("amount"), order_by=[F("book_on").asc(), F("journal_id").asc(), F("line_no").asc()])
    rows = (
        lines.annotate(running=running)
        .order_by("book_on", "journal_id", "line_no")
        .values_list(
            "journal_id", "line_no", "book_on", "journal__event_on", "journal__kind", "journal__memo",
            "party__name", "amount", "running", "journal__recorded_at",
        )
    )  # fmt: skip
    return opening, [
        CardLine(pk, no, on, event, kind, memo, name or "", amount, opening + sofar, recorded)
        for pk, no, on, event, kind, memo, name, amount, sofar, recorded in rows
    ]


def changed_under(lock_pass: LockPass) -> QuerySet[Journal]:
    """What was posted by a pass ("apa yang berubah selama izin"), in order."""
    return Journal.objects.filter(lock_pass=lock_pass).order_by("pk")


def journals_of(source_type: str, source_id: int) -> QuerySet[Journal]:
    """All that was posted for one cause, in order."""
    return Journal.objects.filter(source_type=source_type, source_id=source_id).order_by("pk")


def in_force(journal: Journal) -> Journal:
    """The journal that stands for this one: itself, or the last one where the owner moved it to another month."""
    while (moved := Journal.objects.filter(replaces=journal).first()) is not None:
        journal = moved
    return journal
