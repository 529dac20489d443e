"""One's own files: what became of each, and of its rows."""

import pandas as pd
import streamlit as st

from monitor import intake
from monitor.commands.files import ACCEPTED, FILE_KINDS, RETRACTED
from monitor.i18n import plural
from monitor.queries import team as backlog
from monitor.queries.file_rows import rows_of
from monitor.read import current_log
from monitor.read.selection import View
from monitor.schema import COLUMNS, Values
from monitor.ui import figures
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.team import detail, files
from monitor.ui.team.cells import describe_cell

#: Files of an account, and rows of one of them, that are shown.
FILES_SHOWN, ROWS_SHOWN = 20, 50


def show_my_files(view: View, account: str) -> None:
    """The last files of an account, the latest first, each with its state and, unfolded, its rows."""
    with current_log.store().reading() as database:
        found = backlog.files_of_account(database, view.log.pact.id, account, FILES_SHOWN)
    if not found:
        return
    st.header(t("mine.files"), divider="gray")
    for one in found:
        with st.container(border=True):
            st.markdown(files.file_in_words(view, one))
            if one.reason:
                by = detail.author_in_words(one.by or "")
                st.markdown(t("mine.reason", by=by, reason=md(one.reason)))
            label = plural("mine.file_rows", one.rows, view.lang)
            with figures.fold_part(label, f"_mine_rows_{one.seq}") as unfolded:
                if unfolded:
                    _show_rows(view, one)


def _show_rows(view: View, one: backlog.File) -> None:
    with current_log.store().reading() as database:
        rows = [values for _, values in rows_of(database, one.seq, one.content, ROWS_SHOWN)]
        kind = FILE_KINDS[one.content]
        versions = kind.versions(database, one.pact_id, rows) if rows else {}
    states = [_state(one, values, versions.get(kind.key(values), [])) for values in rows]
    names = COLUMNS[one.content]
    used = [n for n, _ in enumerate(names) if any(values[n] for values in rows)]
    table = [
        (t(f"file_state.{state}"), *(describe_cell(view, names[n], values[n]) for n in used))
        for state, values in zip(states, rows, strict=True)
    ]
    titles = [intake.title_of(one.content, names[n], view.lang) for n in used]
    columns = [t("mine.row_state"), *titles]
    figures.show_words(
        figures.table_texts(pd.DataFrame(table, columns=columns)), f"miennes_{one.seq}"
    )
    if one.rows > len(rows):
        st.caption(plural("import.more", one.rows - len(rows), view.lang))


def _state(file: backlog.File, values: Values, versions: list) -> str:
    """What became of a row: as its file, unless it was retracted alone, or corrected since."""
    own = [n for n, version in enumerate(versions) if version.values == values]
    if not own or file.state != ACCEPTED:
        return file.state
    if versions[own[-1]].state == RETRACTED:
        return RETRACTED
    is_corrected = any(version.state == ACCEPTED for version in versions[own[-1] + 1 :])
    return "corrected" if is_corrected else file.state
