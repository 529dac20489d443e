"""One SQLite file with keys, indices and full-text search, and what Datasette shows of it."""

import errno
import sqlite3
from collections.abc import Sequence

from sqlite_utils import Database

from monitor.export.content import Content, Table
from monitor.export.fields import (
    TABLES,
    UNITS,
    describe_column,
    table_description,
    table_title,
)
from monitor.export.files import ExportFolder, pact_as_dict, write_object
from monitor.export.keys import FOREIGN, PRIMARY
from monitor.export.licences import licence_address
from monitor.i18n import LANGUAGES
from monitor.store.atomic import create_private

METADATA = "metadata.json"
TYPES = {"integer": int, "number": float, "boolean": int}
#: What one filters by, beside the keys.
INDICES = {
    "signatories": ("commune", "outcome"),
    "mandates": ("office",),
    "answers": ("measure", "answer"),
    "actions": ("measure", "kind", "status", "happened_on", "supersedes"),
    "areas": ("department_code", "region_code"),
    "entries": ("measure", "status", "counts_on"),
    "commitments": ("measure", "status", "verdict", "commune", "department_code", "region_code"),
}
SEARCHED = {
    "actions": ("summary", "source_title", "source_publisher", "quote"),
    "signatories": ("name",),
    "answers": ("comment",),
}
#: Here every place is in `areas`, whoever brought it.
_PLACE = ((("commune",), "areas", ("code",)),)
#: The column by which Datasette names a row elsewhere.
_LABELS = {"signatories": "name", "areas": "name", "measures": "title_fr", "pact": "title"}


def write_sqlite(out: ExportFolder, content: Content) -> None:
    """`<pact>.db` and the `metadata.json` that goes with it: `datasette <pact>.db -m metadata.json`.

    The indicators are one table with the grouping as a column: one page to filter, one description,
    and a total beside its parts.
    """
    name = f"{content.pact.id}.db"
    contract = [table for table in content.contract() if table.name != "areas"]
    tables = [
        _pact(content),
        content.measures(),
        content.places("areas"),
        *contract,
        content.entries(),
        content.commitments(),
        content.all_indicators(),
        *content.analysis_tables(),
        *content.sample_tables(),
    ]
    names = [table.name for table in tables]
    path = out.path(name, sum(table.count for table in tables))
    create_private(path)
    db = Database(path)
    try:
        # A file that nobody else has: an interrupted one is thrown away as a whole.
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        for table in tables:
            _fill(db, table, out)
        for name in names:
            if name in SEARCHED:
                db.table(name).enable_fts(SEARCHED[name], tokenize="unicode61 remove_diacritics 2")
                db.table(name).optimize()
        db.analyze()
    except sqlite3.OperationalError as error:
        raise OSError(errno.EIO, str(error)) from None  # a full disk, as for any other file
    finally:
        db.close()
    write_object(out, METADATA, _metadata(content, path.stem, names))


def _pact(content: Content) -> Table:
    given = pact_as_dict(content.pact)
    if "binding_offices" in given:
        given["binding_offices"] = ";".join(given["binding_offices"])
    values = {**content.about, **given}
    row = [values.get(field.name) for field in TABLES["pact"]]
    row = [value.isoformat() if hasattr(value, "isoformat") else value for value in row]
    return Table("pact", lambda: iter([[row]]), 1)


def _foreign(name: str) -> tuple:
    own = FOREIGN.get(name, ())
    return own + _PLACE if name in ("signatories", "commitments") else own


def _fill(db: Database, table: Table, out: ExportFolder) -> None:
    fields = TABLES[table.name]
    keys = PRIMARY[table.name]
    made = db.table(table.name).create(
        {field.name: TYPES.get(field.type, str) for field in fields},
        pk=keys[0] if len(keys) == 1 else keys,
        not_null={field.name for field in fields if field.required},
        foreign_keys=[
            (own[0], other, theirs[0])
            for own, other, theirs in _foreign(table.name)
            if len(own) == 1
        ],
    )
    marks = ", ".join("?" * len(fields))
    for chunk in out.read(table):
        with db.atomic():
            db.conn.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', chunk)
    for column in INDICES.get(table.name, ()):
        made.create_index([column])
    if table.name == "actions":
        made.create_index(["signatory_id", "measure"])


def _metadata(content: Content, database: str, names: Sequence[str]) -> dict:
    pact = content.pact
    return {
        "title": pact.title,
        "description": _both(table_description, "export"),
        "license": content.about["licence"],
        "license_url": licence_address(pact.licence),
        "source": pact.promoter,
        **content.about,
        "format": "sqlite",
        "custom_units": [f"{unit} = [{unit}]" for unit in UNITS if unit != "degree"],
        "databases": {
            database: {
                "title": pact.title,
                "tables": {
                    name: {
                        "title": _both(table_title, name),
                        "description": _both(table_description, name),
                        "columns": {
                            field.name: _both(describe_column, name, field.name)
                            for field in TABLES[name]
                        },
                        "units": {field.name: field.unit for field in TABLES[name] if field.unit},
                        **({"label_column": _LABELS[name]} if name in _LABELS else {}),
                    }
                    for name in names
                },
            }
        },
    }


def _both(words, *arguments: str) -> str:
    """In each language: Datasette has one place for a description."""
    return " — ".join(dict.fromkeys(words(*arguments, lang) for lang in LANGUAGES))
