"""Turns: few at a time, address by address, and nobody is forgotten."""

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import TooBusy
from monitor.read import turns as module
from monitor.read.turns import FREE, Turn, Turns

#: Addresses of strangers, and that of a reader.
A, B, READER = "192.0.2.1", "192.0.2.2", "198.51.100.7"


def turns(
    at_once=4,
    by_address=1,
    waiting=100,
    waiting_by_address=50,
    alone=None,
    share=None,
    strictly=False,
) -> Turns:
    return Turns(at_once, by_address, waiting, waiting_by_address, alone, share, strictly=strictly)


def come(*asked: Turn) -> list[bool]:
    return [turn.come.done() for turn in asked]


def test_an_address_that_is_alone_has_more_turns():
    queue = turns(at_once=4, alone=3)
    assert come(*(queue.ask(A) for _ in range(4))) == [True, True, True, False]


def test_an_address_has_one_turn_once_another_asks():
    queue = turns(at_once=3, alone=3)
    reader = queue.ask(READER)
    assert come(reader, queue.ask(A), queue.ask(A), queue.ask(B)) == [True, True, False, True]


def test_those_who_wait_are_let_in_address_by_address():
    queue = turns(at_once=1)
    first = queue.ask(A)
    waiting = [queue.ask(address) for address in (A, A, B, READER)]
    order, running = [], first
    while running:
        running.end()
        running = next((one for one in waiting if one.come.done() and one not in order), None)
        order += [running] if running else []
    assert [one.address for one in order] == [A, B, READER, A]


def test_who_ends_twice_lets_one_in():
    queue = turns(at_once=1)
    first, second, third = (queue.ask(A) for _ in range(3))
    first.end()
    first.end()
    assert come(second, third) == [True, False]


def test_who_leaves_the_queue_holds_nobody_up():
    queue = turns(at_once=1)
    first, second, third = (queue.ask(A) for _ in range(3))
    second.end()
    first.end()
    assert come(third) == [True] and queue.waiting == 0 and queue.running == 1


def test_an_address_that_waits_too_often_is_refused_and_no_other():
    queue = turns(at_once=1, waiting_by_address=2)
    for _ in range(3):
        queue.ask(A)
    with pytest.raises(TooBusy):
        queue.ask(A)
    assert queue.ask(READER).come.done() is False


def test_where_all_places_are_taken_the_address_that_has_most_makes_room():
    queue = turns(at_once=1, waiting=3)
    running, *waiting = [queue.ask(A) for _ in range(4)]
    reader = queue.ask(READER)
    with pytest.raises(TooBusy):
        waiting[-1].wait(0)
    running.end()
    waiting[0].end()
    assert reader.wait(0)


def test_where_all_places_are_taken_by_many_a_newcomer_is_refused():
    queue = turns(at_once=1, waiting=3)
    for address in (A, A, B, READER):
        queue.ask(address)
    with pytest.raises(TooBusy):
        queue.ask("203.0.113.9")


def test_a_turn_is_given_back_when_what_it_was_for_fails():
    queue = turns(at_once=1)
    with pytest.raises(ZeroDivisionError), queue.ask(A):
        raise ZeroDivisionError
    assert queue.running == 0


@pytest.fixture
def pass_time(monkeypatch):
    """Lets so many seconds pass."""
    now = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])

    def passing(seconds: float) -> None:
        now[0] += seconds

    return passing


def count_turns(queue, pass_time) -> int:
    """How many of 400 turns come at once, to an address that keeps each for a second."""
    had = 0
    for _ in range(400):
        turn = queue.ask(A)
        had += turn.come.done()
        pass_time(1)
        turn.end()
    return had


def test_an_address_has_no_more_than_its_share_of_the_time(pass_time):
    queue = turns(at_once=1, share=0.25, strictly=True)
    had = count_turns(queue, pass_time)
    assert 100 <= had <= 100 + FREE / 0.75 + 1


def test_who_had_little_rests_no_more_than_another(pass_time):
    queue = turns(at_once=1, share=0.01, strictly=True)
    for _ in range(FREE):
        with queue.ask(READER) as turn:
            assert turn.come.done()
            pass_time(0.99)


def test_others_come_at_once_while_an_address_rests(pass_time):
    queue = turns(at_once=1, share=0.1, strictly=True)
    with queue.ask(A):
        pass_time(10)
    resting, reader = queue.ask(A), queue.ask(READER)
    assert come(resting, reader) == [False, True]


def test_an_address_that_has_rested_comes_by_itself(monkeypatch):
    monkeypatch.setattr(module, "FREE", 0)
    queue = turns(at_once=1, share=0.5, strictly=True)
    with queue.ask(A):
        time.sleep(0.02)
    again = queue.ask(A)
    assert not again.come.done() and again.wait(30)


def test_an_address_that_had_more_than_its_share_begins_between_those_of_others(pass_time):
    queue = turns(share=0.1)
    with queue.ask(A):
        pass_time(10)
    with queue.ask(READER):
        again = queue.ask(A)
        assert come(again, queue.ask(B)) == [False, True]
    assert come(again) == [False]  # B still has its turn


def test_nobody_keeps_an_address_from_its_share(pass_time):
    queue = turns(share=0.25)
    queue.ask(READER)
    had = count_turns(queue, pass_time)
    assert 100 <= had <= 100 + FREE / 0.75 + 1


def test_nobody_rests_where_no_other_has_a_turn(pass_time):
    queue = turns(share=0.1)
    for _ in range(20):
        with queue.ask(A) as turn:
            assert turn.come.done()
            pass_time(10)


@given(st.lists(st.tuples(st.sampled_from([A, B, READER]), st.booleans()), max_size=60))
def test_never_more_at_once_than_allowed_and_all_come_in_the_end(steps):
    queue, asked = turns(at_once=2, alone=2), []
    for address, ends in steps:
        asked.append(queue.ask(address))
        if ends:
            next(one for one in asked if one.come.done()).end()
            asked = [one for one in asked if one in queue._taken or not one.come.done()]
        assert queue.running <= 2
    while asked:
        found = [one for one in asked if one.come.done()]
        assert found, "nobody has a turn, and some wait"
        found[0].end()
        asked.remove(found[0])
    assert queue.running == queue.waiting == 0


def test_threads_take_their_turns_without_losing_one():
    queue, at_once, seen = turns(at_once=2, alone=2), [], []

    def work(address: str) -> None:
        for _ in range(50):
            with queue.ask(address) as turn:
                assert turn.wait(30)
                at_once.append(1)
                seen.append(len(at_once))
                at_once.pop()

    threads = [threading.Thread(target=work, args=(address,)) for address in (A, A, B, READER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 200 and max(seen) <= 2 and queue.running == 0
