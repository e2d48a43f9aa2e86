"""What does not go the usual way: bookings that end early, money that comes late, and what is open today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tatausaha.business.boarding.demonstration.building import Site
from tatausaha.business.boarding.demonstration.lives import Life, Plan
from tatausaha.business.boarding.demonstration.money import Payer, spend, take
from tatausaha.business.boarding.demonstration.names import Guests
from tatausaha.business.boarding.demonstration.timeline import Timeline, moment
from tatausaha.business.boarding.models import Booking, Stay
from tatausaha.business.boarding.services import booking as bookings
from tatausaha.core.billing import queries as billed
from tatausaha.core.ledger import services as books
from tatausaha.core.payments import drawers
from tatausaha.core.payments import queries as paid
from tatausaha.core.payments import services as payments
from tatausaha.core.people import services as people
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import conversation
from tatausaha.core.reports import summarising


@dataclass
class Scenes:
    """The exceptions of the year, told along the same timeline."""

    timeline: Timeline
    guests: Guests
    present: date

    def _day(self, ago: int) -> date:
        return self.present - timedelta(days=ago)

    def _prospect(self, site: Site, *, woman: bool, at: datetime, person: Person | None = None) -> Payer:
        guise = self.guests.one(site.plan.name, woman=woman)
        known = person or people.create_person(name=guise.name, phone=guise.phone, by=None, at=at)
        return Payer(self.timeline, site, known, guise)

    def _hold(self, payer: Payer, room: str, *, days: int, at: datetime) -> Booking:
        site = payer.site
        return bookings.book(
            room=site.rooms[room], prospect=payer.person, services=[], move_in_on=site.day(at) + timedelta(days=days),
            occupant=payer.guise.occupant, plan="down_payment", by=payer.person, at=at,
        )  # fmt: skip

    # Bookings that did not become a stay

    def never_paid(self, site: Site, room: str, ago: int, *, woman: bool) -> None:
        """Held for seven days, then released by the clock."""

        def book(at: datetime) -> None:
            self._hold(self._prospect(site, woman=woman, at=at), room, days=12, at=at)

        self.timeline.plan(moment(self._day(ago), "20.15", site.zone), book)

    def cancelled(
        self, site: Site, room: str, ago: int, *, woman: bool, paid: bool, by_house: bool = False
    ) -> None:
        """Given up before the payment, after it (the down payment is kept), or by the house (all goes back)."""

        def book(at: datetime) -> None:
            payer = self._prospect(site, woman=woman, at=at)
            booking = self._hold(payer, room, days=14, at=at)
            if paid:
                self.timeline.plan(at + timedelta(hours=5), lambda on: payer.pay(booking, at=on))
            self.timeline.plan(at + timedelta(days=3), lambda on: give_up(payer, booking, on))

        def give_up(payer: Payer, booking: Booking, at: datetime) -> None:
            case = Life.fresh(booking)
            if by_house:
                take(
                    case,
                    "withdraw",
                    by=site.manager,
                    at=at,
                    cause="broken",
                    note="Kamar mandi bocor, perlu perbaikan dua minggu.",
                )
            else:
                take(case, "cancel", by=payer.person, at=at, note="Dapat asrama kampus.")
            self.timeline.plan(at + timedelta(days=1), lambda on: self._give_back(site, booking, on))

        self.timeline.plan(moment(self._day(ago), "13.40", site.zone), book)

    @staticmethod
    def _give_back(site: Site, booking: Booking, at: datetime) -> None:
        for refund in paid.refunds_of(booking).filter(status="due"):
            take(
                refund, "pay", by=site.manager, at=at, method="transfer", reference=f"TRF{refund.pk:05d}",
                occurred_on=site.day(at),
            )  # fmt: skip

    def never_came(self, site: Site, room: str, ago: int, *, woman: bool) -> None:
        """The down payment was paid, nobody came: after three days it is forfeited."""

        def book(at: datetime) -> None:
            payer = self._prospect(site, woman=woman, at=at)
            booking = self._hold(payer, room, days=6, at=at)
            self.timeline.plan(at + timedelta(hours=8), lambda on: payer.pay(booking, at=on))
            self.timeline.plan(at + timedelta(days=14), lambda on: self._give_back(site, booking, on))

        self.timeline.plan(moment(self._day(ago), "09.25", site.zone), book)

    def paid_late(self, site: Site, room: str, ago: int, *, woman: bool) -> None:
        """The money came after the hold had run out, the room was still free: the booking lives again."""

        def book(at: datetime) -> None:
            payer = self._prospect(site, woman=woman, at=at)
            booking = self._hold(payer, room, days=20, at=at)
            announced = payments.open_transfer(
                payer=payer.person, invoices=list(billed.invoices_of(booking)), by=payer.person, at=at
            )
            self.timeline.plan(at + timedelta(days=8), lambda on: payer.prove(announced, at=on))
            self.timeline.plan(at + timedelta(days=8, hours=3), lambda on: payer.verify(announced, at=on))
            plan = Plan(room, self._day(ago), self._day(ago - 20), late=(0, 1))
            life = Life(self.timeline, site, payer.guise, plan, person=payer.person)
            self.timeline.plan(
                moment(self._day(ago - 20), "09.45", site.zone), lambda on: life.arrive(booking, on)
            )

        self.timeline.plan(moment(self._day(ago), "18.30", site.zone), book)

    # What is open today

    def hold_of(self, site: Site, room: str, prospect: Person) -> None:
        """A booking that is held now, with three days left to pay."""

        def book(at: datetime) -> None:
            payer = self._prospect(site, woman=True, at=at, person=prospect)
            self._hold(payer, room, days=16, at=at)

        self.timeline.plan(self.timeline.ends - timedelta(days=4), book)

    def moves_in_tomorrow(self, site: Site, room: str, *, woman: bool) -> None:
        """Down payment in, registered; the rest and the deposit are paid at the door tomorrow."""

        def book(at: datetime) -> None:
            payer = self._prospect(site, woman=woman, at=at)
            booking = self._hold(payer, room, days=7, at=at)
            self.timeline.plan(at + timedelta(hours=4), lambda on: payer.pay(booking, at=on))
            self.timeline.plan(at + timedelta(days=4), lambda on: register(payer, booking, on))

        def register(payer: Payer, booking: Booking, at: datetime) -> None:
            take(Life.fresh(booking), "register", by=payer.person, at=at, **payer.guise.statement())

        self.timeline.plan(moment(self._day(6), "10.05", site.zone), book)

    def waits_for_verification(self, site: Site, room: str, *, woman: bool) -> None:
        """A proof was sent a few hours ago; the hold stands still meanwhile."""

        def book(at: datetime) -> None:
            payer = self._prospect(site, woman=woman, at=at)
            booking = self._hold(payer, room, days=10, at=at)
            self.timeline.plan(
                self.timeline.ends - timedelta(hours=3),
                lambda on: payer.pay(booking, at=on, wait=timedelta()),
            )

        self.timeline.plan(self.timeline.ends - timedelta(days=2, hours=3), book)

    def moves_room(self, site: Site, room: str, into: str, ago: int) -> None:
        """A tenant takes a larger room in the middle of a period; the old one is still to be inspected."""

        def move(at: datetime) -> None:
            living = Stay.objects.select_related("unit", "customer", "room__house__unit")
            stay = living.get(room=site.rooms[room], status=Stay.Status.LIVING)
            take(stay, "move_room", by=site.manager, at=at, room=site.rooms[into], on=site.day(at))

        self.timeline.plan(moment(self._day(ago), "14.10", site.zone), move)

    def wish_of_manager(self, site: Site) -> None:
        """An expense over the limit waits for the owner."""

        def ask(at: datetime) -> None:
            spend(
                site, category="61601", amount=1_850_000, shop="Bali Teknik AC", what="Ganti kompresor AC kamar B6",
                at=at, number=771,
            )  # fmt: skip

        self.timeline.plan(self.timeline.ends - timedelta(hours=20), ask)

    def cash_under_way(self, *sites: Site) -> None:
        """A manager has counted the drawer this morning, is short of a little, and the owner is to receive it."""

        def count(at: datetime) -> None:
            site = max(sites, key=lambda one: drawers.balance(one.house.unit, one.manager))
            unit, holder = site.house.unit, site.manager
            counted = drawers.balance(unit, holder) - 20_000
            if counted <= 0 or drawers.handovers_for(holder).filter(unit=unit, status="submitted").exists():
                return
            said = payments.Count(
                counted=counted, amount=counted // 10_000 * 10_000, occurred_on=site.day(at),
                reason="Salah memberi kembalian hari Sabtu.",
            )  # fmt: skip
            payments.hand_over(unit=unit, holder=holder, count=said, by=holder, at=at)

        self.timeline.plan(self.timeline.ends - timedelta(hours=3), count)

    def owner_is_told(self, site: Site) -> None:
        """The owner has the summary every morning at seven; yesterday's is there."""

        def choose(at: datetime) -> None:
            summarising.choose(site.owner, rhythm="daily", hour=7, weekday=0, at=at)

        def send(at: datetime) -> None:
            summarising.send_due(at)

        self.timeline.plan(moment(self._day(9), "20.00", site.zone), choose)
        for ago in (2, 1):
            self.timeline.plan(moment(self._day(ago), "07.05", site.zone), send)

    def corrected_month(self, site: Site) -> None:
        """A note of last month came too late for it; the owner moves it where it belongs, so that v2 replaces v1."""
        first = self.present.replace(day=1)
        if self.present.day < 8:
            first = (first - timedelta(days=1)).replace(day=1)

        def note(at: datetime) -> None:
            case = spend(
                site, category="61601", amount=475_000, shop="CV Atap Jaya", what="Tambal atap bocor", at=at,
                occurred_on=first - timedelta(days=3), number=612,
            )  # fmt: skip
            self.timeline.plan(at + timedelta(days=2), lambda on: move(case, on))

        def move(case: Any, at: datetime) -> None:
            case.refresh_from_db()
            books.rebook(
                case.journal, book_on=first - timedelta(days=3), by=site.owner, at=at,
                reason="Nota bulan lalu yang baru ditemukan; dipindah ke bulannya.",
            )  # fmt: skip

        self.timeline.plan(moment(first + timedelta(days=4), "11.30", site.zone), note)

    def says(self, case: Any, texts: tuple[tuple[Person, str], ...], at: datetime) -> None:
        """A short conversation on a case."""
        for person, text in texts:
            conversation.say(case, text=text, by=person, at=at)
