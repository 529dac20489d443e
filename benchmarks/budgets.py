"""What pages of pacts of hundreds of measures may come to: pixels of a screen, sheets of paper, bytes.

`python -m benchmarks.budgets [--pictures FOLDER]`: prints every figure beside its limit.
"""

import argparse
import itertools
import re
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

from benchmarks.rows import Row, below, table
from benchmarks.wide import PACTS, load_wide
from monitor.commands.setup import init_database
from monitor.i18n import LANGUAGES
from monitor.store import open_store
from tests.support.browser_pages import chromium, context_of
from tests.support.pacts import PACT
from tests.support.server import run_server
from tests.support.shapes import load_shape, load_shape_folder

#: What a page may come to at 1280 pixels, printed, and in bytes; a sheet of a pact of three measures.
PIXELS, SHEETS, KILOBYTES, SHEETS_OF_THREE = 6_000, 12, 300, 2
MEASURES = 400
PAGES = ("", "mesures", "communes", "reponses", "actions", "analyses", "donnees", "methode")
BY_MEASURE = ("analyses", {"par": "measure"})
#: Pacts as their folders are, with answers and all; and those that get more measures, up to MEASURES.
SHAPES = (
    "un-elu-174-mesures",
    "partis-329-mesures",
    "candidats-et-reponses",
    "409-conseils",
    "maire-et-adjoints",
)
GROWN = {f"{name}-of-{MEASURES}": name for name in SHAPES[:3]}


def grow(text: str) -> str:
    """The pact with more measures, up to MEASURES: each of those that it has, again and again."""
    head, *tables = text.split("[[measures]]")
    more = []
    for number in range(len(tables), MEASURES):
        again = tables[number % len(tables)]
        more.append(re.sub(r'\nid = "[^"]*"', f'\nid = "z{number}"', again, count=1))
    return "[[measures]]".join([head, *tables, *more])


def rows(folder: Path, pictures: Path | None, only: str = "") -> Iterator[Row]:
    with chromium() as browser:
        for shape in (*SHAPES, *GROWN, *PACTS):
            if only not in shape:
                continue
            url = f"sqlite:///{folder / shape}.db"
            pact = _load(url, shape)
            with run_server(url) as address:
                yield from _of_pact(browser, address, shape, pact, pictures)
        if only in PACT:
            yield from _of_three(browser, folder)


def _load(url: str, name: str) -> str:
    """The identifier of the pact of that name, loaded into a new database."""
    if name in SHAPES:
        return load_shape_folder(url, name)
    store = open_store(url)
    store.create()
    if name in PACTS:
        return load_wide(store, name)
    return load_shape(store, GROWN[name], themed=True, change=grow)


def _of_three(browser, folder: Path) -> Iterator[Row]:
    """The sheets of the packaged pact, of three measures, on paper."""
    url = f"sqlite:///{folder / PACT}.db"
    init_database(open_store(url), now=datetime.now(UTC))
    with run_server(url) as address:
        context = context_of(browser)
        for code in _cities(context, address, PACT):
            route = f"/ville/{code}"
            printed, _ = _paper(context, f"{address}{route}", None)
            yield below(f"{PACT}: {route}, on paper", printed, SHEETS_OF_THREE, "sheets")
        context.close()


def _of_pact(browser, address: str, shape: str, pact: str, pictures: Path | None) -> Iterator[Row]:
    context = context_of(browser)
    codes = _cities(context, address, pact)
    asked = [*((page, {}) for page in PAGES), BY_MEASURE, ("communes", {"commune": codes[0]})]
    for (page, own), lang in itertools.product(asked, LANGUAGES):
        query = {"pacte": pact, "lang": lang} | own
        qualifiers = {"commune": " of a place", "par": " by measure"}
        named = f"{shape}: /{page}{''.join(qualifiers[each] for each in own)}, {lang}"
        high, size = _view(context, f"{address}/{page}?{urlencode(query)}", pictures, named)
        yield below(f"{named}, pixels", high, PIXELS, "px")
        yield below(f"{named}, bytes", size / 1000, KILOBYTES, "kB")
    sheets = [f"/ville/{quote(code)}" for code in codes[:2]]
    routes = [*sheets, f"{sheets[0]}.svg", "/ville", "/flux.atom"]
    routes += [f"/graphique/{name}" for name in ("mesures", "matrice", "groupes", "intervalles")]
    for route in routes:
        answer = context.request.get(f"{address}{route}?{urlencode({'pacte': pact})}")
        yield below(f"{shape}: {route}, bytes", len(answer.body()) / 1000, KILOBYTES, "kB")
    if len(codes) > 1:
        names = {"pacte": pact, "villes": ",".join(codes[:2])}
        printed, high = _paper(context, f"{address}/comparer?{urlencode(names)}", None)
        yield below(f"{shape}: /comparer, on paper", printed, SHEETS, "sheets")
        yield below(f"{shape}: /comparer, pixels", high, PIXELS, "px")
    for route in sheets:
        picture = pictures and pictures / f"{shape}{route.replace('/', '-')}.png"
        printed, high = _paper(context, f"{address}{route}?{urlencode({'pacte': pact})}", picture)
        yield below(f"{shape}: {route}, on paper", printed, SHEETS, "sheets")
        yield below(f"{shape}: {route}, pixels", high, PIXELS, "px")
    context.close()


def _paper(context, address: str, picture: Path | None) -> tuple[int, int]:
    """(sheets of paper, pixels) of a page without scripts."""
    page = context.new_page()
    page.goto(address)
    printed = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    high = page.evaluate("document.documentElement.scrollHeight")
    if picture:
        page.screenshot(path=picture, full_page=True)
    page.close()
    return printed, high


def _cities(context, address: str, pact: str) -> list[str]:
    listed = context.request.get(f"{address}/ville?{urlencode({'pacte': pact})}").text()
    return list(dict.fromkeys(re.findall(r'href="/ville/([^"?/]+)', listed)))


def _view(context, address: str, pictures: Path | None, name: str) -> tuple[int, int]:
    """(pixels, bytes that came over the page's socket) of a view once it is drawn."""
    page, received = context.new_page(), [0]

    def count(frame) -> None:
        received[0] += len(frame)

    page.on("websocket", lambda socket: socket.on("framereceived", count))
    page.goto(address)
    page.get_by_test_id("stApp").and_(
        page.locator("[data-test-script-state=notRunning]")
    ).wait_for()
    page.wait_for_load_state("networkidle")
    high = page.evaluate(
        "document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight"
    )
    if pictures:
        page.set_viewport_size({"width": 1280, "height": min(high + 100, 12_000)})
        page.wait_for_timeout(500)
        page.screenshot(path=pictures / f"{re.sub('[^a-z0-9]+', '-', name)}.png")
    page.close()
    return high, received[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = list(rows(Path(folder), options.pictures, options.only))
    print(table(found))
    sys.exit(any(row.met is False for row in found))


if __name__ == "__main__":
    main()
