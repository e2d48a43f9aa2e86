"""A receipt is written once, whoever asks the database to change it (KOS-10)."""

import pytest
from django.db import DatabaseError, connection, transaction

from tatausaha.core.payments import services
from tatausaha.core.payments.models import Receipt
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank")]


@pytest.fixture
def receipt(hire, unit, rini, sari, at):
    bill = hiring.down_payment(hire, by=sari, at=at)
    services.receive_cash(unit=unit, payer=rini, amount=100_000, invoices=[bill], by=sari, at=at)
    return Receipt.objects.get()


@pytest.mark.req("KOS-10")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payments_receipt SET amount = 1",
        "UPDATE payments_receipt SET number = 'KW/LAIN'",
        "UPDATE payments_receipt SET said = '{}'",
        "DELETE FROM payments_receipt",
    ],
)
def test_a_receipt_is_never_changed_or_taken_away(receipt, statement):
    before = Receipt.objects.values().get()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        connection.cursor().execute(statement)

    assert Receipt.objects.values().get() == before
