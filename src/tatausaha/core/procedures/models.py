"""What a running procedure leaves behind: the case's own row, its passages, papers and words."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tatausaha.core.people.models import Person, Unit
from tatausaha.core.procedures import registry


def _private() -> FileSystemStorage:
    return FileSystemStorage(location=settings.MEDIA_ROOT, base_url=None)


class SopRevision(models.Model):
    """A revision of an SOP: the numbers that it rules by, from when, and who answers for it (SYS-09).

    For the whole company, or for one unit where `unit` is set. `values` holds every number
    of the policy as it stood when the revision was approved; `changed` only those that the
    revision itself sets. Made by one person and approved by another; a company too small
    for that records why (`exception`).
    """

    class Stage(models.TextChoices):
        DRAFT = "draft", _("konsep")
        APPROVED = "approved", _("disetujui")
        WITHDRAWN = "withdrawn", _("ditarik")

    procedure = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="sop_revisions")
    revision = models.PositiveIntegerField(_("revisi ke-"))
    document_number = models.CharField(_("nomor surat"), max_length=80, blank=True)
    effective_on = models.DateField(_("mulai berlaku"))
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.DRAFT)
    values = models.JSONField(default=dict)
    changed = models.JSONField(default=dict)
    reason = models.TextField(_("alasan perubahan"), blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    exception = models.CharField(_("alasan pembuat sama dengan penyetuju"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("revisi SOP")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "revision"], condition=Q(unit=None), name="sop_revision_number"
            ),
            models.UniqueConstraint(
                fields=["procedure", "unit", "revision"],
                condition=~Q(unit=None),
                name="sop_unit_revision_number",
            ),
            models.UniqueConstraint(
                fields=["procedure", "effective_on"],
                condition=Q(unit=None, stage="approved"),
                name="sop_one_revision_a_day",
                violation_error_message=_("Sudah ada revisi yang mulai berlaku pada tanggal itu."),
            ),
            models.UniqueConstraint(
                fields=["procedure", "unit", "effective_on"],
                condition=~Q(unit=None) & Q(stage="approved"),
                name="sop_unit_one_revision_a_day",
                violation_error_message=_("Sudah ada revisi unit ini yang mulai berlaku pada tanggal itu."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("made_by")) | ~Q(exception=""),
                name="sop_maker_is_not_approver",
                violation_error_message=_(
                    "Pembuat revisi tidak boleh menyetujuinya sendiri tanpa alasan tertulis."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure} r{self.revision}"


class Tracked(models.Model):
    """A case: what runs a procedure. Abstract; each business has tables and constraints of its own.

    Only the engine writes `status`, `since`, `deadline_at` and `retry_at`. `customer` is the
    person for whom the case is, `headline` one line that tells it from others in a list.
    """

    number = models.CharField(_("nomor"), max_length=30, unique=True, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    customer = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    headline = models.CharField(_("perihal"), max_length=160)
    status = models.CharField(max_length=30, editable=False)
    since = models.DateTimeField(editable=False)
    deadline_at = models.DateTimeField(null=True, editable=False, db_index=True)
    retry_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(editable=False)
    revision = models.ForeignKey(SopRevision, models.PROTECT, related_name="+", editable=False)

    shown_with: ClassVar[tuple[str, ...]] = ()
    """Relations that the case page shows and that are read together with the case."""

    if TYPE_CHECKING:
        unit_id: int

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["status", "unit", "deadline_at"], name="%(app_label)s_%(class)s_work")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.headline}"

    @cached_property
    def policy(self) -> Any:
        """The numbers of the SOP revision under which this case was begun."""
        kind = registry.procedure_of(self).policy
        known = {field.name for field in registry.procedure_of(self).policy_fields()}
        return kind(**{name: value for name, value in self.revision.values.items() if name in known})

    def get_absolute_url(self) -> str:
        """The case page."""
        return f"/kasus/{self.number}/"


class Passage(models.Model):
    """One step that was taken: who or what, when, from where to where, with which evidence (SYS-10).

    Written by the engine in the step's transaction; triggers refuse every change. `at` is
    when the step holds (for the clock: the deadline itself), `recorded_at` when it was noted.
    `token_id` and `token_name` say by which key a program took the step as the person; nothing
    where the person did it by hand.
    """

    procedure = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    number = models.CharField(max_length=30)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    step = models.CharField(max_length=60)
    source = models.CharField(max_length=30, blank=True)
    target = models.CharField(max_length=30)
    actor = models.CharField(max_length=10)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="passages")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    note = models.TextField(blank=True)
    evidence = models.JSONField(default=dict)
    token_id = models.BigIntegerField(null=True)
    token_name = models.CharField(max_length=60, null=True)  # noqa: DJ001 - older rows are not rewritten

    class Meta:
        indexes = [
            models.Index(fields=["procedure", "subject_id", "id"], name="passage_of_case"),
            models.Index(fields=["unit", "-recorded_at"], name="passage_of_unit"),
        ]


class Attachment(models.Model):
    """A file that was handed in with a step or a message: private, re-encoded, never changed."""

    procedure = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    passage = models.ForeignKey(Passage, models.PROTECT, null=True, related_name="attachments")
    message = models.ForeignKey("Message", models.PROTECT, null=True, related_name="attachments")
    purpose = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="cases/%Y/%m", storage=_private)
    content_type = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["procedure", "subject_id"], name="attachment_of_case")]


class Message(models.Model):
    """A sentence in the conversation of a case; internal ones are not shown to its customer."""

    procedure = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(_("pesan"))
    internal = models.BooleanField(_("hanya untuk petugas"), default=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["procedure", "subject_id", "id"], name="message_of_case")]
