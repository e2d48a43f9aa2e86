"""Money is a whole number of rupiah (`int`), rounded once, at a named place."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.errors import Refused

LARGEST = 10**15
"""The largest amount that any single figure may have, in rupiah."""

_SCALES = {
    "": 1, "rb": 10**3, "ribu": 10**3, "k": 10**3, "jt": 10**6, "juta": 10**6,
    "m": 10**9, "miliar": 10**9, "milyar": 10**9,
}  # fmt: skip
_TYPED = re.compile(r"(?P<minus>-?)(?P<number>\d[\d.,]*)(?P<scale>[a-z]*)")
_GROUPED_DOTS = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")
_GROUPED_COMMAS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


def round_half_up(value: Decimal) -> int:
    """To the nearest rupiah; a half goes away from zero."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def share(amount: int, numerator: int, denominator: int) -> int:
    """`amount x numerator / denominator` in whole rupiah, rounded half up once."""
    return round_half_up(Decimal(amount) * numerator / denominator)


def percent(amount: int, rate: int | Decimal) -> int:
    """So many per cent of an amount, in whole rupiah, rounded half up once."""
    return round_half_up(Decimal(amount) * Decimal(rate) / 100)


def round_up(amount: int, step: int) -> int:
    """Up to the next multiple of `step` rupiah."""
    return -(-amount // step) * step


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """Share `amount` out by weight so that the parts sum to it exactly (largest remainder).

    Ties go to the earlier part, so the result is stable. All weights zero: all on the first.
    """
    whole = sum(weights)
    if not weights:
        return []
    if whole == 0:
        return [amount, *([0] * (len(weights) - 1))]
    sign = -1 if amount < 0 else 1
    parts = [abs(amount) * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(abs(amount) * weights[i] % whole), i))
    for i in by_remainder[: abs(amount) - sum(parts)]:
        parts[i] += 1
    return [sign * part for part in parts]


def rupiah(amount: int) -> str:
    """As people write it: `Rp1.500.000`, `-Rp250.000`."""
    return f"{'-' if amount < 0 else ''}Rp{abs(amount):,}".replace(",", ".")


def short_rupiah(amount: int) -> str:
    """For axes and narrow places: `Rp1,5 jt`, `Rp2 M`, `Rp750 rb`."""
    for unit, size in (("M", 10**9), ("jt", 10**6), ("rb", 10**3)):
        if abs(amount) >= size:
            number = f"{amount / size:.1f}".rstrip("0").rstrip(".").replace(".", ",")
            return f"{'-' if amount < 0 else ''}Rp{number.lstrip('-')} {unit}"
    return rupiah(amount)


def parse_rupiah(text: str) -> int:
    """Read what a person typed: `1.500.000`, `1500000`, `Rp 1,5 jt`, `1.500.000,00`.

    Raises `Refused` with a sentence when it is no amount, has a part of a rupiah, or is
    larger than `LARGEST`.
    """
    typed = re.sub(r"\s|rp\.?|idr", "", text.strip().lower()).removesuffix(",-")
    found = _TYPED.fullmatch(typed)
    if not found or found["scale"] not in _SCALES:
        raise Refused(_("Tulis jumlah rupiah dengan angka, misalnya 1.500.000 atau 1,5 jt."))
    value = _decimal(found["number"], scaled=bool(found["scale"])) * _SCALES[found["scale"]]
    if value != int(value):
        raise Refused(_("Jumlah harus rupiah bulat, tanpa sen."))
    if value > LARGEST:
        raise Refused(_("Jumlah ini terlalu besar."))
    return -int(value) if found["minus"] else int(value)


def _decimal(number: str, *, scaled: bool) -> Decimal:
    if _GROUPED_DOTS.fullmatch(number) and not (scaled and number.count(".") == 1):
        plain = number.replace(".", "").replace(",", ".")
    elif _GROUPED_COMMAS.fullmatch(number) and not (scaled and number.count(",") == 1):
        plain = number.replace(",", "")
    else:
        plain = number.replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation as unreadable:
        raise Refused(_("Tulis jumlah rupiah dengan angka, misalnya 1.500.000 atau 1,5 jt.")) from unreadable


_UNITS = (
    "", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip


def in_words(amount: int) -> str:
    """The amount in Indonesian words (terbilang): `1500000` -> `satu juta lima ratus ribu rupiah`."""
    if amount < 0:
        return f"minus {in_words(-amount)}"
    return f"{_words(amount) or 'nol'} rupiah"


def _words(number: int) -> str:
    if number < 12:
        return _UNITS[number]
    if number < 20:
        return f"{_UNITS[number - 10]} belas"
    for size, name, one in (
        (10**12, "triliun", ""), (10**9, "miliar", ""), (10**6, "juta", ""),
        (1000, "ribu", "seribu"), (100, "ratus", "seratus"), (10, "puluh", ""),
    ):  # fmt: skip
        if number >= size:
            head, rest = divmod(number, size)
            said = one if head == 1 and one else f"{_words(head)} {name}"
            return f"{said} {_words(rest)}".strip()
    raise AssertionError(number)
