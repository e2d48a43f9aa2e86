"""Writes about persons, organisations, units, roles and the company; each leaves an event (SYS-06, SYS-10)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import businesses, history, identity, roles, taxnumbers
from tatausaha.core.people.actors import Actor, Machine, person_or_none
from tatausaha.core.people.models import Company, Event, Language, Membership, Person, Role, Unit, Zone

OPENED_AHEAD = 366
"""Days ahead that a unit may say it opens; a later day is a year mistyped."""
PERSON_FIELDS = ("name", "phone", "email", "address", "tax_number", "born_on", "language")


def _clean(field: str, value: Any, *, at: datetime) -> Any:
    """One field of a person in its stored form, or `Refused`."""
    if field == "name":
        return identity.person_name(value)
    if field == "phone":
        return identity.phone(value)
    if field == "email":
        return identity.email(value)
    if field == "tax_number":
        return identity.npwp(value, on=at.date())
    if field == "born_on" and value is not None and not date(1900, 1, 1) <= value <= clock.day(at, Zone.WIB):
        raise Refused(_("Tanggal lahir tidak mungkin."), field="born_on")
    if field == "language" and value not in Language.values:
        raise Refused(_("Bahasa ini belum tersedia."), field="language")
    return value.strip() if isinstance(value, str) else value


def _cleaned(data: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    unknown = set(data) - set(PERSON_FIELDS)
    assert not unknown, unknown
    return {field: _clean(field, value, at=at) for field, value in data.items()}


@transaction.atomic
def create_person(
    *,
    name: str,
    by: Actor | None,
    at: datetime,
    kind: str = Person.Kind.NATURAL,
    **data: Any,
) -> Person:
    """A person without a login: met at the counter, or about to sign up (then `by` is None: himself).

    `data`: phone, email, address, tax_number, born_on, language, as typed. Raises `Refused`
    with the field that cannot be.
    """
    clean = _cleaned({"name": name, **data}, at=at)
    number = clean.pop("tax_number", "")
    person = Person(kind=kind, created_at=at, tax_number=taxnumbers.shown(number), **clean)
    if kind == Person.Kind.LEGAL and person.born_on:
        raise Refused(_("Badan usaha tidak punya tanggal lahir."), field="born_on")
    person.save(force_insert=True)
    history.record(Event.Kind.PERSON_CREATED, person=person, by=by or person, at=at, kind=str(kind))
    taxnumbers.keep(person, number, by=by or person, at=at)
    return person


@transaction.atomic
def update_person(person: Person, *, by: Actor, at: datetime, **data: Any) -> Person:
    """Change some fields; old and new values stay in `PersonChange`, of an NPWP that is a NIK the masked ones.

    Who may is the caller's to know (`access.may_edit`). Raises `Refused` on bad input and
    for a person who was merged or anonymised.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.merged_into_id or person.anonymised_at:
        raise Refused(_("Data orang ini sudah digabung atau dihapus dan tidak bisa diubah."))
    if taxnumbers.is_unchanged(person, data.get("tax_number", "")):
        del data["tax_number"]
    before, clean = history.snapshot(person, *data), _cleaned(data, at=at)
    if "tax_number" in clean:
        taxnumbers.keep(person, clean["tax_number"], by=by, at=at)
        clean["tax_number"] = taxnumbers.shown(clean["tax_number"])
    for field, value in clean.items():
        setattr(person, field, value)
    if history.record_changes(person, before, by=by, at=at):
        person.save(update_fields=list(data))
    return person


@transaction.atomic
def create_organisation(
    *, name: str, by: Actor, at: datetime, members: tuple[tuple[Person, str], ...] = (), **data: Any
) -> Person:
    """A legal person (CV, PT, yayasan, sekolah) with those who act for it, each with a capacity."""
    organisation = create_person(name=name, by=by, at=at, kind=Person.Kind.LEGAL, **data)
    for person, capacity in members:
        add_member(organisation, person=person, capacity=capacity, by=by, at=at)
    return organisation


