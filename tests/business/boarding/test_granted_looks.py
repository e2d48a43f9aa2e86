"""Whoever is let into a tenant's identity paper by the business with her leaves a trace (KOS-07)."""

import pytest
from django.test import Client

from tatausaha.core.people import papers
from tatausaha.core.people.models import IdentityPaper, PaperView
from tests.business.boarding.desk import PAPER

pytestmark = [pytest.mark.django_db, pytest.mark.req("KOS-07")]

NIK = PAPER["paper_number"]


@pytest.fixture
def ktp(booked, desk, clock_at):
    """The paper with which Rini registered; she lives in the house that Sari manages."""
    desk.move_in(booked)
    clock_at(desk.at)
    return IdentityPaper.objects.get()


def browser(person) -> Client:
    client = Client()
    client.force_login(person.login)
    return client


def test_the_managers_look_at_a_tenants_paper_is_recorded_with_who_when_and_why(ktp, desk, sari):
    address = f"/identitas/{ktp.pk}/"

    masked = browser(sari).get(address).content.decode()
    opened = browser(sari).post(address, {"reason": "Lapor RT 04"}).content.decode()

    assert NIK not in masked
    assert NIK in opened
    look = PaperView.objects.get()
    assert (look.paper_id, look.by, look.at, look.reason) == (ktp.pk, sari, desk.at, "Lapor RT 04")


def test_without_a_reason_nothing_opens_and_nothing_is_recorded(ktp, sari):
    answer = browser(sari).post(f"/identitas/{ktp.pk}/", {"reason": " "})

    assert NIK not in answer.content.decode()
    assert not PaperView.objects.exists()


def test_the_tenant_sees_who_looked(ktp, desk, sari, rini):
    papers.reveal_number(ktp, by=sari, at=desk.at, reason="Lapor RT 04")

    page = browser(rini).get(f"/identitas/{ktp.pk}/").content.decode()

    assert "Sari" in page
    assert "Lapor RT 04" in page


def test_who_has_no_business_with_the_tenant_finds_no_paper_and_leaves_no_look(ktp, budi):
    answer = browser(budi).post(f"/identitas/{ktp.pk}/", {"reason": "Ingin tahu"})

    assert answer.status_code == 404
    assert not PaperView.objects.exists()
