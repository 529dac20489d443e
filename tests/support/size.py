"""How much is done: a little in the whole suite, all of it by `make faults` (FAULTS=full)."""

import os

FULL = os.environ.get("FAULTS") == "full"


def full(much: int, little: int) -> int:
    return much if FULL else little


def measured(line: str) -> None:
    """A figure for whoever reads the output of the full suite."""
    if FULL:
        print(f"\n  {line}", flush=True)
