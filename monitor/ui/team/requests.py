"""What the team asks for and nobody takes away alone: said on its pages, confirmed or stopped here."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import streamlit as st

from monitor import commands
from monitor.accounts import Account
from monitor.commands.request_acts import CONFIRMS
from monitor.commands.requests import REACHED_HOURS, WAIT_HOURS
from monitor.errors import MonitorError
from monitor.i18n import moment, plural
from monitor.models import Role
from monitor.queries import requests as request_queries
from monitor.queries.requests import Request, RequestKind
from monitor.queries.team import entries_of
from monitor.read import current_log
from monitor.read.cache import per_head
from monitor.read.selection import View
from monitor.snapshot import Snapshot, log_today
from monitor.store.journal import timestamp
from monitor.ui import buttons, screen, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language, page_at, t
from monitor.ui.team import consequences, detail, my_entries
from monitor.ui.team.row_words import row_values_in_markdown

#: Those named at the top of each page of the team.
NAMED = 5
#: For so long the pages of the team say what took effect without an answer.
SAID_HOURS = 48
_ASKED = "_request_made"
#: Why a request ended without object, as far as it is told apart.
_WHY = {
    "by_order": "order",
    "not_allowed": "right",
    "asker_without_right": "right",
    "nobody_to_stop": "nobody",
    "older_copy": "copy",
}


def request_in_words(request: Request, lang: str) -> str:
    """What is asked for, in a few words."""
    if request.kind is RequestKind.WITHDRAWAL:
        return t("request.withdrawal", file=md(request.file_name or "–"), seq=request.target_seq)
    if request.kind is RequestKind.REDACTION and request.file_name:
        return t("request.redaction_of_file", file=md(request.file_name), seq=request.target_seq)
    if request.kind is RequestKind.REDACTION:
        return t("request.redaction", seq=request.target_seq)
    if request.kind is RequestKind.ADMIN:
        return t("request.admin", name=md(request.future_admin))
    if request.row is None:
        return "–"
    pact = current_log.current_snapshot().log(request.row.pact_id).pact
    return t(f"request.{request.row.subject}", **row_values_in_markdown(pact, request.row, lang))


def all_pending_requests() -> list[Request]:
    """What waits, of all pacts."""
    with current_log.store().reading() as database:
        return request_queries.pending_requests(database)


def show_badge(pages: Mapping[str, st.Page]) -> None:
    """In the menu of everybody of the team, beside every page."""
    if count := len(all_pending_requests()):
        label = f"**{plural('notice.requests', count, language())}**"
        st.page_link(
            pages["demandes"],
            label=label,
            icon=":material/hourglass_top:",
            query_params={"lang": language()},
        )


def show_pending_above(view: View) -> None:
    """At the top of every page of the team: what will take effect, by whom, when, how to stop it; and
    what has lately taken effect because nobody did."""
    found = all_pending_requests()
    _took_effect(view)
    if not found:
        return
    lines = [
        "- "
        + t(
            f"request.line{_late(one)}",
            what=request_in_words(one, view.lang),
            by=md(one.asked_by),
            due=detail.recorded_in_words(one.due_at, view),
            hours=REACHED_HOURS,
        )
        for one in found[:NAMED]
    ]
    if len(found) > NAMED:
        lines.append("- " + plural("request.more", len(found) - NAMED, view.lang))
    with st.container(key="demandes_en_cours"):
        st.warning(t("request.above") + "\n" + "\n".join(lines), icon=":material/hourglass_top:")
        query = {"pacte": view.log.pact.id, "lang": view.lang}
        st.page_link(page_at("demandes"), label=t("request.see"), query_params=query)


def _took_effect(view: View) -> None:
    since = timestamp(datetime.now(UTC) - timedelta(hours=SAID_HOURS))
    with current_log.store().reading() as database:
        ended = request_queries.past_requests(database)
    lately = [one for one in ended if one.way == "elapsed" and (one.ended_at or "") > since]
    if lately:
        lines = [
            f"- {request_in_words(one, view.lang)} · {_end(view, one)}" for one in lately[:NAMED]
        ]
        st.info(t("request.took_effect") + "\n" + "\n".join(lines), icon=":material/history:")


def set_asked(number: int) -> None:
    """From a callback: say, once the page is shown, what was asked for and what becomes of it."""
    with current_log.store().reading() as database:
        st.session_state[_ASKED] = request_queries.request_numbered(database, number)
    screen.look_at(_ASKED)


def show_rule(view: View) -> None:
    """That nobody does it alone, and when it takes effect if nobody answers."""
    due = datetime.now(UTC) + timedelta(hours=WAIT_HOURS)
    st.markdown(t("request.rule", due=moment(due, view.lang), hours=WAIT_HOURS))


def show_asked(view: View, *kinds: RequestKind) -> None:
    """What has just been asked for, if it is of these kinds; once."""
    one = st.session_state.get(_ASKED)
    if one is None or one.kind not in kinds:
        return
    del st.session_state[_ASKED]
    what, due = request_in_words(one, view.lang), detail.recorded_in_words(one.due_at, view)
    key = "request.obeyed" if one.way == "order" else "request.asked"
    with screen.answer_here(_ASKED):
        st.success(t(key, what=what, due=due))


def show_requests(view: View, account: Account) -> None:
    """What waits, with what becomes of the figures and the ways to answer; what became of others."""
    st.markdown(t("request.intro", hours=WAIT_HOURS, reached=REACHED_HOURS))
    found = all_pending_requests()
    if not found:
        st.info(t("request.none"))
    for one in found:
        with st.container(border=True, key=f"demande_{one.id}"):
            _one(view, account, one)
    _past(view, account)


def _one(view: View, account: Account, one: Request) -> None:
    st.header(request_in_words(one, view.lang))
    when, due = (detail.recorded_in_words(at, view) for at in (one.asked_at, one.due_at))
    st.markdown(
        t(f"request.who{_late(one)}", by=md(one.asked_by), when=when, due=due, hours=REACHED_HOURS)
    )
    if one.reason:
        st.markdown(t("request.reason", reason=md(one.reason)))
    is_counted = one.kind is not RequestKind.REDACTION  # a text is in no figure
    if is_counted and one.pact_id and one.pact_id in view.snapshot.logs:
        st.markdown(_consequences(view, one))
    own = one.asked_by == account.name
    field = f"_request_why_{one.id}"
    if own:
        st.caption(t("request.own"))
    else:
        st.text_input(t("request.why_stop"), key=field, live="300ms", persist_state="session")
    my_entries.show_notice(_place(one.id))
    with st.container(horizontal=True):
        if not own and account.role.includes(CONFIRMS[one.kind]):
            buttons.button(
                t("request.confirm"),
                key=f"_request_confirm_{one.id}",
                on_click=_confirm,
                args=(one.id,),
                icon=":material/check:",
            )
        buttons.button(
            t("request.take_back" if own else "request.stop"),
            type="primary",
            key=f"_request_stop_{one.id}",
            on_click=_stop,
            args=(one.id, field),
            icon=":material/block:",
        )
    if not own and not account.role.includes(CONFIRMS[one.kind]):
        st.caption(t("request.confirmed_by_role", role=t(f"role.{CONFIRMS[one.kind]}")))


def _late(one: Request) -> str:
    """The end of the name of what is said of a request whose day has passed, and which still waits."""
    return "_late" if one.due_at <= timestamp(datetime.now(UTC)) else ""


def _place(number: int) -> int:
    """Where what went wrong with a request is said."""
    return -100_000 - number


def _confirm(number: int) -> None:
    try:
        commands.confirm_request(current_log.store(), viewer.presented_bearer(), number)
    except MonitorError as error:
        my_entries.set_error(_place(number), error)


def _stop(number: int, field: str) -> None:
    why = st.session_state.get(field) or ""
    try:
        commands.stop_request(current_log.store(), viewer.presented_bearer(), number, why)
    except MonitorError as error:
        my_entries.set_error(_place(number), error)


def _consequences(view: View, one: Request) -> str:
    """What goes with it, on the day of the view or, of another pact, today."""
    day = view.day if one.pact_id == view.log.pact.id else log_today()
    taken = _taken(view.snapshot, one)
    return consequences.consequences_in_words(view.snapshot, one.pact, taken, day, view.lang)


@per_head
def _taken(_snapshot: Snapshot, one: Request) -> tuple[int, ...]:
    """The entries that would count no more."""
    with current_log.store().reading() as database:
        if one.kind is RequestKind.WITHDRAWAL:
            load_seq, _ = one.taken
            return entries_of(database, load_seq)
        row = one.row
        if row is None:
            return ()
        return commands.entries_taken(database, row.content, row.pact_id, row.key)


def _past(view: View, account: Account) -> None:
    with current_log.store().reading() as database:
        found = request_queries.past_requests(database)
    if not found:
        return
    st.header(t("request.past"), divider="gray")
    for one in found:
        line = f"**{request_in_words(one, view.lang)}** · {_end(view, one)}"
        if one.way == "order" and account.role.includes(Role.ADMIN) and one.order_reference:
            line += " " + t("request.reference", reference=md(one.order_reference))
        st.markdown(line)


def _end(view: View, one: Request) -> str:
    """What became of a request."""
    values = {
        "asker": md(one.asked_by),
        "by": md(one.ended_by or ""),
        "why": md(one.why or "–"),
        "when": detail.recorded_in_words(one.ended_at or one.due_at, view),
    }
    if one.way == "stopped" and one.ended_by == one.asked_by:
        return t("request.taken_back", **values)
    if one.way == "void":
        return t(f"request.void_{_WHY.get(one.why or '', 'changed')}", **values)
    return t(f"request.{one.way}", **values)
