"""The folder of an export, read back."""

import csv
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from monitor.export.fields import TABLES
from monitor.export.publish import MARKERS
from monitor.frames.errors import CannotAnswer
from monitor.frames.rebuild import parse_pact, rebuild_log
from monitor.frames.sources import LogAt, Source, empty_rows
from monitor.intake.cells import clean_cell
from monitor.read.query import read_moment
from monitor.snapshot import Snapshot


def _read_csv(path: Path) -> pd.DataFrame:
    """As `load` reads it: without the apostrophe that keeps a spreadsheet from running a cell."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    filled = [[clean_cell(cell) or None for cell in row] for row in rows]
    return pd.DataFrame(filled, columns=header, dtype=object)


def _read_json(path: Path) -> pd.DataFrame:
    return pd.DataFrame(json.loads(path.read_text("utf-8"))["rows"], dtype=object)


def _read_parquet(path: Path) -> pd.DataFrame:
    return as_rows(pd.read_parquet(path))


def as_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Of a table of typed columns, the objects; None = empty."""
    return table.astype(object).where(table.notna(), None)


#: By the format of an export, how a table of it is called and read.
READERS: dict[str, tuple[str, Callable[[Path], pd.DataFrame]]] = {
    "csv": ("csv", _read_csv),
    "datapackage": ("csv", _read_csv),
    "bundle": ("csv", _read_csv),
    "json": ("json", _read_json),
    "parquet": ("parquet", _read_parquet),
}


#: The tables of which there is no file where there is nothing in them.
_LEFT_OUT = (
    *("answers", "details", "sources", "areas", "sample_plans", "sample"),
    *("sample_estimates", "sample_changes", "agreement", "agreement_pairs"),
)


class FolderSource(Source):
    """What `export` wrote: the log at one head, as it was known at one time."""

    def __init__(self, folder: Path, pact_id: str | None):
        self.address, self._folder = str(folder), folder
        self._about = self._read_marker()
        self.pact_id = self._about["pact"]
        if pact_id not in (None, self.pact_id):
            raise CannotAnswer("frames_other_pact", path=self.address, pact=self.pact_id)
        pact = parse_pact(self._path("pact.toml").read_bytes())
        at, _, digest = self._about["log_head"].partition(":")
        log = rebuild_log(pact, self._table)
        self._snapshot = Snapshot(int(at), digest, None, {self.pact_id: log})

    def _read_marker(self) -> dict:
        for name in dict.fromkeys(MARKERS.values()):
            path = self._folder / name
            if path.is_file():
                about = json.loads(path.read_text("utf-8"))
                if about.get("format") not in READERS:
                    known = ", ".join(READERS)
                    form = about.get("format")
                    raise CannotAnswer("frames_format", path=self.address, value=form, known=known)
                return about
        raise CannotAnswer("frames_no_export", path=self.address)

    @property
    def day(self) -> date:
        return date.fromisoformat(self._about["as_of"])

    def read(self, known_at: datetime | None) -> LogAt:
        moment = self._about["known_at"]
        if known_at is not None and (moment is None or read_moment(moment) != known_at):
            raise CannotAnswer(
                "frames_one_time", path=self.address, at=known_at.isoformat(), pact=self.pact_id
            )
        return LogAt(self._snapshot, None)

    def rows(self, table: str, known_at: datetime | None) -> pd.DataFrame:
        self.read(known_at)
        return self._table(table)

    def _table(self, table: str) -> pd.DataFrame:
        ending, read = READERS[self._about["format"]]
        path = self._folder / f"{table}.{ending}"
        if not path.is_file():
            if table in _LEFT_OUT:
                return empty_rows(table)
            raise CannotAnswer("frames_incomplete", path=str(path), pact=self.pact_id)
        found = read(path)
        missing = [field.name for field in TABLES[table] if field.name not in found]
        if missing and len(found):
            raise CannotAnswer("frames_incomplete", path=str(path), pact=self.pact_id)
        return found if len(found) else empty_rows(table)

    def _path(self, name: str) -> Path:
        path = self._folder / name
        if not path.is_file():
            raise CannotAnswer("frames_incomplete", path=str(path), pact=self.pact_id)
        return path
