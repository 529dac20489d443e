"""An upgrade loses nothing: copies of before come back, the database of before is kept, its head stays;
a program of before leaves what is newer alone.

The fixtures are databases that each version made: the packaged pact and a demo of three signatories.
"""

import gzip
import sqlite3
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from monitor import commands
from monitor.cli.main import main
from monitor.errors import DatabaseError, DatabaseOutdated
from monitor.store import open_store, upgrading
from monitor.store.head import read_head
from monitor.store.journal import verify
from monitor.store.sqlite_file import FORMER_ID
from tests.support.paths import FIXTURES

#: What made it -> its head.
HEADS = {
    "log_of_0_1_0": (94, "8ce2a25f06406161e9ac1475ddab5d48a6285f0e33e6a3e3c1bf8acb6f274173"),
    "log_of_0_2_0": (95, "8b847dd782aee235a183aa3499e9ad31e51b4e3376a2cf73600fa23c8a0b55b1"),
    "log_of_2026_11": (115, "7e75a37186041469246f22e078ba2ba4ac61b91a1e4283e7e5e856f53f2d1f51"),
}
#: What a program of another version does first, and what it says then.
WAYS = {
    "init": ("init",),
    "verify": ("verify",),
    "load": ("load", "signatories", "data/mouves-2014/signatories.csv", "--pact", "mouves-2014"),
    "status": ("status",),
    "backup": ("backup", "copy.db"),
    "user": ("user", "add", "Alix", "--role", "admin"),
}


@pytest.fixture(params=HEADS)
def before(request, tmp_path):
    """A copy that an earlier version made, and its head."""
    path = tmp_path / "copies" / f"{request.param}.db"
    path.parent.mkdir()
    path.write_bytes(gzip.decompress((FIXTURES / f"{request.param}.db.gz").read_bytes()))
    return path, HEADS[request.param]


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def check_up_to_date(store, head):
    assert store.departures() == []
    with store.reading() as session:
        assert read_head(session) == head
        assert verify(session).intact


def run(*command, **variables):
    return CliRunner().invoke(main, [str(part) for part in command], env=variables)


@pytest.mark.parametrize("stood", [False, True])
def test_a_copy_of_before_is_restored_and_stays_as_it_is(before, tmp_path, stood):
    path, head = before
    written, target = digest(path), tmp_path / "data" / "monitor.db"
    if stood:
        commands.init_database(open_store(f"sqlite:///{target}"))
    done = run("restore", path, MONITOR_DATABASE=f"sqlite:///{target}")
    assert done.exit_code == 0, done.output
    check_up_to_date(open_store(f"sqlite:///{target}"), head)
    assert digest(path) == written and [one.name for one in path.parent.iterdir()] == [path.name]
    beside = {one.name.split(".before-")[0] for one in target.parent.iterdir()}
    assert beside <= {"monitor.db", "monitor.db.lock"}


def test_a_copy_of_before_is_copied_and_stays_as_it_is(before, tmp_path):
    path, head = before
    written, target = digest(path), tmp_path / "data" / "monitor.db"
    done = run("copy", "--from", f"sqlite:///{path}", "--to", f"sqlite:///{target}")
    assert done.exit_code == 0, done.output
    check_up_to_date(open_store(f"sqlite:///{target}"), head)
    assert digest(path) == written


def test_a_copy_of_before_goes_to_postgresql_and_stays_as_it_is(before, postgres):
    path, head = before
    written, address = digest(path), postgres.fresh()
    try:
        done = run("copy", "--from", f"sqlite:///{path}", "--to", address)
        assert done.exit_code == 0, done.output
        check_up_to_date(open_store(address), head)
    finally:
        postgres.drop(address)
    assert digest(path) == written


def test_init_keeps_what_it_upgrades_for_its_owner_alone(before):
    path, head = before
    written = sqlite3.connect(path).execute("SELECT * FROM schema_version").fetchall()
    done = run("init", MONITOR_DATABASE=f"sqlite:///{path}")
    assert done.exit_code == 0, done.output
    check_up_to_date(open_store(f"sqlite:///{path}"), head)
    (kept,) = path.parent.glob("*.before-upgrade-*")
    assert kept.name in done.output and kept.stat().st_mode & 0o777 == 0o600
    assert sqlite3.connect(kept).execute("SELECT * FROM schema_version").fetchall() == written
    commands.restore_backup(open_store(f"sqlite:///{path}"), kept)
    check_up_to_date(open_store(f"sqlite:///{path}"), head)


def test_init_keeps_nothing_where_there_is_nothing_to_upgrade(store):
    assert run("init").exit_code == 0
    assert not list(store.path.parent.glob("*.before-upgrade-*"))


@pytest.mark.parametrize("options", [("--no-backup",), ("--backup-to", "elsewhere")])
def test_the_operator_says_where_the_copy_goes_or_that_there_is_one(before, tmp_path, options):
    path, head = before
    (tmp_path / "elsewhere").mkdir()
    options = [tmp_path / one if one == "elsewhere" else one for one in options]
    assert run("init", *options, MONITOR_DATABASE=f"sqlite:///{path}").exit_code == 0
    check_up_to_date(open_store(f"sqlite:///{path}"), head)
    assert not list(path.parent.glob("*.before-upgrade-*"))
    assert len(list((tmp_path / "elsewhere").iterdir())) == (len(options) == 2)


