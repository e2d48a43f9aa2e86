"""Requests that no page of ours sends: unknown steps, wrong methods and kinds, broken and enormous JSON."""

import json

import pytest

from tatausaha.business.boarding.models import Booking
from tatausaha.core.procedures.models import Passage
from tests.stories.bad_input.conftest import WISH, flat

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-07"), pytest.mark.req("SYS-02")]

PROBLEM = "application/problem+json"


def test_a_form_of_another_site_is_refused_on_every_page_that_takes_one(rooms, bill, submitted, sari, browse):
    browser = browse(sari, checks=True)
    was = Passage.objects.count()
    for address in (
        "/kos/melati/102/pesan/", f"/bayar/{bill.number}/", "/terima-tunai/", "/pengeluaran/baru/",
        f"/kasus/{submitted.number}/langkah/confirm/", f"/kasus/{submitted.number}/pesan/", "/kasus/langkah/",
        "/impor/kos/", "/kos-kelola/rumah/melati/foto/",
    ):  # fmt: skip
        answer = browser.post(
            address, {**WISH, "amount": "100.000"}, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert answer.status_code == 403, address
        assert "tidak dikirim dari halaman kami" in flat(answer), address
    assert Passage.objects.count() == was


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "post", "get"])
def test_wrong_methods_change_nothing_and_fail_softly(rooms, bill, submitted, sari, browse, program, method):
    was = Passage.objects.count()
    for address in (
        "/kos/melati/102/pesan/", "/kos/melati/", "/", f"/bayar/{bill.number}/", "/terima-tunai/", "/tagihan/",
        f"/kasus/{submitted.number}/", f"/kasus/{submitted.number}/pesan/", "/kasus/langkah/", "/berkas/1/",
        "/kuitansi/KW/X/1/", "/pengeluaran/", "/impor/kos/", "/robots.txt",
    ):  # fmt: skip
        answer = getattr(browse(sari), method)(address)
        assert answer.status_code < 500, (method, address)
        if method in {"put", "patch", "delete"}:
            assert answer.status_code in {403, 404, 405}, (method, address, answer.status_code)
    for path in ("/cases", "/money/cash", f"/cases/{submitted.number}", "/me", "/nothing"):
        answer = getattr(program(sari).client, method)(f"/api/v1{path}")
        assert answer.status_code < 500, (method, path)
    assert Passage.objects.count() == was


@pytest.mark.parametrize(
    "step", ["terbang", "lapse", "escalate", "open", "__class__", "a" * 300, "%00", "..", "confirm%0a"]
)
def test_steps_that_there_are_not_or_that_are_not_for_people(submitted, sari, browse, program, step):
    page = browse(sari).post(f"/kasus/{submitted.number}/langkah/{step}/", {})
    answer = program(sari).client.post(
        f"/api/v1/cases/{submitted.number}/steps/{step}", "{}", content_type="application/json"
    )

    assert page.status_code in {400, 404}
    assert answer.status_code in {400, 404, 422}
    submitted.refresh_from_db()
    assert submitted.status == "submitted"


@pytest.mark.parametrize("number", ["X", "BK-26-99999", "%00", "a" * 300, "..%2f..", "😀", "BK-26-00001'--"])
def test_numbers_that_nothing_has(booking, sari, browse, program, number):
    browser, robot = browse(sari), program(sari)
    for address in (f"/kasus/{number}/", f"/tagihan/{number}/", f"/bayar/{number}/", f"/kuitansi/{number}/"):
        assert browser.get(address).status_code in {400, 404}, address
    for path in (
        f"/cases/{number}",
        f"/money/payments/{number}",
        f"/money/invoice?number={number}",
        f"/boarding/houses/{number}",
    ):
        assert robot.client.get(f"/api/v1{path}").status_code in {400, 404, 422}, path


@pytest.mark.parametrize("pk", ["0", "99999999999999999999999", "1e3"])
def test_ids_that_nothing_has(hadi, house, browse, program, pk):
    for address in (
        f"/berkas/{pk}/", f"/identitas/{pk}/", f"/setelan/orang/{pk}/", f"/impor/berkas/{pk}/",
        f"/kos-kelola/rumah/melati/kamar/{pk}/", f"/kos/lapor/{pk}/", f"/sop/boarding.booking/revisi/{pk}/setujui/",
    ):  # fmt: skip
        assert browse(hadi).get(address).status_code in {404, 405}, address
    assert program(hadi).get(f"/files/{pk}").status_code in {404, 422}


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "x", "", "1.5", "\x00"])
def test_pages_beyond_the_end(booking, sari, hadi, browse, page):
    for browser, address in (
        (browse(), "/kos/"), (browse(sari), "/tagihan/"), (browse(sari), "/kasus/"), (browse(sari), "/pengeluaran/"),
    ):  # fmt: skip
        answer = browser.get(address, {"page": page, "hal": page, "sop": "boarding.booking"})
        assert answer.status_code in {200, 400}, address


@pytest.mark.parametrize(
    ("name", "value"),
    [("limit", "0"), ("limit", "101"), ("limit", "-1"), ("limit", "x"), ("limit", "9" * 40), ("offset", "-1"),
     ("offset", "9" * 40), ("offset", "1.5")],
)  # fmt: skip
def test_limits_and_offsets_beyond_reason(booking, sari, program, name, value):
    robot = program(sari)
    for path in ("/cases", "/money/invoices", "/boarding/houses"):
        answer = robot.get(path, **{name: value})
        assert (answer.status_code, answer["Content-Type"]) == (422, PROBLEM), path
        assert answer.json()["errors"][0]["field"] == name


