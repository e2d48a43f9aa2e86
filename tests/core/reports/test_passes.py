"""The manager asks for one month, the owner answers, and what was done with it is seen (rules/ledger 6)."""

from datetime import date, datetime, timedelta

import pytest

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chain, chart, passes
from tatausaha.core.ledger.models import Event, Journal, LockPass, Period, Seal, Total, Window
from tatausaha.core.ledger.services import close_month, reverse
from tatausaha.core.notices.models import Notice, Outgoing
from tatausaha.core.procedures import checks
from tatausaha.core.procedures.services import perform, settle
from tatausaha.core.reports import queries, services, tasks
from tatausaha.core.reports.models import BooksCheck, PassRequest
from tatausaha.core.reports.procedure.passes import PASS_REQUEST

pytestmark = pytest.mark.django_db

REASON = "Nota air bulan Februari tertinggal"


@pytest.fixture
def asked(quarter, unit, sari, hadi, at):
    return services.ask_pass(unit="melati", month="2026-02", reason=REASON, by=sari, at=at)


def test_the_table_has_no_problems():
    assert checks.problems(PASS_REQUEST) == []


@pytest.mark.req("KOS-17")
@pytest.mark.req("KOS-18")
def test_a_manager_asks_the_owner_gives_and_the_month_opens_for_a_while(
    quarter, enter, as_person, sari, hadi, unit, at
):
    close_month(unit, 202602, by=sari, at=at)
    manager = as_person(sari)
    assert manager.get("/laporan/melati/2026-02/koreksi/").status_code == 404
    asking = manager.post("/laporan/melati/2026-02/minta-izin/", {"reason": REASON})
    request = PassRequest.objects.get()
    assert asking.url == request.get_absolute_url()
    assert Notice.objects.filter(person=hadi, about=request.number).exists()

    owner = as_person(hadi)
    assert REASON in owner.get(request.get_absolute_url()).content.decode()
    before_giving = owner.get(f"{request.get_absolute_url()}langkah/give/").content.decode()
    assert f"Alasannya: {REASON}" in before_giving
    assert "Sari boleh mencatat di Februari 2026, Kos Melati." in before_giving
    given = owner.post(f"{request.get_absolute_url()}langkah/give/", {"hours": "24", "max_journals": "1"})
    assert given.status_code == 302
    held = LockPass.objects.get()
    assert (held.person, held.from_ym, held.to_ym, held.max_journals) == (sari, 202602, 202602, 1)
    assert held.ends_at == at + timedelta(hours=24)

    manager = as_person(sari)
    case = manager.get(request.get_absolute_url()).content.decode()
    assert "Catat koreksi Februari 2026" in case
    assert "24 jam" in case
    entry = {
        "on": "25-02-2026", "amount": "12.300", "debit": "61401", "credit": "11201", "memo": "Air PAM",
        "reason": REASON,
    }  # fmt: skip
    assert "Dengan izin pemilik" in manager.get("/laporan/melati/2026-02/koreksi/").content.decode()
    assert manager.post("/laporan/melati/2026-02/koreksi/", entry).status_code == 302
    assert manager.post("/laporan/melati/2026-02/koreksi/", entry).status_code == 404, (
        "one journal was allowed"
    )
    assert "Catat koreksi" not in manager.get(request.get_absolute_url()).content.decode()
    assert (Seal.objects.get(version=2).by, Seal.objects.get(version=2).reason) == (sari, REASON)
    said = as_person(hadi).get(f"/buku/izin/{held.pk}/").content.decode()
    assert "Air PAM" in said
    assert list(Event.objects.filter(what__startswith="pass.").order_by("pk").values_list("what", flat=True)) == [
        "pass.granted", "pass.used",
    ]  # fmt: skip
    assert Journal.objects.get(memo="Air PAM").lock_pass == held


@pytest.mark.req("KOS-18")
def test_a_pass_opens_a_month_of_which_the_books_know_nothing_yet(unit, sari, hadi, at):
    assert not Period.objects.filter(unit=unit, ym=202602).exists()
    assert not queries.may_correct(sari, unit, 202602, at)

    passes.grant(
        person=sari, unit=unit, from_ym=202602, to_ym=202602, reason="Nota yang terselip",
        ends_at=at + timedelta(hours=4), max_journals=1, by=hadi, at=at,
    )  # fmt: skip

    assert queries.may_correct(sari, unit, 202602, at)
    assert not queries.may_correct(sari, unit, 202601, at)


