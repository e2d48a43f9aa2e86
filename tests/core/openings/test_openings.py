"""Opening balances and months of former years come in from paper, and the opening equity ends at nothing."""

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from tatausaha.core.billing import queries as billing
from tatausaha.core.imports import services as imports
from tatausaha.core.imports.models import ImportRow, ImportRun
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger import queries as books
from tatausaha.core.ledger.models import Entry, Journal
from tatausaha.core.ledger.services import close_month, install_chart
from tatausaha.core.ledger.verification import verify
from tatausaha.core.openings import queries, services
from tatausaha.core.openings.balances import BALANCES
from tatausaha.core.openings.models import CutOver, Opening
from tatausaha.core.openings.summaries import SUMMARIES
from tatausaha.core.payments.models import Suspense
from tatausaha.core.people.models import Company, Person, Unit
from tatausaha.core.procedures import policies

pytestmark = pytest.mark.req("KOS-18")

DAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _moving(company: Company, at: datetime) -> None:
    install_chart()
    policies.install(at=at, on=date(2026, 1, 1))
    Company.objects.update(books_from=date(2026, 3, 1))


@pytest.fixture
def melati(unit: Unit, hadi: Person, at: datetime) -> Unit:
    services.set_cut_over([unit], DAY, by=hadi, at=at)
    return unit


@pytest.fixture
def bring(hadi: Person, at: datetime) -> Callable[..., ImportRun]:
    def bring_in(kind: Any, text: str, by: Person = hadi, **options: Any) -> ImportRun:
        run = imports.receive(kind, "berkas.csv", io.BytesIO(text.encode()), by=by, at=at, options=options)
        list(imports.go_on(imports.start(run, by=by), at=at))
        run.refresh_from_db()
        return run

    return bring_in


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.created, run.updated, run.unchanged, run.refused


def reasons(run: ImportRun) -> list[str]:
    return list(
        ImportRow.objects.filter(run=run, refused=True).order_by("number").values_list("reason", flat=True)
    )


def sound() -> None:
    assert verify() == []
    assert billing.holding_findings() == []


BALANCE = (
    "unit;akun;jumlah;nama;hp\nKos Melati;11201;25.000.000;;\nmelati;Persediaan barang;40 jt;;\n"
    "melati;31301;10000000;;\nmelati;21101;1.500.000;PT Air Bersih;\nmelati;24201;75.000;Rini;\n"
    "melati;24101;200.000;Tamu Lama;081234000001\nmelati;11101;350.000;Sari;\n"
)


def test_opening_balances_stand_against_the_opening_equity_until_its_rest_is_carried_to_capital(
    bring: Callable[..., ImportRun], melati: Unit, rini: Person, sari: Person, hadi: Person, at: datetime
) -> None:
    run = bring(BALANCES, BALANCE)

    assert (counts(run), reasons(run)) == ((7, 0, 0, 0), [])
    assert books.balance_on(chart.BANK, melati, DAY) == 25_000_000
    assert books.party_balance(chart.CASH_DRAWER, melati, sari) == 350_000
    assert billing.balance_of(rini, melati) == 75_000
    case = Suspense.objects.get()
    assert (case.amount, case.customer.name, case.status) == (200_000, "Tamu Lama", "held")
    # 25.000.000 + 40.000.000 - 10.000.000 - 1.500.000 - 75.000 - 200.000 + 350.000
    assert queries.remainders() == {melati.pk: -53_575_000}
    sound()

    services.carry_rest(melati, chart.CAPITAL, by=hadi, at=at)

    assert queries.remainders() == {}
    assert books.balance_now(chart.CAPITAL, melati) == -53_575_000
    with pytest.raises(Refused, match="sudah nol"):
        services.carry_rest(melati, chart.CAPITAL, by=hadi, at=at)
    sound()


