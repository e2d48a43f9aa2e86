"""The application's own role on PostgreSQL: the house works under it, and the seals hold against it."""

import pytest
from django.db import DatabaseError, connection, transaction

from tatausaha.config import hardening, installation
from tatausaha.core.kernel.errors import Refused
from tatausaha.core.people import merging, queries, services
from tatausaha.core.people.models import Person
from tests.restricted import ROLE, restricted

__all__ = ["restricted"]

SEALED = (
    "ledger_journal",
    "ledger_entry",
    "ledger_event",
    "ledger_seal",
    "ledger_link",
    "procedures_passage",
    "people_event",
    "billing_allocation",
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql, pytest.mark.req("SYS-10")]


def refused(statement: str) -> str:
    """The state that PostgreSQL answers with."""
    with pytest.raises(DatabaseError) as no, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return no.value.__cause__.sqlstate  # type: ignore[union-attr]


@pytest.mark.parametrize("table", SEALED)
def test_sealed_tables_are_read_and_added_to_and_nothing_else(restricted, table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER'])"
            " word WHERE has_table_privilege(current_user, %s, word)",
            [table],
        )
        assert {row[0] for row in cursor.fetchall()} == {"SELECT", "INSERT"}
        cursor.execute("SELECT has_any_column_privilege(current_user, %s, 'UPDATE')", [table])
        assert cursor.fetchone() == (False,)

    column = connection.introspection.get_table_description(connection.cursor(), table)[0].name
    for statement in (
        f"UPDATE {table} SET {column} = {column}",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
        f"ALTER TABLE {table} DISABLE TRIGGER ALL",
        f"DROP TABLE {table} CASCADE",
        "SET session_replication_role = replica",
        "CREATE TABLE mine (id int)",
        "DELETE FROM django_migrations",
    ):
        assert refused(statement) == "42501", statement


def test_in_a_sealed_row_only_the_open_columns_change(restricted, rini):
    assert refused("UPDATE billing_invoice SET total = 1") == "42501"
    assert refused("DELETE FROM billing_invoice") == "42501"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE billing_invoice SET settled = settled")
        cursor.execute("UPDATE people_person SET name = 'Rini W'")


def test_a_person_is_merged_under_it_and_history_stays(restricted, company, hadi, rini, at):
    twin = services.create_person(name="Rini lagi", by=hadi, at=at)

    merging.merge(rini, twin, by=hadi, at=at, reason="Orang yang sama")

    assert set(queries.same_person(rini)) == {rini, Person.objects.get(pk=twin.pk)}


def test_it_needs_the_owner_again_for_new_tables(restricted, monkeypatch):
    assert hardening.is_restricted()
    installation.prepare_tables()

    monkeypatch.setattr(installation.MigrationExecutor, "migration_plan", lambda *_: ["new"])
    with pytest.raises(Refused, match="tatausaha harden"):
        installation.prepare_tables()


@pytest.mark.parametrize("name", ["Aplikasi", "x; DROP TABLE", "", "postgres"])
def test_a_role_that_could_get_around_the_seals_is_refused(db, name):
    with pytest.raises(Refused):
        hardening.harden(name)


def test_it_may_be_said_again(db):
    first = hardening.harden(ROLE, password="rahasia'; --")

    assert hardening.harden(ROLE) == first


OPEN = {
    "assets_asset": {
        "custodian_id",
        "deadline_at",
        "depreciates_from",
        "details",
        "headline",
        "journal_id",
        "life_months",
        "location",
        "place_id",
        "place_kind",
        "plan_done",
        "plan_months",
        "residual",
        "retry_at",
        "since",
        "status",
    },
    "assets_exit": {"undone_id"},
    "boarding_deposituse": {
        "customer_id",
        "deadline_at",
        "headline",
        "retry_at",
        "since",
        "status",
        "used",
    },
    "boarding_discount": {
        "booking_id",
        "customer_id",
        "deadline_at",
        "from_period",
        "headline",
        "retry_at",
        "since",
        "status",
        "stay_id",
    },
    "boarding_reading": {"taken_back_at", "taken_back_by_id", "use_id"},
    "boarding_roommove": {
        "customer_id",
        "deadline_at",
        "headline",
        "retry_at",
        "since",
        "status",
        "swapped_with_id",
    },
    "boarding_roomoffer": {"until"},
    "boarding_ticket": {
        "closed_room",
        "customer_id",
        "deadline_at",
        "handler_id",
        "headline",
        "planned_on",
        "reopened",
        "repairer",
        "retry_at",
        "since",
        "status",
    },
    "boarding_tokenpurchase": {"use_id"},
    "boarding_wish": {
        "customer_id",
        "deadline_at",
        "headline",
        "retry_at",
        "since",
        "status",
    },
    "payments_handover": {
        "customer_id",
        "deadline_at",
        "journal_id",
        "paper_id",
        "received_by_id",
        "retry_at",
        "said",
        "since",
        "status",
    },
    "reports_summary": {"person_id"},
    "banking_match": {"undone_at", "undone_by_id"},
    "banking_statement": {"fresh", "state", "taken_at", "taken_by_id"},
    "billing_holding": {"balance", "moves"},
    "billing_invoice": {"credited", "recognised_on", "settled", "void_reason", "voided_at", "voided_by_id"},
    "billing_invoiceline": {"credited", "settled"},
    "payments_bankaccount": {"closed_on"},
    "payments_receipt": {"payer_id", "prints", "voided_at"},
    "procedures_attachment": {"file"},
}
"""Columns that may still change in tables whose other columns are sealed; whoever adds one says why."""


def test_no_column_was_added_to_a_sealed_table_without_its_seal(db):
    found = {one.table: set(one.columns) for one in hardening.rights() if one.columns}

    assert found == OPEN
