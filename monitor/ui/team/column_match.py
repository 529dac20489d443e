"""Which of a file's columns are ours, where their titles do not say so: asked once, remembered for the
next file with the same titles."""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from monitor import commands, intake
from monitor.errors import MonitorError
from monitor.i18n import plural, public_sentence, text
from monitor.intake import FileColumn, Mending
from monitor.intake.titles import TABLES_OF_PACT, TITLED
from monitor.models import AreaCodes
from monitor.read import current_log
from monitor.schema import KEYS, REQUIRED, fields_of
from monitor.ui import buttons, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team.brought_table import BroughtTable
from monitor.ui.team.column_choices import choice_in_words, column_choices, name_measures
from monitor.ui.team.waiting_choices import add_choice, count_choices

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
        return self.brought.content

    @property
    def match_key(self) -> tuple:
        return self.brought.pact_id, self.content, self.titles, self.sheet

    @property
    def key(self) -> str:
        """What its widgets are called after."""
        return f"_import_{self.content}_{hash(self.match_key)}"


class ColumnMatch(NamedTuple):
    """The columns of a table, what each is taken for, and which of ours it lacks: `missing` are those
    that it must have. `refused`: the places of those that were refused for their titles when the table
    was read; None where it was not, or has none that are known."""

    asked: TitleRow
    mending: Mending
    columns: list[FileColumn]
    chosen: list[str | None]
    answers: Sequence[int]
    absent: list[str]
    missing: list[str]
    refused: Collection[int] | None = None

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


def show_column_match(found: ColumnMatch) -> None:
    """Ask what the columns are whose titles mean none of ours, and what every row says in the columns
    that a file must have and this one lacks. Folded where nothing needs to be asked."""
    unknown = len(found.unknown)
    label = plural("import.columns_unknown", unknown, language()) if unknown else ""
    asks = bool(unknown or set(found.missing) - {*found.mending.same})
    tell_same(found)
    with st.expander(
        label or t("import.columns_known"),
        expanded=asks or count_choices() > 0,
        icon=":material/view_column:",
    ):
        ask_columns(found)


def tell_same(found: ColumnMatch) -> None:
    """Say what every row is read to say: somebody may have said it of the last file alone."""
    if lines := _same_in_words(found.asked.brought, found.mending):
        st.info(t("import.same_read", said=" · ".join(lines)), icon=":material/table_rows:")


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
    return lines + _same_in_words(brought, mending)


def _same_in_words(brought: BroughtTable, mending: Mending) -> list[str]:
    words = {
        name: intake.cell_in_words(name, value, language()) for name, value in mending.same.items()
    }
    return [
        t("import.same_said", column=choice_in_words(brought, name), value=md(value))
        if value
        else t("import.emptied_said", column=choice_in_words(brought, name))
        for name, value in words.items()
    ]


def ask_columns(found: ColumnMatch) -> None:
    """What each column is, and what all rows share."""
    asked, mending, columns, unknown = found.asked, found.mending, found.columns, found.unknown
    st.markdown(t("import.columns_help"))
    # Not with columns of answers: these would all be gone by one click.
    others = [n for n in unknown if not columns[n].holds_answers]
    place = (
        st.empty()
    )  # there without a button too: what follows would lose the focus where it moves
    if len(others) > 1:
        titles = ", ".join(columns[n].title or t("import.untitled") for n in others)
        buttons.button(
            plural("import.leave_out", len(others), language()),
            at=place,
            key=f"{asked.key}_leave_out",
            on_click=_leave_out,
            args=(asked, others),
            help=md(titles),
        )
    # What is read all the same, though its title is none of ours, is asked nothing.
    read = {*found.answers, *found.untold} - {*unknown, *mending.columns}
    asked_of = [place for place in range(len(columns)) if place not in read]
    for n in sorted(asked_of, key=lambda n: columns[n].meant is not None):
        _show_column(asked, n, columns[n], found.chosen[n])
    if not unknown:
        _show_same(asked, mending, found.absent, found.missing)


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


