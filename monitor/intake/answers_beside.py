"""Columns of measures in a table of those who signed: what these answered is read of the same table as
one of answers."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from monitor.findings import Doubt, RowError
from monitor.i18n import join_first
from monitor.intake.cells import abbreviate_cell
from monitor.intake.columns import IGNORED, LEFT_OUT
from monitor.intake.marks import hold_answers
from monitor.intake.measures import Measures
from monitor.intake.rules import Rules

#: The files that hold answers, or may hold them beside who gave them.
ANSWERING = ("signatories", "answers")
#: Columns that a sentence names; fewer may be called like measures by chance.
_NAMED, _ENOUGH = 3, 2


def find_answers_beside(
    titles: Sequence[str], meant: Sequence[str | None], joined: Collection[int], rules: Rules
) -> Mapping[int, str]:
    """Place -> title of the columns of measures, in a table of signatories."""
    if rules.content != "signatories":
        return {}
    measures = rules.measures_of_pact
    free = [n for n, name in enumerate(meant) if name is None and titles[n] and n not in joined]
    read = measures.reader_of([titles[n] for n in free])
    found = {n: abbreviate_cell(titles[n]) for n in free if read(titles[n]) is not None}
    near = [n for n in free if n not in found and measures.name_near(titles[n])]
    return (
        found
        if len(near) + len(found) >= _ENOUGH or are_of_measures(found.values(), measures)
        else {}
    )


def are_of_measures(titles: Collection[str], measures: Measures) -> bool:
    """Whether columns with such titles, which measures have, are of these: one alone may be called so by
    chance, but in a pact of one measure, or where its number is the title."""
    is_alone = len(measures.ids) == 1 or any(one.strip() in measures.ids for one in titles)
    return len(titles) >= (1 if is_alone else _ENOUGH)


def find_unknown_answers(
    titles: Sequence[str],
    meant: Sequence[str | None],
    joined: Collection[int],
    rules: Rules,
    rows: Iterable[Sequence[str]],
) -> dict[int, str]:
    """Place -> title of the columns that hold answers under titles of no measure, nor nearly; {} for a
    single one."""
    if rules.content not in ANSWERING or "measure" in meant:
        return {}
    free = [n for n, name in enumerate(meant) if name is None and titles[n] and n not in joined]
    free = [n for n in free if titles[n] != LEFT_OUT and titles[n] not in IGNORED]
    rows, name_near = [*rows], rules.measures_of_pact.name_near
    found = {
        n: abbreviate_cell(titles[n])
        for n in free
        if hold_answers((cells[n] for cells in rows if n < len(cells)), with_marks=False)
        and not name_near(titles[n])
    }
    return found if len(found) > 1 else {}


def refuse_answers(line: int, found: Mapping[int, str]) -> list[RowError]:
    """That they answer nothing, if there are any."""
    if not found:
        return []
    values = (
        ("n", str(len(found))),
        ("columns", " ; ".join(found.values())),
        ("places", " ".join(map(str, found))),
    )
    return [RowError(line, "", "", "answers_to_nothing", values)]


def doubt_answers_beside(line: int, found: Mapping[int, str]) -> list[Doubt]:
    """That they are not read there, if there are any."""
    if not found:
        return []
    titles = join_first([*found.values()], _NAMED, " ; ")
    values = (("n", str(len(found))), ("near", titles))
    return [Doubt(line, "", "", "answers_beside", values)]
