"""Money that comes and goes: payments, receipts, titipan, refunds, expenses, and the bank accounts they use."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tatausaha.core.billing.models import Holding, Invoice
from tatausaha.core.documents.models import Paper
from tatausaha.core.ledger.models import Journal
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.models import Tracked


class BankAccount(models.Model):
    """An account to which customers transfer: of one unit, or of the company where `unit` is empty.

    Its number is never changed, which triggers hold: another number is another account, opened
    by the owner, known to every owner, and written down in `BankAccountChange` (SYS-10).
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="bank_accounts")
    bank = models.CharField(_("bank"), max_length=40)
    number = models.CharField(_("nomor rekening"), max_length=30)
    holder = models.CharField(_("atas nama"), max_length=120)
    account = models.CharField(_("akun"), max_length=5, default="11201")
    closed_on = models.DateField(_("ditutup"), null=True, blank=True)

    class Meta:
        verbose_name = _("rekening bank")
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "number"],
                condition=Q(closed_on__isnull=True),
                name="one_bank_account",
                violation_error_message=_("Rekening ini sudah terdaftar."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.number} a.n. {self.holder}"


class BankAccountChange(models.Model):
    """Who opened or closed a bank account, and when; append-only, held by triggers (SYS-10)."""

    class What(models.TextChoices):
        OPENED = "opened", _("dibuka")
        CLOSED = "closed", _("ditutup")

    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=10, choices=What)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("perubahan rekening bank")
        constraints = [
            models.UniqueConstraint(
                fields=["bank_account", "what"], name="bank_account_opens_and_closes_once"
            )
        ]


class Payment(Tracked):
    """Money of one payer for chosen bills of one unit (KOS-05, KOS-11). `customer` is the payer.

    `amount` counts, in rupiah: asked for while expected, received once confirmed. A transfer
    is recognised by `expected_amount`, which is `amount` plus a code of 1-3 digits; it has none where
    the SOP of the unit asks for no code.
    """

    class Status(models.TextChoices):
        EXPECTED = "expected", _("menunggu transfer")
        SUBMITTED = "submitted", _("menunggu konfirmasi")
        ESCALATED = "escalated", _("menunggu konfirmasi, pemilik diberi tahu")
        CONFIRMED = "confirmed", _("dikonfirmasi")
        REJECTED = "rejected", _("ditolak")
        LAPSED = "lapsed", _("tidak jadi ditransfer")
        REVERSED = "reversed", _("dibatalkan")

    LIVE = ("expected", "submitted", "escalated")
    PENDING = ("submitted", "escalated")

    status = models.CharField(max_length=30, choices=Status, editable=False)
    amount = models.BigIntegerField(_("jumlah"))
    expected_amount = models.BigIntegerField(_("jumlah yang ditransfer"), null=True)
    method = models.CharField(_("cara bayar"), max_length=20)
    bank = models.ForeignKey(BankAccount, models.PROTECT, null=True, related_name="payments")
    received_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    occurred_on = models.DateField(_("tanggal terjadi"), null=True)
    reference = models.CharField(_("nomor referensi"), max_length=80, blank=True)
    sender = models.CharField(_("rekening pengirim"), max_length=120, blank=True)
    key = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 - empty is no key
    invoices = models.ManyToManyField(Invoice, related_name="payments")
    journal = models.OneToOneField(Journal, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    across_months = models.BooleanField(_("lintas bulan"), default=False)

    class Meta(Tracked.Meta):
        verbose_name = _("pembayaran")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, amount__lte=10**15), name="payment_is_of_something"),
            models.CheckConstraint(
                condition=Q(expected_amount__isnull=True)
                | Q(expected_amount__gte=F("amount")) | ~Q(status="expected"),
                name="payment_code_is_added",
            ),
            models.CheckConstraint(
                condition=Q(journal__isnull=True, confirmed_at__isnull=True)
                | Q(journal__isnull=False, confirmed_at__isnull=False, occurred_on__isnull=False),
                name="confirmed_payment_is_booked",
            ),
            models.UniqueConstraint(
                fields=["bank", "expected_amount"],
                condition=Q(status__in=["expected", "submitted", "escalated"]),
                name="one_live_transfer_of_an_amount",
                violation_error_message=_("Ada transfer lain dengan jumlah yang sama. Buka halaman bayar sekali lagi."),
            ),
        ]  # fmt: skip
        indexes = [
            *Tracked.Meta.indexes,
            models.Index(fields=["customer", "-id"], name="payment_by_payer"),
            models.Index(fields=["bank", "expected_amount"], name="payment_by_amount"),
        ]

    @property
    def asked(self) -> int:
        """What the payer is to transfer, in rupiah: with the unique code where there is one."""
        return self.expected_amount or self.amount

    @property
    def ledger_account(self) -> str:
        """The account of the books of the bank account that was used; empty for cash."""
        return self.bank.account if self.bank else ""

    @property
    def cash_holder(self) -> Person | None:
        """In whose hands the cash is; nobody for a transfer."""
        return self.received_by


