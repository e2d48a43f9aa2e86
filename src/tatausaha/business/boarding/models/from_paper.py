"""Tenants that came from paper: what finds the same row again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.stay import Stay
from tatausaha.core.imports.models import ImportRun


class PaperTenant(models.Model):
    """The row that a stay came from: its key, its digest, and where it stood."""

    stay = models.OneToOneField(Stay, models.PROTECT, related_name="from_paper")
    key = models.CharField(max_length=200, unique=True)
    digest = models.CharField(max_length=64)
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("penghuni dari buku kertas")
