"""The rows of the log as the snapshot reads them; a row that no rule of ours lets in is named."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import TypeVar

import numpy as np
import pandas as pd

from monitor import dates
from monitor.errors import DatabaseDamaged, InvalidValue
from monitor.log import FACT_COLUMNS, MEASURED, NEVER, TIMES, Actions, microseconds_of
from monitor.pacts import Pact
from monitor.schema import Type, names_of, plain_whole
from monitor.store import Session
from monitor.store.decisions import file_decision
from monitor.store.pacts_and_areas import PACT_COLUMNS, pact_from_row
from monitor.store.retracted import VERSIONS
from monitor.store.subjects import SUBJECT_OF, columns_of, rows_from
from monitor.text_columns import text_column

_FILE = file_decision()
#: An action without its texts was never whole: it does not count.
ACTIONS = """
    SELECT a.seq, a.pact_id, e.recorded_at, e.load_seq, a.commitment_id, a.kind, a.status,
           a.happened_on, a.first, a.supersedes
    FROM action a JOIN entry e ON e.seq = a.seq JOIN action_text x ON x.seq = a.seq
    WHERE a.seq > :seq ORDER BY a.seq
"""
#: What stands for the name of somebody of whom a court had it removed.
NAMELESS = "—"
#: Of what pact a row is: each has its number, then this.
pact_of = itemgetter(1)


def _versions_of(file: str, **other: str) -> str:
    """Every version of the rows of a file. `other`: columns that are read otherwise."""
    columns = {**columns_of(file), **other}
    return f"""
    SELECT t.seq, t.pact_id, e.recorded_at, e.load_seq, {", ".join(columns.values())}
    {rows_from(file)} JOIN entry e ON e.seq = t.seq WHERE t.seq > :seq ORDER BY t.seq
"""


SIGNATORIES = _versions_of("signatories", name=f"coalesce(x.name, '{NAMELESS}')")
MANDATES = _versions_of("mandates")
FACTS = {
    file: f"""
    SELECT t.seq, t.pact_id, e.recorded_at, e.load_seq, {", ".join(f"t.{one}" for one in names[4:])}
    FROM {SUBJECT_OF[file]} t JOIN entry e ON e.seq = t.seq WHERE t.seq > :seq ORDER BY t.seq
"""
    for file, names in FACT_COLUMNS.items()
}
AREAS = _versions_of("areas")
#: The versions that count, and when each came to; one that no file brought is looked at as well.
PACTS = f"""
    SELECT p.seq, p.pact_id, a.recorded_at, {PACT_COLUMNS}
    FROM pact p JOIN entry e ON e.seq = p.seq LEFT JOIN load l ON l.seq = e.load_seq {_FILE.joins}
    JOIN entry a ON a.seq = coalesce({_FILE.accepted_by}, e.seq)
    WHERE p.seq > :seq AND (l.seq IS NULL OR {_FILE.accepted}) ORDER BY p.seq
