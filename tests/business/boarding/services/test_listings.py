"""A file of listings comes in once, goes on where it stopped, and keeps what it refused."""

import io
from datetime import date, datetime, timedelta

import pytest

from tatausaha.business.boarding import queries
from tatausaha.business.boarding.models import (
    House,
    NearbyPlace,
    Room,
    RoomPrice,
)
from tatausaha.business.boarding.services import claims
from tatausaha.business.boarding.services.listings import LISTINGS
from tatausaha.core.imports import services as listings
from tatausaha.core.imports.models import ImportRow, ImportRun
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import policies

HEAD = (
    "nama_kos,kota,kecamatan,lintang,bujur,khusus,sewa_bulanan,ukuran_kamar_m,kamar_kosong,"
    "tahun_bangunan,uang_muka_persen,fasilitas_kamar,fasilitas_kamar_mandi,fasilitas_umum,tempat_terdekat\n"
)


def line(name: str = "Kost Uji", rent: int = 1_000_000, free: int = 2, latitude: str = "-8.79") -> str:
    return (
        f"{name},Badung,Kuta Selatan,{latitude},115.17,Putri,{rent},3x4,{free},2015,,AC; Kasur,Shower,WiFi,"
        "Faculty of Law (1.2 km); Lobby C (3 km)\n"
    )


def receive(text: str, by: Person, at: datetime) -> ImportRun:
    return listings.receive(LISTINGS, "kos.csv", io.BytesIO((HEAD + text).encode()), by=by, at=at)


def bring_in(text: str, by: Person, at: datetime) -> ImportRun:
    run = listings.start(receive(text, by, at), by=by)
    *_earlier, last = listings.go_on(run, at=at)
    return last


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.created, run.updated, run.unchanged, run.refused


@pytest.mark.req("KOS-01")
@pytest.mark.req("KOS-20")
def test_a_row_becomes_a_house_that_can_be_found(hadi: Person, at: datetime) -> None:
    run = bring_in(line(), hadi, at)

    house = House.objects.select_related("unit").get()
    assert counts(run) == (1, 0, 0, 0)
    assert (house.unit.code, house.unit.zone, house.is_published) == ("kost-uji", "Asia/Makassar", True)
    assert (house.gender, house.city, house.district) == ("putri", "Badung", "Kuta Selatan")
    assert list(queries.free_rooms(house, at, date(2026, 3, 10)).values_list("number", flat=True)) == [
        "1",
        "2",
    ]
    assert list(RoomPrice.objects.values_list("amount", "valid_from")) == [(1_000_000, date(2026, 3, 10))]
    assert sorted(NearbyPlace.objects.values_list("place__name", "distance_m")) == [
        ("Faculty of Law", 1200),
        ("Lobby C", 3000),
    ]


@pytest.mark.req("KOS-05")
def test_the_down_payment_of_a_row_becomes_the_houses_own(hadi: Person, at: datetime) -> None:
    policies.install(at=at, on=date(2026, 1, 1))
    text = line("Kost A").replace(",2015,,", ",2015,30,") + line("Kost B")
    bring_in(text, hadi, at)

    percents = {h.unit.name: queries.terms_of(h, at=at).down_payment_percent for h in House.objects.all()}
    assert percents == {"Kost A": 30, "Kost B": 10}

    bring_in(line("Kost A"), hadi, at + timedelta(days=1))
    house = House.objects.get(unit__name="Kost A")
    assert queries.terms_of(house, at=at + timedelta(days=1)).down_payment_percent == 10


def test_the_same_file_a_second_time_changes_nothing(hadi: Person, at: datetime) -> None:
    text = line("Kost A") + line("Kost B", free=0)
    bring_in(text, hadi, at)
    before = [list(model.objects.order_by("pk").values()) for model in (House, Room, RoomPrice, Unit)]

    run = bring_in(text, hadi, at + timedelta(days=1))

    assert counts(run) == (0, 0, 2, 0)
    assert before == [list(model.objects.order_by("pk").values()) for model in (House, Room, RoomPrice, Unit)]


@pytest.mark.req("KOS-19")
def test_a_changed_row_publishes_a_new_price_and_keeps_the_old_one(hadi: Person, at: datetime) -> None:
    bring_in(line(), hadi, at)

    run = bring_in(line(rent=1_200_000, free=3), hadi, at + timedelta(days=1))

    assert counts(run) == (0, 1, 0, 0)
    assert list(RoomPrice.objects.order_by("valid_from").values_list("amount", "valid_from")) == [
        (1_000_000, date(2026, 3, 10)),
        (1_200_000, date(2026, 3, 11)),
    ]
    assert Room.objects.filter(out_of_service="").count() == 3


