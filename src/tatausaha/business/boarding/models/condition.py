"""Condition sheets in pairs: what a room was like when the tenant came, and when he left (KOS-12; boarding 16.8)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.room import Room, RoomType
from tatausaha.business.boarding.models.stay import Stay
from tatausaha.core.people.models import Person, Unit


class ChecklistItem(models.Model):
    """A line with which the condition sheets of a room type begin (bed, lamp, key …)."""

    room_type = models.ForeignKey(RoomType, models.CASCADE, related_name="checklist")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("barang"), max_length=80)

    class Meta:
        verbose_name = _("daftar periksa")
        constraints = [
            models.UniqueConstraint(fields=["room_type", "name"], name="one_line_once_a_checklist"),
        ]


class ConditionSheet(models.Model):
    """The state of a room at one end of a stay: made by the manager, handed to the tenant, agreed to, sealed.

    While it is a draft (`handed_at` empty) its lines may be changed; a tenant who objects makes
    it a draft again. From `sealed_at` on neither the sheet nor a line can be changed (triggers);
    `fingerprint` is the SHA-256 of what it says. A sheet that was sealed without `agreed_by` was
    left unanswered, or decided by the owner.
    """

    class Kind(models.TextChoices):
        IN = "in", _("masuk")
        OUT = "out", _("keluar")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="sheets")
    room = models.ForeignKey(Room, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=Kind)
    number = models.CharField(_("nomor"), max_length=80, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    handed_at = models.DateTimeField(null=True)
    handed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    objection = models.CharField(_("keberatan penghuni"), max_length=500, blank=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    on_paper = models.BooleanField(_("disetujui di kertas"), default=False)
    sealed_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("lembar kondisi")
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "room", "kind"],
                name="one_condition_sheet_each_way",
                violation_error_message=_("Lembar kondisi ini sudah dibuat."),
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="one_condition_sheet_a_number"
            ),
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True, agreed_at__isnull=True, sealed_at__isnull=True)
                | (Q(handed_at__isnull=False) & ~Q(number="")),
                name="condition_sheet_is_handed_over_first",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False, sealed_at__isnull=False),
                name="condition_sheet_agreed_is_sealed",
            ),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True, fingerprint="")
                | (Q(sealed_at__isnull=False) & ~Q(fingerprint="")),
                name="condition_sheet_sealed_with_fingerprint",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Lembar %(kind)s") % {"kind": self.get_kind_display()})


class ConditionItem(models.Model):
    """A line of a sheet: a thing, its state, a note, a photo. `pair` is the line of the in-sheet for the same thing.

    `photo` names the picture outside; `photo_edges` are the sizes that are kept (pixels of the
    longer side, largest first) and `photo_digest` the SHA-256 of the largest.
    """

    class State(models.TextChoices):
        UNSEEN = "", _("belum diperiksa")
        GOOD = "good", _("baik")
        WORN = "worn", _("aus wajar")
        BROKEN = "broken", _("rusak")
        MISSING = "missing", _("tidak ada")

    sheet = models.ForeignKey(ConditionSheet, models.PROTECT, related_name="items")
    pair = models.OneToOneField("self", models.PROTECT, null=True, related_name="after")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("barang"), max_length=80)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, blank=True)
    note = models.CharField(_("catatan"), max_length=200, blank=True)
    photo = models.CharField(max_length=26, blank=True)
    photo_edges = models.JSONField(default=list)
    photo_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("baris lembar kondisi")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "name"],
                name="one_thing_once_a_sheet",
                violation_error_message=_("Barang dengan nama ini sudah ada di lembar."),
            ),
            models.UniqueConstraint(
                fields=["photo"], condition=~Q(photo=""), name="one_condition_photo_a_line"
            ),
            models.CheckConstraint(
                condition=Q(photo="", photo_digest="") | (~Q(photo="") & ~Q(photo_digest="")),
                name="condition_photo_with_its_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def small_edge(self) -> int:
        """The smallest size in which the photo is kept."""
        return int(self.photo_edges[-1]) if self.photo_edges else 0
