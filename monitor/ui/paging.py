"""Lists by pages, a search and an order: in the address, like every other part of a view."""

from collections.abc import Mapping

import streamlit as st

from monitor.i18n import number
from monitor.read.limits import SEARCHED
from monitor.ui.address import write_address
from monitor.ui.markdown import md
from monitor.ui.page_run import language, t

PAGE = 50


def search_box(label: str, placeholder: str) -> str:
    """A search that follows the typing; `q` in the address. It is cut after SEARCHED letters."""
    st.session_state["_q"] = typed = st.query_params.get("q", "")[:SEARCHED]
    st.text_input(
        label,
        key="_q",
        placeholder=placeholder,
        type="search",
        live="300ms",
        on_change=_search,
    )
    return typed.strip()


def _search() -> None:
    write_address(q=st.session_state["_q"][:SEARCHED], page=None)


def choose_order(name: str, label: str, words: Mapping[str, str]) -> str:
    """A choice of a few; the first is the default and is not written in the address. One that the
    address asks for and that does not exist is said. Nothing is offered where there is but one."""
    default = next(iter(words))
    asked = st.query_params.get(name, default)
    if asked not in words:
        st.warning(t("frame.unknown_value", name=name, value=md(asked[:80])))
    if len(words) == 1:
        return default
    current = asked if asked in words else default
    key = f"_{name}"
    st.session_state[key] = current

    def changed() -> None:
        chosen = st.session_state[key]
        write_address(**{name: None if chosen == default else chosen}, page=None)

    st.segmented_control(
        label,
        list(words),
        format_func=words.__getitem__,
        key=key,
        on_change=changed,
        required=True,
        wrap=True,
    )
    return current


def page_of(count: int, size: int = PAGE, name: str = "page") -> slice:
    """The rows of the page that the address asks for under `name`, and the control that changes it."""
    pages = max(1, -(-count // size))
    asked = st.query_params.get(name, "1")
    current = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 9 else 1
    if pages > 1:
        key = f"_{name}_{pages}_{current}"

        def turned() -> None:
            chosen = st.session_state[key]
            write_address(**{name: None if chosen == 1 else str(chosen)})

        st.pagination(pages, default=current, key=key, on_change=turned)
        edges = ((current - 1) * size + 1, min(current * size, count), count)
        first, last, total = (number(edge, language()) for edge in edges)
        st.caption(t("paging.range", first=first, last=last, count=total))
    return slice((current - 1) * size, current * size)
