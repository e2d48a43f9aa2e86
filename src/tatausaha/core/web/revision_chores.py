"""Drafts of SOP revisions that wait for the owner, on *Hari ini* (SYS-09)."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import registry, revisions
from tatausaha.core.procedures.models import SopRevision
from tatausaha.core.web.parts import NextStep, Tone, Work


def drafts_waiting(person: Person, units: dict[int, Unit], _at: datetime) -> list[Work]:
    """A line for each draft of another person, of the company or of a unit that is looked at."""
    known = {procedure.code: str(procedure.title) for procedure in registry.procedures()}
    return [
        _work(draft, known[draft.procedure])
        for draft in revisions.waiting_for(person)
        if draft.procedure in known and (draft.unit_id is None or draft.unit_id in units)
    ]


def _work(draft: SopRevision, title: str) -> Work:
    url = reverse("sop_revisions", args=[draft.procedure])
    where = f", {draft.unit.name}" if draft.unit else ""
    said = _("Revisi SOP %(title)s%(where)s menunggu persetujuan") % {"title": title, "where": where}
    who = _("Dibuat oleh %(name)s.") % {"name": draft.made_by.name if draft.made_by else ""}
    return Work(said, url, when=who, tone=Tone.GOING, step=NextStep(_("Periksa revisi"), url, opens=True))
