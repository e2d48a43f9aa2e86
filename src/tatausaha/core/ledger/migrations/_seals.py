"""Triggers that hold the books, on SQLite and PostgreSQL: no way around them by raw SQL.

Lines are inserted first and the header last; inserting the header is the posting act and
checks the whole journal. Messages begin with `ledger:` and are turned into sentences by
`ledger.refusals`.
"""

SEALED = ("ledger_journal", "ledger_entry", "ledger_event", "ledger_seal", "ledger_link")
IDENTITY = {
    "ledger_journal": "id = NEW.id OR idem_key = NEW.idem_key OR reverses_id = NEW.reverses_id",
    "ledger_event": "id = NEW.id",
    "ledger_seal": "id = NEW.id OR (unit_id = NEW.unit_id AND ym = NEW.ym AND version = NEW.version)",
    "ledger_link": "seq = NEW.seq OR journal_id = NEW.journal_id OR event_id = NEW.event_id",
}

# -- PostgreSQL ---------------------------------------------------------------------------

POSTGRES = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger:sealed' USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION ledger_post() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_count integer; v_low integer; v_high integer; v_positive bigint; v_sum bigint;
  v_first_unit bigint; v_last_unit bigint; v_strayed boolean; v_no_party boolean; v_unusable boolean;
  v_future boolean; v_past boolean; v_locked boolean; v_pass ledger_lockpass%ROWTYPE;
