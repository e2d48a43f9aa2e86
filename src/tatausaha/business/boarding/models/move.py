"""A tenant moved from one room of a house to another, in the middle of a period (rules/boarding 11)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.claim import RoomClaim
from tatausaha.business.boarding.models.room import Room
from tatausaha.business.boarding.models.stay import Stay
from tatausaha.core.procedures.models import Tracked


class RoomMove(Tracked):
    """One move of a stay, with the figures that were agreed; the old room is inspected before it is free.

    Amounts in rupiah; `difference` is that of the rent for `days_left` days, rounded once: over 0 it
    was billed, under 0 credited. `claim` is what is left of the claim on the old room; a swap
    (`swapped_with`) leaves none. What was agreed is never changed (triggers, migration 0022).
    """

    shown_with = ("stay", "from_room", "to_room")

    class Status(models.TextChoices):
        INSPECTION = "inspection", _("Kamar lama diperiksa")
        SETTLED = "settled", _("Selesai")

    status = models.CharField(max_length=30, choices=Status, editable=False)
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="room_moves")
    from_room = models.ForeignKey(Room, models.PROTECT, related_name="+", verbose_name=_("kamar lama"))
    to_room = models.ForeignKey(Room, models.PROTECT, related_name="+", verbose_name=_("kamar baru"))
    moved_on = models.DateField(_("pindah pada"))
    rent_before = models.BigIntegerField(_("sewa lama per 30 hari"))
    rent_after = models.BigIntegerField(_("sewa baru per 30 hari"))
    days_left = models.PositiveSmallIntegerField(_("sisa hari"))
    difference = models.BigIntegerField(_("selisih sewa"))
    deposit_asked = models.BigIntegerField(_("tambahan deposit"), default=0)
    price_reason = models.CharField(_("alasan harga lain"), max_length=200, blank=True)
    paper_number = models.CharField(max_length=80, unique=True)
    claim = models.OneToOneField(RoomClaim, models.PROTECT, null=True, related_name="room_move")
    swapped_with = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")

    class Meta(Tracked.Meta):
        verbose_name = _("pindah kamar")
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "moved_on"],
                name="one_room_move_a_day",
                violation_error_message=_("Penghuni ini sudah pindah kamar pada tanggal itu."),
            ),
            models.CheckConstraint(
                condition=~Q(from_room=F("to_room")),
                name="room_move_changes_the_room",
                violation_error_message=_("Kamar baru sama dengan kamar lama."),
            ),
            models.CheckConstraint(
                condition=Q(rent_before__gt=0, rent_after__gt=0, deposit_asked__gte=0),
                name="room_move_amounts",
            ),
            models.CheckConstraint(
                condition=Q(rent_after__gte=F("rent_before"), difference__gte=0)
                | Q(rent_after__lt=F("rent_before"), difference__lte=0),
                name="room_move_difference_goes_with_the_rent",
            ),
        ]
