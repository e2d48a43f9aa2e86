"""Reads about bills and held money.

A person sees bills that are addressed to them (or to an organisation for which they act),
and managers and the owner those of their units; anything else does not exist for them.
"""

from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from tatausaha.core.billing.kinds import ACCOUNT_OF, HELD_AS
from tatausaha.core.billing.models import CreditNote, Holding, HoldingEntry, Invoice, InvoiceLine
from tatausaha.core.kernel import clock
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import PartyTotal
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.models import Tracked
from tatausaha.core.procedures.registry import procedure_of

OPEN = Q(voided_at__isnull=True, total__gt=F("settled") + F("credited"))
"""Bills that still want something."""


def invoices_of(subject: Tracked) -> QuerySet[Invoice]:
    """The bills of a case that are not void, oldest first."""
    return Invoice.objects.filter(
        procedure=procedure_of(subject).code, subject_id=subject.pk, voided_at__isnull=True
    ).order_by("due_on", "pk")


def is_paid(subject: Tracked, purpose: str) -> bool:
    """Whether the case was billed for this purpose and nothing of it is left to pay."""
    bills = [invoice.remaining for invoice in invoices_of(subject).filter(purpose=purpose)]
    return bool(bills) and not any(bills)


def outstanding(subject: Tracked) -> int:
    """What is still to be paid on all bills of the case, in rupiah."""
    return sum(invoice.remaining for invoice in invoices_of(subject).filter(OPEN))


def held(subject: Tracked, kind: str) -> int:
    """What is held of this kind for the case (`Holding.Kind`), in rupiah."""
    rows = Holding.objects.filter(procedure=procedure_of(subject).code, subject_id=subject.pk, kind=kind)
    return rows.aggregate(sum=Sum("balance"))["sum"] or 0


def on_hand(subject: Tracked) -> dict[str, int]:
    """What is held for the case by kind, and its customer's balance in the unit, in rupiah; one query."""
    wanted = Q(procedure=procedure_of(subject).code, subject_id=subject.pk)
    if subject.customer is not None:
        wanted |= whose(subject.customer) & Q(unit=subject.unit_id, kind=Holding.Kind.BALANCE, subject_id=0)
    sums: dict[str, int] = dict.fromkeys(Holding.Kind.values, 0)
    for kind, amount in Holding.objects.filter(wanted).values_list("kind", "balance"):
        sums[kind] += amount
    return sums


def movements(subject: Tracked, kind: str) -> QuerySet[HoldingEntry]:
    """How money of this kind came and went for the case, oldest first: the deposit ledger of rules/boarding 9."""
    return HoldingEntry.objects.filter(
        holding__procedure=procedure_of(subject).code, holding__subject_id=subject.pk, holding__kind=kind
    ).order_by("pk")


def whose(person: Person) -> Q:
    """Money held for the person under any record that was merged with theirs: it keeps the name it was booked on."""
    one = person.merged_into_id or person.pk
    return Q(person=one) | Q(person__merged_into=one)


def balances(person: Person, unit: Unit) -> QuerySet[Holding]:
    """Where the person's balance (saldo) in a unit is held; see `whose`."""
    return Holding.objects.filter(whose(person), unit=unit, kind=Holding.Kind.BALANCE, subject_id=0)


def have_balance(unit: Unit) -> set[int]:
    """Ids of the persons (of merged ones the one that is left) for whom a balance (saldo) is held in the unit."""
    rows = Holding.objects.filter(unit=unit, kind=Holding.Kind.BALANCE, subject_id=0, balance__gt=0)
    return set(rows.values_list(Coalesce("person__merged_into", "person"), flat=True))


def balance_of(person: Person, unit: Unit) -> int:
    """The person's balance (saldo) in a unit, in rupiah."""
    return balances(person, unit).aggregate(sum=Sum("balance"))["sum"] or 0


def invoices_for(person: Person | None) -> QuerySet[Invoice]:
    """Every bill that the person may know of."""
    rows = Invoice.objects.select_related("unit", "payer")
    if person is None:
        return rows.none()
    units = roles.unit_ids(person, "manager")
    if units is None:
        return rows
    return rows.filter(Q(payer__in=roles.acts_for(person)) | Q(unit__in=units))


def invoices_in_charge(person: Person | None) -> QuerySet[Invoice]:
    """Bills of the units that the person manages; for the owner all of them."""
    rows = Invoice.objects.select_related("unit", "payer")
    units = roles.unit_ids(person, "manager")
    return rows if units is None else rows.filter(unit__in=units)


def own_invoices(person: Person | None) -> QuerySet[Invoice]:
    """Bills that are addressed to the person, whatever else they may see."""
    return Invoice.objects.filter(payer__in=roles.acts_for(person)).select_related("unit", "payer")


def invoice_for(person: Person | None, number: str) -> Invoice | None:
    """The bill of that number, if the person may know of it."""
    return invoices_for(person).filter(number=number.upper()).first()


def lines_of(invoice: Invoice) -> QuerySet[InvoiceLine]:
    """The lines of a bill in their order."""
    return invoice.lines.order_by("position")


def credit_notes_of(invoice: Invoice) -> list[CreditNote]:
    """What was taken off a bill or given up of it, oldest first."""
    return list(invoice.credit_notes.order_by("pk")) if invoice.credited else []


