"""In which sheet of a file, and on which of its lines, the titles of its columns stand: guessed, shown
with the lines that follow, and chosen where the guess is wrong."""

import io
from typing import NamedTuple

import pandas as pd
import streamlit as st

from monitor import commands
from monitor.intake import Mending, Table
from monitor.intake.cells import abbreviate_cell
from monitor.intake.files import Cells
from monitor.intake.header_row import titles_of
from monitor.read import current_log
from monitor.ui import figures
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.team import column_match
from monitor.ui.team.brought_table import BroughtTable
from monitor.ui.team.waiting_choices import add_choice

#: Lines shown from that of the titles on, columns of each, and letters of a line in a list.
SHOWN, COLUMNS, LETTERS = 4, 6, 60
#: What was read of the files of this session, by their sheets.
_HELD = "_import_places"


class _Beginning(NamedTuple):
    """How a sheet of a file begins: its title and those of all, None where it is the only one that is
    read, the line that seems to be that of the titles, or `is_known` to be, and the first rows."""

    sheet: str | None
    sheets: list[str]
    line: int
    is_known: bool
    rows: dict[int, Cells]


def show_title_place(brought: BroughtTable) -> Mending:
    """The sheet and the line of the titles. Folded where they stand on the first line of the only
    sheet."""
    begin = _read_beginning(brought)
    if begin is None:
        return Mending()
    line = _chosen_line(brought, begin)
    label = t("import.titles_at", line=line)
    if begin.sheet:
        label = t("import.titles_at_sheet", line=line, sheet=md(begin.sheet))
    is_odd = bool(begin.sheet) or line != next(iter(begin.rows))
    with st.expander(label, expanded=is_odd, icon=":material/table_rows:"):
        return ask_title_place(brought)


def ask_title_place(brought: BroughtTable) -> Mending:
    """The same, without anything around it."""
    begin = _read_beginning(brought)
    if begin is None:
        return Mending()
    st.markdown(t("import.titles_help"))
    again = {"on_change": _choose, "args": (brought,)}
    if begin.sheet:
        place = begin.sheets.index(begin.sheet)
        st.selectbox(t("import.sheet"), begin.sheets, place, key=f"{brought.key}_sheet", **again)
    line = _chosen_line(brought, begin)
    st.selectbox(
        t("import.titles_line"),
        list(begin.rows),
        index=list(begin.rows).index(line),
        format_func=lambda one: _line_in_words(begin.rows[one]),
        key=_line_key(brought, begin),
        **again,
    )
    _show_rows(brought, [row for number, row in begin.rows.items() if number >= line][:SHOWN])
    return Mending(sheet=begin.sheet, first=line)


def find_title_place(brought: BroughtTable) -> tuple[Mending, Mending]:
    """The sheet and the line of the titles, and what of it somebody has said: no guessed line."""
    begin = _read_beginning(brought)
    if begin is None:
        return Mending(), Mending()
    line = _chosen_line(brought, begin)
    place = Mending(sheet=begin.sheet, first=line)
    return place, place if begin.is_known else Mending(sheet=begin.sheet)


def other_sheets(brought: BroughtTable) -> list[str]:
    """The titles of the other sheets that hold anything, which are not read."""
    begin = _read_beginning(brought)
    if begin is None or begin.sheet is None:  # there is but one
        return []
    return [one for one in begin.sheets if one != begin.sheet]


def _read_beginning(brought: BroughtTable) -> _Beginning | None:
    """How the chosen sheet begins, else the one that seems to have the titles; None where there is no
    line, or the file cannot be read."""
    sheet = st.session_state.get(f"{brought.key}_sheet")
    # What a line says of answers depends on the measures.
    held = st.session_state.setdefault(_HELD, {}).setdefault((brought.key, brought.pact), {})
    if sheet not in held:
        table = Table(io.BytesIO(brought.data), sheet or brought.sheet)
        sheets = [] if brought.sheet else table.sheets
        with current_log.store().reading() as database:
            found = commands.find_title_line(
                database, brought.pact_id, brought.pact, brought.content, table
            )
        if found is None:
            return None
        table = Table(io.BytesIO(brought.data), found.sheet)
        rows = {row[0]: row for row in table.first_rows()}
        one_of_several = found.sheet if len(sheets) > 1 else None
        held[sheet] = _Beginning(one_of_several, sheets, found.line, found.is_known, rows)
    return held[sheet]


def _chosen_line(brought: BroughtTable, begin: _Beginning) -> int:
    return st.session_state.get(_line_key(brought, begin), begin.line)


def _choose(brought: BroughtTable) -> None:
    """From a callback: keep what was chosen for the next file with these titles."""
    begin = _read_beginning(brought)
    if begin is None:
        return
    begin = begin._replace(line=_chosen_line(brought, begin), is_known=True)
    held = st.session_state[_HELD][brought.key, brought.pact]
    # The widgets forget it while they are folded.
    held[None] = held[begin.sheet] = begin
    titles = tuple(titles_of(begin.rows[begin.line][2]))
    asked = column_match.TitleRow(brought, titles, begin.sheet or brought.sheet)
    add_choice(_line_key(brought, begin))
    column_match.keep_match(asked, column_match.find_match(asked))


def _line_key(brought: BroughtTable, begin: _Beginning) -> str:
    return f"{brought.key}_line_{begin.sheet or ''}"


def _line_in_words(row: Cells) -> str:
    """The number of a line and how it begins."""
    words = " · ".join(cell.strip() for cell in row[2] if cell.strip())
    return f"{row[0]} · {words[:LETTERS]}{'…' * (len(words) > LETTERS)}"


def _show_rows(brought: BroughtTable, rows: list[Cells]) -> None:
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
    figures.show_words(figures.table_texts(pd.DataFrame(columns)), f"titres_{hash(brought.key)}")
