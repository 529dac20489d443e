"""What one address shows: the pact, the day, the filters, and the rows that they keep."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from urllib.parse import urlencode

import numpy as np
import pandas as pd

from monitor.i18n import plural, text
from monitor.log import Log
from monitor.offices import office_title
from monitor.pacts import Measure, Pact
from monitor.read.cache import per_filter
from monitor.read.day_state import DayState
from monitor.read.filters import FILTERS, LASTING, PLACE_FILTERS, STANDING
from monitor.read.pact_state import PactState
from monitor.read.places import departments_by_region, has_departments, place_names, places_in_order
from monitor.sizes import is_within
from monitor.snapshot import Snapshot
from monitor.status import KnownPact, group_positions
from monitor.titles import shorten_title

PEOPLE = ("signed", "withdrawn", "elected", "came_later", "elsewhere", "unknown", "in_office")


@dataclass(frozen=True)
class View:
    """What one address shows. `query`: the names and values of that address, as they were given;
    `unknown`: those of them that mean nothing here."""

    lang: str
    state: PactState
    day: date
    query: tuple[tuple[str, str], ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[tuple[str, str], ...] = ()

    @property
    def snapshot(self) -> Snapshot:
        return self.state.snapshot

    @property
    def log(self) -> Log:
        return self.state.log

    @property
    def known_at(self) -> datetime | None:
        return self.state.known_at

    @property
    def known(self) -> KnownPact:
        return self.state.known

    @property
    def pact(self) -> Pact:
        """The version of the pact that was known."""
        return self.state.pact

    @property
    def day_state(self) -> DayState:
        return DayState(self.state, self.day)

    @property
    def term(self) -> tuple[date, date]:
        """The days that a line of the pact's term is drawn over: where its end is not fixed, until the
        day of the view."""
        start = self.pact.term_start
        return start, self.pact.term_end or max(self.day, start + timedelta(days=1))

    @property
    def everything(self) -> pd.DataFrame:
        """Every commitment of the pact on the day, whatever the filters."""
        return self.day_state.commitments

    @property
    def everybody(self) -> pd.DataFrame:
        """Every signatory of the pact on the day, whatever the filters."""
        return self.day_state.people

    def text(self, key: str, **values) -> str:
        """The message in the language of the view, with the words that fit its pact."""
        return text(key, self.lang, **self.state.wording, **values)

    def plural(self, key: str, n: float, digits: int = 0, **values) -> str:
        """The same for a count of `n`."""
        return plural(key, n, self.lang, digits, **self.state.wording, **values)

    def office(self, code: str) -> str:
        """`offices.office_title` of its pact."""
        return office_title(self.pact, code, self.lang, **self.state.wording)

    @property
    def filter_key(self) -> tuple:
        """All that figures and rows, which are in no language, depend on beside the state."""
        return (self.state.pact_id, self.day, tuple(self.filters.items()))

    @property
    def view_key(self) -> tuple:
        """All that texts depend on beside the state."""
        return (*self.filter_key, self.lang, self.query)

    def rows_of(self, signatories: Iterable[str]) -> np.ndarray:
        """The rows of `everything` about these signatories."""
        ids, offsets = self.state.rows_by_signatory
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
    def rows(self) -> np.ndarray | None:
        """The rows of `everything` that the filters keep, None for all."""
        return self._filtered_rows if self.filters else None

    @property
    @per_filter
    def _filtered_rows(self) -> np.ndarray:
        return rows_matching(self.everything, self.columns(*self.filters))

    @property
    def action_rows(self) -> np.ndarray:
        """The rows of the public actions about the commitments that the filters keep."""
        rows = self.rows
        return self.state.public_rows if rows is None else self.state.actions_about(rows)

    @property
    def commitments(self) -> pd.DataFrame:
        """The commitments that the filters keep."""
        return self._filtered_commitments if self.filters else self.everything

    @property
    @per_filter
    def _filtered_commitments(self) -> pd.DataFrame:
        return self.everything.take(self._filtered_rows)

    @property
    def binding(self) -> np.ndarray:
        """A mask over them: which of them bind on the day."""
        return self.commitments["binding"].to_numpy()

    @property
    @per_filter
    def bound(self) -> pd.DataFrame:
        """Of these, those that bind on the day."""
        return self.commitments.take(np.flatnonzero(self.binding))

    @property
    @per_filter
    def is_bound(self) -> np.ndarray:
        """A mask over `everything`: which commitments are in `bound`."""
        mask = np.zeros(len(self.everything), dtype=bool)
        mask[slice(None) if self.rows is None else self.rows] = self.binding
        return mask

    @property
    def commitments_for_figures(self) -> pd.DataFrame:
        """What figures are counted from: the commitments that the filters keep but for STANDING, each
        by what it last was while it bound."""
        return self.commitments if self.filters.keys() <= set(LASTING) else self._last_while_bound

    @property
    @per_filter
    def _last_while_bound(self) -> pd.DataFrame:
        last = self.last_columns(*(name for name in self.filters if name not in STANDING))
        return (
            self.everything.take(rows_matching(self.everything, last)) if last else self.everything
        )

    @property
    def without_filters(self) -> "View":
        """This view without any filter."""
        return replace(self, filters={})

    @property
    def of_every_status(self) -> "View":
        """This view less the filters of STANDING: a rate needs commitments of every status, late or
        not."""
        return self.without(*STANDING)

    def without(self, *names: str) -> "View":
        """This view less some of its filters."""
        kept = {name: value for name, value in self.filters.items() if name not in names}
        return replace(self, filters=kept)

    @property
    @per_filter
    def people(self) -> pd.DataFrame:
        """Whether they signed, were elected and are in office: columns PEOPLE, of the signatories
        that the filters of place keep."""
        places, table = self.columns(*PLACE_FILTERS), self.everybody
        if not places:
            return table[list(PEOPLE)]
        kept = rows_matching(table, places)
        return pd.DataFrame({name: table[name].to_numpy()[kept] for name in PEOPLE})

    @cached_property
    def titles(self) -> dict[str, str]:
        """Measure id -> its title in the language, short enough for lists and charts."""
        return {m.id: shorten_title(m.title(self.lang)) for m in self.pact.measures}

    @cached_property
    def kept_titles(self) -> dict[str, str]:
        """The same of the measures that the filters keep."""
        only, theme = self.filters.get("mesure"), self.filters.get("theme")
        return {
            each.id: self.titles[each.id]
            for each in self.pact.measures
            if only in (None, each.id) and theme in (None, each.theme)
        }

    def places(self, kind: str, region: str | None = None) -> dict[str, str]:
        """Code -> name of the places where somebody signed: "region" or "department"; with a region,
        the departments of it. Under "", in words, those of whom nobody said which."""
        unknown = text("place.unknown", self.lang)
        names = {
            code: name or code or unknown for code, name in place_names(self.state)[kind].items()
        }
        if region is None:
            return names
        return {code: names[code] for code in departments_by_region(self.state).get(region, ())}

    def places_in_order(self, kind: str) -> dict[str, str]:
        """The same places of a kind in the order of a French list."""
        return places_in_order(self.state, kind, text("place.unknown", self.lang))

    @property
    def in_departments(self) -> bool:
        """Whether anybody signed in a department: nobody does in a pact of another country."""
        return has_departments(self.state)

    def measure(self, measure_id: str) -> Measure:
        return next(m for m in self.pact.measures if m.id == measure_id)

    def address(self, **changes: str | None) -> dict[str, str]:
        """The query of this view with its pact and language, some names changed, None to leave one
        out. What means nothing here is in no other address."""
        pact = {"pacte": self.log.pact.id}
        known = {name: value for name, value in self.query if (name, value) not in self.unknown}
        query = pact | known | pact | {"lang": self.lang} | changes
        return {name: value for name, value in query.items() if value is not None}

    def canonical(self) -> dict[str, str]:
        """The query of what is shown here, its pact, day and language included, in one order: it asks
        for the same view tomorrow, whoever follows it."""
        known_at = self.known_at and self.known_at.isoformat().replace("+00:00", "Z")
        shown = {
            "pacte": self.log.pact.id,
            **{name: self.filters.get(name) for name in FILTERS},
            "au": self.day.isoformat(),
            "connu": known_at,
            "lang": self.lang,
        }
        return {name: value for name, value in shown.items() if value is not None}

    def url(self, page: str, **own: str) -> str:
        """The address of a page in this view, its city left out, with names of the page's own."""
        query = _encoded(tuple(self.address(commune=None).items()))
        return f"/{page}?{'&'.join(filter(None, (query, urlencode(own))))}"


@lru_cache(1_000)
def _encoded(query: tuple[tuple[str, str], ...]) -> str:
    return urlencode(query)


def rows_matching(table: pd.DataFrame, values: Mapping[str, str]) -> np.ndarray:
    """The rows of a table that hold each value in its column, or a population within it."""
    keep = np.ones(len(table), dtype=bool)
    for column, value in values.items():
        if column == "population":
            keep &= is_within(table[column].to_numpy(), value)
            continue
        cells = table[column].array
        if not isinstance(cells, pd.Categorical):
            keep &= np.asarray(cells == value, dtype=bool)
            continue
        known = value in cells.categories
        keep &= cells.codes == cells.categories.get_loc(value) if known else False
    return np.flatnonzero(keep)
