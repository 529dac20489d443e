"""The official's reply: it stands beside the rating wherever the rating is shown."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from monitor import export, queries
from monitor.i18n import day, partial_day
from monitor.ui import session
from monitor.ui.view import View, t
from monitor.ui.words import md


def table(view: View) -> pd.DataFrame:
    """`export.replies` about all commitments: index = row of `view.everything`."""
    with session.store().reading() as database:
        return export.replies(database, view.log, _last(view))


def given(view: View, rows: np.ndarray) -> dict[int, queries.Entry]:
    """The last reply about these commitments (rows of `view.everything`): those that have one."""
    last = _last(view)
    own = np.flatnonzero(np.isin(last["row"].to_numpy(), rows))
    if not len(own):
        return {}
    seqs = last["seq"].to_numpy()[own].tolist()
    with session.store().reading() as database:
        found = queries.entries(database, seqs, int(view.log.actions.seq.max(initial=0)))
    texts = {entry.seq: entry for entry in found}
    said = zip(last["row"].to_numpy()[own].tolist(), seqs, strict=True)
    return {row: texts[seq] for row, seq in said if seq in texts}


def _last(view: View) -> pd.DataFrame:
    return session.replied(view.snapshot, view.log.pact.id, view.known_at, view.day)


def about(view: View, rows: np.ndarray) -> dict[int, str]:
    """The replies about these commitments, each in a sentence; those without one are left out."""
    return {
        row: t("reply.said", day=partial_day(entry.happened_on, view.lang), words=md(entry.summary))
        for row, entry in given(view, rows).items()
        if entry.summary is not None
    }


def beside(view: View, entries: Sequence[queries.Entry]) -> dict[tuple[str, str], str]:
    """(signatory_id, measure) of entries -> the reply about that commitment, in a sentence."""
    wanted = {(entry.signatory_id, entry.measure) for entry in entries}
    said = about(view, view.rows_of({signatory for signatory, _ in wanted}))
    names = view.everything[["signatory_id", "measure"]].take(list(said))
    found = zip(names["signatory_id"], names["measure"], said.values(), strict=True)
    return {(who, what): words for who, what, words in found if (who, what) in wanted}


def requested(view: View, signatory_id: str) -> dict[str, list[str]]:
    """Measure -> each time that the right of reply was claimed or offered, in words."""
    seqs = view.log.actions.seq[view.log.actions.visible(view.known_at)]
    until = view.snapshot.seq if view.known_at is None else int(seqs.max(initial=0))
    with session.store().reading() as database:
        found = queries.reply_requests(database, view.log.pact.id, signatory_id, until)
    said: dict[str, list[str]] = {}
    for _, measure, way, asked_on in found:
        asked = pd.Timestamp(asked_on).date()
        if asked <= view.day or view.known_at is None:
            said.setdefault(measure, []).append(t(f"reply.{way}", day=day(asked, view.lang)))
    return said
