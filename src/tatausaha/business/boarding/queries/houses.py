"""Who may see which house: everybody the published ones, managers their own, the owner all (KOS-20)."""

from django.db.models import Q, QuerySet

from tatausaha.business.boarding.models import House, Room
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person


def public_houses() -> QuerySet[House]:
    """Houses that are shown to everybody."""
    return House.objects.filter(is_published=True, unit__closed_on__isnull=True).select_related("unit")


def public_house(code: str) -> QuerySet[House]:
    """The published house with this code, or nothing."""
    return public_houses().filter(unit__code=code)


def public_room(code: str, number: str) -> QuerySet[Room]:
    """A room of a published house that is not taken out of use for good, or nothing."""
    rooms = Room.objects.filter(house__in=public_houses().filter(unit__code=code), number=number)
    return rooms.exclude(out_of_service=Room.OutOfService.RETIRED).select_related("house__unit", "room_type")


def rooms_to_book(person: Person | None) -> QuerySet[Room]:
    """Rooms that the person may book: of published houses, and of those that the person keeps."""
    known = Room.objects.filter(
        Q(house__in=public_houses().values("pk")) | Q(house__in=houses_for(person).order_by().values("pk"))
    )
    return known.exclude(out_of_service=Room.OutOfService.RETIRED).select_related("house__unit", "room_type")


def houses_for(person: Person | None) -> QuerySet[House]:
    """Houses that the person manages or owns; none for anybody else."""
    ids = roles.unit_ids(person, "manager")
    houses = House.objects.select_related("unit").order_by("unit__name")
    return houses if ids is None else houses.filter(unit__in=ids)


def house_for(person: Person | None, code: str) -> QuerySet[House]:
    """The house with this code if the person manages or owns it, or nothing."""
    return houses_for(person).filter(unit__code=code)
