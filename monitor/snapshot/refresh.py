"""The log as columns, and how it is brought up to date: by what has been appended.

A snapshot is never changed: a refresh makes a new one that shares what is the same, so a reader who
holds the old one is never disturbed.
"""

import gc
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from weakref import ref

import numpy as np
import pandas as pd
import pyarrow as pa

from monitor.errors import DatabaseDamaged
from monitor.log import (
    AREA_COLUMNS,
    FACT_COLUMNS,
    MANDATE_COLUMNS,
    NO_ACTIONS,
    SIGNATORY_COLUMNS,
    Actions,
    Log,
)
from monitor.pacts import Pact
from monitor.snapshot.rows import (
    AREAS,
    FACTS,
    MANDATES,
    PACTS,
    SIGNATORIES,
    Files,
    build_rows,
    commitments,
    count_plans,
    pact_of,
    pacts,
    parse_moment,
    read_actions,
    table_from_rows,
    versions,
)
from monitor.snapshot.snapshot import EARLIER, Snapshot
from monitor.store import Session, Store
from monitor.store.head import read_head
from monitor.store.pacts_and_areas import base_areas, with_areas
from monitor.text_columns import text_column

#: What changes rows that were read before: a file accepted, refused or withdrawn, a signatory or a
#: mandate retracted, a text emptied.
_BACKWARDS = """
    SELECT seq FROM load_review WHERE seq > :seq
    UNION ALL SELECT seq FROM withdrawal WHERE seq > :seq
    UNION ALL SELECT seq FROM row_withdrawal WHERE seq > :seq
    UNION ALL SELECT seq FROM redaction WHERE seq > :seq
"""
#: Pacts of which there is a version more: one that counts only now may have had rows before.
_AGAIN = "SELECT DISTINCT pact_id FROM pact WHERE seq > :seq AND rev > 1"


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


@dataclass(frozen=True)
class ActionsAt:
    """The actions of each pact that counted as they were when the log ended with that entry."""

    seq: int
    hash: str
    actions: Mapping[str, Actions]


def is_rewritten(session: Session, seq: int, hash: str, counting: Collection[str]) -> bool:
    """Whether the log does not continue the one that ended with that entry, or what was read of it then
    reads otherwise now: a whole file was decided upon, something was retracted, a pact came to count.
    `counting`: the pacts that counted then."""
    return (
        session.rows("SELECT hash FROM entry WHERE seq = :seq", seq=seq) != [(hash,)]
        or bool(session.rows(_BACKWARDS, seq=seq))
        or any(name not in counting for (name,) in session.rows(_AGAIN, seq=seq))
    )


def refresh_snapshot(
    snapshot: Snapshot, session: Session, kept: ActionsAt | None = None, store: Store | None = None
) -> Snapshot:
    """The snapshot of what the session sees, read from where `snapshot` ends; of an empty one, actions
    from where those that are kept end.

    A log that does not continue it (a restored copy, say), or in which a whole file was decided
    upon or something was retracted since, is read from its beginning. Raises DatabaseDamaged
    (`entry_damaged`, `commitments_damaged`) and, for what no entry can be named for, one of BAD.
    """
    head = read_head(session)
    if snapshot.seq and is_rewritten(session, snapshot.seq, snapshot.hash, snapshot.logs):
        snapshot = Snapshot()
    since = snapshot.seq
    last = session.rows("SELECT recorded_at FROM entry WHERE seq = :seq", seq=head.seq)
    logs = dict(snapshot.logs)
    files = Files.read(session)
    for row in session.rows(PACTS, seq=since):
        (_, pact_id, *_), (version,) = row, build_rows([row], pacts)
        log = logs.get(pact_id)
        logs[pact_id] = _with_pact(log, version) if log else _empty((version,))
    # What is about a pact that does not count yet is read with all the rest once it does.
    by_pact = partial(_by_pact, known=logs)
    for pact_id, rows in by_pact(session.rows(AREAS, seq=since)):
        log = logs[pact_id]
        counted = [tuple(area) for _, _, _, load, *area in rows if files.counts(load)]
        more = build_rows(rows, partial(versions, columns=AREA_COLUMNS, files=files))
        logs[pact_id] = _with(
            log,
            areas=with_areas(log.areas, counted),
            area_versions=_joined(log.area_versions, more, ignore_index=True),
        )
    for sql, name, columns in (
        (SIGNATORIES, "signatories", SIGNATORY_COLUMNS),
        (MANDATES, "mandates", MANDATE_COLUMNS),
        *((FACTS[file], file, names) for file, names in FACT_COLUMNS.items()),
    ):
        table = partial(versions, columns=columns, files=files)
        for pact_id, rows in by_pact(session.rows(sql, seq=since)):
            more = build_rows(rows, table)
            more = _joined(getattr(logs[pact_id], name), more, ignore_index=True)
            logs[pact_id] = _with(logs[pact_id], **{name: more})
    made = commitments(session, snapshot.commitments)
    for pact_id, rows in by_pact(made):
        more = _joined(logs[pact_id].commitments, _numbered(rows))
        logs[pact_id] = _with(logs[pact_id], commitments=more)
    if kept and not since:
        since = kept.seq
        for pact_id in kept.actions.keys() & logs.keys():
            every = NO_ACTIONS.grow(kept.actions[pact_id])
            logs[pact_id] = _with(logs[pact_id], actions=every)
    for pact_id, actions in read_actions(session, since, files).items():
        if pact_id not in logs:
            continue
        if not _all_among(actions.commitment, logs[pact_id].commitments.index):
            raise DatabaseDamaged("commitments_damaged")
        every = logs[pact_id].actions.grow(actions)
        _only_of(every, actions)
        logs[pact_id] = _with(logs[pact_id], actions=every)
    for pact_id, rows in by_pact(_reviews(session, since)):
        logs[pact_id] = _with(logs[pact_id], actions=_accepted(logs[pact_id].actions, rows))
    recorded_at = next((datetime.fromisoformat(time) for (time,) in last), None)
    earlier = (ref(snapshot), *snapshot.earlier)[:EARLIER]
    numbered = snapshot.commitments + len(made)
    plans = count_plans(session, snapshot.seq, snapshot.plans)
    return Snapshot(head.seq, head.hash, recorded_at, logs, earlier, numbered, plans, store)


