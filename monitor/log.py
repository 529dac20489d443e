"""The log of one pact as columns in memory: what the fold reads. Nothing here is derived."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd

from monitor import dates
from monitor.models import WRITABLE, Kind, Status
from monitor.pacts import Pact
from monitor.schema import COLUMNS, Type, fields_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Later than any time: the acceptance of what is pending or refused.
NEVER = np.iinfo(np.int64).max
KINDS: dict[str, int] = {kind: code for code, kind in enumerate(Kind)}
#: Codes in the order of `Status`; -1 for an action that says no status.
STATUSES: dict[str, int] = {status: code for code, status in enumerate(Status)}
_STATUS_CODES: dict[str | None, int] = {
    None: -1,
    **{status: STATUSES[status] for status in WRITABLE},
}

TIMES = ("recorded_at", "accepted_at", "withdrawn_at")
SIGNATORY_COLUMNS = ("seq", *TIMES, *COLUMNS["signatories"])
MANDATE_COLUMNS = ("seq", *TIMES, *COLUMNS["mandates"])
AREA_COLUMNS = ("seq", *TIMES, *COLUMNS["areas"])
#: Of these files the facts alone: their words stay in the database.
FACT_COLUMNS = {
    file: ("seq", *TIMES, *(field.name for field in fields_of(file) if not field.text))
    for file in ("answers", "details", "sources")
}
#: Of these columns, those that are measured: float64.
MEASURED = tuple(
    field.name for field in fields_of("areas") if field.type in (Type.WHOLE, Type.NUMBER)
)


def microseconds_of(moment: datetime) -> int:
    """A UTC time as a whole number of microseconds since EPOCH."""
    delta = moment.astimezone(UTC) - EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def moment_of(since_1970: int) -> datetime:
    """The UTC time that `microseconds_of` gave these for."""
    return EPOCH + timedelta(microseconds=since_1970)


@dataclass(frozen=True, slots=True)
class Actions:
    """One row per entry about a commitment, in the order of the log.

    `recorded_at`, `accepted_at`, `withdrawn_at` (with its whole file): microseconds since 1970;
    NEVER when pending or refused, and when not withdrawn.
    `first_day`, `last_day`: what `happened_on` can mean, in days since 1970.
    `first`: the seq of version 1 of the same action. `supersedes`: the `first` of its target, or 0.
    """

    seq: np.ndarray
    recorded_at: np.ndarray
    accepted_at: np.ndarray
    withdrawn_at: np.ndarray
    commitment: np.ndarray
    kind: np.ndarray
    status: np.ndarray
    first_day: np.ndarray
    last_day: np.ndarray
    first: np.ndarray
    supersedes: np.ndarray

    @classmethod
    def of(
        cls,
        seq: Sequence[int],
        recorded_at: Sequence[int] | np.ndarray,
        accepted_at: Sequence[int],
        withdrawn_at: Sequence[int],
        commitment: Sequence[int],
        kind: Sequence[str],
        status: Sequence[str | None],
        happened_on: Sequence[str],
        first: Sequence[int],
        supersedes: Sequence[int | None],
    ) -> "Actions":
        """From columns as the database gives them."""
        first_day, last_day = dates.date_intervals(happened_on)
        return cls(
            seq=np.array(seq, dtype=np.int32),
            recorded_at=np.array(recorded_at, dtype=np.int64),
            accepted_at=np.array(accepted_at, dtype=np.int64),
            withdrawn_at=np.array(withdrawn_at, dtype=np.int64),
            commitment=np.array(commitment, dtype=np.int32),
            kind=np.array(list(map(KINDS.__getitem__, kind)), dtype=np.int8),
            status=np.array(list(map(_STATUS_CODES.__getitem__, status)), dtype=np.int8),
            first_day=first_day,
            last_day=last_day,
            first=np.array(first, dtype=np.int32),
            supersedes=np.array([value or 0 for value in supersedes], dtype=np.int32),
        )

    def __len__(self):
        return len(self.seq)

    def mask_visible(
        self, known_at: datetime | None, rows: np.ndarray | slice = slice(None)
    ) -> np.ndarray:
        """A mask, of all or of some rows: recorded, and accepted, by that UTC time (None: by now)."""
        cut = NEVER - 1 if known_at is None else microseconds_of(known_at)
        return (self.recorded_at[rows] <= cut) & (self.accepted_at[rows] <= cut)

    def mask_counted(self, known_at: datetime | None) -> np.ndarray:
        """A mask: visible then, and not withdrawn with its whole file by then."""
        cut = NEVER - 1 if known_at is None else microseconds_of(known_at)
        return self.mask_visible(known_at) & (self.withdrawn_at > cut)

    def append(self, more: "Actions") -> "Actions":
        """These entries, then those."""
        if not len(self):
            return more
        return Actions(
            *(
                np.concatenate([getattr(self, field.name), getattr(more, field.name)])
                for field in fields(self)
            )
        )

    def grow(self, more: "Actions") -> "Actions":
        """The same, for one who alone keeps the log up to date: those are written behind these, where
        there is room and nobody was there before, so that these need not be copied for each of them."""
        at = len(self)
        room = whole_column(self.seq)[at : at + len(more)]
        free = len(room) == len(more) and not room.any()
        return Actions(
            *(
                _grown(getattr(self, field.name), getattr(more, field.name), free)
                for field in fields(self)
            )
        )

    def rows_changed(self, older: "Actions") -> np.ndarray | None:
        """The rows that `older` has not, or has otherwise, where these grew from it; else None."""
        if whole_column(self.seq) is not whole_column(older.seq) or len(self) < len(older):
            return None
        changed = np.zeros(len(self), dtype=bool)
        changed[len(older) :] = True
        for field in fields(self):
            mine, theirs = getattr(self, field.name), getattr(older, field.name)
            if whole_column(mine) is not whole_column(theirs):
                changed[: len(theirs)] |= mine[: len(theirs)] != theirs
        return np.flatnonzero(changed)


def whole_column(values: np.ndarray) -> np.ndarray:
    """A column of `Actions`, with the room behind it."""
    base = values.base
    if not isinstance(base, np.ndarray) or base.dtype != values.dtype or base.ndim != 1:
        return values
    return base if base.ctypes.data == values.ctypes.data else values


def _grown(values: np.ndarray, more: np.ndarray, free: bool) -> np.ndarray:
    whole, at = whole_column(values), len(values) + len(more)
    if not free or len(whole) < at:
        # Unused rows are 0, which is the seq of no entry.
        whole = np.zeros(at + at // 16 + 64, dtype=values.dtype)
        whole[: len(values)] = values
    whole[len(values) : at] = more
    return whole[:at]


NO_ACTIONS = Actions.of([], [], [], [], [], [], [], [], [], [])


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """All that is known of one pact, with when it was recorded. Equal only to itself.

    `pacts`: (recorded_at, version), oldest first. `signatories`, `mandates`: every version, columns
    SIGNATORY_COLUMNS and MANDATE_COLUMNS (text, but `seq` and TIMES: int64, as in `Actions`;
    `withdrawn_at`: with its whole file, or when it was retracted alone). `answers`, `details`,
    `sources`: the same of their facts, FACT_COLUMNS.
    `commitments`: index = number of the commitment, columns signatory_id, measure.
    `areas`: index = code, columns of `areas.communes()`, each code once, as last recorded.
    `area_versions`: every version of the areas that the pact brought itself, columns AREA_COLUMNS.
    `others_answered`: of some of those who signed alone, whether answers of others count: who gave none
    has then signed nothing.
    """

    pacts: tuple[tuple[int, Pact], ...]
    signatories: pd.DataFrame
    mandates: pd.DataFrame
    answers: pd.DataFrame
    details: pd.DataFrame
    sources: pd.DataFrame
    commitments: pd.DataFrame
    actions: Actions
    areas: pd.DataFrame
    area_versions: pd.DataFrame
    others_answered: bool = False

    @property
    def pact(self) -> Pact:
        """The latest version."""
        return self.pacts[-1][1]
