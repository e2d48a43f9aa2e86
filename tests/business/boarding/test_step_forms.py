"""The forms of steps ask each person only for what that person can answer."""

from collections.abc import Iterator

import pytest
from django import forms

from tatausaha.business.boarding.procedure.booking import BOOKING
from tatausaha.business.boarding.procedure.forms import RegistrationForm
from tatausaha.business.boarding.procedure.forms_using import SubscribeForm
from tatausaha.business.boarding.procedure.stay import STAY
from tests.business.boarding.makers import make_service

pytestmark = pytest.mark.django_db


@pytest.mark.req("KOS-07")
def test_only_the_owner_is_asked_why_there_is_no_identity_paper(rini, sari, hadi, at):
    assert "waived_because" in RegistrationForm(by=hadi, at=at).fields
    for person in (rini, sari):
        assert "waived_because" not in RegistrationForm(by=person, at=at).fields


@pytest.mark.req("SYS-10")
def test_whoever_decides_about_a_case_writes_why(booked, desk, hadi, at):
    stay = desk.move_in(booked)
    asked = []
    for case, procedure in ((booked, BOOKING), (stay, STAY)):
        for step in procedure.steps:
            if step.evidence == "Alasan":
                form = step.form({}, by=hadi, at=at, subject=case)
                assert form.errors.get("note"), step.name
                asked.append(step.name)

    assert asked == [
        "extend", "cancel_on_request", "withdraw", "settle", "drop_damage", "ask_to_leave", "grant_rest",
        "waive_late_fee", "return_excess", "ask_deposit",
    ]  # fmt: skip


@pytest.mark.req("KOS-09")
def test_a_tenant_reads_what_a_service_costs_and_from_when_and_is_not_offered_it_twice(
    booked, desk, rini, house, laundry, at
):
    stay = desk.move_in(booked)
    wifi = make_service(house, name="WiFi", amount=50_000)

    fields = SubscribeForm(subject=stay, by=rini, at=at).fields
    field = fields["service"]

    assert list(field.queryset) == [wifi]
    assert [label for _value, label in field.choices][1:] == ["WiFi: Rp50.000 per 30 hari"]
    said = "Ditagih penuh mulai masa sewa Kamis, 9 April 2026; hari sebelumnya ditagih per hari."
    assert fields["on"].help_text == said


def kinds_of(form: type) -> Iterator[type]:
    for kind in form.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def test_a_list_says_what_to_choose_and_begins_with_no_dashes():
    dashed = [
        f"{form.__name__}.{name}"
        for form in kinds_of(forms.Form)
        if form.__module__.startswith("tatausaha.business.boarding")
        for name, field in form.base_fields.items()
        if getattr(field, "empty_label", None) == "---------" and not field.widget.is_hidden
    ]

    assert dashed == []
