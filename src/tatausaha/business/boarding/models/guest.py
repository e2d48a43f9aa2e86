"""Somebody who stays overnight with a tenant, as the RT or kelurahan is told (KOS-07; rules/boarding 16.6)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.room import Room
from tatausaha.business.boarding.models.stay import Stay
from tatausaha.core.people.models import IdentityPaper, Person


class Guest(models.Model):
    """A guest of a tenant, from the day of arrival until the day of leaving; a line of one letter (`resident_move`).

    Of the identity document only its kind is kept, never its number. `room` is where the guest sleeps: the
    tenant may have moved on when the letter is printed.
    """

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="guests")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, related_name="+")
    name = models.CharField(_("nama tamu"), max_length=120)
    origin = models.CharField(_("asal atau hubungan"), max_length=120)
    purpose = models.CharField(_("keperluan"), max_length=120)
    identity_kind = models.CharField(
        _("jenis tanda pengenal"), max_length=12, choices=IdentityPaper.Kind, blank=True
    )
    from_on = models.DateField(_("mulai menginap"))
    until_on = models.DateField(_("pergi pada"))
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tamu menginap")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")), name="guest_leaves_after_arriving"
            ),
            models.UniqueConstraint(
                fields=["stay", "name", "from_on"],
                name="one_guest_a_name_and_day",
                violation_error_message=_("Tamu ini sudah dicatat mulai tanggal itu."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
