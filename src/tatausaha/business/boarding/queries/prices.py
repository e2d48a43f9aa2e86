"""The published price of a day: the latest row that is valid from that day or before (KOS-19)."""

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from tatausaha.business.boarding.models import ExtraService, House, RoomPrice, RoomType, ServicePrice


def rent_on(on: date) -> Subquery:
    """For annotating room types: the rent per 30 days that is valid on a day."""
    rows = RoomPrice.objects.filter(room_type=OuterRef("pk"), valid_from__lte=on).order_by("-valid_from")
    return Subquery(rows.values("amount")[:1])


def service_price_on(on: date) -> Subquery:
    """For annotating services: the price per 30 days or per use that is valid on a day."""
    rows = ServicePrice.objects.filter(service=OuterRef("pk"), valid_from__lte=on).order_by("-valid_from")
    return Subquery(rows.values("amount")[:1])


def priced_types(house: House, on: date) -> QuerySet[RoomType]:
    """The room types of a house with `amount`, the rent of the day; cheapest first, unpriced last."""
    return RoomType.objects.filter(house=house).annotate(amount=rent_on(on)).order_by("amount", "name")


def priced_services(house: House, on: date) -> QuerySet[ExtraService]:
    """The services that a house offers on a day, with `amount`; those without a price are not offered."""
    offered = ExtraService.objects.filter(house=house, is_active=True).annotate(amount=service_price_on(on))
    return offered.filter(amount__isnull=False).order_by("per_use", "name")


def current_amount(room_type: RoomType, on: date) -> int | None:
    """The published rent per 30 days of a type on a day; nothing before its first price."""
    rows = RoomPrice.objects.filter(room_type=room_type, valid_from__lte=on).order_by("-valid_from")
    return rows.values_list("amount", flat=True).first()
