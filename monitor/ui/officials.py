"""Elected officials × measures: as a matrix while it can be read, then by groups; and as a list."""

import numpy as np
import pandas as pd
import streamlit as st

from monitor import indicators
from monitor.areas import search_key
from monitor.charts import SIGNS
from monitor.models import Status
from monitor.ui import figures, outage, paging
from monitor.ui.address import part
from monitor.ui.view import page_at, t
from monitor.ui.words import md
from monitor.views import drawn
from monitor.views.kept import per_filter, per_view
from monitor.views.pictures import key, title
from monitor.views.replies import given
from monitor.views.view import View

GROUPS = ("region", "department", "size")
_SAID = ("signatory_id", "name", "commune", "commune_name", "department_code", "measure", "status")


def show_matrix(view: View) -> None:
    figures.show_legend(drawn.in_matrix(view), view)
    if figures.touched():
        figures.show("matrice", view, alt=t("measures.matrix_alt"))
        st.caption(t("measures.matrix_touched"))
        return
    event = figures.show(
        "matrice", view, alt=t("measures.matrix_alt"), on_select="rerun", selection_mode="points"
    )
    st.caption(t("measures.matrix_help"))
    if points := event.selection.points:
        commune = points[0]["customdata"][0]
        st.switch_page(page_at("communes"), query_params=view.address(commune=commune))


@part
def show_groups(view: View) -> None:
    words = {group: t(f"group_by.{group}") for group in GROUPS}
    heading = st.container()
    by = paging.order("par", t("measures.by"), words)
    heading.header(title(view, "groupes", by))
    figures.show("groupes", view, alt=t("measures.groups_alt"), own=by)
    st.caption(key(view, "groupes"))
    figures.show_crossed(view, by, words[by])


@part
def show_list(view: View) -> None:
    """Officials by pages, each with the status of each measure; search and order above."""
    typed = paging.search_box(t("measures.search"), t("measures.search_hint"))
    words = {name: t(f"measures.by_{name}") for name in ("city", "name", "state")}
    order = paging.order("tri", t("measures.order"), words)
    count = len(_people(view, typed, order))
    if not count:
        st.info(t("measures.none_match"))
        return
    page = paging.page_of(count)
    st.caption(
        " · ".join(md(f"{measure}. {title}") for measure, title in drawn.titles(view).items())
    )
    ids, table = _ids(view, typed, order, page.start), None
    with outage.texts():
        table = _words(view, ids, True)
    figures.show_table(table or _words(view, ids, False))


@per_filter
def _people(view: View, typed: str, order: str) -> pd.DataFrame:
    """`indicators.by_official` of those whose name or city holds every word, in that order."""
    people = _everybody(view)
    if typed:
        words = search_key(typed).split()
        keys = {name: drawn.sort_keys(view, people, name) for name in ("name", "commune_name")}
        said = [" ".join(each) for each in zip(*keys.values(), strict=True)]
        people = people[[all(word in each for word in words) for each in said]]
    by_city = drawn.sort_keys(view, people, "commune_name")
    if order == "state":
        rank = people["implemented"] * 1000 + people["assessed"]
        return people.take(np.lexsort((by_city, -rank.to_numpy())))
    key = by_city if order == "city" else drawn.sort_keys(view, people, "name")
    return people.take(np.argsort(key, kind="stable"))


@per_filter
def _ids(view: View, typed: str, order: str, start: int) -> tuple[str, ...]:
    """The officials of one page of the list."""
    return tuple(_people(view, typed, order)["signatory_id"].iloc[start : start + paging.PAGE])


@per_filter
def _everybody(view: View) -> pd.DataFrame:
    return indicators.by_official(drawn.having_status(view))


@per_view
def _words(view: View, ids: tuple[str, ...], answered: bool) -> figures.Texts:
    """Officials as texts: the city as a link to its page, then a column per measure; and the replies of
    those who gave one, which only the database has."""
    bound = drawn.having_status(view)
    own = bound.index.get_indexer(view.rows_of(ids))
    rows = bound[list(_SAID)].take(own[own >= 0])
    replied = given(view, rows.index.to_numpy()) if answered else {}
    people, said = {}, {}
    replies: dict[str, list[str]] = {signatory: [] for signatory in ids}
    for row in rows.itertuples():
        people[row.signatory_id] = row
        state = f"{SIGNS[Status(row.status)]} {t(f'status.{row.status}')}"
        said[row.signatory_id, row.measure] = state
        if row.Index in replied:
            said_back = replied[row.Index].summary or "—"
            replies[row.signatory_id].append(f"{row.measure}. « {said_back} »")
    table = {t("column.city"): [_official(view, people[signatory]) for signatory in ids]}
    for measure in drawn.titles(view):
        table[measure] = [said.get((signatory, measure), "") for signatory in ids]
    if replied:
        table[t("column.reply")] = [" ; ".join(replies[signatory]) for signatory in ids]
    return figures.texts(pd.DataFrame(table), markdown=t("column.city"))


def _official(view: View, row) -> str:
    """« Paris (75) Anne Hidalgo », the city as a link into the same view."""
    address = view.url("communes", commune=row.commune)
    return f"[{md(row.commune_name)} ({md(row.department_code)})]({address}) {md(row.name)}"
