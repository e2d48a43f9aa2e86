"""A repair counter: branches, one sub-case per device, a pause that stops the clock, money that moves it."""

from datetime import timedelta

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.actors import Machine
from tatausaha.core.procedures import queries
from tatausaha.core.procedures.services import begin
from tatausaha.core.procedures.spec import Act, Procedure, Sop, State, Step, machine, party, role, says
from tests.toys.models import Intake, Order

S = Order.Status
PROMISE = timedelta(days=3)


@says("Pembayaran sudah masuk.")
def paid(order: Order, _act: Act) -> None:
    if not order.paid:
        raise Refused("Biaya perbaikan belum dibayar.")


@says("Semua perangkat sudah selesai.")
def all_devices_done(intake: Intake, _act: Act) -> None:
    if intake.orders.exclude(status__in=[S.HANDED_OVER, S.DECLINED]).exists():
        raise Refused("Masih ada perangkat yang belum diambil.")


def promised(order: Order, since):
    """Three days of work; the time in which the customer was asked does not count."""
    started = order.opened_at
    return started + PROMISE + queries.time_in(order, S.WAITING, at=since)


TECHNICIAN = role("Teknisi", "staff")
CUSTOMER = party("Pelanggan", "customer")
LATE = Step("run_late", "Janji terlewat", S.REPAIRING, S.LATE, machine("Waktu", Machine.CLOCK))
HAND_OVER = Step(
    "hand_over", "Serahkan", S.READY, S.HANDED_OVER, machine("Uang masuk", Machine.MONEY), guards=(paid,)
)

ORDER = Procedure(
    code="toys.order",
    prefix="TORD",
    title="Perbaikan perangkat",
    model=Order,
    initial=S.QUEUED,
    states=(
        State(S.QUEUED), State(S.QUOTED), State(S.REPAIRING, until=promised, then=LATE), State(S.WAITING),
        State(S.QC), State(S.READY), State(S.HANDED_OVER), State(S.DECLINED), State(S.LATE),
    ),
    steps=(
        Step("quote", "Tawarkan", S.QUEUED, S.QUOTED, TECHNICIAN),
        Step("agree", "Setujui", S.QUOTED, S.REPAIRING, CUSTOMER),
        Step("decline", "Tolak", S.QUOTED, S.DECLINED, CUSTOMER, quiet=True),
        Step("ask", "Tanya pelanggan", S.REPAIRING, S.WAITING, TECHNICIAN, quiet=True),
        Step("answer", "Jawab", S.WAITING, S.REPAIRING, CUSTOMER),
        Step("check", "Periksa", (S.REPAIRING, S.LATE), S.QC, TECHNICIAN),
        Step("fail", "Belum beres", S.QC, S.REPAIRING, TECHNICIAN, quiet=True),
        Step("ready", "Siap diambil", S.QC, S.READY, TECHNICIAN),
        HAND_OVER,
        LATE,
    ),
    sop=Sop(number="SOP-SRV-01", purpose="Memperbaiki perangkat", responsible="Kepala bengkel"),
    locks=lambda order: [order.intake],
    nudges=lambda order: [order.intake],
    readers=frozenset({"staff", "manager"}),
)  # fmt: skip

INTAKE = Procedure(
    code="toys.intake",
    prefix="TINT",
    title="Penerimaan perangkat",
    model=Intake,
    initial=Intake.Status.OPEN,
    states=(State(Intake.Status.OPEN), State(Intake.Status.COLLECTED)),
    steps=(
        Step("collect", "Semua diambil", Intake.Status.OPEN, Intake.Status.COLLECTED,
             machine("Perangkat selesai", Machine.CASE), guards=(all_devices_done,)),
    ),
    sop=Sop(number="SOP-SRV-00", purpose="Menerima perangkat", responsible="Kepala bengkel"),
    readers=frozenset({"staff", "manager"}),
)  # fmt: skip


def hand_in(*, unit, customer, serials, by, at):
    intake = begin(Intake(unit=unit, customer=customer, headline="Titipan"), by=by, at=at)
    orders = [
        begin(
            Order(unit=unit, customer=customer, headline=serial, serial=serial, intake=intake), by=by, at=at
        )
        for serial in serials
    ]
    return intake, orders