@pytest.mark.req("KOS-18")
def test_a_request_may_be_declined_withdrawn_or_left_and_then_opens_nothing(asked, sari, hadi, unit, at):
    declined = perform(asked, PASS_REQUEST.step("decline"), by=hadi, at=at, data={"note": "Catat di Maret"})
    withdrawn = services.ask_pass(unit="melati", month="2026-02", reason=REASON, by=sari, at=at)
    perform(withdrawn, PASS_REQUEST.step("withdraw"), by=sari, at=at)
    left = services.ask_pass(unit="melati", month="2026-02", reason=REASON, by=sari, at=at)
    assert settle(left, at=at + timedelta(hours=72) - timedelta(seconds=1)).status == "asked"
    assert settle(left, at=at + timedelta(hours=72)).status == "lapsed"

    assert declined.status == "declined"
    assert "Catat di Maret" in Notice.objects.filter(person=sari).latest("pk").text
    assert not LockPass.objects.exists()


@pytest.mark.req("KOS-18")
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"month": "2026-03"}, "month"),
        ({"month": "2026-04"}, "month"),
        ({"month": "Februari"}, "month"),
        ({"unit": "kenanga"}, "unit"),
        ({"reason": "lupa"}, "reason"),
    ],
)
def test_only_a_past_month_of_an_own_unit_can_be_asked_for_with_a_reason(
    quarter, unit_wita, sari, at, given, field
):
    wish = {"unit": "melati", "month": "2026-02", "reason": REASON} | given

    with pytest.raises(Refused) as no:
        services.ask_pass(by=sari, at=at, **wish)

    assert no.value.field == field
    assert not PassRequest.objects.exists()


@pytest.mark.req("KOS-18")
def test_one_request_at_a_time_and_none_from_owners_tenants_or_for_oneself(asked, sari, hadi, rini, at):
    for person in (sari, hadi, rini):
        with pytest.raises(Refused):
            services.ask_pass(unit="melati", month="2026-02", reason=REASON, by=person, at=at)
    with pytest.raises(Refused, match="Pemilik"):
        perform(asked, PASS_REQUEST.step("give"), by=sari, at=at, data={"hours": 4, "max_journals": 1})
    assert PassRequest.objects.count() == 1
    assert not LockPass.objects.exists()


# The nightly check


@pytest.mark.req("SYS-07")
def test_the_books_are_read_through_once_a_night_and_the_report_says_so(enter, as_person, hadi, at):
    enter(date(2026, 2, 3), chart.BANK, chart.SALES_INCOME, 2_000_000)
    night = at.replace(day=11, hour=18, minute=59)

    assert tasks.check_books(night) is None
    check = tasks.check_books(night + timedelta(minutes=1))
    assert tasks.check_books(night + timedelta(minutes=11)) is None

    assert check is not None
    assert check.findings == 0
    said = as_person(hadi, night + timedelta(hours=1)).get("/laporan/melati/2026-02/").content.decode()
    assert "seimbang, diperiksa 12 Mar 2026 02.00" in said


@pytest.mark.req("SYS-07")
def test_books_that_do_not_add_up_lose_their_green_date_and_the_owner_hears(
    quarter, as_person, hadi, unit, at
):
    BooksCheck.objects.create(at=at - timedelta(days=1))
    Total.objects.filter(account=int(chart.BANK), unit=unit).update(debit=1)

    check = tasks.check_books(at.replace(day=11, hour=20))

    assert check is not None
    assert check.findings > 0
    assert Notice.objects.filter(person=hadi, title="Buku tidak cocok").exists()
    said = as_person(hadi, at.replace(day=11, hour=21)).get("/laporan/melati/2026-02/").content.decode()
    assert "seimbang, diperiksa" not in said


@pytest.mark.req("SYS-10")
def test_the_end_of_the_chain_is_mailed_each_night_and_cutting_it_is_found_the_next(enter, hadi, at):
    enter(date(2026, 2, 3), chart.BANK, chart.SALES_INCOME, 2_000_000)
    chain.forge()

    first = tasks.check_books(at.replace(day=11, hour=20))

    assert first is not None
    mail = Outgoing.objects.get(key=f"head|{first.pk}|{hadi.pk}|email")
    assert f"{first.seq}-{first.head[:10]}" in mail.payload["subject"]
    assert not Notice.objects.filter(kind="seal").exists(), "it asks for no attention in the inbox"
    BooksCheck.objects.filter(pk=first.pk).update(seq=first.seq + 1)
    again = tasks.check_books(at.replace(day=12, hour=20))
    assert again is not None
    assert "tidak ada dalam rantai" in again.first


@pytest.mark.req("KOS-15")
@pytest.mark.req("SYS-10")
def test_the_seal_of_a_closed_month_goes_to_the_owner(quarter, as_person, sari, hadi):
    as_person(sari).post("/laporan/melati/2026-02/tutup/")

    seal = Seal.objects.get()
    assert Outgoing.objects.filter(key__startswith=f"seal|{seal.pk}|{hadi.pk}").exists()
    assert seal.head[:10] in Notice.objects.get(person=hadi, kind="seal").title


