"""The database refuses what the rules refuse, and never becomes a new one by accident."""

import sqlite3
from datetime import datetime, timedelta

import pytest

from monitor import commands
from monitor.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseError,
    DatabaseMissing,
    DatabaseOutdated,
    InvalidValue,
    Refused,
)
from monitor.store import open_store
from monitor.store.journal import NOTHING, Journal, hash_at, last_seq, verify
from monitor.store.sqlite import SQLiteStore
from monitor.store.sqlite_file import write_ahead_is_safe
from monitor.store.subjects import SUBJECTS
from monitor.store.tables import SCHEMA
from tests.support.clock import NOW
from tests.support.damage import REDACTED, intrude


def raw(store) -> sqlite3.Connection:
    """A connection with none of our settings, as an intruder's: foreign keys as SQLite has them."""
    return sqlite3.connect(store.path)


def test_a_clock_that_goes_back_does_not_take_the_log_back(store):
    with store.writing() as session:
        journal = Journal(session, "operator", NOW - timedelta(days=1))
    assert journal.recorded_at == "2026-03-02T09:00:00.000000Z"


def test_a_redaction_empties_a_text_and_the_chain_still_verifies(store):
    with store.writing() as session:
        Journal(session, "operator", NOW).append(
            "redaction", [((20, "court order"), (), ())], columns=[(20, "court order")]
        )
        session.execute(
            "UPDATE action_text SET salt = NULL, summary = NULL, source_title = NULL, "
            "source_publisher = NULL, source_url = NULL, archive_url = NULL, quote = NULL, "
            "reason = NULL, recorded_by = NULL, search_key = NULL WHERE seq = 20"
        )
    with store.reading() as session:
        assert verify(session).intact


def covered() -> list[tuple[str, str]]:
    """Every column of every table of the log that somebody can read."""
    columns = [(about.table, name) for about in SUBJECTS.values() for name in about.facts]
    columns += [(about.text_table, name) for about in SUBJECTS.values() for name in about.texts]
    columns += [("entry", name) for name in ("recorded_at", "author", "subject", "load_seq")]
    columns += [("commitment", name) for name in ("signatory_id", "measure_id")]
    # An emptied text whose redaction names another entry is found at that text: see below.
    return [pair for pair in columns if pair != ("redaction", "target_seq")]


@pytest.mark.parametrize(("table", "column"), covered(), ids=lambda value: value)
def test_verify_names_the_entry_whose_column_was_altered(full_store, table, column):
    intrude(full_store)
    store, connection = full_store, raw(full_store)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    key = "id" if table == "commitment" else "seq"
    rows = (
        "SELECT min(commitment_id) FROM action" if key == "id" else f"SELECT max(seq) FROM {table}"
    )
    ((target,),) = connection.execute(rows).fetchall()
    ((old,),) = connection.execute(f"SELECT {column} FROM {table} WHERE {key} = ?", [target])
    new = old + 1 if isinstance(old, int) else f"{old or ''}x"
    connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", [new, target])
    connection.commit()
    if table == "commitment":
        sql = "SELECT min(seq) FROM action WHERE commitment_id = ?"
        ((target,),) = connection.execute(sql, [target])
    with store.reading() as session:
        assert verify(session).altered == target


def test_verify_finds_an_entry_that_was_taken_out(store):
    connection = raw(store)
    connection.executescript(
        "DROP TRIGGER entry_no_delete; DROP TRIGGER action_no_delete; "
        "DROP TRIGGER action_text_no_delete; DELETE FROM action_text WHERE seq = 54; "
        "DELETE FROM action WHERE seq = 54; DELETE FROM entry WHERE seq = 54"
    )
    with store.reading() as session:
        assert not verify(session).intact


def test_verify_finds_a_row_that_no_entry_names(store):
    connection = raw(store)
    connection.execute("DROP TRIGGER area_insert")
    connection.execute(
        "INSERT INTO area (seq, pact_id, code, rev, name) VALUES (999, 'p', 'c', 1, 'n')"
    )
    connection.commit()
    with store.reading() as session:
        assert verify(session).altered == 999


def test_the_published_head_is_in_the_chain(store):
    with store.reading() as session:
        ((seq, hash_),) = session.rows("SELECT seq, hash FROM head")
        assert hash_at(session, seq) == hash_
        assert hash_at(session, seq + 1) is None


