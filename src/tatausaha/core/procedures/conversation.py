"""Talking in a case: messages, with files, seen by both sides unless marked internal; the other side is told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.notices.sentences import Note
from tatausaha.core.notices.services import tell, tell_holders
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import evidence, queries
from tatausaha.core.procedures.models import Message, Tracked
from tatausaha.core.procedures.registry import procedure_of
from tatausaha.core.procedures.spec import Act

QUOTED = 200
"""Letters of a message that stand in the notice of it."""


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
    _tell_the_others(case, message, at=at)
    return message


def _tell_the_others(case: Tracked, message: Message, *, at: datetime) -> None:
    """What the customer writes is work for those who look after the case; their answer goes to the customer."""
    said = Note(
        "work", gettext_lazy("Pesan dari %(name)s"), "%(case)s. “%(text)s”",
        {"name": message.person.name, "case": case.headline, "text": _short(message.text)},
        link=f"{case.get_absolute_url()}#pesan", about=case.number,
    )  # fmt: skip
    key = f"message|{message.pk}"
    if not queries.is_staff_of(message.person, case):
        tell_holders(case.unit, *procedure_of(case).readers, note=said, key=key, at=at)
    elif not message.internal and case.customer and case.customer_id != message.person_id:
        tell(case.customer, replace(said, kind="case"), key=key, at=at, unit=case.unit)


def _short(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"
