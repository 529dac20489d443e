"""What the charts and tables of a view are made from, the same wherever they are shown."""

from collections import Counter
from collections.abc import Sequence, Sized

import numpy as np
import pandas as pd

from monitor import charts, indicators
from monitor.i18n import text
from monitor.models import GroupBy, Status
from monitor.read.cache import per_filter, per_roll, per_view
from monitor.read.day_state import DayState
from monitor.read.filters import FILTERS, STANDING
from monitor.read.selection import View, rows_matching
from monitor.table_rows import IndicatorRow
from monitor.titles import number_title

#: Groups that a chart of groups shows, the largest; and of the measures of a pact that has too many of
#: them for a page, whose titles take lines.
LARGEST, LARGEST_MEASURES = 24, 12
#: More officials than this are shown by groups, or lines of names and of cells where the measures of
#: each stand in lines.
READABLE, LINES = 60, 200
#: The same of lines of cells with words.
WORDED_LINES = 100
#: Lines of the names beside columns that a page has room for.
NAMES = 150
#: Fewer departments than this make no map.
ENOUGH = 10


@per_filter
def count_statuses(view: View) -> pd.DataFrame:
    """`indicators.count_by_status` by measure."""
    return indicators.count_by_status(view.commitments, GroupBy.MEASURE)


@per_filter
def count_statuses_ever(view: View) -> pd.DataFrame:
    """`indicators.count_by_status` by measure of all that has ever bound by the day, with the
    measures of `count_statuses`: a filter by status is about that with which each last bound."""
    table = view.commitments_for_figures
    if last := view.last_columns(*STANDING):
        table = table.take(rows_matching(table, last))
    counts, shown = (
        indicators.count_by_status(table, GroupBy.MEASURE, ever=True),
        count_statuses(view).index,
    )
    return counts if counts.index.equals(shown) else counts.reindex(shown, fill_value=0)


@per_filter
def count_theme_statuses(view: View) -> pd.DataFrame | None:
    """`indicators.count_by_status` by theme; None where themes would tell no more than all
    measures together, or each of them, or are too many for a bar each."""
    counts = count_statuses(view)
    themes = _by_theme(view, counts)
    is_drawn = 1 < len(themes) < len(counts) and not charts.too_many_measures(themes.index)
    return themes if is_drawn else None


def count_theme_statuses_ever(view: View) -> pd.DataFrame:
    """The same of all that has ever bound by the day."""
    return _by_theme(view, count_statuses_ever(view))


def _by_theme(view: View, counts: pd.DataFrame) -> pd.DataFrame:
    themes = {measure.id: measure.theme or "" for measure in view.pact.measures}
    return counts.groupby([themes[measure] for measure in counts.index], sort=False).sum()


@per_filter
def indicators_by_department(view: View) -> pd.DataFrame:
    """`indicators.indicator_table` of the departments where something has ever been due, whatever the
    filter by status."""
    table = indicators.indicator_table(view.commitments_for_figures, GroupBy.DEPARTMENT)
    return table[table["due_ever"] > 0]


@per_filter
def makes_a_map(view: View) -> bool:
    """Whether the departments of a pact are enough for a map. `view`: one without filters."""
    if not view.in_departments:
        return False
    table = indicators_by_department(view)
    return int((table["group"].isin(charts.DRAWN) & (table["due"] > 0)).sum()) >= ENOUGH


@per_filter
def commitments_in_matrix(view: View) -> pd.DataFrame:
    """The commitments that bind; with a filter by status or lateness, all those of the officials of whom
    one at least is as they ask."""
    bound = view.of_every_status.bound
    if not view.filters.keys() & set(STANDING):
        return bound
    return bound[bound["signatory_id"].isin(view.bound["signatory_id"])]


@per_filter
def fits_a_matrix(view: View) -> bool:
    """Whether the officials, and the measures of each, are few enough for a chart of all, and their
    names short enough."""
    shown, titles = commitments_in_matrix(view), view.kept_titles
    own = np.bincount(shown["signatory_id"].array.codes)
    if not fits_lines(own[own > 0].tolist(), titles):
        return False
    people = shown.drop_duplicates("signatory_id")
    return charts.too_many_measures(titles) or charts.count_name_lines(people, titles) <= NAMES


def fits_lines(own: Sequence[int], titles: Sized, most: int = LINES) -> bool:
    """Whether people with so many cells each are few enough to be read one by one; `most`: lines of
    names and of cells."""
    if len(own) > READABLE or not charts.too_many_measures(titles):
        return len(own) <= READABLE
    return sum(4 + charts.count_lines(count) for count in own) <= most


@per_view
def absence_in_words(view: View) -> str:
    """What the places of the matrix without a commitment are, in words: measures not signed, or signed
    and not binding that day. "" where there is none."""
    shown, measures = commitments_in_matrix(view), view.kept_titles
    if charts.too_many_measures(measures) or not fits_a_matrix(view):
        return ""
    people, rows = shown["signatory_id"].unique(), view.everything
    signed = int((rows["signatory_id"].isin(people) & rows["measure"].isin(list(measures))).sum())
    message = {
        (True, False): "measures.not_signed",
        (False, True): "chart.not_binding",
        (True, True): "measures.not_signed_or_bound",
    }.get((len(people) * len(measures) > signed, signed > len(shown)))
    return text(message, view.lang) if message else ""


@per_filter
def matrix_by_city(view: View) -> pd.DataFrame:
    """`commitments_in_matrix` in the order of cities, then of names."""
    shown = commitments_in_matrix(view)
    by_name = sort_keys(view, shown, "name"), sort_keys(view, shown, "commune_name")
    return shown.take(np.lexsort(by_name))


