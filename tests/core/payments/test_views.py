"""Pages of money: paying from anywhere, cash at the desk, receipts, bills, expenses; strangers find nothing."""

import subprocess
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tatausaha.core.billing import services as bills
from tatausaha.core.billing.titles import title
from tatausaha.core.documents.models import Paper
from tatausaha.core.kernel import clock, ids
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import rebook
from tatausaha.core.payments import services
from tatausaha.core.payments.models import Expense, Payment, Receipt
from tatausaha.core.payments.procedure.payment import PAYMENT
from tatausaha.core.procedures.services import perform
from tests.core.billing import hire as hiring

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires", "bank", "_now")]


@pytest.fixture
def _now(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def browse():
    def sign_in(person):
        client = Client()
        client.force_login(person.login)
        return client

    return sign_in


@pytest.fixture
def bill(hire, sari, at):
    return hiring.down_payment(hire, by=sari, at=at)


@pytest.fixture
def receipt(bill, unit, rini, sari, at):
    payment = services.receive_cash(unit=unit, payer=rini, amount=100_000, invoices=[bill], by=sari, at=at)
    return payment.receipt


def photo(color="red"):
    made = BytesIO()
    Image.new("RGB", (40, 40), color).save(made, "JPEG")
    return SimpleUploadedFile("bukti.jpg", made.getvalue(), "image/jpeg")


def text(answer):
    return answer.content.decode()


@pytest.mark.req("KOS-11")
def test_a_tenant_pays_from_afar_without_javascript(bill, hire, rini, sari, browse, at):
    browser = browse(rini)
    page = f"/bayar/{bill.number}/"
    assert "Bayar Rp100.000 lewat transfer" in text(browser.get(page))

    assert browser.post(page).status_code == 302
    payment = Payment.objects.get()
    shown = text(browser.get(page))
    assert "0123456789" in shown
    assert payment.number in shown
    answer = browser.post(page, {"proof_form": "1", "proof": photo(), "sender": "BCA 1 Rini"})

    payment.refresh_from_db()
    assert (answer.url, payment.status) == (f"/tagihan/{bill.number}/", "submitted")
    assert "sedang diperiksa" in text(browser.get(page))
    perform(payment, PAYMENT.step("confirm"), by=sari, at=at)
    hire.refresh_from_db()
    assert hire.status == "approved"
    assert Receipt.objects.get().number in text(browser.get(f"/tagihan/{bill.number}/"))


def test_the_back_button_and_a_second_sending_announce_one_transfer(bill, rini, browse):
    browser = browse(rini)

    for _ in range(3):
        browser.post(f"/bayar/{bill.number}/")

    assert Payment.objects.count() == 1


def test_a_proof_that_is_no_picture_is_refused_with_a_sentence_and_nothing_is_lost(bill, rini, browse):
    browser = browse(rini)
    browser.post(f"/bayar/{bill.number}/")
    fake = SimpleUploadedFile("bukti.jpg", b"MZ not a photo", "image/jpeg")

    answer = browser.post(
        f"/bayar/{bill.number}/", {"proof_form": "1", "proof": fake, "sender": "BCA 1 Rini"}
    )

    assert answer.status_code == 422
    assert "bukan foto" in text(answer)
    assert "BCA 1 Rini" in text(answer)
    assert Payment.objects.get().status == "expected"


@pytest.mark.req("KOS-06")
@pytest.mark.req("KOS-10")
def test_cash_at_the_desk_leads_to_the_receipt_and_is_taken_once(bill, sari, browse):
    browser, key = browse(sari), ids.token()
    assert "Rini" in text(browser.get("/terima-tunai/"))
    form = {"tagihan": bill.number, "amount": "100.000", "form_key": key}

    first = browser.post("/terima-tunai/", form)
    again = browser.post("/terima-tunai/", form)

    assert (first.url, again.url) == ("/kuitansi/KW/MELATI/2026/00001/",) * 2
    assert (Payment.objects.count(), Journal.objects.count()) == (1, 1)
    shown = text(browser.get(first.url))
    assert "Seratus ribu rupiah" in shown


@pytest.mark.req("KOS-11")
def test_far_too_much_cash_asks_with_a_box_to_tick_and_keeps_what_was_typed(bill, sari, browse):
    browser = browse(sari)
    form = {"tagihan": bill.number, "amount": "1.000.000"}

    answer = browser.post("/terima-tunai/", form)
    assert answer.status_code == 422
    assert "Rp900.000 lebih" in text(answer)
    assert 'value="1.000.000"' in text(answer)

    assert browser.post("/terima-tunai/", form | {"sure": "on"}).status_code == 302


@pytest.mark.req("SYS-07")
def test_a_bill_that_is_paid_meanwhile_takes_no_more_cash(receipt, bill, sari, browse):
    answer = browse(sari).post("/terima-tunai/", {"tagihan": bill.number, "amount": "100.000"})

    assert "sudah lunas" in text(answer)
    assert Payment.objects.count() == 1


@pytest.mark.req("KOS-10")
def test_every_print_of_a_receipt_is_counted_under_one_number(receipt, rini, browse):
    browser = browse(rini)

    for form in ("", "?kertas=a4", "?kertas=80", "?kertas=58", "?kertas=nonsense"):
        answer = browser.get(f"/kuitansi/{receipt.number}.pdf{form}")
        assert answer.content[:5] == b"%PDF-"
        assert answer["Cache-Control"] == "private, no-store"

    receipt.refresh_from_db()
    assert (receipt.prints, receipt.number) == (5, "KW/MELATI/2026/00001")


@pytest.mark.req("KOS-10")
def test_a_reversed_receipt_says_batal_everywhere(receipt, rini, sari, browse, at):
    perform(receipt.payment, PAYMENT.step("reverse"), by=sari, at=at, data={"note": "Salah orang"})

    assert "Kuitansi ini BATAL" in text(browse(rini).get(f"/kuitansi/{receipt.number}/"))
    assert browse(rini).get(f"/kuitansi/{receipt.number}.pdf").content[:5] == b"%PDF-"
    public = text(Client().get(f"/asli/{receipt.paper.token}/"))
    assert "batal" in public.lower()


@pytest.mark.req("KOS-21")
def test_a_bill_on_paper_says_how_it_stands_and_stays_genuine(bill, rini, browse, unit, sari, at):
    browser = browse(rini)
    assert browser.get(f"/tagihan/{bill.number}.pdf").content[:5] == b"%PDF-"
    services.receive_cash(unit=unit, payer=rini, amount=40_000, invoices=[bill], by=sari, at=at)

    assert browser.get(f"/tagihan/{bill.number}.pdf?kertas=a5").content[:5] == b"%PDF-"


@pytest.mark.req("KOS-16")
@pytest.mark.parametrize(
    "page",
    [
        "/tagihan/{bill}/",
        "/tagihan/{bill}.pdf",
        "/bayar/{bill}/",
        "/kuitansi/{receipt}/",
        "/kuitansi/{receipt}.pdf",
    ],
)
def test_somebody_elses_papers_do_not_exist(receipt, bill, budi, rini, browse, page):
    address = page.format(bill=bill.number, receipt=receipt.number)

    assert browse(rini).get(address).status_code == 200
    assert browse(budi).get(address).status_code == 404
    assert Client().get(address).status_code == 302


@pytest.mark.req("KOS-16")
@pytest.mark.parametrize("page", ["/tagihan/", "/terima-tunai/", "/pengeluaran/", "/pengeluaran/baru/"])
def test_the_desk_is_for_those_who_manage(page, sari, hadi, rini, browse):
    assert [browse(person).get(page).status_code for person in (sari, hadi, rini)] == [200, 200, 404]


def test_the_list_of_bills_filters_searches_and_goes_out_as_files(hire, bill, sari, rini, browse, at):
    late = hiring.rent(hire, by=sari, at=at, due_on=at.date() - timedelta(days=3))
    browser = browse(sari)

    def numbers(query):
        shown = text(browser.get(f"/tagihan/?{query}"))
        return [one.number for one in (bill, late) if one.number in shown]

    assert numbers("") == [bill.number, late.number]
    assert numbers("keadaan=telat") == [late.number]
    assert numbers("keadaan=lunas") == []
    assert numbers("bulan=2026-02") == []
    assert numbers("q=nobody") == []
    assert numbers("q=rin") == [bill.number, late.number]
    csv = b"".join(browser.get("/tagihan/?berkas=csv").streaming_content).decode()
    assert f"{late.number};Rini" in csv
    assert browser.get("/tagihan/?berkas=xlsx").content[:2] == b"PK"


def test_managers_read_what_a_bill_is_for_and_no_unit_where_they_have_one(
    hire, bill, sari, hadi, unit_wita, browse
):
    listed, chosen = text(browse(sari).get("/tagihan/")), text(browse(sari).get("/terima-tunai/"))

    assert f'<a href="/tagihan/{bill.number}/">{title(bill)}</a>' in listed
    assert f"<span>{title(bill)}</span>" in chosen
    assert 'data-label="Unit"' not in listed
    assert 'data-label="Unit"' in text(browse(hadi).get("/tagihan/"))


@pytest.mark.parametrize("page", ["/tagihan/", "/saya/tagihan/"])
def test_lists_ask_the_same_however_long_they_are(
    page, unit, rini, sari, at, browse, django_assert_max_num_queries
):
    client = browse(sari if page == "/tagihan/" else rini)
    for days in range(30):
        hire = hiring.new_hire(unit, rini, at + timedelta(seconds=days))
        hiring.down_payment(hire, by=sari, at=at)

    with django_assert_max_num_queries(15):
        assert client.get(page).status_code == 200


@pytest.mark.req("KOS-11")
def test_my_bills_show_what_is_open_paid_and_receipted(hire, receipt, bill, rini, sari, at, browse):
    owed = hiring.rent(hire, by=sari, at=at, due_on=at.date())

    shown = text(browse(rini).get("/saya/tagihan/"))

    assert "Yang belum dibayar: Rp1.000.000" in shown
    for number in (owed.number, bill.number, receipt.number):
        assert number in shown


@pytest.mark.req("KOS-14")
def test_an_expense_is_written_down_with_its_photo_and_listed(sari, browse, unit):
    browser, key = browse(sari), ids.token()
    form = {
        "unit": unit.code, "note": "Token listrik", "category": "61301", "amount": "350 rb",
        "occurred_on": "10/03/2026", "paid_from": "transfer", "no_note": "Struk hilang", "form_key": key,
    }  # fmt: skip

    answer = browser.post("/pengeluaran/baru/", form | {"photo": photo()})
    browser.post("/pengeluaran/baru/", form)

    expense = Expense.objects.get()
    assert (answer.url, expense.amount, expense.status) == (f"/kasus/{expense.number}/", 350_000, "posted")
    shown = text(browser.get("/pengeluaran/?bulan=2026-03"))
    assert "Maret 2026: Rp350.000 dibukukan" in shown
    assert "Token listrik" not in text(browser.get("/pengeluaran/?bulan=2026-02"))
    assert "Token listrik" in b"".join(browser.get("/pengeluaran/?berkas=csv").streaming_content).decode()


def test_a_note_of_a_locked_month_is_listed_in_the_month_in_which_it_was_booked(sari, hadi, browse, unit, at):
    browser = browse(sari)
    form = {
        "unit": unit.code, "note": "Air Februari", "category": "61401", "amount": "40 rb",
        "occurred_on": "27/02/2026", "paid_from": "transfer", "no_note": "Struk hilang", "form_key": ids.token(),
    }  # fmt: skip

    browser.post("/pengeluaran/baru/", form)

    march = text(browser.get("/pengeluaran/?bulan=2026-03"))
    assert "Maret 2026: Rp40.000 dibukukan" in march
    assert "Air Februari (lintas bulan)" in march
    assert "April 2026" not in march, "a month that has not come is not offered"
    assert "Air Februari" not in text(browser.get("/pengeluaran/?bulan=2026-02"))

    journal = Expense.objects.get().journal
    rebook(journal, book_on=date(2026, 2, 27), by=hadi, at=at, reason="Memang air Februari")

    assert "Februari 2026: Rp40.000 dibukukan" in text(browser.get("/pengeluaran/?bulan=2026-02"))
    assert "Air Februari" not in text(browser.get("/pengeluaran/?bulan=2026-03"))


def test_a_refused_expense_shows_the_sentence_beside_its_field(sari, browse, unit):
    form = {
        "unit": unit.code, "note": "Sapu", "category": "61901", "amount": "20000",
        "occurred_on": "11/03/2026", "paid_from": "transfer", "no_note": "Struk hilang",
    }  # fmt: skip

    answer = browse(sari).post("/pengeluaran/baru/", form)

    assert answer.status_code == 422
    assert "Tanggal itu belum tiba." in text(answer)
    assert not Expense.objects.exists()


def test_the_case_page_of_a_payment_opens_for_both_sides_and_for_nobody_else(bill, rini, sari, budi, browse):
    browse(rini).post(f"/bayar/{bill.number}/")
    page = f"/kasus/{Payment.objects.get().number}/"

    assert [browse(person).get(page).status_code for person in (rini, sari, budi)] == [200, 200, 404]


@pytest.mark.req("SYS-10")
def test_the_case_pages_of_money_say_how_much_and_for_what(bill, rini, sari, browse, unit, bank, at):
    browse(rini).post(f"/bayar/{bill.number}/")
    payment = Payment.objects.get()
    unknown = services.receive_unknown(
        unit=unit, amount=75_123, occurred_on=at.date(), sender="PENYEWA SATU", bank=bank, by=sari, at=at
    )
    expense = services.record_expense(
        no_note="Struk hilang",
        unit=unit,
        category="61301",
        amount=35_000,
        paid_from="transfer",
        occurred_on=at.date(),
        by=sari,
        at=at,
    )

    shown = {case: text(browse(sari).get(f"/kasus/{case.number}/")) for case in (payment, unknown, expense)}

    assert f"Rp100.{payment.expected_amount - 100_000:03d}" in shown[payment]
    assert bill.number in shown[payment]
    assert "Rp75.123" in shown[unknown]
    assert "PENYEWA SATU" in shown[unknown]
    assert "Rp35.000" in shown[expense]
    assert "Listrik" in shown[expense]


def test_the_payer_is_led_from_the_case_to_the_way_to_transfer(bill, rini, browse):
    browser = browse(rini)
    browser.post(f"/bayar/{bill.number}/")

    assert f"/bayar/{bill.number}/" in text(browser.get(f"/kasus/{Payment.objects.get().number}/"))


def test_a_proof_from_a_page_that_was_open_for_days_is_still_taken(bill, rini, browse, at, monkeypatch):
    browser = browse(rini)
    browser.post(f"/bayar/{bill.number}/")
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(hours=60))

    answer = browser.post(f"/bayar/{bill.number}/", {"proof_form": "1", "sender": "BCA 1 Rini"})

    payment = Payment.objects.get()
    assert (answer.status_code, payment.status, payment.sender) == (302, "submitted", "BCA 1 Rini")
    again = browser.post(f"/bayar/{bill.number}/", {"proof_form": "1"})
    assert (again.status_code, Payment.objects.count()) == (302, 1)
    assert "sedang diperiksa" in text(browser.get(f"/bayar/{bill.number}/"))


