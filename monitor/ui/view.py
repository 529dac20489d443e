"""The state of a view is its address: read, checked, shown in widgets, written back.

The same names on every page: pacte, region, departement, commune, mesure, statut, fonction, au (as
of), connu (known at), lang. A widget shows what the address says and writes the address when it is
changed; nothing else remembers a filter, so a copied address shows the same view.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import streamlit as st

from monitor import snapshot as snapshots
from monitor.i18n import LANGUAGES, text
from monitor.log import Log
from monitor.models import Measure, Office, Pact, Status
from monitor.snapshot import Snapshot
from monitor.status import Known
from monitor.ui import session

NAMES = (
    "pacte", "region", "departement", "commune", "mesure", "statut", "fonction", "au", "connu",
    "lang",
)  # fmt: skip
#: Filter of the address -> the column of the commitments that it keeps.
COLUMNS = {
    "region": "region_code",
    "departement": "department_code",
    "commune": "commune",
    "mesure": "measure",
    "statut": "status",
    "fonction": "office",
}


@dataclass(frozen=True)
class View:
    """What one address shows. `query`: the names and values of that address, as they were given;
    `unknown`: those of them that mean nothing here."""

    lang: str
    snapshot: Snapshot
    log: Log
    day: date
    known_at: datetime | None
    query: tuple[tuple[str, str], ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[tuple[str, str], ...] = ()

    @property
    def known(self) -> Known:
        return session.known(self.snapshot, self.log.pact.id, self.known_at)

    @property
    def pact(self) -> Pact:
        """The version of the pact that was known."""
        return self.known.pact

    @property
    def everything(self) -> pd.DataFrame:
        """Every commitment of the pact on the day, whatever the filters."""
        return session.folded(self.snapshot, self.log.pact.id, self.known_at, self.day)

    @property
    def everybody(self) -> pd.DataFrame:
        """Every signatory of the pact on the day, whatever the filters."""
        return session.people(self.snapshot, self.log.pact.id, self.known_at, self.day)

    @property
    def key(self) -> tuple:
        """All that a result depends on beside the head of the log."""
        filters = tuple(self.filters.items())
        return (self.log.pact.id, self.known_at, self.day, filters, self.lang, self.query)

    @property
    def kept(self) -> np.ndarray:
        """A mask over `everything`: what the filters keep."""
        table = self.everything
        mask = np.ones(len(table), dtype=bool)
        for name, value in self.filters.items():
            mask &= (table[COLUMNS[name]] == value).to_numpy()
        return mask

    @property
    def commitments(self) -> pd.DataFrame:
        """The commitments that the filters keep."""
        return self.everything[self.kept] if self.filters else self.everything

    def without(self, name: str) -> "View":
        """This view less one of its filters: a rate needs commitments of every status."""
        kept = {other: value for other, value in self.filters.items() if other != name}
        return replace(self, filters=kept)

    @property
    def people(self) -> pd.DataFrame:
        """The signatories that the filters of place keep."""
        table = self.everybody
        for name in ("region", "departement", "commune"):
            if name in self.filters:
                table = table[table[COLUMNS[name]] == self.filters[name]]
        return table

    @property
    def titles(self) -> dict[str, str]:
        """Measure id -> its short title in the language."""
        return {m.id: m.title_fr if self.lang == "fr" else m.title_en for m in self.pact.measures}

    def measure(self, measure_id: str) -> Measure:
        return next(m for m in self.pact.measures if m.id == measure_id)

    def address(self, **changes: str | None) -> dict[str, str]:
        """The query of this view with some names changed, None to leave one out."""
        return {
            name: value
            for name, value in {**dict(self.query), **changes}.items()
            if value is not None
        }


@dataclass(frozen=True)
class Run:
    """What one run of the script hands to its page. It is gone with the run: a session at rest
    keeps no log alive."""

    view: View
    pages: Mapping[str, object]


_RUN: ContextVar[Run] = ContextVar("run")


def begin(view: View, pages: Mapping[str, object]) -> None:
    """Hand the view, and the pages by their address, to the page about to run."""
    _RUN.set(Run(view, pages))


def current() -> View:
    """The view of this run."""
    return _RUN.get().view


def page_at(address: str):
    """The page at an address, for a link."""
    return _RUN.get().pages[address]


def language() -> str:
    """The language of the address, French by default."""
    wanted = st.query_params.get("lang", LANGUAGES[0])
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def t(key: str, **values) -> str:
    """A message in the language of the view."""
    return text(key, language(), **values)


def read(current: Snapshot) -> View | None:
    """The view that the address asks for; None when the log holds no pact."""
    query = st.query_params
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
    day = _read("au", _past_day, unknown)
    known_at = _read("connu", _moment, unknown)
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
            if value in _values(view, name):
                filters[name] = value
            else:
                unknown.append((name, value))
    return replace(view, filters=filters, unknown=tuple(unknown))


def _values(view: View, name: str) -> list[str]:
    """The values that a filter may take in this pact."""
    if name == "statut":
        return [status.value for status in Status]
    if name == "fonction":
        return [office.value for office in Office]
    return list(view.everything[COLUMNS[name]].cat.categories)


def _read(name: str, reader: Callable, unknown: list):
    value = st.query_params.get(name)
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
    before = st.session_state.get("_address", {})
    if st.session_state.get("_page") not in (None, page) and not any(
        name in st.query_params for name in NAMES
    ):
        for name, value in before.items():
            st.query_params[name] = value
    st.session_state["_page"] = page
    st.session_state["_address"] = {
        name: st.query_params[name] for name in NAMES if name in st.query_params
    }


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
