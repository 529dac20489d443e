"""What would become of a pact and all that goes with it, part by part."""

from collections import defaultdict
from collections.abc import Mapping

import streamlit as st

from monitor import commands
from monitor.commands.load_options import PactChoices
from monitor.commands.proposed_pacts import MendingByFile
from monitor.commands.whole_pact import WholeReport
from monitor.errors import MonitorError
from monitor.findings import RowError
from monitor.i18n import public_sentence
from monitor.read import current_log
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import part_tables
from monitor.ui.team.part_tables import Files, PartTable

#: (files, language, what would become of them), so that no run reads them again.
_PREVIEW = "_pact_preview"


def preview_files(
    name: str, files: Files, mended: MendingByFile, choices: PactChoices
) -> WholeReport | None:
    """What would become of the files, put right so, read once for a head of the log."""
    held = st.session_state.setdefault(_PREVIEW, {})
    asked = (
        list(files),
        mended,
        choices,
        language(),
        current_log.current_snapshot(fresh=True).seq,
    )
    if name not in held or held[name][0] != asked:
        try:
            whole = commands.preview_pact(current_log.store(), files, language(), mended, choices)
        except MonitorError as error:
            st.error(md(public_sentence(error, language())))
            return None
        held[name] = (asked, whole)
    return held[name][1]


def forget_previews() -> None:
    """The log is another one."""
    st.session_state.pop(_PREVIEW, None)


def show_report(whole: WholeReport, tables: Mapping[str, PartTable]) -> None:
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
            is_checked = report.file_name not in whole.unchecked
            part_tables.show_part(
                report, tables.get(name), under[name], errors[name], is_checked=is_checked
            )
    if empty := [report.file_name for report in whole.reports if report.holds_nothing]:
        st.caption(t("new_pact.empty", names=md(", ".join(empty))))
    show_unchecked(whole)
    if whole.left_out:
        st.warning(t("new_pact.left_out", names=md(", ".join(whole.left_out))))


def show_unchecked(whole: WholeReport) -> None:
    """The parts that are not fully checked, but for those of which the report says so."""
    reported = {report.file_name for report in whole.reports}
    for name in whole.unchecked:
        if name not in reported:
            st.markdown(f"**{md(name)}** · {t('new_pact.unchecked')}")
