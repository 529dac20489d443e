"""A view and its address: read, checked, written back, carried from page to page.

The same names on every page: pacte, region, departement, commune, mesure, statut, fonction, au (as
of), connu (known at), lang. A widget shows what the address says and writes the address when it is
changed; nothing else remembers a filter, so a copied address shows the same view.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import wraps

import streamlit as st

from monitor import snapshot as snapshots
from monitor.errors import DatabaseError
from monitor.i18n import LANGUAGES
from monitor.models import Office, Status
from monitor.snapshot import Snapshot
from monitor.ui import session
from monitor.ui.view import COLUMNS, View, language, t
from monitor.ui.words import md

NAMES = (
    "pacte", "region", "departement", "commune", "mesure", "statut", "fonction", "au", "connu",
    "lang",
)  # fmt: skip


def read(current: Snapshot) -> View | None:
    """The view that the address asks for; None when the log holds no pact."""
    query = st.query_params.to_dict()
    unknown: list[tuple[str, str]] = []
    if not current.logs:
        return None
    pact_id = query.get("pacte") or current.default_pact()
    if pact_id not in current.logs:
        unknown.append(("pacte", pact_id))
        pact_id = current.default_pact()
    log = current.logs[pact_id]
    if query.get("lang", LANGUAGES[0]) not in LANGUAGES:
        unknown.append(("lang", query["lang"]))
    day = _read("au", query, _past_day, unknown)
    known_at = _read("connu", query, _moment, unknown)
    view = View(
        lang=language(),
        snapshot=current,
        log=log,
        day=day or snapshots.default_day(log.pact, snapshots.today()),
        known_at=known_at,
        query=tuple((name, query[name]) for name in NAMES if name in query),
    )
    filters = {}
    for name in COLUMNS:
        if value := query.get(name):
            if _is_value(view, name, value):
                filters[name] = value
            else:
                unknown.append((name, value))
    return replace(view, filters=filters, unknown=tuple(unknown))


def _is_value(view: View, name: str, value: str) -> bool:
    """Whether a filter may take that value in this pact."""
    if name == "statut":
        return value in list(Status)
    if name == "fonction":
        return value in list(Office)
    return value in view.everything[COLUMNS[name]].cat.categories


def _read(name: str, query: Mapping[str, str], reader: Callable, unknown: list):
    value = query.get(name)
    if not value:
        return None
    try:
        return reader(value)
    except ValueError:
        unknown.append((name, value))
        return None


def _past_day(value: str) -> date:
    """A day that has come: nobody knows yet what will stand on a later one."""
    day = date.fromisoformat(value)
    if day > snapshots.today():
        raise ValueError(value)
    return day


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except OverflowError:  # the first or the last hours of the calendar, elsewhere
        raise ValueError(value) from None


def keep_across_pages(page: str) -> None:
    """Carry the view from one page to the next: the menu's links have no query of their own."""
    query = st.query_params.to_dict()
    if st.session_state.get("_page") not in (None, page) and not any(
        name in query for name in NAMES
    ):
        for name, value in st.session_state.get("_address", {}).items():
            query[name] = st.query_params[name] = value
    st.session_state["_page"] = page
    st.session_state["_address"] = {name: query[name] for name in NAMES if name in query}


def write(**values: str | None) -> None:
    """Put values into the address; None or "" takes the name out of it."""
    for name, value in values.items():
        if value is None or value == "":
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = value


def choose(
    name: str,
    label: str,
    options: list[str],
    words: Mapping[str, str] | Callable[[str], str],
    current: str | None,
    everything: str,
) -> None:
    """A list that shows `current` and writes the address; its first line keeps everything."""
    key = f"_{name}"
    say = words.get if isinstance(words, Mapping) else words
    st.session_state[key] = current or ""
    st.selectbox(
        label,
        ["", *options],
        format_func=lambda code: say(code) if code else everything,
        key=key,
        on_change=lambda: write(**{name: st.session_state[key]}),
    )


def part(show: Callable[[View], None]) -> Callable[[], None]:
    """A part of a page that its own controls run again alone. Its view is read anew each time: what
    Streamlit keeps of a part must hold no log."""

    @st.fragment
    @wraps(show)
    def alone() -> None:
        try:
            snapshot = session.current_snapshot(fresh=st.session_state.get("_fresh", False))
            if shown := read(snapshot):
                show(shown)
        except DatabaseError as error:
            st.error(md(t(f"error.{error.code}", **error.values)))

    return alone
