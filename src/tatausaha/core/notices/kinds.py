"""The kinds of notices that a person can have an opinion on."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A kind: its code, its name for people, and whether it goes out by e-mail unless declined.

    One that `must` go out cannot be declined. What is told to those who work here alone
    (`staff`) is no choice of customers.
    """

    code: str
    label: str | Promise
    email: bool = True
    must: bool = False
    staff: bool = False


kinds: dict[str, Kind] = {}


def register(*new: Kind) -> None:
    """Make kinds known; called from `apps.py` of whoever tells."""
    for kind in new:
        kinds[kind.code] = kind


register(
    Kind("money", _("Tagihan, pembayaran dan kuitansi")),
    Kind("case", _("Langkah pada urusan saya")),
    Kind("deadline", _("Pengingat batas waktu")),
    Kind("work", _("Pekerjaan baru untuk saya"), email=False, staff=True),
    Kind("security", _("Keamanan akun"), must=True),
    Kind("system", _("Gangguan sistem"), email=False, staff=True),
)
