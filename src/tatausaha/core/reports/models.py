"""What reports keep of their own: requests to open a month, and when the books were last checked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.core.ledger.models import LockPass
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
