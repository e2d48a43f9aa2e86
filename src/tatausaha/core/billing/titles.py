"""What a bill is called: by what it is for, in the words of the business that issued it.

A business registers for each of its procedures how bills of those cases are named
("Uang muka kamar 203"); bills of others are named by their lines.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from tatausaha.core.billing.models import Invoice, InvoiceLine

Naming = Callable[[Sequence[Invoice]], Mapping[int, str]]
"""Names bills of one procedure by their ids, all in one go; one that it leaves out is named by its lines."""

_registry: dict[str, Naming] = {}


def register(procedure: str, naming: Naming) -> None:
    """Let a business name the bills of a procedure."""
    _registry[procedure] = naming


def titles(invoices: Iterable[Invoice]) -> dict[int, str]:
    """What each bill is for, by its id; at most one query a procedure, and one for bills that nobody names."""
    bills = list(invoices)
    said: dict[int, str] = {}
    for procedure, naming in _registry.items():
        if of_it := [bill for bill in bills if bill.procedure == procedure]:
            said |= naming(of_it)
    return said | _by_lines([bill.pk for bill in bills if not said.get(bill.pk)])


def titled(invoices: Iterable[Invoice]) -> list[tuple[Invoice, str]]:
    """The bills in their order, each with what it is for."""
    bills = list(invoices)
    said = titles(bills)
    return [(bill, said.get(bill.pk) or bill.number) for bill in bills]


def title(invoice: Invoice) -> str:
    """What one bill is for."""
    return titled([invoice])[0][1]


def _by_lines(ids: list[int]) -> dict[int, str]:
    if not ids:
        return {}
    said: dict[int, str] = {}
    lines = InvoiceLine.objects.filter(invoice__in=ids).order_by("position")
    for pk, description in lines.values_list("invoice_id", "description"):
        said[pk] = f"{said[pk]} + {description}" if pk in said else description
    return said
