"""The official's reply: it stands beside the rating wherever the rating is shown."""

import pandas as pd

from monitor import export, queries
from monitor.i18n import day, partial_day
from monitor.ui import session
from monitor.ui.view import View, t
from monitor.ui.words import md


@session.per_view
def table(view: View) -> pd.DataFrame:
    """The last reply about each commitment: `export.replies`."""
    with session.store().reading() as database:
        return export.replies(database, view.log, view.known, view.day)


def about(view: View, row: int) -> str:
    """The reply about a commitment (a row of `view.everything`) in a sentence, "" if there is none."""
    found = table(view)
    if row not in found.index:
        return ""
    said = found.loc[row]
    if said["reply"] is None:
        return ""
    when = partial_day(said["reply_on"], view.lang)
    return t("reply.said", day=when, words=md(said["reply"]))


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
