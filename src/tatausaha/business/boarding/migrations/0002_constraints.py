"""What a table's own constraints cannot say, on both databases."""

from django.db import migrations

from tatausaha.core.kernel.sealed import OnTables

POSTGRESQL = (
    (
        "CREATE EXTENSION IF NOT EXISTS btree_gist",
        "SELECT 1",  # others may use it
    ),
    (
        """ALTER TABLE boarding_roomclaim ADD CONSTRAINT room_claims_never_overlap
           EXCLUDE USING gist (room_id WITH =, daterange(from_on, until_on) WITH &&) WHERE (live)""",
        "ALTER TABLE boarding_roomclaim DROP CONSTRAINT room_claims_never_overlap",
    ),
    (
        """CREATE FUNCTION boarding_refuse() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        "DROP FUNCTION boarding_refuse()",
    ),
    (
        """CREATE TRIGGER rents_are_only_added BEFORE UPDATE OR DELETE ON boarding_roomprice FOR EACH ROW
           EXECUTE FUNCTION boarding_refuse('rents_are_only_added')""",
        "DROP TRIGGER rents_are_only_added ON boarding_roomprice",
    ),
    (
        """CREATE TRIGGER service_prices_are_only_added BEFORE UPDATE OR DELETE ON boarding_serviceprice FOR EACH ROW
           EXECUTE FUNCTION boarding_refuse('service_prices_are_only_added')""",
        "DROP TRIGGER service_prices_are_only_added ON boarding_serviceprice",
    ),
    (
        """CREATE FUNCTION boarding_room_of_its_house() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN
             IF NOT EXISTS (SELECT 1 FROM boarding_roomtype t WHERE t.id = NEW.room_type_id AND t.house_id = NEW.house_id)
             THEN RAISE EXCEPTION 'room_type_of_its_house' USING ERRCODE = 'integrity_constraint_violation';
             END IF;
             RETURN NEW;
           END $$""",
        "DROP FUNCTION boarding_room_of_its_house()",
    ),
    (
        """CREATE TRIGGER room_type_of_its_house BEFORE INSERT OR UPDATE ON boarding_room FOR EACH ROW
           EXECUTE FUNCTION boarding_room_of_its_house()""",
        "DROP TRIGGER room_type_of_its_house ON boarding_room",
    ),
)


def _sqlite(name: str, when: str, table: str, condition: str) -> tuple[str, str]:
    make = f"""CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {condition}
               BEGIN SELECT RAISE(ABORT, '{name}'); END"""
    return make, f"DROP TRIGGER {name}"


_OVERLAP = """NEW.live AND EXISTS (
    SELECT 1 FROM boarding_roomclaim c WHERE c.room_id = NEW.room_id AND c.live {other}
    AND (c.until_on IS NULL OR c.until_on > NEW.from_on) AND (NEW.until_on IS NULL OR NEW.until_on > c.from_on))"""
_STRANGE_TYPE = """NOT EXISTS (
    SELECT 1 FROM boarding_roomtype t WHERE t.id = NEW.room_type_id AND t.house_id = NEW.house_id)"""

SQLITE = (
    _sqlite("room_claims_never_overlap", "INSERT", "boarding_roomclaim", _OVERLAP.format(other="")),
    _sqlite(
        "room_claims_never_overlap_later", "UPDATE", "boarding_roomclaim", _OVERLAP.format(other="AND c.id <> NEW.id")
    ),
    _sqlite("rents_are_only_added", "UPDATE", "boarding_roomprice", "TRUE"),
    _sqlite("rents_are_never_removed", "DELETE", "boarding_roomprice", "TRUE"),
    _sqlite("service_prices_are_only_added", "UPDATE", "boarding_serviceprice", "TRUE"),
    _sqlite("service_prices_are_never_removed", "DELETE", "boarding_serviceprice", "TRUE"),
    _sqlite("room_type_of_its_house", "INSERT", "boarding_room", _STRANGE_TYPE),
    _sqlite("room_type_of_its_house_later", "UPDATE", "boarding_room", _STRANGE_TYPE),
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
    dependencies = [("boarding", "0001_houses")]

    operations = [OnTables(make, drop)]
