"""What people answered about each measure, in which words, and who gave no answer."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import pandas as pd

from monitor import dates
from monitor.areas import search_key, sort_keys
from monitor.i18n import number, text
from monitor.models import Answer
from monitor.read import facts
from monitor.read.answer_lines import answer_line
from monitor.read.cache import per_filter, per_view
from monitor.read.entry_text import EntryText
from monitor.read.filters import FILTERS
from monitor.read.labels import measure_title
from monitor.read.lines import Line, Topic
from monitor.read.selection import View, rows_matching
from monitor.read.unpromised import line_with_entries


class AnswerState(IntEnum):
    """What is known of somebody and a measure: an answer; without one, that they signed, or nothing."""

    SILENT = 0
    YES = 1
    PARTLY = 2
    NO = 3
    SIGNED = 4
    NEITHER = 5


#: The order in which they are counted and shown.
SHOWN = (
    AnswerState.YES,
    AnswerState.PARTLY,
    AnswerState.NO,
    AnswerState.NEITHER,
    AnswerState.SIGNED,
    AnswerState.SILENT,
)
_CODES = {answer.value: AnswerState[answer.name] for answer in Answer}


def any_answers(view: View) -> bool:
    """Whether the pact has answers at all."""
    return bool(len(view.known.answers))


def answer_rows(view: View) -> pd.DataFrame:
    """Of `DayState.answers`, those that the filters of people, measures and answers keep."""
    table = view.day_state.answers
    if not (view.filters and len(table)):
        return table
    kept = np.isin(table["person"], people_in_view(view)) & table["measure"].isin(
        list(view.kept_titles)
    )
    if answer := view.filters.get("reponse"):
        kept &= (table["answer"] == answer).to_numpy()
    return table[kept]


@per_filter
def people_in_view(view: View) -> np.ndarray:
    """The signatories whom the filters keep: their rows."""
    table = view.everybody
    own = view.columns(*(name for name in view.filters if FILTERS[name].column in table))
    return rows_matching(table, own) if own else np.arange(len(table))


@per_filter
def answer_states(view: View) -> np.ndarray:
    """`AnswerState` of each of `people_in_view` and of the measures that the filters keep, [person,
    measure], whatever the filter by answer."""
    view = view.without("reponse")
    who, ids = people_in_view(view), pd.Index(list(view.kept_titles))
    found = np.full((len(view.everybody), len(ids)), AnswerState.SILENT, dtype=np.int8)
    known = view.known
    signed = known.promised.first <= dates.day_number(view.day)
    column = ids.get_indexer(known.commitments["measure"].astype("str"))
    there = signed & (column >= 0)
    found[known.owner[there], column[there]] = AnswerState.SIGNED
    table = answer_rows(view)
    codes = table["answer"].map(_CODES).to_numpy(dtype=np.int8)
    found[table["person"].to_numpy(), ids.get_indexer(table["measure"])] = codes
    return found[who]


def count_answers(view: View) -> dict[AnswerState, int]:
    """How many of all that was asked have each answer: they add up to people × measures."""
    counts = np.bincount(answer_states(view).ravel(), minlength=len(AnswerState))
    return {one: int(counts[one]) for one in SHOWN}


@per_filter
def count_partly_answered(view: View) -> int:
    """Of the commitments that bind, whatever the filter by status, how many were made by the answer
    « partly »."""
    table = view.day_state.answers
    table = table[table["answer"] == Answer.PARTLY] if len(table) else table
    if not len(table):
        return 0
    shown = view.of_every_status
    who, measures = (shown.commitments[name].array for name in ("signatory_id", "measure"))
    answered = np.zeros((len(who.categories), len(measures.categories)), dtype=bool)
    person = who.categories.get_indexer(table["signatory_id"])
    measure = measures.categories.get_indexer(table["measure"])
    known = (person >= 0) & (measure >= 0)
    answered[person[known], measure[known]] = True
    return int(np.count_nonzero(answered[who.codes, measures.codes] & shown.binding))


def unsigned_in_words(view: View, signatories: Sequence[str]) -> dict[tuple[str, str], str]:
    """By signatory and measure, what these people say of a measure that they have not signed: that they
    refused it, answered neither yes nor no, or gave no answer. Nothing where nobody was asked."""
    table = view.day_state.answers
    if not any_answers(view):
        return {}
    given = table[table["signatory_id"].isin(list(signatories))]
    pairs = zip(given["signatory_id"], given["measure"], given["answer"], strict=True)
    answered = {(who, measure): answer for who, measure, answer in pairs}
    words = {
        Answer.NO: text("answer.refused", view.lang),
        Answer.NEITHER: text("answer.given_neither", view.lang),
        None: answer_in_words(view, AnswerState.SILENT),
    }
    return {
        (who, one.id): words[answer]
        for who in signatories
        for one in view.pact.measures
        if (answer := answered.get((who, one.id))) in words
    }


@per_view
def partly_in_words(view: View) -> dict[tuple[str, str], str]:
    """By signatory and measure, that the answer was « partly »."""
    table = view.day_state.answers
    table = table[table["answer"] == Answer.PARTLY] if len(table) else table
    words = text("answer.given_partly", view.lang)
    return {pair: words for pair in zip(table["signatory_id"], table["measure"], strict=True)}


class AnswerWords(NamedTuple):
    """An answer, and the words of who gave it."""

    state: AnswerState
    line: Line


def answers_in_words(
    view: View, signatories: Sequence[str], measure: str | None = None
) -> dict[str, dict[str, AnswerWords]]:
    """The answers of these people by the day: by signatory and measure; about one `measure` alone,
    unless None."""
    return {
        who: {
            measure: AnswerWords(_CODES[row.answer], answer_line(row, view.lang))
            for measure, row in own.items()
        }
        for who, own in facts.answers_of(view, signatories, measure).items()
    }


class AnswersApart(NamedTuple):
    """Answers of one kind that stand beside no commitment, or silence. `by_theme`: "" where
    the pact has none, each measure by its title, and the line."""

    answer: AnswerState
    label: str
    by_theme: dict[str, list[tuple[str, Line]]]


def answers_apart(
    view: View,
    given: Mapping[str, AnswerWords],
    signed: Collection[str],
    beside: Collection[str],
    noted: Mapping[str, Sequence[EntryText]],
) -> list[AnswersApart]:
    """What somebody answered (`given`, by measure) about measures that are not shown as commitments,
    `beside` which their answer stands: refusals, all of who is bound to nothing, what else they had
    `signed` by the day, and what they left without an answer. Of the measures in view; with what is
    `noted` of each although it was not promised."""
    nothing = Line(Topic.REPLY, (), ())
    found: dict[AnswerState, dict[str, Line]] = {}
    for measure in view.kept_titles:
        if measure in beside:
            continue
        if words := given.get(measure):
            found.setdefault(words.state, {})[measure] = words.line
        elif measure in signed:
            found.setdefault(AnswerState.SIGNED, {})[measure] = nothing
        elif any_answers(view):
            found.setdefault(AnswerState.SILENT, {})[measure] = nothing
    return [
        AnswersApart(
            state,
            _label(view, state, len(found[state])),
            {
                theme: [
                    (
                        measure_title(view, one),
                        line_with_entries(view, found[state][one], noted.get(one, ())),
                    )
                    for one in measures
                ]
                for theme, measures in measures_by_theme(view, found[state]).items()
            },
        )
        for state in SHOWN
        if state in found
    ]


def measures_by_theme(view: View, measures: Iterable[str]) -> dict[str, list[str]]:
    """These measures by the name of their theme; all under "" where the pact has no themes."""
    found: dict[str, list[str]] = {}
    unknown = text("theme.unknown", view.lang) if view.pact.themes else ""
    for one in measures:
        found.setdefault(view.measure(one).theme or unknown, []).append(one)
    return found


def _label(view: View, state: AnswerState, count: int) -> str:
    n = number(count, view.lang)
    if state in (AnswerState.SILENT, AnswerState.SIGNED):
        return text(f"answers.apart_{state.name.lower()}", view.lang, n=n)
    return text("answers.apart", view.lang, answer=answer_in_words(view, state), n=n)


def answer_in_words(view: View, state: AnswerState) -> str:
    """An answer, or that there is none, as one says it."""
    return text(f"answer.{state.name.lower()}", view.lang)


@per_filter
def answer_table(view: View) -> pd.DataFrame:
    """What is known of each person whom the filters keep and each measure, by city and name: who and
    where, measure, answer (`AnswerState` in lower case). With a filter by answer, of who gave it to a
    measure at least; nothing where nobody was asked."""
    kept = np.ones(len(people_in_view(view)), dtype=bool)
    if answer := view.filters.get("reponse"):
        kept = (answer_states(view) == AnswerState[answer.upper()]).any(axis=1)
    return _table_of(view, kept)


def answers_of_people(view: View, signatories: Iterable[str]) -> pd.DataFrame:
    """`answer_table` of these people alone."""
    ids = view.everybody["signatory_id"].iloc[people_in_view(view)]
    return _table_of(view, ids.isin(list(signatories)).to_numpy())


def _table_of(view: View, kept: np.ndarray) -> pd.DataFrame:
    """`answer_table`, of a mask of `people_in_view`."""
    states, found = answer_states(view), view.everybody.take(people_in_view(view))
    rows = np.flatnonzero(kept & any_answers(view))
    named = found[["commune_name", "name"]].iloc[rows]
    towns = sort_keys(named["commune_name"].astype("str").tolist())
    keys = [*zip(towns, map(search_key, named["name"]), strict=True)]
    rows = rows[sorted(range(len(rows)), key=keys.__getitem__)].astype(np.int64)
    measures, codes = (
        list(view.kept_titles),
        [one.name.lower() for one in AnswerState],
    )
    names = ("signatory_id", "name", "commune", "commune_name", "department_code")
    people = found[list(names)].iloc[np.repeat(rows, len(measures))].astype("str")
    return people.assign(
        measure=pd.array(measures * len(rows), dtype="str"),
        answer=pd.Categorical.from_codes(states[rows].ravel(), codes).astype("str"),
    ).reset_index(drop=True)


def names_on_day(view: View, table: pd.DataFrame) -> pd.Series:
    """The names of a table of people; beside that of whoever had withdrawn the signature, so it says."""
    names, everybody = table["name"].astype("str"), view.everybody
    gone = table["signatory_id"].isin(everybody["signatory_id"][everybody["withdrawn"]])
    return names.mask(gone, names + f" ({text('verdict.withdrawn', view.lang)})")


def answer_parts(view: View, at_once: int) -> Iterator[pd.DataFrame]:
    """`facts.row_parts` of the answers of a view."""
    return facts.row_parts(view, "answers", answer_rows(view), at_once)
