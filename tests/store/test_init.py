"""Making a database: whole or not at all, and by several at once."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from monitor import commands
from monitor.cli.main import main
from monitor.errors import DatabaseError
from monitor.store import open_store
from monitor.store.journal import verify

try:
    import resource
except ImportError:
    resource = None


@contextmanager
def no_file_grows_over(size: int):
    """As on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(resource is None, reason="no limits of this kind on this system")
@pytest.mark.parametrize("size", [0, 4_096, 65_536])
def test_a_disk_that_is_full_leaves_nothing_of_a_first_init_and_the_next_succeeds(tmp_path, size):
    store = open_store(f"sqlite:///{tmp_path / 'data' / 'monitor.db'}")
    with pytest.raises(DatabaseError) as raised, no_file_grows_over(size):
        commands.init_database(store)
    assert raised.value.values["path"] == str(store.path)
    assert list(tmp_path.iterdir()) == []
    assert len(commands.init_database(store)) == 4


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(DatabaseError, match="database_unreadable"):
        commands.init_database(open_store(f"sqlite:///{tmp_path / 'file' / 'monitor.db'}"))


def test_of_several_init_at_once_one_loads_and_the_others_find_it_done(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'monitor.db'}")
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: len(commands.init_database(store)), range(4)))
    assert sorted(done) == [0, 0, 0, 4]
    with store.reading() as session:
        assert verify(session).intact
    assert {path.name for path in tmp_path.iterdir()} <= {"monitor.db", "monitor.db.lock"}


@pytest.mark.processes
def test_two_processes_that_init_at_once_both_succeed(tmp_path):
    environment = {**os.environ, "MONITOR_DATABASE": f"sqlite:///{tmp_path / 'monitor.db'}"}
    command = [sys.executable, "-m", "monitor", "init"]
    started = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) for _ in range(2)]
    sentences = sorted(one.communicate()[1].decode() for one in started)
    assert [one.returncode for one in started] == [0, 0]
    assert sum("rien à charger" in text or "nothing to load" in text for text in sentences) == 1


@pytest.mark.sqlite
def test_a_database_for_another_pact_never_gains_the_packaged_one(url, tmp_path):
    toml = (commands.setup.PACKAGED / "pact.toml").read_text("utf-8")
    own = tmp_path / "pact.toml"
    own.write_text(toml.replace('"mouves-2014"', '"other-2014"'), "utf-8")
    for command in (["init", "--empty"], ["load", "pact", str(own)], ["init"]):
        assert CliRunner().invoke(main, command).exit_code == 0
    with open_store(url).reading() as session:
        assert session.rows("SELECT pact_id FROM pact") == [("other-2014",)]
