"""What the boarding houses put on *Hari ini* beside their cases: moves to report, keys to take back, arrears."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.queries import arrears, residents
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.web import chores
from tatausaha.core.web.parts import NextStep, Tone, Work


def register() -> None:
    """Put them on everybody's page."""
    for chore in (reports_due, tenants_to_see):
        chores.register(chore)


def reports_due(person: Person, units: dict[int, Unit], at: datetime) -> list[Work]:
    """A line for each house whose new or departed tenants are in no report yet."""
    return [_work(one, at) for one in residents.waiting_for(person, units)]


MOST = 20
"""Lines of one kind."""


def tenants_to_see(person: Person, units: dict[int, Unit], at: datetime) -> list[Work]:
    """Keys to be taken back today, and tenants who have not paid for long (rules/boarding 8); one query."""
    stays = arrears.to_see(_managed(person, units), at=at)
    return [*_keys(stays, at), *_unpaid(stays, person, at)]


def _keys(stays: list[Stay], at: datetime) -> list[Work]:
    return [_key(stay, at) for stay in arrears.gone(stays, at=at)[:MOST]]


def _key(stay: Stay, at: datetime) -> Work:
    assert stay.leave_on is not None
    late = (clock.day(at, stay.unit.zone) - stay.leave_on).days
    said = _("Terima kunci kamar %(room)s dari %(name)s") % {"room": stay.room.number, "name": stay.customer}
    when = _("lewat %(days)d hari") % {"days": late} if late else _("hari ini")
    url = f"{stay.get_absolute_url()}langkah/move_out/"
    step = NextStep(_("Terima kunci kembali"), url, opens=True)
    tone = Tone.LATE if late else Tone.SOON
    return Work(said, stay.get_absolute_url(), when=when, meta=(stay.number,), tone=tone, step=step)


def _unpaid(stays: list[Stay], person: Person, at: datetime) -> list[Work]:
    """First the manager is told, and then the owner decides."""
    owing = [one for one in arrears.among(stays, at=at) if one.days >= one.stay.policy.arrears_days]
    return [_owing(one, owner=roles.is_owner(person)) for one in owing[:MOST]]


def _owing(one: arrears.Arrears, *, owner: bool) -> Work:
    about = {"name": one.stay.customer, "room": one.stay.room.number, "amount": rupiah(one.amount)}
    url = one.stay.get_absolute_url()
    said = _("%(name)s, kamar %(room)s, menunggak %(amount)s") % about
    step = NextStep(_("Lihat hunian"), url, opens=True)
    if owner and one.stay.status == "living" and one.days >= one.stay.policy.decide_days:
        said = _("Putuskan: %(name)s, kamar %(room)s, menunggak %(amount)s") % about
        step = NextStep(_("Minta penghuni pergi"), f"{url}langkah/ask_to_leave/", opens=True)
    when = _("sejak %(day)s, %(days)d hari") % {"day": words.long_date(one.since), "days": one.days}
    return Work(said, url, when=when, meta=(one.stay.number,), tone=Tone.LATE, step=step)


def _managed(person: Person, units: dict[int, Unit]) -> list[int]:
    return [pk for pk, unit in units.items() if roles.has_role(person, unit, "manager")]


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
