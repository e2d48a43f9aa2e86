"""The owner's one-pager: once a day, one after a standstill (boarding 16.2)."""

import re
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import rebook, reverse
from tatausaha.core.notices import channels
from tatausaha.core.notices.models import Notice, Outgoing
from tatausaha.core.payments import services as payments
from tatausaha.core.people.models import Person, Role
from tatausaha.core.reports import summarising, summary_chat, summary_own, summary_parts
from tatausaha.core.reports.models import Summary
from tatausaha.core.reports.summary_parts import Asking, Line, Part, Told

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-18"), pytest.mark.req("KOS-20")]

DAY = timedelta(days=1)


@pytest.fixture
def daily(hadi, at):
    """Pak Hadi wants it every day at seven; the choice is a week old."""
    return summarising.choose(hadi, rhythm="daily", hour=7, weekday=0, at=at - 7 * DAY)


@pytest.fixture
def seven(at):
    """Seven in the morning in WIB of the test's day."""
    return at - timedelta(hours=3)


def part(title, sheet):
    return next((one for one in sheet.parts if one.title == title), None)


# When it is sent


@pytest.mark.usefixtures("daily", "unit")
def test_it_is_sent_at_the_owners_hour_and_once_a_day(hadi, seven):
    assert summarising.send_due(seven - timedelta(minutes=1)) == 0
    assert summarising.send_due(seven) == 1
    assert summarising.send_due(seven + timedelta(hours=9)) == 0
    assert summarising.send_due(seven + DAY) == 1

    mails = Outgoing.objects.filter(channel="email").order_by("pk")
    assert [(mail.address, mail.payload["subject"]) for mail in mails] == [
        ("hadi@contoh.id", "Ringkasan Selasa, 10 Maret 2026"), ("hadi@contoh.id", "Ringkasan Rabu, 11 Maret 2026"),
    ]  # fmt: skip


@pytest.mark.usefixtures("daily", "unit")
def test_after_forty_days_of_standstill_there_is_one_that_tells_of_all_of_them(hadi, seven, enter, at):
    summarising.send_due(seven - 41 * DAY)
    summarising.choose(hadi, rhythm="daily", hour=7, weekday=0, at=seven - 60 * DAY)
    summarising.send_due(seven - 40 * DAY)
    for days in (30, 20, 1):
        on = (seven - days * DAY).date()
        enter(on, chart.BANK, chart.SALES_INCOME, 100_000, at=seven - days * DAY)

    assert [summarising.send_due(seven + timedelta(minutes=10 * turn)) for turn in range(3)] == [1, 0, 0]

    sheet = summarising.sent_on(hadi, at.date())
    assert sheet.begins_at == seven - 40 * DAY
    assert part("Uang masuk dan keluar", sheet).lines[0] == Line("Uang masuk", "Rp300.000")


@pytest.mark.usefixtures("unit")
def test_without_a_choice_it_comes_on_mondays_and_a_missed_monday_is_made_up_for(hadi, seven):
    monday = seven - DAY
    summarising.send_due(monday)
    assert Summary.objects.filter(on=monday.date()).count() == 1

    assert summarising.send_due(seven) == 0
    assert summarising.send_due(monday + 9 * DAY) == 1  # the Wednesday after a missed Monday
    assert summarising.send_due(monday + 10 * DAY) == 0
    assert summarising.send_due(monday + 14 * DAY) == 1


@pytest.mark.usefixtures("unit")
def test_whoever_wants_none_gets_none_and_a_new_choice_waits_for_its_next_hour(hadi, seven):
    summarising.choose(hadi, rhythm="never", hour=7, weekday=0, at=seven - 9 * DAY)
    assert summarising.send_due(seven) == 0

    summarising.choose(hadi, rhythm="daily", hour=6, weekday=0, at=seven)

    assert summarising.send_due(seven + timedelta(minutes=10)) == 0
    assert summarising.send_due(seven + DAY) == 1


@pytest.mark.usefixtures("daily", "unit")
def test_only_owners_get_it(sari, seven):
    Role.objects.filter(name="owner").delete()

    assert (summarising.send_due(seven), Outgoing.objects.count()) == (0, 0)


