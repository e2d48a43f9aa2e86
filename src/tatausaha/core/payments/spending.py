"""What was spent in a month, as the books of that month say it (KOS-14, KOS-17).

A month that is over says the same for ever, whatever is entered or taken back later: an expense
counts in the month in which it was booked, and taken back it counts against the month of that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet, Sum

from tatausaha.core.assets.classes import COST_ACCOUNTS
from tatausaha.core.ledger import months
from tatausaha.core.ledger.models import Account, Entry
from tatausaha.core.payments.models import Expense
from tatausaha.core.payments.queries import expenses_for
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.registry import procedure_of


@dataclass(frozen=True)
class Booked:
    """What the books of a month say of one expense: rupiah (negative where it was taken back), and the day."""

    amount: int
    on: date


def booked_in(units: Sequence[Unit], month: date) -> dict[int, Booked]:
    """What was booked for expenses (costs, and what assets cost) in the month of that day, by the expense's id;
    one query.
    """  # fmt: skip
    spent = Q(account__type=Account.Type.EXPENSE) | Q(account__in=[int(code) for code in COST_ACCOUNTS])
    lines = Entry.objects.filter(
        spent, journal__unit__in=units, journal__ym=months.of(month), journal__source_type=procedure_of(Expense()).code
    ).order_by()  # fmt: skip
    rows = lines.values_list("journal__source_id").annotate(sum=Sum("amount"), on=Max("book_on"))
    return {pk: Booked(amount, on) for pk, amount, on in rows if pk is not None}


def expenses_in(
    person: Person, units: Sequence[Unit], month: date, booked: dict[int, Booked]
) -> QuerySet[Expense]:
    """Expenses that the month's books name, and those not booked (yet) that happened in it; newest first.

    One that left the month without a trace was taken back at once, or moved by the owner; of
    these only the first is still the month's.
    """
    first, after = months.first_day(months.of(month)), months.first_day(months.after(months.of(month)))
    waiting = Q(journal=None, occurred_on__gte=first, occurred_on__lt=after)
    counted = Q(pk__in=[pk for pk, one in booked.items() if one.amount])
    undone = Q(pk__in=list(booked), status=Expense.Status.REVERSED)
    rows = expenses_for(person).filter(waiting | counted | undone, unit__in=units)
    return rows.order_by("-occurred_on", "-pk")
