"""The figures of a page as tables in words."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from monitor import charts
from monitor.i18n import number
from monitor.log import STATUSES
from monitor.models import Status
from monitor.read.labels import listed_title, status_label
from monitor.read.selection import View
from monitor.shares import share_of
from monitor.table_rows import IndicatorRow
from monitor.titles import number_title
from monitor.ui.page_run import t
from monitor.ui.sentences import rate_in_words

#: More measures than this are lines rather than columns, where statuses are fewer.
COLUMNS = 3
#: With more columns than this, each status is headed by its sign alone, which the legend above names.
WORDED = 8


def status_table(
    counts: pd.DataFrame,
    ever: pd.DataFrame,
    labels: Mapping[str, str],
    view: View,
    by: str = "measure",
    more: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Counts by status in words: one line per status that occurs, a column per measure; the other way
    round where these are too many for a page's width, and for themes (`by`): of many statuses, their
    signs alone. Behind each count on the day, that since the start (`ever`), unless all are the same.
    `more`: texts that come last."""
    same = counts.equals(ever)
    either = counts.to_numpy().any(axis=0) | ever.to_numpy().any(axis=0)
    present = [status for status, here in zip(Status, either.tolist(), strict=True) if here]
    words = [*(status_label(status, view.lang) for status in present), t("column.due")]
    on_the_day = _with_due(counts, present)
    since = on_the_day if same else _with_due(ever, present)
    cells = [
        [
            number(one, view.lang) + ("" if same else f" ({number(other, view.lang)})")
            for one, other in zip(*both, strict=True)
        ]
        for both in zip(on_the_day, since, strict=True)
    ]
    if more is not None:
        words.extend(more.columns)
        cells = [own + others for own, others in zip(cells, more.to_numpy().tolist(), strict=True)]
    if by != "measure" or len(counts) > max(COLUMNS, len(words)):
        names = [
            listed_title(view, code) if by == "measure" else labels[code] for code in counts.index
        ]
        first = group_heading(by) if same else t(f"column.{by}_both")
        if len(words) > WORDED:
            words[: len(present)] = [charts.SIGNS[status] for status in present]
        return pd.DataFrame(
            {first: names, **dict(zip(words, zip(*cells, strict=True), strict=True))}
        )
    first = t("filter.status") if same else t("column.status_both")
    table = {first: words}
    for code, values in zip(counts.index, cells, strict=True):
        table[number_title(code, labels.get(code, code))] = values
    return pd.DataFrame(table)


def _with_due(counts: pd.DataFrame, present: Sequence[Status]) -> list[list[int]]:
    """By measure: the count of each of the statuses, then what is due."""
    table = counts.to_numpy()
    due = table.sum(axis=1) - table[:, STATUSES[Status.NOT_APPLICABLE]]
    return np.column_stack([table[:, [STATUSES[status] for status in present]], due]).tolist()


def group_heading(group: str) -> str:
    """The kind of a grouping as the head of a column: « Région »."""
    word = t(f"group_by.{group}")
    return word[:1].upper() + word[1:]


def knowledge_table(
    rows: Sequence[IndicatorRow], labels: Mapping[str, str], heading: str, view: View
) -> pd.DataFrame:
    """What is due, and the five parts of it that `charts.knowledge_bars` draws, as numbers."""
    lines = [
        (
            labels.get(row.group, row.group),
            *(number(n, view.lang) for n in (row.due, *charts.effort_parts(row).values())),
        )
        for row in rows
    ]
    names = ("due", *(f"known_{part}" for part in charts.PARTS))
    return pd.DataFrame(lines, columns=[heading, *(t(f"column.{name}") for name in names)])


def indicator_table(
    rows: Sequence[IndicatorRow], labels: Mapping[str, str], heading: str, view: View
) -> pd.DataFrame:
    """Indicators in words, both wholes and the effort. Of too few: counts, and no percentage; where
    nothing is due on the day, « – »."""
    lang = view.lang
    lines = []
    for row in rows:
        coverage, rate = share_of(row, "coverage"), share_of(row, "rate")
        low, high = share_of(row, "rate_low"), share_of(row, "rate_high")
        covered = f" ({coverage.percent(lang)})" if coverage.enough else ""
        ever = {
            name: number(getattr(row, f"{name}_ever"), lang)
            for name in ("due", "assessed", "implemented", "partly")
        }
        lines.append(
            (
                labels.get(row.group, row.group),
                f"{number(row.assessed, lang)} / {number(row.due, lang)}{covered}",
                f"{number(row.implemented, lang)} ({number(row.partly, lang)})",
                t("column.bounds_of", low=low.in_words(lang), high=high.in_words(lang))
                if row.due
                else "–",
                rate_in_words(rate, lang) if row.assessed else "–",
                charts.assessment_effort(row, lang) if row.due else "–",
                t("column.ever_of", **ever),
            )
        )
    names = ("assessed", "implemented", "bounds", "rate", "effort", "ever")
    return pd.DataFrame(lines, columns=[heading, *(t(f"column.{name}") for name in names)])
