"""What a PostgreSQL database lacks is named; `init` puts its guards back."""

import psycopg
import pytest

from monitor import commands
from monitor.errors import DatabaseOutdated
from monitor.store import pool
from monitor.store.journal import verify_store
from monitor.store.schema_diff import Departure

ENGINES = ("postgres",)
BENT = {
    "a guard taken away": (
        "DROP TRIGGER action_no_update ON action",
        ("missing", "trigger", "action.action_no_update"),
    ),
    "a guard switched off": (
        "ALTER TABLE action DISABLE TRIGGER action_no_update",
        ("changed", "trigger", "action.action_no_update"),
    ),
    "a guard that refuses nothing": (
        "CREATE OR REPLACE FUNCTION guard_action_no_update() RETURNS trigger LANGUAGE plpgsql "
        "AS 'BEGIN RETURN NEW; END'",
        ("changed", "function", "guard_action_no_update"),
    ),
    "a table that the outside reader reads": (
        "GRANT SELECT ON draft TO monitor_reader",
        ("extra", "right", "monitor_reader → draft"),
    ),
    "a column that everybody reads": (
        "GRANT SELECT (words) ON message TO PUBLIC",
        ("extra", "right", "monitor_reader → message"),
        ("extra", "right", "public → message"),
    ),
    "a tie that nobody recorded": (
        "ALTER TABLE account_commune DISABLE TRIGGER USER; "
        "INSERT INTO account_commune VALUES ('operator', '69123'); "
        "ALTER TABLE account_commune ENABLE TRIGGER USER",
        ("changed", "ties", "operator"),
    ),
}


@pytest.mark.parametrize(
    ("statement", "expected"), [(bent[0], bent[1:]) for bent in BENT.values()], ids=BENT.keys()
)
def test_what_differs_is_named_and_init_puts_guards_back(store, statement, expected):
    assert store.departures() == []
    with psycopg.connect(store.address) as connection:
        connection.execute(statement)
    found = [Departure(*one) for one in expected]
    assert store.departures() == found
    assert verify_store(store).intact
    commands.init_database(store)
    assert store.departures() == (found if found[0].kind == "ties" else [])


ROUND_THE_GUARDS = {
    "a rule that writes nothing": (
        "CREATE RULE silent AS ON INSERT TO review DO INSTEAD NOTHING",
        ("rule", "review.silent"),
    ),
    "rows that are hidden": (
        "ALTER TABLE entry ENABLE ROW LEVEL SECURITY",
        ("row security", "entry"),
    ),
    "a foreign key that is not kept": (
        "ALTER TABLE review DISABLE TRIGGER ALL; ALTER TABLE review ENABLE TRIGGER USER",
        ("foreign key", "review.review_action_seq_fkey"),
    ),
}


@pytest.mark.parametrize(
    ("statement", "expected"), ROUND_THE_GUARDS.values(), ids=ROUND_THE_GUARDS.keys()
)
def test_what_gets_round_the_guards_is_named(store, statement, expected):
    with psycopg.connect(store.address) as connection:
        connection.execute(statement)
    assert Departure("extra", *expected) in store.departures()


OTHER_TABLES = {
    "a check taken away": (
        "ALTER TABLE action DROP CONSTRAINT action_status_check",
        ("missing", "constraint", "action.action_status_check"),
    ),
    "a check that lets another value in": (
        "ALTER TABLE review DROP CONSTRAINT review_decision_check; ALTER TABLE review ADD CONSTRAINT "
        "review_decision_check CHECK (decision IN ('accepted', 'refused', 'forged'))",
        ("changed", "constraint", "review.review_decision_check"),
    ),
    "a foreign key taken away": (
        "ALTER TABLE review DROP CONSTRAINT review_action_seq_fkey",
        ("missing", "constraint", "review.review_action_seq_fkey"),
    ),
    "a foreign key that deletes": (
        "ALTER TABLE review DROP CONSTRAINT review_action_seq_fkey; ALTER TABLE review ADD CONSTRAINT "
        "review_action_seq_fkey FOREIGN KEY (action_seq) REFERENCES action ON DELETE CASCADE",
        ("changed", "constraint", "review.review_action_seq_fkey"),
    ),
    "a key taken away": (
        "ALTER TABLE review DROP CONSTRAINT review_action_seq_key",
        ("missing", "constraint", "review.review_action_seq_key"),
    ),
    "a value that may be missing": (
        "ALTER TABLE entry ALTER author DROP NOT NULL",
        ("changed", "column", "entry.author"),
    ),
    "a value given by default": (
        "ALTER TABLE review ALTER decision SET DEFAULT 'accepted'",
        ("changed", "column", "review.decision"),
    ),
    "another type": (
        "ALTER TABLE message ALTER words TYPE varchar",
        ("changed", "column", "message.words"),
        ("changed", "constraint", "message.message_words_check"),
    ),
    "a column more": (
        "ALTER TABLE draft ADD note text",
        ("extra", "column", "draft.note"),
    ),
    "an index taken away": (
        "DROP INDEX entry_request",
        ("missing", "index", "entry.entry_request"),
    ),
    "a guard that never fires": (
        "CREATE OR REPLACE TRIGGER action_no_update BEFORE UPDATE ON action FOR EACH ROW "
        "WHEN (false) EXECUTE FUNCTION guard_action_no_update()",
        ("changed", "trigger", "action.action_no_update"),
    ),
    "a guard of another event": (
        "CREATE OR REPLACE TRIGGER action_no_update BEFORE UPDATE OF rev ON action FOR EACH ROW "
        "EXECUTE FUNCTION guard_action_no_update()",
        ("changed", "trigger", "action.action_no_update"),
    ),
    "a table of somebody else": ("CREATE TABLE theirs (id bigint PRIMARY KEY)",),
}


@pytest.mark.parametrize("bent", OTHER_TABLES.values(), ids=OTHER_TABLES.keys())
def test_what_is_another_in_the_tables_is_named(store, bent):
    statement, *expected = bent
    with psycopg.connect(store.address) as connection:
        connection.execute(statement)
    assert store.departures() == [Departure(*one) for one in expected]


def test_sessions_in_which_no_guard_fires_are_named(store):
    with psycopg.connect(store.address) as connection:
        name = connection.info.dbname
        connection.execute(f"ALTER DATABASE {name} SET session_replication_role = 'replica'")
    pool.close_pool(store.address)
    assert Departure("extra", "setting", "session_replication_role") in store.departures()


def test_an_older_program_leaves_a_newer_database_alone(store):
    with psycopg.connect(store.address) as connection:
        connection.execute("INSERT INTO schema_version VALUES ('9999_next.sql')")
        connection.execute(
            "CREATE FUNCTION guard_new() RETURNS trigger LANGUAGE plpgsql "
            "AS 'BEGIN RETURN NEW; END'"
        )
    for use in (lambda: commands.init_database(store), store.departures):
        with pytest.raises(DatabaseOutdated) as raised:
            use()
        assert raised.value.code == "database_newer"
    with psycopg.connect(store.address) as connection:
        assert connection.execute("SELECT 1 FROM pg_proc WHERE proname = 'guard_new'").fetchone()
