"""By what a row of a bank is known again."""

import hashlib
from datetime import date

NOTHING = "–"
"""Stands for the words of a row that has none."""


def fingerprint(on: date, reference: str, text: str, sen: int, balance: int | None) -> str:
    """Day, reference, words, amount and balance (sen), never the place in the file."""
    parts = (on.isoformat(), reference, text, str(sen), "" if balance is None else str(balance))
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]
