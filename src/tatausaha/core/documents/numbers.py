"""The number that a paper bears: gapless per unit, kind and year (KOS-10)."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tatausaha.core.people import numbering
from tatausaha.core.people.models import Unit


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its code, the prefix of its numbers, its name for people."""

    code: str
    prefix: str
    label: str | Promise


kinds: dict[str, Kind] = {}


def register(*new: Kind) -> None:
    """Make kinds of paper known; called from `apps.py` of whoever brings them.

    A prefix belongs to one kind, or two papers could bear one number.
    """
    for kind in new:
        taken = [k.code for k in kinds.values() if k.prefix == kind.prefix and k.code != kind.code]
        assert not taken, f"prefix {kind.prefix} belongs to {taken}"
        kinds[kind.code] = kind


register(
    Kind("receipt", "KW", _("Kuitansi")),
    Kind("invoice", "TG", _("Tagihan")),
    Kind("service_note", "NL", _("Nota layanan")),
    Kind("deposit_receipt", "DP", _("Tanda terima deposit")),
    Kind("handover", "ST", _("Tanda terima setoran")),
    Kind("month_report", "LB", _("Laporan bulanan")),
    Kind("sop", "SOP", _("SOP")),
)


def next_number(unit: Unit | None, kind: str, on: date) -> str:
    """Such as `KW/JMB1/2026/00012`; without a unit, of the company: `SOP/2026/00003`.

    Belongs to the caller's transaction (see `people.numbering.allocate`): a rollback gives the
    number back, and a number that was committed is never given again. The year is that of `on`.
    """
    known = kinds[kind]
    number = numbering.allocate(known.prefix, unit_id=unit.pk if unit else None, year=on.year)
    place = [unit.code.upper()] if unit else []
    return "/".join([known.prefix, *place, str(on.year), f"{number:05d}"])
