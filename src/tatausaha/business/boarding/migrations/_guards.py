"""What a table's own constraints cannot say, on both databases: statements and what takes them back."""

from tatausaha.core.kernel.sealed import OnTables


def _guard(postgresql, sqlite):
    def make(apps, schema_editor):
        for forwards, _ in postgresql if schema_editor.connection.vendor == "postgresql" else sqlite:
            schema_editor.execute(forwards, params=None)

    def drop(apps, schema_editor):
        for _, backwards in reversed(postgresql if schema_editor.connection.vendor == "postgresql" else sqlite):
            schema_editor.execute(backwards, params=None)

    return OnTables(make, drop)


def _sqlite(name, when, table, condition, said=""):
    make = f"""CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {condition}
               BEGIN SELECT RAISE(ABORT, '{said or name}'); END"""
    return make, f"DROP TRIGGER {name}"


# -- houses --------------------------------------------------------------------------------

HOUSES_POSTGRESQL = (
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


_OVERLAP = """NEW.live AND EXISTS (
    SELECT 1 FROM boarding_roomclaim c WHERE c.room_id = NEW.room_id AND c.live {other}
    AND (c.until_on IS NULL OR c.until_on > NEW.from_on) AND (NEW.until_on IS NULL OR NEW.until_on > c.from_on))"""
_STRANGE_TYPE = """NOT EXISTS (
    SELECT 1 FROM boarding_roomtype t WHERE t.id = NEW.room_type_id AND t.house_id = NEW.house_id)"""

HOUSES_SQLITE = (
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
houses = _guard(HOUSES_POSTGRESQL, HOUSES_SQLITE)

# -- rents: lowered by a granted discount alone --------------------------------------------

_PUBLISHED = """EXISTS (
    SELECT 1 FROM boarding_roomprice p JOIN boarding_room r ON r.room_type_id = p.room_type_id
    WHERE r.id = NEW.room_id AND p.amount = NEW.rent)"""

RENTS_POSTGRESQL = (
    (
        f"""CREATE FUNCTION boarding_booked_at_a_published_rent() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF NOT {_PUBLISHED}
              THEN RAISE EXCEPTION 'booked_at_a_published_rent' USING ERRCODE = 'integrity_constraint_violation';
              END IF;
              RETURN NEW;
            END $$""",
        "DROP FUNCTION boarding_booked_at_a_published_rent()",
    ),
    (
        """CREATE TRIGGER booked_at_a_published_rent BEFORE INSERT OR UPDATE OF rent, room_id ON boarding_booking
           FOR EACH ROW EXECUTE FUNCTION boarding_booked_at_a_published_rent()""",
        "DROP TRIGGER booked_at_a_published_rent ON boarding_booking",
    ),
)


RENTS_SQLITE = (
    _sqlite("booked_at_a_published_rent", "INSERT", "boarding_booking", f"NOT {_PUBLISHED}"),
    _sqlite(
        "booked_at_a_published_rent_later", "UPDATE OF rent, room_id", "boarding_booking", f"NOT {_PUBLISHED}"
    ),
)
rents = _guard(RENTS_POSTGRESQL, RENTS_SQLITE)

# -- condition sheets: sealed ones, and lines that were handed over, never change ----------

_HANDED = "EXISTS (SELECT 1 FROM boarding_conditionsheet s WHERE s.id = {row}.sheet_id AND s.handed_at IS NOT NULL)"

SHEETS_POSTGRESQL = (
    (
        """CREATE TRIGGER condition_sheet_is_sealed BEFORE UPDATE OR DELETE ON boarding_conditionsheet FOR EACH ROW
           WHEN (OLD.sealed_at IS NOT NULL) EXECUTE FUNCTION boarding_refuse('condition_sheet_is_sealed')""",
        "DROP TRIGGER condition_sheet_is_sealed ON boarding_conditionsheet",
    ),
    (
        f"""CREATE FUNCTION boarding_condition_line() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN
             IF (TG_OP <> 'INSERT' AND {_HANDED.format(row="OLD")}) OR (TG_OP <> 'DELETE' AND {_HANDED.format(row="NEW")})
             THEN RAISE EXCEPTION 'condition_line_was_handed_over' USING ERRCODE = 'integrity_constraint_violation';
             END IF;
             IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
             RETURN NEW;
           END $$""",
        "DROP FUNCTION boarding_condition_line()",
    ),
    (
        """CREATE TRIGGER condition_line_was_handed_over BEFORE INSERT OR UPDATE OR DELETE ON boarding_conditionitem
           FOR EACH ROW EXECUTE FUNCTION boarding_condition_line()""",
        "DROP TRIGGER condition_line_was_handed_over ON boarding_conditionitem",
    ),
)


_LINE = "condition_line_was_handed_over"
SHEETS_SQLITE = (
    _sqlite("condition_sheet_is_sealed", "UPDATE", "boarding_conditionsheet", "OLD.sealed_at IS NOT NULL"),
    _sqlite("condition_sheet_is_kept", "DELETE", "boarding_conditionsheet", "OLD.sealed_at IS NOT NULL",
            "condition_sheet_is_sealed"),
    _sqlite(f"{_LINE}_new", "INSERT", "boarding_conditionitem", _HANDED.format(row="NEW"), _LINE),
    _sqlite(_LINE, "UPDATE", "boarding_conditionitem",
            f"{_HANDED.format(row='OLD')} OR {_HANDED.format(row='NEW')}", _LINE),
    _sqlite(f"{_LINE}_gone", "DELETE", "boarding_conditionitem", _HANDED.format(row="OLD"), _LINE),
)  # fmt: skip
sheets = _guard(SHEETS_POSTGRESQL, SHEETS_SQLITE)

# -- meters: they do not run backwards -----------------------------------------------------

# Against the readings since the meter was replaced last; an estimate may have been too high.
_BACKWARDS = """NEW.why <> 'estimate' AND EXISTS (
    SELECT 1 FROM boarding_reading r
    WHERE r.meter_id = NEW.meter_id AND r.taken_back_at IS NULL AND r.why <> 'estimate' AND r."on" <= NEW."on"
    AND r.value > COALESCE(NEW.old_value, NEW.value)
    AND r.id >= COALESCE((
        SELECT MAX(x.id) FROM boarding_reading x
        WHERE x.meter_id = NEW.meter_id AND x.taken_back_at IS NULL AND x.old_value IS NOT NULL), 0))"""

METERS_POSTGRESQL = (
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
METERS_SQLITE = (
    (
        f"""CREATE TRIGGER meter_runs_forwards BEFORE INSERT ON boarding_reading WHEN {_BACKWARDS}
            BEGIN SELECT RAISE(ABORT, 'meter_runs_forwards'); END""",
        "DROP TRIGGER meter_runs_forwards",
    ),
)
meters = _guard(METERS_POSTGRESQL, METERS_SQLITE)
