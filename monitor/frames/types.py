"""Published tables with the types that the dictionary of exports gives their columns."""

import pandas as pd

from monitor.export.fields import TABLES

#: How programs and files write a truth value.
_TRUE = {"True": True, "False": False, True: True, False: False}


def typed_table(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    """The columns of one of `fields.TABLES`, in its order: int64, float64, bool, datetime64[s], a
    category where the vocabulary says what it may hold, else str."""
    return pd.DataFrame(
        {field.name: _typed(rows[field.name], field.type, field.values) for field in TABLES[table]}
    ).reset_index(drop=True)


def _typed(cells: pd.Series, kind: str, values: tuple[str, ...]) -> pd.Series:
    if kind == "integer":
        return cells.astype("int64")
    if kind == "number":
        return cells.astype("float64")
    if kind == "boolean":
        return cells.map(_TRUE).astype("bool")
    if kind == "date":
        return pd.to_datetime(cells).astype("datetime64[s]")
    if values:
        return cells.astype(pd.CategoricalDtype([*values]))
    return cells.astype("str")
