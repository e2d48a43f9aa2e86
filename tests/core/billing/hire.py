"""A business that exists only here: something is hired; a down payment secures it within 7 days."""

from datetime import date, timedelta

import pytest

from tatausaha.core.billing import queries as billing
from tatausaha.core.billing import services
from tatausaha.core.billing.services import NewLine
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.ledger.services import install_chart
from tatausaha.core.payments import queries as payments
from tatausaha.core.people.actors import Machine
from tatausaha.core.procedures import policies, registry
from tatausaha.core.procedures.services import begin
from tatausaha.core.procedures.spec import Procedure, Sop, State, Step, machine, role, says, within
from tests.toys.models import Request

S = Request.Status
DOWN_PAYMENT, RENT, DEPOSIT, LAUNDRY = 100_000, 1_000_000, 500_000, 150_000


@says("Uang muka sudah masuk.")
def down_payment_in(hire, _act):
    if not billing.is_paid(hire, "down_payment"):
        raise Refused("Uang muka belum masuk.")


@says("Barangnya masih bebas.")
def still_free(hire, _act):
    if hire.slots:
        raise Refused("Barangnya sudah disewa orang lain.")


@says("Tidak ada bukti yang sedang diperiksa.")
def nothing_pending(hire, _act):
    if payments.pending(hire):
        raise Refused("Bukti transfer sedang diperiksa.")


MONEY, CLOCK = machine("Uang masuk", Machine.MONEY), machine("Waktu", Machine.CLOCK)
EXPIRE = Step("expire", "Kedaluwarsa", S.SUBMITTED, S.CANCELLED, CLOCK, guards=(nothing_pending,))
HIRE = Procedure(
    code="tests.hire",
    prefix="HIRE",
    title="Sewa",
    model=Request,
    initial=S.SUBMITTED,
    states=(
        State(S.SUBMITTED, until=within(timedelta(days=7)), then=EXPIRE),
        State(S.APPROVED), State(S.CANCELLED), State(S.CLOSED), State(S.REJECTED),
    ),
    steps=(
        Step("secure", "Amankan", S.SUBMITTED, S.APPROVED, MONEY, guards=(down_payment_in,)),
        Step("revive", "Hidupkan lagi", S.CANCELLED, S.APPROVED, MONEY, guards=(down_payment_in, still_free)),
        Step("reject", "Tolak", S.SUBMITTED, S.REJECTED, role("Pengelola", "manager")),
        Step("close", "Selesai", S.APPROVED, S.CLOSED, role("Pengelola", "manager")),
        EXPIRE,
    ),
    sop=Sop(number="SOP-UJI-01", purpose="Menyewakan", responsible="Pengelola"),
)  # fmt: skip


def install(at):
    """Put the procedure and the chart in force; returns what takes it out again."""
    registry.register(HIRE)
    policies.install(at=at, on=date(2025, 1, 1))
    install_chart()


@pytest.fixture
def hires(company, at):
    """The hire business with its books, for as long as a test runs."""
    install(at)
    yield
    registry.unregister(HIRE)


@pytest.fixture
def hire(hires, unit, rini, at):
    """Rini hires; nothing is billed yet."""
    return new_hire(unit, rini, at)


def new_hire(unit, customer, at, by=None):
    return begin(Request(unit=unit, customer=customer, headline="Sewa"), by=by or customer, at=at)


def down_payment(hire, *, by, at):
    line = NewLine("advance", chart.CUSTOMER_ADVANCES, "Uang muka", DOWN_PAYMENT)
    return services.issue(hire, purpose="down_payment", lines=[line], due_on=at.date(), by=by, at=at)


def deposit(hire, *, by, at):
    line = NewLine("deposit", chart.DEPOSITS, "Deposit", DEPOSIT)
    return services.issue(hire, purpose="deposit", lines=[line], due_on=at.date(), by=by, at=at)


def rent(hire, *, by, at, due_on, months=30, laundry=0):
    lines = [NewLine("rent", chart.SALES_INCOME, "Sewa", RENT)]
    if laundry:
        lines.insert(0, NewLine("service", chart.SERVICE_INCOME, "Cuci", laundry))
    period = (due_on, due_on + timedelta(days=months - 1))
    return services.issue(hire, purpose="rent", lines=lines, due_on=due_on, period=period, by=by, at=at)
