"""The waiting list of a full house: who wants which room, which room became bookable, who was told (KOS-01, KOS-02)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.booking import Occupant
from tatausaha.business.boarding.models.room import Room, RoomType
from tatausaha.core.procedures.models import Tracked


class Wish(Tracked):
    """A prospect (`customer`) waits for a room of a house: this `room`, any of a `room_type`, or any at all.

    He wants to move in on `latest_on` or before, for at most `budget` rupiah per 30 days where he
    names one. A wish holds no room: the first booking wins (rules/boarding 1).
    """

    shown_with = ("room", "room_type")

    class Status(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        BOOKED = "booked", _("Sudah memesan")
        WITHDRAWN = "withdrawn", _("Ditarik kembali")
        LAPSED = "lapsed", _("Kedaluwarsa")

    status = models.CharField(max_length=30, choices=Status, editable=False)
    room_type = models.ForeignKey(RoomType, models.PROTECT, null=True, related_name="wishes")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="wishes")
    occupant = models.CharField(_("penghuni"), max_length=10, choices=Occupant)
    latest_on = models.DateField(_("masuk paling lambat"))
    budget = models.BigIntegerField(_("sewa paling tinggi per 30 hari"), null=True, blank=True)

    class Meta(Tracked.Meta):
        verbose_name = _("daftar tunggu")
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "unit"],
                condition=Q(status="waiting"),
                name="one_live_wish_a_person_and_house",
                violation_error_message=_("Anda sudah ada di daftar tunggu rumah ini."),
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gt=0), name="wish_budget_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(room__isnull=True) | Q(room_type__isnull=True), name="wish_for_a_room_or_a_type"
            ),
        ]


class RoomOffer(models.Model):
    """A room that became bookable while somebody waited for it: since when, until when, free from which day."""

    room = models.ForeignKey(Room, models.PROTECT, related_name="offers")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    from_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["room"], condition=Q(until__isnull=True), name="one_open_offer_a_room"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="offer_ends_after_it_began"
            ),
        ]


class WishTold(models.Model):
    """Somebody on the list was told of a room; once a wish and offer."""

    offer = models.ForeignKey(RoomOffer, models.PROTECT, related_name="told")
    wish = models.ForeignKey(Wish, models.PROTECT, related_name="told")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "wish"], name="told_once_an_offer")]
