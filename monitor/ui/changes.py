"""What changed last: one line a change of status, with its source."""

import streamlit as st

from monitor.charts import SIGNS
from monitor.dates import from_day, to_day
from monitor.i18n import day
from monitor.models import Status
from monitor.ui import answers, entries, outage, session
from monitor.ui.sentences import place
from monitor.ui.view import View, t
from monitor.ui.words import md

STATUSES = list(Status)


@outage.texts()
def show(view: View, count: int) -> None:
    """The last changes of the kept commitments by the day of the view, each with its entry."""
    lines = _lines(view, count)
    if not lines:
        st.info(t("changes.none"))
    for line in lines:
        st.markdown(line)


@session.per_view
def _lines(view: View, count: int) -> list[str]:
    table = session.changed(view.snapshot, view.log.pact.id, view.known_at)
    kept = view.kept & view.everything["binding"].to_numpy() if view.filters else None
    rows = table["day"].to_numpy() <= to_day(view.day)
    if kept is not None:
        rows &= kept[table["row"].to_numpy()]
    last = table[rows].tail(count).iloc[::-1]
    lines = []
    found = entries.read(view, last["seq"].to_list())
    texts = {entry.seq: entry for entry in found.itertuples()}
    replies = answers.about(view, last["row"])
    for change in last.itertuples():
        entry = texts[change.seq]
        commitment = next(view.everything.iloc[[change.row]].itertuples())
        before, after = STATUSES[change.before], STATUSES[change.after]
        lines.append(
            t(
                "changes.line",
                day=day(from_day(change.day), view.lang),
                place=place(commitment),
                measure=md(f"{commitment.measure}. {view.titles[commitment.measure]}"),
                before=f"{SIGNS[before]} {t(f'status.{before}')}",
                after=f"{SIGNS[after]} {t(f'status.{after}')}",
            )
            + f"  \n{entries.evidence(entry)} · {entries.permalink(entry, view)}"
        )
        if change.row in replies:
            lines[-1] += f"  \n{replies[change.row]}"
    return lines
