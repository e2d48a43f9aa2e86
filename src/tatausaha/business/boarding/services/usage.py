"""What a tenant uses: services by subscription and by use (KOS-09, KOS-13; rules/boarding 12)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import ExtraService, Room, ServiceUse, Stay, Subscription
from tatausaha.business.boarding.queries import cycles
from tatausaha.business.boarding.queries import meters as metering
from tatausaha.business.boarding.queries.prices import priced_services, running_subscriptions
from tatausaha.business.boarding.services.far_days import refuse_far
from tatausaha.core.billing.services import NewLine
from tatausaha.core.kernel import clock, money, words
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart
from tatausaha.core.people import roles
from tatausaha.core.people.actors import person_or_none
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.spec import Act


def _price(stay: Stay, service: ExtraService, on: date) -> int:
    offered = priced_services(stay.room.house, on).filter(pk=service.pk).first()
    if offered is None:
        raise Refused(_("Layanan itu tidak ditawarkan di rumah ini."), field="service")
    price: int = offered.amount
    return price


def refuse_metered(rooms: Collection[int], room: Room, service: ExtraService) -> None:
    """Raise `Refused` where the room is among those in which a meter is read for the service."""
    if room.pk in rooms:
        said = {"service": service, "room": room.number}
        raise Refused(
            _("%(service)s di kamar %(room)s dihitung dari meteran: catat angkanya di Meteran.") % said,
            field="service",
        )


def note_use(stay: Stay, act: Act) -> ServiceUse:
    """Note a use at the price of its day; the next bill carries it. Raises `Refused` for a day to come."""
    refuse_metered(metering.rooms_metered_for(act.data["service"]), stay.room, act.data["service"])
    service, on, quantity = act.data["service"], act.data["on"], Decimal(act.data["quantity"])
    by = person_or_none(act.by)
    assert by is not None
    if on > clock.day(act.at, stay.unit.zone):
        raise Refused(_("Tanggal pemakaian tidak boleh di masa depan."), field="on")
    if on < stay.anchor_on:
        raise Refused(_("Tanggal pemakaian sebelum penghuni masuk."), field="on")
    return write_use(
        stay, service, on=on, quantity=quantity, price=_price(stay, service, on), by=by, at=act.at
    )


def write_use(
    stay: Stay, service: ExtraService, *, on: date, quantity: Decimal, price: int, by: Person | None, at: datetime,
    amount: int | None = None, description: str = "",
) -> ServiceUse:  # fmt: skip
    """Put a use on the stay's next bill: `quantity` at `price`, or for `amount` where that was rounded elsewhere."""
    return ServiceUse.objects.create(
        stay=stay, service=service, used_on=on, quantity=quantity, price=price,
        amount=money.round_half_up(price * quantity) if amount is None else amount, description=description[:160],
        noted_by=by, noted_at=at,
    )  # fmt: skip


def subscribe(stay: Stay, act: Act) -> Subscription:
    """Take a service from a day on, at the price published for it.

    What lies before the first period that has no bill yet is prorated (by the days of its periods), or
    whole where the policy says so, and falls to the next bill; issued bills stay as they are.
    Raises `Refused` for a day before today (a manager: before the running period), or more than a year ahead.
    """
    service, today = act.data["service"], clock.day(act.at, stay.unit.zone)
    by = person_or_none(act.by)
    on = act.data.get("on") or today
    earliest = today
    if roles.has_role(by, stay.unit, "manager"):
        earliest, _end = cycles.period_with(stay, today)
    if on < earliest:
        sentence = _("Layanan paling awal mulai %(day)s.")
        raise Refused(sentence % {"day": words.long_date(earliest)}, field="on")
    refuse_far(on, stay.unit, at=act.at, field="on")
    price = _price(stay, service, on)
    start = cycles.start_of(stay, stay.next_period)
    if on < start and price:
        last = start - timedelta(days=1)
        write_use(
            stay, service, on=on, quantity=Decimal(1), price=price, amount=first_part(stay, price, on, last),
            description=_part_text(service.name, on, last), by=by, at=act.at,
        )  # fmt: skip
    return Subscription.objects.create(
        stay=stay, service=service, name=service.name, amount=price, from_on=max(on, start)
    )


def first_part(stay: Stay, price: int, first: date, last: date) -> int:
    """What a subscription costs from a day within a period to the end of it, in rupiah."""
    if stay.policy.whole_first_service:
        return price * (cycles.number_in(stay, last) - cycles.number_in(stay, first) + 1)
    return cycles.share(stay, price, first, last)


def _part_text(name: str, first: date, last: date) -> str:
    said = _("%(name)s %(start)s sampai %(end)s (%(days)d hari)")
    return said % {
        "name": name, "start": words.short_date(first), "end": words.short_date(last),
        "days": (last - first).days + 1,
    }  # fmt: skip


def subscription_lines(
    stay: Stay, n: int, *, priced_on: date | None = None, keep: bool = True
) -> list[NewLine]:
    """The lines of a period for what the stay is subscribed to; each period keeps the price of its first day, or
    of the day on which it is paid ahead.

    The first period has the prices of the booking. A service that begins inside the period is prorated.
    Nothing is written where the lines are only asked for (`keep`).
    """  # fmt: skip
    start, end = cycles.period_of(stay, n)
    lines = []
    for one in running_subscriptions(stay, start, end, priced_on=priced_on):
        price = one.amount if n == 0 or one.price_now is None or one.from_on > start else one.price_now
        if price != one.amount and keep:
            Subscription.objects.filter(pk=one.pk).update(amount=price)
        text, amount = one.name, price
        if one.from_on > start:
            text, amount = _part_text(one.name, one.from_on, end), first_part(stay, price, one.from_on, end)
        if amount:
            lines.append(NewLine("service", chart.SERVICE_INCOME, text, amount))
    return lines


def unsubscribe(stay: Stay, act: Act) -> None:
    """End a service with the last period that has a bill."""
    start = cycles.start_of(stay, stay.next_period)
    running = stay.subscriptions.filter(service=act.data["service"], until_on=None)
    if not running.update(until_on=start):
        raise Refused(_("Layanan ini tidak sedang dipakai."), field="service")
