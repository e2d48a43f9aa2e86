"""Every procedure through the API: the same rights, reasons and trail as on the pages."""

import base64
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from tatausaha.core.api.models import ApiToken
from tatausaha.core.procedures import queries
from tests.toys import request_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toys")]

PROBLEM = "application/problem+json"


@pytest.mark.req("SYS-06")
@pytest.mark.parametrize(
    "path",
    [
        "/me",
        "/procedures",
        "/procedures/toys.request",
        "/cases",
        "/cases/TREQ-26-00001",
        "/worklist",
        "/files/1",
    ],
)
def test_without_a_token_nothing_is_told(company, path):
    for headers in ({}, {"authorization": "Bearer tts_SALAH"}, {"authorization": "Basic abc"}):
        answer = Client(headers=headers).get(f"/api/v1{path}")

        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == PROBLEM
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_signed_in_browser_is_no_token(rini):
    client = Client()
    client.force_login(rini.login)

    assert client.get("/api/v1/cases").status_code == 401


@pytest.mark.req("SYS-06")
def test_a_token_for_reading_takes_no_step(program_of, request_, technician):
    program = program_of(technician, wanted=["read"])

    answer = program.post(f"/cases/{request_.number}/steps/evaluate", {"note": "x"})

    assert answer.status_code == 403
    assert queries.status_now(request_) == "submitted"
    assert program.get(f"/cases/{request_.number}").status_code == 200


def test_the_procedure_is_told_as_it_runs(program_of, rini):
    told = program_of(rini).get("/procedures/toys.request").json()

    assert told["sop"]["number"] == "SOP-TI-02"
    assert told["policy"][0] == {
        "name": "approval_days", "label": "Batas persetujuan", "unit": "hari", "value": 3,
    }  # fmt: skip
    planned = next(state for state in told["states"] if state["value"] == "planned")
    assert (planned["deadline"], planned["then"]) == ("3 hari", "escalate")
    plan = next(step for step in told["steps"] if step["name"] == "plan")
    assert plan["inputs"] == {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "days": {"title": "days", "type": "integer", "minimum": 1},
            "note": {"title": "note", "type": ["string", "null"]},
        },
        "required": ["days"],
    }
    assert plan["follows"] == ["Pembuat rencana dicatat."]


def test_an_unknown_procedure_is_a_problem_document(program_of, rini):
    answer = program_of(rini).get("/procedures/tidak.ada")

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, PROBLEM)
    assert answer.json()["type"] == "urn:tatausaha:not-found"


def test_a_case_is_opened_moved_and_read(program_of, unit, rini, technician):
    customer, staff = program_of(rini), program_of(technician)
    opened = customer.post(
        "/cases", {"procedure": "toys.request", "input": {"unit": unit.code, "note": "Cetak KRS rusak"}}
    )
    assert opened.status_code == 201
    number = opened.json()["number"]
    assert [option["step"] for option in opened.json()["options"]] == ["cancel"]

    moved = staff.post(f"/cases/{number}/steps/evaluate", {"note": "penting"})

    assert moved.status_code == 200
    told = moved.json()
    assert (told["status"], told["status_label"]) == ("evaluated", "dievaluasi")
    assert [(one["step"], one["who"], one["note"]) for one in told["passages"]] == [
        ("open", "Rini", "Cetak KRS rusak"), ("evaluate", "Tono", "penting"),
    ]  # fmt: skip


@pytest.mark.req("SYS-06")
def test_a_case_of_somebody_else_does_not_exist(program_of, request_, budi):
    program = program_of(budi)

    assert program.get(f"/cases/{request_.number}").status_code == 404
    assert program.post(f"/cases/{request_.number}/steps/cancel", {"note": "x"}).status_code == 404
    assert program.post(f"/cases/{request_.number}/messages", {"text": "x"}).status_code == 404
    assert program.get("/cases").json()["count"] == 0


