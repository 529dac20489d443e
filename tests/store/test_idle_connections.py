"""A connection that stays open between two readings or writes shows what a new one would show."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading

import pytest

from monitor.errors import DatabaseDamaged, DatabaseMissing, Refused
from monitor.store import open_store
from monitor.store.idle_connections import MOST_IDLE, close_connections
from tests.support.damage import intrude


@pytest.fixture(autouse=True)
def none_open(store):
    """Nothing is open yet, and the file has no write-ahead log, whatever SQLite is here."""
    set_journal_mode(store, "DELETE")
    close_connections()
    yield
    close_connections()


def set_journal_mode(store, mode: str) -> None:
    connection = sqlite3.connect(store.path)
    connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.close()


def title_of(store) -> str:
    with store.reading() as session:
        ((title,),) = session.rows("SELECT value FROM probe")
        return title


def set_title(store, title: str) -> None:
    intrude(
        store,
        "CREATE TABLE IF NOT EXISTS probe (value TEXT)",
        "DELETE FROM probe",
        f"INSERT INTO probe VALUES ('{title}')",
    )


def files_open(path) -> int:
    """How many times this process has that file open, also where it has lost its name."""
    found = []
    for number in os.listdir("/proc/self/fd"):
        try:
            found.append(os.readlink(f"/proc/self/fd/{number}").removesuffix(" (deleted)"))
        except FileNotFoundError:  # that of the list itself
            continue
    return found.count(str(path))


def test_a_second_reading_opens_the_file_no_second_time(store):
    set_title(store, "a")
    for _ in range(3):
        title_of(store)
    assert files_open(store.path) == 1


def test_a_writer_has_the_connection_of_the_reader_before_and_the_other_way_round(store):
    set_title(store, "a")
    for _ in range(3):
        title_of(store)
        with store.writing() as session:
            session.execute("UPDATE probe SET value = 'b'")
        assert title_of(store) == "b"
        set_title(store, "a")
    assert files_open(store.path) == 1


def test_a_write_that_failed_leaves_nothing_open(store):
    with pytest.raises(RuntimeError), store.writing():
        raise RuntimeError
    assert files_open(store.path) == 0


def refuse(store, look):
    """A write, or a look, amid which the program refuses something."""
    with store.looking() if look else store.writing() as session:
        if not look:
            session.execute("UPDATE probe SET value = 'b'")
        next(session.chunks("SELECT value FROM probe", size=1))
        raise Refused("not_now")


@pytest.mark.parametrize("look", [True, False], ids=["a look", "a write"])
def test_what_was_refused_leaves_the_connection_nothing_of_it_and_keeps_nobody_waiting(store, look):
    set_title(store, "a")
    intrude(store, "INSERT INTO probe VALUES ('second')")
    with pytest.raises(Refused):  # what raised it holds all that it was reading
        refuse(store, look)
    assert files_open(store.path) == 1
    set_title(store, "c")
    assert title_of(store) == "c" and files_open(store.path) == 1


def test_what_the_database_refused_leaves_the_connection(store):
    set_title(store, "a")
    with pytest.raises(Refused, match="refused_by_database"), store.writing() as session:
        session.execute("UPDATE probe SET value = 'b'")
        session.execute("DELETE FROM entry")
    assert files_open(store.path) == 1 and title_of(store) == "a"


def test_what_another_wrote_meanwhile_is_read(store):
    set_title(store, "a")
    assert title_of(store) == "a"
    set_title(store, "b")
    assert title_of(store) == "b"


def test_a_column_that_another_added_meanwhile_is_read(store):
    set_title(store, "a")
    assert title_of(store) == "a"
    intrude(store, "ALTER TABLE probe ADD COLUMN further TEXT DEFAULT 'z'")
    with store.reading() as session:
        assert session.rows("SELECT further FROM probe") == [("z",)]


def test_another_file_that_took_the_name_is_read_and_the_former_one_is_let_go(store, tmp_path):
    set_title(store, "a")
    shutil.copy(store.path, tmp_path / "former.db")
    assert title_of(store) == "a"
    former = open_store(f"sqlite:///{tmp_path / 'former.db'}")
    set_title(former, "b")
    os.replace(former.path, store.path)
    assert title_of(store) == "b"


def test_a_file_that_is_gone_is_missed_at_once(store):
    set_title(store, "a")
    title_of(store)
    store.path.unlink()
    with pytest.raises(DatabaseMissing):
        title_of(store)


def test_bytes_damaged_in_place_are_found_by_the_next_reading(store):
    set_title(store, "a" * 3000)
    title_of(store)
    content = store.path.read_bytes()
    store.path.write_bytes(content.replace(b"a" * 1000, b"\xff" * 1000))
    with pytest.raises(DatabaseDamaged):
        title_of(store)


def test_a_reading_that_took_any_text_leaves_no_other_reading_doing_so(store):
    intrude(
        store, "CREATE TABLE probe (value TEXT)", "INSERT INTO probe VALUES (CAST(X'ff' AS TEXT))"
    )
    with store.reading() as session:
        session.take_any_text()
        session.rows("SELECT value FROM probe")
    with pytest.raises(DatabaseDamaged):
        title_of(store)


def test_a_reading_that_failed_leaves_nothing_open(store):
    with pytest.raises(RuntimeError), store.reading():
        raise RuntimeError
    assert files_open(store.path) == 0


def test_a_reading_left_in_the_middle_keeps_no_writer_waiting(store):
    set_title(store, "a")
    title_of(store)
    with store.reading() as session:
        next(session.chunks("SELECT value FROM probe"))
    set_title(store, "b")
    assert title_of(store) == "b"


def test_a_connection_that_stayed_open_cannot_write(store):
    with store.writing():
        pass
    with store.looking():
        pass
    with store.looking() as session, pytest.raises(sqlite3.OperationalError, match="readonly"):
        session._db.execute("CREATE TABLE other (x)")


def test_readings_at_once_have_connections_of_their_own(store):
    with store.reading() as first, store.reading() as second:
        assert first._db is not second._db


def test_a_thread_goes_on_with_the_connection_of_another(store):
    set_title(store, "a")
    statements = []
    for _ in range(2):
        thread = threading.Thread(target=lambda: statements.append(title_of(store)))
        thread.start()
        thread.join()
    assert statements == ["a", "a"] and files_open(store.path) == 1


def test_no_more_than_a_few_stay_open(store, tmp_path):
    copies = [tmp_path / f"{number}.db" for number in range(MOST_IDLE + 3)]
    for path in copies:
        shutil.copy(store.path, path)
        with open_store(f"sqlite:///{path}").reading():
            pass
    assert sum(map(files_open, copies)) == MOST_IDLE


def test_a_file_with_a_write_ahead_log_is_closed_so_that_it_is_whole_alone(store):
    set_journal_mode(store, "WAL")
    with store.reading():
        pass
    assert files_open(store.path) == 0
    assert not store.path.with_name(f"{store.path.name}-wal").exists()


FORKED = """
import os, sys
from monitor.store import open_store
from monitor.store.idle_connections import _IDLE, take_connection
store = open_store(sys.argv[1])
with store.reading():
    pass
child = os.fork()
if not child:
    os._exit(take_connection(store.path) is not None)
_, status = os.waitpid(child, 0)
assert take_connection(store.path)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@pytest.mark.processes
def test_a_fork_takes_no_connection_of_its_parent(store):
    done = subprocess.run([sys.executable, "-c", FORKED, store.url], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
