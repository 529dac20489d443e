"""A table that is called after nothing it holds, and holds answers: the names of people, and columns
that are headed by the codes of measures."""

import re
from collections.abc import Collection, Iterator, Sequence

from monitor.intake.cells import clean_cell
from monitor.intake.files import Table
from monitor.intake.marks import is_silence
from monitor.intake.part import Part
from monitor.intake.titles import column_of
from monitor.intake.unreadable import Unreadable
from monitor.intake.vocabulary import code_of, word_key

#: Rows among which the titles of a table are looked for.
_LOOKED = 5
#: What says, in the name of a sheet or above its titles, that a « oui » below them is no answer.
_OF_FACTS = re.compile(
    r"\b(?:bilans?|suivis?|realis\w*|tenue?s?|respect\w*|mises? en oeuvre|avancement|resultats?|votes?"
    r"|verdicts?|constats?|evaluat\w*|fait|faits|etat|tracking|tracker|kept|done|delivered|results?"
    r"|progress|status|review|report|outcomes?|implement\w*)\b"
)
#: What holds answers or those who gave them, or may.
_CLAIMING = ("signatories", "answers", "officials")
#: Columns headed by codes that no other table has by chance.
_ENOUGH = 3


def find_answers(found: Sequence[Part], others: Sequence[Part]) -> Part | None:
    """The table that holds the answers by its titles, whatever it is called, where it alone may, and
    nothing else is called after answers or those who signed."""
    claims = [one for one in found if one.content in _CLAIMING]
    if any(one.is_said or not one.is_unfilled for one in claims):
        return None
    measures = [one for one in found if one.content == "measures"]
    codes = {code for one in measures for code in _codes_of(one.open_table())}
    tables = [
        one for one in others if one.sheet and not one.is_said and not _is_of_facts(one.title)
    ]
    holding = [one for one in tables if codes and _holds_answers(one.open_table(), codes)]
    return holding[0] if len(holding) == 1 else None


def _codes_of(table: Table) -> Iterator[str]:
    """What stands in the column of the codes of a table of measures, as keys; nothing where no title
    says which it is."""
    place = None
    for cells in _rows_of(table):
        if place is None:
            titles = [column_of("measures", cell) for cell in cells]
            place = titles.index("id") if "id" in titles else None
        elif place < len(cells) and cells[place].strip():
            yield word_key(cells[place])


def _holds_answers(table: Table, codes: Collection[str]) -> bool:
    """Whether the titles of a table name people and several of the measures of these codes, and most of
    what stands below the latter is an answer."""
    rows = [*_rows_of(table)]
    for line, titles in enumerate(rows[:_LOOKED]):
        places = [n for n, title in enumerate(titles) if title.strip() and word_key(title) in codes]
        if any(map(_is_of_facts, titles)):
            return False
        named = any(column_of("signatories", title) == "name" for title in titles)
        if named and len(places) >= _ENOUGH:
            cells = [row[n] for row in rows[line + 1 :] for n in places if n < len(row)]
            filled = [one for one in cells if not is_silence(one)]
            answers = [one for one in filled if code_of("answer", one)]
            return bool(filled) and 2 * len(answers) > len(filled)
    return False


def _is_of_facts(words: str) -> bool:
    return bool(_OF_FACTS.search(word_key(words)))


def _rows_of(table: Table) -> Iterator[list[str]]:
    try:
        for _, _, cells in table.first_rows():
            yield [clean_cell(str(cell)) for cell in cells]
    except Unreadable:
        return
