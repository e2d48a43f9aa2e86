"""Pages of reports and books: what they show, to whom, with how many queries."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tatausaha.core.documents.models import Paper
from tatausaha.core.documents.sheets import spelled
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.services import Draft, Line, close_month, grant, post
from tatausaha.core.people.models import Company, Role
from tatausaha.core.reports import causes
from tatausaha.core.reports.models import BooksCheck
from tests.core.documents.test_typesetting import words_of

PAGES = (
    "/laporan/",
    "/laporan/melati/2026/",
    "/laporan/melati/2026-02/",
    "/laporan/semua/2026-02/",
    "/laporan/semua/2026/",
    "/buku/",
    "/buku/akun/41301/?unit=melati&bulan=2026-02",
    "/buku/jurnal/",
    "/buku/jurnal/?bulan=semua&akun=11201&q=2.000.000",
    "/buku/neraca-saldo/melati/2026-02/",
    "/buku/izin/",
)


def text_of(answer):
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.req("KOS-16")
@pytest.mark.req("SYS-06")
@pytest.mark.parametrize("path", PAGES)
def test_tenants_and_strangers_never_learn_that_there_are_reports(quarter, as_person, rini, budi, path):
    for person in (rini, budi):
        assert as_person(person).get(path).status_code == 404
    assert Client().get(path).headers["Location"].startswith("/akun/login/")


@pytest.mark.req("KOS-16")
def test_staff_without_books_and_managers_of_other_houses_are_kept_out(
    quarter, as_person, budi, unit, unit_wita, at
):
    Role.objects.create(person=budi, unit=unit, name="staff", since=at)
    assert as_person(budi).get("/laporan/melati/2026-02/").status_code == 404

    Role.objects.create(person=budi, unit=unit_wita, name="manager", since=at)
    client = as_person(budi)

    journal = Journal.objects.filter(unit=unit).first()
    hidden = (
        "/laporan/melati/2026-02/", "/laporan/melati/2026/", "/buku/neraca-saldo/melati/2026-02/",
        "/buku/akun/11201/?unit=melati", f"/buku/jurnal/{journal.pk}/", "/laporan/melati/2026-02/tutup/",
    )  # fmt: skip
    for path in hidden:
        assert client.get(path).status_code == 404, path
    assert client.get("/laporan/kenanga/2026-02/").status_code == 200
    assert "2.000.000" not in text_of(client.get("/laporan/semua/2026-02/"))


@pytest.mark.req("KOS-15")
@pytest.mark.req("SYS-03")
@pytest.mark.parametrize("path", PAGES)
def test_every_page_needs_at_most_fifteen_queries(
    quarter, as_person, hadi, unit_wita, unit_wit, django_assert_max_num_queries, path
):
    client = as_person(hadi)
    client.get(path)

    with django_assert_max_num_queries(15):
        answer = client.get(path)

    assert answer.status_code == 200


@pytest.mark.req("KOS-15")
def test_a_month_tells_income_expense_and_cash_beside_the_month_before_and_the_year(quarter, as_person, sari):
    said = text_of(as_person(sari).get("/laporan/melati/2026-02/"))

    for part in (
        "Laporan Februari 2026",
        "Penjualan barang 2.000.000 1.000.000 3.000.000",
        "Listrik 160.000 150.000 310.000",
        "Air 40.000 0 40.000",
        "Jumlah beban 200.000 150.000 350.000",
        "Laba (rugi) 1.800.000 850.000 2.650.000",
        "Bank 1.650.000 2.500.000 200.000 3.950.000",
        "Sudah lewat, belum ditutup",
        "belum ditutup",
    ):
        assert part in said, part


@pytest.mark.req("KOS-15")
def test_a_month_that_has_not_begun_or_is_no_month_is_not_there(quarter, as_person, hadi):
    client = as_person(hadi)

    for month in ("2026-04", "2026-13", "x"):
        assert client.get(f"/laporan/melati/{month}/").status_code == 404
    assert client.get("/laporan/melati/2027/").status_code == 404
    assert client.get("/laporan/melati/2026-02/?versi=1").status_code == 404
    assert client.get("/laporan/melati/2026-02/?berkas=exe").status_code == 404


@pytest.mark.req("KOS-15")
def test_several_units_are_added_up_without_what_they_owe_each_other(
    quarter, enter, as_person, hadi, unit, unit_wita
):
    late = {"at": datetime(2026, 3, 6, tzinfo=UTC), "reason": "Tertinggal"}
    enter(date(2026, 2, 6), chart.BANK, chart.SALES_INCOME, 700_000, unit=unit_wita, **late)
    lines = (
        Line(chart.BETWEEN_UNITS, 100_000, unit=unit), Line(chart.BANK, -100_000, unit=unit),
        Line(chart.BANK, 100_000, unit=unit_wita), Line(chart.BETWEEN_UNITS, -100_000, unit=unit_wita),
    )  # fmt: skip
    moved = Draft(
        key="melati|move|1|x|1",
        unit=unit,
        kind="move",
        lines=lines,
        event_on=date(2026, 2, 7),
        reason="Tertinggal",
    )
    post(moved, by=hadi, at=late["at"])

    said = text_of(as_person(hadi).get("/laporan/semua/2026-02/"))

    assert "Jumlah pendapatan 2.700.000" in said
    assert "Jumlah 1.650.000 3.300.000 300.000 4.650.000" in said
    assert "Pindahan antarunit Rp100.000 saling hapus" in said


@pytest.mark.req("KOS-18")
@pytest.mark.req("SYS-10")
def test_from_any_figure_it_is_at_most_four_taps_to_the_journal(quarter, as_person, hadi):
    client = as_person(hadi)
    report = client.get("/laporan/melati/2026-02/").content.decode()

    card_url = re.search(r'href="(/buku/akun/61301/[^"]+)"', report)[1].replace("&amp;", "&")
    card = client.get(card_url).content.decode()
    journal = client.get(re.search(r'href="(/buku/jurnal/\d+/)"', card)[1])

    said = text_of(journal)
    for part in (
        "61301 Listrik",
        "11201 Bank",
        "Rp160.000",
        "Jumat, 20 Februari 2026",
        "Pak Hadi",
        "Sidik isi",
    ):
        assert part in said, part


@pytest.mark.req("KOS-18")
def test_an_account_card_carries_its_balance_from_line_to_line(quarter, as_person, hadi):
    said = text_of(as_person(hadi).get("/buku/akun/11201/?unit=melati&bulan=2026-02"))

    figures = re.findall(r"\d[\d.]{5,}", said[said.index("Saldo awal") :])
    assert figures == [
        "1.650.000", "2.000.000", "3.650.000", "500.000", "4.150.000", "160.000", "3.990.000", "40.000",
        "3.950.000", "3.950.000",
    ]  # fmt: skip


def test_journals_are_found_by_number_amount_and_filters(quarter, enter, as_person, hadi):
    wanted = enter(
        date(2026, 3, 9), WATER_ACCOUNT, chart.BANK, 77_700, memo="Galon air minum", kind="expense"
    )
    client = as_person(hadi)

    for query in (f"?q={wanted.pk}", "?q=77.700", "?q=Rp77.700", "?q=galon", "?jenis=expense&bulan=2026-03",
                  f"?akun={WATER_ACCOUNT}&bulan=2026-03", f"?oleh={hadi.pk}&q=77700"):  # fmt: skip
        said = text_of(client.get(f"/buku/jurnal/{query}"))
        assert "Galon air minum" in said, query
    assert "Galon air minum" not in text_of(client.get("/buku/jurnal/?bulan=2026-02"))


WATER_ACCOUNT = "61401"


@pytest.mark.req("KOS-15")
def test_page_workbook_and_csv_say_the_same(quarter, as_person, hadi):
    client = as_person(hadi)

    book = CalamineWorkbook.from_filelike(
        BytesIO(b"".join(client.get("/laporan/melati/2026-02/?berkas=xlsx").streaming_content))
    )
    rows = book.get_sheet_by_index(0).to_python()
    csv = b"".join(client.get("/laporan/melati/2026-02/?berkas=csv").streaming_content).decode("utf-8-sig")

    assert rows[1] == ["Pendapatan", "41301", "Penjualan barang", 2_000_000, 1_000_000, 3_000_000]
    assert rows[-1] == ["Laba (rugi)", "", "", 1_800_000, 850_000, 2_650_000]
    assert csv.splitlines()[1] == "Pendapatan;41301;Penjualan barang;2000000;1000000;3000000"
    assert book.get_sheet_by_name("Kas dan bank").to_python()[1] == [
        "11201", "Bank", 1_650_000, 2_500_000, 200_000, 3_950_000,
    ]  # fmt: skip
    assert "11201;Bank;1650000;2500000;200000;3950000" in csv.splitlines()
    assert "Kos Melati;Februari 2026" in csv.splitlines()
    assert any(line.startswith("segel ") for line in csv.splitlines())


@pytest.mark.req("KOS-15")
@pytest.mark.req("KOS-18")
def test_a_year_names_the_months_that_were_changed_after_their_closing(
    quarter, enter, as_person, hadi, unit, at
):
    for ym in (202601, 202602):
        close_month(unit, ym, by=hadi, at=at)
    enter(date(2026, 2, 25), WATER_ACCOUNT, chart.BANK, 3_000_000, at=at, reason="Nota tertinggal")
    client, words = as_person(hadi), "diubah setelah tutup: Februari 2026"

    page = client.get("/laporan/melati/2026/")
    csv = b"".join(client.get("/laporan/melati/2026/?berkas=csv").streaming_content).decode("utf-8-sig")
    book = CalamineWorkbook.from_filelike(
        BytesIO(b"".join(client.get("/laporan/melati/2026/?berkas=xlsx").streaming_content))
    )

    assert words in text_of(page)
    assert f"{words};" in csv.splitlines()
    assert "Beban;61401;Air;0;3040000;0;3040000;0" in csv.splitlines()
    assert "Laba (rugi);;;850000;-1200000;2830000;2480000;0" in csv.splitlines(), (
        "an amount below zero stays a number"
    )
    assert [words, ""] in book.get_sheet_by_name("Tentang").to_python()


@pytest.mark.req("KOS-15")
def test_the_year_shows_each_month_and_comes_as_a_workbook(quarter, as_person, hadi):
    client = as_person(hadi)

    said = text_of(client.get("/laporan/melati/2026/"))
    book = CalamineWorkbook.from_filelike(
        BytesIO(b"".join(client.get("/laporan/melati/2026/?berkas=xlsx").streaming_content))
    )

    assert "Penjualan barang 6.000.000 – 1.000.000 2.000.000 3.000.000" in said
    for code in ("melati", "semua"):
        assert client.get(f"/laporan/{code}/2026/?berkas=pdf").content.startswith(b"%PDF-")
    assert book.get_sheet_by_index(0).to_python()[1] == [
        "Pendapatan", "41301", "Penjualan barang", 1_000_000, 2_000_000, 3_000_000, 6_000_000, 0,
    ]  # fmt: skip


@pytest.mark.req("KOS-15")
@pytest.mark.req("KOS-10")
def test_the_paper_of_a_closed_month_bears_its_code_and_stays_the_same(
    quarter, enter, as_person, hadi, company, unit, at, tmp_path
):
    close_month(unit, 202602, by=hadi, at=at)
    client = as_person(hadi)
    path = "/laporan/melati/2026-02/?versi=1&berkas=pdf"

    newest = client.get("/laporan/melati/2026-02/?berkas=pdf").content
    first = client.get(path).content
    again = client.get(path).content
    paper = Paper.objects.get(kind="month_report")
    enter(date(2026, 2, 25), WATER_ACCOUNT, chart.BANK, 55_000, at=at, reason="Nota tertinggal")
    unit.address = "Jl. Baru 99"
    unit.save()
    later = client.get(path).content

    assert first == again
    for pdf in (newest, first, later):
        said = words_of(pdf, tmp_path)
        assert spelled(paper.token) in said
        assert "LB/MELATI/2026-02/v1" in said
        assert paper_figures(said) >= {"2.000.000", "160.000", "40.000", "3.950.000"}
    assert "55.000" not in words_of(later, tmp_path), "version 1 says what it said"
    assert Paper.objects.filter(kind="month_report").count() == 1
    assert "Surat ini asli" in text_of(client.get(f"/asli/{paper.token}/"))


def paper_figures(said):
    """Every amount that a text names."""
    return set(re.findall(r"\d{1,3}(?:\.\d{3})+", said))


@pytest.mark.req("KOS-15")
def test_paper_and_page_of_a_month_name_the_same_figures(quarter, as_person, hadi, tmp_path):
    client = as_person(hadi)
    page = text_of(client.get("/laporan/melati/2026-02/"))
    statement = page[page.index("Penjualan barang") : page.index("Kas dan bank", page.index("Laba (rugi)"))]

    paper = paper_figures(words_of(client.get("/laporan/melati/2026-02/?berkas=pdf").content, tmp_path))

    assert {"2.000.000", "1.800.000", "2.650.000"} <= paper_figures(statement) <= paper


@pytest.mark.req("KOS-18")
def test_later_closed_months_say_that_their_balances_changed(quarter, as_person, hadi, unit, at):
    for ym in (202601, 202602):
        close_month(unit, ym, by=hadi, at=at)
    owner = as_person(hadi)
    given = {
        "on": "31-01-2026", "amount": "100.000", "debit": "61401", "credit": "11201", "memo": "Air",
        "reason": "Nota tertinggal",
    }  # fmt: skip
    form = text_of(owner.get("/laporan/melati/2026-01/koreksi/"))
    assert "saldo berubah" not in text_of(owner.get("/laporan/melati/2026-02/"))

    owner.post("/laporan/melati/2026-01/koreksi/", given)

    assert "(Februari 2026) tetap memakai angka yang disegel" in form
    february = text_of(owner.get("/laporan/melati/2026-02/"))
    assert "saldo berubah sejak v1" in february
    assert "Menurut buku sekarang: awal Rp1.550.000, akhir Rp3.850.000." in february
    assert "Bank 1.650.000 2.500.000 200.000 3.950.000" in february, "the version itself stays"
    assert "saldo berubah" not in text_of(owner.get("/laporan/melati/2026-01/"))


@pytest.mark.req("KOS-15", "KOS-18")
def test_what_the_owner_draws_is_no_expense(quarter, as_person, hadi, unit):
    owner, march = as_person(hadi), "/laporan/melati/2026-03/"
    result = re.search(r"Laba bersih (-?[\d.]+)|Laba (Rp[\d.]+)", text_of(owner.get(march)))
    given = {
        "on": "09-03-2026", "amount": "300.000", "debit": "31201", "credit": "11201", "memo": "Belanja rumah",
        "reason": "Prive bulan ini",
    }  # fmt: skip

    assert owner.post(f"{march}koreksi/", given).status_code == 302

    journal = Journal.objects.get(kind="correction")
    assert [(one.account_id, one.amount) for one in journal.entries.order_by("line_no")] == [
        (31201, 300_000), (11201, -300_000),
    ]  # fmt: skip
    again = re.search(r"Laba bersih (-?[\d.]+)|Laba (Rp[\d.]+)", text_of(owner.get(march)))
    assert (again and again[0]) == (result and result[0])
    assert result


@pytest.mark.req("KOS-18")
def test_the_books_say_what_may_be_spent(quarter, as_person, hadi):
    said = text_of(as_person(hadi).get("/buku/"))

    assert "Kas dan bank Rp6.780.000" in said
    assert "Boleh dipakai Rp6.280.000" in said


@pytest.mark.req("KOS-18")
def test_a_pass_shows_what_was_changed_under_it(quarter, enter, as_person, sari, hadi, unit, at):
    held = grant(
        person=sari, unit=unit, from_ym=202602, to_ym=202602, reason="Nota air tertinggal",
        ends_at=datetime(2026, 3, 11, tzinfo=UTC), max_journals=2, by=hadi, at=at,
    )  # fmt: skip
    enter(
        date(2026, 2, 25),
        WATER_ACCOUNT,
        chart.BANK,
        12_300,
        by=sari,
        at=at,
        memo="Air PAM",
        book_on=date(2026, 2, 25),
    )
    owner, manager = as_person(hadi), as_person(sari)

    said = text_of(owner.get(f"/buku/izin/{held.pk}/"))
    assert "Air PAM" in said
    assert "1 dari 2 jurnal" in said
    assert manager.post(f"/buku/izin/{held.pk}/cabut/").status_code == 404
    assert owner.post(f"/buku/izin/{held.pk}/cabut/").status_code == 302
    held.refresh_from_db()
    assert held.revoked_by == hadi


@pytest.mark.req("KOS-18")
def test_an_old_version_can_still_be_printed_after_the_company_moved(quarter, as_person, hadi, unit, at):
    close_month(unit, 202602, by=hadi, at=at)
    client, path = as_person(hadi), "/laporan/melati/2026-02/?versi=1&berkas=pdf"
    client.get(path)
    paper = Paper.objects.get()
    Company.objects.update(address="Jl. Baru 9, Denpasar")

    again = client.get(path)

    assert (again.status_code, again.content[:5]) == (200, b"%PDF-")
    assert Paper.objects.get() == paper


@pytest.mark.req("KOS-16")
def test_an_account_card_names_nobody_whom_the_books_of_the_unit_do_not_know(
    quarter, as_person, sari, hadi, rini
):
    client = as_person(sari)
    card = "/buku/akun/23101/?unit=melati&bulan=2026-02&orang="

    assert hadi.name in text_of(client.get(f"{card}{hadi.pk}"))
    assert rini.name not in text_of(client.get(f"{card}{rini.pk}"))


def test_every_kind_of_journal_that_money_makes_has_a_name_for_people() -> None:
    kinds = ["use_advance", "use_balance", "use_deposit", "use_unidentified", "cash_deposit"]

    assert [causes.kind_label(kind) for kind in kinds] == [
        "Uang muka dipakai", "Saldo dipakai", "Deposit dipakai", "Titipan dipakai", "Setoran tunai",
    ]  # fmt: skip


@pytest.mark.req("SYS-10")
def test_the_books_say_when_they_were_last_read_through_and_what_did_not_hold(quarter, as_person, hadi, at):
    client = as_person(hadi)
    never = text_of(client.get("/buku/"))
    BooksCheck.objects.create(at=at)
    even = text_of(client.get("/buku/"))
    BooksCheck.objects.create(at=at + timedelta(days=1), findings=2, first="Jurnal 7 diubah.")
    odd = text_of(client.get("/buku/"))

    assert "pemeriksaan pertama belum berjalan" in never
    assert "seimbang, tidak ada jurnal yang diubah" in even
    assert "Buku tidak cocok" not in even
    assert "menemukan 2 hal. Yang pertama: Jurnal 7 diubah." in odd
    assert "seimbang" not in odd
