"""Elected officials × measures: as a matrix while it can be read, then by groups; and as a list."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import numpy as np
import pandas as pd
import streamlit as st

from monitor import indicators
from monitor.areas import search_words
from monitor.charts import too_many_measures
from monitor.i18n import number, plural
from monitor.models import Status
from monitor.read import answers, careers, chart_data
from monitor.read.cache import per_filter, per_view
from monitor.read.chart_registry import chart_key, chart_title
from monitor.read.labels import listed_title, status_label
from monitor.read.selection import View
from monitor.table_rows import StatusRow, read_rows
from monitor.titles import number_title
from monitor.ui import crossed_table, figures, outage, paging, reply_lines
from monitor.ui.address import page_part
from monitor.ui.markdown import md
from monitor.ui.page_run import language, page_at, t
from monitor.ui.sentences import linked_place

GROUPS = ("region", "department", "size")
#: Officials of a page of the list, and statuses that it comes to at most; officials whose measures are
#: so many that they are counted, and those of one of them on a page.
SHOWN, STATUSES, COUNTED, MEASURES = 15, 75, 10, 60
NO_BREAK, BETWEEN = "\u00a0", "\u2003 "


def show_matrix(view: View) -> None:
    """Who did what, a cell for each commitment; a click on one leads to the page of the city."""
    if figures.is_touch_screen():
        figures.show_chart("matrice", view)
        st.caption(t("measures.matrix_touched"))
        return
    event = figures.show_chart("matrice", view, on_select="rerun", selection_mode="points")
    st.caption(t("measures.matrix_help"))
    if points := event.selection.points:
        commune = points[0]["customdata"][0]
        st.switch_page(page_at("communes"), query_params=view.address(commune=commune))


@page_part
def show_groups(view: View) -> None:
    """The statuses by a grouping that somebody chooses; nothing where there is one group alone."""
    words = {g: t(f"group_by.{g}") for g in GROUPS if chart_data.has_several_groups(view, g)}
    if not words:
        return
    heading = st.container()
    by = paging.choose_order("par", t("measures.by"), words)
    heading.header(chart_title(view, "groupes", by))
    figures.show_chart("groupes", view, by)
    st.caption(chart_key(view, "groupes"))
    crossed_table.show_crossed_table(view, by, words[by])


@page_part
def show_officials(view: View) -> None:
    """Officials by pages, each with the status of each measure; search and order above where there are
    several."""
    typed, order = "", "city"
    if len(_everybody(view)) > 1 or {"q", "tri"} & set(st.query_params):
        typed = paging.search_box(t("measures.search"), t("measures.search_hint"))
        ways = ("city", "name") if _everybody(view)["commune_name"].nunique() > 1 else ("name",)
        words = {name: t(f"measures.by_{name}") for name in ways}
        order = paging.choose_order("tri", t("measures.order"), words)
    count = len(_people(view, typed, order))
    if not count:
        st.info(t("measures.none_match"))
        return
    measures = view.kept_titles
    if too_many_measures(measures):
        page = paging.page_of(count, COUNTED)
        _show_counts(view, _ids(view, typed, order, page.start, COUNTED))
        return
    size = min(SHOWN, STATUSES // len(measures))
    page = paging.page_of(count, size)
    st.caption(" · ".join(md(number_title(measure, title)) for measure, title in measures.items()))
    ids, blocks = _ids(view, typed, order, page.start, size), None
    with outage.guard_texts():
        blocks = _blocks(view, ids, True)
    for words, replies, label in blocks or _blocks(view, ids, False):
        st.markdown(words)
        if replies:
            with st.expander(label):
                st.markdown(replies)


def _show_counts(view: View, ids: tuple[str, ...]) -> None:
    """Each official with the counts of the statuses, and the measures of each on opening: they are too
    many to be read at once."""
    counted = zip(ids, _counts(view, ids), strict=True)
    for place, (who, (words, label)) in enumerate(counted, start=1):
        st.markdown(words)
        with figures.fold_part(label, f"_mesures_{who}") as wanted:
            if wanted:
                lines = []
                with outage.guard_texts():
                    lines = _by_status(view, who, True)
                lines = lines or _by_status(view, who, False)
                page = paging.page_of(len(lines), MEASURES, f"page_mesures_{place}")
                st.markdown(_under_heads(lines[page]))


@per_view
def _counts(view: View, ids: tuple[str, ...]) -> list[tuple[str, str]]:
    """Of each official in markdown: (who, and how many measures have each status; what opens them)."""
    rows = view.everything[list(StatusRow._fields[1:])].take(view.rows_of(ids))
    counted, unsigned = [], answers.unsigned_in_words(view, ids)
    for who in ids:
        own = rows[rows["signatory_id"] == who]
        own = own[own["measure"].isin(list(view.kept_titles))]
        counts = own.loc[own["binding"], "status"].value_counts()
        words = [
            f"{_status_on_one_line(status)}{NO_BREAK}{number(int(counts[status]), view.lang)}"
            for status in Status
            if counts.get(status)
        ]
        if free := int((~own["binding"]).sum()):
            words.append(f"{t('city.not_binding')}{NO_BREAK}{number(free, view.lang)}")
        left = Counter(_unsigned(view, who, set(own["measure"]), unsigned).values())
        words += [f"{md(answer)}{NO_BREAK}{number(n, view.lang)}" for answer, n in left.items()]
        signed = plural(
            "chart.signed_of",
            len(own),
            view.lang,
            signed=number(len(own), view.lang),
            measures=number(len(view.kept_titles), view.lang),
        )
        place = linked_place(view, read_rows(StatusRow, own)[0]) if len(own) else md(who)
        counted.append((f"{place}  \n{BETWEEN.join(words)}", signed))
    return counted


def _under_heads(lines: Sequence[tuple[str, str]]) -> str:
    """(what heads it, a line) in markdown: each head once, above its lines."""
    parts = groupby(lines, itemgetter(0))
    return "\n\n".join(
        f"**{head}**\n\n" + "\n".join(line for _, line in own) for head, own in parts
    )


@per_view
def _by_status(view: View, who: str, answered: bool) -> list[tuple[str, str]]:
    """The measures of an official by status: (the status, a line in markdown). `answered`: with
    replies."""
    at = view.rows_of((who,))
    replies = reply_lines.replies_in_words(view, at) if answered else {}
    titles, lines, signed = view.kept_titles, [], set()
    partly = answers.partly_in_words(view)
    for row in read_rows(StatusRow, view.everything, at):
        if row.measure in titles:
            signed.add(row.measure)
            line = f"- {md(listed_title(view, row.measure))}"
            if (who, row.measure) in partly:
                line += f" ({partly[who, row.measure]})"
            if row.binding and row.Index in replies:
                line += f"  \n  {replies[row.Index]}"
            lines.append((_state(view, row), line))
    unsigned = answers.unsigned_in_words(view, (who,))
    for measure, words in _unsigned(view, who, signed, unsigned).items():
        lines.append((words, f"- {md(listed_title(view, measure))}"))
    order = list(
        dict.fromkeys(
            [*(_status_on_one_line(status) for status in Status), *(head for head, _ in lines)]
        )
    )
    return sorted(lines, key=lambda line: order.index(line[0]))


def _unsigned(
    view: View, who: str, signed: Collection[str], answered: Mapping[tuple[str, str], str]
) -> dict[str, str]:
    """By measure in view, what was `answered` of those that an official has not `signed`: refusals
    first."""
    left = [measure for measure in view.kept_titles if measure not in signed]
    refused = t("answer.refused")
    left.sort(key=lambda measure: answered.get((who, measure)) != refused)
    return {measure: answered[who, measure] for measure in left if (who, measure) in answered}


@per_filter
def _people(view: View, typed: str, order: str) -> pd.DataFrame:
    """`indicators.count_by_official` of those whose name or city holds every word, in that order."""
    people = _everybody(view)
    if typed:
        words = search_words(typed)
        keys = (chart_data.search_keys(view, people, name) for name in ("name", "commune_name"))
        searched = [" ".join(each) for each in zip(*keys, strict=True)]
        people = people[[all(word in each for word in words) for each in searched]]
    by_city = chart_data.sort_keys(view, people, "commune_name")
    key = by_city if order == "city" else chart_data.sort_keys(view, people, "name")
    return people.take(np.argsort(key, kind="stable"))


@per_filter
def _ids(view: View, typed: str, order: str, start: int, size: int) -> tuple[str, ...]:
    """The officials of one page of the list."""
    return tuple(_people(view, typed, order)["signatory_id"].iloc[start : start + size])


@per_filter
def _everybody(view: View) -> pd.DataFrame:
    return indicators.count_by_official(chart_data.commitments_in_matrix(view))


@per_view
def _blocks(view: View, ids: tuple[str, ...], answered: bool) -> list[tuple[str, str, str]]:
    """Officials in markdown, one under the other: (who and where each measure stands, the replies of
    the last of them, the label of these). `answered`: with replies, which only the database has."""
    at = view.rows_of(ids)
    words_of = reply_lines.replies_in_words(view, at) if answered else {}
    people, states, replies = {}, {}, {}
    not_signed = t("measures.not_signed").replace(" ", NO_BREAK)
    partly = answers.partly_in_words(view)
    for row in read_rows(StatusRow, view.everything, at):
        people[row.signatory_id] = row
        pair = row.signatory_id, row.measure
        states[pair] = _state(view, row) + (f" ({partly[pair]})" if pair in partly else "")
        if row.binding and row.Index in words_of:
            replies.setdefault(row.signatory_id, []).append(
                f"{md(row.measure)}. {words_of[row.Index]}"
            )
    measures, unsigned = list(view.kept_titles), answers.unsigned_in_words(view, ids)
    blocks, lines = [], []
    for who in ids:
        where = (
            f"**{md(measure)}**{NO_BREAK}{states.get(pair) or unsigned.get(pair) or not_signed}"
            for measure in measures
            for pair in [(who, measure)]
        )
        lines.append(f"{linked_place(view, people[who])}  \n{BETWEEN.join(where)}")
        if who in replies:
            own = replies[who]
            label = plural("measures.replies", len(own), view.lang, name=md(people[who].name))
            blocks.append(("\n\n".join(lines), "\n\n".join(own), label))
            lines = []
    return [*blocks, ("\n\n".join(lines), "", "")] if lines else blocks


def _state(view: View, row: StatusRow) -> str:
    """Its sign and its word, on one line of whatever width."""
    if not row.binding:
        return careers.why_not_binding(view, row)
    return _status_on_one_line(row.status)


def _status_on_one_line(status: str) -> str:
    return status_label(status, language()).replace(" ", NO_BREAK)
