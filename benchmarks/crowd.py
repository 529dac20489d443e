"""Many readers at once, each with pauses, as on the evening of an election."""

import asyncio
import random
import statistics
import time
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.client import DEMO, Asker, Reader, source_of

#: A page left open asks for the head this often: see ui/static/suivi.js.
FOLLOWED_SECONDS = 3
KEY = "_departement"
#: Days of the demo's term.
DAY, DAYS = date(2021, 1, 1), 1_500
CONNECTIONS = 8


@dataclass
class Crowd:
    """What they met. Seconds of each change, and of the processor that the client itself used."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    wall: float = 0.0
    client_cpu: float = 0.0

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1]

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.wall


async def reading(ports: list[int], sessions: int, seconds: float, think: float) -> Crowd:
    """Open the overview in `sessions` spread over the ports, then choose a department in each every
    `think` seconds, for so long; each page follows the log meanwhile. Without `think`, each asks for
    a department on a day, as soon as it has its answer: views that nobody asked for before."""
    crowd, opened, go = Crowd(), asyncio.Semaphore(0), asyncio.Event()
    pacing = asyncio.Semaphore(8)
    rng = random.Random(1)

    async def one(number: int, offset: float, choices: random.Random) -> None:
        source = source_of(number)
        async with Reader(ports[number % len(ports)], "", DEMO, source=source) as reader:
            async with pacing:
                await reader.run()
            opened.release()
            await go.wait()
            end = time.perf_counter() + seconds
            due = time.perf_counter() + offset
            while True:
                if max(due, time.perf_counter()) >= end:
                    return
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                try:
                    chosen = choices.choice(reader.options(KEY))
                    if not think:
                        day = DAY + timedelta(days=choices.randrange(DAYS))
                        reader.query = f"{DEMO}&departement={chosen.split()[0]}&au={day}"
                    run = await reader.run(**({KEY: chosen} if think else {}))
                except Exception as error:
                    crowd.errors.append(f"{type(error).__name__}: {error}")
                    return
                crowd.seconds.append(run.seconds)
                due += think

    tasks = [
        asyncio.create_task(one(number, rng.random() * think, random.Random(number)))
        for number in range(sessions)
    ]
    for _ in tasks:
        await opened.acquire()
    following = [
        asyncio.create_task(_follow(ports[number % len(ports)], sessions / CONNECTIONS))
        for number in range(CONNECTIONS if think else 0)
    ]
    cpu, begun = time.process_time(), time.perf_counter()
    go.set()
    await asyncio.gather(*tasks)
    crowd.wall, crowd.client_cpu = time.perf_counter() - begun, time.process_time() - cpu
    for task in following:
        task.cancel()
    return crowd


async def _follow(port: int, pages: float) -> None:
    """Ask for the head as often as so many open pages do, over one connection."""
    async with Asker(port) as asker:
        while True:
            await asker.get("/tete")
            await asyncio.sleep(FOLLOWED_SECONDS / pages)


async def passing(port: int, sessions: int, pages: list[str], at_once: int = 16) -> None:
    """So many readers who come, see one page and leave."""
    waiting = iter(range(sessions))

    async def some() -> None:
        for number in waiting:
            page = pages[number % len(pages)]
            async with Reader(port, page, DEMO, source=source_of(number)) as reader:
                await reader.run()

    await asyncio.gather(*(some() for _ in range(at_once)))
