"""The state of a view is its address: read, checked, shown in widgets, written back.

The same names on every page: pacte, region, departement, commune, mesure, statut, fonction, au (as
of), connu (known at), lang. A widget shows what the address says and writes the address when it is
changed; nothing else remembers a filter, so a copied address shows the same view.
"""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import wraps

import numpy as np
import pandas as pd
import streamlit as st

from monitor import snapshot as snapshots
from monitor.errors import DatabaseError
from monitor.i18n import LANGUAGES, text
from monitor.log import Log
from monitor.models import Measure, Office, Pact, Status
from monitor.snapshot import Snapshot
from monitor.status import Known, spans
from monitor.ui import session
from monitor.ui.kept import per_filter
from monitor.ui.words import md

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
#: The filters that keep people as well.
PLACES = ("region", "departement", "commune")
PEOPLE = ("signed", "elected", "in_office")


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

    def rows_of(self, signatories: Iterable[str]) -> np.ndarray:
        """The rows of `everything` about these signatories."""
        ids, offsets = session.rows_by_id(self.snapshot, self.log.pact.id, self.known_at)
        at = ids.get_indexer(list(signatories))
        return spans(offsets, at[at >= 0])

    def columns(self, *names: str) -> dict[str, str]:
        """Column -> the value that a filter keeps, of those among `names` that are in force."""
        return {COLUMNS[name]: self.filters[name] for name in names if name in self.filters}

    @property
    def rows_key(self) -> tuple:
        """All that figures and rows, which are in no language, depend on beside the head."""
        return (self.log.pact.id, self.known_at, self.day, tuple(self.filters.items()))

    @property
    def rows(self) -> np.ndarray | None:
        """The rows of `everything` that the filters keep, None for all."""
        return _rows(self) if self.filters else None

    @property
    def commitments(self) -> pd.DataFrame:
        """The commitments that the filters keep."""
        return _commitments(self) if self.filters else self.everything

    @property
    def bound(self) -> pd.DataFrame:
        """Of these, those that bind on the day."""
        return _bound(self)

    @property
    def whole(self) -> "View":
        """This view without any filter."""
        return replace(self, filters={})

    def without(self, name: str) -> "View":
        """This view less one of its filters: a rate needs commitments of every status."""
        kept = {other: value for other, value in self.filters.items() if other != name}
        return replace(self, filters=kept)

    @property
    def people(self) -> pd.DataFrame:
        """Whether they signed, were elected and are in office: columns PEOPLE, of the signatories
        that the filters of place keep."""
        return _people(self)

    @property
    def titles(self) -> dict[str, str]:
        """Measure id -> its short title in the language."""
        return {m.id: m.title_fr if self.lang == "fr" else m.title_en for m in self.pact.measures}

    def places(self, kind: str) -> dict[str, str]:
        """Code -> name of the places where somebody signed: "region" or "department"."""
        return session.place_names(self.snapshot, self.log.pact.id, self.known_at)[kind]

    def measure(self, measure_id: str) -> Measure:
        return next(m for m in self.pact.measures if m.id == measure_id)

    def address(self, **changes: str | None) -> dict[str, str]:
        """The query of this view with some names changed, None to leave one out."""
        return {
            name: value
            for name, value in {**dict(self.query), **changes}.items()
            if value is not None
        }


def matching(table: pd.DataFrame, values: Mapping[str, str]) -> np.ndarray:
    """The rows of a table that hold each value in its column (a category)."""
    keep = np.ones(len(table), dtype=bool)
    for column, value in values.items():
        cells = table[column].cat
        code = cells.categories.get_indexer([value])[0]
        keep &= cells.codes.to_numpy() == code if code >= 0 else False
    return np.flatnonzero(keep)


@per_filter
def _rows(view: View) -> np.ndarray:
    return matching(view.everything, view.columns(*view.filters))


@per_filter
def _commitments(view: View) -> pd.DataFrame:
    return view.everything.take(view.rows)


@per_filter
def _bound(view: View) -> pd.DataFrame:
    table = view.commitments
    return table.take(np.flatnonzero(table["binding"].to_numpy()))


@per_filter
def _people(view: View) -> pd.DataFrame:
    places = view.columns(*PLACES)
    table = view.everybody[list(PEOPLE)]
    return table.take(matching(view.everybody, places)) if places else table


@dataclass(frozen=True)
class Run:
    """What one run of the script hands to its page. It is gone with the run: a session at rest
    keeps no log alive."""

    view: View
    pages: Mapping[str, object]


_RUN: ContextVar[Run | None] = ContextVar("run", default=None)


def begin(view: View, pages: Mapping[str, object], fresh: bool) -> None:
    """Hand the view, and the pages by their address, to the page about to run. `fresh`: its reader
    is shown what they have written at once."""
    st.session_state["_fresh"] = fresh
    _RUN.set(Run(view, pages))


def current() -> View:
    """The view of this run."""
    return _RUN.get().view


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


def page_at(address: str):
    """The page at an address, for a link."""
    return _RUN.get().pages[address]


def forget() -> None:
    """The run before this one is over; the same thread may have had it."""
    _RUN.set(None)


def language() -> str:
    """The language of the address, French by default."""
    if run := _RUN.get():
        return run.view.lang
    wanted = st.query_params.get("lang", LANGUAGES[0])
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def t(key: str, **values) -> str:
    """A message in the language of the view."""
    return text(key, language(), **values)


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
