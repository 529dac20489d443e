"""One city in a view: who signed there, their time in office, and each measure with its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from monitor import areas, dates, indicators
from monitor.models import Outcome, Status, Verdict
from monitor.pacts import Pact
from monitor.read import answers, careers
from monitor.read.cache import per_filter, per_state
from monitor.read.day_state import DayState
from monitor.read.mandates import Mandate
from monitor.read.pact_state import PactState
from monitor.read.places import signed_areas
from monitor.read.selection import View, rows_matching
from monitor.table_rows import CommitmentRow, IndicatorRow, PersonRow, read_rows


@dataclass(frozen=True)
class Commitment:
    """`seqs`: the public entries about it, newest first."""

    row: CommitmentRow
    seqs: list[int]


@dataclass(frozen=True)
class Person:
    """`terms`: `DayState.mandates_of`."""

    row: PersonRow
    terms: list[Mandate]
    commitments: list[Commitment] = field(default_factory=list)

    @property
    def is_concerned(self) -> bool:
        """Whether their commitments are shown one by one: the election gave them the office, or at least
        one binds, has bound or will."""
        verdicts = {one.row.verdict for one in self.commitments}
        elected = self.row.outcome == Outcome.ELECTED
        return bool(verdicts) and (elected or verdicts != {Verdict.NOT_BOUND})


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
    def concerned(self) -> list[Person]:
        """The people whose commitments are shown one by one."""
        return [person for person in self.people if person.is_concerned]

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
    for row in read_rows(CommitmentRow, commitments):
        seqs = state.seqs_about(np.array([row.Index])).tolist()
        own.setdefault(row.signatory_id, []).append(Commitment(row, seqs))
    found = [
        Person(row, state.mandates_of(row.signatory_id), own.get(row.signatory_id, []))
        for row in sorted(read_rows(PersonRow, people), key=lambda row: not row.elected)
    ]
    first = found[0].row
    return City(
        code, first.commune_name, first.department, first.department_code, first.size, found
    )


def narrow_city(view: View, place: City) -> City:
    """The place with those commitments alone that are about the measures in view, and with whoever was
    asked about them."""
    kept = view.kept_titles
    if len(kept) == len(view.titles):
        return place
    people = [
        replace(person, commitments=[one for one in person.commitments if one.row.measure in kept])
        for person in place.people
    ]
    asked = answers.any_answers(view)
    return replace(place, people=[person for person in people if person.commitments or asked])


def ways_to_compare(view: View, place: City) -> list[str]:
    """What a place can stand beside: "people_here", two of its own before the vote; "link", another
    place of the pact."""
    there = [("people_here", has_two_people(view, place))]
    return [way for way, is_there in (*there, ("link", _has_other_places(view))) if is_there]


def _has_other_places(view: View) -> bool:
    return len(signed_areas(view.state.now)) > 1


def tells_answers(view: View, people: Sequence[Person]) -> bool:
    """Whether the vote is still to come and nothing binds any of these: there are only their words."""
    return careers.is_before_election(view) and not any(
        one.row.binding for person in people for one in person.commitments
    )


def has_two_people(view: View, place: City) -> bool:
    """Whether two people of a place can stand beside each other before the vote."""
    return len(place.people) > 1 and tells_answers(view, place.people)


def other_pacts(view: View, codes: Sequence[str]) -> list[tuple[Pact, str, str]]:
    """(pact, code, name) of each other pact of which somebody is publicly known to have signed in one of
    these communes, the latest election first."""
    found = []
    for pact_id, log in view.snapshot.logs.items():
        if pact_id != view.log.pact.id:
            signed = signed_areas(PactState(view.snapshot, pact_id))
            found += [(log.pact, c, str(signed["name"][c])) for c in codes if c in signed.index]
    return sorted(found, key=lambda one: one[0].election_on, reverse=True)


def same_signatory(view: View, row: PersonRow) -> list[tuple[Pact, str]]:
    """(pact, commune) of each signature in another pact of who signed here, by the `person_id` that both
    files give: nothing is guessed. The latest election first."""
    found = []
    for pact_id, log in view.snapshot.logs.items():
        if pact_id != view.log.pact.id and row.person_id:
            others = PactState(view.snapshot, pact_id).known.signatories
            same = others.loc[others["person_id"] == row.person_id, "commune"]
            found += [(log.pact, str(commune)) for commune in same]
    return sorted(found, key=lambda one: one[0].election_on, reverse=True)


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
    communes; `table`: their indicators."""

    size: str
    office: str
    cities: int
    table: IndicatorRow


@per_filter
def peer_cities(view: View, size: str, office: str) -> Peers | None:
    """What a commune of that size, bound by an official of that office, is compared with: like with
    like, itself among them; None when there is no other. An arrondissement is no commune."""
    alike = replace(view, filters={"taille": size, "fonction": office})
    cities = _in_communes(alike.bound)["commune"].nunique()
    if cities < 2 or size == "unknown":
        return None
    table = indicators.indicator_table(_in_communes(alike.commitments_for_figures))
    (row,) = read_rows(IndicatorRow, table)
    return Peers(size, office, cities, row)


def _in_communes(commitments: pd.DataFrame) -> pd.DataFrame:
    parts = commitments["commune"].isin(areas.city_of_district().keys())
    return commitments[~parts] if parts.any() else commitments
