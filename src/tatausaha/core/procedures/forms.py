"""The inputs of a step: one form, shared by the page and the API.

A form that must know its case (to offer only the free rooms, or to show what is due)
derives from `StepForm`; any other Django form serves as well.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from tatausaha.core.people.models import Person
from tatausaha.core.procedures.models import Tracked


class StepForm(forms.Form):
    """A form that knows the case, the person and the moment.

    `subject` is empty in the form of an opening: there is no case yet. A form is also read
    without any of the three, when the API describes its inputs: set choices that depend on
    them only where they are known.
    """

    def __init__(
        self,
        *args: Any,
        subject: Tracked | None = None,
        by: Person | None = None,
        at: datetime | None = None,
        **kwargs: Any,
    ) -> None:
        self.subject, self.by, self.at = subject, by, at
        super().__init__(*args, **kwargs)


def filled(
    kind: type[forms.Form],
    data: Mapping[str, Any] | None = None,
    files: Any = None,
    *,
    by: Person | None,
    at: datetime,
    subject: Tracked | None = None,
) -> forms.Form:
    """The form of a step or an opening, with what was handed in (nothing: an empty form)."""
    knows: dict[str, Any] = {"subject": subject, "by": by, "at": at} if issubclass(kind, StepForm) else {}
    return kind(data, files, **knows)
