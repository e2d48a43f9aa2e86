"""Numbers are given once, in order; history is written once. Triggers on both databases."""

SERIES = {
    "sqlite": [
        """
        CREATE TRIGGER number_series_counts BEFORE UPDATE ON people_numberseries
        WHEN NEW.last <> OLD.last + 1 OR NEW.series <> OLD.series OR NEW.year <> OLD.year
          OR NEW.unit_id IS NOT OLD.unit_id
        BEGIN SELECT RAISE(ABORT, 'number_series_counts: a number is given once, in order'); END
        """,
    ],
    "postgresql": [
        """
        CREATE FUNCTION number_series_counts() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE integrity_constraint_violation
            USING MESSAGE = 'number_series_counts: a number is given once, in order';
        END $$
        """,
        """
        CREATE TRIGGER number_series_counts BEFORE UPDATE ON people_numberseries FOR EACH ROW
        WHEN (NEW.last <> OLD.last + 1 OR NEW.series <> OLD.series OR NEW.year <> OLD.year
          OR NEW.unit_id IS DISTINCT FROM OLD.unit_id)
        EXECUTE FUNCTION number_series_counts()
        """,
    ],
}
SERIES_BACK = {
    "sqlite": ["DROP TRIGGER number_series_counts"],
    "postgresql": [
        "DROP TRIGGER number_series_counts ON people_numberseries",
        "DROP FUNCTION number_series_counts()",
    ],
}


APPEND_ONLY = ("people_event", "people_paperview", "people_merge", "people_personchange")
SENTENCE = "append_only: this history is never changed"


def guards(table):
    """The statements for one table by vendor; the changes of an anonymised person may be deleted."""
    unless = ""
    if table == "people_personchange":
        unless = "WHEN NOT EXISTS (SELECT 1 FROM people_person p WHERE p.id = OLD.person_id AND p.anonymised_at IS NOT NULL)"
    return {
        "sqlite": [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {unless} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
        ],
        "postgresql": [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION people_append_only()",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION people_append_only()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION people_append_only()",
        ],
    }


FUNCTION = f"""
CREATE FUNCTION people_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'people_personchange' THEN
    IF EXISTS (SELECT 1 FROM people_person p WHERE p.id = OLD.person_id AND p.anonymised_at IS NOT NULL) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE integrity_constraint_violation USING MESSAGE = '{SENTENCE}';
END $$
"""


def put_up(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in SERIES[vendor]:
        schema_editor.execute(statement, params=None)
    if vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
    for table in APPEND_ONLY:
        for statement in guards(table)[vendor]:
            schema_editor.execute(statement, params=None)


def take_down(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in APPEND_ONLY:
        if vendor == "postgresql":
            for name in ("no_update", "no_delete", "no_truncate"):
                schema_editor.execute(f"DROP TRIGGER {table}_{name} ON {table}", params=None)
        else:
            for name in ("no_update", "no_delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_{name}", params=None)
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION people_append_only()", params=None)
    for statement in SERIES_BACK[vendor]:
        schema_editor.execute(statement, params=None)
