"""Where the frames of a pact are read from: a database, an HTTP API, the folder of an export."""

from abc import ABC, abstractmethod
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from monitor import queries
from monitor.export.content import Content
from monitor.export.fields import TABLES
from monitor.frames.errors import LANG, CannotAnswer
from monitor.read import revisions, sample_tables
from monitor.read.agreement_tables import agreement_table, anonymous_rows
from monitor.read.blind import opened_pairs
from monitor.read.pact_state import PactState
from monitor.read.selection import View
from monitor.snapshot import Snapshot, Snapshots, default_day, log_today
from monitor.store import open_store
from monitor.store.journal import last_seq


class LogAt(NamedTuple):
    """A log, and at which time it is asked: None for all that it says."""

    snapshot: Snapshot
    at: datetime | None


class Source(ABC):
    """One pact at one head of its log. What its methods raise is MonitorError or CannotAnswer."""

    address: str
    pact_id: str

    @abstractmethod
    def read(self, known_at: datetime | None) -> LogAt:
        """The log of the pact, as it was known at a UTC time; None: now."""

    @abstractmethod
    def rows(self, table: str, known_at: datetime | None) -> pd.DataFrame:
        """One of `fields.TABLES` whose rows can be loaded, or `entries`: its columns at least; None =
        empty. None of its rows where there is nothing."""

    def revisions(self, view: View, known_at: datetime | None) -> pd.DataFrame:
        """`revisions.revision_table` of a view. Only what knows when each entry was accepted can answer:
        raises CannotAnswer (`frames_no_past`)."""
        raise CannotAnswer("frames_no_past", path=self.address)

    def samples(self, table: str, known_at: datetime | None) -> pd.DataFrame:
        """A table of random samples or of what was read twice, as `rows`."""
        return self.rows(table, known_at)

    @property
    def head(self) -> str:
        """SEQ:HASH of the last entry of the log."""
        return self.read(None).snapshot.head

    @property
    def day(self) -> date:
        """The day of a view that names none."""
        return default_day(self.read(None).snapshot.log(self.pact_id).pact, log_today())


def source_at(address: str, pact_id: str | None) -> Source:
    """What an address names. Raises CannotAnswer and what reading it raises."""
    from monitor.frames.api import ApiSource
    from monitor.frames.folder import FolderSource

    scheme = address.partition("://")[0] if "://" in address else ""
    if scheme in ("sqlite", "postgresql", "postgres"):
        return DatabaseSource(address, pact_id)
    if scheme in ("http", "https"):
        return ApiSource(address, pact_id)
    if scheme:
        raise CannotAnswer("frames_address", value=address)
    return FolderSource(Path(address), pact_id)


class DatabaseSource(Source):
    """SQLite or PostgreSQL, at the head that it had when it was opened."""

    def __init__(self, address: str, pact_id: str | None):
        self._store = open_store(address)
        self.address = self._store.url  # without a password
        self._snapshot = Snapshots(self._store).current()
        self.pact_id = self._snapshot.log(pact_id).pact.id
        self._tables: dict[tuple[str, datetime | None], pd.DataFrame] = {}
        self._contents: dict[datetime | None, Content] = {}

    def read(self, known_at: datetime | None) -> LogAt:
        return LogAt(self._snapshot, known_at)

    def rows(self, table: str, known_at: datetime | None) -> pd.DataFrame:
        if (table, known_at) not in self._tables:
            self._tables[table, known_at] = self._read_table(table, known_at)
        return self._tables[table, known_at]

    def revisions(self, view: View, known_at: datetime | None) -> pd.DataFrame:
        return revisions.revision_table(view)

    def samples(self, table: str, known_at: datetime | None) -> pd.DataFrame:
        seq = self._snapshot.seq
        with self._store.reading() as session:
            until = last_seq(session, known_at) if known_at else seq
            plans = queries.sample_plans(session, self.pact_id, min(until, seq))
        if table == "sample_plans":
            return sample_tables.plan_table(plans)
        state = PactState(self._snapshot, self.pact_id, known_at)
        if table == "agreement_pairs":
            return anonymous_rows(opened_pairs(state))
        if table == "agreement":
            return agreement_table(opened_pairs(state))
        made = {
            "sample": sample_tables.official_table,
            "sample_estimates": sample_tables.estimate_table,
            "sample_changes": sample_tables.change_table,
        }[table]
        return made(state, plans)

    def _read_table(self, table: str, known_at: datetime | None) -> pd.DataFrame:
        if known_at not in self._contents:
            self._contents[known_at] = Content.read(
                self._store, self._snapshot, self.pact_id, None, known_at, LANG
            )
        content = self._contents[known_at]
        tables = [content.entries()] if table == "entries" else content.contract()
        for one in tables:
            if one.name == table:
                rows = chain.from_iterable(one.chunks())
                return pd.DataFrame(rows, columns=list(one.columns), dtype=object)
        return empty_rows(table)


def empty_rows(table: str) -> pd.DataFrame:
    """A table without a row."""
    return pd.DataFrame(columns=[field.name for field in TABLES[table]], dtype=object)
