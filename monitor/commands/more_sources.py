"""One more source of an entry, as somebody types it."""

import csv
import io
from collections.abc import Mapping
from datetime import datetime

from monitor.accounts import Bearer
from monitor.commands.loading import file_in_memory, load
from monitor.commands.report import Report
from monitor.schema import COLUMNS
from monitor.store import Store


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
    name = f"source-{action_id}.csv"[-255:]
    return load(
        store,
        "sources",
        file_in_memory(table.getvalue()),
        pact_id=pact_id,
        name=name,
        who=who,
        now=now,
    )
