"""What the log said of the day of the view, and when."""

from datetime import datetime

import pandas as pd
import streamlit as st

from monitor.export.fields import column_heading
from monitor.i18n import moment, number
from monitor.read.cache import per_view
from monitor.read.chart_registry import PICTURES, chart_key, chart_title
from monitor.read.pictures.revision_lines import revisions_in_words
from monitor.read.revisions import revision_table, times_of_knowledge
from monitor.read.selection import View
from monitor.shares import BOUNDS, Share
from monitor.table_rows import RevisionRow, read_rows
from monitor.ui import figures
from monitor.ui.address import page_part
from monitor.ui.markdown import md
from monitor.ui.page_run import t

NAME = "revisions"


@page_part
def show_revisions(view: View) -> None:
    """Folded at first: each time of knowledge costs a reading of the whole log."""
    view = view.of_every_status
    if not times_of_knowledge(view):
        return
    st.header(chart_title(view, NAME))
    with figures.fold_part(t("revisions.open"), "_revisions") as wanted:
        if not wanted:
            return
        if PICTURES[NAME].draw(view, "", figures.is_dark()):
            figures.show_chart(NAME, view)
        else:
            st.markdown(md(revisions_in_words(view, "")))
        st.caption(chart_key(view, NAME))
        figures.show_table(_texts(view))


@per_view
def _texts(view: View) -> figures.Texts:
    rows, lang = read_rows(RevisionRow, revision_table(view)), view.lang
    columns = {
        column_heading("known_on", lang): [
            moment(datetime.fromisoformat(row.known_on), lang) for row in rows
        ]
    }
    for name in ("due", "assessed", "implemented"):
        columns[column_heading(name, lang)] = [number(getattr(row, name), lang) for row in rows]
    for name, part in (("coverage", "assessed"), ("rate_low", "implemented")):
        bound = BOUNDS.get(name, "")
        shares = [Share(getattr(row, part), row.due, row.officials, bound) for row in rows]
        columns[column_heading(name, lang)] = [share.in_words(lang) for share in shares]
    return figures.table_texts(pd.DataFrame(columns))