def _with_pact(log: Log, version: tuple[int, Pact]) -> Log:
    """A version more; whose codes the places have may change until somebody signs."""
    areas_now = log.areas
    if version[1].areas is not log.pacts[-1][1].areas:
        own = areas_now[areas_now.index.isin(log.area_versions["code"])]
        base = base_areas(version[1])
        areas_now = pd.concat([base[~base.index.isin(own.index)], own])
    return _with(log, pacts=(*log.pacts, version), areas=areas_now)


def actions_until(session: Session, seq: int) -> dict[str, Actions]:
    """The actions of each pact as their entries say them, as they were when the log ended with that
    entry; but for what was decided of whole files since (`is_rewritten`)."""
    found = {}
    for pact_id, actions in read_actions(session, 0, Files.read(session)).items():
        end = int(np.searchsorted(actions.seq, seq, "right"))
        columns = (getattr(actions, name)[:end] for name in Actions.__slots__)
        if end:
            found[pact_id] = Actions(*columns)
    for pact_id, rows in _by_pact(_reviews(session, 0, seq), known=found):
        found[pact_id] = _accepted(found[pact_id], rows)
    return found


def _reviews(session: Session, since: int, until: int = 2**62) -> list[tuple]:
    return session.rows(
        "SELECT r.action_seq, a.pact_id, e.recorded_at FROM review r "
        "JOIN entry e ON e.seq = r.seq JOIN action a ON a.seq = r.action_seq "
        "JOIN action_text x ON x.seq = a.seq "
        "WHERE r.seq > :seq AND r.seq <= :until AND r.decision = 'accepted' ORDER BY r.seq",
        seq=since,
        until=until,
    )


def _accepted(actions: Actions, rows: list[tuple]) -> Actions:
    accepted_at = actions.accepted_at.copy()
    for seq, _, time in rows:
        accepted_at[np.searchsorted(actions.seq, seq)] = parse_moment(time)
    columns = {name: getattr(actions, name) for name in Actions.__slots__}
    return Actions(**{**columns, "accepted_at": accepted_at})


def _all_among(numbers: np.ndarray, index: pd.Index) -> bool:
    """Whether every number is in the index, which goes up from 1 at least."""
    there = np.zeros(_last(index) + 1, dtype=bool)
    there[index.to_numpy()] = True
    return numbers.min() > 0 and numbers.max() < len(there) and bool(there[numbers].all())


def _only_of(every: Actions, added: Actions) -> None:
    """Raises DatabaseDamaged (`entry_damaged`) when one that was added is a version or a correction
    of an action that is not there: the fold would take its neighbour for it."""
    for named in (added.first, added.supersedes):
        at = np.searchsorted(every.seq, named)
        lost = (named != 0) & (every.seq[np.minimum(at, len(every) - 1)] != named)
        if lost.any():
            raise DatabaseDamaged(
                "entry_damaged", seq=int(added.seq[lost][0]), why="no such target"
            )


def _by_pact(rows: list[tuple], known: Collection[str]) -> Iterator[tuple[str, list[tuple]]]:
    """The rows of each pact that is known, in the order of their first."""
    present = dict.fromkeys(map(pact_of, rows))
    for pact_id in present:
        if pact_id in known:
            own = rows if len(present) == 1 else [row for row in rows if pact_of(row) == pact_id]
            yield pact_id, own


def _numbered(rows: list[tuple]) -> pd.DataFrame:
    """Commitments as in `Log`."""
    numbers, _, signatories, measures = zip(*rows, strict=True)
    columns = {"signatory_id": text_column(signatories), "measure": text_column(measures)}
    return pd.DataFrame(columns, index=pd.Index(numbers, dtype="int64", name="id"), copy=False)


def _last(index: pd.Index) -> int:
    return int(index[-1]) if len(index) else 0


def _empty(pacts) -> Log:
    return Log(
        pacts=pacts,
        signatories=_no_rows(SIGNATORY_COLUMNS),
        mandates=_no_rows(MANDATE_COLUMNS),
        **{file: _no_rows(names) for file, names in FACT_COLUMNS.items()},
        commitments=_no_commitments(),
        actions=NO_ACTIONS,
        areas=base_areas(pacts[-1][1]),
        area_versions=_no_rows(AREA_COLUMNS),
    )


@cache
def _no_rows(columns: tuple[str, ...]) -> pd.DataFrame:
    return table_from_rows([], columns)


@cache
def _no_commitments() -> pd.DataFrame:
    return pd.DataFrame(
        {"signatory_id": pd.Series(dtype="str"), "measure": pd.Series(dtype="str")},
        index=pd.Index([], dtype="int64", name="id"),
    )


def _joined(table: pd.DataFrame, more: pd.DataFrame, ignore_index: bool = False) -> pd.DataFrame:
    return pd.concat([table, more], ignore_index=ignore_index) if len(table) else more


def _with(log: Log, **parts) -> Log:
    return Log(**{**{name: getattr(log, name) for name in Log.__slots__}, **parts})
