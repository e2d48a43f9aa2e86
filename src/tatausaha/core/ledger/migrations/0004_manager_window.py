"""Managers may write past months of the running year that are not closed, where the owner says so (rule 4).

The gate of posting learns the level 2: a month of the year in which the posting is recorded, on the
wall clock of the unit, so that 00:00 of 1 January closes the whole year by itself.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from tatausaha.core.kernel.sealed import OnTables

seals = import_module("tatausaha.core.ledger.migrations.0002_seals")

LATE = "(NEW.actor_level < 3 AND NEW.recorded_at >= p.ends_at)"
OPEN_POSTGRES = (
    "(NEW.actor_level < 3 AND NEW.recorded_at >= p.ends_at AND NOT (p.min_level = 2 AND NEW.actor_level = 2"
    " AND extract(year FROM NEW.recorded_at AT TIME ZONE"
    " (SELECT u.zone FROM people_unit u WHERE u.id = p.unit_id)) = NEW.ym / 100))"
)
OPEN_SQLITE = (
    "(NEW.actor_level < 3 AND NEW.recorded_at >= p.ends_at AND NOT (p.min_level = 2 AND NEW.actor_level = 2"
    " AND CAST(strftime('%Y', NEW.recorded_at, (SELECT CASE u.zone WHEN 'Asia/Jakarta' THEN '+7 hours'"
    " WHEN 'Asia/Makassar' THEN '+8 hours' ELSE '+9 hours' END FROM people_unit u WHERE u.id = p.unit_id))"
    " AS integer) = NEW.ym / 100))"
)
ROWS = "FROM (SELECT min_level, starts_at, ends_at FROM ledger_period"


def gate(vendor, *, window):
    """The statement that puts the gate up, with the window or as it was before."""
    if vendor == "sqlite":
        text = seals.SQLITE["ledger_post"]
        assert text.count(LATE) == 1
        return text.replace(LATE, OPEN_SQLITE) if window else text
    start = seals.POSTGRES.index("CREATE FUNCTION ledger_post()")
    text = seals.POSTGRES[start : seals.POSTGRES.index("CREATE TRIGGER ledger_post BEFORE")]
    text = text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
    assert text.count(LATE) == 2 and text.count(ROWS) == 1
    if not window:
        return text
    return text.replace(LATE, OPEN_POSTGRES).replace(ROWS, ROWS.replace("SELECT", "SELECT unit_id,"))


def put_aside(apps, schema_editor):
    """SQLite makes the table of months anew, which a trigger that reads it would hinder."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER ledger_post")


def put_up(apps, schema_editor):
    schema_editor.execute(gate(schema_editor.connection.vendor, window=True), params=None)


def put_back(apps, schema_editor):
    """The months that managers could still write are the owner's again."""
    schema_editor.execute(gate(schema_editor.connection.vendor, window=False), params=None)


def close_all(apps, schema_editor):
    schema_editor.execute("UPDATE ledger_period SET min_level = 3 WHERE min_level = 2")


def nothing(apps, schema_editor):
    """There is nothing to do this way."""


class Migration(migrations.Migration):

    dependencies = [("ledger", "0003_a_general_name"), ("people", "0008_sealed_tax_numbers")]

    operations = [
        migrations.CreateModel(
            name="Window",
            fields=[
                ("scope", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "reach",
                    models.CharField(
                        choices=[("month", "bulan berjalan"), ("year", "tahun berjalan, bulan yang belum ditutup")],
                        max_length=5,
                        verbose_name="pengelola boleh menulis",
                    ),
                ),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={"verbose_name": "jangkauan pengelola"},
        ),
        migrations.AddConstraint(
            model_name="window",
            constraint=models.CheckConstraint(
                condition=models.Q(("reach__in", ["month", "year"])), name="window_reach_is_known"
            ),
        ),
        OnTables(put_aside, put_back),
        OnTables(nothing, close_all),
        migrations.RemoveConstraint(model_name="period", name="period_level_is_known"),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(("min_level__in", [1, 2, 3, 9])), name="period_level_is_known"
            ),
        ),
        OnTables(put_up, put_aside),
    ]