@transaction.atomic
def add_member(organisation: Person, *, person: Person, capacity: str, by: Actor, at: datetime) -> Membership:
    """A natural person acts for a legal one from today on."""
    if organisation.kind != Person.Kind.LEGAL or person.kind != Person.Kind.NATURAL:
        raise Refused(_("Yang menjadi anggota adalah orang, dari sebuah badan usaha."))
    if not (capacity := " ".join(capacity.split())):
        raise Refused(_("Isi jabatannya, misalnya Direktur."), field="capacity")
    running = {"organisation": organisation, "person": person, "capacity": capacity, "until": None}
    if Membership.objects.filter(**running).exists():
        raise Refused(_("Orang ini sudah menjadi anggota dengan jabatan itu."), field="person")
    member = Membership.objects.create(**running, since=at.date())
    history.record(
        Event.Kind.MEMBER_ADDED, person=organisation, by=by, at=at, member=person.pk, capacity=capacity
    )
    return member


@transaction.atomic
def end_member(membership: Membership, *, by: Actor, at: datetime) -> None:
    """The membership ends today; it stays known."""
    if Membership.objects.filter(pk=membership.pk, until__isnull=True).update(until=at.date()):
        history.record(
            Event.Kind.MEMBER_ENDED,
            person=membership.organisation,
            by=by,
            at=at,
            member=membership.person_id,
            capacity=membership.capacity,
        )


def _owner_only(by: Actor) -> None:
    if isinstance(by, Machine) or not roles.is_owner(by):
        raise Refused(_("Hanya pemilik yang boleh mengubah ini."))


@transaction.atomic
def update_company(*, by: Actor, at: datetime, **data: Any) -> Company:
    """Change what the company says about itself; the owner's alone."""
    _owner_only(by)
    company = Company.objects.select_for_update().get()
    allowed = {"name", "legal_form", "address", "phone", "email", "tax_number", "zone"}
    assert set(data) <= allowed, set(data) - allowed
    for field, value in data.items():
        clean = value.strip() if field in {"legal_form", "zone"} else _clean(field, value, at=at)
        setattr(company, field, clean)
    company.save(update_fields=list(data))
    history.record(Event.Kind.COMPANY_CHANGED, by=by, at=at, fields=sorted(data))
    return company


@transaction.atomic
def begin_books_earlier(on: date, *, by: Actor, at: datetime) -> bool:
    """Let the books of the company reach back to a day, where they begin later; the owner's alone.

    They never begin later than they did: what is in them stays in them. Says whether it moved.
    """
    _owner_only(by)
    company = Company.objects.select_for_update().get()
    if company.books_from <= on:
        return False
    company.books_from = on
    company.save(update_fields=["books_from"])
    history.record(Event.Kind.COMPANY_CHANGED, by=by, at=at, fields=["books_from"])
    return True


@transaction.atomic
def create_unit(
    *,
    business: str,
    name: str,
    by: Actor,
    at: datetime,
    code: str = "",
    zone: str = Zone.WIB,
    address: str = "",
    phone: str = "",
    opened_on: date | None = None,
    elsewhere: bool = False,
) -> Unit:
    """A business unit; without a code one is made from the name. The owner's alone.

    `elsewhere`: whoever asks tells it apart from one of the same name in another place.
    """
    _owner_only(by)
    if business not in businesses.registry:
        raise Refused(_("Pilih jenis usahanya."), field="business")
    if zone not in Zone.values:
        raise Refused(_("Pilih zona waktunya."), field="zone")
    name = identity.person_name(name)
    if not elsewhere:
        _unused(name)
    if opened_on and opened_on > clock.day(at, zone) + timedelta(days=OPENED_AHEAD):
        raise Refused(_("Tanggal itu lebih dari setahun lagi. Periksa tahunnya."), field="opened_on")
    unit = Unit(
        business=business,
        code=_free_code(code or name, given=bool(code)),
        name=name,
        zone=zone,
        address=address.strip(),
        phone=identity.phone(phone),
        opened_on=opened_on or clock.day(at, zone),
    )
    unit.save(force_insert=True)
    history.record(Event.Kind.UNIT_CREATED, unit=unit, by=by, at=at, business=business, code=unit.code)
    return unit


