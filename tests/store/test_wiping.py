"""What a court had removed is off the disk, or named: looked for byte by byte."""

import os
import sqlite3
import threading
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from click.testing import CliRunner

from monitor import commands
from monitor.cli.main import main
from monitor.models import Decision
from monitor.store import open_store
from monitor.store.journal import verify
from tests.support.team import LATER, action, team_of

#: Words that stand nowhere else.
MARK = "xylophage-zorglub"
ENGINES = ("sqlite", "postgres")


def holding(folder: Path) -> list[str]:
    """The files below a folder that hold the words, as they are on the disk."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and MARK.encode() in path.read_bytes()
    )


def accused(store) -> int:
    """The seq of an accepted entry with the words in it, and in a message, a draft and a review."""
    team = team_of(store)
    seq = commands.log_action(
        store,
        team.volunteer,
        action(
            summary=f"{MARK} 1", quote=f"{MARK} 2", source_url=f"https://exemple.invalid/{MARK}"
        ),
        LATER,
    ).seq
    commands.send_message(store, team.reviewer, seq, f"{MARK} 3 ?", LATER)
    commands.review_action(store, team.reviewer, seq, Decision.ACCEPTED, f"{MARK} 4", LATER)
    others = [action(summary=f"Autre {number}") for number in range(40)]
    for other in others:
        commands.log_action(store, team.volunteer, other, LATER)
    return seq


def intact(store) -> bool:
    with store.reading() as session:
        return verify(session).intact


def run(*arguments: str):
    return CliRunner().invoke(main, arguments)


@pytest.mark.sqlite
@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_nothing_of_it_is_in_a_sqlite_file_or_beside_it(store, mode, monkeypatch):
    connection = sqlite3.connect(store.path)
    connection.execute(f"PRAGMA journal_mode = {mode}")
    seq = accused(store)
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()
    folder = store.path.parent
    assert holding(folder)
    commands.redact_entry(store, None, seq, "Ordonnance.", LATER)
    found = commands.wipe_removed_texts(store)
    assert (found.inside, found.copies) == ([], [])
    assert holding(folder) == [] and intact(store)
    with store.reading() as session:
        assert session.rows("SELECT count(*) FROM wiping") == [(1,)]


@pytest.mark.sqlite
def test_free_pages_of_a_file_that_another_program_wrote_to_are_wiped_too(store):
    """secure_delete is ours: another program does not ask for it."""
    seq = accused(store)
    connection = sqlite3.connect(store.path)
    connection.execute("PRAGMA secure_delete = OFF")
    connection.execute("CREATE TABLE other (words TEXT)")
    connection.executemany(
        "INSERT INTO other VALUES (?)", [(f"{MARK} {n}" * 50,) for n in range(500)]
    )
    connection.execute("DROP TABLE other")
    connection.commit()
    connection.close()
    commands.redact_entry(store, None, seq, "Ordonnance.", LATER)
    assert holding(store.path.parent)
    assert run("wipe").exit_code == 0
    assert holding(store.path.parent) == []


@pytest.mark.sqlite
def test_safety_copies_that_hold_it_are_named_and_those_that_do_not_are_not(store, tmp_path):
    seq = accused(store)
    backups = tmp_path / "backups"
    backups.mkdir()
    commands.back_up(store, backups / "before.db")
    commands.back_up(store, store.path.parent / "monitor.db.before-2026")
    commands.redact_entry(store, None, seq, "Ordonnance.", LATER)
    commands.back_up(store, backups / "after.db")
    commands.init_database(open_store(f"sqlite:///{backups / 'other.db'}"))
    (backups / "notes.db").write_text("not a database")
    (backups / "torn.db").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    (backups / "old.db-journal").write_bytes(b"pages")
    found = run("wipe", "--in", str(backups))
    assert found.exit_code == 1, found.output
    for name in ("before.db", "monitor.db.before-2026", "torn.db", "old.db-journal"):
        assert name in found.output, name
    for name in ("after.db", "other.db", "notes.db"):
        assert name not in found.output, name
    for path in (
        backups / "before.db",
        store.path.parent / "monitor.db.before-2026",
        backups / "torn.db",
        backups / "old.db-journal",
    ):
        path.unlink()
    assert run("wipe", "--in", str(backups)).exit_code == 0
    assert holding(tmp_path) == []


@pytest.mark.sqlite
def test_a_folder_that_is_not_there_is_said_before_anything_is_done(store):
    assert run("wipe", "--in", "/nowhere/at/all").exit_code == 1


def test_where_nothing_was_removed_there_is_nothing_to_do(store):
    found = run("wipe")
    assert found.exit_code == 0 and "rien à effacer" in found.output


def data_of(postgres) -> Path:
    return Path(postgres._server.pgdata)


def test_nothing_of_it_is_in_the_data_folder_of_postgresql(postgres, tmp_path, monkeypatch):
    address = postgres.fresh()
    monkeypatch.setenv("MONITOR_DATABASE", address)
    store = open_store(address)
    commands.init_database(store)
    seq = accused(store)
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("ANALYZE")
        owner.execute("CHECKPOINT")
    data = data_of(postgres)
    assert any(name.startswith("base/") for name in holding(data))
    assert any(name.startswith("pg_wal/") for name in holding(data))
    commands.redact_entry(store, None, seq, "Ordonnance.", LATER)
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("CHECKPOINT")
    assert holding(data), "a redaction alone leaves the words on the disk"
    found = commands.wipe_removed_texts(store)
    assert (found.inside, found.copies) == ([], [])
    assert holding(data) == [] and intact(store)
    assert postgres.run("SHOW wal_recycle") == [("on",)]
    postgres.drop(address)


def test_somebody_s_old_transaction_is_named_until_it_ends(postgres, monkeypatch):
    from monitor.store import wiping_postgres

    monkeypatch.setattr(wiping_postgres, "PAUSE", 0.05)
    address = postgres.fresh()
    store = open_store(address)
    commands.init_database(store)
    seq = accused(store)
    with psycopg.connect(address) as old:
        old.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        old.execute("SELECT count(*) FROM pg_class").fetchone()
        commands.redact_entry(store, None, seq, "Ordonnance.", LATER)
        found = commands.wipe_removed_texts(store)
        assert [left.code for left in found.inside] == ["seen"]
        assert f"pid {old.info.backend_pid}" in found.inside[0].values["who"]
        with store.reading() as session:
            assert session.rows("SELECT count(*) FROM wiping") == [(0,)]
    assert commands.wipe_removed_texts(store).inside == []
    assert holding(data_of(postgres)) == []
    postgres.drop(address)


def test_an_owner_who_is_no_superuser_is_told_what_is_left(postgres, monkeypatch):
    address = postgres.fresh()
    name = urlsplit(address).path[1:]
    postgres.run(f"CREATE USER plain_owner CREATEROLE; ALTER DATABASE {name} OWNER TO plain_owner")
    owner = address.replace("postgres:", "plain_owner:")
    try:
        store = open_store(owner)
        commands.init_database(store)
        seq = accused(store)
        commands.redact_entry(store, None, seq, "Ordonnance.", LATER)
        assert [left.code for left in commands.wipe_removed_texts(store).inside] == ["log"]
        again = commands.wipe_removed_texts(open_store(address))
        assert again.inside == [] and holding(data_of(postgres)) == []
    finally:
        from monitor.store.pool import close_pool

        for one in (owner, address):
            close_pool(one)
        postgres.run(f"DROP DATABASE {name} WITH (FORCE)")  # at once: it is the user's
        postgres.run("DROP USER plain_owner")


def test_readers_go_on_while_a_database_is_wiped(store):
    seq = accused(store)
    commands.redact_entry(store, None, seq, "Ordonnance.", LATER)
    failures: list[Exception] = []
    ended = threading.Event()

    def read():
        while not ended.is_set():
            try:
                with store.reading() as session:
                    session.rows("SELECT count(*) FROM action_text")
            except Exception as error:
                failures.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        commands.wipe_removed_texts(store)
    finally:
        ended.set()
        reader.join()
    assert not failures


@pytest.mark.sqlite
@pytest.mark.parametrize("make", ["create", "backup", "restore", "kept", "copy", "export"])
def test_what_says_who_is_who_is_readable_by_its_owner_alone(store, tmp_path, make):
    before = os.umask(0)
    try:
        made = _made(store, tmp_path, make)
    finally:
        os.umask(before)
    assert made.stat().st_mode & 0o777 == 0o600


def _made(store, folder: Path, how: str) -> Path:
    new = folder / "new.db"
    if how == "create":
        commands.init_database(open_store(f"sqlite:///{new}"))
    if how == "copy":
        commands.copy_database(store, open_store(f"sqlite:///{new}"))
    if how in ("backup", "restore", "kept"):
        commands.back_up(store, new)
    if how == "restore":
        target = open_store(f"sqlite:///{folder / 'target.db'}")
        commands.restore_backup(target, new)
        return target.path
    if how == "kept":
        store.path.chmod(0o644)
        _, kept = commands.restore_backup(store, new)
        assert store.path.stat().st_mode & 0o777 == 0o600
        return kept
    if how == "export":
        assert run("export", "--to", str(folder / "out"), "--format", "sqlite").exit_code == 0
        return folder / "out" / "mouves-2014.db"
    return new


@pytest.mark.sqlite
def test_init_closes_a_database_that_others_could_read(store):
    store.path.chmod(0o664)
    assert run("init").exit_code == 0
    assert store.path.stat().st_mode & 0o777 == 0o600
