"""Two records become one, and nothing of either is lost."""

import pytest

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import duplicates, history, merging, papers, queries, roles, services
from tatausaha.core.people.models import (
    Event,
    IdentityPaper,
    Login,
    Membership,
    Merge,
    Person,
    PersonChange,
    Role,
)

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-07")]


@pytest.fixture
def twin(company, hadi, at):
    """Rini once more, from the counter, without a login."""
    return services.create_person(
        name="Rini Wulandari", phone="081200000001", address="Jl. Mawar 1", by=hadi, at=at
    )


def test_what_can_change_goes_over_and_history_stays(company, hadi, rini, twin, unit, at):
    paper = papers.add_paper(person=twin, kind="ktp", number="3201015508950001", by=hadi, at=at)
    role = services.give_role(person=twin, name="staff", unit=unit, by=hadi, at=at)
    body = services.create_organisation(name="CV X", members=((twin, "Direktur"),), by=hadi, at=at)
    before = list(Event.objects.filter(person=twin).values_list("pk", flat=True))

    merged = merging.merge(rini, twin, by=hadi, at=at, reason="Orang yang sama")

    twin.refresh_from_db()
    paper.refresh_from_db()
    role.refresh_from_db()
    assert twin.merged_into == rini
    assert (paper.person, role.person, Membership.objects.get(organisation=body).person) == (rini, rini, rini)
    assert list(Event.objects.filter(person=twin).values_list("pk", flat=True)) == before
    assert set(queries.same_person(rini)) == {rini, twin}
    assert roles.has_role(rini, unit, "staff")
    assert merged.moved["rows"] == {"people.IdentityPaper.person": [paper.pk]}
    assert merged.moved["roles"] == {"moved": [role.pk], "ended": []}


def test_what_is_missing_is_filled_from_the_dropped_one(company, hadi, rini, twin, at):
    merging.merge(rini, twin, by=hadi, at=at, reason="Orang yang sama")

    kept = Person.objects.get(pk=rini.pk)
    assert (kept.name, kept.address, kept.born_on) == ("Rini", "Jl. Mawar 1", None)
    assert PersonChange.objects.get(person=rini).field == "address"


def test_the_dropped_login_is_ended_when_both_have_one(company, hadi, rini, budi, at):
    merged = merging.merge(rini, budi, by=hadi, at=at, reason="Orang yang sama")

    assert Login.objects.get(person=rini).is_active
    assert not Login.objects.get(person=budi).is_active
    assert merged.moved["login"] == {"ended": budi.login.pk}
    assert Event.objects.get(kind=Event.Kind.LOGIN_ENDED).person == budi


def test_the_only_login_moves_over(company, hadi, rini, twin, at):
    merging.merge(twin, rini, by=hadi, at=at, reason="Orang yang sama")

    assert Login.objects.get(email="rini@contoh.id").person == twin


def test_a_role_held_by_both_is_held_once(company, hadi, sari, twin, unit, at):
    services.give_role(person=twin, name="manager", unit=unit, by=hadi, at=at)

    merging.merge(sari, twin, by=hadi, at=at, reason="Orang yang sama")

    assert Role.objects.filter(unit=unit, name="manager", until__isnull=True).get().person == sari
    assert Role.objects.filter(person=twin).get().until == at


def test_earlier_duplicates_follow(company, hadi, rini, budi, twin, at):
    merging.merge(budi, twin, by=hadi, at=at, reason="Orang yang sama")
    merging.merge(rini, budi, by=hadi, at=at, reason="Orang yang sama")

    assert set(queries.same_person(rini)) == {rini, budi, twin}


@pytest.mark.parametrize("case", ["self", "reason", "kind", "again", "anonymised"])
def test_a_merge_that_makes_no_sense_is_refused(company, hadi, rini, twin, at, case):
    body = services.create_organisation(name="CV X", by=hadi, at=at)
    if case == "again":
        merging.merge(rini, twin, by=hadi, at=at, reason="Sama")
    if case == "anonymised":
        Person.objects.filter(pk=twin.pk).update(anonymised_at=at)
    drop = {"self": rini, "kind": body}.get(case, twin)
    before = Merge.objects.count()

    with pytest.raises(Refused):
        merging.merge(rini, drop, by=hadi, at=at, reason=" " if case == "reason" else "Sama")
    assert Merge.objects.count() == before


def test_every_table_that_names_a_person_has_its_way():
    """A new table with a person in it is either repointed, or registered as history."""
    repointed = {model._meta.label for model, _ in merging.references()}

    assert "people.IdentityPaper" in repointed
    assert repointed.isdisjoint({"people.Event", "people.PaperView", "people.Role", "people.Login"})


def test_what_a_seal_holds_stays_with_the_dropped_one(company, hadi, rini, twin, at, monkeypatch):
    seen = PersonChange.objects.count()
    services.update_person(twin, address="Jl. Lain", by=hadi, at=at)
    monkeypatch.setattr(merging, "_history", merging._history - {PersonChange})

    merging.merge(rini, twin, by=hadi, at=at, reason="Orang yang sama")

    twin.refresh_from_db()
    assert twin.merged_into == rini
    assert PersonChange.objects.filter(person=twin).count() == seen + 1


def test_duplicates_are_found_by_number_phone_mail_and_name(company, hadi, rini, twin, at):
    ayu = services.create_person(name="Ni Luh Ayu", email="ayu@x.id", by=hadi, at=at)
    ayu2 = services.create_person(name="Ayu Ni Luh.", email="AYU@x.id", by=hadi, at=at)
    made = services.create_person(name="I Made Jaya", by=hadi, at=at)
    made2 = services.create_person(name="Made Jaya I", by=hadi, at=at)
    for person, number in (
        (ayu, "3201015508950001"),
        (ayu2, "3201015508950001"),
        (made, "3273011502010001"),
        (made2, "3273011502010002"),
    ):
        papers.add_paper(person=person, kind="ktp", number=number, by=hadi, at=at)

    found = {
        (pair.keep.pk, pair.drop.pk): [str(why) for why in pair.reasons]
        for pair in duplicates.possible_duplicates()
    }

    assert found == {
        (ayu.pk, ayu2.pk): ["nomor identitas sama", "surel sama", "nama mirip dan tanggal lahir sama"],
        (rini.pk, twin.pk): ["nomor HP sama"],
        (made.pk, made2.pk): ["nama mirip dan tanggal lahir sama"],
    }


def test_who_was_told_apart_or_merged_is_no_duplicate(company, hadi, rini, twin, at):
    history.record(Event.Kind.NOT_SAME, person=twin, by=hadi, at=at, other=rini.pk)

    assert duplicates.possible_duplicates() == []


def test_a_number_of_a_whole_office_is_no_duplicate(company, hadi, at):
    for n in range(duplicates.LARGEST_GROUP + 1):
        services.create_person(name=f"Pegawai {chr(65 + n)}", phone="0361 123456", by=hadi, at=at)

    assert duplicates.possible_duplicates() == []
    assert IdentityPaper.objects.count() == 0
