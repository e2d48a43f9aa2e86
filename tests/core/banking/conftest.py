"""The hire business, its books and its bank account, and statements of it."""

import pytest

from tatausaha.core.banking import matching, queries, services
from tatausaha.core.payments import services as payments
from tests.core.banking import samples
from tests.core.billing import hire as hiring
from tests.core.billing.hire import hire, hires
from tests.core.payments.conftest import bank, books

__all__ = ["bank", "books", "hire", "hires"]


@pytest.fixture
def bring(bank, sari, at):
    """Take a statement of rows (day, words, rupiah) in; the account's lines afterwards."""

    def taken(*rows, opening=10_000_000, by=sari, text=""):
        content = (text or samples.bca(*rows, opening=opening)).encode()
        statement = services.receive(bank, "mutasi.csv", content, by=by, at=at)
        services.take(statement, by=by, at=at)
        return list(bank.lines.order_by("on", "pk"))

    return taken


@pytest.fixture
def awaited(hire, bank, rini, sari, at):
    """Rini's transfer for the down payment: announced, with its unique code."""
    bill = hiring.down_payment(hire, by=sari, at=at)
    return payments.open_transfer(payer=rini, invoices=[bill], by=rini, at=at)


@pytest.fixture
def proposals(bank, sari):
    """What the open lines of the account may be, in their order."""

    def found():
        lines = list(queries.unmatched(bank.lines.order_by("on", "pk")))
        return [matching.propose(lines, bank, sari).get(line.pk, []) for line in lines]

    return found
