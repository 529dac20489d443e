"""In which sheet of a file, and on which of its lines, the titles of its columns stand: guessed, shown
with the lines that follow, and chosen where the guess is wrong."""

import hashlib
import io
from dataclasses import replace
from typing import NamedTuple

import pandas as pd
import streamlit as st

from monitor import commands
from monitor.intake import Mending, Table
from monitor.intake.cells import abbreviate_cell
from monitor.intake.files import Cells
from monitor.intake.header_row import titles_of
from monitor.read import current_log
from monitor.read.selection import View
from monitor.ui import figures
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.team import column_match

#: Lines shown from that of the titles on, columns of each, and letters of a line in a list.
SHOWN, COLUMNS, LETTERS = 4, 6, 60
#: What was read of the file of this session, by its sheets.
_HELD = "_import_places"


class _Beginning(NamedTuple):
    """How a sheet of a file begins: its title, None where it is the only one, the line that seems to be
    that of the titles, and the first rows."""

    sheet: str | None
    line: int
    rows: dict[int, Cells]


def show_title_place(view: View, content: str, data: bytes) -> Mending:
    """The sheet and the line of the titles. Folded where they stand on the first line of the only
    sheet."""
    digest = hashlib.sha256(data).hexdigest()[:16]
    key = f"_import_place_{view.log.pact.id}_{content}_{digest}"
    sheets = Table(io.BytesIO(data)).sheets
    sheets = sheets if len(sheets) > 1 else []
    begin = _read_beginning(view, content, data, key, sheets)
    if begin is None:
        return Mending()
    line = st.session_state.get(_line_key(key, begin.sheet), begin.line)
    again = {"on_change": _choose, "args": (view, content, data, key, sheets)}
    label = t("import.titles_at", line=line)
    if begin.sheet:
        label = t("import.titles_at_sheet", line=line, sheet=md(begin.sheet))
    is_odd = bool(sheets) or line != next(iter(begin.rows))
    with st.expander(label, expanded=is_odd, icon=":material/table_rows:"):
        st.markdown(t("import.titles_help"))
        if sheets and begin.sheet:
            st.selectbox(
                t("import.sheet"), sheets, sheets.index(begin.sheet), key=f"{key}_sheet", **again
            )
        st.selectbox(
            t("import.titles_line"),
            list(begin.rows),
            index=list(begin.rows).index(line),
            format_func=lambda one: _line_in_words(begin.rows[one]),
            key=_line_key(key, begin.sheet),
            **again,
        )
        _show_rows([row for number, row in begin.rows.items() if number >= line][:SHOWN])
    return Mending(sheet=begin.sheet, first=line)


def _read_beginning(
    view: View, content: str, data: bytes, key: str, sheets: list[str]
) -> _Beginning | None:
    """How the chosen sheet begins, else the one that seems to have the titles; None where there is no
    line, or the file cannot be read."""
    sheet = st.session_state.get(f"{key}_sheet")
    held = st.session_state.get(_HELD)
    if held is None or held[0] != key:
        held = st.session_state[_HELD] = (key, {})
    if sheet not in held[1]:
        table = Table(io.BytesIO(data), sheet)
        with current_log.store().reading() as database:
            found = commands.find_title_line(database, view.pact, content, table)
        if found is None:
            return None
        table = Table(io.BytesIO(data), found.sheet)
        rows = {row[0]: row for row in table.first_rows()}
        held[1][sheet] = _Beginning(found.sheet if sheets else None, found.line, rows)
    return held[1][sheet]


def _choose(view: View, content: str, data: bytes, key: str, sheets: list[str]) -> None:
    """From a callback: keep what was chosen for the next file with these titles."""
    begin = _read_beginning(view, content, data, key, sheets)
    if begin is None:
        return
    line = st.session_state.get(_line_key(key, begin.sheet), begin.line)
    titles = tuple(titles_of(begin.rows[line][2]))
    matched = column_match.held_match(view, content, titles, begin.sheet)
    asked = (content, view.log.pact.id, titles, begin.sheet)
    column_match.keep_match(asked, replace(matched, sheet=begin.sheet))


def _line_key(key: str, sheet: str | None) -> str:
    return f"{key}_line_{sheet or ''}"


def _line_in_words(row: Cells) -> str:
    """The number of a line and how it begins."""
    said = " · ".join(cell.strip() for cell in row[2] if cell.strip())
    return f"{row[0]} · {said[:LETTERS]}{'…' * (len(said) > LETTERS)}"


def _show_rows(rows: list[Cells]) -> None:
    """The titles, and some rows under them."""
    width = min(COLUMNS, len(titles_of(rows[0][2])))
    table = pd.DataFrame(
        [
            [abbreviate_cell(cell) or "–" for cell in [*cells, *[""] * width][:width]]
            for *_, cells in rows
        ]
    )
    names = [abbreviate_cell(title) or t("import.untitled") for title in rows[0][2][:width]]
    columns = {f"{n + 1}. {name}": table[n][1:] for n, name in enumerate(names)}
    figures.show_words(figures.table_texts(pd.DataFrame(columns)), "titres")
