"""What entries that wait, or that are being typed, would change: by the very fold that publishes,
exact, never guessed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd

from monitor import status
from monitor.dates import date_interval, latest_day
from monitor.log import FACT_COLUMNS, KINDS, NEVER, Actions, Log, microseconds_of
from monitor.models import Kind, Status, lowers_status
from monitor.read.selection import View
from monitor.snapshot import log_today
from monitor.table_rows import CommitmentRow, read_rows

#: Rows of a file about one commitment that are looked at one by one: each takes some milliseconds.
TURNS = 500
_STATUSES = tuple(one.value for one in Status)


@dataclass(frozen=True)
class Effect:
    """A commitment on the day of the view, now and then."""

    now: CommitmentRow
    then: CommitmentRow

    @property
    def changes(self) -> bool:
        """Whether the status becomes another one."""
        return self.now.status != self.then.status

    @property
    def lowers(self) -> bool:
        """Whether the new status says less than the one before it."""
        return lowers_status(Status(self.now.status), Status(self.then.status))


def effect_of_entry(view: View, entry, now: CommitmentRow) -> Effect | None:
    """Were a pending entry accepted now. `now`: its commitment; None if there would be none any more."""
    log = _log_of(view, [entry.signatory_id])
    return _effect(view, _accepting(log, [entry.seq]), now, entry.happened_on)


def effect_of_draft(
    view: View, now: CommitmentRow, kind: Kind, written: str, happened_on: str, target: int | None
) -> Effect | None:
    """Were what is being typed written and accepted now. `happened_on`: EDTF. `target`: the first seq
    of the entry that it corrects or withdraws."""
    log = _log_of(view, [now.signatory_id])
    at, seq = microseconds_of(datetime.now(UTC)), view.snapshot.seq + 1
    about = [now.commitment]
    typed = Actions.of(
        [seq], [at], [at], [NEVER], about, [kind], [written or None], [happened_on], [seq], [target]
    )
    log = replace(log, actions=log.actions.append(typed))
    return _effect(view, log, now, happened_on)


def effect_of_file(view: View, people: list[str], first: int, last: int) -> pd.DataFrame:
    """Were the entries `first` to `last` accepted now: the commitments of these signatories by their
    number, columns before, after (status, "" where there is none), bound (bool: whether it binds
    then and does not now, or the reverse) and binds (bool: now or then)."""
    log = _log_of(view, people)
    accepted = replace(
        _accepting(log, np.arange(first, last + 1)),
        signatories=_accepted(log.signatories, first, last),
        mandates=_accepted(log.mandates, first, last),
        **{file: _accepted(getattr(log, file), first, last) for file in FACT_COLUMNS},
    )
    now, then = (
        status.fold(status.what_is_known(one), view.day).set_index("commitment")[
            ["status", "binding"]
        ]
        for one in (log, accepted)
    )
    index = then.index.union(now.index)
    now, then = now.reindex(index), then.reindex(index)
    before, after = (one["status"].astype(object).fillna("") for one in (now, then))
    binding, bound = then["binding"].eq(True), now["binding"].eq(True)
    found = {"before": before, "after": after, "bound": binding != bound, "binds": binding | bound}
    return pd.DataFrame(found)


def effects_of_rows(
    view: View, people: list[str], first: int, last: int
) -> dict[int, tuple[str, str]]:
    """Were the entries `first` to `last` about commitments of these signatories accepted one after the
    other: by its seq, the status of its commitment without it and with it, "" where there is none.
    Those about one commitment beyond the first TURNS are taken together."""
    log = _log_of(view, people)
    called = status.bound_roll(log)
    seqs, turns = _turns(log.actions, first, last)
    about = log.actions.commitment[np.isin(log.actions.seq, seqs)]
    last_turn = pd.Series(turns).groupby(log.commitments["signatory_id"].loc[about].array).max()
    effects = {}
    known = status.what_is_known(log, called=called)
    for turn in range(1, turns.max(initial=0) + 1):
        due = turns == turn
        before = _statuses(view, known, about[due])
        left = last_turn.index[last_turn >= turn]
        if 4 * len(left) <= len(called.signatories):  # later turns are of fewer and fewer people
            log = _only(log, left)
            called = status.bound_roll(log)
        known = status.what_is_known(_accepting(log, seqs[turns <= turn]), called=called)
        after = _statuses(view, known, about[due])
        effects |= zip(seqs[due].tolist(), zip(before, after, strict=True), strict=True)
    return effects


def _turns(actions: Actions, first: int, last: int) -> tuple[np.ndarray, np.ndarray]:
    """The entries `first` to `last` that there are, and the turn of each: of two that touch one
    commitment, their own or one of those in whose place they may stand, the later one has a later turn.
    All of a turn can be accepted at once, and each has its own effect."""
    corrections = actions.supersedes * (actions.kind != KINDS[Kind.RETRACTION])
    target = dict(zip(actions.first.tolist(), corrections.tolist(), strict=True))

    def origin(one: int) -> int:
        while target.get(one):
            one = target[one]
        return one

    sharing: dict[int, set[int]] = {}
    for one, number in zip(actions.first.tolist(), actions.commitment.tolist(), strict=True):
        sharing.setdefault(origin(one), set()).add(number)
    own = (actions.seq >= first) & (actions.seq <= last)
    latest: dict[int, int] = {}
    turns = []
    for place in np.flatnonzero(own):
        touched = {actions.commitment[place]}
        for one in (actions.first[place], actions.supersedes[place]):
            touched |= sharing.get(origin(int(one)), set())
        turns.append(1 + max(latest.get(number, 0) for number in touched))
        latest |= dict.fromkeys(touched, turns[-1])
    return actions.seq[own], np.minimum(np.array(turns, dtype=np.int64), TURNS)


def _statuses(view: View, known: status.KnownPact, numbers: np.ndarray) -> list[str]:
    """Of these commitments, by their numbers, on the day of the view; "" where there is none."""
    rows = known.row_of[numbers]
    codes = status.status_codes(known, view.day)
    return [_STATUSES[codes[row]] if row >= 0 else "" for row in rows]


def _accepting(log: Log, seqs: Sequence[int] | np.ndarray) -> Log:
    """Were these entries about commitments accepted when they were recorded."""
    actions = log.actions
    accepted_at = np.where(np.isin(actions.seq, seqs), actions.recorded_at, actions.accepted_at)
    return replace(log, actions=replace(actions, accepted_at=accepted_at))


def _accepted(versions: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    own = versions["seq"].between(first, last)
    return versions.assign(accepted_at=versions["accepted_at"].where(~own, versions["recorded_at"]))


def day_of_effect(shown: date, happened_on: str, today: date, latest: date) -> date:
    """The day on which an entry is weighed: the one that is shown or, of today's, the first that the
    date of the entry (EDTF) can mean, where that has begun elsewhere already (`latest`)."""
    first = date_interval(happened_on).first
    return first if shown == today and today < first <= latest else shown


def _effect(view: View, log: Log, now: CommitmentRow, happened_on: str) -> Effect | None:
    day = day_of_effect(view.day, happened_on, log_today(), latest_day(datetime.now(UTC)))
    table = status.fold(status.what_is_known(log), day)
    rows = read_rows(CommitmentRow, table[table["commitment"] == now.commitment])
    return Effect(now, rows[0]) if rows else None


def _log_of(view: View, people: Iterable[str]) -> Log:
    """The log of some signatories, in which whoever gave no answer has signed as in that of all."""
    return replace(_only(view.log, people), others_answered=len(view.known.answers) > 0)


def _only(log: Log, people: Iterable[str]) -> Log:
    """The log of some signatories: small, whatever the pact. With them those whom a version of one of
    their entries is about, as an id can be given to another: a version alone would stand for nothing."""
    people, owners, actions = set(people), log.commitments["signatory_id"], log.actions
    while True:
        mine = np.isin(actions.commitment, owners.index[owners.isin(people)])
        roots = np.union1d(actions.first[mine], actions.supersedes[mine])
        versions = np.isin(actions.first, roots) & ~mine
        others = set(owners.loc[actions.commitment[versions]]) - people
        if not others:
            break
        people |= others
    return replace(
        log,
        signatories=_of(log.signatories, people),
        mandates=_of(log.mandates, people),
        **{file: _of(getattr(log, file), people) for file in FACT_COLUMNS},
        commitments=log.commitments[owners.isin(people)],
        actions=Actions(*(getattr(actions, field.name)[mine] for field in fields(Actions))),
    )


def _of(versions: pd.DataFrame, people: Collection[str]) -> pd.DataFrame:
    """Of the versions of rows about people, those about these; the others say nothing that counts."""
    return (
        versions[versions["signatory_id"].isin(people)] if "signatory_id" in versions else versions
    )
