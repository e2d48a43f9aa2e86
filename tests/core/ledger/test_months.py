"""Which month is written: the lock that nobody has to remember, passes, closing and versions."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tatausaha.core.kernel.errors import Refused
from tatausaha.core.ledger import chart, months, queries, sealing
from tatausaha.core.ledger.models import Event, Journal, LockPass, Period, Seal
from tatausaha.core.ledger.services import (
    Line,
    close_month,
    grant,
    lock_month,
    post,
    post_many,
    readiness,
    rebook,
    register_check,
    reopen_month,
    reverse,
    revoke,
)
from tatausaha.core.people import roles
from tatausaha.core.people.models import Role

LAST = {
    "Asia/Jakarta": datetime(2026, 1, 31, 16, 59, 59, tzinfo=UTC),
    "Asia/Makassar": datetime(2026, 1, 31, 15, 59, 59, tzinfo=UTC),
    "Asia/Jayapura": datetime(2026, 1, 31, 14, 59, 59, tzinfo=UTC),
}
DAY = date(2026, 1, 31)


def test_months_are_counted():
    assert [months.after(202512), months.after(202601), months.before(202601)] == [202601, 202602, 202512]
    assert months.instants(202602, "Asia/Makassar") == (
        datetime(2026, 1, 31, 16, tzinfo=UTC),
        datetime(2026, 2, 28, 16, tzinfo=UTC),
    )


@pytest.mark.req("KOS-17")
@pytest.mark.req("SYS-06")
@pytest.mark.parametrize("zone", LAST)
def test_every_way_to_write_ends_for_the_manager_with_the_month(draft, sari, unit, zone):
    unit.zone = zone
    unit.save()
    last = LAST[zone]
    first = last + timedelta(seconds=1)
    in_january = draft("melati|a|1|x|1", event_on=DAY, book_on=DAY)
    kept = post(in_january, by=sari, at=last)
    also = post(draft("melati|a|2|x|1", event_on=DAY), by=sari, at=last)

    ways = {
        "new": lambda: post(draft("melati|a|3|x|1", event_on=DAY, book_on=DAY), by=sari, at=first),
        "with a reason": lambda: post(
            draft("melati|a|3|x|1", event_on=DAY, book_on=DAY, reason="Mohon"), by=sari, at=first
        ),
        "in a batch": lambda: post_many(
            [draft("melati|a|4|x|1", event_on=DAY), draft("melati|a|5|x|1", event_on=DAY, book_on=DAY)],
            by=sari,
            at=first,
        ),
        "reverse": lambda: reverse(kept, by=sari, at=first, reason="Salah", book_on=DAY),
        "move": lambda: rebook(kept, book_on=DAY, by=sari, at=first, reason="Salah"),
        "lock": lambda: lock_month(unit, 202601, by=sari, at=first, reason="Salah"),
        "reopen": lambda: reopen_month(unit, 202601, by=sari, at=first, reason="Salah"),
    }
    for name, way in ways.items():
        with pytest.raises(Refused):
            pytest.fail(f"{name}: {way()}")

    assert list(Journal.objects.order_by("pk")) == [kept, also]
    assert queries.balance_at_month_end(chart.BANK, unit, 202601) == 2_000_000
    late = post(draft("melati|a|6|x|1", event_on=DAY), by=sari, at=first)
    assert (late.ym, late.tag, late.event_on) == (202602, "lintas bulan", DAY)
    assert list(Period.objects.order_by("ym").values_list("ym", "min_level")) == [(202601, 3), (202602, 1)]


@pytest.mark.req("KOS-17")
def test_the_month_turns_for_each_unit_in_its_own_zone(draft, hadi, unit, unit_wit):
    at = LAST["Asia/Jayapura"] + timedelta(seconds=1)  # the 1st in WIT, still the 31st in WIB

    here = post(draft("a|1", event_on=DAY), by=hadi, at=at)
    there = post(draft("b|1", unit=unit_wit, event_on=date(2026, 2, 1)), by=hadi, at=at)

    assert (here.ym, there.ym) == (202601, 202602)


@pytest.mark.req("KOS-17")
@pytest.mark.parametrize("last", [datetime(2025, 12, 31, 16, 59, 59, tzinfo=UTC)])
def test_a_year_ends_like_a_month(draft, sari, last):
    day = date(2025, 12, 31)
    post(draft("a|1", event_on=day, book_on=day), by=sari, at=last)

    with pytest.raises(Refused):
        post(draft("a|2", event_on=day, book_on=day), by=sari, at=last + timedelta(seconds=1))


@pytest.mark.req("KOS-17", "SYS-10")
def test_rolling_is_written_down_once_a_month(draft, sari, unit, at):
    post(draft("a|1"), by=sari, at=at)
    post(draft("a|2"), by=sari, at=at)
    post(draft("a|3", event_on=date(2026, 4, 1)), by=sari, at=datetime(2026, 4, 1, 3, tzinfo=UTC))

    assert list(Event.objects.order_by("pk").values_list("what", "before", "after")) == [
        ("period.rolled", {"open": []}, {"open": [202603]}),
        ("period.rolled", {"open": [202603]}, {"open": [202604]}),
    ]


@pytest.mark.req("KOS-17")
def test_a_future_month_that_was_laid_early_opens_when_it_comes(draft, sari, unit, at):
    Period.objects.create(
        pk=months.period_id(unit.pk, 202603), unit=unit, ym=202603, min_level=Period.FUTURE,
        starts_at=months.instants(202603, unit.zone)[0], ends_at=months.instants(202603, unit.zone)[1],
    )  # fmt: skip

    assert post(draft(), by=sari, at=at).ym == 202603


@pytest.mark.req("KOS-17")
def test_the_owner_locks_the_running_month_early(draft, sari, hadi, unit, at):
    lock_month(unit, 202603, by=hadi, at=at, reason="Audit")
    lock_month(unit, 202603, by=hadi, at=at, reason="Audit")

    with pytest.raises(Refused, match="terkunci"):
        post(draft(), by=sari, at=at)
    assert post(draft(), by=hadi, at=at).ym == 202603
    assert queries.is_closed(unit, 202603)
    assert Event.objects.filter(what="period.locked").count() == 1
    for ym, reason in ((202604, "Nanti"), (202603, " ")):
        with pytest.raises(Refused):
            lock_month(unit, ym, by=hadi, at=at, reason=reason)


# Passes


@pytest.fixture
def lock_pass(sari, unit, hadi, at) -> LockPass:
    """Sari may write two journals into January and February for two hours."""
    return grant(
        person=sari, unit=unit, from_ym=202601, to_ym=202602, reason="Nota tertinggal", ends_at=at + timedelta(hours=2),
        max_journals=2, by=hadi, at=at,
    )  # fmt: skip


def past(draft, number, day=date(2026, 2, 27)):
    return draft(f"melati|p|{number}|x|1", event_on=day, book_on=day)


@pytest.mark.req("KOS-18")
@pytest.mark.req("SYS-10")
def test_a_pass_opens_past_months_for_so_many_journals(draft, sari, lock_pass, at):
    made = [post(past(draft, 1), by=sari, at=at), post(past(draft, 2, DAY), by=sari, at=at)]

    assert [(one.ym, one.lock_pass_id, one.tag) for one in made] == [
        (202602, lock_pass.pk, ""),
        (202601, lock_pass.pk, ""),
    ]
    assert list(queries.changed_under(lock_pass)) == made
    with pytest.raises(Refused):
        post(past(draft, 3), by=sari, at=at)
    assert list(
        Event.objects.exclude(what="period.rolled").order_by("pk").values_list("what", "after__journal")
    ) == [
        ("pass.granted", None),
        ("pass.used", made[0].pk),
        ("pass.used", made[1].pk),
    ]


@pytest.mark.req("KOS-18")
def test_ordinary_work_uses_no_pass_and_is_booked_in_the_running_month(draft, sari, lock_pass, at):
    journal = post(draft("melati|p|1|x|1", event_on=date(2026, 2, 27)), by=sari, at=at)

    assert (journal.book_on, journal.tag, journal.lock_pass_id) == (at.date(), "lintas bulan", None)


@pytest.mark.req("KOS-18")
def test_a_batch_cannot_use_more_of_a_pass_than_there_is(draft, sari, lock_pass, at):
    with pytest.raises(Refused):
        post_many([past(draft, number) for number in range(3)], by=sari, at=at)

    assert not Journal.objects.exists()


@pytest.mark.req("KOS-18")
def test_a_pass_ends_by_itself_and_at_once_when_revoked(draft, sari, hadi, lock_pass, at):
    with pytest.raises(Refused):
        post(past(draft, 1), by=sari, at=at + timedelta(hours=2))
    with pytest.raises(Refused):
        revoke(lock_pass, by=sari, at=at)

    assert revoke(lock_pass, by=hadi, at=at).revoked_by == hadi
    assert revoke(lock_pass, by=hadi, at=at + timedelta(minutes=1)).revoked_at == at

    with pytest.raises(Refused):
        post(past(draft, 1), by=sari, at=at + timedelta(seconds=1))


@pytest.mark.req("KOS-18")
def test_a_pass_is_for_one_person_one_unit_and_its_months(draft, sari, budi, unit, unit_wita, lock_pass, at):
    Role.objects.create(person=budi, unit=unit, name="manager", since=at)
    Role.objects.create(person=sari, unit=unit_wita, name="manager", since=at)
    day = date(2026, 2, 27)

    for by, more in (
        (budi, {}),
        (sari, {"unit": unit_wita}),
        (sari, {"event_on": date(2026, 1, 15), "book_on": date(2025, 12, 31)}),
    ):
        with pytest.raises(Refused):
            post(draft(**({"event_on": day, "book_on": day} | more)), by=by, at=at)


@pytest.mark.req("KOS-18")
@pytest.mark.parametrize(
    "spoil",
    [
        {"reason": "Terlambat"},
        {"ends_at": timedelta(hours=72, seconds=1)},
        {"ends_at": timedelta(0)},
        {"to_ym": 202603},
        {"from_ym": 202603},
        {"max_journals": 0},
        {"person": "budi"},
        {"by": "sari"},
    ],
    ids=lambda spoil: f"{next(iter(spoil))}",
)
def test_a_pass_that_should_not_be_is_refused(sari, budi, hadi, unit, at, spoil):
    people = {"budi": budi, "sari": sari}
    wish = {"from_ym": 202601, "to_ym": 202602, "reason": "Nota tertinggal", "max_journals": 1} | spoil
    wish["person"] = people.get(wish.get("person"), sari)
    wish["by"] = people.get(wish.get("by"), hadi)
    wish["ends_at"] = at + wish.get("ends_at", timedelta(hours=72))

    with pytest.raises(Refused):
        grant(unit=unit, at=at, **wish)

    assert not LockPass.objects.exists()


# Closing


@pytest.fixture
def february(draft, sari, unit, at):
    """February and March with a million each; February closed."""
    then = datetime(2026, 2, 20, 3, tzinfo=UTC)
    post(draft("melati|f|1|x|1", event_on=date(2026, 2, 20)), by=sari, at=then)
    post(draft("melati|f|2|x|1"), by=sari, at=at)
    return close_month(unit, 202602, by=sari, at=at)


@pytest.mark.req("KOS-17")
def test_what_was_asked_for_in_the_last_second_and_comes_after_the_closing_finds_the_month_locked(
    draft, sari, hadi, unit
):
    last = LAST["Asia/Jakarta"]
    post(draft("melati|a|1|x|1", event_on=DAY), by=sari, at=last)
    v1 = close_month(unit, 202601, by=sari, at=last + timedelta(seconds=2))

    for late in (draft("melati|a|2|x|1", event_on=DAY), draft("melati|a|3|x|1", event_on=DAY, book_on=DAY)):
        with pytest.raises(Refused, match="sudah lewat"):
            post(late, by=sari, at=last)
    assert queries.report_data(unit, 202601)["balances"] == v1.report["balances"]


@pytest.mark.req("KOS-18")
def test_a_sealed_month_gets_its_next_version_whatever_the_posters_clock_takes_for_running(
    draft, sari, hadi, unit
):
    last = LAST["Asia/Jakarta"]
    post(draft("melati|a|1|x|1", event_on=DAY), by=sari, at=last)
    close_month(unit, 202601, by=sari, at=last + timedelta(seconds=2))

    post(draft("melati|a|2|x|1", event_on=DAY), by=hadi, at=last)

    newest = queries.latest_seal(unit, 202601)
    assert newest.version == 2
    assert newest.report["balances"] == queries.report_data(unit, 202601)["balances"]


@pytest.mark.req("KOS-15")
def test_closing_keeps_the_report_as_version_one(february, unit, sari, hadi, at):
    assert (february.version, february.difference, february.by) == (1, [], sari)
    assert february.report | {"sections": [], "cash": {}} == {
        "sections": [],
        "cash": {},
        "unit": "melati",
        "name": "Kos Melati",
        "ym": 202602,
        "income": [{"account": "41201", "name": "Pendapatan layanan", "amount": 1_000_000}],
        "expense": [],
        "income_total": 1_000_000,
        "expense_total": 0,
        "result": 1_000_000,
        "balances": [
            {
                "account": "11201", "name": "Bank", "type": "A",
                "opening": 0, "debit": 1_000_000, "credit": 0, "closing": 1_000_000,
            },
            {
                "account": "41201", "name": "Pendapatan layanan", "type": "R",
                "opening": 0, "debit": 0, "credit": 1_000_000, "closing": -1_000_000,
            },
        ],
    }  # fmt: skip
    assert close_month(unit, 202602, by=hadi, at=at) == february


@pytest.mark.req("KOS-15")
def test_a_month_is_closed_by_those_who_keep_its_books_once_it_is_over(unit, sari, budi, at):
    with pytest.raises(Refused, match="belum selesai"):
        close_month(unit, 202603, by=sari, at=at)
    with pytest.raises(Refused, match="pengelola"):
        close_month(unit, 202602, by=budi, at=at)

    assert not Seal.objects.exists()


@pytest.mark.req("KOS-18")
@pytest.mark.req("KOS-15")
def test_an_owners_correction_changes_that_month_alone_and_makes_version_two(
    february, draft, hadi, sari, unit, at
):
    close_month(unit, 202601, by=sari, at=at)
    later = queries.report_data(unit, 202603)
    day = date(2026, 2, 10)
    bill = (Line("61301", 250_000), Line(chart.BANK, -250_000))

    post(
        draft("melati|k|1|x|1", lines=bill, event_on=day, book_on=day, reason="Listrik tertinggal"),
        by=hadi,
        at=at,
    )

    second = queries.latest_seal(unit, 202602)
    assert (second.version, second.reason, second.by) == (2, "Listrik tertinggal", hadi)
    assert second.difference == [
        {"account": "11201", "name": "Bank", "before": 1_000_000, "after": 750_000},
        {"account": "61301", "name": "Listrik", "before": 0, "after": 250_000},
    ]
    assert second.report["result"] == 750_000
    assert Seal.objects.get(ym=202602, version=1).report["result"] == 1_000_000
    assert queries.latest_seal(unit, 202601).version == 1
    now = queries.report_data(unit, 202603)
    assert [now[part] for part in ("income", "expense", "result")] == [
        later[part] for part in ("income", "expense", "result")
    ]
    assert list(queries.seals_for(sari).values_list("ym", "version")) == [
        (202602, 2),
        (202602, 1),
        (202601, 1),
    ]


@pytest.mark.req("KOS-18")
def test_a_correction_by_pass_makes_a_version_too_and_the_running_month_none(
    february, draft, sari, hadi, unit, at
):
    grant(
        person=sari, unit=unit, from_ym=202602, to_ym=202602, reason="Nota tertinggal", ends_at=at + timedelta(hours=2),
        max_journals=2, by=hadi, at=at,
    )  # fmt: skip
    post(past(draft, 1, date(2026, 2, 1)), by=sari, at=at)
    post(draft("melati|k|2|x|1"), by=sari, at=at)

    assert list(Seal.objects.order_by("pk").values_list("ym", "version", "reason")) == [
        (202602, 1, ""),
        (202602, 2, "Dicatat dengan izin pemilik."),
    ]


@pytest.mark.req("KOS-15")
def test_the_readiness_list_names_what_is_open(february, draft, sari, rini, unit, at, monkeypatch):
    then = datetime(2026, 3, 10, 3, tzinfo=UTC)
    post(
        draft("melati|r|1|x|1", lines=(Line(chart.BANK, 70_000), Line(chart.UNIDENTIFIED, -70_000, rini))),
        by=sari,
        at=then,
    )
    post(
        draft("melati|r|2|x|1", lines=(Line("61301", 9_000_000), Line(chart.BANK, -9_000_000))),
        by=sari,
        at=then,
    )
    monkeypatch.setattr(sealing, "_checks", [])
    register_check(lambda where, ym: [sealing.Open(f"{where.code} {ym}", "/buku/")])

    assert [one.sentence for one in readiness(unit, 202603)] == [
        "Titipan belum nol: Rp70.000, tertua 22 hari.",
        "Bank minus: -Rp6.930.000.",
        "melati 202603",
    ]
    assert [one.sentence for one in readiness(unit, 202602)] == ["melati 202602"]


@pytest.mark.req("KOS-15")
@pytest.mark.req("KOS-18")
def test_a_correction_three_years_back_changes_its_month_and_year_and_no_other_version(
    draft, sari, hadi, company, unit
):
    company.books_from = date(2020, 1, 1)
    company.save()
    yms = [year * 100 + month for year in (2023, 2024, 2025) for month in (3, 9)]
    for ym in yms:
        on = date(ym // 100, ym % 100, 10)
        moment = datetime(on.year, on.month, on.day, 5, tzinfo=UTC)
        post(draft(f"melati|y|{ym}|x|1", event_on=on), by=sari, at=moment)
        close_month(unit, ym, by=hadi, at=moment + timedelta(days=40))
    now = datetime(2026, 3, 10, 3, tzinfo=UTC)
    before = queries.month_matrix([unit], 202301, 202603)
    kept = dict(Seal.objects.values_list("ym", "digest"))

    lines = (Line("61301", 200_000), Line(chart.BANK, -200_000))
    post(
        draft("melati|y|fix|x|1", lines=lines, event_on=date(2023, 3, 20), reason="Nota lama"),
        by=hadi,
        at=now,
    )

    after = queries.month_matrix([unit], 202301, 202603)
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert changed == {(11201, 202303), (61301, 202303)}
    newest = {ym: queries.latest_seal(unit, ym) for ym in yms}
    assert {ym: one.version for ym, one in newest.items()} == dict.fromkeys(yms, 1) | {202303: 2}
    assert dict(Seal.objects.filter(version=1).values_list("ym", "digest")) == kept
    retained = {one.code: one.opening for one in queries.trial_balance(unit, 202603)}
    assert retained["31301"] == -(6_000_000 - 200_000), "what earlier years left follows by itself"
    assert retained["11201"] == 6_000_000 - 200_000


@pytest.mark.req("KOS-15")
def test_the_age_of_a_clearing_account_is_that_of_what_still_stands_there(
    draft, sari, hadi, rini, budi, unit
):
    def titipan(number, on, amount, who):
        lines = (Line(chart.BANK, amount), Line(chart.UNIDENTIFIED, -amount, who))
        moment = datetime(on.year, on.month, on.day, 5, tzinfo=UTC)
        post(draft(f"melati|t|{number}|x|1", lines=lines, event_on=on), by=sari, at=moment)

    titipan(1, date(2026, 2, 2), 70_000, rini)
    titipan(2, date(2026, 3, 5), 40_000, budi)
    titipan(3, date(2026, 3, 6), -70_000, rini)
    titipan(4, date(2026, 3, 20), 30_000, rini)

    assert [one.sentence for one in readiness(unit, 202603)] == [
        "Titipan belum nol: Rp70.000, tertua 27 hari."
    ]
    titipan(5, date(2026, 3, 21), -40_000, budi)
    assert [one.sentence for one in readiness(unit, 202603)] == [
        "Titipan belum nol: Rp30.000, tertua 12 hari."
    ]


@pytest.mark.req("KOS-18")
def test_a_pass_ends_with_the_role_of_its_holder(draft, sari, lock_pass, at):
    Role.objects.filter(person=sari).update(until=at)
    roles.forget(sari)

    with pytest.raises(Refused):
        post(past(draft, 1), by=sari, at=at + timedelta(minutes=1))
    assert not Journal.objects.exists()
