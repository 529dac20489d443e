"""Tables of facts with a column for each measure, or year, where each fact needs a row: its day and its
source."""

from collections.abc import Sequence

from monitor.intake.ambiguous_titles import MEASURE, STATUS
from monitor.intake.periods import year_of
from monitor.intake.rules import Rules


def why_across(titles: Sequence[str], meant: Sequence[str | None], rules: Rules) -> str:
    """Why a table of facts with a column for each measure, or year, is refused; "" of any other."""
    free = [title for title, name in zip(titles, meant, strict=True) if title and name is None]
    if rules.content != "actions" or {MEASURE, STATUS}.issubset(meant):
        return ""
    if MEASURE in meant:
        return "facts_by_year" if len({*map(year_of, free)} - {""}) > 1 else ""
    return (
        "facts_across" if len([*filter(rules.measures_of_pact.reader_of(free), free)]) > 1 else ""
    )
