"""The official's reply: it stands beside the rating wherever the rating is shown."""

from collections.abc import Sequence

import numpy as np

from monitor import queries
from monitor.dates import date_interval
from monitor.i18n import day, partial_day
from monitor.models import Kind
from monitor.read import replies
from monitor.read.selection import View
from monitor.ui.markdown import md
from monitor.ui.page_run import t


def replies_in_words(view: View, rows: np.ndarray) -> dict[int, str]:
    """The replies about these commitments, each in a sentence; those without one are left out."""
    given = replies.given(view, rows)
    since = view.everything["since"].take(list(given))
    return {
        row: _said(view, entry, replies.before(entry, when), "reply.said_before")
        for (row, entry), when in zip(given.items(), since, strict=True)
        if entry.summary is not None
    }


def _said(view: View, reply: queries.Entry, before: bool, key: str) -> str:
    when = partial_day(reply.happened_on, view.lang)
    return t(key if before else "reply.said", day=when, words=md(reply.summary))


def replies_by_entry(view: View, entries: Sequence[queries.Entry]) -> dict[int, str]:
    """The number of each assessment -> the last reply about its commitment, in a sentence, which says
    so when it is older than the entry."""
    wanted = [entry for entry in entries if entry.kind == Kind.ASSESSMENT]
    given = replies.given(view, view.rows_of({entry.signatory_id for entry in wanted}))
    names = view.everything[["signatory_id", "measure"]].take(list(given))
    whose = zip(names["signatory_id"], names["measure"], strict=True)
    reply_of = dict(zip(whose, given.values(), strict=True))
    said = {}
    for entry in wanted:
        reply = reply_of.get((entry.signatory_id, entry.measure))
        if reply is not None and reply.summary is not None:
            before = date_interval(reply.happened_on)[1] < date_interval(entry.happened_on)[0]
            said[int(entry.seq)] = _said(view, reply, before, "reply.said_before_entry")
    return said


def reply_requests_in_words(view: View, signatory_id: str) -> dict[str, list[str]]:
    """Measure -> each time that the right of reply was claimed or offered, in words."""
    said: dict[str, list[str]] = {}
    for measure, way, asked in replies.requested(view, signatory_id):
        said.setdefault(measure, []).append(t(f"reply.{way}", day=day(asked, view.lang)))
    return said
