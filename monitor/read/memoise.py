"""Results kept for the snapshot that they were made from: bounded, made once, gone with it."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from weakref import WeakKeyDictionary

from monitor.read.cache import Shelf, give_back, size_of
from monitor.snapshot import Snapshot

#: Of all results, whoever keeps them: what one lets go makes room for another.
_LOCK = threading.Lock()
_SHELF = Shelf()


class _Result:
    """One result, made by whoever asks first; the others wait for this one, and for no other."""

    def __init__(self, known_at: datetime | None):
        self._making = threading.Lock()
        self._made = False
        self.known_at = known_at
        self.rows = 0  # not known yet

    def get(self, make: Callable[[], object]):
        if not self._made:
            with self._making:
                if not self._made:
                    self._value = make()
                    self._made = True
        return self._value


class _Results(OrderedDict[tuple, _Result]):
    """The results of one snapshot by their keys, the one asked for last at the end; `rows`: in all."""

    rows = 0


class Kept:
    """The last results of one function for each snapshot that somebody still reads: at most `size`,
    which hold at most `rows` rows in all, be it one result; fewer, where all that is kept of that time
    is too large (see `cache`). A result is shared: it is never written to."""

    def __init__(self, size: int, rows: int | None = None):
        self._size, self._rows = size, rows
        self._results: WeakKeyDictionary[Snapshot, _Results] = WeakKeyDictionary()

    def get(
        self,
        snapshot: Snapshot,
        key: tuple,
        make: Callable[[], object],
        known_at: datetime | None = None,
    ):
        """The result for a key, made by `make` where there is none; `known_at`: of that past time."""
        with _LOCK:
            results = self._results.setdefault(snapshot, _Results())
            result = results.setdefault(key, _Result(known_at))
            results.move_to_end(key)
            gone = _SHELF.use(self, snapshot, known_at, key)
            if len(results) > self._size:
                self._let_go(snapshot, results)
        if gone:
            give_back()
        new = not result.rows
        found = result.get(make)
        if new:
            with _LOCK:
                self._weigh(snapshot, key, result, found)
        return found

    def _weigh(self, snapshot: Snapshot, key: tuple, result: _Result, found) -> None:
        if result.rows:
            return  # somebody else who waited for it did
        result.rows = 1 + (len(found) if hasattr(found, "__len__") else 0)
        _SHELF.add(self, snapshot, result.known_at, key, size_of(found))
        results = self._results[snapshot]
        if results.get(key) is not result:
            return  # it left meanwhile
        results.rows += result.rows
        while self._rows is not None and len(results) > 1 and results.rows > self._rows:
            self._let_go(snapshot, results)

    def _let_go(self, snapshot: Snapshot, results: _Results) -> None:
        key, result = results.popitem(last=False)
        results.rows -= result.rows
        _SHELF.leave(self, snapshot, result.known_at, key)

    def drop(self, snapshot: Snapshot, key: tuple) -> None:
        """Keep that result no more."""
        results = self._results.get(snapshot, {})
        if result := results.pop(key, None):
            results.rows -= result.rows


def _keeping(
    snapshot: Callable, key: Callable, known_at: Callable, size: int, rows: int | None = None
):
    """Keep the results of a function of (subject, …): `snapshot` and `key` of the subject, `known_at`
    of all that it is called with."""

    def decorate(function):
        kept = Kept(size, rows)

        @wraps(function)
        def keeping(subject, *arguments):
            return kept.get(
                snapshot(subject),
                (key(subject), *arguments),
                lambda: function(subject, *arguments),
                known_at(subject, *arguments),
            )

        return keeping

    return decorate


def _time_among(*arguments) -> datetime | None:
    return next((one for one in arguments if isinstance(one, datetime)), None)


def per_head(size: int):
    """Keep the results of a function of (snapshot, …)."""
    return _keeping(lambda snapshot: snapshot, lambda snapshot: None, _time_among, size)


def _snapshot_of(view) -> Snapshot:
    return view.snapshot


def _known_at(view, *_) -> datetime | None:
    return view.known_at


#: Texts and figures of a view, which depend on its language and its address as well.
per_view = _keeping(_snapshot_of, lambda view: view.key, _known_at, 256)
#: Figures and rows of a view, in no language. They can be as long as the pact: then few are kept.
per_filter = _keeping(_snapshot_of, lambda view: view.rows_key, _known_at, 256, rows=2_000_000)
