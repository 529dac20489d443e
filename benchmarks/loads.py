"""Loading the log, reading it whole, folding it: each in a process of its own."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.files import write_demo
from benchmarks.measure import module
from benchmarks.rows import Row, against, below


@dataclass(frozen=True)
class Loaded:
    """A demo in `folder` (contract files and monitor.db), and what it took to load its actions."""

    folder: Path
    actions: int
    seconds: float
    peak_mb: float

    @property
    def path(self) -> Path:
        return self.folder / "monitor.db"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"


def load(folder: Path, signatories: int, actions: int) -> Loaded:
    """Make a demo of that size as files, and load them."""
    folder.mkdir()
    write_demo(folder, signatories, actions)
    database = f"sqlite:///{folder / 'monitor.db'}"
    module("monitor", "init", database=database)
    for content, file in (
        ("pact", "pact.toml"),
        ("signatories", "signatories.csv"),
        ("mandates", "mandates.csv"),
    ):
        of = () if content == "pact" else ("--pact", "demo")
        module("monitor", "load", content, str(folder / file), *of, database=database)
    csv = str(folder / "actions.csv")
    run = module("monitor", "load", "actions", csv, "--pact", "demo", database=database)
    return Loaded(folder, actions, run.wall, run.peak_mb)


def rows(large: Loaded) -> list[Row]:
    csv, raw = str(large.folder / "actions.csv"), str(large.folder / "raw.db")
    floor = module("benchmarks.floors", "insert_all", csv, raw, database=large.url)
    check = module("monitor", "verify", database=large.url)
    fetch = module("benchmarks.floors", "fetchall", str(large.path), database=large.url)
    found = module("benchmarks.ours", database=large.url).seconds
    doubts = module("benchmarks.doubts", database=large.url).seconds
    return [
        against(
            "load actions (checked, chained, whole process)",
            large.seconds,
            floor.seconds["insert_all"],
            4,
            "insert_all",
        ),
        below("memory of that load, peak", large.peak_mb, 1_500, "MB"),
        against(
            "snapshot from a cold process",
            found["snapshot"],
            fetch.seconds["fetchall"],
            3,
            "fetchall",
        ),
        below("memory once the log is loaded", found["memory_mb"], 500, "MB"),
        below("refresh after one append", 1000 * found["refresh"], 50, "ms"),
        below("an entry to fresh pages of its pact (CPU)", 1000 * found["fresh"], 50, "ms"),
        below("fold as of a day", 1000 * found["fold"], 100, "ms"),
        below("what stands, all of it", 1000 * found["known_after"], 1_000, "ms"),
        below("indicators by department", 1000 * found["indicators"], 100, "ms"),
        below("verify the whole chain", check.wall, 60, "s"),
        *(
            against(
                f"load {content} with doubts (CPU)", cost["with"], cost["without"], 1.1, "without"
            )
            for content, cost in doubts.items()
        ),
    ]


def growth(small: Loaded, large: Loaded) -> Row:
    """The time of an action as the log grows: the same, if the load is linear."""
    per = [1e6 * one.seconds / one.actions for one in (large, small)]
    return against(
        f"load, for an action, {small.actions:,} to {large.actions:,}",
        per[0],
        per[1],
        1.5,
        f"{small.actions:,} actions",
        "µs",
        0,
    )
