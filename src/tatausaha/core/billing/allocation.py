"""Which line gets how much: oldest invoice first, inside it by kind, then by position (rules/boarding 7)."""

from collections.abc import Iterable

from tatausaha.core.billing import kinds
from tatausaha.core.billing.models import Invoice, InvoiceLine

Part = tuple[InvoiceLine, int]


def in_order(lines: Iterable[InvoiceLine]) -> list[InvoiceLine]:
    """Lines (with their invoices) in the order in which money settles them."""
    return sorted(
        lines,
        key=lambda line: (
            line.invoice.due_on, line.invoice_id, kinds.rank(line.kind), line.position,
        ),
    )  # fmt: skip


def plan(amount: int, lines: Iterable[InvoiceLine]) -> list[Part]:
    """How an amount falls on lines: each is filled before the next gets anything.

    The parts never exceed the amount nor what a line still wants; what is left over is
    whatever they do not add up to. Lines of void invoices want nothing.
    """
    parts: list[Part] = []
    for line in in_order(lines):
        part = min(amount, 0 if line.invoice.voided_at else line.remaining)
        if part > 0:
            parts.append((line, part))
            amount -= part
    return parts


def oldest_first(invoices: Iterable[Invoice]) -> list[Invoice]:
    """Invoices in the order in which they are to be paid."""
    return sorted(invoices, key=lambda invoice: (invoice.due_on, invoice.pk))
