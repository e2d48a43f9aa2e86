"""Persons, organisations, units and roles: who may change them, and what stays written."""

from datetime import date

import pytest

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles, services
from tatausaha.core.people.actors import Machine
from tatausaha.core.people.models import Event, Membership, Person, PersonChange, Role, Unit

pytestmark = pytest.mark.django_db


@pytest.mark.req("SYS-07")
def test_a_person_is_stored_in_normal_form(company, hadi, at):
    person = services.create_person(
        name=" Ni Luh  Ayu ",
        phone="0812-9999-0001",
        email="Ayu@X.id",
        tax_number="09.254.294.3-407.000",
        by=hadi,
        at=at,
    )

    person.refresh_from_db()
    assert (person.name, person.phone, person.email, person.tax_number) == (
        "Ni Luh Ayu", "+6281299990001", "ayu@x.id", "0092542943407000",
    )  # fmt: skip
    event = Event.objects.get(person=person)
    assert (event.kind, event.by, event.at) == (Event.Kind.PERSON_CREATED, hadi, at)


@pytest.mark.parametrize(
    ("data", "field"),
    [({"phone": "12"}, "phone"), ({"email": "x"}, "email"), ({"name": " "}, "name"),
     ({"born_on": date(2030, 1, 1)}, "born_on"),
     ({"tax_number": "1"}, "tax_number"), ({"language": "fr"}, "language")],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_field(company, hadi, at, data, field):
    with pytest.raises(Refused) as no:
        services.create_person(**({"name": "Ayu"} | data), by=hadi, at=at)

    assert no.value.field == field
    assert not Person.objects.filter(name="Ayu").exists()


@pytest.mark.req("SYS-10")
def test_every_change_of_a_person_keeps_old_and_new(company, hadi, rini, at):
    services.update_person(rini, name="Rini Wulandari", phone=rini.phone, by=hadi, at=at)

    [change] = PersonChange.objects.all()
    assert (change.field, change.old, change.new, change.by, change.at) == (
        "name",
        "Rini",
        "Rini Wulandari",
        hadi,
        at,
    )
    assert Event.objects.get(kind=Event.Kind.PERSON_CHANGED).details == {"fields": ["name"]}


def test_saving_without_a_change_writes_nothing(company, rini, at):
    services.update_person(rini, name="Rini", phone="0812 0000 0001", by=rini, at=at)

    assert not PersonChange.objects.exists()
    assert not Event.objects.filter(kind=Event.Kind.PERSON_CHANGED).exists()


def test_an_organisation_has_members_with_a_capacity(company, hadi, rini, at):
    body = services.create_organisation(name="SMK 1 Denpasar", members=((rini, "Bendahara"),), by=hadi, at=at)

    member = Membership.objects.get(organisation=body)
    assert (member.person, member.capacity, member.since, body.kind) == (
        rini,
        "Bendahara",
        at.date(),
        "legal",
    )
    with pytest.raises(Refused, match="sudah menjadi anggota"):
        services.add_member(body, person=rini, capacity="Bendahara", by=hadi, at=at)
    with pytest.raises(Refused, match="badan usaha"):
        services.add_member(rini, person=hadi, capacity="Teman", by=hadi, at=at)
    services.end_member(member, by=hadi, at=at)
    member.refresh_from_db()
    assert member.until == at.date()


@pytest.mark.req("SYS-06")
@pytest.mark.req("KOS-16")
@pytest.mark.parametrize("who", ["sari", "rini", Machine.CLOCK])
def test_only_the_owner_changes_units_and_roles(company, hadi, sari, rini, unit, at, who):
    by = who if isinstance(who, Machine) else {"sari": sari, "rini": rini}[who]
    role = Role.objects.get(person=sari)

    for act in (
        lambda: services.create_unit(business="office", name="Kantor", by=by, at=at),
        lambda: services.update_unit(unit, name="Lain", by=by, at=at),
        lambda: services.give_role(person=rini, name="manager", unit=unit, by=by, at=at),
        lambda: services.end_role(role, by=by, at=at),
        lambda: services.update_company(name="Lain", by=by, at=at),
    ):
        with pytest.raises(Refused, match="Hanya pemilik"):
            act()
    assert Unit.objects.get().name == "Kos Melati"
    assert Role.objects.filter(until__isnull=True).count() == 2


@pytest.mark.req("SYS-06")
def test_a_given_role_counts_at_once_and_an_ended_one_no_more(company, hadi, rini, unit, at):
    assert not roles.has_role(rini, unit, "manager")

    role = services.give_role(person=rini, name="manager", unit=unit, by=hadi, at=at)
    assert roles.has_role(rini, unit, "manager")
    with pytest.raises(Refused, match="sudah memegang"):
        services.give_role(person=rini, name="manager", unit=unit, by=hadi, at=at)

    services.end_role(role, by=hadi, at=at)
    roles.forget(rini)
    assert not roles.has_role(rini, unit, "manager")
    with pytest.raises(Refused, match="sudah berakhir"):
        services.end_role(role, by=hadi, at=at)
    assert list(Event.objects.filter(person=rini).values_list("kind", "by", "unit")) == [
        ("role_given", hadi.pk, unit.pk),
        ("role_ended", hadi.pk, unit.pk),
    ]


@pytest.mark.req("SYS-06")
def test_the_last_owner_cannot_be_ended(company, hadi, rini, at):
    mine = Role.objects.get(person=hadi)

    with pytest.raises(Refused, match="Pemilik terakhir"):
        services.end_role(mine, by=hadi, at=at)
    services.give_role(person=rini, name="owner", unit=None, by=hadi, at=at)
    services.end_role(mine, by=hadi, at=at)

    assert list(Role.objects.filter(name="owner", until__isnull=True).values_list("person", flat=True)) == [
        rini.pk
    ]


def test_an_owner_who_cannot_sign_in_does_not_count(company, hadi, at):
    absent = services.create_person(name="Ibu", by=hadi, at=at)
    services.give_role(person=absent, name="owner", unit=None, by=hadi, at=at)

    with pytest.raises(Refused, match="Pemilik terakhir"):
        services.end_role(Role.objects.get(person=hadi), by=hadi, at=at)


def test_roles_fit_their_unit_and_person(company, hadi, rini, unit, at):
    body = services.create_organisation(name="CV Lain", by=hadi, at=at)
    for wrong in (
        {"person": rini, "name": "owner", "unit": unit},
        {"person": rini, "name": "manager", "unit": None},
        {"person": rini, "name": "raja", "unit": unit},
        {"person": body, "name": "manager", "unit": unit},
    ):
        with pytest.raises(Refused):
            services.give_role(**wrong, by=hadi, at=at)
    assert not Role.objects.filter(person__in=(rini, body)).exists()


def test_a_unit_gets_a_free_code_from_its_name(company, hadi, at):
    first = services.create_unit(business="office", name="Kantor Pusat", by=hadi, at=at)
    second = services.create_unit(
        business="office", name="Kantor (Pusat)", zone="Asia/Jayapura", by=hadi, at=at
    )

    assert (first.code, second.code) == ("kantor-pusat", "kantor-pusat-2")
    assert first.opened_on == date(2026, 3, 10)
    with pytest.raises(Refused, match="sudah dipakai"):
        services.create_unit(business="office", name="Lain", code="kantor-pusat", by=hadi, at=at)
    with pytest.raises(Refused, match="jenis usaha"):
        services.create_unit(business="tambang", name="Lain", by=hadi, at=at)


def test_two_open_units_do_not_bear_one_name_and_none_opens_in_a_mistyped_year(company, hadi, unit, at):
    with pytest.raises(Refused, match="Sudah ada unit usaha"):
        services.create_unit(business="office", name=unit.name.upper(), by=hadi, at=at)
    with pytest.raises(Refused, match="lebih dari setahun"):
        services.create_unit(business="office", name="Kios", opened_on=date(2062, 1, 1), by=hadi, at=at)
    other = services.create_unit(business="office", name="Kios", by=hadi, at=at)
    with pytest.raises(Refused, match="Sudah ada unit usaha"):
        services.update_unit(other, name=unit.name, by=hadi, at=at)

    assert services.update_unit(unit, name=unit.name, by=hadi, at=at).name == unit.name
    assert Unit.objects.count() == 2


def test_a_unit_does_not_close_before_it_opened(company, hadi, unit, at):
    with pytest.raises(Refused, match="sebelum dibuka"):
        services.update_unit(unit, closed_on=date(2024, 12, 31), by=hadi, at=at)
    unit.refresh_from_db()
    assert unit.closed_on is None


def test_the_company_changes_with_a_trace(company, hadi, at):
    services.update_company(name="CV Maju Terus", phone="0361 123456", by=hadi, at=at)

    company.refresh_from_db()
    assert (company.name, company.phone) == ("CV Maju Terus", "+62361123456")
    assert Event.objects.get(kind=Event.Kind.COMPANY_CHANGED).details == {"fields": ["name", "phone"]}
