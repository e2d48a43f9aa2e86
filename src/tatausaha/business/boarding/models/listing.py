"""Where a house came from, if it came from a file of listings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.house import House
from tatausaha.core.imports.models import ImportRun


class ListingSource(models.Model):
    """Where a house came from: the key that finds it again, its last row's digest, and where that row was."""

    house = models.OneToOneField(House, models.CASCADE, related_name="source")
    key = models.CharField(max_length=200, unique=True)
    digest = models.CharField(max_length=64)
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    down_payment_percent = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("asal daftar")
