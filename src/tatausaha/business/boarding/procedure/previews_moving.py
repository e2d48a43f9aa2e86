"""What a move to another room does to the money, in figures, before it is done (rules/boarding 11)."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import Room, RoomMove, Stay
from tatausaha.business.boarding.queries import cycles
from tatausaha.business.boarding.queries import moving as reads
from tatausaha.business.boarding.queries.moving import Terms
from tatausaha.business.boarding.services import moving as services
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.kernel.parts import Sum
from tatausaha.core.kernel.words import long_date
from tatausaha.core.people.actors import Actor
from tatausaha.core.procedures.spec import Act, Preview


def moving(stay: Stay, act: Act) -> Preview:
    """The one difference of the rent, what starts and stops, and what the deposit still wants."""
    room: Room = act.data["room"]
    agreed = services.figures(
        stay, room, on=act.data["on"], rent=act.data.get("rent"), reason=str(act.data.get("note", "")),
        services=list(act.data.get("services") or ()), by=act.by, at=act.at,
    )  # fmt: skip
    return Preview(tuple(_sums(stay, agreed)), tuple(_sentences(stay, room, agreed)))


def swapping(stay: Stay, act: Act) -> Preview:
    """The same for both tenants."""
    other: Stay = act.data["other"]
    sums: list[Sum] = []
    said: list[str] = []
    for one, room in ((stay, other.room), (other, stay.room)):
        agreed = services.figures(
            one, room, on=act.data["on"], rent=None, reason="", services=(), by=act.by, at=act.at
        )
        name = one.customer.name if one.customer else ""
        sums += [
            Sum(f"{name}: {line.label}", line.amount, line.note, line.total) for line in _sums(one, agreed)
        ]
        new = {
            "name": name, "room": room.number, "rent": rupiah(agreed.rent_after), "per": cycles.to_come(one).per,
        }  # fmt: skip
        said.append(_("%(name)s ke kamar %(room)s, sewa %(rent)s %(per)s.") % new)
    return Preview(tuple(sums), (*said, _("Tanggal jatuh tempo keduanya tidak berubah.")))


def _sums(stay: Stay, agreed: Terms) -> list[Sum]:
    days = {"days": agreed.days}
    lines = []
    how = _("(%(new)s − %(old)s) × %(days)d ÷ %(whole)d") % {
        "new": rupiah(agreed.rent_after), "old": rupiah(agreed.rent_before), "whole": agreed.days_in_all, **days,
    }  # fmt: skip
    lines.append(Sum(_("Selisih sewa %(days)d hari tersisa") % days, agreed.difference, how))
    lines += [
        Sum(_("%(name)s di kamar lama berhenti") % {"name": part.name}, -part.amount)
        for part in agreed.stopped
    ]
    lines += [
        Sum(_("%(name)s, %(days)d hari") % {"name": part.name, **days}, part.amount)
        for part in agreed.started
    ]
    smaller = reads.credits_of(stay, agreed)
    owed = sum(min(part, line.remaining) for line, part in smaller)
    back = sum(part for _line, part in smaller) - owed + agreed.paid_on_paper
    if agreed.charged:
        lines.append(Sum(_("Ditagih sekarang"), agreed.charged, total=True))
    if owed:
        lines.append(Sum(_("Mengurangi tagihan yang belum dibayar"), -owed, total=True))
    if back:
        lines.append(
            Sum(_("Menjadi saldo penghuni"), back, _("dipakai untuk tagihan berikutnya"), total=True)
        )
    if agreed.deposit_short:
        with_next = _("ditagih bersama sewa berikutnya, %(day)s") % {
            "day": long_date(_next_due(stay, agreed))
        }
        lines.append(Sum(_("Tambahan deposit"), agreed.deposit_short, with_next))
    return lines


def _next_due(stay: Stay, agreed: Terms) -> date:
    _first, end = reads.running_period(stay, agreed.moved_on)
    return end + reads.A_DAY


def _sentences(stay: Stay, room: Room, agreed: Terms) -> list[str]:
    new = {
        "rent": rupiah(agreed.rent_after), "old": stay.room.number, "new": room.number,
        "per": cycles.to_come(stay).per,
    }  # fmt: skip
    said = [
        _("Sewa menjadi %(rent)s %(per)s. Tanggal jatuh tempo tidak berubah.") % new,
        _("Kamar %(old)s diperiksa dulu sebelum bisa dipesan lagi; kerusakan ditagih tersendiri.") % new,
    ]
    spare = agreed.deposit_held - agreed.deposit_target
    if spare > 0:
        kept = _("Deposit %(held)s tetap dipegang sampai penghuni pergi.")
        said.append(kept % {"held": rupiah(agreed.deposit_held)})
    if stay.leave_on:
        said.append(_("Tanggal pergi %(day)s tetap berlaku.") % {"day": long_date(stay.leave_on)})
    return said


def settling(done: RoomMove, _by: Actor, _at: datetime) -> Preview:
    """What the damage in the old room comes to, and that the room is free."""
    free = _("Kamar %(room)s kosong dan bisa dipesan lagi.") % {"room": done.from_room.number}
    if done.swapped_with:
        free = _("Kamar %(room)s sudah ditempati penghuni lain.") % {"room": done.from_room.number}
    damage = services.damage_of(done)
    name = done.customer.name if done.customer else ""
    none = _("Tidak ada kerusakan yang dicatat, jadi tidak ada yang ditagih.")
    if not damage:
        return Preview((), (none, free))
    lines = [Sum(one.description, one.amount, one.reason) for one in done.damages.order_by("pk")]
    total = Sum(_("Ditagihkan kepada %(name)s") % {"name": name}, damage, total=True)
    return Preview((*lines, total), (free,))
