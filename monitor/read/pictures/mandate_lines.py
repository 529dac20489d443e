"""The time in office of one official, on a line."""

import pandas as pd

from monitor import charts
from monitor.read.filters import FILTERS
from monitor.read.mandates import Mandate
from monitor.read.pictures import Picture, always
from monitor.read.selection import View


def _drawing(view: View, signatory_id: str, dark: bool) -> charts.Figure | None:
    """None without a mandate that had begun."""
    own = _mandates(view, signatory_id)
    if own.empty:
        return None
    own = own.assign(label=[view.office(code) for code in own["office"]])
    return charts.mandate_lines(own, view.term, view.day, view.lang, dark)


def _table(view: View, signatory_id: str) -> pd.DataFrame:
    return _mandates(view, signatory_id).drop(columns=["start", "end", "ends_later"])


def _mandates(view: View, signatory_id: str) -> pd.DataFrame:
    own = view.day_state.mandates_of(signatory_id)
    return pd.DataFrame(own, columns=list(Mandate._fields), dtype=object)


def _who(view: View, signatory_id: str) -> str:
    """« Gérard Collomb (Lyon) »: a picture is seen without the page of its city."""
    people = view.everybody
    found = people.loc[people["signatory_id"] == signatory_id, ["name", "commune_name"]]
    return "".join(f"{name} ({place})" for name, place in found.astype("str").to_numpy())


PICTURE = Picture(
    "mandats",
    always("chart.mandates"),
    "chart.mandates_alt",
    _drawing,
    _table,
    own="signataire",
    own_words=_who,
    ignores=tuple(FILTERS),
)
