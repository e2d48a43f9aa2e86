"""Rows of a provider's recap that were taken over: each once, whatever file it comes in again (KOS-09)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.stay import ServiceUse
from tatausaha.core.imports.models import ImportRun


class RecapLine(models.Model):
    """The use that a row became; `key` tells the row again (service, room, day, quantity, amount, note)."""

    key = models.CharField(max_length=64, unique=True)
    use = models.OneToOneField(ServiceUse, models.PROTECT, related_name="recap")
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("baris data"))

    class Meta:
        verbose_name = _("baris rekap")
