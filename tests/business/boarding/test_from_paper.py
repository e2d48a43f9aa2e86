"""A small company moves in from paper and lives on: rooms, tenants with running cycles, deposits, arrears."""

import io
from datetime import date, timedelta

import pytest

from tatausaha.business.boarding import accounts
from tatausaha.business.boarding.models import House, PaperTenant, ResidentMove, Room, RoomClaim, Stay
from tatausaha.business.boarding.paper_rooms import ROOMS
from tatausaha.business.boarding.paper_tenants import TENANTS
from tatausaha.business.boarding.procedure import previews_moving
from tatausaha.business.boarding.queries.bookings import last_billed_day
from tatausaha.business.boarding.services import bills, leaving
from tatausaha.core.billing import queries as billing
from tatausaha.core.billing import services as billing_services
from tatausaha.core.imports import services as imports
from tatausaha.core.imports.models import ImportRow
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger import queries as books
from tatausaha.core.ledger.models import Journal
from tatausaha.core.ledger.verification import verify
from tatausaha.core.openings import queries as openings
from tatausaha.core.openings.balances import BALANCES
from tatausaha.core.openings.services import carry_rest, set_cut_over
from tatausaha.core.payments.models import Refund
from tatausaha.core.payments.verification import findings
from tatausaha.core.people.models import Person, Role, Unit
from tatausaha.core.procedures.spec import Act
from tests.business.boarding.desk import Desk
from tests.business.boarding.makers import make_service

pytestmark = pytest.mark.req("KOS-08")

DAY = date(2026, 3, 1)
HOUSE = (
    "rumah;kamar;tipe;sewa;lantai;khusus\n"
    "Kos Kenanga;101-103;Standar;1.000.000;1;Putri\nKos Kenanga;201;Besar;1,5 jt;2;\n"
)
HEAD = "rumah;kamar;nama;hp;mulai;lunas_sampai;sewa;layanan;deposit;tunggakan;keterangan_tunggakan\n"
RINI = "Kos Kenanga;101;Rini Lestari;0812-0000-7001;05/01/2026;05/03/2026;;;500.000;;\n"
DEWI = (
    "kos-kenanga;102;Dewi Ayu;0812 0000 7002;2025-12-20;17 Februari 2026;;Laundry;tidak ada;200.000;Listrik\n"
)
TATI = "Kos Kenanga;201;Tati;;01/11/2025;30/03/2026;1.400.000;;750.000;;\n"


@pytest.fixture
def bring(sops, hadi, at):
    def bring_in(kind, text, by=hadi, **options):
        run = imports.receive(kind, "berkas.csv", io.BytesIO(text.encode()), by=by, at=at, options=options)
        list(imports.go_on(imports.start(run, by=by), at=at))
        run.refresh_from_db()
        return run

    return bring_in


@pytest.fixture
def kenanga(bring, hadi, at):
    assert counts(bring(ROOMS, HOUSE)) == (2, 0, 0, 0)
    house = House.objects.select_related("unit").get()
    make_service(house)
    set_cut_over([house.unit], DAY, by=hadi, at=at)
    return house


def counts(run):
    return run.created, run.updated, run.unchanged, run.refused


def reasons(run):
    return list(
        ImportRow.objects.filter(run=run, refused=True).order_by("number").values_list("reason", flat=True)
    )


def stay_of(name):
    return Stay.objects.select_related("unit", "room", "customer").get(customer__name=name)


def starts(stay):
    rows = billing.invoices_of(stay).filter(purpose="rent").order_by("period_start")
    return [(bill.period_start, bill.period_end, bill.total) for bill in rows]


def sound():
    assert verify() == []
    assert billing.holding_findings() == []
    assert findings() == []


def live_until(last, at):
    while at.date() < last:
        at += min(timedelta(days=3), last - at.date())
        bills.issue_due_bills(at=at)
        billing_services.recognise_due(at)
    return at


