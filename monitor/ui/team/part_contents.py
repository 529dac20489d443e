"""What the files and sheets of a pact hold whose names do not say it: chosen on the page."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import streamlit as st

from monitor.intake.part_names import title_of_sheet
from monitor.intake.parts import can_hold
from monitor.ui.markdown import label_text
from monitor.ui.page_run import language, t
from monitor.ui.team.waiting_choices import add_choice

Files = Sequence[tuple[str, bytes]]
#: (files, what somebody said that some of them hold, by their names), of this session.
_HELD = "_pact_contents"


def held_contents(files: Files) -> dict[str, str]:
    """What somebody said that files and sheets hold, by their names; "" of what is not read."""
    about, held = st.session_state.get(_HELD, ((), {}))
    return {**held} if about == _asked(files) else {}


def content_in_words(content: str) -> str:
    """What a sheet is said to hold; of "", that it is not read."""
    if not content:
        return t("new_pact.left_unread")
    return t("new_pact.holds", content=title_of_sheet(content, language()))


def ask_contents(
    files: Files, left_out: Iterable[str], read: Mapping[str, str], twice: Collection[str]
) -> None:
    """Ask what the files and sheets hold that are not read; what was said of others can be changed, and
    what their names say. `read`: what those hold that are read, by their names. `twice`: those that hold
    the same as another one."""
    held = held_contents(files)
    names = [*(one for one in held if one not in read), *(one for one in left_out if can_hold(one))]
    names = [name for name in names if name not in twice]
    if names or twice:
        with st.expander(t("new_pact.contents"), expanded=True, icon=":material/help:"):
            st.caption(t("new_pact.contents_help"))
            for name in dict.fromkeys(names):
                _ask_content(files, name, held.get(name) or None, can_hold(name))
            for name in twice:
                _ask_content(files, name, held.get(name), ("", *can_hold(name)))
    others = [name for name in read if can_hold(name)]
    if others:
        with st.expander(t("new_pact.contents_read"), icon=":material/table_chart:"):
            st.caption(t("new_pact.contents_read_help"))
            for name in others:
                _ask_content(files, name, held.get(name, read[name]), ("", *can_hold(name)))


def _ask_content(files: Files, name: str, chosen: str | None, options: Sequence[str]) -> None:
    key = f"_pact_content_{name}"
    st.selectbox(
        label_text(name),
        options,
        options.index(chosen) if chosen in options else None,
        format_func=content_title,
        placeholder=t("new_pact.not_read"),
        key=key,
        on_change=_choose,
        args=(files, name, key),
    )


def content_title(content: str) -> str:
    """What a file or a sheet is said to hold, "" if it is not read."""
    return title_of_sheet(content, language()) if content else t("new_pact.not_read")


def _choose(files: Files, name: str, key: str) -> None:
    """From a callback: keep what was chosen, or that nothing is."""
    held: Mapping[str, str | None] = {**held_contents(files), name: st.session_state.get(key)}
    add_choice(key)
    chosen = {one: content for one, content in held.items() if content is not None}
    st.session_state[_HELD] = (_asked(files), chosen)


def _asked(files: Files) -> tuple[tuple[str, int], ...]:
    return tuple((name, len(data)) for name, data in files)
