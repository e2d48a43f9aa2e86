"""Whatever is altered behind the ledger's back is found and named."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection, transaction

from tatausaha.core.kernel import tasks, verifications
from tatausaha.core.ledger import audit, chain, chart, periods, queries
from tatausaha.core.ledger.models import Balance, Event, Journal, Link, PartyTotal, Total, Unlinked
from tatausaha.core.ledger.services import Line, close_month, forge, post, post_many
from tatausaha.core.ledger.verification import Finding, missing_heads, rebuild_balances, verify
from tatausaha.core.people.models import Unit

pytestmark = pytest.mark.req("SYS-10")


def _unsealed(*statements: str) -> None:
    """Run SQL with the triggers out of the way, as somebody with the keys to the database could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def _found_after(*statements: str) -> list[Finding]:
    """What is found after such a change, which is undone again (keys may not dangle after a test)."""
    with transaction.atomic():
        _unsealed(*statements)
        found = verify()
        transaction.set_rollback(True)
    return found


@pytest.fixture
def journals(draft: Callable, unit: Unit, sari: object, rini: object, at: datetime) -> list[Journal]:
    """Three journals, chained; the second holds a deposit of Rini."""
    deposit = (Line(chart.BANK, 500), Line(chart.DEPOSITS, -500, rini))
    periods.roll(unit, at=at)
    forge()
    drafts = [draft("melati|x|1|y|1"), draft("melati|x|2|y|1", lines=deposit), draft("melati|x|3|y|1")]
    made = post_many(drafts, by=sari, at=at)
    forge()
    return made


@pytest.mark.req("SYS-07")
@pytest.mark.req("SYS-10")
def test_untouched_books_are_clean(journals, unit, sari, hadi, at, draft):
    close_month(unit, 202602, by=sari, at=at)

    assert verify() == []
    assert list(Link.objects.exclude(journal=None).order_by("seq").values_list("journal_id", flat=True)) == [
        one.pk for one in journals
    ]
    assert not Unlinked.objects.exists()


@pytest.mark.req("SYS-10")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_entry SET amount = amount + 1 WHERE journal_id = %(id)s AND line_no = 1",
        "UPDATE ledger_entry SET party_id = %(other)s WHERE journal_id = %(id)s AND line_no = 2",
        "UPDATE ledger_entry SET tag = 'x' WHERE journal_id = %(id)s AND line_no = 2",
        "UPDATE ledger_journal SET memo = 'x' WHERE id = %(id)s",
        "UPDATE ledger_journal SET recorded_at = '2026-03-10 03:00:00.000001' WHERE id = %(id)s",
        "UPDATE ledger_journal SET event_on = '2026-03-09' WHERE id = %(id)s",
        "UPDATE ledger_journal SET actor_id = %(other)s WHERE id = %(id)s",
        "UPDATE ledger_journal SET hash = 'z' || substr(hash, 2) WHERE id = %(id)s",
        "UPDATE ledger_journal SET body_hash = 'z' || substr(body_hash, 2) WHERE id = %(id)s",
    ],
)
def test_one_changed_byte_names_the_journal(journals, rini, budi, change):
    _unsealed(change % {"id": journals[1].pk, "other": budi.pk})

    found = verify()

    assert (found[0].code, found[0].journal) in {("altered", journals[1].pk), ("link", journals[1].pk)}


def test_a_deleted_journal_breaks_the_chain_where_it_was(journals):
    gone = journals[1].pk

    found = _found_after(
        f"DELETE FROM ledger_entry WHERE journal_id = {gone}", f"DELETE FROM ledger_journal WHERE id = {gone}"
    )

    assert ("link", gone) in {(one.code, one.journal) for one in found}


def test_a_journal_deleted_with_its_link_leaves_a_gap(journals):
    gone, after = journals[1].pk, journals[2].pk

    found = _found_after(
        f"DELETE FROM ledger_link WHERE journal_id = {gone}",
        f"DELETE FROM ledger_entry WHERE journal_id = {gone}",
        f"DELETE FROM ledger_journal WHERE id = {gone}",
    )

    assert ("gap", after) in {(one.code, one.journal) for one in found}


def test_the_last_journal_deleted_with_its_link_shows_in_the_figures(journals):
    gone = journals[2].pk

    found = _found_after(
        f"DELETE FROM ledger_link WHERE journal_id = {gone}",
        f"DELETE FROM ledger_entry WHERE journal_id = {gone}",
        f"DELETE FROM ledger_journal WHERE id = {gone}",
    )

    assert {one.code for one in found} == {"drift"}


