"""A signatory or a mandate entered by mistake: found by name, what goes with it said, retracted."""

import streamlit as st

from monitor import commands, status
from monitor.errors import MonitorError
from monitor.i18n import number
from monitor.ui import person, press
from monitor.ui.team import mine, whose
from monitor.ui.view import t
from monitor.views import session
from monitor.views.view import View

#: Where what went wrong is said.
HERE = -5
_DONE, _SURE, _REASON = "_retract_done", "_retract_sure", "_retract_reason"


def show(view: View) -> None:
    st.header(t("retract.title"), divider="gray")
    st.markdown(t("retract.intro"))
    if done := st.session_state.pop(_DONE, None):
        st.success(done)
    typed = st.text_input(t("write.search"), key="_retract_search", live="300ms", type="search",
                          placeholder=t("write.search_hint"), on_change=_another)  # fmt: skip
    if not typed:
        return
    people = view.everybody.iloc[whose.found(view, typed)[: whose.FOUND]]
    if not len(people):
        st.info(t("write.nobody"))
        return
    names = {
        one.signatory_id: f"{one.name} — {one.commune_name} ({one.signatory_id})"
        for one in people.itertuples()
    }
    chosen = st.selectbox(t("retract.who"), list(names), format_func=names.get, key="_retract_who",
                          on_change=_another)  # fmt: skip
    log = view.log
    known = status.known(log)
    held = known.mandates[known.mandates["signatory_id"] == chosen]
    keys = {"": (chosen,)}
    said = {"": t("retract.signatory")}
    for one in held.itertuples():
        code = f"{one.office} {one.started_on}"
        keys[code] = (chosen, one.office, one.started_on)
        said[code] = t("retract.mandate", office=t(f"office.{one.office}"), start=one.started_on)
    what = st.selectbox(t("retract.what"), list(keys), format_func=said.get,
                        key=f"_retract_what_{chosen}", on_change=_another)  # fmt: skip
    key = keys[what]
    _foretell(view, key)
    st.text_input(t("write.reason_withdraw"), key=_REASON, live="300ms", persist_state="session")
    mine.failed(HERE)
    st.checkbox(t("retract.sure"), key=_SURE)
    press.button(
        t("retract.do"),
        key="_retract_do",
        on_click=_retract,
        args=(log.pact.id, key, names[chosen]),
        disabled=not st.session_state[_SURE],
    )


def _foretell(view: View, key: tuple[str, ...]) -> None:
    """What becomes of the figures of the day."""
    content = "signatories" if len(key) == 1 else "mandates"
    pact = view.log.pact.id
    with session.store().reading() as database:
        taken = commands.entries_taken(database, content, pact, key)
    before, after = commands.consequences(view.log, taken, view.day)
    lines = [
        "- " + t(f"cli.figure_{name}", before=number(getattr(before, name), view.lang),
                 after=number(getattr(after, name), view.lang))
        for name in ("signatories", "commitments", "due", "implemented", "entries")
    ]  # fmt: skip
    st.markdown("\n".join(lines))
    st.caption(t("cli.load_again_row"))


def _another() -> None:
    """Another choice: nobody has read yet what goes with it."""
    st.session_state[_SURE] = False


def _retract(pact_id: str, key: tuple[str, ...], name: str) -> None:
    reason = st.session_state.get(_REASON) or ""
    work = commands.retract_signatory if len(key) == 1 else commands.retract_mandate
    try:
        seq = work(session.store(), person.presented(), pact_id, *key, reason)
    except MonitorError as error:
        mine.fail(HERE, error)
        return
    shown = " · ".join((name, *key[1:]))
    st.session_state[_DONE] = t("cli.retracted", name=shown, pact=pact_id, seq=seq)
    st.session_state[_REASON] = st.session_state["_retract_search"] = ""
    st.session_state[_SURE] = False
