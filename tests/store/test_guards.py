"""What the database itself refuses, on connections that know nothing of our code.

Each attack is made on both engines, and the very guard that is there for it must answer: a guard whose
removal nobody would notice is one that no attack names.
"""

import re
import sqlite3

import pytest

from monitor import commands
from monitor.store import open_store
from monitor.store.guards import rules, sqlite_rules
from monitor.store.subjects import SUBJECTS
from tests.support.clock import NOW
from tests.support.raw_writes import ROWS, fill, row, write
from tests.support.refused_writes import HOSTILE, SHARED, SQLITE_ONLY

MESSAGES = {guard.name: guard.message for guard in (*rules(), *sqlite_rules())}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A SQLite file with something in every table."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('guards') / 'monitor.db'}")
    commands.init_database(store, now=NOW)
    fill(store)
    return store.path


@pytest.fixture(scope="module")
def connections(file):
    """One as an intruder's, and one with foreign keys: a new one would read the whole schema first."""
    found = {keys: sqlite3.connect(file, isolation_level=None) for keys in ("OFF", "ON")}
    for keys, connection in found.items():
        connection.execute(f"PRAGMA foreign_keys = {keys}")
    yield found
    for connection in found.values():
        connection.close()


@pytest.fixture(params=["raw", "with foreign keys"])
def connection(request, connections):
    """As an intruder's, and with foreign keys; nothing of what is done on it stays."""
    connection = connections["ON" if "with" in request.param else "OFF"]
    connection.execute("BEGIN")
    yield connection
    connection.rollback()


@pytest.fixture(scope="module")
def server(postgres):
    """A connection to a PostgreSQL database with something in every table."""
    import psycopg

    address = postgres.fresh()
    store = open_store(address)
    commands.init_database(store, now=NOW)
    fill(store)
    with psycopg.connect(address) as connection:
        yield connection
    postgres.drop(address)


@pytest.mark.parametrize("attack", HOSTILE.values(), ids=HOSTILE.keys())
def test_sqlite_refuses(connection, attack):
    *before, hostile = attack.statements
    for statement in before:
        connection.execute(statement)
    with pytest.raises(sqlite3.IntegrityError) as raised:
        connection.execute(hostile)
    assert str(raised.value) == MESSAGES[attack.guard]


@pytest.mark.parametrize(
    "attack",
    [one for one in HOSTILE.values() if not one.sqlite],
    ids=[name for name, one in HOSTILE.items() if not one.sqlite],
)
def test_postgresql_refuses(server, attack):
    """By the role of the app, where that may try at all."""
    import psycopg

    *before, hostile = attack.statements
    with server.transaction(force_rollback=True):
        if hostile.startswith("INSERT"):
            server.execute("SET LOCAL ROLE monitor_app")
        for statement in before:
            server.execute(statement)
        with pytest.raises(psycopg.IntegrityError) as raised, server.transaction():
            server.execute(hostile)
    if attack.guard in SQLITE_ONLY:
        assert isinstance(raised.value, psycopg.errors.ForeignKeyViolation)
    else:
        assert raised.value.diag.message_primary == MESSAGES[attack.guard]


def test_every_guard_is_named_by_an_attack():
    named = {attack.guard for attack in HOSTILE.values()}
    assert named == set(MESSAGES)
    both = {attack.guard for attack in HOSTILE.values() if not attack.sqlite}
    assert both >= {guard.name for guard in rules()} | SHARED


def test_every_guard_says_what_no_other_says():
    assert len(set(MESSAGES.values())) == len(MESSAGES)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_lawful_forms_of_these_writes_are_taken(connection, subject):
    for statement in write(subject):
        connection.execute(statement)
    if SUBJECTS[subject].texts:
        connection.execute(row(SUBJECTS[subject].text_table))
    assert connection.execute("SELECT max(seq) = (SELECT seq FROM head) FROM entry").fetchone()[0]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_postgresql_takes_them_too(server, subject):
    with server.transaction(force_rollback=True):
        server.execute("SET LOCAL ROLE monitor_app")
        for statement in write(subject):
            server.execute(statement)


