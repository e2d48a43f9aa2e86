"""Before the key: an identity paper that can be looked at, or the owner's own word (KOS-07; rules/boarding 13)."""

import pytest
from django.test import Client

from tatausaha.business.boarding.models import Registration
from tatausaha.business.boarding.procedure.booking import BOOKING
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import papers
from tatausaha.core.people.models import IdentityPaper
from tatausaha.core.procedures.queries import waits_for

from .desk import PAPER, picture

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-07")]
TYPED = PAPER | {"paper_file": None}


@pytest.fixture
def secured(booked, desk):
    desk.cash(booked)
    return booked


def test_a_typed_number_alone_is_no_document(secured, desk, rini):
    for person in (rini, desk.manager):
        with pytest.raises(Refused, match="Foto tanda pengenal belum ada"):
            desk.step(secured, "register", by=person, **TYPED)

    assert not Registration.objects.exists()
    assert not IdentityPaper.objects.exists()


def test_the_page_asks_the_prospect_for_the_picture(secured, desk, rini, clock_at):
    clock_at(desk.at)
    client = Client()
    client.force_login(rini.login)
    words = {name: value for name, value in PAPER.items() if isinstance(value, str)}

    page = client.post(f"/kasus/{secured.number}/langkah/register/", words)

    assert page.status_code == 422
    assert not Registration.objects.exists()
    sent = client.post(f"/kasus/{secured.number}/langkah/register/", words | {"paper_file": picture()})
    assert sent.status_code == 302
    assert IdentityPaper.objects.get().file_name


def test_the_owner_alone_waives_the_picture_with_a_reason(secured, desk, hadi):
    waived = TYPED | {"waived_because": "KTP tertinggal, dibawa besok"}

    with pytest.raises(Refused, match="Hanya pemilik"):
        desk.step(secured, "register", **waived)
    desk.step(secured, "register", by=hadi, **waived)

    kept = Registration.objects.get()
    assert (kept.waived_because, IdentityPaper.objects.get(pk=kept.paper_id).file_name) == (
        "KTP tertinggal, dibawa besok", "",
    )  # fmt: skip


def test_a_paper_that_was_known_by_its_number_gets_its_picture(secured, desk, rini):
    known = papers.add_paper(
        person=rini, kind="ktp", number=PAPER["paper_number"], by=desk.manager, at=desk.at
    )
    with pytest.raises(Refused, match="Foto tanda pengenal belum ada"):
        desk.step(secured, "register", **TYPED)

    desk.step(secured, "register", **PAPER)

    known.refresh_from_db()
    assert Registration.objects.get().paper_id == known.pk
    shown = papers.reveal_file(known, by=desk.manager, at=desk.at, reason="Mencocokkan wajah")
    assert (shown.content_type, shown.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")


def test_whose_picture_is_kept_already_need_not_bring_it_again(secured, desk, rini):
    papers.add_paper(
        person=rini, kind="ktp", number=PAPER["paper_number"], by=desk.manager, at=desk.at, file=picture()
    )

    desk.step(secured, "register", **TYPED)

    assert Registration.objects.get().paper_id == IdentityPaper.objects.get().pk


def test_a_registration_of_before_without_a_picture_opens_no_door(secured, desk, rini):
    bare = papers.add_paper(
        person=rini, kind="ktp", number=PAPER["paper_number"], by=desk.manager, at=desk.at
    )
    desk.cash(secured)
    Registration.objects.create(
        booking=secured, person=rini, origin="Kediri", purpose="kuliah", emergency_name="Bu Ratna",
        emergency_phone="+6281333444555", paper_id=bare.pk, registered_at=desk.at, registered_by=desk.manager,
    )  # fmt: skip
    register = BOOKING.step("register")
    secured.refresh_from_db()
    assert waits_for(secured, register)
    with pytest.raises(Refused, match="foto tanda pengenal belum ada"):
        desk.step(secured, "check_in", on=desk.at.date())

    desk.step(secured, "register", **PAPER)

    assert not waits_for(secured, register)
    assert desk.step(secured, "check_in", on=desk.at.date()).status == "checked_in"
