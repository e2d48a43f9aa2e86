"""Who there is: persons (natural and legal), business units, and who may do what where."""

from datetime import timedelta
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Zone(models.TextChoices):
    """The three zones of Indonesia; none has daylight saving."""

    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


class Language(models.TextChoices):
    """The languages in which the house speaks."""

    ID = "id", "Bahasa Indonesia"
    EN = "en", "English"


class Company(models.Model):
    """The company that runs this installation; exactly one row (SYS-06).

    A demonstration company was created as such and stays one; only it has a time machine.
    """

    name = models.CharField(_("nama perusahaan"), max_length=120)
    legal_form = models.CharField(_("bentuk hukum"), max_length=20, blank=True)
    address = models.TextField(_("alamat"), blank=True)
    phone = models.CharField(_("nomor WhatsApp"), max_length=20, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    tax_number = models.CharField("NPWP", max_length=16, blank=True)
    zone = models.CharField(_("zona waktu"), max_length=20, choices=Zone, default=Zone.WIB)
    books_from = models.DateField(_("pembukuan mulai"))
    is_demonstration = models.BooleanField(default=False, editable=False)
    clock_offset = models.DurationField(default=timedelta, editable=False)

    class Meta:
        verbose_name = _("perusahaan")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_company"),
            models.CheckConstraint(
                condition=Q(is_demonstration=True) | Q(clock_offset=timedelta()),
                name="time_machine_only_in_demonstrations",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A natural or legal person: tenant, customer, employee, supplier; with or without a login.

    Phone numbers are stored as E.164 (`+6281234567890`), e-mail addresses in lower case.
    A duplicate that was merged points to the person who stays; its history stays its own
    and is read together (`queries.same_person`).
    """

    class Kind(models.TextChoices):
        NATURAL = "natural", _("perorangan")
        LEGAL = "legal", _("badan")

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NATURAL)
    name = models.CharField(_("nama"), max_length=120)
    phone = models.CharField(_("nomor HP"), max_length=20, blank=True, db_index=True)
    email = models.EmailField(_("surel"), blank=True, db_index=True)
    address = models.TextField(_("alamat"), blank=True)
    tax_number = models.CharField("NPWP", max_length=16, blank=True)
    born_on = models.DateField(_("tanggal lahir"), null=True, blank=True)
    language = models.CharField(_("bahasa"), max_length=5, default="id", choices=Language)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField()
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("orang")
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("pk")), name="person_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__startswith="+"), name="person_phone_is_e164"
            ),
            models.CheckConstraint(
                condition=Q(kind="natural") | Q(born_on__isnull=True), name="bodies_are_not_born"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A natural person acts for a legal one in a stated capacity."""

    organisation = models.ForeignKey(Person, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    capacity = models.CharField(_("jabatan"), max_length=60)
    since = models.DateField(_("sejak"))
    until = models.DateField(_("sampai"), null=True, blank=True)

    class Meta:
        verbose_name = _("anggota")
        constraints = [
            models.CheckConstraint(
                condition=~Q(organisation=models.F("person")), name="nobody_is_a_member_of_themselves"
            ),
            models.UniqueConstraint(
                fields=["organisation", "person", "capacity"],
                condition=Q(until__isnull=True),
                name="one_running_membership",
                violation_error_message=_("Orang ini sudah menjadi anggota dengan jabatan itu."),
            ),
        ]


class LoginManager(BaseUserManager["Login"]):
    """Finds logins by e-mail or phone number, each with its person, whom every request asks for."""

    def get_queryset(self) -> models.QuerySet["Login"]:
        """Logins with their persons."""
        return super().get_queryset().select_related("person")

    def create_user(self, *, person: Person, password: str | None = None) -> "Login":
        """A login for a person who has none yet; without a password until one is set."""
        login = self.model(person=person, email=person.email or None, phone=person.phone or None)
        login.set_password(password)
        login.save(using=self._db)
        return login

    def get_by_natural_key(self, username: str | None) -> "Login":
        """By e-mail or by phone number in E.164."""
        return self.get(Q(email__iexact=username) | Q(phone=username))


class Login(AbstractBaseUser):
    """The key to the door: how a person signs in. What the person may do lives in roles."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="login")
    email = models.EmailField(_("surel"), null=True, blank=True, unique=True)
    phone = models.CharField(_("nomor HP"), max_length=20, null=True, blank=True, unique=True)
    phone_verified = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LoginManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("akun masuk")
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False), name="login_has_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.email or self.phone or ""


class Unit(models.Model):
    """A business unit (unit usaha): one house, one shop, one desk. Everything belongs to one.

    `business` is the label of the app under `business/` that runs it. Money, roles and
    months are held per unit; the unit's zone decides where a day and a month begin.
    """

    business = models.CharField(_("jenis usaha"), max_length=30)
    code = models.SlugField(_("kode"), max_length=40, unique=True)
    name = models.CharField(_("nama"), max_length=120)
    zone = models.CharField(_("zona waktu"), max_length=20, choices=Zone, default=Zone.WIB)
    address = models.TextField(_("alamat"), blank=True)
    phone = models.CharField(_("nomor WhatsApp"), max_length=20, blank=True)
    opened_on = models.DateField(_("mulai"))
    closed_on = models.DateField(_("tutup"), null=True, blank=True)

    class Meta:
        verbose_name = _("unit usaha")

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A person holds a role in a unit, or in the whole company where `unit` is empty.

    `name` is one of the roles registered in `roles.registry`. The owner is the one role
    that is held over all units and needs no unit. Ended, never deleted (SYS-10).
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="roles")
    name = models.CharField(max_length=30)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("peran")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "name"],
                condition=Q(until__isnull=True),
                name="one_running_role_in_a_unit",
                violation_error_message=_("Orang ini sudah memegang peran itu di unit ini."),
            ),
            models.UniqueConstraint(
                fields=["person", "name"],
                condition=Q(until__isnull=True, unit__isnull=True),
                name="one_running_role_over_all",
                violation_error_message=_("Orang ini sudah memegang peran itu."),
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(name="owner"), name="only_owners_hold_all_units"
            ),
        ]


class NumberSeries(models.Model):
    """The last number given in a series, per unit and year; `numbering.allocate` is its one writer.

    `last` only ever grows by one, which a trigger holds, so that no number is given twice.
    """

    series = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("deret nomor")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "series", "year"],
                condition=Q(unit__isnull=False),
                name="one_series_in_a_unit",
            ),
            models.UniqueConstraint(
                fields=["series", "year"], condition=Q(unit__isnull=True), name="one_series_of_the_company"
            ),
        ]


class Event(models.Model):
    """Something that was done to a person, a unit or a role; append-only, held by triggers (SYS-10).

    `details` names things but holds no personal data: that is in `PersonChange`, which an
    anonymised person loses.
    """

    class Kind(models.TextChoices):
        PERSON_CREATED = "person_created", _("Orang dicatat")
        PERSON_CHANGED = "person_changed", _("Data orang diubah")
        SIGNED_UP = "signed_up", _("Mendaftar akun")
        LOGIN_CREATED = "login_created", _("Akun dibuat")
        LOGIN_ENDED = "login_ended", _("Akun ditutup")
        LOGIN_REOPENED = "login_reopened", _("Akun dibuka lagi")
        PASSWORD_RENEWED = "password_renewed", _("Kata sandi diganti")
        ADDRESS_VERIFIED = "address_verified", _("Surel atau nomor HP terbukti miliknya")
        MEMBER_ADDED = "member_added", _("Anggota ditambah")
        MEMBER_ENDED = "member_ended", _("Keanggotaan diakhiri")
        COMPANY_CHANGED = "company_changed", _("Data perusahaan diubah")
        UNIT_CREATED = "unit_created", _("Unit usaha dibuat")
        UNIT_CHANGED = "unit_changed", _("Unit usaha diubah")
        ROLE_GIVEN = "role_given", _("Peran diberikan")
        ROLE_ENDED = "role_ended", _("Peran diakhiri")
        PAPER_ADDED = "paper_added", _("Identitas ditambah")
        PAPER_ERASED = "paper_erased", _("Identitas dihapus")
        MERGED = "merged", _("Digabung")
        UNMERGED = "unmerged", _("Penggabungan dibatalkan")
        NOT_SAME = "not_same", _("Dinyatakan bukan orang yang sama")
        EXPORTED = "exported", _("Data diunduh")
        ANONYMISED = "anonymised", _("Data pribadi dihapus")

    kind = models.CharField(max_length=20, choices=Kind)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="events")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    machine = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("kejadian")
        indexes = [models.Index(fields=["person", "at"]), models.Index(fields=["unit", "at"])]


class PersonChange(models.Model):
    """One field of a person before and after; append-only until the person is anonymised."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="changes")
    field = models.CharField(max_length=30)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    machine = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("perubahan data orang")


class IdentityPaper(models.Model):
    """An identity paper; number and file lie encrypted, lists see `number_masked` (KOS-07).

    `number_hash` is keyed: it finds the same number again and tells nothing to who lacks
    the key. `file_name` is a name in the default storage, empty without a file. An NPWP that is
    a NIK is kept like one (`taxnumbers`), but never handed in as one.
    """

    class Kind(models.TextChoices):
        KTP = "ktp", "KTP"
        SIM = "sim", "SIM"
        SCHOOL = "school", _("Kartu pelajar")
        STUDENT = "student", _("Kartu tanda mahasiswa")
        PASSPORT = "passport", _("Paspor")
        KITAS = "kitas", "KITAS"
        LETTER = "letter", _("Surat keterangan")
        NPWP = "npwp", "NPWP"

    person = models.ForeignKey(Person, models.PROTECT, related_name="papers")
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    number_sealed = models.TextField(blank=True)
    number_masked = models.CharField(_("nomor"), max_length=40)
    number_hash = models.CharField(max_length=64, blank=True, db_index=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    file_type = models.CharField(max_length=40, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("identitas")
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(number_sealed="", number_hash="", file_name=""),
                name="erased_paper_keeps_nothing",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False) | ~Q(number_sealed=""), name="kept_paper_has_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number_masked}"


class PaperView(models.Model):
    """Somebody saw the full number or the file of an identity paper; append-only (KOS-07)."""

    class What(models.TextChoices):
        NUMBER = "number", _("nomor")
        FILE = "file", _("berkas")

    paper = models.ForeignKey(IdentityPaper, models.PROTECT, related_name="views")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    what = models.CharField(max_length=6, choices=What)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("penglihatan identitas")


class Merge(models.Model):
    """Two records of one person became one; append-only. `moved` says what to put back to undo it."""

    keep = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drop = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    machine = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    moved = models.JSONField()

    class Meta:
        verbose_name = _("penggabungan orang")


class Unmerge(models.Model):
    """A merge was a mistake and was taken back, once; append-only."""

    merge = models.OneToOneField(Merge, models.PROTECT, related_name="undone")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("pembatalan penggabungan")
