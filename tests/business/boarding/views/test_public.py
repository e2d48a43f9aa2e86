"""What anybody sees without an account."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from tatausaha.business.boarding.models import ExtraService, House, Room, RoomClaim
from tatausaha.business.boarding.services import claims
from tatausaha.core.people.models import Company, Person, Unit
from tatausaha.core.procedures import policies
from tests.business.boarding.makers import (
    make_facility,
    make_house,
    make_near,
    make_photo,
    make_place,
    make_rooms,
    make_service,
    make_type,
)


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


@pytest.mark.req("KOS-01")
def test_the_search_shows_price_free_rooms_and_the_way_to_the_house(
    client: Client, rooms: list[Room]
) -> None:
    page = text(client, "/kos/")

    assert "Rp1.000.000 <small>per 30 hari</small>" in page
    assert "3 kamar kosong" in page
    assert 'href="/kos/melati/"' in page


@pytest.mark.req("KOS-01")
def test_the_home_page_shows_houses_with_their_photos(
    client: Client, house: House, rooms: list[Room]
) -> None:
    photo = make_photo(house)

    page = text(client, "/")

    assert f'src="/kos/foto/{photo.token}/400.webp"' in page
    assert "3 kamar kosong" in page
    assert "Rp1.000.000 <small>per 30 hari</small>" in page
    assert 'href="/kos/melati/"' in page


def test_the_home_page_shows_no_house_that_is_not_published(
    client: Client, house: House, rooms: list[Room]
) -> None:
    house.is_published = False
    house.save()

    assert "Rumah kos kami" not in text(client, "/")


def test_pictures_that_are_seen_at_once_and_those_of_a_house_do_not_wait_to_be_scrolled_to(
    client: Client, house: House, rooms: list[Room]
) -> None:
    for _number in range(5):
        make_photo(house)

    assert 'loading="lazy"' not in text(client, "/kos/")
    assert 'loading="lazy"' not in text(client, "/kos/melati/")


def test_pictures_below_the_second_house_wait_to_be_scrolled_to(
    client: Client, house: House, rooms: list[Room], at: datetime
) -> None:
    for number in range(3):
        unit = Unit.objects.create(
            business="boarding", code=f"lain-{number}", name=f"Kos {number}", opened_on=at.date()
        )
        make_rooms(make_type(make_house(unit, at)), "1")

    page = text(client, "/kos/")

    assert (page.count('loading="eager"'), page.count('loading="lazy"')) == (2, 2)


@pytest.mark.req("KOS-02")
def test_house_and_room_say_for_how_long_the_house_holds_a_room(
    client: Client, house: House, rooms: list[Room], unit: Unit, hadi: Person, at: datetime
) -> None:
    policies.set_unit_values("boarding.booking", unit, {"hold_days": 3}, by=hadi, at=at, reason="ramai")

    assert "Kamar ditahan 3 hari." in text(client, "/kos/melati/")
    assert "Kamar ditahan 3 hari." in text(client, "/kos/melati/101/")


def test_a_photo_leads_to_its_largest_size(client: Client, house: House, rooms: list[Room]) -> None:
    photo = make_photo(house, edges=(1600, 400))

    assert f'<a href="/kos/foto/{photo.token}/1600.webp">' in text(client, "/kos/melati/")


@pytest.mark.req("SYS-02")
def test_filters_live_in_the_address_and_come_off_one_by_one(client: Client, rooms: list[Room]) -> None:
    page = text(client, "/kos/?q=melati&maks=1,5+jt&kosong=1")

    assert "sampai Rp1.500.000" in page
    assert 'href="/kos/?q=melati&amp;maks=1%2C5+jt"' in page
    assert 'href="/kos/?maks=1%2C5+jt&amp;kosong=1"' in page


def test_an_unreadable_filter_is_said_beside_its_field_and_kept(client: Client, rooms: list[Room]) -> None:
    page = text(client, "/kos/?maks=murah&jarak=dekat&dekat=x&titik=1,2&hal=999&urut=aneh&khusus=siapa")

    assert 'value="murah"' in page
    assert "Tulis jumlah rupiah dengan angka" in page
    assert "Tulis titik sebagai lintang,bujur" in page
    assert "3 kamar kosong" in page


def test_an_empty_result_links_to_a_looser_search(client: Client, rooms: list[Room]) -> None:
    page = text(client, "/kos/?q=melati&maks=1000")

    assert "Belum ada yang cocok" in page
    assert 'href="/kos/?q=melati">Harga lebih tinggi: 1 rumah' in page


@pytest.mark.req("KOS-01")
def test_a_house_shows_what_it_offers_and_what_is_near(
    client: Client, house: House, rooms: list[Room], laundry: ExtraService
) -> None:
    house.latitude, house.longitude = -8.8, 115.17
    house.save()
    rooms[0].room_type.facilities.add(make_facility("AC"))
    make_near(house, make_place("Fakultas Teknik", -8.797, 115.171), 350)
    make_near(house, make_place("Halte bus", kind="angkutan"), 1_250)

    page = text(client, "/kos/melati/")

    for said in ("3 dari 3 kamar kosong", "<li>AC</li>", "Laundry", "Rp75.000", "Untuk: Campur"):
        assert said in page
    for near in ("Fakultas Teknik", "350 m", "Halte bus", "1,2 km", '<svg class="sketch"'):
        assert near in page
    assert "https://www.google.com/maps/search/?api=1&amp;query=-8.800000,115.170000" in page
    assert 'href="/kos/melati/101/"' in page


@pytest.mark.req("KOS-01")
def test_nobody_learns_who_lives_in_a_house(
    client: Client, rooms: list[Room], at: datetime, rini: Person
) -> None:
    claims.claim(rooms[0], date(2026, 3, 10), None, f"KOS/{rini.name}", None, at=at)

    for address in ("/kos/", "/kos/melati/", "/kos/melati/101/"):
        assert "Rini" not in text(client, address)


@pytest.mark.req("KOS-02")
def test_a_room_shows_the_four_numbers_before_anything_is_booked(client: Client, rooms: list[Room]) -> None:
    page = text(client, "/kos/melati/101/")

    assert "Kosong sekarang" in page
    for amount in ("Rp1.000.000", "Rp100.000", "Rp1.400.000", "Rp500.000"):
        assert f"<dd>{amount}</dd>" in page


@pytest.mark.req("KOS-02")
@pytest.mark.req("SYS-02")
def test_ticked_services_are_counted_on_the_server(
    client: Client, rooms: list[Room], laundry: ExtraService, unit_wita: Unit, at: datetime
) -> None:
    strange = make_service(make_house(unit_wita, at))

    page = text(client, f"/kos/melati/101/?layanan={laundry.pk}&layanan={strange.pk}&layanan=x")

    for amount in ("Rp1.075.000", "Rp100.000", "Rp1.475.000", "Rp500.000"):
        assert f"<dd>{amount}</dd>" in page
    assert f'value="{laundry.pk}" checked' in page


def test_what_is_ticked_on_the_page_of_a_room_goes_along_to_the_booking(
    client: Client, rooms: list[Room], laundry: ExtraService
) -> None:
    page = text(client, "/kos/melati/101/")

    assert '<form action="/kos/melati/101/" class="stack" id="pilihan">' in page
    assert 'type="submit" form="pilihan" formaction="/kos/melati/101/pesan/">Pesan kamar ini</button>' in page


@pytest.mark.req("KOS-01")
def test_a_taken_room_names_the_others_that_are_free(client: Client, rooms: list[Room], at: datetime) -> None:
    claims.claim(rooms[0], date(2026, 3, 10), None, "KOS/1", None, at=at)

    page = text(client, "/kos/melati/101/")

    assert "Sedang tidak kosong" in page
    assert "Kamar ini sedang tidak bisa dipesan." in page
    assert 'href="/kos/melati/102/"' in page
    assert "Pesan kamar ini" not in page


@pytest.mark.req("KOS-02")
def test_a_room_whose_tenant_leaves_on_a_recorded_day_is_booked_from_that_day(
    client: Client,
    rooms: list[Room],
    laundry: ExtraService,
    rini: Person,
    at: datetime,
    clock_at: Callable[[datetime], None],
) -> None:
    clock_at(at)
    claims.claim(
        rooms[0], date(2026, 3, 1), date(2026, 3, 20), "HUN/1", None, at=at, kind=RoomClaim.Kind.OCCUPIED
    )

    page = text(client, "/kos/melati/101/")
    client.force_login(rini.login)
    form = text(client, "/kos/melati/101/pesan/?masuk=2026-03-20")

    assert "Kosong mulai Jumat, 20 Maret 2026" in page
    assert "Pesan mulai 20 Mar 2026" in page
    assert 'name="masuk" value="2026-03-20"' in page
    assert "Kamar ini sedang tidak bisa dipesan." not in page
    assert 'value="2026-03-20"' in form


@pytest.mark.req("KOS-02")
def test_a_room_that_somebody_has_from_then_on_or_that_is_free_too_late_is_not_offered(
    client: Client, rooms: list[Room], at: datetime, clock_at: Callable[[datetime], None]
) -> None:
    clock_at(at)
    claims.claim(
        rooms[0], date(2026, 3, 1), date(2026, 3, 20), "HUN/1", None, at=at, kind=RoomClaim.Kind.OCCUPIED
    )
    claims.claim(rooms[0], date(2026, 3, 20), None, "KOS/1", None, at=at)
    claims.claim(
        rooms[1], date(2026, 3, 1), date(2026, 6, 1), "HUN/2", None, at=at, kind=RoomClaim.Kind.OCCUPIED
    )

    for number in ("101", "102"):
        page = text(client, f"/kos/melati/{number}/")

        assert "Pesan mulai" not in page
        assert f"/kos/melati/{number}/pesan/" not in page


def test_house_and_room_can_be_sent_to_parents_and_asked_about(client: Client, rooms: list[Room]) -> None:
    for address in ("/kos/melati/", "/kos/melati/101/"):
        there = f"http%3A%2F%2Ftestserver{address.replace('/', '%2F')}"
        assert f'href="https://wa.me/?text={there}"' in text(client, address)


def test_a_house_that_is_not_published_is_not_there(client: Client, house: House, rooms: list[Room]) -> None:
    House.objects.update(is_published=False)

    for address in ("/kos/melati/", "/kos/melati/101/", "/kos/tidak-ada/"):
        text(client, address, status=404)
    Room.objects.filter(number="102").update(out_of_service="nonaktif", out_reason="gudang")
    House.objects.update(is_published=True)
    text(client, "/kos/melati/102/", status=404)


@pytest.mark.req("SYS-03")
def test_pages_ask_the_database_at_most_fifteen_times(
    sops: None, client: Client, unit: Unit, unit_wita: Unit, at: datetime, django_assert_max_num_queries: Any
) -> None:
    campus = make_place("Fakultas Teknik", -8.797, 115.171)
    for where in (unit, unit_wita):
        house = make_house(where, at, latitude=-8.8, longitude=115.17)
        make_near(house, campus, 350)
        for name in ("A", "B", "C"):
            make_rooms(make_type(house, name), f"{name}1", f"{name}2").append(make_service(house, name))

    for address in (
        "/kos/?dekat=kampus&jarak=2&fasilitas=ac&fasilitas=wifi&urut=cocok",
        "/kos/",
        "/kos/?q=x&min=1&maks=2&tipe=y&fasilitas=ac&kosong=1&khusus=putri&dekat=kampus&jarak=1",
        "/kos/melati/",
        "/kos/melati/A1/",
    ):
        with django_assert_max_num_queries(15):
            client.get(address)


def test_search_engines_are_told_the_published_houses(client: Client, house: House) -> None:
    assert "<loc>http://testserver/kos/melati/</loc>" in text(client, "/sitemap.xml")
    assert "Sitemap: http://testserver/sitemap.xml" in text(client, "/robots.txt")


def test_a_house_without_photos_has_a_drawing_that_stays_the_same(client: Client, company: Company) -> None:
    first = client.get("/kos/gambar/rumah/melati.svg")

    assert first["Content-Type"] == "image/svg+xml"
    assert first.content == client.get("/kos/gambar/rumah/melati.svg").content
    assert first.content != client.get("/kos/gambar/rumah/kenanga.svg").content


@pytest.mark.req("KOS-02")
@pytest.mark.parametrize("asked", ["layanan", "services"])
def test_the_booking_page_counts_the_services_that_are_asked_for(
    client: Client, rooms: list[Room], laundry: ExtraService, rini: Person, asked: str
) -> None:
    client.force_login(rini.login, backend="allauth.account.auth_backends.AuthenticationBackend")

    page = text(client, f"/kos/melati/101/pesan/?{asked}={laundry.pk}")

    assert "Rp1.075.000" in page
    assert " checked" in page
