"""Who lived where during the year, and how they paid: one plan a tenant, in days before the present."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tatausaha.business.boarding.demonstration.houses import JIMBARAN, MELATI, MERPATI
from tatausaha.business.boarding.demonstration.lives import Plan

RINI, ADITYA = "Rini Wulandari", "I Made Aditya Pratama"
"""Tenants who can sign in."""

PUNCTUAL: tuple[int, ...] = (-3, -1, 0, -2, -4, 0)
SLOW: tuple[int, ...] = (1, 3, 0, 2, 4)
LATE: tuple[int, ...] = (5, 2, 8, 3)


@dataclass(frozen=True)
class Resident:
    """A room and the days before the present on which somebody came and, if so, left."""

    house: str
    room: str
    came: int
    left: int = 0
    woman: bool = False
    name: str = ""
    habit: tuple[int, ...] = PUNCTUAL
    services: tuple[str, ...] = ()
    damage: tuple[str, int, str] | None = None
    more: int = 0
    unpaid_from_last: int = 0
    part: int = 0
    refund_open: bool = False
    inspect: bool = True


_LAUNDRY, _AC = ("Laundry",), ("AC", "Laundry")
_BROKEN_CHAIR = ("Kursi patah", 85_000, "Kaki kursi patah, bukan karena usia.")
_STAINED = ("Kasur bernoda dan sobek", 350_000, "Noda tinta dan sobekan sepanjang 30 cm.")

FORMER = (
    Resident(MELATI.name, "102", 330, 255, woman=True, damage=_BROKEN_CHAIR),
    Resident(MELATI.name, "202", 301, 207, woman=True, services=_AC),
    Resident(MELATI.name, "205", 262, 131, woman=True, habit=LATE, damage=_STAINED),
    Resident(MELATI.name, "107", 214, 66, woman=True),
    Resident(JIMBARAN.name, "A1", 297, 214),
    Resident(JIMBARAN.name, "A5", 240, 141, woman=True, habit=SLOW, more=500_000),
    Resident(JIMBARAN.name, "B1", 182, 93, damage=("Kunci hilang", 150_000, "Kunci tidak dikembalikan.")),
    Resident(JIMBARAN.name, "A4", 94, 3, woman=True, refund_open=True),
    Resident(MERPATI.name, "2", 254, 174),
    Resident(MERPATI.name, "6", 190, 100, habit=LATE),
    Resident(MERPATI.name, "9", 92, 1, inspect=False),
)
NOW = (
    Resident(MELATI.name, "201", 233, woman=True, name=RINI, services=_AC),
    Resident(MELATI.name, "101", 338, woman=True, habit=SLOW),
    Resident(MELATI.name, "102", 112, woman=True, services=_LAUNDRY),
    Resident(MELATI.name, "103", 48, woman=True),
    Resident(MELATI.name, "104", 99, woman=True, services=_LAUNDRY, habit=LATE),
    Resident(MELATI.name, "106", 74, woman=True),
    Resident(MELATI.name, "107", 47, woman=True, services=("WiFi cepat",)),
    Resident(MELATI.name, "108", 36, woman=True, habit=SLOW),
    Resident(MELATI.name, "202", 127, woman=True, services=_AC, more=200_000),
    Resident(MELATI.name, "204", 81, woman=True, services=("WiFi cepat", "AC")),
    Resident(MELATI.name, "205", 79, woman=True, unpaid_from_last=2),
    Resident(MELATI.name, "206", 62, woman=True, services=_LAUNDRY),
    Resident(MELATI.name, "301", 35, woman=True, services=_AC),
    Resident(JIMBARAN.name, "A2", 159, name=ADITYA),
    Resident(JIMBARAN.name, "A1", 97, woman=True),
    Resident(JIMBARAN.name, "A3", 281),
    Resident(JIMBARAN.name, "A5", 53, habit=SLOW),
    Resident(JIMBARAN.name, "A6", 96, woman=True, more=2_000_000),
    Resident(JIMBARAN.name, "A7", 74, habit=LATE),
    Resident(JIMBARAN.name, "A8", 47, woman=True),
    Resident(JIMBARAN.name, "B1", 58, services=("Parkir mobil",)),
    Resident(JIMBARAN.name, "B3", 103, habit=SLOW),
    Resident(JIMBARAN.name, "B4", 68, woman=True, unpaid_from_last=1, part=45),
    Resident(JIMBARAN.name, "B5", 21),
    Resident(MERPATI.name, "1", 107),
    Resident(MERPATI.name, "2", 66, services=_LAUNDRY),
    Resident(MERPATI.name, "3", 134, habit=SLOW),
    Resident(MERPATI.name, "5", 44, services=("Parkir motor dalam",)),
    Resident(MERPATI.name, "6", 26),
    Resident(MERPATI.name, "7", 71, habit=LATE, unpaid_from_last=1),
    Resident(MERPATI.name, "8", 33),
    Resident(MERPATI.name, "10", 86, left=-11),
)


def plan_of(resident: Resident, present: date, number: int) -> Plan:
    """The plan of one resident, with small differences that a year brings."""
    chance = Random(number)  # noqa: S311 - a story, no secret
    move_in = present - timedelta(days=resident.came)
    ahead = chance.randint(2, 9)
    periods = resident.came // 30
    uses = {}
    if resident.house == JIMBARAN.name:
        uses = {"Listrik": Decimal(chance.randint(45, 110))}
        if number % 2:
            uses["Galon"] = Decimal(chance.randint(2, 5))
    return Plan(
        room=resident.room, booked_on=move_in - timedelta(days=ahead), move_in_on=move_in,
        services=resident.services, full=number % 9 == 4, cash=number % 3 == 2, late=resident.habit,
        unpaid_from=max(1, periods + 1 - resident.unpaid_from_last) if resident.unpaid_from_last else 999,
        part=resident.part, leave_on=present - timedelta(days=resident.left) if resident.left else None,
        damage=resident.damage, more=resident.more,
        more_at=periods if resident.more > 1_000_000 else 2, uses=uses, refund_open=resident.refund_open,
        inspect=resident.inspect,
        looked_at=bool(resident.damage or resident.name) or not resident.inspect,
    )  # fmt: skip


def residents() -> tuple[Resident, ...]:
    """Everybody in the order in which they came."""
    return tuple(sorted((*FORMER, *NOW), key=lambda one: -one.came))
