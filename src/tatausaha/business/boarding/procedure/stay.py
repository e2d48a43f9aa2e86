"""The life of a stay, on one page; its steps stand by meaning in `sheets`, `leaving`, `using`, `moving`, `terms`,
`switching`, `prepaying`, `late_fees`, `deposits`, `guests`.

KOS-08 to KOS-12; rules/boarding 6, 8, 9, 11, 12.
"""

from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models import Room, Stay
from tatausaha.business.boarding.policy import StayPolicy
from tatausaha.business.boarding.procedure import (
    deposits,
    guests,
    late_fees,
    leaving,
    moving,
    prepaying,
    sheets,
    switching,
    terms,
    using,
)
from tatausaha.core.procedures.spec import Procedure, Sop, State

S = Stay.Status


def locks(stay: Stay) -> list[Room]:
    """The room is locked before its stay, by everybody."""
    return [stay.room]


def itself(stay: Stay) -> list[Stay]:
    """A settlement without a refund ends the stay at once."""
    return [stay] if stay.status == S.REFUNDING else []


STAY = Procedure(
    code="boarding.stay",
    prefix="HUN",
    title=_("Hunian"),
    model=Stay,
    customer_label=_("Penghuni"),
    initial=S.LIVING,
    states=(
        State(
            S.LIVING, until=leaving.end_of_term,
            awaits=_("Tidak ada yang menunggu. Tagihan berikutnya terbit sendiri."),
        ),
        State(S.NOTICED, until=leaving.end_of_leaving_day, awaits=_("Penghuni akan pergi.")),
        State(S.INSPECTION, awaits=_("Kamar diperiksa sebelum deposit dikembalikan.")),
        State(S.REFUNDING, awaits=_("Menunggu uang dikembalikan kepada penghuni.")),
        State(S.CLOSED),
    ),
    steps=(
        *sheets.STEPS,
        terms.EXTEND_TERM,
        *leaving.STEPS,
        *using.STEPS,
        *moving.STEPS,
        *terms.STEPS,
        *switching.STEPS,
        *prepaying.STEPS,
        *late_fees.STEPS,
        *deposits.STEPS,
        *guests.STEPS,
    ),
    sop=Sop(
        number="02/SOP.KOS/I",
        purpose=_("Menempati kamar: tagihan setiap masa sewa sampai penghuni pergi dan deposit kembali."),
        responsible=_("Pengelola rumah kos"),
        documents=_("Tagihan; kuitansi; lembar kondisi; perhitungan keluar"),
    ),
    policy=StayPolicy,
    locks=locks,
    nudges=itself,
)  # fmt: skip
