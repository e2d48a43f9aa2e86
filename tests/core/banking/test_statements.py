"""A statement is taken in whole: what is known is recognised, twins stay two, nothing is written twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tatausaha.core.banking import services
from tatausaha.core.banking.models import BankLine, Statement
from tatausaha.core.banking.verification import verify
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.payments.models import BankAccount
from tatausaha.core.people.models import Role
from tests.core.banking import samples
from tests.races.threads import together


def altered(statement, *values):
    """Change a row past its seal, as whoever owns the database file can."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("DROP TRIGGER banking_bankline_no_update")
        cursor.execute(statement, values)
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hires")]

ROWS = (("05/03", "TRSF RINI", 100_123), ("06/03", "BIAYA ADM", -15_000), ("07/03", "SETORAN", 50_000))


@pytest.mark.req("KOS-05")
def test_a_statement_is_looked_at_first_and_then_taken_in_with_its_raw_rows(bank, sari, at):
    statement = services.receive(bank, "mutasi.csv", samples.BCA.encode(), by=sari, at=at)

    sifted = services.sift(statement, at=at)
    assert (len(sifted.fresh), sifted.known, statement.pending) == (4, 0, 1)
    assert not BankLine.objects.exists()
    services.take(statement, by=sari, at=at)
    lines = list(bank.lines.order_by("pk"))
    assert [line.amount for line in lines] == [100_123, -15_000, 50_000, 50_000]
    assert lines[0].raw == samples.BCA.splitlines()[7]
    assert lines[1].balance == 1_008_512_300


@pytest.mark.req("KOS-05")
def test_the_same_file_again_and_an_overlapping_one_add_only_what_is_new(bring):
    assert len(bring(*ROWS)) == 3
    assert len(bring(*ROWS)) == 3
    lines = bring(("07/03", "SETORAN", 50_000), ("08/03", "TRSF BUDI", 70_000), opening=10_085_123)

    assert [line.amount for line in lines] == [100_123, -15_000, 50_000, 70_000]
    assert [one.fresh for one in Statement.objects.order_by("pk")] == [3, 0, 1]


def test_twins_without_a_running_balance_stay_two_rows(bring):
    twins = samples.MANDIRI.replace("BIAYA ADM", "MCM InhouseTrf") + samples.MANDIRI.splitlines()[1] + "\n"

    assert [line.turn for line in bring(text=twins) if line.amount > 0] == [1, 2]
    assert len(bring(text=twins)) == 3


def test_a_twin_that_comes_with_a_later_statement_is_taken_beside_the_one_that_is_known(bring):
    first = samples.MANDIRI.replace("BIAYA ADM", "MCM InhouseTrf")
    bring(text=first)

    later = bring(text=first + samples.MANDIRI.splitlines()[1] + "\n")

    assert [line.turn for line in later if line.amount > 0] == [1, 2]


def test_a_pending_row_comes_with_the_next_statement_once(bring):
    bring(text=samples.BCA)
    final = samples.BCA.replace("PEND,", "'09/03,")

    assert len(bring(text=final)) == 5
    assert len(bring(text=final)) == 5


def test_another_form_of_the_same_days_is_refused_because_rows_would_count_twice(bring):
    bring(*ROWS)

    with pytest.raises(Refused, match="KlikBCA"):
        bring(text=samples.MANDIRI_KOPRA)
    assert BankLine.objects.count() == 3


def test_days_that_were_left_out_are_told(bring, bank, sari, at):
    bring(*ROWS[:2])
    later = samples.bca(("09/03", "TRSF BUDI", 70_000), opening=20_000_000).encode()
    statement = services.receive(bank, "b.csv", later, by=sari, at=at)

    assert "hari yang terlewat" in services.sift(statement, at=at).remarks[0]


def test_new_rows_on_days_that_were_known_are_told(bring, bank, sari, at):
    bring(*ROWS)
    forged = samples.bca(ROWS[0], ("05/03", "TRSF PALSU", 900_000), *ROWS[1:]).encode()
    statement = services.receive(bank, "b.csv", forged, by=sari, at=at)

    (remark,) = services.sift(statement, at=at).remarks
    assert "hari yang sudah pernah diimpor" in remark


