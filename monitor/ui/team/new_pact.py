"""A pact with all that goes with it, brought as files: what would become of each of them, then one admin
proposes, and another accepts."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

import streamlit as st

from monitor import accounts, commands
from monitor.accounts import Account
from monitor.commands import ProposedPact
from monitor.commands.proposed_pacts import Mended
from monitor.commands.whole_pact import WholeReport
from monitor.errors import MonitorError
from monitor.findings import RowError
from monitor.i18n import moment, public_sentence
from monitor.intake.uploads import PACT_MEGABYTES, unpack_files
from monitor.models import Role
from monitor.offices import office_title
from monitor.read import current_log
from monitor.ui import buttons, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import (
    cell_mending,
    pact_questions,
    part_contents,
    part_tables,
    templates,
)
from monitor.ui.team.part_tables import BroughtPact, Files, PartTable

_CHOSEN, _DONE, _FAILED = "_pact_chosen", "_pact_done", "_pact_failed"
#: Of a sheet that holds what another one does.
_TWICE = "part_twice"
#: The office of those who are only in charge of what others signed.
_IN_CHARGE = "_pact_in_charge"
#: (files, language, what would become of them), so that no run reads them again.
_PREVIEW = "_pact_preview"


def show_upload(account: Account) -> None:
    """Choose the files, see what would become of them, propose them; who could accept them where there
    is no other admin."""
    st.header(t("new_pact.bring"))
    st.markdown(t("new_pact.how"))
    if not _others_may_accept(account):
        st.info(t("new_pact.nobody_accepts"), icon=":material/person_add:")
    templates.show_pact_template()
    chosen = st.session_state.setdefault(_CHOSEN, uuid4().hex)
    brought = st.file_uploader(
        t("new_pact.files"),
        type=["toml", "xlsx", "csv", "zip"],
        accept_multiple_files=True,
        key=f"_pact_files_{chosen}",
        max_upload_size=PACT_MEGABYTES,
    )
    if not brought:
        return
    try:
        files = unpack_files((file.name, file.getvalue()) for file in brought)
    except MonitorError as error:
        st.error(md(public_sentence(error, language())))
        return
    files = pact_questions.add_pact(files)
    if pact_questions.ask_pact(files):
        return
    pact = part_tables.read_brought_pact(files)
    in_charge = st.session_state.get(_IN_CHARGE)
    if pact.pact is None or in_charge not in pact.pact.office_codes:
        in_charge = None
    whole = _preview("brought", files, pact.mended, in_charge)
    if whole is None:
        return
    pact_questions.ask_again(files)
    read = {name: table.brought.content for name, table in pact.tables.items()}
    twice = [one.file_name for one in whole.reports for wrong in one.errors if wrong.code == _TWICE]
    # What a sheet holds changes what becomes of the others: it is asked first.
    part_contents.ask_contents(files, whole.left_out, read, twice)
    _show_report(whole, pact.tables)
    _ask_in_charge(pact, whole)
    if whole.reports and whole.is_whole:
        buttons.button(
            t("new_pact.propose"),
            key="_pact_propose",
            type="primary",
            on_click=_propose,
            args=(files, pact, in_charge),
            icon=":material/check:",
        )
        st.caption(t("new_pact.then"))
    else:
        st.warning(t("new_pact.refused"))


def _ask_in_charge(pact: BroughtPact, whole: WholeReport) -> None:
    """Who is only in charge of what another one signed, where people hold offices: none is, unless
    somebody says so."""
    if pact.pact is None or all(one.content != "mandates" for one in whole.reports):
        return
    about = pact.pact
    is_likely = any(doubt.code == "signed_above" for one in whole.reports for doubt in one.doubts)
    chosen = st.session_state.get(_IN_CHARGE)
    with st.expander(t("new_pact.in_charge"), expanded=is_likely or chosen is not None):
        st.markdown(t("new_pact.in_charge_help"))
        st.selectbox(
            t("new_pact.in_charge_office"),
            about.office_codes,
            None,
            format_func=lambda code: office_title(about, code, language()),
            placeholder=t("new_pact.in_charge_none"),
            key=_IN_CHARGE,
        )


def _others_may_accept(account: Account) -> bool:
    """Whether there is an admin beside this one."""
    with current_log.store().reading() as database:
        found = accounts.all_accounts(database)
    return any(one.active and one.role is Role.ADMIN and one.name != account.name for one in found)


def show_proposed(account: Account) -> None:
    """What waits for another admin, and what came of the last click."""
    if done := st.session_state.pop(_DONE, None):
        st.success(done)
    if failed := st.session_state.pop(_FAILED, None):
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
    own = account.name == proposed.author
    whole = _preview(proposed.digest, proposed.files, proposed.mended, proposed.in_charge)
    if whole is not None:
        _show_report(whole, {})
        part_tables.show_said(proposed.files, proposed.mended)
        if proposed.in_charge:
            st.markdown(t("new_pact.in_charge_said", office=md(proposed.in_charge)))
    if own:
        st.info(t("new_pact.own"))
    with st.container(horizontal=True):
        if whole is not None and whole.is_whole and not own:
            buttons.button(
                t("new_pact.accept"),
                key=f"_pact_accept_{proposed.digest}",
                type="primary",
                on_click=_accept,
                args=(proposed,),
                icon=":material/check:",
            )
        buttons.button(
            t("new_pact.take_back" if own else "new_pact.refuse"),
            key=f"_pact_drop_{proposed.digest}",
            on_click=_drop,
            args=(proposed.author,),
            icon=":material/close:",
        )


def _preview(name: str, files: Files, mended: Mended, in_charge: str | None) -> WholeReport | None:
    """What would become of the files, put right so, read once for a head of the log."""
    held = st.session_state.setdefault(_PREVIEW, {})
    asked = (
        list(files),
        mended,
        in_charge,
        language(),
        current_log.current_snapshot(fresh=True).seq,
    )
    if name not in held or held[name][0] != asked:
        try:
            with st.spinner(t("import.reading")):
                whole = commands.preview_pact(
                    current_log.store(), files, language(), mended, in_charge
                )
        except MonitorError as error:
            st.error(md(public_sentence(error, language())))
            return None
        held[name] = (asked, whole)
    return held[name][1]


def _show_report(whole: WholeReport, tables: Mapping[str, PartTable]) -> None:
    """`tables`: of each part that can be put right here."""
    if not whole.reports:
        st.warning(t("new_pact.nothing"))
    names = [part_tables.name_table(tables, report) for report in whole.reports]
    under = {
        name: one.answers_under for name, one in zip(names, whole.reports, strict=True)
    }  # of two, the last: answers beside signatories
    errors: defaultdict[str, list[RowError]] = defaultdict(list)
    for name, one in zip(names, whole.reports, strict=True):
        errors[name] += one.errors
    for name, report in zip(names, whole.reports, strict=True):
        if not report.holds_nothing:
            part_tables.show_part(report, tables.get(name), under[name], errors[name])
    if empty := [report.file_name for report in whole.reports if report.holds_nothing]:
        st.caption(t("new_pact.empty", names=md(", ".join(empty))))
    for name in whole.unchecked:
        st.markdown(t("new_pact.unchecked", name=md(name)))
    if whole.left_out:
        st.warning(t("new_pact.left_out", names=md(", ".join(whole.left_out))))


def _propose(files: Files, pact: BroughtPact, in_charge: str | None) -> None:
    try:
        commands.propose_pact(
            current_log.store(), viewer.presented_bearer(), files, pact.mended, in_charge
        )
    except MonitorError as error:
        st.session_state[_FAILED] = error
        return
    st.session_state[_DONE] = t("new_pact.proposed")
    st.session_state.pop(_CHOSEN, None)
    st.session_state.pop(_IN_CHARGE, None)
    for name, mending in pact.mended.items():
        if mending.cells:
            cell_mending.forget_mended_cells(pact.tables[name].purpose)


def _accept(proposed: ProposedPact) -> None:
    try:
        whole = commands.accept_pact(
            current_log.store(), viewer.presented_bearer(), proposed.author, proposed.digest
        )
    except MonitorError as error:
        st.session_state[_FAILED] = error
        return
    if whole.loaded:
        logs, name = current_log.current_snapshot(fresh=True).logs, whole.pact_id or ""
        title = md(logs[name].pact.title if name in logs else name)
        st.session_state[_DONE] = t("new_pact.accepted", pact=title, url=f"/?pacte={name}")
    st.session_state.pop(_PREVIEW, None)


def _drop(author: str) -> None:
    try:
        commands.drop_pact(current_log.store(), viewer.presented_bearer(), author)
    except MonitorError as error:
        st.session_state[_FAILED] = error