def search_keys(view: View, people: pd.DataFrame, column: str) -> np.ndarray:
    """The search keys of names or of cities."""
    keys = view.state.search_keys(column)
    return keys[people[column].array.codes]


def sort_keys(view: View, people: pd.DataFrame, column: str) -> np.ndarray:
    """What lists of names, or of cities, are sorted by: a number for each of the people."""
    ranks = view.state.sort_ranks(column)
    return ranks[people[column].array.codes]


def most_bars(view: View, by: str) -> int:
    """How many groups a chart of one line a group shows at most."""
    many = by == GroupBy.MEASURE and charts.too_many_measures(view.titles)
    return LARGEST_MEASURES if many else LARGEST


def most_groups(view: View) -> int:
    """How many groups a chart of groups and measures shows at most."""
    if not charts.fills_several_lines(view.kept_titles):
        return LARGEST
    return max(1, min(LARGEST, WORDED_LINES // (2 + charts.count_lines(len(view.kept_titles)))))


def has_several_groups(view: View, by: str) -> bool:
    """Whether the commitments of the pact are not all in one group."""
    return _has_several_groups(view.day_state, by)


@per_roll
def _has_several_groups(day_state: DayState, by: str) -> bool:
    return day_state.commitments[indicators.GROUP_COLUMNS[GroupBy(by)]].nunique() > 1


@per_view
def indicators_by_group_and_measure(view: View, by: str) -> pd.DataFrame:
    """`indicators.indicator_table` by [by, "measure"], whatever the filter by status, in the order of
    `group_labels`."""
    return _in_order(view, by, _by_group_and_measure(view, by), by)


@per_filter
def _by_group_and_measure(view: View, by: str) -> pd.DataFrame:
    return indicators.indicator_table(view.commitments_for_figures, [GroupBy(by), GroupBy.MEASURE])


@per_view
def indicators_by_two(view: View, by: str, then: str) -> pd.DataFrame:
    """`indicators.indicator_table` by [by, then], whatever the filter by status, where anything has ever
    been due, in the order of both `group_labels`."""
    groups = [GroupBy(by), GroupBy(then)]
    table = indicators.indicator_table(view.commitments_for_figures, groups)
    table = table[table["due_ever"] > 0]
    places = []
    for column in (then, by):
        order = {code: place for place, code in enumerate(group_labels(view, column))}
        places.append([order.get(code, len(order)) for code in table[column].to_list()])
    return table.take(np.lexsort(places)).reset_index(drop=True)


def indicators_in_bars(view: View, by: str) -> pd.DataFrame:
    """Of `indicators_by_group`, the groups that a chart of one line a group shows."""
    table = indicators_by_group(view, by)
    return table[table["group"].isin(largest_groups(table, "group", most_bars(view, by)))]


def largest_groups(table: pd.DataFrame, by: str, most: int) -> list[str]:
    """The largest groups of a table of indicators, by what is due in them, as many at most."""
    due = Counter()
    for group, count in zip(table[by].to_list(), table["due"].to_list(), strict=True):
        due[group] += count
    return [group for group, count in due.most_common(most) if count]


@per_filter
def total_indicators(view: View) -> IndicatorRow:
    """`indicators.indicator_table` in all, whatever the filter by status: its one row."""
    (row,) = indicators.indicator_rows(view.commitments_for_figures)
    return row


@per_view
def indicators_by_group(view: View, by: str) -> pd.DataFrame:
    """`indicators.indicator_table` by one grouping, whatever the filter by status, in the order of
    `group_labels`."""
    return _in_order(view, by, _by_group(view, by), "group")


def _in_order(view: View, by: str, table: pd.DataFrame, column: str) -> pd.DataFrame:
    order = {code: place for place, code in enumerate(group_labels(view, by))}
    places = [order.get(code, len(order)) for code in table[column].to_list()]
    return table.take(np.argsort(places, kind="stable")).reset_index(drop=True)


@per_filter
def _by_group(view: View, by: str) -> pd.DataFrame:
    return indicators.indicator_table(view.commitments_for_figures, GroupBy(by))


def efforts_in_words(view: View, by: str, short: bool = False) -> dict[str, str]:
    """Code of a group -> how closely what is assessed of it was looked at: it stands beside every
    comparison; `short`: where a chart explains it."""
    rows = _rows_by_group(view, by)
    return {row.group: charts.assessment_effort(row, view.lang, short) for row in rows}


@per_filter
def _rows_by_group(view: View, by: str) -> list[IndicatorRow]:
    return indicators.indicator_rows(view.commitments_for_figures, by)


def group_labels(view: View, by: str) -> dict[str, str]:
    """Code of a group -> its words, in the order in which they are shown."""
    if by == "measure":
        return {code: number_title(code, title) for code, title in view.titles.items()}
    if by == "theme":
        return {
            theme: theme or text("theme.unknown", view.lang) for theme in (*view.pact.themes, "")
        }
    if by in ("size", "office"):
        codes = view.everything[by].array.categories
        describe = FILTERS["fonction" if by == "office" else "taille"].words
        return {code: describe(view, code) for code in codes}
    return view.places_in_order(by)


def measure_names(view: View) -> str:
    """What the numbers of measures stand for, where a chart has no room for the titles; else ""."""
    return charts.measures_key(view.kept_titles)


@per_filter
def statuses_in_bars(view: View) -> list[Status]:
    """The statuses that the bars of the measures show."""
    counts = count_statuses(view)
    return [each for each in Status if counts[each].any()]


@per_filter
def statuses_in_matrix(view: View) -> list[Status]:
    """The statuses that the matrix shows."""
    seen = set(commitments_in_matrix(view)["status"].unique())
    return [each for each in Status if each in seen]
