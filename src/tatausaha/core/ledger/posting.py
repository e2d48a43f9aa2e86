"""The one door of the books: posting, reversing, re-booking."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.errors import Conflict, Refused
from tatausaha.core.kernel.money import rupiah
from tatausaha.core.ledger import audit, booking, chain, months, periods, refusals, sealing, store
from tatausaha.core.ledger.drafts import SEALED_FIELDS, Draft, Line, body_hash, check_shape, journal_hash
from tatausaha.core.ledger.models import Account, Journal, Period
from tatausaha.core.people import roles
from tatausaha.core.people.actors import Actor, Machine, person_or_none
from tatausaha.core.people.models import Person

_COLUMNS = (*("idem_key" if name == "key" else name for name in SEALED_FIELDS), "hash")


def post(draft: Draft, *, by: Actor, at: datetime) -> Journal:
    """Post one journal: all of it or nothing. See `post_many`."""
    return post_many((draft,), by=by, at=at)[0]


def post_many(drafts: Sequence[Draft], *, by: Actor, at: datetime) -> list[Journal]:
    """Post journals in one transaction; returns them in the order of the drafts.

    A key that was posted before with the same content gives that journal again; with other
    content it raises `Conflict`. Raises `Refused` for whatever rules/ledger forbids: an
    unbalanced journal, a closed or future month, an account without its person, a balance
    that may not go below zero, a clock that was set back. Nothing is half-written (SYS-07).
    """
    bodies: dict[str, tuple[Draft, str]] = {}
    for draft in drafts:
        check_shape(draft)
        body = body_hash(draft)
        if bodies.setdefault(draft.key, (draft, body))[1] != body:
            raise Conflict(refusals.USED_KEY)
    if not bodies:
        return []
    with refusals.in_words(), transaction.atomic():
        desk, known = booking.open_desk(by, at, [draft for draft, _body in bodies.values()])
        for key, (_pk, stored) in known.items():
            if stored != bodies[key][1]:
                raise Conflict(refusals.USED_KEY)
        fresh = [(draft, body) for key, (draft, body) in bodies.items() if key not in known]
        journals = {journal.key: journal for journal in _write(fresh, desk)} if fresh else {}
        if known:
            ids = [pk for pk, _body in known.values()]
            journals |= {journal.key: journal for journal in Journal.objects.filter(pk__in=ids)}
    return [journals[draft.key] for draft in drafts]


def _write(fresh: Sequence[tuple[Draft, str]], desk: booking.Desk) -> list[Journal]:
    """Lines, headers, figures, floors, passes, versions of past months: in this order."""
    booking.settle_months(desk)
    levels: dict[frozenset[int], int] = {}
    journals, rows, entries, turns = [], [], [], store.Turns()
    stamp = store.stamp(desk.at)
    for number, (draft, body) in zip(desk.scene.ids, fresh, strict=False):
        units = draft.units()
        touched = frozenset(units)
        if touched not in levels:
            levels[touched] = periods.level_of(desk.by, units.values())
        place = booking.book(desk, draft, levels[touched])
        journal, lines = _seal(number, draft, body, place, by=desk.by, at=desk.at, level=levels[touched])
        journals.append(journal)
        rows.append(_stored(journal, stamp))
        for line in lines:
            entries.append((number, *line))
            turns.take(line[1], line[2], line[3], line[4], line[6])
    if short := store.write(rows, _COLUMNS, entries, turns):
        raise _shortfall(short[0])
    _after(journals, [draft for draft, _body in fresh], desk)
    chain.forge_on_commit()
    return journals


def _seal(
    number: int, draft: Draft, body: str, place: booking.Booking, *, by: Actor, at: datetime, level: int
) -> tuple[Journal, list[store.Row]]:
    """The header as it will be stored, hash included, and its lines."""
    ym = months.of(place.on)
    lines: list[store.Row] = [
        (line_no, account, unit, months.period_id(unit, ym), party, place.on, amount, tag)
        for line_no, account, unit, party, amount, tag in draft.rows()
    ]
    person = person_or_none(by)
    journal = Journal(
        id=number, key=draft.key, body_hash=body, unit=draft.unit, ym=ym, book_on=place.on, event_on=draft.event_on,
        recorded_at=at, kind=draft.kind, source_type=draft.source[0] if draft.source else "",
        source_id=draft.source[1] if draft.source else None,
        actor_kind=by.value if isinstance(by, Machine) else Journal.ActorKind.PERSON.value, actor=person,
        actor_level=level, lock_pass_id=place.lock_pass, reason=draft.reason, tag=place.tag, memo=draft.memo,
        reverses_id=draft.reverses, replaces_id=draft.replaces, line_count=len(lines),
        total=sum(line[6] for line in lines if line[6] > 0),
    )  # fmt: skip
    journal.hash = journal_hash([getattr(journal, name) for name in SEALED_FIELDS], lines)
    journal._state.adding = False  # noqa: SLF001 - it is inserted by our own SQL
    journal._state.db = "default"  # noqa: SLF001
    return journal, lines


def _stored(journal: Journal, stamp: object) -> store.Row:
    row = [getattr(journal, name) for name in SEALED_FIELDS]
    row[SEALED_FIELDS.index("recorded_at")] = stamp
    return (*row, journal.hash)


class NotEnough(Refused):
    """An account would fall below zero that must not: cash in hand, a deposit, an advance."""


def _shortfall(short: store.Shortfall) -> NotEnough:
    account = Account.objects.get(pk=short.account)
    person = Person.objects.filter(pk=short.party).first() if short.party else None
    said = {"account": account.name, "person": person.name if person else "", "amount": rupiah(short.amount)}
    if person is None:
        return NotEnough(_("%(account)s tidak cukup: kurang %(amount)s.") % said)
    return NotEnough(_("%(account)s atas nama %(person)s tidak cukup: kurang %(amount)s.") % said)


def _after(journals: Sequence[Journal], drafts: Sequence[Draft], desk: booking.Desk) -> None:
    """Write down each use of a pass, and the next version of every sealed month that changed.

    A sealed month is locked, whatever the poster's own clock takes for the running month.
    """
    past: dict[tuple[int, int], str] = {}
    for journal, draft in zip(journals, drafts, strict=True):
        for pk in draft.units():
            locked = desk.scene.levels.get(months.period_id(pk, journal.ym)) == Period.PAST
            if locked or journal.ym < months.of(desk.today[pk]):
                past.setdefault((pk, journal.ym), draft.reason)
        if journal.lock_pass_id is not None:
            audit.record(
                "pass.used", f"pass {journal.lock_pass_id}", by=desk.by, at=desk.at, unit=journal.unit_id,
                after={"journal": journal.pk, "ym": journal.ym},
            )  # fmt: skip
    for (pk, ym), reason in past.items():
        sealing.renew(desk.units[pk], ym, by=person_or_none(desk.by), at=desk.at, reason=reason)


def mirror_of(journal: Journal) -> tuple[Line, ...]:
    """The lines of a journal with every sign turned."""
    entries = journal.entries.select_related("party", "unit").order_by("line_no")
    return tuple(Line(str(row.account_id), -row.amount, row.party, row.unit, row.tag) for row in entries)


def reverse(
    journal: Journal, *, by: Actor, at: datetime, reason: str, book_on: date | None = None
) -> Journal:
    """Take a journal back by its exact mirror, once, with a reason (rule 3).

    Booked today unless the owner, with a reason, names another day. Asked again with the same
    reason it gives the same reversal. A reversal cannot be reversed: post anew instead.
    """
    if not reason.strip():
        raise Refused(_("Tulis alasannya."), field="reason")
    if journal.reverses_id is not None:
        raise Refused(_("Jurnal pembalik tidak dapat dibalik. Bukukan kembali dengan jurnal baru."))
    key = f"{journal.unit.code}|journal|{journal.pk}|reverse|1"
    done = Journal.objects.filter(reverses=journal).first()
    if done is not None and done.key == key and done.reason == reason:
        return done
    if done is not None:
        raise Conflict(_("Jurnal ini sudah dibalik."))
    today = periods.today(journal.unit, at)
    return post(
        Draft(
            key=key, unit=journal.unit, kind="reversal", lines=mirror_of(journal), event_on=today,
            book_on=book_on or today, source=_source(journal), memo=journal.memo, reason=reason, reverses=journal.pk,
        ),
        by=by, at=at,
    )  # fmt: skip


def _source(journal: Journal) -> tuple[str, int] | None:
    return None if journal.source_id is None else (journal.source_type, journal.source_id)


def rebook(journal: Journal, *, book_on: date, by: Person, at: datetime, reason: str) -> Journal:
    """Move a journal into another month: its mirror on the old day, a new one on the new (boarding.md 10).

    For the owner, with a reason; both days must be ones that the owner may write. Returns the new
    journal, which names the one that it replaces.
    """
    if not roles.is_owner(by):
        raise Refused(_("Hanya pemilik yang dapat memindah jurnal ke bulan lain."))
    lines = tuple(
        Line(line.account, -line.amount, line.party, line.unit, line.tag) for line in mirror_of(journal)
    )
    with transaction.atomic():
        reverse(journal, by=by, at=at, reason=reason, book_on=journal.book_on)
        return post(
            Draft(
                key=f"{journal.unit.code}|journal|{journal.pk}|rebook|1", unit=journal.unit, kind=journal.kind,
                lines=lines, event_on=journal.event_on, book_on=book_on, source=_source(journal),
                memo=journal.memo, reason=reason, replaces=journal.pk,
            ),
            by=by, at=at,
        )  # fmt: skip
