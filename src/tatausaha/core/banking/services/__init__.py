"""Writes about statements: bring one in, say what a line is."""

from tatausaha.core.banking.services.settling import (
    Said,
    confirm,
    confirm_sure,
    earn,
    note,
    spend,
    to_titipan,
    undo,
)
from tatausaha.core.banking.services.statements import drop, receive, sift, take

__all__ = [
    "Said",
    "confirm",
    "confirm_sure",
    "drop",
    "earn",
    "note",
    "receive",
    "sift",
    "spend",
    "take",
    "to_titipan",
    "undo",
]
