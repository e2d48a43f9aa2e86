"""What the boarding houses put on *Hari ini* beside their cases: moves that must be reported (KOS-07)."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tatausaha.business.boarding.queries import residents
from tatausaha.core.kernel import words
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.web.parts import NextStep, Tone, Work


def reports_due(person: Person, units: dict[int, Unit], at: datetime) -> list[Work]:
    """A line for each house whose new or departed tenants are in no report yet."""
    return [_work(one, at) for one in residents.waiting_for(person, units)]


def _work(one: residents.Waiting, at: datetime) -> Work:
    url = reverse("boarding:residents", args=[one.unit.code])
    said = ngettext(
        "Lapor %(count)d penghuni %(house)s ke RT atau kelurahan",
        "Lapor %(count)d penghuni %(house)s ke RT atau kelurahan",
        one.count,
    ) % {"count": one.count, "house": one.unit.name}
    left = one.due_at - at
    if left.total_seconds() <= 0:
        when, tone = _("lewat %(span)s") % {"span": words.span(-left)}, Tone.LATE
    else:
        when, tone = _("%(span)s lagi") % {"span": words.span(left)}, Tone.SOON
    return Work(said, url, when=when, tone=tone, step=NextStep(_("Buat laporan"), url, opens=True))
