"""The log as columns, and how it is brought up to date: by what has been appended.

A snapshot is never changed: a refresh makes a new one that shares what is the same, so a reader who
holds the old one is never disturbed.
"""

import gc
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter

import numpy as np
import pandas as pd
import pyarrow as pa

from monitor import areas
from monitor.columns import COLUMNS
from monitor.errors import NotFound
from monitor.log import (
    AREA_COLUMNS,
    MANDATE_COLUMNS,
    MEASURED,
    NEVER,
    NO_ACTIONS,
    SIGNATORY_COLUMNS,
    TIMES,
    Actions,
    Log,
    microseconds,
)
from monitor.store import Session
from monitor.store.reference import PACT_COLUMNS, pact_from_row, with_areas

ACTIONS = """
    SELECT a.pact_id, a.seq, e.recorded_at, e.load_seq, a.commitment_id, a.kind, a.status,
           a.happened_on, a.first, a.supersedes
    FROM action a JOIN entry e ON e.seq = a.seq
    WHERE a.seq > :seq ORDER BY a.seq
"""
_SIGNATORIES = """
    SELECT s.pact_id, s.seq, e.recorded_at, e.load_seq, s.signatory_id, coalesce(x.name, '—'),
           s.commune, s.signed_on, x.list, s.outcome, s.due_on, s.measures, x.source_url
    FROM signatory s JOIN entry e ON e.seq = s.seq JOIN signatory_text x ON x.seq = s.seq
    WHERE s.seq > :seq ORDER BY s.seq
"""
_MANDATES = """
    SELECT m.pact_id, m.seq, e.recorded_at, e.load_seq, m.signatory_id, m.office, m.started_on,
           m.ended_on, m.end_reason, x.source_url
    FROM mandate m JOIN entry e ON e.seq = m.seq JOIN mandate_text x ON x.seq = m.seq
    WHERE m.seq > :seq ORDER BY m.seq
"""
_AREAS = f"""
    SELECT a.pact_id, a.seq, e.recorded_at, e.load_seq, {", ".join(f"a.{n}" for n in COLUMNS["areas"])}
    FROM area a JOIN entry e ON e.seq = a.seq WHERE a.seq > :seq ORDER BY a.seq
"""
#: What changes rows that were read before: a file accepted, refused or withdrawn, a text emptied.
_BACKWARDS = """
    SELECT seq FROM load_review WHERE seq > :seq
    UNION ALL SELECT seq FROM withdrawal WHERE seq > :seq
    UNION ALL SELECT seq FROM redaction WHERE seq > :seq
"""
_PACTS = f"""
    SELECT p.pact_id, e.recorded_at, {PACT_COLUMNS}
    FROM pact p JOIN entry e ON e.seq = p.seq WHERE p.seq > :seq ORDER BY p.seq
"""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The whole log at one head; equal only to itself. `logs`: pact id -> its columns, in the order
    of loading."""

    seq: int = 0
    hash: str = "0" * 64
    recorded_at: datetime | None = None
    logs: Mapping[str, Log] = field(default_factory=dict)

    @property
    def head(self) -> str:
        """The published form of the head: `SEQ:HASH`."""
        return f"{self.seq}:{self.hash}"

    def default_pact(self) -> str | None:
        """The first pact that is not fictional, else the first, None when there is none."""
        real = [name for name, log in self.logs.items() if not log.pact.fictional]
        return next(iter([*real, *self.logs]), None)

    def log(self, pact_id: str) -> Log:
        """Raises NotFound (`unknown_pact`)."""
        try:
            return self.logs[pact_id]
        except KeyError:
            raise NotFound(
                "unknown_pact", value=pact_id, known=", ".join(self.logs) or "–"
            ) from None


def head(session: Session) -> tuple[int, str]:
    (head,) = session.rows("SELECT seq, hash FROM head")
    return head


@contextmanager
def bulk_read():
    """Millions of short-lived tuples and no cycle: the collector would only walk them all. What
    the tables needed on the way is given back at the end."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
        pa.default_memory_pool().release_unused()


