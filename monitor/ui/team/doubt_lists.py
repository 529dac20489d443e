"""What is odd of a file, and what its corrections change, as the team sees it before it decides."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pandas as pd
import streamlit as st

from monitor import intake
from monitor.findings import Change, Doubt
from monitor.i18n import number, plural, text
from monitor.read.selection import View
from monitor.ui import buttons, figures
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team.cells import describe_cell

#: Doubts shown at once: the file can be mended, and shown again.
SHOWN = 100


@contextmanager
def reading_progress(
    rows: int, stop: Callable[[], None] | None = None
) -> Iterator[Callable[[int], None]]:
    """A bar that says how many rows of a file were read, of how many: a function of the number. What
    reads them ends there when something of the page is clicked, a button that calls `stop` first."""
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, t("import.reading"))
        if stop:
            buttons.button(
                t("import.stop"),
                key="_reading_stop",
                on_click=stop,
                type="tertiary",
                icon=":material/stop_circle:",
            )

    def tell(done: int) -> None:
        said = {"done": number(done, language()), "of": number(max(done, rows), language())}
        bar.progress(min(1.0, done / max(rows, 1)), t("import.rows_read", **said))

    try:
        yield tell
    finally:
        place.empty()


def show_doubts(doubts: Sequence[Doubt], count: int, lang: str) -> None:
    """Each in a sentence, where it is and what to do; nothing where there is none. `count`: of all,
    where `doubts` are the first of them."""
    if not count:
        return
    with st.expander(plural("doubts.count", count, lang), expanded=True, icon=":material/help:"):
        st.markdown(
            "\n".join(f"- {md(intake.error_sentence(one, lang))}" for one in doubts[:SHOWN])
        )
        if (more := count - min(len(doubts), SHOWN)) > 0:
            st.caption(plural("doubts.more", more, lang))


def show_changes(view: View, content: str, changes: Sequence[Change]) -> None:
    """One line a cell of a file: whom it is about, what the log says, what it would say, as one says
    them."""
    names = ("line", "name", "column", "old", "new")
    table = []
    for change in changes:
        key = " · ".join(describe_cell(view, *part) for part in change.key)
        for column, *cells in change.cells:
            old, new = (describe_cell(view, column, cell) or "–" for cell in cells)
            title = intake.title_of(content, column, view.lang)
            table.append((str(change.line or ""), key, title, old, new))
    columns = [text(f"doubts.{name}", view.lang) for name in names]
    figures.show_words(figures.table_texts(pd.DataFrame(table, columns=columns)), "corrections")
