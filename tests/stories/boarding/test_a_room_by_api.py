"""The whole life of a room, by programs alone: what OpenAPI says is all that they know."""

import base64
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from tatausaha.core.api import tokens
from tatausaha.core.ledger import chart
from tatausaha.core.ledger import queries as ledger
from tatausaha.core.ledger.verification import verify
from tests.core.api.described import StrictProgram

pytestmark = pytest.mark.django_db


def picture(shade: int) -> dict[str, str]:
    """A photo as a program sends it."""
    made = BytesIO()
    Image.new("RGB", (640, 480), (shade, 120, 90)).save(made, "JPEG")
    return {"name": "foto.jpg", "content": base64.b64encode(made.getvalue()).decode()}


def program(person, at) -> StrictProgram:
    return StrictProgram(tokens.make(person=person, name="Cerita", wanted=("read", "act"), at=at)[1])


def told(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


class Cast:
    """The student's and the manager's program, and how money goes between them."""

    def __init__(self, student: StrictProgram, manager: StrictProgram) -> None:
        self.student, self.manager = student, manager
        self.shades = iter(range(10, 250, 10))

    def oldest_bill(self, case: str):
        return told(self.student.get("/money/invoices", case=case, open_only="true"))["items"][-1]

    def transfer(self, case: str, moment) -> int:
        """Transfer what the oldest open bill of the case asks; the manager finds it in the bank."""
        bill = self.oldest_bill(case)
        asked = told(self.student.post("/money/transfers", {"invoice": bill["number"]}), 201)
        on = moment.date().isoformat()
        proof = {"proof": picture(next(self.shades)), "occurred_on": on}
        told(self.student.post(f"/cases/{asked['payment']}/steps/submit", proof))
        arrived = {"amount": asked["amount"], "occurred_on": on}
        told(self.manager.post(f"/cases/{asked['payment']}/steps/confirm", arrived))
        assert told(self.student.get(f"/money/payments/{asked['payment']}"))["receipt"].startswith("KW/")
        return bill["remaining"]

    def cash(self, case: str, moment) -> int:
        """She pays the oldest open bill at the desk; the program asks twice and pays once."""
        bill = self.oldest_bill(case)
        sent = {
            "invoice": bill["number"],
            "amount": bill["remaining"],
            "occurred_on": moment.date().isoformat(),
        }
        paid = told(self.manager.post("/money/cash", sent, key=f"cash-{bill['number']}"), 201)
        assert told(self.manager.post("/money/cash", sent, key=f"cash-{bill['number']}"), 201) == paid
        return bill["remaining"]


@pytest.mark.req("KOS-01", "KOS-02", "KOS-05", "KOS-06", "KOS-09", "KOS-11", "KOS-12", "KOS-21")
def test_a_student_finds_books_pays_moves_in_stays_leaves_and_gets_300_000_back(
    rooms, laundry, house, rini, sari, at, live_until
):
    cast = Cast(program(rini, at), program(sari, at))
    booking = _she_finds_and_books(cast)
    assert cast.transfer(booking, at) == 100_000
    moved = at + timedelta(days=2)
    stay = _she_registers_and_moves_in(cast, booking, moved, live_until)
    for n in (1, 2, 3):
        due = moved + timedelta(days=30 * n)
        live_until(due)
        assert 1_149_000 < (cast.transfer if n < 3 else cast.cash)(stay, due) <= 1_150_000
    assert told(cast.student.get("/money/invoices", case=stay, open_only="true"))["count"] == 0

    _she_leaves(cast, stay, lambda: live_until(moved + timedelta(days=120)))

    held = (chart.DEPOSITS, chart.RECEIVABLES, chart.CUSTOMER_ADVANCES, chart.CUSTOMER_BALANCE)
    assert [ledger.balance_now(account, house.unit) for account in held] == [0, 0, 0, 0]
    assert ledger.balance_now(chart.DAMAGE_INCOME, house.unit) == -200_000
    assert verify() == []


def _she_finds_and_books(cast: Cast) -> str:
    found = told(cast.student.get("/boarding/houses", near="kampus", within_km=1, free_now="true"))
    assert [(one["code"], one["rent"], one["free_rooms"]) for one in found["items"]] == [
        ("melati", 1_000_000, 2)
    ]
    seen = told(cast.student.get("/boarding/houses/melati"))
    assert {seen["cycle"], found["items"][0]["cycle"]} == {"30 hari"}
    room, service = seen["free_rooms"][0], seen["services"][0]
    quote = told(
        cast.student.get(f"/boarding/houses/melati/rooms/{room['number']}/quote", service=service["id"])
    )
    assert quote == {
        "rent": 1_000_000, "total": 1_150_000, "down_payment": 100_000, "due_at_move_in": 1_550_000, "deposit": 500_000,
    }  # fmt: skip
    wish = {
        "room": room["id"], "move_in_on": "2026-03-12", "occupant": "wanita", "services": [service["id"]],
        "plan": "down_payment",
    }  # fmt: skip
    booking = told(cast.student.post("/cases", {"procedure": "boarding.booking", "input": wish}), 201)
    assert booking["business"]["due_at_move_in"] == 1_550_000
    return booking["number"]


def _she_registers_and_moves_in(cast: Cast, booking: str, moved, live_until) -> str:
    statement = {
        "origin": "Kediri", "purpose": "kuliah", "emergency_name": "Bu Ratna", "emergency_phone": "081333444555",
        "paper_kind": "ktp", "paper_number": "3506042602660001", "paper_file": picture(5),
    }  # fmt: skip
    told(cast.student.post(f"/cases/{booking}/steps/register", statement))
    live_until(moved)
    code = 1_550_000 - cast.transfer(booking, moved)
    assert 1 <= code <= 999  # what the unique code of the first transfer left as her balance
    told(cast.manager.post(f"/cases/{booking}/steps/check_in", {"on": "2026-03-12"}))
    stay = told(cast.student.get(f"/cases/{booking}"))["business"]["stay"]
    assert told(cast.student.get(f"/cases/{stay}"))["business"]["deposit"] == 500_000
    _the_room_is_looked_at(cast, stay, "in")
    told(cast.manager.post(f"/cases/{stay}/steps/sheet_in"))
    told(cast.student.post(f"/cases/{stay}/steps/agree"))
    return stay


def _the_room_is_looked_at(cast: Cast, stay: str, end: str, *lines) -> int | None:
    """The sheet is filled by the manager's program; the id of the wardrobe's line."""
    sent = {"lines": list(lines), "rest_is_good": True}
    sheet = told(cast.manager.post(f"/boarding/stays/{stay}/sheets/{end}", sent))
    assert cast.student.get(f"/boarding/stays/{stay}/sheets/{end}").status_code == 404  # a draft
    return next(one["id"] for one in sheet["lines"] if one["name"] == "Lemari")


def _she_leaves(cast: Cast, stay: str, wait) -> None:
    told(cast.student.post(f"/cases/{stay}/steps/give_notice", {"leave_on": "2026-07-10"}))
    wait()
    told(cast.manager.post(f"/cases/{stay}/steps/move_out", {"on": "2026-07-10"}))
    item = _the_room_is_looked_at(
        cast, stay, "out", {"name": "Lemari", "state": "broken", "photo": picture(200)}
    )
    told(cast.manager.post(f"/cases/{stay}/steps/sheet_out"))
    damage = {"item": item, "description": "Pintu lemari", "amount": 200_000, "reason": "Patah"}
    told(cast.manager.post(f"/cases/{stay}/steps/note_damage", damage))
    told(cast.student.post(f"/cases/{stay}/steps/agree"))
    assert told(cast.manager.post(f"/cases/{stay}/steps/settle"))["business"]["deposit"] == 0
    (refund,) = told(cast.manager.get("/cases", procedure="payments.refund"))["items"]
    assert "Rp300.000" in refund["headline"]
    paid = {"method": "transfer", "occurred_on": "2026-07-10", "reference": "TRX1"}
    told(cast.manager.post(f"/cases/{refund['number']}/steps/pay", paid))
    assert told(cast.student.get(f"/cases/{stay}"))["status"] == "closed"


@pytest.mark.req("KOS-16")
def test_a_stranger_learns_nothing_of_her_case(rooms, laundry, rini, budi, at, live_until):
    wish = {"room": rooms[0].pk, "move_in_on": "2026-03-12", "occupant": "wanita", "plan": "full"}
    number = told(program(rini, at).post("/cases", {"procedure": "boarding.booking", "input": wish}), 201)[
        "number"
    ]
    bill = told(program(rini, at).get("/money/invoices"))["items"][0]["number"]

    stranger = program(budi, at)

    assert stranger.get(f"/cases/{number}").status_code == 404
    assert stranger.get("/money/invoice", number=bill).status_code == 404
    assert stranger.post("/money/transfers", {"invoice": bill}).status_code == 404
