"""What a page costs: seen again, and with a filter that nobody asked for before."""

import asyncio
import statistics
from dataclasses import dataclass

from benchmarks.client import DEMO, Reader
from benchmarks.rows import Row, below
from benchmarks.server import Server

EMPTY = ("", "vide=1")
RUNS, PAUSE = 40, 0.03
#: (page, its address, the list whose choice is changed); `{city}`: a city where somebody signed.
PAGES = (
    ("/", DEMO, "_departement"),
    ("/mesures", DEMO, "_departement"),
    ("/communes", DEMO, None),
    ("/communes, a city", DEMO + "&commune={city}", None),
    ("/actions", DEMO, "_departement"),
    ("/analyses", DEMO, "_departement"),
    ("/donnees", DEMO, "_departement"),
    ("/methode", DEMO, None),
)


@dataclass(frozen=True)
class Cost:
    """Milliseconds at the median, milliseconds of the server's processor, bytes."""

    p50: float
    cpu: float
    bytes: float


@dataclass(frozen=True)
class Page:
    """`first`: bytes of its first view; `again`: the same view; `changed`: another choice each time,
    None where there is no list."""

    name: str
    first: int
    again: Cost
    changed: Cost | None


async def _runs(server: Server, reader: Reader, key: str | None = None) -> Cost:
    choices = reader.options(key) if key else [None]
    before, runs = server.cpu, []
    for number in range(RUNS):
        chosen = {key: choices[number % len(choices)]} if key else {}
        runs.append(await reader.run(**chosen))
        await asyncio.sleep(PAUSE)
    used = 1000 * (server.cpu - before) / RUNS
    return Cost(1000 * statistics.median(run.seconds for run in runs), used,
                statistics.median(run.bytes for run in runs))  # fmt: skip


async def empty(server: Server) -> Cost:
    async with Reader(server.port, *EMPTY) as reader:
        await reader.run()
        return await _runs(server, reader)


async def page(server: Server, name: str, query: str, key: str | None) -> Page:
    address = name.split(",")[0].strip("/")
    async with Reader(server.port, address, query) as reader:
        first = await reader.run()
        again = await _runs(server, reader)
        changed = await _runs(server, reader, key) if key else None
        return Page(name, first.bytes, again, changed)


async def costs(server: Server, city: str) -> tuple[Cost, list[Page]]:
    """(the empty page, the mean of before and after; each public page)."""
    before = await empty(server)
    pages = [await page(server, name, query.format(city=city), key) for name, query, key in PAGES]
    after = await empty(server)
    floor = Cost((before.p50 + after.p50) / 2, (before.cpu + after.cpu) / 2, before.bytes)
    return floor, pages


def rows(floor: Cost, pages: list[Page]) -> list[Row]:
    found = []
    for one in pages:
        found.append(_again(one, floor))
        if one.changed:
            found.append(_changed(one, floor))
    most = max(pages, key=lambda one: one.first)
    found.append(
        below("bytes of a page view, the most", most.first / 1000, 300, "kB", note=most.name)
    )
    most = max((one for one in pages if one.changed), key=lambda one: one.changed.bytes)
    size = most.changed.bytes / 1000
    found.append(below("bytes of a filter change, the most", size, 100, "kB", note=most.name))
    return found


def _again(page: Page, floor: Cost) -> Row:
    ratio = page.again.p50 / floor.p50
    return Row(f"{page.name}: rerun", _said(page.again), f"empty page: {_said(floor)}",
               f"{ratio:.1f} ×", "≤ 4 ×, ≤ 25 ms CPU", ratio <= 4 and page.again.cpu <= 25)  # fmt: skip


def _changed(page: Page, floor: Cost) -> Row:
    ratio = page.changed.p50 / floor.p50
    return Row(f"{page.name}: a filter not asked before", _said(page.changed),
               f"empty page: {_said(floor)}", f"{ratio:.1f} ×", "≤ 25 ms CPU",
               page.changed.cpu <= 25)  # fmt: skip


def _said(cost: Cost) -> str:
    return f"{cost.p50:.1f} ms, {cost.cpu:.1f} ms CPU"


def growth(small: tuple[Cost, list[Page]], large: tuple[Cost, list[Page]], sizes: str) -> list[Row]:
    """How a page's time grows with the log: the page seen again, each beside its own empty page."""
    found = []
    for few, many in zip(small[1], large[1], strict=True):
        ratio = (many.again.p50 / large[0].p50) / (few.again.p50 / small[0].p50)
        found.append(
            Row(f"{many.name}: growth {sizes}", f"{many.again.p50:.1f} ms",
                f"small log: {few.again.p50:.1f} ms", f"{ratio:.2f} ×", "≤ 1.5 ×", ratio <= 1.5)
        )  # fmt: skip
    return found
