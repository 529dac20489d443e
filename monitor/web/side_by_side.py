"""Two places of one pact beside each other: the same measures on the same day, and no order of merit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from monitor import charts, indicators
from monitor.i18n import number, partial_day, plural, text
from monitor.models import Status
from monitor.read import answers, careers
from monitor.read import city as cities
from monitor.read.city_groups import Group, group_heading
from monitor.read.city_texts import CityTexts, city_texts, commitment_words
from monitor.read.known_days import day_as_known, since_in_words
from monitor.read.labels import listed_title
from monitor.read.lines import Line, Topic
from monitor.read.selection import View
from monitor.table_rows import IndicatorRow, read_rows
from monitor.web import before_vote, sheet_words
from monitor.web.measure_parts import name_parts
from monitor.web.shown_comparison import (
    ShownCell,
    ShownCommitment,
    ShownComparison,
    ShownMeasure,
    ShownPlace,
)

#: With more commitments than this in both places each is on a line, with more than that counted.
IN_FULL, IN_LINES = sheet_words.IN_FULL, 2 * sheet_words.IN_LINES
#: Of a place with more people than this, nobody is told of apart from the table.
PEOPLE = 12
#: Of more measures than this, what is folded is not printed.
LONG = 100


class Pick(NamedTuple):
    """What stands in a column: a place, or one person there (`signatory`)."""

    code: str
    signatory: str = ""


@dataclass(frozen=True)
class _Side:
    """A place with its texts; `concerned`: whose commitments are shown one by one, or whose answers;
    `alone`: it is one person, who was asked for."""

    alone: bool
    view: View
    place: cities.City
    texts: CityTexts
    concerned: list[cities.Person]
    unsigned: Mapping[tuple[str, str], str]


def compare_sides(view: View, asked: Sequence[Pick]) -> ShownComparison:
    """These places or people, in that order, in the measures that the view keeps."""
    own = [_place(view, one) for one in asked]
    is_early = all(cities.tells_answers(seen, place.people) for seen, place in own)
    sides = [
        _side(seen, place, is_early, bool(one.signatory))
        for one, (seen, place) in zip(asked, own, strict=True)
    ]
    each, concerned = len(view.titles), [one for side in sides for one in side.concerned]
    count = sum(each if is_early else len(one.commitments) for one in concerned)
    titles = list(sides[0].view.kept_titles) if count else []
    themes: dict[str, list[ShownMeasure]] = {}
    parts = name_parts(view, titles)
    for measure in titles:
        one = view.measure(measure)
        themes.setdefault(parts[measure], []).append(
            ShownMeasure(
                listed_title(view, measure),
                _whole_title(view, measure) if count <= IN_FULL else "",
                one.criterion(view.lang) if count <= IN_FULL else None,
                [(_early_cell if is_early else _cell)(side, measure, count) for side in sides],
            )
        )
    heads = [_head(side, is_early) for side in sides]
    return ShownComparison(heads, themes, is_early, len(titles) > LONG)


def _whole_title(view: View, measure: str) -> str:
    whole = view.measure(measure).title(view.lang)
    return "" if whole.split() == view.titles[measure].split() else whole


def _place(view: View, asked: Pick) -> tuple[View, cities.City]:
    own = sheet_words.city_view(view, asked.code)
    place = cities.narrow_city(own, cities.city(own.day_state, asked.code))
    if asked.signatory:
        people = [one for one in place.people if one.row.signatory_id == asked.signatory]
        place = replace(place, people=people)
    return own, place


def _side(own: View, place: cities.City, is_early: bool, alone: bool) -> _Side:
    texts = city_texts(own, place, 1)
    if is_early:
        place = replace(place, people=before_vote.sort_people(place.people))
        there = before_vote.people_who_answered(place.people, texts)
        return _Side(alone, own, place, texts, there, {})
    ids = [one.row.signatory_id for one in place.concerned]
    unsigned = answers.unsigned_in_words(own, ids)
    return _Side(alone, own, place, texts, place.concerned, unsigned)


def _head(side: _Side, is_early: bool) -> ShownPlace:
    view, place = side.view, side.place
    name = place.people[0].row.name if side.alone and place.people else place.name
    return ShownPlace(
        place.code,
        f"{name} ({place.name})" if side.alone else place.title,
        name,
        "" if side.alone or place.size == "unknown" else text(f"size.{place.size}", view.lang),
        "" if side.alone and is_early else sheet_words.place_summary(view, place),
        _effort(side),
        [_person(view, one) for one in place.people] if len(place.people) <= PEOPLE else [],
    )


def _person(view: View, person: cities.Person) -> tuple[str, Line, list[str]]:
    row = person.row
    facts = [
        careers.time_in_office(view, row),
        careers.why_unbound(view, row, [one.row for one in person.commitments]),
    ]
    return row.name, careers.signatory_line(view, row), [*filter(None, facts)]


def _effort(side: _Side) -> str:
    """How much of what is due there anybody has looked at, and when; "" where nothing binds anybody."""
    view, table = side.view, side.view.commitments_for_figures
    if side.alone:
        table = table[
            table["signatory_id"].isin([one.row.signatory_id for one in side.place.people])
        ]
    (row,) = read_rows(IndicatorRow, indicators.indicator_table(table))
    if not row.due:
        bound = int(table["binding"].sum())
        return view.plural("comparison.all_apart", bound) if bound else ""
    if not row.assessed:
        return view.plural("comparison.unseen", row.due)
    return view.plural(
        "comparison.effort",
        row.due,
        assessed=number(row.assessed, view.lang),
        effort=charts.assessment_effort(row, view.lang),
    )


def _cell(side: _Side, measure: str, count: int) -> ShownCell:
    view = side.view
    own = [
        (person.row, one)
        for person in side.concerned
        for one in person.commitments
        if one.row.measure == measure
    ]
    address = measure if count > IN_FULL else ""
    if count > IN_LINES and own:
        counts = group_heading(view, Group([one for _, one in own], words="-"))[1]
        return ShownCell([], [counts.removeprefix(text("sentence.colon", view.lang))], address)
    named = len(side.concerned) > 1
    shown = _in_lines if count > IN_FULL else _in_full
    return ShownCell(
        [shown(side, row.name if named else "", one) for row, one in own],
        [*_missing(side, measure, {row.signatory_id for row, _ in own})],
        address if own else "",
    )


def _early_cell(side: _Side, measure: str, count: int) -> ShownCell:
    if not side.concerned:
        return ShownCell([], [text("comparison.nobody_yet", side.view.lang)], "")
    asked = (side.view, side.concerned, side.texts, measure)
    if count > IN_LINES:
        return ShownCell([], [before_vote.count_answers_about(*asked)], "")
    return ShownCell([], [], "", before_vote.answers_about(*asked))


def _missing(side: _Side, measure: str, there: set[str]) -> Iterator[str]:
    """Who has no commitment about a measure, and what is known of that."""
    if not side.concerned:
        yield text("comparison.nobody", side.view.lang)
        return
    without = [person.row for person in side.concerned if person.row.signatory_id not in there]
    known = [(row, side.unsigned.get((row.signatory_id, measure), "")) for row in without]
    if len(side.concerned) == len(without) and not any(words for _, words in known):
        yield side.view.text("comparison.none")
        return
    colon = text("sentence.colon", side.view.lang)
    for row, words in known if len(known) <= PEOPLE else ():
        answer = words or side.view.text("comparison.none")
        yield f"{row.name}{colon}{answer}" if len(side.concerned) > 1 else answer


def _in_full(side: _Side, name: str, one: cities.Commitment) -> ShownCommitment:
    view = side.view
    words = commitment_words(view, one, side.texts)
    counted = text("sheet.count", view.lang)
    facts = [fact.words for fact in words.text.facts if one.seqs or fact.name != counted]
    if last := _last_look(side, one):
        facts.append(last)
    return ShownCommitment(
        name,
        words.text.status,
        words.text.word,
        " · ".join(facts)
        if one.seqs
        else f"{' · '.join(facts)}. {text('city.no_entry', view.lang)}",
        words.began,
        tuple(line for line in words.began.lines if line.topic is not Topic.QUOTE)
        if words.began
        else (),
        tuple(line for line in (words.answer, words.reply) if line),
        tuple(words.requests),
    )


def _in_lines(side: _Side, name: str, one: cities.Commitment) -> ShownCommitment:
    view, row = side.view, one.row
    states = [since_in_words(view, row)]
    if not row.binding:
        states.append(careers.why_not_binding(view, row))
    word = text(f"status.{row.status}", view.lang)
    beside = side.texts.replies.get(row.Index)
    told_of = ", ".join(filter(None, states))
    return ShownCommitment(
        name, Status(row.status), word, told_of, beside=(beside,) if beside else ()
    )


def _last_look(side: _Side, one: cities.Commitment) -> str:
    """When the last entry about a commitment counts from, "" where there is none."""
    on = one.row.last_on
    if on is None:
        return ""
    known = day_as_known(side.view.log.actions, on.date(), one.seqs[0] if one.seqs else 0)
    return text("comparison.last", side.view.lang, day=partial_day(known, side.view.lang))


def count_measures(view: View, comparison: ShownComparison) -> dict[str, str]:
    """By theme, how many measures it has, in words."""
    return {
        theme: plural("count.measures", len(measures), view.lang)
        for theme, measures in comparison.themes.items()
    }