def _unused(name: str) -> None:
    """Two open units of one name cannot be told apart in lists and files."""
    if Unit.objects.filter(name__iexact=name.strip(), closed_on=None).exists():
        raise Refused(_("Sudah ada unit usaha bernama %(name)s.") % {"name": name.strip()}, field="name")


def _free_code(text: str, *, given: bool) -> str:
    code = slugify(text)[:40].strip("-") or "unit"
    taken = {"baru"} | set(Unit.objects.filter(code__startswith=code[:36]).values_list("code", flat=True))
    if code not in taken:
        return code
    if given:
        raise Refused(_("Kode ini sudah dipakai unit lain."), field="code")
    return next(numbered for n in range(2, 10**6) if (numbered := f"{code[:36]}-{n}"[:40]) not in taken)


@transaction.atomic
def update_unit(unit: Unit, *, by: Actor, at: datetime, **data: Any) -> Unit:
    """Change name, address, phone or closing day of a unit; the owner's alone.

    Code and zone stay: papers and months hang on them.
    """
    _owner_only(by)
    assert set(data) <= {"name", "address", "phone", "closed_on"}, data
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if data.get("name", unit.name) != unit.name:
        _unused(data["name"])
    for field, value in data.items():
        setattr(unit, field, value if field == "closed_on" else _clean(field, value, at=at))
    if unit.closed_on and unit.closed_on < unit.opened_on:
        raise Refused(_("Unit tidak bisa tutup sebelum dibuka."), field="closed_on")
    unit.save(update_fields=list(data))
    history.record(Event.Kind.UNIT_CHANGED, unit=unit, by=by, at=at, fields=sorted(data))
    return unit


@transaction.atomic
def give_role(
    *, person: Person, name: str, unit: Unit | None, by: Actor, at: datetime, until: datetime | None = None
) -> Role:
    """The person holds the role from now on, or as a delegation `until` a moment; the owner's alone to give (SYS-06).

    The role `owner` is held over all units (`unit` None), every other one in a unit.
    """
    _owner_only(by)
    if name not in roles.registry:
        raise Refused(_("Pilih perannya."), field="name")
    if (name == "owner") != (unit is None):
        raise Refused(_("Pemilik memegang semua unit; peran lain dipegang di satu unit."), field="unit")
    if person.kind != Person.Kind.NATURAL or person.merged_into_id or person.anonymised_at:
        raise Refused(_("Peran hanya bisa dipegang orang yang tercatat dan masih aktif."), field="person")
    if until is not None and until <= at:
        raise Refused(_("Peran yang didelegasikan berakhir di hari depan."), field="until")
    try:
        with transaction.atomic():
            role = Role.objects.create(
                person=person, unit=unit, name=name, since=at, until=until, given_by=person_or_none(by)
            )
    except IntegrityError as held:
        raise Refused(_("Orang ini sudah memegang peran itu."), field="name") from held
    roles.forget(person)
    history.record(Event.Kind.ROLE_GIVEN, person=person, unit=unit, by=by, at=at, role=name)
    return role


@transaction.atomic
def end_role(role: Role, *, by: Actor, at: datetime) -> Role:
    """The role ends now and stays known; the owner's alone. The last owner stays.

    The company's row is locked first, so that two owners cannot end each other at once.
    """
    _owner_only(by)
    Company.objects.select_for_update().first()
    role = Role.objects.select_for_update().get(pk=role.pk)
    if role.until is not None and role.until <= at:
        raise Refused(_("Peran ini sudah berakhir."))
    others = Role.objects.filter(name="owner", until__isnull=True).filter(~Q(pk=role.pk), _can_sign_in())
    if role.name == "owner" and not others.exists():
        raise Refused(
            _(
                "Pemilik terakhir tidak bisa diakhiri. Beri dulu peran pemilik kepada orang lain yang bisa masuk."
            )
        )
    role.until = at
    role.save(update_fields=["until"])
    roles.forget(role.person)
    history.record(Event.Kind.ROLE_ENDED, person=role.person, unit=role.unit, by=by, at=at, role=role.name)
    return role


def _can_sign_in() -> Q:
    return Q(person__login__is_active=True)
