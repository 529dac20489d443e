"""What a page costs: seen again, and with a filter that nobody asked for before. Each run is taken
in turn with one of an empty page, and of plain Streamlit with the same elements (`benchmarks/plain.py`),
in the same process, so that all meet the same machine."""

import asyncio
import statistics
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from benchmarks.client import DEMO, Reader
from benchmarks.rows import Row, below
from benchmarks.server import Server

EMPTY = ("", "vide=1")
#: Times that a page seen again may take as long as plain Streamlit with its elements.
TIMES = 2
RUNS, PAUSE = 40, 0.02
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

    def __str__(self):
        return f"{self.p50:.1f} ms, {self.cpu:.1f} ms CPU"


@dataclass(frozen=True)
class Beside:
    """A page, the empty page, and plain Streamlit with the elements of the page, in turn."""

    page: Cost
    empty: Cost
    plain: Cost | None = None

    @property
    def ratio(self) -> float:
        return self.page.p50 / self.empty.p50

    @property
    def times(self) -> float:
        """How many times the processor that plain Streamlit takes."""
        return self.page.cpu / self.plain.cpu if self.plain and self.plain.cpu else float("nan")


@dataclass(frozen=True)
class Page:
    """`first`: bytes of its first view; `again`: the same view; `changed`: another choice each time,
    None where there is no list."""

    name: str
    first: int
    again: Beside
    changed: Beside | None


async def _in_turn(
    server: Server,
    reader: Reader,
    empty: Reader,
    plain: Reader | None = None,
    key: str | None = None,
) -> Beside:
    choices = reader.options(key) if key else [None]
    readers = [one for one in (empty, plain, reader) if one]
    runs, used = {one: [] for one in readers}, dict.fromkeys(readers, 0.0)
    for number in range(RUNS):
        chosen: dict[str, Any] = {key: choices[number % len(choices)]} if key else {}
        for one in readers:
            before = server.cpu
            runs[one].append(await one.run(**(chosen if one is reader else {})))
            used[one] += server.cpu - before
            await asyncio.sleep(PAUSE)
    cost = {one: _cost(runs[one], used[one]) for one in readers}
    return Beside(cost[reader], cost[empty], cost[plain] if plain else None)


def _cost(runs: list, seconds: float) -> Cost:
    return Cost(
        1000 * statistics.median(run.seconds for run in runs),
        1000 * seconds / len(runs),
        statistics.median(run.bytes for run in runs),
    )


async def _page(server: Server, name: str, query: str, key: str | None) -> Page:
    address = name.split(",")[0].strip("/")
    own = quote(name)
    async with (
        Reader(server.port, address, f"{query}&note={own}") as noting,
        Reader(server.port, address, query) as reader,
        Reader(server.port, *EMPTY) as empty,
        Reader(server.port, "", f"nu={own}") as plain,
    ):
        await noting.run()
        first = await reader.run()
        await empty.run()
        await plain.run()
        again = await _in_turn(server, reader, empty, plain)
        changed = await _in_turn(server, reader, empty, key=key) if key else None
        return Page(name, first.bytes, again, changed)


async def costs(server: Server, city: str) -> list[Page]:
    """Each public page."""
    return [await _page(server, name, query.format(city=city), key) for name, query, key in PAGES]


def rows(pages: list[Page]) -> list[Row]:
    found = []
    for one in pages:
        met = one.again.times <= TIMES and one.again.page.cpu <= 25
        aim = f"≤ {TIMES} × the same elements, ≤ 25 ms CPU"
        found.append(_row(f"{one.name}: rerun", one.again, aim, met))
        if one.changed:
            met = one.changed.page.cpu <= 25
            what = f"{one.name}: a filter not asked before"
            found.append(_row(what, one.changed, "≤ 25 ms CPU", met))
    most = max(pages, key=lambda one: one.first)
    found.append(
        below("bytes of a page view, the most", most.first / 1000, 300, "kB", note=most.name)
    )
    changed = [(one.changed.page.bytes, one.name) for one in pages if one.changed]
    size, name = max(changed)
    found.append(below("bytes of a filter change, the most", size / 1000, 100, "kB", note=name))
    return found


def _row(what: str, beside: Beside, aim: str, met: bool) -> Row:
    floors, ratio = f"empty page: {beside.empty}", f"{beside.ratio:.1f} ×"
    if beside.plain:
        floors = f"the same elements: {beside.plain}; {floors}"
        ratio = f"{beside.times:.1f} × CPU"
    return Row(what, str(beside.page), floors, ratio, aim, met)


def growth(small: list[Page], large: list[Page], sizes: str) -> list[Row]:
    """How a page's time grows with the log: the page seen again, each beside its own empty page."""
    found = []
    for few, many in zip(small, large, strict=True):
        ratio = many.again.ratio / few.again.ratio
        found.append(
            Row(
                f"{many.name}: growth {sizes}",
                f"{many.again.page.p50:.1f} ms",
                f"small log: {few.again.page.p50:.1f} ms",
                f"{ratio:.2f} ×",
                "≤ 1.5 ×",
                ratio <= 1.5,
            )
        )
    return found
