"""The tables of a view with what they are a view of, as CSV and as JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

import numpy as np
import pandas as pd

from monitor import indicators, queries, status, tables
from monitor.export.licences import licence_in_words
from monitor.log import Log
from monitor.models import GroupBy
from monitor.schema import OPEN, fields_of
from monitor.snapshot import Snapshot
from monitor.status import KnownPact
from monitor.store import Session

#: What details.csv says in words of a commitment alone.
DETAILS = tuple(field.name for field in fields_of("details") if field.text)
#: What the figures are grouped by and counted from, beside what stands before.
FOR_FIGURES = (
    "theme",
    "population",
    "size",
    "ever_bound",
    "status_ever",
    "office_ever",
    "left",
    "stale",
)
#: The columns of commitments.csv: the contract's, then where and whom, the official's last reply,
#: DETAILS, and FOR_FIGURES.
COMMITMENTS = (
    *tables.STATUS_COLUMNS,
    "commune_name",
    "department_code",
    "department",
    "region_code",
    "region",
    "outcome",
    "office",
    "binding",
    "due_on",
    "last_on",
    "kind",
    "withdrawn_on",
    "reply_on",
    "reply",
    *DETAILS,
    *FOR_FIGURES,
)
#: The columns of the open actions.csv, then what the log adds.
ACTIONS = (*OPEN["actions"], "seq", "recorded_at", "version", "stands", "reply_on", "reply")


def view_description(
    snapshot: Snapshot,
    log: Log,
    day: date,
    known_at: datetime | None,
    filters: Mapping[str, str],
    lang: str,
) -> dict:
    """What a table is a view of: it goes with every download. Of a pact without a licence, it says so in
    the language."""
    return {
        "pact": log.pact.id,
        "fictional": log.pact.fictional,
        "filters": " ".join(f"{name}={value}" for name, value in filters.items()) or None,
        "as_of": day.isoformat(),
        "known_at": known_at.isoformat() if known_at else None,
        "log_head": snapshot.head,
        "licence": log.pact.licence or licence_in_words(None, lang),
    }


def reply_columns(session: Session, log: Log, last: pd.DataFrame) -> pd.DataFrame:
    """The replies of `last` (`status.last_replies`): reply_on, reply (text, None if a court had it
    removed); index = the row of the commitment in `fold`."""
    texts = queries.published_actions(
        session, last["seq"].to_list(), int(log.actions.seq.max(initial=0))
    )
    texts = texts.set_index(texts["seq"].astype("int64"))
    return pd.DataFrame(
        {
            "reply_on": texts["happened_on"].reindex(last["seq"]).to_numpy(),
            "reply": texts["summary"].reindex(last["seq"]).to_numpy(),
        },
        index=last["row"],
        dtype=object,
    )


def detail_columns(
    session: Session, details: pd.DataFrame, commitments: pd.DataFrame
) -> pd.DataFrame:
    """DETAILS of those of some commitments (rows of `fold`) that `details` (of `Roll`) is about; index =
    the row of the commitment."""
    own, of = (
        pd.MultiIndex.from_frame(table[["signatory_id", "measure"]].astype("str"))
        for table in (details, commitments)
    )
    place = of.get_indexer(own) if len(details) else np.empty(0, dtype=np.int64)
    seqs = details["seq"][place >= 0].tolist()
    rows = [
        [getattr(row, name) for name in DETAILS]
        for row in queries.rows_at(session, "details", seqs)
    ]
    index = commitments.index[place[place >= 0]]
    return pd.DataFrame(rows, index=index, columns=list(DETAILS), dtype=object)


def commitment_table(
    table: pd.DataFrame, replied: pd.DataFrame, details: pd.DataFrame
) -> pd.DataFrame:
    """COMMITMENTS of rows of `fold`: `replied` (`reply_columns`) is the last reply of the official,
    `details` (`detail_columns`) what is said of each alone; None = empty."""
    words = pd.concat([part.reindex(table.index) for part in (replied, details)], axis=1)
    extra = table[[name for name in COMMITMENTS if name in table]].copy()
    for name in ("due_on", "last_on"):
        extra[name] = extra[name].dt.strftime("%Y-%m-%d")
    found = extra.join(words).drop(columns=list(tables.STATUS_COLUMNS))
    found = found.astype(object).where(found.notna() & (found != ""), None)
    return pd.concat([tables.published_status(table), found], axis=1)[list(COMMITMENTS)]


def signed_areas(known: KnownPact, codes: pd.Series) -> pd.DataFrame:
    """The columns of areas.csv of the places with these codes, each once: under its code where nobody
    knows it."""
    found = known.areas.reindex(pd.Index(pd.unique(codes.astype("str")), name="code"))
    found = found.reset_index().reindex(columns=list(OPEN["areas"]))
    found["name"] = found["name"].fillna(found["code"])
    return found


def action_table(
    session: Session,
    seqs: Sequence[int] | np.ndarray,
    standing: np.ndarray,
    until: int,
    replied: pd.DataFrame,
) -> pd.DataFrame:
    """Columns ACTIONS of the accepted entries among `seqs`; `stands`: whether it still counts;
    `reply_on`, `reply`: the last reply about the same commitment.

    `replied`: signatory_id, measure, reply_on, reply of the commitments that have one.
    """
    table = queries.published_actions(session, seqs, until)
    table["stands"] = np.isin(table["seq"].astype("int64"), standing)
    table = table.merge(replied.astype(object), on=["signatory_id", "measure"], how="left")
    return table[list(ACTIONS)].astype(object).where(table[list(ACTIONS)].notna(), None)


def indicators_of(
    table: pd.DataFrame, by: GroupBy | Sequence[GroupBy] | None = None
) -> pd.DataFrame:
    """The contract's columns of `indicators`, by one grouping or more, or in all."""
    return tables.published_indicators(indicators.indicator_table(table, by), by)


