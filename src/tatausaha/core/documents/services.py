"""Papers go out, and may be declared void; nothing else ever happens to them."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.core.documents.models import Paper
from tatausaha.core.documents.numbers import kinds
from tatausaha.core.documents.sheets import Sheet, fingerprint
from tatausaha.core.kernel import ids
from tatausaha.core.kernel.errors import Conflict, Refused
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.people.models import Unit


@transaction.atomic
def issue_paper(
    sheet: Sheet, *, kind: str, unit: Unit | None, holder: str, amount: int | None, by: Actor, at: datetime
) -> Paper:
    """Register a paper by what it says, so that its QR can answer for it (KOS-10).

    Of the holder's name only a mask is kept for the public; lines, period and rest as the sheet
    says. The same paper again gives the
    first row; another content under the same number raises `Conflict`.
    """
    assert kind in kinds, kind
    content = fingerprint(sheet)
    paper, new = Paper.objects.get_or_create(
        kind=kind,
        number=sheet.number,
        defaults={
            "unit": unit,
            "token": ids.token(),
            "issued_on": sheet.issued_on,
            "issued_at": at,
            "issued_by": person_or_none(by),
            "fingerprint": content,
            "facts": {"name": masked(holder)}
            | ({} if amount is None else {"amount": amount})
            | _unnamed(sheet.public(), holder),
        },
    )
    if not new and paper.fingerprint != content:
        raise Conflict(_("Nomor %(number)s sudah dipakai untuk isi yang lain.") % {"number": sheet.number})
    return paper


def _unnamed(said: dict[str, Any], holder: str) -> dict[str, Any]:
    """The same, with the holder's name masked where a line happens to bear it."""
    if holder and (lines := said.get("lines")):
        said = said | {"lines": [[text.replace(holder, masked(holder)), amount] for text, amount in lines]}
    return said


@transaction.atomic
def void_paper(paper: Paper, *, reason: str, by: Actor, at: datetime) -> Paper:
    """Declare a paper void with a reason; its number stays and is never used again.

    Raises `Refused` without a reason. Voiding twice keeps the first reason.
    """
    if not reason.strip():
        raise Refused(_("Tulis alasan pembatalan."), field="reason")
    Paper.objects.filter(pk=paper.pk, state=Paper.State.GENUINE).update(
        state=Paper.State.VOID, voided_at=at, voided_by=person_or_none(by), void_reason=reason.strip()[:200]
    )
    paper.refresh_from_db()
    return paper


def masked(name: str) -> str:
    """`Rini Wulandari` -> `R*** W***`: the holder knows it again, nobody else learns it."""
    return " ".join(f"{word[0]}***" for word in name.split())
