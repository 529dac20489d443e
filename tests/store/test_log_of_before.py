"""A log that an earlier version of the program wrote: it is read as it is, on either engine.

`fixtures/log_of_2026_11.db.gz` is a database of 27 November 2026, before « not started » was a status:
the packaged pact, five entries in two loads of one file, and the demo of six signatories.
"""

import csv
import gzip
import io

import pytest
from click.testing import CliRunner

from monitor import commands
from monitor.cli.main import main
from monitor.errors import DatabaseOutdated
from monitor.store import open_store
from monitor.store.head import read_head
from monitor.store.journal import verify
from tests.support.paths import FIXTURES

BEFORE = FIXTURES / "log_of_2026_11.db.gz"
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
    assert commands.init_database(before) == []
    check_unchanged(before)


def test_a_log_of_before_goes_to_the_other_engine_with_its_head(before, postgres):
    commands.init_database(before)
    address = postgres.fresh()
    try:
        commands.copy_database(before, open_store(address))
        check_unchanged(open_store(address))
    finally:
        postgres.drop(address)


#: At the end of the term, of who is bound: the search of 2019 in Paris stands under what was voted.
EXPECTED = {
    ("hidalgo-paris", "1"): ("partly_implemented", "2017-11-30", "partly_kept", "overdue"),
    ("hidalgo-paris", "2"): ("implemented", "2018-01-10", "kept", "late"),
    ("hidalgo-paris", "3"): ("decided", "2018-11-30", "unfinished", "overdue"),
    ("collomb-lyon", "1"): ("decided", "2015-09-28", "unfinished", "overdue"),
    ("collomb-lyon", "2"): ("decided", "2016-11-14", "unfinished", "overdue"),
    ("collomb-lyon", "3"): ("decided", "2016-09-06", "unfinished", "overdue"),
}


def test_a_log_of_before_says_what_the_rules_of_today_say(before, monkeypatch):
    commands.init_database(before)
    monkeypatch.setenv("MONITOR_DATABASE", f"sqlite:///{before.path}")
    result = CliRunner().invoke(main, ["status", "--pact", "mouves-2014", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(result.stdout.lstrip("\ufeff"))))
    found = {
        (row["signatory_id"], row["measure"]): tuple(
            row[name] for name in ("status", "since", "verdict", "lateness")
        )
        for row in rows
    }
    others = ("not_assessed", "", "not_bound", "")
    assert {key: EXPECTED.get(key, others) for key in found} == found
    assert len(found) == 15 and set(EXPECTED) <= set(found)
