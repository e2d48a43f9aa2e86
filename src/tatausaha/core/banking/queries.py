"""Reads of statements: which accounts a person may look at, lines, and what is still open.

The owner sees every account; a manager those of the units that he manages, and the company's own
only where he manages every unit, because its statement tells of all of them.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet

from tatausaha.core.banking.models import BankLine, Match, Statement
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import clock
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.payments.models import BankAccount, Expense, Handover, Payment, Refund
from tatausaha.core.people import queries as people
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit, Zone

LOOKED_BACK = timedelta(days=400)
"""How far back *Hari ini* asks for open lines; older ones stand on the pages of their months."""

STANDS = Q(undone_at__isnull=True) & (
    Q(journal__isnull=True) | Q(journal__reversal__isnull=True) | Q(journal__replacements__isnull=False)
)
"""Matches that hold: not undone, and their journal not reversed, unless it was moved to another month."""


def accounts_for(person: Person | None) -> QuerySet[BankAccount]:
    """Bank accounts whose statements the person may see, open ones first."""
    rows = BankAccount.objects.select_related("unit").order_by(
        F("closed_on").asc(nulls_first=True), "unit", "pk"
    )
    mine = roles.unit_ids(person, "manager")
    if mine is None:
        return rows
    if not mine:
        return rows.none()
    others = Unit.objects.filter(closed_on__isnull=True).exclude(pk__in=mine)
    return rows.filter(Q(unit__in=mine) | (Q(unit__isnull=True) & ~Exists(others)))


def served(account: BankAccount, person: Person) -> list[Unit]:
    """Units whose money may go through the account and which the person manages."""
    mine = people.units_for(person, "manager")
    return [unit for unit in mine if account.unit_id in {None, unit.pk}]


def zone(account: BankAccount) -> str:
    """Whose wall clock decides the account's days."""
    return account.unit.zone if account.unit else Zone.WIB


def today(account: BankAccount, at: datetime) -> date:
    """The day that it is where the account is."""
    return clock.day(at, zone(account))


def statements_for(person: Person | None) -> QuerySet[Statement]:
    """Statements of those accounts, newest first."""
    rows = Statement.objects.filter(bank_account__in=accounts_for(person))
    return rows.select_related("bank_account__unit", "brought_by", "taken_by").order_by("-pk")


def lines_for(person: Person | None) -> QuerySet[BankLine]:
    """Lines of those accounts, in order of time."""
    rows = BankLine.objects.filter(bank_account__in=accounts_for(person))
    return rows.select_related("bank_account__unit", "statement").order_by("on", "pk")


def unmatched(rows: QuerySet[BankLine]) -> QuerySet[BankLine]:
    """Those of the lines that nobody has said anything about; what rounds to nothing needs no word."""
    return rows.filter(~Exists(Match.objects.filter(STANDS, line=OuterRef("pk")))).exclude(amount=0)


def matches_of(lines: Iterable[BankLine]) -> dict[int, Match]:
    """The match in force of each line, by the line's id."""
    rows = Match.objects.filter(STANDS, line__in=[line.pk for line in lines])
    return {row.line_id: row for row in rows.select_related("journal", "by")}


def history_of(line: BankLine) -> QuerySet[Match]:
    """All that was ever said about a line, newest first."""
    return line.matches.select_related("journal", "by", "undone_by").order_by("-pk")


def last_day(account: BankAccount) -> date | None:
    """The day of the account's newest line."""
    newest: date | None = BankLine.objects.filter(bank_account=account).aggregate(last=Max("on"))["last"]
    return newest


def standing(accounts: Iterable[BankAccount]) -> dict[int, dict[str, Any]]:
    """For each account that has lines: how many, how many are open, from and until when; by the account's id."""
    settled = Match.objects.filter(STANDS).values("line")
    rows = BankLine.objects.filter(bank_account__in=list(accounts)).values("bank_account")
    told = rows.annotate(
        lines=Count("pk"),
        open=Count("pk", filter=~Q(pk__in=settled) & ~Q(amount=0)),
        first=Min("on"),
        last=Max("on"),
    )
    return {row["bank_account"]: dict(row) for row in told}


def named(line: BankLine, number: str, person: Person) -> tuple[str, int] | None:
    """What a number that somebody typed means, among what the line's account serves: its kind and id."""
    wanted, units = number.strip().upper(), served(line.bank_account, person)
    kinds: tuple[tuple[str, QuerySet[Any]], ...] = (
        ("payment", Payment.objects.all()), ("bill", Invoice.objects.all()), ("refund", Refund.objects.all()),
        ("expense", Expense.objects.all()), ("handover", Handover.objects.all()),
    )  # fmt: skip
    for kind, rows in kinds:
        if (found := rows.filter(number=wanted, unit__in=units).first()) is None:
            continue
        booked = getattr(found, "journal", None)
        return ("journal", ledger.in_force(booked).pk) if booked is not None else (kind, found.pk)
    return None


def open_lines_for(person: Person, *, at: datetime) -> QuerySet[BankLine]:
    """Lines of the last `LOOKED_BACK` that nobody has said anything about, on accounts that the person may look at."""
    rows = BankLine.objects.filter(bank_account__in=accounts_for(person).order_by())
    return unmatched(rows.filter(on__gte=clock.day(at, Zone.WIB) - LOOKED_BACK))
