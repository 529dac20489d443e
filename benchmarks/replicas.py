"""Two processes on one PostgreSQL, against one of them: as deploy/ has them, HAProxy included."""

import asyncio
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.crowd import Crowd, reading
from benchmarks.measure import module
from benchmarks.rows import Row, reaching
from tests.support import cluster, postgres
from tests.support.server import run_server

SESSIONS, SECONDS = 12, 10.0


def two_against_one(database: str) -> list[Row]:
    """Views a second that nobody asked for before, each session asking as soon as it has its answer."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(postgres.running()).fresh()
        module("monitor", "copy", "--from", database, "--to", url, database=database)
        one = {"a": stack.enter_context(run_server(url)), "b": stack.enter_context(run_server(url))}
        proxy = stack.enter_context(cluster.balancing(one, folder / "haproxy.txt"))
        alone, both = (_port(one["a"]), _port(proxy))
        asyncio.run(reading([_port(one["a"]), _port(one["b"])], SESSIONS, 3, 0))
        single = asyncio.run(reading([alone], SESSIONS, SECONDS, 0))
        double = asyncio.run(reading([both], SESSIONS, SECONDS, 0))
    what = "views not asked before, two processes behind HAProxy"
    return [
        reaching(
            what,
            double.rate,
            single.rate,
            1.7,
            f"one process (client: {_share(single)} of a core; with two: {_share(double)})",
            "views/s",
            1,
        )
    ]


def _port(address: str) -> int:
    return int(address.rsplit(":", 1)[1])


def _share(crowd: Crowd) -> str:
    return f"{crowd.client_cpu / crowd.wall:.0%}"
