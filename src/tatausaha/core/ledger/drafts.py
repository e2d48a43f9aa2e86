"""What may be handed to the ledger: a draft and its lines, their shape and their fingerprints."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.kernel.money import LARGEST
from tatausaha.core.ledger.models import LINES_AT_MOST
from tatausaha.core.people.models import Person, Unit

SMALLEST_KEY = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the account's number, rupiah (debit positive, credit negative), with whom.

    `unit` is the draft's own unless the journal moves something between units.
    """

    account: str
    amount: int
    party: Person | None = None
    unit: Unit | None = None
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A journal to be posted.

    `key` names the cause once and for all: `unit|type|id|event|rev`. `event_on` is the day on
    which it happened; `book_on` the day in whose month it is reported, found by the ledger
    when it is left out. `reason` is demanded for past months.
    """

    key: str
    unit: Unit
    kind: str
    lines: tuple[Line, ...]
    event_on: date
    book_on: date | None = None
    source: tuple[str, int] | None = None
    memo: str = ""
    reason: str = ""
    reverses: int | None = field(default=None, kw_only=True)
    replaces: int | None = field(default=None, kw_only=True)

    def units(self) -> dict[int, Unit]:
        """Every unit that the journal touches, by id."""
        found = {self.unit.pk: self.unit}
        for line in self.lines:
            if line.unit is not None:
                found[line.unit.pk] = line.unit
        return found

    def rows(self) -> list[tuple[int, int, int, int | None, int, str]]:
        """The lines as stored: number, account, unit, party, amount, tag."""
        own = self.unit.pk
        return [
            (
                number,
                int(line.account),
                own if line.unit is None else line.unit.pk,
                None if line.party is None else line.party.pk,
                line.amount,
                line.tag,
            )
            for number, line in enumerate(self.lines, 1)
        ]


def check_shape(draft: Draft) -> None:
    """Rule 2, as far as the draft alone can tell; raises `Refused`.

    Faults of the calling code (an empty key, an amount that is no whole number) are asserted.
    """
    assert len(draft.key) >= SMALLEST_KEY, draft.key
    assert draft.kind, draft.key
    if not 2 <= len(draft.lines) <= LINES_AT_MOST:
        raise Refused(_("Jurnal berisi paling sedikit 2 dan paling banyak 500 baris."))
    sums: dict[int, int] = {}
    for line in draft.lines:
        assert type(line.amount) is int, line
        if line.amount == 0:
            raise Refused(_("Baris jurnal tidak boleh nol."))
        if abs(line.amount) > LARGEST:
            raise Refused(_("Jumlah ini terlalu besar."))
        unit_id = draft.unit.pk if line.unit is None else line.unit.pk
        sums[unit_id] = sums.get(unit_id, 0) + line.amount
    if any(sums.values()):
        raise Refused(_("Jurnal tidak seimbang: debit dan kredit tiap unit usaha harus sama."))


def _digest(content: Sequence[Any]) -> str:
    return hashlib.sha256(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def body_hash(draft: Draft) -> str:
    """The fingerprint of what is asked for: equal for a request and its repetition.

    Who asks, when, and the memo are left out: a repetition may differ in them.
    """
    return _digest([
        draft.key, draft.unit.pk, draft.kind, draft.event_on.isoformat(),
        None if draft.book_on is None else draft.book_on.isoformat(),
        None if draft.source is None else list(draft.source), draft.reason, draft.reverses, draft.replaces,
        draft.rows(),
    ])  # fmt: skip


SEALED_FIELDS = (
    "id", "key", "body_hash", "unit_id", "ym", "book_on", "event_on", "recorded_at", "kind", "source_type",
    "source_id", "actor_kind", "actor_id", "actor_level", "lock_pass_id", "reason", "tag", "memo",
    "reverses_id", "replaces_id", "line_count", "total",
)  # fmt: skip
"""Columns of a journal that its hash covers, in the order in which it covers them."""
SEALED_LINE = ("line_no", "account_id", "unit_id", "period_id", "party_id", "book_on", "amount", "tag")
"""Columns of a line that the journal's hash covers, in that order."""


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def journal_hash(header: Sequence[object], lines: Iterable[Sequence[object]]) -> str:
    """The fingerprint of a journal as stored: `SEALED_FIELDS`, then `SEALED_LINE` of each line by number."""
    return _digest(
        [[_plain(value) for value in header], [[_plain(value) for value in line] for line in lines]]
    )


def event_hash(content: Sequence[object]) -> str:
    """The fingerprint of an audit event, whatever the order in which a database keeps the keys of its facts."""
    return _digest([_in_order(_plain(value)) for value in content])


def _in_order(value: object) -> object:
    """Plain JSON with the keys of every object in one order, short ones first, as PostgreSQL keeps them."""
    if isinstance(value, dict):
        return {key: _in_order(value[key]) for key in sorted(value, key=lambda key: (len(key.encode()), key))}
    return [_in_order(one) for one in value] if isinstance(value, list) else value
