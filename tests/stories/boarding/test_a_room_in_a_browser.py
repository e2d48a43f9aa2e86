"""The whole life of a room in a real browser, on an old laptop: 800x600, JavaScript off."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tatausaha.business.boarding.models import Booking, ExtraService, House, Room, Stay
from tatausaha.core.ledger import chart
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.verification import verify
from tatausaha.core.people.models import Person
from tests.stories.album import Album

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]


def photo(shade: int) -> dict[str, object]:
    """A photo as a phone makes it."""
    made = BytesIO()
    Image.new("RGB", (800, 600), (shade, 120, 90)).save(made, "JPEG")
    return {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


class Desk:
    """A person at a browser."""

    def __init__(self, page: Page, person: Person) -> None:
        self.page, self.person, self.album = page, person, Album(page, person.name)

    def sign_in(self) -> "Desk":
        self.page.goto("/akun/login/")
        self.give_password()
        return self

    def give_password(self) -> None:
        self.page.get_by_label("Surel atau nomor HP").fill(self.person.email)
        self.page.get_by_label("Kata sandi", exact=True).fill("rahasia-sekali")
        self.page.get_by_role("button", name="Masuk", exact=True).first.click()
        expect(self.page.get_by_label("Kata sandi", exact=True)).to_have_count(0)

    def see(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)
        self.album.keep()

    def go(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"

    def press(self, name: str) -> None:
        self.album.keep()
        self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first.click()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(text)

    def attach(self, label: str, shade: int) -> None:
        self.page.get_by_label(label, exact=False).first.set_input_files(photo(shade))  # type: ignore[arg-type]


@pytest.mark.req(
    "KOS-02", "KOS-05", "KOS-06", "KOS-07", "KOS-08", "KOS-09", "KOS-10", "KOS-11", "KOS-12", "SYS-02"
)
def test_a_student_finds_books_pays_moves_in_stays_leaves_and_gets_300_000_back(
    open_page: Open, rooms: list[Room], laundry: ExtraService, house: House, rini: Person, sari: Person,
    at: datetime, live_until: Callable[[datetime], None],
) -> None:  # fmt: skip
    small = {"viewport": {"width": 800, "height": 600}, "java_script_enabled": False}
    student, manager = Desk(open_page(**small), rini), Desk(open_page(**small), sari)

    _she_finds_and_books(student)
    booking = Booking.objects.get()
    _she_pays_by_transfer(student, manager, booking.get_absolute_url(), "Rp100.000", 20)
    student.go(booking.get_absolute_url())
    student.see("Uang muka diterima")

    _she_registers(student, booking)
    moved = at + timedelta(days=2)
    live_until(moved)
    _she_moves_in(manager, booking)
    stay = Stay.objects.get()
    _the_room_is_looked_at(manager, stay)
    _she_agrees(student, stay, "masuk")
    for n in (1, 2, 3):
        live_until(moved + timedelta(days=30 * n))
        _she_pays_at_the_desk(manager, stay)
    _she_leaves(student, manager, stay, lambda: live_until(moved + timedelta(days=119)))

    stay.refresh_from_db()
    assert stay.status == "closed"
    unit = house.unit
    held = (chart.DEPOSITS, chart.RECEIVABLES, chart.CUSTOMER_ADVANCES, chart.CUSTOMER_BALANCE)
    assert [ledger.balance_now(account, unit) for account in held] == [0, 0, 0, 0]
    assert ledger.balance_now(chart.DAMAGE_INCOME, unit) == -200_000
    assert verify() == []


def _she_finds_and_books(student: Desk) -> None:
    student.go("/")
    student.see("CV Maju Bersama")
    student.go("/kos/?dekat=kampus&jarak=1&kosong=1")
    student.see("Kos Melati")
    student.page.get_by_role("link", name="Kos Melati").first.click()
    student.see("Fakultas Teknik")
    student.go("/kos/melati/101/")
    student.page.get_by_label("Laundry").check()
    student.press("Hitung ulang")
    for number in ("Rp1.150.000", "Rp100.000", "Rp1.550.000", "Rp500.000"):
        student.see(number)
    student.press("Pesan kamar ini")
    student.give_password()
    student.see("Pesan kamar 101")
    student.fill("Rencana masuk", "12/03/2026")
    student.page.get_by_label("Perempuan").check()
    student.press("Pesan kamar ini")
    student.see("Menunggu pembayaran")
    student.see("17 Maret 2026")


def _she_pays_by_transfer(student: Desk, manager: Desk, case: str, amount: str, shade: int) -> None:
    student.go(case)
    student.press(f"Bayar uang muka {amount}")
    student.press("transfer")
    student.see("0123456789")
    student.attach("Bukti", shade)
    student.press("Saya sudah transfer")
    student.see("Bukti diterima")

    manager.sign_in()
    manager.go("/hari-ini/")
    manager.see("Pembayaran: Uang muka kamar 101")
    manager.page.get_by_role("link", name="Pembayaran: Uang muka kamar 101").first.click()
    manager.press("Uang sudah masuk")
    manager.see("Jumlah")
    manager.press("Uang sudah masuk")
    manager.see("dibukukan")


def _she_registers(student: Desk, booking: Booking) -> None:
    student.go(booking.get_absolute_url())
    student.press("Daftarkan penghuni")
    for label, text in (
        ("Daerah asal", "Kediri"), ("Maksud tinggal", "kuliah"), ("Kontak darurat", "Bu Ratna"),
        ("Nomor HP kontak darurat", "0813-3344-4555"), ("Nomor tanda pengenal", "3506042602660001"),
    ):  # fmt: skip
        student.fill(label, text)
    student.attach("Foto tanda pengenal", 40)
    student.press("Daftarkan penghuni")
    student.see("Data penghuni tersimpan")


def _she_moves_in(manager: Desk, booking: Booking) -> None:
    manager.go(booking.get_absolute_url())
    manager.see("Kunci belum bisa diserahkan")
    manager.press("Terima tunai")
    manager.press("Terima uang")
    manager.see("KW/MELATI/2026")
    manager.go(booking.get_absolute_url())
    manager.press("Serahkan kunci")
    manager.press("Serahkan kunci")
    manager.see("Jatuh tempo dihitung sejak tanggal ini")


def _the_room_is_looked_at(manager: Desk, stay: Stay) -> None:
    manager.go(f"/hunian/{stay.number}/lembar/masuk/")
    manager.press("Mulai periksa kamar")
    manager.press("Sisanya baik semua")
    manager.press("Serahkan kepada penghuni")


def _a_broken_wardrobe_is_found(manager: Desk, stay: Stay) -> None:
    manager.go(f"/hunian/{stay.number}/lembar/keluar/")
    manager.press("Mulai periksa kamar")
    manager.press("Periksa Lemari")
    manager.page.get_by_label("Rusak").check()
    manager.attach("Foto", 200)
    manager.press("Simpan, lanjut")
    manager.go(f"/hunian/{stay.number}/lembar/keluar/")
    manager.press("Sisanya baik semua")
    manager.press("Serahkan kepada penghuni")


def _she_agrees(student: Desk, stay: Stay, kind: str) -> None:
    student.go(f"/hunian/{stay.number}/lembar/{kind}/")
    student.press("Ya, sesuai")
    student.press("Setujui lembar kondisi")
    student.see("Lembar disegel")


def _she_pays_at_the_desk(manager: Desk, stay: Stay) -> None:
    manager.go(stay.get_absolute_url())
    manager.press("Terima tunai")
    manager.press("Terima uang")
    manager.see("KW/MELATI/2026")


def _she_leaves(student: Desk, manager: Desk, stay: Stay, wait: Callable[[], None]) -> None:
    student.go(stay.get_absolute_url())
    student.press("Beri tahu akan pergi")
    student.fill("Akan pergi pada", "10 Juli 2026")
    student.press("Beri tahu akan pergi")
    student.see("Pemberitahuan dicatat")
    wait()
    manager.go(stay.get_absolute_url())
    manager.press("Terima kunci kembali")
    manager.press("Terima kunci kembali")
    _a_broken_wardrobe_is_found(manager, stay)
    manager.go(stay.get_absolute_url())
    manager.press("Catat kerusakan")
    manager.page.get_by_label("Baris lembar keluar").select_option(index=1)
    manager.fill("Apa yang rusak", "Pintu lemari")
    manager.fill("Biaya perbaikan", "200 rb")
    manager.fill("Mengapa menjadi tanggungan penghuni", "Patah")
    manager.press("Catat kerusakan")
    manager.see("Rp300.000")
    _she_agrees(student, stay, "keluar")
    manager.go(stay.get_absolute_url())
    manager.press("Selesaikan perhitungan")
    manager.see("Yang akan terjadi")
    manager.press("Selesaikan perhitungan")
    manager.see("Menunggu pengembalian deposit")
    manager.go("/hari-ini/")
    manager.page.get_by_role("link", name="Kembalikan").first.click()
    manager.see("Rp300.000")
    manager.press("Sudah dikembalikan")
    manager.page.get_by_label("Cara").select_option("transfer")
    manager.fill("Nomor referensi", "TRX-1")
    manager.press("Sudah dikembalikan")
    manager.see("Pengembalian dana dibukukan")
    student.go(stay.get_absolute_url())
    student.see("Selesai")
