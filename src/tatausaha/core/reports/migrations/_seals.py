"""What was written of taxes stays written; budgets are of results. Triggers on both databases."""

# -- taxes --------------------------------------------------------------------------------

OVERLAP = (
    "SELECT 1 FROM reports_taxrule r WHERE r.id IS DISTINCT FROM NEW.id AND r.tax = NEW.tax AND r.legal_form = NEW.legal_form"
    " AND r.starts_on <= coalesce(NEW.ends_on, '9999-12-31') AND coalesce(r.ends_on, '9999-12-31') >= NEW.starts_on"
)
RULE = ("tax", "legal_form", "starts_on", "rate", "exempt", "cap", "years", "base", "source")
DEPOSIT = ("id", "ym", "amount", "paid_on", "ntpn", "unit_id", "account_id", "by_id", "at")


def same(columns):
    """SQL that says whether these columns stay as they are."""
    return " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in columns)


def sqlite(text):
    """The same comparisons in SQLite's words."""
    return text.replace("IS NOT DISTINCT FROM", "IS").replace("IS DISTINCT FROM", "IS NOT")


def rules():
    """Table, name, when, what is forbidden, message."""
    return [
        ("reports_taxrule", "tax_rule_overlap_new", "INSERT", f"EXISTS ({OVERLAP})", "tax:overlap"),
        ("reports_taxrule", "tax_rule_overlap_old", "UPDATE", f"EXISTS ({OVERLAP})", "tax:overlap"),
        ("reports_taxrule", "tax_rule_kept", "UPDATE", f"OLD.ends_on IS NOT NULL OR NOT ({same(('id', *RULE))})", "tax:kept"),
        ("reports_taxrule", "tax_rule_never_deleted", "DELETE", "1 = 1", "tax:kept"),
        (
            "reports_taxdeposit", "tax_deposit_kept", "UPDATE",
            f"OLD.cancelled_at IS NOT NULL OR NEW.cancelled_at IS NULL OR NOT ({same(DEPOSIT)})", "tax:kept",
        ),
        ("reports_taxdeposit", "tax_deposit_never_deleted", "DELETE", "1 = 1", "tax:kept"),
    ]


def put_up(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for table, name, when, forbidden, said in rules():
        if postgres:
            body = forbidden.replace("'9999-12-31'", "date '9999-12-31'")
            given = "OLD" if when == "DELETE" else "NEW"
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {body} THEN "
                f"RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'; END IF; RETURN {given}; END $$",
                params=None,
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()", params=None
            )
            continue
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {when} ON {table} BEGIN "
            f"SELECT RAISE(ABORT, '{said}') WHERE {sqlite(forbidden)}; END",
            params=None,
        )


def take_down(apps, schema_editor):
    postgres = schema_editor.connection.vendor == "postgresql"
    for table, name, *_rest in rules():
        schema_editor.execute(f"DROP TRIGGER {name} ON {table}" if postgres else f"DROP TRIGGER {name}")
        if postgres:
            schema_editor.execute(f"DROP FUNCTION {name}")


# -- only accounts of income and expense that are posted to have a budget -----------------

BUDGET = "budget:account"
NO_RESULT = (
    "NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.id = NEW.account_id AND a.is_detail AND a.type IN ('R', 'X'))"
)
EVENTS = ("INSERT", "UPDATE")


def put_up_budget(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION budget_of_result() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {NO_RESULT} THEN "
            f"RAISE EXCEPTION '{BUDGET}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER budget_of_result BEFORE INSERT OR UPDATE ON reports_budget "
            "FOR EACH ROW EXECUTE FUNCTION budget_of_result()",
            params=None,
        )
        return
    for event in EVENTS:
        schema_editor.execute(
            f"CREATE TRIGGER budget_of_result_{event.lower()} BEFORE {event} ON reports_budget BEGIN "
            f"SELECT RAISE(ABORT, '{BUDGET}') WHERE {NO_RESULT}; END",
            params=None,
        )


def take_down_budget(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER budget_of_result ON reports_budget; DROP FUNCTION budget_of_result", params=None)
        return
    for event in EVENTS:
        schema_editor.execute(f"DROP TRIGGER budget_of_result_{event.lower()}")
