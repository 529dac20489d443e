"""A pact with columns that are refused for their titles: what else would be refused, said at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from monitor.commands.beyond_refused import OF_CELLS
from monitor.commands.report import Report
from monitor.commands.whole_report import WholeReport
from monitor.findings import RowError
from monitor.intake.parts import Part, Parts
from monitor.models import RowOutcome

#: What columns are refused for that may be left out, by their titles and by their places.
_BY_TITLE = frozenset({"unknown_column", "near_title", "same_column"})
_BY_PLACE = frozenset({"untitled_column", "answers_to_nothing"})
#: What a column that nobody has named yet may hold.
_NEEDED = frozenset({"status_needed", "evidence_needed", "search_needed", "summary_needed"})
#: How often what was refused before may hide other titles.
_ROUNDS = 4


def check_beyond_titles(
    check: Callable[[Parts], WholeReport], parts: Parts, found: WholeReport
) -> WholeReport:
    """The report of a pact of which columns were `found` refused for their titles, with what is wrong
    with the cells of the rest, as if these were left out; `found` where none is. `check` writes
    nothing."""
    titles = _refused_titles(found)
    last, left, unchecked = found, titles, [*found.unchecked]
    for _ in range(_ROUNDS):
        if not left:
            break
        rest = tuple(_leave_out(one, left.get(one.name, ())) for one in parts.parts)
        parts = replace(parts, parts=rest)
        last = check(parts)
        unchecked += last.unchecked
        left = {name: some for name, some in _refused_titles(last).items() if name not in titles}
        titles |= left
    if last is found:
        return found
    whole = {one.file_name: one for one in found.reports if one.file_name not in titles}
    reports = {one.file_name: one for one in (*found.reports, *last.reports)}
    found.reports = [
        whole.get(name) or _with_titles(one, titles.get(name, ()), found)
        for name, one in reports.items()
    ]
    found.reports = [one for one in found.reports if one.errors or one.file_name in whole]
    found.unchecked = tuple(dict.fromkeys(unchecked))
    found.left_out = last.left_out
    found.shared_titles |= last.shared_titles
    return found


def _refused_titles(whole: WholeReport) -> dict[str, list[RowError]]:
    """All that is wrong with the parts some of whose columns are refused and may be left out, by their
    names."""
    return {
        one.file_name: [*one.errors]
        for one in whole.reports
        if any(error.code in _BY_TITLE | _BY_PLACE for error in one.errors)
    }


def _leave_out(part: Part, errors: Sequence[RowError]) -> Part:
    if not errors:
        return part
    titles = {one.column: "" for one in errors if one.code in _BY_TITLE}
    places = [n for one in errors if one.code in _BY_PLACE for n in _places(one)]
    mending = part.mending
    mending = replace(
        mending,
        titles={**mending.titles, **titles},
        columns={**mending.columns, **dict.fromkeys(places, "")},
    )
    return replace(part, mending=mending)


def _places(error: RowError) -> Iterable[int]:
    values = dict(error.values)
    return map(int, values["places"].split()) if "places" in values else (int(values["n"]) - 1,)


def _with_titles(report: Report, titles: Sequence[RowError], found: WholeReport) -> Report:
    """What is wrong with the titles and the cells of a part, and what was doubted before it was read as
    if some were left out."""
    refused = Report(report.content, report.file_name, report.pact_id, unread=report.unread)
    refused.shape = report.shape
    known = OF_CELLS - _NEEDED if titles else OF_CELLS
    cells = [one for one in report.errors if one.code in known and one not in titles]
    for _, errors in groupby((*titles, *cells), attrgetter("line")):
        refused.refuse(RowOutcome.REJECTED, errors)
    for one in found.reports:
        if one.file_name == report.file_name:
            refused.doubt(one.doubts)
    return refused