@pytest.mark.usefixtures("daily", "unit")
def test_a_new_channel_carries_it_too(hadi, seven, monkeypatch):
    class Chat:
        def send(self, message):
            """Nothing leaves a test."""

    monkeypatch.setitem(channels.channels, "chat", Chat())
    monkeypatch.setitem(channels.addresses, "chat", lambda person: person.phone)
    summarising.send_due(seven)
    sent = {row.channel: row for row in Outgoing.objects.all()}
    assert set(sent) == {"email", "chat"}
    assert (sent["chat"].address, "/ringkasan/2026-03-10/" in sent["chat"].payload["text"]) == (
        hadi.phone,
        True,
    )
    assert Notice.objects.count() == 0


@pytest.mark.usefixtures("daily", "unit")
def test_whoever_has_no_address_finds_it_in_the_inbox(hadi, seven):
    type(hadi).objects.filter(pk=hadi.pk).update(email="")

    summarising.send_due(seven)

    assert Outgoing.objects.count() == 0
    assert Notice.objects.get(person=hadi).link == "/ringkasan/2026-03-10/"


@pytest.mark.usefixtures("daily", "unit")
def test_what_was_sent_stays_as_it_was(hadi, seven, enter, at):
    summarising.send_due(seven)
    before = summarising.sent_on(hadi, at.date())
    enter(at.date(), chart.BANK, chart.SALES_INCOME, 5_000)

    assert summarising.sent_on(hadi, at.date()) == before
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Summary.objects.update(said=[])


# What it says


@pytest.mark.usefixtures("unit")
@pytest.mark.req("KOS-15")
def test_money_that_only_moved_or_was_taken_back_is_neither_in_nor_out(hadi, enter, at):
    on = at.date()
    enter(on, chart.BANK, chart.SALES_INCOME, 700_000)
    enter(on, "61301", chart.BANK, 150_000)
    enter(on, chart.BANK, chart.CAPITAL, 9_000_000, key="wrong|capital|1")
    enter(on, chart.CASH_DRAWER, chart.SALES_INCOME, 50_000)
    enter(on, chart.BANK, chart.CASH_DRAWER, 50_000)
    reverse(
        Journal.objects.get(key="wrong|capital|1"), by=hadi, at=at + timedelta(hours=3), reason="Salah akun"
    )

    money = part("Uang masuk dan keluar", summarising.now(hadi, at=at + timedelta(hours=5)))

    assert money.figure == "+Rp600.000"
    assert money.lines == (Line("Uang masuk", "Rp750.000"), Line("Uang keluar", "Rp150.000"))


@pytest.mark.req("KOS-15")
def test_of_a_unit_only_the_way_is_told_that_money_went(hadi, enter, at, unit, unit_wita, unit_wit):
    enter(at.date(), chart.BANK, chart.SALES_INCOME, 700_000)
    enter(at.date(), "61301", chart.BANK, 150_000, unit=unit_wita)
    enter(at.date(), chart.BANK, chart.SALES_INCOME, 40_000, unit=unit_wit)
    enter(at.date(), "61301", chart.BANK, 30_000, unit=unit_wit)
    enter(at.date(), chart.BANK, chart.CAPITAL, 9_000, unit=unit_wit, key="wrong|capital|2")

    money = part("Uang masuk dan keluar", summarising.now(hadi, at=at + timedelta(hours=5)))

    assert {line.label: line.figure for line in money.lines[2:]} == {
        unit.name: "+Rp700 rb", unit_wita.name: "-Rp150 rb", unit_wit.name: "+Rp49 rb, -Rp30 rb",
    }  # fmt: skip


@pytest.mark.usefixtures("daily", "unit")
def test_what_is_booked_while_the_summary_is_put_together_is_told_by_the_next(
    hadi, enter, seven, at, monkeypatch
):
    enter(at.date(), chart.BANK, chart.SALES_INCOME, 700_000, at=seven)
    settled = summarising.last_settled

    def late():
        last = settled()
        enter(at.date(), chart.BANK, chart.SALES_INCOME, 40_000, at=seven)
        return last

    monkeypatch.setattr(summarising, "last_settled", late)
    summarising.send_due(seven)
    monkeypatch.setattr(summarising, "last_settled", settled)
    summarising.send_due(seven + DAY)

    told = [
        part("Uang masuk dan keluar", summarising.sent_on(hadi, on)).figure
        for on in (at.date(), at.date() + DAY)
    ]
    assert told == ["+Rp700.000", "+Rp40.000"]


