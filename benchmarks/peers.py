"""Beside what a user would pick instead: the naive page, Datasette, a bare route."""

import asyncio
import statistics
import time
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.client import DEMO, Asker, Reader
from benchmarks.rows import Row, ahead, reaching
from benchmarks.server import Server, running, streamlit

#: The last status of each commitment by a day, counted by measure: what our page answers.
AS_OF = """
WITH said AS (
    SELECT c.measure_id, a.status,
           row_number() OVER (PARTITION BY a.commitment_id
                              ORDER BY a.happened_on DESC, a.seq DESC) AS place
    FROM action a JOIN commitment c ON c.id = a.commitment_id
    WHERE a.kind = 'assessment' AND a.happened_on <= :day AND c.pact_id = 'demo'
)
SELECT measure_id, status, count(*) FROM said WHERE place = 1 GROUP BY measure_id, status
"""
FACETS = "/monitor/action.json?_facet=status&_facet=commitment_id&_size=10&_nocount=1"
SECONDS = 2.0


async def _changes(port: int, query: str, times: int, since: int = 0) -> float:
    """Milliseconds of a filter change, at the median; `since`: choices left out, asked before."""
    async with Reader(port, "", query) as reader:
        await reader.run()
        choices = reader.options("_departement")
        runs = [
            await reader.run(_departement=choices[-1 - since - number]) for number in range(times)
        ]
        return 1000 * statistics.median(run.seconds for run in runs)


async def _days(port: int, times: int) -> float:
    """Milliseconds of the overview on a day that nobody has asked about, at the median."""
    seconds = []
    async with Reader(port, "", DEMO) as reader:
        await reader.run()
        for number in range(times):
            reader.query = f"{DEMO}&au={date(2025, 2, 1) + timedelta(days=number)}"
            seconds.append((await reader.run()).seconds)
    return 1000 * statistics.median(seconds)


def naive(server: Server, folder: Path) -> list[Row]:
    ours = asyncio.run(_changes(server.port, DEMO, 20))
    options = ("--runner.postScriptGC=true", "--client.showErrorDetails=full")
    with streamlit("benchmarks/naive.py", *options, NAIVE_DATA=str(folder)) as other:
        peer = asyncio.run(_changes(other.port, "", 3))
    return [ahead("overview, a filter not asked before", ours, peer, 10, "the same page, naive")]


def datasette(server: Server, database: Path) -> list[Row]:
    arguments = (
        "-m",
        "datasette",
        "serve",
        str(database),
        "--port",
        "{port}",
        "--setting",
        "sql_time_limit_ms",
        "120000",
        "--setting",
        "facet_time_limit_ms",
        "120000",
    )
    days = asyncio.run(_days(server.port, 10))
    facets = asyncio.run(_changes(server.port, DEMO, 20, since=20))
    with running(*arguments, ready="/-/versions.json") as other:
        query = urlencode({"sql": AS_OF, "day": "2025-02-01", "_shape": "array"})
        as_of = _timed(other, f"/monitor.json?{query}", 3)
        faceted = _timed(other, FACETS, 2)
    return [
        ahead(
            "overview as of a day not asked before", days, as_of, 10, "Datasette, window function"
        ),
        ahead("overview, a filter not asked before", facets, faceted, 10, "Datasette, facets"),
    ]


def _timed(server: Server, path: str, times: int) -> float:
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        server.get(path)
        seconds.append(time.perf_counter() - begun)
    return 1000 * statistics.median(seconds)


def route(server: Server) -> list[Row]:
    """Answers a second of /healthz, and of a route that does nothing."""
    arguments = ("-m", "uvicorn", "benchmarks.bare:app", "--port", "{port}", "--no-access-log")
    with running(*arguments, "--log-level", "error", ready="/healthz") as other:
        rates = [asyncio.run(_rate(port)) for port in (server.port, other.port) for _ in range(2)]
    return [
        reaching(
            "/healthz", max(rates[:2]), max(rates[2:]), 0.5, "bare Starlette route", "answers/s"
        )
    ]


async def _rate(port: int, connections: int = 4) -> float:
    end, counts = time.perf_counter() + SECONDS, []

    async def ask() -> None:
        count = 0
        async with Asker(port) as asker:
            while time.perf_counter() < end:
                await asker.get("/healthz")
                count += 1
        counts.append(count)

    await asyncio.gather(*(ask() for _ in range(connections)))
    return sum(counts) / SECONDS