BEGIN
  SELECT count(*), min(e.line_no), max(e.line_no), coalesce(sum(e.amount) FILTER (WHERE e.amount > 0), 0),
         sum(e.amount), min(e.unit_id), max(e.unit_id),
         bool_or(e.period_id <> e.unit_id * 1000000 + NEW.ym OR e.book_on <> NEW.book_on),
         bool_or(a.needs_party AND e.party_id IS NULL),
         bool_or(a.id IS NULL OR NOT a.is_detail OR coalesce(a.closed_on <= NEW.book_on, false))
    INTO v_count, v_low, v_high, v_positive, v_sum, v_first_unit, v_last_unit, v_strayed, v_no_party, v_unusable
    FROM ledger_entry e LEFT JOIN ledger_account a ON a.id = e.account_id
   WHERE e.journal_id = NEW.id;
  IF v_count <> NEW.line_count OR v_low <> 1 OR v_high <> v_count THEN
    RAISE EXCEPTION 'ledger:lines' USING ERRCODE = 'check_violation';
  END IF;
  IF v_positive <> NEW.total OR v_sum <> 0 OR (v_first_unit <> v_last_unit AND EXISTS (
       SELECT 1 FROM ledger_entry WHERE journal_id = NEW.id GROUP BY unit_id HAVING sum(amount) <> 0)) THEN
    RAISE EXCEPTION 'ledger:unbalanced' USING ERRCODE = 'check_violation';
  END IF;
  IF v_strayed OR NEW.ym <> extract(year FROM NEW.book_on) * 100 + extract(month FROM NEW.book_on) THEN
    RAISE EXCEPTION 'ledger:period' USING ERRCODE = 'check_violation';
  END IF;
  IF v_no_party THEN
    RAISE EXCEPTION 'ledger:party' USING ERRCODE = 'check_violation';
  END IF;
  IF v_unusable THEN
    RAISE EXCEPTION 'ledger:account' USING ERRCODE = 'check_violation';
  END IF;

  -- The months are locked against a change of their level until this transaction ends.
  IF v_first_unit = v_last_unit THEN
    SELECT NEW.recorded_at < p.starts_at OR p.min_level = 9, NEW.recorded_at >= p.ends_at,
           NEW.actor_level < p.min_level OR (NEW.actor_level < 3 AND NEW.recorded_at >= p.ends_at AND NOT (p.min_level = 2 AND NEW.actor_level = 2 AND extract(year FROM NEW.recorded_at AT TIME ZONE (SELECT u.zone FROM people_unit u WHERE u.id = p.unit_id)) = NEW.ym / 100))
      INTO v_future, v_past, v_locked
      FROM ledger_period p WHERE p.id = v_first_unit * 1000000 + NEW.ym FOR SHARE;
    v_count := CASE WHEN v_future IS NULL THEN 0 ELSE 1 END;
    v_high := 1;
  ELSE
    SELECT count(*), bool_or(NEW.recorded_at < p.starts_at OR p.min_level = 9), bool_or(NEW.recorded_at >= p.ends_at),
           bool_or(NEW.actor_level < p.min_level OR (NEW.actor_level < 3 AND NEW.recorded_at >= p.ends_at AND NOT (p.min_level = 2 AND NEW.actor_level = 2 AND extract(year FROM NEW.recorded_at AT TIME ZONE (SELECT u.zone FROM people_unit u WHERE u.id = p.unit_id)) = NEW.ym / 100)))
      INTO v_count, v_future, v_past, v_locked
      FROM (SELECT unit_id, min_level, starts_at, ends_at FROM ledger_period
             WHERE id IN (SELECT period_id FROM ledger_entry WHERE journal_id = NEW.id)
             ORDER BY id FOR SHARE) p;
    SELECT count(DISTINCT period_id) INTO v_high FROM ledger_entry WHERE journal_id = NEW.id;
  END IF;
  IF v_count <> v_high THEN
    RAISE EXCEPTION 'ledger:period' USING ERRCODE = 'check_violation';
  END IF;
  -- The zones lie east of Greenwich: a day that has begun there has begun here.
  IF v_future OR (NEW.event_on > (NEW.recorded_at AT TIME ZONE 'UTC')::date AND NEW.event_on >
       (SELECT (NEW.recorded_at AT TIME ZONE u.zone)::date FROM people_unit u WHERE u.id = NEW.unit_id)) THEN
    RAISE EXCEPTION 'ledger:future' USING ERRCODE = 'check_violation';
  END IF;
  IF v_locked THEN
    SELECT * INTO v_pass FROM ledger_lockpass WHERE id = NEW.lock_pass_id FOR UPDATE;
    IF v_pass.id IS NULL OR NEW.actor_id IS DISTINCT FROM v_pass.person_id OR NEW.unit_id <> v_pass.unit_id
       OR EXISTS (SELECT 1 FROM ledger_entry WHERE journal_id = NEW.id AND unit_id <> v_pass.unit_id)
       OR NEW.ym NOT BETWEEN v_pass.from_ym AND v_pass.to_ym
       OR NEW.recorded_at < v_pass.granted_at OR NEW.recorded_at >= v_pass.ends_at
       OR v_pass.revoked_at IS NOT NULL
       OR (SELECT count(*) FROM ledger_journal WHERE lock_pass_id = v_pass.id) >= v_pass.max_journals THEN
      RAISE EXCEPTION 'ledger:closed' USING ERRCODE = 'check_violation';
    END IF;
  ELSIF v_past AND NEW.reason = '' THEN
    RAISE EXCEPTION 'ledger:reason' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.reverses_id IS NOT NULL
     AND EXISTS (SELECT 1 FROM ledger_journal WHERE id = NEW.reverses_id AND reverses_id IS NOT NULL) THEN
    RAISE EXCEPTION 'ledger:reversal' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_post BEFORE INSERT ON ledger_journal FOR EACH ROW EXECUTE FUNCTION ledger_post();

CREATE FUNCTION ledger_refuse_late_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh f JOIN ledger_journal j ON j.id = f.journal_id) THEN
    RAISE EXCEPTION 'ledger:sealed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_late_line AFTER INSERT ON ledger_entry REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_late_line();

-- A line that was added in another transaction while its header was not yet visible: its number
-- is either taken (primary key) or beyond the count that the header was sealed with.
CREATE FUNCTION ledger_refuse_extra_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger_journal WHERE id = NEW.journal_id AND line_count >= NEW.line_no) THEN
    RAISE EXCEPTION 'ledger:sealed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_extra_line AFTER INSERT ON ledger_entry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_refuse_extra_line();

CREATE FUNCTION ledger_await_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'ledger_journal' THEN
    INSERT INTO ledger_unlinked (journal, hash) VALUES (NEW.id, NEW.hash);
  ELSE
    INSERT INTO ledger_unlinked (event, hash) VALUES (NEW.id, NEW.hash);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_await_link AFTER INSERT ON ledger_journal FOR EACH ROW EXECUTE FUNCTION ledger_await_link();
CREATE TRIGGER ledger_await_link AFTER INSERT ON ledger_event FOR EACH ROW EXECUTE FUNCTION ledger_await_link();

