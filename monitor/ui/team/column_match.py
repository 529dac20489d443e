"""What the columns of a file are taken for: what their titles say, and what somebody chose, here or for
the last file with the same titles."""

import io
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from monitor import commands, intake
from monitor.errors import MonitorError
from monitor.i18n import public_sentence
from monitor.intake import FileColumn, Mending
from monitor.intake.titles import TABLES_OF_PACT, TITLED
from monitor.models import AreaCodes
from monitor.read import current_log
from monitor.schema import KEYS, REQUIRED
from monitor.ui import viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team.brought_table import BroughtTable
from monitor.ui.team.column_choices import choice_in_words, name_measures

#: What was chosen in this session, by pact, sort of file and titles.
_MATCHES = "_import_columns"
#: The columns of the tables of this session.
_COLUMNS = "_import_titles"


class TitleRow(NamedTuple):
    """The titles of a table that somebody brings, in a sheet of it."""

    brought: BroughtTable
    titles: tuple[str, ...]
    sheet: str | None

    @property
    def content(self) -> str:
        """What the file holds."""
        return self.brought.content

    @property
    def match_key(self) -> tuple:
        """By what the match of its titles is remembered."""
        return self.brought.pact_id, self.content, self.titles, self.sheet

    @property
    def key(self) -> str:
        """What its widgets are called after."""
        return f"_import_{self.content}_{hash(self.match_key)}"


class ColumnMatch(NamedTuple):
    """The columns of a table, what each is taken for, and which of ours it lacks: `missing` are those
    that it must have. `refused`: the places of those that were refused for their titles when the table
    was read; None where it was not, or has none that are known.
    `signing`: those of which it was said then that they tell who did not sign."""

    asked: TitleRow
    mending: Mending
    columns: list[FileColumn]
    chosen: list[str | None]
    answers: Sequence[int]
    absent: list[str]
    missing: list[str]
    refused: Collection[int] | None = None
    signing: Collection[int] = ()

    @property
    def unknown(self) -> list[int]:
        """The places of the columns that are taken for nothing."""
        if self.refused is None:
            return self.untold
        return [n for n in range(len(self.columns)) if n in self.refused and n not in self.answers]

    @property
    def untold(self) -> list[int]:
        """The places of those of which neither their titles nor anybody says what they are."""
        return [n for n, name in enumerate(self.chosen) if name is None and n not in self.answers]


def match_columns(brought: BroughtTable, place: Mending) -> ColumnMatch | None:
    """The columns of a table as its titles say, or as they were chosen; None where it cannot be read.
    `place`: the sheet and the line of the titles."""
    content = brought.content
    sheet = place.sheet or brought.sheet
    columns = _columns_of(brought, sheet, place.first)
    if not columns:
        return None
    asked = TitleRow(brought, tuple(column.title for column in columns), sheet)
    mending = find_match(asked)
    chosen = [mending.columns.get(n, column.meant) for n, column in enumerate(columns)]
    answers = _answers_under(brought, name_measures(asked.titles, chosen, content))
    key = KEYS.get(content, TITLED[content][:1])
    # What alone identifies a row no two of them share.
    named = {*chosen, *(key if len(key) == 1 else ())}
    if answers:
        named |= {"answer", "signatory_id" if "measure" in chosen else "measure"}
    absent = [name for name in TITLED[content] if name not in named]
    needed = REQUIRED[content] if content in REQUIRED else TABLES_OF_PACT[content][0]
    missing = [name for name in absent if name in needed]
    return ColumnMatch(asked, mending, columns, chosen, answers, absent, missing)


def _columns_of(brought: BroughtTable, sheet: str | None, first: int | None) -> list[FileColumn]:
    """The columns of a table, read once in a session."""
    tables = st.session_state.setdefault(_COLUMNS, {})
    own_places = brought.pact is not None and brought.pact.areas is AreaCodes.OWN
    key = (brought.key, sheet, first, own_places)
    if key not in tables:
        table = intake.Table(io.BytesIO(brought.data), sheet, first=first)
        tables[key] = intake.file_columns(table, brought.content, own_places)
    return tables[key]


def match_in_words(brought: BroughtTable, mending: Mending) -> list[str]:
    """Where somebody said that the titles stand, what the columns are and what all rows share."""
    lines = [t("import.titles_at", line=mending.first)] if mending.first else []
    columns = _columns_of(brought, mending.sheet or brought.sheet, mending.first)
    for place, name in mending.columns.items():
        if place < len(columns):
            title = columns[place].title or t("import.untitled")
            lines.append(
                t("import.column_said", title=md(title), column=choice_in_words(brought, name))
            )
    return lines + same_in_words(brought, mending)


def same_in_words(brought: BroughtTable, mending: Mending) -> list[str]:
    """What somebody said of every row of a table, and which texts they empty."""
    words = {
        name: intake.cell_in_words(name, value, language()) for name, value in mending.same.items()
    }
    return [
        t("import.same_said", column=choice_in_words(brought, name), value=md(value))
        if value
        else t("import.emptied_said", column=choice_in_words(brought, name))
        for name, value in words.items()
    ]


def _answers_under(brought: BroughtTable, titles: Sequence[str]) -> Sequence[int]:
    if brought.answers_under is not None or brought.content != "answers" or brought.pact is None:
        return brought.answers_under or ()
    with current_log.store().reading() as database:
        across = commands.find_answers_across(database, brought.pact, titles)
    return across.places if across else ()


def find_match(asked: TitleRow) -> Mending:
    """What was chosen for these titles: here, or when the last file with them was brought."""
    matches = st.session_state.setdefault(_MATCHES, {})
    key = (asked.match_key, asked.brought.key)
    if key not in matches:
        with current_log.store().reading() as database:
            matches[key] = commands.find_column_match(database, *asked.match_key)
    return matches[key]


def keep_match(asked: TitleRow, mending: Mending) -> None:
    """From a callback: keep it for this file, and for the next one with these titles; not that columns
    of answers are left out, which is said each time."""
    st.session_state[_MATCHES][asked.match_key, asked.brought.key] = mending
    found = _columns_of(asked.brought, asked.sheet, mending.first)
    answered = {n for n, column in enumerate(found) if column.holds_answers}
    columns = {n: name for n, name in mending.columns.items() if name or n not in answered}
    pact_id, content, titles, sheet = asked.match_key
    try:
        commands.keep_column_match(
            current_log.store(),
            viewer.presented_bearer(),
            pact_id,
            content,
            titles,
            replace(mending, sheet=sheet, columns=columns),
        )
    except MonitorError as error:
        st.toast(md(public_sentence(error, language())))
