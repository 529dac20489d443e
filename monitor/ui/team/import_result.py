"""What would become of a file that is brought in, before anything is written."""

import streamlit as st

from monitor.i18n import number, plural
from monitor.intake.marks import MARKED
from monitor.models import RowOutcome
from monitor.read.selection import View
from monitor.ui.frame import pact_titles
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.team import answer_marks, cell_mending, doubt_lists, import_rows
from monitor.ui.team.column_match import ColumnMatch
from monitor.ui.team.import_preview import Preview


def show_preview(view: View, held: Preview, found: ColumnMatch | None) -> None:
    """What would become of the rows, what is doubted, and what mends the rest. `found`: what the columns
    of the file are, None where nothing is asked of them."""
    counts = " · ".join(
        plural(f"row_outcome.{outcome}", held.outcomes[outcome], view.lang)
        for outcome in RowOutcome
        if held.outcomes[outcome]
    )
    st.header(t("import.preview", file=md(held.name)))
    st.markdown(t("target.pact", pact=md(pact_titles(view)[view.log.pact.id])))
    # What the page asks of columns, above, is not said again here.
    is_asked = held.unmatched and bool(found and (found.unknown or found.missing))
    if not is_asked:
        st.markdown(f"**{counts or t('import.nothing')}**")
    if held.left_out:
        sheets = ", ".join(held.left_out)
        st.warning(md(t("cli.sheets_left_out", file=held.name, sheets=sheets)))
    cell_mending.show_mended(held.purpose, held.content, held.mended)
    doubt_lists.show_doubts(held.doubts, held.doubt_count, view.lang, held.content)
    for outcome in reversed(RowOutcome):
        import_rows.show_rows(view, held, outcome, is_asked)
    if found and held.content in MARKED:
        answer_marks.show_marks(found, held.content, held.faults, held.doubts)
    cell_mending.show_editor(held.purpose, held.content, held.faults)
    if held.refused:
        unread = "import.unmatched" if held.unmatched else "import.unreadable"
        st.warning(t(unread if held.unread else "import.refused"))
        if not held.unread:
            _show_rejects(view, held)


def _show_rejects(view: View, held: Preview) -> None:
    """The refused rows as a file."""
    st.download_button(
        t("import.rejects"),
        data=("\ufeff" + held.rejects).encode(),
        mime="text/csv",
        file_name=f"refus-{held.name.rsplit('.', 1)[0]}.csv",
        on_click="ignore",
        icon=":material/download:",
    )
    if held.rejects_kept < held.refused:
        kept = number(held.rejects_kept, view.lang)
        st.caption(t("import.rejects_first", n=kept, of=number(held.refused, view.lang)))
