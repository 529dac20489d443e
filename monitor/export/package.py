"""A Frictionless Data Package: CSV files, and a description that programs check them against."""

import hashlib
from pathlib import Path

from monitor.export.content import Content, Table
from monitor.export.fields import (
    TABLES,
    Field,
    describe_column,
    fields_in,
    table_description,
    table_title,
    title_of_column,
)
from monitor.export.files import ExportFolder, write_csv, write_object, write_pact
from monitor.export.keys import FOREIGN, PRIMARY
from monitor.export.licences import licence_address
from monitor.i18n import LANGUAGES
from monitor.pacts import Pact

DESCRIPTOR = "datapackage.json"


def write_package(out: ExportFolder, content: Content, form: str = "datapackage") -> None:
    """The tables, `dictionary.csv` and `datapackage.json` (Data Package 1, Table Schema 1).

    Titles and descriptions are in French; `titles` and `descriptions` hold them by language: the
    specification has no property for it and lets a publisher add some.
    """
    write_pact(out, content.pact)
    tables = [content.measures(), *content.contract(), content.places(), content.entries()]
    tables.append(content.commitments())
    tables += [*content.indicators(), *content.analysis_tables(), *content.sample_tables()]
    tables.append(_dictionary(tables))
    resources = [
        _resource(out.folder / write_csv(out, table, mark=False), table, content.pact)
        for table in tables
    ]
    pact = out.folder / "pact.toml"
    resources.append(
        {
            "name": "pact",
            "path": pact.name,
            **_words("pact"),
            **_bytes(pact),
            "format": "toml",
            "mediatype": "application/toml",
        }
    )
    licence = content.pact.licence
    named = {"name": licence, "path": licence_address(licence)} if licence else {}
    descriptor = {
        "profile": "data-package",
        "name": content.pact.id.lower().replace(":", "-"),
        "title": content.pact.title,
        "description": table_description("export", LANGUAGES[0]),
        "descriptions": {lang: table_description("export", lang) for lang in LANGUAGES},
        **({"licenses": [{key: value for key, value in named.items() if value}]} if named else {}),
        "sources": [{"title": content.pact.promoter}],
        **content.about,
        "format": form,
        "resources": resources,
    }
    write_object(out, DESCRIPTOR, descriptor)


def _primary_key(name: str) -> dict:
    """None where one of its cells may be empty, which the standard does not allow."""
    keys = PRIMARY.get(name, ())
    filled = {field.name for field in TABLES[name] if field.required}
    return {"primaryKey": list(keys)} if keys and filled.issuperset(keys) else {}


def _resource(path: Path, table: Table, pact: Pact) -> dict:
    return {
        "name": table.name,
        "path": path.name,
        "profile": "tabular-data-resource",
        **_words(table.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_bytes(path),
        "schema": {
            "fields": [_described(table.name, field) for field in fields_in(table.name, pact)],
            "missingValues": [""],
            **_primary_key(table.name),
            **({"foreignKeys": _foreign(table.name)} if table.name in FOREIGN else {}),
        },
    }


def _words(table: str) -> dict:
    return {
        "title": table_title(table, LANGUAGES[0]),
        "titles": {lang: table_title(table, lang) for lang in LANGUAGES},
        "description": table_description(table, LANGUAGES[0]),
        "descriptions": {lang: table_description(table, lang) for lang in LANGUAGES},
    }


def _bytes(path: Path) -> dict:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "hash": f"sha256:{found}"}


def _described(table: str, field: Field) -> dict:
    limits = {
        "required": field.required or None,
        "enum": list(field.values) or None,
        "pattern": field.pattern,
        "minimum": field.low,
        "maximum": field.high,
    }
    limits = {name: value for name, value in limits.items() if value is not None}
    return {
        "name": field.name,
        "type": field.type,
        "title": title_of_column(field.name, LANGUAGES[0]),
        "titles": {lang: title_of_column(field.name, lang) for lang in LANGUAGES},
        "description": describe_column(table, field.name, LANGUAGES[0]),
        "descriptions": {lang: describe_column(table, field.name, lang) for lang in LANGUAGES},
        **({"unit": field.unit} if field.unit else {}),
        **({"constraints": limits} if limits else {}),
    }


def _foreign(table: str) -> list[dict]:
    """A key to the table itself has an empty name there."""
    return [
        {
            "fields": list(own),
            "reference": {"resource": "" if other == table else other, "fields": list(theirs)},
        }
        for own, other, theirs in FOREIGN[table]
    ]


def _dictionary(tables: list[Table]) -> Table:
    rows = [
        (
            f"{name}.csv",
            field.name,
            field.type,
            field.unit,
            *(describe_column(name, field.name, lang) for lang in LANGUAGES),
        )
        for name in (*(table.name for table in tables), "dictionary")
        for field in TABLES[name]
    ]
    return Table("dictionary", lambda: iter([rows]), len(rows))
