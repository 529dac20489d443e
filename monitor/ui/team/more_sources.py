"""Another source of an entry: a form of its own, since it waits for a reviewer by itself."""

import streamlit as st

from monitor import commands, intake
from monitor.errors import MonitorError
from monitor.i18n import public_sentence
from monitor.models import RowOutcome, SourceKind
from monitor.read import current_log
from monitor.read.selection import View
from monitor.ui import viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import t

_FIELDS = ("source_title", "source_publisher", "source_url", "archive_url", "quote")


def show_source_form(view: View, action_id: str | None) -> None:
    """« Ajouter une source » to an entry, folded; nothing without an entry."""
    if action_id is None:
        return
    with st.expander(t("write.add_source"), icon=":material/add_link:"):
        with st.form(f"_source_{action_id}", clear_on_submit=True, border=False):
            kind = st.selectbox(
                t("write.source_kind"),
                [one.value for one in SourceKind],
                index=None,
                placeholder=t("write.choose"),
                format_func=lambda code: t(f"source_kind.{code}"),
            )
            typed = {name: st.text_input(t(f"write.{name}")) for name in _FIELDS}
            sent = st.form_submit_button(t("write.add_source"))
        if sent:
            _send(view, action_id, {**typed, "source_kind": kind or ""})


def _send(view: View, action_id: str, source: dict[str, str]) -> None:
    try:
        report = commands.add_source(
            current_log.store(), viewer.presented_bearer(), view.log.pact.id, action_id, source
        )
    except MonitorError as error:
        st.error(md(public_sentence(error, view.lang)))
        return
    for one in report.errors:
        st.error(md(intake.error_reason(one, view.lang)))
    if report.loaded:
        st.success(t("write.source_added"), icon=":material/check:")
    elif report.outcomes[RowOutcome.UNCHANGED]:
        st.info(t("write.source_known"))
