"""Facts of which one cell has several addresses: each of them is a source of its own."""

import csv
import io
from datetime import date

from monitor.commands.loading import file_context
from monitor.i18n import interface_language
from monitor.intake import shape_of
from monitor.intake.cells import may_have_addresses
from monitor.intake.parts import Part, title_of_sheet
from monitor.intake.reading import read_file_as
from monitor.intake.unreadable import Unreadable
from monitor.pacts import Pact
from monitor.store import Session


def list_more_sources(session: Session, pact: Pact, part: Part, today: date) -> Part | None:
    """The further sources of a part that holds actions, whose signatories the log knows; None where no
    cell has several addresses."""
    if part.content != "actions" or not _may_have_any(part):
        return None
    table = part.open_table()
    table.splits_addresses = True
    shape = shape_of("actions", file_context(session, pact, "actions", today))
    for _ in read_file_as(table, shape):
        pass
    if not table.more_addresses:
        return None
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("action_id", "source_url"))
    rows.writerows(table.more_addresses)
    title = title_of_sheet("sources", interface_language(pact.language))
    return Part("sources", f"{part.name} · {title}", io.BytesIO(text.getvalue().encode()))


def _may_have_any(part: Part) -> bool:
    try:
        return any(may_have_addresses(cell) for _, _, cells in part.open_table() for cell in cells)
    except Unreadable:
        return False
