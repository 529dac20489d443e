"""The state of a pact: what is computed of a snapshot, as it was known at one time, whatever the day.

Every result is made by whoever asks for it first, and kept in the `cache`: it is shared, and never
written to.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, cast

import numpy as np
import pandas as pd

from monitor import areas, queries, status
from monitor.dates import date_interval
from monitor.i18n import Choice
from monitor.log import Log, moment_of
from monitor.pacts import Pact
from monitor.read.cache import find_result, per_growing_state, per_roll, per_state
from monitor.read.growth import (
    Growth,
    patch_assessments,
    patch_by_commitment,
    patch_entries,
    patch_last_replies,
    patch_public,
    patch_replies,
)
from monitor.read.mandates import Mandate
from monitor.read.places import has_departments, place_names, signed_area_keys
from monitor.read.wording import common_wording, pact_wording
from monitor.snapshot import Snapshot
from monitor.status.retracted import count_retracted, public_log
from monitor.store import Store, journal
from monitor.table_rows import MandateRow, read_rows


@dataclass(frozen=True, slots=True)
class PactState:
    """What a log says of one pact. `known_at`: what was known at that past time, None for now."""

    NEEDED: ClassVar = (
        "known",
        "runs",
        "status_changes",
        "current_entries",
        "current_assessments",
        "actions_by_commitment",
        "rows_by_signatory",
    )

    snapshot: Snapshot
    pact_id: str
    known_at: datetime | None = None

    @property
    def state_key(self) -> tuple:
        return (self.pact_id,)

    @property
    def log(self) -> Log:
        return self.snapshot.log(self.pact_id)

    @property
    def store(self) -> Store:
        """The database that the snapshot was read from, whatever the environment names."""
        assert self.snapshot.store is not None
        return self.snapshot.store

    @property
    def pact(self) -> Pact:
        """The version of the pact that was known."""
        return self.known.pact

    @property
    def now(self) -> "PactState":
        """What is known now of the same pact."""
        return self if self.known_at is None else PactState(self.snapshot, self.pact_id)

    @property
    @per_state
    def known(self) -> status.KnownPact:
        """`status.what_is_known`; at a past time, without signatories retracted since."""
        if self.known_at is None:
            grown = self.growth
            return grown.known if grown else status.what_is_known(self.log)
        log = self.now.public_log
        since = status.roll_since(log, self.known_at)
        # What is known now has no retracted signatory anyway.
        roll = self.now.known if since is None else self.now.roll_at(since)
        return status.what_is_known(log, self.known_at, roll)

    @property
    @per_state
    def growth(self) -> Growth | None:
        """How the log has grown since an earlier snapshot of which what is known was made; None where
        there is none, or more has changed than can be patched."""
        for one in () if self.known_at else self.snapshot.earlier:
            earlier = one()
            if earlier is not None and self.pact_id in earlier.logs:
                older = PactState(earlier, self.pact_id)
                known = find_result(cast(property, PactState.known), older)
                if known is not None and older.log is self.log:
                    return Growth(earlier, known, None)
                if known is not None and (patch := status.patch_known(known, older.log, self.log)):
                    return Growth(earlier, patch.known, patch)
        return None

    @property
    def before(self) -> "PactState | None":
        """The state of that snapshot, for as long as somebody holds it."""
        earlier = self.growth.earlier if self.growth else None
        return None if earlier is None else PactState(earlier, self.pact_id)

    @property
    def patch(self) -> status.Patch | None:
        """What has changed since `before`, None where nothing has."""
        return self.growth.patch if self.growth else None

    @per_state
    def roll_at(self, time: int) -> status.Roll:
        """`status.bound_roll` at a past time (microseconds since 1970): calling it costs most of what is
        known at a time, and few times change it."""
        return status.bound_roll(self.public_log, moment_of(time))

    @property
    @per_state
    def public_log(self) -> Log:
        """`status.retracted.public_log`."""
        return public_log(self.log)

    @property
    @per_state
    def retracted_count(self) -> int:
        """How many signatories the log had at that time whom no page shows any more."""
        if self.known_at is None:
            return 0
        return count_retracted(self.log, self.now.public_log, self.known_at)

    @property
    @per_state
    def last_seq(self) -> int:
        """The last entry that was in the log at that time."""
        if self.known_at is None:
            return self.snapshot.seq
        with self.store.reading() as database:
            assert self.known_at is not None
            return journal.last_seq(database, self.known_at)

    @per_state
    def search_entries(self, typed: str) -> np.ndarray:
        """`queries.search_entries`: the same search on the next page costs nothing."""
        with self.store.reading() as database:
            return queries.search_entries(database, self.pact_id, typed)

    @property
    @per_roll
    def rows_by_signatory(self) -> tuple[pd.Index, np.ndarray]:
        """(the signatories, where the commitments of each begin in `known`)."""
        ids = pd.Index(self.known.signatories["signatory_id"])
        return ids, np.searchsorted(self.known.owner, np.arange(len(ids) + 1))

    @per_roll
    def mandates_of(self, signatory_id: str) -> list[Mandate]:
        """The mandates of somebody, whatever the day."""
        pact, table = self.pact, self.known.mandates
        found = []
        for row in read_rows(MandateRow, table[table["signatory_id"] == signatory_id]):
            start = date_interval(row.started_on).first
            end = status.last_day(pact, row.started_on, row.ended_on, row.end_reason)
            end = None if end == date.max else end
            found.append(
                Mandate(row.office, start, end, row.office in pact.binding_offices, *row[1:])
            )
        return found

    @property
    @per_growing_state(lambda older, changes, state: status.patch_runs(older, changes))
    def runs(self) -> status.Runs:
        """`status.status_runs`."""
        return status.status_runs(self.known)

    @property
    @per_growing_state(lambda older, changes, state: status.patch_changes(older, changes))
    def status_changes(self) -> pd.DataFrame:
        """`status.status_changes`."""
        return status.status_changes(self.known)

    @property
    @per_state
    def news(self) -> pd.DataFrame:
        """Of `status_changes`, what `status.is_news`."""
        table = self.status_changes
        found = status.is_news(table["before"].to_numpy(), table["after"].to_numpy())
        return table if found.all() else table[found].reset_index(drop=True)

    @property
    @per_growing_state(patch_replies)
    def replies(self) -> pd.DataFrame:
        """`status.standing_replies`."""
        return status.standing_replies(self.known, self.log.actions)

    @per_growing_state(patch_last_replies)
    def last_replies(self, day: date) -> pd.DataFrame:
        """`status.last_replies`."""
        return status.last_replies(self.replies, day)

    @property
    @per_growing_state(patch_entries)
    def current_entries(self) -> np.ndarray:
        """The seqs of the entries that stand, in order."""
        return np.sort(self.known.everything.seq)

    @property
    @per_growing_state(patch_assessments)
    def current_assessments(self) -> np.ndarray:
        """The seqs of the assessments that move a status, in order."""
        return np.sort(self.known.assessments.seq)

    @property
    @per_growing_state(patch_public)
    def public_actions(self) -> np.ndarray:
        """A mask over the actions of the log: accepted, and about somebody who is public. A file of
        signatories may wait, or be taken back, while there are entries about them."""
        return self.mask_public()

    def mask_public(self, rows: np.ndarray | slice = slice(None)) -> np.ndarray:
        """`public_actions` of some rows of actions, of all by default."""
        actions = self.log.actions
        visible = actions.mask_visible(self.known_at, rows)
        return visible & self._about_public[actions.commitment[rows]]

    @property
    @per_roll
    def _about_public(self) -> np.ndarray:
        """Whether the signatory of each commitment is public, by its number."""
        commitments = self.log.commitments
        people, _ = self.rows_by_signatory
        theirs = np.zeros(int(commitments.index.max() if len(commitments) else 0) + 1, dtype=bool)
        known_ids = people.get_indexer(commitments["signatory_id"]) >= 0
        theirs[commitments.index.to_numpy()[known_ids]] = True
        return theirs

    def is_public(self, seq: int) -> bool:
        """Whether everybody may read the entry of that number."""
        seqs = self.log.actions.seq
        row = bisect_left(seqs, seq)  # numpy would copy them all to compare one number
        return row < len(seqs) and seqs[row] == seq and bool(self.public_actions[row])

    @property
    @per_state
    def public_rows(self) -> np.ndarray:
        """The rows of the public actions, in the order of the log."""
        return np.flatnonzero(self.public_actions)

    @property
    @per_growing_state(patch_by_commitment)
    def actions_by_commitment(self) -> tuple[np.ndarray, np.ndarray]:
        """The public actions: (their rows by commitment, where those of each commitment of `known`
        begin), in the order of the log."""
        return status.actions_by_commitment(self.known, self.log.actions, self.public_rows)

    def actions_about(self, commitments: np.ndarray) -> np.ndarray:
        """The rows of the public actions about some commitments (rows of `known`)."""
        rows, offsets = self.actions_by_commitment
        return rows[status.group_positions(offsets, commitments)]

    @per_roll
    def search_keys(self, column: str) -> np.ndarray:
        """`areas.search_key` of each category of a column of the commitments: by its code."""
        names = self.known.commitments[column].array.categories
        return np.array(areas.search_keys(names.tolist()), dtype=object)

    @per_roll
    def sort_ranks(self, column: str) -> np.ndarray:
        """The place of each category of a column of the commitments in a French list, by its code: the
        same for two that no list tells apart. The article is a part of the name of people alone."""
        keys = self.search_keys(column).tolist()
        if column == "commune_name":
            keys = areas.sort_keys(self.known.commitments[column].array.categories.tolist())
        order = {key: place for place, key in enumerate(sorted(set(keys)))}
        return np.array([order[key] for key in keys], dtype=np.int64)

    @property
    @per_roll
    def wording(self) -> dict[str, Choice]:
        """`wording.pact_wording`."""
        people, answered = self.known.signatories, len(self.known.answers) > 0
        return pact_wording(self.pact, people, has_departments(self), answered)

    @property
    @per_roll
    def common_wording(self) -> dict[str, Choice]:
        """`wording.common_wording`."""
        return common_wording(self.known.signatories, has_departments(self))

    def prepare(self) -> None:
        """Make what every page needs before anybody asks for it."""
        for name in self.NEEDED:
            getattr(self, name)
        place_names(self)
        signed_area_keys(self)
        for column in ("name", "commune_name"):
            self.sort_ranks(column)
