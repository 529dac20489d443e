"""Which of a file's columns are ours, where their titles do not say so: asked once, remembered for the
next file with the same titles."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from monitor import commands, intake
from monitor.errors import MonitorError
from monitor.i18n import plural, public_sentence, text
from monitor.intake import FileColumn, Mending
from monitor.intake.header_row import RESIDENCE, takes_residence
from monitor.intake.titles import title_of
from monitor.read import current_log
from monitor.read.selection import View
from monitor.schema import COLUMNS, KEYS, REQUIRED, fields_of
from monitor.ui import buttons, viewer
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t

#: What was chosen in this session, by pact, sort of file and titles.
_HELD = "_import_columns"


def show_column_match(view: View, content: str, data: bytes, place: Mending) -> Mending:
    """Ask what the columns are whose titles mean none of ours, and what every row says in the columns
    that a file must have and this one has not. Folded where nothing needs to be asked.
    `place`: the sheet and the line of the titles."""
    table = intake.Table(io.BytesIO(data), place.sheet, first=place.first)
    columns = intake.file_columns(table, content)
    if not columns:
        return place
    titles = tuple(column.title for column in columns)
    held = held_match(view, content, titles, place.sheet)
    chosen = [held.columns.get(n, column.meant) for n, column in enumerate(columns)]
    across = _answers_across(view, content, titles)
    answers = across.places if across else ()
    unknown = [n for n, name in enumerate(chosen) if name is None and n not in answers]
    said = {*chosen, *KEYS[content], *((across.named, "answer") if across else ())}
    absent = [name for name in COLUMNS[content] if name not in said]
    missing = [name for name in absent if name in REQUIRED[content]]
    asked = (content, view.log.pact.id, titles, place.sheet)
    label = plural("import.columns_unknown", len(unknown), view.lang) if unknown else ""
    opened = bool(unknown or set(missing) - {*held.same})
    with st.expander(
        label or t("import.columns_known"), expanded=opened, icon=":material/view_column:"
    ):
        st.markdown(t("import.columns_help"))
        if len(unknown) > 1:
            buttons.button(
                plural("import.leave_out", len(unknown), view.lang),
                key="_import_leave_out",
                on_click=keep_match,
                args=(asked, replace(held, columns={**held.columns, **dict.fromkeys(unknown, "")})),
            )
        asked_of = [place for place in range(len(columns)) if place not in answers]
        for n in sorted(asked_of, key=lambda n: columns[n].meant is not None):
            _show_column(asked, held, n, columns[n], chosen[n])
        if not unknown:
            _show_same(asked, held, absent, missing)
    return replace(held, sheet=place.sheet, first=place.first)


def _answers_across(view: View, content: str, titles: Sequence[str]) -> intake.AnswersAcross | None:
    if content != "answers":
        return None
    with current_log.store().reading() as database:
        return commands.find_answers_across(database, view.pact, titles)


def held_match(view: View, content: str, titles: tuple[str, ...], sheet: str | None) -> Mending:
    """What was chosen for these titles: here, or when the last file with them was brought."""
    held = st.session_state.setdefault(_HELD, {})
    key = (view.log.pact.id, content, titles, sheet)
    if key not in held:
        with current_log.store().reading() as database:
            held[key] = commands.find_column_match(database, *key)
    return held[key]


def _show_column(
    asked: tuple, held: Mending, place: int, column: FileColumn, chosen: str | None
) -> None:
    """One column of the file: its title, what stands in it, what it is of ours."""
    content = asked[0]
    names = [*COLUMNS[content], *([RESIDENCE] if takes_residence(COLUMNS[content]) else []), ""]
    key = f"_import_column_{content}_{hash(asked)}_{place}"
    told, choice = st.columns([2, 3], vertical_alignment="bottom")
    samples = " · ".join(md(sample) for sample in column.samples)
    told.markdown(f"**{md(column.title) or t('import.untitled')}**  \n:small[{samples or '–'}]")
    choice.selectbox(
        t("import.column_is", title=column.title or t("import.untitled")),
        names,
        index=None if chosen is None else names.index(chosen),
        format_func=lambda name: _title(content, name),
        placeholder=t("import.column_unknown"),
        key=key,
        label_visibility="collapsed",
        on_change=_choose_column,
        args=(asked, held, place, key),
    )


def _title(content: str, column: str) -> str:
    """What a column of ours is called in a list."""
    if not column:
        return t("import.not_read")
    of = "signatories" if column == RESIDENCE and takes_residence(COLUMNS[content]) else content
    words = title_of(of, column, language())
    return words[:1].upper() + words[1:]


def _show_same(asked: tuple, held: Mending, absent: Sequence[str], missing: Sequence[str]) -> None:
    """What every row says in columns that the file has not: those that it must have, and others that
    somebody adds."""
    content = asked[0]
    more = st.multiselect(
        t("import.same_more"),
        [name for name in absent if name not in missing],
        default=[name for name in held.same if name in absent and name not in missing],
        format_func=lambda name: _title(content, name),
        key=f"_import_more_{content}_{hash(asked)}",
        placeholder=t("import.same_none"),
    )
    for name in (*missing, *more):
        key = f"_import_same_{content}_{hash(asked)}_{name}"
        label = t("import.same", column=_title(content, name))
        value, options = held.same.get(name, ""), {"key": key, "on_change": _choose_same}
        options["args"] = (asked, held, name, key)
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
    return next(field.codes for field in fields_of(content) if field.name == column)


def _choose_column(asked: tuple, held: Mending, place: int, key: str) -> None:
    if (name := st.session_state.get(key)) is not None:
        keep_match(asked, replace(held, columns={**held.columns, place: name}))


def _choose_same(asked: tuple, held: Mending, name: str, key: str) -> None:
    value = st.session_state.get(key) or ""
    same: Mapping[str, str] = {k: v for k, v in held.same.items() if k != name}
    keep_match(asked, replace(held, same={**same, name: value} if value else same))


def keep_match(asked: tuple, mending: Mending) -> None:
    """From a callback: keep it for this file, and for the next one with these titles. `asked`: (content,
    pact, titles, sheet)."""
    content, pact_id, titles, sheet = asked
    st.session_state[_HELD][pact_id, content, titles, sheet] = mending
    try:
        commands.keep_column_match(
            current_log.store(),
            viewer.presented_bearer(),
            pact_id,
            content,
            titles,
            replace(mending, sheet=sheet),
        )
    except MonitorError as error:
        st.toast(md(public_sentence(error, language())))
