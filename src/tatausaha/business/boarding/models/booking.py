"""A booking: one room held for one person, until it is paid for, moved into, or given up."""

from enum import StrEnum

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.claim import RoomClaim
from tatausaha.business.boarding.models.cycle import Cycle, known
from tatausaha.business.boarding.models.price import ExtraService
from tatausaha.business.boarding.models.room import Room
from tatausaha.core.people.models import Person
from tatausaha.core.procedures.models import Tracked


class Purpose(StrEnum):
    """What an invoice of a booking or a stay is for; one running invoice a purpose and period."""

    DOWN_PAYMENT = "down_payment"
    FIRST_RENT = "first_rent"
    MOVE_IN = "move_in"
    RENT = "rent"
    DAMAGE = "damage"
    OVERSTAY = "overstay"
    USES = "uses"
    PAPER = "paper"
    MOVE = "move"
    MOVE_DAMAGE = "move_damage"
    LATE_FEE = "late_fee"


class Occupant(models.TextChoices):
    """Who will live in the room; houses for men or for women ask (rules/boarding 13)."""

    MAN = "pria", _("Laki-laki")
    WOMAN = "wanita", _("Perempuan")


class Cause(models.TextChoices):
    """Why the house breaks a booking; all of the money goes back (rules/boarding 5)."""

    BROKEN = "broken", _("Kamar rusak atau belum siap")
    PROMISED_TWICE = "promised_twice", _("Kamar terlanjur dijanjikan kepada orang lain")
    HOUSE_RULES = "house_rules", _("Tidak sesuai aturan rumah")
    CLOSING = "closing", _("Rumah atau kamar tidak disewakan lagi")
    OTHER = "other", _("Alasan lain")


class Booking(Tracked):
    """A room held for a prospect (KOS-02 to KOS-06). `customer` is the prospect.

    Prices, down payment and deposit are those of the day of the booking, in rupiah; what is
    published later does not touch them (rules/boarding 2), nor does another `cycle` of the house.
    `lowered`: a discount was granted for it.
    """

    shown_with = ("room", "registration__person")

    class Status(models.TextChoices):
        HELD = "held", _("Menunggu pembayaran")
        VERIFYING = "verifying", _("Menunggu verifikasi")
        SECURED = "secured", _("Uang muka diterima")
        PAID_UP = "paid_up", _("Sewa lunas")
        CHECKED_IN = "checked_in", _("Sudah masuk")
        EXPIRED = "expired", _("Kedaluwarsa")
        CANCELLED = "cancelled", _("Batal")
        FORFEITED = "forfeited", _("Batal, uang muka hangus")

    class Plan(models.TextChoices):
        DOWN_PAYMENT = "down_payment", _("Uang muka dulu")
        FULL = "full", _("Sewa bulan pertama lunas sekarang")

    status = models.CharField(max_length=30, choices=Status, editable=False)
    room = models.ForeignKey(Room, models.PROTECT, related_name="bookings", verbose_name=_("kamar"))
    claim = models.OneToOneField(RoomClaim, models.PROTECT, null=True, related_name="booking")
    occupant = models.CharField(_("penghuni"), max_length=10, choices=Occupant)
    move_in_on = models.DateField(_("rencana masuk"))
    hold_until = models.DateTimeField(_("ditahan sampai"))
    extended = models.BooleanField(_("pernah diperpanjang"), default=False)
    plan = models.CharField(_("cara membayar"), max_length=20, choices=Plan)
    rent = models.BigIntegerField(_("sewa per 30 hari"))
    down_payment = models.BigIntegerField(_("uang muka"))
    deposit = models.BigIntegerField(_("deposit"))
    lowered = models.BooleanField(default=False, editable=False)
    cycle = models.CharField(_("siklus tagihan"), max_length=20, choices=Cycle, default=Cycle.DAYS_30)

    class Meta(Tracked.Meta):
        verbose_name = _("pesanan kamar")
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(status__in=["held", "verifying"]),
                name="one_unpaid_booking_a_person",
                violation_error_message=_(
                    "Anda masih punya satu pesanan yang belum dibayar. Bayar atau batalkan dulu pesanan itu."
                ),
            ),
            models.CheckConstraint(
                condition=Q(rent__gt=0, down_payment__gte=0, deposit__gte=0, down_payment__lte=F("rent")),
                name="booking_amounts_make_sense",
            ),
            models.CheckConstraint(condition=known("cycle"), name="booking_cycle_is_known"),
        ]


class BookedService(models.Model):
    """A service that was chosen with the booking, at the price of that day."""

    booking = models.ForeignKey(Booking, models.PROTECT, related_name="services")
    service = models.ForeignKey(ExtraService, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    amount = models.BigIntegerField()
    per_use = models.BooleanField(default=False)
    measure = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "service"], name="one_service_once_a_booking")
        ]


class Registration(models.Model):
    """What a new tenant states before the key is handed over (KOS-07): origin, purpose, whom to call.

    The identity document itself is kept encrypted by `people`; only the owner may let a
    tenant in without one, with a reason.
    """

    booking = models.OneToOneField(Booking, models.PROTECT, related_name="registration")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    origin = models.CharField(_("daerah asal"), max_length=120)
    purpose = models.CharField(_("maksud tinggal"), max_length=120)
    occupation = models.CharField(_("pekerjaan atau kampus"), max_length=120, blank=True)
    emergency_name = models.CharField(_("kontak darurat"), max_length=120)
    emergency_phone = models.CharField(_("nomor HP kontak darurat"), max_length=20)
    paper_id = models.BigIntegerField(null=True)
    waived_because = models.CharField(max_length=200, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("pendaftaran penghuni")
        constraints = [
            models.CheckConstraint(
                condition=Q(paper_id__isnull=False) | ~Q(waived_because=""),
                name="registration_with_a_document",
            ),
        ]
