"""What a late payment of rent costs: by the SOP of the stay and the days on which was paid (rules/boarding 6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tatausaha.business.boarding.models import Purpose, Stay
from tatausaha.business.boarding.queries import arrears
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing.models import Allocation, Invoice, InvoiceLine
from tatausaha.core.kernel import clock, money, words
from tatausaha.core.payments.fact_days import Paid, paid_on_days
from tatausaha.core.procedures.models import SopRevision

OFF, FLAT, DAILY = 0, 1, 2
"""The values of the policy `late_fee`."""
LOOK_BACK = timedelta(days=120)
"""Bills that fell due longer ago are not looked at any more."""
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Fee:
    """The late fee of a rent bill as of a day: for how many days, how much (rupiah), and whether it grows no more."""

    bill: Invoice
    days: int
    amount: int
    final: bool


def fee_of(stay: Stay, bill: Invoice, rents: Sequence[InvoiceLine], paid: Paid, *, until: date) -> Fee:
    """The fee for a bill whose rent lines and payments by day are given, up to and with a day.

    The days of grace cost nothing, whenever the rent comes. On rent alone: what of it was unpaid at
    the end of the day before counts. Never more than the cap of the SOP, from the whole bill.
    """
    rules = stay.policy
    owed = sum(line.amount - line.credited for line in rents)
    cap = money.percent(bill.total - bill.credited, rules.late_fee_cap_percent)
    first = bill.due_on + timedelta(days=rules.late_fee_grace_days + 1)
    days, counted, day = 0, 0, first
    while day <= until and (unpaid := owed - _paid_by(paid, day - A_DAY)) > 0:
        days, counted, day = days + 1, counted + unpaid, day + A_DAY
    if rules.late_fee == FLAT:
        return Fee(bill, days, min(rules.late_fee_amount, cap) if days else 0, final=until >= first)
    amount = money.share(counted, rules.late_fee_percent, 100)
    over = owed - _paid_by(paid, until) <= 0
    return Fee(bill, days, min(amount, cap), final=until >= first and (over or amount >= cap))


def _paid_by(paid: Paid, day: date) -> int:
    return sum(amount for on, amount in paid if on <= day)


def fees_of(stay: Stay, bills: Iterable[Invoice], *, until: date) -> list[Fee]:
    """The fees of some rent bills of a stay as of a day, also where nothing is to be paid; three queries at most."""
    some = list(bills)
    lines = list(InvoiceLine.objects.filter(invoice__in=some, kind="rent"))
    paid = paid_on_days(lines)
    return [
        fee_of(
            stay, bill, [one for one in lines if one.invoice_id == bill.pk],
            [part for one in lines if one.invoice_id == bill.pk for part in paid[one.pk]], until=until,
        )
        for bill in some
    ]  # fmt: skip


def running(stay: Stay, *, at: datetime) -> list[Fee]:
    """What late rent costs so far that stands on no bill yet; no query where the SOP asks no fee.

    Takes the bills that the page of the stay has just read.
    """
    if stay.policy.late_fee == OFF or stay.status not in arrears.HERE:
        return []
    today = clock.day(at, stay.unit.zone)
    shown: list[Invoice] | None = getattr(stay, "_bills_shown", None)
    bills = arrears.bills_of(stay) if shown is None else shown
    charged = {bill.period_start for bill in bills if bill.purpose == Purpose.LATE_FEE}
    late = [
        bill for bill in bills
        if bill.purpose == Purpose.RENT and bill.remaining and bill.due_on < today and bill.period_start not in charged
    ]  # fmt: skip
    return [fee for fee in fees_of(stay, late, until=today) if fee.amount] if late else []


def charged(stay: Stay) -> list[Invoice]:
    """The late fees on bills of the stay that were not waived, newest first; no query after the bills were read."""
    shown: list[Invoice] | None = getattr(stay, "_bills_shown", None)
    bills = arrears.bills_of(stay) if shown is None else shown
    fees = [bill for bill in bills if bill.purpose == Purpose.LATE_FEE and bill.total > bill.credited]
    return sorted(fees, key=lambda fee: -fee.pk)


def _late_fees() -> QuerySet[Invoice]:
    return Invoice.objects.filter(procedure="boarding.stay", purpose=Purpose.LATE_FEE, voided_at=None)


def _tenants(*statuses: str) -> Q:
    """Bills of stays in these states whose SOP asks a late fee."""
    revisions = SopRevision.objects.filter(procedure="boarding.stay", values__late_fee__gt=OFF)
    stays = Stay.objects.filter(revision__in=revisions, status__in=statuses)
    return Q(subject_id__in=stays.values("pk"))


def bills_without_fee(*, at: datetime, stay: Stay | None = None) -> QuerySet[Invoice]:
    """Rent bills that were not paid by their due date and have no late fee yet: of one stay, or of all tenants."""
    today = max(clock.day(at, zone) for zone in words.ZONES)
    has_fee = _late_fees().filter(subject_id=OuterRef("subject_id"), period_start=OuterRef("period_start"))
    paid_after = Allocation.objects.filter(invoice=OuterRef("pk"), booked_on__gt=OuterRef("due_on"))
    whose = Q(subject_id=stay.pk) if stay else _tenants(*arrears.HERE)
    return Invoice.objects.filter(
        whose, billing.OPEN | Exists(paid_after), ~Exists(has_fee), procedure="boarding.stay",
        purpose=Purpose.RENT, voided_at=None, due_on__gte=today - LOOK_BACK, due_on__lt=today,
        total__gt=F("credited"),
    ).order_by("due_on", "pk")  # fmt: skip


def fees_to_look_at(*, at: datetime, stay: Stay | None = None) -> QuerySet[Invoice]:
    """Late fees on bills that a payment written down later may have made too high."""
    whose = Q(subject_id=stay.pk) if stay else _tenants(*arrears.HERE, Stay.Status.INSPECTION)
    return _late_fees().filter(whose, issued_at__gte=at - LOOK_BACK, total__gt=F("credited")).order_by("pk")


def too_high(stay: Stay, *, at: datetime) -> list[tuple[Invoice, int]]:
    """Late fees on bills that the payments known by now do not bear out, each with what is too much (rupiah)."""
    if stay.policy.late_fee == OFF:
        return []
    found = []
    for fee in fees_to_look_at(at=at, stay=stay):
        bill, day = _bill_of(fee), clock.day(fee.issued_at, stay.unit.zone)
        right = fees_of(stay, [bill], until=day)[0].amount if bill else 0
        if (over := fee.total - fee.credited - right) > 0:
            found.append((fee, over))
    return found


def _bill_of(fee: Invoice) -> Invoice | None:
    """The rent bill that a late fee is for, unless it was taken back since."""
    return Invoice.objects.filter(
        procedure=fee.procedure, subject_id=fee.subject_id, purpose=Purpose.RENT, period_start=fee.period_start,
        voided_at=None,
    ).first()  # fmt: skip
