"""Names and words that nobody would type: long, in other scripts, with markup, with what a database dislikes."""

import pytest
from django.utils.html import escape

from tatausaha.business.boarding.models import Booking
from tatausaha.core.payments.models import Expense
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.models import Message
from tests.business.boarding.desk import PAPER
from tests.stories.bad_input.conftest import WISH, flat, photo
from tests.stories.bad_input.test_disguised_files import EXPENSE, statement

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-07"), pytest.mark.req("SYS-02")]

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
KEPT = [
    "Rini 😀👩‍👩‍👧 Wulandari",
    "رينا بنت أحمد",
    "\u202einabmeP\u202c",
    "Robert'); DROP TABLE people_person;--",
    "%_\\%",
    "{{ 7*7 }}{% debug %}",
    '#import "x" $ \\ @ * _ [',
    "Ñandú & Söhne",
]


@pytest.mark.parametrize("name", KEPT)
def test_a_name_is_kept_as_it_is_on_pages_in_search_on_paper_and_in_files(
    bill, rini, sari, browse, program, name
):
    Person.objects.filter(pk=rini.pk).update(name=name)
    browser = browse(sari)
    receipt = browser.post("/terima-tunai/", {"tagihan": bill.number, "amount": "100.000"}).url

    assert browser.get(receipt).status_code == 200
    assert browser.get(f"{receipt.rstrip('/')}.pdf").content.startswith(b"%PDF-")
    listed = browser.get("/tagihan/", {"q": name, "keadaan": "semua"})
    assert listed.status_code == 200
    found = program(sari).get("/cases", procedure="boarding.booking", q=name[:80]).json()
    assert found["count"] in {0, 1}
    assert escape(name) in browser.get(f"/tagihan/{bill.number}/").content.decode()


def test_markup_is_shown_as_text_on_every_page_that_lists_it(
    bill, booking, rini, sari, hadi, unit, browse, desk
):
    Person.objects.filter(pk__in=[rini.pk, sari.pk]).update(name=EVIL[:120])
    type(unit).objects.filter(pk=unit.pk).update(name=f"Kos {EVIL}"[:120], address=EVIL)
    Booking.objects.filter(pk=booking.pk).update(headline=EVIL[:160])
    manager, tenant, owner = browse(sari), browse(rini), browse(hadi)
    manager.post(f"/kasus/{booking.number}/pesan/", {"text": EVIL})
    manager.post("/pengeluaran/baru/", EXPENSE | {"note": EVIL})
    receipt = manager.post(
        "/terima-tunai/", {"tagihan": bill.number, "amount": "100.000", "reference": EVIL}
    ).url
    tenant.post(
        f"/kasus/{booking.number}/langkah/register/", statement(origin=EVIL, purpose=EVIL, paper_file=photo())
    )
    assert Expense.objects.get().note == EVIL

    seen = 0
    for browser, pages in (
        (browse(), ("/", "/kos/", "/kos/melati/", "/kos/melati/102/", f"/kos/?q={EVIL}")),
        (tenant, ("/hari-ini/", "/saya/tagihan/", f"/tagihan/{bill.number}/", receipt, f"/kasus/{booking.number}/")),
        (manager, (
            "/hari-ini/", "/kasus/", "/kasus/?sop=boarding.booking&keadaan=semua", "/tagihan/?keadaan=semua",
            "/pengeluaran/?bulan=2026-03", "/terima-tunai/", f"/kasus/{booking.number}/",
                Expense.objects.get().get_absolute_url(),
            "/kos-kelola/", "/kos-kelola/rumah/melati/", f"/tagihan/?q={EVIL}",
                f"/kasus/?sop=boarding.booking&q={EVIL}",
        )),
        (owner, ("/hari-ini/", "/setelan/", "/setelan/unit/", "/setelan/orang/", f"/setelan/orang/{rini.pk}/")),
    ):  # fmt: skip
        for page in pages:
            answer = browser.get(page)
            text = answer.content.decode()
            assert answer.status_code == 200, page
            assert "<script>alert" not in text, page
            assert "<img src=x" not in text, page
            seen += "&lt;script&gt;alert" in text
    assert seen > 15


@pytest.mark.parametrize(
    ("field", "longest"), [("origin", 120), ("purpose", 120), ("emergency_name", 120), ("paper_number", 40)]
)
def test_ten_thousand_characters_are_refused_beside_the_field_and_kept(
    booking, desk, rini, browse, field, longest
):
    desk.cash(booking)
    page = browse(rini).post(f"/kasus/{booking.number}/langkah/register/", statement(**{field: "a" * 10_000}))

    assert page.status_code == 422
    assert f"id_{field}_error" in flat(page)
    assert "a" * 10_000 in flat(page)
    assert str(longest) in flat(page)
    assert not rini.papers.exists()


