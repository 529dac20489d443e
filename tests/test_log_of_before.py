"""A log that an earlier version of the program wrote: it is read as it is, on either engine.

`fixtures/log_of_2026_11.db.gz` is a database of 27 November 2026, before « not started » was a status:
the packaged pact, five entries in two loads of one file, and the demo of six signatories.
"""

import gzip
from pathlib import Path

import pytest

from monitor import commands
from monitor.errors import DatabaseOutdated
from monitor.store import open_store
from monitor.store.head import read_head
from monitor.store.journal import verify

BEFORE = Path(__file__).parent / "fixtures" / "log_of_2026_11.db.gz"
HEAD = (115, "7e75a37186041469246f22e078ba2ba4ac61b91a1e4283e7e5e856f53f2d1f51")


@pytest.fixture
def before(tmp_path):
    """The database of before, untouched."""
    path = tmp_path / "before.db"
    path.write_bytes(gzip.decompress(BEFORE.read_bytes()))
    return open_store(f"sqlite:///{path}")


def check_unchanged(store):
    assert store.departures() == []
    with store.reading() as session:
        assert read_head(session) == HEAD
        assert verify(session).intact


def test_a_log_of_before_is_not_opened_until_init(before):
    with pytest.raises(DatabaseOutdated), before.reading():
        pass


def test_a_log_of_before_has_the_same_head_after_init(before):
    assert commands.init(before) == []
    check_unchanged(before)


def test_a_log_of_before_goes_to_the_other_engine_with_its_head(before, postgres):
    commands.init(before)
    address = postgres.fresh()
    try:
        commands.copy(before, open_store(address))
        check_unchanged(open_store(address))
    finally:
        postgres.drop(address)
