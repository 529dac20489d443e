"""What is odd of a file, and what its corrections change, as the team sees it before it decides."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from monitor import intake
from monitor.i18n import plural, text
from monitor.models import Change, Doubt
from monitor.ui import figures
from monitor.ui.words import md

#: Doubts shown at once: the file can be mended, and shown again.
SHOWN = 100


def show_doubts(doubts: Sequence[Doubt], lang: str) -> None:
    """Each in a sentence, where it is and what to do; nothing where there is none."""
    if not doubts:
        return
    with st.expander(
        plural("doubts.count", len(doubts), lang), expanded=True, icon=":material/help:"
    ):
        st.markdown("\n".join(f"- {md(intake.sentence(one, lang))}" for one in doubts[:SHOWN]))
        if len(doubts) > SHOWN:
            st.caption(plural("doubts.more", len(doubts) - SHOWN, lang))


def show_changes(changes: Sequence[Change], lang: str) -> None:
    """One line a cell: what the log says, what it would say."""
    names = ("line", "name", "column", "old", "new")
    table = [
        (str(change.line or ""), change.name, column, old or "–", new or "–")
        for change in changes
        for column, old, new in change.cells
    ]
    columns = [text(f"doubts.{name}", lang) for name in names]
    figures.show_words(figures.texts(pd.DataFrame(table, columns=columns)), "corrections")
