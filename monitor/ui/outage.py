"""While the database server does not answer: the age of the figures, and a sentence for each text.

Figures and charts are made from the log in memory. What else a page reads, the texts of entries and
the searches in them, stands within `guard_texts`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import streamlit as st

from monitor.errors import DatabaseUnreachable
from monitor.i18n import duration, moment
from monitor.read import current_log
from monitor.ui.page_run import language, t


def show_outage() -> None:
    """Since when the server has not answered, and of when the figures are."""
    if silent := current_log.outage():
        lang, now = language(), datetime.now(UTC)
        st.warning(
            t(
                "frame.outage",
                silent=duration(now - silent.since, lang),
                at=moment(silent.checked_at, lang),
                age=duration(now - silent.checked_at, lang),
            ),
            icon=":material/cloud_off:",
        )


@contextmanager
def guard_texts() -> Iterator[None]:
    """Around what reads texts, or over a function that does: when they cannot be read, a sentence
    stands in their place and the page goes on."""
    try:
        yield
    except DatabaseUnreachable:
        show_no_texts()


def show_no_texts() -> None:
    """That texts are missing as long as the database is away."""
    st.info(t("frame.no_texts"), icon=":material/cloud_off:")
