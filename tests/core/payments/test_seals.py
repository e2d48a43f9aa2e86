"""A receipt is written once, whoever asks the database to change it (KOS-10)."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

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


@pytest.mark.sqlite
@pytest.mark.req("SYS-07")
@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("payments_receipt", "amount"),
        ("billing_invoice", "total"),
        ("billing_invoiceline", "amount"),
        ("billing_allocation", "amount"),
        ("billing_holding", "balance"),
        ("billing_holdingentry", "amount"),
        ("documents_paper", "fingerprint"),
        ("procedures_passage", "id"),
    ],
)
def test_replace_is_no_way_around_what_is_written_once(receipt, table, change):
    with connection.cursor() as cursor:
        columns = [row[1] for row in cursor.execute(f"PRAGMA table_info({table})").fetchall()]
        taken = ", ".join(f'"{name}"' if name != change else f'"{name}" + 0' for name in columns)
        before = cursor.execute(f"SELECT * FROM {table}").fetchall()
        assert before
        cursor.execute("PRAGMA recursive_triggers = OFF")
        try:
            with pytest.raises(DatabaseError, match="UNIQUE"), transaction.atomic():
                cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT {taken} FROM {table}")
        finally:
            cursor.execute("PRAGMA recursive_triggers = ON")

        assert cursor.execute(f"SELECT * FROM {table}").fetchall() == before


@pytest.mark.sqlite
def test_a_number_that_is_taken_replaces_nothing_either(receipt):
    columns = [field.column for field in Receipt._meta.local_fields if field.column != "id"]
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers = OFF")
        try:
            with pytest.raises(IntegrityError, match="UNIQUE"), transaction.atomic():
                cursor.execute(
                    f"INSERT OR REPLACE INTO payments_receipt ({names}) SELECT {names} FROM payments_receipt"
                )
        finally:
            cursor.execute("PRAGMA recursive_triggers = ON")

    assert Receipt.objects.get().pk == receipt.pk
