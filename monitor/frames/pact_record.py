"""What the log says of a pact as DataFrames: who signed, in office when, what was answered and done."""

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd

from monitor import export, status
from monitor.frames.errors import LANG, CannotAnswer, in_words
from monitor.frames.sources import Source
from monitor.frames.types import typed_table
from monitor.models import Kind
from monitor.pacts import Pact
from monitor.read import answers
from monitor.read.filters import FILTERS
from monitor.read.query import read_moment
from monitor.read.selection import View
from monitor.read.strict_query import read_strictly
from monitor.schema import OPEN
from monitor.snapshot import replies_day

#: Of a file of actions, what is said of an entry elsewhere, and what it names in the log.
_ELSEWHERE = ("signatory_id", "measure", "happened_on", "kind", "status", "supersedes")
_TIMES = ("recorded_at", "first_recorded_at")


class PactRecord:
    """One pact at one head of its log: what its figures are counted from."""

    def __init__(self, source: Source):
        self._source = source

    def __repr__(self) -> str:
        return f"<PactFrames {self.id} {self.head[:24]} {self._source.address}>"

    @property
    def id(self) -> str:
        """The id of the pact."""
        return self._source.pact_id

    @property
    def pact(self) -> Pact:
        """The pact: its title, dates, offices and measures."""
        return self._view(None, None, {}).pact

    @property
    def head(self) -> str:
        """The head of the log, SEQ:HASH: cite it."""
        return self._source.head

    @property
    def day(self) -> date:
        """The day of what names none."""
        return self._source.day

    def signatories(self, as_of=None, known_at=None, **filters: str) -> pd.DataFrame:
        """Who signed, and who is in office on a day: one row a person, list, party or council.

        The columns of signatories.csv (str) and of the place (category; population: float64), and what
        `monitor.status.fold_people` says of the day (bool): signed, withdrawn, elected, came_later,
        elsewhere, unknown, in_office; size and office (category).
        """
        with in_words():
            view = self._view(as_of, known_at, filters)
            found = view.everybody.iloc[answers.people_in_view(view)]
            return found.drop(columns=["accepted_at", "withdrawn_at"]).reset_index(drop=True)

    def mandates(self, known_at=None, **filters: str) -> pd.DataFrame:
        """The periods in office of these people: the columns of mandates.csv, days as the file has them
        (EDTF, str)."""
        with in_words():
            view = self._view(None, known_at, filters)
            people = view.everybody["signatory_id"].iloc[answers.people_in_view(view)]
            found = view.known.mandates
            rows = found[found["signatory_id"].isin(people)]
            return rows[list(OPEN["mandates"])].reset_index(drop=True)

    def areas(self, known_at=None, **filters: str) -> pd.DataFrame:
        """The places of these people: code, name, department, region, epci (str), population,
        latitude, longitude (float64)."""
        with in_words():
            view = self._view(None, known_at, filters)
            people = view.everybody.iloc[answers.people_in_view(view)]
            return typed_table(export.signed_areas(view.known, people["commune"]), "signed_areas")

    def measures(self) -> pd.DataFrame:
        """What the pact says of each measure: id, objective, wording, titles, criteria, theme (str)."""
        names = [field for field in self.pact.measures[0].__dataclass_fields__]
        rows = [[getattr(one, name) for name in names] for one in self.pact.measures]
        return pd.DataFrame(rows, columns=names, dtype="str")

    def actions(self, as_of=None, known_at=None, **filters: str) -> pd.DataFrame:
        """The entries that stand and count by a day, in their order in the log.

        action_id (str); signatory_id, measure, kind, status (category); happened_on (EDTF, str);
        counts_on (the day from which it counts); moves (bool: whether it makes the status from then
        on); place (int64: of several of one day, the last prevails), seq (int64); recorded_at,
        first_recorded_at (datetime64[us, UTC]); texts_removed (bool: by a court); then the texts of
        actions.csv (str).
        """
        with in_words():
            view = self._view(as_of, known_at, filters)
            at = to_moment(known_at)
            found = typed_table(self._source.rows("entries", at), "entries")
            mine = pd.MultiIndex.from_frame(
                view.everything[["signatory_id", "measure"]].astype("str")
            )
            row = mine.get_indexer(pd.MultiIndex.from_frame(found[["signatory_id", "measure"]]))
            until = replies_day(view.log.pact, view.day, max(view.day, self.day))
            last = np.where(
                found["kind"] == Kind.REPLY, np.datetime64(until), np.datetime64(view.day)
            )
            kept = (row >= 0) & (found["counts_on"].to_numpy() <= last)
            if view.rows is not None:
                kept &= np.isin(row, view.rows)
            found = found[kept].sort_values("place", ignore_index=True)
            texts = typed_table(self._source.rows("actions", at), "actions")
            texts = texts.drop(columns=list(_ELSEWHERE)).set_index("action_id")
            texts = texts.reindex(found["action_id"]).reset_index(drop=True)
            texts[found["texts_removed"].to_numpy()] = None
            for name in _TIMES:
                found[name] = pd.to_datetime(found[name], utc=True).astype("datetime64[us, UTC]")
            for name in ("signatory_id", "measure"):
                found[name] = found[name].astype(view.everything[name].dtype)
            return found.join(texts)

    def answers(self, as_of=None, known_at=None, **filters: str) -> pd.DataFrame:
        """What was answered about each measure by a day: the columns of answers.csv (answer: category;
        else str)."""
        with in_words():
            view = self._view(as_of, known_at, filters)
            kept = answers.answer_rows(view)[["signatory_id", "measure", "is_former"]]
            found = kept.merge(self._rows("answers", known_at)).reset_index(drop=True)
            return status.put_former(found, found.pop("is_former").to_numpy(dtype=bool))

    def details(self, known_at=None, **filters: str) -> pd.DataFrame:
        """What is said of single commitments: the columns of details.csv (str)."""
        with in_words():
            view = self._view(None, known_at, filters)
            kept = view.commitments[["signatory_id", "measure"]].astype("str")
            return self._rows("details", known_at).merge(kept)

    def sources(self, as_of=None, known_at=None, **filters: str) -> pd.DataFrame:
        """What `actions` rest on beside the source that each cites: the columns of sources.csv, by entry
        in the order of the log, then by source_no."""
        with in_words():
            order = self.actions(as_of, known_at, **filters)[["action_id"]]
            found = self._rows("sources", known_at).sort_values("source_no", kind="stable")
            return order.merge(found).reset_index(drop=True)

    def _rows(self, table: str, known_at) -> pd.DataFrame:
        return typed_table(self._source.rows(table, to_moment(known_at)), table)

    def _view(self, as_of, known_at, filters: dict[str, str]) -> View:
        """The view that a page with these names in its address shows."""
        for name, value in filters.items():
            if name not in FILTERS:
                known = ", ".join(("as_of", "known_at", *FILTERS))
                raise CannotAnswer("query_unknown_name", name=name, value=value, known=known)
        day = as_of.date() if isinstance(as_of, datetime) else as_of
        with in_words():
            snapshot, at = self._source.read(to_moment(known_at))
            asked = {**filters, "pacte": self.id, "au": str(day or self.day), "lang": LANG}
            if at is not None:
                asked["connu"] = at.isoformat()
            return read_strictly(snapshot, asked.items(), {})


def to_moment(known_at: datetime | date | str | None) -> datetime | None:
    """A UTC time."""
    if known_at is None:
        return None
    given = known_at.isoformat() if isinstance(known_at, date) else known_at
    try:
        return read_moment(given).astimezone(UTC)
    except ValueError:
        raise CannotAnswer("query_not_a_time", value=given, name="known_at") from None
