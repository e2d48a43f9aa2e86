"""The amount that makes a transfer known is found without reading every payment of the bank account."""

import pytest

from tatausaha.core.payments.services import transfers

pytestmark = [pytest.mark.django_db]


@pytest.mark.sqlite
def test_a_free_amount_is_looked_for_among_transfers_of_about_that_amount(bank, at):
    plan = transfers.near(bank, 1_000_000, at=at).explain()

    assert "payment_by_amount (bank_id=? AND expected_amount>? AND expected_amount<?)" in plan
