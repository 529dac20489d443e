"""The tables that leave the app, as the contract names their columns, and their safe CSV form."""

import csv
import io
from collections.abc import Sequence

import pandas as pd

from monitor.shares import SHARES, is_enough

STATUS_COLUMNS = (
    "signatory_id",
    "name",
    "commune",
    "measure",
    "status",
    "since",
    "verdict",
    "lateness",
    "actions",
)
INDICATOR_COLUMNS = (
    "due",
    "assessed",
    "coverage",
    "implemented",
    "partly",
    "rate",
    "rate_low",
    "rate_high",
    "no_evidence",
    "stale",
    "officials",
    "officials_assessed",
    "entries_per_assessed",
    "months_since_entry",
    "due_ever",
    "assessed_ever",
    "implemented_ever",
    "partly_ever",
)
#: Of these, what is neither a number of commitments nor a share, to TENTHS decimals.
EFFORT = ("entries_per_assessed", "months_since_entry")
TENTHS = 1
#: A spreadsheet runs a cell that begins with one of these (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: Decimals of a published share: 0.0001 is one commitment in ten thousand.
SHARE_DIGITS = 4


def published_status(commitments: pd.DataFrame) -> pd.DataFrame:
    """One line per commitment: STATUS_COLUMNS, dates as ISO texts, None = empty."""
    table = commitments[list(STATUS_COLUMNS)].copy()
    table["since"] = table["since"].dt.strftime("%Y-%m-%d")
    return table.astype({name: object for name in STATUS_COLUMNS if name != "actions"}).where(
        table.notna(), None
    )


def published_indicators(table: pd.DataFrame, by: str | Sequence[str] | None) -> pd.DataFrame:
    """`indicators.indicator_table` with each group by its own name, shares to SHARE_DIGITS decimals."""
    names = [str(by)] if isinstance(by, str) else [*map(str, by or ())]
    if len(names) == 1:
        table = table.rename(columns={"group": names[0]})
    return round_shares(table)[[*names, *INDICATOR_COLUMNS]]


def round_shares(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its shares to SHARE_DIGITS decimals, and EFFORT to TENTHS."""
    digits = {**dict.fromkeys(SHARES, SHARE_DIGITS), **dict.fromkeys(EFFORT, TENTHS)}
    return table.round({name: count for name, count in digits.items() if name in table})


#: Columns of whole numbers that are kept as floats, for the rows that have none.
COUNTED = frozenset({"population"})


def whole_cell(cell: str) -> str:
    """A whole number that was kept as a float, without its decimal."""
    return cell.removesuffix(".0")


def to_csv(
    table: pd.DataFrame, *, header: bool = True, delimiter: str = ",", decimal: str = "."
) -> str:
    """RFC 4180, every cell quoted; a text that a spreadsheet would run gets a `'` before it.
    `decimal`: the mark in numbers."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, delimiter=delimiter)
    if header:
        writer.writerow(table.columns)
    filled = table.astype(object).where(table.notna(), None)
    columns = []
    for name in filled:
        cells = list(map(safe_cell, filled[name].tolist()))
        if name in COUNTED:
            cells = list(map(whole_cell, cells))
        elif pd.api.types.is_float_dtype(table[name]):
            cells = [cell.replace(".", decimal) for cell in cells]
        columns.append(cells)
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()


def too_few_cells(table: pd.DataFrame, column: str) -> pd.Series:
    """Which cells of a column are shares of too few for a percentage: people are shown the counts
    beside them; programs, whose files name every denominator, get the numbers."""
    _, base, officials = SHARES.get(column, ("",) * 3)
    if base not in table:
        return pd.Series(False, table.index)
    return ~is_enough(table[base], table[officials]) & table[column].notna()


def to_text(table: pd.DataFrame) -> str:
    """Aligned columns for a terminal; « – » instead of a share of too few."""
    shown = table.astype(object).where(table.notna(), "")
    for name in SHARES:
        if name in shown:
            shown[name] = shown[name].mask(too_few_cells(table, name), "–")
    return shown.to_string(index=False, justify="left") if len(shown) else " ".join(table.columns)


def safe_cell(value) -> str:
    """A cell as text, that no spreadsheet runs."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return str(value)
