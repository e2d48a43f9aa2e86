"""Listings that came from files: each run, each row that needs a look, and what a house came from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.house import House
from tatausaha.core.people.models import Person


class ImportRun(models.Model):
    """One file of listings: previewed, then run to its end; it goes on after `done_rows` rows."""

    class State(models.TextChoices):
        PREVIEWED = "pratinjau", _("Menunggu persetujuan")
        RUNNING = "berjalan", _("Sedang dimasukkan")
        DONE = "selesai", _("Selesai")
        DROPPED = "dibatalkan", _("Dibatalkan")

    name = models.CharField(_("nama berkas"), max_length=200)
    file = models.CharField(max_length=200, editable=False)
    encoding = models.CharField(_("pengodean"), max_length=20)
    delimiter = models.CharField(_("pemisah"), max_length=1)
    columns = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=State, default=State.PREVIEWED)
    total_rows = models.PositiveIntegerField(default=0)
    done_rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(_("rumah baru"), default=0)
    updated = models.PositiveIntegerField(_("diperbarui"), default=0)
    unchanged = models.PositiveIntegerField(_("tidak berubah"), default=0)
    refused = models.PositiveIntegerField(_("ditolak"), default=0)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("impor daftar kos")

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """A row of a file that was refused, or taken with a remark: as it was, with the reason."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("baris data"))
    line = models.PositiveIntegerField(_("baris berkas"))
    refused = models.BooleanField(default=True)
    reason = models.TextField(_("alasan"))
    original = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("baris impor")
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="one_answer_a_row")]


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
