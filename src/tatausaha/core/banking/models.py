"""Statements of the company's bank accounts, their lines, and what each line is in the books.

A line is written once and never changed, by triggers; what it belongs to is a row of its own
(`Match`), of which at most one is in force. A trigger holds that the journal of a match moved the
very amount on the ledger account of that bank account.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.core.ledger.models import Journal
from tatausaha.core.payments.models import BankAccount
from tatausaha.core.people.models import Person


class Statement(models.Model):
    """One file or paste: looked at, then taken in whole, or dropped. Balances are in sen.

    `layout` names the bank's form (`reading.layouts`). The file is kept as it came.
    """

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("dilihat, belum dimasukkan")
        TAKEN = "taken", _("dimasukkan")
        DROPPED = "dropped", _("dibatalkan")

    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="statements")
    name = models.CharField(_("nama berkas"), max_length=200)
    file = models.CharField(max_length=200, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    layout = models.CharField(_("bentuk"), max_length=20)
    first_on = models.DateField(_("dari"))
    last_on = models.DateField(_("sampai"))
    opening = models.BigIntegerField(null=True)
    closing = models.BigIntegerField(null=True)
    rows = models.PositiveIntegerField(_("baris"))
    pending = models.PositiveIntegerField(_("belum final"), default=0)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEWED)
    fresh = models.PositiveIntegerField(_("baris baru"), null=True)
    brought_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mutasi rekening")
        constraints = [
            models.CheckConstraint(
                condition=Q(first_on__lte=models.F("last_on")), name="statement_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state="taken", taken_at__isnull=False, fresh__isnull=False)
                | (~Q(state="taken") & Q(taken_at__isnull=True, fresh__isnull=True)),
                name="taken_statement_says_when",
            ),
        ]
        indexes = [models.Index(fields=["bank_account", "-id"], name="statement_by_account")]

    def __str__(self) -> str:
        return self.name


class BankLine(models.Model):
    """A row of a statement, as the bank wrote it (`raw`). Above zero is money that came in.

    `sen` and `balance` (after it) are the bank's own, in hundredths of a rupiah; `amount` is whole
    rupiah: the change of the rounded balance, so that rounding never adds up (rules/ledger 11).
    Twins of one file, the same to the last letter, are told apart by `turn`.
    """

    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="lines")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField(_("baris berkas"))
    on = models.DateField(_("tanggal"), db_column="on_day")
    time = models.TimeField(null=True)
    sen = models.BigIntegerField()
    amount = models.BigIntegerField(_("jumlah"))
    balance = models.BigIntegerField(null=True)
    text = models.CharField(_("keterangan"), max_length=500)
    reference = models.CharField(_("referensi"), max_length=80, blank=True)
    raw = models.TextField()
    fingerprint = models.CharField(max_length=32, editable=False)
    turn = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("baris mutasi")
        constraints = [
            models.UniqueConstraint(fields=["bank_account", "fingerprint", "turn"], name="one_bank_line"),
            models.CheckConstraint(condition=~Q(sen=0), name="bank_line_moves_something"),
            models.CheckConstraint(
                condition=Q(sen__gte=models.F("amount") * 100 - 100, sen__lte=models.F("amount") * 100 + 100),
                name="bank_line_is_rounded",
            ),
        ]
        indexes = [models.Index(fields=["bank_account", "on", "id"], name="bank_line_by_day")]

    def __str__(self) -> str:
        return self.text


class Match(models.Model):
    """What a line is in the books: a journal, or nothing that is booked, with a note why.

    At most one is in force for a line, and for a journal on a bank account. Undone it stays.
    """

    line = models.ForeignKey(BankLine, models.PROTECT, related_name="matches")
    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="+")
    journal = models.ForeignKey(Journal, models.PROTECT, null=True, related_name="bank_matches")
    note = models.CharField(_("catatan"), max_length=200, blank=True)
    why = models.CharField(_("sebab"), max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("pencocokan mutasi")
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(undone_at__isnull=True), name="one_match_of_a_bank_line",
                violation_error_message=_("Baris ini sudah dicocokkan."),
            ),
            models.UniqueConstraint(
                fields=["bank_account", "journal"], condition=Q(undone_at__isnull=True, journal__isnull=False),
                name="one_bank_line_of_a_journal",
                violation_error_message=_("Catatan ini sudah dicocokkan dengan baris mutasi lain."),
            ),
            models.CheckConstraint(
                condition=Q(journal__isnull=False) | ~Q(note=""), name="match_is_booked_or_says_why"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="undone_match_says_who",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.why or self.note
