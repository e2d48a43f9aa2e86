"""A transfer that nobody announced: seen on the bank's statement, for a bill whose payer is known (KOS-05)."""

from datetime import date, datetime

from django.db import transaction

from tatausaha.core.billing.models import Invoice
from tatausaha.core.payments.models import BankAccount, Payment
from tatausaha.core.payments.services.transfers import check_choice, headline
from tatausaha.core.people.actors import Actor
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.services import begin, perform


@transaction.atomic
def receive_transfer(
    *, invoice: Invoice, bank: BankAccount, amount: int, occurred_on: date, reference: str = "", note: str = "",
    by: Actor, at: datetime,
) -> Payment:  # fmt: skip
    """Take in a transfer that stands on the statement, for its bill, by the step of a transfer without a proof.

    Raises `Refused` as `transfers.check_choice` and `receiving.take_in` do.
    """
    bills = check_choice([invoice], by=by)
    payment = begin(
        Payment(
            unit=invoice.unit, customer=invoice.payer, method="transfer", bank=bank, amount=amount,
            headline=headline(bills),
        ),
        by=by, at=at,
    )  # fmt: skip
    payment.invoices.set(bills)
    step = procedure_of(payment).step("match")
    assert step is not None
    data = {"amount": amount, "occurred_on": occurred_on, "reference": reference, "sure": True, "note": note}
    return perform(payment, step, by=by, at=at, data=data)
