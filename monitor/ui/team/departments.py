"""The departments that an account looks after, chosen by name."""

from collections.abc import Collection

import streamlit as st

from monitor.read.selection import View
from monitor.ui.markdown import md
from monitor.ui.page_run import t


def choose_departments(view: View, key: str, before: frozenset[str] = frozenset()) -> None:
    """A choice among the departments of the pact, and those of other pacts that the account has; where
    there is none, why. `key`: its own on the page; see `chosen_departments`."""
    names = {code: name for code, name in view.places_in_order("department").items() if code}
    options = [*names, *sorted(before - names.keys())]
    if options:
        st.multiselect(
            t("team.departments"),
            options,
            default=[code for code in options if code in before] or None,
            format_func=lambda code: department_name(view, code),
            key=_of(key),
            placeholder=t("team.departments_hint"),
            help=t("team.departments_help"),
        )
    else:
        st.caption(t("team.departments_none"))


def chosen_departments(key: str) -> list[str] | None:
    """The codes of those chosen; None where there was no choice."""
    return st.session_state.get(_of(key))


def reset_departments(key: str) -> None:
    """From a callback: none is chosen."""
    if _of(key) in st.session_state:
        st.session_state[_of(key)] = []


def departments_in_words(view: View, codes: Collection[str]) -> str:
    """« Rhône (69), Paris (75) », safe inside markdown."""
    return ", ".join(md(department_name(view, code)) for code in sorted(codes))


def department_name(view: View, code: str) -> str:
    """« Rhône (69) »; the code for what the pact does not name."""
    name = view.places("department").get(code, code)
    return name if name == code else f"{name} ({code})"


def _of(key: str) -> str:
    return f"_departments_{key}"
