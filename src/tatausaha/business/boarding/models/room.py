"""Room types and rooms. Whether a room is free is worked out from claims, never typed (KOS-13)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.house import Facility, House


class RoomType(models.Model):
    """Rooms of one kind in a house: the same size, facilities and published price."""

    house = models.ForeignKey(House, models.PROTECT, related_name="room_types")
    name = models.CharField(_("nama tipe"), max_length=80)
    size = models.CharField(_("ukuran (m)"), max_length=30, blank=True)
    area_m2 = models.DecimalField(_("luas (m²)"), max_digits=7, decimal_places=2, null=True, blank=True)
    description = models.TextField(_("keterangan"), blank=True)
    capacity = models.PositiveSmallIntegerField(_("penghuni sekamar"), default=1)
    facilities = models.ManyToManyField(Facility, blank=True, related_name="room_types")

    class Meta:
        verbose_name = _("tipe kamar")
        constraints = [
            models.UniqueConstraint(
                fields=["house", "name"],
                name="one_type_name_a_house",
                violation_error_message=_("Tipe kamar dengan nama ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=20), name="type_sleeps_1_to_20"
            ),
            models.CheckConstraint(
                condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0), name="type_area_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """One room. `out_of_service` is the only thing about its state that people set."""

    class OutOfService(models.TextChoices):
        REPAIR = "perbaikan", _("Perbaikan")
        RETIRED = "nonaktif", _("Nonaktif")

    house = models.ForeignKey(House, models.PROTECT, related_name="rooms")
    room_type = models.ForeignKey(RoomType, models.PROTECT, related_name="rooms", verbose_name=_("tipe"))
    number = models.CharField(_("nomor kamar"), max_length=20)
    floor = models.SmallIntegerField(_("lantai"), null=True, blank=True)
    out_of_service = models.CharField(_("tidak disewakan"), max_length=10, choices=OutOfService, blank=True)
    out_reason = models.CharField(_("alasan"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kamar")
        constraints = [
            models.UniqueConstraint(
                fields=["house", "number"],
                name="one_room_number_a_house",
                violation_error_message=_("Nomor kamar ini sudah ada di rumah ini."),
            ),
            models.CheckConstraint(
                condition=Q(out_of_service="", out_reason="") | (~Q(out_of_service="") & ~Q(out_reason="")),
                name="out_of_service_with_its_reason",
                violation_error_message=_("Tulis alasan kamar tidak disewakan."),
            ),
        ]
        indexes = [models.Index(fields=["room_type", "out_of_service"], name="room_by_type")]

    def __str__(self) -> str:
        return self.number
