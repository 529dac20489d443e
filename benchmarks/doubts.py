"""What the doubts of a load cost: the same files loaded with and without them, in one process, in turn.
Prints, by content, the CPU seconds of both as JSON.

Beside the demo's own files: near-namesakes in one commune, and mandates of those who were not elected.
"""

import csv
import json
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

from benchmarks.files import write_demo
from monitor import commands
from monitor.commands import loading
from monitor.schema import COLUMNS
from monitor.store import open_store

SIGNATORIES, ACTIONS = 30_000, 99_000
CONTENTS = ("signatories", "mandates", "actions")
#: Rounds of which the cheapest counts: other work on the machine only adds to it.
ROUNDS = 2
#: People of one commune whose names are alike.
NAMESAKES = 250
FAMILY = "Jeanne Le Goff-{}"


class _Silent:
    """Who finds nothing odd."""

    seen = repeated = frozenset()

    def see(self, rows) -> None:
        """Look at none."""

    weigh = see

    def finish(self) -> None:
        """Say nothing."""


def main() -> dict[str, dict[str, float]]:
    best: dict[str, dict[str, float]] = {content: {} for content in CONTENTS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_demo(folder, SIGNATORIES, ACTIONS)
        _make_odd(folder)
        for number in range(ROUNDS):
            for kind in ("without", "with"):
                for content, seconds in _loaded(folder, f"{kind}{number}.db", kind == "with"):
                    best[content][kind] = min(best[content].get(kind, seconds), seconds)
    return best


def _make_odd(folder: Path) -> None:
    with (folder / "mandates.csv").open(encoding="utf-8") as file:
        first = next(csv.DictReader(file))
    people = [
        {
            "signatory_id": f"alike-{n}",
            "name": FAMILY.format(chr(65 + n % 26) * (1 + n // 26)),
            "commune": "29232",
            "signed_on": "2020-05-01",
            "outcome": "defeated",
        }
        for n in range(NAMESAKES)
    ]
    held = [{**first, "signatory_id": one["signatory_id"]} for one in people]
    for content, rows in (("signatories", people), ("mandates", held)):
        with (folder / f"{content}.csv").open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, COLUMNS[content]).writerows(rows)


def _loaded(folder: Path, database: str, doubting: bool):
    """(content, CPU seconds) of each file, loaded into a database of its own."""
    store = open_store(f"sqlite:///{folder / database}")
    store.create()
    with (folder / "pact.toml").open("rb") as file:
        commands.load_pact(store, file, name="pact.toml")
    silent = {"make_weighing": lambda *_: _Silent(), "tell_gone": lambda *_: None}
    with nullcontext() if doubting else patch.multiple(loading, **silent):
        for content in CONTENTS:
            start = time.process_time()
            with (folder / f"{content}.csv").open("rb") as file:
                report = commands.load(store, content, file, pact_id="demo", name=f"{content}.csv")
            yield content, time.process_time() - start
            assert report.loaded and bool(report.doubts) >= (doubting and content != "actions")


if __name__ == "__main__":
    print(json.dumps(main()), file=sys.stdout)