def test_the_last_page_of_nothing_is_empty(booking, sari, program):
    for path, most in (("/cases", 1_000_000), ("/money/invoices", 1_000_000), ("/boarding/houses", 100_000)):
        answer = program(sari).get(path, offset=most, limit=100)
        assert (answer.status_code, answer.json()["items"]) == (200, []), path


BROKEN = [
    b"{",
    b"[1",
    b"nonsense",
    b'{"a":}',
    b"\xff\xfe{}",
    b"[]",
    b'"text"',
    b"12",
    b"null",
    b"{" * 100_000,
    b"[" * 100_000,
    b'{"a": "\xed\xa0\x80"}',
]


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_broken_json(submitted, bill, sari, program, body):
    client = program(sari).client
    for path in (
        "/cases",
        f"/cases/{submitted.number}/steps/confirm",
        "/money/cash",
        f"/cases/{submitted.number}/messages",
    ):
        answer = client.post(f"/api/v1{path}", body, content_type="application/json")
        assert answer.status_code in {400, 422}, (path, answer.content[:200])
        assert answer["Content-Type"] == PROBLEM, path
        assert answer.json()["detail"]
    submitted.refresh_from_db()
    assert submitted.status == "submitted"


def test_five_megabytes_of_json(submitted, sari, program):
    body = json.dumps({"reference": "a" * (5 * 2**20)})

    for path in (
        "/cases",
        f"/cases/{submitted.number}/steps/confirm",
        "/money/cash",
        f"/cases/{submitted.number}/messages",
    ):
        answer = program(sari).client.post(
            f"/api/v1{path}", body, content_type="application/json", headers={"idempotency-key": "besar"}
        )
        assert (answer.status_code, answer["Content-Type"]) == (413, PROBLEM), path
        assert "terlalu besar" in answer.json()["detail"]


def test_a_form_of_five_megabytes_is_refused_with_a_sentence(submitted, sari, browse):
    answer = browse(sari).post(
        f"/kasus/{submitted.number}/langkah/reject/",
        "note=" + "a" * (5 * 2**20),
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 413
    assert "besar" in flat(answer)


def test_a_form_of_ten_thousand_fields_is_refused(submitted, sari, browse):
    answer = browse(sari).post(
        f"/kasus/{submitted.number}/langkah/reject/", {f"f{n}": "1" for n in range(10_000)}
    )

    assert answer.status_code in {400, 413}


@pytest.mark.parametrize(
    "kind",
    [
        "text/xml",
        "application/x-www-form-urlencoded",
        "text/plain",
        "image/png",
        "application/json; charset=rot13",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "",
    ],
)
def test_wrong_kinds_of_content(submitted, sari, program, browse, kind):
    client = program(sari).client
    for path in ("/cases", f"/cases/{submitted.number}/steps/confirm"):
        answer = client.generic("POST", f"/api/v1{path}", b"amount=1", content_type=kind)
        assert 400 <= answer.status_code < 500, (path, answer.status_code)
        assert answer["Content-Type"].startswith("application/"), path
    page = browse(sari).generic(
        "POST", f"/kasus/{submitted.number}/langkah/reject/", b"<note/>", content_type=kind
    )
    assert page.status_code in {400, 422}
    submitted.refresh_from_db()
    assert submitted.status == "submitted"


@pytest.mark.parametrize(
    "given",
    [
        {"procedure": "boarding.booking"},
        {},
        {"procedure": 5, "input": {}},
        {"procedure": "x", "input": []},
        {"procedure": "boarding.booking", "input": {}, "more": 1},
        {"procedure": "payments.payment", "input": {}},
        {"procedure": None, "input": None},
        {"procedure": "a\x00"},
    ],
)
def test_openings_that_are_none(rooms, rini, program, given):
    answer = program(rini).post("/cases", given)

    assert (answer.status_code, answer["Content-Type"]) == (422, PROBLEM)
    assert answer.json()["errors"]
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    "value",
    [
        {"a": 1},
        {"name": "x", "content": "!!!"},
        {"name": "x", "content": "QUJD"},
        1.5,
        10**30,
        "x" * 100_000,
    ],
)
def test_inputs_of_the_wrong_kind(rooms, rini, program, value):
    for name in ("room", "move_in_on", "occupant", "services", "plan"):
        wish = {**WISH, "room": rooms[0].pk, name: value}
        answer = program(rini).post("/cases", {"procedure": "boarding.booking", "input": wish})
        assert (answer.status_code, answer["Content-Type"]) == (422, PROBLEM), (name, answer.content[:300])
        assert name in [one["field"] for one in answer.json()["errors"]]
    assert not Booking.objects.exists()


def test_tokens_that_are_none(booking, browse):
    for header in ("Bearer x", "Bearer ", "Basic YTpi", "Bearer tts_" + "a" * 5000, "Bearer \x00"):
        answer = browse().get(f"/api/v1/cases/{booking.number}", headers={"authorization": header})
        assert (answer.status_code, answer["Content-Type"]) == (401, PROBLEM), header


@pytest.mark.parametrize("key", ["a" * 101, "\x00", "😀" * 10])
def test_idempotency_keys_that_are_none(submitted, sari, program, key):
    answer = program(sari).client.post(
        f"/api/v1/cases/{submitted.number}/steps/reject", json.dumps({"note": "x"}), content_type="application/json",
        headers={"idempotency-key": key},
    )  # fmt: skip

    assert answer.status_code in {200, 400, 422}


@pytest.mark.parametrize("query", ["%00", "%ff%fe", "a=%c3%28", "&&&===", "q=" + "%41" * 3000])
def test_queries_that_are_no_text(rooms, browse, query):
    assert browse().get(f"/kos/?q={query}").status_code in {200, 400}
    assert browse().get(f"/dibaca/rupiah/?amount={query}").status_code in {200, 400}
