"""What is owed and what is held: invoices, what settled them, and money that is not ours.

Invoices, allocations, credit notes and movements of held money are written once; triggers
refuse every change of them but the running sums (migration 0002).
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tatausaha.core.ledger.models import Journal
from tatausaha.core.people.models import Person, Unit


class Invoice(models.Model):
    """A bill (tagihan) to one person for one purpose of one case (KOS-21). Amounts in rupiah.

    `settled` is money that came for it, `credited` what was taken off it by credit notes or
    written off. `income` is the part that is earned on the due date; the rest is money to be
    held (advance, deposit). Late is computed, never stored.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.CharField(_("nomor"), max_length=80, unique=True)
    payer = models.ForeignKey(Person, models.PROTECT, related_name="invoices")
    procedure = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    case_number = models.CharField(max_length=30)
    purpose = models.CharField(max_length=40)
    issued_at = models.DateTimeField(_("diterbitkan"))
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("jatuh tempo"))
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    total = models.BigIntegerField(_("jumlah"))
    income = models.BigIntegerField()
    settled = models.BigIntegerField(default=0)
    credited = models.BigIntegerField(default=0)
    recognised_on = models.DateField(null=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("tagihan")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "subject_id", "purpose", "period_start"],
                condition=Q(voided_at__isnull=True, period_start__isnull=False),
                name="one_invoice_a_period",
            ),
            models.UniqueConstraint(
                fields=["procedure", "subject_id", "purpose"],
                condition=Q(voided_at__isnull=True, period_start__isnull=True),
                name="one_invoice_a_purpose",
            ),
            models.CheckConstraint(
                condition=Q(total__gt=0, total__lte=10**15), name="invoice_asks_for_something"
            ),
            models.CheckConstraint(
                condition=Q(income__gte=0, income__lte=F("total")), name="invoice_income_in_total"
            ),
            models.CheckConstraint(
                condition=Q(settled__gte=0, credited__gte=0, total__gte=F("settled") + F("credited")),
                name="invoice_settled_within_total",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="void_invoice_says_why",
            ),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True, period_end__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="invoice_period_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_on", "id"], name="invoice_by_unit"),
            models.Index(fields=["payer", "due_on", "id"], name="invoice_by_payer"),
            models.Index(fields=["procedure", "subject_id"], name="invoice_by_case"),
            models.Index(
                fields=["due_on"],
                condition=Q(recognised_on__isnull=True, voided_at__isnull=True, income__gt=0),
                name="invoice_to_recognise",
            ),
            models.Index(
                fields=["unit", "due_on"],
                condition=Q(voided_at__isnull=True, total__gt=F("settled") + F("credited")),
                name="invoice_open",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def remaining(self) -> int:
        """What is still to be paid, in rupiah; nothing once it is void."""
        return 0 if self.voided_at else self.total - self.settled - self.credited

    def get_absolute_url(self) -> str:
        """The page of the bill."""
        return f"/tagihan/{self.number}/"


class InvoiceLine(models.Model):
    """A line of an invoice. `account` is the income account, or the one that money is held on."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30)
    account = models.CharField(max_length=5)
    description = models.CharField(max_length=200)
    amount = models.BigIntegerField()
    settled = models.BigIntegerField(default=0)
    credited = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="invoice_lines_in_order"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="invoice_line_asks_for_something"),
            models.CheckConstraint(
                condition=Q(settled__gte=0, credited__gte=0, amount__gte=F("settled") + F("credited")),
                name="invoice_line_settled_within_amount",
            ),
        ]

    @property
    def remaining(self) -> int:
        """What of this line is still to be paid, in rupiah."""
        return self.amount - self.settled - self.credited


class Allocation(models.Model):
    """Money that went to an invoice line, or (negative) was taken off it again. Never changed.

    `source` says where it came from; `payment_id` is the payment's id where it was one.
    `booked_on` is the book date: what the cash view of the reports counts by. `prepaid` says
    that the bill was not booked yet, so that the money was held as paid in advance.
    """

    class Source(models.TextChoices):
        PAYMENT = "payment", _("pembayaran")
        ADVANCE = "advance", _("uang muka")
        DEPOSIT = "deposit", _("deposit")
        BALANCE = "balance", _("saldo")
        UNIDENTIFIED = "unidentified", _("titipan")
        CREDIT = "credit", _("nota kredit")
        RELEASE = "release", _("tagihan dibatalkan")

    line = models.ForeignKey(InvoiceLine, models.PROTECT, related_name="allocations")
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="allocations")
    source = models.CharField(max_length=20, choices=Source)
    payment_id = models.BigIntegerField(null=True)
    amount = models.BigIntegerField()
    journal = models.ForeignKey(Journal, models.PROTECT, null=True, related_name="+")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    prepaid = models.BooleanField(default=False)
    booked_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="allocation_moves_something"),
            models.CheckConstraint(
                condition=~Q(source="payment") | Q(payment_id__isnull=False),
                name="allocation_names_its_payment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["payment_id"], condition=Q(payment_id__isnull=False), name="allocation_by_payment"
            ),
            models.Index(fields=["booked_on"], name="allocation_by_day"),
        ]


class CreditNote(models.Model):
    """What was taken off an issued invoice, and why: a credit note, or a debt written off."""

    class Kind(models.TextChoices):
        CREDIT = "credit", _("nota kredit")
        WRITE_OFF = "write_off", _("penghapusan piutang")

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="credit_notes")
    number = models.CharField(_("nomor"), max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    amount = models.BigIntegerField(_("jumlah"))
    to_balance = models.BigIntegerField(default=0)
    reason = models.CharField(_("alasan"), max_length=200)
    journal = models.ForeignKey(Journal, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("nota kredit")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, to_balance__gte=0, to_balance__lte=F("amount")),
                name="credit_note_amounts",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="credit_note_says_why"),
        ]


class CreditNoteLine(models.Model):
    """How a credit note falls on the lines of the invoice."""

    note = models.ForeignKey(CreditNote, models.PROTECT, related_name="lines")
    line = models.ForeignKey(InvoiceLine, models.PROTECT, related_name="credits")
    amount = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="credit_note_line_amount")]


class Holding(models.Model):
    """Money of a person that the company holds and that is not its own, for a case or without one.

    `advance`: down payments; `prepaid`: paid for bills that are not due yet; `deposit`;
    `balance`: paid too much (saldo, no case); `unidentified`: too late, or from nobody known.
    """

    class Kind(models.TextChoices):
        ADVANCE = "advance", _("uang muka")
        PREPAID = "prepaid", _("dibayar di muka")
        DEPOSIT = "deposit", _("deposit")
        BALANCE = "balance", _("saldo")
        UNIDENTIFIED = "unidentified", _("titipan")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    procedure = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(default=0)
    case_number = models.CharField(max_length=30, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    balance = models.BigIntegerField(default=0)
    moves = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("uang yang dipegang")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "subject_id", "kind", "person", "unit"], name="one_holding_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(balance__gte=0),
                name="holding_not_below_zero",
                violation_error_message=_("Uang yang dipegang tidak cukup untuk ini."),
            ),
        ]
        indexes = [models.Index(fields=["person", "unit", "kind"], name="holding_by_person")]


class HoldingEntry(models.Model):
    """One movement of held money: terima, pakai, potong, kembali, hangus, pindah. Never changed."""

    class Move(models.TextChoices):
        RECEIVED = "received", _("terima")
        APPLIED = "applied", _("pakai")
        DEDUCTED = "deducted", _("potong")
        RETURNED = "returned", _("kembali")
        FORFEITED = "forfeited", _("hangus")
        MOVED = "moved", _("pindah")
        UNDONE = "undone", _("dibatalkan")

    holding = models.ForeignKey(Holding, models.PROTECT, related_name="entries")
    seq = models.PositiveIntegerField()
    move = models.CharField(max_length=10, choices=Move)
    amount = models.BigIntegerField()
    balance_after = models.BigIntegerField()
    journal = models.ForeignKey(Journal, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holding", "seq"], name="holding_entries_in_order"),
            models.CheckConstraint(condition=Q(balance_after__gte=0), name="holding_entry_not_below_zero"),
            models.CheckConstraint(condition=~Q(amount=0), name="holding_entry_moves_something"),
        ]
