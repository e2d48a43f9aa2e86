"""How people get, prove and lose the key to the door (SYS-06).

A typed address is a claim; only a used link or code proves it. A person known from the
counter is joined with a login only after that proof, so typing somebody else's number
opens nothing.
"""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import history, identity, keys, merging, roles, services
from tatausaha.core.people.actors import Actor
from tatausaha.core.people.models import Company, Event, Login, Person, Role, Zone


@transaction.atomic
def sign_up(
    *, name: str, email: str = "", phone: str = "", password: str, at: datetime, language: str = "id"
) -> Login:
    """A new person with a new login, from one form. One of `email` and `phone` is needed.

    A phone number whose code was never entered belongs to nobody yet: signing up with it
    again replaces that unused login. Raises `Refused` when the address has a login.
    """
    email, phone = identity.email(email), identity.phone(phone)
    if not email and not phone:
        raise Refused(_("Isi surel atau nomor HP."), field="contact")
    if unused := _unused_login(phone):
        person = services.update_person(unused.person, name=name, by=unused.person, at=at)
        unused.delete()  # a code that went out for it must not prove the password of whoever came later
        return Login.objects.create_user(person=person, password=password)
    if has_login(email=email, phone=phone):
        raise Refused(_("Surel atau nomor HP ini sudah punya akun. Silakan masuk."), field="contact")
    person = services.create_person(name=name, email=email, phone=phone, language=language, by=None, at=at)
    login = Login.objects.create_user(person=person, password=password)
    history.record(Event.Kind.SIGNED_UP, person=person, by=person, at=at, by_email=bool(email))
    return login


def _unused_login(phone: str) -> Login | None:
    """A login that nobody ever used: by phone only, never proven, never signed in."""
    if not phone:
        return None
    return (
        Login.objects.select_for_update()
        .filter(
            phone=phone, phone_verified=False, email__isnull=True, last_login__isnull=True, is_active=True
        )
        .first()
    )


def has_login(*, email: str = "", phone: str = "") -> bool:
    """Whether an address is the key of somebody already; a number nobody proved is not."""
    if email and (
        Login.objects.filter(email__iexact=email).exists()
        or EmailAddress.objects.filter(email__iexact=email).exists()
    ):
        return True
    if not phone:
        return False
    unused = Q(phone_verified=False, email__isnull=True, last_login__isnull=True, is_active=True)
    return Login.objects.filter(phone=phone).exclude(unused).exists()


@transaction.atomic
def create_login(
    person: Person, *, password: str | None, by: Actor | None, at: datetime, proven: bool = False
) -> Login:
    """A login for a person who is known already, on his own e-mail and phone.

    `proven` says that the addresses are known to be his (the owner at the founding of the
    company, the cast of a demonstration). Raises `Refused` when he has one or an address is taken.
    """
    if Login.objects.filter(person=person).exists():
        raise Refused(_("Orang ini sudah punya akun."))
    if not person.email and not person.phone:
        raise Refused(_("Isi dulu surel atau nomor HP orang ini."))
    if (
        has_login(email=person.email, phone=person.phone)
        or Login.objects.filter(phone=person.phone or None).exists()
    ):
        raise Refused(_("Surel atau nomor HP ini sudah dipakai akun lain."))
    login = Login.objects.create_user(person=person, password=password)
    if proven:
        login.phone_verified = bool(login.phone)
        login.save(update_fields=["phone_verified"])
    if login.email:
        EmailAddress.objects.create(user=login, email=login.email, verified=proven, primary=True)
    history.record(Event.Kind.LOGIN_CREATED, person=person, by=by or person, at=at)
    return login


@transaction.atomic
def found_company(
    *,
    name: str,
    owner: str,
    at: datetime,
    password: str,
    email: str = "",
    phone: str = "",
    zone: str = Zone.WIB,
    demonstration: bool = False,
) -> Company:
    """The first act of an installation: the company, its owner, and the owner's login.

    Raises `Refused` when there is a company already.
    """
    if Company.objects.exists():
        raise Refused(_("Perusahaan sudah ada di basis data ini."))
    company = Company.objects.create(
        pk=1,
        name=identity.person_name(name),
        zone=zone,
        books_from=clock.day(at, zone).replace(day=1),
        is_demonstration=demonstration,
    )
    person = services.create_person(name=owner, email=email, phone=phone, by=None, at=at)
    create_login(person, password=password, by=None, at=at, proven=True)
    Role.objects.create(person=person, unit=None, name="owner", since=at, given_by=None)
    history.record(Event.Kind.ROLE_GIVEN, person=person, by=person, at=at, role="owner")
    return company


@transaction.atomic
def end_login(login: Login, *, by: Actor, at: datetime) -> None:
    """The key opens nothing from now on; sessions and tokens end with it for good.

    Raises `Refused` for one's own: nobody locks himself out.
    """
    if isinstance(by, Person) and login.person_id == by.pk:
        raise Refused(_("Akun Anda sendiri tidak bisa Anda tutup di sini."))
    if Login.objects.filter(pk=login.pk, is_active=True).update(is_active=False):
        history.record(Event.Kind.LOGIN_ENDED, person=login.person, by=by, at=at)
        keys.end_sessions(login)
        keys.end_others(login.person, at=at)


