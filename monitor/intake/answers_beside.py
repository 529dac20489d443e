"""Columns of measures in a table of those who signed: what these answered is read of the same table as
one of answers."""

from collections.abc import Collection, Mapping, Sequence

from monitor.findings import Doubt
from monitor.i18n import join_first
from monitor.intake.cells import abbreviate_cell
from monitor.intake.rules import Rules

#: Columns that a sentence names; fewer may be called like measures by chance.
_NAMED, _ENOUGH = 3, 2


def find_answers_beside(
    titles: Sequence[str], meant: Sequence[str | None], joined: Collection[int], rules: Rules
) -> Mapping[int, str]:
    """Place -> title of the columns of measures, in a table of signatories."""
    if rules.content != "signatories":
        return {}
    read = rules.measures_of_pact.read
    free = [n for n, name in enumerate(meant) if name is None and titles[n] and n not in joined]
    found = {n: abbreviate_cell(titles[n]) for n in free if read(titles[n]) is not None}
    return found if len(found) >= _ENOUGH else {}


def doubt_answers_beside(line: int, found: Mapping[int, str]) -> list[Doubt]:
    """That they are not read there, if there are any."""
    if not found:
        return []
    titles = join_first([*found.values()], _NAMED, " ; ")
    values = (("n", str(len(found))), ("near", titles))
    return [Doubt(line, "", "", "answers_beside", values)]
