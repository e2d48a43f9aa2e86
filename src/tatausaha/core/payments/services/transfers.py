"""A transfer is announced: an amount that no other transfer has, so that the bank line names its payment.

The code of 1-3 digits is added to the amount and counts as the payer's own balance (ADR 18). How many
digits, or none, is a number of the SOP, for the company or a unit.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tatausaha.core.billing.allocation import oldest_first
from tatausaha.core.billing.models import Invoice
from tatausaha.core.billing.queries import OPEN
from tatausaha.core.billing.titles import titled
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.payments import queries
from tatausaha.core.payments.models import BankAccount, Payment
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import policies
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import begin, lock_row

LARGEST_CODE = 999
"""The code of three digits; the SOP may ask for fewer, or for none."""
QUARANTINE = timedelta(hours=72)
"""How long the amount of a transfer that is over is given to nobody else."""


@transaction.atomic
def open_transfer(*, payer: Person, invoices: Sequence[Invoice], by: Actor, at: datetime) -> Payment:
    """Announce a transfer for bills of one unit: what is left to pay on them, plus a unique code (KOS-05).

    Where the SOP of the unit asks for no code, the amount stays even.
    The same bills again give the transfer that was announced before. Raises `Refused` when
    nothing is left to pay, when money for it is being verified, when an older bill of the same
    case is open and not among them, or when the unit has no bank account.
    """
    bills = check_choice(invoices, by=by)
    amount = queries.offered(bills)
    if amount <= 0:
        raise Refused(_("Pembayaran Anda sedang diperiksa; tidak ada lagi yang perlu ditransfer sekarang."))
    bank = queries.bank_account(bills[0].unit)
    if bank is None:
        raise Refused(_("Rekening bank unit ini belum tersedia. Silakan bayar tunai atau hubungi pengelola."))
    lock_row(bank)
    if (known := _announced(payer, bills, amount, at=at)) is not None:
        return known
    exact = _exact(bank, bills[0].unit, amount, at=at)
    payment = begin(
        Payment(
            unit=bills[0].unit, customer=payer, method="transfer", bank=bank, amount=amount,
            expected_amount=exact, headline=headline(bills),
        ),
        by=by, at=at,
    )  # fmt: skip
    payment.invoices.set(bills)
    return payment


def headline(bills: Sequence[Invoice]) -> str:
    """What a payment is for, in one line."""
    named = "; ".join(title for _bill, title in titled(bills))
    return str(_("Pembayaran: %(bills)s") % {"bills": named})[:160]


def check_choice(invoices: Sequence[Invoice], *, by: Actor) -> list[Invoice]:
    """The bills, oldest first, if they may be paid together; raises `Refused`.

    Older open bills of the same case come first; only the owner may leave one out. A bill that
    is settled takes no more.
    """
    bills = oldest_first(invoices)
    if not bills:
        raise Refused(_("Pilih tagihan yang dibayar."), field="invoices")
    if len({bill.unit_id for bill in bills}) > 1:
        raise Refused(_("Tagihan dari unit yang berbeda dibayar sendiri-sendiri."), field="invoices")
    if all(bill.remaining == 0 and not bill.voided_at for bill in bills):
        raise Refused(_("Tagihan %(number)s sudah lunas.") % {"number": bills[0].number}, field="invoices")
    if isinstance(by, Person) and roles.is_owner(by):
        return bills
    chosen = {bill.pk for bill in bills}
    for bill in bills:
        older = (
            Invoice.objects.filter(OPEN, procedure=bill.procedure, subject_id=bill.subject_id)
            .filter(due_on__lt=bill.due_on)
            .exclude(pk__in=chosen)
            .order_by("due_on", "pk")
            .first()
        )
        if older is not None:
            raise Refused(
                _("Tagihan %(number)s lebih lama dan belum lunas; bayar itu dulu.")
                % {"number": older.number},
                field="invoices",
            )
    return bills


def _announced(payer: Person, bills: Sequence[Invoice], amount: int, *, at: datetime) -> Payment | None:
    wanted = {bill.pk for bill in bills}
    live = Payment.objects.filter(
        customer=payer, status=Payment.Status.EXPECTED, method="transfer", amount=amount, deadline_at__gt=at,
        invoices__in=bills,
    ).distinct()  # fmt: skip
    return next((one for one in live if {bill.pk for bill in one.invoices.all()} == wanted), None)


def _exact(bank: BankAccount, unit: Unit, amount: int, *, at: datetime) -> int | None:
    """The amount with a code that is free; nothing where the SOP of the unit asks for no code."""
    digits = policies.values_in_force(procedure_of(Payment()), unit, at=at).code_digits
    if not digits:
        return None
    taken = set(near(bank, amount, at=at).values_list("expected_amount", flat=True))
    free = [code for code in range(1, 10**digits) if amount + code not in taken]
    if not free:
        raise Refused(_("Terlalu banyak transfer dengan jumlah ini sedang ditunggu. Coba lagi nanti."))
    return amount + secrets.choice(free)


def near(bank: BankAccount, amount: int, *, at: datetime) -> QuerySet[Payment]:
    """Transfers whose amount may not be given to another one yet."""
    return Payment.objects.filter(
        Q(status__in=Payment.LIVE) | Q(since__gt=at - QUARANTINE),
        bank=bank, expected_amount__gt=amount, expected_amount__lte=amount + LARGEST_CODE,
    )  # fmt: skip
