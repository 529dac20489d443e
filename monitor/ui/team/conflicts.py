"""The communes where an account has a conflict of interest, chosen by name."""

import streamlit as st

from monitor import areas
from monitor.read.places import area_keys
from monitor.read.selection import View
from monitor.ui import buttons
from monitor.ui.markdown import md
from monitor.ui.page_run import t

#: Communes offered at once.
FOUND = 6


def choose_communes(view: View, key: str, before: frozenset[str] = frozenset()) -> None:
    """The communes chosen so far, each with the way to take it off, and a search for others. `key`: its
    own on the page; see `chosen_communes`."""
    held = _held(key, before)
    with st.container(horizontal=True):
        for code in held:
            buttons.button(
                commune_in_words(view, code),
                key=f"_untie_{key}_{code}",
                on_click=_take_off,
                args=(key, code),
                icon=":material/close:",
                help=t("team.untie"),
            )
    typed = st.text_input(
        t("team.communes"),
        key=f"_tie_{key}",
        live="300ms",
        type="search",
        placeholder=t("team.communes_hint"),
        help=t("team.communes_help"),
    )
    if not typed:
        return
    keys = area_keys(view.state.now)
    found = areas.search_areas(view.log.areas, typed, FOUND, keys)
    if found.empty:
        st.caption(t("team.no_commune"))
    with st.container(horizontal=True):
        for code in found.index:
            if code not in held:
                buttons.button(
                    commune_in_words(view, code),
                    key=f"_tie_{key}_{code}",
                    on_click=_add,
                    args=(key, code),
                    icon=":material/add:",
                )


def chosen_communes(key: str) -> list[str]:
    """The codes of the communes chosen so far."""
    return st.session_state.get(_of(key), [])


def reset_communes(key: str) -> None:
    """Begin again with what the account has by now."""
    st.session_state.pop(_of(key), None)


def commune_in_words(view: View, code: str) -> str:
    """`commune_name`, safe inside markdown."""
    return md(commune_name(view, code))


def commune_name(view: View, code: str) -> str:
    """« Lyon (69) », the code for what no reference names."""
    if code not in view.log.areas.index:
        return code
    place = view.log.areas.loc[code]
    return areas.with_department(place["name"], place["department_code"])


def _of(key: str) -> str:
    return f"_ties_{key}"


def _held(key: str, before: frozenset[str]) -> list[str]:
    return st.session_state.setdefault(_of(key), sorted(before))


def _add(key: str, code: str) -> None:
    st.session_state[_of(key)] = [*chosen_communes(key), code]
    st.session_state[f"_tie_{key}"] = ""


def _take_off(key: str, code: str) -> None:
    st.session_state[_of(key)] = [one for one in chosen_communes(key) if one != code]
