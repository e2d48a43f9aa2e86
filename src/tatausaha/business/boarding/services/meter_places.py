"""Where meters hang, and token that was bought for a room (rules/boarding 12)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tatausaha.business.boarding import figures
from tatausaha.business.boarding.models import (
    ExtraService,
    House,
    Meter,
    Reading,
    Room,
    Stay,
    TokenPurchase,
)
from tatausaha.business.boarding.queries.prices import price_of
from tatausaha.business.boarding.services import meters, usage
from tatausaha.core.kernel import clock, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person
from tatausaha.core.procedures import services as procedures

DIGITS_SHOWN = 4
"""Digits of a token's number that are kept: enough to find its slip, too few to use it."""


def _manager(house: House, by: Person) -> None:
    if not roles.has_role(by, house.unit, "manager"):
        raise Refused(_("Meter dipasang dan dibaca oleh pengelola rumah ini."))


@transaction.atomic
def install(
    house: House, rooms: Sequence[tuple[Room, Decimal]], *, kind: str, service: ExtraService | None, on: date,
    by: Person, at: datetime,
) -> list[Meter]:  # fmt: skip
    """Hang a meter of a kind in each of these rooms, with the figure that it shows on that day.

    Usage is billed as `service` (by use, at its published price); without one it is only written
    down. Raises `Refused` for a room that has such a meter, naming it; then none is hung.
    """
    _manager(house, by)
    if service is not None and (service.house_id != house.pk or not service.per_use):
        raise Refused(_("Pilih layanan rumah ini yang dihitung per pemakaian."), field="service")
    if on > clock.day(at, house.unit.zone):
        raise Refused(_("Tanggal pemasangan tidak boleh di masa depan."), field="on")
    hung = []
    for room, value in rooms:
        try:
            with transaction.atomic():
                meter = Meter.objects.create(room=room, kind=kind, service=service, since=on)
        except IntegrityError as taken:  # one_meter_of_a_kind_a_room
            sentence = _("Kamar %(room)s sudah punya meter seperti itu.")
            raise Refused(sentence % {"room": room.number}, field="rows") from taken
        if kind != Meter.Kind.TOKEN:
            seen = meters.Read(value, sure=True)
            meters.read(meter, seen, on=on, by=by, at=at, why=Reading.Why.OPENING)
        hung.append(meter)
    return hung


@transaction.atomic
def remove(meter: Meter, *, by: Person, at: datetime) -> None:
    """A meter is gone; what was read stays. Read it a last time before."""
    _manager(meter.room.house, by)
    Meter.objects.filter(pk=meter.pk, until=None).update(until=clock.day(at, meter.room.house.unit.zone))


@transaction.atomic
def note_token(
    meter: Meter, *, on: date, amount: int, kwh: Decimal, number: str = "", by: Person, at: datetime
) -> TokenPurchase:
    """Write down token that was bought; of its number the last digits alone are kept.

    Where the house sells it on (the meter has a service), it falls to the next bill of whoever
    lives there, at the published price a kWh.
    """
    _manager(meter.room.house, by)
    unit = meter.room.house.unit
    if on > clock.day(at, unit.zone):
        raise Refused(_("Tanggal pembelian tidak boleh di masa depan."), field="on")
    digits = "".join(sign for sign in number if sign.isdigit())
    stay = Stay.objects.filter(room=meter.room, status__in=("living", "noticed")).first()
    use = None
    if meter.service and stay:
        stay = procedures.lock(stay)
        if (price := price_of(meter.service, on)) is None:
            raise Refused(_("Harga %(service)s belum diterbitkan pemilik.") % {"service": meter.service})
        said = _("%(name)s %(day)s: %(kwh)s kWh") % {
            "name": meter.service, "day": words.short_date(on), "kwh": figures.shown(kwh),
        }  # fmt: skip
        use = usage.write_use(
            stay, meter.service, on=on, quantity=kwh, price=price, description=said, by=by, at=at
        )
    return TokenPurchase.objects.create(
        meter=meter, on=on, amount=amount, kwh=kwh, number_masked=f"•••• {digits[-DIGITS_SHOWN:]}" if digits else "",
        by=by, noted_at=at, use=use,
    )  # fmt: skip
