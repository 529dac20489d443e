"""What is said of the people and the commitments of a city, without any markup: put into words here,
once for its page and its sheet."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from monitor.dates import day_number
from monitor.pacts import Pact
from monitor.read import careers, facts, log_entries, replies, unpromised
from monitor.read.answers import AnswersApart, AnswerWords, answers_apart, answers_in_words
from monitor.read.cache import per_view
from monitor.read.city import City, Commitment, Person, city, same_signatory
from monitor.read.city_groups import Group
from monitor.read.commitment_text import (
    CommitmentText,
    Fact,
    commitment_text,
    common_facts,
)
from monitor.read.entry_text import EntryText, entry_text
from monitor.read.lines import Line
from monitor.read.selection import View

#: Entries of a commitment that are shown at once; the older ones unfold, and are not printed: so the
#: sheet of one official fits on two pages.
RECENT = 5


@dataclass(frozen=True)
class CityTexts:
    """What was said in a city. `entries`: by their seq; `requests`: `replies.requests_in_words` by
    signatory; `replies`: the last one about a commitment, by its row; `answers`: by signatory and
    measure; `details`: `facts.details_of`; `noted`: `unpromised.entries_of`."""

    entries: dict[int, log_entries.LogEntry]
    requests: dict[str, dict[str, list[str]]]
    replies: dict[int, Line]
    answers: dict[str, dict[str, AnswerWords]]
    details: facts.Rows
    noted: dict[str, dict[str, list[EntryText]]]


def city_texts(view: View, place: City, recent: int | None = None) -> CityTexts:
    """All of them, read at once. `recent`: of the entries about a commitment, so many of the newest
    alone, and the one that gave it its status."""
    seqs = [
        seq for one in place.commitments for seq in (*one.seqs[:recent], one.row.said_by) if seq
    ]
    rows = np.array([one.row.Index for one in place.commitments], dtype=np.int64)
    people = [person.row.signatory_id for person in place.people]
    with log_entries.open_texts():
        found = log_entries.read_entries(view, list(dict.fromkeys(seqs)))
        return CityTexts(
            entries={int(entry.seq): entry for entry in found},
            requests={person: replies.requests_in_words(view, person) for person in people},
            replies=replies.replies_beside_status(view, rows),
            answers=answers_in_words(view, people),
            details=facts.details_of(view, people),
            noted=unpromised.entries_of(view, people),
        )


@per_view
def recent_city_texts(view: View, code: str) -> CityTexts:
    """Those of a whole city of which the RECENT entries are shown at once."""
    return city_texts(view, city(view.day_state, code), RECENT)


#: Where the database does not answer.
_NO_TEXTS = CityTexts({}, {}, {}, {}, {}, {})


@dataclass(frozen=True)
class PersonWords:
    """Somebody who signed. `mandates`: their time in office, where `facts` does not say it; `terms`:
    each of their mandates; `also`: what stands before `elsewhere`, each other pact that they signed and
    where, "" where there is none; `unbound`: why nothing binds them, "" where something does;
    `answers`: what they answered about measures that are not among the commitments shown; `common`:
    what is said once of the commitments shown, and not of each."""

    facts: Line
    mandates: str
    terms: str
    also: str
    elsewhere: list[tuple[Pact, str]]
    unbound: str
    answers: list[AnswersApart]
    common: tuple[Fact, ...]


def person_words(
    view: View, person: Person, groups: list[Group], texts: CityTexts | None
) -> PersonWords:
    """What a page or a sheet shows of somebody beside their commitments, of which those in `groups` are
    shown. `texts`: None while they cannot be read: nothing is then said of answers."""
    row, elsewhere = person.row, same_signatory(view, person.row)
    promised, today = view.known.promised.first, day_number(view.day)
    signed = {one.row.measure for one in person.commitments if promised[one.row.Index] <= today}
    shown = [one.row for group in groups for one in group.commitments]
    beside = {row.measure for row in shown}
    read, who = texts or _NO_TEXTS, row.signatory_id
    given, noted = read.answers.get(who, {}), read.noted.get(who, {})
    return PersonWords(
        facts=careers.signatory_line(view, row),
        mandates=careers.time_in_office(view, row),
        terms=view.text("sentence.semicolon").join(careers.mandates_in_words(view, person.terms)),
        also=careers.other_pacts_label(view, row, elsewhere) if elsewhere else "",
        elsewhere=elsewhere,
        unbound=careers.why_unbound(view, row, [one.row for one in person.commitments]),
        answers=answers_apart(view, given, signed, beside, noted) if texts else [],
        common=common_facts(view, shown),
    )


@dataclass(frozen=True)
class CommitmentWords:
    """A commitment and what was said of it. `began`: the entry that gave it its status; `entries`: those
    that were read, newest first."""

    text: CommitmentText
    answer: Line | None
    requests: list[str]
    reply: Line | None
    began: EntryText | None
    entries: list[EntryText]


def commitment_words(
    view: View, one: Commitment, texts: CityTexts | None, common: Iterable[Fact] = ()
) -> CommitmentWords:
    """What a page or a sheet shows of a commitment. `texts`: None while the texts cannot be read;
    `common`: as in PersonWords, where it is shown."""
    row, texts = one.row, texts or _NO_TEXTS
    who, measure = row.signatory_id, row.measure
    began = texts.entries.get(row.said_by)
    answer = texts.answers.get(who, {}).get(measure)
    return CommitmentWords(
        text=commitment_text(view, row, texts.details.get(who, {}).get(measure), common),
        answer=answer.line if answer else None,
        requests=texts.requests.get(who, {}).get(measure, []),
        reply=texts.replies.get(row.Index),
        began=entry_text(view, began) if began else None,
        entries=[entry_text(view, texts.entries[seq]) for seq in one.seqs if seq in texts.entries],
    )