def overdue_for(person: Person | None, *, at: datetime) -> list[Invoice]:
    """Bills of the units that the person manages whose due date has passed unpaid, oldest first."""
    latest = (at + timedelta(hours=14)).date()
    late = invoices_in_charge(person).filter(OPEN, due_on__lt=latest).order_by("due_on", "pk")
    return [invoice for invoice in late if is_late(invoice, at=at)]


def is_late(invoice: Invoice, *, at: datetime) -> bool:
    """Whether the due date has passed in the unit's zone and something is left to pay. Never stored."""
    return invoice.due_on < clock.day(at, invoice.unit.zone) and invoice.remaining > 0


def billed_in_month(unit: Unit, ym: int) -> int:
    """What fell due in a month (`202611`) of a unit, less credit notes, in rupiah."""
    first = date(ym // 100, ym % 100, 1)
    after = (first + timedelta(days=32)).replace(day=1)
    due = Invoice.objects.filter(unit=unit, voided_at__isnull=True, due_on__gte=first, due_on__lt=after)
    return due.aggregate(sum=Sum(F("total") - F("credited")))["sum"] or 0


def holding_findings() -> list[str]:
    """What does not add up between held money, bills and the books; nothing when all is well.

    Held money equals the liability accounts and what is open on booked bills the receivables,
    per unit and person; what is held as paid in advance equals what was paid on bills that are
    not booked; every balance equals its entries; every bill equals its lines.
    """
    return [
        *_against_the_books(), *_receivables(), *_prepaid(), *_against_entries(), *_against_lines(),
    ]  # fmt: skip


def _against_the_books() -> list[str]:
    ours: dict[tuple[int, int, str], int] = {}
    for unit, person, kind, amount in Holding.objects.values_list("unit", "person", "kind").annotate(
        sum=Sum("balance")
    ):
        key = (unit, person, ACCOUNT_OF[kind])
        ours[key] = ours.get(key, 0) + amount
    accounts = {int(account): account for account in ACCOUNT_OF.values()}
    theirs = {
        (total.unit_id, total.party_id, accounts[total.account_id]): -total.net
        for total in PartyTotal.objects.filter(account__in=accounts)
    }
    return [
        f"unit {key[0]}, person {key[1]}, account {key[2]}: held {ours.get(key, 0)}, books say {theirs.get(key, 0)}"
        for key in sorted(ours.keys() | theirs.keys())
        if ours.get(key, 0) != theirs.get(key, 0)
    ]


def _receivables() -> list[str]:
    income = InvoiceLine.objects.filter(invoice__recognised_on__isnull=False).exclude(account__in=HELD_AS)
    open_lines = income.values_list("invoice__unit", "invoice__payer").annotate(
        sum=Sum(F("amount") - F("settled") - F("credited"))
    )
    ours = {(unit, payer): amount for unit, payer, amount in open_lines.order_by()}
    theirs = {
        (total.unit_id, total.party_id): total.net
        for total in PartyTotal.objects.filter(account=int(chart.RECEIVABLES))
    }
    return [
        f"unit {key[0]}, person {key[1]}: bills ask {ours.get(key, 0)}, receivables say {theirs.get(key, 0)}"
        for key in sorted(ours.keys() | theirs.keys())
        if ours.get(key, 0) != theirs.get(key, 0)
    ]


def _prepaid() -> list[str]:
    early = InvoiceLine.objects.filter(invoice__recognised_on__isnull=True, settled__gt=0).exclude(
        account__in=HELD_AS
    )
    of_a_case = ("invoice__procedure", "invoice__subject_id", "invoice__payer", "invoice__unit")
    ours = {tuple(key): amount for *key, amount in early.values_list(*of_a_case).annotate(sum=Sum("settled"))}
    rows = Holding.objects.filter(kind=Holding.Kind.PREPAID)
    theirs = {
        tuple(key): amount
        for *key, amount in rows.values_list("procedure", "subject_id", "person", "unit", "balance")
    }
    return [
        f"case {key[0]} {key[1]}: paid early {ours.get(key, 0)}, held {theirs.get(key, 0)}"
        for key in sorted(ours.keys() | theirs.keys())
        if ours.get(key, 0) != theirs.get(key, 0)
    ]


def _against_entries() -> list[str]:
    sums = Holding.objects.annotate(sum=Sum("entries__amount")).exclude(balance=F("sum"))
    return [f"holding {row.pk}: balance {row.balance}, its entries {row.sum}" for row in sums.order_by("pk")]


def _against_lines() -> list[str]:
    sums = Invoice.objects.annotate(
        amounts=Sum("lines__amount"), settled_sum=Sum("lines__settled"), credited_sum=Sum("lines__credited")
    )
    wrong = sums.exclude(total=F("amounts"), settled=F("settled_sum"), credited=F("credited_sum"))
    found = [f"invoice {row.number}: it differs from its lines" for row in wrong.order_by("pk")]
    lines = InvoiceLine.objects.annotate(sum=Sum("allocations__amount", default=0)).exclude(settled=F("sum"))
    return found + [
        f"line {row.pk}: settled {row.settled}, allocated {row.sum}" for row in lines.order_by("pk")
    ]
