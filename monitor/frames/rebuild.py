"""From published tables back to the log that they say, to count anew from it."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from monitor.frames.errors import CannotAnswer
from monitor.frames.types import typed_table
from monitor.intake import read_pact
from monitor.log import (
    AREA_COLUMNS,
    FACT_COLUMNS,
    MANDATE_COLUMNS,
    MEASURED,
    NEVER,
    NO_ACTIONS,
    SIGNATORY_COLUMNS,
    TIMES,
    Actions,
    Log,
    microseconds_of,
)
from monitor.pacts import Pact
from monitor.read.query import read_moment
from monitor.schema import OPEN
from monitor.snapshot.rows import table_from_rows

#: By the name of a published table, its rows: objects, None = empty.
Tables = Callable[[str], pd.DataFrame]


def rebuild_log(pact: Pact, tables: Tables) -> Log:
    """The log of one time: the versions that counted then, and the entries that stood, each in its
    place and from its own day. What was superseded, refused or withdrawn is not there."""
    entries = typed_table(tables("entries"), "entries").sort_values("place")
    pairs = entries[["signatory_id", "measure"]].drop_duplicates(ignore_index=True)
    pairs.index = pd.RangeIndex(1, len(pairs) + 1, name="id")
    return Log(
        pacts=((0, pact),),
        signatories=_versions(tables("signatories"), SIGNATORY_COLUMNS),
        mandates=_versions(tables("mandates"), MANDATE_COLUMNS),
        **{file: _versions(tables(file), names) for file, names in FACT_COLUMNS.items()},
        commitments=pairs.astype("str"),
        actions=_actions(entries, pairs),
        areas=_areas(tables("signed_areas")),
        area_versions=table_from_rows([], AREA_COLUMNS),
    )


def parse_pact(content: bytes) -> Pact:
    """The pact of a pact.toml. Raises CannotAnswer (`frames_pact`)."""
    pact, errors = read_pact(content)
    if pact is None:
        raise CannotAnswer("frames_pact", why=errors[0].code)
    return pact


def _versions(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Rows of a file as versions that have counted since the beginning."""
    times = [0 if name != "withdrawn_at" else NEVER for name in TIMES]
    values = table[list(columns[1 + len(TIMES) :])].to_numpy(dtype=object).tolist()
    return table_from_rows([(seq, *times, *row) for seq, row in enumerate(values, 1)], columns)


def _actions(entries: pd.DataFrame, pairs: pd.DataFrame) -> Actions:
    if not len(entries):
        return NO_ACTIONS
    place = list(range(1, len(entries) + 1))
    number = pd.MultiIndex.from_frame(pairs).get_indexer(
        pd.MultiIndex.from_frame(entries[["signatory_id", "measure"]])
    )
    moments = {
        time: microseconds_of(read_moment(time)) for time in entries["first_recorded_at"].unique()
    }
    return Actions.of(
        seq=place,
        recorded_at=entries["first_recorded_at"].map(moments).to_numpy(dtype=np.int64),
        accepted_at=[0] * len(place),
        withdrawn_at=[NEVER] * len(place),
        commitment=number + 1,
        kind=entries["kind"].tolist(),
        status=entries["status"].astype(object).where(entries["status"].notna(), None).tolist(),
        happened_on=entries["happened_on"].tolist(),
        first=place,
        supersedes=[None] * len(place),
    )


def _areas(table: pd.DataFrame) -> pd.DataFrame:
    types = {name: "float64" if name in MEASURED else "str" for name in OPEN["areas"]}
    found = table[list(types)]
    return found.where(found.notna(), None).astype(types).set_index("code")
