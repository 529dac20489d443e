"""Whether a published figure is the one that was counted again; what is said if not.

`reproduce.py` runs it.
"""

import sys

#: Fewer than this, of pairs or of officials, are published without a share.
FEW = 5


def stop(*what: str) -> None:
    sys.exit(f"DIFFERENT: {', '.join(what)}")


def compare(file: str, row: str, published: dict, counted: dict) -> int:
    """How many cells are the same: all."""
    for name, value in counted.items():
        if published[name] != value:
            stop(file, row, name, f"{published[name]!r} here and {value!r} counted again")
    return len(counted)


def same(published: str, counted, digits: int, more: float = 0) -> bool:
    """Whether a figure is what was counted, to so many digits and a little `more`."""
    if counted is None or counted != counted or not published:
        return (counted is None or counted != counted) and not published
    return abs(float(published) - counted) <= 0.500001 * 10**-digits + more


def check(file: str, row: str, published: dict, counted: dict, digits: int, more: float = 0) -> int:
    """How many figures agree: all."""
    for name, value in counted.items():
        if not same(published[name], value, digits, more):
            stop(file, row, name, f"{published[name]} here and {value} counted again")
    return len(counted)
