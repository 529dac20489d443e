"""The fold and its slow twin, on one commitment or on whole logs, as plain rows."""

from datetime import date, datetime, timedelta
from random import Random

import pandas as pd
import pytest

from monitor import status
from monitor.dates import date_interval
from tests.support import slow_fold
from tests.support.random_logs import World, log_of, mandate, signatory

COLUMNS = (
    "signatory_id",
    "measure",
    "office",
    "binding",
    "due_on",
    "status",
    "since",
    "said_by",
    "verdict",
    "lateness",
    "actions",
    "last_on",
    "ever_bound",
    "left",
    "withdrawn",
    "commune_name",
    "department_code",
    "size",
)
PEOPLE = ("signatory_id", "signed", "withdrawn", "elected", "in_office", "office")
DAYS = [date(2014, 4, 4), date(2015, 12, 31), date(2016, 4, 5), date(2018, 6, 1), date(2020, 7, 5)]


def fast(world: World, as_of: date, known_at: datetime | None = None) -> list[dict]:
    return rows_of(status.fold(status.what_is_known(log_of(world), known_at), as_of))


def rows_of(table: pd.DataFrame, names=COLUMNS) -> list[dict]:
    """Rows in plain Python: dates, and None where there is nothing."""
    columns = []
    for name in names:
        if table[name].dtype.kind == "M":
            columns.append(table[name].to_numpy().astype("datetime64[D]").tolist())
        else:
            columns.append([None if cell != cell else cell for cell in table[name].tolist()])
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


BOTH = pytest.mark.parametrize("fold", [fast, slow_fold.fold], ids=["fast", "slow"])


def world(*actions: dict, person: dict | None = None, mandates=None) -> World:
    own = person or signatory(1)
    held = (
        mandates
        if mandates is not None
        else (mandate(2, ended_on="2020-07-03", end_reason="term_end"),)
    )
    return World(signatories=(own,), mandates=tuple(held), actions=actions)


def one(fold, log: World, as_of: date = date(2020, 7, 5), known_at=None) -> dict:
    """The first commitment."""
    return fold(log, as_of, known_at)[0]


def moments_of(log: World, rng: Random) -> list[datetime | None]:
    """Now, and two of the very times at which something was recorded, accepted or taken back."""
    rows = (*log.signatories, *log.mandates, *log.actions, *log.areas)
    times = {row[name] for row in rows for name in ("recorded_at", "accepted_at", "withdrawn_at")}
    times = sorted({*times, *(at for at, _ in log.later)} - {None})
    return [None, *rng.sample(times, min(2, len(times)))]


def days_of(log: World, rng: Random) -> list[date]:
    """Two of DAYS, and two of those on which somebody takes or leaves office, and the days after."""
    edges = [date_interval(row["started_on"])[0] for row in log.mandates]
    edges += [date_interval(row["ended_on"])[1] for row in log.mandates if row["ended_on"]]
    edges += [day + timedelta(days=1) for day in edges] + DAYS
    return [*rng.sample(DAYS, 2), *rng.sample(edges, 2)]
