"""What was written down stays as it was, whatever asks the database to forget it."""

import pytest
from django.db import DatabaseError, connection, transaction

from tatausaha.core.people import history, merging, papers, services
from tatausaha.core.people.actors import Machine
from tatausaha.core.people.models import Event, Merge, PaperView, PersonChange

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-10")]


@pytest.fixture
def written(company, hadi, rini, at):
    """One row of every kind of history."""
    services.update_person(rini, name="Rini W", by=hadi, at=at)
    paper = papers.add_paper(person=rini, kind="ktp", number="3201015508950001", by=hadi, at=at)
    papers.reveal_number(paper, by=hadi, at=at, reason="Lapor RT")
    twin = services.create_person(name="Rini", by=hadi, at=at)
    merging.merge(rini, twin, by=hadi, at=at, reason="Orang yang sama")
    return (Event, PersonChange, PaperView, Merge)


def refused(act):
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        act()


def test_history_is_neither_changed_nor_deleted(written, at):
    for model in written:
        rows = list(model.objects.order_by("pk").values())
        refused(lambda model=model, at=at: model.objects.update(at=at.replace(year=2000)))
        refused(lambda model=model: model.objects.all().delete())
        refused(lambda model=model: connection.cursor().execute(f"DELETE FROM {model._meta.db_table}"))
        assert rows
        assert list(model.objects.order_by("pk").values()) == rows


def test_an_event_names_person_or_machine(company, rini, at):
    by_person = history.record(Event.Kind.EXPORTED, person=rini, by=rini, at=at)
    by_clock = history.record(Event.Kind.EXPORTED, person=rini, by=Machine.CLOCK, at=at)

    assert (by_person.by, by_person.machine) == (rini, "")
    assert (by_clock.by, by_clock.machine) == (None, "clock")
