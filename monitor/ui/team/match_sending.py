"""What was confirmed of a register, whole, and the files of it that another person reviews."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from monitor import commands, intake, tables
from monitor.errors import InvalidValue, MonitorError
from monitor.findings import RowError
from monitor.i18n import plural
from monitor.intake.days import day_of
from monitor.matching.matches import Proposal
from monitor.matching.register import SOURCE
from monitor.matching.sorting import ProposalGroup
from monitor.matching.tables import loadable_mandates, loadable_signatories
from monitor.read import current_log
from monitor.read.selection import View
from monitor.table_rows import ProposedRow, read_rows
from monitor.ui import buttons, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team import conflicts, match_cards, my_entries, register_names

#: Where what could not be sent is said.
HERE = -7
#: Confirmed signatories that are shown at once: the others after these were sent.
SHOWN = 50
_SENT, _SOURCE = "_match_sent", "_match_source"


def pop_sent() -> str | None:
    """What was sent by the last click, once."""
    return st.session_state.pop(_SENT, None)


def show_ready(
    view: View,
    by_standing: Mapping[ProposalGroup, list[Proposal]],
    table: pd.DataFrame,
    together_wait: bool,
) -> None:
    """What was confirmed one by one, with the days that are missing, what is confirmed together unless
    these wait to be looked at, and the button that sends it."""
    ready = by_standing[ProposalGroup.READY][:SHOWN]
    together = [] if together_wait else by_standing[ProposalGroup.TOGETHER]
    my_entries.show_notice(HERE)
    if not ready and not together:
        return
    st.header(t("match.to_send"), divider="gray")
    whole = [_show_ready(view, one, table) for one in ready]
    names = {one.signatory.id for one in together}
    rows = pd.concat(
        [*(one for one in whole if one is not None), table[table["signatory_id"].isin(names)]]
    )
    if together:
        st.markdown(plural("match.sent_together", len(together), view.lang))
    if len(whole) < len(by_standing[ProposalGroup.READY]):
        st.caption(t("match.rest_after", n=SHOWN))
    st.text_input(t("match.source"), SOURCE, key=_SOURCE, help=t("match.source_help"), live="300ms")
    count = rows["signatory_id"].nunique()
    buttons.button(
        plural("match.send", count, view.lang),
        key="_match_send",
        on_click=_send,
        args=(view.pact.id, rows),
        type="primary",
        disabled=not count,
        icon=":material/send:",
    )
    st.caption(t("match.then"))


def _show_ready(view: View, one: Proposal, table: pd.DataFrame) -> pd.DataFrame | None:
    """One that was confirmed, with a field for each day that is missing: its rows, None while one is
    not given or is no day."""
    rows = table[table["signatory_id"] == one.signatory.id].copy()
    with st.container(border=True):
        left, right = st.columns([4, 1], vertical_alignment="center")
        place = conflicts.commune_in_words(view, one.signatory.commune)
        facts = t("sentence.semicolon").join(match_cards.written_in_words(view, rows))
        left.markdown(f"**{md(one.signatory.name)}** · {place}  \n{facts}")
        match_cards.show_take_back(view, one, right)
        whole = True
        for n, row in enumerate(read_rows(ProposedRow, rows)):
            if row.missing:
                key = f"_match_day_{one.signatory.id}_{row.missing}_{n}"
                given = st.text_input(
                    t(f"match.give_{row.missing}", n=n + 1),
                    key=key,
                    placeholder=t("match.day_forms"),
                    live="300ms",
                )
                whole &= _fill(rows, row.Index, row.missing, given)
    return rows if whole else None


def _fill(rows: pd.DataFrame, place: int, missing: str, given: str) -> bool:
    """Put the day that was given where it is missing; whether it is one."""
    if not given.strip():
        st.caption(t("match.day_missing"))
        return False
    try:
        on = day_of(given.strip())
    except InvalidValue as error:
        fault = RowError(None, missing, given[:80], error.code, tuple(error.values.items()))
        st.error(md(intake.error_reason(fault, language())))
        return False
    rows.loc[place, [missing, "missing"]] = [on, None]
    return True


def _send(pact_id: str, rows: pd.DataFrame) -> None:
    """From a callback: two files that wait for another person."""
    source = (st.session_state.get(_SOURCE) or "").strip()
    made = {
        "signatories": loadable_signatories(rows),
        "mandates": loadable_mandates(rows, source),
    }
    day = max(rows["register_day"])
    files = {
        content: (f"{t(f'match.file_{content}')}-{day}.csv", tables.to_csv(part))
        for content, part in made.items()
        if len(part)
    }
    try:
        reports = commands.load_matches(
            current_log.store(), viewer.presented_bearer(), pact_id, files
        )
    except MonitorError as error:
        my_entries.set_error(HERE, error)
        return
    if errors := [error for report in reports for error in report.errors]:
        sentences = [intake.error_sentence(error, language()) for error in errors[:5]]
        my_entries.set_notice(HERE, " ".join(sentences))
        return
    register_names.keep_register_names(pact_id, rows)
    st.session_state[_SENT] = plural("match.sent", rows["signatory_id"].nunique(), language())
