"""Readers by the hundred: how many one process serves, and what each of them leaves behind."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack

from benchmarks.client import DEMO, Reader, source_of
from benchmarks.crowd import passing, reading
from benchmarks.rows import Row, above, below
from benchmarks.server import Server, app, streamlit

#: Sessions that should hold, and that are tried, the most first; seconds between two changes of each,
#: and of a trial.
AIM = 500
SESSIONS, THINK, SECONDS = (600, 500, 400, 300, 200), 10, 30
IDLE, WARM, PASSING = 300, 1_000, 10_000
#: Sooner than in use, so as not to wait: a session that left is let go after so long.
LEFT_SECONDS = 5
PAGES = ["", "mesures", "communes", "actions", "analyses", "donnees", "methode"]


def sessions(server: Server) -> list[Row]:
    """Each changes a filter every ten seconds, and follows the log: among views that the first of them
    asks for, then once somebody has asked for each."""
    what = f"sessions with a filter change every {THINK} s, p95 < 1 s"
    return [
        _sessions(server, f"{what}: views new at first", (AIM,)),
        _sessions(server, f"{what}: all asked for before", SESSIONS),
    ]


def _sessions(server: Server, what: str, tried: Sequence[int]) -> Row:
    """How many hold: the first of those tried, else the next."""
    notes, served = [], 0
    for count in tried:
        before = server.cpu
        crowd = asyncio.run(reading([server.port], count, SECONDS, THINK))
        if crowd.errors:
            raise RuntimeError(f"{len(crowd.errors)} readers failed: {crowd.errors[0]}")
        p95 = 1000 * crowd.p95
        each = 1000 * (server.cpu - before) / (count + len(crowd.seconds))
        notes.append(
            f"{count}: p95 {p95:,.0f} ms, {crowd.rate:.0f} changes/s of {count / THINK:.0f} asked "
            f"for, {each:.0f} ms CPU each, first views included; "
            f"the client used {crowd.client_cpu / crowd.wall:.0%} of a core"
        )
        if p95 < 1000:
            served = count
            break
    return above(what, served, AIM, "", "; ".join(notes))


def memory(database: str) -> list[Row]:
    """Of a session at rest; and of the process after many have come and gone."""
    with app(database, f"--server.disconnectedSessionTTL={LEFT_SECONDS}") as server:
        server.wait_until_verified()
        asyncio.run(passing(server.port, 100, PAGES))
        before = server.memory_mb
        idle = (asyncio.run(_idle(server)) - before) / IDLE
        asyncio.run(passing(server.port, WARM, PAGES))
        time.sleep(3 * LEFT_SECONDS)
        warm = server.memory_mb
        asyncio.run(passing(server.port, PASSING, PAGES))
        time.sleep(3 * LEFT_SECONDS)
        after = server.memory_mb
    growth = 100 * (after / warm - 1)
    return [
        below("memory of a session at rest", idle, 0.3, "MB", 2, f"{IDLE} sessions"),
        below(
            f"memory after {PASSING:,} sessions came and went",
            growth,
            3,
            "%",
            1,
            f"{warm:,.0f} MB before, {after:,.0f} MB after",
        ),
    ]


async def _idle(server: Server) -> float:
    """The memory of the server with so many pages open."""
    async with AsyncExitStack() as stack:
        for number in range(IDLE):
            page = PAGES[number % len(PAGES)]
            reader = Reader(server.port, page, DEMO, source=source_of(number))
            await stack.enter_async_context(reader)
            await reader.run()
        return server.memory_mb


def start(database: str) -> list[Row]:
    """From the command to the first page, of a log whose actions an earlier server has kept."""
    floor = min(_first_page("benchmarks/empty.py") for _ in range(2))
    ours = min(_first_page("dashboard.py", MONITOR_DATABASE=database) for _ in range(2))
    return [
        below(
            "start to first page, beyond an empty app",
            ours - floor,
            2,
            "s",
            1,
            f"ours {ours:.1f} s, empty app {floor:.1f} s",
        )
    ]


def _first_page(script: str, **variables: str) -> float:
    begun = time.perf_counter()
    with streamlit(script, **variables) as server:

        async def see() -> None:
            async with Reader(server.port, "", DEMO) as reader:
                await reader.run()

        asyncio.run(see())
        return time.perf_counter() - begun
