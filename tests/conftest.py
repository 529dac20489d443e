"""What every test stands on: a fresh database in a temporary folder, a fixed clock."""

import os
from datetime import UTC, datetime

import pytest
from hypothesis import settings

from monitor import commands
from monitor.store import open_store

settings.register_profile("suite", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("suite")

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def url(tmp_path, monkeypatch):
    """The address of a database that does not exist yet; the environment names it."""
    address = f"sqlite:///{tmp_path / 'monitor.db'}"
    monkeypatch.setenv("MONITOR_DATABASE", address)
    return address


@pytest.fixture
def browser_of(monkeypatch):
    """Whose browser the rendered pages are shown in: nobody's, until it is told a Bearer."""
    from monitor.accounts import ANONYMOUS
    from monitor.ui import person

    def told(bearer):
        monkeypatch.setattr(person, "presented", lambda: bearer)

    told(ANONYMOUS)
    return told


@pytest.fixture
def empty(url):
    """A database without any pact."""
    store = open_store(url)
    store.create()
    return store


@pytest.fixture
def store(url):
    """A database with the packaged pact."""
    store = open_store(url)
    commands.init(store, now=NOW)
    return store
