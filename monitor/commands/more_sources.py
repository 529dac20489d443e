"""More sources of an entry, as somebody types them: each waits for another person by itself."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from monitor import intake
from monitor.accounts import Bearer
from monitor.commands.files import FILE_KINDS, GONE, RETRACTED
from monitor.commands.loading import file_in_memory, load
from monitor.commands.report import Report
from monitor.commands.rows import RowWriter
from monitor.commands.transaction import Work
from monitor.errors import InvalidRow
from monitor.findings import RowError
from monitor.pacts import Pact
from monitor.schema import COLUMNS, Values
from monitor.store import Session, Store


def add_source(
    store: Store,
    who: Bearer,
    pact_id: str,
    action_id: str,
    source: Mapping[str, str],
    now: datetime | None = None,
) -> Report:
    """Give an entry one more source (columns of sources.csv): a file of one row, which waits for another
    person as any other does. Raises as `load` does; what is wrong with a cell is in the report."""
    table = io.StringIO()
    row = {**source, "action_id": action_id}
    csv.writer(table).writerows(
        [COLUMNS["sources"], [row.get(name, "") for name in COLUMNS["sources"]]]
    )
    return load(
        store,
        "sources",
        file_in_memory(table.getvalue()),
        pact_id=pact_id,
        name=_file_name(action_id),
        who=who,
        now=now,
    )


def field_of_source(column: str, number: int) -> str:
    """What a form calls a column of the source of that number; 1 is the one that the entry cites."""
    return column if number == 1 else f"{column}_{number}"


def check_more_sources(
    action_id: str, cited: str, sources: Sequence[Mapping[str, str]], today: date
) -> list[Values]:
    """What is typed of further sources of a new entry (columns of sources.csv), as rows. `cited`: the
    address, or else the title, of the source that it cites. Raises InvalidRow, whose errors name a
    column as `field_of_source` does."""
    context = intake.Context(today=today)
    found, rows, errors = {cited}, [], []
    for number, source in enumerate(sources, start=2):
        given = {**source, "action_id": action_id, "source_no": str(number - 1)}
        cells = [given.get(name, "") for name in COLUMNS["sources"]]
        row = intake.check_row("sources", cells, context)
        wrong = list(row.errors)
        mark = "" if wrong else row.values.source_url or row.values.source_title
        if mark and mark in found:
            column = "source_url" if row.values.source_url else "source_title"
            wrong.append(RowError(None, column, mark, "source_repeated"))
        found.add(mark)
        rows.append(row.values)
        errors += [replace(one, column=field_of_source(one.column, number)) for one in wrong]
    if errors:
        raise InvalidRow(errors)
    return rows


def sources_given(
    session: Session, pact_id: str, action_id: str, *, refused: bool = False
) -> list[Values]:
    """The further sources of an entry, as they were last given: without what was retracted or removed by
    a court and, unless `refused`, what was refused or withdrawn with its file."""
    every = FILE_KINDS["sources"].versions(session, pact_id, [(action_id,)])
    left_out = {RETRACTED} if refused else {RETRACTED, *GONE}
    last = [versions[-1] for _, versions in sorted(every.items(), key=lambda one: int(one[0][1]))]
    return [one.values for one in last if one.state not in left_out and not one.redacted]


def write_more_sources(work: Work, pact: Pact, rows: Sequence[Values]) -> None:
    """Write these sources of an entry that was just written, each in a file of its own that waits."""
    for row in rows:
        name = _file_name(row.action_id)
        RowWriter(
            work.session, work.journal, FILE_KINDS["sources"], pact, name, accepted=False
        ).write([(row, None)])


def _file_name(action_id: str) -> str:
    return f"source-{action_id}.csv"[-255:]