def refreshed(snapshot: Snapshot, session: Session) -> Snapshot:
    """The snapshot of what the session sees, read from where `snapshot` ends.

    A log that does not continue it (a restored copy, say), or in which a whole file was decided
    upon since, is read from its beginning.
    """
    seq, hash_ = head(session)
    before = session.rows("SELECT hash FROM entry WHERE seq = :seq", seq=snapshot.seq)
    if snapshot.seq and (
        before != [(snapshot.hash,)] or session.rows(_BACKWARDS, seq=snapshot.seq)
    ):
        snapshot = Snapshot()
    since = snapshot.seq
    last = session.rows("SELECT recorded_at FROM entry WHERE seq = :seq", seq=seq)
    logs = dict(snapshot.logs)
    files = _Files.read(session)
    for pact_id, *version in session.rows(_PACTS, seq=since):
        at, pact = _moment(version[0]), pact_from_row(pact_id, version[1:])
        log = logs.get(pact_id)
        logs[pact_id] = _with(log, pacts=(*log.pacts, (at, pact))) if log else _empty(((at, pact),))
    for pact_id, rows in _by_pact(session.rows(_AREAS, seq=since)):
        log, counted = (
            logs[pact_id],
            [tuple(row) for _, _, load, *row in rows if files.counts(load)],
        )
        logs[pact_id] = _with(
            log,
            areas=with_areas(log.areas, counted),
            area_versions=_appended(log.area_versions, rows, AREA_COLUMNS, files),
        )
    for sql, name, columns in (
        (_SIGNATORIES, "signatories", SIGNATORY_COLUMNS),
        (_MANDATES, "mandates", MANDATE_COLUMNS),
    ):
        for pact_id, rows in _by_pact(session.rows(sql, seq=since)):
            old = getattr(logs[pact_id], name)
            logs[pact_id] = _with(logs[pact_id], **{name: _appended(old, rows, columns, files)})
    most = max((_last_number(log.commitments) for log in logs.values()), default=0)
    made = session.rows(
        "SELECT pact_id, id, signatory_id, measure_id FROM commitment WHERE id > :id ORDER BY id",
        id=most,
    )
    for pact_id, rows in _by_pact(made):
        more = pd.DataFrame(rows, columns=["id", "signatory_id", "measure"]).set_index("id")
        logs[pact_id] = _with(
            logs[pact_id], commitments=pd.concat([logs[pact_id].commitments, more])
        )
    for pact_id, actions in _read_actions(session, since, files).items():
        if not _all_within(actions.commitment, logs[pact_id].commitments.index):
            raise LookupError("an action about no commitment")
        logs[pact_id] = _with(logs[pact_id], actions=logs[pact_id].actions.extended(actions))
    for pact_id, rows in _by_pact(_reviews(session, since)):
        logs[pact_id] = _with(logs[pact_id], actions=_accepted(logs[pact_id].actions, rows))
    recorded_at = datetime.fromisoformat(last[0][0]) if last else None
    return Snapshot(seq, hash_, recorded_at, logs)


@dataclass(frozen=True)
class _Files:
    """When each file was accepted as a whole, and when it was taken back: microseconds by its seq."""

    accepted: dict[int | None, int]
    withdrawn: dict[int | None, int]

    @classmethod
    def read(cls, session: Session) -> "_Files":
        """What the operator loads is accepted as it is recorded."""
        accepted = session.rows(
            "SELECT l.seq, e.recorded_at FROM load l JOIN entry e ON e.seq = l.seq "
            "WHERE l.accepted = 1 UNION ALL SELECT r.load_seq, e.recorded_at FROM load_review r "
            "JOIN entry e ON e.seq = r.seq WHERE r.decision = 'accepted'"
        )
        withdrawn = session.rows(
            "SELECT w.load_seq, e.recorded_at FROM withdrawal w JOIN entry e ON e.seq = w.seq"
        )
        return cls(
            {seq: _moment(time) for seq, time in accepted},
            {seq: _moment(time) for seq, time in withdrawn},
        )

    def counts(self, load: int | None) -> bool:
        return load in self.accepted and load not in self.withdrawn

    def times(self, load: int | None) -> tuple[int, int]:
        """(accepted_at, withdrawn_at) of what a file brought."""
        return self.accepted.get(load, NEVER), self.withdrawn.get(load, NEVER)


