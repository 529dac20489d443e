"""A pact of a few people and measures, written by hand: who holds the office when, and what was read."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from monitor import areas, commands
from monitor.commands.loading import file_in_memory
from monitor.read import query
from monitor.read.selection import View
from monitor.snapshot import Snapshots

PACT, LOADED_ON = "petit", datetime(2026, 9, 1, tzinfo=UTC)
TEXT = """
id = "petit"
title = "Petit pacte"
promoter = "Essai"
election = "Essai"
election_on = 2014-03-30
term_start = 2014-04-01
term_end = 2020-07-05
language = "fr"
fictional = true
"""
MEASURE = """
[[measures]]
id = "{id}"
objective = "Essai"
wording = "Mesure {id}"
title_fr = "Mesure {id}"
title_en = "Measure {id}"
criterion_fr = "Fait"
criterion_en = "Done"
"""


def csv_of(rows: Sequence[dict]) -> str:
    """The text of a file with these rows, columns in the order in which they are first met."""
    out = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def people_of(count: int, **values: str) -> list[dict]:
    """So many elected, each of a place of their own; `values`: what else holds of all."""
    places = areas.communes().index[:: len(areas.communes()) // (count + 1)]
    return [
        {
            "signatory_id": f"s{n}",
            "name": f"Personne {n}",
            "commune": place,
            "outcome": "elected",
            **values,
        }
        for n, place in enumerate(places[:count], start=1)
    ]


def load_small(
    store,
    people: Sequence[dict],
    entries: Iterable[tuple[str, str, str, str]],
    mandates: Sequence[dict] = (),
    measures: int = 3,
    text: str = TEXT,
) -> None:
    """`entries`: of whom, of which measure, what day, what status."""
    store.create()
    pact = text + "".join(MEASURE.format(id=n) for n in range(1, measures + 1))
    files = {"signatories": people, "mandates": mandates, "actions": _actions(entries)}
    report = commands.load_pact(store, file_in_memory(pact), name="pact.toml", now=LOADED_ON)
    assert report.loaded, report.errors[:3]
    for kind, rows in files.items():
        if rows:
            rows = file_in_memory(csv_of(rows))
            report = commands.load(
                store, kind, rows, pact_id=PACT, name=f"{kind}.csv", now=LOADED_ON
            )
            assert report.loaded, report.errors[:3]


def _actions(entries: Iterable[tuple[str, str, str, str]]) -> list[dict]:
    return [
        {
            "action_id": f"a{n}",
            "signatory_id": who,
            "measure": measure,
            "happened_on": day,
            "status": status,
            "summary": "Lu.",
            "source_kind": "press",
            "source_title": "Un article",
        }
        for n, (who, measure, day, status) in enumerate(entries, start=1)
    ]


def view_of(store, **asked: str) -> View:
    """What an address of the pact shows."""
    view = query.read_view(Snapshots(store).current(), {"pacte": PACT, **asked})
    assert view is not None
    return view
