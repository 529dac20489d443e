"""What a register of elected officials calls the signatories whom somebody found there, kept for whoever
reviews what is written of them: they see where the two names differ."""

import json
from collections.abc import Collection
from contextlib import suppress

import pandas as pd
import streamlit as st

from monitor import areas, commands
from monitor.errors import MonitorError
from monitor.matching.name_levels import Level
from monitor.queries import team as backlog
from monitor.queries.matches import signatories_in_waiting_files
from monitor.read import current_log
from monitor.ui import viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import t

_COLUMNS = ("signatory_id", "name", "register_name", "match")


def keep_register_names(pact_id: str, rows: pd.DataFrame) -> None:
    """From a callback, once the rows are sent: those whom the register writes otherwise, and who holds
    the office of those who were defeated. They are kept until what is sent was decided of."""
    found = {}
    for one, name, other, match in rows[list(_COLUMNS)].itertuples(index=False, name=None):
        is_other = match == Level.NONE  # who was defeated
        if other and (is_other or _differ(name, other)):
            found[one] = [name, other, is_other]
    with current_log.store().reading() as database:
        kept = _kept_names(database, viewer.signed_in_account().name, pact_id)
        waiting = signatories_in_waiting_files(database, pact_id)
    found |= {name: one for name, one in kept.items() if name in waiting and name not in found}
    with suppress(MonitorError):  # the files are sent
        commands.save_draft(
            current_log.store(), viewer.presented_bearer(), _purpose(pact_id), json.dumps(found)
        )


def show_register_names(file: backlog.File, signatories: Collection[str]) -> None:
    """What its author has seen in the register of those whom the file is about."""
    with current_log.store().reading() as database:
        found = _kept_names(database, file.author, file.pact_id)
    lines = [
        t(
            "match.register_other" if is_other else "match.register_name",
            name=md(name),
            other=md(other),
        )
        for one, (name, other, is_other) in found.items()
        if one in signatories
    ]
    if lines:
        st.warning("\n".join([t("match.register_differs"), "", *(f"- {one}" for one in lines)]))


def _differ(name: str, other: str) -> bool:
    """Whether two names are not made of the same words, in whatever order."""
    return sorted(areas.search_key(name).split()) != sorted(areas.search_key(other).split())


def _kept_names(database, author: str, pact_id: str) -> dict[str, tuple[str, str, bool]]:
    held = backlog.find_draft(database, author, _purpose(pact_id))
    return json.loads(held.content) if held else {}


def _purpose(pact_id: str) -> str:
    return f"registre:{pact_id}"
