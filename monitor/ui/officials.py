"""Elected officials × measures: as a matrix while it can be read, then by groups; and as a list."""

from urllib.parse import urlencode

import numpy as np
import pandas as pd
import streamlit as st

from monitor import charts, indicators
from monitor.areas import search_key
from monitor.charts import SIGNS
from monitor.models import Status
from monitor.ui import figures, paging
from monitor.ui.view import View, page_at, t
from monitor.ui.words import md

#: More officials than this are shown by groups.
READABLE = 60
GROUPS = ("region", "department", "size")


def having_status(bound: pd.DataFrame, status: str | None) -> pd.DataFrame:
    """All the commitments of the officials of whom one at least has that status (None: of all)."""
    if status is None:
        return bound
    having = bound.loc[bound["status"] == status, "signatory_id"]
    return bound[bound["signatory_id"].isin(having)]


def show_matrix(view: View, bound: pd.DataFrame) -> None:
    ordered = bound.sort_values(["commune_name", "name"], key=lambda names: names.astype("str"))
    figures.show_legend(bound["status"].unique(), view)
    event = figures.draw(
        charts.matrix(ordered, _titles(view), view.lang, figures.dark()),
        alt=t("measures.matrix_alt"),
        key="matrix",
        on_select="rerun",
        selection_mode="points",
    )
    st.caption(t("measures.matrix_help"))
    if points := event.selection.points:
        commune = points[0]["customdata"][0]
        st.switch_page(page_at("communes"), query_params=view.address(commune=commune))


def show_groups(view: View, bound: pd.DataFrame) -> None:
    words = {group: t(f"group_by.{group}") for group in GROUPS}
    by = paging.order("par", t("measures.by"), words)
    table = indicators.table(bound, [by, "measure"])
    figures.draw(
        charts.matrix_groups(table, by, labels(view, by), _titles(view), view.lang, figures.dark()),
        alt=t("measures.groups_alt"),
        key="groups",
    )
    st.caption(t("measures.groups_help"))


def show_list(view: View, bound: pd.DataFrame) -> None:
    """Officials by pages, each with the status of each measure; search and order above."""
    typed = paging.search_box(t("measures.search"), t("measures.search_hint"))
    words = {name: t(f"measures.by_{name}") for name in ("city", "name", "state")}
    order = paging.order("tri", t("measures.order"), words)
    people = indicators.by_official(bound)
    people = people[_found(people, typed)] if typed else people
    if people.empty:
        st.info(t("measures.none_match"))
        return
    people = _ordered(people, order)
    shown = people.iloc[paging.page_of(len(people))]
    st.caption(" · ".join(md(f"{measure}. {title}") for measure, title in _titles(view).items()))
    figures.show_table(_words(view, bound, shown), markdown=t("column.city"))


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


def _words(view: View, bound: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """The page as texts: the city as a link to its page, then a column per measure."""
    rows = bound[bound["signatory_id"].isin(people["signatory_id"])]
    said = {
        (signatory, measure): f"{SIGNS[Status(status)]} {t(f'status.{status}')}"
        for signatory, measure, status in zip(
            rows["signatory_id"], rows["measure"], rows["status"], strict=True
        )
    }
    table = {
        t("column.city"): [
            f"[{md(row.commune_name)} ({md(row.department_code)})]"
            f"(/communes?{urlencode(view.address(commune=row.commune))}) {md(row.name)}"
            for row in people.itertuples()
        ],
    }
    for measure in _titles(view):
        table[measure] = [said.get((person, measure), "") for person in people["signatory_id"]]
    return pd.DataFrame(table)