@pytest.mark.req("SYS-10")
def test_a_tail_that_was_cut_and_added_up_anew_is_told_by_a_head_that_was_kept_elsewhere(journals):
    gone = journals[2].pk
    seq, head = chain.tail()
    printed = head[:10]
    assert list(missing_heads([printed, f"{seq}-{printed}", "0000000000"])) == []

    with transaction.atomic():
        _unsealed(
            f"DELETE FROM ledger_link WHERE journal_id = {gone}",
            f"DELETE FROM ledger_entry WHERE journal_id = {gone}",
            f"DELETE FROM ledger_journal WHERE id = {gone}",
        )
        rebuild_balances()
        inside = verify()
        outside = [
            list(missing_heads([one])) for one in (printed, f"{seq}-{printed}", f"{seq - 1}-{printed}", "ab")
        ]
        transaction.set_rollback(True)

    assert inside == []
    assert [[one.code for one in found] for found in outside] == [["head"]] * 4


def test_the_head_of_a_closed_month_must_stand_in_the_chain(journals, draft, unit, sari, at):
    close_month(unit, 202602, by=sari, at=at)
    gone = journals[2].link.seq

    with transaction.atomic():
        _unsealed(
            f"DELETE FROM ledger_link WHERE seq > {gone}",
            f"DELETE FROM ledger_link WHERE journal_id = {journals[2].pk}",
        )
        found = verify()
        transaction.set_rollback(True)

    assert "head" in {one.code for one in found}


def test_a_journal_slipped_past_the_chain_is_named(journals):
    new = journals[2].pk
    _unsealed(f"DELETE FROM ledger_link WHERE journal_id = {new}")

    assert [(one.code, one.journal) for one in verify()] == [("unlinked", new)]


@pytest.mark.parametrize("table", ["ledger_balance", "ledger_total", "ledger_partytotal"])
def test_a_figure_that_drifted_is_found_and_rebuilt(journals, unit, rini, table):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET credit = credit + 7 WHERE account_id = {chart.DEPOSITS}")

    assert [one.code for one in verify()] == ["drift"]
    rebuild_balances()

    assert verify() == []
    assert queries.party_balance(chart.DEPOSITS, unit, rini) == -500


def test_figures_that_are_gone_are_found_and_rebuilt(journals):
    before = [list(model.objects.values_list().order_by("pk")) for model in (Balance, Total, PartyTotal)]
    with connection.cursor() as cursor:
        for table in ("ledger_balance", "ledger_total", "ledger_partytotal"):
            cursor.execute(f"DELETE FROM {table}")

    assert {one.code for one in verify()} == {"drift"}
    rebuild_balances()

    assert [
        list(model.objects.values_list().order_by("pk")) for model in (Balance, Total, PartyTotal)
    ] == before


def test_an_event_is_whole_in_whatever_order_the_database_keeps_its_facts(unit, sari, at):
    facts = {"scheme": "final", "first_year": 2026, "is_vat": False, "of": [{"zz": 1, "b": 2}, None]}
    audit.record("tax.profile", "tax 2026", by=sari, at=at, unit=unit, after=facts)

    assert Event.objects.get(what="tax.profile").after == facts
    assert [one for one in verify() if one.code == "event"] == []


def test_an_altered_event_or_version_is_found(journals, unit, sari, at):
    seal = close_month(unit, 202602, by=sari, at=at)
    forge()
    event = Event.objects.get(what="period.rolled")
    _unsealed(
        f"UPDATE ledger_event SET ref = 'x' WHERE id = {event.pk}",
        f"UPDATE ledger_seal SET reason = 'x' WHERE id = {seal.pk}",
    )

    assert [one.code for one in verify()] == ["event", "seal"]


def test_a_version_that_is_gone_is_found(journals, unit, sari, at):
    seal = close_month(unit, 202602, by=sari, at=at)
    _unsealed(f"DELETE FROM ledger_seal WHERE id = {seal.pk}")

    assert [one.code for one in verify()] == ["seal"]


def test_what_a_crash_left_unlinked_is_linked_by_the_next_turn(draft, sari, at):
    journal = post(draft(), by=sari, at=at)
    assert not Link.objects.exists()

    assert verify() == []

    link = Link.objects.get(journal=journal)
    assert link.hash == chain.link_hash(link.seq, link.prev, f"journal:{journal.pk}", journal.hash)
    assert chain.head() == Link.objects.order_by("-seq").first().hash
    assert forge() == 0


def test_findings_are_plain_for_json(journals):
    _unsealed(f"DELETE FROM ledger_link WHERE journal_id = {journals[2].pk}")

    assert verify()[0].as_dict() == {
        "code": "unlinked",
        "sentence": f"Jurnal {journals[2].pk} tidak ada dalam rantai.",
        "journal": journals[2].pk,
    }


@pytest.mark.req("SYS-10")
def test_the_command_line_asks_the_books_and_names_the_journal(journals):
    assert list(verifications.registry["ledger"].check()) == []
    _unsealed(f"DELETE FROM ledger_link WHERE journal_id = {journals[2].pk}")

    (finding,) = verifications.registry["ledger"].check()

    assert (finding.code, finding.where) == ("unlinked", f"journal {journals[2].pk}")


def test_the_worker_links_what_waits(draft, sari, at):
    journal = post(draft(), by=sari, at=at)

    tasks.registry["link journals"].run(at)

    assert Link.objects.get(journal=journal)
