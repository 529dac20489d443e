"""A table that brings people and what they answered: one preview of both, one decision."""

from dataclasses import dataclass, field, replace

import streamlit as st

from monitor import commands
from monitor.commands import WholeReport
from monitor.errors import MonitorError
from monitor.i18n import plural, public_sentence
from monitor.intake import Mending
from monitor.models import RowOutcome
from monitor.read import current_log
from monitor.read.selection import View
from monitor.ui import viewer
from monitor.ui.frame import pact_titles
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import (
    cell_mending,
    doubt_lists,
    my_entries,
    part_tables,
    title_place,
    waiting_choices,
    whole_report,
)
from monitor.ui.team.brought_table import BroughtTable
from monitor.ui.team.import_preview import SHOWN, show_confirm
from monitor.ui.team.part_tables import PartTable

#: What such a table is said to hold.
PEOPLE_WITH_ANSWERS = "signatories_answers"
#: The last preview; and what was confirmed by a click.
_PREVIEW, _TO_LOAD = "_import_both_preview", "_import_both_to_load"
#: Where the failure of such an import is said.
_HERE = -2


@dataclass
class _Preview:
    """What would become of a table, and what of it was asked."""

    name: str
    pact_id: str
    data: bytes
    newer: bool
    strict: bool
    mending: Mending
    purpose: str
    head: int
    lang: str
    read: Mending
    whole: WholeReport = field(default_factory=WholeReport, compare=False)

    def load(self, dry_run: bool) -> WholeReport:
        """Raises MonitorError."""
        return commands.load_people_with_answers(
            current_log.store(),
            self.data,
            self.mending,
            pact_id=self.pact_id,
            name=self.name,
            who=viewer.presented_bearer(),
            dry_run=dry_run,
            newer=self.newer,
            strict=self.strict,
            expected=None if dry_run else [one.outcomes for one in self.whole.reports],
            lang=self.lang,
        )


def load_confirmed() -> str | None:
    """Load what was confirmed by a click; the name of the file where it is in."""
    asked: _Preview | None = st.session_state.pop(_TO_LOAD, None)
    if asked is None:
        return None
    with st.spinner(t("import.writing", file=md(asked.name))):
        try:
            whole = asked.load(dry_run=False)
        except MonitorError as error:
            my_entries.set_error(_HERE, error)
            return None
    st.session_state.pop(_PREVIEW, None)
    if not whole.loaded:
        my_entries.set_notice(_HERE, t("import.changed"))
        return None
    cell_mending.forget_mended_cells(asked.purpose)
    return asked.name


def show_preview(view: View, name: str, data: bytes, newer: bool, strict: bool) -> None:
    """What would become of both parts of the table, what is asked about it, and « confirm »."""
    brought = BroughtTable(view.log.pact.id, view.pact, "signatories", data)
    titled = title_place.find_title_place(brought)
    sheet = titled[0].sheet
    purpose = cell_mending.purpose_of(view.log.pact.id, PEOPLE_WITH_ANSWERS, data, sheet)
    found = part_tables.mend_table(brought, titled, cell_mending.held_cells(purpose))
    name = f"{name} · {sheet}" if sheet else name
    head = current_log.current_snapshot(fresh=True).seq
    read = replace(found, first=titled[0].first)
    asked = _Preview(
        name, view.log.pact.id, data, newer, strict, found, purpose, head, language(), read
    )
    held: _Preview | None = st.session_state.get(_PREVIEW)
    body, bar = st.container(), waiting_choices.choices_bar()
    if held is None or not (held == asked or _waits(held, asked)):
        waiting_choices.end_waiting()
        try:
            with bar, st.spinner(t("import.reading")):
                asked.whole = asked.load(dry_run=True)
        except MonitorError as error:
            st.error(md(public_sentence(error, language())))
            return
        held = st.session_state[_PREVIEW] = asked
    with body:
        _show(view, held, PartTable(name, brought, purpose, held.read))
    with bar:
        _decide(held)
    my_entries.show_notice(_HERE)


def _waits(held: _Preview, asked: _Preview) -> bool:
    """Whether the table differs from what was read by nothing but choices that wait."""
    same = replace(asked, mending=held.mending, read=held.read, head=held.head)
    return waiting_choices.count_choices() > 0 and same == held


def _show(view: View, held: _Preview, table: PartTable) -> None:
    whole = held.whole
    st.header(t("import.preview", file=md(held.name)))
    st.markdown(t("target.pact", pact=md(pact_titles(view)[held.pact_id])))
    counts = _counts(view, whole)
    if counts or whole.is_whole:
        st.markdown(f"**{counts or t('import.unchanged')}**")
    if others := title_place.other_sheets(table.brought):
        st.warning(md(t("cli.sheets_left_out", file=held.name, sheets=", ".join(others))))
    errors = [error for report in whole.reports for error in report.errors]
    under = next((one.answers_under for one in whole.reports if one.answers_under), ())
    for report in whole.reports:
        is_checked = report.file_name not in whole.unchecked
        part_tables.show_part(report, table, under, errors, is_checked=is_checked)
        if report.changes:
            changed = plural("row_outcome.corrected", len(report.changes), view.lang)
            with st.expander(changed, expanded=True):
                doubt_lists.show_changes(view, report.content, report.changes[:SHOWN])
    whole_report.show_unchecked(whole)
    if whole.is_whole and len(whole.reports) < 2:
        st.warning(t("import.both_no_answers"))


def _decide(held: _Preview) -> None:
    """« Confirm », or why there is none: what waits to be read, what is doubted or refused."""
    whole = held.whole
    if waiting_choices.show_choices():
        return
    if any(report.doubted for report in whole.reports):
        st.warning(t("import.strict_doubts"))
    elif not whole.is_whole:
        st.warning(t("import.both_refused"))
    elif new := sum(_new_rows(one.outcomes) for one in whole.reports):
        show_confirm("_import_both_confirm", new, _confirm, held, "import.both_then")


def _new_rows(outcomes) -> int:
    return outcomes[RowOutcome.CREATED] + outcomes[RowOutcome.CORRECTED]


def _counts(view: View, whole: WholeReport) -> str:
    """How many people and answers are new, and how many are changed."""
    counts = [
        view.plural(f"import.both_{outcome}_{report.content}", n)
        for report in whole.reports
        for outcome in (RowOutcome.CREATED, RowOutcome.CORRECTED)
        if (n := report.outcomes[outcome])
    ]
    return " · ".join(counts)


def _confirm(held: _Preview) -> None:
    """From a callback."""
    st.session_state[_TO_LOAD] = held
