"""An export as a whole: a pact, in one format, into one folder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from monitor import snapshot
from monitor.export import bundle, package, sqlite
from monitor.export.content import Content, Samples
from monitor.export.fields import TABLES
from monitor.export.files import (
    ExportFolder,
    replace_folder,
    write_csv,
    write_json,
    write_object,
    write_pact,
    write_parquet,
    write_workbook,
)
from monitor.export.forms import semicolon_dialect
from monitor.i18n import LANGUAGES
from monitor.snapshot import Snapshot
from monitor.store import Store

FORMATS = ("csv", "semicolon.csv", "xlsx", "json", "parquet", "sqlite", "datapackage", "bundle")
#: By the name of a published table, its parts.
Analyses = Mapping[str, Sequence[pd.DataFrame]]
#: The file by which an export of each format is known.
MARKERS = {
    **dict.fromkeys(FORMATS, "export.json"),
    "sqlite": sqlite.METADATA,
    "datapackage": package.DESCRIPTOR,
    "bundle": package.DESCRIPTOR,
}


@dataclass(frozen=True)
class ExportReport:
    """What was written: file -> its number of rows, None for what is no table. `dated_by_log`: the
    entries that a reload may count from a later day (`choose_entries`)."""

    files: dict[str, int | None]
    about: dict
    dated_by_log: int


def publish_pact(
    store: Store,
    pact_id: str | None,
    folder: Path,
    form: str,
    *,
    day: date | None = None,
    known_at: datetime | None = None,
    lang: str = LANGUAGES[0],
    read_samples: Callable[[Snapshot, str, datetime | None], Samples] | None = None,
    read_analyses: Callable[[Snapshot, str, date, datetime | None], Analyses] | None = None,
    expected: Callable[[int], Callable[[int], None]] = lambda total: lambda rows: None,
) -> ExportReport:
    """Write the open data of a pact, the default one if none is named, into a folder, which is made if
    it is missing.

    The contract's files, loaded into an empty database, give the same status and the same indicators
    (`chosen` says what a file cannot carry). No account, no reviewer and no `recorded_by` is in any
    of them. All files take their place at the end, together. `lang`: in which they say that the pact
    gives no licence, and in which spreadsheets are written.

    `read_samples`: what gives the random samples of a pact in a snapshot, as known at a time;
    `read_analyses`: the tables of its analyses on a day.
    `expected` is told how many rows there will be, and gives what to tell the number written. Raises
    NotFound (`unknown_pact`), InvalidValue (`no_pact`), Refused (`export_folder_taken`,
    `export_of_another`) and what `Store.reading` raises.
    """
    current = snapshot.Snapshots(store).current()
    content = Content.read(store, current, pact_id, day, known_at, lang)
    if read_samples:
        content = replace(content, samples=read_samples(current, content.pact.id, known_at))
    if read_analyses:
        found = read_analyses(current, content.pact.id, content.day, known_at)
        content = replace(content, analyses=found)
    total = len(content.chosen.seq) + len(content.known.commitments)
    pact_id = content.pact.id
    marked = {"pact": pact_id, "format": form}

    def mine(name: str) -> bool:
        stem, _, ending = name.partition(".")
        if form == "sqlite":
            return name in (MARKERS[form], f"{pact_id}.db")
        if form == "bundle" and name in bundle.ADDED:
            return True
        if stem.startswith("sample-") and ending == "txt":
            return True
        own = form if form in ("json", "xlsx", "parquet") else "csv"
        return (stem in TABLES and ending == own) or name in (MARKERS[form], "pact.toml")

    with replace_folder(folder, MARKERS[form], mine, marked) as made:
        out = ExportFolder(made, expected(total))
        for name, lines in (content.samples.lists if content.samples else {}).items():
            out.path(name).write_text(lines, "utf-8")
        if form == "sqlite":
            sqlite.write_sqlite(out, content)
        elif form == "datapackage":
            package.write_package(out, content)
        elif form == "bundle":
            bundle.write_bundle(out, content)
        else:
            _tables(out, content, form, lang)
    return ExportReport(out.files, content.about, content.chosen.dated_by_log)


def _tables(out: ExportFolder, content: Content, form: str, lang: str) -> None:
    tables = [*content.contract(), content.places(), content.entries(), content.commitments()]
    tables += [*content.indicators(), *content.analysis_tables(), *content.sample_tables()]
    write_pact(out, content.pact)
    for table in tables:
        if form == "json":
            write_json(out, table, content.about)
        elif form == "parquet":
            write_parquet(out, table, content.about)
        elif form == "xlsx":
            write_workbook(out, table, content.about, lang)
        else:
            dialect = semicolon_dialect(lang) if form == "semicolon.csv" else {}
            write_csv(out, table, mark=True, **dialect)
    counts = {name: rows for name, rows in out.files.items() if rows is not None}
    write_object(out, MARKERS[form], {**content.about, "format": form, "rows": counts})
