"""The columns of a table whose titles were refused when it was read: of these alone the page asks what
they are."""

from collections.abc import Iterable, Sequence

from monitor.findings import RowError
from monitor.intake import Mending
from monitor.intake.cells import abbreviate_cell
from monitor.intake.signing_columns import SAYS_WHO_SIGNED
from monitor.ui.team.column_match import ColumnMatch

_OF_ONE = ("unknown_column", "near_title", "near_signatory", "several_signatories")


def refused_columns(errors: Iterable[RowError], titles: Sequence[str]) -> set[int] | None:
    """Their places; None where no titles at all were found. Whoever reads a table knows more of it than
    each title says: columns of answers, and those of people beside these."""
    named: set[str] = set()
    found: set[int] = set()
    for error in errors:
        details = dict(error.values)
        if error.code == "no_known_title":
            return None
        if error.code == "untitled_column":
            found.add(int(details["n"]) - 1)
        elif error.code == "answers_to_nothing":
            found.update(map(int, details["places"].split()))
        elif error.code in (*_OF_ONE, SAYS_WHO_SIGNED):
            named.add(error.column)
    return found | {n for n, title in enumerate(titles) if abbreviate_cell(title) in named}


def refuse_titles(
    found: ColumnMatch, errors: Iterable[RowError], place: Mending, read: Mending
) -> ColumnMatch:
    """The columns of a table, with those that were refused for their titles when it was read as `read`
    says: none where the titles stand elsewhere by now (`place`), nor one of which something else was
    said since."""
    titles, errors = found.asked.titles, [*errors]
    places = refused_columns(errors, titles)
    if places is None or place.first != read.first:
        return found._replace(refused=None)
    said = found.mending.columns
    signing = {one.column for one in errors if one.code == SAYS_WHO_SIGNED}
    return found._replace(
        refused={n for n in places if said.get(n) == read.columns.get(n)},
        signing={n for n, title in enumerate(titles) if abbreviate_cell(title) in signing},
    )
