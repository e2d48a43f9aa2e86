"""What the books are made of: accounts, months, sealed journals, and the figures drawn from them.

Journals, entries, events, seals and links are written once: triggers in the database refuse
any change (migration 0002), whoever asks. Balances, totals and party totals can be thrown away
and built again from the entries.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tatausaha.core.people.models import Person, Unit

LINES_AT_MOST = 500
"""Lines that one journal may have."""
PERIOD_BASE = 1_000_000
"""A month's id is `unit x 1,000,000 + year x 100 + month`, so that no line can name a wrong one."""


class Account(models.Model):
    """An account of the chart, the same for all units (SAK EMKM).

    `id` is the number that the account was opened under and never changes; code posts to it.
    `code` is the number that people see and may be renamed. Accounts are closed, not deleted.
    `never_negative` holds per person where the account needs one, else per unit.
    """

    class Type(models.TextChoices):
        ASSET = "A", _("Aset")
        LIABILITY = "L", _("Liabilitas")
        EQUITY = "Q", _("Ekuitas")
        REVENUE = "R", _("Pendapatan")
        EXPENSE = "X", _("Beban")

    id = models.PositiveIntegerField(primary_key=True)
    code = models.CharField(_("kode"), max_length=5, unique=True)
    name = models.CharField(_("nama"), max_length=80)
    type = models.CharField(_("jenis"), max_length=1, choices=Type)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_detail = models.BooleanField(default=True)
    needs_party = models.BooleanField(default=False)
    never_negative = models.BooleanField(default=False)
    is_clearing = models.BooleanField(default=False)
    closed_on = models.DateField(_("ditutup"), null=True, blank=True)

    class Meta:
        verbose_name = _("akun")
        constraints = [
            models.CheckConstraint(
                condition=Q(type__in=["A", "L", "Q", "R", "X"]), name="account_type_is_known"
            ),
            models.CheckConstraint(condition=Q(id__gte=10000, id__lte=99999), name="account_has_five_digits"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def sign(self) -> int:
        """1 where a debit increases the account, -1 where a credit does."""
        return 1 if self.type in {self.Type.ASSET, self.Type.EXPENSE} else -1


class Period(models.Model):
    """A month in the books of a unit: 1 running, 3 past (owner only), 9 future (KOS-17).

    2 is a past month of the running year that was not closed, where the owner lets managers write
    the whole year (`Window`).

    `starts_at` and `ends_at` are the first instants of this and of the next month on the wall
    clock of the unit, so that the database itself can tell whether a month was running.
    """

    RUNNING, YEAR, PAST, FUTURE = 1, 2, 3, 9

    id = models.BigIntegerField(primary_key=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="periods")
    ym = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    min_level = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "ym"], name="one_period_a_month"),
            models.CheckConstraint(condition=Q(min_level__in=[1, 2, 3, 9]), name="period_level_is_known"),
            models.CheckConstraint(
                condition=Q(id=F("unit") * PERIOD_BASE + F("ym")), name="period_id_names_unit_and_month"
            ),
        ]


class Window(models.Model):
    """How far back managers may write: the running month, or the running year (rule 4).

    `scope` is the unit that it is for; 0 is the whole company, wherever a unit has no row of its own.
    """

    COMPANY = 0

    class Reach(models.TextChoices):
        MONTH = "month", _("bulan berjalan")
        YEAR = "year", _("tahun berjalan, bulan yang belum ditutup")

    scope = models.BigIntegerField(primary_key=True)
    reach = models.CharField(_("pengelola boleh menulis"), max_length=5, choices=Reach)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("jangkauan pengelola")
        constraints = [
            models.CheckConstraint(condition=Q(reach__in=["month", "year"]), name="window_reach_is_known")
        ]


