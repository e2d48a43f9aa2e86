"""Files that were brought in: each run, and each row that needs a look."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from tatausaha.core.people.models import Person


class ImportRun(models.Model):
    """One file: previewed, then run to its end; it goes on after `done_rows` rows.

    `kind` says what its rows are (`core.imports.kinds`); `options` are the answers that were
    given beside the file.
    """

    class State(models.TextChoices):
        PREVIEWED = "pratinjau", _("Menunggu persetujuan")
        RUNNING = "berjalan", _("Sedang dimasukkan")
        DONE = "selesai", _("Selesai")
        DROPPED = "dibatalkan", _("Dibatalkan")

    kind = models.CharField(max_length=40, db_index=True)
    options = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    name = models.CharField(_("nama berkas"), max_length=200)
    file = models.CharField(max_length=200, editable=False)
    encoding = models.CharField(_("pengodean"), max_length=20)
    delimiter = models.CharField(_("pemisah"), max_length=1)
    columns = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=State, default=State.PREVIEWED)
    total_rows = models.PositiveIntegerField(default=0)
    done_rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(_("baru"), default=0)
    updated = models.PositiveIntegerField(_("diperbarui"), default=0)
    unchanged = models.PositiveIntegerField(_("tidak berubah"), default=0)
    refused = models.PositiveIntegerField(_("ditolak"), default=0)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("impor berkas")

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
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="one_answer_an_import_row")]