def test_the_last_entry_known_at_a_time_is_found(full_store):
    with full_store.reading() as session:
        times = session.rows("SELECT recorded_at, max(seq) FROM entry GROUP BY recorded_at")
        assert len(times) > 1
        for recorded_at, seq in times:
            moment = datetime.fromisoformat(recorded_at)
            assert last_seq(session, moment) == seq
            assert last_seq(session, moment - timedelta(microseconds=1)) < seq
        assert last_seq(session, NOW - timedelta(days=1)) == 0


@pytest.mark.parametrize(
    ("content", "error", "code"),
    [
        (None, DatabaseMissing, "database_missing"),
        (b"", DatabaseDamaged, "database_empty"),
        (
            b"not a database, but long enough to have a header of a hundred bytes" * 2,
            DatabaseDamaged,
            "database_not_sqlite",
        ),
    ],
    ids=["missing", "empty", "text"],
)
@pytest.mark.parametrize("way", ["reading", "writing"])
def test_what_is_not_a_database_stays_as_it_is(tmp_path, content, error, code, way):
    path = tmp_path / "x.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error) as raised, getattr(SQLiteStore(path), way)():
        pass
    assert raised.value.code == code
    assert (path.read_bytes() if path.exists() else None) == content


def test_a_truncated_database_is_named_so(store):
    whole = store.path.read_bytes()
    store.path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DatabaseDamaged) as raised, store.reading():
        pass
    assert raised.value.code == "database_damaged"


def test_init_does_not_write_into_a_truncated_database(store):
    half = store.path.read_bytes()[:8192]
    store.path.write_bytes(half)
    with pytest.raises(DatabaseDamaged):
        commands.init_database(store)
    assert store.path.read_bytes() == half


def test_another_program_s_database_is_refused(tmp_path):
    path = tmp_path / "x.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.commit()
    with pytest.raises(DatabaseDamaged) as raised, SQLiteStore(path).writing():
        pass
    assert raised.value.code == "database_foreign"


def test_init_writes_nothing_into_another_program_s_database(tmp_path):
    path = tmp_path / "x.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.commit()
    before = path.read_bytes()
    with pytest.raises(DatabaseDamaged) as raised:
        commands.init_database(SQLiteStore(path))
    assert (raised.value.code, path.read_bytes()) == ("database_foreign", before)


@pytest.mark.parametrize("way", ["reading", "writing"])
def test_a_session_checks_foreign_keys_and_wipes_what_it_deletes(store, way):
    with getattr(store, way)() as session:
        for pragma in ("foreign_keys", "secure_delete", "recursive_triggers"):
            assert session.rows(f"PRAGMA {pragma}") == [(1,)]


def test_a_reader_writes_nothing(store):
    with pytest.raises(DatabaseError) as raised, store.reading() as session:
        session.execute("DELETE FROM draft")
    assert raised.value.code == "database_readonly"


@pytest.mark.parametrize("way", ["reading", "writing", "copy_to"])
def test_a_file_that_goes_away_as_it_is_opened_is_not_made_anew(store, monkeypatch, tmp_path, way):
    gone = SQLiteStore(tmp_path / "gone.db")
    monkeypatch.setattr("monitor.store.sqlite.check_file", lambda path: None)
    with pytest.raises(DatabaseError):
        gone.copy_to(tmp_path / "copy.db") if way == "copy_to" else getattr(gone, way)().__enter__()
    assert not gone.path.exists()


class OnAFullDisk(SQLiteStore):
    """A database beside which nothing more can be written."""

    def copy_to(self, path):
        raise DatabaseError("disk_full", path=str(path))


def test_a_whole_database_that_cannot_be_kept_is_not_replaced(store, tmp_path):
    commands.back_up(store, tmp_path / "copy.db")
    before = store.path.read_bytes()
    with pytest.raises(DatabaseError, match="disk_full"):
        commands.restore_backup(OnAFullDisk(store.path), tmp_path / "copy.db")
    assert store.path.read_bytes() == before


def test_a_text_that_a_court_had_removed_leaves_no_salt_and_no_search_key(full_store):
    with full_store.reading() as session:
        (row,) = session.rows("SELECT * FROM action_text WHERE seq = :seq", seq=REDACTED)
    assert row == (REDACTED, *[None] * (len(row) - 1))