class LockPass(models.Model):
    """A key to one or more past months of a unit for one person, dated and counted (rule 6)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="lock_passes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="lock_passes")
    from_ym = models.PositiveIntegerField()
    to_ym = models.PositiveIntegerField()
    reason = models.TextField(_("alasan"))
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    max_journals = models.PositiveIntegerField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("izin buka bulan")
        constraints = [
            models.CheckConstraint(condition=Q(from_ym__lte=F("to_ym")), name="pass_months_in_order"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("granted_at")), name="pass_ends_after_its_start"
            ),
            models.CheckConstraint(condition=Q(max_journals__gte=1), name="pass_allows_a_journal"),
        ]


class Journal(models.Model):
    """A posted journal. Inserting this row is the act of posting: it seals the lines before it.

    `hash` is the SHA-256 over the journal as stored, its lines included; `body_hash` over what
    was asked for, to tell a repeated request from a different one under the same key.
    """

    class ActorKind(models.TextChoices):
        PERSON = "person", _("orang")
        CLOCK = "clock", _("waktu")
        MONEY = "money", _("uang masuk")
        CASE = "case", _("urusan lain")

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=150, unique=True, db_column="idem_key")
    body_hash = models.CharField(max_length=64)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="journals", db_index=False)
    ym = models.PositiveIntegerField()
    book_on = models.DateField(_("tanggal buku"))
    event_on = models.DateField(_("tanggal terjadi"))
    recorded_at = models.DateTimeField(_("dicatat"))
    kind = models.CharField(_("jenis"), max_length=30)
    source_type = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    actor_kind = models.CharField(max_length=6, choices=ActorKind)
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    actor_level = models.PositiveSmallIntegerField()
    lock_pass = models.ForeignKey(
        LockPass, models.PROTECT, null=True, related_name="journals", db_index=False
    )
    reason = models.TextField(_("alasan"), blank=True)
    tag = models.CharField(max_length=30, blank=True)
    memo = models.TextField(_("keterangan"), blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replacements", db_index=False
    )
    line_count = models.PositiveSmallIntegerField()
    total = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("jurnal")
        constraints = [
            models.CheckConstraint(
                condition=Q(line_count__gte=2, line_count__lte=LINES_AT_MOST),
                name="journal_has_2_to_500_lines",
            ),
            models.CheckConstraint(condition=Q(total__gt=0), name="journal_moves_something"),
            models.CheckConstraint(
                condition=Q(actor_level__in=[1, 2, 3]), name="journal_actor_level_is_known"
            ),
            models.CheckConstraint(
                condition=Q(actor_kind="person", actor__isnull=False)
                | Q(actor_kind__in=["clock", "money", "case"], actor__isnull=True, actor_level=1),
                name="journal_names_who_acted",
            ),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True) | ~Q(reverses=F("id")),
                name="journal_never_reverses_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "ym", "id"], name="journal_by_unit_and_month"),
            models.Index(fields=["source_type", "source_id"], name="journal_by_source"),
            models.Index(fields=["lock_pass"], condition=Q(lock_pass__isnull=False), name="journal_by_pass"),
            models.Index(
                fields=["replaces"], condition=Q(replaces__isnull=False), name="journal_by_replaced"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


class Entry(models.Model):
    """One line of a journal: debit positive, credit negative, whole rupiah."""

    pk = models.CompositePrimaryKey("journal_id", "line_no")
    journal = models.ForeignKey(Journal, models.PROTECT, related_name="entries", db_index=False)
    line_no = models.PositiveSmallIntegerField()
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", db_index=False)
    party = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    book_on = models.DateField()
    amount = models.BigIntegerField()
    tag = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=-(10**15), amount__lte=10**15) & ~Q(amount=0),
                name="entry_amount_in_range",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "unit", "book_on"], name="entry_by_account"),
            models.Index(
                fields=["party", "account"], condition=Q(party__isnull=False), name="entry_by_party"
            ),
        ]


class Turnover(models.Model):
    """Debit and credit that passed through something, kept apart so that nothing is lost."""

    debit = models.BigIntegerField(default=0)
    credit = models.BigIntegerField(default=0)
    n = models.BigIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def net(self) -> int:
        """Debit minus credit, in rupiah."""
        return self.debit - self.credit


class Balance(Turnover):
    """Turnover of an account in a month of a unit."""

    pk = models.CompositePrimaryKey("account_id", "unit_id", "period_id")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")


class Total(Turnover):
    """Turnover of an account in a unit since the books began: its balance now."""

    pk = models.CompositePrimaryKey("account_id", "unit_id")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")


class PartyTotal(Turnover):
    """Turnover of an account with one person in a unit: what is owed, held, or in hand now."""

    pk = models.CompositePrimaryKey("account_id", "unit_id", "party_id")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    party = models.ForeignKey(Person, models.PROTECT, related_name="+")


class Seal(models.Model):
    """The report of a month as it stood: v1 at the close, a further version for each later change."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="seals")
    ym = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    report = models.JSONField(encoder=DjangoJSONEncoder)
    difference = models.JSONField(encoder=DjangoJSONEncoder, default=list)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("segel bulan")
        constraints = [
            models.UniqueConstraint(fields=["unit", "ym", "version"], name="one_seal_a_version"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="later_seal_has_a_reason"),
        ]


class Event(models.Model):
    """What happened to the books beside journals: passes, months, seals, accounts. Insert only."""

    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=40)
    ref = models.CharField(max_length=80)
    before = models.JSONField(encoder=DjangoJSONEncoder, null=True)
    after = models.JSONField(encoder=DjangoJSONEncoder, null=True)
    hash = models.CharField(max_length=64)


class Link(models.Model):
    """A link of the one chain over journals and events: any change to the past breaks it (SYS-10)."""

    seq = models.BigIntegerField(primary_key=True)
    journal = models.OneToOneField(Journal, models.PROTECT, null=True, related_name="link")
    event = models.OneToOneField(Event, models.PROTECT, null=True, related_name="link")
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(journal__isnull=False, event__isnull=True)
                | Q(journal__isnull=True, event__isnull=False),
                name="link_holds_one_thing",
            ),
        ]


class Unlinked(models.Model):
    """Journals and events that wait for their link; filled by triggers, emptied right after the commit."""

    journal = models.BigIntegerField(null=True)
    event = models.BigIntegerField(null=True)
    hash = models.CharField(max_length=64)
