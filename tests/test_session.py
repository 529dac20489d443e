"""The caches of the pages: kept for one head of the log, bounded, made once."""

import threading

import pytest

from monitor.ui.session import HeadCache


def test_a_result_is_made_once_for_a_head_and_again_for_the_next():
    made = []
    cache = HeadCache(4)

    def figure():
        made.append(1)
        return len(made)

    answers = [cache.get(head, ("bars",), figure) for head in ("h1", "h1", "h2", "h2", "h1")]

    assert answers == [1, 1, 2, 2, 3]


def test_the_results_of_an_old_head_are_let_go():
    cache = HeadCache(4)
    for key in range(3):
        cache.get("h1", (key,), object)
    cache.get("h2", ("one",), object)

    assert list(cache._results) == [("one",)]


def test_the_least_recently_read_result_leaves_first():
    cache = HeadCache(2)
    cache.get("h", ("a",), object)
    cache.get("h", ("b",), object)
    cache.get("h", ("a",), object)
    cache.get("h", ("c",), object)

    assert list(cache._results) == [("a",), ("c",)]


def test_a_result_that_cannot_be_made_is_tried_again_at_the_next_view():
    cache = HeadCache(2)
    failures = iter([ValueError("busy"), None])

    def make():
        if failure := next(failures):
            raise failure
        return "made"

    with pytest.raises(ValueError):
        cache.get("h", ("a",), make)

    assert cache.get("h", ("a",), make) == "made"


def test_sessions_that_ask_together_share_one_computation():
    cache, made, gate = HeadCache(2), [], threading.Barrier(8)

    def make():
        made.append(1)
        return "made"

    def ask():
        gate.wait()
        cache.get("h", ("a",), make)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == [1]
