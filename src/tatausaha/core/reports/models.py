"""What reports keep of their own: requests to open a month, when the books were last checked, taxes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.core.ledger.models import Account, LockPass
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures.models import Tracked


class PassRequest(Tracked):
    """Somebody asks the owner to open one past month of a unit (rules/ledger 6). `customer` asks."""

    class Status(models.TextChoices):
        ASKED = "asked", _("menunggu pemilik")
        GIVEN = "given", _("izin diberikan")
        DECLINED = "declined", _("ditolak")
        WITHDRAWN = "withdrawn", _("ditarik kembali")
        LAPSED = "lapsed", _("tidak dijawab")

    status = models.CharField(max_length=30, choices=Status, editable=False)
    ym = models.PositiveIntegerField(_("bulan"))
    reason = models.TextField(_("alasan"))
    lock_pass = models.OneToOneField(LockPass, models.PROTECT, null=True, related_name="request")

    class Meta(Tracked.Meta):
        verbose_name = _("permintaan izin")
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "unit", "ym"],
                condition=Q(status="asked"),
                name="one_open_request_a_month",
                violation_error_message=_("Anda sudah meminta izin untuk bulan ini. Tunggu jawaban pemilik."),
            ),
            models.CheckConstraint(
                condition=Q(status="given") | Q(lock_pass__isnull=True),
                name="only_given_requests_have_a_pass",
            ),
        ]


class BooksCheck(models.Model):
    """The books were read from the first to the last line (rules/ledger 18): when, and what did not hold.

    `seq` and `head` are the last link of the chain then, as it was mailed to the owners.
    """

    at = models.DateTimeField(db_index=True)
    findings = models.PositiveIntegerField(default=0)
    first = models.TextField(blank=True)
    seq = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("pemeriksaan buku")


class SummaryChoice(models.Model):
    """How often an owner wants the summary, and at which hour of the company's wall clock (boarding 16.2)."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("setiap hari")
        WEEKLY = "weekly", _("setiap minggu")
        NEVER = "never", _("tidak dikirim")

    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    rhythm = models.CharField(_("dikirim"), max_length=10, choices=Rhythm)
    hour = models.PositiveSmallIntegerField(_("pukul"))
    weekday = models.PositiveSmallIntegerField(_("hari"), default=0)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pilihan ringkasan")
        constraints = [
            models.CheckConstraint(condition=Q(hour__lte=23), name="summary_hour_is_on_the_clock"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="summary_weekday_is_in_the_week"),
        ]


class Summary(models.Model):
    """The summary that an owner was sent on a day: one a day, told in `said` as it stood then (boarding 16.2).

    It tells what was booked up to the journal `upto`, which the next one goes on from.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    begins_at = models.DateTimeField()
    upto = models.BigIntegerField(default=0)
    said = models.JSONField()

    class Meta:
        verbose_name = _("ringkasan")
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="one_summary_a_day")]


class LineFile(models.Model):
    """A workbook of journal lines that somebody asked for; the worker writes it, row by row (delight 12).

    `done` of `total` lines are written. It belongs to whoever asked, and is thrown away after a week.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("menunggu giliran")
        READY = "ready", _("siap")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    first_on = models.DateField(_("dari tanggal"))
    last_on = models.DateField(_("sampai tanggal"))
    status = models.CharField(max_length=10, choices=Status, default=Status.ASKED)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    file = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("berkas baris jurnal")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=models.F("first_on")), name="line_file_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(done__lte=models.F("total")), name="line_file_done_within_total"
            ),
            models.CheckConstraint(
                condition=Q(status="asked", file="", ready_at__isnull=True)
                | (Q(status="ready", ready_at__isnull=False) & ~Q(file="")),
                name="line_file_is_ready_with_its_file",
            ),
        ]
        indexes = [models.Index(fields=["status", "id"], name="line_file_by_status")]


class LegalForm(models.TextChoices):
    """What the law takes the company for; the tax rule is found by it."""

    INDIVIDUAL = "individual", _("Perorangan")
    CV = "cv", "CV"
    FIRM = "firm", _("Firma")
    COOPERATIVE = "cooperative", _("Koperasi")
    PT_INDIVIDUAL = "pt_individual", _("PT perorangan")
    PT = "pt", "PT"


class TaxRule(models.Model):
    """A tax as the law has it from a day on (rules/ledger 16): data, so that a new law is a new row.

    `rate` is in hundredths of a per cent; `exempt` and `cap` are rupiah of a calendar year (0: none);
    `years` are the tax years for which the rule may be used from the first one on (nothing: for
    ever). Written once, only its end is added; two rules of one tax and form never overlap
    (triggers, migration 0005).
    """

    class Tax(models.TextChoices):
        FINAL = "final", _("PPh final")
        VAT = "vat", "PPN"

    class Base(models.TextChoices):
        GROSS = "gross", _("omzet bruto")
        ELEVEN_TWELFTHS = "gross_11_12", _("11/12 dari omzet bruto")

    tax = models.CharField(_("pajak"), max_length=10, choices=Tax)
    legal_form = models.CharField(_("bentuk hukum"), max_length=15, choices=LegalForm, blank=True)
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("sampai"), null=True, blank=True)
    rate = models.PositiveIntegerField(_("tarif"))
    exempt = models.BigIntegerField(_("bagian bebas pajak setahun"), default=0)
    cap = models.BigIntegerField(_("batas omzet setahun"), default=0)
    years = models.PositiveSmallIntegerField(_("paling lama (tahun pajak)"), null=True, blank=True)
    base = models.CharField(_("dasar"), max_length=15, choices=Base, default=Base.GROSS)
    source = models.CharField(_("dasar hukum"), max_length=200)

    class Meta:
        verbose_name = _("aturan pajak")
        constraints = [
            models.UniqueConstraint(
                fields=["tax", "legal_form", "starts_on"], name="one_tax_rule_a_day",
                violation_error_message=_("Mulai tanggal itu sudah ada aturan untuk bentuk hukum ini."),
            ),
            models.CheckConstraint(condition=Q(tax__in=["final", "vat"]), name="tax_is_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="tax_rule_days_in_order",
            ),
            models.CheckConstraint(condition=Q(rate__lte=10_000), name="tax_rate_within_100_percent"),
            models.CheckConstraint(condition=Q(exempt__gte=0, cap__gte=0), name="tax_amounts_not_negative"),
            models.CheckConstraint(
                condition=Q(exempt=0) | Q(legal_form="individual"), name="only_individuals_have_an_exemption"
            ),
        ]  # fmt: skip


