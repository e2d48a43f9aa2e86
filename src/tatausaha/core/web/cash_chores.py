"""Cash that lies too long in one's own drawer, on *Hari ini* of its holder (rules/boarding 16.3)."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tatausaha.core.kernel.money import rupiah
from tatausaha.core.payments import drawers
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.web.parts import NextStep, Tone, Work


def look(units: Sequence[Unit], at: datetime) -> list[drawers.Drawer]:
    """Every drawer of these units that holds something."""
    return drawers.held(units, at=at)


def to_hand_over(
    person: Person, _units: dict[int, Unit], _at: datetime, held: Sequence[drawers.Drawer]
) -> list[Work]:
    """A line for each own drawer whose cash is older than the SOP allows and that is not handed over yet."""
    mine = roles.acts_for(person)
    return [_work(one) for one in held if one.is_old and one.holder.pk in mine]


def _work(one: drawers.Drawer) -> Work:
    said = _("Setor kas %(amount)s") % {"amount": rupiah(one.balance)}
    held = ngettext("dipegang %(days)d hari", "dipegang %(days)d hari", one.days) % {"days": one.days}
    url = reverse("drawer_hand_over", args=[one.unit.code, one.holder.pk])
    here = reverse("drawer", args=[one.unit.code, one.holder.pk])
    meta = (_("paling lama %(days)d hari") % {"days": one.limit}, one.unit.name)
    return Work(
        said, here, when=held, meta=meta, tone=Tone.LATE, step=NextStep(_("Setor kas"), url, opens=True)
    )
