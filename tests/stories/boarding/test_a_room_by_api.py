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
from tests.core.api.conftest import Program

pytestmark = pytest.mark.django_db


def picture(shade: int) -> dict[str, str]:
    """A photo as a program sends it."""
    made = BytesIO()
    Image.new("RGB", (640, 480), (shade, 120, 90)).save(made, "JPEG")
    return {"name": "foto.jpg", "content": base64.b64encode(made.getvalue()).decode()}


def program(person, at) -> Program:
    return Program(tokens.make(person=person, name="Cerita", wanted=("read", "act"), at=at)[1])


def told(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


@pytest.mark.req("KOS-01", "KOS-02", "KOS-05", "KOS-06", "KOS-09", "KOS-11", "KOS-12", "KOS-21")
def test_a_student_finds_books_pays_moves_in_stays_leaves_and_gets_300_000_back(  # noqa: PLR0915 - one story
    rooms, laundry, house, rini, sari, at, live_until
):
    student, manager = program(rini, at), program(sari, at)
    shade = iter(range(10, 250, 10))

    def pay(case: str, moment) -> int:
        """Transfer what the oldest open bill of the case asks; the manager finds it in the bank."""
        bill = told(student.get("/money/invoices", case=case, open_only="true"))["items"][-1]
        transfer = told(student.post("/money/transfers", {"invoice": bill["number"]}), 201)
        proof = {"proof": picture(next(shade)), "occurred_on": moment.date().isoformat()}
        told(student.post(f"/cases/{transfer['payment']}/steps/submit", proof))
        arrived = {"amount": transfer["amount"], "occurred_on": moment.date().isoformat()}
        told(manager.post(f"/cases/{transfer['payment']}/steps/confirm", arrived))
        assert told(student.get(f"/money/payments/{transfer['payment']}"))["receipt"].startswith("KW/")
        return bill["remaining"]

    def pay_cash(case: str, moment) -> int:
        """She pays the oldest open bill at the desk."""
        bill = told(student.get("/money/invoices", case=case, open_only="true"))["items"][-1]
        sent = {
            "invoice": bill["number"],
            "amount": bill["remaining"],
            "occurred_on": moment.date().isoformat(),
        }
        paid = told(manager.post("/money/cash", sent, key=f"cash-{bill['number']}"), 201)
        assert told(manager.post("/money/cash", sent, key=f"cash-{bill['number']}"), 201) == paid
        return bill["remaining"]

    # she finds a free room near the campus
    found = told(student.get("/boarding/houses", near="kampus", within_km=1, free_now="true"))
    assert [(one["code"], one["rent"], one["free_rooms"]) for one in found["items"]] == [
        ("melati", 1_000_000, 2)
    ]
    seen = told(student.get("/boarding/houses/melati"))
    room, service = seen["free_rooms"][0], seen["services"][0]
    quote = told(student.get(f"/boarding/houses/melati/rooms/{room['number']}/quote", service=service["id"]))
    assert quote == {
        "rent": 1_000_000, "total": 1_150_000, "down_payment": 100_000, "due_at_move_in": 1_550_000, "deposit": 500_000,
    }  # fmt: skip

    # she books it with laundry and pays ten per cent
    wish = {
        "room": room["id"], "move_in_on": "2026-03-12", "occupant": "wanita", "services": [service["id"]],
        "plan": "down_payment",
    }  # fmt: skip
    booking = told(student.post("/cases", {"procedure": "boarding.booking", "input": wish}), 201)
    number = booking["number"]
    assert booking["business"]["due_at_move_in"] == 1_550_000
    assert pay(number, at) == 100_000

    # she registers, pays the rest with the deposit, and moves in
    statement = {
        "origin": "Kediri", "purpose": "kuliah", "emergency_name": "Bu Ratna", "emergency_phone": "081333444555",
        "paper_kind": "ktp", "paper_number": "3506042602660001", "paper_file": picture(5),
    }  # fmt: skip
    told(student.post(f"/cases/{number}/steps/register", statement))
    moved = at + timedelta(days=2)
    live_until(moved)
    codes = 1_550_000 - pay(number, moved)  # what the unique code of the first transfer left as balance
    assert 1 <= codes <= 999
    told(manager.post(f"/cases/{number}/steps/check_in", {"on": "2026-03-12"}))
    stay = told(student.get(f"/cases/{number}"))["business"]["stay"]
    assert told(student.get(f"/cases/{stay}"))["business"]["deposit"] == 500_000

    # three bills, every thirty days
    for n in (1, 2, 3):
        due = moved + timedelta(days=30 * n)
        live_until(due)
        assert 1_149_000 < (pay if n < 3 else pay_cash)(stay, due) <= 1_150_000
    assert told(student.get("/money/invoices", case=stay, open_only="true"))["count"] == 0

    # she leaves; the door of the wardrobe is broken
    told(student.post(f"/cases/{stay}/steps/give_notice", {"leave_on": "2026-07-10"}))
    leaves = moved + timedelta(days=120)
    live_until(leaves)
    told(manager.post(f"/cases/{stay}/steps/move_out", {"on": "2026-07-10"}))
    damage = {"description": "Pintu lemari", "amount": 200_000, "reason": "Patah", "photo": picture(200)}
    told(manager.post(f"/cases/{stay}/steps/note_damage", damage))
    assert told(manager.post(f"/cases/{stay}/steps/settle"))["business"]["deposit"] == 0
    refunds = told(manager.get("/cases", procedure="payments.refund"))["items"]
    back = [refund for refund in refunds if "300.000" in refund["headline"]]
    assert len(back) == 1, refunds
    for refund in refunds:
        paid = {"method": "transfer", "occurred_on": "2026-07-10", "reference": "TRX1"}
        told(manager.post(f"/cases/{refund['number']}/steps/pay", paid))

    assert told(student.get(f"/cases/{stay}"))["status"] == "closed"
    assert ledger.balance_now(chart.DEPOSITS, house.unit) == 0
    assert ledger.balance_now(chart.RECEIVABLES, house.unit) == 0
    assert ledger.balance_now(chart.CUSTOMER_ADVANCES, house.unit) == 0
    assert ledger.balance_now(chart.DAMAGE_INCOME, house.unit) == -200_000
    assert verify() == []


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
