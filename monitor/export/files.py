"""Writing tables to files, and putting an export in its place: all of it or nothing."""

import csv
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import tomli_w

from monitor.errors import InvalidValue, Refused
from monitor.export.content import Table
from monitor.export.fields import TABLES, describe_column, title_of_column
from monitor.export.forms import FORMS, Caption
from monitor.export.parquet import parquet_parts
from monitor.models import AreaCodes
from monitor.pacts import Pact
from monitor.schema import FILES
from monitor.tables import COUNTED, safe_cell, whole_cell

#: How the folder is called in which an export is made.
UNFINISHED = ".export-"


@dataclass
class ExportFolder:
    """The files of an export as they are made in `folder`: name -> number of rows, None for what is
    no table. `progress` is told the number of rows written so far."""

    folder: Path
    progress: Callable[[int], None] = lambda rows: None
    files: dict[str, int | None] = field(default_factory=dict)
    rows: int = 0

    def path(self, name: str, rows: int | None = None) -> Path:
        """Where to write a file of the export."""
        self.files[name] = rows
        return self.folder / name

    def read(self, table: Table) -> Iterator[Sequence[Sequence]]:
        """The rows of a table, counted as they pass."""
        for chunk in table.chunks():
            yield chunk
            self.rows += len(chunk)
            self.progress(self.rows)


def write_csv(
    out: ExportFolder, table: Table, *, mark: bool, delimiter: str = ",", decimal: str = "."
) -> str:
    """RFC 4180 in UTF-8, every cell quoted, no text that a spreadsheet runs. Returns the file's name.

    `mark`: with the byte order mark by which Excel knows UTF-8; `decimal`: the mark in shares.
    """
    name = f"{table.name}.csv"
    numbers = _numbers(table)
    writers = [
        _writer(column, place in numbers, decimal) for place, column in enumerate(table.columns)
    ]
    path = out.path(name, table.count)
    with path.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, delimiter=delimiter)
        writer.writerow(table.columns)
        for chunk in out.read(table):
            writer.writerows(
                [write(value) for write, value in zip(writers, row, strict=True)] for row in chunk
            )
    return name


def _writer(column: str, is_number: bool, decimal: str) -> Callable[[Any], str]:
    """How a cell of a column is written."""
    if column in COUNTED:
        return lambda value: whole_cell(_number_cell(value, "."))
    return partial(_number_cell, decimal=decimal) if is_number else safe_cell


def _number_cell(value: float | str | None, decimal: str) -> str:
    """One that is text is written as it was given."""
    if value is None:
        return ""
    return str(value).replace(".", decimal) if isinstance(value, float) else str(value)


def write_workbook(out: ExportFolder, table: Table, view: Mapping, lang: str) -> None:
    """XLSX as downloads have it: the rows, their columns, what they are a view of. Words stand beside
    the codes of what cannot be loaded again."""
    columns = list(table.columns)
    caption = Caption(
        view,
        lang,
        title=lambda column: title_of_column(column, lang),
        meaning=lambda column: describe_column(table.name, column, lang),
        loads=table.name in FILES,
    )
    empty = pd.DataFrame(columns=columns, dtype=object)
    parts = (pd.DataFrame(chunk, columns=columns, dtype=object) for chunk in out.read(table))
    with out.path(f"{table.name}.xlsx", table.count).open("wb") as file:
        for piece in FORMS["xlsx"].encode(chain([empty], parts), caption):
            file.write(piece)


def write_json(out: ExportFolder, table: Table, view: Mapping) -> None:
    """One object: what it is a view of, then the exact values under `rows`."""
    numbers = _numbers(table)
    beside = {name: value for name, value in view.items() if name not in table.columns}
    with out.path(f"{table.name}.json", table.count).open("wb") as file:
        file.write(b"{")
        for name, value in beside.items():
            file.write(orjson.dumps(name) + b":" + orjson.dumps(value) + b",\n")
        file.write(b'"rows":[')
        before = b"\n"
        for chunk in out.read(table):
            for row in chunk:
                values = [
                    _number(value) if place in numbers and isinstance(value, str) else value
                    for place, value in enumerate(row)
                ]
                file.write(before + orjson.dumps(dict(zip(table.columns, values, strict=True))))
                before = b",\n"
        file.write(b"\n]}\n")


