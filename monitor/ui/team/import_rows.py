"""What would become of the rows of a file, by outcome: their cells in words, or what is refused."""

import pandas as pd
import streamlit as st

from monitor.findings import RowError
from monitor.i18n import join_items, plural, text
from monitor.intake.alike import group_alike
from monitor.intake.titles import TITLED, title_of
from monitor.models import RowOutcome
from monitor.read.selection import View
from monitor.schema import COLUMNS
from monitor.ui import figures
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.team import doubt_lists
from monitor.ui.team.cells import describe_cell
from monitor.ui.team.import_preview import OF_COLUMNS, SHOWN, Preview


def show_rows(view: View, held: Preview, outcome: RowOutcome, is_asked: bool) -> None:
    """The rows of one outcome, or what is refused of them: folded where the page asks of it elsewhere
    (`is_asked`)."""
    rows = held.rows.get(outcome, [])
    if not rows:
        return
    count = held.outcomes[outcome]
    faulty = outcome in (RowOutcome.REJECTED, RowOutcome.CONFLICT)
    title = plural(f"row_outcome.{outcome}", count, view.lang)
    opened = (faulty and not is_asked) or outcome is RowOutcome.CORRECTED
    with st.expander(title, expanded=opened):
        if faulty:
            for sentence in _faults(
                [error for _, _, errors in rows for error in errors], view.lang, held.content
            ):
                st.markdown(sentence)
        elif outcome is RowOutcome.CORRECTED:
            doubt_lists.show_changes(view, held.content, held.changes[:SHOWN])
        else:
            names = COLUMNS[held.content]
            used = [n for n, _ in enumerate(names) if any(cells[n] for _, cells, _ in rows)]
            table = [
                (str(line), *(describe_cell(view, names[n], cells[n]) for n in used))
                for line, cells, _ in rows
            ]
            titles = [title_of(held.content, names[n], view.lang) for n in used]
            columns = [t("import.line"), *titles]
            texts = figures.table_texts(pd.DataFrame(table, columns=columns))
            figures.show_words(texts, f"apercu_{outcome}")
        if count > len(rows):
            st.caption(plural("import.more", count - len(rows), view.lang))


def _faults(errors: list[RowError], lang: str, content: str) -> list[str]:
    """A sentence each; the columns that are not expected in one, those that are missing in another:
    each of them lists all that are known."""
    found = {}
    for code in OF_COLUMNS:
        alike = [error for error in errors if error.code == code]
        if len(alike) > 1:
            names, values = [error.column for error in alike], dict(alike[0].values)
            if content in TITLED and "known" in values:
                known = values["known"].split(", ")
                values["known"] = ", ".join(title_of(content, one, lang) for one in known)
                if code == "missing_column":
                    names = [title_of(content, one, lang) for one in names]
            found[code] = text(f"import.{code}s", lang, columns=join_items(names, lang), **values)
    alike = group_alike(error for error in errors if error.code not in found)
    single = [doubt_lists.tell_alike(error, others, lang, content) for error, *others in alike]
    return [*map(md, found.values()), *single]
