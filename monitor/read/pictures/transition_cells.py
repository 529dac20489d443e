"""How many commitments went from where to where between two days."""

import pandas as pd

from monitor import charts
from monitor.i18n import day, number
from monitor.read.between_days import counts_in_words
from monitor.read.cache import per_view
from monitor.read.filters import STANDING
from monitor.read.pictures import Picture, always
from monitor.read.selection import View
from monitor.read.transitions import day_before, states_between, transition_table


def _title(view: View) -> str:
    return "transitions.title" if day_before(view) else "transitions.title_one"


def _drawing(view: View, asked: str, dark: bool) -> charts.Figure | None:
    since = day_before(view, asked)
    if since is None:
        return None
    table = transition_table(view, since)
    days = since, view.day
    return charts.transition_cells(
        table, states_between(), days, view.lang, dark, view.state.wording
    )


def _table(view: View, asked: str) -> pd.DataFrame:
    since = day_before(view, asked)
    return transition_table(view, view.day if since is None else since)


@per_view
def transitions_in_words(view: View, asked: str) -> str:
    """How many changed between the two days, and how; "" where there are no two, or nothing bound."""
    since = day_before(view, asked)
    if since is None:
        return ""
    table, lang = transition_table(view, since), view.lang
    whole = int(table["commitments"].sum())
    if not whole:
        return ""
    counts = table.groupby("change")["commitments"].sum().to_dict()
    same = int(counts.pop("", 0))
    return view.plural(
        "transitions.words",
        whole,
        since=day(since, lang),
        day=day(view.day, lang),
        same=number(same, lang),
        sums=counts_in_words(counts, lang) or number(0, lang),
    )


def _signs(view: View) -> str:
    """What each sign beside the table stands for, in its order: its colours say only how many."""
    since = day_before(view)
    table = transition_table(view, view.day if since is None else since)
    shown = {*table["before"], *table["after"]}
    return " · ".join(
        # The word joiner: a line may end after a dash, even before a space that does not break.
        f"{charts.status_sign(state)}\u2060 {view.text(f'status.{state}')}".replace(" ", "\u00a0")
        for state in states_between()
        if state in shown
    )


PICTURE = Picture(
    "changements",
    _title,
    "transitions.alt",
    _drawing,
    _table,
    own="depuis",
    own_words=lambda view, asked: day(day_before(view, asked) or view.day, view.lang),
    key=always("transitions.help"),
    names=_signs,
    sentence=transitions_in_words,
    ignores=STANDING,
)
