"""A meter does not run backwards, and what was read on it is not changed afterwards."""

from django.db import migrations

from tatausaha.core.kernel.sealed import OnTables, append_only, never_replaced, never_truncated

# Against the readings since the meter was replaced last; an estimate may have been too high.
_BACKWARDS = """NEW.why <> 'estimate' AND EXISTS (
    SELECT 1 FROM boarding_reading r
    WHERE r.meter_id = NEW.meter_id AND r.taken_back_at IS NULL AND r.why <> 'estimate' AND r."on" <= NEW."on"
    AND r.value > COALESCE(NEW.old_value, NEW.value)
    AND r.id >= COALESCE((
        SELECT MAX(x.id) FROM boarding_reading x
        WHERE x.meter_id = NEW.meter_id AND x.taken_back_at IS NULL AND x.old_value IS NOT NULL), 0))"""

POSTGRESQL = (
    (
        f"""CREATE FUNCTION boarding_meter_runs_forwards() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF {_BACKWARDS}
              THEN RAISE EXCEPTION 'meter_runs_forwards' USING ERRCODE = 'integrity_constraint_violation';
              END IF;
              RETURN NEW;
            END $$""",
        "DROP FUNCTION boarding_meter_runs_forwards()",
    ),
    (
        """CREATE TRIGGER meter_runs_forwards BEFORE INSERT ON boarding_reading
           FOR EACH ROW EXECUTE FUNCTION boarding_meter_runs_forwards()""",
        "DROP TRIGGER meter_runs_forwards ON boarding_reading",
    ),
)
SQLITE = (
    (
        f"""CREATE TRIGGER meter_runs_forwards BEFORE INSERT ON boarding_reading WHEN {_BACKWARDS}
            BEGIN SELECT RAISE(ABORT, 'meter_runs_forwards'); END""",
        "DROP TRIGGER meter_runs_forwards",
    ),
)


def _statements(schema_editor):
    return POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE


def make(apps, schema_editor):
    for forwards, _ in _statements(schema_editor):
        schema_editor.execute(forwards, params=None)


def drop(apps, schema_editor):
    for _, backwards in reversed(_statements(schema_editor)):
        schema_editor.execute(backwards, params=None)


class Migration(migrations.Migration):

    dependencies = [("boarding", "0018_meters")]

    operations = [
        append_only("boarding_reading", allowed=("taken_back_at", "taken_back_by_id", "use_id")),
        append_only("boarding_tokenpurchase", allowed=("use_id",)),
        never_replaced("boarding_reading", "boarding_tokenpurchase"),
        never_truncated("boarding_reading", "boarding_tokenpurchase"),
        OnTables(make, drop),
    ]
