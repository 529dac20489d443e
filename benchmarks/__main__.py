"""`make bench`: prints every figure beside its floor and its aim, and writes RESULTS.md."""

import argparse
import platform
import sqlite3
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.files import write_demo
from benchmarks.measure import ROOT, module


@dataclass(frozen=True)
class Row:
    """One figure: ours, its floor (None: an absolute aim), the aim, and whether it is met."""

    what: str
    ours: str
    floor: str
    ratio: str
    aim: str
    met: bool


def against(what: str, ours: float, floor: float, aim: float, name: str) -> Row:
    ratio = ours / floor
    return Row(what, f"{ours:.2f} s", f"{name}: {floor:.2f} s", f"{ratio:.2f} ×",
               f"≤ {aim:g} ×", ratio <= aim)  # fmt: skip


def below(what: str, ours: float, aim: float, unit: str) -> Row:
    return Row(what, f"{ours:.0f} {unit}", "–", "–", f"≤ {aim:g} {unit}", ours <= aim)


def measure(signatories: int, actions: int, folder: Path) -> list[Row]:
    write_demo(folder, signatories, actions)
    path = folder / "monitor.db"
    database = f"sqlite:///{path}"
    module("monitor", "init", database=database)
    for content, file in (("pact", "pact.toml"), ("signatories", "signatories.csv"),
                          ("mandates", "mandates.csv")):  # fmt: skip
        module("monitor", "load", content, str(folder / file), "--pact", "demo", database=database)
    csv = str(folder / "actions.csv")
    load = module("monitor", "load", "actions", csv, "--pact", "demo", database=database)
    raw = str(folder / "raw.db")
    floor = module("benchmarks.floors", "insert_all", csv, raw, database=database)
    check = module("monitor", "verify", database=database)
    fetch = module("benchmarks.floors", "fetchall", str(path), database=database)
    ours = module("benchmarks.ours", database=database)
    found = ours.seconds
    return [
        against("load actions (checked, chained, whole process)", load.wall,
                floor.seconds["insert_all"], 4, "insert_all"),
        below("memory of that load, peak", load.peak_mb, 1_500, "MB"),
        against("snapshot from a cold process", found["snapshot"], fetch.seconds["fetchall"], 3,
                "fetchall"),
        below("memory once the log is loaded", found["memory_mb"], 500, "MB"),
        below("refresh after one append", 1000 * found["refresh"], 50, "ms"),
        below("fold as of a day", 1000 * found["fold"], 100, "ms"),
        below("what stands, once per head", 1000 * found["known_after"], 1_000, "ms"),
        below("indicators by department", 1000 * found["indicators"], 100, "ms"),
        below("verify the whole chain", check.wall, 60, "s"),
    ]  # fmt: skip


def report(rows: list[Row], signatories: int, actions: int) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in ("pandas", "numpy", "sqlite-utils"))
    lines = [
        f"{actions:,} actions, {signatories:,} signatories · {datetime.now(UTC):%Y-%m-%d} · "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}",
        "",
        "| what | ours | floor | ratio | aim | met |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.what} | {row.ours} | {row.floor} | {row.ratio} | {row.aim} | "
        f"{'yes' if row.met else '**no**'} |"
        for row in rows
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signatories", type=int, default=100_000)
    parser.add_argument("--actions", type=int, default=1_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(options.signatories, options.actions, Path(folder))
    text = report(rows, options.signatories, options.actions)
    print(text)
    heading = "# Measured speed\n\nWritten by `make bench`; floor and figure come from one run.\n\n"
    (ROOT / "benchmarks" / "RESULTS.md").write_text(heading + text + "\n", "utf-8")
    sys.exit(any(not row.met for row in rows))


if __name__ == "__main__":
    main()
