"""The further sources of an entry that wait for a decision, beside the entry that is reviewed."""

from typing import Any

import streamlit as st

from monitor import queries
from monitor.queries import team as backlog
from monitor.queries.team import WaitingSource
from monitor.read import current_log
from monitor.ui.markdown import md
from monitor.ui.page_run import t


def read_waiting(seq: int) -> dict[WaitingSource, Any]:
    """Those of an entry, as `queries.checked_rows_at` reads them, in the order in which they came."""
    with current_log.store().reading() as database:
        found = backlog.waiting_sources(database, seq)
        rows = queries.checked_rows_at(database, "sources", [one.seq for one in found])
    return dict(zip(found, rows, strict=True))


def choose_sources(seq: int) -> tuple[int, ...]:
    """The files of the sources that are accepted with an entry: all that its author gave with it but
    those that the reviewer leaves out."""
    own = {one: row for one, row in read_waiting(seq).items() if one.own}
    if not own:
        return ()
    st.markdown(t("review.sources"))
    kept = [
        one.load_seq
        for one, row in own.items()
        if st.checkbox(
            md(row.source_title or row.source_url or "–"), True, key=f"_review_source_{one.seq}"
        )
    ]
    st.caption(t("review.sources_left"))
    return tuple(kept)
