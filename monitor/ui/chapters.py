"""The chapters of *Analyses*: one at a time, so that each can be read through, each with an address."""

import streamlit as st

from monitor.read import careers, counts
from monitor.read.selection import View
from monitor.ui import analysis, funnel, incidence, revisions, transitions
from monitor.ui.address import write_address
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.sentences import day_of_view

NAME = "chapitre"
#: The names of an address that are a chapter's own: an address with one of them leads there.
CHAPTERS = {
    "time": ("courbe", "evenement"),
    "changes": ("depuis",),
    "groups": ("par", "entre"),
}


def show_chapter(view: View) -> None:
    """The chapter that the address asks for, under the control that changes it."""
    chapter = _choose_chapter()
    if chapter == "time":
        analysis.show_over_time(view)
        incidence.show_incidence()
        incidence.show_place_curves()
        incidence.show_half_years()
    elif chapter == "changes":
        transitions.show_transitions()
        revisions.show_revisions()
    else:
        analysis.show_groups()
        analysis.show_assumptions()
        funnel.show_funnel()


def why_none(view: View) -> str:
    """Why there is no chapter to show: nothing that the filters keep has bound anybody by the day, or
    nothing has, or it is not known who was elected."""
    if view.filters and counts.has_anything_bound(view.without_filters):
        return t("analyses.nothing_bound_here", day=day_of_view(view))
    if counts.count_funnel(view)["unknown"] and not careers.is_before_election(view):
        return t("measures.none_known")
    return t("analyses.nothing_bound")


def _choose_chapter() -> str:
    asked, own = st.query_params.get(NAME), set(st.query_params)
    if asked and asked not in CHAPTERS:
        st.warning(t("frame.unknown_value", name=NAME, value=md(asked[:80])))
    named = [chapter for chapter, names in CHAPTERS.items() if own.intersection(names)]
    current = asked if asked in CHAPTERS else (named or [*CHAPTERS])[0]
    key = f"_{NAME}"
    st.session_state[key] = current
    st.segmented_control(
        t("analyses.chapter"),
        list(CHAPTERS),
        format_func=lambda chapter: t(f"analyses.chapter_{chapter}"),
        key=key,
        on_change=lambda: write_address(**{NAME: st.session_state[key]}),
        required=True,
        wrap=True,
    )
    return current
