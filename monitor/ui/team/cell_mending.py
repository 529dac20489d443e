"""Refused cells of a file are mended on the page: it is loaded with them, and they are told to whoever
reviews it. They are kept beside the log until then, whatever becomes of the session."""

import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import streamlit as st

from monitor import commands, intake
from monitor.commands import Report
from monitor.errors import MonitorError
from monitor.findings import RowError
from monitor.i18n import plural, public_sentence
from monitor.intake.mending import WHOLE_LINE, MendedCells
from monitor.intake.titles import TITLED, title_of
from monitor.queries import team as backlog
from monitor.read import current_log
from monitor.schema import COLUMNS, TEXT_LIMIT
from monitor.ui import buttons, figures, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import waiting_choices

#: The cells that were written anew, by line and column, of the files of this session.
_HELD = "_import_cells"
#: Longer cells are mended in the file.
LONGEST = 2 * TEXT_LIMIT

#: What is said of the titles of a file: none of its rows was read then.
OF_HEADER = (
    "unknown_column",
    "near_title",
    "missing_column",
    "no_known_title",
    "untitled_column",
    "duplicate_column",
)


class Fault(NamedTuple):
    """A refused cell, or the beginning of a refused line (`column`: WHOLE_LINE): what stands there, and
    why that cannot be taken."""

    line: int
    column: str
    value: str
    why: RowError


def find_faults(content: str, line: int, cells: Sequence[str | None], errors) -> list[Fault]:
    """The cells of a refused row that can be written anew, each once. A column that is none of ours
    holds answers."""
    places = {name: place for place, name in enumerate(COLUMNS[content])}
    found: dict[str, Fault] = {}
    for error in errors:
        if not error.column:
            found.setdefault(WHOLE_LINE, Fault(line, WHOLE_LINE, error.value, error))
            continue
        place = places.get(error.column, places.get("answer", len(cells)))
        value = str(cells[place] or "") if place < len(cells) else None
        if value is not None and len(value) <= LONGEST:
            found.setdefault(error.column, Fault(line, error.column, value, error))
    return list(found.values())


def list_faults(report: Report) -> list[Fault]:
    """The refused cells of a part of a pact that can be written anew: those that stand whole in its
    report, at a line."""
    known = None if report.content == "answers" else TITLED[report.content]
    found: dict[tuple[int, str], Fault] = {}
    for error in [] if report.unread else report.errors:
        is_column = not error.column or known is None or error.column in known
        is_whole = not error.column or not error.value.endswith("…")
        if error.line and is_column and is_whole and error.code not in OF_HEADER:
            fault = Fault(error.line, error.column, error.value, error)
            found.setdefault((error.line, error.column), fault)
    return list(found.values())


def purpose_of(pact_id: str, content: str, data: bytes, sheet: str | None = None) -> str:
    """Under which the mended cells of a file, or of a sheet of it, are kept for an account."""
    digest = hashlib.sha256(data + (sheet or "").encode()).hexdigest()
    return f"corrige:{pact_id}:{content}:{digest[:32]}"


def held_cells(purpose: str) -> MendedCells:
    """What was written anew of a file: in this session, or in one that has ended."""
    held = st.session_state.setdefault(_HELD, {})
    if purpose not in held:
        with current_log.store().reading() as database:
            kept = backlog.find_draft(database, viewer.signed_in_account().name, purpose)
        rows = json.loads(kept.content) if kept else []
        held[purpose] = {(line, column): value for line, column, value in rows}
    return held[purpose]


