"""What a pending entry would change, by the very fold that publishes: exact, never guessed."""

from dataclasses import fields, replace
from datetime import datetime

import numpy as np
import pandas as pd

from monitor import status
from monitor.log import Actions, Log, microseconds
from monitor.views.view import View


def after(view: View, entry) -> pd.Series | None:
    """The row of the entry's commitment in `fold`, on the view's day, were the entry accepted now."""
    log = _only(view.log, entry.signatory_id)
    accepted = log.actions.accepted_at.copy()
    accepted[log.actions.seq == entry.seq] = microseconds(datetime.fromisoformat(entry.recorded_at))
    log = replace(log, actions=replace(log.actions, accepted_at=accepted))
    table = status.fold(status.known(log), view.day)
    rows = table[
        (table["signatory_id"] == entry.signatory_id) & (table["measure"] == entry.measure)
    ]
    return rows.iloc[0] if len(rows) else None


def _only(log: Log, signatory_id: str) -> Log:
    """The log of one signatory: small, whatever the pact."""
    commitments = log.commitments[log.commitments["signatory_id"] == signatory_id]
    mine = np.isin(log.actions.commitment, commitments.index.to_numpy())
    actions = Actions(*(getattr(log.actions, field.name)[mine] for field in fields(Actions)))
    return replace(
        log,
        signatories=log.signatories[log.signatories["signatory_id"] == signatory_id],
        mandates=log.mandates[log.mandates["signatory_id"] == signatory_id],
        commitments=commitments,
        actions=actions,
    )
