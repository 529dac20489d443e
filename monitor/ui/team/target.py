"""Into which pact a page of the team writes: said, and asked for where several could be meant."""

from collections.abc import Callable

import streamlit as st

from monitor.read.selection import View
from monitor.ui.frame import pact_titles, switch_pact
from monitor.ui.markdown import md
from monitor.ui.page_run import t

_WANTED = "_target_pact"


def pact_of_file(
    view: View, words: str = "target.file", write: Callable[[str], object] = st.header
) -> bool:
    """Whether a file may be brought in: the database has one pact, or the address names one, which
    `write` says in these `words`. Else the reader is asked, and nothing is chosen before."""
    titles = pact_titles(view)
    if len(titles) == 1 or st.query_params.get("pacte") == view.log.pact.id:
        write(t(words, pact=md(titles[view.log.pact.id])))
        return True
    st.selectbox(
        t("target.which"),
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        key=_WANTED,
        placeholder=t("target.none"),
        on_change=_choose,
    )
    st.info(t("target.why"))
    return False


def _choose() -> None:
    if wanted := st.session_state.get(_WANTED):
        switch_pact(wanted)


def show_target_pact(view: View) -> None:
    """The pact that what is written here is about, where the database has several."""
    if len(view.snapshot.logs) > 1:
        st.markdown(t("target.entry", pact=md(pact_titles(view)[view.log.pact.id])))
