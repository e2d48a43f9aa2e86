"""Talking in a case: messages, with files, seen by both sides unless marked internal."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import evidence, queries
from tatausaha.core.procedures.models import Message, Tracked
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.spec import Act


@transaction.atomic
def say(
    case: Tracked, text: str, *, by: Person, at: datetime, internal: bool = False, files: Iterable[Any] = ()
) -> Message:
    """Add a sentence to the conversation. Raises `Refused` when it is empty, or internal but a customer's."""
    if not text.strip():
        raise Refused(_("Tulis pesannya dulu."), field="text")
    if internal and not queries.is_staff_of(by, case):
        raise Refused(_("Catatan internal hanya untuk petugas."), field="internal")
    procedure = procedure_of(case)
    message = Message.objects.create(
        procedure=procedure.code, subject_id=case.pk, person=by, text=text.strip(), internal=internal, at=at
    )
    for file in files:
        evidence.keep(procedure, case, file, purpose="message", act=Act("message", by, at), message=message)
    return message
