"""A file that is damaged while pages are read: a sentence in their place, and all heals by itself."""

import logging
import threading

import pytest

from monitor import commands
from monitor.errors import DatabaseBusy, DatabaseDamaged
from monitor.models import Role
from monitor.read import current_log
from monitor.read.log_watch import Follower, Watch
from monitor.snapshot import Snapshots
from monitor.store import open_store
from monitor.store.journal import Verification
from tests.support.app import open_page, words
from tests.support.damage import intrude
from tests.support.damaged_files import STATES
from tests.support.forgery import forged_action
from tests.support.server import get, run_server
from tests.support.streamlit_client import Reader
from tests.support.team import action, sign_in
from tests.support.waiting import wait_until


@pytest.mark.usefixtures("browser_of")
@pytest.mark.parametrize(("damage", "expected"), STATES.values(), ids=STATES.keys())
def test_a_page_says_what_is_wrong_with_the_file_and_heals(store, damage, expected):
    whole = store.path.read_bytes()
    assert "élus maires" in words(open_page())
    damage(store)
    app = open_page()
    assert not app.exception and expected in words(app) and "élus maires" not in words(app)
    if store.path.is_dir():
        store.path.rmdir()
    store.path.write_bytes(whole)
    assert "élus maires" in words(open_page())


@pytest.mark.usefixtures("browser_of")
def test_a_page_is_not_shown_once_the_chain_is_known_to_be_broken(store, monkeypatch):
    monkeypatch.setattr(current_log.WATCH, "found", Verification(19, "", 20, "action"))
    app = open_page()
    assert not app.exception and "n° 20" in words(app) and "élus maires" not in words(app)


def put_back(store, whole: bytes) -> None:
    """As `restore` does: who reads meanwhile keeps no half of it."""
    beside = store.path.with_name("whole.db")
    beside.write_bytes(whole)
    beside.replace(store.path)


def test_a_server_starts_on_a_damaged_file_and_heals_and_goes_on_through_more(store, tmp_path):
    token = sign_in(store, "Camille", Role.VOLUNTEER).token  # the head is one of its own
    whole = store.path.read_bytes()
    forged_action(store, day="2019-99-99")
    with run_server(store.url, log=tmp_path / "log") as address:
        status, _, body = get(f"{address}/healthz")
        assert status == 503 and "Entry\u00a055".encode() in body
        assert get(f"{address}/ville/69123")[0] == get(f"{address}/flux.atom")[0] == 503
        reader = Reader(address)
        assert "n° 55" in reader.open()
        put_back(store, whole)
        wait_until(lambda: get(f"{address}/healthz")[0] == 200)
        assert "élus maires" in reader.open()
        intrude(store, "UPDATE action_text SET summary = x'ff80'")
        assert get(f"{address}/flux.atom")[0] == 503
        intrude(store, "DELETE FROM head")
        wait_until(lambda: get(f"{address}/healthz")[0] == 503)
        assert "tête du journal" in reader.open()
        put_back(store, whole)
        wait_until(lambda: get(f"{address}/flux.atom")[0] == 200)
        reader.close()
    assert token and "Traceback" not in (tmp_path / "log").read_text("utf-8")


class Failing:
    """A database that fails in a way of its own until it is told to stop."""

    def __init__(self, store, error: Exception):
        self.store, self.error = store, error

    def __call__(self):
        if self.error is not None:
            raise self.error
        return self.store


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("never thought of"),
        DatabaseDamaged("head_damaged", rows=0),
        DatabaseBusy("database_busy", seconds=5),
    ],
)
def test_the_watch_outlives_whatever_it_meets_says_it_and_looks_again(store, caplog, error):
    source = Failing(store, error)
    watch = Watch(source)
    watch.MINUTE = watch.REST = 0.01
    with caplog.at_level(logging.WARNING, "monitor.live"):
        watch.start()
        wait_until(lambda: caplog.records)
        assert watch.found is None
        source.error = None
        wait_until(lambda: watch.found is not None)
    assert watch.found.intact and "could not be checked" in caplog.text
    watch.stop()


def test_a_log_that_takes_the_place_of_what_was_checked_is_checked(store):
    before = store.path.read_bytes()
    commands.log_action(store, sign_in(store, "Dominique", Role.VOLUNTEER), action())
    watch = Watch(lambda: store)
    watch.MINUTE = watch.REST = 0.01
    watch.start()
    wait_until(lambda: watch.found is not None)
    checked = watch.found
    put_back(store, before)
    wait_until(lambda: watch.found.entries < checked.entries)
    watch.stop()


def test_a_chain_known_to_be_broken_is_not_forgotten_while_the_database_is_busy(store):
    source = Failing(store, None)
    watch = Watch(source)
    intrude(store, "UPDATE action SET happened_on = '2012' WHERE seq = 30")
    assert not watch.look() and watch.found.altered == 30
    source.error = DatabaseBusy("database_busy", seconds=5)
    assert not watch.look() and watch.found.altered == 30


def test_the_watch_names_what_was_altered_and_the_guards_that_are_not_there(store, caplog):
    intrude(store, "UPDATE action SET happened_on = '2012' WHERE seq = 30")
    with caplog.at_level(logging.WARNING, "monitor.live"):
        Watch(lambda: store).look()
    assert "entry 30 (action)" in caplog.text and "action_no_update missing" in caplog.text


def test_what_cannot_be_made_ready_is_not_shown_and_heals(store):
    ready = threading.Event()

    def prepare(_snapshot):
        if not ready.is_set():
            raise KeyError("a measure that no pact has")

    snapshots = Snapshots(open_store(store.url))
    follower = Follower(lambda: snapshots, prepare)
    follower.EVERY = 0.01
    follower.start()

    def shown():
        try:
            return follower.latest_snapshot()
        except DatabaseDamaged:
            return None

    wait_until(lambda: shown() is None)
    ready.set()
    wait_until(lambda: shown() is not None)
    follower.stop()