@pytest.mark.parametrize("text", ["a" * 10_000, "a\x00b", ""])
def test_a_message_that_cannot_be_kept(booking, rini, browse, program, text):
    page = browse(rini).post(f"/kasus/{booking.number}/pesan/", {"text": text})
    answer = program(rini).post(f"/cases/{booking.number}/messages", {"text": text})

    assert (page.status_code, answer.status_code) == (422, 422)
    assert answer["Content-Type"] == "application/problem+json"
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "name", ["Rini\r\nBcc: semua@contoh.id", "Rini\x00Hitam", "a" * 10_000, "   ", "\t\n"]
)
def test_a_name_for_which_the_manager_books(rooms, sari, browse, program, name):
    wish = WISH | {"for_name": name, "for_phone": "081234567890"}

    page = browse(sari).post("/kos/melati/101/pesan/", wish)
    if page.status_code == 302:
        kept = Booking.objects.get().customer.name
        assert "\r" not in kept
        assert "\n" not in kept
        assert kept.strip()
        return
    assert page.status_code == 422
    assert not Booking.objects.exists()
    answer = program(sari).post(
        "/cases", {"procedure": "boarding.booking", "input": wish | {"room": rooms[0].pk}}
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("phone", ["abc", "0", "+1 555", "08" + "1" * 28, "08\x001234567", "٠٨١٢٣٤٥٦٧٨٩٠"])
def test_a_phone_number_that_is_none(booking, desk, rini, browse, phone):
    desk.cash(booking)
    page = browse(rini).post(f"/kasus/{booking.number}/langkah/register/", statement(emergency_phone=phone))

    assert page.status_code in {302, 422}
    if page.status_code == 422:
        assert "id_emergency_phone_error" in flat(page)


WORDS = [
    "%",
    "_",
    "%%%",
    "'",
    '"',
    "\\",
    "';--",
    "a\x00b",
    "\x00",
    "😀",
    "\u202e",
    "(",
    "[",
    "*",
    "?",
    "a" * 5000,
    "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
]


@pytest.mark.parametrize("word", WORDS)
def test_no_word_breaks_a_search_and_a_wildcard_is_only_a_sign(
    booking, rooms, sari, hadi, browse, program, word
):
    for browser, page in (
        (browse(), "/kos/"), (browse(sari), "/tagihan/"), (browse(hadi), "/setelan/orang/"),
    ):  # fmt: skip
        assert browser.get(page, {"q": word}).status_code in {200, 400}, page
    listed = browse(sari).get("/kasus/", {"sop": "boarding.booking", "q": word})
    assert listed.status_code in {200, 400}
    answer = program(sari).get("/cases", procedure="boarding.booking", q=word)
    assert answer.status_code in {200, 400, 422}
    if answer.status_code == 200 and word:
        assert answer.json()["count"] == 0
    if listed.status_code == 200:
        assert booking.number not in flat(listed)


@pytest.mark.parametrize(
    "day",
    ["31/02/2026", "00/00/0000", "32/01/2026", "2026-13-01", "besok", "10/03/26x", "1" * 500, "29/02/2027",
     "2026-03-12T00:00", "12\x0003/2026", ""],
)  # fmt: skip
def test_days_that_there_are_not(rooms, rini, sari, browse, program, day):
    page = browse(rini).post("/kos/melati/101/pesan/", WISH | {"move_in_on": day})
    answer = program(rini).post(
        "/cases", {"procedure": "boarding.booking", "input": WISH | {"room": rooms[0].pk, "move_in_on": day}}
    )
    expense = browse(sari).post("/pengeluaran/baru/", EXPENSE | {"occurred_on": day})

    assert (page.status_code, answer.status_code, expense.status_code) == (422, 422, 422)
    assert "id_move_in_on_error" in flat(page)
    assert [one["field"] for one in answer.json()["errors"]] == ["move_in_on"]
    assert "Lampu teras" in flat(expense)
    assert not Booking.objects.exists()
    assert not Expense.objects.exists()


@pytest.mark.parametrize(
    ("day", "said"),
    [("09/03/2026", "tidak boleh sebelum hari ini"), ("01/01/1000", "Paling awal Senin, 1 Januari 1900"),
     ("10/04/2026", "paling lambat"), ("31/12/9999", "Paling akhir Selasa, 31 Desember 2199")],
)  # fmt: skip
def test_days_of_moving_in_that_are_too_early_or_too_late(rooms, rini, browse, day, said):
    page = browse(rini).post("/kos/melati/101/pesan/", WISH | {"move_in_on": day})

    assert page.status_code == 422
    assert said in flat(page)
    assert f'value="{day}"' in flat(page)


@pytest.mark.parametrize(
    ("day", "said"), [("11/03/2026", "belum tiba"), ("31/12/2199", "belum tiba"), ("01/01/2026", "hanya pemilik")]
)  # fmt: skip
def test_days_on_which_money_cannot_have_come(bill, submitted, sari, browse, program, day, said):
    cash = browse(sari).post(
        "/terima-tunai/", {"tagihan": bill.number, "amount": "100.000", "occurred_on": day}
    )
    step = browse(sari).post(f"/kasus/{submitted.number}/langkah/confirm/", {"occurred_on": day})
    expense = browse(sari).post("/pengeluaran/baru/", EXPENSE | {"occurred_on": day})
    iso = "-".join(reversed(day.split("/")))
    answer = program(sari).post(
        "/money/cash", {"invoice": bill.number, "amount": 100_000, "occurred_on": iso}
    )

    assert (cash.status_code, step.status_code, expense.status_code, answer.status_code) == (422,) * 4
    for page in (cash, step, expense):
        assert said in flat(page)
        assert f'value="{day}"' in flat(page)
    assert said in answer.json()["detail"]
    assert not Expense.objects.exists()


def test_a_nik_that_is_none(booking, desk, rini, browse):
    desk.cash(booking)
    for number in ("123", "3506049902660001", "x" * 16, "３５０６０４２６０２６６０００１"):
        page = browse(rini).post(
            f"/kasus/{booking.number}/langkah/register/", statement(paper_number=number, paper_file=photo())
        )
        assert page.status_code in {302, 422}
        assert PAPER["paper_number"] not in flat(page)
