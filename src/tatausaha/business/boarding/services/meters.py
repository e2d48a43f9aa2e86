"""Reading meters, and what follows for the bill (KOS-09; rules/boarding 12).

What a stay is charged is always the difference between what its meter has counted since it began
and what it was charged already. So an estimate, or a figure that was read wrongly, is put right by
the next reading without anybody reckoning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.business.boarding import figures
from tatausaha.business.boarding.models import Meter, Reading, Room, ServiceUse, Stay
from tatausaha.business.boarding.queries import meters as reads
from tatausaha.business.boarding.queries.prices import price_of
from tatausaha.business.boarding.services import usage
from tatausaha.core.billing import services as billing
from tatausaha.core.billing.models import Invoice
from tatausaha.core.kernel import clock, money, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor, Machine, person_or_none
from tatausaha.core.procedures import services as procedures

DOUBT = 2
"""A room that uses so many times its usual is asked about before the figure is taken."""


class Doubtful(Refused):
    """The figure may be right; whoever read it is asked to look again."""


@dataclass(frozen=True)
class Read:
    """What a reading is made of: the figure, of a replaced meter also the old one's last, and a photo."""

    value: Decimal
    old_value: Decimal | None = None
    photo: Any = None
    sure: bool = False


@transaction.atomic
def read(
    meter: Meter,
    seen: Read,
    *,
    on: date,
    by: Actor,
    at: datetime,
    why: str = Reading.Why.READ,
    stay: Stay | None = None,
) -> Reading:
    """Write down what a meter shows; what was used since falls to the next bill of whoever lives there (or of `stay`).

    Raises `Refused` for a figure below the last one (unless the meter was replaced: then with the old
    one's last figure and a photo), for a day to come or before the last reading; `Doubtful` for more
    than twice the usual, unless `sure`.
    """
    unit = meter.room.house.unit
    if not isinstance(by, Machine) and not roles.has_role(by, unit, "manager"):
        raise Refused(_("Meter dibaca oleh pengelola rumah ini."))
    if on > clock.day(at, unit.zone):
        raise Refused(_("Tanggal pembacaan tidak boleh di masa depan."), field="on")
    stay = stay or Stay.objects.filter(room=meter.room, status__in=("living", "noticed")).first()
    if stay:
        stay = procedures.lock(stay)
    else:
        procedures.lock_row(meter.room)
    before = list(reads.in_force(meter))
    _check(before, seen, on=on, why=why)
    if not seen.sure and why == Reading.Why.READ:
        _doubt(before, seen, on=on)
    reading = Reading(
        meter=meter, on=on, value=seen.value, old_value=seen.old_value, why=why, stay=stay, by=person_or_none(by),
        noted_at=at,
    )  # fmt: skip
    if seen.photo is not None:
        reading.photo.save(
            f"{meter.pk}-{on:%Y%m%d}{seen.photo.suffix}", ContentFile(seen.photo.content), save=False
        )
    if stay and meter.service_id and why != Reading.Why.OPENING:
        _charge(reading, [*before, reading], stay, by=by, at=at)
    reading.save()
    return reading


def _check(before: list[Reading], seen: Read, *, on: date, why: str) -> None:
    if seen.old_value is not None and seen.photo is None:
        raise Refused(_("Meter diganti: lampirkan foto kedua meter."), field="photo")
    if not before:
        return
    last = before[-1]
    if on < last.on or (why == Reading.Why.READ == last.why and on == last.on):
        sentence = _("Meter ini sudah dibaca pada %(day)s.")
        raise Refused(sentence % {"day": words.long_date(last.on)}, field="on")
    if (seen.value if seen.old_value is None else seen.old_value) < last.value:
        sentence = _(
            "Di bawah angka terakhir, %(last)s pada %(day)s. Bila meter diganti, isi juga angka meter lama."
        )
        raise Refused(
            sentence % {"last": figures.shown(last.value), "day": words.short_date(last.on)}, field="value"
        )


