"""The official's reply: it stands beside the rating wherever the rating is shown."""

from collections.abc import Iterable

import pandas as pd

from monitor import export, queries
from monitor.i18n import day, partial_day
from monitor.ui import session
from monitor.ui.view import View, t
from monitor.ui.words import md


def table(view: View, rows: Iterable[int] | None = None) -> pd.DataFrame:
    """`export.replies` about these commitments (rows of `view.everything`), None for all."""
    last = session.replied(view.snapshot, view.log.pact.id, view.known_at, view.day)
    if rows is not None:
        last = last[last["row"].isin(list(rows))]
    if last.empty:
        return pd.DataFrame(columns=["reply_on", "reply"], index=last["row"], dtype=object)
    with session.store().reading() as database:
        return export.replies(database, view.log, last)


def about(view: View, rows: Iterable[int]) -> dict[int, str]:
    """The replies about these commitments, each in a sentence; those without one are left out."""
    found = table(view, rows)
    return {
        row: t("reply.said", day=partial_day(on, view.lang), words=md(words))
        for row, on, words in found.itertuples()
        if words is not None
    }


def beside(view: View, entries: pd.DataFrame) -> dict[tuple[str, str], str]:
    """(signatory_id, measure) of entries -> the reply about that commitment, in a sentence."""
    everything = view.everything
    wanted = set(zip(entries["signatory_id"], entries["measure"], strict=True))
    own = everything[everything["signatory_id"].isin(entries["signatory_id"])]
    rows = {(row.signatory_id, str(row.measure)): row.Index for row in own.itertuples()}
    # Somebody's measures, or their whole file, may have been taken back since.
    wanted &= rows.keys()
    said = about(view, [rows[pair] for pair in wanted])
    return {pair: said[rows[pair]] for pair in wanted if rows[pair] in said}


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