class Receipt(models.Model):
    """The kuitansi of a confirmed payment: one a payment, numbered without gaps, never taken back (KOS-10).

    A reversed payment voids it: BATAL is printed on it and its number stays. `prints` counts
    the copies; `said` is what the paper says, so that a reprint says the same for ever.
    """

    payment = models.OneToOneField(Payment, models.PROTECT, related_name="receipt")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.CharField(_("nomor"), max_length=80, unique=True)
    payer = models.ForeignKey(Person, models.PROTECT, related_name="receipts")
    amount = models.BigIntegerField(_("jumlah"))
    issued_at = models.DateTimeField()
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="+")
    said = models.JSONField(default=dict)
    prints = models.PositiveIntegerField(default=0)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("kuitansi")
        indexes = [
            models.Index(fields=["payer", "-id"], name="receipt_by_payer"),
            models.Index(fields=["unit", "-id"], name="receipt_by_unit"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The page of the receipt."""
        return f"/kuitansi/{self.number}/"


class Suspense(Tracked):
    """Titipan: money that came too late or from nobody known, until the manager decides about it.

    Held under the case itself (`Holding`, kind unidentified). `origin` is the payment it came with;
    without one, `occurred_on` is the day on the bank statement and `key` that of the form.
    """

    class Status(models.TextChoices):
        HELD = "held", _("menunggu keputusan")
        USED = "used", _("dipakai")
        RETURNED = "returned", _("dikembalikan")
        UNDONE = "undone", _("dibatalkan")

    status = models.CharField(max_length=30, choices=Status, editable=False)
    amount = models.BigIntegerField(_("jumlah"))
    origin = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="suspense")
    sender = models.CharField(_("pengirim"), max_length=120, blank=True)
    reason = models.CharField(_("sebab"), max_length=200)
    occurred_on = models.DateField(_("tanggal masuk"), null=True)
    key = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 - empty is no key

    class Meta(Tracked.Meta):
        verbose_name = _("titipan")


class Refund(Tracked):
    """Held money that goes back to a person. `customer` is the payee (KOS-12).

    From the request on it is held under the refund itself, so that nothing else can use it.
    """

    class Status(models.TextChoices):
        DUE = "due", _("harus dikembalikan")
        PAID = "paid", _("sudah dikembalikan")
        CANCELLED = "cancelled", _("dibatalkan")

    status = models.CharField(max_length=30, choices=Status, editable=False)
    kind = models.CharField(max_length=20, choices=Holding.Kind)
    amount = models.BigIntegerField(_("jumlah"))
    reason = models.CharField(_("alasan"), max_length=200)
    subject_procedure = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(default=0)
    subject_number = models.CharField(max_length=30, blank=True)
    due_on = models.DateField(_("paling lambat"))
    due_at = models.DateTimeField()
    destination = models.CharField(_("rekening tujuan"), max_length=160, blank=True)
    method = models.CharField(_("cara"), max_length=20, blank=True)
    bank = models.ForeignKey(BankAccount, models.PROTECT, null=True, related_name="+")
    occurred_on = models.DateField(_("tanggal"), null=True)
    reference = models.CharField(_("nomor referensi"), max_length=80, blank=True)
    paid_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    journal = models.OneToOneField(Journal, models.PROTECT, null=True, related_name="+")

    class Meta(Tracked.Meta):
        verbose_name = _("pengembalian dana")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_is_of_something"),
        ]

    @property
    def ledger_account(self) -> str:
        """The account of the books of the bank account that was used; empty for cash."""
        return self.bank.account if self.bank else ""

    @property
    def cash_holder(self) -> Person | None:
        """In whose hands the cash is; nobody for a transfer."""
        return self.paid_by


class Expense(Tracked):
    """Money spent for the unit, with the photo of its note (KOS-14). `customer` is unused.

    With an `asset_class` it bought so many `pieces` of what becomes an asset, and `category` is
    the account of that class.
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", _("menunggu persetujuan")
        APPROVED = "approved", _("disetujui, belum dibayar")
        POSTED = "posted", _("dibukukan")
        REJECTED = "rejected", _("ditolak")
        REVERSED = "reversed", _("dibatalkan")

    status = models.CharField(max_length=30, choices=Status, editable=False)
    category = models.CharField(_("jenis pengeluaran"), max_length=5)
    amount = models.BigIntegerField(_("jumlah"))
    paid_from = models.CharField(_("dibayar dari"), max_length=20)
    bank = models.ForeignKey(BankAccount, models.PROTECT, null=True, related_name="+")
    spent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    occurred_on = models.DateField(_("tanggal"))
    note = models.CharField(_("keterangan"), max_length=200, blank=True)
    asset_class = models.CharField(_("golongan aset"), max_length=12, blank=True)
    pieces = models.PositiveSmallIntegerField(_("berapa buah"), default=1)
    key = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 - empty is no key
    journal = models.OneToOneField(Journal, models.PROTECT, null=True, related_name="+")

    class Meta(Tracked.Meta):
        verbose_name = _("pengeluaran")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="expense_is_of_something"),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="expense_is_of_a_piece"),
        ]
        indexes = [
            *Tracked.Meta.indexes,
            models.Index(fields=["unit", "-occurred_on"], name="expense_by_day"),
        ]

    @property
    def ledger_account(self) -> str:
        """The account of the books of the bank account that was used; empty for cash."""
        return self.bank.account if self.bank else ""

    @property
    def cash_holder(self) -> Person | None:
        """In whose hands the cash is; nobody for a transfer."""
        return self.spent_by


