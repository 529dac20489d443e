"""What candidates answered: how many of all that was asked, as a matrix, and one by one."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import pandas as pd
import streamlit as st

from monitor.areas import sort_keys
from monitor.charts import ANSWER_COLOURS, ANSWER_SIGNS, text_colour_on
from monitor.export.forms import READERS, form_words
from monitor.i18n import number, plural
from monitor.read import answers, careers, files
from monitor.read.answers import SHOWN, AnswerState
from monitor.read.cache import per_view
from monitor.read.selection import View
from monitor.table_rows import PersonRow, read_rows
from monitor.ui import figures, outage, paging
from monitor.ui.address import page_part
from monitor.ui.markdown import line_to_markdown, link, md
from monitor.ui.page_run import page_at, t
from monitor.ui.sentences import place_in_words

#: People of a page of the list and of the matrix; measures that a matrix has room for; measures that
#: stand in a table at once.
SHOWN_AT_ONCE, COLUMNS, AT_ONCE = 25, 60, 12
#: Columns of the matrix that a page has room for; answers of a page of one person's.
IN_SIGHT, OF_ONE = 15, 20
SIGNS = {one: ANSWER_SIGNS[one.name.lower()] for one in SHOWN}


def show_answer_count(view: View) -> None:
    """The answers in one sentence, and the way to them; nothing where nobody was asked."""
    if answers.any_answers(view):
        st.markdown(count_in_words(view))
        st.page_link(
            page_at("reponses"), label=t("answers.link"), query_params=view.address(commune=None)
        )


def count_in_words(view: View) -> str:
    """How many answers there are of each kind, of all that was asked."""
    asked, lang = answers.answer_states(view).shape, view.lang
    counts = answers.count_answers(view)
    parts = [
        f"{answers.answer_in_words(view, one)}\u00a0{number(counts[one], lang)}"
        for one in _present(counts)
    ]
    return plural(
        "answers.counted",
        asked[0] * asked[1],
        lang,
        people=plural("answers.people", asked[0], lang),
        measures=plural("answers.measures", asked[1], lang),
        counts=t("sentence.comma").join(parts),
    )


def _present(counts: dict[AnswerState, int]) -> list[AnswerState]:
    """Those that are always told, and those of the others that occur."""
    always = (AnswerState.YES, AnswerState.NO, AnswerState.SILENT)
    return [one for one in SHOWN if one in always or counts[one]]


def show_answers_by_measure(view: View) -> None:
    """How many gave each answer to each measure."""
    table = _by_measure(view)
    count = len(view.kept_titles)
    if count <= AT_ONCE:
        figures.show_table(table)
        return
    label = plural("answers.by_measure", count, view.lang)
    with figures.fold_part(label, "_reponses_mesures") as wanted:
        if wanted:
            figures.show_table(table)


@per_view
def _by_measure(view: View) -> figures.Texts:
    states, titles = answers.answer_states(view), view.kept_titles
    present = _present(answers.count_answers(view))
    columns = {t("filter.measure"): [f"{one}. {title}" for one, title in titles.items()]}
    for one in present:
        counts = (states == one).sum(axis=0).tolist()
        columns[answers.answer_in_words(view, one)] = [number(n, view.lang) for n in counts]
    return figures.table_texts(pd.DataFrame(columns))


@page_part
def show_answers_by_person(view: View) -> None:
    """People by pages: the matrix of their answers, then each with what they said."""
    words = {name: t(f"measures.by_{name}") for name in ("city", "name")}
    order = paging.choose_order("tri", t("measures.order"), words)
    places = _ordered(view, order)
    if not places:
        st.info(t("answers.none_match"))
        return
    shown = places[paging.page_of(len(places), SHOWN_AT_ONCE)]
    _show_matrix(view, shown)
    st.markdown(figures.chart_links(view, "reponses"))
    for place in shown:
        _show_person(view, place)


@per_view
def _ordered(view: View, order: str) -> list[int]:
    """The places in `answers.answer_states` of the people listed, in that order: with a filter by
    answer, those who gave it to one measure at least."""
    people = view.everybody.take(answers.people_in_view(view))
    own = range(len(people))
    if answer := view.filters.get("reponse"):
        gave = (answers.answer_states(view) == AnswerState[answer.upper()]).any(axis=1)
        own = [place for place in own if gave[place]]
    names = ("commune_name", "name") if order == "city" else ("name", "commune_name")
    keys = [*zip(*(sort_keys(people[name].astype("str").tolist()) for name in names), strict=True)]
    return sorted(own, key=keys.__getitem__)


def _show_matrix(view: View, shown: list[int]) -> None:
    if len(view.kept_titles) > COLUMNS:
        st.caption(t("answers.too_many", n=number(COLUMNS, view.lang)))
        return
    if (count := len(view.kept_titles)) > IN_SIGHT:
        if figures.is_touch_screen():  # the list says the same, without a scroll to the side
            return
        st.caption(t("answers.to_the_right", n=number(count, view.lang)))
    table = _matrix(view, tuple(shown))
    styles = {
        ANSWER_SIGNS[one]: f"background-color: {fill}; color: {text_colour_on(fill)}"
        for one, fills in ANSWER_COLOURS.items()
        for fill in fills[figures.is_dark() :][:1]
    }
    st.caption(
        t("sentence.comma").join(
            f"{SIGNS[one]} {answers.answer_in_words(view, one)}"
            for one in _present(answers.count_answers(view))
        )
    )
    st.dataframe(
        table.style.map(lambda cell: styles.get(cell, "")),
        height=35 * (len(table) + 1) + 3,
        column_config={name: st.column_config.TextColumn(width=36) for name in table.columns},
    )


@per_view
def _matrix(view: View, shown: tuple[int, ...]) -> pd.DataFrame:
    """The signs of the answers: a row each person, a column each measure by its id."""
    people, states = view.everybody.take(answers.people_in_view(view)), answers.answer_states(view)
    rows = people.iloc[list(shown)]
    names = [
        f"{name} ({place})"
        for name, place in zip(answers.names_on_day(view, rows), rows["commune_name"], strict=True)
    ]
    signs = [[SIGNS[AnswerState(one)] for one in states[place]] for place in shown]
    return pd.DataFrame(signs, columns=list(view.kept_titles), index=names)


def _show_person(view: View, place: int) -> None:
    (row,) = read_rows(PersonRow, view.everybody, answers.people_in_view(view)[[place]])
    states = answers.answer_states(view)[place]
    counts = Counter(states.tolist())
    parts = [
        f"{answers.answer_in_words(view, one)} {number(counts[one], view.lang)}"
        for one in SHOWN
        if counts[one]
    ]
    in_words = t("sentence.comma").join(parts)
    careers_of = (careers.career_in_words(view, row), careers.withdrawal_in_words(view, row))
    who = " · ".join([place_in_words(row), *(md(words) for words in careers_of if words)])
    label = f"{who} · {in_words}"  # no colon: « résultat inconnu : oui 3 » would be a result
    with figures.fold_part(label, f"_reponses_{row.signatory_id}") as wanted:
        if wanted:
            st.markdown(f"[{t('answers.city')}]({view.url('communes', commune=row.commune)})")
            with outage.guard_texts():
                lines = _answer_lines(view, row.signatory_id, states.tolist())
                page = paging.page_of(len(lines), OF_ONE, f"page_reponses_{place + 1}")
                st.markdown(_arrange_lines(lines[page]))


class _Line(NamedTuple):
    """What is said of one measure, and what stands above it, in markdown."""

    head: str
    theme: str
    words: str


def _arrange_lines(lines: Sequence[_Line]) -> str:
    """The lines with each head, and each theme below it, once."""
    parts = []
    for head, under in groupby(lines, attrgetter("head")):
        lines_of = []
        for theme, own in groupby(under, attrgetter("theme")):
            lines_of += [f"\n*{theme}*\n"] if theme else []
            lines_of += [line.words for line in own]
        parts.append(f"{head}\n\n" + "\n".join(lines_of))
    return "\n\n".join(parts)


def _answer_lines(view: View, signatory_id: str, states: list[int]) -> list[_Line]:
    """What somebody said of each measure that the filters keep, by answer."""
    given = answers.answers_in_words(view, [signatory_id]).get(signatory_id, {})
    only = view.filters.get("reponse")
    lines = []
    for one in SHOWN:
        asked = zip(view.kept_titles.items(), states, strict=True)
        own = {measure: title for (measure, title), state in asked if state == one}
        if not own or (only and one != AnswerState[only.upper()]):
            continue
        head = (
            f"**{SIGNS[one]} {answers.answer_in_words(view, one)}** ({number(len(own), view.lang)})"
        )
        for theme, measures in answers.measures_by_theme(view, own).items():
            for measure in measures:
                line = f"- {md(f'{measure}. {own[measure]}')}"
                if measure in given:
                    line += f"  \n  {line_to_markdown(view, given[measure].line)}"
                lines.append(_Line(head, md(theme) if theme else "", line))
    return lines


def show_files(view: View) -> None:
    """The answers of the view in each form."""
    links = (
        link(form_words(form, view.lang), files.table_address(view, "answers", form))
        for form in READERS
    )
    st.markdown(f":small[{t('answers.files', files=', '.join(links))}]")
