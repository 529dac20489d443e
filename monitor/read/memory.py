"""The memory that what is kept takes: how much a result holds, and what the system is given back."""

import ctypes
import dataclasses
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

#: Rows of a table that is not worth being weighed column by column, and what its frame alone takes.
SMALL_FRAME, FRAME = 10_000, 2_000
#: Bytes that stay with the process once they are let go; what is larger than LARGE never does.
KEPT_BACK, LARGE = 128 << 20, 32 << 20
_M_ARENA_MAX, _M_MMAP_THRESHOLD, _M_TRIM_THRESHOLD = -8, -3, -1
#: Of many alike, so many are weighed.
SAMPLE = 8
# As tuples, which are asked for much faster than a union that is made at each call.
_TEXT, _LISTED = (str, bytes), (list, tuple)
_PLAIN = (int, float, bool, type(None), np.generic)
_COLUMNS, _INDEXED = (np.ndarray, pa.Table), (pd.Series, pd.Index)


@cache
def _c_library() -> ctypes.CDLL:
    return ctypes.CDLL(None)


def share_memory() -> None:
    """Let all threads take memory from two places (glibc's `M_ARENA_MAX`): what each of sixteen would
    keep back for itself is as much as the log. What is let go is given back beyond KEPT_BACK alone: to
    be given as much again by the system takes as long as what is done with it. Without effect
    elsewhere."""
    if hasattr(_c_library(), "mallopt"):
        options = {_M_ARENA_MAX: 2, _M_MMAP_THRESHOLD: LARGE, _M_TRIM_THRESHOLD: KEPT_BACK}
        for option, value in options.items():
            _c_library().mallopt(option, value)


def give_back() -> None:
    """Return to the system what was let go."""
    pa.default_memory_pool().release_unused()
    if hasattr(_c_library(), "malloc_trim"):
        _c_library().malloc_trim(0)


def size_of(value: Any) -> int:
    """About how many bytes a result holds: its columns; of many alike, as many times what the first
    ones hold."""
    kind = type(value)  # of nearly all that figures hold: asked before what any class may be
    if kind in _TEXT or isinstance(value, _TEXT):
        return sys.getsizeof(value)
    if kind in _PLAIN or isinstance(value, _PLAIN):
        return 30
    if kind is dict or isinstance(value, Mapping):
        return 100 + 100 * len(value) + _size_of_many(value.values(), len(value))
    if kind in _LISTED or isinstance(value, Sequence):
        return 100 + 8 * len(value) + _size_of_many(value, len(value))
    if isinstance(value, _COLUMNS):
        return value.nbytes
    if isinstance(value, pd.DataFrame):
        few = len(value) < SMALL_FRAME
        return FRAME + 8 * value.size if few else sum(value[name].array.nbytes for name in value)
    if isinstance(value, _INDEXED):
        return int(value.memory_usage())
    if _is_styled(value):
        return size_of(value.data)
    if dataclasses.is_dataclass(value):
        return 100 + sum(size_of(getattr(value, one.name)) for one in dataclasses.fields(value))
    return 100


def _is_styled(value: Any) -> bool:
    """Whether it is a table with its look. Only pages make one: of a command, which does not, nothing
    imports the module, with its templates."""
    style = sys.modules.get("pandas.io.formats.style")
    return style is not None and isinstance(value, style.Styler)


def _size_of_many(values: Iterable, count: int) -> int:
    first = [size_of(one) for one in islice(values, SAMPLE)]
    return sum(first) * count // len(first) if first else 0