def _doubt(before: list[Reading], seen: Read, *, on: date) -> None:
    usual = reads.rate(before, until=on)
    if not usual or (days := (on - before[-1].on).days) < 1:
        return
    used = (seen.value if seen.old_value is None else seen.old_value) - before[-1].value
    if used / days >= DOUBT * usual:
        sentence = _(
            "%(times)s kali pemakaian biasanya (%(used)s dalam %(days)d hari). Kalau angkanya benar, centang."
        )
        times = figures.shown((used / days / usual).quantize(Decimal("0.1")))
        raise Doubtful(sentence % {"times": times, "used": figures.shown(used), "days": days}, field="value")


def _charge(reading: Reading, readings: list[Reading], stay: Stay, *, by: Actor, at: datetime) -> None:
    """Charge what the meter counted beyond what was charged; give back what was charged too much."""
    mine, meter = reads.of_stay(readings, stay), reading.meter
    due = reads.used_between(mine) - reads.charged(meter, stay)
    if due > 0:
        reading.use = _use(reading, due, by=by, at=at, text=_text(mine, reading, due, stay))
    elif due < 0:
        reading.credited = _give_back(meter, stay, -due, by=by, at=at)


def _use(reading: Reading, quantity: Decimal, *, by: Actor, at: datetime, text: str) -> ServiceUse:
    service, stay = reading.meter.service, reading.stay
    assert service is not None
    assert stay is not None
    price = price_of(service, reading.on)
    if price is None:
        raise Refused(_("Harga %(service)s belum diterbitkan pemilik.") % {"service": service})
    return usage.write_use(
        stay,
        service,
        on=reading.on,
        quantity=quantity,
        price=price,
        description=text,
        by=person_or_none(by),
        at=at,
    )


def _text(mine: list[Reading], reading: Reading, due: Decimal, stay: Stay) -> str:
    first = mine[-2] if len(mine) > 1 else reading
    said = _("%(name)s %(from)s (%(start)s) sampai %(to)s (%(end)s): %(used)s %(measure)s") % {
        "name": reading.meter.service, "from": figures.shown(first.value), "start": words.short_date(first.on),
        "to": figures.shown(reading.value), "end": words.short_date(reading.on), "used": figures.shown(due),
        "measure": reading.meter.measure,
    }  # fmt: skip
    if reading.old_value is not None:
        said += ", " + _("meter diganti")
    guessed = Reading.objects.filter(
        meter=reading.meter, stay=stay, why=Reading.Why.ESTIMATE, on__gte=first.on
    )
    return f"{said}, " + _("koreksi taksiran") if guessed.exists() else said


def _give_back(meter: Meter, stay: Stay, too_much: Decimal, *, by: Actor, at: datetime) -> Decimal:
    """Credit the newest bills that carried too much; how much of the quantity found its bill."""
    left = too_much
    for one in (
        Reading.objects.filter(meter=meter, stay=stay, use__isnull=False)
        .select_related("use")
        .order_by("-pk")
    ):
        use = one.use
        if not left or use is None or not use.invoice_number:
            continue
        quantity = min(left, use.quantity)
        invoice = Invoice.objects.get(number=use.invoice_number, unit=stay.unit_id)
        amount = min(money.round_half_up(use.price * quantity), invoice.total - invoice.credited)
        if amount:
            reason = _("Koreksi meter %(meter)s: %(used)s %(measure)s terlalu banyak ditagih")
            said = {"meter": meter, "used": figures.shown(quantity), "measure": meter.measure}
            billing.credit(invoice, amount=amount, by=by, at=at, reason=reason % said)
        left -= quantity
    return too_much - left


@transaction.atomic
def take_back(reading: Reading, *, by: Actor, at: datetime) -> None:
    """The newest reading was wrong. What is not billed yet goes with it; what is billed the next reading corrects."""
    meter = reading.meter
    if not roles.has_role(person_or_none(by), meter.room.house.unit, "manager"):
        raise Refused(_("Meter dibaca oleh pengelola rumah ini."))
    if reading.stay:
        procedures.lock(reading.stay)
    last = reads.in_force(meter).last()
    if last is None or last.pk != reading.pk:
        raise Refused(_("Hanya pembacaan terakhir yang dapat dibatalkan."))
    if last.why != Reading.Why.READ:
        raise Refused(_("Angka awal dan akhir hunian tidak dibatalkan."))
    use, last.taken_back_at, last.taken_back_by = last.use, at, person_or_none(by)
    if use and not use.invoice_number:
        last.use = None
    last.save(update_fields=["taken_back_at", "taken_back_by", "use"])
    if use and not use.invoice_number:
        use.delete()


