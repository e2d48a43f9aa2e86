"""Every paper that went out, so that anybody who holds one can ask whether it is genuine."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.core.people.models import Person, Unit


class Paper(models.Model):
    """A paper with a number and a public token. Written once; it may only be voided (triggers).

    `facts` are what the public page may say: `name` (masked), `amount` (rupiah, may be absent), and
    what `Sheet.public` tells: lines, period, due day, what was left.
    `fingerprint` is the SHA-256 of what the paper says (`sheets.fingerprint`).
    """

    class State(models.TextChoices):
        GENUINE = "genuine", _("asli")
        VOID = "void", _("batal")

    kind = models.CharField(max_length=30)
    number = models.CharField(_("nomor"), max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    token = models.CharField(max_length=26, unique=True)
    issued_on = models.DateField(_("tanggal"))
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    fingerprint = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.GENUINE)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(_("alasan batal"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("surat")
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="one_paper_bears_a_number"),
            models.CheckConstraint(
                condition=Q(state="genuine", voided_at=None, voided_by=None, void_reason="")
                | (Q(state="void", voided_at__isnull=False) & ~Q(void_reason="")),
                name="void_papers_say_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Asked(models.Model):
    """How often somebody asked for something within a minute, counted for all web processes at once.

    `limits.count` is its one writer; one row a key, and nothing of it outlives a day.
    """

    key = models.CharField(max_length=120, unique=True)
    minute = models.DateTimeField(db_index=True)
    n = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("hitungan permintaan")
