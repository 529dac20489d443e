"""How much of what is kept is held in memory: in bytes, by the time at which it was known."""

import ctypes
import dataclasses
import sys
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from weakref import ref

import numpy as np
import pandas as pd
import pyarrow as pa

from monitor.settings import bound
from monitor.snapshot import Snapshot

#: Of what is known now: so much, or so many times its largest result, which every page needs.
NOW_BYTES, NOW_TIMES = 400_000_000, 4
#: The results used last stay, however large they are: the page in the making needs them.
LAST_USED = 16
#: Rows of a table that is not worth being weighed.
FEW = 10_000


@dataclass
class _Group:
    """The results of one snapshot at one time; `used`: (who keeps it, its key) -> bytes, the one used
    last at the end."""

    snapshot: ref[Snapshot]
    used: OrderedDict[tuple[Any, tuple], int] = field(default_factory=OrderedDict)
    bytes: int = 0
    largest: int = 0


class Shelf:
    """The results that are kept, all together. What was known at past times has PAST bytes, the time
    used last beyond them if it alone is larger. Not to be used by two threads at once."""

    def __init__(self):
        self._past = bound("MONITOR_PAST_MB") * 1_000_000
        self._groups: OrderedDict[tuple[int, datetime | None], _Group] = OrderedDict()
        self._largest = 0

    def use(self, keeper: Any, snapshot: Snapshot, known_at: datetime | None, key: tuple) -> bool:
        """A result is asked for. Another past time makes room for itself before it is made: whether one
        was let go for it."""
        at, before = (id(snapshot), known_at), len(self._groups)
        if new := at not in self._groups:
            self._forget_gone()
            if known_at is not None:
                self._make_room(self._largest)
            self._groups[at] = _Group(ref(snapshot))
        self._groups.move_to_end(at)
        group = self._groups[at]
        group.used.setdefault((keeper, key), 0)
        group.used.move_to_end((keeper, key))
        return len(self._groups) < before + new

    def add(
        self, keeper: Any, snapshot: Snapshot, known_at: datetime | None, key: tuple, size: int
    ) -> None:
        """It is made, and so large."""
        group = self._groups.get((id(snapshot), known_at))
        if group is None or (keeper, key) not in group.used:
            return  # it left meanwhile
        group.used[keeper, key] = size
        group.bytes += size
        group.largest = max(group.largest, size)
        if known_at is None:
            self._shrink(group, max(NOW_BYTES, NOW_TIMES * group.largest))
        else:
            self._largest = max(self._largest, group.bytes)
            self._make_room(0)
            self._shrink(group, self._past)

    def leave(self, keeper: Any, snapshot: Snapshot, known_at: datetime | None, key: tuple) -> None:
        """It is kept no more."""
        if group := self._groups.get((id(snapshot), known_at)):
            group.bytes -= group.used.pop((keeper, key), 0)

    def bytes(self, past: bool) -> int:
        """Held of past times, or of now."""
        return sum(one.bytes for (_, at), one in self._groups.items() if (at is not None) == past)

    def _make_room(self, wanted: int) -> None:
        """Let past times go, the one used last excepted while there is no other to be made."""
        times = [at for at in self._groups if at[1] is not None]
        for at in times if wanted else times[:-1]:
            if self.bytes(past=True) + wanted <= self._past:
                return
            self._drop(self._groups.pop(at))

    def _drop(self, group: _Group) -> None:
        snapshot = group.snapshot()
        if snapshot is not None:
            for keeper, key in group.used:
                keeper.drop(snapshot, key)

    def _shrink(self, group: _Group, most: int) -> None:
        snapshot = group.snapshot()
        while group.bytes > most and len(group.used) > LAST_USED and snapshot is not None:
            (keeper, key), size = group.used.popitem(last=False)
            group.bytes -= size
            keeper.drop(snapshot, key)

    def _forget_gone(self) -> None:
        for at in [at for at, group in self._groups.items() if group.snapshot() is None]:
            del self._groups[at]


@cache
def _c_library() -> ctypes.CDLL:
    return ctypes.CDLL(None)


def share_memory() -> None:
    """Let all threads take memory from two places (glibc's `M_ARENA_MAX`): what each of sixteen would
    keep back for itself is as much as the log. Without effect elsewhere."""
    if hasattr(_c_library(), "mallopt"):
        _c_library().mallopt(-8, 2)


def give_back() -> None:
    """Return to the system what was let go."""
    pa.default_memory_pool().release_unused()
    if hasattr(_c_library(), "malloc_trim"):
        _c_library().malloc_trim(0)


def size_of(value: Any) -> int:
    """About how many bytes a result holds: its columns; of many alike, as many times the first."""
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, pd.DataFrame):
        few = len(value) < FEW
        return 8 * value.size if few else sum(value[name].array.nbytes for name in value)
    if isinstance(value, pd.Series | pd.Index):
        return int(value.memory_usage())
    if isinstance(value, str | bytes):
        return sys.getsizeof(value)
    if isinstance(value, Mapping):
        return 100 + len(value) * (100 + size_of(next(iter(value.values()), None)))
    if isinstance(value, tuple) and len(value) < LAST_USED:
        return 100 + sum(map(size_of, value))
    if isinstance(value, Sequence):
        return 100 + len(value) * (8 + size_of(value[0])) if value else 100
    if dataclasses.is_dataclass(value):
        return 100 + sum(size_of(getattr(value, one.name)) for one in dataclasses.fields(value))
    return 100