@pytest.mark.parametrize("month", ["9999-12", "0001-01", "2026-13", "x"])
def test_a_month_beyond_all_calendars_is_no_fault(browse, sari, bill, month):
    client = browse(sari)

    assert client.get(f"/pengeluaran/?bulan={month}").status_code == 200
    assert client.get(f"/tagihan/?bulan={month}").status_code == 200


@pytest.fixture
def on_paper(tmp_path):
    """What the PDF of a bill says, read back."""

    def read(browser, bill):
        (tmp_path / "x.pdf").write_bytes(browser.get(f"/tagihan/{bill.number}.pdf").content)
        command = ["pdftotext", "-layout", tmp_path / "x.pdf", "-"]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return " ".join(said.split())

    return read


@pytest.mark.req("KOS-21")
def test_a_credit_note_is_no_payment_on_paper_either(hire, rini, sari, browse, at, on_paper):
    bill = bills.recognise(hiring.rent(hire, by=sari, at=at, due_on=at.date()), at=at)
    bills.credit(bill, amount=1_000_000, by=sari, at=at, reason="Salah tagih")
    browser = browse(rini)

    said = on_paper(browser, bill)

    page = browser.get(f"/tagihan/{bill.number}/").content.decode()
    assert "Nota kredit -Rp1.000.000" in said
    assert "Nota kredit" in page
    assert "Sudah dibayar" not in said
    assert "LUNAS" not in said


@pytest.mark.req("KOS-10")
@pytest.mark.parametrize("printed", ["before", "after"])
def test_the_paper_of_a_void_bill_is_genuine_no_longer(printed, bill, rini, sari, browse, at):
    browser = browse(rini)
    if printed == "before":
        browser.get(f"/tagihan/{bill.number}.pdf")
    bills.void(bill, by=sari, at=at, reason="Salah kamar")
    if printed == "after":
        browser.get(f"/tagihan/{bill.number}.pdf")

    paper = Paper.objects.get(kind="invoice", number=bill.number)
    public = browser.get(f"/asli/{paper.token}/").content.decode()
    assert (paper.state, paper.void_reason) == ("void", "Salah kamar")
    assert "batal" in public.lower()
