"""A merge that was a mistake is taken back, and everybody has again what was his."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import accounts, merging, papers, parting, queries, roles, services
from tatausaha.core.people.models import Event, Login, Membership, Merge, Person, Unmerge

pytestmark = [pytest.mark.django_db, pytest.mark.req("SYS-07")]


@pytest.fixture
def twin(company, hadi, at):
    """A namesake of Rini, from the counter."""
    return services.create_person(
        name="Rini Wulandari", phone="081200000077", address="Jl. Mawar 1", by=hadi, at=at
    )


def test_everything_that_was_moved_goes_back(company, hadi, rini, twin, unit, at):
    paper = papers.add_paper(person=twin, kind="ktp", number="3201015508950001", by=hadi, at=at)
    role = services.give_role(person=twin, name="staff", unit=unit, by=hadi, at=at)
    body = services.create_organisation(name="CV X", members=((twin, "Direktur"),), by=hadi, at=at)
    older = services.create_person(name="Rini W", by=hadi, at=at)
    merging.merge(twin, older, by=hadi, at=at, reason="Sama")
    merge = merging.merge(rini, twin, by=hadi, at=at, reason="Orang yang sama")
    later = papers.add_paper(person=rini, kind="sim", number="123456789012", by=hadi, at=at)

    parting.part(merge, by=hadi, at=at, reason="Ternyata kakaknya")

    for row in (paper, role, twin, later, older):
        row.refresh_from_db()
    assert (twin.merged_into, older.merged_into) == (None, twin)
    assert (paper.person, role.person, later.person) == (twin, twin, rini)
    assert Membership.objects.get(organisation=body).person == twin
    assert not roles.has_role(rini, unit, "staff")
    assert roles.has_role(twin, unit, "staff")
    assert Person.objects.get(pk=rini.pk).address == "", "what was taken over goes"
    assert set(queries.same_person(rini)) == {rini}
    assert Event.objects.filter(kind="unmerged").count() == 2


def test_what_ended_with_the_merge_runs_again(company, hadi, rini, budi, unit, at):
    kept = services.give_role(person=rini, name="staff", unit=unit, by=hadi, at=at)
    ended = services.give_role(person=budi, name="staff", unit=unit, by=hadi, at=at)
    merge = merging.merge(rini, budi, by=hadi, at=at, reason="Sama")
    assert not Login.objects.get(person=budi).is_active

    parting.part(merge, by=hadi, at=at, reason="Dua orang")

    kept.refresh_from_db()
    ended.refresh_from_db()
    assert (kept.until, ended.until, ended.person) == (None, None, budi)
    assert Login.objects.get(person=budi).is_active


def test_a_login_goes_back_to_whom_it_belongs(company, hadi, rini, twin, at):
    merge = merging.merge(twin, rini, by=hadi, at=at, reason="Sama")
    assert Login.objects.get(email="rini@contoh.id").person == twin

    parting.part(merge, by=hadi, at=at, reason="Dua orang")

    assert Login.objects.get(email="rini@contoh.id").person == rini


def test_it_is_undone_once_and_may_be_made_again(company, hadi, rini, twin, at):
    merge = merging.merge(rini, twin, by=hadi, at=at, reason="Sama")
    parting.part(merge, by=hadi, at=at, reason="Dua orang")

    with pytest.raises(Refused, match="tidak berlaku"):
        parting.part(merge, by=hadi, at=at, reason="Lagi")
    again = merging.merge(rini, twin, by=hadi, at=at, reason="Ternyata sama juga")

    assert list(parting.merges_into(rini)) == [again]
    assert (Merge.objects.count(), Unmerge.objects.count()) == (2, 1)


@pytest.mark.parametrize("case", ["nobody", "no reason", "merged on"])
def test_a_parting_that_makes_no_sense_changes_nothing(company, hadi, sari, rini, budi, twin, at, case):
    merge = merging.merge(rini, twin, by=hadi, at=at, reason="Sama")
    if case == "merged on":
        merging.merge(budi, rini, by=hadi, at=at, reason="Sama")

    with pytest.raises(Refused):
        parting.part(
            merge,
            by=sari if case == "nobody" else hadi,
            at=at,
            reason=" " if case == "no reason" else "Salah",
        )

    twin.refresh_from_db()
    assert twin.merged_into is not None
    assert not Unmerge.objects.exists()


def test_merges_and_their_undoing_are_history(company, hadi, rini, twin, at):
    undone = parting.part(
        merging.merge(rini, twin, by=hadi, at=at, reason="Sama"), by=hadi, at=at, reason="Dua"
    )

    for row in (undone, undone.merge):
        for change in (lambda row=row: type(row).objects.filter(pk=row.pk).update(reason="x"), row.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_the_owner_takes_it_back_on_the_page(client, company, hadi, rini, twin, at):
    merge = merging.merge(rini, twin, by=hadi, at=at, reason="Sama")
    client.force_login(hadi.login)
    assert reverse("settings_merge_undo", args=[merge.pk]) in client.get(f"/setelan/orang/{rini.pk}/").text

    page = client.post(
        reverse("settings_merge_undo", args=[merge.pk]), {"reason": "Ternyata kakaknya"}, follow=True
    )

    assert "sekarang dua orang lagi" in page.text
    assert page.redirect_chain[-1][0] == reverse("settings_person", args=[twin.pk])


@pytest.mark.req("SYS-06")
def test_a_closed_login_opens_again_and_old_sessions_stay_out(client, company, hadi, rini, at):
    browser = Client()
    browser.post("/akun/login/", {"login": "rini@contoh.id", "password": "rahasia-sekali"})
    assert browser.get("/akun/saya/").status_code == 200
    client.force_login(hadi.login)

    client.post(f"/setelan/orang/{rini.pk}/tutup-akun/")
    assert browser.get("/akun/saya/").status_code == 302
    page = client.post(f"/setelan/orang/{rini.pk}/buka-akun/", follow=True).text

    assert "sudah dibuka lagi" in page
    assert browser.get("/akun/saya/").status_code == 302, "the session from before stays out"
    browser.post("/akun/login/", {"login": "rini@contoh.id", "password": "rahasia-sekali"})
    assert browser.get("/akun/saya/").status_code == 200
    assert Event.objects.filter(person=rini, kind="login_reopened").count() == 1


@pytest.mark.req("SYS-06")
def test_only_the_owner_opens_a_login_and_never_that_of_a_merged_record(company, hadi, sari, rini, budi, at):
    accounts.end_login(rini.login, by=hadi, at=at)

    with pytest.raises(Refused, match="Hanya pemilik"):
        accounts.reopen_login(rini.login, by=sari, at=at)
    merging.merge(budi, rini, by=hadi, at=at, reason="Sama")
    with pytest.raises(Refused, match="digabung"):
        accounts.reopen_login(Login.objects.get(person=rini), by=hadi, at=at)

    assert not Login.objects.get(person=rini).is_active
