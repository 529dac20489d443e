"""What the pages keep: made once for a snapshot, bounded in bytes, and gone with it."""

import gc
import threading
import weakref
from datetime import UTC, date, datetime
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from monitor.charts import Figure
from monitor.read import cache as module
from monitor.read import pact_state
from monitor.read.cache import ENTRY_BYTES, LAST_USED, Cache, per_head, per_state
from monitor.read.memory import size_of
from monitor.read.pact_state import PactState
from monitor.read.selection import View
from monitor.snapshot import Snapshot

EARLIER = datetime(2020, 1, 1, tzinfo=UTC)
ONE, TWO = Snapshot(seq=1), Snapshot(seq=2)
#: A result of so many bytes takes no memory: nobody writes to it.
MEGABYTE = 1_000_000


def megabytes(count: int) -> np.ndarray:
    return np.empty(count * MEGABYTE, np.uint8)


@pytest.fixture
def cache() -> Cache:
    return Cache(past_bytes=150 * MEGABYTE, now_bytes=400 * MEGABYTE)


def test_a_result_is_made_once_for_each_snapshot_while_both_are_read(cache):
    made = []

    def figure():
        made.append(1)
        return len(made)

    answers = [cache.get(one, None, ("bars",), figure) for one in (ONE, ONE, TWO, TWO, ONE)]

    assert answers == [1, 1, 2, 2, 1]


def test_the_results_of_a_snapshot_are_gone_with_it(cache):
    class Figure:
        pass

    snapshot = Snapshot(seq=3)
    figures = [weakref.ref(cache.get(snapshot, at, ("bars",), Figure)) for at in (None, EARLIER)]
    assert all(figure() is not None for figure in figures)
    assert cache.bytes(past=True) and cache.bytes(past=False)
    del snapshot
    gc.collect()

    assert [figure() for figure in figures] == [None, None]
    assert not cache.bytes(past=True) and not cache.bytes(past=False)


def test_the_least_recently_read_result_leaves_first(cache):
    made = []

    def read(name, size=20):
        cache.get(ONE, None, (name,), lambda: made.append(name) or megabytes(size))

    read("a")
    read("b")
    for number in range(18):
        read(number)
        read("a")
    read("one more")
    read("a")
    read("b")

    assert made == ["a", "b", *range(18), "one more", "b"]


def test_what_is_known_now_is_bounded_in_bytes_however_many_results_it_is(cache):
    for number in range(200):
        cache.get(ONE, None, (number,), lambda: megabytes(10))
        assert cache.bytes(past=False) <= 400 * MEGABYTE
    assert cache.bytes(past=False) > 380 * MEGABYTE


def test_small_results_are_bounded_too():
    cache = Cache(now_bytes=100 * ENTRY_BYTES)
    for number in range(1_000):
        cache.get(ONE, None, (number,), lambda: None)
    assert cache.bytes(past=False) <= 100 * ENTRY_BYTES


def test_long_results_leave_sooner_than_short_ones(cache):
    made = []

    def read(name, size):
        cache.get(ONE, None, (name,), lambda: made.append(name) or megabytes(size))

    for number in range(LAST_USED):
        read(number, 1)
    read("long", 100)
    for number in range(LAST_USED):
        read(f"b{number}", 20)
    for number in range(LAST_USED):
        read(number, 1)
    assert "long" in made and made.count("long") == 1 and made.count(0) == 2
    made.clear()
    read("longer than all", 500)
    read("longer than all", 500)
    assert made == ["longer than all"]


def test_a_result_that_cannot_be_made_is_tried_again_at_the_next_view(cache):
    failures = iter([ValueError("busy"), None])

    def make():
        if failure := next(failures):
            raise failure
        return "made"

    with pytest.raises(ValueError):
        cache.get(ONE, None, ("a",), make)
    assert not cache.bytes(past=False)

    assert cache.get(ONE, None, ("a",), make) == "made"


def test_sessions_that_ask_together_share_one_computation(cache):
    made, gate = [], threading.Barrier(8)

    def make():
        made.append(1)
        return "made"

    def ask():
        gate.wait()
        cache.get(ONE, None, ("a",), make)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == [1]


def test_a_slow_result_keeps_nobody_from_another(cache):
    slow = threading.Event()
    waiting = threading.Thread(
        target=lambda: cache.get(ONE, None, ("slow",), lambda: slow.wait(30))
    )
    waiting.start()
    try:
        assert cache.get(ONE, None, ("quick",), lambda: "made") == "made"
        assert waiting.is_alive()
    finally:
        slow.set()
        waiting.join()


def test_what_was_known_at_past_times_is_bounded_in_bytes(cache):
    half = 80
    times = [datetime(2021, 1, day, tzinfo=UTC) for day in range(1, 9)]
    for time in times:
        cache.get(ONE, time, ("known",), lambda: megabytes(half))
        assert cache.bytes(past=True) <= 2 * half * MEGABYTE

    made = []
    cache.get(ONE, times[-1], ("known",), lambda: made.append("again"))
    cache.get(ONE, times[0], ("known",), lambda: made.append("first"))
    assert made == ["first"]


def test_of_past_times_the_one_that_was_not_read_for_longest_leaves_first(cache):
    made = []

    def read(snapshot, day):
        time = datetime(2021, 1, day, tzinfo=UTC)
        cache.get(snapshot, time, ("known",), lambda: made.append(day) or megabytes(40))

    for snapshot, day in ((ONE, 1), (TWO, 2), (ONE, 3), (ONE, 1), (TWO, 4), (ONE, 1), (TWO, 2)):
        read(snapshot, day)
    assert made == [1, 2, 3, 4, 2]


