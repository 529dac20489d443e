"""What an export holds: the contract's files and the tables of a view, as rows read when written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import partial

import pandas as pd

from monitor import indicators, queries, snapshot, status, tables
from monitor.export import view_tables
from monitor.export.choice import EntryChoice, choose_entries
from monitor.export.entries import entry_parts, entry_table, standing_facts
from monitor.export.fields import TABLES
from monitor.i18n import interface_language, text
from monitor.log import FACT_COLUMNS, Log
from monitor.models import WITHOUT_EVIDENCE, GroupBy, Kind, Status
from monitor.pacts import Pact
from monitor.schema import OPEN, ROW_TYPES, Values
from monitor.snapshot import Snapshot
from monitor.status import KnownPact
from monitor.status.retracted import public_log
from monitor.store import Store

#: Rows that stand in memory together.
AT_ONCE = 20_000
Rows = Iterator[Sequence[Sequence]]


@dataclass(frozen=True)
class Table:
    """One table. `name` is one of `fields.TABLES`; `chunks` reads its `count` rows anew each time, a
    part at a time, values in the order of `columns`, None = empty."""

    name: str
    chunks: Callable[[], Rows]
    count: int

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(field.name for field in TABLES[self.name])


@dataclass(frozen=True)
class Samples:
    """The random samples of a pact: rows of the tables `sample_plans`, `sample`, `sample_estimates`,
    `sample_changes`, `agreement` and `agreement_pairs`; and the list that each plan starts from, by the
    name of its file."""

    plans: pd.DataFrame
    officials: pd.DataFrame
    estimates: pd.DataFrame
    changes: pd.DataFrame
    agreement: pd.DataFrame
    pairs: pd.DataFrame
    lists: Mapping[str, str]


@dataclass(frozen=True)
class Content:
    """A pact as the log says it at one head: `day`, `known_at`, and what they are a view of."""

    store: Store
    log: Log
    known: KnownPact
    day: date
    known_at: datetime | None
    about: dict
    chosen: EntryChoice
    own_areas: list[Values]
    samples: Samples | None = None
    #: Tables of analyses by their names, each in parts.
    analyses: Mapping[str, Sequence[pd.DataFrame]] = field(default_factory=dict)

    @property
    def pact(self) -> Pact:
        return self.known.pact

    @classmethod
    def read(
        cls,
        store: Store,
        current: Snapshot,
        pact_id: str | None,
        day: date | None,
        at: datetime | None,
        lang: str,
    ) -> "Content":
        """As known at a past time, without signatories retracted since, as on every page.

        Raises NotFound (`unknown_pact`) and InvalidValue (`no_pact`)."""
        log = current.log(pact_id)
        log = log if at is None else public_log(log)
        known = status.what_is_known(log, at)
        day = day or snapshot.default_day(log.pact, snapshot.log_today())
        about = view_tables.view_description(current, log, day, at, {}, lang)
        del about["filters"]
        with store.reading() as session:
            own = queries.rows_at(session, "areas", known.own_areas["seq"].tolist())
        return cls(
            store, log, known, day, at, about, choose_entries(log, known, at), _every(known, own)
        )

    def contract(self) -> list[Table]:
        """The files that can be loaded again; areas, answers and details where the pact has its own."""
        people = self.known.signatories
        mandates = self.known.mandates
        mandates = mandates[mandates["signatory_id"].isin(people["signatory_id"])]
        found = [
            _table("signatories", people[list(OPEN["signatories"])]),
            _table("mandates", mandates[list(OPEN["mandates"])]),
            Table("actions", self._actions, len(self.chosen.seq)),
        ]
        for file in FACT_COLUMNS:
            if seqs := getattr(self.known, file)["seq"].tolist():
                found.insert(-1, Table(file, partial(self._rows_at, file, seqs), len(seqs)))
        if self.own_areas:
            found.insert(0, _listed("areas", self.own_areas))
        return found

    def sample_tables(self) -> list[Table]:
        """The random samples, where the pact has any."""
        if self.samples is None or not len(self.samples.plans):
            return []
        found = [
            _table("sample_plans", self.samples.plans),
            _table("sample", self.samples.officials),
            _table("sample_estimates", self.samples.estimates),
            _table("sample_changes", self.samples.changes),
        ]
        if len(self.samples.pairs):
            found.append(_table("agreement", self.samples.agreement))
            found.append(_table("agreement_pairs", self.samples.pairs))
        return found

    def analysis_tables(self) -> list[Table]:
        """What the *Analyses* page counts, where it was asked for."""
        return [_joined(name, parts) for name, parts in self.analyses.items()]

    def measures(self) -> Table:
        rows = [
            [_iso(asdict(measure)[column.name]) for column in TABLES["measures"]]
            for measure in self.pact.measures
        ]
        return _listed("measures", rows)

    def places(self, name: str = "signed_areas") -> Table:
        """`view_tables.signed_areas`, under the name of a table."""
        return _table(name, view_tables.signed_areas(self.known, self.known.signatories["commune"]))

    def entries(self) -> Table:
        """`entries.entry_table` of every entry that stands."""
        facts = standing_facts(self.log, self.known, self.known_at)
        return Table("entries", lambda: self._entries(facts), len(facts))

    def _entries(self, facts: pd.DataFrame) -> Rows:
        for part in entry_parts(facts, AT_ONCE):
            with self.store.reading() as session:
                yield entry_table(session, self.known, part).to_numpy(dtype=object).tolist()

    def commitments(self) -> Table:
        table = status.fold(self.known, self.day)
        return Table("commitments", lambda: self._commitments(table), len(table))

    def indicators(self) -> list[Table]:
        """One table for each grouping that the pact has, the total first."""
        table = status.fold(self.known, self.day)
        return [
            _table(f"indicators-{by or 'total'}", self._counted(table, by))
            for by in self._groupings()
        ]

    def all_indicators(self) -> Table:
        """The same in one table, which can be filtered by `grouping`."""
        table = status.fold(self.known, self.day)
        parts = []
        for by in self._groupings():
            part = self._counted(table, by)
            code = part.pop(by.value) if by else ""
            part.insert(0, "code", code)
            part.insert(0, "grouping", by.value if by else "total")
            parts.append(part.astype(object))
        return _table("indicators", pd.concat(parts))

    def _groupings(self) -> list[GroupBy | None]:
        has_themes = bool(self.known.pact.themes)
        return [None, *(by for by in GroupBy if by is not GroupBy.THEME or has_themes)]

    def _counted(self, table: pd.DataFrame, by: GroupBy | None) -> pd.DataFrame:
        part = tables.published_indicators(indicators.indicator_table(table, by), by).astype(object)
        return part.assign(**self.about)

    def _commitments(self, table: pd.DataFrame) -> Rows:
        last = status.last_replies(status.standing_replies(self.known, self.log.actions), self.day)
        for start in range(0, len(table), AT_ONCE):
            part = table.iloc[start : start + AT_ONCE]
            replies = last[(last["row"] >= start) & (last["row"] < start + AT_ONCE)]
            with self.store.reading() as session:
                replied = view_tables.reply_columns(session, self.log, replies)
                details = view_tables.detail_columns(session, self.known.details, part)
            made = view_tables.commitment_table(part, replied, details)
            rows = _values(made.assign(**self.about))
            yield [[None if value == "" else value for value in row] for row in rows]

    def _rows_at(self, file: str, seqs: Sequence[int]) -> Rows:
        """The rows of a file that these entries say."""
        for start in range(0, len(seqs), AT_ONCE):
            with self.store.reading() as session:
                yield queries.rows_at(session, file, seqs[start : start + AT_ONCE])

    def _actions(self) -> Rows:
        """In short readings: a long one would keep others from writing."""
        target = OPEN["actions"].index("supersedes")
        for start in range(0, len(self.chosen.seq), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            seqs, linked = self.chosen.seq[part].tolist(), self.chosen.linked[part].tolist()
            with self.store.reading() as session:
                found = queries.open_records(session, seqs)
            rows = []
            for named, (*values, redacted) in zip(linked, found, strict=True):
                if not named:
                    values[target] = None
                rows.append(_emptied(values, redacted, self.pact) if redacted else values)
            yield rows


def _every(known: KnownPact, own: list[Values]) -> list[Values]:
    """The pact's areas, then the places of signatories that nobody knows any more, under their code:
    what the screens show of them."""
    there = {area.code for area in own}
    named = pd.unique(known.signatories["commune"].astype("str"))
    unknown = [code for code in named if code not in there and code not in known.areas.index]
    return own + [ROW_TYPES["areas"](code=code, name=code) for code in unknown]


def _emptied(values: list, redacted: int, pact: Pact) -> list:
    """An entry whose texts a court had removed: it says so where a text is needed, in the language of
    the pact. In that of whoever exports, one export loaded after another would correct the entry."""
    row = dict(zip(OPEN["actions"], values, strict=True))
    notice = text("export.removed", interface_language(pact.language), seq=redacted)
    row["summary"] = notice
    if row["kind"] == Kind.ASSESSMENT and Status(row["status"]) not in WITHOUT_EVIDENCE:
        row["source_title"] = notice
    if row["supersedes"]:
        row["reason"] = notice
    return list(row.values())


def _table(name: str, table: pd.DataFrame) -> Table:
    return _joined(name, [table])


def _joined(name: str, tables: Sequence[pd.DataFrame]) -> Table:
    """One table from its parts."""
    parts = [(table, start) for table in tables for start in range(0, len(table), AT_ONCE)]
    return Table(
        name,
        lambda: (_values(table.iloc[start : start + AT_ONCE]) for table, start in parts),
        sum(map(len, tables)),
    )


def _listed(name: str, rows: Iterable[Sequence]) -> Table:
    rows = list(rows)
    return Table(name, lambda: iter([rows] if rows else []), len(rows))


def _values(table: pd.DataFrame) -> list[Sequence]:
    return table.astype(object).where(table.notna(), None).to_numpy(dtype=object).tolist()


def _iso(value):
    return value.isoformat() if isinstance(value, date) else value
