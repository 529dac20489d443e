"""What is known of each group: implemented, read and not implemented, not known."""

import pandas as pd

from monitor import charts, tables
from monitor.i18n import number, plural, text
from monitor.models import GroupBy
from monitor.read import chart_data
from monitor.read.filters import STANDING
from monitor.read.pictures import Picture, always, say_with
from monitor.read.selection import View
from monitor.shares import Share

GROUPS = tuple(group.value for group in GroupBy if group is not GroupBy.COMMUNE)


def _drawing(view: View, by: str, dark: bool) -> charts.Figure:
    shown = chart_data.indicators_in_bars(view, by)
    return charts.knowledge_bars(shown, chart_data.group_labels(view, by), view.lang, dark)


def _table(view: View, by: str) -> pd.DataFrame:
    """With the parts of a bar that are no columns of it: read and not implemented, never looked at."""
    table = tables.published_indicators(chart_data.indicators_by_group(view, by), by)
    known = table["implemented"] + table["no_evidence"] + table["stale"]
    place = table.columns.get_loc("implemented") + 1
    table.insert(place, "read", table["assessed"] - known)
    table.insert(place + 1, "never", table["due"] - table["assessed"])
    return table


def known_in_words(view: View) -> str:
    """What the bars come to, in all."""
    row, lang = chart_data.total_indicators(view), view.lang
    if not row.due:
        return ""
    counts = charts.effort_parts(row)
    done, read = counts["implemented"], counts["read"]

    def share_words(part: int, key: str) -> str:
        bound = "low" if key == "analyses.known_least" else ""
        share = Share(part, int(row.due), int(row.officials), bound)
        if part in (0, share.base):  # at least nothing, or at least all
            key = "analyses.known_share"
        return text(key, lang, share=share.percent(lang)) if share.enough else ""

    return plural(
        "analyses.known",
        int(row.due),
        lang,
        done=number(done, lang),
        read=number(read, lang),
        unknown=number(int(row.due) - done - read, lang),
        least=share_words(done, "analyses.known_least"),
        not_done=share_words(read, "analyses.known_share"),
        not_known=share_words(int(row.due) - done - read, "analyses.known_share"),
    )


PICTURE = Picture(
    "intervalles",
    always("analyses.groups"),
    "analyses.groups_alt",
    _drawing,
    _table,
    own="par",
    choices=GROUPS,
    own_words=say_with("group_by"),
    key=always("analyses.groups_help"),
    sentence=lambda view, own: known_in_words(view),
    ignores=STANDING,
)
