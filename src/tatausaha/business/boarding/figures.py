"""Figures with a fraction, as people write and read them: `1.240,5`."""

from decimal import Decimal, InvalidOperation

LARGEST = Decimal(10) ** 7


def shown(value: Decimal) -> str:
    """A figure as people write it: 1.240 or 1.240,5."""
    return f"{value.normalize():,f}".translate(str.maketrans(",.", ".,"))


def read(typed: str, *, thousands: bool = True) -> Decimal | None:
    """A figure from 0 to below ten million with at most two decimals, or nothing where it is none.

    A comma before the last digits is the decimal sign; points before groups of three are not. Where one
    point may be either (`2.125`), it is no figure unless `thousands` are expected.
    """
    plain = typed.strip().replace(" ", "")
    either = "," not in plain and plain.count(".") == 1 and len(plain.rpartition(".")[2]) == 3
    if either and not thousands:
        return None
    if either or "," in plain or plain.count(".") > 1:
        plain = plain.replace(".", "").replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    if not value.is_finite() or not 0 <= value < LARGEST or value != round(value, 2):
        return None
    return value.quantize(Decimal("0.01"))
