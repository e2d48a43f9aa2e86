"""Photos: made anew, in order, once."""

from datetime import datetime
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from tatausaha.business.boarding.models import House, Photo
from tatausaha.business.boarding.services import photos
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people.models import Person


def picture(colour: str = "teal", size: tuple[int, int] = (1000, 600)) -> ContentFile:
    made = BytesIO()
    Image.new("RGB", size, colour).save(made, "JPEG", exif=Image.Exif())
    return ContentFile(made.getvalue(), "kamar.jpg")


@pytest.mark.req("KOS-01")
def test_a_photo_is_kept_in_several_sizes(house: House, sari: Person, at: datetime) -> None:
    photo = photos.add_photo(house, picture(), by=sari, at=at, caption="Kamar")

    assert (photo.edges, photo.width, photo.height) == ([1000, 800, 400], 1000, 600)
    for edge in photo.edges:
        with default_storage.open(photos.path_of(photo, edge)) as kept, Image.open(kept) as image:
            assert (image.format, max(image.size)) == ("WEBP", edge)


def test_the_same_photo_twice_is_one_photo(house: House, sari: Person, at: datetime) -> None:
    photos.add_photo(house, picture(), by=sari, at=at)

    with pytest.raises(Refused, match="sudah ada"):
        photos.add_photo(house, picture(), by=sari, at=at)

    assert Photo.objects.count() == 1


def test_what_is_no_photo_is_refused(house: House, sari: Person, at: datetime) -> None:
    with pytest.raises(Refused, match="PDF, bukan foto"):
        photos.add_photo(house, ContentFile(b"%PDF-1.7\n%%EOF", "foto.jpg"), by=sari, at=at)


def test_photos_are_put_in_order_and_taken_away(house: House, sari: Person, at: datetime) -> None:
    first, second, third = (
        photos.add_photo(house, picture(c), by=sari, at=at) for c in ("red", "green", "blue")
    )

    photos.move_photo(third, by=sari, forward=True)
    photos.remove_photo(first, by=sari)

    assert list(Photo.objects.order_by("position").values_list("pk", flat=True)) == [third.pk, second.pk]
    assert not default_storage.exists(photos.path_of(first, 400))


def test_a_stranger_changes_no_photo(house: House, sari: Person, budi: Person, at: datetime) -> None:
    photo = photos.add_photo(house, picture(), by=sari, at=at)

    for act in (
        lambda: photos.add_photo(house, picture("red"), by=budi, at=at),
        lambda: photos.move_photo(photo, by=budi, forward=True),
        lambda: photos.remove_photo(photo, by=budi),
    ):
        with pytest.raises(Refused, match="Hanya pengelola rumah ini"):
            act()
