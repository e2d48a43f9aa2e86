"""Writes of payments that are not a step of a case."""

from tatausaha.core.payments.services.banks import close_bank_account, open_bank_account
from tatausaha.core.payments.services.cash import receive_cash
from tatausaha.core.payments.services.expenses import record_expense
from tatausaha.core.payments.services.from_bank import receive_transfer
from tatausaha.core.payments.services.handovers import Count, hand_over
from tatausaha.core.payments.services.refunds import refund_day, request_refund, smallest_refund
from tatausaha.core.payments.services.suspense import receive_unknown, set_aside, use_titipan
from tatausaha.core.payments.services.transfers import open_transfer

__all__ = [
    "Count",
    "close_bank_account",
    "hand_over",
    "open_bank_account",
    "open_transfer",
    "receive_cash",
    "receive_transfer",
    "receive_unknown",
    "record_expense",
    "refund_day",
    "request_refund",
    "set_aside",
    "smallest_refund",
    "use_titipan",
]
