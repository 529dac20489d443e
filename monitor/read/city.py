"""One city in a view: who signed there, their time in office, and each measure with its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from monitor import areas, dates, indicators, queries
from monitor.dates import date_interval
from monitor.i18n import partial_day, since_day
from monitor.models import Status
from monitor.pacts import Pact
from monitor.read import answers, chart_data, facts, log_entries, replies
from monitor.read.cache import per_filter, per_state
from monitor.read.day_state import DayState
from monitor.read.pact_state import PactState
from monitor.read.selection import View, rows_matching


@dataclass(frozen=True)
class Commitment:
    """`row`: as in `status.fold`; `seqs`: the public entries about it, newest first."""

    row: Any
    seqs: list[int]


@dataclass(frozen=True)
class Person:
    """`row`: as in `status.fold_people`; `terms`: as `DayState.mandates_of`."""

    row: Any
    terms: pd.DataFrame
    commitments: list[Commitment] = field(default_factory=list)


@dataclass(frozen=True)
class City:
    """`people`: the elected first. `department`: "" when it is not known."""

    code: str
    name: str
    department: str
    department_code: str
    size: str
    people: list[Person]

    @property
    def title(self) -> str:
        """« Lyon (Rhône) »; a department of one commune is not said twice."""
        if self.department in ("", self.name):
            return self.name
        return f"{self.name} ({self.department})"

    @property
    def commitments(self) -> list[Commitment]:
        return [one for person in self.people for one in person.commitments]

    @property
    def bound(self) -> list[Commitment]:
        """Those that bind on the day."""
        return [one for one in self.commitments if one.row.binding]


@per_state
def city(state: DayState, code: str) -> City:
    """The city of that code where somebody signed."""
    people, commitments = (
        table.take(rows_matching(table, {"commune": code}))
        for table in (state.people, state.commitments)
    )
    own: dict[str, list[Commitment]] = {}
    for row in commitments.itertuples():
        seqs = state.seqs_about(np.array([row.Index])).tolist()
        own.setdefault(row.signatory_id, []).append(Commitment(row, seqs))
    rows = people.sort_values("elected", ascending=False, kind="stable").itertuples()
    found = [
        Person(
            row,
            state.mandates_of(row.signatory_id),
            own.get(row.signatory_id, []),
        )
        for row in rows
    ]
    first = found[0].row
    return City(
        code, first.commune_name, first.department, first.department_code, first.size, found
    )


def narrow_city(view: View, place: City) -> City:
    """The place with those commitments alone that are about the measures in view, and with whoever was
    asked about them."""
    kept = chart_data.titles_in_view(view)
    if len(kept) == len(view.titles):
        return place
    people = [
        replace(person, commitments=[one for one in person.commitments if one.row.measure in kept])
        for person in place.people
    ]
    asked = answers.any_answers(view)
    return replace(place, people=[person for person in people if person.commitments or asked])


def other_pacts(view: View, codes: Sequence[str]) -> list[tuple[Pact, str, str]]:
    """(pact, code, name) of each other pact of which somebody is publicly known to have signed in one of
    these communes, the latest election first."""
    found = []
    for pact_id, log in view.snapshot.logs.items():
        if pact_id != view.log.pact.id:
            signed = PactState(view.snapshot, pact_id).signed_areas
            found += [(log.pact, c, str(signed["name"][c])) for c in codes if c in signed.index]
    return sorted(found, key=lambda one: one[0].election_on, reverse=True)


def same_signatory(view: View, row) -> list[tuple[Pact, str]]:
    """(pact, commune) of each signature in another pact of who signed here, by the `person_id` that both
    files give: nothing is guessed. The latest election first. `row`: of `status.fold_people`."""
    found = []
    for pact_id, log in view.snapshot.logs.items():
        if pact_id != view.log.pact.id and isinstance(row.person_id, str):
            others = PactState(view.snapshot, pact_id).known.signatories
            same = others.loc[others["person_id"] == row.person_id, "commune"]
            found += [(log.pact, str(commune)) for commune in same]
    return sorted(found, key=lambda one: one[0].election_on, reverse=True)


@dataclass(frozen=True)
class Texts:
    """What was said of a city. `entries`: by their seq; `replies`: the last one about a commitment, by
    its row; `requests`: `replies.requests_in_words` by signatory; `answers`: `answers.answers_of`;
    `details`: `facts.details_of`."""

    entries: dict[int, log_entries.Shown]
    replies: dict[int, queries.Entry]
    requests: dict[str, dict[str, list[str]]]
    answers: facts.Rows
    details: facts.Rows


def city_texts(view: View, place: City) -> Texts:
    """All of them, read at once."""
    seqs = [seq for one in place.commitments for seq in (*one.seqs, one.row.said_by) if seq]
    rows = np.array([one.row.Index for one in place.commitments], dtype=np.int64)
    people = [person.row.signatory_id for person in place.people]
    with log_entries.open_texts():
        return Texts(
            {
                int(entry.seq): entry
                for entry in log_entries.read_entries(view, list(dict.fromkeys(seqs)))
            },
            replies.last_replies(view, rows),
            {person: replies.requests_in_words(view, person) for person in people},
            answers.answers_of(view, people),
            facts.details_of(view, people),
        )


def day_as_known(on: date, entry) -> str:
    """A counting day as EDTF, no more precise than the date of the entry that it comes from; of a
    search, its own day: one made after the mandate counts by its end."""
    if entry is None:
        return on.isoformat()
    first, last = date_interval(entry.happened_on)
    own = first <= on <= last or (entry.status == Status.NO_EVIDENCE and on < first)
    return entry.happened_on if own else on.isoformat()


def since_in_words(view: View, row, entry, *, bare: bool = False) -> str | None:
    """Since when a commitment has had its status, no more precise than the entry that says so: « depuis
    novembre 2017 »; None where nothing does. `bare`: the date alone."""
    if pd.isna(row.since):
        return None
    known = day_as_known(row.since.date(), entry)
    return partial_day(known, view.lang) if bare else since_day(known, view.lang)


def status_segments(view: View, rows: Sequence[int]) -> list[list[tuple[date, date, str]]]:
    """For each commitment (row of `View.everything`), where it stands on every day from the start of the
    term to the day of the view: (first day, last day, its status, or one of `charts.BANDS` while it does
    not bind). Nothing of those that have not bound by then."""
    runs = view.state.runs
    first, last = dates.day_number(view.pact.term_start), dates.day_number(view.day)
    codes = list(Status)
    found = []
    for row in rows:
        own = zip(*(part.tolist() for part in runs.of(np.array([row]))), strict=True)
        whole: list[tuple[int, int, str]] = []
        after, band = first, "not_yet"
        for start, end, code, _ in sorted(own):
            if start > last:
                break
            whole += [(after, start - 1, band), (start, end - 1, codes[code])]
            after, band = end, "ended"
        if whole:
            whole.append((after, last, band))
        found.append(_joined(whole, first, last))
    return found


def _joined(
    parts: Sequence[tuple[int, int, str]], first: int, last: int
) -> list[tuple[date, date, str]]:
    """What of the parts lies between two days, those of one kind that follow each other as one."""
    joined: list[list] = []
    for start, end, kind in parts:
        start, end = max(start, first), min(end, last)
        if start > end:
            continue
        if joined and joined[-1][2] == kind and start <= joined[-1][1] + 1:
            joined[-1][1] = end
        else:
            joined.append([start, end, kind])
    return [(dates.date_of_day(start), dates.date_of_day(end), kind) for start, end, kind in joined]


@dataclass(frozen=True)
class Peers:
    """Communes of the same size, by what binds officials of the same office there. `cities`: how many
    communes; `table`: one row of `indicators.indicator_table`."""

    size: str
    office: str
    cities: int
    table: Any


@per_filter
def peer_cities(view: View, size: str, office: str) -> Peers | None:
    """What a commune of that size, bound by an official of that office, is compared with: like with
    like, itself among them; None when there is no other. An arrondissement is no commune."""
    alike = replace(view, filters={"taille": size, "fonction": office})
    cities = _in_communes(alike.bound)["commune"].nunique()
    if cities < 2 or size == "unknown":
        return None
    (row,) = indicators.indicator_table(_in_communes(alike.commitments_for_figures)).itertuples()
    return Peers(size, office, cities, row)


def _in_communes(commitments: pd.DataFrame) -> pd.DataFrame:
    parts = commitments["commune"].isin(areas.city_of_district().keys())
    return commitments[~parts] if parts.any() else commitments
