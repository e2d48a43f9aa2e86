"""The ways out of the house: e-mail and short texts; a new one is a `Channel` that is registered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.core.mail import EmailMultiAlternatives

from tatausaha.core.people.channels import to_folder
from tatausaha.core.people.models import Person


@dataclass(frozen=True)
class Message:
    """What a channel carries: to whom, what, and the key by which the other side drops doubles."""

    key: str
    address: str
    payload: Mapping[str, Any] = field(default_factory=dict)


class Undeliverable(Exception):  # noqa: N818 - it is an answer
    """The message will never arrive (no such address): no further try. The text is kept and shown."""


class Channel(Protocol):
    """One way out. Called outside any transaction."""

    def send(self, message: Message) -> None:
        """Hand the message over. Raises `Undeliverable` for good, anything else to be tried again."""


class Email:
    """By Django's mail backend. Payload: `subject`, `text`, `html`."""

    def send(self, message: Message) -> None:
        """One mail with a text and an HTML part, marked with its key."""
        mail = EmailMultiAlternatives(
            subject=message.payload["subject"],
            body=message.payload["text"],
            to=[message.address],
            headers={"Idempotency-Key": message.key, "Auto-Submitted": "auto-generated"},
        )
        if html := message.payload.get("html"):
            mail.attach_alternative(html, "text/html")
        mail.send()


class Phone:
    """A short text to a phone number; payload: `text`, `at` (ISO).

    Laid into the folder of the mail, until a company's own number is connected and
    registered in its place.
    """

    def send(self, message: Message) -> None:
        """One file a text."""
        to_folder(message.address, message.payload["text"], datetime.fromisoformat(message.payload["at"]))


AddressOf = Callable[[Person], str]
channels: dict[str, Channel] = {}
addresses: dict[str, AddressOf] = {}
"""The channels by which people are told, each with where it reaches a person (empty: it does not)."""


def register(name: str, channel: Channel, *, address_of: AddressOf | None = None) -> None:
    """Make a way out known; called from `apps.py` of whoever brings it.

    With `address_of` it is one by which people are told: what is written for a person follows it too.
    """
    channels[name] = channel
    if address_of is not None:
        addresses[name] = address_of


register("email", Email(), address_of=lambda person: person.email or "")
register("phone", Phone())
