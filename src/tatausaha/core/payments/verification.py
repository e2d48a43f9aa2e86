"""What does not add up between payments, receipts, papers, refunds, expenses, cash and the books (boarding 7)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Holding
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.models import Journal
from tatausaha.core.payments.models import Expense, Handover, Payment, Receipt, Refund, Suspense

Booked = type[Payment] | type[Refund] | type[Expense]

BOOKED: dict[Booked, tuple[str, ...]] = {
    Payment: ("confirmed", "reversed"),
    Refund: ("paid",),
    Expense: ("posted", "reversed"),
}
"""In which states a case has its journal, and in no other."""


def findings() -> list[str]:
    """Every sentence names a case or a receipt; nothing when all is well."""
    found: list[str] = []
    for model, states in BOOKED.items():
        found += _journals(model, states)
        found += _reversals(model)
    return [*found, *_handovers(), *_reserved(), *_receipts(), *_numbers()]


def _name(model: Booked) -> str:
    return str(model._meta.model_name)  # noqa: SLF001 - Django's documented way


def _journals(model: Booked, states: tuple[str, ...]) -> Iterator[str]:
    rows: QuerySet[Any] = model._default_manager.order_by("pk")  # noqa: SLF001
    name = _name(model)
    for number, status in rows.filter(status__in=states, journal=None).values_list("number", "status"):
        yield f"{name} {number}: {status} without a journal"
    booked = rows.filter(journal__isnull=False)
    for number, status in booked.exclude(status__in=states).values_list("number", "status"):
        yield f"{name} {number}: booked although it is {status}"
    wrong = booked.exclude(amount=F("journal__total"))
    for number, amount, total in wrong.values_list("number", "amount", "journal__total"):
        yield f"{name} {number}: it says {amount}, its journal {total}"


def _reversals(model: Booked) -> Iterator[str]:
    """A case that was taken back has its journal taken back, and no other case has."""
    rows: QuerySet[Any] = model._default_manager.filter(journal__isnull=False).order_by("pk")  # noqa: SLF001
    gone = rows.filter(status="reversed").select_related("journal")
    undone = rows.exclude(status="reversed").filter(journal__reversal__isnull=False).select_related("journal")
    for case in gone:
        if not _is_reversed(case.journal):
            yield f"{_name(model)} {case.number}: reversed, its journal is not"
    for case in undone:
        if _is_reversed(case.journal):
            yield f"{_name(model)} {case.number}: its journal is reversed, it is {case.status}"


def _handovers() -> Iterator[str]:
    """A handover has its journal once it was received, and that says what was handed over and what was missing."""
    rows = Handover.objects.select_related("journal").order_by("pk")
    for case in rows:
        booked = case.status in {"booked", "reversed"}
        if booked != (case.journal is not None):
            yield f"handover {case.number}: {case.status} {'without' if booked else 'with'} a journal"
        elif case.journal is not None:
            lines = (case.amount, case.difference - case.amount, -case.difference)
            if (total := sum(max(line, 0) for line in lines)) != case.journal.total:
                yield f"handover {case.number}: it says {total}, its journal {case.journal.total}"
            if _is_reversed(case.journal) != (case.status == "reversed"):
                yield f"handover {case.number}: it is {case.status}, its journal says otherwise"


def _is_reversed(journal: Journal) -> bool:
    return Journal.objects.filter(reverses=ledger.in_force(journal)).exists()


def _reserved() -> Iterator[str]:
    """What waits to be decided about or paid back is held under its case, to the rupiah."""
    waiting: list[Suspense | Refund] = [
        *Suspense.objects.filter(status=Suspense.Status.HELD).order_by("pk"),
        *Refund.objects.filter(status=Refund.Status.DUE).order_by("pk"),
    ]
    for case in waiting:
        kind = Holding.Kind.UNIDENTIFIED if isinstance(case, Suspense) else case.kind
        if (amount := billing.held(case, kind)) != case.amount:
            yield f"{case._meta.model_name} {case.number}: it says {case.amount}, held are {amount}"  # noqa: SLF001


def _receipts() -> Iterator[str]:
    lacking = Payment.objects.filter(status__in=BOOKED[Payment], receipt=None).order_by("pk")
    for number in lacking.values_list("number", flat=True):
        yield f"payment {number}: confirmed without a receipt"
    said = (
        "number",
        "amount",
        "payment__amount",
        "payment__status",
        "voided_at",
        "paper__state",
        "paper__facts",
    )
    for number, amount, paid, status, voided, state, facts in (
        Receipt.objects.order_by("pk").values_list(*said).iterator()
    ):
        if not amount == paid == facts.get("amount"):
            yield f"receipt {number}: {amount}, its payment {paid}, its paper {facts.get('amount')}"
        gone = status == Payment.Status.REVERSED
        if (voided is not None) != gone or (state == "void") != gone:
            yield f"receipt {number}: its payment is {status}, its paper {state}"


def _numbers() -> Iterator[str]:
    """Numbers of receipts have no gap within a unit and a year (KOS-10)."""
    last: dict[str, tuple[int, int]] = {}
    for number in Receipt.objects.values_list("number", flat=True).iterator():
        series, _slash, turn = number.rpartition("/")
        count, highest = last.get(series, (0, 0))
        last[series] = (count + 1, max(highest, int(turn)))
    for series, (count, highest) in sorted(last.items()):
        if count != highest:
            yield f"receipts {series}: {count} of {highest} numbers are there"
