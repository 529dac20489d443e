"""Questions about the columns of a file: what each is whose title does not say so, and what all rows
share."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from monitor.i18n import plural, text
from monitor.intake import FileColumn, Mending
from monitor.schema import fields_of
from monitor.ui import buttons
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t
from monitor.ui.team.column_choices import (
    choice_in_words,
    choices_of_signing,
    column_choices,
)
from monitor.ui.team.column_match import (
    ColumnMatch,
    TitleRow,
    find_match,
    keep_match,
    same_in_words,
)
from monitor.ui.team.waiting_choices import add_choice, count_choices


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
    if lines := same_in_words(found.asked.brought, found.mending):
        st.info(t("import.same_read", said=" · ".join(lines)), icon=":material/table_rows:")


def ask_columns(found: ColumnMatch) -> None:
    """What each column is, and what all rows share."""
    asked, mending, columns, unknown = found.asked, found.mending, found.columns, found.unknown
    st.markdown(t("import.columns_help"))
    # Not with columns of answers: these would all be gone by one click.
    others = [n for n in unknown if not columns[n].holds_answers and n not in found.signing]
    # There without a button too: what follows would lose the focus where it moves.
    place = st.empty()
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
        choices = choices_of_signing if n in found.signing else column_choices
        _show_column(asked, n, columns[n], found.chosen[n], choices(asked.brought, columns[n]))
    if not unknown:
        _show_same(asked, mending, found.absent, found.missing)


def _show_column(
    asked: TitleRow, place: int, column: FileColumn, chosen: str | None, names: Sequence[str]
) -> None:
    """One column of the file: its title, what stands in it, what it is of ours, one of `names`."""
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
