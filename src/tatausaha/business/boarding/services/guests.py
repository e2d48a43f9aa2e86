"""Guests who stay overnight with a tenant, for the letter to the RT or kelurahan (KOS-07; rules/boarding 16.6)."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import Guest, ResidentMove, Stay
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.actors import person_or_none
from tatausaha.core.procedures.spec import Act

AHEAD = 7
"""Days before arriving from which a guest is noted."""
BACK = 31
"""Days after arriving until which a guest is still noted."""


def note_guest(stay: Stay, act: Act) -> Guest:
    """Keep who stays overnight, how many `nights` from the day `on`, and make it a line of the next letter.

    Raises `Refused` for a day that is too far off or before the tenant came, and for the same guest twice.
    """
    by = person_or_none(act.by)
    assert by is not None
    data, on = act.data, act.data["on"]
    _refuse_strange_day(stay, on, clock.day(act.at, stay.unit.zone))
    if stay.guests.filter(name=data["guest"], from_on=on).exists():
        raise Refused(_("Tamu ini sudah dicatat mulai tanggal itu."), field="guest")
    guest = Guest.objects.create(
        stay=stay, unit=stay.unit, room=stay.room, name=data["guest"], origin=data["origin"], purpose=data["purpose"],
        identity_kind=data.get("identity_kind", ""), from_on=on, until_on=on + timedelta(days=data["nights"]),
        noted_by=by, noted_at=act.at,
    )  # fmt: skip
    ResidentMove.objects.create(
        stay=stay,
        unit=stay.unit,
        kind=ResidentMove.Kind.GUEST,
        on=on,
        due_at=_due(guest, act.at),
        guest=guest,
    )
    return guest


def _refuse_strange_day(stay: Stay, on: date, today: date) -> None:
    if on > (latest := today + timedelta(days=AHEAD)):
        sentence = _("Terlalu jauh di depan: paling lambat %(day)s.")
        raise Refused(sentence % {"day": words.long_date(latest)}, field="on")
    if on < (earliest := today - timedelta(days=BACK)):
        sentence = _("Terlalu lama berlalu: paling awal %(day)s.")
        raise Refused(sentence % {"day": words.long_date(earliest)}, field="on")
    if on < stay.anchor_on:
        raise Refused(_("Tanggal itu sebelum penghuni masuk."), field="on")


def _due(guest: Guest, at: datetime) -> datetime:
    """The hours of the stay's SOP after noting it; of a guest who is still to come, after the day begins."""
    begins = max(at, clock.start_of(guest.from_on, guest.unit.zone))
    return begins + timedelta(hours=guest.stay.policy.guest_report_hours)