def test_memory_is_given_back_when_a_past_time_makes_room(cache, monkeypatch):
    given = []
    monkeypatch.setattr(module, "give_back", lambda: given.append(1))
    for day in (1, 2, 1, 3):
        time = datetime(2021, 1, day, tzinfo=UTC)
        cache.get(ONE, time, ("known",), lambda: megabytes(70))
    assert given == [1]


def test_a_past_time_that_is_larger_than_the_bound_stays_while_it_is_read(cache):
    made = []
    for _ in range(3):
        for name in ("known", "folded"):
            cache.get(ONE, EARLIER, (name,), lambda name=name: made.append(name) or megabytes(200))
    assert made == ["known", "folded"]


def test_a_past_time_that_asks_another_stays_while_it_is_read(cache):
    made = []

    def known():
        cache.get(ONE, datetime(2019, 1, 1, tzinfo=UTC), ("roll",), lambda: megabytes(100))
        made.append("known")
        return megabytes(140)

    for _ in range(2):
        cache.get(ONE, EARLIER, ("known",), known)
    assert made == ["known"]


def test_past_times_take_nothing_away_from_what_is_known_now(cache):
    made = []

    def now():
        made.append("now")
        return megabytes(100)

    cache.get(ONE, None, ("known",), now)
    for day in range(1, 9):
        cache.get(ONE, datetime(2021, 1, day, tzinfo=UTC), ("known",), lambda: megabytes(100))
    cache.get(ONE, None, ("known",), now)
    assert made == ["now"]


def test_the_days_of_one_past_time_are_bounded_too(cache):
    for day in range(200):
        cache.get(ONE, EARLIER, (day,), lambda: megabytes(20))
    assert cache.bytes(past=True) <= 20 * MEGABYTE * (LAST_USED + 1)


FIGURE = Figure([{"type": "bar", "x": ["Bretagne"] * 10_000}], {"height": 100})


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        (np.zeros(1_000_000, np.int64), 8_000_000, 8_000_000),
        (pd.DataFrame({"a": np.zeros(1_000_000)}), 8_000_000, 8_001_000),
        (pd.DataFrame({"a": np.zeros(1_000_000)}).style, 8_000_000, 8_001_000),
        ((np.zeros(1_000), np.zeros(1_000)), 16_000, 17_000),
        ({"a": np.zeros(1_000), "b": np.zeros(1_000)}, 16_000, 17_000),
        ([["a", "b"]] * 1_000, 50_000, 1_000_000),
        (FIGURE, 500_000, 1_000_000),
        (pa.table({"a": np.zeros(1_000)}), 8_000, 9_000),
        ("word", 4, 200),
        (None, 0, 200),
        ([], 0, 200),
        ({}, 0, 300),
    ],
)
def test_the_size_of_a_result_is_that_of_its_columns(value, least, most):
    assert least <= size_of(value) <= most


def test_two_figures_and_two_subjects_have_results_of_their_own(monkeypatch):
    monkeypatch.setattr(module, "CACHE", Cache())

    @per_head
    def head(snapshot, name):
        return [name, snapshot.seq]

    @per_state
    def one(state, name):
        return [state.pact_id, name]

    @per_state
    def other(state, name):
        return [name, state.pact_id]

    a, b = PactState(ONE, "a"), PactState(ONE, "b")
    assert head(ONE, "x") is head(ONE, "x") and head(TWO, "x") == ["x", 2]
    assert one(a, "x") is one(PactState(ONE, "a"), "x")
    assert (one(a, "x"), one(b, "x"), one(a, "y")) == (["a", "x"], ["b", "x"], ["a", "y"])
    assert other(a, "x") == ["x", "a"]
    assert one(PactState(ONE, "a", EARLIER), "x") is not one(a, "x")


def test_a_default_that_is_said_asks_for_the_same_result(monkeypatch):
    monkeypatch.setattr(module, "CACHE", Cache())
    made = []

    @per_state
    def one(state, name, often=1, seldom=2):
        made.append((name, often, seldom))
        return made[-1]

    state = PactState(ONE, "p")
    asked = [("a",), ("a", 1), ("a", 1, 2), ("a", 2), ("b",)]
    assert [one(state, *arguments) for arguments in asked] == [
        *[("a", 1, 2)] * 3,
        ("a", 2, 2),
        ("b", 1, 2),
    ]
    assert made == [("a", 1, 2), ("a", 2, 2), ("b", 1, 2)]


def test_a_page_of_now_does_not_wait_for_a_past_time_in_the_making(monkeypatch):
    pact, begun, may_end = SimpleNamespace(id="p"), threading.Event(), threading.Event()

    def make(log, known_at=None, roll=None):
        if known_at is not None:
            begun.set()
            assert may_end.wait(30)
        return SimpleNamespace(pact=pact)

    fake = SimpleNamespace(what_is_known=make, roll_since=lambda log, known_at: None)
    monkeypatch.setattr(pact_state, "status", fake)
    monkeypatch.setattr(pact_state, "public_log", lambda log: log)
    snapshot = Snapshot(seq=8, logs={"p": SimpleNamespace(pact=pact)})
    now, past = (
        View("fr", PactState(snapshot, "p", at), date(2020, 1, 1)) for at in (None, EARLIER)
    )
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
