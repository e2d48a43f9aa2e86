"""A paper that was issued may only be voided; what is merely counted is worth no disk."""

KEPT = ["id", "kind", "number", "token", "issued_on", "issued_at", "fingerprint", "unit_id", "issued_by_id"]


def put_up(apps, schema_editor):
    """Nothing changes but genuine to void, once; nothing is deleted."""
    if schema_editor.connection.vendor == "sqlite":
        changed = " OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in [*KEPT, "facts"])
        refuse = "BEGIN SELECT RAISE(ABORT, 'paper_sealed: a paper may only be voided'); END"
        statements = [
            "CREATE TRIGGER paper_sealed BEFORE UPDATE ON documents_paper "
            f"WHEN {changed} OR OLD.state <> 'genuine' OR NEW.state <> 'void' {refuse}",
            f"CREATE TRIGGER paper_kept BEFORE DELETE ON documents_paper {refuse}",
        ]
    else:
        changed = " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in [*KEPT, "facts::text"])
        statements = [
            """
            CREATE FUNCTION paper_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE integrity_constraint_violation
                USING MESSAGE = 'paper_sealed: a paper may only be voided';
            END $$
            """,
            "CREATE TRIGGER paper_sealed BEFORE UPDATE ON documents_paper FOR EACH ROW "
            f"WHEN ({changed} OR OLD.state <> 'genuine' OR NEW.state <> 'void') EXECUTE FUNCTION paper_sealed()",
            "CREATE TRIGGER paper_kept BEFORE DELETE ON documents_paper FOR EACH ROW EXECUTE FUNCTION paper_sealed()",
        ]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def take_down(apps, schema_editor):
    on = "" if schema_editor.connection.vendor == "sqlite" else " ON documents_paper"
    for name in ("paper_sealed", "paper_kept"):
        schema_editor.execute(f"DROP TRIGGER {name}{on}", params=None)
    if on:
        schema_editor.execute("DROP FUNCTION paper_sealed()", params=None)


def keep_in_memory(apps, schema_editor):
    """A table without a write-ahead log, where there is such a thing."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE documents_asked SET UNLOGGED")
