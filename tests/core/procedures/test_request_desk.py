"""A 13-step SOP with loops and skips runs on the engine as it is."""

from datetime import timedelta

import pytest

from tatausaha.config.leader import leadership
from tatausaha.config.worker import Worker
from tatausaha.core.kernel import tasks
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.actors import Machine
from tatausaha.core.people.models import Role
from tatausaha.core.procedures import checks, queries, services
from tests.toys import request_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toys")]


@pytest.fixture
def request_(unit, rini, at):
    return request_desk.submit(unit=unit, customer=rini, by=rini, at=at, note="Tombol cetak rusak")


def test_the_table_has_no_problems():
    assert checks.problems(request_desk.REQUEST) == []


@pytest.mark.req("REQ-02")
def test_all_thirteen_steps_with_a_loop_and_a_justified_skip_leave_their_trail(
    request_, take, technician, sari, rini
):
    path = [
        ("evaluate", technician, {"note": "penting"}), ("needs", technician, {}), ("plan", technician, {"days": 5}),
        ("approve", sari, {}), ("develop", technician, {}), ("test", technician, {"passed": False}),
        ("rework", technician, {"note": "gagal uji"}), ("develop", technician, {}),
        ("test", technician, {"passed": True}), ("pass_tests", technician, {}),
        ("skip_training", sari, {"note": "tidak berlaku"}), ("launch", technician, {}), ("document", technician, {}),
        ("notify", technician, {}), ("object", rini, {"note": "belum cocok"}), ("train", technician, {}),
        ("launch", technician, {}), ("document", technician, {}), ("notify", technician, {}), ("accept", rini, {}),
        ("close", technician, {"note": "uji lebih awal"}),
    ]  # fmt: skip

    for name, who, data in path:
        request_ = take(request_, name, by=who, **data)

    assert request_.status == "closed"
    trail = list(queries.passages_of(request_).values_list("step", "person__name"))
    assert trail == [("open", "Rini"), *[(name, who.name) for name, who, _ in path]]


def test_a_step_cannot_be_skipped_silently(request_, take, technician):
    with pytest.raises(Refused, match="sekarang berstatus diajukan"):
        take(request_, "develop", by=technician)

    assert queries.passages_of(request_).count() == 1


def test_tests_that_failed_block_the_next_step_with_the_reason(request_, take, technician, sari):
    for name, who in [
        ("evaluate", technician),
        ("needs", technician),
        ("plan", technician),
        ("approve", sari),
        ("develop", technician),
    ]:
        request_ = take(request_, name, by=who)

    blocked = {
        o.step.name: str(o.refusal)
        for o in services.options(request_, by=technician, at=request_.since)
        if o.refusal
    }

    assert blocked == {"pass_tests": "Pengujian belum lulus."}


def test_nobody_approves_an_own_plan(request_, take, sari, technician):
    Role.objects.create(person=sari, unit=request_.unit, name="staff", since=request_.since)
    for name, who in [("evaluate", technician), ("needs", technician), ("plan", sari)]:
        request_ = take(request_, name, by=who)

    with pytest.raises(Refused, match="harus disetujui orang lain"):
        take(request_, "approve", by=sari)


def test_an_approval_that_stays_silent_goes_back_at_its_deadline_and_not_a_second_earlier(
    request_, take, technician, at
):
    for name in ("evaluate", "needs", "plan"):
        request_ = take(request_, name, by=technician)
    deadline = at + timedelta(days=3)

    assert services.sweep(at=deadline - timedelta(seconds=1)) == 0
    assert services.sweep(at=deadline + timedelta(hours=5)) == 1

    last = queries.passages_of(request_).last()
    assert (last.step, last.actor, last.at) == ("escalate", Machine.CLOCK, deadline)
    assert last.recorded_at == deadline + timedelta(hours=5)


def test_a_passed_deadline_counts_before_the_sweep_has_run(request_, take, technician, sari, at):
    for name in ("evaluate", "needs", "plan"):
        request_ = take(request_, name, by=technician)

    with pytest.raises(Refused, match="sekarang berstatus dievaluasi"):
        take(request_, "approve", by=sari, at=at + timedelta(days=3))

    request_.refresh_from_db()
    assert request_.status == "evaluated"


@pytest.mark.req("SYS-06")
def test_each_sees_what_is_due_from_them(request_, take, technician, sari, rini, at, unit_wita):
    assert [i.step.name for i in queries.worklist(technician)] == ["evaluate"]
    assert queries.worklist(sari) == []
    assert queries.worklist(rini) == []

    for name in ("evaluate", "needs", "plan"):
        request_ = take(request_, name, by=technician)

    assert [(i.number, i.step.name) for i in queries.worklist(sari)] == [(request_.number, "approve")]
    assert queries.worklist(technician) == []


def test_a_stranger_does_not_know_of_the_case(request_, rini, budi, sari):
    assert queries.case_for(rini, request_.number) == request_
    assert queries.case_for(sari, request_.number) == request_
    assert queries.case_for(budi, request_.number) is None
    assert queries.case_for(None, request_.number) is None


def test_what_a_form_calls_secret_is_not_kept_in_the_trail(request_, take, technician, monkeypatch):
    monkeypatch.setattr(request_desk.Reason, "secret", ("code",), raising=False)

    request_ = take(request_, "evaluate", by=technician, code="3273012345670001", urgency="tinggi")

    assert queries.passages_of(request_).last().evidence == {"code": "•••", "urgency": "tinggi"}


def test_the_worker_moves_what_is_overdue(request_, take, technician, at, clock_at):
    for name in ("evaluate", "needs", "plan"):
        request_ = take(request_, name, by=technician)
    clock_at(at + timedelta(days=3))

    lead = leadership("try")
    done = Worker(tasks.registry.values(), lead).turn()
    lead.release()

    request_.refresh_from_db()
    assert "move what is overdue" in done
    assert request_.status == "evaluated"


@pytest.mark.req("SYS-06")
def test_nobody_is_asked_to_approve_their_own_plan(unit, rini, sari, hadi, take, at):
    Role.objects.create(person=sari, unit=unit, name="staff", since=at)
    case = request_desk.submit(unit=unit, customer=rini, by=rini, at=at, note="x")
    for name, data in (("evaluate", {"note": "x"}), ("needs", {}), ("plan", {"days": 5})):
        take(case, name, by=sari, **data)

    asked = {person: [item.number for item in queries.worklist(person)] for person in (sari, hadi)}

    assert asked == {sari: [], hadi: [case.number]}
    with pytest.raises(Refused, match="Rencana Anda sendiri harus disetujui orang lain"):
        take(case, "approve", by=sari)
    assert take(case, "approve", by=hadi).status == "approved"


def test_what_an_opening_keeps_secret_stands_in_no_passage(unit, rini, at, monkeypatch):
    monkeypatch.setattr(request_desk.REQUEST.opening.form, "secret", ("note",), raising=False)

    case = request_desk.submit(unit=unit, customer=rini, by=rini, at=at, note="sandi 1234")

    assert "1234" not in str(queries.passages_of(case).get().evidence)
