"""Elected officials × measures: as a matrix while it can be read, then by groups; and as a list."""

from urllib.parse import urlencode

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from monitor import charts, indicators
from monitor.areas import search_key
from monitor.charts import SIGNS
from monitor.models import Status
from monitor.ui import answers, figures, outage, paging, session
from monitor.ui.view import View, page_at, t
from monitor.ui.words import md

#: More officials than this are shown by groups.
READABLE = 60
GROUPS = ("region", "department", "size")


@session.per_view
def having_status(view: View) -> pd.DataFrame:
    """The commitments that bind; with a filter by status, all those of the officials of whom one at
    least has that status."""
    bound = _bound(view)
    status = view.filters.get("statut")
    if status is None:
        return bound
    having = bound.loc[bound["status"] == status, "signatory_id"]
    return bound[bound["signatory_id"].isin(having)]


def show_matrix(view: View) -> None:
    present, figure = _matrix(view, figures.dark())
    figures.show_legend(present, view)
    event = figures.draw(
        figure,
        alt=t("measures.matrix_alt"),
        key="matrix",
        on_select="rerun",
        selection_mode="points",
    )
    st.caption(t("measures.matrix_help"))
    if points := event.selection.points:
        commune = points[0]["customdata"][0]
        st.switch_page(page_at("communes"), query_params=view.address(commune=commune))


def show_groups(view: View) -> None:
    words = {group: t(f"group_by.{group}") for group in GROUPS}
    by = paging.order("par", t("measures.by"), words)
    figures.draw(_groups(view, by, figures.dark()), alt=t("measures.groups_alt"), key="groups")
    st.caption(t("measures.groups_help"))


def show_list(view: View) -> None:
    """Officials by pages, each with the status of each measure; search and order above."""
    typed = paging.search_box(t("measures.search"), t("measures.search_hint"))
    words = {name: t(f"measures.by_{name}") for name in ("city", "name", "state")}
    people = _people(view, typed, paging.order("tri", t("measures.order"), words))
    if people.empty:
        st.info(t("measures.none_match"))
        return
    page = paging.page_of(len(people))
    st.caption(" · ".join(md(f"{measure}. {title}") for measure, title in _titles(view).items()))
    ids = tuple(people["signatory_id"].iloc[page])
    table = _words(view, ids)
    with outage.texts():
        table = _answered(view, ids)
    figures.show_table(table, markdown=t("column.city"))


def _bound(view: View) -> pd.DataFrame:
    counted = view.without("statut").commitments
    return counted[counted["binding"]]


@session.per_view
def _matrix(view: View, dark: bool) -> tuple[list[str], go.Figure]:
    shown = having_status(view)
    ordered = shown.sort_values(["commune_name", "name"], key=lambda names: names.astype("str"))
    figure = charts.matrix(ordered, _titles(view), view.lang, dark)
    return list(shown["status"].unique()), figures.marked(figure, view)


@session.per_view
def _groups(view: View, by: str, dark: bool) -> go.Figure:
    table = indicators.table(_bound(view), [by, "measure"])
    words = labels(view, by)
    figure = charts.matrix_groups(table, by, words, _titles(view), view.lang, dark)
    return figures.marked(figure, view)


@session.per_view
def _people(view: View, typed: str, order: str) -> pd.DataFrame:
    """`indicators.by_official` of those whose name or city holds every word, in that order."""
    people = indicators.by_official(having_status(view))
    people = people[_found(people, typed)] if typed else people
    return _ordered(people, order)


def labels(view: View, by: str) -> dict[str, str]:
    """Code of a group -> its words, in the order in which they are shown."""
    if by == "measure":
        return {code: f"{code}. {title}" for code, title in view.titles.items()}
    if by in ("size", "office"):
        return {code: t(f"{by}.{code}") for code in view.everything[by].cat.categories if code}
    column = {"region": "region_code", "department": "department_code"}[by]
    pairs = view.known.signatories.drop_duplicates(column)
    pairs = pairs.iloc[np.argsort(pairs[by].map(search_key).to_numpy(), kind="stable")]
    return dict(zip(pairs[column], pairs[by], strict=True))


def _titles(view: View) -> dict[str, str]:
    """The measures in view: one if the filter keeps one."""
    only = view.filters.get("mesure")
    return {only: view.titles[only]} if only else view.titles


def _found(people: pd.DataFrame, typed: str) -> np.ndarray:
    words = search_key(typed).split()
    keys = [
        f"{search_key(name)} {search_key(commune)}"
        for name, commune in zip(people["name"], people["commune_name"], strict=True)
    ]
    return np.array([all(word in key for word in words) for key in keys])


def _ordered(people: pd.DataFrame, order: str) -> pd.DataFrame:
    city = people["commune_name"].astype("str")
    if order == "state":
        rank = people["implemented"] * 1000 + people["assessed"]
        return people.assign(rank=-rank, city=city).sort_values(["rank", "city"], kind="stable")
    key = people["name"].astype("str") if order == "name" else city
    return people.iloc[np.argsort(key.map(search_key).to_numpy(), kind="stable")]


@session.per_view
def _words(view: View, ids: tuple[str, ...]) -> pd.DataFrame:
    """Officials as texts: the city as a link to its page, then a column per measure."""
    shown = having_status(view)
    rows = shown[shown["signatory_id"].isin(ids)]
    people = {row.signatory_id: row for row in rows.itertuples()}
    said = {
        (row.signatory_id, row.measure): f"{SIGNS[Status(row.status)]} {t(f'status.{row.status}')}"
        for row in rows.itertuples()
    }
    table = {t("column.city"): [_official(view, people[signatory]) for signatory in ids]}
    for measure in _titles(view):
        table[measure] = [said.get((signatory, measure), "") for signatory in ids]
    return pd.DataFrame(table)


@session.per_view
def _answered(view: View, ids: tuple[str, ...]) -> pd.DataFrame:
    """`_words`, with the replies of those who gave one."""
    shown = having_status(view)
    rows = shown[shown["signatory_id"].isin(ids)]
    table, replied = _words(view, ids), answers.table(view, rows.index)
    if replied.empty:
        return table
    said = [
        " ; ".join(
            f"{row.measure}. « {replied.at[row.Index, 'reply'] or '—'} »"
            for row in rows.itertuples()
            if row.signatory_id == signatory and row.Index in replied.index
        )
        for signatory in ids
    ]
    return table.assign(**{t("column.reply"): said})


def _official(view: View, row) -> str:
    """« Paris (75) Anne Hidalgo », the city as a link."""
    address = f"/communes?{urlencode(view.address(commune=row.commune))}"
    return f"[{md(row.commune_name)} ({md(row.department_code)})]({address}) {md(row.name)}"