def _read_actions(session: Session, since: int, files: _Files) -> dict[str, Actions]:
    """The new actions of each pact."""
    moments: dict[str, int] = {}
    found: dict[str, list[Actions]] = {}
    for chunk in session.chunks(ACTIONS, seq=since):
        pacts = set(map(itemgetter(0), chunk))
        for pact_id in pacts:
            rows = chunk if len(pacts) == 1 else [row for row in chunk if row[0] == pact_id]
            _, seq, recorded, load, *rest = zip(*rows, strict=True)
            for time in set(recorded) - moments.keys():
                moments[time] = _moment(time)
            at = np.array(list(map(moments.__getitem__, recorded)))
            times = {one: files.times(one) for one in set(load)}
            accepted, withdrawn = zip(*map(times.__getitem__, load), strict=True)
            found.setdefault(pact_id, []).append(Actions.of(seq, at, accepted, withdrawn, *rest))
    return {pact_id: _joined(parts) for pact_id, parts in found.items()}


def _joined(parts: list[Actions]) -> Actions:
    return Actions(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in Actions.__slots__)
    )


def _reviews(session: Session, since: int) -> list[tuple]:
    return session.rows(
        "SELECT a.pact_id, r.action_seq, e.recorded_at FROM review r "
        "JOIN entry e ON e.seq = r.seq JOIN action a ON a.seq = r.action_seq "
        "WHERE r.seq > :seq AND r.decision = 'accepted' ORDER BY r.seq",
        seq=since,
    )


def _accepted(actions: Actions, rows: list[tuple]) -> Actions:
    accepted_at = actions.accepted_at.copy()
    for seq, time in rows:
        accepted_at[np.searchsorted(actions.seq, seq)] = _moment(time)
    columns = {name: getattr(actions, name) for name in Actions.__slots__}
    return Actions(**{**columns, "accepted_at": accepted_at})


def _all_within(numbers: np.ndarray, index: pd.Index) -> bool:
    return len(index) > 0 and numbers.min() >= index[0] and numbers.max() <= index[-1]


def _by_pact(rows) -> list[tuple[str, list[tuple]]]:
    groups: dict[str, list[tuple]] = {}
    for pact_id, *row in rows:
        groups.setdefault(pact_id, []).append(tuple(row))
    return list(groups.items())


def _moment(text: str) -> int:
    return microseconds(datetime.fromisoformat(text))


def _last_number(commitments: pd.DataFrame) -> int:
    return int(commitments.index[-1]) if len(commitments) else 0


def _empty(pacts) -> Log:
    return Log(
        pacts=pacts,
        signatories=_table([], SIGNATORY_COLUMNS),
        mandates=_table([], MANDATE_COLUMNS),
        commitments=pd.DataFrame(
            {"signatory_id": pd.Series(dtype="str"), "measure": pd.Series(dtype="str")},
            index=pd.Index([], dtype="int64", name="id"),
        ),
        actions=NO_ACTIONS,
        areas=areas.communes(),
        area_versions=_table([], AREA_COLUMNS),
    )


def _with(log: Log, **parts) -> Log:
    return Log(**{**{name: getattr(log, name) for name in Log.__slots__}, **parts})


def _table(rows: list[tuple], columns) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=list(columns))
    types = {**dict.fromkeys(("seq", *TIMES), "int64"), **dict.fromkeys(MEASURED, "float64")}
    return table.astype({name: types.get(name, "str") for name in columns})


def _appended(old: pd.DataFrame, rows: list[tuple], columns, files: _Files) -> pd.DataFrame:
    times = {time: _moment(time) for time in {row[1] for row in rows}}
    more = _table(
        [(row[0], times[row[1]], *files.times(row[2]), *row[3:]) for row in rows], columns
    )
    return pd.concat([old, more], ignore_index=True)
