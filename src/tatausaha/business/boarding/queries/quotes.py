"""The four numbers of a booking (KOS-02, KOS-05, KOS-06; rules/boarding 2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Cycle, ExtraService, House, Room
from tatausaha.business.boarding.queries.prices import Offered, current_amount, priced_services
from tatausaha.core.kernel import money
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.procedures import policies, registry

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

BOOKING = "boarding.booking"
"""The code of the procedure whose policy rules a booking."""


@dataclass(frozen=True)
class Terms:
    """Per cent of the monthly rent: the down payment, and the deposit; for how many days a room is held;
    how often the rent falls due; how many days ahead one may plan to move in; to how many rupiah the down
    payment is rounded up.
    """  # fmt: skip

    down_payment_percent: int = 10
    deposit_percent: int = 50
    hold_days: int = 7
    cycle: str = Cycle.DAYS_30
    planned_within_days: int = 30
    down_payment_round_to: int = 1


def terms_of(house: House, *, at: datetime) -> Terms:
    """The percentages of the booking SOP that is in force in this house: its own or the company's.

    Before the company has put its first SOP in force, those that it is delivered with.
    """
    procedure = registry.by_code(BOOKING)
    assert procedure is not None, BOOKING
    try:
        policy = policies.values_in_force(procedure, house.unit, at=at)
    except Refused:
        policy = procedure.policy()
    return Terms(
        policy.down_payment_percent, policy.deposit_percent, policy.hold_days, house.cycle,
        policy.planned_within_days, policy.down_payment_round_to,
    )  # fmt: skip


@dataclass(frozen=True)
class QuotedService:
    """A chosen service as priced on the day of the quote, in rupiah for a period or per `measure`."""

    service_id: int
    name: str
    amount: int
    per_use: bool
    measure: str


@dataclass(frozen=True)
class Quote:
    """What a room costs with the chosen services, in whole rupiah; a snapshot of prices and terms.

    Services that are charged by use are listed and are in none of the sums.
    """

    rent: int
    services: tuple[QuotedService, ...]
    terms: Terms

    @property
    def services_total(self) -> int:
        """The fixed services, for a period."""
        return sum(service.amount for service in self.services if not service.per_use)

    @property
    def total(self) -> int:
        """To pay every period: the rent and the fixed services."""
        return self.rent + self.services_total

    @property
    def down_payment(self) -> int:
        """The down payment: per cent of the rent alone, rounded half up once, then up as the SOP says."""
        exact = money.percent(self.rent, self.terms.down_payment_percent)
        return min(self.rent, money.round_up(exact, self.terms.down_payment_round_to))

    @property
    def deposit(self) -> int:
        """The deposit, which is returned when the tenant leaves."""
        return money.percent(self.rent, self.terms.deposit_percent)

    @property
    def due_at_move_in(self) -> int:
        """The rest of the rent, the first period's services, and the deposit."""
        return self.rent - self.down_payment + self.services_total + self.deposit


def quote(room: Room, services: Iterable[ExtraService], policy: Terms, on: date) -> Quote:
    """The four numbers of a room with chosen services, by the prices published for the day `on`.

    Raises `Refused` when the room has no price yet, or a service is not offered by its house.
    """
    return reckoned(
        current_amount(room.room_type, on), services, offered=priced_services(room.house, on), policy=policy
    )


def reckoned(
    rent: int | None,
    services: Iterable[ExtraService],
    *,
    offered: "Iterable[WithAnnotations[ExtraService, Offered]]",
    policy: Terms,
) -> Quote:
    """The four numbers from prices that a page has read already; refuses what `quote` refuses."""
    if rent is None:
        raise Refused(_("Harga kamar ini belum diterbitkan, jadi belum bisa dipesan."))
    known = {service.pk: service for service in offered}
    chosen = []
    for pk in sorted({service.pk for service in services}):
        if pk not in known:
            raise Refused(_("Layanan itu tidak ditawarkan di rumah ini."), field="layanan")
        one = known[pk]
        chosen.append(QuotedService(pk, one.name, one.amount, one.per_use, one.measure))
    return Quote(rent=rent, services=tuple(chosen), terms=policy)
