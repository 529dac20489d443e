"""The pacts that wait for another admin: what would become of each, then it is accepted or refused."""

import tomllib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from monitor import commands
from monitor.accounts import Account
from monitor.commands import ProposedPact
from monitor.errors import Changed, MonitorError
from monitor.i18n import moment, public_sentence
from monitor.intake.titles import title_of
from monitor.read import current_log
from monitor.ui import buttons, viewer
from monitor.ui.markdown import label_text, md
from monitor.ui.page_run import language, t
from monitor.ui.team import pact_consents, pact_questions, part_tables, whole_report

#: The keys of a pact that its election and its dates hang on.
_KEYS = ("title", "promoter", "election", "election_on", "term_start", "term_end", "licence")
#: What came of the last click.
DONE, FAILED = "_pact_done", "_pact_failed"


def show_proposed(account: Account) -> None:
    """What waits for another admin, and what came of the last click."""
    if done := st.session_state.pop(DONE, None):
        st.success(done)
    if failed := st.session_state.pop(FAILED, None):
        st.error(md(public_sentence(failed, language())))
    with current_log.store().reading() as database:
        found = commands.proposed_pacts(database)
    for proposed in found:
        with st.container(border=True):
            _show_one(account, proposed)


def _show_one(account: Account, proposed: ProposedPact) -> None:
    names = ", ".join(name for name, _ in proposed.files)
    when = moment(datetime.fromisoformat(proposed.proposed_at), language())
    st.header(t("new_pact.waits", author=md(proposed.author), when=when))
    st.caption(md(names))
    _offer_files(proposed)
    own = account.name == proposed.author
    with st.spinner(t("import.reading")):
        whole = whole_report.preview_files(
            proposed.digest, proposed.files, proposed.mended, proposed.choices
        )
    if whole is not None:
        _show_keys(proposed)
        whole_report.show_report(whole, {})
        part_tables.show_said(proposed.files, proposed.mended)
        if office := proposed.choices.in_charge:
            st.markdown(t("new_pact.in_charge_said", office=md(office)))
        pact_consents.show_agreed(whole, proposed.choices)
    if own:
        st.info(t("new_pact.own"))
    with st.container(horizontal=True):
        if whole is not None and whole.is_whole and not own:
            buttons.button(
                t("new_pact.accept"),
                key=f"_pact_accept_{proposed.digest}",
                type="primary",
                on_click=_accept,
                args=(proposed, [one.outcomes for one in whole.reports]),
                icon=":material/check:",
            )
        buttons.button(
            t("new_pact.take_back" if own else "new_pact.refuse"),
            key=f"_pact_drop_{proposed.digest}",
            on_click=_drop,
            args=(proposed.author,),
            icon=":material/close:",
        )


def _offer_files(proposed: ProposedPact) -> None:
    """The files themselves, to be read whole before anybody accepts them."""
    with st.container(horizontal=True):
        for n, (name, data) in enumerate(proposed.files):
            st.download_button(
                t("new_pact.download", name=label_text(name)),
                data=data,
                file_name=name.rsplit("/", 1)[-1],
                key=f"_pact_file_{proposed.digest}_{n}",
                on_click="ignore",
                icon=":material/download:",
            )


def _show_keys(proposed: ProposedPact) -> None:
    """What was answered on the page of the pact itself: the files do not say it."""
    toml = dict(proposed.files).get(pact_questions.TOML)
    keys = tomllib.loads(toml.decode()) if toml else {}
    shown = [
        f"- {title_of('pact', name, language())}{t('sentence.colon')}{md(str(keys[name]))}"
        for name in _KEYS
        if keys.get(name)
    ]
    if shown:
        st.markdown("\n".join([t("new_pact.keys"), "", *shown]))


def _accept(proposed: ProposedPact, shown: Sequence[Counter]) -> None:
    try:
        whole = commands.accept_pact(
            current_log.store(),
            viewer.presented_bearer(),
            proposed.author,
            proposed.digest,
            expected=shown,
        )
    except MonitorError as error:
        st.session_state[FAILED] = error
        return
    if whole.loaded:
        logs, name = current_log.current_snapshot(fresh=True).logs, whole.pact_id or ""
        title = md(logs[name].pact.title if name in logs else name)
        st.session_state[DONE] = t("new_pact.accepted", pact=title, url=f"/?pacte={name}")
    else:
        st.session_state[FAILED] = Changed("log_changed")
    whole_report.forget_previews()


def _drop(author: str) -> None:
    try:
        commands.drop_pact(current_log.store(), viewer.presented_bearer(), author)
    except MonitorError as error:
        st.session_state[FAILED] = error
