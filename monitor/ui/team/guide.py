"""The help page of the team: how to log what a city did, and what a file may hold."""

from functools import cache

import streamlit as st

from monitor.export.fields import table_title
from monitor.export.file_reference import ColumnHelp, describe_file
from monitor.i18n import text
from monitor.read.selection import View
from monitor.schema import FILES
from monitor.ui import figures, method
from monitor.ui.page_run import t

#: What the page explains before the files, in its order; the statuses stand after the first.
PARTS = ("minute", "search", "sources", "mistakes", "replies")


def show_logging_help(view: View) -> None:
    """How an entry is written, and what the statuses mean."""
    for part in PARTS:
        st.header(t(f"help.{part}_title"))
        st.markdown(t(f"help.{part}"))
        if part == "minute":
            method.show_statuses(view)


def show_file_help(view: View) -> None:
    """Each file, folded."""
    st.header(t("help.files_title"))
    st.markdown(t("help.files"))
    for file in FILES:
        with st.expander(f"{table_title(file, view.lang)} · `{file}.csv`"):
            show_columns(view, file)


def show_columns(view: View, file: str) -> None:
    """The columns of a file, then the codes of those that hold codes."""
    columns = describe_file(file, view.lang, **view.state.wording)
    figures.show_words(_columns(columns, view.lang), f"aide_{file}")
    for column in columns:
        if column.codes:
            st.markdown(f"**{column.title}** (`{column.name}`)")
            figures.show_words(_codes(column, view.lang), f"aide_{file}_{column.name}")


@cache
def _columns(columns: tuple[ColumnHelp, ...], lang: str) -> figures.Texts:
    words = {
        text("help.column", lang): [f"`{column.name}`" for column in columns],
        text("help.required", lang): [
            text("help.yes", lang) if column.required else "" for column in columns
        ],
        text("help.written", lang): [column.written for column in columns],
        text("help.holds", lang): [column.holds for column in columns],
    }
    return figures.markdown_table(words)


@cache
def _codes(column: ColumnHelp, lang: str) -> figures.Texts:
    words = {
        text("help.code", lang): [f"`{code}`" for code, _ in column.codes],
        text("help.word", lang): [word for _, word in column.codes],
    }
    return figures.markdown_table(words)
