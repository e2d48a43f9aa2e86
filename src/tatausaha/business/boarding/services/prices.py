"""Publishing prices: the owner's alone, dated, never changed afterwards (KOS-19)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import ExtraService, House, RoomPrice, RoomType, ServicePrice
from tatausaha.business.boarding.services import history
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person


def _owner(by: Person) -> None:
    if not roles.is_owner(by):
        raise Refused(_("Harga hanya diterbitkan oleh pemilik."))


def _same_day() -> Refused:
    sentence = _("Harga yang berlaku mulai tanggal itu sudah diterbitkan. Pilih tanggal lain.")
    return Refused(sentence, field="valid_from")


def _not_past(house: House, valid_from: date, at: datetime) -> None:
    if valid_from < clock.day(at, house.unit.zone):
        raise Refused(_("Harga berlaku mulai hari ini atau nanti, tidak mundur."), field="valid_from")


@transaction.atomic
def publish_rent(
    room_type: RoomType, amount: int, valid_from: date, *, by: Person, at: datetime
) -> RoomPrice:
    """The rent per 30 days of a type from a day on. Raises `Refused` for anybody but the owner."""
    _owner(by)
    _not_past(room_type.house, valid_from, at)
    try:
        with transaction.atomic():
            return RoomPrice.objects.create(
                room_type=room_type, amount=amount, valid_from=valid_from, published_by=by, published_at=at
            )
    except IntegrityError as taken:  # one_rent_a_day
        raise _same_day() from taken


@transaction.atomic
def publish_service_price(
    service: ExtraService, amount: int, valid_from: date, *, by: Person, at: datetime
) -> ServicePrice:
    """The price of a service from a day on. Raises `Refused` for anybody but the owner."""
    _owner(by)
    _not_past(service.house, valid_from, at)
    try:
        with transaction.atomic():
            return ServicePrice.objects.create(
                service=service, amount=amount, valid_from=valid_from, published_by=by, published_at=at
            )
    except IntegrityError as taken:  # one_service_price_a_day
        raise _same_day() from taken


@transaction.atomic
def save_service(
    house: House,
    service: ExtraService | None,
    *,
    by: Person,
    at: datetime,
    name: str,
    description: str = "",
    per_use: bool = False,
    measure: str = "",
    of_room: bool = False,
    is_active: bool = True,
) -> ExtraService:
    """A new service of a house, or a changed one; it is offered once the owner has priced it."""
    if not roles.has_role(by, house.unit, "manager"):
        raise Refused(_("Hanya pengelola rumah ini atau pemilik yang boleh mengubahnya."))
    assert service is None or service.house_id == house.pk
    if per_use and not measure.strip():
        raise Refused(_("Tulis satuan pemakaian, misalnya kg."), field="measure")
    before = history.snapshot(service)
    kept = service or ExtraService(house=house)
    kept.name, kept.description = " ".join(name.split()), description
    kept.per_use, kept.measure, kept.is_active = per_use, measure.strip() if per_use else "", is_active
    kept.of_room = of_room
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as taken:
        raise Refused(_("Layanan dengan nama ini sudah ada."), field="name") from taken
    thing = _("Layanan %(name)s") % {"name": kept.name}
    history.write(house, thing, before, history.snapshot(kept), by=by, at=at)
    return kept
