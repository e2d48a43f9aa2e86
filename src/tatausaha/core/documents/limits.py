"""How often one address may ask."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MINUTE = 60
CHECKS_A_MINUTE = 30


def may_ask(request: HttpRequest, what: str, *, a_minute: int = CHECKS_A_MINUTE) -> bool:
    """Whether this address has not yet asked more than `a_minute` times within a minute.

    Behind proxies the address is the one that the outermost trusted proxy saw.
    """
    key = f"asked:{what}:{get_adapter().get_client_ip(request)}"
    if cache.add(key, 1, timeout=MINUTE):
        return True
    try:
        return int(cache.incr(key)) <= a_minute
    except ValueError:  # the minute ended between the two questions
        return True
