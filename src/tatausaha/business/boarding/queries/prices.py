"""The published price of a day: the latest row that is valid from that day or before (KOS-19)."""

from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import F, OuterRef, QuerySet, Subquery

from tatausaha.business.boarding.models import (
    ExtraService,
    House,
    RoomPrice,
    RoomType,
    ServicePrice,
    Stay,
    Subscription,
)

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Priced(TypedDict):
    """What the day's price adds to a row: rupiah, or nothing before the first price."""

    amount: int | None


class Snapshot(TypedDict):
    """What the day's price adds to a subscription: rupiah, or nothing before the first price."""

    price_now: int | None


class Offered(TypedDict):
    """What the day's price adds to a service that is offered: rupiah, for a period of the house's cycle."""

    amount: int
    cycle: str


def rent_on(on: date) -> Subquery:
    """For annotating room types: the rent of a period that is valid on a day."""
    rows = RoomPrice.objects.filter(room_type=OuterRef("pk"), valid_from__lte=on).order_by("-valid_from")
    return Subquery(rows.values("amount")[:1])


def service_price_on(on: date) -> Subquery:
    """For annotating services: the price for a period or per use that is valid on a day."""
    rows = ServicePrice.objects.filter(service=OuterRef("pk"), valid_from__lte=on).order_by("-valid_from")
    return Subquery(rows.values("amount")[:1])


def priced_types(house: House, on: date) -> "QuerySet[WithAnnotations[RoomType, Priced]]":
    """The room types of a house with `amount`, the rent of the day; cheapest first, unpriced last."""
    return (
        RoomType.objects.filter(house=house)
        .annotate(amount=rent_on(on))
        .order_by(F("amount").asc(nulls_last=True), "name")
    )


def priced_services(house: House, on: date) -> "QuerySet[WithAnnotations[ExtraService, Offered]]":
    """The services that a house offers on a day, with `amount`; those without a price are not offered."""
    offered = ExtraService.objects.filter(house=house, is_active=True).annotate(
        amount=service_price_on(on), cycle=F("house__cycle")
    )
    return offered.filter(amount__isnull=False).order_by("per_use", "name")


def current_amount(room_type: RoomType, on: date) -> int | None:
    """The published rent of a type for a period on a day; nothing before its first price."""
    rows = RoomPrice.objects.filter(room_type=room_type, valid_from__lte=on).order_by("-valid_from")
    return rows.values_list("amount", flat=True).first()


def price_of(service: ExtraService, on: date) -> int | None:
    """The published price of a service on a day, offered still or not; nothing before its first price."""
    rows = ServicePrice.objects.filter(service=service, valid_from__lte=on).order_by("-valid_from")
    return rows.values_list("amount", flat=True).first()


def running_subscriptions(
    stay: Stay, start: date, end: date, *, priced_on: date | None = None
) -> "QuerySet[WithAnnotations[Subscription, Snapshot]]":
    """What a stay is subscribed to in a period, with `price_now`, the price published for its first day or for
    the day that is named.
    """  # fmt: skip
    valid = ServicePrice.objects.filter(service=OuterRef("service"), valid_from__lte=priced_on or start)
    rows = valid.order_by("-valid_from")
    running = stay.subscriptions.filter(from_on__lte=end).exclude(until_on__lte=start)
    return running.annotate(price_now=Subquery(rows.values("amount")[:1])).order_by("pk")
