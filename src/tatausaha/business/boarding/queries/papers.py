"""Which papers a stay has (rules/boarding 16.10)."""

from dataclasses import dataclass

from tatausaha.business.boarding.models import Stay, StayPaper
from tatausaha.core.billing import queries as billed
from tatausaha.core.billing.models import Invoice, InvoiceLine

NEWEST = 6
"""Service notes that are offered: half a year of bills."""


@dataclass(frozen=True)
class Papers:
    """What can be printed for a stay: each kind with its paper, if it was made, and the bills with services on them."""

    kinds: tuple[tuple[StayPaper.Kind, StayPaper | None], ...]
    bills: tuple[Invoice, ...]


def papers_of(stay: Stay) -> Papers:
    """The agreement always, the receipt where a deposit was agreed, the settlement once it was made."""
    made = {one.kind: one for one in StayPaper.objects.filter(stay=stay)}
    kinds = [StayPaper.Kind.AGREEMENT]
    if stay.booking and stay.booking.deposit:
        kinds.append(StayPaper.Kind.DEPOSIT)
    if StayPaper.Kind.SETTLEMENT in made:
        kinds.append(StayPaper.Kind.SETTLEMENT)
    used = InvoiceLine.objects.filter(kind="service").values("invoice")
    bills = billed.invoices_of(stay).filter(pk__in=used).reverse()[:NEWEST]
    return Papers(tuple((kind, made.get(kind)) for kind in kinds), tuple(bills))


def paper_of(stay: Stay, kind: str) -> StayPaper | None:
    """One of the papers, once it was made."""
    rows = StayPaper.objects.filter(stay=stay, kind=kind)
    return rows.select_related("paper", "unit").first()


def bill_of(stay: Stay, pk: int) -> Invoice | None:
    """A bill of this stay."""
    return billed.invoices_of(stay).filter(pk=pk).first()
