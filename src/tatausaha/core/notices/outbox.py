"""What leaves the house is written with its cause and sent after the commit (SYS-04).

Sending never happens in a transaction. At least once: a worker that dies in the middle
loses its lease, and the message goes out again with the same key.
"""

import logging
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from smtplib import SMTPResponseException
from typing import Any

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from tatausaha.core.kernel import ids
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.notices import inbox, queries
from tatausaha.core.notices.channels import Message, Undeliverable, channels
from tatausaha.core.notices.models import Outgoing
from tatausaha.core.notices.sentences import Note
from tatausaha.core.people.models import Person, Unit

LEASE = timedelta(minutes=5)
"""How long a worker may take for one message before another one takes over."""

PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440))
"""The pause after each failed attempt; after the last one the message has failed."""

LARGEST_ROUND = 100
LONGEST_ROUND = timedelta(seconds=20)
"""After so long a round ends, so that a dead mail server does not keep the worker from its other tasks."""

KEPT = timedelta(days=90)
"""How long the content of a sent message is kept, to answer what was said (UU PDP, article 43)."""

logger = logging.getLogger(__name__)


@transaction.atomic
def put(
    channel: str,
    *,
    key: str,
    address: str,
    payload: Mapping[str, Any],
    at: datetime,
    person: Person | None = None,
    unit: Unit | None = None,
    secret: bool = False,
) -> Outgoing:
    """Have a message sent once the caller's transaction has committed; the same key is one message."""
    assert channel in channels, channel
    return Outgoing.objects.get_or_create(
        key=key,
        defaults={
            "channel": channel,
            "address": address,
            "payload": dict(payload),
            "person": person,
            "unit": unit,
            "secret": secret,
            "created_at": at,
            "next_try_at": at,
        },
    )[0]


def text_to_phone(phone: str, text: str, at: datetime) -> None:
    """Send a short text, such as a sign-in code; it is forgotten once it was sent."""
    payload = {"text": text, "at": at.isoformat()}
    put("phone", key=f"text|{ids.token()}", address=phone, payload=payload, at=at, secret=True)


def post_mail(message: EmailMessage, at: datetime) -> None:
    """Send a finished mail that may hold a secret, such as a link to sign in; forgotten once it was sent."""
    payload = {"subject": message.subject, "text": message.body}
    for alternative in getattr(message, "alternatives", []):
        payload["html"] = alternative[0]
    for address in message.to:
        put("email", key=f"mail|{ids.token()}", address=address, payload=payload, at=at, secret=True)


@transaction.atomic
def note_opened(*, key: str, address: str, at: datetime, person: Person | None = None) -> Outgoing:
    """A person opened a ready-made chat (wa.me) for this key: opened, which is not sent."""
    return Outgoing.objects.get_or_create(
        key=key,
        defaults={
            "channel": "wa_link",
            "address": address,
            "person": person,
            "created_at": at,
            "next_try_at": at,
            "state": Outgoing.State.OPENED,
        },
    )[0]


def send_due(*, at: datetime, limit: int = LARGEST_ROUND) -> int:
    """Send what is due, oldest first, at most `limit`; how many were sent. For the worker.

    Any number of workers may do this at once; a round ends after `LONGEST_ROUND`.
    Raises `RuntimeError` inside a transaction.
    """
    begun = time.monotonic()
    sent = 0
    for _turn in range(limit):
        passed = timedelta(seconds=time.monotonic() - begun)
        if passed > LONGEST_ROUND or (message := _claim(at + passed)) is None:
            break
        sent += _send(message, at + passed)
    return sent


@transaction.atomic
def send_again(message: Outgoing, *, at: datetime) -> None:
    """Try a failed message anew from the first attempt. Raises `Refused` if it has not failed."""
    renewed = Outgoing.objects.filter(pk=message.pk, state=Outgoing.State.FAILED).update(
        state=Outgoing.State.DUE, attempts=0, failed_at=None, lease_until=None, next_try_at=at
    )
    if not renewed:
        raise Refused(_("Kiriman ini tidak gagal, jadi tidak perlu dikirim lagi."))