def test_the_same_file_again_changes_nothing_and_another_figure_replaces_the_first(
    bring: Callable[..., ImportRun], melati: Unit, rini: Person, sari: Person, hadi: Person, at: datetime
) -> None:
    bring(BALANCES, BALANCE)
    before = Journal.objects.count()

    assert counts(bring(BALANCES, BALANCE)) == (0, 0, 7, 0)
    assert Journal.objects.count() == before

    run = bring(
        BALANCES, "unit;akun;debit;kredit;nama\nmelati;11201;26.000.000;;\nmelati;24201;;80.000;Rini\n"
    )
    assert counts(run) == (0, 1, 0, 1)
    assert reasons(run) == [
        "Saldo pelanggan atas nama Rini sudah masuk dengan jumlah lain; ubah lewat halaman orang itu."
    ]
    assert books.balance_now(chart.BANK, melati) == 26_000_000
    assert (Journal.objects.count(), Opening.objects.get(account=11201).revision) == (before + 2, 1)
    sound()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Kos Lain;11201;1000;;", "Unit usaha “Kos Lain” tidak ada."),
        (";11201;1000;;", "Kolom unit kosong"),
        ("melati;99999;1000;;", "Akun “99999” tidak ada"),
        ("melati;Kas dan bank;1000;;", "Akun “Kas dan bank” tidak ada"),
        ("melati;11201;;;", "Isi satu saja"),
        ("melati;11201;0;;", "nol tidak perlu"),
        ("melati;11201;banyak;;", "tidak terbaca"),
        ("melati;11201;1,5;;", "tidak terbaca"),
        ("melati;41201;1000;;", "pendapatan dan beban masuk lewat ringkasan"),
        ("melati;31901;1000;;", "dihitung sendiri"),
        ("melati;22101;1000;Rini;", "Uang muka masuk bersama pesanannya"),
        ("melati;15101;1000;;", "satu per satu di halaman Aset (/aset/baru/)"),
        ("melati;Akumulasi penyusutan;1000;;", "satu per satu di halaman Aset"),
        ("melati;21101;1000;;", "isi kolom nama"),
        ("melati;23101;500.000;Tak Dikenal;", "Tak Dikenal belum tercatat"),
        ("melati;23101;500.000;Rini;", "masuk bersama kasusnya"),
        ("melati;12101;500.000;Rini;", "masuk bersama kasusnya"),
        ("melati;11101;500.000;Rini;", "tidak bekerja di Kos Melati"),
        ("melati;11101;-500.000;Sari;", "tidak boleh minus"),
        ("melati;21101;1000;Budi;0812", "Nomor HP tidak dikenali"),
        ("melati;21101;1000;Budi;+6281200000001", "Nomor HP ini milik Rini"),
    ],
)
def test_a_balance_that_cannot_be_is_refused_beside_its_row_and_posts_nothing(
    bring: Callable[..., ImportRun], melati: Unit, rini: Person, sari: Person, row: str, said: str
) -> None:
    run = bring(BALANCES, f"unit;akun;jumlah;nama;hp\n{row}\nmelati;11201;5.000.000;;\n")

    assert counts(run) == (1, 0, 0, 1)
    assert said in reasons(run)[0]
    assert Journal.objects.count() == 1


@pytest.mark.req("KOS-17")
def test_ten_years_of_months_stand_in_their_months_and_the_yearly_report_says_them(
    bring: Callable[..., ImportRun], melati: Unit, hadi: Person, at: datetime, as_hadi: Client
) -> None:
    rows = [
        f"Kos Melati;{year}-{month:02d};{account};{amount}"
        for year in range(2016, 2026)
        for month in range(1, 13)
        for account, amount in (("41201", 10_000_000 + year), ("61301", 1_000_000))
    ]

    run = bring(SUMMARIES, "unit;bulan;akun;jumlah\n" + "\n".join(rows), reason="Buku kertas 2016-2025")

    assert counts(run) == (240, 0, 0, 0)
    journal = Journal.objects.order_by("pk").first()
    assert journal is not None
    assert (journal.kind, journal.book_on, journal.ym, journal.reason) == (
        "impor", date(2016, 1, 31), 201601, "Buku kertas 2016-2025",
    )  # fmt: skip
    assert set(Entry.objects.values_list("tag", flat=True)) == {"impor"}
    matrix = books.month_matrix([melati], 201601, 202512)
    assert matrix[41201, 201907] == (0, 10_002_019)
    assert matrix[61301, 202512] == (1_000_000, 0)
    assert sum(credit for (account, _ym), (_d, credit) in matrix.items() if account == 41201) == sum(
        12 * (10_000_000 + year) for year in range(2016, 2026)
    )
    report = as_hadi.get("/laporan/melati/2016/").content.decode()
    assert "120.024.192" in report
    # profits of ten years that are in no account of this book: the owner has drawn them
    left = queries.remainders()[melati.pk]
    assert left == sum(12 * (9_000_000 + year) for year in range(2016, 2026))
    services.carry_rest(melati, chart.DRAWINGS, by=hadi, at=at)
    assert queries.remainders() == {}
    assert counts(bring(SUMMARIES, "unit;bulan;akun;jumlah\n" + "\n".join(rows), reason="lagi")) == (
        0,
        0,
        240,
        0,
    )
    sound()