@pytest.mark.req("KOS-20")
def test_rooms_of_a_new_house_come_in_with_type_and_price_and_the_same_file_changes_nothing(bring, at):
    assert counts(bring(ROOMS, HOUSE)) == (2, 0, 0, 0)

    house = House.objects.select_related("unit").get()
    assert (house.unit.name, house.gender, house.is_published) == ("Kos Kenanga", "putri", False)
    rooms = Room.objects.order_by("number").values_list("number", "room_type__name", "floor")
    assert list(rooms) == [
        ("101", "Standar", 1),
        ("102", "Standar", 1),
        ("103", "Standar", 1),
        ("201", "Besar", 2),
    ]
    assert {one.name: one.prices.get().amount for one in house.room_types.all()} == {
        "Standar": 1_000_000, "Besar": 1_500_000,
    }  # fmt: skip
    assert counts(bring(ROOMS, HOUSE)) == (0, 0, 2, 0)
    assert counts(bring(ROOMS, HOUSE.replace("101-103", "101-104"))) == (0, 1, 1, 0)
    assert (Unit.objects.count(), Room.objects.count()) == (1, 5)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (";104;Standar;1000000;;", "Kolom rumah kosong"),
        ("Kos Kenanga;;Standar;1000000;;", "Tulis nomor kamar"),
        ("Kos Kenanga;A?B;Standar;1000000;;", "tidak terbaca"),
        ("Kos Kenanga;104;Standar;;;", "Kolom sewa kosong"),
        ("Kos Kenanga;104;Standar;gratis;;", "Kolom sewa: “gratis” tidak terbaca"),
        ("Kos Kenanga;104;Standar;500;;", "di luar"),
        ("Kos Kenanga;104;Standar;1000000;atas;", "bukan bilangan"),
        ("Kos Kenanga;104;Standar;1000000;;siapa saja", "Khusus harus"),
        ("Kos Kenanga;101;Besar;1500000;;", "Kamar 101 sudah"),
        ("Kos Kenanga;104;Standar;1.100.000;;", "satu tipe satu harga"),
    ],
)
def test_a_room_that_cannot_be_is_refused_and_the_others_come_in(bring, row, said):
    run = bring(ROOMS, f"{HOUSE}{row}\n")

    assert (counts(run), said in reasons(run)[0]) == ((2, 0, 0, 1), True), reasons(run)
    assert Room.objects.count() == 4


@pytest.mark.req("KOS-12")
def test_a_small_company_on_paper_moves_in_and_lives_on_for_two_months(bring, kenanga, hadi, at):
    unit = kenanga.unit
    run = bring(TENANTS, HEAD + RINI + DEWI + TATI)
    assert (counts(run), reasons(run)) == ((3, 0, 0, 0), [])
    rini, dewi, tati = stay_of("Rini Lestari"), stay_of("Dewi Ayu"), stay_of("Tati")

    # 18 Feb – 19 Mar fell due before 1 March and is not paid: 1.000.000 rent + 75.000 laundry, and 200.000 from before
    assert starts(dewi) == [(date(2026, 2, 18), date(2026, 3, 19), 1_075_000)]
    assert billing.outstanding(dewi) == 1_275_000
    assert (starts(rini), starts(tati), tati.rent) == ([], [], 1_400_000)
    assert [billing.held(stay, "deposit") for stay in (rini, dewi, tati)] == [500_000, 0, 750_000]
    assert [stay.deposit_never_collected for stay in (rini, dewi, tati)] == [False, True, False]
    assert books.balance_now(chart.DEPOSITS, unit) == -1_250_000
    assert books.balance_on(chart.RECEIVABLES, unit, DAY) == 1_275_000
    assert openings.remainders() == {unit.pk: 1_250_000 - 1_275_000}
    assert books.balance_now("41101", unit) == 0
    assert RoomClaim.objects.filter(live=True, kind="terisi").count() == 3
    assert not ResidentMove.objects.exists()  # they were reported when they came
    sound()

    told = bring(
        BALANCES,
        "unit;akun;jumlah;nama\nkos-kenanga;11201;10.000.000;\nkos-kenanga;23101;500.000;Rini Lestari\n"
        "kos-kenanga;23101;750.000;Tati\nkos-kenanga;12101;1.275.000;Dewi Ayu\nkos-kenanga;23101;100.000;Dewi Ayu\n",
    )
    assert counts(told) == (1, 0, 3, 1)
    assert reasons(told)[0].startswith(
        "Utang deposit masuk bersama kasusnya, di langkah sebelumnya. Di sana Rp0"
    )
    carry_rest(unit, chart.CAPITAL, by=hadi, at=at)
    assert openings.remainders() == {}

    later = live_until(date(2026, 5, 10), at)

    month = timedelta(days=29)
    assert starts(rini) == [
        (start, start + month, 1_000_000) for start in (date(2026, 3, 6), date(2026, 4, 5), date(2026, 5, 5))
    ]
    assert starts(dewi) == [
        (start, start + month, 1_075_000)
        for start in (date(2026, 2, 18), date(2026, 3, 20), date(2026, 4, 19))
    ]
    assert starts(tati) == [
        (start, start + month, 1_400_000) for start in (date(2026, 3, 31), date(2026, 4, 30))
    ]
    assert books.balance_now("41101", unit) == -(3 * 1_000_000 + 2 * 1_000_000 + 2 * 1_400_000)
    bills.issue_due_bills(at=later)
    assert len(starts(rini)) == 3
    sound()


