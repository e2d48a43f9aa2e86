"""Raw SQL gets around nothing: the database itself refuses, on SQLite and PostgreSQL (KOS-17, SYS-07)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from tatausaha.core.ledger import chart, periods
from tatausaha.core.ledger.models import Journal, LockPass
from tatausaha.core.ledger.services import close_month, forge, grant, lock_month, post, reopen_month
from tatausaha.core.people.models import Person, Unit
from tests.core.ledger.raw import Raw, raw_post

pytestmark = pytest.mark.req("SYS-07")


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def settled() -> None:
    """What a commit would check last."""
    connection.check_constraints()


def committed(act: Callable[[], object]) -> None:
    """Do it, up to what the commit would check."""
    with transaction.atomic():
        act()
        settled()


@pytest.fixture
def journal(draft: Callable, sari: Person, at: datetime) -> Journal:
    made = post(draft(), by=sari, at=at)
    forge()
    return made


@pytest.fixture
def raw(unit: Unit, sari: Person, at: datetime) -> Raw:
    """A journal that the database accepts when it is inserted by raw SQL."""
    periods.roll(unit, at=at)
    return Raw(unit=unit, recorded_at=at, book_on=date(2026, 3, 10), actor=sari.pk, level=2)


def test_raw_sql_may_post_what_keeps_every_rule(raw):
    raw_post(raw)

    settled()
    assert Journal.objects.get().total == 500


@pytest.mark.req("SYS-07")
@pytest.mark.parametrize(
    "table",
    ["ledger_journal", "ledger_entry", "ledger_event", "ledger_link", "ledger_seal", "ledger_lockpass"],
)
def test_what_is_sealed_is_never_changed_or_deleted(journal, table, unit, sari, hadi, at):
    close_month(unit, 202602, by=sari, at=at)
    grant(
        person=sari, unit=unit, from_ym=202602, to_ym=202602, reason="Nota tertinggal", max_journals=1,
        ends_at=at + timedelta(hours=1), by=hadi, at=at,
    )  # fmt: skip
    settled()
    column = {"ledger_entry": "amount", "ledger_link": "seq", "ledger_lockpass": "max_journals"}.get(
        table, "id"
    )

    for statement in (f"UPDATE {table} SET {column} = {column} + 1", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match="ledger:sealed"):
            run(statement)
    if connection.vendor == "postgresql" and table != "ledger_lockpass":
        with pytest.raises(IntegrityError, match="ledger:sealed"):
            run(f"TRUNCATE {table} CASCADE")


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "table", ["ledger_journal", "ledger_entry", "ledger_event", "ledger_link", "ledger_lockpass"]
)
def test_replace_is_no_way_around_the_seal(journal, table, unit, sari, hadi, at):
    grant(
        person=sari, unit=unit, from_ym=202602, to_ym=202602, reason="Nota tertinggal", max_journals=1,
        ends_at=at + timedelta(hours=1), by=hadi, at=at,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers = OFF")
        try:
            with pytest.raises(IntegrityError, match="ledger:sealed"):
                run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
        finally:
            cursor.execute("PRAGMA recursive_triggers = ON")


def test_no_line_is_added_to_a_posted_journal(journal):
    with pytest.raises(IntegrityError, match="ledger:sealed"):
        run(
            "INSERT INTO ledger_entry (journal_id, line_no, account_id, unit_id, period_id, book_on, amount, tag)"
            f" SELECT journal_id, 3, account_id, unit_id, period_id, book_on, 5, '' FROM ledger_entry"
            f" WHERE journal_id = {journal.pk} AND line_no = 1"
        )


def test_lines_without_a_header_do_not_commit(raw):
    with pytest.raises(IntegrityError):
        committed(lambda: raw_post(raw, header=False))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amounts": (500, -499)}, "unbalanced"),
        ({"total": 499}, "unbalanced"),
        ({"amounts": ()}, "lines"),
        ({"line_count": 3}, "lines"),
        ({"numbers": (1, 3)}, "lines"),
        ({"numbers": (0, 1)}, "lines"),
        ({"accounts": ("11201", "41000")}, "account"),
        ({"accounts": ("11201", chart.RECEIVABLES)}, "party"),
        ({"line_book_on": date(2026, 3, 9)}, "period"),
        ({"ym": 202602}, "period"),
        ({"line_ym": 202602}, "period"),
        ({"event_on": date(2026, 3, 11)}, "future"),
    ],
)
def test_a_raw_journal_that_breaks_a_rule_is_refused(raw, change, code):
    with pytest.raises(IntegrityError, match=f"ledger:{code}"), transaction.atomic():
        raw_post(replace(raw, **change))

    assert not Journal.objects.exists()


def test_a_raw_journal_on_a_closed_or_unknown_account_is_refused(raw, company):
    run(f"UPDATE ledger_account SET closed_on = '2026-03-10' WHERE id = {chart.BANK}")

    with pytest.raises(IntegrityError, match="ledger:account"), transaction.atomic():
        raw_post(raw)
    with pytest.raises(IntegrityError):
        committed(lambda: raw_post(replace(raw, accounts=("11999", "41301"))))


def test_a_raw_journal_of_one_unit_cannot_name_the_month_of_another(raw, unit_wita, at):
    periods.roll(unit_wita, at=at)

    with pytest.raises(IntegrityError, match=r"ledger:(period|unbalanced)"), transaction.atomic():
        raw_post(replace(raw, line_unit=unit_wita))


def test_a_key_is_taken_once_and_a_journal_reversed_once(raw, at):
    first = raw_post(raw)
    with pytest.raises(IntegrityError), transaction.atomic():
        raw_post(replace(raw, number=raw.number + 1))

    back = replace(raw, number=raw.number + 1, key="b", reverses=first)
    raw_post(back)
    with pytest.raises(IntegrityError), transaction.atomic():
        raw_post(replace(back, number=raw.number + 2, key="c"))
    with pytest.raises(IntegrityError, match="ledger:reversal"), transaction.atomic():
        raw_post(replace(back, number=raw.number + 2, key="c", reverses=raw.number + 1))


def test_the_meaning_of_a_used_account_stays(journal):
    for change in (
        "type = 'X'",
        "needs_party = true",
        "never_negative = true",
        "is_detail = false",
        "id = 11299",
    ):
        with pytest.raises(IntegrityError, match="ledger:meaning"):
            run(f"UPDATE ledger_account SET {change} WHERE id = {chart.BANK}")
    run(f"UPDATE ledger_account SET code = '11202', name = 'BRI' WHERE id = {chart.BANK}")
    run("UPDATE ledger_account SET type = 'X' WHERE id = 15101")


def test_a_used_account_or_month_is_never_deleted(journal):
    for statement in (f"DELETE FROM ledger_account WHERE id = {chart.BANK}", "DELETE FROM ledger_period"):
        with pytest.raises(IntegrityError):
            committed(partial(run, statement))


# The month's lock, at the last second and at the first, in three zones

LAST = {
    "Asia/Jakarta": datetime(2026, 1, 31, 16, 59, 59, tzinfo=UTC),
    "Asia/Makassar": datetime(2026, 1, 31, 15, 59, 59, tzinfo=UTC),
    "Asia/Jayapura": datetime(2026, 1, 31, 14, 59, 59, tzinfo=UTC),
}


@pytest.mark.req("KOS-17")
@pytest.mark.parametrize("rolled", [False, True], ids=["nobody noticed yet", "rolled"])
@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize("zone", LAST)
def test_raw_sql_of_staff_ends_with_the_month(raw, unit, sari, zone, level, rolled):
    unit.zone = zone
    unit.save()
    last = LAST[zone]
    connection.cursor().execute("DELETE FROM ledger_period")
    periods.roll(unit, at=last)
    mine = replace(raw, recorded_at=last, book_on=date(2026, 1, 31), level=level)

    raw_post(mine)
    first = last + timedelta(seconds=1)
    if rolled:
        periods.roll(unit, at=first)
    with pytest.raises(IntegrityError, match="ledger:closed"), transaction.atomic():
        raw_post(replace(mine, recorded_at=first, number=mine.number + 1, key="b"))
    with pytest.raises(IntegrityError), transaction.atomic():
        raw_post(replace(mine, book_on=date(2026, 2, 1), number=mine.number + 1, key="b"))

    assert Journal.objects.count() == 1


@pytest.mark.req("KOS-18")
def test_raw_sql_of_the_owner_into_a_past_month_needs_a_reason(raw, unit, hadi):
    periods.add_months(unit, [202601], at=raw.recorded_at)
    past = replace(raw, book_on=date(2026, 1, 31), actor=hadi.pk, level=3)

    with pytest.raises(IntegrityError, match="ledger:reason"), transaction.atomic():
        raw_post(past)
    raw_post(replace(past, reason="Nota tertinggal"))

    assert Journal.objects.get().ym == 202601


def test_nobody_writes_a_future_month(raw, unit, hadi):
    periods.add_months(unit, [202604], at=raw.recorded_at)

    for level in (2, 3):
        with pytest.raises(IntegrityError, match="ledger:future"), transaction.atomic():
            raw_post(replace(raw, book_on=date(2026, 4, 1), level=level, reason="Nanti"))


def test_a_month_that_the_owner_locked_early_refuses_staff(raw, unit, hadi, at):
    lock_month(unit, 202603, by=hadi, at=at, reason="Audit")

    with pytest.raises(IntegrityError, match="ledger:closed"), transaction.atomic():
        raw_post(raw)
    raw_post(replace(raw, level=3, actor=hadi.pk))
    reopen_month(unit, 202603, by=hadi, at=at, reason="Selesai")
    raw_post(replace(raw, number=raw.number + 1, key="b"))

    assert Journal.objects.count() == 2


@pytest.mark.parametrize(
    "spoil",
    [
        {"revoked_at": True},
        {"ends_at": timedelta(0)},
        {"person": True},
        {"unit": True},
        {"to_ym": 202512, "from_ym": 202512},
        {"max_journals": 0},
    ],
    ids=lambda spoil: next(iter(spoil)),
)
def test_a_pass_that_does_not_fit_opens_nothing(raw, unit, unit_wita, sari, budi, hadi, at, spoil):
    periods.add_months(unit, [202601], at=at)
    held = LockPass.objects.create(
        person=budi if "person" in spoil else sari, unit=unit_wita if "unit" in spoil else unit,
        from_ym=spoil.get("from_ym", 202601), to_ym=spoil.get("to_ym", 202601), reason="Nota tertinggal",
        granted_by=hadi, granted_at=at - timedelta(hours=1), ends_at=at + spoil.get("ends_at", timedelta(hours=1)),
        max_journals=1,
    )  # fmt: skip
    past = replace(raw, book_on=date(2026, 1, 31), lock_pass=held.pk)
    if "revoked_at" in spoil:
        LockPass.objects.update(revoked_at=at, revoked_by=hadi)
    if "max_journals" in spoil:
        raw_post(past)

    with pytest.raises(IntegrityError, match="ledger:closed"), transaction.atomic():
        raw_post(replace(past, number=past.number + 1, key="b"))


def test_a_pass_of_more_than_72_hours_or_without_a_reason_cannot_exist(unit, sari, hadi, at):
    good = {
        "person": sari, "unit": unit, "from_ym": 202601, "to_ym": 202601, "reason": "Nota tertinggal",
        "granted_by": hadi, "granted_at": at, "ends_at": at + timedelta(hours=72), "max_journals": 1,
    }  # fmt: skip
    for spoil in ({"reason": " terlambat "}, {"ends_at": at + timedelta(hours=72, seconds=1)}):
        with pytest.raises(IntegrityError, match="ledger:pass"), transaction.atomic():
            LockPass.objects.create(**(good | spoil))

    assert LockPass.objects.create(**good).pk
