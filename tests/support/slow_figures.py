"""The figures of the method page, one by one in plain Python: what the fast ones are checked against.

Written from the rules, to be obvious, not fast. It shares no code with `monitor.indicators`.
"""

from datetime import date
from statistics import median

FINAL = ("implemented", "abandoned")


def figures(commitments: list[dict], as_of: date) -> dict:
    """The indicators of some commitments, as `slow_fold.fold` gives them on that day; None where a
    share is of nothing."""
    due = [row for row in commitments if row["binding"] and row["status"] != "not_applicable"]
    assessed = [row for row in due if row["status"] != "not_assessed"]
    done = [row for row in due if row["status"] == "implemented"]
    fruitless = [row for row in due if row["status"] == "no_evidence"]
    old = [row for row in assessed if is_stale(row, as_of)]
    possible = len(done) + len(due) - len(assessed) + len(fruitless) + len(old)
    return {
        "due": len(due),
        "assessed": len(assessed),
        "coverage": share(len(assessed), len(due)),
        "implemented": len(done),
        "partly": sum(row["status"] == "partly_implemented" for row in due),
        "rate": share(len(done), len(assessed)),
        "rate_low": share(len(done), len(due)),
        "rate_high": share(possible, len(due)),
        "no_evidence": len(fruitless),
        "stale": len(old),
        "officials": len({row["signatory_id"] for row in due}),
        "officials_assessed": len({row["signatory_id"] for row in assessed}),
        "entries_per_assessed": share(sum(row["actions"] for row in assessed), len(assessed)),
        "months_since_entry": middle([(as_of - row["last_on"]).days for row in assessed]),
    }


def is_stale(row: dict, as_of: date) -> bool:
    """What was last read more than twelve months ago, and is neither final nor a fruitless search."""
    if row["status"] in (*FINAL, "no_evidence", "not_assessed", "not_applicable"):
        return False
    leap_day = (as_of.month, as_of.day) == (2, 29)
    year_before = as_of.replace(year=as_of.year - 1, day=28 if leap_day else as_of.day)
    return row["last_on"] < year_before


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def middle(days: list[int]) -> float | None:
    return median(days) / (365.25 / 12) if days else None