BAD = {
    ("account", "role"): ["'king'"],
    ("account", "name"): ["''", f"'{'x' * 61}'"],
    ("head", "hash"): ["'short'"],
    ("published_head", "hash"): ["'short'"],
    ("published_head", "day"): ["'2026'"],
    ("rewriting", "hash"): ["'short'"],
    ("id_key", "secret"): ["'short'"],
    ("safety_copy", "made_at"): ["'2026'"],
    ("match_judgement", "person"): ["'Anne'"],
    ("match_judgement", "register_day"): ["'2014'"],
    ("match_judgement", "judgement"): ["'maybe'"],
    ("match_judgement", "judged_at"): ["'2026'"],
    ("column_match", "titles"): ["'Ville'"],
    ("column_match", "columns"): ["''", f"'{'x' * 20_001}'"],
    ("column_match", "matched_at"): ["'2026'"],
    ("mended_cell", "line"): ["0"],
    ("proposed_pact", "proposed_at"): ["'2026'"],
    ("proposed_pact", "digest"): ["'short'"],
    ("proposed_pact", "files"): ["''"],
    ("rewriting", "reason"): ["''", f"'{'x' * 2001}'"],
    ("entry", "recorded_at"): ["'2026'"],
    ("entry", "salt"): ["'short'"],
    ("entry", "texts_digest"): ["'short'"],
    ("entry", "hash"): ["'short'"],
    ("entry", "load_seq"): ["seq"],
    ("load", "file_name"): ["''", f"'{'x' * 256}'"],
    ("load", "accepted"): ["2"],
    ("pact", "pact_id"): ["''", f"'{'x' * 101}'"],
    ("pact", "rev"): ["0"],
    ("pact", "term_end"): ["term_start"],
    ("pact", "language"): ["'d'", f"'{'x' * 36}'"],
    ("pact", "fictional"): ["2"],
    ("answer", "rev"): ["0"],
    ("detail", "rev"): ["0"],
    ("source", "rev"): ["0"],
    ("area", "code"): ["''", f"'{'x' * 101}'"],
    ("area", "rev"): ["0"],
    ("area", "name"): [f"'{'x' * 2001}'"],
    ("signatory", "signatory_id"): ["''", f"'{'x' * 101}'"],
    ("signatory", "rev"): ["0"],
    ("signatory", "outcome"): ["'chosen'"],
    ("mandate", "office"): ["''", f"'{'x' * 101}'"],
    ("mandate", "rev"): ["0"],
    ("mandate", "end_reason"): ["'boredom'"],
    ("action", "action_id"): ["''", f"'{'x' * 101}'"],
    ("action", "version"): ["0"],
    ("action", "first"): ["seq - 1"],
    ("action", "rev"): ["0"],
    ("action", "kind"): ["'rumour'"],
    ("action", "status"): ["'not_assessed'", "CASE WHEN status IS NULL THEN 'decided' END"],
    ("action", "happened_on"): ["'2019-1'"],
    ("action", "source_kind"): ["'rumour'"],
    ("action", "supersedes"): ["seq"],
    ("review", "action_seq"): ["seq"],
    ("review", "decision"): ["'perhaps'"],
    ("redaction", "target_seq"): ["seq"],
    ("redaction", "reason"): ["''", f"'{'x' * 2001}'"],
    ("load_review", "load_seq"): ["seq"],
    ("load_review", "decision"): ["'perhaps'"],
    ("withdrawal", "load_seq"): ["seq"],
    ("row_withdrawal", "target_seq"): ["seq"],
    ("reply_request", "way"): ["'shouted'"],
    ("reply_request", "asked_on"): ["'2019'"],
    ("link_check", "checked_on"): ["'2019'"],
    ("link_check", "outcome"): ["'resting'"],
    ("sample_plan", "plan_id"): ["''", f"'{'x' * 101}'"],
    ("sample_plan", "content"): ["''", f"'{'x' * 20_001}'"],
    ("sample_seed", "seed"): ["''", "' 4'", f"'{'x' * 201}'"],
    ("load_step", "load_seq"): ["seq"],
    ("load_step", "step"): ["'begun'"],
    ("rating_end", "way"): ["'forgotten'"],
    ("rating_end", "action_seq"): ["seq"],
    ("account_change", "role"): ["'operator'"],
    ("account_change", "active"): ["2"],
    ("account_tie", "tied"): ["2"],
    ("account_department", "department"): ["''", f"'{'x' * 2001}'"],
    ("message", "words"): ["''", f"'{'x' * 2001}'"],
    ("request", "kind"): ["'rumour'"],
    ("request", "reason"): ["''", f"'{'x' * 2001}'"],
    ("request", "order_reference"): ["''", f"'{'x' * 201}'"],
    ("request", "asked_at"): ["'2026'"],
    ("request", "due_at"): ["'2026'"],
    ("request_end", "way"): ["'forgotten'"],
    ("request_end", "ended_at"): ["'2026'"],
    ("request_end", "why"): ["''", f"'{'x' * 2001}'"],
    ("team_act", "happened_at"): ["'2026'"],
    ("team_act", "kind"): ["''", f"'{'x' * 41}'"],
    ("team_act", "details"): ["''", f"'{'x' * 501}'"],
    **{
        (about.text_table, column): [f"'{'x' * 2001}'"]
        for about in SUBJECTS.values()
        for column in about.texts
    },
}
#: Conditions on several columns.
TOGETHER = {
    "a retraction of nothing": "UPDATE action SET kind = 'retraction', status = NULL, supersedes = NULL",
    "an assessment without a kind of source": "UPDATE action SET kind = 'assessment', status = 'decided', source_kind = NULL",  # noqa: E501
    "an admin who has no name": "UPDATE request SET kind = 'admin', target_seq = NULL",
    "a file that is somebody": "UPDATE request SET name = 'Maxime'",
    "a day that somebody is said to have ended": "UPDATE request_end SET way = 'elapsed'",
}
CHANGES = {
    **TOGETHER,
    **{
        f"{table}.{column} = {value[:20]}": f"UPDATE {table} SET {column} = {value}"
        for (table, column), values in BAD.items()
        for value in values
    },
}


