"""Money has come: it settles bills, is booked, gets its receipt and moves its cases. One transaction.

Order: the unit's books are queued for, bills are read anew, money is laid on them oldest
first, the journal is posted, then everything that remembers it is written, and at the end
the cases are told. What no bill wants becomes the payer's balance, or titipan when the bills
are void; it is never lost and never taken (rules/boarding 3 and 7).
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from tatausaha.core.billing.allocation import Part, oldest_first, plan
from tatausaha.core.billing.kinds import HELD_AS
from tatausaha.core.billing.models import Allocation, Invoice, InvoiceLine
from tatausaha.core.billing.services import held, settling
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.services import Line
from tatausaha.core.payments import queries
from tatausaha.core.payments.asking import AskFirst
from tatausaha.core.payments.channels import channel
from tatausaha.core.payments.models import Payment
from tatausaha.core.payments.services import suspense, telling
from tatausaha.core.payments.services.days import check_day
from tatausaha.core.payments.services.receipts import issue_receipt
from tatausaha.core.people.actors import Actor, Machine, person_or_none
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import advance, settle


@dataclass(frozen=True)
class Arrival:
    """What is known of money that came: how much (rupiah), on which day, under which reference."""

    amount: int
    occurred_on: date
    reference: str = ""
    sure: bool = False


def take_in(payment: Payment, arrival: Arrival, *, by: Actor, at: datetime) -> Payment:
    """Take in the money of a payment whose status the engine has just set to confirmed.

    A payment that was taken in before is left as it is: confirming twice books once. Raises
    `Refused`, and `AskFirst` where a person should look twice.
    """
    settling.open_books(payment.unit)
    payment.refresh_from_db(fields=["journal", "confirmed_at"])
    if payment.journal_id is not None:
        return payment
    on = check_day(arrival.occurred_on, payment.unit, by=by, at=at, oldest_days=payment.policy.oldest_days)
    # a case whose time is over is over before the money reaches it, whether or not the sweep has run
    cases = [as_time_left_it(case, at=at) for case in queries.cases_of(payment.invoices.all())]
    bills = oldest_first(payment.invoices.select_related("unit", "payer"))
    parts = plan(arrival.amount, _open_to_money(settling.lines_of(bills), cases))
    rest = arrival.amount - sum(part for _line, part in parts)
    _look_twice(payment, arrival, bills, cases, rest, at=at)
    late = rest > 0 and not any(_still_wanted(bill, cases) for bill in bills)
    _book(payment, arrival, on, parts, rest, late=late, by=by, at=at)
    _write_down(payment, parts, rest, late=late, by=by, at=at)
    tell(cases, at=at)
    return payment


def as_time_left_it(case: Tracked, *, at: datetime) -> Tracked:
    """The case after what its deadline brings, if that has passed: money that comes later finds it so."""
    try:
        return settle(case, at=at)
    except Refused:  # the clock could not move it; that must not keep money out
        return case


def _open_to_money(lines: Sequence[InvoiceLine], cases: Sequence[Tracked]) -> list[InvoiceLine]:
    """Lines that may still take money: an advance or a deposit only while its case goes on."""
    ended = _ended(cases)
    return [
        line for line in lines
        if line.account not in HELD_AS or (line.invoice.procedure, line.invoice.subject_id) not in ended
    ]  # fmt: skip


def _ended(cases: Sequence[Tracked]) -> set[tuple[str, int]]:
    return {(procedure_of(case).code, case.pk) for case in cases if procedure_of(case).is_final(case.status)}


def _still_wanted(bill: Invoice, cases: Sequence[Tracked]) -> bool:
    """Whether the bill stands: money beyond it is then the payer's balance and not titipan."""
    if bill.voided_at:
        return False
    return bool(bill.income) or (bill.procedure, bill.subject_id) not in _ended(cases)