def estimate(stay: Stay, *, first: date, on: date, by: Actor, at: datetime) -> None:
    """Reckon what nobody read between two bills: a line *taksiran* on this bill, put right by the next reading.

    Where too little is known of what is usual, nothing is reckoned: it is billed once it is read.
    """
    for meter in reads.running_in(stay.room):
        noted = Reading.objects.filter(meter=meter, taken_back_at__isnull=True, on__gt=first, on__lte=on)
        if not meter.service_id or noted.exists():
            continue
        mine = reads.of_stay(list(reads.in_force(meter)), stay)
        usual = reads.rate([one for one in mine if one.on <= on], until=on)
        last = (
            Reading.objects.filter(meter=meter, stay=stay, taken_back_at__isnull=True, on__lte=on)
            .order_by("on", "pk")
            .last()
        )
        if not usual or last is None:
            continue
        used = (usual * (on - last.on).days).quantize(Decimal(1))
        if used <= 0:
            continue
        guess = Reading(
            meter=meter, on=on, value=last.value + used, why=Reading.Why.ESTIMATE, stay=stay, noted_at=at
        )
        said = _("%(name)s %(start)s sampai %(end)s: %(used)s %(measure)s (taksiran)") % {
            "name": meter.service, "start": words.short_date(last.on), "end": words.short_date(on),
            "used": figures.shown(used), "measure": meter.measure,
        }  # fmt: skip
        guess.use = _use(guess, used, by=by, at=at, text=said)
        guess.save()


# What a tenant begins and ends with


def opening(stay: Stay, data: Mapping[str, Any], *, on: date, by: Actor, at: datetime) -> None:
    """The figures with which a stay begins in its room, from fields `open_ID`. Raises `Refused` if one is missing."""
    _all_of(stay, stay.room, OPEN, data, on=on, by=by, at=at)


def closing(stay: Stay, data: Mapping[str, Any], *, on: date, by: Actor, at: datetime) -> None:
    """The figures with which a stay leaves its room, from fields `close_ID`. Raises `Refused` if one is missing."""
    _all_of(stay, stay.room, CLOSE, data, on=on, by=by, at=at)


@transaction.atomic
def hand_over(
    stay: Stay, *, old: Room, new: Room, data: Mapping[str, Any], on: date, by: Actor, at: datetime
) -> None:
    """A tenant moves from one room to another on a day: all meters of both are read on that day, or nothing is.

    `data` has `close_ID` for each meter of the old room and `open_ID` for each of the new one; a figure
    that is missing is refused at its field. What was used in the old room falls to the next bill.
    """
    _missing(old, CLOSE, data)
    _missing(new, OPEN, data)
    _all_of(stay, old, CLOSE, data, on=on, by=by, at=at)
    _all_of(stay, new, OPEN, data, on=on, by=by, at=at)


OPEN, CLOSE = "open_", "close_"
_WHY = {OPEN: Reading.Why.OPENING, CLOSE: Reading.Why.CLOSING}


def _missing(room: Room, prefix: str, data: Mapping[str, Any]) -> None:
    for meter in reads.running_in(room):
        if data.get(f"{prefix}{meter.pk}") is None:
            said = {"meter": str(meter).lower(), "room": room.number}
            raise Refused(_("Baca dulu meter %(meter)s kamar %(room)s.") % said, field=f"{prefix}{meter.pk}")


def _all_of(
    stay: Stay, room: Room, prefix: str, data: Mapping[str, Any], *, on: date, by: Actor, at: datetime
) -> None:
    _missing(room, prefix, data)
    for meter in reads.running_in(room):
        name = f"{prefix}{meter.pk}"
        try:
            read(meter, Read(data[name], sure=True), on=on, by=by, at=at, why=_WHY[prefix], stay=stay)
        except Refused as no:
            raise Refused(str(no), field=name) from no
