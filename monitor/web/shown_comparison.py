"""What a comparison of two places shows, for its template."""

from collections.abc import Sequence
from typing import NamedTuple

from monitor.models import Status
from monitor.read.entry_text import EntryText
from monitor.read.lines import Line
from monitor.web import before_vote


class ShownCommitment(NamedTuple):
    """A commitment in the column of its place. `name`: whose, "" where one person's alone stand there;
    `facts`: when its status began, its verdict, how closely it was looked at; `began`: the entry that
    gave it its status, `evidence`: its source and what became of it; `beside`: what the official
    answered; `requests`: that they were asked."""

    name: str
    status: Status
    word: str
    facts: str
    began: EntryText | None = None
    evidence: tuple[Line, ...] = ()
    beside: tuple[Line, ...] = ()
    requests: tuple[str, ...] = ()


class ShownCell(NamedTuple):
    """What there is of a measure in a place. `words`: why there is nothing, or the counts of too many;
    `address`: of the sheet of the place for this measure alone, "" where all of it stands here;
    `answers`: before the vote, what each person says of it."""

    commitments: list[ShownCommitment]
    words: list[str]
    address: str
    answers: Sequence[before_vote.ShownAnswer] = ()


class ShownMeasure(NamedTuple):
    """A measure, with the cell of each place. `whole`: its title, "" where `title` does not cut it, or
    much stands here."""

    title: str
    whole: str
    criterion: str | None
    cells: list[ShownCell]


class ShownPlace(NamedTuple):
    """A place at the head of its column. `size`: how large it is, "" where nobody knows; `effort`: how
    closely it was looked at, and that it was not; `people`: (name, line of facts, other sentences) of
    each, where they are few."""

    code: str
    title: str
    name: str
    size: str
    summary: str
    effort: str
    people: list[tuple[str, Line, list[str]]]


class ShownComparison(NamedTuple):
    """`themes`: the measures by theme, or by parts of the list where there are none, under "" where they
    are few; none where nothing binds anybody. `is_early`: the vote is still to come, and answers stand
    there. `is_long`: what is folded is not printed."""

    places: list[ShownPlace]
    themes: dict[str, list[ShownMeasure]]
    is_early: bool
    is_long: bool
