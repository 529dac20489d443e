"""Guards that a PostgreSQL database lacks are named, and `init` puts them back."""

import psycopg
import pytest

from monitor import commands
from monitor.errors import DatabaseOutdated
from monitor.store.journal import verify_store
from monitor.store.shape import Departure

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
    "a tie that nobody recorded": (
        "ALTER TABLE account_commune DISABLE TRIGGER USER; "
        "INSERT INTO account_commune VALUES ('operator', '69123'); "
        "ALTER TABLE account_commune ENABLE TRIGGER USER",
        ("changed", "ties", "operator"),
    ),
}


@pytest.mark.parametrize(("statement", "expected"), BENT.values(), ids=BENT.keys())
def test_what_differs_is_named_and_init_puts_guards_back(store, statement, expected):
    assert store.departures() == []
    with psycopg.connect(store.address) as connection:
        connection.execute(statement)
    assert store.departures() == [Departure(*expected)]
    assert verify_store(store).intact
    commands.init(store)
    assert store.departures() == ([Departure(*expected)] if expected[1] == "ties" else [])


def test_an_older_program_leaves_a_newer_database_alone(store):
    with psycopg.connect(store.address) as connection:
        connection.execute("INSERT INTO schema_version VALUES ('9999_next.sql')")
        connection.execute("CREATE FUNCTION guard_new() RETURNS trigger LANGUAGE plpgsql "
                           "AS 'BEGIN RETURN NEW; END'")  # fmt: skip
    for use in (lambda: commands.init(store), store.departures):
        with pytest.raises(DatabaseOutdated) as raised:
            use()
        assert raised.value.code == "database_newer"
    with psycopg.connect(store.address) as connection:
        assert connection.execute("SELECT 1 FROM pg_proc WHERE proname = 'guard_new'").fetchone()
