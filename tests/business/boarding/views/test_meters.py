"""The reading list on a phone: one field a room, nothing typed is lost, others' houses are not there."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tatausaha.business.boarding.models import Meter, Reading
from tatausaha.business.boarding.services import meter_places
from tatausaha.core.people.models import Role
from tests.core.kernel.test_uploads import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-09")]
HOME = "/kos-kelola/rumah/melati/meter/"


@pytest.fixture
def hung(house, rooms, sari, desk, make_measured, sops, clock_at):
    """Electricity meters in all three rooms, at 100; ten days later they are read."""
    power = make_measured(house, "Listrik", 1_500, "kWh")
    found = meter_places.install(
        house, [(room, Decimal(100)) for room in rooms], kind="listrik", service=power, on=desk.at.date(), by=sari,
        at=desk.at,
    )  # fmt: skip
    desk.wait(days=10)
    clock_at(desk.at)
    return found


def browser(person):
    client = Client()
    client.force_login(person.login)
    return client


def text(answer):
    return " ".join(answer.content.decode().split())


def jpeg():
    made = BytesIO()
    Image.new("RGB", (60, 40), "white").save(made, "JPEG")
    return SimpleUploadedFile("meter.jpg", made.getvalue(), "image/jpeg")


def test_what_is_right_is_written_down_and_what_is_wrong_stays_as_it_was_typed(hung, sari):
    first, second, third = hung
    client = browser(sari)

    answer = client.post(
        HOME,
        {
            "on": "20/03/2026",
            f"m{first.pk}-value": "150,5",
            f"m{second.pk}-value": "99",
            f"m{third.pk}-value": "",
        },
    )

    shown = text(answer)
    assert answer.status_code == 422
    assert "Di bawah angka terakhir, 100 pada 10 Mar 2026" in shown
    assert 'value="99"' in shown
    assert "1 meter belum dicatat" in shown
    assert Reading.objects.get(meter=first, why="read").value == Decimal("150.5")
    assert not Reading.objects.filter(meter__in=[second, third], why="read").exists()

    answer = client.post(HOME, {"on": "20/03/2026", f"m{second.pk}-value": "120"}, follow=True)
    assert "1 meter dicatat." in text(answer)


def test_a_doubtful_figure_is_asked_about_with_a_box_and_then_taken(hung, sari, desk, clock_at):
    client, name = browser(sari), f"m{hung[0].pk}"
    client.post(HOME, {"on": "20/03/2026", f"{name}-value": "110"})
    desk.wait(days=10)
    clock_at(desk.at)

    answer = client.post(HOME, {"on": "30/03/2026", f"{name}-value": "180"})

    assert "7 kali pemakaian biasanya" in text(answer)
    assert f'name="{name}-sure"' in text(answer)
    client.post(HOME, {"on": "30/03/2026", f"{name}-value": "180", f"{name}-sure": "on"})
    assert Reading.objects.filter(meter=hung[0], value=180).exists()


def test_a_replaced_meter_is_noted_with_a_photo_that_only_those_who_keep_the_house_see(
    hung, sari, unit_wita, budi, at
):
    client, name = browser(sari), f"m{hung[0].pk}"
    client.post(
        HOME, {"on": "20/03/2026", f"{name}-value": "2", f"{name}-old_value": "140", f"{name}-photo": jpeg()}
    )
    reading = Reading.objects.get(meter=hung[0], why="read")
    assert (reading.value, reading.old_value) == (2, 140)
    photo = f"{HOME}foto/{reading.pk}/"
    answer = client.get(photo)
    assert (answer.status_code, b"".join(answer.streaming_content)[:3]) == (200, b"\xff\xd8\xff")
    Role.objects.create(person=budi, unit=unit_wita, name="manager", since=at)
    assert browser(budi).get(photo).status_code == 404
    assert browser(budi).get(HOME).status_code == 404


def test_meters_of_many_rooms_are_hung_at_once_and_a_line_that_is_not_understood_is_named(hung, sari):
    client = browser(sari)
    sent = {"kind": "air", "on": "20/03/2026", "rows": "101 12,5\n999 1\n102 3"}

    answer = client.post(f"{HOME}pasang/", sent)

    assert "Baris 2 tidak terbaca: 999 1" in text(answer)
    assert "101 12,5" in text(answer)
    assert not Meter.objects.filter(kind="air").exists()
    assert client.post(f"{HOME}pasang/", sent | {"rows": "101 12,5\n\n102 3"}).status_code == 302
    assert Meter.objects.filter(kind="air", service=None).count() == 2


def test_the_last_reading_is_taken_back_and_the_meter_taken_down(hung, sari):
    client, meter = browser(sari), hung[0]
    client.post(HOME, {"on": "20/03/2026", f"m{meter.pk}-value": "150"})
    reading = Reading.objects.get(meter=meter, why="read")
    assert "Salah baca" in text(client.get(f"{HOME}{meter.pk}/"))

    client.post(f"{HOME}{meter.pk}/ubah/", {"aksi": "salah", "baca": reading.pk})
    client.post(f"{HOME}{meter.pk}/ubah/", {"aksi": "lepas"})

    reading.refresh_from_db()
    meter.refresh_from_db()
    assert reading.taken_back_by == sari
    assert meter.until is not None
    assert "dibatalkan" in text(client.get(f"{HOME}{meter.pk}/"))


def test_token_is_noted_on_its_meter_without_its_whole_number(house, rooms, sari, sops, clock_at, at):
    clock_at(at)
    (meter,) = meter_places.install(
        house, [(rooms[0], Decimal(0))], kind="token", service=None, on=at.date(), by=sari, at=at
    )
    client = browser(sari)

    bad = client.post(
        f"{HOME}{meter.pk}/", {"on": "10/03/2026", "amount": "100rb", "kwh": "-1", "number": "12345678"}
    )
    assert bad.status_code == 422
    assert "12345678" in text(bad)
    client.post(
        f"{HOME}{meter.pk}/", {"on": "10/03/2026", "amount": "100rb", "kwh": "66,5", "number": "12345678"}
    )

    shown = text(client.get(f"{HOME}{meter.pk}/"))
    assert "•••• 5678" in shown
    assert "12345678" not in shown


def test_the_reading_list_asks_a_fixed_number_of_queries(hung, sari, django_assert_max_num_queries):
    client = browser(sari)
    client.get(HOME)
    with django_assert_max_num_queries(12):
        client.get(HOME)


def test_a_paper_beside_a_reading_is_given_out_as_the_paper_that_it_is(hung, sari):
    client, name = browser(sari), f"m{hung[0].pk}"
    paper = SimpleUploadedFile("meter.jpg", PDF, "image/jpeg")
    client.post(HOME, {"on": "20/03/2026", f"{name}-value": "140", f"{name}-photo": paper})

    answer = client.get(f"{HOME}foto/{Reading.objects.get(why='read').pk}/")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
