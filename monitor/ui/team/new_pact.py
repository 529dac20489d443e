"""A pact with all that goes with it, brought as files: what would become of each of them, then one admin
proposes, and another accepts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

import streamlit as st

from monitor import commands, intake
from monitor.accounts import Account
from monitor.commands import ProposedPact, Report
from monitor.commands.proposed_pacts import Mended
from monitor.commands.whole_pact import WholeReport
from monitor.errors import MonitorError
from monitor.i18n import moment, plural, public_sentence
from monitor.intake.uploads import unpack_files
from monitor.models import RowOutcome
from monitor.read import current_log
from monitor.ui import buttons, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import cell_mending, doubt_lists, templates

#: Refused cells shown of one part.
SHOWN = 50
_CHOSEN, _DONE, _FAILED = "_pact_chosen", "_pact_done", "_pact_failed"
#: (files, language, what would become of them), so that no run reads them again.
_PREVIEW = "_pact_preview"

Files = Sequence[tuple[str, bytes]]


def show_upload() -> None:
    """Choose the files, see what would become of them, propose them."""
    st.header(t("new_pact.bring"))
    st.markdown(t("new_pact.how"))
    templates.show_pact_template()
    chosen = st.session_state.setdefault(_CHOSEN, uuid4().hex)
    brought = st.file_uploader(
        t("new_pact.files"),
        type=["toml", "xlsx", "csv", "zip"],
        accept_multiple_files=True,
        key=f"_pact_files_{chosen}",
        max_upload_size=10,
    )
    if not brought:
        return
    try:
        files = unpack_files((file.name, file.getvalue()) for file in brought)
    except MonitorError as error:
        st.error(md(public_sentence(error, language())))
        return
    if (as_brought := _preview("", files, {})) is None:
        return
    purposes = {one.file_name: _purpose_of(one.file_name, files) for one in as_brought.reports}
    held = {name: cell_mending.held_cells(purpose) for name, purpose in purposes.items()}
    mended = {name: cells for name, cells in held.items() if cells}
    whole = _preview("mended", files, mended) if mended else as_brought
    if whole is None:
        return
    _show_report(whole, purposes)
    if whole.reports and whole.is_whole:
        buttons.button(
            t("new_pact.propose"),
            key="_pact_propose",
            type="primary",
            on_click=_propose,
            args=(files, mended, [purposes[name] for name in mended]),
            icon=":material/check:",
        )
        st.caption(t("new_pact.then"))
    else:
        st.warning(t("new_pact.refused"))


def show_proposed(account: Account) -> None:
    """What waits for another admin, and what came of the last click."""
    if done := st.session_state.pop(_DONE, None):
        st.success(md(done))
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
    st.subheader(t("new_pact.waits", author=md(proposed.author), when=when))
    st.caption(md(names))
    own = account.name == proposed.author
    whole = _preview(proposed.digest, proposed.files, proposed.mended)
    if whole is not None:
        _show_report(whole, {})
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


def _purpose_of(name: str, files: Files) -> str:
    """Under which the mended cells of a part are kept for an account, with the file that it is of."""
    data = next((data for file, data in files if name.split(" · ")[0] == file), b"")
    return cell_mending.purpose_of("", "pact", data, name)


def _preview(name: str, files: Files, mended: Mended) -> WholeReport | None:
    """What would become of the files, with the cells that were written anew, read once for a head of
    the log."""
    held = st.session_state.setdefault(_PREVIEW, {})
    asked = (list(files), mended, language(), current_log.current_snapshot(fresh=True).seq)
    if name not in held or held[name][0] != asked:
        try:
            with st.spinner(t("import.reading")):
                whole = commands.preview_pact(current_log.store(), files, language(), mended)
        except MonitorError as error:
            st.error(md(public_sentence(error, language())))
            return None
        held[name] = (asked, whole)
    return held[name][1]


def _show_report(whole: WholeReport, purposes: Mapping[str, str]) -> None:
    """`purposes`: of each part whose refused cells can be mended here."""
    if not whole.reports:
        st.warning(t("new_pact.nothing"))
    for report in whole.reports:
        _show_part(report, purposes.get(report.file_name))
    for name in whole.unchecked:
        st.markdown(t("new_pact.unchecked", name=md(name)))
    if whole.left_out:
        st.warning(t("new_pact.left_out", names=md(", ".join(whole.left_out))))


def _show_part(report: Report, purpose: str | None) -> None:
    """One file or sheet: its counts, what is refused and doubted of it, and what was mended."""
    lang = language()
    counts = " · ".join(
        plural(f"row_outcome.{outcome}", report.outcomes[outcome], lang)
        for outcome in RowOutcome
        if report.outcomes[outcome]
    )
    st.markdown(f"**{md(report.file_name)}** · {counts or t('import.nothing')}")
    if report.errors:
        said = [intake.error_sentence(one, lang, report.content) for one in report.errors[:SHOWN]]
        st.error("\n".join(f"- {md(one)}" for one in said))
        if (more := report.refused_cells - len(said)) > 0:
            st.caption(plural("import.more", more, lang))
    if purpose is None:
        if report.mended:
            cell_mending.show_mended_cells(report.content, report.mended, report.file_name)
    else:
        cell_mending.show_mended(purpose, report.content, report.mended)
        cell_mending.show_editor(purpose, report.content, cell_mending.list_faults(report))
    doubt_lists.show_doubts(report.doubts, report.doubt_count, lang)


def _propose(files: Files, mended: Mended, purposes: Sequence[str]) -> None:
    try:
        commands.propose_pact(current_log.store(), viewer.presented_bearer(), files, mended)
    except MonitorError as error:
        st.session_state[_FAILED] = error
        return
    st.session_state[_DONE] = t("new_pact.proposed")
    st.session_state.pop(_CHOSEN, None)
    for purpose in purposes:
        cell_mending.forget_mended_cells(purpose)


def _accept(proposed: ProposedPact) -> None:
    try:
        whole = commands.accept_pact(
            current_log.store(), viewer.presented_bearer(), proposed.author, proposed.digest
        )
    except MonitorError as error:
        st.session_state[_FAILED] = error
        return
    if whole.loaded:
        st.session_state[_DONE] = t("new_pact.accepted", pact=whole.pact_id or "")
    st.session_state.pop(_PREVIEW, None)


def _drop(author: str) -> None:
    try:
        commands.drop_pact(current_log.store(), viewer.presented_bearer(), author)
    except MonitorError as error:
        st.session_state[_FAILED] = error
