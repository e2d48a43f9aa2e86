"""Steps of a stay: another room of the house, in the middle of a period (rules/boarding 11)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Stay
from tatausaha.business.boarding.procedure import forms_moving as forms
from tatausaha.business.boarding.procedure import previews_moving as previews
from tatausaha.business.boarding.procedure.actors import MANAGER
from tatausaha.business.boarding.queries.meters import running_in
from tatausaha.business.boarding.services import meters, moving
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.actors import Machine
from tatausaha.core.procedures.services import perform
from tatausaha.core.procedures.spec import Act, Step, machine, says

S = Stay.Status

OTHER = machine(_("Hunian yang ditukar"), Machine.CASE)


@says(_("Hunian lain menukar kamar dengan yang ini."))
def other_swaps(_stay: Stay, act: Act) -> None:
    """Nothing but the swap itself takes the step."""
    if "with" not in act.data:
        raise Refused(_now("Kamar ini tidak sedang ditukar."))


@says(_("Penghuni pindah; kamar lama diperiksa sebelum bebas. Tanggal jatuh tempo tidak berubah."))
def change_room(stay: Stay, act: Act) -> None:
    """Rent, deposit and services go along by the figures that were shown; meters of both rooms are read that day."""
    meters.hand_over(
        stay, old=stay.room, new=act.data["room"], data=act.data, on=act.data["on"], by=act.by, at=act.at
    )
    moving.move(
        stay, act.data["room"], on=act.data["on"], rent=act.data.get("rent"), by=act.by, at=act.at,
        reason=str(act.data.get("note", "")), services=list(act.data.get("services") or ()),
    )  # fmt: skip


@says(_("Kedua penghuni bertukar kamar sekaligus; kerusakan dicari di kedua kamar."))
def change_both_rooms(stay: Stay, act: Act) -> None:
    """One transaction: neither room is free in between."""
    on = act.data["on"]
    if any(running_in(room) for room in (stay.room, act.data["other"].room)):
        raise Refused(str(forms.NO_METERS), field="other")
    other = perform(
        act.data["other"], SWAPPED, by=Machine.CASE, at=act.at, data={"with": stay.number, "on": on}
    )
    moving.swap(stay, other, on=on, by=act.by, at=act.at)


def new_room(_stay: Stay, data: Mapping[str, Any]) -> Iterable[Any]:
    """The new room is locked with the old one, by id."""
    return (data["room"],)


def other_stay(_stay: Stay, data: Mapping[str, Any]) -> Iterable[Any]:
    """Both rooms by id, then the other tenant's stay."""
    return (data["other"].room, data["other"])


SWAPPED = Step(
    "swapped", _("Kamar ditukar"), (S.LIVING, S.NOTICED), None, OTHER, guards=(other_swaps,),
)  # fmt: skip
STEPS = (
    Step(
        "move_room", _("Pindah kamar"), (S.LIVING, S.NOTICED), None, MANAGER, form=forms.MoveRoomForm, quiet=True,
        topic=_("Kamar"), effects=(change_room,), reckon=previews.moving, locks=new_room,
        evidence=_("Berita acara pindah kamar"), done=_("Cetak berita acaranya, lalu periksa kamar lama."),
    ),
    Step(
        "swap_rooms", _("Tukar kamar dengan penghuni lain"), (S.LIVING, S.NOTICED), None, MANAGER,
        form=forms.SwapForm, quiet=True, topic=_("Kamar"), effects=(change_both_rooms,), reckon=previews.swapping,
        locks=other_stay, evidence=_("Berita acara pindah kamar"),
        done=_("Cetak kedua berita acaranya, lalu periksa kedua kamar."),
    ),
    SWAPPED,
)  # fmt: skip
