"""What the company offers to the public: one entry a business, shown on the home page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from tatausaha.core.kernel.parts import Listing
from tatausaha.core.web.menu import address


@dataclass(frozen=True)
class Offer:
    """One line of business as a visitor meets it.

    `url_name` is its public page. With `search_label` the home page shows a search box
    that asks that page with `?search_name=…`; with `listings` it shows what can be had at a
    moment, in the company's time zone: the best few, under `listings_title`.
    """

    title: str | Promise
    text: str | Promise
    url_name: str
    order: int = 50
    icon: str = "home"
    action: str | Promise = ""
    search_label: str | Promise = ""
    search_hint: str | Promise = ""
    search_name: str = "q"
    listings: Callable[[datetime, str], Sequence[Listing]] | None = None
    listings_title: str | Promise = ""

    @property
    def url(self) -> str:
        """The address of its page; empty while there is none."""
        return address(self.url_name)


registry: list[Offer] = []


def register(*offers: Offer) -> None:
    """Add offers; called from `apps.py` of a business. Twice is once."""
    registry.extend(offer for offer in offers if offer not in registry)


def offered() -> tuple[Offer, ...]:
    """The offers whose page exists, in their order."""
    return tuple(sorted((offer for offer in registry if offer.url), key=lambda offer: offer.order))
