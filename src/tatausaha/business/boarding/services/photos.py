"""Photos: made anew in several sizes, put in order, taken away (KOS-01)."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tatausaha.business.boarding.models import House, Photo, RoomType
from tatausaha.core.kernel import uploads
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person

if TYPE_CHECKING:
    from django.core.files import File

EDGES = (1600, 800, 400)
MOST = 60


def path_of(photo: Photo, edge: int) -> str:
    """Where the picture with this length of its longer side lies."""
    return f"photos/{photo.token}/{edge}.webp"


def add_photo(
    house: House,
    file: "File[bytes]",
    *,
    by: Person,
    at: datetime,
    caption: str = "",
    room_type: RoomType | None = None,
) -> Photo:
    """Keep a photo of a house or of one of its types, behind those that are there.

    Raises `Refused` when it is no photo, is there already, or the house has too many. The
    picture is made anew and written before the row, so a row never lacks its picture.
    """
    _manager(house, by)
    assert room_type is None or room_type.house_id == house.pk
    if Photo.objects.filter(house=house).count() >= MOST:
        raise Refused(_("Paling banyak %(most)d foto untuk satu rumah.") % {"most": MOST}, field="photos")
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    made = uploads.photos(file, edges=EDGES)
    photo = Photo(
        house=house,
        room_type=room_type,
        caption=" ".join(caption.split()),
        edges=[max(one.width, one.height) for one in made],
        width=made[0].width,
        height=made[0].height,
        digest=digest.hexdigest(),
        added_by=by,
        added_at=at,
    )
    for one, edge in zip(made, photo.edges, strict=True):
        default_storage.save(path_of(photo, edge), ContentFile(one.content))
    try:
        with transaction.atomic():
            last = Photo.objects.filter(house=house).order_by("-position").first()
            photo.position = last.position + 1 if last else 0
            photo.save()
    except IntegrityError as twice:
        _remove_files(photo)
        raise Refused(_("Foto ini sudah ada di rumah ini."), field="photos") from twice
    return photo


@transaction.atomic
def move_photo(photo: Photo, *, by: Person, forward: bool) -> None:
    """One place to the front, or to the back; the first photo is the one that results show."""
    _manager(photo.house, by)
    House.objects.select_for_update().get(pk=photo.house_id)
    ordered = list(Photo.objects.filter(house=photo.house_id).order_by("position", "pk"))
    here = next(place for place, other in enumerate(ordered) if other.pk == photo.pk)
    there = max(0, min(len(ordered) - 1, here + (-1 if forward else 1)))
    ordered.insert(there, ordered.pop(here))
    for position, other in enumerate(ordered):
        other.position = position
    Photo.objects.bulk_update(ordered, ["position"])


def remove_photo(photo: Photo, *, by: Person) -> None:
    """Take a photo away, and its pictures with it."""
    _manager(photo.house, by)
    with transaction.atomic():
        Photo.objects.filter(pk=photo.pk).delete()
    _remove_files(photo)


def _remove_files(photo: Photo) -> None:
    for edge in photo.edges:
        default_storage.delete(path_of(photo, edge))


def _manager(house: House, by: Person) -> None:
    if not roles.has_role(by, house.unit, "manager"):
        raise Refused(_("Hanya pengelola rumah ini atau pemilik yang boleh mengubahnya."))
