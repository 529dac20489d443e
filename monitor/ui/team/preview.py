"""What entries that wait, or that are being typed, would change: by the very fold that publishes,
exact, never guessed."""

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd

from monitor import status
from monitor.log import NEVER, Actions, Log, microseconds_of
from monitor.models import Kind, Status, lowers_status
from monitor.read.selection import View


@dataclass(frozen=True)
class Effect:
    """A commitment on the day of the view: its rows in `fold`, now and then."""

    now: pd.Series
    then: pd.Series

    @property
    def changes(self) -> bool:
        return self.now["status"] != self.then["status"]

    @property
    def lowers(self) -> bool:
        return lowers_status(Status(self.now["status"]), Status(self.then["status"]))


def effect_of_entry(view: View, entry, now: pd.Series) -> Effect | None:
    """Were a pending entry accepted now. `now`: the row of its commitment; None if it is in no row
    any more."""
    log = _only(view.log, [entry.signatory_id])
    accepted = log.actions.accepted_at.copy()
    accepted[log.actions.seq == entry.seq] = microseconds_of(
        datetime.fromisoformat(entry.recorded_at)
    )
    log = replace(log, actions=replace(log.actions, accepted_at=accepted))
    return _effect(view, log, now)


def effect_of_draft(
    view: View, now: pd.Series, kind: Kind, said: str, happened_on: str, target: int | None
) -> Effect | None:
    """Were what is being typed written and accepted now. `happened_on`: EDTF. `target`: the first seq
    of the entry that it corrects or withdraws."""
    log = _only(view.log, [now["signatory_id"]])
    at, seq = microseconds_of(datetime.now(UTC)), view.snapshot.seq + 1
    about = [int(now["commitment"])]
    typed = Actions.of(
        [seq], [at], [at], [NEVER], about, [kind], [said or None], [happened_on], [seq], [target]
    )
    log = replace(log, actions=log.actions.extended(typed))
    return _effect(view, log, now)


def effect_of_file(view: View, people: list[str], first: int, last: int) -> pd.DataFrame:
    """Were the entries `first` to `last` accepted now: the commitments of these signatories by their
    number, columns before, after (status, "" where there is none) and bound (bool: whether it binds
    then and does not now, or the reverse)."""
    log = _only(view.log, people)
    accepted = replace(
        log,
        signatories=_accepted(log.signatories, first, last),
        mandates=_accepted(log.mandates, first, last),
        actions=replace(
            log.actions,
            accepted_at=np.where(
                (log.actions.seq >= first) & (log.actions.seq <= last),
                log.actions.recorded_at,
                log.actions.accepted_at,
            ),
        ),
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
    bound = then["binding"].eq(True) != now["binding"].eq(True)
    return pd.DataFrame({"before": before, "after": after, "bound": bound})


def _accepted(versions: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    own = versions["seq"].between(first, last)
    return versions.assign(accepted_at=versions["accepted_at"].where(~own, versions["recorded_at"]))


def _effect(view: View, log: Log, now: pd.Series) -> Effect | None:
    table = status.fold(status.what_is_known(log), view.day)
    rows = table[table["commitment"] == now["commitment"]]
    return Effect(now, rows.iloc[0]) if len(rows) else None


def _only(log: Log, people: list[str]) -> Log:
    """The log of some signatories: small, whatever the pact."""
    commitments = log.commitments[log.commitments["signatory_id"].isin(people)]
    mine = np.isin(log.actions.commitment, commitments.index.to_numpy())
    actions = Actions(*(getattr(log.actions, field.name)[mine] for field in fields(Actions)))
    return replace(
        log,
        signatories=log.signatories[log.signatories["signatory_id"].isin(people)],
        mandates=log.mandates[log.mandates["signatory_id"].isin(people)],
        commitments=commitments,
        actions=actions,
    )
