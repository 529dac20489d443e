"""What the pages keep: made once for a snapshot, bounded, and gone with it."""

import gc
import threading
import weakref

import pytest

from monitor.snapshot import Snapshot
from monitor.views.kept import Kept

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
