"""A match is of the journal that moved the line's amount on the line's own account; held by a trigger."""

from typing import Any

from tatausaha.core.kernel.sealed import OnTables

_WRONG = """
    SELECT 1 FROM banking_bankline l JOIN payments_bankaccount b ON b.id = l.bank_account_id
    WHERE l.id = NEW.line_id AND (
        l.bank_account_id <> NEW.bank_account_id
        OR (NEW.journal_id IS NOT NULL AND l.amount <> COALESCE((
            SELECT SUM(e.amount) FROM ledger_entry e
            WHERE e.journal_id = NEW.journal_id AND e.account_id = CAST(b.account AS integer)), 0)))
"""
_SAID = "a bank line is matched with what moved its amount on its account"

_POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION banking_match_agrees() RETURNS trigger AS $$
BEGIN
    IF EXISTS ({_WRONG}) THEN
        RAISE EXCEPTION '{_SAID}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
"""


def match_agrees() -> OnTables:
    """The operation that lays the trigger."""

    def forwards(_apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "sqlite":
            editor.execute(
                "CREATE TRIGGER banking_match_agrees BEFORE INSERT ON banking_match "
                f"WHEN EXISTS ({_WRONG}) BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
                params=None,
            )
            return
        editor.execute(_POSTGRESQL, params=None)
        editor.execute(
            "CREATE TRIGGER banking_match_agrees BEFORE INSERT ON banking_match "
            "FOR EACH ROW EXECUTE FUNCTION banking_match_agrees()"
        )

    def backwards(_apps: Any, editor: Any) -> None:
        on = "" if editor.connection.vendor == "sqlite" else " ON banking_match"
        editor.execute(f"DROP TRIGGER IF EXISTS banking_match_agrees{on}")

    return OnTables(forwards, backwards)