def test_a_closed_month_keeps_its_first_version_beside_the_one_with_the_summary(
    bring: Callable[..., ImportRun], melati: Unit, hadi: Person, at: datetime
) -> None:
    Company.objects.update(books_from=date(2026, 1, 1))
    close_month(melati, 202602, by=hadi, at=at)

    bring(
        SUMMARIES, "unit;bulan;akun;jumlah\nmelati;Februari 2026;Listrik;750.000\n", reason="Dari buku kertas"
    )

    seals = list(books.seals_for(hadi).filter(ym=202602).order_by("version").values_list("version", "reason"))
    assert seals == [(1, ""), (2, "Dari buku kertas")]
    sound()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("melati;2026-03;61301;1000", "sudah sesudah tanggal pindah (Minggu, 1 Maret 2026)"),
        ("melati;2015-12;61301;1000", "lebih dari 10 tahun"),
        ("melati;2025-13;61301;1000", "tidak terbaca"),
        ("melati;kemarin;61301;1000", "tidak terbaca"),
        ("melati;;61301;1000", "tidak terbaca"),
        ("melati;2025-01;12101;1000", "tidak diringkas per bulan"),
        ("melati;2025-01;31901;1000", "tidak diringkas per bulan"),
        ("melati;2025-01;15401;1000", "satu per satu di halaman Aset"),
        ("wita;2025-01;61301;1000", "belum ditetapkan"),
    ],
)
def test_a_month_that_cannot_be_is_refused(
    bring: Callable[..., ImportRun], melati: Unit, unit_wita: Unit, row: str, said: str
) -> None:
    row = row.replace("wita;", f"{unit_wita.code};")
    run = bring(SUMMARIES, f"unit;bulan;akun;jumlah\n{row}\nmelati;03/2016;61301;1000\n", reason="uji")

    assert (counts(run), said in reasons(run)[0]) == ((1, 0, 0, 1), True), reasons(run)


@pytest.mark.req("KOS-16")
def test_a_manager_and_a_stranger_move_nothing_in(
    bring: Callable[..., ImportRun], melati: Unit, sari: Person, rini: Person, at: datetime
) -> None:
    for person in (sari, rini):
        for kind in (BALANCES, SUMMARIES):
            with pytest.raises(Refused, match="hanya dimasukkan oleh pemilik"):
                bring(kind, BALANCE, by=person)
        with pytest.raises(Refused, match="dilakukan oleh pemilik"):
            services.set_cut_over([melati], date(2026, 2, 1), by=person, at=at)
        with pytest.raises(Refused, match="dilakukan oleh pemilik"):
            services.carry_rest(melati, chart.CAPITAL, by=person, at=at)
    assert not Journal.objects.exists()


def test_the_day_of_moving_in_stands_once_figures_are_in_and_is_never_to_come(
    bring: Callable[..., ImportRun], unit: Unit, hadi: Person, at: datetime
) -> None:
    with pytest.raises(Refused, match="masa depan"):
        services.set_cut_over([unit], date(2026, 3, 11), by=hadi, at=at)
    with pytest.raises(Refused, match="sepuluh tahun"):
        services.set_cut_over([unit], date(2015, 12, 31), by=hadi, at=at)

    run = bring(BALANCES, "unit;akun;jumlah\nmelati;11201;5.000.000\n", per="2026-02-01")

    assert (counts(run), CutOver.objects.get().on) == ((1, 0, 0, 0), date(2026, 2, 1))
    assert Company.objects.get().books_from == date(2026, 2, 1)
    assert books.balance_on(chart.BANK, unit, date(2026, 2, 1)) == 5_000_000
    with pytest.raises(Refused, match="tidak bisa diganti"):
        services.set_cut_over([unit], DAY, by=hadi, at=at)


@pytest.fixture
def as_hadi(hadi: Person, clock_at: Callable[[datetime], None], at: datetime, client: Client) -> Client:
    clock_at(at)
    client.force_login(hadi.login)
    return client


def test_the_page_leads_through_the_steps_and_says_what_is_still_open(
    bring: Callable[..., ImportRun], as_hadi: Client, unit: Unit
) -> None:
    page = as_hadi.get("/pindah/").content.decode()
    assert page.index(". Tanggal pindah") < page.index("Saldo awal</h2>") < page.index("kembali nol")
    assert "Belum ada saldo awal." in page

    bad = as_hadi.post("/pindah/tanggal/", {"on": "kemarin", "units": ["melati"]})
    assert bad.status_code == 422
    assert "Tulis tanggal seperti" in bad.content.decode()
    as_hadi.post("/pindah/tanggal/", {"on": "01/03/2026", "units": ["melati"]})
    bring(BALANCES, "unit;akun;jumlah\nmelati;11201;1.200.000\n")

    page = as_hadi.get("/pindah/").content.decode()
    assert "Kos Melati: ekuitas saldo awal masih Rp1.200.000" in page
    assert "1 saldo dari 1 unit sudah masuk." in page

    as_hadi.post("/pindah/selisih/melati/", {"account": "31101"})
    page = as_hadi.get("/pindah/").content.decode()
    assert "Tidak ada sisa di unit mana pun." in page
    assert as_hadi.post("/pindah/selisih/tidak-ada/", {"account": "31101"}).status_code == 404