@pytest.mark.usefixtures("unit")
@pytest.mark.req("KOS-15")
def test_what_may_be_spent_is_cash_less_deposits_advances_and_tax(hadi, enter, at):
    on = at.date()
    enter(on, chart.BANK, chart.SALES_INCOME, 1_000_000)
    enter(on, chart.BANK, chart.DEPOSITS, 500_000)
    enter(on, chart.BANK, chart.CUSTOMER_ADVANCES, 100_000)
    enter(on, "71101", "25101", 5_000)

    free = part("Uang tunai yang boleh dipakai", summarising.now(hadi, at=at))

    assert free.figure == "Rp995.000"
    assert [(line.label, line.figure) for line in free.lines] == [
        ("Kas dan bank", "Rp1.600.000"), ("Utang deposit", "-Rp500.000"), ("Uang muka pelanggan", "-Rp100.000"),
        ("Utang PPh final", "-Rp5.000"),
    ]  # fmt: skip
    assert [line.url.split("?")[0] for line in free.lines] == [
        "/buku/", "/buku/akun/23101/", "/buku/akun/22101/", "/buku/akun/25101/"
    ]  # fmt: skip


@pytest.mark.usefixtures("daily", "unit")
def test_a_change_in_a_closed_month_is_told_with_who_and_why_and_once(hadi, enter, seven, at):
    journal = enter(date(2026, 3, 2), chart.BANK, chart.SALES_INCOME, 70_000, at=seven - 2 * DAY)
    summarising.send_due(seven)
    assert part("Bulan tertutup yang berubah", summarising.sent_on(hadi, at.date())) is None
    rebook(journal, book_on=date(2026, 2, 27), by=hadi, at=at, reason="Terjadi di Februari")

    summarising.send_due(seven + DAY)
    summarising.send_due(seven + 2 * DAY)

    told = part("Bulan tertutup yang berubah", summarising.sent_on(hadi, at.date() + DAY))
    assert [(line.label, line.figure, line.note) for line in told.lines] == [
        ("Februari 2026", "Pak Hadi", "“Terjadi di Februari”")
    ]
    assert part("Bulan tertutup yang berubah", summarising.sent_on(hadi, at.date() + 2 * DAY)) is None


def test_it_names_the_cash_the_late_and_what_waits_for_the_owner(
    unit, unit_wita, hadi, sari, rini, at, enter
):
    enter(at.date(), chart.CASH_DRAWER, chart.SALES_INCOME, 300_000)
    asked = payments.record_expense(
        unit=unit, category="61301", amount=900_000, paid_from="cash", occurred_on=at.date(), note="Genset",
        no_note="Belum dibeli", by=sari, at=at,
    )  # fmt: skip

    sheet = summarising.now(hadi, at=at + 9 * DAY)

    cash = part("Kas di tangan", sheet)
    assert (cash.figure, cash.lines[0].label, cash.lines[0].note, cash.lines[0].tone) == (
        "Rp300.000", "Pak Hadi, Kos Melati", "sejak 10 Mar 2026 (9 hari)", "late",
    )  # fmt: skip
    assert part("Telat bayar", sheet).figure == "tidak ada"
    waits = part("Menunggu keputusan Anda", sheet)
    assert [(line.label, line.url) for line in waits.lines] == [(asked.headline, asked.get_absolute_url())]


@pytest.mark.usefixtures("unit")
def test_a_business_brings_its_own_part_and_nobody_else_s_is_shown(hadi, at):
    def tell(asking: Asking) -> Told:
        return Told("Cadangan", "kemarin", lines=(Line("Uji pulih", "3 hari lalu"),))

    summary_parts.register(Part("tests", tell, 5))
    try:
        sheet = summarising.now(hadi, at=at)
    finally:
        summary_parts.unregister("tests")

    assert sheet.parts[0] == Told("Cadangan", "kemarin", lines=(Line("Uji pulih", "3 hari lalu"),))
    assert summary_parts.kept(summary_parts.to_keep(sheet.parts)) == sheet.parts


@pytest.mark.usefixtures("quarter")
@pytest.mark.req("SYS-03")
def test_more_units_do_not_ask_more_queries(hadi, unit, request, enter, at):
    enter(at.date(), chart.CASH_DRAWER, chart.SALES_INCOME, 300_000)
    with CaptureQueriesContext(connection) as one:
        summarising.now(hadi, at=at + 3 * DAY)

    for name in ("unit_wita", "unit_wit"):
        enter(at.date(), chart.CASH_DRAWER, chart.SALES_INCOME, 300_000, unit=request.getfixturevalue(name))
    with CaptureQueriesContext(connection) as three:
        assert len(summarising.now(hadi, at=at + 3 * DAY).parts) == 5

    assert len(three) <= len(one) <= 20