def test_the_same_file_or_row_again_changes_nothing_also_after_the_bills_went_on(bring, kenanga, at):
    bring(TENANTS, HEAD + RINI + DEWI)
    bills.issue_due_bills(at=at)
    before = (Journal.objects.count(), Person.objects.count(), Stay.objects.count())

    assert counts(bring(TENANTS, HEAD + RINI + DEWI)) == (0, 0, 2, 0)
    assert counts(bring(TENANTS, HEAD + DEWI)) == (0, 0, 1, 0)
    run = bring(TENANTS, HEAD + RINI.replace("500.000", "400.000"))
    assert counts(run) == (0, 0, 0, 1)
    assert "sudah masuk dengan data lain (HUN-26-00001)" in reasons(run)[0]
    assert before == (Journal.objects.count(), Person.objects.count(), Stay.objects.count())
    assert PaperTenant.objects.count() == 2


@pytest.mark.req("KOS-12")
def test_a_deposit_never_collected_is_not_billed_at_leave_and_days_paid_on_paper_are_no_overstay(
    bring, kenanga, desk, hadi, at
):
    bring(TENANTS, HEAD + RINI.replace("500.000", "tidak ada"))
    stay = stay_of("Rini Lestari")
    assert last_billed_day(stay) == date(2026, 3, 5)
    assert leaving.overstay(stay, on=date(2026, 3, 5)) == (0, 0)
    assert leaving.overstay(stay, on=date(2026, 3, 8)) == (2, 67_000)

    desk.manager = hadi
    desk.step(stay, "move_out", on=date(2026, 3, 5))
    desk.step(stay, "settle")

    stay.refresh_from_db()
    assert stay.status == "closed"
    assert (billing.outstanding(stay), list(billing.invoices_of(stay))) == (0, [])
    assert books.balance_now(chart.DEPOSITS, kenanga.unit) == 0
    sound()


@pytest.mark.req("KOS-12")
def test_a_deposit_from_paper_pays_the_arrears_at_leave_and_the_rest_goes_back(
    bring, kenanga, desk, hadi, at
):
    bring(TENANTS, HEAD + DEWI.replace("tidak ada", "500.000").replace("17 Februari 2026", "19/03/2026"))
    stay = stay_of("Dewi Ayu")
    assert billing.outstanding(stay) == 200_000

    desk.manager = hadi
    desk.step(stay, "move_out", on=date(2026, 3, 10))
    desk.step(stay, "settle")

    assert billing.outstanding(stay) == 0
    assert Refund.objects.get().amount == 300_000
    assert openings.remainders() == {kenanga.unit.pk: 500_000 - 200_000}
    sound()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Kos Lain;103;Ani;;05/01/2026;05/03/2026;;;;;", "“Kos Lain” tidak ada"),
        ("Kos Kenanga;999;Ani;;05/01/2026;05/03/2026;;;;;", "tidak punya kamar 999"),
        ("Kos Kenanga;101;Ani;;05/01/2026;05/03/2026;;;;;", "Kamar 101 sudah"),
        ("Kos Kenanga;103;;;05/01/2026;05/03/2026;;;;;", "Tulis nama"),
        ("Kos Kenanga;103;Ani;08;05/01/2026;05/03/2026;;;;;", "Nomor HP tidak dikenali"),
        ("Kos Kenanga;103;Ani;081200007001;05/01/2026;05/03/2026;;;;;", "Nomor HP ini milik Rini Lestari"),
        ("Kos Kenanga;103;Ani;;kemarin;05/03/2026;;;;;", "Kolom mulai: “kemarin” bukan tanggal"),
        ("Kos Kenanga;103;Ani;;05/03/2026;05/03/2026;;;;;", "sesudah tanggal pindah"),
        ("Kos Kenanga;103;Ani;;05/01/2026;01/03/2026;;;;;", "yang cocok 3 Feb 2026 atau 5 Mar 2026"),
        ("Kos Kenanga;103;Ani;;05/01/2026;01/01/2026;;;;;", "tidak cocok dengan siklus"),
        ("Kos Kenanga;103;Ani;;05/01/2024;03/02/2024;;;;;", "Lebih dari 12 masa sewa belum lunas"),
        ("Kos Kenanga;103;Ani;;05/01/2026;17/06/2029;;;;;", "periksa tanggalnya"),
        ("Kos Kenanga;103;Ani;;05/01/2026;05/03/2026;gratis;;;;", "Kolom sewa: “gratis” tidak terbaca"),
        ("Kos Kenanga;103;Ani;;05/01/2026;05/03/2026;-5;;;;", "tidak mungkin"),
        ("Kos Kenanga;103;Ani;;05/01/2026;05/03/2026;;Katering;;;", "Layanan “Katering” tidak ada"),
        ('Kos Kenanga;103;Ani;;05/01/2026;05/03/2026;;"Laundry; laundry";;;', "Satu layanan"),
        ("Kos Kenanga;103;Ani;;05/01/2026;05/03/2026;;;lima ratus;;", "Kolom deposit"),
        ("Kos Kenanga;103;Ani;;05/01/2026;05/03/2026;;;;-1;", "tidak mungkin"),
    ],
)
def test_a_tenant_that_cannot_be_is_refused_beside_the_row_and_the_others_move_in(bring, kenanga, row, said):
    run = bring(TENANTS, f"{HEAD}{RINI}{row}\n")

    assert (counts(run), said in reasons(run)[0]) == ((1, 0, 0, 1), True), reasons(run)
    assert (Stay.objects.count(), Person.objects.filter(name="Ani").count()) == (1, 0)


