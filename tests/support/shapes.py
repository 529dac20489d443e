"""Pacts of other shapes, loaded; and what a route says of them."""

import csv
import html
import io
import re
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.applications import Starlette

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.store import open_store
from monitor.web import api, chart, comparison, feed, sheet
from tests.support.paths import SHAPES
from tests.support.routes import Client
from tests.support.whole_pacts import load_files

#: After the last fact of any of them.
LOADED_ON = datetime(2026, 9, 1, tzinfo=UTC)


def load_shape(
    store,
    name: str,
    now: datetime = LOADED_ON,
    themed: bool = False,
    change: Callable[[str], str] = str,
    change_table: Callable[[str, str], str] = lambda kind, text: text,
) -> str:
    """The identifier of the pact of a folder, with all that is in it. `themed`: what it says as the
    objectives of measures are their themes. `change`: what else becomes of the text of the pact;
    `change_table`: of a table, after its kind."""
    folder = SHAPES / name
    text = (folder / "pact.toml").read_text("utf-8")
    if themed:
        text = text.replace("\nobjective = ", "\ntheme = ")
    text = change(text)
    report = commands.load_pact(store, file_in_memory(text), name="pact.toml", now=now)
    assert report.loaded, report.errors[:3]
    pact = tomllib.loads(text)["id"]
    for kind in ("areas", "signatories", "mandates", "actions"):
        if (path := folder / f"{kind}.csv").exists():
            rows = file_in_memory(change_table(kind, path.read_text("utf-8-sig")))
            report = commands.load(
                store, kind, rows, pact_id=pact, name=path.name, now=now, skip_rejected=True
            )
            assert report.loaded, report.errors[:3]
    return pact


def shape_files(name: str) -> dict[str, bytes]:
    """The files of a folder, by their names."""
    return {path.name: path.read_bytes() for path in sorted((SHAPES / name).iterdir())}


def sheets_of(files: dict[str, bytes]) -> dict[str, list]:
    """The files of a folder as the sheets of one workbook."""
    files = dict(files)
    data = tomllib.loads(files.pop("pact.toml").decode())
    measures = data.pop("measures")
    titles = list(dict.fromkeys(title for measure in measures for title in measure))
    sheets: dict[str, list] = {
        "Pacte": [
            (key, ";".join(value) if isinstance(value, list) else str(value))
            for key, value in data.items()
        ],
        "Mesures": [titles, *([measure.get(title) for title in titles] for measure in measures)],
    }
    for file, content in files.items():
        sheets[file.removesuffix(".csv")] = [*csv.reader(io.StringIO(content.decode()))]
    return sheets


def load_shape_folder(url: str, name: str, **how) -> str:
    """The identifier of the pact of a folder, loaded as a whole into a new database; `how`: what
    `commands.load_whole_pact` is told."""
    store = open_store(url)
    store.create()
    whole = load_files(store, shape_files(name), **{"now": LOADED_ON, **how})
    assert whole.loaded, [report.errors[:3] for report in whole.reports]
    assert whole.pact_id
    return whole.pact_id


def all_routes() -> Client:
    parts = (api, feed, sheet, comparison, chart)
    return Client(Starlette(routes=[route for part in parts for route in part.ROUTES]))


def read_page(page: str) -> str:
    """What a page says, its titles included, without styles and figures."""
    page = re.sub(r"<(style|script).*?</\1>", "", page, flags=re.S)
    titles = " ".join(re.findall(r'(?:content|title|aria-label)="([^"]*)"', page))
    return html.unescape(f"{re.sub(r'<[^>]+>', ' ', page)} {titles}").replace("\u00a0", " ")
