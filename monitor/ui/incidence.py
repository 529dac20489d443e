"""How long it takes until commitments are decided, and implemented; and how that chance changes."""

import pandas as pd
import streamlit as st

from monitor.export.fields import column_heading
from monitor.i18n import number
from monitor.read import incidence
from monitor.read.cache import per_view
from monitor.read.chart_registry import PICTURES, chart_key, chart_title
from monitor.read.half_years import half_year_table
from monitor.read.pictures.incidence_curves import clock_of, incidence_in_words
from monitor.read.pictures.place_curves import draws_place_curves
from monitor.read.selection import View
from monitor.shares import exact_percent, is_enough
from monitor.ui import figures
from monitor.ui.address import page_part
from monitor.ui.markdown import md
from monitor.ui.page_run import t

NAME = "delais"


@page_part
def show_incidence(view: View) -> None:
    """How long until something happened to commitments; nothing where none ever bound anybody."""
    view = view.of_every_status
    sentences = incidence_in_words(view, "")
    if not sentences:  # nothing has ever bound anybody
        return
    picture = PICTURES[NAME]
    if incidence.last_day_shown(view) <= 0:
        st.header(chart_title(view, NAME))
        st.markdown(md(sentences))
        own = picture.choices[0]
    else:
        words = {each: t(f"incidence_choice.{each}") for each in picture.choices}
        own = figures.show_chosen_chart(NAME, view, t("incidence.choose"), words)
    with figures.fold_part(t("incidence.table"), "_incidence_table") as wanted:
        if wanted:
            figures.show_table(_texts(view, own))


@page_part
def show_place_curves(view: View) -> None:
    """The same of each place, whoever did it, folded: never beside the curve of the officials."""
    view, name = view.of_every_status, "delais-lieux"
    if not draws_place_curves(view):
        return
    with figures.fold_part(t("place_curves.open"), "_place_curves") as wanted:
        if wanted:
            st.subheader(chart_title(view, name))
            figures.show_chart(name, view)
            st.caption(chart_key(view, name))


@per_view
def _texts(view: View, own: str) -> figures.Texts:
    """The table in words: shares where there is a curve, with what chance alone would move of them."""
    table, lang = incidence.incidence_table(view, clock_of(own)), view.lang
    shown = table["share"].notna().any()
    columns = {
        column_heading("event", lang): [t(f"event.{each}") for each in table["event"]],
        t("incidence.elapsed"): [number(days / incidence.YEAR, lang, 1) for days in table["days"]],
    }
    for name in incidence.COUNTS:
        columns[column_heading(name, lang)] = [number(count, lang) for count in table[name]]
    if shown:
        columns[column_heading("share", lang)] = [
            exact_percent(share, lang, 1, "low") for share in table["share"]
        ]
        columns[t("incidence.interval")] = [
            # Between the words of bounds, each row would be five lines high.
            f"{exact_percent(low, lang, 1, 'low')}\u00a0–\u00a0{exact_percent(high, lang, 1, 'high')}"
            if low == low
            else "–"
            for low, high in zip(table["low"], table["high"], strict=True)
        ]
        columns[column_heading("share_seen", lang)] = [
            exact_percent(share, lang, 1, "low") for share in table["share_seen"]
        ]
    return figures.table_texts(pd.DataFrame(columns))


@page_part
def show_half_years(view: View) -> None:
    """What happened in each half-year of those at risk; nothing where they are too few."""
    view, name = view.of_every_status, "semestres"
    table, picture = half_year_table(view), PICTURES[name]
    if not is_enough(table["at_risk"], table["officials"]).any():
        return
    words = {each: t(f"event.{each}") for each in picture.choices}
    own = figures.show_chosen_chart(name, view, t("half_years.choose"), words)
    with figures.fold_part(t("half_years.table"), "_half_years_table") as wanted:
        if wanted:
            figures.show_table(_half_year_texts(view, own))


@per_view
def _half_year_texts(view: View, event: str) -> figures.Texts:
    table, lang = half_year_table(view), view.lang
    table = table[table["event"] == event]
    few = ~is_enough(table["at_risk"], table["officials"])
    columns = {
        column_heading(name, lang): [number(count, lang) for count in table[name]]
        for name in ("half_year", "at_risk", "officials", "happened")
    }
    for name in ("share", "low", "high"):
        shares = table[name].mask(few)
        columns[column_heading(name, lang)] = [exact_percent(share, lang, 1) for share in shares]
    return figures.table_texts(pd.DataFrame(columns))