-- Links what waits, one forger at a time. A crash may lose the links of the last moments together
-- with the emptying of the queue, so they are forged again: a transaction that does nothing else need not wait for the disk.
CREATE FUNCTION ledger_forge(p_alone boolean) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  v_seq bigint; v_prev text; v_hash text; v_thing text; v_count integer := 0; v_row record;
BEGIN
  IF p_alone THEN
    SET LOCAL synchronous_commit = off;
  END IF;
  IF NOT pg_try_advisory_xact_lock(7102, 0) THEN
    RETURN 0;
  END IF;
  SELECT seq, hash INTO v_seq, v_prev FROM ledger_link ORDER BY seq DESC LIMIT 1;
  v_seq := coalesce(v_seq, 0);
  v_prev := coalesce(v_prev, repeat('0', 64));
  FOR v_row IN
    WITH gone AS (DELETE FROM ledger_unlinked RETURNING journal, event, hash)
    SELECT * FROM gone ORDER BY journal NULLS LAST, event
  LOOP
    v_seq := v_seq + 1;
    v_thing := CASE WHEN v_row.journal IS NULL THEN 'event:' || v_row.event ELSE 'journal:' || v_row.journal END;
    v_hash := encode(sha256(convert_to(v_seq || '|' || v_prev || '|' || v_thing || '|' || v_row.hash, 'UTF8')), 'hex');
    INSERT INTO ledger_link (seq, journal_id, event_id, prev, hash)
    VALUES (v_seq, v_row.journal, v_row.event, v_prev, v_hash);
    v_prev := v_hash;
    v_count := v_count + 1;
  END LOOP;
  RETURN v_count;
END $$;

CREATE FUNCTION ledger_keep_pass() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL AND NEW.revoked_by_id IS NOT NULL
       AND (to_jsonb(OLD) - 'revoked_at' - 'revoked_by_id') = (to_jsonb(NEW) - 'revoked_at' - 'revoked_by_id') THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'ledger:sealed' USING ERRCODE = 'check_violation';
  ELSIF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'ledger:sealed' USING ERRCODE = 'check_violation';
  END IF;
  IF length(trim(NEW.reason)) < 10 OR NEW.ends_at > NEW.granted_at + interval '72 hours' THEN
    RAISE EXCEPTION 'ledger:pass' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_keep_pass BEFORE INSERT OR UPDATE OR DELETE ON ledger_lockpass
  FOR EACH ROW EXECUTE FUNCTION ledger_keep_pass();

CREATE FUNCTION ledger_keep_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> OLD.id THEN
    RAISE EXCEPTION 'ledger:meaning' USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.type <> OLD.type OR NEW.needs_party <> OLD.needs_party OR NEW.never_negative <> OLD.never_negative
      OR NEW.is_detail <> OLD.is_detail)
     AND EXISTS (SELECT 1 FROM ledger_entry WHERE account_id = OLD.id) THEN
    RAISE EXCEPTION 'ledger:meaning' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_keep_account BEFORE UPDATE ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION ledger_keep_account();
"""

POSTGRES_BACK = """
DROP TRIGGER ledger_keep_account ON ledger_account;
DROP TRIGGER ledger_keep_pass ON ledger_lockpass;
DROP TRIGGER ledger_await_link ON ledger_event;
DROP TRIGGER ledger_await_link ON ledger_journal;
DROP TRIGGER ledger_extra_line ON ledger_entry;
DROP TRIGGER ledger_late_line ON ledger_entry;
DROP TRIGGER ledger_post ON ledger_journal;
DROP FUNCTION ledger_keep_account; DROP FUNCTION ledger_keep_pass; DROP FUNCTION ledger_forge; DROP FUNCTION ledger_await_link;
DROP FUNCTION ledger_refuse_extra_line; DROP FUNCTION ledger_refuse_late_line; DROP FUNCTION ledger_post;
"""

# -- SQLite -------------------------------------------------------------------------------

_LINES = "SELECT 1 FROM ledger_entry e WHERE e.journal_id = NEW.id"
_LINES_OF_ACCOUNTS = (
    "SELECT 1 FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id WHERE e.journal_id = NEW.id"
)
_LINES_OF_PERIODS = (
    "SELECT 1 FROM ledger_entry e LEFT JOIN ledger_period p ON p.id = e.period_id WHERE e.journal_id = NEW.id"
)

SQLITE = {
    "ledger_post": f"""
