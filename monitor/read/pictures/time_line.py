"""Progress over time: all that ever bound, as steps."""

import pandas as pd

from monitor import charts
from monitor.i18n import day, join_items, number
from monitor.models import Status
from monitor.read import timeline
from monitor.read.filters import STANDING
from monitor.read.pictures import Picture
from monitor.read.selection import View
from monitor.shares import Share

#: What the sentence tells of by name, in this order; the other statuses together.
_TOLD = (
    Status.IMPLEMENTED,
    Status.PARTLY_IMPLEMENTED,
    Status.ABANDONED,
    Status.NO_EVIDENCE,
    Status.NOT_ASSESSED,
)


def _title(view: View) -> str:
    counted = charts.shows_counts(timeline.status_series(view))
    return "analyses.over_time_counts" if counted else "analyses.over_time"


def _drawing(view: View, _own: str, dark: bool) -> charts.Figure:
    return charts.status_timeline(timeline.status_series(view), view.lang, dark, view.state.wording)


def _table(view: View, _own: str) -> pd.DataFrame:
    series = timeline.status_series(view)
    return series.assign(day=series["day"].dt.strftime("%Y-%m-%d"))


def _key(view: View) -> str:
    """What each step comes from."""
    return "analyses.over_time_months" if timeline.is_by_months(view) else "analyses.over_time_help"


def states_in_words(view: View, _own: str) -> str:
    """What became, by the day, of all that has ever bound; "" where nothing has."""
    series, lang = timeline.status_series(view), view.lang
    last = series.iloc[-1]
    ended = sum(int(last[f"ended_{status}"]) for status in Status)
    whole = sum(int(last[status]) for status in Status) + ended
    if not whole:
        return ""
    counts = {f"status.{status}": int(last[status]) for status in _TOLD}
    others = {status: count for status in Status if status not in _TOLD and (count := last[status])}
    if others:
        name = f"status.{next(iter(others))}" if len(others) == 1 else "analyses.other_status"
        counts[name] = int(sum(others.values()))
    states = []
    for name, count in (counts | {"status.ended": ended}).items():
        share = Share(count, whole, int(last["officials"]))
        share_words = share.percent(lang) if share.enough else number(count, lang)
        states += [f"{view.text(name)} ({share_words})"] if count else []
    return view.plural(
        "analyses.over_time_words",
        whole,
        day=day(view.day, lang),
        states=join_items(states, lang),
    )


PICTURE = Picture(
    "evolution",
    _title,
    "analyses.over_time_alt",
    _drawing,
    _table,
    coloured=timeline.layers_in_series,
    key=_key,
    sentence=states_in_words,
    ignores=STANDING,
)
