"""When a unit moved in from paper, and what was brought along into the books."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.core.imports.models import ImportRun
from tatausaha.core.ledger.models import Account, Journal
from tatausaha.core.people.models import Person, Unit


class CutOver(models.Model):
    """The day from which a unit keeps its books here (tanggal pindah).

    Opening balances are those of the morning of that day; what happened before stands in
    summaries of months at most.
    """

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="cut_over")
    on = models.DateField(_("tanggal pindah"))
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tanggal pindah")


class Opening(models.Model):
    """One figure that was brought along: an opening balance, or an account's sum of a month.

    `amount` is debit positive; `ym` is the month (`201603`), 0 for an opening balance. Its
    journal stands against the opening equity; a changed figure reverses it and posts the next
    `revision`.
    """

    class Kind(models.TextChoices):
        BALANCE = "balance", _("saldo awal")
        SUMMARY = "summary", _("ringkasan bulanan")

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    ym = models.PositiveIntegerField(default=0)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    party = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    amount = models.BigIntegerField(_("jumlah"))
    revision = models.PositiveIntegerField(default=0)
    journal = models.ForeignKey(Journal, models.PROTECT, related_name="+")
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("baris data"))
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("angka dari buku kertas")
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="opening_says_something"),
            models.CheckConstraint(
                condition=Q(kind="balance", ym=0) | Q(kind="summary", ym__gt=0),
                name="only_summaries_have_a_month",
            ),
        ]
        indexes = [models.Index(fields=["unit", "kind", "ym"], name="opening_by_unit")]