def _look_twice(
    payment: Payment,
    arrival: Arrival,
    bills: Sequence[Invoice],
    cases: Sequence[Tracked],
    rest: int,
    *,
    at: datetime,
) -> None:
    if arrival.sure:
        return
    awaited = arrival.amount == payment.expected_amount
    if bills and not awaited and rest > max(bill.total for bill in bills):
        raise AskFirst(
            _("Uang ini %(rest)s lebih dari yang ditagih. Periksa jumlahnya; centang bila memang benar.")
            % {"rest": rupiah(rest)}
        )
    same = Q(pk__in=[])
    for case in cases:
        same |= Q(invoices__procedure=procedure_of(case).code, invoices__subject_id=case.pk)
    since = at - timedelta(minutes=payment.policy.duplicate_minutes)
    twin = (
        Payment.objects.filter(same, status=Payment.Status.CONFIRMED, amount=arrival.amount)
        .filter(reference=arrival.reference, occurred_on=arrival.occurred_on, confirmed_at__gt=since)
        .exclude(pk=payment.pk)
        .first()
    )
    if twin is not None:
        raise AskFirst(
            _("Pembayaran %(number)s yang sama baru saja dicatat. Centang bila ini memang uang yang lain.")
            % {"number": twin.number}
        )


def _book(
    payment: Payment, arrival: Arrival, on: date, parts: list[Part], rest: int, *,
    late: bool, by: Actor, at: datetime,
) -> None:  # fmt: skip
    payer = payment.customer
    assert payer is not None, f"{payment.number} has no payer"
    lines = [channel(payment.method).line(payment, arrival.amount), *settling.credit_lines(parts)]
    if rest:
        lines.append(Line(chart.UNIDENTIFIED if late else chart.CUSTOMER_BALANCE, -rest, party=payer))
    journal = settling.book(
        payment.unit, lines, key=f"{payment.unit_id}|payment|{payment.pk}|receive|0", kind="payment",
        source=(procedure_of(payment).code, payment.pk), memo=payment.number, event_on=on, by=by, at=at,
    )  # fmt: skip
    payment.amount, payment.occurred_on, payment.reference = arrival.amount, on, arrival.reference
    payment.journal, payment.confirmed_at, payment.confirmed_by = journal, at, person_or_none(by)
    booked_on = settling.booked_on(journal, payment.unit, at)
    payment.across_months = (booked_on.year, booked_on.month) != (on.year, on.month)
    payment.save(
        update_fields=[
            "amount", "occurred_on", "reference", "journal", "confirmed_at", "confirmed_by", "across_months",
        ]
    )  # fmt: skip


def _write_down(
    payment: Payment, parts: list[Part], rest: int, *, late: bool, by: Actor, at: datetime
) -> None:
    journal, payer = payment.journal, payment.customer
    assert journal is not None
    assert payer is not None
    origin = settling.Origin(Allocation.Source.PAYMENT, journal, journal.book_on, payment.pk)
    settling.remember(parts, origin, by=by, at=at)
    said = ""
    if rest and late:
        said = str(_("Titipan, menunggu keputusan pengelola"))
        suspense.hold(payment, rest, reason=_("Tagihannya sudah tidak berlaku."), by=by, at=at)
    elif rest:
        said = str(_("Saldo Anda, dipakai untuk tagihan berikutnya"))
        mine = held.balance_of(payment.unit, payer)
        change = held.Change(mine, rest, held.Move.RECEIVED, payment.number)
        held.record([change], journal=journal, by=by, at=at)
    left = sum(bill.remaining for bill in payment.invoices.all())
    receipt = issue_receipt(payment, parts, rest=said, left=left, by=by, at=at)
    telling.confirmed(payment, receipt, at=at)


def tell(cases: Sequence[Tracked], *, at: datetime) -> None:
    """Let money move the cases; one that cannot move leaves the money where it is."""
    for case in cases:
        with suppress(Refused):
            advance(case, at=at, cause=Machine.MONEY)
