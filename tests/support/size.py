"""How much is done: a little in the whole suite, all of it by `make faults` (FAULTS=full), and a third
of the little by `make quick` (QUICK)."""

import os

FULL = os.environ.get("FAULTS") == "full"
QUICK = bool(os.environ.get("QUICK"))


def pick_amount(much: int, little: int) -> int:
    if FULL:
        return much
    return max(1, little // 3) if QUICK else little


def print_measure(line: str) -> None:
    """A figure for whoever reads the output of the full suite."""
    if FULL:
        print(f"\n  {line}", flush=True)
