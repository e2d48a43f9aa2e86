"""Which sentence belongs to a database constraint that said no.

The sentence is the constraint's own `violation_error_message`, so that it stands where the
rule stands. Rules held by triggers are registered by the name that the trigger raises.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import IntegrityError
from django.db.models import CheckConstraint, UniqueConstraint
from django.utils.functional import Promise

from tatausaha.core.kernel.errors import Refused

_of_triggers: dict[str, str | Promise] = {}


def register(name: str, sentence: str | Promise) -> None:
    """Give a rule that a trigger or an exclusion constraint holds its sentence."""
    _of_triggers[name] = sentence


@contextmanager
def named() -> Iterator[None]:
    """Turn a constraint that said no into its own sentence; an unknown one is our mistake and goes on up."""
    try:
        yield
    except IntegrityError as clash:
        if sentence := sentence_of(clash):
            raise Refused(sentence) from clash
        raise


def sentence_of(clash: IntegrityError) -> str | Promise | None:
    """The sentence for people; nothing when the constraint is not one that people can run into."""
    text = str(clash)
    for name, sentence in _of_triggers.items():
        if name in text:
            return sentence
    columns = re.search(r"UNIQUE constraint failed: ([\w., ]+)", text)
    for model in apps.get_models():
        for constraint in model._meta.constraints:  # noqa: SLF001
            if constraint.violation_error_message == constraint.default_violation_error_message:
                continue
            named = isinstance(constraint, CheckConstraint | UniqueConstraint) and _names(
                text, constraint.name
            )
            if named or (columns and _columns_of(model, constraint) == columns[1]):
                return constraint.violation_error_message
    return None


def _names(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def _columns_of(model: Any, constraint: Any) -> str:
    meta = model._meta  # noqa: SLF001
    names = getattr(constraint, "fields", ())
    return ", ".join(f"{meta.db_table}.{meta.get_field(name).column}" for name in names)
