"""Identity papers: taken in, shown to whom they concern, erased in time (KOS-07, KOS-13)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel import ids, uploads
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import access, history, identity, services, vault
from tatausaha.core.people.actors import Actor, person_or_none
from tatausaha.core.people.models import Event, IdentityPaper, PaperView, Person

FOLDER = "papers"
Kind = IdentityPaper.Kind


@dataclass(frozen=True)
class OpenFile:
    """The decrypted file of a paper, for the one answer that shows it."""

    content: bytes
    content_type: str


def hash_of(kind: str, number: str) -> str:
    """The search hash of a number in its stored form."""
    return vault.search_hash(kind, number)


def known_paper(person: Person, *, kind: str, number: str, at: datetime) -> IdentityPaper | None:
    """The person's paper of that number, if it was taken in before. Raises `Refused` for a wrong NIK."""
    plain = identity.nik(number, on=at.date()).number if kind == Kind.KTP else identity.paper_number(number)
    return IdentityPaper.objects.filter(person=person, number_hash=hash_of(kind, plain)).first()


@transaction.atomic
def add_paper(
    *,
    person: Person,
    kind: str,
    number: str,
    by: Actor,
    at: datetime,
    file: uploads.Source | None = None,
    valid_until: date | None = None,
) -> IdentityPaper:
    """Keep an identity paper: the number, and a photo or PDF of it if there is one.

    A KTP's number must be a NIK; it gives the birth date where none is known. Photos are
    re-encoded without their metadata. The encrypted file is removed again when the
    transaction fails. Raises `Refused`; who may is the caller's to know (`access.may_edit`).
    """
    if kind not in Kind.values:
        raise Refused(_("Pilih jenis identitasnya."), field="kind")
    if valid_until is not None and valid_until < at.date():
        raise Refused(_("Identitas ini sudah tidak berlaku."), field="valid_until")
    born_on = None
    if kind == Kind.KTP:
        nik = identity.nik(number, on=at.date())
        plain, born_on = nik.number, nik.born_on
    else:
        plain = identity.paper_number(number)
    digest = hash_of(kind, plain)
    if IdentityPaper.objects.filter(person=person, number_hash=digest).exists():
        raise Refused(_("Identitas ini sudah tercatat."), field="number")
    paper = IdentityPaper(
        person=person,
        kind=kind,
        number_sealed=vault.seal_text(plain),
        number_masked=identity.masked(plain),
        number_hash=digest,
        valid_until=valid_until,
        added_by=person_or_none(by),
        added_at=at,
    )
    with _sealed(paper, file), transaction.atomic():
        paper.save(force_insert=True)
        history.record(Event.Kind.PAPER_ADDED, person=person, by=by, at=at, paper=paper.pk, kind=kind)
        if born_on and not person.born_on:
            services.update_person(person, born_on=born_on, by=by, at=at)
    return paper


@transaction.atomic
def keep_file(paper: IdentityPaper, file: uploads.Source, *, by: Actor, at: datetime) -> IdentityPaper:
    """Add the photo or PDF to a paper that was taken in by its number alone. Raises `Refused`."""
    paper = IdentityPaper.objects.select_for_update().get(pk=paper.pk)
    if paper.file_name:
        raise Refused(_("Identitas ini sudah tercatat."), field="number")
    with _sealed(paper, file), transaction.atomic():
        paper.save(update_fields=["file_name", "file_type"])
        history.record(
            Event.Kind.PAPER_ADDED, person=paper.person, by=by, at=at, paper=paper.pk, kind=paper.kind
        )
    return paper


@contextmanager
def _sealed(paper: IdentityPaper, file: uploads.Source | None) -> Iterator[None]:
    """The encrypted file, if there is one, lies there and is named; it is removed again when what follows fails."""
    if file is None:
        yield
        return
    picture = uploads.paper(file)
    paper.file_type = picture.content_type
    paper.file_name = default_storage.save(
        f"{FOLDER}/{ids.token()}", ContentFile(vault.seal(picture.content))
    )
    try:
        yield
    except BaseException:
        default_storage.delete(paper.file_name)
        raise


def _let_see(paper: IdentityPaper, what: PaperView.What, *, by: Person, at: datetime, reason: str) -> None:
    """Write the look down first; raises `Refused` without a right, a reason, or anything to see."""
    if not access.may_know(by, paper.person):
        raise Refused(_("Anda tidak berhak melihat identitas ini."))
    if paper.erased_at:
        raise Refused(_("Identitas ini sudah dihapus."))
    reason = " ".join(reason.split())
    if len(reason) < 3:
        raise Refused(_("Tulis alasan melihat identitas ini."), field="reason")
    PaperView.objects.create(paper=paper, by=by, what=what, reason=reason[:200], at=at)


@transaction.atomic
def reveal_number(paper: IdentityPaper, *, by: Person, at: datetime, reason: str) -> str:
    """The full number; the look is written down before it is answered."""
    _let_see(paper, PaperView.What.NUMBER, by=by, at=at, reason=reason)
    return vault.unseal_text(paper.number_sealed)


@transaction.atomic
def reveal_file(paper: IdentityPaper, *, by: Person, at: datetime, reason: str) -> OpenFile:
    """The decrypted file; the look is written down before it is answered."""
    if not paper.file_name:
        raise Refused(_("Identitas ini tidak punya berkas."))
    _let_see(paper, PaperView.What.FILE, by=by, at=at, reason=reason)
    with default_storage.open(paper.file_name) as stored:
        return OpenFile(vault.unseal(stored.read()), paper.file_type)


@transaction.atomic
def erase_paper(paper: IdentityPaper, *, by: Actor, at: datetime, reason: str) -> None:
    """Number and file are gone for good; that there was a paper, and who saw it, stays."""
    paper = IdentityPaper.objects.select_for_update().get(pk=paper.pk)
    if paper.erased_at:
        return
    file_name = paper.file_name
    paper.number_sealed = paper.number_hash = paper.file_name = ""
    paper.number_masked = "•" * 8
    paper.erased_at = at
    paper.save(update_fields=["number_sealed", "number_hash", "number_masked", "file_name", "erased_at"])
    history.record(Event.Kind.PAPER_ERASED, person=paper.person, by=by, at=at, paper=paper.pk, reason=reason)
    if file_name:
        transaction.on_commit(lambda: default_storage.delete(file_name))


def reseal_all() -> int:
    """Put every number and file under the newest key; returns how many papers. Safe to repeat."""
    papers = IdentityPaper.objects.filter(erased_at__isnull=True).order_by("pk")
    for paper in papers.iterator(chunk_size=100):
        sealed = vault.reseal(paper.number_sealed.encode()).decode()
        file_name = paper.file_name
        if file_name:
            with default_storage.open(file_name) as stored:
                again = vault.reseal(stored.read())
            file_name = default_storage.save(f"{FOLDER}/{ids.token()}", ContentFile(again))
        kept = IdentityPaper.objects.filter(pk=paper.pk, erased_at__isnull=True, file_name=paper.file_name)
        if kept.update(number_sealed=sealed, file_name=file_name) and paper.file_name:
            default_storage.delete(paper.file_name)
        elif file_name != paper.file_name:
            default_storage.delete(file_name)
    return papers.count()
