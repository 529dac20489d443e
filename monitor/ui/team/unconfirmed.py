"""Who signed, and of whom nobody has said since the election whether they hold the office: to be
confirmed, and nothing of it is said on public pages."""

import numpy as np
import streamlit as st

from monitor import dates
from monitor.i18n import plural
from monitor.models import Outcome
from monitor.read import careers
from monitor.read.cache import per_view
from monitor.read.filters import PLACE_FILTERS
from monitor.read.selection import View, rows_matching
from monitor.status.office import LATER, date_days
from monitor.table_rows import PersonRow, read_rows
from monitor.ui import paging
from monitor.ui.page_run import t
from monitor.ui.sentences import place_in_words

#: Lines of the list.
SHOWN = 15


def show_unconfirmed(view: View) -> None:
    """Those whose outcome is unknown after the vote, and those who were in office before it in a mandate
    without an end, unless they are noted as elected. Nothing where there is nobody."""
    places = find_unconfirmed(view)
    if not len(places):
        return
    st.header(plural("work.unconfirmed", len(places), view.lang))
    st.caption(t("work.unconfirmed_help"))
    shown = paging.page_of(len(places), SHOWN, "page_unconfirmed")
    st.markdown("\n".join(f"- {line}" for line in _lines(view, shown.start, shown.stop)))


@per_view
def find_unconfirmed(view: View) -> np.ndarray:
    """Their places among all who signed; of those whom the filters of place keep."""
    if careers.is_before_election(view):
        return np.array([], dtype=np.int64)
    people = view.everybody
    still_open = people["signatory_id"].isin(_in_office_before(view))
    asked = people["unknown"] | (still_open & (people["outcome"] != Outcome.ELECTED))
    asked &= people["signed"] & ~people["withdrawn"]
    found = np.flatnonzero(asked.to_numpy())
    places = view.columns(*PLACE_FILTERS)
    return np.intersect1d(found, rows_matching(people, places)) if places else found


@per_view
def _lines(view: View, first: int, last: int) -> list[str]:
    """Some of them in words: whether an earlier mandate is still open, else that nothing is known."""
    before = _in_office_before(view)
    lines = []
    for row in read_rows(PersonRow, view.everybody, find_unconfirmed(view)[first:last]):
        sentence = t("work.outcome_unknown")
        if row.signatory_id in before:
            held = view.state.mandates_of(row.signatory_id)
            opened = [one for one in held if one.binding and one.ended_on is None]
            sentence = t(
                "work.still_open",
                mandates=t("sentence.semicolon").join(careers.mandates_in_words(view, opened)),
            )
        lines.append(f"{place_in_words(row)} · {sentence}")
    return lines


@per_view
def _in_office_before(view: View) -> frozenset[str]:
    """The ids of those with a mandate in a binding office, begun before the election, that nobody has
    ended."""
    pact, mandates = view.pact, view.state.known.mandates
    begun = date_days(mandates["started_on"], first=False, missing=LATER)
    found = mandates["ended_on"].isna() & mandates["office"].isin(pact.binding_offices)
    found &= begun < dates.day_number(pact.election_on)
    return frozenset(mandates["signatory_id"][found])
