"""Who has a claim on a room, and when. The database refuses two live claims that overlap (KOS-02).

PostgreSQL holds it by an exclusion constraint, SQLite by a trigger; both are named
`room_claims_never_overlap` (migration 0002).
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.room import Room
from tatausaha.core.people.models import Unit


class RoomClaim(models.Model):
    """A claim on a room from `from_on` up to, not including, `until_on`; without it: open-ended.

    A claim that is past `expires_at` counts as gone in every read, whether or not somebody
    has tidied it up yet. `holder` is the number of the case that holds it.
    """

    class Kind(models.TextChoices):
        HOLD = "ditahan", _("Ditahan")
        BOOKED = "dipesan", _("Dipesan")
        OCCUPIED = "terisi", _("Terisi")
        INSPECTION = "periksa", _("Diperiksa")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=10, choices=Kind)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    holder = models.CharField(max_length=40, db_index=True)
    live = models.BooleanField(default=True)
    expires_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("klaim kamar")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="claim_lasts_a_day"
            ),
            models.CheckConstraint(
                condition=Q(live=True, released_at__isnull=True) | Q(live=False, released_at__isnull=False),
                name="claim_live_or_released",
            ),
        ]
        indexes = [
            models.Index(fields=["room", "from_on"], condition=Q(live=True), name="live_claims_of_a_room")
        ]