def forget_sent(*, at: datetime) -> int:
    """Drop the content of messages sent longer than `KEPT` ago; that they were sent stays."""
    old = Outgoing.objects.filter(state=Outgoing.State.SENT, sent_at__lte=at - KEPT).exclude(payload={})
    return old.update(payload={})


def _claim(at: datetime) -> Outgoing | None:
    """Take one due message for this worker; nobody else gets it until the lease ends."""
    free = Outgoing.objects.filter(
        Q(lease_until=None) | Q(lease_until__lte=at), state=Outgoing.State.DUE, next_try_at__lte=at
    ).order_by("next_try_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        free = free.select_for_update(skip_locked=True)
    with transaction.atomic(durable=True):
        message = free.first()
        if message is None:
            return None
        message.lease_until = at + LEASE
        message.attempts += 1
        mine = Outgoing.objects.filter(
            pk=message.pk, state=Outgoing.State.DUE, attempts=message.attempts - 1
        ).update(lease_until=message.lease_until, attempts=F("attempts") + 1)
        assert mine, "writers take turns, so what was read is what is written"
    return message


def _send(message: Outgoing, at: datetime) -> bool:
    """Hand over and note the outcome; whatever a channel raises is an outcome of that message only."""
    if message.attempts > len(PAUSES) + 1:  # it has killed its worker each time
        _note_failure(message, at, "worker died")
        return False
    try:
        channels[message.channel].send(Message(message.key, message.address, message.payload))
    except Undeliverable as reason:
        _note_failure(message, at, str(reason))
        return False
    except Exception as fault:  # noqa: BLE001 - a channel is foreign code; the message is tried again
        _note_fault(message, at, fault)
        return False
    forget: dict[str, object] = {"payload": {}} if message.secret else {}
    Outgoing.objects.filter(pk=message.pk, state=Outgoing.State.DUE).update(
        state=Outgoing.State.SENT, sent_at=at, lease_until=None, last_error="", **forget
    )
    return True


def _note_fault(message: Outgoing, at: datetime, fault: Exception) -> None:
    """Try again later, or give up. Only the fault's name is kept: its words may hold secrets."""
    name = type(fault).__name__
    if isinstance(fault, SMTPResponseException):
        name = f"{name} {fault.smtp_code}"
    logger.warning("outgoing %s by %s: attempt %s: %s", message.pk, message.channel, message.attempts, name)
    if message.attempts > len(PAUSES):
        _note_failure(message, at, name)
        return
    Outgoing.objects.filter(pk=message.pk, state=Outgoing.State.DUE, lease_until=message.lease_until).update(
        lease_until=None, last_error=name, next_try_at=at + PAUSES[message.attempts - 1]
    )


@transaction.atomic
def _note_failure(message: Outgoing, at: datetime, reason: str) -> None:
    """Give up, and let the owners know: a person was not told."""
    logger.error("outgoing %s by %s has failed", message.pk, message.channel)
    given_up = Outgoing.objects.filter(pk=message.pk, state=Outgoing.State.DUE).update(
        state=Outgoing.State.FAILED, failed_at=at, lease_until=None, last_error=reason[:200]
    )
    if given_up:
        note = Note(
            kind="system",
            title=_lazy("Satu kiriman tidak sampai"),
            text=_lazy("Kiriman lewat %(channel)s kepada %(person)s gagal setelah %(attempts)s kali dicoba."),
            values={
                "channel": message.channel,
                "person": message.person.name if message.person else "?",
                "attempts": message.attempts,
            },
            link=reverse("notices_failed"),
        )
        for owner in queries.holders(None, "owner"):
            inbox.write(owner, note, key=f"outgoing|{message.pk}|failed|{at.isoformat()}|{owner.pk}", at=at)