CREATE TRIGGER ledger_post BEFORE INSERT ON ledger_journal BEGIN
  SELECT RAISE(ABORT, 'ledger:sealed') WHERE EXISTS (
    SELECT 1 FROM ledger_journal
     WHERE id = NEW.id OR (reverses_id IS NOT NULL AND reverses_id = NEW.reverses_id));
  SELECT RAISE(ABORT, 'ledger:key') WHERE EXISTS (SELECT 1 FROM ledger_journal WHERE idem_key = NEW.idem_key);
  SELECT RAISE(ABORT, 'ledger:lines') WHERE (
    SELECT count(*) IS NOT NEW.line_count OR min(line_no) IS NOT 1 OR max(line_no) IS NOT count(*)
      FROM ledger_entry WHERE journal_id = NEW.id);
  SELECT RAISE(ABORT, 'ledger:unbalanced') WHERE (
    SELECT coalesce(sum(max(amount, 0)), 0) <> NEW.total FROM ledger_entry WHERE journal_id = NEW.id)
    OR EXISTS (SELECT 1 FROM ledger_entry WHERE journal_id = NEW.id GROUP BY unit_id HAVING sum(amount) <> 0);
  SELECT RAISE(ABORT, 'ledger:period') WHERE CAST(strftime('%Y%m', NEW.book_on) AS integer) IS NOT NEW.ym
    OR EXISTS ({_LINES_OF_PERIODS} AND (p.id IS NULL OR e.period_id <> e.unit_id * 1000000 + NEW.ym
               OR e.book_on <> NEW.book_on));
  SELECT RAISE(ABORT, 'ledger:party') WHERE EXISTS ({_LINES_OF_ACCOUNTS} AND a.needs_party AND e.party_id IS NULL);
  SELECT RAISE(ABORT, 'ledger:account') WHERE EXISTS ({_LINES_OF_ACCOUNTS}
    AND (NOT a.is_detail OR a.closed_on <= NEW.book_on))
    OR EXISTS ({_LINES} AND NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.id = e.account_id));
  SELECT RAISE(ABORT, 'ledger:future') WHERE EXISTS (
      {_LINES_OF_PERIODS} AND (NEW.recorded_at < p.starts_at OR p.min_level = 9))
    OR NEW.event_on > (
      SELECT date(NEW.recorded_at, CASE zone WHEN 'Asia/Jakarta' THEN '+7 hours' WHEN 'Asia/Makassar' THEN '+8 hours'
                                   ELSE '+9 hours' END) FROM people_unit WHERE id = NEW.unit_id);
  SELECT RAISE(ABORT, 'ledger:closed') WHERE EXISTS ({_LINES_OF_PERIODS}
      AND (NEW.actor_level < p.min_level OR (NEW.actor_level < 3 AND NEW.recorded_at >= p.ends_at AND NOT (p.min_level = 2 AND NEW.actor_level = 2 AND CAST(strftime('%Y', NEW.recorded_at, (SELECT CASE u.zone WHEN 'Asia/Jakarta' THEN '+7 hours' WHEN 'Asia/Makassar' THEN '+8 hours' ELSE '+9 hours' END FROM people_unit u WHERE u.id = p.unit_id)) AS integer) = NEW.ym / 100))))
    AND NOT EXISTS (SELECT 1 FROM ledger_lockpass k WHERE k.id = NEW.lock_pass_id AND k.person_id = NEW.actor_id
      AND k.unit_id = NEW.unit_id AND NEW.ym BETWEEN k.from_ym AND k.to_ym AND k.revoked_at IS NULL
      AND NEW.recorded_at >= k.granted_at AND NEW.recorded_at < k.ends_at
      AND NOT EXISTS ({_LINES} AND e.unit_id <> k.unit_id)
      AND (SELECT count(*) FROM ledger_journal WHERE lock_pass_id = k.id) < k.max_journals);
  SELECT RAISE(ABORT, 'ledger:reason') WHERE NEW.reason = '' AND NEW.lock_pass_id IS NULL
    AND EXISTS ({_LINES_OF_PERIODS} AND NEW.recorded_at >= p.ends_at);
  SELECT RAISE(ABORT, 'ledger:reversal') WHERE NEW.reverses_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM ledger_journal WHERE id = NEW.reverses_id AND reverses_id IS NOT NULL);
