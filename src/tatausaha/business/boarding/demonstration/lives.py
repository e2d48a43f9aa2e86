"""The life of one tenant, from the booking to the returned deposit, planned along the timeline."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tatausaha.business.boarding.demonstration import inspections
from tatausaha.business.boarding.demonstration.building import Site
from tatausaha.business.boarding.demonstration.money import Payer, take
from tatausaha.business.boarding.demonstration.names import Guise
from tatausaha.business.boarding.demonstration.timeline import Timeline, moment
from tatausaha.business.boarding.models import Booking, Stay
from tatausaha.business.boarding.services import booking as bookings
from tatausaha.core.billing import queries as billed
from tatausaha.core.payments import queries as paid
from tatausaha.core.people import services as people
from tatausaha.core.people.models import Person


@dataclass
class Plan:
    """What one tenant is going to do.

    `late` are the days after the due date on which each bill is paid, in turn (below 0: before
    it); `unpaid_from` the period from which on nothing is paid any more; `part` the share of the
    last bill, in percent, that is paid so far.
    """

    room: str
    booked_on: date
    move_in_on: date
    services: Sequence[str] = ()
    full: bool = False
    cash: bool = False
    late: Sequence[int] = (0,)
    unpaid_from: int = 999
    part: int = 0
    leave_on: date | None = None
    damage: tuple[str, int, str] | None = None
    more: int = 0
    more_at: int = 2
    uses: dict[str, Decimal] = field(default_factory=dict)
    refund_open: bool = False
    inspect: bool = True
    looked_at: bool = False


@dataclass
class Life:
    """A tenant who carries out a plan."""

    timeline: Timeline
    site: Site
    guise: Guise
    plan: Plan
    person: Person | None = None
    stay: Stay | None = None

    def begin(self) -> None:
        """Plan the booking; everything else follows from it."""
        self.timeline.plan(self._on(self.plan.booked_on, "10.20"), self.book)

    def _on(self, day: date, clock_time: str) -> datetime:
        shift = timedelta(minutes=(int(self.guise.nik[-4:]) * 37) % 173)
        return moment(day, clock_time, self.site.zone) + shift

    def payer(self) -> Payer:
        """The tenant as one who pays."""
        assert self.person is not None
        return Payer(self.timeline, self.site, self.person, self.guise, cash=self.plan.cash)

    def book(self, at: datetime) -> None:
        """Find the room, book it, and pay what secures it the same day."""
        self.person = self.person or people.create_person(
            name=self.guise.name, phone=self.guise.phone, by=None, at=at
        )
        booking = bookings.book(
            room=self.site.rooms[self.plan.room], prospect=self.person,
            services=[self.site.services[name] for name in self.plan.services], move_in_on=self.plan.move_in_on,
            occupant=self.guise.occupant, plan="full" if self.plan.full else "down_payment", by=self.person, at=at,
        )  # fmt: skip
        self.timeline.plan(at + timedelta(hours=3), lambda on: self.payer().pay(booking, at=on))
        self.timeline.plan(self._on(self.plan.move_in_on, "08.40"), lambda on: self.arrive(booking, on))

    def arrive(self, booking: Booking, at: datetime) -> None:
        """Register, pay the rest at the desk, take the key."""
        booking = self.fresh(booking)
        take(booking, "register", by=self.site.manager, at=at, **self.guise.statement())
        desk = self.payer()
        desk.cash = self.plan.cash or int(self.guise.nik[-1]) % 3 == 0
        desk.pay(booking, at=at, wait=timedelta(minutes=20))
        self.timeline.plan(at + timedelta(minutes=50), lambda on: self.move_in(booking, on))

    def move_in(self, booking: Booking, at: datetime) -> None:
        """The key is handed over; bills follow by themselves."""
        take(
            self.fresh(booking), "check_in", by=self.site.manager, at=at, on=self.plan.move_in_on,
            key=f"Kunci kamar {self.plan.room}, 2 buah",
        )  # fmt: skip
        self.stay = Stay.objects.select_related("unit", "room__house__unit").get(booking=booking)
        if self.plan.looked_at:
            inspections.came(self.living(), manager=self.site.manager, at=at)
        for period in range(1, 16):
            due = self.plan.move_in_on + timedelta(days=30 * period)
            if self.plan.leave_on and due >= self.plan.leave_on:
                break
            late = self.plan.late[(period - 1) % len(self.plan.late)]
            for place, (name, quantity) in enumerate(self.plan.uses.items()):
                read = self._on(due - timedelta(days=9 + place), "16.10")
                self.timeline.plan(read, lambda on, name=name, n=quantity, p=period: self.use(name, n, p, on))  # type: ignore[misc]
            when = self._on(due + timedelta(days=late), "11.15")
            if period < self.plan.unpaid_from:
                self.timeline.plan(when, lambda on, p=period: self.pay_bill(p, on))  # type: ignore[misc]
            elif period == self.plan.unpaid_from and self.plan.part:
                self.timeline.plan(when, self.pay_in_part)
        if self.plan.leave_on:
            self.timeline.plan(self._on(self.plan.leave_on - timedelta(days=18), "19.30"), self.give_notice)
            self.timeline.plan(self._on(self.plan.leave_on, "09.10"), self.leave)

    def use(self, name: str, quantity: Decimal, period: int, at: datetime) -> None:
        """The manager writes down what the meter or the provider's note says."""
        varied = (quantity * (100 + (period * 13 + int(self.guise.nik[-2:])) % 31 - 15) / 100).quantize(
            Decimal(1)
        )
        take(
            self.living(), "note_use", by=self.site.manager, at=at, service=self.site.services[name],
            on=self.site.day(at), quantity=max(varied, Decimal(1)), note=f"Catatan {at:%m-%Y}",
        )  # fmt: skip

    def pay_bill(self, period: int, at: datetime) -> None:
        """Pay what is open; once in a while more than that."""
        payer = self.payer()
        if period == self.plan.more_at and self.plan.more:
            payer.cash = True
            owed = billed.outstanding(self.living())
            payer.pay(self.living(), at=at, amount=owed + self.plan.more)
            return
        payer.pay(self.living(), at=at)

    def pay_in_part(self, at: datetime) -> None:
        """What is in the purse today."""
        owed = billed.outstanding(self.living())
        self.payer().pay(self.living(), at=at, amount=owed * self.plan.part // 100 // 50_000 * 50_000)

    def give_notice(self, at: datetime) -> None:
        """Eighteen days ahead, by the tenant."""
        assert self.person is not None
        take(
            self.living(), "give_notice", by=self.person, at=at, leave_on=self.plan.leave_on,
            note="Terima kasih, saya pindah.",
        )  # fmt: skip

    def leave(self, at: datetime) -> None:
        """The key comes back; the room is looked at the same day."""
        take(self.living(), "move_out", by=self.site.manager, at=at, on=self.plan.leave_on)
        if self.plan.inspect:
            self.timeline.plan(at + timedelta(hours=2), self.inspect)

    def inspect(self, at: datetime) -> None:
        """Damage is noted on its line of the sheet, the sum is made, the deposit is asked back."""
        if self.plan.damage:
            inspections.left(self.living(), self.plan.damage, manager=self.site.manager, at=at)
        take(self.living(), "settle", by=self.site.manager, at=at)
        if not self.plan.refund_open:
            self.timeline.plan(at + timedelta(days=2, hours=1), self.get_back)

    def get_back(self, at: datetime) -> None:
        """What is left of the deposit goes back by transfer."""
        for refund in paid.refunds_of(self.living()).filter(status="due"):
            take(
                refund, "pay", by=self.site.manager, at=at, method="transfer", reference=f"TRF{refund.pk:05d}",
                occurred_on=self.site.day(at),
            )  # fmt: skip

    def living(self) -> Stay:
        """The stay as it is now."""
        assert self.stay is not None, f"{self.guise.name} lives nowhere"
        stay: Stay = self.fresh(self.stay)
        return stay

    @staticmethod
    def fresh(case: Any) -> Any:
        """A case as it is now."""
        return type(case).objects.select_related("unit", "customer", "room__house__unit").get(pk=case.pk)
