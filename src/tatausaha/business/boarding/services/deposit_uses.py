"""The deposit pays a bill that is due, with the owner's consent, and is asked for again; what is too much of it
after a move to a cheaper room goes back by the owner's word (rules/boarding 9, 11).
"""

from datetime import datetime

from django.utils.translation import gettext as _

from tatausaha.business.boarding import announcements_deposits as announcements
from tatausaha.business.boarding.models import DepositUse, Stay
from tatausaha.business.boarding.queries import deposit_uses as reads
from tatausaha.core.billing import queries as billed
from tatausaha.core.billing import services as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import money
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.payments import services as payments
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.procedures import services as procedures


def ask(stay: Stay, bill: Invoice, *, reason: str, by: Actor, at: datetime) -> DepositUse:
    """Ask the owner whether the deposit of a locked stay may pay a bill that is due. Raises `Refused` where none is."""
    amount = reads.could_take(stay, bill, at=at)
    person = person_or_none(by)
    assert person is not None
    room = f"{stay.unit.name}, {_('kamar')} {stay.room.number}"
    request = procedures.begin(
        DepositUse(
            unit=stay.unit, customer=stay.customer, stay=stay, invoice=bill, asked=amount, reason=reason.strip()[:300],
            headline=f"{room}: {money.rupiah(amount)}, {bill.number}"[:160], asked_by=person,
        ),
        by=by,
        at=at,
        data={"note": reason, "bill": bill.number, "asked": amount},
    )  # fmt: skip
    announcements.asked(request, at=at)
    return request


def use(request: DepositUse, *, by: Actor, at: datetime) -> None:
    """Pay the bill out of the deposit as far as that goes; the next bill asks the tenant for what was taken.

    The case and its stay are locked. Raises `Refused` where the bill or the deposit is gone.
    """
    stay = request.stay
    reads.could_take(stay, request.invoice, at=at)
    taken = billing.deduct_deposit(stay, invoice=request.invoice, by=by, at=at)
    if not taken:
        raise Refused(_("Tidak ada deposit yang bisa dipakai untuk tagihan ini."))
    request.used = taken
    request.save(update_fields=["used"])
    stay.deposit_due += taken
    stay.save(update_fields=["deposit_due"])
    left = billed.held(stay, "deposit")
    announcements.used(request, left=left, at=at)


def return_excess(stay: Stay, *, by: Actor, at: datetime, reason: str) -> None:
    """After a move to a cheaper room: what is held beyond the deposit of the new rent goes back before the end."""
    if not (amount := reads.excess(stay)):
        raise Refused(_("Tidak ada kelebihan deposit."))
    assert stay.customer is not None
    payments.request_refund(
        stay, kind="deposit", amount=amount, payee=stay.customer, reason=reason,
        working_days=stay.policy.refund_working_days, by=by, at=at,
    )  # fmt: skip