END""",
    "ledger_late_line": """
CREATE TRIGGER ledger_late_line BEFORE INSERT ON ledger_entry BEGIN
  SELECT RAISE(ABORT, 'ledger:sealed') WHERE EXISTS (SELECT 1 FROM ledger_journal WHERE id = NEW.journal_id);
END""",
    "ledger_journal_await_link": """
CREATE TRIGGER ledger_journal_await_link AFTER INSERT ON ledger_journal BEGIN
  INSERT INTO ledger_unlinked (journal, hash) VALUES (NEW.id, NEW.hash);
END""",
    "ledger_event_await_link": """
CREATE TRIGGER ledger_event_await_link AFTER INSERT ON ledger_event BEGIN
  INSERT INTO ledger_unlinked (event, hash) VALUES (NEW.id, NEW.hash);
END""",
    "ledger_grant_pass": """
CREATE TRIGGER ledger_grant_pass BEFORE INSERT ON ledger_lockpass BEGIN
  SELECT RAISE(ABORT, 'ledger:pass') WHERE length(trim(NEW.reason)) < 10
    OR julianday(NEW.ends_at) > julianday(NEW.granted_at) + 3.00000001;
  SELECT RAISE(ABORT, 'ledger:sealed') WHERE EXISTS (SELECT 1 FROM ledger_lockpass WHERE id = NEW.id);
END""",
    "ledger_keep_pass": """
CREATE TRIGGER ledger_keep_pass BEFORE UPDATE ON ledger_lockpass BEGIN
  SELECT RAISE(ABORT, 'ledger:sealed') WHERE NOT (
    OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL AND NEW.revoked_by_id IS NOT NULL
    AND NEW.id = OLD.id AND NEW.person_id = OLD.person_id AND NEW.unit_id = OLD.unit_id
    AND NEW.from_ym = OLD.from_ym AND NEW.to_ym = OLD.to_ym AND NEW.reason = OLD.reason
    AND NEW.granted_by_id = OLD.granted_by_id AND NEW.granted_at = OLD.granted_at
    AND NEW.ends_at = OLD.ends_at AND NEW.max_journals = OLD.max_journals);
END""",
    "ledger_never_delete_pass": """
CREATE TRIGGER ledger_never_delete_pass BEFORE DELETE ON ledger_lockpass BEGIN
  SELECT RAISE(ABORT, 'ledger:sealed');
END""",
    "ledger_keep_account": """
CREATE TRIGGER ledger_keep_account BEFORE UPDATE ON ledger_account
WHEN NEW.id <> OLD.id OR NEW.type <> OLD.type OR NEW.needs_party <> OLD.needs_party
  OR NEW.never_negative <> OLD.never_negative OR NEW.is_detail <> OLD.is_detail BEGIN
  SELECT RAISE(ABORT, 'ledger:meaning') WHERE NEW.id <> OLD.id
    OR EXISTS (SELECT 1 FROM ledger_entry WHERE account_id = OLD.id);
END""",
}


def _sqlite_triggers():
    triggers = dict(SQLITE)
    for table in SEALED:
        for act in ("UPDATE", "DELETE"):
            name = f"{table}_never_{act.lower()}"
            triggers[name] = (
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, 'ledger:sealed'); END"
            )
    for table in ("ledger_event", "ledger_seal", "ledger_link"):
        name = f"{table}_never_replace"
        triggers[name] = (
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'ledger:sealed') "
            f"WHERE EXISTS (SELECT 1 FROM {table} WHERE {IDENTITY[table]}); END"
        )
    return triggers


def put_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES, params=None)
        for table in SEALED:
            schema_editor.execute(
                f"CREATE TRIGGER ledger_never_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()"
            )
        return
    for statement in _sqlite_triggers().values():
        schema_editor.execute(statement, params=None)


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in SEALED:
            schema_editor.execute(f"DROP TRIGGER ledger_never_change ON {table}")
        schema_editor.execute(POSTGRES_BACK + "DROP FUNCTION ledger_refuse_change;", params=None)
        return
    for name in _sqlite_triggers():
        schema_editor.execute(f"DROP TRIGGER {name}")