def show_editor(purpose: str, content: str, faults: Sequence[Fault]) -> None:
    """The refused cells as a table in which they can be written anew."""
    if not faults:
        return
    st.markdown(f"**{t('import.mend')}**")
    st.caption(t("import.mend_help"))
    names = [t(f"doubts.{name}") for name in ("line", "column")]
    line, column, value, why = (*names, t("import.cell"), t("import.why"))
    left_out = t("import.leave_line")
    table = pd.DataFrame(
        {
            line: [fault.line for fault in faults],
            column: [_title(content, fault.column) for fault in faults],
            value: [fault.value for fault in faults],
            left_out: [False] * len(faults),
            why: [intake.error_reason(fault.why, language(), on_page=True) for fault in faults],
        }
    )
    with st.form(f"_import_mend_{content}_{purpose}_{len(held_cells(purpose))}", border=False):
        written = st.data_editor(
            table,
            hide_index=True,
            disabled=[line, column, why],
            column_config={
                line: st.column_config.NumberColumn(width=55, format="%d"),
                column: st.column_config.TextColumn(width=180),
                value: st.column_config.TextColumn(width="medium", max_chars=LONGEST),
                left_out: st.column_config.CheckboxColumn(width=85),
                why: st.column_config.TextColumn(width="large"),
            },
            key=f"_import_cells_{content}_{purpose}_{len(held_cells(purpose))}",
        )
        sent = st.form_submit_button(t("import.mend_check"), icon=":material/build:")
    if sent:
        anew = zip(faults, written[value].tolist(), written[left_out].tolist(), strict=True)
        cells = {
            (fault.line, WHOLE_LINE if is_left else fault.column): (
                intake.error_reason(fault.why, language(), on_page=True) if is_left else now or ""
            )
            for fault, now, is_left in anew
            if is_left or (fault.column != WHOLE_LINE and (now or "") != fault.value)
        }
        if cells:
            _keep(purpose, {**held_cells(purpose), **cells})
        if (
            cells or waiting_choices.count_choices()
        ):  # this button reads the files with these as well
            waiting_choices.end_waiting()
            st.rerun()


def show_mended(purpose: str, content: str, mended: Sequence[intake.MendedCell]) -> None:
    """The cells that were written anew, with the way back."""
    if not mended:
        return
    label = count_mended(mended, "import.mended")
    with st.expander(label, expanded=True, icon=":material/build:"):
        show_mended_cells(content, mended, f"{content}_{purpose}")
        buttons.button(
            t("import.mend_undo"),
            key=f"_import_mend_undo_{content}_{purpose}",
            on_click=_keep,
            args=(purpose, {}),
        )


def show_mended_cells(
    content: str, mended: Sequence[intake.MendedCell], name: str = "fichier"
) -> None:
    """One line a cell: where it is, what it said, what it says; a text is told by its place alone, a
    line that is left out by whom it is about and why. `name`: its own on the page."""
    names = [t("doubts.line"), t("doubts.column"), t("import.was"), t("import.became")]
    rows = [
        (
            str(cell.line),
            _title(content, cell.column),
            cell.was or "–",
            _left_line(cell) if cell.column == WHOLE_LINE else cell.became or "–",
        )
        for cell in mended
    ]
    figures.show_words(figures.table_texts(pd.DataFrame(rows, columns=names)), f"cellules_{name}")


def count_mended(mended: Sequence[intake.MendedCell], message: str) -> str:
    """How many cells were written anew, as the message says it, and how many lines are left out."""
    lines = sum(cell.column == WHOLE_LINE for cell in mended)
    counts = ((message, len(mended) - lines), ("import.lines_left", lines))
    return " · ".join(plural(one, n, language()) for one, n in counts if n)


def _left_line(cell: intake.MendedCell) -> str:
    left = t("import.left_line")
    return f"{left}{t('sentence.colon')}{cell.became}" if cell.became else left


def _title(content: str, column: str) -> str:
    """What a column is called; one that is none of ours as in the file."""
    if column == WHOLE_LINE:
        return t("import.whole_line")
    return title_of(content, column, language()) if column in TITLED[content] else column


def forget_mended_cells(purpose: str) -> None:
    """The file was loaded: what was written anew of it is in the log."""
    st.session_state.get(_HELD, {}).pop(purpose, None)
    try:
        commands.drop_draft(current_log.store(), viewer.presented_bearer(), purpose)
    except MonitorError as error:
        st.toast(md(public_sentence(error, language())))


def _keep(purpose: str, cells: MendedCells) -> None:
    st.session_state[_HELD][purpose] = cells
    waiting_choices.end_waiting()
    rows = [[line, column, value] for (line, column), value in cells.items()]
    try:
        commands.save_draft(
            current_log.store(), viewer.presented_bearer(), purpose, json.dumps(rows)
        )
    except MonitorError as error:
        st.toast(md(public_sentence(error, language())))
