"""The forms of steps ask each person only for what that person can answer."""

import pytest

from tatausaha.business.boarding.procedure.forms import RegistrationForm

pytestmark = pytest.mark.django_db


def test_only_the_owner_is_asked_why_there_is_no_identity_paper(rini, sari, hadi, at):
    assert "waived_because" in RegistrationForm(by=hadi, at=at).fields
    for person in (rini, sari):
        assert "waived_because" not in RegistrationForm(by=person, at=at).fields