# Where it is read


@pytest.fixture
def browser(hadi, clock_at, at):
    clock_at(at)
    client = Client()
    client.force_login(hadi.login)
    return client


@pytest.mark.usefixtures("daily", "quarter")
def test_the_page_shows_it_now_and_as_it_was_sent(browser, hadi, seven):
    summarising.send_due(seven)

    page = browser.get("/ringkasan/").content.decode()
    assert "Ringkasan Selasa, 10 Maret 2026" in page
    assert 'href="/ringkasan/2026-03-10/"' in page
    assert "Dikirim setiap hari pukul 07.00." in page
    assert browser.get("/ringkasan/2026-03-10/").status_code == 200
    assert "Uang tunai yang boleh dipakai" in browser.get("/laporan/").content.decode()


@pytest.mark.usefixtures("unit")
def test_the_owner_chooses_how_often(browser, hadi):
    browser.post("/ringkasan/jadwal/", {"rhythm": "weekly", "hour": "18", "weekday": "5"})

    assert "Dikirim setiap Sabtu pukul 18.00." in browser.get("/ringkasan/").content.decode()
    wrong = browser.post("/ringkasan/jadwal/", {"rhythm": "weekly", "hour": "25", "weekday": "5"})
    assert (wrong.status_code, summarising.choice_of(hadi).hour) == (422, 18)


@pytest.mark.usefixtures("daily", "quarter")
def test_the_mail_is_whole_in_text_and_html(seven):
    summarising.send_due(seven)

    mail = Outgoing.objects.get().payload
    for said in ("Uang masuk dan keluar", "Uang tunai yang boleh dipakai", "Menunggu keputusan Anda"):
        assert said in mail["text"]
        assert said in mail["html"]
    assert "/buku/akun/23101/" in mail["html"]
    assert "/ringkasan/jadwal/" in mail["text"]


# By WhatsApp


@pytest.mark.usefixtures("quarter")
def test_the_owner_sends_its_figures_by_whatsapp_and_it_is_noted_as_opened_not_as_sent(
    browser, hadi, rini, at
):
    assert "Kirim lewat WhatsApp" in browser.get("/ringkasan/").text
    assert "https://wa.me/" not in browser.get("/ringkasan/whatsapp/").text, "nothing was opened yet"

    for _twice in range(2):
        shown = browser.post("/ringkasan/whatsapp/", follow=True)

    noted = Outgoing.objects.get()
    assert (noted.channel, noted.state, noted.sent_at, noted.person) == ("wa_link", "opened", None, hadi)
    assert "Dicatat sebagai dibuka" in shown.text
    (link,) = re.findall(r'href="(https://wa\.me/[^"]*)"', shown.text)
    assert link.startswith("https://wa.me/?text=")
    text = unquote(link.partition("text=")[2])
    assert text.splitlines()[1] == "Ringkasan Selasa, 10 Maret 2026"
    assert "Uang tunai yang boleh dipakai: Rp" in text
    assert text.splitlines()[-1].endswith("/ringkasan/")
    assert len(text) < 600


@pytest.mark.usefixtures("quarter")
def test_another_owner_gets_it_in_his_language_and_to_his_number(browser, hadi, budi, at):
    Role.objects.create(person=budi, name="owner", since=at, given_by=hadi)
    Person.objects.filter(pk=budi.pk).update(language="en", phone="+6281200000077")

    shown = browser.post("/ringkasan/whatsapp/", {"untuk": budi.pk}, follow=True)

    (link,) = re.findall(r'href="(https://wa\.me/[^"]*)"', shown.text)
    assert link.startswith("https://wa.me/6281200000077?text=")
    assert "Cash that may be spent" in unquote(link)
    assert Outgoing.objects.get().person == budi
    assert browser.post("/ringkasan/whatsapp/", {"untuk": "999"}).status_code == 422


def test_tenants_stay_behind_the_sign_in(hadi, company, at):
    late = Part("late", lambda _asking: Told("Telat bayar", "Rp1", "", (Line("Rini", "Rp1"),)))
    summary_parts.register(late)
    try:
        assert "Rini" not in summary_chat.chat(hadi, None, company, at=at).text
    finally:
        summary_parts.register(*summary_own.own())