"""
#: What reading a row raises when it holds what no rule of ours lets in.
BAD = (ValueError, LookupError, TypeError, ArithmeticError, AttributeError, InvalidValue)
DATES, WHOLE = names_of(Type.DATE, Type.DAY), names_of(Type.WHOLE)
T = TypeVar("T")


def build_rows(rows: Sequence[tuple], make: Callable[[Sequence[tuple]], T]) -> T:
    """`make(rows)`, each of which begins with its seq. Raises DatabaseDamaged (`entry_damaged`) that
    names the first row in which there is a date, a code or a number that no rule of ours lets in."""
    try:
        return make(rows)
    except BAD as error:
        why = str(error) if isinstance(error, InvalidValue) else type(error).__name__
        while len(rows) > 1:
            half = rows[: len(rows) // 2]
            try:
                make(half)
                rows = rows[len(half) :]
            except BAD:
                rows = half
        raise DatabaseDamaged("entry_damaged", seq=rows[0][0], why=why) from error


def pacts(rows: Sequence[tuple]) -> list[tuple[int, Pact]]:
    return [
        (parse_moment(at), pact_from_row(pact_id, version)) for _, pact_id, at, *version in rows
    ]


def commitments(session: Session, most: int) -> list[tuple]:
    """Those after number `most`. They are numbered from 1 without a gap, whatever their pact."""
    every = "SELECT id, pact_id, signatory_id, measure_id FROM commitment WHERE"
    # With OR, SQLite would read every one of them.
    made = session.rows(f"{every} id > :id UNION ALL {every} id < 1 ORDER BY id", id=most)
    numbers = [number for number, *_ in made[:1] + made[-1:]]
    if made and numbers != [most + 1, most + len(made)]:
        raise DatabaseDamaged("commitments_damaged")
    return made


def count_plans(session: Session, since: int, before: Mapping[str, int]) -> Mapping[str, int]:
    """How many plans for samples each pact has, those `before` included, which end at seq `since`."""
    more = session.rows("SELECT pact_id FROM sample_plan WHERE seq > :seq", seq=since)
    return Counter(before) + Counter(pact_id for (pact_id,) in more)


@dataclass(frozen=True)
class Files:
    """When each file was accepted as a whole, and when it was taken back: microseconds by its seq;
    and when a version of a row was taken back alone, by the seq of that version."""

    accepted: dict[int | None, int]
    withdrawn: dict[int | None, int]
    retracted: dict[int, int]

    @classmethod
    def read(cls, session: Session) -> "Files":
        """What the operator loads is accepted as it is recorded."""
        accepted = session.rows(
            f"SELECT l.seq, e.recorded_at FROM load l {_FILE.joins} "
            f"JOIN entry e ON e.seq = {_FILE.accepted_by} WHERE {_FILE.accepted}"
        )
        withdrawn = session.rows(
            "SELECT w.load_seq, e.recorded_at FROM withdrawal w JOIN entry e ON e.seq = w.seq"
        )
        retracted: dict[int, int] = {}
        for seq, time in session.rows(VERSIONS):
            retracted[seq] = min(retracted.get(seq, NEVER), parse_moment(time))
        return cls(
            {seq: parse_moment(time) for seq, time in accepted},
            {seq: parse_moment(time) for seq, time in withdrawn},
            retracted,
        )

    def counts(self, load: int | None) -> bool:
        return load in self.accepted and load not in self.withdrawn

    def times(self, load: int | None) -> tuple[int, int]:
        """(accepted_at, withdrawn_at) of what a file brought."""
        return self.accepted.get(load, NEVER), self.withdrawn.get(load, NEVER)

    def times_of(
        self, seqs: Sequence[int], loads: Sequence[int | None]
    ) -> tuple[list[int], list[int]]:
        """The same of versions of rows, each of which may have been taken back alone."""
        times = {load: self.times(load) for load in set(loads)}
        accepted, withdrawn = ([times[load][which] for load in loads] for which in (0, 1))
        if self.retracted:
            alone = self.retracted
            pairs = zip(withdrawn, seqs, strict=True)
            withdrawn = [min(time, alone.get(seq, NEVER)) for time, seq in pairs]
        return accepted, withdrawn


def read_actions(session: Session, since: int, files: Files) -> dict[str, Actions]:
    """The new actions of each pact."""
    moments: dict[str, int] = {}

    def made(rows: Sequence[tuple]) -> Actions:
        seq, _, recorded, load, *rest = zip(*rows, strict=True)
        for time in set(recorded) - moments.keys():
            moments[time] = parse_moment(time)
        at = np.array(list(map(moments.__getitem__, recorded)))
        times = {one: files.times(one) for one in set(load)}
        accepted, withdrawn = zip(*map(times.__getitem__, load), strict=True)
        return Actions.of(seq, at, accepted, withdrawn, *rest)

    found: dict[str, list[Actions]] = {}
    for chunk in session.chunks(ACTIONS, seq=since):
        present = set(map(pact_of, chunk))
        for pact_id in present:
            rows = chunk if len(present) == 1 else [r for r in chunk if pact_of(r) == pact_id]
            found.setdefault(pact_id, []).append(build_rows(rows, made))
    return {pact_id: _joined(parts) for pact_id, parts in found.items()}


def _joined(parts: list[Actions]) -> Actions:
    return Actions(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in Actions.__slots__)
    )


def parse_moment(text: str) -> int:
    return microseconds_of(datetime.fromisoformat(text))


def table_from_rows(rows: Sequence[tuple], columns: Sequence[str]) -> pd.DataFrame:
    return _table(list(zip(*rows, strict=True)) or [()] * len(columns), columns)


def _table(values: Iterable[Sequence], columns: Sequence[str]) -> pd.DataFrame:
    named = zip(columns, values, strict=True)
    return pd.DataFrame({name: _column(name, column) for name, column in named}, copy=False)


def _column(name: str, values: Sequence):
    if name in ("seq", *TIMES):
        return np.array(values, dtype="int64")
    if name in MEASURED:
        return np.array(values, dtype="float64")
    if name in WHOLE:
        values = [value and plain_whole(value) for value in values]
    return text_column(values)


def versions(rows: Sequence[tuple], columns: Sequence[str], files: Files) -> pd.DataFrame:
    """Every version of the rows of a file, read as `_versions_of` says."""
    seqs, _, recorded, loads, *values = zip(*rows, strict=True)
    times = {time: parse_moment(time) for time in set(recorded)}
    at = list(map(times.__getitem__, recorded))
    own = dict(zip(columns, [seqs, at, *files.times_of(seqs, loads), *values], strict=True))
    for name in DATES & own.keys():  # the fold would meet them later, and could not say whose
        for text in {*own[name]} - {None}:
            dates.day_interval(text)
    return _table(own.values(), columns)
