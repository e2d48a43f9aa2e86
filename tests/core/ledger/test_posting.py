"""The one door."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tatausaha.core.kernel.errors import Conflict, Refused
from tatausaha.core.ledger import chart, queries
from tatausaha.core.ledger.models import Balance, Entry, Journal, PartyTotal, Total
from tatausaha.core.ledger.services import Line, post, post_many, rebook, reverse
from tatausaha.core.people.actors import Machine

pytestmark = pytest.mark.req("SYS-07")


@pytest.mark.req("SYS-10")
def test_a_journal_is_posted_with_its_lines_and_figures(draft, sari, unit, at):
    journal = post(draft(memo="Sewa kamar 3"), by=sari, at=at)

    stored = Journal.objects.get()
    assert (stored.pk, stored.hash, stored.body_hash) == (journal.pk, journal.hash, journal.body_hash)
    assert (stored.ym, stored.book_on, stored.total, stored.line_count) == (
        202603,
        date(2026, 3, 10),
        1_000_000,
        2,
    )
    assert (stored.actor, stored.actor_kind, stored.actor_level, stored.recorded_at) == (
        sari,
        "person",
        2,
        at,
    )
    assert list(Entry.objects.order_by("line_no").values_list("account_id", "amount")) == [
        (11201, 1_000_000),
        (41201, -1_000_000),
    ]
    assert queries.balance_now(chart.BANK, unit) == 1_000_000
    assert queries.balance_at_month_end(chart.SERVICE_INCOME, unit, 202603) == -1_000_000


def test_the_same_key_with_the_same_content_gives_the_first_journal(draft, sari, hadi, at):
    first = post(draft(), by=sari, at=at)

    again = post(draft(memo="lagi"), by=hadi, at=at + timedelta(hours=1))

    assert again.pk == first.pk
    assert (Journal.objects.count(), Entry.objects.count()) == (1, 2)


def test_the_same_key_with_other_content_is_a_conflict_and_writes_nothing(draft, sari, unit, at):
    post(draft(), by=sari, at=at)

    with pytest.raises(Conflict):
        post(draft(amount=5), by=sari, at=at)

    assert Journal.objects.count() == 1
    assert queries.balance_now(chart.BANK, unit) == 1_000_000


def test_a_repetition_in_a_later_month_still_gives_the_first_journal(draft, sari, at):
    first = post(draft(), by=sari, at=at)

    assert post(draft(), by=Machine.CLOCK, at=at + timedelta(days=40)).pk == first.pk


def test_a_batch_returns_journals_in_its_order_and_the_same_key_once(draft, sari, at):
    old = post(draft("melati|a|1|x|1"), by=sari, at=at)

    journals = post_many(
        [draft("melati|b|2|x|1"), draft("melati|a|1|x|1"), draft("melati|b|2|x|1")], by=sari, at=at
    )

    assert [one.key for one in journals] == ["melati|b|2|x|1", "melati|a|1|x|1", "melati|b|2|x|1"]
    assert journals[1].pk == old.pk
    assert journals[0].pk == journals[2].pk
    assert Journal.objects.count() == 2


def test_a_batch_with_one_key_for_two_things_is_a_conflict(draft, sari, at):
    with pytest.raises(Conflict):
        post_many([draft(), draft(amount=3)], by=sari, at=at)

    assert not Journal.objects.exists()


def test_an_empty_batch_is_no_work(sari, at):
    assert post_many([], by=sari, at=at) == []


@pytest.mark.parametrize(
    "lines",
    [
        (Line(chart.BANK, 5),),
        (Line(chart.BANK, 5), Line(chart.SERVICE_INCOME, -4)),
        (Line(chart.BANK, 0), Line(chart.SERVICE_INCOME, 0)),
        (Line(chart.BANK, 10**15 + 1), Line(chart.SERVICE_INCOME, -(10**15) - 1)),
        tuple(Line(chart.BANK, 1 if n % 2 else -1) for n in range(502)),
        (Line(chart.BANK, 5), Line("11999", -5)),
        (Line(chart.BANK, 5), Line("41000", -5)),
        (Line(chart.BANK, 5), Line(chart.RECEIVABLES, -5)),
    ],
    ids=["one line", "unbalanced", "zero", "too large", "too many", "unknown", "a head", "no party"],
)
@pytest.mark.req("SYS-07")
def test_a_journal_that_breaks_a_rule_is_refused_whole(draft, sari, at, lines):
    with pytest.raises(Refused):
        post(draft(lines=lines), by=sari, at=at)

    assert [model.objects.count() for model in (Journal, Entry, Total)] == [0, 0, 0]


def test_a_journal_between_units_must_balance_in_each(draft, hadi, unit, unit_wita, at):
    lopsided = (Line(chart.BANK, 9), Line(chart.BANK, -9, unit=unit_wita))
    even = (
        Line(chart.BANK, 9),
        Line(chart.BETWEEN_UNITS, -9),
        Line(chart.BETWEEN_UNITS, 9, unit=unit_wita),
        Line(chart.BANK, -9, unit=unit_wita),
    )

    with pytest.raises(Refused):
        post(draft(lines=lopsided), by=hadi, at=at)
    post(draft(lines=even), by=hadi, at=at)

    assert [queries.balance_now(chart.BETWEEN_UNITS, one) for one in (unit, unit_wita)] == [-9, 9]


def test_a_closed_account_takes_no_line(draft, sari, at):
    account = Total.account.field.related_model.objects.get(code=chart.BANK)
    account.closed_on = date(2026, 3, 10)
    account.save()

    with pytest.raises(Refused):
        post(draft(), by=sari, at=at)


@pytest.mark.parametrize(
    ("account", "sign"),
    [
        (chart.CASH_DRAWER, 1),
        (chart.DEPOSITS, -1),
        (chart.CUSTOMER_ADVANCES, -1),
        (chart.CUSTOMER_BALANCE, -1),
        (chart.UNIDENTIFIED, -1),
    ],
)
def test_what_a_person_holds_or_is_owed_never_goes_below_zero(
    draft, sari, rini, budi, unit, at, account, sign
):
    def move(key, amount, person):
        lines = (Line(account, sign * amount, person), Line(chart.BANK, -sign * amount))
        return post(draft(f"melati|t|{key}|x|1", lines=lines), by=sari, at=at)

    move(1, 500, rini)
    move(2, 100, budi)

    with pytest.raises(Refused, match=r"Rini.*kurang Rp1"):
        move(3, -501, rini)
    move(4, -500, rini)

    assert queries.party_balance(account, unit, rini) == 0
    assert Journal.objects.count() == 3


def test_the_bank_may_go_below_zero(draft, sari, unit, at):
    post(draft(lines=(Line(chart.BANK, -700), Line("61301", 700))), by=sari, at=at)

    assert queries.balance_now(chart.BANK, unit) == -700


def test_an_event_of_tomorrow_is_refused(draft, sari, at):
    with pytest.raises(Refused):
        post(draft(event_on=date(2026, 3, 11)), by=sari, at=at)


def test_an_event_of_more_than_60_days_ago_needs_the_owner(draft, sari, hadi, at):
    with pytest.raises(Refused):
        post(draft(event_on=date(2026, 1, 8)), by=sari, at=at)

    assert post(draft(event_on=date(2026, 1, 8)), by=hadi, at=at).book_on == date(2026, 3, 10)
    assert post(draft("melati|x|2|y|1", event_on=date(2026, 1, 9)), by=sari, at=at).tag == "lintas bulan"


@pytest.mark.req("KOS-17")
def test_a_manager_who_is_late_books_today_across_the_month(draft, sari, at):
    journal = post(draft(event_on=date(2026, 2, 28)), by=sari, at=at)

    assert (journal.event_on, journal.book_on, journal.tag) == (
        date(2026, 2, 28),
        date(2026, 3, 10),
        "lintas bulan",
    )


@pytest.mark.req("KOS-18")
def test_the_owner_books_into_a_past_month_only_with_a_reason(draft, hadi, at):
    into = {"event_on": date(2026, 2, 28), "book_on": date(2026, 2, 28)}

    with pytest.raises(Refused, match="alasan"):
        post(draft(**into), by=hadi, at=at)

    assert post(draft(**into, reason="Kuitansi tertinggal"), by=hadi, at=at).ym == 202602
    assert post(draft("melati|x|2|y|1", event_on=date(2026, 2, 28)), by=hadi, at=at).tag == "lintas bulan"


def test_nobody_writes_before_the_books_begin(draft, hadi, at):
    day = date(2024, 12, 31)

    with pytest.raises(Refused, match="belum mulai"):
        post(draft(event_on=day, book_on=day, reason="Saldo lama"), by=hadi, at=at)

    first = date(2025, 1, 1)
    assert post(draft(event_on=first, book_on=first, reason="Saldo lama"), by=hadi, at=at).ym == 202501


def test_a_clock_that_was_set_back_is_refused(draft, sari, at):
    post(draft(), by=sari, at=at)

    with pytest.raises(Refused, match="Jam komputer mundur"):
        post(draft("melati|x|2|y|1"), by=sari, at=at - timedelta(seconds=61))

    assert post(draft("melati|x|2|y|1"), by=sari, at=at - timedelta(seconds=60)).pk


@pytest.mark.req("SYS-06")
def test_machines_and_customers_write_the_running_month_only(draft, rini, at):
    for number, actor in enumerate((Machine.CLOCK, Machine.MONEY, Machine.CASE, rini)):
        journal = post(draft(f"melati|x|{number}|y|1"), by=actor, at=at)
        assert (journal.actor_level, journal.actor_kind) == (
            1,
            "person" if actor is rini else actor.value,
        )
        with pytest.raises(Refused):
            post(
                draft(
                    f"melati|z|{number}|y|1",
                    event_on=date(2026, 2, 28),
                    book_on=date(2026, 2, 28),
                    reason="x",
                ),
                by=actor,
                at=at,
            )


@pytest.mark.req("SYS-10")
def test_a_reversal_is_the_exact_mirror_once_with_a_reason(draft, sari, rini, unit, at):
    lines = (
        Line(chart.BANK, 500),
        Line(chart.DEPOSITS, -300, rini, tag="a"),
        Line(chart.SERVICE_INCOME, -200),
    )
    journal = post(draft(lines=lines, source=("booking", 7)), by=sari, at=at)

    with pytest.raises(Refused, match="alasan"):
        reverse(journal, by=sari, at=at, reason=" ")
    back = reverse(journal, by=sari, at=at, reason="Salah kamar")

    assert back.reverses_id == journal.pk
    assert (back.source_type, back.source_id) == ("booking", 7)
    assert list(back.entries.order_by("line_no").values_list("account_id", "amount", "party_id", "tag")) == [
        (11201, -500, None, ""),
        (23101, 300, rini.pk, "a"),
        (41201, 200, None, ""),
    ]
    assert queries.balance_now(chart.BANK, unit) == 0
    assert queries.party_balance(chart.DEPOSITS, unit, rini) == 0
    assert reverse(journal, by=sari, at=at, reason="Salah kamar").pk == back.pk
    with pytest.raises(Conflict):
        reverse(journal, by=sari, at=at, reason="Lain")
    with pytest.raises(Refused, match="tidak dapat dibalik"):
        reverse(back, by=sari, at=at, reason="Kembali")
    assert Journal.objects.count() == 2


def test_a_reversal_by_the_manager_of_a_past_journal_is_booked_in_the_running_month(draft, sari, unit, at):
    then = datetime(2026, 2, 20, 3, 0, tzinfo=UTC)
    journal = post(draft(event_on=date(2026, 2, 20)), by=sari, at=then)

    with pytest.raises(Refused):
        reverse(journal, by=sari, at=at, reason="Salah", book_on=date(2026, 2, 20))
    back = reverse(journal, by=sari, at=at, reason="Salah")

    assert (back.ym, queries.balance_at_month_end(chart.BANK, unit, 202602)) == (202603, 1_000_000)


@pytest.mark.req("KOS-18")
def test_the_owner_moves_a_late_journal_to_the_month_of_its_event(draft, sari, hadi, unit, at):
    late = post(draft(event_on=date(2026, 2, 28)), by=sari, at=at)

    with pytest.raises(Refused):
        rebook(late, book_on=date(2026, 2, 28), by=sari, at=at, reason="Pindah")
    moved = rebook(late, book_on=date(2026, 2, 28), by=hadi, at=at, reason="Pindah")

    assert (moved.ym, moved.replaces_id, moved.tag) == (202602, late.pk, "")
    assert queries.balance_at_month_end(chart.BANK, unit, 202602) == 1_000_000
    assert queries.balance_now(chart.BANK, unit) == 1_000_000
    assert rebook(late, book_on=date(2026, 2, 28), by=hadi, at=at, reason="Pindah").pk == moved.pk


def test_figures_are_kept_by_month_unit_and_person(draft, sari, rini, unit, at):
    lines = (Line(chart.BANK, 500), Line(chart.DEPOSITS, -500, rini))
    post(draft(lines=lines), by=sari, at=at)
    post(
        draft("melati|x|2|y|1", lines=tuple(Line(one.account, -one.amount // 5, one.party) for one in lines)),
        by=sari,
        at=at,
    )

    assert list(
        Balance.objects.order_by("account").values_list("account_id", "period_id", "debit", "credit", "n")
    ) == [
        (11201, unit.pk * 1_000_000 + 202603, 500, 100, 2),
        (23101, unit.pk * 1_000_000 + 202603, 100, 500, 2),
    ]
    assert list(PartyTotal.objects.values_list("party_id", "debit", "credit", "n")) == [
        (rini.pk, 100, 500, 2)
    ]
