"""How often one address may ask."""

from django.core.cache import cache
from django.http import HttpRequest

MINUTE = 60
CHECKS_A_MINUTE = 30


def may_ask(request: HttpRequest, what: str, *, a_minute: int = CHECKS_A_MINUTE) -> bool:
    """Whether this address has not yet asked more than `a_minute` times within a minute."""
    key = f"asked:{what}:{request.META.get('REMOTE_ADDR', '')}"
    if cache.add(key, 1, timeout=MINUTE):
        return True
    try:
        return int(cache.incr(key)) <= a_minute
    except ValueError:  # the minute ended between the two questions
        return True
