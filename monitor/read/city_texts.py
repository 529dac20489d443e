"""What is said of the people and the commitments of a city, without any markup: read at once for a page
or a sheet, and put into words here."""

from dataclasses import dataclass

import numpy as np

from monitor import queries
from monitor.pacts import Pact
from monitor.read import answers, careers, facts, log_entries, replies
from monitor.read.answers import AnswersApart
from monitor.read.city import City, Commitment, Person, same_signatory
from monitor.read.city_groups import Group
from monitor.read.commitment_text import CommitmentText, commitment_text
from monitor.read.entry_text import EntryText, entry_text
from monitor.read.lines import Line
from monitor.read.selection import View


@dataclass(frozen=True)
class CityTexts:
    """What was said in a city. `entries`: by their seq; `replies`: the last one about a commitment, by
    its row; `requests`: `replies.requests_in_words` by signatory; `answers`: `answers.answers_of`;
    `details`: `facts.details_of`."""

    entries: dict[int, log_entries.Shown]
    replies: dict[int, queries.Entry]
    requests: dict[str, dict[str, list[str]]]
    answers: facts.Rows
    details: facts.Rows


def city_texts(view: View, place: City, recent: int | None = None) -> CityTexts:
    """All of them, read at once. `recent`: of the entries about a commitment, so many of the newest
    alone, and the one that gave it its status."""
    seqs = [
        seq for one in place.commitments for seq in (*one.seqs[:recent], one.row.said_by) if seq
    ]
    rows = np.array([one.row.Index for one in place.commitments], dtype=np.int64)
    people = [person.row.signatory_id for person in place.people]
    with log_entries.open_texts():
        return CityTexts(
            {
                int(entry.seq): entry
                for entry in log_entries.read_entries(view, list(dict.fromkeys(seqs)))
            },
            replies.last_replies(view, rows),
            {person: replies.requests_in_words(view, person) for person in people},
            answers.answers_of(view, people),
            facts.details_of(view, people),
        )


#: Where the database does not answer.
_NO_TEXTS = CityTexts({}, {}, {}, {}, {})


@dataclass(frozen=True)
class PersonWords:
    """Somebody who signed. `mandates`: their time in office, where `facts` does not say it; `also`: what
    stands before `elsewhere`, each other pact that they signed and where, "" where there is none;
    `unbound`: why nothing binds them, "" where something does; `answers`: what they answered about
    measures that are not among the commitments shown."""

    facts: Line
    mandates: str
    also: str
    elsewhere: list[tuple[Pact, str]]
    unbound: str
    answers: list[AnswersApart]


def person_words(
    view: View, person: Person, groups: list[Group], said: CityTexts | None
) -> PersonWords:
    """What a page or a sheet shows of somebody beside their commitments, of which those in `groups` are
    shown. `said`: None while the texts cannot be read: nothing is then said of answers."""
    row, who = person.row, person.row.signatory_id
    elsewhere = same_signatory(view, row)
    beside = {one.row.measure for group in groups for one in group.commitments}
    return PersonWords(
        facts=careers.signatory_line(view, row),
        mandates=careers.time_in_office(view, row),
        also=careers.other_pacts_label(view, row, elsewhere) if elsewhere else "",
        elsewhere=elsewhere,
        unbound=careers.why_unbound(view, row, [one.row for one in person.commitments]),
        answers=answers.answers_apart(view, who, said.answers.get(who, {}), beside) if said else [],
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


def commitment_words(view: View, one: Commitment, said: CityTexts | None) -> CommitmentWords:
    """What a page or a sheet shows of a commitment. `said`: None while the texts cannot be read."""
    row, said = one.row, said or _NO_TEXTS
    began = said.entries.get(row.said_by)
    answer = said.answers.get(row.signatory_id, {}).get(row.measure)
    detail = said.details.get(row.signatory_id, {}).get(row.measure)
    reply = said.replies.get(row.Index)
    return CommitmentWords(
        text=commitment_text(view, row, detail),
        answer=answers.answer_line(view, answer) if answer else None,
        requests=said.requests.get(row.signatory_id, {}).get(row.measure, []),
        reply=replies.reply_beside_status(view, reply, row.since) if reply else None,
        began=entry_text(view, began) if began else None,
        entries=[entry_text(view, said.entries[seq]) for seq in one.seqs if seq in said.entries],
    )