def _show_column(asked: TitleRow, place: int, column: FileColumn, chosen: str | None) -> None:
    """One column of the file: its title, what stands in it, what it is of ours."""
    names = column_choices(asked.brought, column)
    key = f"{asked.key}_{place}"
    title, choice = st.columns([2, 3], vertical_alignment="bottom")
    samples = " · ".join(md(sample) for sample in column.samples)
    title.markdown(f"**{md(column.title) or t('import.untitled')}**  \n:small[{samples or '–'}]")
    choice.selectbox(
        t("import.column_is", title=column.title or t("import.untitled")),
        names,
        index=names.index(chosen) if chosen in names else None,
        format_func=lambda name: choice_in_words(asked.brought, name),
        placeholder=t("import.column_unknown"),
        key=key,
        label_visibility="collapsed",
        on_change=_choose_column,
        args=(asked, place, key),
    )


def _show_same(
    asked: TitleRow, mending: Mending, absent: Sequence[str], missing: Sequence[str]
) -> None:
    """What every row says in columns that the file lacks: those that it must have, and others that
    somebody adds or empties."""
    content = asked.content
    emptied = f"{asked.key}_emptied"
    texts = [field.name for field in fields_of(content) if field.text and field.name in absent]
    if texts := [name for name in texts if name not in missing]:
        st.multiselect(
            t("import.empty_column"),
            texts,
            default=[name for name, value in mending.same.items() if name in texts and not value],
            format_func=lambda name: choice_in_words(asked.brought, name),
            key=emptied,
            placeholder=t("import.empty_none"),
            help=t("import.empty_help"),
            on_change=_choose_emptied,
            args=(asked, emptied),
        )
    optional = [name for name in absent if name not in missing]
    more = st.multiselect(
        t("import.same_more"),
        optional,
        default=[name for name, value in mending.same.items() if value and name in optional],
        format_func=lambda name: choice_in_words(asked.brought, name),
        key=f"{asked.key}_more",
        placeholder=t("import.same_none"),
    )
    for name in (*missing, *more):
        key = f"{asked.key}_same_{name}"
        label = t("import.same", column=choice_in_words(asked.brought, name))
        value, options = mending.same.get(name, ""), {"key": key, "on_change": _choose_same}
        options["args"] = (asked, name, key)
        if codes := _codes(content, name):
            st.selectbox(
                label,
                codes,
                index=codes.index(value) if value in codes else None,
                format_func=lambda code, name=name: text(f"{name}.{code}", language()),
                placeholder=t("import.column_unknown"),
                **options,
            )
        else:
            st.text_input(label, value, **options)


def _codes(content: str, column: str) -> Sequence[str]:
    return next((field.codes for field in fields_of(content) if field.name == column), ())


# What was chosen before is read when somebody chooses: they may be quicker than the page.


def _leave_out(asked: TitleRow, places: Sequence[int]) -> None:
    mending = find_match(asked)
    keys = [f"{asked.key}_{place}" for place in places]
    add_choice(*keys)
    st.session_state.update(dict.fromkeys(keys, ""))  # what each list shows
    keep_match(asked, replace(mending, columns={**mending.columns, **dict.fromkeys(places, "")}))


def _choose_column(asked: TitleRow, place: int, key: str) -> None:
    mending = find_match(asked)
    if (name := st.session_state.get(key)) is not None:
        add_choice(key)
        keep_match(asked, replace(mending, columns={**mending.columns, place: name}))


def _choose_same(asked: TitleRow, name: str, key: str) -> None:
    mending, value = find_match(asked), st.session_state.get(key) or ""
    same: Mapping[str, str] = {k: v for k, v in mending.same.items() if k != name}
    add_choice(key)
    keep_match(asked, replace(mending, same={**same, name: value} if value else same))


def _choose_emptied(asked: TitleRow, key: str) -> None:
    mending = find_match(asked)
    shared = {name: value for name, value in mending.same.items() if value}
    add_choice(key)
    keep_match(asked, replace(mending, same={**shared, **dict.fromkeys(st.session_state[key], "")}))


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
