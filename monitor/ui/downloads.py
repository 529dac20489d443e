"""Files of the view: commitments, actions, indicators; each in CSV and in JSON."""

from collections.abc import Callable, Iterator
from functools import cache

import pandas as pd
import streamlit as st

from monitor import export
from monitor.i18n import number, text
from monitor.models import GroupBy
from monitor.ui import figures, outage
from monitor.ui.view import t
from monitor.views import files, reading, session
from monitor.views.view import View

COLUMNS = {
    "commitments": (
        "signatory_id", "name", "commune", "measure", "status", "since", "verdict", "lateness",
        "actions", "binding", "due_on", "reply_on", "reply",
    ),
    "actions": (
        "action_id", "happened_on", "kind", "supersedes", "stands", "seq", "recorded_at",
        "reply_on", "reply",
    ),
    "indicators": (
        "due", "assessed", "coverage", "implemented", "partly", "rate", "rate_low", "rate_high",
    ),
    "view": ("pact", "filters", "as_of", "known_at", "log_head", "licence"),
}  # fmt: skip


def show(view: View) -> None:
    table = view.commitments
    seqs = reading.seqs(view, True)
    st.subheader(t("data.commitments"))
    st.caption(t("data.commitments_help", n=number(len(table), view.lang)))
    _buttons(view, "engagements", lambda: files.commitments(view))
    st.subheader(t("data.actions"))
    st.caption(t("data.actions_help", n=number(len(seqs), view.lang)))
    _buttons(view, "actions", lambda: files.actions(view))
    st.subheader(t("data.indicators"))
    words = {None: t("data.all"), **{group: t(f"group_by.{group}") for group in GroupBy}}
    by = st.selectbox(t("data.by"), list(words), format_func=words.get)
    rates = view.without("statut")
    _buttons(
        rates, f"indicateurs-{by or 'total'}", lambda: files.indicators(rates, by),
        texts=False,
    )  # fmt: skip


def show_dictionary(view: View) -> None:
    """What each column holds, in words."""
    st.subheader(t("data.dictionary"))
    figures.show_table(_dictionary(view.lang))


@cache
def _dictionary(lang: str) -> figures.Texts:
    words = [text(f"data.{name}", lang) for name in ("column", "of_file", "meaning")]
    rows = [
        (name, text(f"data.{file}", lang), text(f"dictionary.{name}", lang))
        for file, names in COLUMNS.items()
        for name in names
    ]
    return figures.texts(pd.DataFrame(rows, columns=words))


def _buttons(
    view: View, name: str, table: Callable[[], Iterator[pd.DataFrame]], *, texts: bool = True
) -> None:
    """Made on click: a page costs nothing for the files that nobody asks for. `texts`: whether the
    file holds any."""
    if texts and session.outage():
        outage.no_texts()
        return
    about = files.about(view)
    stem = f"{view.log.pact.id}-{name}-{view.day.isoformat()}"
    makers = {
        "csv": (lambda: export.to_csv(pd.concat(table()), about), "text/csv"),
        "json": (lambda: export.to_json(pd.concat(table()), about), "application/json"),
    }
    with st.container(horizontal=True):
        for form, (make, mime) in makers.items():
            st.download_button(
                form.upper(), data=make, file_name=f"{stem}.{form}", mime=mime,
                key=f"{name}-{form}", on_click="ignore", icon=":material/download:",
            )  # fmt: skip