@pytest.mark.req("KOS-12")
@pytest.mark.req("SYS-07")
def test_held_money_that_differs_from_the_books_takes_the_green_date_too(enter, as_person, hadi, at):
    enter(date(2026, 2, 4), chart.BANK, chart.DEPOSITS, 500_000)

    check = tasks.check_books(at.replace(day=11, hour=20))

    assert check is not None
    assert check.findings == 1
    assert Notice.objects.filter(person=hadi, title="Buku tidak cocok").exists()
    said = as_person(hadi, at.replace(day=11, hour=21)).get("/laporan/melati/2026-02/").content.decode()
    assert "seimbang, diperiksa" not in said


@pytest.mark.req("KOS-12")
@pytest.mark.req("KOS-18")
@pytest.mark.parametrize("code", ["12101", "22101", "23101", "24101", "24201"])
def test_what_follows_bills_and_held_money_is_not_corrected_by_hand(quarter, as_person, hadi, unit, at, code):
    accounts, owner = queries.accounts(), as_person(hadi)
    path = "/laporan/melati/2026-02/koreksi/"
    given = {
        "on": "25-02-2026", "amount": "500.000", "debit": code, "debit_party": str(hadi.pk), "credit": "11201",
        "memo": "Deposit", "reason": "Salah catat",
    }  # fmt: skip
    before = Journal.objects.count()

    assert f'value="{code}"' not in owner.get(path).content.decode()
    assert owner.post(path, given).status_code == 422
    with pytest.raises(Refused, match="mengikuti tagihan"):
        services.correct(
            unit=unit, ym=202602, on=date(2026, 2, 25), debit=accounts[11201], credit=accounts[int(code)],
            credit_party=hadi, amount=500_000, memo="Deposit", reason="Salah", key="k", by=hadi, at=at,
        )  # fmt: skip
    assert Journal.objects.count() == before


@pytest.mark.parametrize("amount", [0, -500_000])
def test_a_correction_is_of_something_and_its_sides_are_not_turned(amount, quarter, hadi, unit, at):
    accounts, before = queries.accounts(), Journal.objects.count()

    with pytest.raises(Refused, match="lebih dari nol"):
        services.correct(
            unit=unit, ym=202602, on=date(2026, 2, 25), debit=accounts[61301], credit=accounts[11201],
            amount=amount, memo="Listrik", reason="Salah", key="k", by=hadi, at=at,
        )  # fmt: skip

    assert Journal.objects.count() == before


@pytest.mark.req("KOS-18")
def test_hari_ini_says_what_came_in_went_out_and_is_in_hand(enter, as_person, hadi, sari, unit_wita):
    enter(date(2026, 3, 2), chart.CASH_DRAWER, chart.SALES_INCOME, 900_000)
    enter(date(2026, 3, 3), "61401", chart.CASH_DRAWER, 50_000)
    enter(date(2026, 3, 4), chart.BANK, chart.CASH_DRAWER, 250_000, memo="Setoran, bukan uang masuk")
    wrong = enter(date(2026, 3, 5), chart.CASH_DRAWER, chart.SALES_INCOME, 70_000)
    reverse(wrong, by=hadi, at=datetime.fromisoformat("2026-03-10T02:00+00:00"), reason="Salah catat")

    for person in (hadi, sari):
        said = (
            as_person(person, datetime.fromisoformat("2026-03-10T03:00+00:00"))
            .get("/hari-ini/")
            .content.decode()
        )
        for part in ("Rp900 rb", "Rp50 rb", "Rp600 rb", "Uang masuk", "Kas di tangan"):
            assert part in said, part


@pytest.mark.req("KOS-17")
def test_the_owner_lets_managers_write_the_year_on_a_page_and_the_manager_corrects_february(
    quarter, as_person, sari, hadi, unit
):
    month, manager = "/laporan/melati/2026-02/koreksi/", as_person(sari)
    assert manager.get(month).status_code == 404

    owner = as_person(hadi)
    assert (
        owner.post("/setelan/jangkauan/", {"company": "month", f"unit_{unit.pk}": "year"}).status_code == 302
    )
    assert list(Window.objects.values_list("scope", "reach")) == [(unit.pk, "year")]
    given = {
        "on": "20-02-2026", "amount": "9.000", "debit": "61301", "credit": chart.BANK, "memo": "Nota PLN",
        "reason": "Nota tertinggal",
    }  # fmt: skip
    assert "Catat koreksi" in manager.get("/laporan/melati/2026-02/").content.decode()
    assert manager.post(month, given).status_code == 302
    assert manager.get("/laporan/melati/2025-12/koreksi/").status_code == 404
    assert (Journal.objects.get(kind="correction").ym, Journal.objects.get(kind="correction").actor) == (
        202602,
        sari,
    )
    assert owner.post("/setelan/jangkauan/", {"company": "month", f"unit_{unit.pk}": ""}).status_code == 302
    assert manager.get(month).status_code == 404
