"""The owner takes something off an issued bill, or gives up what a former customer owes (rules/boarding 7 and 9).

Nobody else does: a bill that a manager could lower would be a discount behind the owner's back.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.core.billing import queries as bills
from tatausaha.core.billing import services as billing
from tatausaha.core.billing.kinds import HELD_AS
from tatausaha.core.billing.models import CreditNote, Invoice, InvoiceLine
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.payments import queries
from tatausaha.core.payments.services import receiving, telling
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import services as procedures
from tatausaha.core.procedures.registry import procedure_of


def most_credit(invoice: Invoice) -> int:
    """The largest credit note that the bill takes, in rupiah; nothing for a void one.

    Never of what is held (down payment, deposit): that leaves by a refund. A bill of a period takes none of its
    whole while its case goes on, or the period would be billed again.
    """  # fmt: skip
    if invoice.voided_at:
        return 0
    most = sum(line.amount - line.credited for line in _income(invoice))
    whole = sum(line.amount - line.credited for line in bills.lines_of(invoice))
    return most - 1 if most and most == whole and invoice.period_start and not _is_over(invoice) else most


def could_write_off(invoice: Invoice) -> int:
    """What the payer still owes and the owner may give up, in rupiah: only once the case of the bill is over."""
    if invoice.voided_at or not _is_over(invoice):
        return 0
    return sum(line.remaining for line in _income(invoice))


def to_balance(invoice: Invoice, amount: int) -> int:
    """What of a credit note was paid already and becomes the payer's balance, in rupiah."""
    return max(0, amount - sum(line.remaining for line in _income(invoice)))


def _income(invoice: Invoice) -> list[InvoiceLine]:
    return [line for line in bills.lines_of(invoice) if line.account not in HELD_AS]


def _is_over(invoice: Invoice) -> bool:
    return all(procedure_of(case).is_over(case.status) for case in queries.cases_of([invoice]))


@transaction.atomic
def give_credit(invoice: Invoice, *, amount: int, by: Person, at: datetime, reason: str) -> CreditNote:
    """A credit note by the owner's word: off what is unpaid first, the rest becomes balance; the payer is told.

    Raises `Refused` for anybody else, and for more than `most_credit`.
    """
    if not roles.is_owner(by):
        raise Refused(_("Nota kredit dibuat oleh pemilik."))
    cases = [procedures.lock(case) for case in queries.cases_of([invoice])]
    if not 0 < amount <= (most := most_credit(invoice)):
        raise Refused(
            _("Nota kredit paling banyak %(amount)s.") % {"amount": rupiah(most)}, field="amount"
        )  # fmt: skip
    note = billing.credit(
        invoice, amount=amount, lines=_income(invoice), by=by, at=at, reason=reason
    )  # fmt: skip
    telling.credited(note, at=at)
    receiving.tell(cases, at=at)
    return note


@transaction.atomic
def write_off(invoice: Invoice, *, by: Person, at: datetime, reason: str) -> CreditNote:
    """Give up what is still owed on a bill of a case that is over. Raises `Refused`.

    While a case goes on there are other ways: its deposit, a credit note, an agreement to pay later.
    """
    if not roles.is_owner(by):
        raise Refused(_("Piutang dihapuskan oleh pemilik."))
    for case in queries.cases_of([invoice]):
        procedures.lock(case)
    if not could_write_off(invoice):
        raise Refused(
            _("Piutang dihapus bila urusannya sudah selesai dan masih ada sisa yang belum dibayar.")
        )
    return billing.write_off(invoice, by=by, at=at, reason=reason)
