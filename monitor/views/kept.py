"""Results kept for the snapshot that they were made from: bounded, made once, gone with it."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from weakref import WeakKeyDictionary

from monitor.snapshot import Snapshot


class _Result:
    """One result, made by whoever asks first; the others wait for this one, and for no other."""

    def __init__(self):
        self._making = threading.Lock()
        self._made = False
        self.rows = 0  # not known yet

    def get(self, make: Callable[[], object]):
        if not self._made:
            with self._making:
                if not self._made:
                    self._value = make()
                    self._made = True
        return self._value


class Kept:
    """The last results of one function for each snapshot that somebody still reads: at most `size`,
    which hold at most `rows` rows in all, be it one result. A result is shared: it is never written
    to."""

    def __init__(self, size: int, rows: int | None = None):
        self._size, self._rows = size, rows
        self._lock = threading.Lock()
        self._results: WeakKeyDictionary[Snapshot, OrderedDict] = WeakKeyDictionary()

    def get(self, snapshot: Snapshot, key: tuple, make: Callable[[], object]):
        with self._lock:
            results = self._results.setdefault(snapshot, OrderedDict())
            result = results.setdefault(key, _Result())
            results.move_to_end(key)
            if len(results) > self._size:
                results.popitem(last=False)
        new = not result.rows
        found = result.get(make)
        if new and self._rows is not None:
            with self._lock:
                result.rows = 1 + (len(found) if hasattr(found, "__len__") else 0)
                while len(results) > 1 and sum(one.rows for one in results.values()) > self._rows:
                    results.popitem(last=False)
        return found


def _keeping(snapshot: Callable, key: Callable, size: int, rows: int | None = None):
    """Keep the results of a function of (subject, …): `snapshot` and `key` of the subject."""

    def decorate(function):
        kept = Kept(size, rows)

        @wraps(function)
        def keeping(subject, *arguments):
            return kept.get(
                snapshot(subject), (key(subject), *arguments),
                lambda: function(subject, *arguments),
            )  # fmt: skip

        return keeping

    return decorate


def per_head(size: int):
    """Keep the results of a function of (snapshot, …)."""
    return _keeping(lambda snapshot: snapshot, lambda snapshot: None, size)


def _snapshot_of(view) -> Snapshot:
    return view.snapshot


#: Texts and figures of a view, which depend on its language and its address as well.
per_view = _keeping(_snapshot_of, lambda view: view.key, 256)
#: Figures and rows of a view, in no language. They can be as long as the pact: then few are kept.
per_filter = _keeping(_snapshot_of, lambda view: view.rows_key, 256, rows=2_000_000)
