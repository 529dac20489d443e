"""How many commitments went from where to where between two days."""

from datetime import date

import pandas as pd
import streamlit as st

from monitor import charts
from monitor.export.fields import column_heading
from monitor.i18n import number
from monitor.read.cache import per_view
from monitor.read.chart_registry import chart_title
from monitor.read.selection import View
from monitor.read.transitions import day_before, transition_table
from monitor.ui import figures
from monitor.ui.address import page_part
from monitor.ui.changes import choose_since
from monitor.ui.page_run import t

NAME = "changements"


@page_part
def show_transitions(view: View) -> None:
    """From which status to which commitments went between two days; nothing without an earlier day."""
    view = view.of_every_status
    if day_before(view) is None or not view.commitments_for_figures["ever_bound"].any():
        return
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    since = choose_since(view, right)
    own = since.isoformat() if since else ""
    left.header(chart_title(view, NAME, own))
    first = day_before(view, own)
    assert first is not None  # as above
    listed = view.url("", depuis=first.isoformat())
    figures.show_folding_chart(NAME, view, own, further=t("transitions.list", page=listed))
    with figures.fold_part(t("transitions.table"), "_transitions_table") as wanted:
        if wanted:
            figures.show_table(_texts(view, first))


@per_view
def _texts(view: View, since: date) -> figures.Texts:
    table = transition_table(view, since)
    changes = [t(f"change.{change or 'none'}") for change in table["change"]]
    columns = {
        **{
            column_heading(name, view.lang): [
                f"{charts.status_sign(state)} {t(f'status.{state}')}" for state in table[name]
            ]
            for name in ("before", "after")
        },
        column_heading("commitments", view.lang): [
            number(count, view.lang) for count in table["commitments"]
        ],
        column_heading("change", view.lang): changes,
    }
    return figures.table_texts(pd.DataFrame(columns))
