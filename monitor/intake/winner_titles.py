"""Titles of columns that say who was elected, whether or not they signed."""

import re
from itertools import islice

from monitor.intake.cells import clean_cell
from monitor.intake.files import Table
from monitor.intake.titles import column_of
from monitor.intake.unreadable import Unreadable
from monitor.intake.vocabulary import word_key

#: Lines among which that of the titles is looked for.
LOOKED = 3
#: « Maire élu(e) », « Vainqueur », as keys of words.
_ELECTED = re.compile(
    r"(?:nom du |nom de la |le |la )?(?:maire|president)e? (?:re)?elue?|(?:elected|new) mayor"
    r"|mayor elect(?:ed)?|(?:nouveau|nouvelle) maire|vainqueure?|gagnante?|winner"
)
#: Who holds the office, or sits in the council at least, whoever won.
_IN_PLACE = re.compile(
    r"(?:maire|president|tete de liste)e? (?:sortante?|en place|actuel(?:le)?)"
    r"|tete de listee? (?:re)?elue?"
)
_OFFICE = re.compile("maire|mayor|president")
#: When the election was, or when they took office.
_WHEN = re.compile(
    r"(?:date|annee|year|jour|day)(?: (?:de |d |of )?(?:la |l |the )?"
    r"(?:prise de fonctions?|election|scrutin|vote|debut.*))?"
    r"|elue? le|elected on|depuis(?: le)?|since|debut.*|election(?: day| date)?"
)


def says_when(title: str) -> bool:
    """Whether a column beside them says when they were elected, or took office."""
    key = word_key(title)
    return bool(_WHEN.fullmatch(key)) or column_of("mandates", title) == "started_on"


def winner_of_title(title: str) -> str | None:
    """The word for the office to which those were elected whom a column names, "" where its title does
    not say which; None of any other column."""
    key = word_key(title)
    if not _ELECTED.fullmatch(key):
        return None
    found = _OFFICE.search(key)
    return found[0] if found else ""


def names_winners(table: Table) -> bool:
    """Whether a table says who was elected, whether or not they signed: nobody else does it name."""
    try:
        lines = [
            [clean_cell(cell) for cell in cells]
            for _, _, cells in islice(table.first_rows(), LOOKED)
        ]
    except Unreadable:
        return False
    for titles in lines:
        meant = {column_of("signatories", title) for title in titles}
        if any(
            _IN_PLACE.fullmatch(word_key(title)) or winner_of_title(title) is not None
            for title in titles
        ):
            return "name" not in meant
        if len(meant - {None}) > 1:  # these are the titles: what stands below is a row
            return False
    return False
