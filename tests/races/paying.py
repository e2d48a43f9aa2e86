"""A process that takes payments until it is done or killed: `python -m tests.races.paying prepare|pay|verify`.

It says `ack KEY` after each payment that it was told is safe. Its database is the one that
`DATABASE_URL` names, so a test can kill it and look.
"""

import json
import os
import sys
from datetime import UTC, date, datetime, timedelta

AT = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)
PAYMENTS, A_BILL, AMOUNT = 500, 10, 100_000


def prepare() -> None:
    """The company, its manager, and a bill for every ten payments."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    Company.objects.create(pk=1, name="CV Maju Bersama", books_from=date(2025, 1, 1))
    unit = Unit.objects.create(
        business="boarding", code="melati", name="Kos Melati", opened_on=date(2025, 1, 1)
    )
    rini = Person.objects.create(name="Rini", created_at=AT)
    sari = Person.objects.create(name="Sari", created_at=AT)
    Role.objects.create(person=sari, unit=unit, name="manager", since=AT)
    hiring.install(AT)
    for _ in range(PAYMENTS // A_BILL):
        hiring.rent(hiring.new_hire(unit, rini, AT), by=sari, at=AT, due_on=AT.date() - timedelta(days=1))
    recognise_due(AT)


def pay() -> None:
    """Every payment once, whatever was paid before; `ack` comes after the commit."""
    registry.register(hiring.HIRE)
    unit, rini, sari = Unit.objects.get(), Person.objects.get(name="Rini"), Person.objects.get(name="Sari")
    bills = list(Invoice.objects.order_by("pk"))
    for number in range(PAYMENTS):
        receive_cash(
            unit=unit, payer=rini, amount=AMOUNT, invoices=[bills[number // A_BILL]], by=sari, at=AT,
            key=f"key-{number}", reference=str(number),
        )  # fmt: skip
        os.write(1, f"ack key-{number}\n".encode())


def verify() -> None:
    """What is there, and everything that does not hold, as JSON."""
    registry.register(hiring.HIRE)
    forge()
    found = [f"{one.name}: {finding}" for one in verifications.registry.values() for finding in one.check()]
    ledger = [str(finding) for finding in verification.verify()]
    answer = {
        "findings": found + ledger,
        "keys": list(
            Payment.objects.filter(status="confirmed", journal__isnull=False).values_list("key", flat=True)
        ),
        "unfinished": Payment.objects.exclude(status="confirmed").count(),
        "receipts": sorted(Receipt.objects.values_list("number", flat=True)),
        "settled": sum(Invoice.objects.values_list("settled", flat=True)),
        "cash": -sum(row.net for row in PartyTotal.objects.filter(account=11101)),
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from tatausaha.core.billing.models import Invoice
    from tatausaha.core.billing.services import recognise_due
    from tatausaha.core.kernel import verifications
    from tatausaha.core.ledger import verification
    from tatausaha.core.ledger.models import PartyTotal
    from tatausaha.core.ledger.services import forge
    from tatausaha.core.payments.models import Payment, Receipt
    from tatausaha.core.payments.services import receive_cash
    from tatausaha.core.people.models import Company, Person, Role, Unit
    from tatausaha.core.procedures import registry
    from tests.core.billing import hire as hiring

    {"prepare": prepare, "pay": pay, "verify": verify}[sys.argv[1]]()
