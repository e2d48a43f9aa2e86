"""Money from nobody known is written down from a page, and what waits stands by age."""

from datetime import timedelta

import pytest
from django.test import Client

from tatausaha.core.billing import queries as billing
from tatausaha.core.ledger import chart
from tatausaha.core.payments import services
from tatausaha.core.payments.models import Suspense
from tatausaha.core.payments.procedure.suspense import SUSPENSE
from tatausaha.core.people.models import Role
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires")]


@pytest.fixture
def browser(sari, clock_at, at):
    clock_at(at)
    client = Client()
    client.force_login(sari.login)
    return client


@pytest.fixture
def typed(unit, bank):
    return {
        "account": f"{unit.pk}-{bank.pk}", "amount": "750.000", "occurred_on": "9/3/2026",
        "sender": "TRF BUDI", "form_key": "A" * 26,
    }  # fmt: skip


@pytest.mark.req("KOS-05")
def test_the_manager_writes_down_money_from_nobody_known(browser, typed, books):
    answer = browser.post("/titipan/baru/", typed)

    case = Suspense.objects.get()
    assert answer.url == case.get_absolute_url()
    assert (case.amount, str(case.occurred_on), case.sender) == (750_000, "2026-03-09", "TRF BUDI")
    assert (books(chart.BANK), books(chart.UNIDENTIFIED)) == (750_000, -750_000)
    assert case.number in browser.get("/hari-ini/").content.decode()
    assert "Rp750.000" in browser.get("/titipan/").content.decode()


def test_the_same_form_sent_twice_counts_once(browser, typed, books):
    first = browser.post("/titipan/baru/", typed)
    second = browser.post("/titipan/baru/", typed)

    assert first.url == second.url
    assert books(chart.BANK) == 750_000


def test_money_that_looks_the_same_is_asked_about_first(browser, typed, books):
    browser.post("/titipan/baru/", typed)
    other = typed | {"form_key": "B" * 26}

    answer = browser.post("/titipan/baru/", other)
    assert answer.status_code == 422
    assert "sudah dicatat" in answer.content.decode()
    assert books(chart.BANK) == 750_000
    browser.post("/titipan/baru/", other | {"sure": "on"})
    assert books(chart.BANK) == 1_500_000


def test_the_oldest_stands_first_and_is_late_after_a_week(browser, unit, bank, sari, at, clock_at):
    for days, sender in ((8, "LAMA"), (1, "BARU")):
        moment = at - timedelta(days=days)
        services.receive_unknown(
            unit=unit, amount=100_000, occurred_on=moment.date(), sender=sender, bank=bank, by=sari, at=moment
        )

    page = browser.get("/titipan/").content.decode()

    assert page.index("LAMA") < page.index("BARU")
    assert "8 hari" in page
    lines = b"".join(browser.get("/titipan/?berkas=csv").streaming_content).decode()
    assert lines.index("LAMA") < lines.index("BARU")


def test_the_manager_of_another_unit_sees_none_of_it(typed, browser, unit_wita, budi, at):
    browser.post("/titipan/baru/", typed)
    Role.objects.create(person=budi, unit=unit_wita, name="manager", since=at)
    other = Client()
    other.force_login(budi.login)

    assert "750.000" not in other.get("/titipan/").content.decode()
    assert other.post("/titipan/baru/", typed | {"form_key": "C" * 26}).status_code == 422
    assert Suspense.objects.count() == 1


@pytest.fixture
def known(unit, bank, rini, sari, at):
    """Rp750.000 on the statement, found to be Rini's."""
    case = services.receive_unknown(
        unit=unit, amount=750_000, occurred_on=at.date(), sender="RINI", bank=bank, by=sari, at=at
    )
    return perform(case, SUSPENSE.step("identify"), by=sari, at=at, data={"person": rini.phone})


def test_using_titipan_offers_the_senders_bills_with_what_they_would_still_want(
    browser, known, hire, unit, rini, sari, at
):
    rent = hiring.rent(hire, by=sari, at=at, due_on=at.date())  # Rp1.000.000
    url = f"/kasus/{known.number}/langkah/use/"

    page = browser.get(url).text

    assert f'value="{rent.number}"' in page
    assert "masih kurang Rp250.000" in page
    assert "Yang tidak terpakai menjadi saldo Rini" in page
    browser.post(url, {"invoice": rent.number})
    rent.refresh_from_db()
    assert (rent.settled, billing.balance_of(rini, unit)) == (750_000, 0)


def test_titipan_can_pay_the_bill_of_somebody_else_by_its_number(browser, known, hire, unit, rini, sari, at):
    rent = hiring.rent(hire, by=sari, at=at, due_on=at.date())

    browser.post(f"/kasus/{known.number}/langkah/use/", {"invoice": "", "other": rent.number})

    rent.refresh_from_db()
    assert (rent.settled, billing.balance_of(rini, unit)) == (750_000, 0)


def test_titipan_of_nobody_known_asks_first_who_sent_it(browser, unit, bank, rini, sari, at):
    case = services.receive_unknown(
        unit=unit, amount=750_000, occurred_on=at.date(), sender="ENTAH", bank=bank, by=sari, at=at
    )
    assert f'href="/kasus/{case.number}/langkah/identify/"' in browser.get("/hari-ini/").text

    perform(case, SUSPENSE.step("identify"), by=sari, at=at, data={"person": rini.phone})

    assert f'href="/kasus/{case.number}/langkah/use/"' in browser.get("/hari-ini/").text


def test_the_box_that_overrules_a_warning_appears_with_the_warning(browser, typed):
    assert 'name="sure"' not in browser.get("/titipan/baru/").text
    browser.post("/titipan/baru/", typed)

    again = browser.post("/titipan/baru/", typed | {"form_key": "D" * 26})

    assert again.status_code == 422
    assert 'name="sure"' in again.text