def test_a_room_that_is_lived_in_or_booked_takes_nobody_from_paper(bring, kenanga, rini, at):
    bring(TENANTS, HEAD + RINI)
    room = Room.objects.get(number="103")
    RoomClaim.objects.create(
        unit=kenanga.unit, room=room, kind="ditahan", from_on=at.date(), holder="BK-1", claimed_at=at
    )

    run = bring(
        TENANTS, HEAD + RINI.replace("Rini Lestari;0812-0000-7001", "Siti;") + TATI.replace(";201;", ";103;")
    )

    assert reasons(run) == [
        "Kamar 101 sudah dihuni Rini Lestari.",
        "Kamar 103 sedang dipesan orang lain atau tidak disewakan.",
    ]
    assert Stay.objects.count() == 1


@pytest.mark.req("KOS-16")
def test_a_manager_brings_in_neither_rooms_nor_tenants(bring, kenanga, sari):
    for kind, text in ((ROOMS, HOUSE), (TENANTS, HEAD + RINI)):
        with pytest.raises(Refused, match="hanya dimasukkan oleh pemilik"):
            bring(kind, text, by=sari)
    assert not Stay.objects.exists()


def test_the_preview_says_what_will_be_billed_and_writes_nothing(bring, kenanga, hadi, at):
    run = imports.receive(TENANTS, "penghuni.csv", io.BytesIO((HEAD + RINI + DEWI).encode()), by=hadi, at=at)

    seen = imports.preview(run, at=at)

    assert (seen.new, seen.refused) == (2, 0)
    (_rini, _new), (dewi, _also) = seen.samples
    assert dewi.remarks == (
        "1 masa sewa sebelum tanggal pindah belum lunas: ditagih Rp1.075.000 sebagai tunggakan.",
        "Tanpa deposit: tidak ditagih lagi.",
    )
    assert not Stay.objects.exists()


def test_bills_go_on_for_whoever_never_paid_or_paid_ahead(bring, kenanga, at):
    bring(
        TENANTS,
        HEAD
        + "Kos Kenanga;101;Ani;;20/02/2026;belum;;;;;\nKos Kenanga;102;Budi;;05/01/2026;03/06/2026;;;;;\n",
    )
    assert starts(stay_of("Ani")) == [(date(2026, 2, 20), date(2026, 3, 21), 1_000_000)]

    live_until(date(2026, 6, 4), at)

    assert [start for start, _end, _sum in starts(stay_of("Ani"))] == [
        date(2026, 2, 20), date(2026, 3, 22), date(2026, 4, 21), date(2026, 5, 21),
    ]  # fmt: skip
    assert [start for start, _end, _sum in starts(stay_of("Budi"))] == [date(2026, 6, 4)]
    sound()


