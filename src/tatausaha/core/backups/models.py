"""What became of every backup and every drill."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BackupRun(models.Model):
    """A backup, a restore drill or an export file that ended, well or not. Written once, never changed (triggers).

    Moments are the company's. `backup` names the backup in its place, `digest` is the SHA-256 of its
    manifest as it lies there, `size` the bytes of everything that it needs. `figures` of a drill: how
    many journals, sealed months and files were compared, and how long it took in seconds. Of an export file
    `place` is its folder, `backup` its name, and `figures` tells its rows.
    """

    class Kind(models.TextChoices):
        BACKUP = "backup", _("cadangan")
        DRILL = "drill", _("uji pulih")
        EXPORT = "export", _("berkas ekspor")

    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    place = models.CharField(_("tempat"), max_length=300)
    began_at = models.DateTimeField(_("mulai"))
    finished_at = models.DateTimeField(_("selesai"))
    ok = models.BooleanField(_("berhasil"))
    reason = models.TextField(_("sebab gagal"), blank=True)
    backup = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(_("ukuran"), default=0)
    files = models.PositiveIntegerField(_("berkas"), default=0)
    figures = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("catatan cadangan")
        constraints = [
            models.CheckConstraint(
                condition=Q(ok=True, reason="") | (Q(ok=False) & ~Q(reason="")), name="failed_backup_says_why"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__gte=models.F("began_at")), name="backup_ends_after_it_began"
            ),
        ]
        indexes = [models.Index(fields=["kind", "place", "-finished_at"], name="backup_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.place} {self.finished_at:%Y-%m-%d %H:%M}"


class BackupAsk(models.Model):
    """Somebody asked by a page for a backup, a drill or an export file now. Written once, never changed (triggers)."""

    kind = models.CharField(max_length=10, choices=BackupRun.Kind)
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("permintaan cadangan")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"


class KeyKept(models.Model):
    """The owner said that the recovery key lies outside this machine. Written once, never changed (triggers).

    `mark` tells which key, without telling the key.
    """

    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    mark = models.CharField(max_length=16)

    class Meta:
        verbose_name = _("kunci pemulihan disimpan")

    def __str__(self) -> str:
        return f"{self.mark} {self.at:%Y-%m-%d}"
