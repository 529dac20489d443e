"""A pact with all that goes with it, brought as files: what would become of each of them, then one admin
proposes it to another."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from monitor import accounts, commands
from monitor.accounts import Account
from monitor.commands import PactChoices, WholeReport
from monitor.errors import MonitorError
from monitor.i18n import public_sentence
from monitor.intake.uploads import unpack_files
from monitor.models import Role
from monitor.offices import office_title
from monitor.read import current_log
from monitor.ui import buttons, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import (
    cell_mending,
    pact_consents,
    pact_questions,
    part_contents,
    part_tables,
    proposed_pact,
    templates,
    waiting_choices,
    whole_report,
)
from monitor.ui.team.part_tables import BroughtPact, Files

_CHOSEN = "_pact_chosen"
#: Of a sheet that holds what another one does.
_TWICE = "part_twice"
#: The office of those who are only in charge of what others signed, and where it is chosen.
_IN_CHARGE, _IN_CHARGE_BOX = "_pact_in_charge", "_pact_in_charge_box"
#: The files that were brought last, as long as the session: another page may be looked at meanwhile.
_KEPT = "_pact_files"
#: What was read of them last.
_READ = "_pact_read"


class _ReadPact(NamedTuple):
    """Files as they were read last, in a language, with all that was said of them by then, and what
    would become of them."""

    files: Files
    lang: str
    pact: BroughtPact
    choices: PactChoices
    whole: WholeReport


def show_upload(account: Account) -> None:
    """Choose the files, see what would become of them, propose them; who could accept them where there
    is no other admin."""
    st.header(t("new_pact.bring"))
    st.markdown(t("new_pact.how"))
    if not _others_may_accept(account):
        has_pacts = bool(current_log.current_snapshot().logs)
        words = "new_pact.nobody_accepts_team" if has_pacts else "new_pact.nobody_accepts"
        st.info(t(words), icon=":material/person_add:")
    templates.show_pact_template()
    chosen = st.session_state.setdefault(_CHOSEN, uuid4().hex)
    brought = st.file_uploader(
        t("new_pact.files", limit=st.get_option("server.maxUploadSize")),
        type=["toml", "xlsx", "csv", "zip"],
        accept_multiple_files=True,
        key=f"_pact_files_{chosen}",
        on_change=_let_go,
    )
    try:
        files = _brought_files(brought)
    except MonitorError as error:
        st.error(md(public_sentence(error, language())))
        return
    if not files:
        return
    files = pact_questions.add_pact(files)
    if pact_questions.ask_pact(files):
        return
    body, bar = st.container(), waiting_choices.choices_bar()
    read = _read_files(files, bar)
    if read is None:
        return
    with body:
        _show_read(read)
    with bar:
        _decide(read)


def _brought_files(brought: Sequence[UploadedFile]) -> Files:
    """The files in the field, else those that were brought before another page was looked at, which are
    said. Raises what `unpack_files` raises."""
    if brought:
        st.session_state[_KEPT] = unpack_files((file.name, file.getvalue()) for file in brought)
    elif kept := st.session_state.get(_KEPT):
        names = md(", ".join(name for name, _ in kept))
        st.markdown(t("new_pact.kept", names=names))
    return st.session_state.get(_KEPT, ())


def _let_go() -> None:
    """From a callback: what is in the field counts from now on."""
    st.session_state.pop(_KEPT, None)


def _read_files(files: Files, at: DeltaGenerator) -> _ReadPact | None:
    """What the files are read as, with all that was said of them, and what would become of them: as it
    was, while choices wait. None where that cannot be said, with why. `at`: where it is said meanwhile
    that they are read."""
    held: _ReadPact | None = st.session_state.get(_READ)
    if held and held[:2] == (files, language()) and waiting_choices.count_choices():
        return held
    waiting_choices.end_waiting()
    with at, st.spinner(t("import.reading")):
        pact = part_tables.read_brought_pact(files)
        in_charge = st.session_state.get(_IN_CHARGE)
        if pact.pact is None or in_charge not in pact.pact.office_codes:
            in_charge = None
        choices = pact_consents.held_choices(files, in_charge)
        whole = whole_report.preview_files("brought", files, pact.mended, choices)
        if whole and pact_consents.drop_changed(files, whole):
            choices = pact_consents.held_choices(files, in_charge)
            whole = whole_report.preview_files("brought", files, pact.mended, choices)
    read = whole and _ReadPact(files, language(), pact, choices, whole)
    st.session_state[_READ] = read
    return read


def _show_read(read: _ReadPact) -> None:
    """What would become of the files, and what is asked about them."""
    pact, whole = read.pact, read.whole
    pact_questions.ask_again(read.files)
    contents = {name: table.brought.content for name, table in pact.tables.items()}
    twice = [one.file_name for one in whole.reports for wrong in one.errors if wrong.code == _TWICE]
    # What a sheet holds changes what becomes of the others: it is asked first.
    part_contents.ask_contents(read.files, whole.left_out, contents, twice)
    whole_report.show_report(whole, pact.tables)
    pact_consents.ask_consents(read.files, whole)
    _ask_in_charge(pact, whole)


def _decide(read: _ReadPact) -> None:
    """« Propose », or why there is none: what waits to be read, or is refused."""
    if waiting_choices.show_choices():
        return
    if read.whole.reports and read.whole.is_whole:
        buttons.button(
            t("new_pact.propose"),
            key="_pact_propose",
            type="primary",
            on_click=_propose,
            args=(read,),
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
        offices = list(about.office_codes)
        st.selectbox(
            t("new_pact.in_charge_office"),
            offices,
            offices.index(chosen) if chosen in offices else None,
            format_func=lambda code: office_title(about, code, language()),
            placeholder=t("new_pact.in_charge_none"),
            key=_IN_CHARGE_BOX,
            on_change=_choose_in_charge,
        )


def _choose_in_charge() -> None:
    st.session_state[_IN_CHARGE] = st.session_state.get(_IN_CHARGE_BOX)
    waiting_choices.add_choice(_IN_CHARGE)


def _others_may_accept(account: Account) -> bool:
    """Whether there is an admin beside this one who can sign in."""
    with current_log.store().reading() as database:
        found = accounts.all_accounts(database)
    return any(
        one.active and one.can_sign_in and one.role is Role.ADMIN and one.name != account.name
        for one in found
    )


def _propose(read: _ReadPact) -> None:
    pact = read.pact
    try:
        commands.propose_pact(
            current_log.store(), viewer.presented_bearer(), read.files, pact.mended, read.choices
        )
    except MonitorError as error:
        st.session_state[proposed_pact.FAILED] = error
        return
    st.session_state[proposed_pact.DONE] = t("new_pact.proposed")
    for name in (_CHOSEN, _KEPT, _READ, _IN_CHARGE):
        st.session_state.pop(name, None)
    for name, mending in pact.mended.items():
        if mending.cells:
            cell_mending.forget_mended_cells(pact.tables[name].purpose)
