"""The one way to say no to a person."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """A business no. The sentence is shown to the person; the transaction rolls back.

    `field` names the input that the sentence belongs to, when there is one, so that a
    form shows it beside the field and the API in `errors`.
    """

    def __init__(self, sentence: str | Promise, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        """The sentence in the language in force when it is shown."""
        return str(self.sentence)


class Conflict(Refused):
    """The same key was used before for something else (HTTP 409)."""


class Moot(Refused):
    """There is nothing here for the step to do: it is not offered, and the sentence is for who asks for it anyway."""


@contextmanager
def beside(**fields: str) -> Iterator[None]:
    """Say what another room refuses beside the input under which it was asked for here: its name there, and here."""
    try:
        yield
    except Refused as no:
        no.field = fields.get(no.field or "", no.field)
        raise