@pytest.mark.parametrize("way", ["init", "restore"])
def test_without_room_for_a_copy_nothing_is_touched(before, tmp_path, monkeypatch, way):
    path, _ = before
    monkeypatch.setattr(upgrading, "LEAST_BYTES", 10**18)
    written, target = digest(path), tmp_path / "monitor.db"
    command = ("init",) if way == "init" else ("restore", path)
    address = f"sqlite:///{path if way == 'init' else target}"
    done = run(*command, MONITOR_DATABASE=address, LANG="C")
    assert done.exit_code == 1 and "Mo libres" in done.output
    assert digest(path) == written and not target.exists()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def made_by_a_newer_one(store) -> None:
    """As the next version leaves it: one more schema file applied."""
    connection = sqlite3.connect(store.path)
    connection.execute("INSERT INTO schema_version VALUES ('9999_of_tomorrow.sql')")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("way", WAYS)
def test_a_newer_database_is_met_with_a_sentence_and_nothing_in_it_is_touched(store, way):
    made_by_a_newer_one(store)
    written = digest(store.path)
    done = run(*WAYS[way])
    assert done.exit_code == 1 and "version plus récente" in done.output
    assert digest(store.path) == written


def test_a_newer_copy_is_not_restored(store, tmp_path):
    newer = tmp_path / "newer.db"
    commands.back_up(store, newer)
    made_by_a_newer_one(open_store(f"sqlite:///{newer}"))
    written = digest(newer), digest(store.path)
    done = run("restore", newer)
    assert done.exit_code == 1 and "version plus récente" in done.output
    assert (digest(newer), digest(store.path)) == written


def test_a_newer_postgresql_is_met_with_a_sentence_and_keeps_its_guards(postgres):
    address = postgres.fresh()
    try:
        store = open_store(address)
        commands.init_database(store)
        guards = "SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'guard%' ORDER BY 1"
        name = urlsplit(address).path.removeprefix("/")
        written = postgres.run(guards, name)
        postgres.run("INSERT INTO schema_version VALUES ('9999_of_tomorrow.sql')", name)
        done = run("init", MONITOR_DATABASE=address)
        assert done.exit_code == 1 and "version plus récente" in done.output
        assert postgres.run(guards, name) == written
    finally:
        postgres.drop(address)


def test_a_program_that_looks_for_no_newer_schema_takes_the_file_for_none_of_its_own(store):
    """0.1.0 and 0.2.0, which would take the guards of today away, refuse any mark but theirs."""
    ((mark,),) = sqlite3.connect(store.path).execute("PRAGMA application_id").fetchall()
    assert mark != FORMER_ID
    connection = sqlite3.connect(store.path)
    connection.execute(f"PRAGMA application_id = {FORMER_ID}")
    connection.close()
    with pytest.raises(DatabaseOutdated, match="database_outdated"), store.reading():
        pass
    commands.init_database(store)
    ((again,),) = sqlite3.connect(store.path).execute("PRAGMA application_id").fetchall()
    assert again == mark


def as_of_before(address: str, postgres) -> str:
    """Take the last schema file away from a PostgreSQL; returns the name of the database."""
    name = urlsplit(address).path.removeprefix("/")
    postgres.run("DROP TABLE row_withdrawal_text, row_withdrawal CASCADE", name)
    postgres.run("DELETE FROM schema_version WHERE name = '0006_row_withdrawal.sql'", name)
    return name


def test_a_postgresql_of_before_is_upgraded_once_there_is_a_copy(postgres, tmp_path):
    address = postgres.fresh()
    try:
        store = open_store(address)
        commands.init_database(store)
        with store.reading() as session:
            head = read_head(session)
        as_of_before(address, postgres)
        refused = run("init", MONITOR_DATABASE=address)
        assert refused.exit_code == 1 and "--backup-to" in refused.output
        assert store.is_outdated()
        done = run("init", "--backup-to", tmp_path, MONITOR_DATABASE=address)
        assert done.exit_code == 0, done.output
        check_up_to_date(store, head)
        (kept,) = tmp_path.iterdir()
        assert kept.stat().st_mode & 0o777 == 0o600
    finally:
        postgres.drop(address)
    target = open_store(f"sqlite:///{tmp_path / 'data' / 'monitor.db'}")
    assert run("restore", kept, MONITOR_DATABASE=target.url).exit_code == 0
    check_up_to_date(target, head)


def test_a_folder_for_the_copy_that_is_not_there_is_a_sentence(before, tmp_path):
    path, _ = before
    written = digest(path)
    with pytest.raises(DatabaseError, match="database_unreadable"):
        upgrading.keep_before_upgrade(open_store(f"sqlite:///{path}"), tmp_path / "nowhere")
    assert digest(path) == written
