"""Everybody finds what is theirs, and nothing that is not."""

from collections.abc import Callable

import pytest
from django.test import Client

from tatausaha.core.people.models import Company, Person, Unit
from tatausaha.core.web import menu, offers

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.web.pages")]

SignedIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _registries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of this test's own."""
    monkeypatch.setattr(menu, "registry", list(menu.registry))
    monkeypatch.setattr(offers, "registry", [])


def _entry(
    label: str, who: menu.Who, place: menu.Place, *, phone: bool = False, waiting: int = 0
) -> menu.Entry:
    return menu.Entry(
        label, "home", who, place, 1, "home", phone, (lambda _request: waiting) if waiting else None
    )


def test_a_worker_gets_the_rail_and_a_customer_does_not(
    signed_in: SignedIn, sari: Person, rini: Person
) -> None:
    of_sari = signed_in(sari).get("/kerja-uji/").text
    of_rini = signed_in(rini).get("/kerja-uji/").text

    assert "<span>Hari ini</span>" in of_sari
    assert "Hari ini" not in of_rini


@pytest.mark.req("SYS-06")
def test_an_entry_is_seen_by_whom_it_is_for(signed_in: SignedIn, sari: Person, hadi: Person) -> None:
    menu.register(_entry("Hanya pemilik", menu.owners, menu.Place.SETTINGS))

    assert "Hanya pemilik" not in signed_in(sari).get("/kerja-uji/").text
    assert "Hanya pemilik" in signed_in(hadi).get("/kerja-uji/").text


def test_an_entry_whose_page_does_not_exist_is_not_shown(signed_in: SignedIn, hadi: Person) -> None:
    menu.register(menu.Entry("Halaman hantu", "no-such-page", menu.anybody, menu.Place.BUSINESS))

    assert "Halaman hantu" not in signed_in(hadi).get("/kerja-uji/").text


def test_what_waits_is_counted_beside_the_entry(signed_in: SignedIn, hadi: Person) -> None:
    menu.register(_entry("Kos", menu.workers, menu.Place.BUSINESS, waiting=7))

    assert '<span class="count">7</span>' in signed_in(hadi).get("/kerja-uji/").text


def test_the_page_one_is_on_is_marked(signed_in: SignedIn, hadi: Person) -> None:
    text = signed_in(hadi).get("/kerja-uji/").text

    assert '<a class="entry" href="/kerja-uji/" aria-current="page">' in text


def test_registering_twice_is_once() -> None:
    before = len(menu.registry)
    for _time in range(2):
        menu.register(_entry("Kos", menu.workers, menu.Place.BUSINESS))
        offers.register(offers.Offer("Kos", "Kamar", "home"))

    assert len(menu.registry) == before + 1
    assert len(offers.registry) == 1


def _shown(label: str, *, phone: bool) -> menu.Shown:
    return menu.Shown(label, "/", "home", current=False, phone=phone, count=0)


def test_the_bar_of_a_phone_has_four_places() -> None:
    few = menu.Group("", tuple(_shown(label, phone=False) for label in "abcd"))
    many = menu.Group("", tuple(_shown(label, phone=label in "bceg") for label in "abcdefg"))

    assert [entry.label for entry in menu.bar((few,))] == ["a", "b", "c", "d"]
    assert [entry.label for entry in menu.bar((many,))] == ["b", "c", "e", "Menu"]


def test_the_home_page_shows_what_is_offered_and_searches_in_the_first_that_can(client: Client) -> None:
    offers.register(
        offers.Offer("Servis", "Titip dan pantau.", "home", order=5),
        offers.Offer(
            "Kos", "Kamar dekat kampus.", "home", order=9, search_label="Cari kamar", search_name="dekat"
        ),
        offers.Offer("Hantu", "Tidak ada.", "no-such-page", order=1),
    )

    text = client.get("/").text

    assert text.index("Servis</h3>") < text.index("Kos</h3>")
    assert 'name="dekat"' in text
    assert "Hantu" not in text


def test_public_pages_keep_their_frame_when_somebody_is_signed_in(signed_in: SignedIn, sari: Person) -> None:
    text = signed_in(sari).get("/").text

    assert 'class="rail"' not in text
    assert "Ruang kerja" in text


def test_the_footer_tells_how_to_reach_the_company(client: Client, company: Company) -> None:
    company.phone, company.address = "+6281234567890", "Jl. Kampus 12\nJimbaran"
    company.save()

    text = client.get("/").text

    assert "https://wa.me/6281234567890" in text
    assert "WhatsApp 0812-3456-7890" in text
    assert "Jl. Kampus 12<br>Jimbaran" in text


def test_a_demonstration_says_so_and_what_time_it_is(client: Client, company: Company) -> None:
    before = client.get("/").text
    company.is_demonstration = True
    company.save()

    assert "Perusahaan contoh" not in before
    assert "Perusahaan contoh" in client.get("/").text


def test_a_unit_is_chosen_out_of_ones_own(
    signed_in: SignedIn, hadi: Person, unit: Unit, unit_wita: Unit
) -> None:
    browser = signed_in(hadi)
    answer = browser.post("/unit/", {"unit": "kenanga", "next": "/kerja-uji/"})

    assert answer.headers["Location"] == "/kerja-uji/"
    assert 'value="kenanga" aria-pressed="true"' in browser.get("/kerja-uji/").text


def test_a_unit_of_others_is_not_chosen(signed_in: SignedIn, sari: Person, unit_wita: Unit) -> None:
    browser = signed_in(sari)
    browser.post("/unit/", {"unit": "kenanga"})

    assert browser.session["unit"] == ""


def test_whoever_has_one_unit_gets_no_switcher(signed_in: SignedIn, sari: Person) -> None:
    assert "Ganti unit usaha" not in signed_in(sari).get("/kerja-uji/").text


def test_a_workspace_page_asks_the_database_little(
    signed_in: SignedIn,
    hadi: Person,
    unit: Unit,
    unit_wita: Unit,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    browser = signed_in(hadi)

    with django_assert_max_num_queries(8):
        browser.get("/kerja-uji/")
