"""The pages of statements: brought in, looked at, matched, without JavaScript."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tatausaha.core.banking import queries
from tatausaha.core.banking.models import BankLine, Statement
from tatausaha.core.payments.models import Expense, Suspense
from tatausaha.core.people.models import Role
from tests.core.banking import samples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires")]


@pytest.fixture
def browser(sari, clock_at, at):
    clock_at(at)
    client = Client()
    client.force_login(sari.login)
    return client


def text_of(answer):
    return answer.content.decode()


@pytest.mark.req("KOS-05")
def test_a_file_is_uploaded_looked_at_and_taken_in(browser, bank):
    file = SimpleUploadedFile("mutasi.csv", samples.BCA.encode())
    answer = browser.post(f"/mutasi/{bank.pk}/impor/", {"file": file})
    statement = Statement.objects.get()
    assert answer.url == f"/mutasi/berkas/{statement.pk}/"

    shown = text_of(browser.get(answer.url))
    assert "KlikBCA" in shown
    assert "SEWA RINI" in shown
    assert "Masukkan 4 baris" in shown
    assert not BankLine.objects.exists()
    taken = browser.post(answer.url, {"aksi": "masukkan"}, follow=True)
    assert "4 baris baru dimasukkan" in text_of(taken)
    assert "0 dari 4 baris cocok" in text_of(taken)


def test_a_paste_is_read_like_a_file_and_kept_when_it_is_refused(browser, bank):
    wrong = browser.post(f"/mutasi/{bank.pk}/impor/", {"pasted": "halo\nini bukan mutasi"})
    assert wrong.status_code == 422
    assert "belum dikenal" in text_of(wrong)
    assert "ini bukan mutasi" in text_of(wrong)
    right = browser.post(f"/mutasi/{bank.pk}/impor/", {"pasted": samples.BRI})
    assert right.status_code == 302
    assert "Pilih berkasnya" in text_of(browser.post(f"/mutasi/{bank.pk}/impor/", {}))


def test_a_forged_file_is_refused_with_its_row(browser, bank):
    forged = samples.BCA_BUSINESS.replace("287,490.00 DB", "187,490.00 DB")

    answer = browser.post(f"/mutasi/{bank.pk}/impor/", {"pasted": forged})

    assert answer.status_code == 422
    assert "Baris 3: saldo berjalannya tidak cocok" in text_of(answer)


@pytest.mark.req("KOS-05")
def test_one_click_confirms_everything_that_is_sure(browser, bank, awaited, bring):
    bring(("10/03", "TRSF RINI", awaited.expected_amount), ("09/03", "SETORAN", 77_000))
    page = text_of(browser.get(f"/mutasi/{bank.pk}/"))
    assert "Konfirmasi 1 yang pasti" in page
    assert awaited.number in page

    answer = browser.post(f"/mutasi/{bank.pk}/yakin/?bulan=2026-03", follow=True)

    assert "1 dari 2 baris cocok" in text_of(answer)
    awaited.refresh_from_db()
    assert awaited.status == "confirmed"
    assert awaited.number in text_of(browser.get(f"/mutasi/{bank.pk}/?bulan=2026-03&lihat=semua"))


def test_a_line_is_named_kept_spent_noted_and_let_go(browser, bank, awaited, bring, unit):
    named, kept, spent, noted = bring(
        ("10/03", "A", awaited.amount),
        ("10/03", "B", 50_000),
        ("10/03", "C", -15_000),
        ("10/03", "D", -20_000),
    )
    wrong = browser.post(f"/mutasi/baris/{named.pk}/", {"aksi": "nomor", "number": "BYR-99-99999"})
    assert wrong.status_code == 422
    assert "Nomor itu tidak ada" in text_of(wrong)
    said = {
        named: {"aksi": "nomor", "number": awaited.number.lower()},
        kept: {"aksi": "titipan", "unit": unit.code},
        spent: {"aksi": "biaya", "unit": unit.code, "category": "61801", "what": ""},
        noted: {"aksi": "catat", "note": "Pribadi pemilik"},
    }
    for line, data in said.items():
        assert browser.post(f"/mutasi/baris/{line.pk}/", data).status_code == 302

    assert not queries.unmatched(bank.lines.all())
    assert (Suspense.objects.count(), Expense.objects.count()) == (1, 1)
    assert "Lepaskan" in text_of(browser.get(f"/mutasi/baris/{noted.pk}/"))
    browser.post(f"/mutasi/baris/{noted.pk}/", {"aksi": "lepas"})
    assert list(queries.unmatched(bank.lines.all())) == [noted]


def test_only_the_owner_is_offered_to_book_interest(browser, bring, unit, hadi, books):
    (line,) = bring(("09/03", "BUNGA", 12_345))
    assert "Bunga bank" not in text_of(browser.get(f"/mutasi/baris/{line.pk}/"))
    wrong = browser.post(f"/mutasi/baris/{line.pk}/", {"aksi": "bunga", "unit": unit.code})
    assert (wrong.status_code, books("49901")) == (200, 0)

    owner = Client()
    owner.force_login(hadi.login)
    assert "Bunga bank" in text_of(owner.get(f"/mutasi/baris/{line.pk}/"))
    owner.post(f"/mutasi/baris/{line.pk}/", {"aksi": "bunga", "unit": unit.code})
    assert books("49901") == -12_345


def test_what_a_line_may_be_is_confirmed_from_its_own_page(browser, awaited, bring):
    (line,) = bring(("09/03", "TRSF RINI", awaited.expected_amount))
    page = text_of(browser.get(f"/mutasi/baris/{line.pk}/"))
    assert f"payment:{awaited.pk}" in page

    browser.post(f"/mutasi/baris/{line.pk}/", {"milik": f"payment:{awaited.pk}"})

    awaited.refresh_from_db()
    assert awaited.status == "confirmed"
    refused = browser.post(f"/mutasi/baris/{line.pk}/", {"milik": "payment:x"}, follow=True)
    assert "Pilih dulu" in text_of(refused)


def test_lines_without_an_owner_are_work_of_today(browser, bank, bring):
    bring(("09/03", "SETORAN", 77_000))

    page = text_of(browser.get("/hari-ini/"))

    assert "1 baris mutasi belum dicocokkan" in page
    assert f"/mutasi/{bank.pk}/" in page


def test_very_old_lines_stand_on_their_month_and_not_on_today(browser, bank, bring, clock_at, at):
    bring(("09/03", "SETORAN", 77_000))
    clock_at(at + timedelta(days=401))

    assert "belum dicocokkan" not in text_of(browser.get("/hari-ini/"))
    assert "Rp77.000 masuk" in text_of(browser.get(f"/mutasi/{bank.pk}/"))


def test_a_month_page_asks_a_bounded_number_of_questions(browser, bank, bring, django_assert_max_num_queries):
    bring(*[(f"{1 + number // 9:02d}/03", f"TRSF {number}", 1_000 + number) for number in range(60)])
    browser.get(f"/mutasi/{bank.pk}/")

    with django_assert_max_num_queries(30):
        assert browser.get(f"/mutasi/{bank.pk}/").status_code == 200


def test_another_unit_s_manager_meets_pages_that_are_not_there(bank, bring, unit_wita, budi, at):
    (line,) = bring(("09/03", "SETORAN", 77_000))
    Role.objects.create(person=budi, unit=unit_wita, name="manager", since=at)
    other = Client()
    other.force_login(budi.login)

    for address in (
        f"/mutasi/{bank.pk}/", f"/mutasi/{bank.pk}/impor/", f"/mutasi/baris/{line.pk}/",
        f"/mutasi/berkas/{line.statement_id}/",
    ):  # fmt: skip
        assert other.get(address).status_code == 404
        assert other.post(address, {"aksi": "lepas"}).status_code in {404, 405}
