"""The life of a move to another room: the old room is looked at, then it is done (rules/boarding 11)."""

from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Room, RoomMove
from tatausaha.business.boarding.procedure import forms_moving as forms
from tatausaha.business.boarding.procedure import previews_moving as previews
from tatausaha.business.boarding.procedure.actors import MANAGER
from tatausaha.business.boarding.services import moving
from tatausaha.core.procedures.spec import Act, Procedure, Sop, State, Step, says

S = RoomMove.Status


@says(_("Kerusakan kamar lama dicatat dengan foto, penjelasan, dan biaya."))
def note_damage(move: RoomMove, act: Act) -> None:
    """Each line points to a photo."""
    moving.note_damage(move, act)


@says(_("Kerusakan ditagih tersendiri, deposit tidak disentuh; kamar lama bebas."))
def settle(move: RoomMove, act: Act) -> None:
    """A bill of its own; the deposit waits for the end of the stay."""
    moving.settle(move, by=act.by, at=act.at)


def locks(move: RoomMove) -> list[Room]:
    """The old room is locked before its move."""
    return [move.from_room]


ROOM_MOVE = Procedure(
    code="boarding.room_move",
    prefix="PDK",
    title=_("Pindah kamar"),
    model=RoomMove,
    customer_label=_("Penghuni"),
    initial=S.INSPECTION,
    states=(
        State(S.INSPECTION, awaits=_("Kamar lama diperiksa pengelola.")),
        State(S.SETTLED),
    ),
    steps=(
        Step(
            "settle", _("Kamar lama sudah diperiksa"), S.INSPECTION, S.SETTLED, MANAGER, effects=(settle,),
            preview=previews.settling, evidence=_("Tagihan kerusakan, bila ada"),
        ),
        Step(
            "note_damage", _("Catat kerusakan"), S.INSPECTION, None, MANAGER, form=forms.MoveDamageForm, quiet=True,
            effects=(note_damage,), evidence=_("Foto kerusakan"),
        ),
    ),
    sop=Sop(
        number="06/SOP.KOS/I",
        purpose=_("Penghuni pindah kamar di tengah masa sewa dengan hitungan yang sama bagi semua orang."),
        responsible=_("Pengelola rumah kos"),
        documents=_("Berita acara pindah kamar; tagihan kerusakan"),
    ),
    locks=locks,
)  # fmt: skip
