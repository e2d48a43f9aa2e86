"""The seals of every sealed table, found in the database itself."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.state import ProjectState

from tatausaha.core.kernel import sealed
from tests import triggers

WRITTEN_ONCE = {
    "billing_allocation", "billing_creditnote", "billing_creditnoteline", "billing_holding", "billing_holdingentry",
    "billing_invoice", "billing_invoiceline", "boarding_roomprice", "boarding_serviceprice", "documents_paper",
    "ledger_entry", "ledger_event", "ledger_journal", "ledger_link", "ledger_lockpass", "ledger_seal",
    "payments_bankaccount", "payments_bankaccountchange",
    "payments_receipt", "people_event", "people_merge", "people_paperview", "people_personchange",
    "procedures_attachment", "procedures_message", "procedures_passage",
}  # fmt: skip
"""Tables of which no later migration may lose the triggers (SQLite drops them when it lays a table anew)."""


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.req("SYS-07")
def test_every_table_of_history_refuses_update_delete_and_replacement_by_trigger():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, upper(sql) FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()

    for act in ("UPDATE", "DELETE", "INSERT"):
        held = {table for table, sql in triggers if f"BEFORE {act}" in sql and "RAISE" in sql}
        assert held >= WRITTEN_ONCE, act


@pytest.mark.django_db
@pytest.mark.req("SYS-07")
def test_no_trigger_that_a_migration_made_was_lost_by_a_later_one():
    assert triggers.declared
    assert triggers.there() == triggers.declared


@pytest.mark.django_db
def test_a_seal_is_laid_without_making_the_models_anew():
    state = ProjectState()

    for seal in (sealed.never_truncated(), sealed.never_replaced()):
        seal.database_forwards("ledger", connection.schema_editor(), state, state)

    assert "apps" not in vars(state)


@pytest.mark.sqlite
@pytest.mark.django_db
def test_insert_or_replace_meets_the_triggers_of_delete():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers")
        assert cursor.fetchone() == (1,)


@pytest.mark.sqlite
@pytest.mark.django_db
def test_the_seal_against_replacing_knows_every_unique_index_of_its_table():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name = tbl_name || '_no_replace'"
        )
        seals = dict(cursor.fetchall())
        unknown = []
        for table, sql in seals.items():
            indexes = [row[1] for row in cursor.execute(f"PRAGMA index_list({table})").fetchall() if row[2]]
            for index in indexes:
                columns = [row[2] for row in cursor.execute(f"PRAGMA index_info({index})").fetchall()]
                said = ", ".join(f"{table}.{column}" for column in columns)
                if f"UNIQUE constraint failed: {said}'" not in sql:
                    unknown.append((table, index))

    assert len(seals) > 20
    assert not unknown


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.req("SYS-07")
@pytest.mark.parametrize("table", sorted(WRITTEN_ONCE | {"people_unmerge", "boarding_housechange"}))
def test_no_table_of_history_is_emptied_by_truncate(table):
    with pytest.raises(DatabaseError, match=r"never changed|sealed|append-only"), transaction.atomic():
        connection.cursor().execute(f"TRUNCATE {table} CASCADE")
