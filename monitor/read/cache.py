"""What is made of the log once for all readers: one cache, bounded in bytes, gone with its snapshot."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from inspect import unwrap
from itertools import count
from operator import attrgetter
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from monitor.read.memory import give_back, size_of
from monitor.settings import read_bound
from monitor.snapshot import Snapshot

Function = TypeVar("Function", bound=Callable)

#: Of what is known now: so much, or so many times its largest result, which every page needs.
NOW_BYTES, NOW_TIMES = 150_000_000, 4
#: The results used last stay, however large they are: the page in the making needs them.
LAST_USED = 16
#: What keeping a result takes, however small it is.
ENTRY_BYTES = 1_000


class _Result:
    """One result, made by whoever asks first; the others wait for this one, and for no other."""

    __slots__ = ("_making", "bytes", "made", "value")

    def __init__(self):
        self._making = threading.Lock()
        self.made, self.value = False, None
        self.bytes = 0  # not known yet

    def make(self, make: Callable[[], Any]) -> bool:
        """Whether it was made here rather than by somebody else who was waited for."""
        with self._making:
            if self.made:
                return False
            self.value = make()
            self.made = True
            return True


class _Results(OrderedDict[tuple, _Result]):
    """Those of one snapshot at one time, the one used last at the end. `turn`: when that was."""

    turn = bytes = largest = 0

    def let_go(self, key: tuple) -> None:
        self.bytes -= self.pop(key).bytes

    def shrink(self, most: int) -> None:
        while self.bytes > most and len(self) > LAST_USED:
            self.let_go(next(iter(self)))


class Cache:
    """The results that are kept of each snapshot that somebody still reads, by the time at which they
    were known. What was known at past times has `past_bytes` in all, the time used last beyond them if
    it alone is larger: the time that was not used for longest leaves first. What is known now has
    `now_bytes` for a snapshot, and its results leave one by one in the same way.

    A result is shared: it is never written to."""

    def __init__(self, past_bytes: int | None = None, now_bytes: int = NOW_BYTES):
        self._past = read_bound("MONITOR_PAST_MB") * 1_000_000 if past_bytes is None else past_bytes
        self._now = now_bytes
        self._lock = threading.Lock()
        self._turns = count()
        self._largest_time = 0
        self._times: WeakKeyDictionary[Snapshot, dict[datetime | None, _Results]] = (
            WeakKeyDictionary()
        )

    def get(
        self,
        snapshot: Snapshot,
        known_at: datetime | None,
        key: tuple,
        make: Callable[[], Any],
    ) -> Any:
        """The result of that key, made by `make` where there is none."""
        with self._lock:
            results, gone = self._results_at(snapshot, known_at)
            result = results.get(key)
            if result is None:
                result = results[key] = _Result()
            results.move_to_end(key)
        if gone:
            give_back()
        if not result.made:
            self._make(results, snapshot, known_at, key, result, make)
        return result.value

    def find(self, snapshot: Snapshot, known_at: datetime | None, key: tuple) -> Any:
        """The result of that key if it is there, else None: nothing is made, or waited for."""
        with self._lock:
            result = self._times.get(snapshot, {}).get(known_at, {}).get(key)
        return result.value if result and result.made else None

    def bytes(self, past: bool) -> int:
        """Held of past times, or of now."""
        with self._lock:
            return self._bytes(past)

    def _bytes(self, past: bool) -> int:
        return sum(
            results.bytes
            for times in self._times.values()
            for at, results in times.items()
            if (at is not None) == past
        )

    def _results_at(self, snapshot: Snapshot, known_at: datetime | None) -> tuple[_Results, bool]:
        """The results of that time, and whether another was let go for it: a past time makes room for
        itself before it is made."""
        times, gone = self._times.setdefault(snapshot, {}), False
        if known_at not in times:
            gone = known_at is not None and self._make_room(self._largest_time)
            times[known_at] = _Results()
        results = times[known_at]
        results.turn = next(self._turns)
        return results, gone

    def _make(
        self,
        results: _Results,
        snapshot: Snapshot,
        known_at: datetime | None,
        key: tuple,
        result: _Result,
        make: Callable[[], Any],
    ) -> None:
        try:
            new = result.make(make)
        except BaseException:
            with self._lock:
                if results.get(key) is result:
                    results.let_go(key)
            raise
        if new:
            size = self._carried(snapshot, known_at, key, result) or (
                ENTRY_BYTES + size_of(result.value)
            )
            with self._lock:
                if results.get(key) is result:  # else it left meanwhile
                    result.bytes = size
                    self._weigh(results, size, known_at is not None)

    def _carried(
        self, snapshot: Snapshot, known_at: datetime | None, key: tuple, result: _Result
    ) -> int:
        """What it was found to take in an earlier snapshot, if it is the very same there; else 0."""
        for one in snapshot.earlier:
            earlier = one()
            if earlier is not None:
                with self._lock:
                    older = self._times.get(earlier, {}).get(known_at, {}).get(key)
                if older and older.value is result.value:
                    return older.bytes
        return 0

    def _weigh(self, results: _Results, size: int, past: bool) -> None:
        results.bytes += size
        results.largest = max(results.largest, size)
        results.turn = next(self._turns)
        if past:
            self._largest_time = max(self._largest_time, results.bytes)
            self._make_room(0)
            results.shrink(self._past)
        else:
            results.shrink(max(self._now, NOW_TIMES * results.largest))

    def _make_room(self, wanted: int) -> bool:
        """Let past times go, the one used last excepted while there is no other to be made. Whether any
        went."""
        past = sorted(
            (
                (results.turn, at, times)
                for times in self._times.values()
                for at, results in times.items()
                if at is not None
            ),
            key=lambda one: one[0],
        )
        held, gone = self._bytes(past=True), False
        for _, at, times in past if wanted else past[:-1]:
            if held + wanted <= self._past:
                break
            held -= times.pop(at).bytes
            gone = True
        return gone


#: Of all that is read in this process.
CACHE = Cache()


def per_head(function: Function) -> Function:
    """Keep the results of a function of (snapshot, …), for as long as the log is at that head."""

    @wraps(function)
    def keep(snapshot: Snapshot, *arguments):
        return CACHE.get(
            snapshot, None, (function, *arguments), lambda: function(snapshot, *arguments)
        )

    return cast(Function, keep)


def _per(name: str) -> Callable[[Function], Function]:
    """Keep the results of a function of (subject, …), a method too, by all that they depend on: the
    snapshot and the time of the subject, its key of that name, and the other arguments."""
    key_of = attrgetter(name)

    def decorate(function: Function) -> Function:
        plain = unwrap(function)
        defaults = getattr(plain, "__defaults__", None) or ()
        most = plain.__code__.co_argcount - 1

        @wraps(function)
        def keep(subject, *arguments):
            if left := max(most - len(arguments), 0):  # said or not, it is the same result
                arguments += defaults[-left:]
            return CACHE.get(
                subject.snapshot,
                subject.known_at,
                (function, key_of(subject), *arguments),
                lambda: function(subject, *arguments),
            )

        return cast(Function, keep)

    return decorate


#: What is made of a `PactState` or of a `DayState`.
per_state = _per("state_key")


def find_result(of: property, subject) -> Any:
    """What `per_state` keeps of a property of that subject, None where it was not made yet."""
    key = (unwrap(cast(Callable, of.fget)), subject.state_key)
    return CACHE.find(subject.snapshot, subject.known_at, key)


def per_growing_state(patch: Callable[..., Any]) -> Callable[[Function], Function]:
    """`per_state`, for what need not be made anew once the log has grown: `patch(older, changes,
    subject, …)` makes it of what it was for the subject `before`, while that is there, and of what its
    `patch` says has changed."""

    def decorate(function: Function) -> Function:
        @wraps(function)
        def make(subject, *arguments):
            before = subject.before
            if before is not None:
                key = (make, before.state_key, *arguments)
                older = CACHE.find(before.snapshot, before.known_at, key)
                if older is not None:
                    if subject.patch is None:
                        return older
                    return patch(older, subject.patch, subject, *arguments)
            return function(subject, *arguments)

        return per_state(cast(Function, make))

    return decorate


#: The same, for what depends on nothing but who is bound to what, which no new entry changes.
per_roll = per_growing_state(lambda older, changes, subject, *arguments: older)
#: In place of a snapshot, of what no later entry changes.
_FOR_GOOD = Snapshot()


def per_plan(function: Function) -> Function:
    """Keep the results of a function of (state, …) for as long as this process lasts: what an entry of
    the log fixed for good, with its hash among the other arguments. They depend on nothing else than
    the pact and these."""

    @wraps(function)
    def keep(state, *arguments):
        key = (function, state.pact_id, *arguments)
        return CACHE.get(_FOR_GOOD, None, key, lambda: function(state, *arguments))

    return cast(Function, keep)


#: Figures and rows of a view, in no language.
per_filter = _per("filter_key")
#: Texts and figures of a view, which depend on its language and its address as well.
per_view = _per("view_key")
