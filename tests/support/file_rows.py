"""A good row of each kind of file, and what reading a file says of it."""

import csv
import io
from datetime import date

from monitor import areas, intake
from monitor.intake import COLUMNS, Context

CONTEXT = Context(
    today=date(2026, 3, 2),
    signatories={"hidalgo-paris"},
    measures=["1", "2", "3"],
    areas=areas.insee_areas(),
    retired=areas.retired_codes(),
    election_on=date(2014, 3, 30),
)
ACTION = {
    "action_id": "a1",
    "signatory_id": "hidalgo-paris",
    "measure": "1",
    "happened_on": "2016-02-16",
    "kind": "assessment",
    "status": "decided",
    "summary": "Un acte",
    "source_kind": "press",
    "source_title": "Titre",
    "source_url": "https://exemple.invalid/1",
}
SIGNATORY = {"signatory_id": "x", "name": "Zoé Œuvrard", "commune": "01004", "outcome": "elected"}
MANDATE = {"signatory_id": "hidalgo-paris", "office": "mayor", "started_on": "2014-04-05"}
AREA = {"code": "BE-21004", "name": "Bruxelles", "population": "188000"}
ROWS = {"actions": ACTION, "signatories": SIGNATORY, "mandates": MANDATE, "areas": AREA}


def as_csv(*rows: dict, separator=",", encoding="utf-8", columns=None) -> bytes:
    out = io.StringIO()
    columns = columns or list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(out, columns, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def read(content: bytes, kind: str = "actions") -> list[intake.Row]:
    """The rows of a file; the sentences of their errors exist in both languages."""
    rows = list(intake.read_file(io.BytesIO(content), kind, CONTEXT))
    for error in (error for row in rows for error in row.errors):
        assert intake.error_sentence(error, "fr") and intake.error_sentence(error, "en")
    return rows


def codes(content: bytes, kind: str = "actions") -> list[str]:
    return [error.code for row in read(content, kind) for error in row.errors]


def value(content: bytes, column: str, kind: str = "actions") -> str | None:
    (row,) = read(content, kind)
    assert not row.errors, row.errors
    return row.values[COLUMNS[kind].index(column)]
