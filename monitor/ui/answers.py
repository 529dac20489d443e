"""The official's reply: it stands beside the rating wherever the rating is shown."""

from collections.abc import Sequence

import numpy as np

from monitor import queries
from monitor.i18n import day, partial_day
from monitor.ui.view import t
from monitor.ui.words import md
from monitor.views import replies
from monitor.views.view import View


def about(view: View, rows: np.ndarray) -> dict[int, str]:
    """The replies about these commitments, each in a sentence; those without one are left out."""
    given = replies.given(view, rows)
    since = view.everything["since"].take(list(given))
    return {
        row: t(
            "reply.said_before" if replies.before(entry, when) else "reply.said",
            day=partial_day(entry.happened_on, view.lang),
            words=md(entry.summary),
        )
        for (row, entry), when in zip(given.items(), since, strict=True)
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
    said: dict[str, list[str]] = {}
    for measure, way, asked in replies.requested(view, signatory_id):
        said.setdefault(measure, []).append(t(f"reply.{way}", day=day(asked, view.lang)))
    return said