def write_parquet(out: ExportFolder, table: Table, view: Mapping) -> None:
    """The rows with typed columns; what they are a view of stands once in the metadata of the file."""
    types = {one.name: one.type for one in TABLES[table.name] if one.name not in view}
    columns = list(table.columns)
    empty = pd.DataFrame(columns=columns, dtype=object)
    parts = (pd.DataFrame(chunk, columns=columns, dtype=object) for chunk in out.read(table))
    with out.path(f"{table.name}.parquet", table.count).open("wb") as file:
        pieces = parquet_parts((part[list(types)] for part in chain([empty], parts)), types, view)
        file.writelines(pieces)


def _numbers(table: Table) -> set[int]:
    """The places of the columns that hold numbers, even as text: those of areas are kept as they
    were given."""
    return {
        place
        for place, field in enumerate(TABLES[table.name])
        if field.type in ("number", "integer")
    }


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def write_object(out: ExportFolder, name: str, content: Mapping) -> None:
    """A JSON file for people and programs."""
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    out.path(name).write_text(text, "utf-8")


def write_pact(out: ExportFolder, pact: Pact) -> None:
    """pact.toml, as `load pact` takes it."""
    out.path("pact.toml").write_text(pact_as_toml(pact), "utf-8")


def pact_as_toml(pact: Pact) -> str:
    """The content of a pact.toml."""
    return tomli_w.dumps(pact_as_dict(pact))


def pact_as_dict(pact: Pact) -> dict:
    """The keys of a pact.toml in the contract's order, without those that say nothing."""
    names = [field.name for field in TABLES["pact"]]
    values = {name: getattr(pact, name) for name in names if hasattr(pact, name)}
    values["binding_offices"] = [*map(str, pact.binding_offices)] if pact.offices_said else None
    values["areas"] = pact.areas.value if pact.areas is not AreaCodes.INSEE else None
    values["offices"] = [_drop_empty(asdict(office)) for office in pact.offices] or None
    values["measures"] = [
        _drop_empty(
            {field.name: getattr(measure, field.name) for field in TABLES["measures"]}
            | {"due_on": _day_or_text(measure.due_on)}
        )
        for measure in pact.measures
    ]
    return _drop_empty(values)


def _day_or_text(edtf: str | None) -> date | str | None:
    """A whole day as TOML has it; a month or a year as a text."""
    return date.fromisoformat(edtf) if edtf and len(edtf) == 10 else edtf


def _drop_empty(values: dict) -> dict:
    return {name: value for name, value in values.items() if value is not None}


@contextmanager
def replace_folder(
    folder: Path, marker: str, mine: Callable[[str], bool], marked: Mapping[str, str]
) -> Iterator[Path]:
    """An empty folder to write in; when the block ends without an error, its files take the place of
    those of an earlier export in `folder`, which is made if it is missing. What an export that was
    killed left there goes.

    `marker`: the file by which an export is known; it must say what is in `marked`. Raises Refused
    (`export_folder_taken`, `export_of_another`) if the folder holds anything that is not `mine`, and
    InvalidValue where it cannot be written.
    """
    try:
        before = _earlier(folder, marker, mine, marked)
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        made = tempfile.mkdtemp(prefix=UNFINISHED, dir=folder)
    except OSError as error:
        raise InvalidValue("file_unreadable", path=str(folder), why=error.strerror) from None
    try:
        yield Path(made)
        for name in sorted(os.listdir(made), key=lambda name: name == marker):
            os.replace(Path(made) / name, folder / name)
            before.discard(name)
        for name in before:
            (folder / name).unlink()
    except OSError as error:
        raise InvalidValue("file_unreadable", path=str(folder), why=error.strerror) from None
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _earlier(
    folder: Path, marker: str, mine: Callable[[str], bool], marked: Mapping[str, str]
) -> set[str]:
    """The files of the export that stands in the folder. Hidden files are left alone."""
    if not folder.exists():
        return set()
    there = {name for name in os.listdir(folder) if not name.startswith(".")}
    _only(folder, there, lambda name: mine(name) and not (folder / name).is_dir())
    if not there:
        return set()
    try:
        found = json.loads((folder / marker).read_text("utf-8"))
    except (OSError, ValueError):
        raise Refused(
            "export_folder_taken", folder=str(folder), names=", ".join(sorted(there)[:3])
        ) from None
    if not isinstance(found, dict):
        raise Refused("export_folder_taken", folder=str(folder), names=marker)
    if {name: found.get(name) for name in marked} != dict(marked):
        raise Refused("export_of_another", folder=str(folder), pact=str(found.get("pact")))
    return there


def _only(folder: Path, there: Collection[str], mine: Callable[[str], bool]) -> None:
    if others := sorted(name for name in there if not mine(name)):
        raise Refused("export_folder_taken", folder=str(folder), names=", ".join(others[:3]))
