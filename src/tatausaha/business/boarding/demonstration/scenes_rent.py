"""What an owner meets of rent that comes late or early: a late fee, periods paid ahead, a deposit asked for."""

from datetime import date, datetime, timedelta

from tatausaha.business.boarding.demonstration.building import Site
from tatausaha.business.boarding.demonstration.money import take
from tatausaha.business.boarding.demonstration.timeline import Timeline, moment
from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure.stay import STAY
from tatausaha.business.boarding.queries import deposit_uses
from tatausaha.business.boarding.queries.late_fees import FLAT
from tatausaha.business.boarding.services import late_fees
from tatausaha.core.billing import queries as billed
from tatausaha.core.payments import services as payments
from tatausaha.core.procedures import policies


def late_fee(timeline: Timeline, site: Site, begins: date, *, looked_at: date) -> None:
    """One house asks a fixed late fee of everybody who comes from a day on; some days ago it was charged."""

    def agree(at: datetime) -> None:
        revision = policies.draft(
            STAY, site.house.unit, {"late_fee": FLAT}, by=site.manager, at=at, effective_on=site.day(at),
            reason="Beberapa penghuni selalu telat lebih dari seminggu.",
        )  # fmt: skip
        policies.approve(revision, by=site.owner, at=at + timedelta(hours=2))

    def charge(at: datetime) -> None:
        late_fees.look_at_all(at=at)

    timeline.plan(moment(begins, "15.20", site.zone), agree)
    timeline.plan(moment(looked_at, "01.30", site.zone), charge)


def paid_ahead(timeline: Timeline, site: Site, room: str, on: date, *, periods: int) -> None:
    """A tenant whose scholarship came asks for the bills of some periods at once, and pays them in cash."""

    def ask(at: datetime) -> None:
        stay = _lives_in(site, room)
        assert stay.customer is not None
        take(stay, "prepay", by=stay.customer, at=at, periods=periods)

    def pay(at: datetime) -> None:
        stay = _lives_in(site, room)
        assert stay.customer is not None
        bills = list(billed.invoices_of(stay).filter(billed.OPEN))
        payments.receive_cash(
            unit=stay.unit, payer=stay.customer, amount=sum(bill.remaining for bill in bills), invoices=bills,
            by=site.manager, at=at, sure=True,
        )  # fmt: skip

    asked = moment(on, "16.35", site.zone)
    timeline.plan(asked, ask)
    timeline.plan(asked + timedelta(minutes=40), pay)


def deposit_asked(timeline: Timeline, site: Site, room: str) -> None:
    """The manager asks this morning whether the deposit may pay the rest of a bill; the owner is to decide."""

    def ask(at: datetime) -> None:
        stay = _lives_in(site, room)
        bill = deposit_uses.due_bills(stay, at=at)[0]
        take(
            stay, "ask_deposit", by=site.manager, at=at, bill=bill.number,
            note="Kiriman dari orang tua terlambat; bulan depan dibayar kembali.",
        )  # fmt: skip

    timeline.plan(timeline.ends - timedelta(hours=4), ask)


def _lives_in(site: Site, room: str) -> Stay:
    living = Stay.objects.select_related("unit", "customer", "revision", "room__house__unit")
    return living.get(room=site.rooms[room], status=Stay.Status.LIVING)
