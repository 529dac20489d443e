"""The numbers of measures whose table has none."""

from collections.abc import Sequence

from monitor.findings import Doubt, RowError
from monitor.intake.cells import abbreviate_cell
from monitor.intake.parts import Part
from monitor.intake.rows import Row
from monitor.intake.whole_table import number_words
from monitor.pacts import Pact

#: The first measures that are named of those that are numbered in their order.
_SHOWN = 3


def number_measures(
    part: Part, items: Sequence[dict[str, str]], before: Pact | None
) -> list[Doubt]:
    """Give each measure of a table its number, where no row has one, and say which are new to the pact
    (`before`); of a table that is of measures alone, only then."""
    former = before.measures if before else ()
    is_numbered = not items or any("id" in one for one in items)
    if not is_numbered:
        numbers = number_words([one["wording"] for one in items], former)
        for one, number in zip(items, numbers, strict=True):
            one["id"] = number
    known = {measure.id for measure in former}
    code = "measures_of_rows" if part.words_requests else "measures_numbered"
    is_told = part.words_requests or not is_numbered
    new = [one for one in items if is_told and one.get("id") not in known]
    return list_new_measures(code, None, new, shown=None if part.words_requests else _SHOWN)


def say_unnumbered(rows: Sequence[Row], items: Sequence[dict[str, str]]) -> list[RowError]:
    """That some measures have no number, where others have."""
    lacking = [row for row in rows if not row.errors and row.values[0] is None]
    if all("id" in one for one in items):
        return []
    return [RowError(row.line, "id", "", "required", (), row.row) for row in lacking]


def list_new_measures(
    code: str, line: int | None, measures: Sequence[dict[str, str]], shown: int | None = None
) -> list[Doubt]:
    """The doubt that measures are read from something else than a table of them. `shown`: how many of
    the first are named beside the last; all by default."""
    titles = [f"{one['id']}. {abbreviate_cell(one['wording'])}" for one in measures]
    named = (
        titles if shown is None or len(titles) < shown + 2 else [*titles[:shown], "…", titles[-1]]
    )
    values = (("n", str(len(titles))), ("measures", " ; ".join(named)))
    return [Doubt(line, "", "", code, values)] if titles else []