def test_fewer_free_rooms_close_only_rooms_that_nobody_has(hadi: Person, at: datetime) -> None:
    bring_in(line(free=3), hadi, at)
    claimed = Room.objects.get(number="3")
    claims.claim(claimed, date(2026, 3, 10), None, "KOS/1", None, at=at)

    bring_in(line(free=1), hadi, at)
    assert list(Room.objects.order_by("pk").values_list("number", "out_of_service")) == [
        ("1", ""),
        ("2", "nonaktif"),
        ("3", ""),
    ]

    bring_in(line(free=2), hadi, at)
    assert Room.objects.filter(out_of_service="").count() == 3


def test_refused_rows_are_kept_with_their_reason_and_the_others_come_in(hadi: Person, at: datetime) -> None:
    run = bring_in(
        line("Kost A") + line("Kost B", latitude="48.8") + line("Kost A") + line("Kost C"), hadi, at
    )

    assert counts(run) == (2, 0, 0, 2)
    kept = ImportRow.objects.filter(refused=True).order_by("number")
    assert [(row.number, row.line, row.reason) for row in kept] == [
        (2, 3, "Letak 48.8, 115.17 di luar Indonesia."),
        (3, 4, "Rumah ini sudah ada di baris data 1."),
    ]
    assert kept[0].original["nama_kos"] == "Kost B"


def test_houses_of_one_name_in_two_places_are_two_houses(hadi: Person, at: datetime) -> None:
    bring_in(line(latitude="-8.79") + line(latitude="-8.80"), hadi, at)

    assert sorted(House.objects.values_list("unit__code", flat=True)) == ["kost-uji", "kost-uji-2"]


def test_a_run_that_was_interrupted_goes_on_without_doing_a_row_twice(
    hadi: Person, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "CHUNK", 2)
    run = listings.start(receive("".join(line(f"Kost {n}") for n in range(5)), hadi, at), by=hadi)

    (half,) = listings.go_on(run, at=at, chunks=1)
    assert (half.done_rows, House.objects.count(), half.state) == (2, 2, "berjalan")

    assert list(listings.go_on(run, at=at))[-1].state == "selesai"
    assert House.objects.count() == 5
    assert list(listings.go_on(run, at=at)) == []


def test_the_worker_finishes_runs_that_were_agreed_to_and_no_others(hadi: Person, at: datetime) -> None:
    agreed = listings.start(receive(line("Kost A"), hadi, at), by=hadi)
    receive(line("Kost B"), hadi, at)

    listings.go_on_with_all(at)

    agreed.refresh_from_db()
    assert (agreed.state, House.objects.count()) == ("selesai", 1)


def test_the_preview_counts_without_writing(hadi: Person, at: datetime) -> None:
    bring_in(line("Kost A") + line("Kost B"), hadi, at)

    seen = listings.preview(
        receive(
            line("Kost A") + line("Kost B", rent=900_000) + line("Kost C") + line("Kost D", rent=0), hadi, at
        ),
        at=at,
    )

    assert (seen.total, seen.new, seen.changed, seen.same, seen.refused) == (4, 1, 1, 1, 1)
    assert House.objects.count() == 2


@pytest.mark.req("SYS-03")
def test_the_preview_of_a_large_file_looks_at_its_first_rows_and_counts_the_others(
    hadi: Person, at: datetime
) -> None:
    seen = listings.preview(
        receive("".join(line(f"Kost {n}") for n in range(600)), hadi, at), at=at, most=500
    )

    assert (seen.looked_at, seen.new, seen.total) == (500, 500, 600)


@pytest.mark.req("KOS-16")
def test_only_the_owner_brings_in_listings(sari: Person, hadi: Person, at: datetime) -> None:
    with pytest.raises(Refused, match="hanya dimasukkan oleh pemilik"):
        receive(line(), sari, at)
    waiting = receive(line(), hadi, at)
    with pytest.raises(Refused, match="hanya dimasukkan oleh pemilik"):
        listings.start(waiting, by=sari)

    assert House.objects.count() == 0


def test_a_run_that_was_dropped_does_not_start(hadi: Person, at: datetime) -> None:
    run = receive(line(), hadi, at)
    listings.drop(run, by=hadi, at=at)

    with pytest.raises(Refused, match="sudah dibatalkan"):
        listings.start(run, by=hadi)


def test_places_are_located_from_the_distances_of_several_houses(hadi: Person, at: datetime) -> None:
    points = [(-8.79, 115.17), (-8.80, 115.18), (-8.81, 115.165), (-8.795, 115.19), (-8.82, 115.175)]
    here = (-8.8, 115.17)
    metres = [queries.distance_m(point, here) for point in points]
    text = "".join(
        f"Kost {n},,,{lat},{lon},Putra,900000,,1,,,,,,Faculty of Law ({far} m); Lobby C (3 km)\n"
        for n, ((lat, lon), far) in enumerate(zip(points, metres, strict=True))
    )

    bring_in(text, hadi, at)

    places = {place.name: place for place in queries.places_to_be_near()}
    law = places["Faculty of Law"]
    assert law.is_estimated
    assert (law.latitude, law.longitude) == pytest.approx(here, abs=0.0001)
    assert places["Lobby C"].latitude is None
