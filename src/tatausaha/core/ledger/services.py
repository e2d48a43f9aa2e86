"""The doors of the books, in one place for those who stand on them."""

from tatausaha.core.ledger.chain import forge
from tatausaha.core.ledger.chart import install_chart
from tatausaha.core.ledger.drafts import Draft, Line
from tatausaha.core.ledger.passes import grant, revoke
from tatausaha.core.ledger.periods import lock_month, reopen_month, set_window
from tatausaha.core.ledger.posting import NotEnough, post, post_many, rebook, reverse
from tatausaha.core.ledger.sealing import close_month, readiness, register_check, register_part
from tatausaha.core.ledger.subaccounts import open_bank

__all__ = [
    "Draft",
    "Line",
    "NotEnough",
    "close_month",
    "forge",
    "grant",
    "install_chart",
    "lock_month",
    "open_bank",
    "post",
    "post_many",
    "readiness",
    "rebook",
    "register_check",
    "register_part",
    "reopen_month",
    "reverse",
    "revoke",
    "set_window",
]