def test_the_day_of_moving_in_may_be_given_beside_the_file(bring, at):
    bring(ROOMS, HOUSE)
    run = bring(TENANTS, HEAD + RINI)
    assert "belum ditetapkan" in reasons(run)[0]

    assert counts(bring(TENANTS, HEAD + RINI, per=DAY)) == (1, 0, 0, 0)
    assert openings.cut_over_of(House.objects.get().unit) == DAY


def test_who_paid_the_running_period_on_paper_has_the_difference_of_a_cheaper_room_as_balance(
    bring, kenanga, sari, at
):
    """Tati paid 1.400.000 on paper up to 30 March; 12 days are left when she moves to a room at 1.000.000."""
    bring(TENANTS, HEAD + TATI)
    tati, at = stay_of("Tati"), live_until(date(2026, 3, 19), at)
    Role.objects.create(person=sari, unit=kenanga.unit, name="manager", since=at)
    desk, room = Desk(sari, at), Room.objects.get(number="101")
    act = Act("move_room", sari, at, {"room": room, "on": at.date()})
    said = previews_moving.moving(tati, act)

    desk.step(tati, "move_room", room=room, on=at.date())

    assert billing.balance_of(tati.customer, tati.unit) == 160_000  # 400.000 x 12 / 30
    assert ("Menjadi saldo penghuni", 160_000) in [(str(line.label), line.amount) for line in said.sums]
    assert books.balance_now(accounts.ROOM_RENT, tati.unit) == 0
    live_until(date(2026, 4, 1), at)
    assert billing.invoices_of(tati).get(purpose="rent").remaining == 1_000_000 - 160_000
    sound()


def test_a_service_of_the_room_is_given_back_once_whether_paper_or_the_move_before_paid_it(
    bring, kenanga, hadi, at
):
    make_service(kenanga, "Kipas", 60_000, of_room=True)
    cool = make_service(kenanga, "AC", 150_000, of_room=True)
    bring(TENANTS, HEAD + TATI.replace("1.400.000;;", "1.400.000;Kipas;"))
    tati = stay_of("Tati")
    desk, (first, second) = Desk(hadi, at), Room.objects.filter(number__in=("101", "102")).order_by("number")

    def ahead():
        return billing.balance_of(tati.customer, tati.unit) - billing.outstanding(tati)

    desk.wait(days=9).step(tati, "move_room", room=first, on=desk.at.date(), services=[cool])
    assert ahead() == 160_000 + 24_000 - 60_000  # 150.000 x 12 / 30
    desk.wait(days=2).step(tati, "move_room", room=second, on=desk.at.date())

    assert ahead() == 160_000 + 24_000 - 60_000 + 50_000  # 150.000 x 10 / 30
    sound()


def test_on_paper_by_the_month_the_tenants_go_on_by_fixed_date(bring, kenanga, at):
    House.objects.update(cycle="tanggal tetap")
    ani = "Kos Kenanga;101;Ani;;31/12/2025;27/02/2026;;;500.000;;\n"
    eka = "Kos Kenanga;102;Eka;;15/12/2025;14/03/2026;;;;;\n"
    wrong = "Kos Kenanga;103;Budi;;31/12/2025;02/03/2026;;;;;\n"
    run = bring(TENANTS, HEAD + ani + eka + wrong)

    assert counts(run) == (2, 0, 0, 1)
    assert "tanggal tetap sejak 31 Des 2025: yang cocok 27 Feb 2026 atau 30 Mar 2026" in reasons(run)[0]
    assert (stay_of("Ani").cycle, stay_of("Ani").billed_on_paper_to) == ("tanggal tetap", date(2026, 2, 27))
    live_until(date(2026, 4, 28), at)
    assert starts(stay_of("Ani")) == [
        (date(2026, 2, 28), date(2026, 3, 30), 1_000_000),  # began before 1 March: owed from paper
        (date(2026, 3, 31), date(2026, 4, 29), 1_000_000),
        (date(2026, 4, 30), date(2026, 5, 30), 1_000_000),
    ]
    assert [start for start, _end, _sum in starts(stay_of("Eka"))] == [date(2026, 3, 15), date(2026, 4, 15)]
    sound()
