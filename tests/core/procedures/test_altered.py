"""An approval binds to the table that was approved: a version that runs another one says so at its start."""

from dataclasses import replace

import pytest
from django.utils import translation

from tatausaha.config import installation
from tatausaha.core.procedures import policies, registry
from tests.toys import request_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toys"), pytest.mark.req("SYS-09")]


@pytest.fixture
def on(at):
    policies.install(at=at, on=at.date())
    return at.date()


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_is_said_of_what_runs_as_it_was_approved(on, language, capsys):
    with translation.override(language):
        installation.say_what_changed(on)

    assert capsys.readouterr().err == ""


def test_a_table_that_changed_since_its_approval_is_named(on, monkeypatch, capsys):
    desk = request_desk.REQUEST
    changed = replace(desk, steps=(replace(desk.steps[0], guards=()), *desk.steps[1:-1]))
    monkeypatch.setitem(registry._by_code, desk.code, changed)

    installation.say_what_changed(on)

    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"SOP {desk.code} revisi 0 berjalan lain dari yang disetujui" in said
