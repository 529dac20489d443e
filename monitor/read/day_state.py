"""The state of a pact on one day: where its commitments and its people stand.

Every result is made by whoever asks for it first, and kept in the `cache`: it is shared, and never
written to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pandas as pd

from monitor import status
from monitor.dates import day_number
from monitor.log import KINDS
from monitor.models import Kind, Office
from monitor.read.cache import per_growing_state, per_roll, per_state
from monitor.read.mandates import Mandate
from monitor.read.pact_state import PactState
from monitor.snapshot import Snapshot, log_today, replies_day
from monitor.table_rows import PersonRow, PlaceRow, read_rows


@dataclass(frozen=True, slots=True)
class DayState:
    """Where the commitments and the people of a pact stand on one day."""

    pact_state: PactState
    day: date

    @property
    def snapshot(self) -> Snapshot:
        return self.pact_state.snapshot

    @property
    def known_at(self) -> datetime | None:
        return self.pact_state.known_at

    @property
    def state_key(self) -> tuple:
        return (self.pact_state.pact_id, self.day)

    @property
    def before(self) -> "DayState | None":
        """The same day in `PactState.before`."""
        before = self.pact_state.before
        return None if before is None else DayState(before, self.day)

    @property
    def patch(self) -> status.Patch | None:
        """`PactState.patch`."""
        return self.pact_state.patch

    @property
    @per_growing_state(lambda older, changes, state: status.patch_fold(older, changes, state.day))
    def commitments(self) -> pd.DataFrame:
        """`status.fold`."""
        return status.fold(self.pact_state.known, self.day)

    @property
    @per_roll
    def people(self) -> pd.DataFrame:
        """`status.fold_people`."""
        return status.fold_people(self.pact_state.known, self.day)

    @property
    @per_roll
    def elected_at(self) -> dict[str, str]:
        """Commune -> the one signatory who is noted as elected there, in a pact that binds mayors alone,
        of whom each place has one: of another signatory there, the log says at least that much."""
        pact = self.pact_state.log.pact
        if not pact.offices_said or pact.binding_offices != (Office.MAYOR,):
            return {}
        people = self.people
        found = people[people["elected"] & ~people["came_later"] & people["name"].notna()]
        return dict(
            found[["commune", "name"]]
            .drop_duplicates("commune", keep=False)
            .itertuples(index=False)
        )

    @property
    @per_roll
    def people_by_id(self) -> pd.DataFrame:
        """Name and place of each signatory; index = signatory_id."""
        table = self.people.set_index("signatory_id")
        return table[["name", "commune", "commune_name", "department_code"]]

    @property
    @per_roll
    def answers(self) -> pd.DataFrame:
        """Those of `Roll.answers` that stood on the day, as `status.answers_on` says."""
        return status.answers_on(day_number(self.day), self.pact_state.known.answers)

    def people_of(self, signatories: Iterable[str]) -> dict[str, PlaceRow]:
        """The rows of `people_by_id` about those of these signatories whom it knows, by their id."""
        table = self.people_by_id
        at = table.index.get_indexer(list(dict.fromkeys(signatories)))
        return {row.Index: row for row in read_rows(PlaceRow, table, at[at >= 0])}

    def read_people(self, signatories: Iterable[str]) -> dict[str, PersonRow]:
        """The rows of `people` about those of these signatories whom it knows, by their id."""
        ids, _ = self.pact_state.rows_by_signatory
        at = ids.get_indexer(list(dict.fromkeys(signatories)))
        return {row.signatory_id: row for row in read_rows(PersonRow, self.people, at[at >= 0])}

    @per_roll
    def mandates_of(self, signatory_id: str) -> list[Mandate]:
        """Of `PactState.mandates_of`, those that had begun by the day. How one ended is not said while
        it lasts; the state of a term that is over holds all that came of it."""
        found, pact = self.pact_state.mandates_of(signatory_id), self.pact_state.pact
        if pact.term_end and self.day >= pact.term_end:
            return found
        return [
            one._replace(
                end=pact.term_end, ended_on=None, end_reason=None, ends_later=bool(one.ended_on)
            )
            if one.end and one.end > self.day
            else one
            for one in found
            if one.start <= self.day
        ]

    @property
    @per_state
    def change_days(self) -> np.ndarray:
        """The days within the term, before this one, on which something changes (`dates.day_number`)."""
        known = self.pact_state.known
        first, last = day_number(known.pact.term_start), day_number(self.day)
        days = np.concatenate(
            [
                self.pact_state.status_changes["day"],
                known.binds_from.ravel(),
                known.binds_until.ravel() + 1,
            ]
        )
        return np.unique(days[(days > first) & (days < last)])

    @property
    def replies_day(self) -> date:
        """`snapshot.replies_day`: until when replies are shown."""
        return replies_day(self.pact_state.log.pact, self.day, log_today())

    @property
    def last_replies(self) -> pd.DataFrame:
        """The last reply about each commitment."""
        return self.pact_state.last_replies(self.replies_day)

    def seqs_about(self, commitments: np.ndarray) -> np.ndarray:
        """The public entries about some commitments (rows of `commitments`), newest first by the day
        from which they count."""
        return self.newest_first(np.sort(self.pact_state.actions_about(commitments)), False)

    def newest_first(self, rows: np.ndarray, recorded: bool) -> np.ndarray:
        """The seqs of those of these actions (sorted rows) that count by the day, of replies by
        `replies_day`: the newest first by the day from which they count; with `recorded`, by the order
        in which they came into the log."""
        actions, days = self.pact_state.log.actions, self.pact_state.known.days[rows]
        replies = actions.kind[rows] == KINDS[Kind.REPLY]
        by = np.where(replies, day_number(self.replies_day), day_number(self.day))
        come = days <= by
        rows, days = rows[come], days[come]
        if not recorded:
            rows = rows[np.argsort(days, kind="stable")]
        return actions.seq[rows][::-1]

    def prepare(self) -> None:
        """Make what every page needs before anybody asks for it: first what figures are made from."""
        for name in ("commitments", "people_by_id"):
            getattr(self, name)
        self.pact_state.prepare()
        _ = self.last_replies
