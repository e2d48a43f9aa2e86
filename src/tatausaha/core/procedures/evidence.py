"""What was handed in with a step: plain values into the passage, files into private attachments."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile, File
from django.db.models import Model

from tatausaha.core.people.actors import person_or_none
from tatausaha.core.procedures.models import Attachment, Message, Passage, Tracked
from tatausaha.core.procedures.spec import Act, Procedure

LONGEST_NAME = 200
"""Characters of a file's own name that are kept; the end of it counts."""

SECRET = "•••"  # noqa: S105
"""Stands in the passage for a value that must not be kept in clear (identity numbers, passwords)."""


def plain(data: Mapping[str, Any], *, secret: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The values as JSON that is kept for ever; files and the note are kept elsewhere.

    A form names its `secret` inputs (identity numbers, passcodes, files that are kept elsewhere for
    fewer eyes): of those only that they were given is kept.
    """
    kept = {name: value for name, value in data.items() if name != "note" and not is_file(value)}
    return {name: (SECRET if value and name in secret else _plain(value)) for name, value in kept.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return {"id": value.pk, "name": str(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    if hasattr(value, "__iter__"):
        return [_plain(item) for item in value if not is_file(item)]
    return str(value)


def is_file(value: Any) -> bool:
    """Whether a value is a file: one that went through `kernel.uploads`, or one as it was sent."""
    return isinstance(value, File) or isinstance(getattr(value, "content", None), bytes)


def keep_files(
    procedure: Procedure,
    subject: Tracked,
    passage: Passage,
    act: Act,
    *,
    secret: frozenset[str] = frozenset(),
) -> None:
    """Keep the files of a step with its passage, where everybody sees them who may know the case; not the `secret`."""
    for purpose, value in act.data.items():
        if purpose in secret:
            continue
        for file in value if isinstance(value, list | tuple) else [value]:
            if isinstance(getattr(file, "content", None), bytes):
                keep(procedure, subject, file, purpose=purpose, act=act, passage=passage)


def keep(
    procedure: Procedure,
    subject: Tracked,
    file: Any,
    *,
    purpose: str,
    act: Act,
    passage: Passage | None = None,
    message: Message | None = None,
) -> Attachment:
    """Store one checked file with a case, by its content; the name that people gave it is kept beside it."""
    digest = hashlib.sha256(file.content).hexdigest()
    return Attachment.objects.create(
        procedure=procedure.code,
        subject_id=subject.pk,
        passage=passage,
        message=message,
        purpose=purpose,
        name=(getattr(file, "name", "") or purpose)[-LONGEST_NAME:],
        file=ContentFile(file.content, name=f"{digest[:32]}{getattr(file, 'suffix', '')}"),
        content_type=file.content_type,
        size=len(file.content),
        sha256=digest,
        added_by=person_or_none(act.by),
        added_at=act.at,
    )
