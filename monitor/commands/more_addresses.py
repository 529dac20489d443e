"""Facts of which one cell has several addresses: each of them is a source of its own."""

import csv
import io

from monitor.i18n import interface_language
from monitor.intake import Table
from monitor.intake.part_names import title_of_sheet
from monitor.intake.parts import Part
from monitor.pacts import Pact


def list_more_sources(pact: Pact, name: str, table: Table) -> Part:
    """The further sources of the facts of a table that was read, of that `name`."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("action_id", "source_url"))
    rows.writerows(table.more_addresses)
    title = title_of_sheet("sources", interface_language(pact.language))
    return Part("sources", f"{name} · {title}", io.BytesIO(text.getvalue().encode()))
