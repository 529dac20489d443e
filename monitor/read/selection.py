"""What one address shows: the pact, the day, the filters, and the rows that they keep."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from urllib.parse import urlencode

import numpy as np
import pandas as pd

from monitor.i18n import LANGUAGES, text
from monitor.log import Log
from monitor.models import Measure, Pact
from monitor.read import log_state
from monitor.read.filters import FILTERS, LASTING, PLACES, STANDING
from monitor.read.memoise import per_filter
from monitor.snapshot import Snapshot, log_today, replies_day
from monitor.status import Known, group_positions

PEOPLE = ("signed", "elected", "elsewhere", "unknown", "in_office")


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
        return log_state.known(self.snapshot, self.log.pact.id, self.known_at)

    @property
    def pact(self) -> Pact:
        """The version of the pact that was known."""
        return self.known.pact

    @property
    def everything(self) -> pd.DataFrame:
        """Every commitment of the pact on the day, whatever the filters."""
        return log_state.folded(self.snapshot, self.log.pact.id, self.known_at, self.day)

    @property
    def everybody(self) -> pd.DataFrame:
        """Every signatory of the pact on the day, whatever the filters."""
        return log_state.people(self.snapshot, self.log.pact.id, self.known_at, self.day)

    @property
    def replies_day(self) -> date:
        """`snapshot.replies_day` of the view."""
        return replies_day(self.log.pact, self.day, log_today())

    @property
    def key(self) -> tuple:
        """All that a result depends on beside the head of the log."""
        filters = tuple(self.filters.items())
        return (self.log.pact.id, self.known_at, self.day, filters, self.lang, self.query)

    def rows_of(self, signatories: Iterable[str]) -> np.ndarray:
        """The rows of `everything` about these signatories."""
        ids, offsets = log_state.rows_by_id(self.snapshot, self.log.pact.id, self.known_at)
        at = ids.get_indexer(list(signatories))
        return group_positions(offsets, at[at >= 0])

    def columns(self, *names: str) -> dict[str, str]:
        """Column -> the value that a filter keeps, of those among `names` that are in force."""
        return {FILTERS[name].column: self.filters[name] for name in names if name in self.filters}

    def last_columns(self, *names: str) -> dict[str, str]:
        """The same of the columns that say what each commitment last was while it bound."""
        kept = {FILTERS[name]: self.filters[name] for name in names if name in self.filters}
        return {each.last_column or each.column: value for each, value in kept.items()}

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
    def ever(self) -> pd.DataFrame:
        """What figures are counted from: the commitments that the filters keep but for STANDING, each
        by what it last was while it bound."""
        return self.commitments if self.filters.keys() <= set(LASTING) else _ever(self)

    @property
    def whole(self) -> "View":
        """This view without any filter."""
        return replace(self, filters={})

    def without(self, name: str) -> "View":
        """This view less one of its filters; those of STANDING go together: a rate needs commitments of
        every status, late or not."""
        gone = STANDING if name in STANDING else (name,)
        kept = {other: value for other, value in self.filters.items() if other not in gone}
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

    def places(self, kind: str, region: str | None = None) -> dict[str, str]:
        """Code -> name of the places where somebody signed: "region" or "department"; with a region,
        the departments of it. Under "", in words, those of whom nobody said which."""
        at = (self.snapshot, self.log.pact.id, self.known_at)
        unknown = text("place.unknown", self.lang)
        names = {
            code: name or code or unknown for code, name in log_state.place_names(*at)[kind].items()
        }
        if region is None:
            return names
        return {code: names[code] for code in log_state.departments_of(*at).get(region, ())}

    def places_in_order(self, kind: str) -> dict[str, str]:
        """The same places of a kind in the order of a French list."""
        at = (self.snapshot, self.log.pact.id, self.known_at)
        return log_state.places_in_order(*at, kind, text("place.unknown", self.lang))

    @property
    def in_departments(self) -> bool:
        """Whether anybody signed in a department: nobody does in a pact of another country."""
        return any(self.places("department"))

    def measure(self, measure_id: str) -> Measure:
        return next(m for m in self.pact.measures if m.id == measure_id)

    def address(self, **changes: str | None) -> dict[str, str]:
        """The query of this view with its pact, some names changed, None to leave one out."""
        own = {"pacte": self.log.pact.id}
        query = own | dict(self.query) | own | changes
        return {name: value for name, value in query.items() if value is not None}

    def canonical(self) -> dict[str, str]:
        """The query of what is shown here, its pact and its day included, in one order: it asks for
        the same view tomorrow, and whoever leaves out what is the default."""
        known_at = self.known_at and self.known_at.isoformat().replace("+00:00", "Z")
        lang = None if self.lang == LANGUAGES[0] else self.lang
        shown = {
            "pacte": self.log.pact.id,
            **{name: self.filters.get(name) for name in FILTERS},
            "au": self.day.isoformat(),
            "connu": known_at,
            "lang": lang,
        }
        return {name: value for name, value in shown.items() if value is not None}

    def url(self, page: str, **own: str) -> str:
        """The address of a page in this view, its city left out, with names of the page's own."""
        query = _encoded(tuple(self.address(commune=None).items()))
        return f"/{page}?{'&'.join(filter(None, (query, urlencode(own))))}"


@lru_cache(1_000)
def _encoded(query: tuple[tuple[str, str], ...]) -> str:
    return urlencode(query)


def matching(table: pd.DataFrame, values: Mapping[str, str]) -> np.ndarray:
    """The rows of a table that hold each value in its column (a category)."""
    keep = np.ones(len(table), dtype=bool)
    for column, value in values.items():
        cells = table[column].array
        known = value in cells.categories
        keep &= cells.codes == cells.categories.get_loc(value) if known else False
    return np.flatnonzero(keep)


@per_filter
def _rows(view: View) -> np.ndarray:
    return matching(view.everything, view.columns(*view.filters))


@per_filter
def _commitments(view: View) -> pd.DataFrame:
    return view.everything.take(view.rows)


@per_filter
def _ever(view: View) -> pd.DataFrame:
    last = view.last_columns(*(name for name in view.filters if name not in STANDING))
    return view.everything.take(matching(view.everything, last)) if last else view.everything


@per_filter
def _bound(view: View) -> pd.DataFrame:
    table = view.commitments
    return table.take(np.flatnonzero(table["binding"].to_numpy()))


@per_filter
def _people(view: View) -> pd.DataFrame:
    places = view.columns(*PLACES)
    table = view.everybody
    if not places:
        return table[list(PEOPLE)]
    kept = matching(table, places)
    return pd.DataFrame({name: table[name].to_numpy()[kept] for name in PEOPLE})
