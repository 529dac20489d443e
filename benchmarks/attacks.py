"""What strangers cost readers: each attack of tests/support/attacks.py from one address, beside the same
readers without it; on one process, and on two replicas behind deploy/haproxy.cfg.

python -m benchmarks.attacks [--large FOLDER] [--write]
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import loads
from benchmarks.measure import ROOT, machine
from tests.support import cluster
from tests.support.attacks import ATTACKS, Watched, memory_of, watched
from tests.support.server import process_at, run_server, wait_until_verified

#: Seconds of readers: before the first figure, without an attack, beside one at the least.
WARM, QUIET, UNDER = 5, 10, 10
#: Who is not back after so long is said not to be.
GIVEN_UP = 60
SIGNATORIES, ACTIONS = 100_000, 1_000_000
#: Where the tables stand in docs/scaling.md.
BEGIN, END = "<!-- attacks -->\n", "<!-- /attacks -->\n"
TITLES = (
    "what one address does",
    "views, p95 (without it)",
    "files, p95",
    "`/readyz`, p95, most",
    "failed",
    "memory, most",
    "replicas down",
    "back after",
)


@dataclass(frozen=True)
class Front:
    """What strangers reach: its port, what weighs the processes behind it (MB), and HAProxy's log where
    there is one."""

    port: int
    memory_mb: Callable[[], float]
    log: Path | None = None

    def read(self, seconds: float, attack: Awaitable | None = None) -> Watched:
        """What readers meet for so long, and until the attack is over."""
        return asyncio.run(watched(self.port, self.memory_mb, seconds, attack))

    def down(self) -> int:
        """How often a replica was given up."""
        return self.log.read_text("utf-8").count("is DOWN") if self.log else 0


@contextmanager
def one(url: str) -> Iterator[Front]:
    """A process that strangers reach without a proxy, warm."""
    with run_server(url) as address:
        yield _warm(Front(_port(address), memory_of(process_at(address))), address)


@contextmanager
def two(url: str) -> Iterator[Front]:
    """Two of them on that database, behind HAProxy as it is shipped, warm."""
    with ExitStack() as stack:
        log = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "haproxy.txt"
        replicas = {name: stack.enter_context(run_server(url)) for name in "ab"}
        proxy = stack.enter_context(cluster.balancing(replicas, log))
        memory = memory_of(*map(process_at, replicas.values()))
        yield _warm(Front(_port(proxy), memory, log), *replicas.values())


def _warm(front: Front, *addresses: str) -> Front:
    for address in addresses:
        wait_until_verified(address)
    front.read(WARM)
    return front


def _port(address: str) -> int:
    return int(address.rsplit(":", 1)[1])


@dataclass(frozen=True)
class Compared:
    """Readers before an attack, and meanwhile; how often a replica was given up; seconds until they
    are served as before."""

    quiet: Watched
    under: Watched
    down: int
    back: float


def compare(front: Front, attack: Callable[[int], Awaitable]) -> Compared:
    quiet, down = front.read(QUIET), front.down()
    under = front.read(UNDER, attack(front.port))
    begun, back = time.perf_counter(), 0.0
    while front.read(1).p95 > 3 * quiet.p95 and back < GIVEN_UP:
        back = time.perf_counter() - begun
    return Compared(quiet, under, front.down() - down, back)


def figures(front: Front) -> Iterator[list[str]]:
    """The lines of a table, the first of them without an attack."""
    first = front.read(QUIET)
    yield [
        "nothing",
        f"{1000 * first.p95:,.0f} ms",
        *_beside(first),
        f"{first.memory:,.0f} MB",
        "",
        "",
    ]
    for name, attack in ATTACKS.items():
        found = compare(front, attack)
        views, quiet = 1000 * found.under.p95, 1000 * found.quiet.p95
        memory = found.under.memory
        yield [
            name,
            f"{views:,.0f} ms ({quiet:,.0f}: × {views / quiet:.1f})",
            *_beside(found.under),
            f"{memory:,.0f} MB (× {memory / first.memory:.2f})",
            str(found.down) if front.log else "",
            f"{found.back:.0f} s" if found.back < GIVEN_UP else f"not in {GIVEN_UP} s",
        ]


def _beside(met: Watched) -> list[str]:
    """Files, readiness and failures."""
    ready = sorted(met.ready)
    return [
        f"{1000 * met.files_p95:,.0f} ms",
        f"{1000 * ready[int(len(ready) * 0.95)]:,.0f}, {1000 * ready[-1]:,.0f} ms",
        str(len(met.unready)),
    ]


def _table(lines: list[list[str]]) -> str:
    rows = [TITLES, ["---"] * len(TITLES), *lines]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=Path, help="a demo that benchmarks.loads has made")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/scaling.md")
    options = parser.parse_args()
    parts = [
        f"{SIGNATORIES:,} signatories, {ACTIONS:,} actions · {datetime.now(UTC):%Y-%m-%d} · "
        f"{machine()} · load average before the run: {os.getloadavg()[0]:.1f}\n"
    ]
    with tempfile.TemporaryDirectory() as folder:
        large = options.large or loads.load(Path(folder) / "large", SIGNATORIES, ACTIONS).folder
        for title, served in {
            "One process, without a proxy": one,
            "Two replicas behind HAProxy": two,
        }.items():
            lines = []
            with served(f"sqlite:///{large / 'monitor.db'}") as front:
                for line in figures(front):
                    print(" | ".join(line), flush=True)
                    lines.append(line)
            parts.append(f"{title}:\n\n{_table(lines)}")
    if options.write:
        page = ROOT / "docs" / "scaling.md"
        before, rest = page.read_text("utf-8").split(BEGIN)
        page.write_text(before + BEGIN + "\n".join(parts) + END + rest.split(END)[1], "utf-8")


if __name__ == "__main__":
    main()