class Handover(Tracked):
    """Setoran: cash that its holder counted and hands over. `customer` is the holder (rules/boarding 16.3).

    `counted` is all that lay in the drawer, `expected` what the books said at that moment, `amount`
    what of it is handed over; a difference has its `reason`. All in rupiah.
    """

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("menunggu diterima pemilik")
        BOOKED = "booked", _("diterima dan dibukukan")
        REJECTED = "rejected", _("ditolak")
        WITHDRAWN = "withdrawn", _("ditarik kembali")
        REVERSED = "reversed", _("dibatalkan")

    class Way(models.TextChoices):
        OWNER = "owner", _("diserahkan kepada pemilik")
        BANK = "bank", _("disetor ke rekening bank")

    status = models.CharField(max_length=30, choices=Status, editable=False)
    expected = models.BigIntegerField(_("menurut catatan"))
    counted = models.BigIntegerField(_("hasil hitungan"))
    amount = models.BigIntegerField(_("disetorkan"))
    reason = models.CharField(_("sebab selisih"), max_length=200, blank=True)
    way = models.CharField(_("cara setor"), max_length=10, choices=Way)
    bank = models.ForeignKey(BankAccount, models.PROTECT, null=True, related_name="+")
    occurred_on = models.DateField(_("tanggal setor"))
    received_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 - empty is no key
    journal = models.OneToOneField(Journal, models.PROTECT, null=True, related_name="+")
    paper = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="+")
    said = models.JSONField(default=dict)

    class Meta(Tracked.Meta):
        verbose_name = _("setoran")
        constraints = [
            models.CheckConstraint(
                condition=Q(expected__gte=0, counted__lte=10**15, amount__gte=0, amount__lte=F("counted"))
                & (Q(amount__gt=0) | ~Q(counted=F("expected"))),
                name="handover_is_of_what_was_counted",
            ),
            models.CheckConstraint(
                condition=Q(counted=F("expected")) | ~Q(reason=""), name="handover_difference_has_its_reason"
            ),
            models.CheckConstraint(
                condition=Q(way="bank", bank__isnull=False) | Q(way="owner", bank__isnull=True),
                name="handover_goes_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(customer__isnull=False)
                & (
                    Q(journal__isnull=True, paper__isnull=True, received_by__isnull=True)
                    | Q(journal__isnull=False, paper__isnull=False, received_by__isnull=False)
                ),
                name="booked_handover_was_received",
            ),
            models.UniqueConstraint(
                fields=["unit", "customer"], condition=Q(status="submitted"), name="one_open_handover_of_a_holder",
                violation_error_message=_("Setoran sebelumnya masih menunggu diterima pemilik."),
            ),
        ]  # fmt: skip
        indexes = [
            *Tracked.Meta.indexes,
            models.Index(fields=["customer", "unit", "-id"], name="handover_by_holder"),
        ]

    @property
    def difference(self) -> int:
        """What was counted beyond the books' figure; negative where cash is missing. In rupiah."""
        return self.counted - self.expected

    @property
    def left(self) -> int:
        """What stays with the holder of what was counted, in rupiah."""
        return self.counted - self.amount
