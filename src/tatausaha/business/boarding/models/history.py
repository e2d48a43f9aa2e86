"""What was changed in a house, its rooms, types and services: who, when, before and after (SYS-10)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.house import House
from tatausaha.core.people.models import Person


class HouseChange(models.Model):
    """One field of a house or of something in it, before and after; append-only, held by triggers.

    `thing` and `field` are what they were called on that day, as people read them.
    """

    house = models.ForeignKey(House, models.PROTECT, related_name="changes")
    thing = models.CharField(_("apa"), max_length=120)
    field = models.CharField(_("bagian"), max_length=60)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("perubahan rumah kos")
        indexes = [models.Index(fields=["house", "-at"], name="house_changes_by_day")]
