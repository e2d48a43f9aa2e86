"""Papers of a stay: what they say, that they say the same for ever, and in which sizes they are printed (16.10)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tatausaha.business.boarding.models import Stay, StayPaper
from tatausaha.business.boarding.queries import papers as reads
from tatausaha.business.boarding.services import bills, stay_papers
from tatausaha.core.billing import queries as billing
from tatausaha.core.documents.models import Paper
from tests.core.documents.test_typesetting import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def stay(booked, desk):
    return desk.move_in(booked)


def printed(kept, desk, tmp_path, form):
    return words_of(stay_papers.print_paper(kept, form=form, by=desk.manager, at=desk.at), tmp_path)


@pytest.mark.req("KOS-08")
@pytest.mark.parametrize("form", ["a4", "a5"])
def test_the_agreement_names_the_parties_the_money_and_the_numbers_of_its_sop(stay, desk, tmp_path, form):
    kept = stay_papers.given_at_move_in(stay, "agreement", by=desk.manager, at=desk.at)

    text = printed(kept, desk, tmp_path, form)

    assert kept.number == "PS/MELATI/2026/00001"
    for part in (
        "Rini",
        "Sari",
        "101",
        "Rp1.000.000",
        "Rp75.000",
        "Rp500.000",
        "14 hari",
        "7 hari kerja",
        "Kediri",
    ):
        assert part in text, part
    assert "3506042602660001" not in text


@pytest.mark.req("KOS-06", "KOS-12")
@pytest.mark.parametrize("form", ["a5", "a4", "80mm", "58mm"])
def test_the_deposit_receipt_is_printed_in_every_size(stay, desk, tmp_path, form):
    kept = stay_papers.given_at_move_in(stay, "deposit_receipt", by=desk.manager, at=desk.at)

    text = printed(kept, desk, tmp_path, form)

    for part in ("Rp500.000", "Lima ratus ribu rupiah", "7 hari kerja", kept.number):
        assert part in text, part


@pytest.mark.req("KOS-10")
def test_a_paper_has_one_number_and_says_the_same_for_ever(stay, desk, rini):
    first = stay_papers.given_at_move_in(stay, "agreement", by=desk.manager, at=desk.at)
    Stay.objects.filter(pk=stay.pk).update(rent=1_200_000)

    again = stay_papers.given_at_move_in(stay, "agreement", by=rini, at=desk.at + timedelta(days=40))

    assert again == first
    assert stay_papers.sheet_of(again).sums[0].amount == 1_000_000
    assert Paper.objects.get(number=first.number).kind == "agreement"
    with pytest.raises(IntegrityError), transaction.atomic():
        StayPaper.objects.filter(pk=first.pk).update(number="PS/1")


@pytest.mark.req("KOS-12")
def test_the_settlement_is_written_down_before_the_money_moves(stay, desk, tmp_path):
    desk.wait(days=29).step(stay, "move_out", on=desk.at.date())
    desk.damage(stay, "Pintu lemari", 200_000)
    assert reads.paper_of(stay, "settlement") is None

    desk.step(stay, "settle")

    text = printed(reads.paper_of(stay, "settlement"), desk, tmp_path, "a4")
    for part in (
        "Pintu lemari",
        "Rp200.000",
        "Rp500.000",
        "Dikembalikan kepada penghuni",
        "Rp300.000",
        "Lembar keluar",
    ):
        assert part in text, part


@pytest.mark.req("KOS-09")
@pytest.mark.parametrize("form", ["a5", "a4", "80mm", "58mm"])
def test_a_service_note_says_what_was_used_when_and_how_much(stay, desk, make_measured, tmp_path, form):
    water = make_measured(stay.room.house, "Galon", 18_000, "galon")
    desk.wait(days=5).step(stay, "note_use", service=water, on=desk.at.date(), quantity=2)
    bills.issue_due_bills(at=desk.at + timedelta(days=20))
    bill = billing.invoices_of(stay).get(period_start=stay.anchor_on + timedelta(days=30))

    pdf = stay_papers.service_note(stay, bill, by=desk.manager, at=desk.at, form=form)

    text = words_of(pdf, tmp_path)
    for part in ("NOTA LAYANAN", "Galon", "2 galon × Rp18.000", "Laundry", "Rp111.000", bill.number):
        assert part in text, part


@pytest.mark.req("KOS-09")
def test_a_service_note_marks_what_nobody_read(stay, desk, make_measured, tmp_path):
    power = make_measured(stay.room.house, "Listrik", 2_000, "kWh")
    desk.wait(days=5).step(stay, "note_use", service=power, on=desk.at.date(), quantity=30)
    stay.uses.update(description="Listrik 10 sampai 14 Maret: 30 kWh (taksiran)")
    bills.issue_due_bills(at=desk.at + timedelta(days=20))
    bill = billing.invoices_of(stay).get(period_start=stay.anchor_on + timedelta(days=30))

    text = words_of(stay_papers.service_note(stay, bill, by=desk.manager, at=desk.at, form="a5"), tmp_path)

    assert "Listrik 10 sampai 14 Maret: 30 kWh (taksiran)" in " ".join(text.split())
    assert "Taksiran dibetulkan" in text


@pytest.mark.req("KOS-12")
def test_the_page_offers_every_paper_to_those_of_the_stay_alone(stay, desk, rini, budi, clock_at):
    clock_at(desk.at)
    tenant, stranger = Client(), Client()
    tenant.force_login(rini.login)
    stranger.force_login(budi.login)
    home = f"/hunian/{stay.number}/surat/"

    for paper in ("perjanjian", "deposit"):
        assert stranger.post(home, {"surat": paper}).status_code == 404
        assert tenant.post(home, {"surat": paper}).headers["Location"] == home
    page = tenant.get(home).text

    for paper in ("perjanjian.pdf?bentuk=a5", "deposit.pdf?bentuk=58mm", "nota/"):
        assert paper in page, paper
    assert "perhitungan.pdf" not in page
    assert tenant.get(f"{home}perjanjian.pdf").headers["Content-Type"] == "application/pdf"
    assert home in tenant.get(stay.get_absolute_url()).text
    for address, status in ((home, 404), (f"{home}perjanjian.pdf", 404)):
        assert stranger.get(address).status_code == status
    for unknown in ("perhitungan.pdf", "surat.pdf", "perjanjian.pdf?bentuk=58mm", "nota/99999.pdf"):
        assert tenant.get(f"{home}{unknown}").status_code == 404


@pytest.mark.req("KOS-12")
def test_looking_at_papers_takes_no_number_making_one_does_once(stay, rini, desk, clock_at):
    clock_at(desk.at)
    tenant = Client()
    tenant.force_login(rini.login)
    home = f"/hunian/{stay.number}/surat/"

    page = tenant.get(home).text
    early = tenant.get(f"{home}perjanjian.pdf")

    assert 'value="perjanjian"' in page
    assert (early.status_code, StayPaper.objects.count()) == (404, 0)
    for _twice in range(2):
        tenant.post(home, {"surat": "perjanjian"})
    made = StayPaper.objects.get()
    assert made.number in tenant.get(home).text
    assert 'value="perjanjian"' not in tenant.get(home).text
    assert tenant.get(f"{home}perjanjian.pdf").headers["Content-Type"] == "application/pdf"
    for unknown in ("", "perhitungan", "kuitansi"):
        assert tenant.post(home, {"surat": unknown}).status_code == 404
    assert StayPaper.objects.count() == 1