class TaxProfile(models.Model):
    """What the owner says about the company's taxes, from a calendar year on; the newest such row counts."""

    class Method(models.TextChoices):
        ACCRUAL = "accrual", _("menurut hak (saat jatuh tempo)")
        CASH = "cash", _("menurut kas (saat uang masuk)")

    class Scheme(models.TextChoices):
        FINAL = "final", _("PPh final UMKM")
        GENERAL = "general", _("tarif umum, tidak dihitung di sini")

    from_year = models.PositiveSmallIntegerField(_("berlaku mulai tahun"), unique=True)
    legal_form = models.CharField(_("bentuk hukum"), max_length=15, choices=LegalForm)
    scheme = models.CharField(_("pajak penghasilan"), max_length=10, choices=Scheme, default=Scheme.FINAL)
    first_year = models.PositiveSmallIntegerField(_("tahun pertama memakai PPh final"))
    method = models.CharField(_("omzet dihitung"), max_length=10, choices=Method, default=Method.ACCRUAL)
    tracked_from = models.PositiveIntegerField(_("setoran dicatat di sini mulai bulan"))
    is_vat = models.BooleanField(_("Pengusaha Kena Pajak (memungut PPN)"), default=False)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("profil pajak")
        constraints = [
            models.CheckConstraint(
                condition=Q(from_year__gte=2000, from_year__lte=2100, first_year__gte=2000)
                & Q(first_year__lte=2100),
                name="tax_years_are_years",
            ),
            models.CheckConstraint(
                condition=Q(tracked_from__gte=200001, tracked_from__lte=210012),
                name="tax_tracked_from_is_a_month",
            ),
        ]


class TaxOutside(models.Model):
    """An account of income or discount that does not belong to the turnover on which tax is due."""

    account = models.OneToOneField(Account, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("akun di luar dasar pajak")


class TaxDeposit(models.Model):
    """Tax of a month that was paid to the state, with its number (NTPN) and its journals (rules/ledger 16).

    Never changed; taken back once, with a reason, which reverses its journals (triggers).
    """

    ym = models.PositiveIntegerField(_("bulan"))
    amount = models.BigIntegerField(_("jumlah"))
    paid_on = models.DateField(_("tanggal setor"))
    ntpn = models.CharField("NTPN", max_length=16)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    cancelled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    reason = models.CharField(_("alasan"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("setoran pajak")
        constraints = [
            models.UniqueConstraint(
                fields=["ntpn"], condition=Q(cancelled_at__isnull=True), name="one_deposit_a_ntpn",
                violation_error_message=_("NTPN ini sudah dicatat."),
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tax_deposit_moves_something"),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True, reason="")
                | (Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(reason="")),
                name="cancelled_tax_deposit_says_why",
            ),
        ]  # fmt: skip


class LocalTaxRate(models.Model):
    """The local tax on stays (PBJT) of a unit from a month on, where its regency asks for one.

    `rate` is in hundredths of a per cent, at most 10 per cent (UU 1/2022); 0 ends it. No unit has
    one until the owner says so: whether a boarding house owes it is contested (rules/boarding 14).
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    from_ym = models.PositiveIntegerField(_("mulai bulan"))
    rate = models.PositiveIntegerField(_("tarif"))
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("tarif pajak daerah")
        constraints = [
            models.UniqueConstraint(fields=["unit", "from_ym"], name="one_local_tax_rate_a_month"),
            models.CheckConstraint(condition=Q(rate__lte=1000), name="local_tax_rate_within_10_percent"),
        ]


class Budget(models.Model):
    """What the owner plans to earn or spend on an account of a unit in a month, in rupiah (rules/ledger 19).

    A month without a row has no budget, which is not a budget of nothing. Only accounts of income and
    expense that are posted to have one (trigger, migration 0006).
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    ym = models.PositiveIntegerField(_("bulan"))
    amount = models.BigIntegerField(_("jumlah"))
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("anggaran")
        constraints = [
            models.UniqueConstraint(fields=["unit", "ym", "account"], name="one_budget_a_month"),
            models.CheckConstraint(condition=Q(amount__gte=0, amount__lte=10**15), name="budget_in_range"),
            models.CheckConstraint(condition=Q(ym__gte=200001, ym__lte=210012), name="budget_is_of_a_month"),
        ]