def test_a_database_of_another_version_asks_for_init(store):
    raw(store).executescript("DELETE FROM schema_version WHERE name = '0004_links.sql'")
    with pytest.raises(DatabaseOutdated) as raised, store.reading():
        pass
    assert raised.value.code == "database_outdated"


def test_init_brings_an_older_database_up_to_date_and_keeps_its_log(store, tmp_path, monkeypatch):
    folder = tmp_path / "schema"
    folder.mkdir()
    for file in SCHEMA.glob("*.sql"):
        (folder / file.name).write_text(file.read_text("utf-8"), "utf-8")
    (folder / "9999_later.sql").write_text(
        "CREATE TABLE later (a TEXT); -- one; comment\n", "utf-8"
    )
    monkeypatch.setattr("monitor.store.tables.SCHEMA", folder)
    with pytest.raises(DatabaseOutdated), store.reading():
        pass
    assert store.create() == ["9999_later.sql"]
    with store.reading() as session:
        assert session.rows("SELECT seq FROM head") == [(54,)]
        assert session.rows("SELECT a FROM later") == []


def test_init_twice_changes_nothing(store):
    before = store.path.read_bytes()
    assert commands.init_database(store) == []
    with store.reading() as session:
        assert session.rows("SELECT seq FROM head") == [(54,)]
    assert len(before) == store.path.stat().st_size


def test_a_write_that_raises_leaves_nothing(store):
    with pytest.raises(RuntimeError), store.writing() as session:
        Journal(session, "operator", NOW).append(
            "redaction", [((20, "x"), (), ())], columns=[(20, "x")]
        )
        raise RuntimeError
    with store.reading() as session:
        assert session.rows("SELECT seq FROM head") == [(54,)]


def test_a_rule_of_the_database_is_a_refusal_with_its_words(store):
    with pytest.raises(Refused, match="append only"), store.writing() as session:
        session.execute("UPDATE action SET status = 'decided'")


def test_a_second_writer_waits_and_is_told(store, monkeypatch):
    monkeypatch.setattr("monitor.store.sqlite.BUSY_SECONDS", 0.05)
    with store.writing(), pytest.raises(DatabaseBusy), store.writing():
        pass


@pytest.mark.parametrize("address", ["mysql://x", "sqlite:///", "nonsense"])
def test_an_unknown_database_address_is_refused(address):
    with pytest.raises(InvalidValue):
        open_store(address)


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_write_ahead_logging_waits_for_the_fixed_versions(version, safe):
    assert write_ahead_is_safe(version) is safe


def test_a_check_in_parts_says_the_same_as_a_check_at_once(full_store):
    with full_store.reading() as session:
        at_once, found = verify(session), NOTHING
        while found.entries < at_once.entries:
            found = verify(session, since=found, limit=7)
    assert found == at_once


@pytest.mark.parametrize("limit", [7, 20, 1_000])
def test_a_check_in_parts_finds_what_was_altered(full_store, limit):
    connection = raw(full_store)
    connection.executescript(
        "DROP TRIGGER action_no_update; UPDATE action SET happened_on = '2012' WHERE seq = 40"
    )
    found = NOTHING
    with full_store.reading() as session:
        while found.intact:
            found = verify(session, since=found, limit=limit)
    assert found.altered == 40


def test_a_check_in_parts_finds_an_entry_that_was_taken_out(full_store):
    connection = raw(full_store)
    connection.executescript(
        "DROP TRIGGER entry_no_delete; DROP TRIGGER action_no_delete; "
        "DROP TRIGGER action_text_no_delete; DELETE FROM action_text WHERE seq = 40; "
        "DELETE FROM action WHERE seq = 40; DELETE FROM entry WHERE seq = 40"
    )
    found = NOTHING
    with full_store.reading() as session:
        while found.intact:
            found = verify(session, since=found, limit=10)
    assert found.altered == 40


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE commitment SET measure_id = '7' WHERE signatory_id = 'havard-lyon' AND measure_id = '3'",
        "UPDATE commitment SET signatory_id = 'x' WHERE signatory_id = 'havard-lyon'",
        "INSERT INTO commitment VALUES (99, 'mouves-2014', 'personne', '1')",
    ],
)
def test_verify_finds_a_commitment_that_the_log_does_not_imply(store, change):
    connection = raw(store)
    connection.executescript(
        f"DROP TRIGGER commitment_no_update; DROP TRIGGER commitment_insert; {change}"
    )
    with store.reading() as session:
        assert verify(session).subject == "commitment"
