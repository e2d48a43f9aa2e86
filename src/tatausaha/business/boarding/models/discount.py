"""A rent below the published price: asked for, decided by the owner, and what it has cost so far (KOS-19)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.booking import Booking
from tatausaha.business.boarding.models.room import Room
from tatausaha.business.boarding.models.stay import Stay
from tatausaha.core.billing.models import Invoice
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.models import Tracked


class Discount(Tracked):
    """A manager asks for a lower rent; `customer` is for whom (rules/boarding 16.4).

    `published` and `asked` are rupiah per 30 days. It holds from period `from_period` (0: since
    moving in) for `periods` periods, or for good where that is empty; for one booking or stay in
    one room, and ends when the tenant moves to another.
    """

    shown_with = ("room", "booking", "stay", "asked_by")

    class Status(models.TextChoices):
        ASKED = "asked", _("Menunggu pemilik")
        GRANTED = "granted", _("Disetujui, belum dipakai")
        IN_FORCE = "in_force", _("Berlaku")
        REFUSED = "refused", _("Ditolak")
        WITHDRAWN = "withdrawn", _("Ditarik kembali")
        LAPSED = "lapsed", _("Kedaluwarsa")
        ENDED = "ended", _("Dihentikan")

    status = models.CharField(max_length=30, choices=Status, editable=False)
    room = models.ForeignKey(Room, models.PROTECT, related_name="discounts", verbose_name=_("kamar"))
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="discounts", null=True)
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="discounts", null=True)
    published = models.BigIntegerField(_("harga tertulis"))
    asked = models.BigIntegerField(_("sewa yang diminta"))
    from_period = models.PositiveIntegerField(_("mulai masa sewa"), default=0)
    periods = models.PositiveSmallIntegerField(_("berapa masa sewa"), null=True, blank=True)
    reason = models.CharField(_("alasan"), max_length=300)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta(Tracked.Meta):
        verbose_name = _("potongan harga")
        constraints = [
            models.CheckConstraint(
                condition=Q(asked__gt=0, asked__lt=F("published")),
                name="discount_is_below_the_price",
                violation_error_message=_("Sewa yang diminta harus di bawah harga tertulis."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="discount_says_why"),
            models.CheckConstraint(
                condition=Q(periods__isnull=True) | Q(periods__gte=1), name="discount_holds_some_periods"
            ),
            models.CheckConstraint(
                condition=~Q(status="in_force") | Q(booking__isnull=False) | Q(stay__isnull=False),
                name="discount_in_force_has_its_case",
            ),
            models.UniqueConstraint(
                fields=["room", "customer"],
                condition=Q(status__in=["asked", "granted"]),
                name="one_open_discount_a_person",
                violation_error_message=_("Masih ada permintaan potongan untuk orang dan kamar ini."),
            ),
        ]


class DiscountGiven(models.Model):
    """What one bill of rent was lower than by the published price, in rupiah; written once."""

    discount = models.ForeignKey(Discount, models.PROTECT, related_name="given")
    invoice = models.OneToOneField(Invoice, models.PROTECT, related_name="+")
    amount = models.BigIntegerField(_("potongan"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="discount_gives_something")]
