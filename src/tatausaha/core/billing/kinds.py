"""Kinds of invoice lines: their names, and the order in which money settles them (rules/boarding 7).

A business registers kinds of its own in `apps.py`. A kind that nobody registered ranks last.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tatausaha.core.ledger import chart


@dataclass(frozen=True)
class LineKind:
    """What a line is for; lower ranks are settled first."""

    code: str
    label: str | Promise
    rank: int


_registry: dict[str, LineKind] = {}
_LAST = 99


def register(*kinds: LineKind) -> None:
    """Make kinds of lines known."""
    for kind in kinds:
        _registry[kind.code] = kind


register(
    LineKind("advance", _("Uang muka"), 5),
    LineKind("carried", _("Dari buku kertas"), 8),
    LineKind("rent", _("Sewa"), 10),
    LineKind("goods", _("Barang"), 12),
    LineKind("labour", _("Jasa"), 14),
    LineKind("service", _("Layanan"), 20),
    LineKind("damage", _("Kerusakan"), 30),
    LineKind("fee", _("Denda"), 40),
    LineKind("deposit", _("Deposit"), 50),
)


def rank(code: str) -> int:
    """The place of a kind in the order of settlement."""
    known = _registry.get(code)
    return known.rank if known else _LAST


def label(code: str) -> str | Promise:
    """The name of a kind for people."""
    known = _registry.get(code)
    return known.label if known else code


def beside(code: str, description: str, *more: str) -> str:
    """The small words below a line: the kind, unless the line says it already, and more."""
    kind = str(label(code))
    said = description.casefold().startswith(kind.casefold())
    return " · ".join([*([] if said else [kind]), *more])


HELD_AS = {chart.CUSTOMER_ADVANCES: "advance", chart.DEPOSITS: "deposit"}
"""Accounts of lines that are not income: money for them is held for the case, and as what."""
ACCOUNT_OF = {
    "advance": chart.CUSTOMER_ADVANCES,
    "prepaid": chart.CUSTOMER_ADVANCES,
    "deposit": chart.DEPOSITS,
    "balance": chart.CUSTOMER_BALANCE,
    "unidentified": chart.UNIDENTIFIED,
}
"""Where the books keep each kind of held money."""
