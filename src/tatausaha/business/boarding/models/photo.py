"""Photos of houses, room types and rooms (KOS-01)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.house import House
from tatausaha.business.boarding.models.room import Room, RoomType
from tatausaha.core.kernel.ids import token
from tatausaha.core.people.models import Person


class Photo(models.Model):
    """A picture of the house, or of one of its room types or rooms.

    `token` names it outside. Only re-encoded pictures are kept, one per length of the longer
    side in `edges` (pixels, largest first). `digest` (SHA-256 of what was sent) makes the
    same photo sent twice one photo.
    """

    token = models.CharField(max_length=26, unique=True, default=token, editable=False)
    house = models.ForeignKey(House, models.PROTECT, related_name="photos")
    room_type = models.ForeignKey(RoomType, models.PROTECT, null=True, blank=True, related_name="photos")
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="photos")
    caption = models.CharField(_("keterangan foto"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    edges = models.JSONField(default=list, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("foto")
        constraints = [
            models.UniqueConstraint(
                fields=["house", "digest"],
                name="one_photo_once_a_house",
                violation_error_message=_("Foto ini sudah ada di rumah ini."),
            ),
        ]
        indexes = [models.Index(fields=["house", "position"], name="photos_in_order")]
