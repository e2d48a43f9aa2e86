"""The one way to say no to a person."""

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
