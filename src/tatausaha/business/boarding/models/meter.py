"""Meters of rooms, what was read on them, and token that was bought (KOS-09; rules/boarding 12)."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.price import ExtraService
from tatausaha.business.boarding.models.room import Room
from tatausaha.business.boarding.models.stay import ServiceUse, Stay
from tatausaha.core.people.models import Person


def _private() -> FileSystemStorage:
    return FileSystemStorage(location=settings.MEDIA_ROOT, base_url=None)


class Meter(models.Model):
    """A meter in a room. `service` is what its usage is billed as; without one it is only written down."""

    class Kind(models.TextChoices):
        ELECTRICITY = "listrik", _("Listrik")
        WATER = "air", _("Air")
        TOKEN = "token", _("Listrik token")

    room = models.ForeignKey(Room, models.PROTECT, related_name="meters", verbose_name=_("kamar"))
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    service = models.ForeignKey(
        ExtraService, models.PROTECT, related_name="+", null=True, verbose_name=_("layanan")
    )
    number = models.CharField(_("nomor meter"), max_length=40, blank=True)
    since = models.DateField(_("dipasang"))
    until = models.DateField(_("dilepas"), null=True)

    class Meta:
        verbose_name = _("meter")
        constraints = [
            models.UniqueConstraint(
                fields=["room", "kind"],
                condition=Q(until__isnull=True),
                name="one_meter_of_a_kind_a_room",
                violation_error_message=_("Kamar ini sudah punya meter seperti itu."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def measure(self) -> str:
        """The unit that it counts in."""
        return "m³" if self.kind == self.Kind.WATER else "kWh"


class Reading(models.Model):
    """What a meter showed on a day; written once. `stay` is who lived there.

    `old_value` is the last figure of a meter that was replaced on that day; `value` then belongs to the
    new one. An estimate is what the clock reckoned for a period that nobody read. `credited` is by how
    much earlier bills had been too high. A reading that was wrong is taken back, not changed.
    """

    class Why(models.TextChoices):
        READ = "read", _("dibaca")
        OPENING = "opening", _("angka awal")
        CLOSING = "closing", _("angka akhir")
        ESTIMATE = "estimate", _("taksiran")

    meter = models.ForeignKey(Meter, models.PROTECT, related_name="readings")
    on = models.DateField(_("tanggal"))
    value = models.DecimalField(_("angka meter"), max_digits=9, decimal_places=2)
    old_value = models.DecimalField(_("angka akhir meter lama"), max_digits=9, decimal_places=2, null=True)
    why = models.CharField(max_length=10, choices=Why, default=Why.READ)
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="readings", null=True)
    photo = models.FileField(upload_to="meters/%Y/%m", storage=_private, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    noted_at = models.DateTimeField()
    use = models.OneToOneField(ServiceUse, models.SET_NULL, related_name="reading", null=True)
    credited = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("pembacaan meter")
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gte=0, credited__gte=0), name="reading_is_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(old_value__isnull=True) | (Q(old_value__gte=0) & ~Q(photo="")),
                name="replaced_meter_with_photo",
                violation_error_message=_("Meter diganti: lampirkan fotonya."),
            ),
            models.UniqueConstraint(
                fields=["meter", "on", "why"],
                condition=Q(taken_back_at__isnull=True, why__in=["read", "estimate"]),
                name="one_reading_a_day",
                violation_error_message=_("Meter ini sudah dibaca pada tanggal itu."),
            ),
        ]
        indexes = [models.Index(fields=["meter", "-on", "-id"], name="reading_of_meter")]


class TokenPurchase(models.Model):
    """Token that was bought for a room: written down; billed only where the house sells it on."""

    meter = models.ForeignKey(Meter, models.PROTECT, related_name="purchases")
    on = models.DateField(_("tanggal"))
    amount = models.BigIntegerField(_("harga beli"))
    kwh = models.DecimalField(_("kWh"), max_digits=9, decimal_places=2)
    number_masked = models.CharField(_("nomor token"), max_length=40, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    use = models.OneToOneField(ServiceUse, models.SET_NULL, related_name="token", null=True)

    class Meta:
        verbose_name = _("pembelian token")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, kwh__gt=0), name="token_is_something")
        ]
