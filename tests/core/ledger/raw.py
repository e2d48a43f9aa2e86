"""Journals by raw SQL, as somebody would who wants to get around the ledger."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from tatausaha.core.ledger import months, store
from tatausaha.core.people.models import Unit


@dataclass(frozen=True)
class Raw:
    """Everything that such a statement may say, right or wrong."""

    unit: Unit
    recorded_at: datetime
    book_on: date
    actor: int
    level: int
    number: int = 900_001
    key: str = "a"
    amounts: tuple[int, ...] = (500, -500)
    accounts: tuple[str, ...] = ("11201", "41301")
    numbers: tuple[int, ...] = (1, 2)
    total: int = 500
    line_count: int | None = None
    ym: int | None = None
    line_ym: int | None = None
    line_book_on: date | None = None
    line_unit: Unit | None = None
    event_on: date | None = None
    reason: str = ""
    lock_pass: int | None = None
    reverses: int | None = None


def raw_post(raw: Raw, *, header: bool = True) -> int:
    """Insert the lines and the header; returns the number."""
    ym = raw.ym or months.of(raw.book_on)
    unit = raw.line_unit or raw.unit
    period = months.period_id(raw.unit.pk, raw.line_ym or months.of(raw.book_on))
    with connection.cursor() as cursor:
        for line_no, account, amount in zip(raw.numbers, raw.accounts, raw.amounts, strict=False):
            cursor.execute(
                "INSERT INTO ledger_entry"
                " (journal_id, line_no, account_id, unit_id, period_id, party_id, book_on, amount, tag)"
                " VALUES (%s, %s, %s, %s, %s, NULL, %s, %s, '')",
                [raw.number, line_no, int(account), unit.pk, period, raw.line_book_on or raw.book_on, amount],
            )
        if header:
            cursor.execute(
                "INSERT INTO ledger_journal (id, idem_key, body_hash, unit_id, ym, book_on, event_on, recorded_at,"
                " kind, source_type, actor_kind, actor_id, actor_level, lock_pass_id, reason, tag, memo, reverses_id,"
                " line_count, total, hash)"
                " VALUES (%s, %s, 'b', %s, %s, %s, %s, %s, 'raw', '', 'person', %s, %s, %s, %s, '', '',"
                " %s, %s, %s, 'h')",
                [
                    raw.number, raw.key, raw.unit.pk, ym, raw.book_on, raw.event_on or raw.book_on,
                    store.stamp(raw.recorded_at), raw.actor, raw.level, raw.lock_pass, raw.reason, raw.reverses,
                    2 if raw.line_count is None else raw.line_count, raw.total,
                ],
            )  # fmt: skip
    return raw.number
