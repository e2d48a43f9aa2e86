"""Ways in which money comes and goes, each with its place in the books.

A channel says where its money lies. Payment providers register channels of their own beside
the two that every house has: cash and bank transfer.
"""

from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tatausaha.core.ledger import chart
from tatausaha.core.ledger.services import Line
from tatausaha.core.people.models import Person


class Place(Protocol):
    """What a channel reads of a payment or a refund: the bank account, the holder of the cash.

    Read-only, so that rows with nullable columns fit.
    """

    @property
    def ledger_account(self) -> str:
        """The account of the books of the bank account that was used; empty for cash."""

    @property
    def cash_holder(self) -> Person | None:
        """In whose hands the cash is; nobody for a transfer."""


class Channel(Protocol):
    """A way to pay."""

    @property
    def code(self) -> str:
        """Its name in the data."""

    @property
    def label(self) -> str | Promise:
        """Its name for people."""

    @property
    def by_hand(self) -> bool:
        """Whether a person receives it and knows at once that it has come."""

    def line(self, place: Place, amount: int) -> Line:
        """The journal line of so many rupiah that come in (positive) or go out (negative)."""


class Cash:
    """Money in the hand: it is on the name of the person who holds it until it is handed over."""

    code = "cash"
    label = _("Tunai")
    by_hand = True

    def line(self, place: Place, amount: int) -> Line:
        """On the cash drawer of whoever holds it."""
        assert place.cash_holder is not None, "cash is in somebody's hands"
        return Line(chart.CASH_DRAWER, amount, party=place.cash_holder)


class Transfer:
    """A transfer to or from one of the company's bank accounts."""

    code = "transfer"
    label = _("Transfer bank")
    by_hand = False

    def line(self, place: Place, amount: int) -> Line:
        """On the ledger account of the bank account."""
        assert place.ledger_account, "a transfer goes through a bank account"
        return Line(place.ledger_account, amount)


CASH, TRANSFER = Cash(), Transfer()
_registry: dict[str, Channel] = {}


def register(*channels: Channel) -> None:
    """Make channels known; called from `apps.py` of whoever brings them."""
    for channel in channels:
        _registry[channel.code] = channel


register(CASH, TRANSFER)


def channel(code: str) -> Channel:
    """The channel of that code; an unknown one is our mistake."""
    return _registry[code]


def channels() -> tuple[Channel, ...]:
    """Every channel, in the order of registration."""
    return tuple(_registry.values())
