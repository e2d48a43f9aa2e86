"""A copy of one's own data, and being forgotten."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import merging, papers, privacy, services
from tatausaha.core.people.models import Event, IdentityPaper, Login, PaperView, Person, PersonChange

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-07")]


def test_the_copy_holds_what_the_house_knows_and_masks_numbers(company, hadi, rini, at):
    paper = papers.add_paper(person=rini, kind="ktp", number="3201015508950001", by=rini, at=at)
    papers.reveal_number(paper, by=hadi, at=at, reason="Lapor RT")
    privacy.register_section("uji", lambda persons: persons.count())

    copy = json.loads(json.dumps(privacy.own_data(rini, at=at), cls=DjangoJSONEncoder))

    assert [person["name"] for person in copy["orang"]] == ["Rini"]
    assert copy["identitas"][0]["nomor"] == "3201••••••••0001"
    assert copy["identitas"][0]["dilihat"][0]["reason"] == "Lapor RT"
    assert copy["uji"] == 1
    assert "3201015508950001" not in json.dumps(copy)
    del privacy._sections["uji"]


def test_a_forgotten_person_leaves_no_trace_of_who_he_was(company, hadi, rini, at):
    twin = services.create_person(name="Rini W", phone="081200000009", by=hadi, at=at)
    merging.merge(rini, twin, by=hadi, at=at, reason="Sama")
    paper = papers.add_paper(person=rini, kind="ktp", number="3201015508950001", by=rini, at=at)
    papers.reveal_number(paper, by=hadi, at=at, reason="Lapor RT")
    services.update_person(rini, address="Jl. Rahasia", by=rini, at=at)

    privacy.anonymise(rini, by=hadi, at=at, reason="Booking kedaluwarsa 30 hari")

    rows = str(
        [list(model.objects.values()) for model in (Person, PersonChange, Login, IdentityPaper, Event)]
    )
    for trace in ("Rini", "+6281200000001", "+6281200000009", "rini@contoh.id", "Rahasia", "3201"):
        assert trace not in rows
    assert PaperView.objects.count() == 1
    assert Person.objects.filter(anonymised_at=at).count() == 2


def test_a_merged_record_is_not_forgotten_without_the_one_who_stays(company, hadi, rini, budi, at):
    merging.merge(rini, budi, by=hadi, at=at, reason="Orang yang sama")
    budi.refresh_from_db()

    with pytest.raises(Refused, match="sudah digabung"):
        privacy.anonymise(budi, by=hadi, at=at, reason="Minta dihapus")

    assert not Person.objects.filter(anonymised_at__isnull=False).exists()


def test_who_works_here_or_owes_is_not_forgotten(company, hadi, sari, rini, at, monkeypatch):
    with pytest.raises(Refused, match="memegang peran"):
        privacy.anonymise(sari, by=hadi, at=at, reason="Minta dihapus")
    monkeypatch.setattr(privacy, "_duties", [lambda person: "Masih ada tagihan." if person == rini else None])
    with pytest.raises(Refused, match="Masih ada tagihan"):
        privacy.anonymise(rini, by=hadi, at=at, reason="Minta dihapus")

    assert not Person.objects.filter(anonymised_at__isnull=False).exists()