def test_a_step_of_others_is_refused_with_the_sentence_of_the_page(program_of, request_, rini):
    answer = program_of(rini).post(f"/cases/{request_.number}/steps/evaluate", {"note": "saya"})

    assert answer.status_code == 409
    assert answer.json()["detail"] == "“Evaluasi” dilakukan oleh Tim TI."


def test_inputs_that_do_not_fit_are_named_one_by_one(program_of, request_, bring, technician):
    bring(request_, ("evaluate", technician, {"note": "x"}), ("needs", technician))

    answer = program_of(technician).post(f"/cases/{request_.number}/steps/plan", {"days": 0, "warna": "biru"})

    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"days", "warna"}
    assert queries.status_now(request_) == "needs"


def test_a_blocked_step_is_listed_with_its_reason(program_of, request_, bring, technician, sari):
    bring(
        request_, ("evaluate", technician, {"note": "x"}), ("needs", technician), ("plan", technician, {"days": 2}),
        ("approve", sari), ("develop", technician),
    )  # fmt: skip

    options = program_of(technician).get(f"/cases/{request_.number}").json()["options"]

    blocked = next(option for option in options if option["step"] == "pass_tests")
    assert (blocked["allowed"], blocked["reason"]) == (False, "Pengujian belum lulus.")


@pytest.mark.parametrize("step", ["escalate", "tidak-ada"])
def test_steps_of_the_clock_and_unknown_ones_are_not_found(program_of, request_, technician, step):
    assert program_of(technician).post(f"/cases/{request_.number}/steps/{step}").status_code == 404


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[1]", "application/json", 400),
        ("x", "text/plain", 415),
        ("x=1", "application/x-www-form-urlencoded", 415),
    ],
)
def test_a_body_that_cannot_be_read_is_said_so(program_of, request_, technician, body, kind, status):
    answer = program_of(technician).client.post(
        f"/api/v1/cases/{request_.number}/steps/evaluate", body, content_type=kind
    )

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM)


def test_a_body_that_is_too_large_is_said_so(program_of, request_, technician):
    answer = program_of(technician).post(
        f"/cases/{request_.number}/steps/evaluate", {"note": "x" * 3_000_000}
    )

    assert answer.status_code == 413


def test_inputs_may_come_as_a_multipart_form(program_of, request_, technician):
    answer = program_of(technician).client.post(
        f"/api/v1/cases/{request_.number}/steps/evaluate", {"note": "lewat formulir"}
    )

    assert answer.status_code == 200
    assert queries.passages_of(request_).last().note == "lewat formulir"


def test_the_customer_does_not_read_internal_words_or_the_figures_of_the_staff(
    program_of, request_, bring, technician, rini
):
    bring(
        request_,
        ("evaluate", technician, {"note": "x"}),
        ("needs", technician),
        ("plan", technician, {"days": 2}),
    )
    program_of(technician).post(f"/cases/{request_.number}/messages", {"text": "Mahal.", "internal": True})
    program_of(rini).post(f"/cases/{request_.number}/messages", {"text": "Kapan?"})

    told = program_of(rini).get(f"/cases/{request_.number}").json()

    assert [one["text"] for one in told["messages"]] == ["Kapan?"]
    assert told["passages"][-1]["evidence"] is None
    assert program_of(technician).get(f"/cases/{request_.number}").json()["passages"][-1]["evidence"] == {
        "days": 2
    }


def test_the_list_is_bounded_and_filtered(program_of, request_, bring, unit_wita, rini, technician, hadi, at):
    bring(request_, ("evaluate", technician, {"note": "x"}))
    request_desk.submit(unit=unit_wita, customer=rini, by=rini, at=at, note="Hosting pindah")
    program = program_of(hadi)

    assert program.get("/cases").json()["count"] == 2
    assert [one["headline"] for one in program.get("/cases", q="hosting").json()["items"]] == [
        "Hosting pindah"
    ]
    assert program.get("/cases", status="evaluated").json()["items"][0]["number"] == request_.number
    assert program.get("/cases", unit="kenanga").json()["count"] == 1
    assert program.get("/cases", limit=1, offset=1).json()["items"][0]["number"] == request_.number
    assert program_of(technician).get("/cases").json()["count"] == 1
    for wrong in ({"limit": 101}, {"limit": 0}, {"offset": -1}, {"offset": 10**9}, {"limit": "x"}):
        assert program.get("/cases", **wrong).status_code == 422