def test_verify_names_a_line_that_was_altered_behind_the_seals(bring):
    first, _second, _third = bring(*ROWS)
    assert list(verify()) == []

    altered("UPDATE banking_bankline SET text = 'TRSF LAIN' WHERE id = %s", first.pk)

    (finding,) = verify()
    assert f"bank line {first.pk}" in finding.sentence


def test_sen_are_rounded_by_the_balance_and_never_add_up(bring):
    rows = [f"'0{day}/03,BUNGA,'0000,0.40,CR,{100 + day * 0.4:.2f}" for day in range(1, 6)]
    head = "Periode : 01/03/2026 - 31/03/2026\nTanggal Transaksi,Keterangan,Cabang,Jumlah,,Saldo\n"

    lines = bring(text=head + "\n".join(rows) + "\n")

    assert [line.sen for line in lines] == [40] * 5
    assert sum(line.amount for line in lines) == 2


def test_a_file_of_another_account_is_refused(bank, sari, at):
    with pytest.raises(Refused, match="9999999999"):
        services.receive(bank, "x.csv", samples.bca(*ROWS, number="9999999999").encode(), by=sari, at=at)


def test_only_who_manages_what_the_account_serves_brings_its_statements(
    bank, unit_wita, budi, hadi, sari, at
):
    Role.objects.create(person=budi, unit=unit_wita, name="manager", since=at)
    with pytest.raises(Refused, match="pengelola"):
        services.receive(bank, "x.csv", samples.BCA.encode(), by=budi, at=at)
    everybodys = BankAccount.objects.create(bank="BCA", number="0123456789", holder="CV Maju Bersama")
    with pytest.raises(Refused, match="pengelola"):
        services.receive(everybodys, "x.csv", samples.BCA.encode(), by=sari, at=at)
    assert services.receive(everybodys, "x.csv", samples.BCA.encode(), by=hadi, at=at).rows == 5


def test_too_many_files_in_a_minute_are_refused(bank, sari, at):
    for _turn in range(10):
        services.receive(bank, "x.csv", samples.BCA.encode(), by=sari, at=at)

    with pytest.raises(Refused, match="satu menit"):
        services.receive(bank, "x.csv", samples.BCA.encode(), by=sari, at=at)


def test_a_statement_that_was_dropped_is_not_taken_in(bank, sari, at):
    statement = services.receive(bank, "x.csv", samples.BCA.encode(), by=sari, at=at)
    services.drop(statement, by=sari)

    with pytest.raises(Refused, match="dibatalkan"):
        services.take(statement, by=sari, at=at)


def test_taking_many_rows_in_asks_a_fixed_number_of_questions(bank, sari, at, django_assert_max_num_queries):
    rows = [(f"{1 + number // 40:02d}/03", f"TRSF {number}", 1_000 + number) for number in range(300)]
    statement = services.receive(bank, "x.csv", samples.bca(*rows).encode(), by=sari, at=at)

    with django_assert_max_num_queries(20):
        services.take(statement, by=sari, at=at)
    assert bank.lines.count() == 300


def test_the_database_refuses_a_changed_or_doubled_line(bring):
    line = bring(*ROWS)[0]

    for change in ("UPDATE banking_bankline SET amount = 1", "DELETE FROM banking_bankline"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_bring_the_same_file_at_once_write_each_row_once(bank, sari, hadi, at):
    content = samples.BCA.encode()
    first = services.receive(bank, "a.csv", content, by=sari, at=at)
    second = services.receive(bank, "b.csv", content + b"\n", by=hadi, at=at + timedelta(seconds=1))

    def take(statement, by):
        return lambda: services.take(statement, by=by, at=at)

    together([take(first, sari), take(second, hadi)])

    assert bank.lines.count() == 4
    assert sorted(Statement.objects.values_list("fresh", flat=True)) == [0, 4]
