"""What the pages keep: made once for a snapshot, bounded, and gone with it."""

import gc
import threading
import weakref
from datetime import UTC, date, datetime
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from monitor.read import log_state
from monitor.read.cache import LAST_USED, Shelf, size_of
from monitor.read.memoise import Kept
from monitor.read.selection import View
from monitor.snapshot import Snapshot

EARLIER = datetime(2020, 1, 1, tzinfo=UTC)
ONE, TWO = Snapshot(seq=1), Snapshot(seq=2)


def test_a_result_is_made_once_for_each_snapshot_while_both_are_read():
    made = []
    kept = Kept(4)

    def figure():
        made.append(1)
        return len(made)

    answers = [kept.get(snapshot, ("bars",), figure) for snapshot in (ONE, ONE, TWO, TWO, ONE)]

    assert answers == [1, 1, 2, 2, 1]


def test_the_results_of_a_snapshot_are_gone_with_it():
    class Figure:
        pass

    kept, snapshot = Kept(4), Snapshot(seq=3)
    figure = weakref.ref(kept.get(snapshot, ("bars",), Figure))
    assert figure() is not None
    del snapshot
    gc.collect()

    assert figure() is None


def test_the_least_recently_read_result_leaves_first():
    kept, made = Kept(2), []
    for name in ("a", "b", "a", "c", "a", "b"):
        kept.get(ONE, (name,), lambda name=name: made.append(name))

    assert made == ["a", "b", "c", "b"]


def test_long_results_leave_sooner_than_short_ones():
    kept, made = Kept(100, rows=10), []

    def make(name: str, length: int):
        return kept.get(ONE, (name,), lambda: made.append(name) or [0] * length)

    for name, length in (("a", 2), ("b", 2), ("long", 6), ("b", 2), ("long", 6), ("a", 2)):
        make(name, length)

    assert made == ["a", "b", "long", "a"]
    make("longer than all", 50)
    make("longer than all", 50)
    assert made[4:] == ["longer than all"]


def test_a_result_that_cannot_be_made_is_tried_again_at_the_next_view():
    kept = Kept(2)
    failures = iter([ValueError("busy"), None])

    def make():
        if failure := next(failures):
            raise failure
        return "made"

    with pytest.raises(ValueError):
        kept.get(ONE, ("a",), make)

    assert kept.get(ONE, ("a",), make) == "made"


def test_sessions_that_ask_together_share_one_computation():
    kept, made, gate = Kept(2), [], threading.Barrier(8)

    def make():
        made.append(1)
        return "made"

    def ask():
        gate.wait()
        kept.get(ONE, ("a",), make)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == [1]


def test_a_slow_result_keeps_nobody_from_another():
    kept, slow = Kept(4), threading.Event()
    waiting = threading.Thread(target=lambda: kept.get(ONE, ("slow",), lambda: slow.wait(30)))
    waiting.start()
    try:
        assert kept.get(ONE, ("quick",), lambda: "made") == "made"
        assert waiting.is_alive()
    finally:
        slow.set()
        waiting.join()


def test_what_was_known_at_past_times_is_bounded_in_bytes(monkeypatch):
    shelf = Shelf()
    monkeypatch.setattr("monitor.read.memoise._SHELF", shelf)
    kept, snapshot, half = Kept(1_000), Snapshot(seq=4), 80_000_000
    times = [datetime(2021, 1, day, tzinfo=UTC) for day in range(1, 9)]
    for time in times:
        kept.get(snapshot, ("known", time), lambda: np.empty(half, np.uint8), time)
        assert shelf.bytes(past=True) <= 2 * half

    made = []
    kept.get(snapshot, ("known", times[-1]), lambda: made.append("again"), times[-1])
    kept.get(snapshot, ("known", times[0]), lambda: made.append("first"), times[0])
    assert made == ["first"]


def test_a_past_time_that_is_larger_than_the_bound_stays_while_it_is_read(monkeypatch):
    monkeypatch.setattr("monitor.read.memoise._SHELF", Shelf())
    kept, snapshot, made = Kept(1_000), Snapshot(seq=5), []
    time = datetime(2021, 1, 1, tzinfo=UTC)
    for _ in range(3):
        for name in ("known", "folded"):
            kept.get(
                snapshot,
                (name,),
                lambda name=name: made.append(name) or np.empty(200_000_000, np.uint8),
                time,
            )
    assert made == ["known", "folded"]


def test_past_times_take_nothing_away_from_what_is_known_now(monkeypatch):
    monkeypatch.setattr("monitor.read.memoise._SHELF", Shelf())
    kept, snapshot, made = Kept(1_000), Snapshot(seq=6), []

    def now():
        made.append("now")
        return np.empty(100_000_000, np.uint8)

    kept.get(snapshot, ("known",), now)
    for day in range(1, 9):
        time = datetime(2021, 1, day, tzinfo=UTC)
        kept.get(snapshot, (time,), lambda: np.empty(100_000_000, np.uint8), time)
    kept.get(snapshot, ("known",), now)
    assert made == ["now"]


def test_the_days_of_one_past_time_are_bounded_too(monkeypatch):
    shelf = Shelf()
    monkeypatch.setattr("monitor.read.memoise._SHELF", shelf)
    kept, snapshot, time = Kept(1_000), Snapshot(seq=7), datetime(2021, 1, 1, tzinfo=UTC)
    for day in range(200):
        kept.get(snapshot, (day,), lambda: np.empty(20_000_000, np.uint8), time)
    assert shelf.bytes(past=True) <= 20_000_000 * (LAST_USED + 1)


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        (np.zeros(1_000_000, np.int64), 8_000_000, 8_000_000),
        (pd.DataFrame({"a": np.zeros(1_000_000)}), 8_000_000, 8_001_000),
        ((np.zeros(1_000), np.zeros(1_000)), 16_000, 17_000),
        ({"a": np.zeros(1_000), "b": np.zeros(1_000)}, 16_000, 17_000),
        ([["a", "b"]] * 1_000, 50_000, 1_000_000),
        ("word", 4, 200),
        (None, 0, 200),
        ([], 0, 200),
        ({}, 0, 300),
    ],
)
def test_the_size_of_a_result_is_that_of_its_columns(value, least, most):
    assert least <= size_of(value) <= most


def test_a_page_of_now_does_not_wait_for_a_past_time_in_the_making(monkeypatch):
    pact, begun, may_end = SimpleNamespace(id="p"), threading.Event(), threading.Event()

    def make(snapshot, pact_id, known_at):
        if known_at is not None:
            begun.set()
            assert may_end.wait(30)
        return SimpleNamespace(pact=pact)

    monkeypatch.setattr(log_state, "known", make)
    log = SimpleNamespace(pact=pact)
    now, past = (View("fr", ONE, log, date(2020, 1, 1), at) for at in (None, EARLIER))
    making = threading.Thread(target=lambda: past.pact)
    making.start()
    assert begun.wait(30)
    reading = threading.Thread(target=lambda: now.pact, daemon=True)
    reading.start()
    reading.join(5)
    waited = reading.is_alive()
    may_end.set()
    making.join()

    assert not waited
