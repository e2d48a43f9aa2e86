"""What the engine holds against haste, clashes and second thoughts (SYS-10)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.notices.models import Notice
from tatausaha.core.people.actors import Machine
from tatausaha.core.procedures import bulk, conversation, openings, policies, queries, registry, services
from tatausaha.core.procedures.models import Attachment, Passage, SopRevision
from tests.races.threads import errors, results, together
from tests.toys import repair_shop, request_desk
from tests.toys.models import Order, Request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toys")]


@pytest.fixture
def request_(unit, rini, at):
    return request_desk.submit(unit=unit, customer=rini, by=rini, at=at, note="Tombol cetak rusak")


@pytest.fixture
def planned(request_, take, technician):
    for name in ("evaluate", "needs", "plan"):
        request_ = take(request_, name, by=technician)
    return request_


@pytest.mark.req("SYS-10")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE procedures_passage SET note = 'lain'",
        "UPDATE procedures_passage SET person_id = NULL",
        "DELETE FROM procedures_passage",
        "UPDATE procedures_message SET text = 'lain'",
        "DELETE FROM procedures_message",
        "UPDATE procedures_attachment SET message_id = NULL",
        "UPDATE procedures_attachment SET sha256 = 'lain'",
        "DELETE FROM procedures_attachment",
    ],
)
def test_what_was_done_and_said_is_not_changed_by_raw_sql(request_, rini, at, statement):
    class Photo:
        content, content_type, name, suffix = b"foto", "image/jpeg", "a.jpg", ".jpg"

    conversation.say(request_, "halo", by=rini, at=at, files=[Photo()])

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        connection.cursor().execute(statement)

    assert Passage.objects.get().note == "Tombol cetak rusak"
    assert Attachment.objects.get().message.text == "halo"


def test_what_is_said_reaches_the_other_side_and_an_internal_word_nobody(
    request_, rini, sari, technician, at
):
    def told(person):
        return [notice.title for notice in Notice.objects.filter(person=person, about=request_.number)]

    before = told(rini)
    conversation.say(request_, "halo", by=rini, at=at)
    conversation.say(request_, "siapkan suku cadang", by=sari, at=at, internal=True)
    assert told(sari).count(f"Pesan dari {rini.name}") == 1
    assert told(rini) == before

    conversation.say(request_, "segera", by=sari, at=at)
    assert len(told(rini)) == len(before) + 1


def test_a_deadline_counts_from_its_very_second(planned, at):
    deadline = at + timedelta(days=3)
    assert planned.deadline_at == deadline

    assert services.settle(planned, at=deadline - timedelta(seconds=1)).status == "planned"
    assert services.settle(planned, at=deadline).status == "evaluated"


def test_at_the_very_second_the_clock_comes_before_the_person(planned, take, sari):
    with pytest.raises(Refused, match="terjadi sendiri"):
        take(planned, "approve", by=sari, at=planned.deadline_at)


def test_one_second_before_the_person_is_in_time(planned, take, sari):
    assert (
        take(planned, "approve", by=sari, at=planned.deadline_at - timedelta(seconds=1)).status == "approved"
    )


def test_who_comes_second_is_told_who_was_first_and_when(planned, take, sari, hadi):
    take(planned, "approve", by=hadi)

    with pytest.raises(Refused) as no:
        take(planned, "approve", by=sari)

    assert str(no.value) == (
        f"“Setujui” tidak bisa dilakukan lagi: {planned.number} sekarang berstatus disetujui. "
        "Pak Hadi sudah melakukan “Setujui” pada Selasa, 10 Maret 2026 10.00 WIB."
    )


def test_pressing_twice_says_that_one_did_it_oneself(planned, take, sari):
    take(planned, "approve", by=sari)

    with pytest.raises(Refused, match="Anda sudah melakukan “Setujui”"):
        take(planned, "approve", by=sari)


def test_a_constraint_speaks_its_own_sentence_and_leaves_nothing_behind(unit, rini, technician, at):
    repair_shop.hand_in(unit=unit, customer=rini, serials=["SN-1"], by=technician, at=at)
    before = Passage.objects.count()

    with pytest.raises(Refused, match="Perangkat ini masih dalam perbaikan"), transaction.atomic():
        repair_shop.hand_in(unit=unit, customer=rini, serials=["SN-1"], by=technician, at=at)

    assert (Passage.objects.count(), Order.objects.count()) == (before, 1)


def test_money_stays_when_the_step_that_it_wanted_is_refused(unit, rini, technician, take, at):
    _intake, (order,) = repair_shop.hand_in(unit=unit, customer=rini, serials=["SN-1"], by=technician, at=at)
    for name, who in [("quote", technician), ("agree", rini), ("check", technician), ("ready", technician)]:
        order = take(order, name, by=who)

    def refuse(_order, _act):
        raise Refused("Gudang tutup.")

    object.__setattr__(repair_shop.HAND_OVER, "effects", (refuse,))
    try:
        with transaction.atomic():
            Order.objects.filter(pk=order.pk).update(paid=True)
            after = services.advance(order, at=at, cause=Machine.MONEY)
    finally:
        object.__setattr__(repair_shop.HAND_OVER, "effects", ())

    assert after.status == "ready"
    assert Order.objects.get(pk=order.pk).paid is True
    assert queries.passages_of(order).last().step == "ready"
    assert services.advance(order, at=at, cause=Machine.MONEY).status == "handed_over"


def test_one_step_for_many_moves_each_alone(unit, rini, technician, take, at):
    cases = [request_desk.submit(unit=unit, customer=rini, by=rini, at=at, note=f"ke-{n}") for n in range(3)]
    for case in cases[:2]:
        take(case, "evaluate", by=technician)
    step = request_desk.REQUEST.step("needs")

    outcomes = bulk.perform_each(
        request_desk.REQUEST, [case.number for case in cases], step, by=technician, at=at
    )

    assert [outcome.refusal is None for outcome in outcomes] == [True, True, False]
    assert [queries.status_now(case) for case in cases] == ["needs", "needs", "submitted"]


def test_only_the_named_roles_open_a_case(unit, technician, rini, at):
    opening = request_desk.REQUEST.opening
    assert openings.may_open(request_desk.REQUEST, rini)

    object.__setattr__(opening, "who", request_desk.BOSS)
    try:
        assert not openings.may_open(request_desk.REQUEST, rini)
        with pytest.raises(Refused, match="dilakukan oleh Manajemen"):
            openings.open_case(request_desk.REQUEST, by=rini, at=at, data={"unit": unit, "note": "x"})
    finally:
        object.__setattr__(opening, "who", None)


@pytest.mark.req("SYS-09")
def test_a_units_own_numbers_survive_a_new_revision_of_the_company(unit, unit_wita, sari, hadi, at):
    own = policies.draft(
        request_desk.REQUEST, unit, {"approval_days": 7}, by=sari, at=at, effective_on=at.date(), reason="x"
    )
    policies.approve(own, by=hadi, at=at)
    later = at + timedelta(days=10)
    company = policies.draft(
        request_desk.REQUEST, None, {"approval_days": 4, "budget_limit": 9_000_000}, by=hadi, at=later,
        effective_on=later.date(), reason="y",
    )  # fmt: skip
    policies.approve(company, by=hadi, at=later, exception="Direktur tunggal")

    ours = policies.values_in_force(request_desk.REQUEST, unit, at=later)
    theirs = policies.values_in_force(request_desk.REQUEST, unit_wita, at=later)

    assert (ours.approval_days, ours.budget_limit) == (7, 9_000_000)
    assert (theirs.approval_days, theirs.budget_limit) == (4, 9_000_000)


def test_a_revision_holds_from_its_day_and_not_before(unit, sari, hadi, at):
    draft = policies.draft(
        request_desk.REQUEST, unit, {"approval_days": 7}, by=sari, at=at,
        effective_on=at.date() + timedelta(days=2), reason="x",
    )  # fmt: skip
    policies.approve(draft, by=hadi, at=at)

    days = [
        policies.values_in_force(request_desk.REQUEST, unit, at=at + timedelta(days=n)).approval_days
        for n in range(4)
    ]

    assert days == [3, 3, 7, 7]


def test_two_revisions_cannot_begin_on_one_day(unit, sari, hadi, at):
    drafts = [
        policies.draft(
            request_desk.REQUEST,
            unit,
            {"approval_days": days},
            by=sari,
            at=at,
            effective_on=at.date(),
            reason="x",
        )
        for days in (5, 6)
    ]
    policies.approve(drafts[0], by=hadi, at=at)

    with pytest.raises(Refused, match="Sudah ada revisi unit ini"):
        policies.approve(drafts[1], by=hadi, at=at)


def test_the_database_refuses_a_maker_who_approves_without_a_reason(hadi, at):
    with pytest.raises(IntegrityError, match="sop_maker_is_not_approver"), transaction.atomic():
        SopRevision.objects.create(
            procedure="toys.request",
            revision=9,
            effective_on=at.date(),
            made_by=hadi,
            made_at=at,
            approved_by=hadi,
        )


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_people_take_one_step_at_once_and_one_does(unit, rini, technician, at):
    case = request_desk.submit(unit=unit, customer=rini, by=rini, at=at, note="sekali")
    step = registry.procedure_of(case).step("evaluate")

    outcomes = together(
        [lambda: services.perform(Request.objects.get(pk=case.pk), step, by=technician, at=at)] * 8
    )

    assert len(results(outcomes)) == 1
    assert [type(error) for error in errors(outcomes)] == [Refused] * 7
    assert queries.passages_of(case).filter(step="evaluate").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_clock_and_a_person_reach_for_one_case_and_it_is_never_stuck(unit, rini, technician, sari, at):
    steps = {step.name: step for step in request_desk.STEPS}
    for turn in range(10):
        begun = at + timedelta(days=30 * turn)
        case = request_desk.submit(unit=unit, customer=rini, by=rini, at=begun, note=f"ke-{turn}")
        for name in ("evaluate", "needs", "plan"):
            case = services.perform(case, steps[name], by=technician, at=begun)
        deadline = case.deadline_at

        together([
            lambda c=case, d=deadline: services.settle(c, at=d),
            lambda c=case, d=deadline: services.perform(c, steps["approve"], by=sari, at=d - timedelta(seconds=1)),
        ])  # fmt: skip

        trail = list(queries.passages_of(case).values_list("step", flat=True))
        assert trail[4:] in (["escalate"], ["approve"]), trail
        assert queries.status_now(case) == {"escalate": "evaluated", "approve": "approved"}[trail[4]]
