"""Writes of moving in: the day, a figure, the rest of the opening equity (rules/ledger 20)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tatausaha.core.imports.kinds import Outcome
from tatausaha.core.imports.models import ImportRun
from tatausaha.core.kernel import clock
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import audit, chart
from tatausaha.core.ledger import queries as books
from tatausaha.core.ledger.models import Account, Journal
from tatausaha.core.ledger.services import Draft, Line, post, reverse
from tatausaha.core.openings import queries
from tatausaha.core.openings.models import CutOver, Opening
from tatausaha.core.people import roles
from tatausaha.core.people.models import Person, Unit
from tatausaha.core.people.services import begin_books_earlier

REST = "openings.rest"
"""The source of journals that carry the rest of the opening equity to its account."""
OLDEST_YEARS = 10
REST_ACCOUNTS = (chart.CAPITAL, chart.DRAWINGS, chart.RETAINED_EARNINGS)


def _owner(by: Person) -> None:
    if not roles.is_owner(by):
        raise Refused(_("Pindah dari buku kertas dilakukan oleh pemilik."))


@transaction.atomic
def set_cut_over(units: Iterable[Unit], on: date, *, by: Person, at: datetime) -> list[CutOver]:
    """From which day units keep their books here. Raises `Refused` for a day to come, and once figures are in."""
    _owner(by)
    made = []
    for unit in units:
        if on > clock.day(at, unit.zone):
            raise Refused(_("Tanggal pindah tidak boleh di masa depan."), field="on")
        if on.year < clock.day(at, unit.zone).year - OLDEST_YEARS:
            raise Refused(_("Tanggal pindah paling lama sepuluh tahun yang lalu."), field="on")
        known = CutOver.objects.filter(unit=unit).first()
        if known is not None and known.on == on:
            made.append(known)
            continue
        if known is not None and queries.has_figures(unit):
            said = _(
                "Saldo awal %(unit)s sudah masuk per tanggal pindahnya; tanggal itu tidak bisa diganti lagi."
            )
            raise Refused(said % {"unit": unit.name}, field="on")
        kept, _made = CutOver.objects.update_or_create(
            unit=unit, defaults={"on": on, "set_by": by, "set_at": at}
        )
        begin_books_earlier(on, by=by, at=at)
        audit.record(
            "opening.cut_over", unit.code, by=by, at=at, unit=unit,
            before={"on": str(known.on)} if known else None, after={"on": str(on)},
        )  # fmt: skip
        made.append(kept)
    return made


@dataclass(frozen=True)
class Figure:
    """What is to be brought along: rupiah, debit positive, on a day, against the opening equity."""

    kind: Opening.Kind
    unit: Unit
    account: Account
    amount: int
    on: date
    memo: str
    reason: str
    ym: int = 0
    party: Person | None = None

    @property
    def key(self) -> str:
        """What the same figure is known by, whatever its amount."""
        return key_of(self.kind, self.unit, self.ym, self.account, self.party)


def key_of(kind: str, unit: Unit, ym: int, account: Account, party: Person | None) -> str:
    """What a figure is known by."""
    return f"{unit.pk}|{kind}|{ym}|{account.pk}|{party.pk if party else 0}"


@transaction.atomic
def bring(figure: Figure, run: ImportRun, number: int, *, by: Person, at: datetime) -> Outcome:
    """Post a figure once; the same again changes nothing, another amount takes the first back and posts anew.

    The owner's alone. Raises `Refused` for what the books refuse.
    """
    _owner(by)
    known = Opening.objects.select_for_update().filter(key=figure.key).select_related("journal").first()
    gone = known is not None and Journal.objects.filter(reverses=known.journal_id).exists()
    if known is not None and known.amount == figure.amount and not gone:
        return Outcome.UNCHANGED
    begin_books_earlier(figure.on, by=by, at=at)
    if known is not None and not gone:
        reverse(known.journal, by=by, at=at, reason=figure.reason, book_on=known.journal.book_on)
    revision = known.revision + 1 if known else 0
    journal = _post(figure, revision, by=by, at=at)
    Opening.objects.update_or_create(
        key=figure.key,
        defaults={
            "kind": figure.kind, "unit": figure.unit, "ym": figure.ym, "account": figure.account,
            "party": figure.party, "amount": figure.amount, "revision": revision, "journal": journal,
            "run": run, "number": number, "at": at,
        },
    )  # fmt: skip
    return Outcome.UPDATED if known else Outcome.CREATED


def remember(figure: Figure, journal: Journal, run: ImportRun, number: int, *, at: datetime) -> None:
    """Keep a figure whose journal another room posted, because it also keeps what is held."""
    Opening.objects.create(
        key=figure.key, kind=figure.kind, unit=figure.unit, ym=figure.ym, account=figure.account,
        party=figure.party, amount=figure.amount, journal=journal, run=run, number=number, at=at,
    )  # fmt: skip


def _post(figure: Figure, revision: int, *, by: Person, at: datetime) -> Journal:
    summary = figure.kind == Opening.Kind.SUMMARY
    tag = "impor" if summary else ""
    draft = Draft(
        key=f"{figure.key}|{revision}", unit=figure.unit, kind="impor" if summary else "opening",
        event_on=figure.on, book_on=figure.on, memo=figure.memo, reason=figure.reason,
        lines=(
            Line(str(figure.account.pk), figure.amount, party=figure.party, tag=tag),
            Line(chart.OPENING_EQUITY, -figure.amount, tag=tag),
        ),
    )  # fmt: skip
    return post(draft, by=by, at=at)


@transaction.atomic
def carry_rest(unit: Unit, account: str, *, by: Person, at: datetime) -> Journal:
    """Carry what is left on the opening equity to capital, drawings or retained earnings, so that it is nothing.

    On the day of moving in, with the reason that this is the end of moving in. The owner's alone.
    """
    _owner(by)
    on = queries.cut_over_of(unit)
    rest = books.balance_now(chart.OPENING_EQUITY, unit)
    if on is None or not rest:
        raise Refused(_("Ekuitas saldo awal %(unit)s sudah nol.") % {"unit": unit.name})
    if account not in REST_ACCOUNTS:
        raise Refused(_("Pilih modal, prive, atau laba ditahan."), field="account")
    turn = Journal.objects.filter(unit=unit, source_type=REST).count()
    draft = Draft(
        key=f"{unit.pk}|{REST}|{unit.pk}|carry|{turn}", unit=unit, kind="opening", event_on=on, book_on=on,
        source=(REST, unit.pk), reason=_("Menutup ekuitas saldo awal."),
        memo=_("Sisa ekuitas saldo awal"), lines=(Line(chart.OPENING_EQUITY, -rest), Line(account, rest)),
    )  # fmt: skip
    return post(draft, by=by, at=at)