def address_table(session: Session, log: Log) -> list[str]:
    """The different addresses of sources and archived copies that the public, standing entries of a
    pact rest on, in the order of the log; then those of their further sources, and of the answers."""
    known = status.what_is_known(log)
    entries = np.sort(known.everything.seq).tolist()
    named = known.sources["action_id"].isin(queries.action_ids(session, entries))
    others = [*known.sources["seq"][named], *known.answers["seq"]]
    return queries.source_addresses(session, entries + others)


def to_csv(table: pd.DataFrame, view: Mapping) -> bytes:
    """Safe CSV with a mark for Excel; the view stands in the last columns of every row."""
    return b"".join(csv_parts([table], view))


def to_json(table: pd.DataFrame, view: Mapping) -> bytes:
    """The exact values under `rows`, a row a line, the view beside them."""
    return b"".join(json_parts([table], view))


def csv_parts(parts: Iterable[pd.DataFrame], view: Mapping, **written: str) -> Iterator[bytes]:
    """`to_csv` of a table that comes in parts, a piece for each of them. `written`: how, as
    `tables.to_csv` takes it."""
    for number, part in enumerate(parts):
        text = tables.to_csv(part.assign(**view), header=not number, **written)
        yield (text if number else f"\ufeff{text}").encode()


def json_parts(parts: Iterable[pd.DataFrame], view: Mapping) -> Iterator[bytes]:
    """`to_json` of a table that comes in parts, a piece for each of them."""
    before = json.dumps({**view, "rows": []}, ensure_ascii=False).removesuffix("]}") + "\n"
    for part in parts:
        lines = part.to_json(orient="records", lines=True, date_format="iso", force_ascii=False)
        # Each slash has its own backslash before it, which JSON does not ask for.
        rows = lines.replace("\\/", "/").strip("\n").replace("\n", ",\n")
        if rows:
            yield (before + rows).encode()
            before = ",\n"
    yield (before if before != ",\n" else "").encode() + b"\n]}\n"
