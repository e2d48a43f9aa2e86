"""The manager's and owner's pages: what they do, and that they are not there for others."""

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tatausaha.business.boarding.models import Booking, ExtraService, House, Photo, Room, RoomType
from tatausaha.business.boarding.services import claims
from tatausaha.core.imports.models import ImportRun
from tatausaha.core.payments.models import Receipt
from tatausaha.core.people.models import Person, Unit
from tests.business.boarding.desk import Desk
from tests.business.boarding.makers import make_house
from tests.business.boarding.services.test_photos import picture

HOME = "/kos-kelola/rumah/melati/"
LISTING = (
    "nama_kos;sewa_bulanan;kamar_kosong;lintang;bujur\n"
    "=Kost Uji;1.000.000,00;2;-8,79;115,17\n"
    "Kost Salah;nol;1;;\n"
)


@pytest.fixture
def as_sari(client: Client, sari: Person) -> Client:
    client.force_login(sari.login, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def as_hadi(client: Client, hadi: Person) -> Client:
    client.force_login(hadi.login, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return " ".join(answer.content.decode().split())


@pytest.mark.req("KOS-13")
def test_the_manager_sees_the_house_at_a_glance(
    as_sari: Client, rooms: list[Room], clock_at: object, at: datetime
) -> None:
    clock_at(at)  # type: ignore[operator]
    claims.claim(rooms[0], date(2026, 3, 10), None, "KOS/1", None, at=at, kind="terisi")  # type: ignore[arg-type]

    assert "Kos Melati" in text(as_sari, "/kos-kelola/")
    page = text(as_sari, HOME)
    assert '<span class="label">Terisi</span><span class="figure">1</span>' in page
    assert '<span class="label">Kosong</span><span class="figure">2</span>' in page
    listed = text(as_sari, f"{HOME}kamar/?keadaan=terisi")
    assert "KOS/1" in listed
    assert "102" not in listed


@pytest.mark.req("KOS-20")
@pytest.mark.req("KOS-16")
def test_other_houses_and_strangers_find_nothing(
    client: Client, rooms: list[Room], unit_wita: Unit, sari: Person, budi: Person, at: datetime
) -> None:
    make_house(unit_wita, at)
    addresses = [HOME, f"{HOME}ubah/", f"{HOME}kamar/", f"{HOME}tipe/", f"{HOME}layanan/", f"{HOME}foto/"]
    assert client.get(HOME).status_code == 302

    client.force_login(sari.login, backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in addresses:
        text(client, address)
        text(client, address.replace("melati", "kenanga"), status=404)
    for owners in ("/impor/kos/", "/kos-kelola/baru/", f"{HOME}tipe/{rooms[0].room_type_id}/harga/"):
        text(client, owners, status=404)

    client.force_login(budi.login, backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in ("/kos-kelola/", *addresses):
        text(client, address, status=404)


def test_rooms_are_added_and_a_mistake_keeps_what_was_typed(as_sari: Client, room_type: RoomType) -> None:
    wrong = as_sari.post(f"{HOME}kamar/tambah/", {"room_type": room_type.pk, "numbers": "1-9999"})
    assert "1-9999" in wrong.content.decode()
    assert "Paling banyak 200 kamar sekaligus." in wrong.content.decode()

    as_sari.post(f"{HOME}kamar/tambah/", {"room_type": room_type.pk, "numbers": "201-203", "floor": "2"})

    assert list(Room.objects.order_by("number").values_list("number", "floor")) == [
        ("201", 2),
        ("202", 2),
        ("203", 2),
    ]


def test_the_house_is_described_with_decimal_commas(
    as_sari: Client, house: House, room_type: RoomType
) -> None:
    as_sari.post(
        f"{HOME}ubah/",
        {
            "is_published": "on",
            "gender": "putri",
            "latitude": "-8,79",
            "longitude": "115,17",
        }
        | {"facilities": "WiFi\nDapur"},
    )

    house.refresh_from_db()
    assert (house.gender, house.latitude, house.longitude) == ("putri", -8.79, 115.17)
    assert sorted(facility.name for facility in house.facilities.all()) == ["Dapur", "WiFi"]


@pytest.mark.req("KOS-08")
def test_a_manager_is_not_offered_another_cycle_and_sending_one_changes_nothing(
    as_sari: Client, house: House, room_type: RoomType
) -> None:
    form = as_sari.get(f"{HOME}ubah/").text
    sent = {"is_published": "on", "gender": "putri", "facilities": "WiFi", "cycle": "tanggal tetap"}
    answer = as_sari.post(f"{HOME}ubah/", sent)

    house.refresh_from_db()
    assert "Siklus tagihan" not in form
    assert "tanggal yang sama setiap bulan" not in form
    assert (answer.status_code, house.gender, house.cycle) == (302, "putri", "30 hari")


@pytest.mark.req("KOS-19")
def test_the_owner_publishes_a_price_on_the_page(
    as_hadi: Client, room_type: RoomType, laundry: ExtraService, clock_at: object, at: datetime
) -> None:
    clock_at(at)  # type: ignore[operator]
    as_hadi.post(f"{HOME}tipe/{room_type.pk}/harga/", {"amount": "1,1 jt", "valid_from": "1 April 2026"})
    as_hadi.post(f"{HOME}layanan/{laundry.pk}/harga/", {"amount": "80.000", "valid_from": "1/4/2026"})

    assert room_type.prices.get(valid_from=date(2026, 4, 1)).amount == 1_100_000
    assert laundry.prices.get(valid_from=date(2026, 4, 1)).amount == 80_000
    assert "Rp1.100.000" in text(as_hadi, f"{HOME}tipe/")


def test_types_and_services_are_made_on_their_pages(as_sari: Client, house: House) -> None:
    as_sari.post(f"{HOME}tipe/baru/", {"name": "VIP", "capacity": "2", "room_facilities": "AC"})
    as_sari.post(f"{HOME}layanan/baru/", {"name": "Parkir", "is_active": "on"})

    kind = RoomType.objects.get()
    assert (kind.name, [facility.name for facility in kind.facilities.all()]) == ("VIP", ["AC"])
    assert list(ExtraService.objects.values_list("name", "is_active")) == [("Parkir", True)]
    as_sari.post(f"{HOME}tipe/{kind.pk}/", {"name": "VIP", "capacity": "1"})
    assert RoomType.objects.get().capacity == 1


@pytest.mark.req("KOS-01")
def test_a_photo_is_put_up_and_shown_to_everybody(as_sari: Client, rooms: list[Room]) -> None:
    file = SimpleUploadedFile("kamar.jpg", picture().read(), content_type="image/jpeg")
    as_sari.post(f"{HOME}foto/", {"photo": file, "caption": "Kamar depan"})

    photo = Photo.objects.get()
    address = f"/kos/foto/{photo.token}/400.webp"
    anybody = Client()
    assert address in text(anybody, "/kos/")
    answer = anybody.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert anybody.get(address.replace("400", "401")).status_code == 404

    House.objects.update(is_published=False)
    assert anybody.get(address).status_code == 404
    assert as_sari.get(address).status_code == 200

    as_sari.post(f"{HOME}foto/{photo.token}/", {"aksi": "hapus"})
    assert not Photo.objects.exists()


def test_lists_are_had_as_files_in_which_no_cell_acts(as_sari: Client, rooms: list[Room]) -> None:
    Room.objects.filter(pk=rooms[0].pk).update(out_of_service="perbaikan", out_reason="=cmd|calc")

    file = b"".join(as_sari.get(f"{HOME}kamar/?berkas=csv")).decode()
    houses = b"".join(as_sari.get("/kos-kelola/?berkas=csv")).decode()

    assert "101;Perbaikan;;;;;'=cmd|calc;Standar;" in file
    assert "Kos Melati" in houses


@pytest.mark.req("KOS-01")
def test_the_owner_brings_in_a_file_by_preview_and_agreement(as_hadi: Client, company: object) -> None:
    file = SimpleUploadedFile("kos.csv", LISTING.encode("cp1252"), content_type="text/csv")
    answer = as_hadi.post("/impor/kos/", {"file": file})
    run = ImportRun.objects.get()
    assert answer["Location"] == f"/impor/berkas/{run.pk}/"

    seen = text(as_hadi, answer["Location"])
    assert "=Kost Uji" in seen
    assert "Masukkan 1 baris" in seen
    assert House.objects.count() == 0

    as_hadi.post(f"/impor/berkas/{run.pk}/lanjut/", {"aksi": "mulai"})

    run.refresh_from_db()
    assert (run.state, run.created, run.refused) == ("selesai", 1, 1)
    assert "Kost Salah" in text(as_hadi, f"/impor/berkas/{run.pk}/")
    kept = b"".join(as_hadi.get(f"/impor/berkas/{run.pk}/catatan.csv")).decode()
    assert "Sewa bulanan “nol” tidak terbaca" in kept
    assert ";'=Kost Uji;" in kept


def test_a_file_that_is_no_list_is_refused_on_the_page(as_hadi: Client, company: object) -> None:
    file = SimpleUploadedFile("kos.csv", b"a,b\n1,2\n")

    answer = as_hadi.post("/impor/kos/", {"file": file})

    assert "Berkas ini tidak punya kolom nama_kos" in answer.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.req("KOS-02")
def test_the_manager_books_a_free_room_for_a_guest_at_the_counter_in_the_guests_name(
    as_sari: Client, rooms: list[Room], house: House, sari: Person, clock_at: object, at: datetime
) -> None:
    clock_at(at)  # type: ignore[operator]
    address = "/kos/melati/102/pesan/"
    assert f'href="{address}"' in text(as_sari, f"{HOME}kamar/")
    page = text(as_sari, address)
    assert page.index("Nama calon penghuni") < page.index("Rencana masuk")
    wish = {"move_in_on": "2026-03-12", "occupant": "wanita", "plan": "down_payment"}

    assert as_sari.post(address, wish).status_code == 422  # nobody books for a guest in the own name
    answer = as_sari.post(address, {**wish, "for_name": "Wati", "for_phone": "081234500099"}, follow=True)

    assert Booking.objects.get().customer.name == "Wati"  # type: ignore[union-attr]
    assert "Kamar ditahan untuk Wati" in answer.content.decode()


def test_who_pays_the_first_rent_at_once_is_asked_for_no_down_payment(
    as_sari: Client, rooms: list[Room], house: House, clock_at: object, at: datetime
) -> None:
    clock_at(at)  # type: ignore[operator]
    wish = {"move_in_on": "2026-03-12", "occupant": "wanita", "plan": "full", "for_name": "Wati"}

    page = as_sari.post("/kos/melati/102/pesan/", wish, follow=True).content.decode()

    assert "<dt>Sewa pertama</dt><dd>Rp1.000.000</dd>" in page
    assert "<dt>Uang muka</dt>" not in page
    assert "Terima pembayarannya di sini." in page


def test_from_the_receipt_and_from_a_finished_booking_the_manager_goes_on(
    as_sari: Client, booked: Booking, sari: Person, clock_at: object, at: datetime
) -> None:
    clock_at(at)  # type: ignore[operator]
    stay = Desk(sari, at).move_in(booked)
    receipt = Receipt.objects.order_by("pk")[0]

    assert f'href="/kasus/{booked.number}/"' in text(as_sari, f"/kuitansi/{receipt.number}/")
    assert f">Buka hunian kamar {stay.room.number}<" in text(as_sari, f"/kasus/{booked.number}/")
