"""What the files and sheets of a pact hold whose names do not say it: chosen on the page."""

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from monitor.intake.part_names import title_of_sheet
from monitor.intake.parts import can_hold
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t

Files = Sequence[tuple[str, bytes]]
#: (files, what somebody said that some of them hold, by their names), of this session.
_HELD = "_pact_contents"


def held_contents(files: Files) -> dict[str, str]:
    """What somebody said that files and sheets hold, by their names."""
    about, held = st.session_state.get(_HELD, ((), {}))
    return {**held} if about == _asked(files) else {}


def content_in_words(content: str) -> str:
    return t("new_pact.holds", content=title_of_sheet(content, language()))


def ask_contents(files: Files, left_out: Iterable[str]) -> None:
    """Ask what the files and sheets hold that are not read; what was said of others can be changed."""
    held = held_contents(files)
    names = [*held, *(name for name in left_out if can_hold(name) and name not in held)]
    if not names:
        return
    with st.expander(t("new_pact.contents"), expanded=True, icon=":material/help:"):
        st.caption(t("new_pact.contents_help"))
        for name in names:
            parts = can_hold(name)
            key = f"_pact_content_{name}"
            st.selectbox(
                md(name),
                parts,
                parts.index(held[name]) if name in held else None,
                format_func=lambda content: title_of_sheet(content, language()),
                placeholder=t("new_pact.not_read"),
                key=key,
                on_change=_choose,
                args=(files, name, key),
            )


def _choose(files: Files, name: str, key: str) -> None:
    """From a callback: keep what was chosen, or that nothing is."""
    held: Mapping[str, str | None] = {**held_contents(files), name: st.session_state.get(key)}
    said = {one: content for one, content in held.items() if content}
    st.session_state[_HELD] = (_asked(files), said)


def _asked(files: Files) -> tuple[tuple[str, int], ...]:
    return tuple((name, len(data)) for name, data in files)
