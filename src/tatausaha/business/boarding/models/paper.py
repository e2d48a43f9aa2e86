"""Papers of a stay: the agreement, the receipt for the deposit, the final settlement (rules/boarding 16.10)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tatausaha.business.boarding.models.stay import Stay
from tatausaha.core.documents.models import Paper
from tatausaha.core.people.models import Person, Unit


class StayPaper(models.Model):
    """A numbered paper of a stay. Written once (triggers): `said` is what it says, word for word, for every reprint."""

    class Kind(models.TextChoices):
        AGREEMENT = "agreement", _("Perjanjian sewa")
        DEPOSIT = "deposit_receipt", _("Tanda terima deposit")
        SETTLEMENT = "settlement", _("Perhitungan keluar")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20, choices=Kind)
    number = models.CharField(_("nomor"), max_length=80, unique=True)
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="+")
    said = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("surat hunian")
        constraints = [models.UniqueConstraint(fields=["stay", "kind"], name="one_paper_of_a_kind_a_stay")]

    def __str__(self) -> str:
        return self.number
