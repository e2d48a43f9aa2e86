"""The chart of accounts: laid once, grown by businesses, never changed behind the owner's back."""

from collections.abc import Iterator

import pytest

from tatausaha.business.boarding import accounts
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Account

pytestmark = pytest.mark.req("SYS-07")

RENTALS = chart.Own("41901", "Pendapatan sewa alat")
CLEARING = chart.Own("12901", "Piutang agen", needs_party=True, never_negative=True, is_clearing=True)


@pytest.fixture
def rental_shop() -> Iterator[None]:
    chart.register(RENTALS, CLEARING)
    yield
    chart.unregister(RENTALS.code, CLEARING.code)


@pytest.mark.django_db
def test_a_business_brings_its_own_accounts_into_books_that_exist_already(rental_shop):
    chart.install_chart()

    rentals, agent = Account.objects.filter(pk__in=[41901, 12901]).order_by("-pk")
    assert (rentals.name, rentals.type, rentals.parent_id, rentals.needs_party) == (
        "Pendapatan sewa alat", "R", 41000, False,
    )  # fmt: skip
    assert (agent.type, agent.parent_id, agent.needs_party, agent.never_negative, agent.is_clearing) == (
        "A", 12000, True, True, True,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_name_that_the_owner_gave_survives_the_next_start():
    chart.install_chart()
    Account.objects.filter(pk=24201).update(name="Saldo warga", code="24299")
    before = list(Account.objects.order_by("pk").values())

    chart.install_chart()

    assert list(Account.objects.order_by("pk").values()) == before


def test_a_code_means_one_thing(rental_shop):
    chart.register(RENTALS)

    for other in (
        chart.Own("41901", "Lain"),
        chart.Own(chart.BANK, "Bank kos"),
        chart.Own("99101", "Tanpa kelompok"),
    ):
        with pytest.raises(AssertionError):
            chart.register(other)


@pytest.mark.django_db
def test_the_core_knows_no_boarding_house_and_boarding_brings_what_it_needs():
    chart.unregister(*(one.code for one in accounts.OWN))
    try:
        Account.objects.filter(is_detail=True).delete()
        chart.install_chart()
        names = " ".join(Account.objects.values_list("name", flat=True)).lower()
        alone = Account.objects.filter(code=accounts.ROOM_RENT).exists()
    finally:
        chart.register(*accounts.OWN)
    chart.install_chart()

    assert not alone
    assert not any(word in names for word in ("kamar", "penghuni"))
    assert Account.objects.get(code=accounts.ROOM_RENT).name == "Pendapatan sewa kamar"