def test_the_worklist_is_that_of_the_page(program_of, request_, technician, sari):
    assert [
        (one["number"], one["step"]) for one in program_of(technician).get("/worklist").json()["items"]
    ] == [(request_.number, "evaluate")]
    assert program_of(sari).get("/worklist").json() == {"items": []}


def test_a_file_in_base64_that_is_none_is_named(program_of, request_, technician):
    answer = program_of(technician).post(
        f"/cases/{request_.number}/steps/evaluate", {"note": {"name": "a.pdf", "content": "bukan base64!"}}
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "note"


def test_an_address_that_is_none_is_a_problem_document_too(program_of, rini):
    answer = program_of(rini).get("/tidak/ada")

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, PROBLEM)


def test_a_photo_of_a_note_comes_back_as_it_is_kept(program_of, request_, bring, technician, rini, budi):
    made = BytesIO()
    Image.new("RGB", (40, 30), "green").save(made, "PNG")
    sent = {"name": "papan.png", "content": base64.b64encode(made.getvalue()).decode()}
    bring(request_, ("evaluate", technician, {"note": "x"}))

    moved = program_of(technician).post(f"/cases/{request_.number}/steps/photograph", {"photo": sent})

    assert moved.status_code == 200, moved.json()
    kept = moved.json()["passages"][-1]["files"][0]
    assert kept["content_type"] == "image/jpeg"
    assert program_of(rini).client.get(kept["url"]).getvalue()[:3] == b"\xff\xd8\xff"
    assert program_of(budi).client.get(kept["url"]).status_code == 404
    assert request_desk.REQUEST.step("photograph").target is None


def test_what_cannot_be_seen_in_a_file_name_is_not_kept(program_of, request_, bring, technician):
    made = BytesIO()
    Image.new("RGB", (40, 30), "green").save(made, "PNG")
    sent = {
        "name": "a\x00b\r\nX-Evil: 1\u202egpj.exe",
        "content": base64.b64encode(made.getvalue()).decode(),
    }
    bring(request_, ("evaluate", technician, {"note": "x"}))

    moved = program_of(technician).post(f"/cases/{request_.number}/steps/photograph", {"photo": sent})

    kept = moved.json()["passages"][-1]["files"][0]
    assert kept["name"] == "abX-Evil: 1gpj.exe"
    answer = program_of(technician).client.get(kept["url"])
    assert answer.getvalue()[:3] == b"\xff\xd8\xff"
    assert "X-Evil" not in answer.headers
    assert answer.headers["Content-Type"] == "image/jpeg"


@pytest.mark.req("SYS-10")
def test_what_a_program_did_as_somebody_is_written_and_told_as_such(program_of, request_, technician, rini):
    program = program_of(technician)

    case = program.post(f"/cases/{request_.number}/steps/evaluate", {"note": "Layar retak"}).json()

    by_hand, by_program = queries.passages_of(request_)
    kept = ApiToken.objects.get(person=technician)
    assert (by_hand.token_id, by_hand.token_name) == (None, None)
    assert (by_program.person, by_program.token_id, by_program.token_name) == (technician, kept.pk, "Uji")
    assert [one["program"] for one in case["passages"]] == [None, "Uji"]
    assert program_of(rini).get(f"/cases/{request_.number}").json()["passages"][1]["program"] is None
    page = Client()
    page.force_login(technician.login)
    assert f"{technician.name} lewat program “Uji”" in page.get(f"/kasus/{request_.number}/").text
    page.force_login(rini.login)
    assert "lewat program" not in page.get(f"/kasus/{request_.number}/").text
