"""Published prices: dated rows that are only ever added (KOS-19). Database triggers hold that."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.house import House
from tatausaha.business.boarding.models.room import RoomType
from tatausaha.core.kernel import money
from tatausaha.core.people.models import Person

_SAME_DAY = _("Harga yang berlaku mulai tanggal itu sudah diterbitkan. Pilih tanggal lain.")


class RoomPrice(models.Model):
    """What a room of the type costs per 30 days from a day on, in rupiah, until the next row."""

    room_type = models.ForeignKey(RoomType, models.PROTECT, related_name="prices")
    amount = models.BigIntegerField(_("harga per 30 hari"))
    valid_from = models.DateField(_("berlaku mulai"))
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("harga sewa terbit")
        constraints = [
            models.UniqueConstraint(
                fields=["room_type", "valid_from"], name="one_rent_a_day", violation_error_message=_SAME_DAY
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=money.LARGEST), name="rent_is_positive"
            ),
        ]


class ExtraService(models.Model):
    """Laundry, air conditioning, parking …: taken or not, charged beside the rent.

    `per_use`: charged by what was used (`measure`: kg, kali, kWh), so it is in no monthly
    total that is known before; otherwise a fixed price per 30 days. `of_room`: bound to the room
    (air conditioning), so it stays behind when its tenant moves to another; otherwise it goes along.
    """

    house = models.ForeignKey(House, models.PROTECT, related_name="services")
    name = models.CharField(_("layanan"), max_length=60)
    description = models.CharField(_("keterangan"), max_length=200, blank=True)
    per_use = models.BooleanField(_("dihitung per pemakaian"), default=False)
    measure = models.CharField(_("satuan"), max_length=20, blank=True)
    is_active = models.BooleanField(_("ditawarkan"), default=True)
    of_room = models.BooleanField(_("melekat pada kamar"), default=False)

    class Meta:
        verbose_name = _("layanan")
        constraints = [
            models.UniqueConstraint(
                fields=["house", "name"],
                name="one_service_name_a_house",
                violation_error_message=_("Layanan dengan nama ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(per_use=False) | ~Q(measure=""),
                name="per_use_has_a_measure",
                violation_error_message=_("Tulis satuan pemakaian, misalnya kg."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ServicePrice(models.Model):
    """What a service costs per 30 days (or per unit used) from a day on, in rupiah."""

    service = models.ForeignKey(ExtraService, models.PROTECT, related_name="prices")
    amount = models.BigIntegerField(_("harga"))
    valid_from = models.DateField(_("berlaku mulai"))
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("harga layanan terbit")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "valid_from"],
                name="one_service_price_a_day",
                violation_error_message=_SAME_DAY,
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lte=money.LARGEST), name="service_price_not_negative"
            ),
        ]
