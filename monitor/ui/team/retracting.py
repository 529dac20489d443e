"""A signatory or a mandate entered by mistake: found by name, what goes with it said, retracted."""

from dataclasses import replace

import streamlit as st

from monitor import commands
from monitor.errors import MonitorError
from monitor.i18n import partial_day
from monitor.offices import office_title
from monitor.queries.requests import RequestKind
from monitor.queries.retracted import Retraction, retractions
from monitor.read import current_log
from monitor.read.selection import View
from monitor.ui import buttons, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import t
from monitor.ui.team import consequences, court, detail, find_signatory, my_entries, requests

#: Where what went wrong is said.
HERE = -5
_SURE, _REASON = "_retract_sure", "_retract_reason"


def show_retraction(view: View) -> None:
    """The way to retract somebody or a mandate of the log as it is now, and what was retracted."""
    view = replace(view, state=view.state.now)
    st.header(t("retract.title"), divider="gray")
    st.markdown(t("retract.intro"))
    st.markdown(t("request.rule"))
    requests.show_asked(view, RequestKind.ROW_WITHDRAWAL)
    _choose(view)
    _past(view)


def _choose(view: View) -> None:
    typed = st.text_input(
        t("write.search"),
        key="_retract_search",
        live="300ms",
        type="search",
        placeholder=t("write.search_hint"),
        on_change=_another,
    )
    if not typed:
        return
    people = view.everybody.iloc[
        find_signatory.matching_people(view, typed)[: find_signatory.FOUND]
    ]
    if not len(people):
        st.info(t("write.nobody"))
        return
    names = {
        one.signatory_id: f"{one.name} — {one.commune_name} ({one.signatory_id})"
        for one in people.itertuples()
    }
    chosen = st.selectbox(
        t("retract.who"),
        list(names),
        format_func=names.__getitem__,
        key="_retract_who",
        on_change=_another,
    )
    assert chosen is not None  # the first is chosen until another is
    mandates = view.known.mandates
    held = mandates[mandates["signatory_id"] == chosen]
    keys: dict[str, tuple[str, ...]] = {"": (chosen,)}
    said = {"": t("retract.signatory")}
    for one in held.itertuples():
        code = f"{one.office} {one.started_on}"
        keys[code] = (chosen, one.office, one.started_on)
        start = partial_day(one.started_on, view.lang)
        said[code] = t(
            "retract.mandate", office=office_title(view.pact, one.office, view.lang), start=start
        )
    what = st.selectbox(
        t("retract.what"),
        list(keys),
        format_func=said.__getitem__,
        key=f"_retract_what_{chosen}",
        on_change=_another,
    )
    key = keys[what]
    _foretell(view, key)
    st.text_input(t("write.reason_withdraw"), key=_REASON, live="300ms", persist_state="session")
    ordered = court.ask_court_order("retract")
    my_entries.show_notice(HERE)
    st.checkbox(t("retract.sure"), key=_SURE)
    buttons.button(
        t("retract.do" if ordered else "request.ask_retraction"),
        key="_retract_do",
        on_click=_retract,
        args=(view.log.pact.id, key),
        disabled=not st.session_state[_SURE],
    )


def _foretell(view: View, key: tuple[str, ...]) -> None:
    """What would be withdrawn with it, and how to undo that."""
    content = _content(key)
    pact = view.log.pact.id
    with current_log.store().reading() as database:
        taken = commands.entries_taken(database, content, pact, key)
    st.markdown(consequences.consequences_in_words(view.snapshot, pact, taken, view.day, view.lang))
    st.caption(t(f"cli.load_again_{content}"))


def _past(view: View) -> None:
    """What was retracted, newest first: what, when, by whom, why, and whether it was loaded again."""
    with current_log.store().reading() as database:
        found = retractions(database, view.log.pact.id)
    if not found:
        return
    st.subheader(t("retract.past"))
    areas, people = view.log.areas["name"], set(view.known.signatories["signatory_id"])
    held = view.known.mandates[["signatory_id", "office", "started_on"]]
    mandates = set(held.itertuples(index=False, name=None))
    for one in found:
        key = (one.signatory_id, one.office, one.started_on)
        back = key in mandates if one.office else one.signatory_id in people
        with st.container(border=True):
            st.markdown(
                "  \n".join(_lines(view, one, str(areas.get(one.commune, one.commune)), back))
            )


def _lines(view: View, one: Retraction, place: str, back: bool) -> list[str]:
    what = t("retract.whole")
    if one.office:
        start = partial_day(one.started_on, view.lang)
        what = t(
            "retract.one_mandate",
            office=md(office_title(view.pact, one.office, view.lang)),
            start=start,
        )
    badge = f" :green-badge[{t('retract.back')}]" if back else ""
    when = detail.recorded_in_words(one.recorded_at, view)
    return [
        f"**{md(place)} · {md(one.name or '—')}** ({md(one.signatory_id)}) · {what}{badge}",
        t("retract.line", when=when, by=detail.author_in_words(one.author), seq=one.seq),
        t("retract.why", reason=md(one.reason or "…")),
    ]


def _content(key: tuple[str, ...]) -> str:
    return "signatories" if len(key) == 1 else "mandates"


def _another() -> None:
    """Another choice: nobody has read yet what goes with it."""
    st.session_state[_SURE] = False


def _retract(pact_id: str, key: tuple[str, ...]) -> None:
    reason = st.session_state.get(_REASON) or ""
    order = court.given_court_order("retract")
    try:
        requests.set_asked(
            commands.request_retraction(
                current_log.store(), viewer.presented_bearer(), pact_id, key, reason, order=order
            )
        )
    except MonitorError as error:
        my_entries.set_error(HERE, error)
        return
    court.forget_court_order("retract")
    st.session_state[_REASON] = st.session_state["_retract_search"] = ""
    st.session_state[_SURE] = False
