"""Lists of cases: filters that can be shared, files for other programs, one step for many."""

from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tatausaha.core.kernel import clock
from tatausaha.core.procedures import queries
from tests.toys import request_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toys")]

URL = "/kasus/?sop=toys.request"


@pytest.fixture
def three(unit, unit_wita, rini, hadi, technician, bring, at):
    """A new one, one in evaluation, one that was cancelled in the other unit."""
    new = request_desk.submit(unit=unit, customer=rini, by=rini, at=at, note="Cetak KRS")
    seen = request_desk.submit(unit=unit, customer=rini, by=rini, at=at, note="=HYPERLINK(0)")
    gone = request_desk.submit(unit=unit_wita, customer=hadi, by=hadi, at=at, note="Pindah hosting")
    return (
        new,
        bring(seen, ("evaluate", technician, {"note": "x"})),
        bring(gone, ("cancel", hadi, {"note": "tidak jadi"})),
    )


def numbers_in(text, cases):
    return [case.number for case in cases if f"/kasus/{case.number}/" in text]


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ("", [0, 1]),
        ("&keadaan=semua", [0, 1, 2]),
        ("&keadaan=evaluated", [1]),
        ("&keadaan=semua&unit=kenanga", [2]),
        ("&q=krs", [0]),
        ("&keadaan=semua&q=hadi", [2]),
        ("&keadaan=bukan-keadaan", [0, 1]),
        ("&lewat=1", []),
    ],
)
def test_the_filters_of_the_address_choose(browser_of, hadi, three, wish, expected):
    text = browser_of(hadi).get(URL + wish).text

    assert numbers_in(text, three) == [three[n].number for n in expected]


def test_the_unit_is_told_to_those_who_see_several(browser_of, hadi, technician, three):
    owners = browser_of(hadi).get(URL).text
    assert 'data-label="Unit"' in owners
    assert "Ganti unit usaha" in owners
    assert 'data-label="Unit"' not in browser_of(technician).get(URL).text
    assert 'data-label="Unit"' not in browser_of(technician).get("/kasus/?q=rini").text


@pytest.mark.parametrize("address", [URL, "/setelan/unit/", "/hari-ini/"])
def test_every_page_of_an_owner_lets_choose_the_unit(browser_of, hadi, unit, three, address):
    page = " ".join(browser_of(hadi).get(address).text.split())

    assert f'value="{unit.code}" aria-pressed="false">{unit.name}</button>' in page


def test_the_late_ones_are_those_over_their_time(browser_of, three, bring, technician, sari, at, monkeypatch):
    path = (
        ("needs", technician),
        ("plan", technician, {"days": 2}),
        ("approve", sari),
        ("develop", technician),
    )
    bring(three[1], *path)
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=31))

    assert numbers_in(browser_of(sari).get(f"{URL}&lewat=1").text, three) == [three[1].number]


@pytest.mark.req("SYS-06")
def test_nobody_finds_cases_of_other_units_or_people(browser_of, three, technician, rini, budi):
    everything = f"{URL}&keadaan=semua"

    assert numbers_in(browser_of(technician).get(everything).text, three) == [c.number for c in three[:2]]
    assert numbers_in(browser_of(rini).get(everything).text, three) == [c.number for c in three[:2]]
    assert numbers_in(browser_of(budi).get(everything).text, three) == []


def test_a_csv_has_no_cell_that_acts(browser_of, hadi, three):
    answer = browser_of(hadi).get(f"{URL}&berkas=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert lines[0].startswith("Nomor;Perihal;Keadaan")
    assert any(";'=HYPERLINK(0);" in line for line in lines)
    assert len(lines) == 3


def test_a_workbook_has_the_rows_of_the_list_as_text(browser_of, hadi, three):
    answer = browser_of(hadi).get(f"{URL}&keadaan=semua&berkas=xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()

    assert rows[0][:3] == ["Nomor", "Perihal", "Keadaan"]
    assert {row[1] for row in rows[1:]} == {"Cetak KRS", "=HYPERLINK(0)", "Pindah hosting"}


def test_one_step_moves_all_that_are_ticked_and_names_who_is_refused(browser_of, technician, three):
    browser = browser_of(technician)
    offered = browser.get(f"{URL}&keadaan=evaluated").text
    assert 'name="step" value="needs"' in offered

    answer = browser.post(
        "/kasus/langkah/",
        {"sop": "toys.request", "keadaan": "evaluated", "step": "needs", "case": [c.number for c in three]},
        follow=True,
    )

    assert "“Susun kebutuhan” dicatat untuk 1 kasus." in answer.text
    assert f"{three[0].number}: “Susun kebutuhan” tidak bisa dilakukan lagi" in answer.text
    assert [queries.status_now(case) for case in three] == ["submitted", "needs", "cancelled"]


@pytest.mark.req("SYS-03")
def test_a_long_list_is_shown_in_pages_with_a_fixed_number_of_queries(
    browser_of, hadi, unit, rini, at, django_assert_max_num_queries
):
    for n in range(60):
        request_desk.submit(unit=unit, customer=rini, by=rini, at=at, note=f"ke-{n}")
    browser = browser_of(hadi)

    with django_assert_max_num_queries(15):
        first = browser.get(URL).text

    assert "1 sampai 50 dari 60" in first
    assert "1 sampai 50 dari 60" not in browser.get(f"{URL}&page=2").text
    assert browser.get(f"{URL}&page=banyak").status_code == 200
