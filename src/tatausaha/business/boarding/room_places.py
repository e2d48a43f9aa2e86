"""Rooms as places where assets stand: the inventory of a room is what the register says stands in it (KOS-13)."""

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tatausaha.business.boarding.models import Room
from tatausaha.core.assets.places import Kind, Place
from tatausaha.core.people.models import Unit

CODE = "boarding-room"


def _place(room: Room) -> Place:
    name = _("Kamar %(number)s") % {"number": room.number}
    url = reverse("boarding:edit_room", args=[room.house.unit.code, room.pk])
    return Place(CODE, room.pk, name, url)


def of_unit(unit: Unit) -> Sequence[Place]:
    """The rooms of a house by number."""
    rooms = Room.objects.filter(house__unit=unit).select_related("house__unit")
    return [_place(room) for room in sorted(rooms, key=lambda room: (len(room.number), room.number))]


def named(ids: Iterable[int]) -> Mapping[int, Place]:
    """Rooms by their ids."""
    rooms = Room.objects.filter(pk__in=list(ids)).select_related("house__unit")
    return {room.pk: _place(room) for room in rooms}


ROOMS = Kind(CODE, gettext_lazy("Kamar"), of_unit, named)
