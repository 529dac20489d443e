"""Who committed to what before the vote, in the cells of a comparison: each answer in the words of who
gave it, and nothing of results."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from monitor import areas
from monitor.dates import day_number
from monitor.i18n import number, text
from monitor.read import answers
from monitor.read import city as cities
from monitor.read.answers import SHOWN, AnswerState
from monitor.read.city_texts import CityTexts
from monitor.read.lines import Line
from monitor.read.selection import View


class ShownAnswer(NamedTuple):
    """What somebody says of a measure. `name`: whose, "" where one person's alone stand there; `line`:
    what they answered, in their words; `words`: that they signed it, or gave no answer."""

    name: str
    line: Line | None
    words: str


def people_who_answered(people: Sequence[cities.Person], texts: CityTexts) -> list[cities.Person]:
    """Those who had signed or answered by the day."""
    return [one for one in people if one.row.signed or texts.answers.get(one.row.signatory_id)]


def sort_people(people: Sequence[cities.Person]) -> list[cities.Person]:
    """In the order of their names, which says nothing of them."""
    return sorted(people, key=lambda one: (areas.search_key(one.row.name), one.row.signatory_id))


def answers_about(
    view: View, people: Sequence[cities.Person], texts: CityTexts, measure: str
) -> list[ShownAnswer]:
    """What each of these people says of a measure."""
    named = len(people) > 1
    found = []
    for person in people:
        given = texts.answers.get(person.row.signatory_id, {}).get(measure)
        line = given.line if given else None
        words = "" if line else _words(view, _state(view, person, measure))
        found.append(ShownAnswer(person.row.name if named else "", line, words))
    return found


def count_answers_about(
    view: View, people: Sequence[cities.Person], texts: CityTexts, measure: str
) -> str:
    """« oui 12, sans réponse 3 »: of many people."""
    counts = Counter(
        given.state
        if (given := texts.answers.get(person.row.signatory_id, {}).get(measure))
        else _state(view, person, measure)
        for person in people
    )
    in_words = [
        f"{_words(view, one)} {number(counts[one], view.lang)}" for one in SHOWN if counts[one]
    ]
    return text("sentence.comma", view.lang).join(in_words)


def _state(view: View, person: cities.Person, measure: str) -> AnswerState:
    """What is known of somebody who did not answer about a measure."""
    signed, today = view.known.promised.first, day_number(view.day)
    there = any(
        one.row.measure == measure and signed[one.row.Index] <= today for one in person.commitments
    )
    return AnswerState.SIGNED if there else AnswerState.SILENT


def _words(view: View, state: AnswerState) -> str:
    if answers.any_answers(view):
        return answers.answer_in_words(view, state)
    key = "comparison.signed_it" if state is AnswerState.SIGNED else "comparison.none"
    return view.text(key)
