"""The pages of condition sheets: filled on a phone line by line, read by the tenant, closed to everybody else."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tatausaha.business.boarding.models import ConditionItem, ConditionSheet
from tatausaha.business.boarding.queries import sheets as reads
from tatausaha.core.api import tokens
from tests.business.boarding.desk import picture
from tests.core.api.conftest import Program

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-12")]


@pytest.fixture
def stay(booked, desk, clock_at):
    stay = desk.move_in(booked)
    clock_at(desk.at)
    return stay


def of(person):
    client = Client()
    client.force_login(person.login)
    return client


def page(stay, kind="masuk"):
    return f"/hunian/{stay.number}/lembar/{kind}/"


def shot():
    return SimpleUploadedFile("kasur.png", picture().read(), "image/png")


def test_the_manager_goes_from_thing_to_thing_and_hands_the_sheet_over(stay, sari, rini):
    client = of(sari)
    assert "Mulai periksa kamar" in client.get(page(stay)).text
    client.post(page(stay), {"aksi": "mulai"})
    first, second = ConditionItem.objects.order_by("position")[:2]

    wrong = client.post(f"{page(stay)}{first.pk}/", {"state": "broken", "note": "sobek"})
    assert wrong.status_code == 422
    assert "Yang rusak difoto." in wrong.text
    assert 'value="sobek"' in wrong.text
    saved = client.post(f"{page(stay)}{first.pk}/", {"state": "broken", "note": "sobek", "photo": shot()})
    assert saved.headers["Location"] == f"{page(stay)}{second.pk}/"
    client.post(page(stay), {"aksi": "tambah", "name": "Kipas angin"})
    client.post(page(stay), {"aksi": "sisanya-baik"})
    ready = client.get(page(stay)).text
    assert "11 dari 11 barang diperiksa" in ready
    assert "Serahkan kepada penghuni" in ready
    client.post(f"/kasus/{stay.number}/langkah/sheet_in/")

    assert ConditionSheet.objects.get().handed_by == sari
    seen = of(rini).get(page(stay)).text
    assert "Ya, sesuai" in seen
    assert "sobek" in seen
    asked = of(rini).get(f"/kasus/{stay.number}/langkah/agree/").text
    assert "10 dari 11 barang baik" in asked
    assert "Tempat tidur: rusak (sobek)." in asked


def test_photos_and_drafts_are_for_those_of_the_stay_alone(stay, sari, rini, budi):
    client = of(sari)
    client.post(page(stay), {"aksi": "mulai"})
    item = ConditionItem.objects.order_by("position")[0]
    client.post(f"{page(stay)}{item.pk}/", {"state": "good", "photo": shot()})
    item.refresh_from_db()
    photo = f"/hunian/foto/{item.photo}/{item.photo_edges[0]}.jpg"

    assert "Lembar ini belum diserahkan" in of(rini).get(page(stay)).text
    assert of(rini).get(photo).status_code == 404
    assert of(rini).get(f"{page(stay)}{item.pk}/").status_code == 404
    assert of(rini).post(page(stay), {"aksi": "sisanya-baik"}).status_code == 404
    assert client.get(photo).headers["Content-Type"] == "image/jpeg"
    client.post(page(stay), {"aksi": "sisanya-baik"})
    client.post(f"/kasus/{stay.number}/langkah/sheet_in/")
    assert of(rini).get(photo).status_code == 200
    assert of(rini).get(f"{page(stay)}lembar.pdf").headers["Content-Type"] == "application/pdf"
    for address in (page(stay), photo, f"{page(stay)}lembar.pdf"):
        assert of(budi).get(address).status_code == 404


def test_the_case_page_leads_to_the_sheet_and_lists_its_paper(stay, sari):
    client = of(sari)
    assert "Periksa kamar: lembar masuk" in client.get(stay.get_absolute_url()).text
    client.post(page(stay), {"aksi": "mulai"})
    client.post(page(stay), {"aksi": "sisanya-baik"})
    client.post(f"/kasus/{stay.number}/langkah/sheet_in/")

    shown = client.get(stay.get_absolute_url()).text

    assert re.search(r'lembar/masuk/lembar\.pdf">Lembar masuk LK/MELATI/2026/00001', shown)


def test_a_house_chooses_what_is_looked_at(house, room_type, sari, clock_at, at):
    clock_at(at)
    address = f"/kos-kelola/rumah/{house.unit.code}/tipe/{room_type.pk}/periksa/"
    assert "Tempat tidur" in of(sari).get(address).text

    of(sari).post(address, {"names": "Kasur\n\nMeja belajar\nKasur"})

    assert reads.checklist(room_type) == ["Kasur", "Meja belajar"]


def test_a_sheet_with_sixty_lines_asks_a_fixed_number_of_queries(stay, sari, django_assert_max_num_queries):
    client = of(sari)
    client.post(page(stay), {"aksi": "mulai"})
    sheet = ConditionSheet.objects.get()
    ConditionItem.objects.bulk_create(
        ConditionItem(sheet=sheet, position=n, name=f"Barang {n}") for n in range(10, 60)
    )
    client.get(page(stay))

    with django_assert_max_num_queries(12):
        assert client.get(page(stay)).status_code == 200


def test_a_program_cannot_add_a_thing_without_a_name(stay, sari, at):
    program = Program(tokens.make(person=sari, name="Uji", wanted=("read", "act"), at=at)[1])

    answer = program.post(
        f"/boarding/stays/{stay.number}/sheets/in", {"lines": [{"name": "  ", "state": "good"}]}, key="SATU"
    )

    assert (answer.status_code, ConditionItem.objects.count()) == (422, 0)
