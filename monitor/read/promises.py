"""Who promised what, whatever the election gave: also those whom their promise does not bind, or of whom
nobody knows whether it does."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from monitor.dates import day_number
from monitor.read import answers, careers, chart_data
from monitor.read.cache import per_filter
from monitor.read.labels import status_label
from monitor.read.lines import Line, Mark, Span
from monitor.read.selection import View
from monitor.table_rows import CommitmentRow, PersonRow, read_rows


class PromiseWords(NamedTuple):
    """`person`: who promised; `line`: what is known of them and of the promise on the day; `answer`:
    what they answered, in their words, None where they signed or the words cannot be read."""

    person: PersonRow
    line: Line
    answer: Line | None


@per_filter
def promise_rows(view: View) -> np.ndarray:
    """The rows of `View.everything` that somebody had promised by the day; the filters keep what they
    keep, but for those by where a commitment stands."""
    shown, first = view.of_every_status, view.known.promised.first
    rows = np.arange(len(view.everything)) if shown.rows is None else shown.rows
    return rows[first[rows] <= day_number(view.day)]


@per_filter
def sort_promises(view: View) -> np.ndarray:
    """`promise_rows`, by city and name."""
    rows = promise_rows(view)
    found = view.everything[["name", "commune_name"]].take(rows)
    by_name = (chart_data.sort_keys(view, found, column) for column in ("name", "commune_name"))
    return rows[np.lexsort(tuple(by_name))]


@per_filter
def are_results_known(view: View) -> bool:
    """Whether somebody has noted what the election gave everybody who had promised something by the
    day, or the office that they have held."""
    owner = view.known.owner[promise_rows(view)]
    return not view.everybody["unknown"].to_numpy()[owner].any()


def promises_in_words(
    view: View, measure: str, rows: Sequence[int], read: bool
) -> list[PromiseWords]:
    """These rows of `sort_promises`, about one measure. `read`: with the answers, which only the
    database has."""
    at = np.array(rows, dtype=np.int64)
    commitments = read_rows(CommitmentRow, view.everything, at)
    people = read_rows(PersonRow, view.everybody, view.known.owner[at])
    ids = [row.signatory_id for row in commitments]
    given = answers.answers_in_words(view, ids, measure) if read else {}
    found = []
    for person, row in zip(people, commitments, strict=True):
        answer = given.get(row.signatory_id, {}).get(measure)
        found.append(PromiseWords(person, _line(view, person, row), answer and answer.line))
    return found


def _line(view: View, person: PersonRow, row: CommitmentRow) -> Line:
    """Who they are to the pact, as on the page of their city, then where the commitment stands if it
    binds; where nothing else says why it does not, that it does not."""
    line = careers.signatory_line(view, person)
    if row.binding:
        return line._replace(more=(*line.more, Span(status_label(row.status, view.lang))))
    if careers.is_before_election(view) or person.unknown or person.withdrawn:
        return line
    why = Span(careers.why_not_binding(view, row), Mark.STRONG)
    return line._replace(more=(*line.more, why))
