"""The officials' replies of a view, and the right to them."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd

from monitor import export, queries
from monitor.i18n import day, partial_day
from monitor.models import Kind
from monitor.read import log_entries
from monitor.read.known_days import is_before_day, is_before_entry, was_public_before
from monitor.read.lines import Line, Mark, Span, Topic, fill_message, quoted_span
from monitor.read.mandates import is_after_death
from monitor.read.selection import View


def reply_table(view: View, rows: np.ndarray) -> pd.DataFrame:
    """`export.reply_columns` about these commitments: index = row of `view.everything`."""
    last = view.day_state.last_replies
    own = last[np.isin(last["row"].to_numpy(), rows)]
    with log_entries.open_texts() as database:
        return export.reply_columns(database, view.log, own)


def last_replies(view: View, rows: np.ndarray) -> dict[int, queries.Entry]:
    """The last reply about these commitments (rows of `view.everything`): those that have one."""
    last = view.day_state.last_replies
    own = np.flatnonzero(np.isin(last["row"].to_numpy(), rows))
    if not len(own):
        return {}
    seqs = last["seq"].to_numpy()[own].tolist()
    with log_entries.open_texts() as database:
        found = queries.published_entries(database, seqs, int(view.log.actions.seq.max(initial=0)))
    texts = {entry.seq: entry for entry in found}
    pairs = zip(last["row"].to_numpy()[own].tolist(), seqs, strict=True)
    return {row: texts[seq] for row, seq in pairs if seq in texts}


def replies_by_entry(
    view: View, entries: Iterable[queries.Entry | log_entries.LogEntry]
) -> dict[int, queries.Entry]:
    """The number of each assessment -> the last reply about its commitment, if its text still stands."""
    wanted = [entry for entry in entries if entry.kind == Kind.ASSESSMENT]
    replies = last_replies(view, view.rows_of({entry.signatory_id for entry in wanted})).values()
    about = {(one.signatory_id, one.measure): one for one in replies if one.summary is not None}
    found = ((entry.seq, about.get((entry.signatory_id, entry.measure))) for entry in wanted)
    return {int(seq): reply for seq, reply in found if reply is not None}


def replies_beside_status(view: View, rows: np.ndarray) -> dict[int, Line]:
    """The last reply about these commitments (rows of `view.everything`), each beside the status that it
    is about: those that have one whose text still stands."""
    given = last_replies(view, rows)
    where = view.everything[["since", "said_by"]].take(list(given))
    standing = zip(given.items(), where["since"].dt.date, where["said_by"], strict=True)
    return {
        row: _line(view, reply, _beside_status(view, reply.seq, day, said_by))
        for (row, reply), day, said_by in standing
        if reply.summary is not None
    }


def _beside_status(view: View, seq: int, since: date, said_by: int) -> str:
    """Whether a reply is from before the day of a status, or from before it could be read."""
    if is_before_day(view.log.actions, seq, since):
        return "before_status"
    return "unread_status" if was_public_before(view.log.actions, seq, said_by) else "beside"


def reply_beside_entry(
    view: View, reply: queries.Entry, entry: queries.Entry | log_entries.LogEntry
) -> Line:
    """A reply of `replies_by_entry` beside the entry."""
    if is_before_entry(view.log.actions, reply.seq, entry.seq):
        return _line(view, reply, "before_entry")
    unread = was_public_before(view.log.actions, reply.seq, entry.seq)
    return _line(view, reply, "unread_entry" if unread else "beside")


def _line(view: View, reply: queries.Entry, title: str) -> Line:
    if is_after_death(view.state, reply.signatory_id, reply.happened_on):
        title = "after_death"
    spans = fill_message(
        "reply.line",
        view.lang,
        title=Span(view.text(f"reply.{title}"), Mark.STRONG),
        day=Span(partial_day(reply.happened_on, view.lang)),
        words=quoted_span(reply.summary),
    )
    return Line(Topic.REPLY, spans)


def requests_in_words(view: View, signatory_id: str) -> dict[str, list[str]]:
    """Measure -> each time that the right of reply was claimed or offered, in words."""
    with log_entries.open_texts() as database:
        found = queries.reply_requests(
            database, view.log.pact.id, signatory_id, view.state.last_seq
        )
    by_measure: dict[str, list[str]] = {}
    for _, measure, way, asked_on in found:
        asked = date.fromisoformat(asked_on)
        if asked <= view.day or view.known_at is None:
            words = view.text(f"reply.{way}", day=day(asked, view.lang))
            by_measure.setdefault(measure, []).append(words)
    return by_measure
