"""The hire business, its books, and its bank account."""

import pytest

from tatausaha.core.ledger.models import PartyTotal, Total
from tatausaha.core.payments.models import BankAccount
from tests.core.billing.hire import hire, hires

__all__ = ["hire", "hires"]


@pytest.fixture
def bank(unit):
    """The account of Kos Melati."""
    return BankAccount.objects.create(unit=unit, bank="BRI", number="0123456789", holder="CV Maju Bersama")


@pytest.fixture
def books(unit):
    """What the books of Kos Melati say about an account now: debit positive."""

    def net(account, person=None):
        rows = (
            PartyTotal.objects.filter(unit=unit, account=int(account), party=person)
            if person
            else Total.objects.filter(unit=unit, account=int(account))
        )
        return sum(row.net for row in rows)

    return net
