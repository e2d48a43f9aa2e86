"""Pages and steps say the numbers of the SOP that is in force, not those that it was delivered with."""

import re

import pytest
from django.test import Client

from tatausaha.business.boarding.procedure.booking import BOOKING
from tatausaha.business.boarding.procedure.stay import STAY
from tatausaha.core.procedures import policies
from tatausaha.core.web import sopsheet

pytestmark = pytest.mark.django_db


@pytest.mark.req("SYS-09")
def test_a_house_that_holds_for_five_days_promises_five(sops, rooms, house, unit, hadi, at, clock_at):
    policies.set_unit_values("boarding.booking", unit, {"hold_days": 5}, by=hadi, at=at, reason="ramai")
    clock_at(at)
    code = unit.code

    for address in (f"/kos/{code}/", f"/kos/{code}/101/"):
        page = " ".join(Client().get(address).text.split())
        assert "Kamar ditahan 5 hari" in page, address
        assert "7 hari" not in page, address
    assert "7 hari" not in Client().get("/kos/").text


@pytest.mark.req("SYS-09")
@pytest.mark.parametrize("procedure", [BOOKING, STAY], ids=lambda procedure: procedure.code)
def test_no_sentence_of_a_procedure_has_a_number_typed_into_it_but_the_fixed_thirty_days(procedure):
    said = [
        str(text)
        for step in procedure.steps
        for text in (
            step.label, step.done, step.evidence,
            *(getattr(part, "says", "") for part in (*step.guards, *step.effects)),
        )
    ]  # fmt: skip
    said += [str(state.awaits) for state in procedure.states]

    assert [text for text in said if re.search(r"\d", text.replace("30 hari", ""))] == []


@pytest.mark.req("SYS-09")
def test_a_number_that_chooses_is_printed_with_what_it_means():
    said = {str(fact.label): fact.value for fact in sopsheet.value_lines(STAY, {"late_fee": 2})}

    assert said["Denda terlambat membayar sewa"] == "2 (persen per hari)"
    assert said["Potongan deposit tanpa lembar masuk"] == "1 (hanya oleh pemilik)"
    assert said["Pemberitahuan sebelum pergi"] == "14 hari"
