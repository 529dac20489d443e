"""The log in memory: what was appended is added, and the result is that of a cold read."""

from dataclasses import fields
from datetime import date

import numpy as np
import pandas as pd
import pytest

from monitor import commands, status
from monitor.commands.loading import file_in_memory
from monitor.commands.setup import PACKAGED
from monitor.errors import NotFound
from monitor.log import Actions
from monitor.snapshot import Snapshots, default_day
from monitor.store import SQLiteStore
from tests.support.clock import NOW
from tests.support.loading import HEADER, ONE, load

ENGINES = ("sqlite", "postgres")


def same(one, other) -> None:
    """Two snapshots hold the same log."""
    assert (one.seq, one.hash, list(one.logs)) == (other.seq, other.hash, list(other.logs))
    for name, log in one.logs.items():
        cold = other.logs[name]
        assert log.pacts == cold.pacts
        for table in ("signatories", "mandates", "commitments", "areas", "area_versions"):
            pd.testing.assert_frame_equal(getattr(log, table), getattr(cold, table))
        for column in fields(Actions):
            np.testing.assert_array_equal(
                getattr(log.actions, column.name), getattr(cold.actions, column.name)
            )


APPENDED = {
    "an action": lambda store: load(store, HEADER + ONE),
    "a signatory": lambda store: load(
        store, "signatory_id,name,commune,outcome\nx,X,01004,elected\n", "signatories"
    ),
    "a mandate": lambda store: load(
        store, "signatory_id,office,started_on\nhavard-lyon,deputy_mayor,2015\n", "mandates"
    ),
    "an area": lambda store: load(store, "code,name\nBE-21004,Bruxelles\n", "areas"),
    "a corrected signatory": lambda store: load(
        store,
        "signatory_id,name,commune,outcome\nhavard-lyon,M. Havard,69123,elected\n",
        "signatories",
    ),
    "another pact, with reviews": lambda store: commands.load_demo(store, signatories=20),
}


@pytest.mark.parametrize("append", APPENDED.values(), ids=APPENDED.keys())
def test_a_refresh_gives_what_a_cold_read_gives(store, append):
    kept = Snapshots(store)
    before = kept.current()
    append(store)
    after = kept.current()
    same(after, Snapshots(store).current())
    assert after.seq > before.seq


def test_several_appends_at_once_are_all_seen(store):
    kept = Snapshots(store)
    kept.current()
    for append in APPENDED.values():
        append(store)
    same(kept.current(), Snapshots(store).current())


def test_nothing_new_gives_the_same_snapshot(store):
    kept = Snapshots(store)
    assert kept.current() is kept.current()


def test_an_older_snapshot_is_not_disturbed_by_a_newer(store):
    kept = Snapshots(store)
    before = kept.current()
    known = status.what_is_known(before.log("mouves-2014"))
    table = status.fold(known, date(2020, 7, 5))
    load(store, HEADER + ONE.replace("decided", "implemented"))
    kept.current()
    pd.testing.assert_frame_equal(status.fold(known, date(2020, 7, 5)), table)


@pytest.mark.sqlite
def test_a_database_put_in_the_place_of_another_is_read_anew(store, tmp_path):
    kept = Snapshots(store)
    load(store, HEADER + ONE)
    kept.current()
    other = SQLiteStore(tmp_path / "other.db")
    commands.init_database(other, now=NOW)
    load(other, HEADER + ONE.replace("Un acte", "Autre"))
    store.path.write_bytes(other.path.read_bytes())
    same(kept.current(), Snapshots(other).current())


def test_the_default_pact_is_the_first_that_is_not_fictional(empty):
    commands.load_demo(empty, signatories=3)
    assert Snapshots(empty).current().default_pact() == "demo"
    with (PACKAGED / "pact.toml").open("rb") as file:
        commands.load_pact(empty, file, name="pact.toml")
    assert Snapshots(empty).current().default_pact() == "mouves-2014"


def test_an_empty_database_has_no_default_pact(empty):
    snapshot = Snapshots(empty).current()
    assert (snapshot.default_pact(), snapshot.head) == (None, f"0:{'0' * 64}")


def test_an_unknown_pact_is_named(store):
    with pytest.raises(NotFound):
        Snapshots(store).current().log("nothing")


@pytest.mark.parametrize(
    ("today", "day"),
    [(date(2015, 5, 5), date(2015, 5, 5)), (date(2026, 1, 1), date(2020, 7, 5))],
)
def test_the_default_day_is_today_or_the_end_of_the_term(store, today, day):
    assert default_day(Snapshots(store).current().log("mouves-2014").pact, today) == day


def test_an_area_of_the_pact_names_the_commune(store):
    load(store, "code,name,population\nBE-21004,Bruxelles,188000\n", "areas")
    load(store, "signatory_id,name,commune,outcome\nx,X,BE-21004,elected\n", "signatories")
    table = status.fold(
        status.what_is_known(Snapshots(store).current().log("mouves-2014")), date(2020, 7, 5)
    )
    own = table[table["signatory_id"] == "x"].iloc[0]
    assert (own["commune_name"], own["size"]) == ("Bruxelles", "50000_199999")


def test_a_load_of_nothing_new_leaves_no_trace(store):
    before = Snapshots(store).current().head
    commands.load(
        store,
        "actions",
        file_in_memory(HEADER + ONE),
        pact_id="mouves-2014",
        name="x",
        dry_run=True,
        now=NOW,
    )
    assert Snapshots(store).current().head == before
