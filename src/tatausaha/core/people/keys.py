"""What opens the door as a person beside his password: sessions, and what rooms above register here.

Whoever renews a password or closes a login has a reason to; nothing that was opened with
the old one stays open (SYS-06).
"""

from collections.abc import Callable
from datetime import datetime

from allauth.usersessions.models import UserSession

from tatausaha.core.people.models import Login, Person

type_of_end = Callable[[Person, datetime], int]
_others: list[type_of_end] = []


def register(end: type_of_end) -> None:
    """`end(person, at)` ends what a room gave out to act as the person; how many. From `apps.py`."""
    if end not in _others:
        _others.append(end)


def end_others(person: Person, *, at: datetime) -> int:
    """End everything beside the login itself; how many there were."""
    return sum(end(person, at) for end in _others)


def end_sessions(login: Login) -> None:
    """Every browser of this login has to sign in again."""
    for session in UserSession.objects.filter(user=login):
        session.end()
