"""What a tenant uses: services by subscription and by use (KOS-09, KOS-13; rules/boarding 12)."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import ExtraService, ServiceUse, Stay, Subscription
from tatausaha.business.boarding.queries import bookings as reads
from tatausaha.business.boarding.queries.prices import priced_services
from tatausaha.core.kernel import clock, money
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.actors import person_or_none
from tatausaha.core.procedures.spec import Act


def _price(stay: Stay, service: ExtraService, on: date) -> int:
    offered = priced_services(stay.room.house, on).filter(pk=service.pk).first()
    if offered is None:
        raise Refused(_("Layanan itu tidak ditawarkan di rumah ini."), field="service")
    price: int = offered.amount
    return price


def note_use(stay: Stay, act: Act) -> ServiceUse:
    """Note a use at the price of its day; the next bill carries it. Raises `Refused` for a day to come."""
    service, on, quantity = act.data["service"], act.data["on"], Decimal(act.data["quantity"])
    by = person_or_none(act.by)
    assert by is not None
    if on > clock.day(act.at, stay.unit.zone):
        raise Refused(_("Tanggal pemakaian tidak boleh di masa depan."), field="on")
    if on < stay.anchor_on:
        raise Refused(_("Tanggal pemakaian sebelum penghuni masuk."), field="on")
    price = _price(stay, service, on)
    return ServiceUse.objects.create(
        stay=stay, service=service, used_on=on, quantity=quantity, price=price,
        amount=money.round_half_up(price * quantity), noted_by=by, noted_at=act.at,
    )  # fmt: skip


def subscribe(stay: Stay, act: Act) -> Subscription:
    """Take a service from the first period that has no bill yet, at today's published price."""
    service, today = act.data["service"], clock.day(act.at, stay.unit.zone)
    start, _end = reads.period(stay.anchor_on, stay.next_period)
    price = _price(stay, service, today)
    return Subscription.objects.create(
        stay=stay, service=service, name=service.name, amount=price, from_on=start
    )


def unsubscribe(stay: Stay, act: Act) -> None:
    """End a service with the last period that has a bill."""
    start, _end = reads.period(stay.anchor_on, stay.next_period)
    running = stay.subscriptions.filter(service=act.data["service"], until_on=None)
    if not running.update(until_on=start):
        raise Refused(_("Layanan ini tidak sedang dipakai."), field="service")