@pytest.fixture(scope="module")
def unguarded(file, tmp_path_factory):
    """The same file without its guards: what is left are the conditions of the tables."""
    path = tmp_path_factory.mktemp("unguarded") / "monitor.db"
    with sqlite3.connect(file) as source:
        copy = sqlite3.connect(path, isolation_level=None)
        source.backup(copy)
    for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        copy.execute(f"DROP TRIGGER {name}")
    return copy


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_table_takes_no_value_that_is_none_of_its_own(unguarded, server, change):
    import psycopg

    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed"):
        unguarded.execute(change)
    with server.transaction(force_rollback=True):
        server.execute("SET LOCAL session_replication_role = 'replica'")
        with pytest.raises(psycopg.errors.CheckViolation), server.transaction():
            server.execute(change)


#: A column with a condition; one that came later stands behind the last of its table.
_CHECKED = re.compile(
    r"(?:^|, )\s*(\w+) (?:TEXT|INTEGER)(?:(?!, \w+ (?:TEXT|INTEGER))[^\n])*CHECK", re.M
)


def test_every_condition_of_a_column_has_a_value_that_it_refuses(unguarded):
    """What the schema gains has its row here."""
    found = {
        (table, column)
        for table, sql in unguarded.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
        )
        for column in _CHECKED.findall(sql)
    }
    assert {pair for pair in found if pair[1] not in ("id", "seq")} == set(BAD)


def test_every_table_of_the_log_has_a_lawful_row():
    assert {about.table for about in SUBJECTS.values()} <= set(ROWS)
