"""What is odd of a file, and what its corrections change, as the team sees it before it decides."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pandas as pd
import streamlit as st

from monitor import intake
from monitor.commands.doubting.on_screen import ON_SCREEN
from monitor.findings import Change, Doubt, RowError
from monitor.i18n import join_first, number, plural, text
from monitor.intake.alike import group_by_code, list_lines, split_alike
from monitor.read.selection import View
from monitor.ui import buttons, figures
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team.cells import describe_cell

#: Doubts of a kind shown at once: the file can be mended, and shown again.
SHOWN = 100
#: Lines that are named of doubts that are alike.
LINES = 5


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
        values = {"done": number(done, language()), "of": number(max(done, rows), language())}
        bar.progress(min(1.0, done / max(rows, 1)), t("import.rows_read", **values))

    try:
        yield tell
    finally:
        place.empty()


def show_doubts(doubts: Sequence[Doubt], count: int, lang: str, content: str = "") -> None:
    """Each kind in a sentence, where it is and what to do, with the lines of the others of its kind,
    which unfold, as do the doubts that are about nobody; nothing where there is none. `count`: of all,
    where `doubts` are the first of them; `content`: what the file is."""
    if not count:
        return
    with st.container(border=True):
        st.markdown(f":material/help: **{plural('doubts.count', count, lang)}**")
        kinds = group_by_code(doubts)
        rest = [kind for kind in kinds if kind[0].code not in ON_SCREEN]
        for kind in kinds:
            if kind not in rest:
                _show_kind(kind, lang, content)
        if rest:
            _show_rest(rest, lang, content)
        if (more := count - len(doubts)) > 0:
            st.caption(plural("doubts.more", more, lang))


def _show_kind(kind: Sequence[Doubt], lang: str, content: str) -> None:
    """One sentence in full, with where it is true of others, word for word; where the others say it of
    other values, each of them folded."""
    (first, *same), others = split_alike(kind)
    sentence = tell_alike(first, same, lang, content)
    st.markdown(f"- {sentence}")
    if others:
        with st.expander(plural("doubts.others", len(others), lang)):
            sentences = [tell_alike(one, some, lang, content) for one, *some in others[:SHOWN]]
            st.markdown("\n".join(f"- {one}" for one in sentences))
            if (more := len(others) - SHOWN) > 0:
                st.caption(plural("doubts.more", more, lang))


def _show_rest(kinds: Sequence[Sequence[Doubt]], lang: str, content: str) -> None:
    """How the file is laid out and was read: folded, all of it."""
    with st.expander(plural("doubts.rest", sum(map(len, kinds)), lang)):
        for kind in kinds:
            (first, *same), others = split_alike(kind)
            alike = [(first, same), *((one, some) for one, *some in others)]
            told = [tell_alike(one, some, lang, content) for one, some in alike[:SHOWN]]
            st.markdown("\n".join(f"- {one}" for one in told))
            if (more := len(alike) - SHOWN) > 0:
                st.caption(plural("doubts.more", more, lang))


def tell_alike(one: RowError, others: Sequence[RowError], lang: str, content: str) -> str:
    """What is refused or odd, in a sentence, and of how many others it is true, in which lines."""
    sentence = md(intake.error_sentence(one, lang, content, with_codes=False))
    if not others:
        return sentence
    lines = join_first(list_lines(others), LINES)
    more = plural("doubts.alike", len(others), lang)
    if lines:
        more = plural("doubts.alike_lines", len(others), lang, lines=lines)
    return f"{sentence} :gray[{more}]"


def show_changes(view: View, content: str, changes: Sequence[Change]) -> None:
    """One line a cell of a file: whom it is about, what the log says, what it would say, as one says
    them."""
    names = ("line", "name", "column", "old", "new")
    table = []
    for change in changes:
        key = " · ".join(describe_cell(view, *part) for part in change.told or change.key)
        for column, *cells in change.cells:
            old, new = (describe_cell(view, column, cell) or "–" for cell in cells)
            title = intake.title_of(content, column, view.lang)
            table.append((str(change.line or ""), key, title, old, new))
    columns = [text(f"doubts.{name}", view.lang) for name in names]
    figures.show_words(figures.table_texts(pd.DataFrame(table, columns=columns)), "corrections")
