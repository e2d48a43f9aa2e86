"""Cash is received: confirmed at once, on the name of the manager who holds it (KOS-06)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import clock
from tatausaha.core.payments.models import Payment
from tatausaha.core.payments.services.transfers import check_choice, headline
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import begin, perform


def receive_cash(
    *, unit: Unit, payer: Person, amount: int, invoices: Sequence[Invoice], by: Actor, at: datetime,
    occurred_on: date | None = None, key: str = "", reference: str = "", sure: bool = False,
) -> Payment:  # fmt: skip
    """Receive cash for bills: settled, booked and receipted at once, in one transaction.

    `key` is the form's own: sent twice, the first payment is returned and nothing is taken
    twice. `sure` overrules a warning (`AskFirst`). Raises `Refused` for whoever does not
    manage the unit, and as `transfers.check_choice` and `receiving.take_in` do.
    """
    if key and (known := Payment.objects.filter(key=key).first()) is not None:
        return known
    try:
        with transaction.atomic():
            return _receive(
                unit, payer, amount, invoices, occurred_on or clock.day(at, unit.zone), key, reference, sure,
                by=by, at=at,
            )  # fmt: skip
    except IntegrityError:  # the same form, a moment earlier, in another hand
        if key and (known := Payment.objects.filter(key=key).first()) is not None:
            return known
        raise


def _receive(
    unit: Unit, payer: Person, amount: int, invoices: Sequence[Invoice], occurred_on: date, key: str,
    reference: str, sure: bool, *, by: Actor, at: datetime,
) -> Payment:  # fmt: skip
    bills = check_choice(invoices, by=by)
    assert all(bill.unit_id == unit.pk for bill in bills), "a bill of another unit"
    payment = begin(
        Payment(
            unit=unit, customer=payer, method="cash", amount=amount, received_by=person_or_none(by),
            key=key or None, headline=headline(bills), reference=reference[:80],
        ),
        by=by, at=at,
    )  # fmt: skip
    payment.invoices.set(bills)
    step = procedure_of(payment).step("receive")
    assert step is not None
    data = {"amount": amount, "occurred_on": occurred_on, "reference": reference, "sure": sure}
    return perform(payment, step, by=by, at=at, data=data)
