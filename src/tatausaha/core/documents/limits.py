"""How often one address or program may ask.

One web process counts in its memory. On PostgreSQL there may be several, and they count in
one row a key, by one statement (`settings.COUNT_IN_DATABASE`).
"""

from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest

from tatausaha.core.documents.models import Asked

MINUTE = 60
CHECKS_A_MINUTE = 30
_COUNT = """
INSERT INTO documents_asked AS known (key, minute, n) VALUES (%s, clock_timestamp(), 1)
ON CONFLICT (key) DO UPDATE SET
    minute = CASE WHEN known.minute > EXCLUDED.minute - interval '1 minute' THEN known.minute ELSE EXCLUDED.minute END,
    n = CASE WHEN known.minute > EXCLUDED.minute - interval '1 minute' THEN known.n + 1 ELSE 1 END
RETURNING n
"""
"""A minute begins with its first question, as in memory, not with the clock's."""


def may_ask(request: HttpRequest, what: str, *, a_minute: int = CHECKS_A_MINUTE) -> bool:
    """Whether this address has not yet asked more than `a_minute` times within a minute.

    Behind proxies the address is the one that the outermost trusted proxy saw.
    """
    return count(f"{what}:{get_adapter().get_client_ip(request)}") <= a_minute


def count(key: str) -> int:
    """How often this was asked within the running minute, this time included."""
    key = key[:120]
    if settings.COUNT_IN_DATABASE:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [key])
            return int(cursor.fetchone()[0])
    if cache.add(f"asked:{key}", 1, timeout=MINUTE):
        return 1
    try:
        return int(cache.incr(f"asked:{key}"))
    except ValueError:  # the minute ended between the two questions
        return 1


def forget(at: datetime) -> int:
    """Drop what nobody asked for since yesterday; how many."""
    return Asked.objects.filter(minute__lt=at - timedelta(days=1)).delete()[0]
