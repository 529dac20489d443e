"""`make bench`: prints every figure beside its floor, its peer and its aim, and writes RESULTS.md."""

import argparse
import asyncio
import csv
import platform
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import analyses, loads, pages, peers, readers, replicas, samples, sheets
from benchmarks.measure import ROOT, machine
from benchmarks.rows import Row, table
from benchmarks.server import app

SMALL = (300, 10_000)
PACKAGES = (
    "streamlit",
    "uvicorn",
    "pandas",
    "numpy",
    "pyarrow",
    "plotly",
    "sqlite-utils",
    "psycopg",
    "datasette",
)


def measured(folder: Path, signatories: int, actions: int) -> list[tuple[str, list[Row]]]:
    """(title, rows) of each part, in turn."""
    say = _Progress()
    large = loads.load(folder / "large", signatories, actions)
    small = loads.load(folder / "small", *SMALL)
    say("loaded")
    log = [*loads.rows(large), loads.growth(small, large)]
    say("log")
    with app(small.url) as server:
        server.wait_until_verified()
        few = asyncio.run(pages.costs(server, _city(small.folder)))
    with app(large.url) as server:
        server.wait_until_verified()
        many = asyncio.run(pages.costs(server, _city(large.folder)))
        say("pages")
        alone = sheets.rows(server, large.folder, large.path)
        say("sheets")
        peer = [
            *peers.route(server),
            *peers.naive(server, large.folder),
            *peers.datasette(server, large.path),
        ]
        say("peers")
        crowd = readers.sessions(server)
        say("crowd")
    crowd += readers.start(large.url)
    say("start")
    crowd += readers.memory(small.url)
    say("memory")
    crowd += replicas.two_against_one(small.url)
    say("replicas")
    analysed = analyses.rows(large.url)
    say("analyses")
    sampled = samples.rows(f"sqlite:///{folder / 'sampled.db'}")
    say("samples")
    sizes = f"{SMALL[1]:,} to {actions:,} actions"
    return [
        ("The log", log),
        (f"Pages, at {actions:,} actions", pages.rows(many)),
        (f"Pages, at {SMALL[1]:,} actions", pages.rows(few)),
        ("Without a session", alone),
        ("Growth", pages.growth(few, many, sizes)),
        ("Beside what else there is", peer),
        ("Readers", crowd),
        (f"Analyses, at {actions:,} actions", analysed),
        ("Random sample", sampled),
    ]


class _Progress:
    """Says on stderr how far the run is."""

    def __init__(self):
        self._begun = time.monotonic()

    def __call__(self, done: str) -> None:
        print(f"{time.monotonic() - self._begun:4.0f} s  {done}", file=sys.stderr, flush=True)


def _city(folder: Path) -> str:
    """The commune where most signed."""
    with (folder / "signatories.csv").open(encoding="utf-8") as file:
        communes = [row["commune"] for row in csv.DictReader(file)]
    return max(sorted(set(communes)), key=communes.count)


def report(
    parts: list[tuple[str, list[Row]]], signatories: int, actions: int, seconds: float
) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    head = (
        f"{actions:,} actions, {signatories:,} signatories · {datetime.now(UTC):%Y-%m-%d} · "
        f"{machine()} · "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages} · "
        f"the whole run took {seconds / 60:.1f} minutes"
    )
    return "\n\n".join([head, *(f"## {title}\n\n{table(rows)}" for title, rows in parts)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--signatories", type=int, default=100_000)
    parser.add_argument("--actions", type=int, default=1_000_000)
    options = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        parts = measured(Path(folder), options.signatories, options.actions)
    text = report(parts, options.signatories, options.actions, time.monotonic() - begun)
    print(text)
    heading = (
        "# Measured speed\n\n"
        "Written by `make bench`; a figure and its floor or its peer come from one run.\n"
        "Each page is timed in one session, from the request to the end of the run of its script.\n\n"
    )
    (ROOT / "benchmarks" / "RESULTS.md").write_text(heading + text + "\n", "utf-8")
    sys.exit(any(row.met is False for _, rows in parts for row in rows))


if __name__ == "__main__":
    main()