@transaction.atomic
def reopen_login(login: Login, *, by: Actor, at: datetime) -> None:
    """A closed login opens again, with the password and second factor that it had; the owner's alone.

    What ended with it (sessions, tokens) stays ended. Raises `Refused` for whose record was
    merged or forgotten: the person who stays has a login of his own.
    """
    if not isinstance(by, Person) or not roles.is_owner(by):
        raise Refused(_("Hanya pemilik yang boleh mengubah ini."))
    login = Login.objects.select_for_update(of=("self",)).get(pk=login.pk)
    if login.person.merged_into_id or login.person.anonymised_at:
        raise Refused(_("Data orang ini sudah digabung atau dihapus. Akunnya tidak bisa dibuka lagi."))
    if login.is_active:
        raise Refused(_("Akun ini sudah terbuka."))
    keys.end_sessions(login)
    keys.end_others(login.person, at=at)
    Login.objects.filter(pk=login.pk).update(is_active=True)
    history.record(Event.Kind.LOGIN_REOPENED, person=login.person, by=by, at=at)


def has_proven_address(person: Person) -> bool:
    """Whether a link or a code has shown that the login's e-mail or phone number is this person's."""
    return (
        Login.objects.filter(person=person)
        .filter(Q(phone_verified=True) | Q(emailaddress__verified=True))
        .exists()
    )


@transaction.atomic
def renew_password(login: Login, *, password: str, at: datetime) -> int:
    """A password in place of another, changed or reset: tokens made under the old one end; how many.

    Sessions carry the old password's mark and end by themselves.
    """
    login.set_password(password)
    login.save(update_fields=["password"])
    history.record(Event.Kind.PASSWORD_RENEWED, person=login.person, by=login.person, at=at)
    return keys.end_others(login.person, at=at)


@transaction.atomic
def prove_email(login: Login, email: str, *, at: datetime) -> None:
    """The person has used a link that only this mailbox received."""
    person = login.person
    history.record(Event.Kind.ADDRESS_VERIFIED, person=person, by=person, at=at, what="email")
    if person.email != email.lower():
        services.update_person(person, email=email, by=person, at=at)
    _claim(login, Q(email__iexact=email), at=at)


@transaction.atomic
def prove_phone(login: Login, phone: str, *, at: datetime) -> None:
    """The person has typed a code that only this phone received; the number is his key from now on.

    Raises `Refused` when another login has proven the same number.
    """
    other = Login.objects.select_for_update().filter(phone=phone).exclude(pk=login.pk).first()
    if other and (other.phone_verified or (other.last_login and not other.email)):
        raise Refused(_("Nomor HP ini sudah dipakai akun lain."), field="phone")
    if other and other.email:  # only typed there, proven here
        Login.objects.filter(pk=other.pk).update(phone=None)
    elif other:  # never used by anybody
        history.record(Event.Kind.LOGIN_ENDED, person=other.person, by=login.person, at=at)
        other.delete()
    Login.objects.filter(pk=login.pk).update(phone=phone, phone_verified=True)
    login.phone, login.phone_verified = phone, True
    person = login.person
    history.record(Event.Kind.ADDRESS_VERIFIED, person=person, by=person, at=at, what="phone")
    if person.phone != phone:
        services.update_person(person, phone=phone, by=person, at=at)
    _claim(login, Q(phone=phone), at=at)


@transaction.atomic
def new_password_by_phone(login: Login, *, password: str, at: datetime) -> Login:
    """The code from the phone was right: the number is proven and the password new."""
    prove_phone(login, login.phone or "", at=at)
    login.refresh_from_db()
    renew_password(login, password=password, at=at)
    return login


def _claim(login: Login, same: Q, *, at: datetime) -> None:
    """Join the login's fresh person with the one known from the counter under the proven address.

    Only with exactly one: a number that two people share proves nothing about either. Only
    soon after signing up: whoever changes his number later keeps his own history, and the
    owner decides in the list of possible duplicates.
    """
    mine = Person.objects.get(pk=login.person_id)
    known = list(
        Person.objects.filter(
            same,
            kind=Person.Kind.NATURAL,
            merged_into__isnull=True,
            anonymised_at__isnull=True,
            login__isnull=True,
        ).exclude(pk=mine.pk)[:2]
    )
    fresh = Event.objects.filter(
        person=mine, kind=Event.Kind.SIGNED_UP, at__gt=at - timedelta(days=30)
    ).exists()
    if len(known) == 1 and fresh:
        merging.merge(known[0], mine, by=mine, at=at, reason=_PROVEN)
        login.person = known[0]


_PROVEN = "Alamat yang sama, sudah dibuktikan oleh pemiliknya."
