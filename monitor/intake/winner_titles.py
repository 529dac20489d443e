"""Titles of columns that say who was elected, whether or not they signed."""

import re
from collections.abc import Sequence
from itertools import islice

from monitor.intake.cells import clean_cell
from monitor.intake.files import Table
from monitor.intake.periods import without_period, year_of
from monitor.intake.titles import column_of
from monitor.intake.unreadable import Unreadable
from monitor.intake.vocabulary import word_key

#: Lines among which that of the titles is looked for.
LOOKED = 3
#: « Maire élu(e) », « Vainqueur », as keys of words.
_ELECTED = re.compile(
    r"(?:nom du |nom de la |le |la )?(?:maire|president)e? (?:re)?elue?|(?:elected|new) mayor"
    r"|(?:re)?elue? (?:maire|president)e?"
    r"|mayor elect(?:ed)?|(?:nouveau|nouvelle) maire|vainqueure?|gagnante?|winner"
)
#: Who holds the office, or sits in the council at least, whoever won.
_IN_PLACE = re.compile(
    r"(?:maire|president|tete de liste)e? (?:sortante?|en place|actuel(?:le)?)"
    r"|tete de listee? (?:re)?elue?"
)
_OFFICE = re.compile("maire|mayor|president")
#: Who was elected, in a table of results alone.
_ALONE = re.compile(
    r"(?:nom (?:de l |du |de la )|l |le |la )?(?:(?:candidate? )?(?:re)?elue?s?|(?:re ?)?elected)"
    r"(?: candidate?)?"
)
#: The same in one that is called after the results: elsewhere it may be whoever held the office before.
_HOLDER = re.compile(r"(?:nom du |le |la |the )?(?:maire|mayor)(?: name)?")
_VOTES = re.compile(r"(?:(?:nombre|nbr?e?|nb|number) (?:de |of )?)?(?:voix|votes?|suffrages?)")
#: What a table of results is called; of these, what people call those who signed as well.
_OF_RESULTS = re.compile(
    r"(?:(?:les |the |liste des )?(?:resultats?|elue?s?|maires? elue?s?|gagnante?s?|vainqueure?s?"
    r"|results?|winners?|elected|elected mayors?|mayors elect))"
    r"(?: (?:des |de l |du |of the |de la )?(?:elections?|scrutin|vote|municipales?))*"
)
#: What people call those who were elected, beside a year.
_OF_YEAR = re.compile(r"(?:(?:les |nos |the )?(?:maires?|mayors?|presidente?s?))")
_OFFICIALS = ("elu", "elus", "elue", "elues")
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


def names_results(sheet: str) -> bool:
    """Whether a sheet or a file is called after who was elected, as those of who signed may be."""
    key = without_period(word_key(sheet))
    is_dated = bool(year_of(sheet) and _OF_YEAR.fullmatch(key))
    return is_dated or _OF_RESULTS.fullmatch(key) is not None


def means_winners(word: str) -> bool:
    """Whether a word for what a table holds can mean nothing but who was elected, signed or not."""
    return names_results(word) and word_key(word) not in _OFFICIALS


def may_mean_winners(word: str) -> bool:
    """The same, where it may mean those who signed as well: « élus »."""
    return word_key(word) in _OFFICIALS


def find_winner_column(titles: Sequence[str], is_of_results: bool) -> int | None:
    """The place of the one column that names who was elected. `is_of_results`: the table is called after
    them, or somebody has said that it holds them; « Élu·e » may be anybody who signed otherwise, but
    beside a number of votes."""
    at = [n for n, title in enumerate(titles) if winner_of_title(title) is not None]
    if not at and (is_of_results or any(_VOTES.fullmatch(word_key(title)) for title in titles)):
        at = [n for n, title in enumerate(titles) if _ALONE.fullmatch(word_key(title))]
    if not at and is_of_results:
        at = [n for n, title in enumerate(titles) if _HOLDER.fullmatch(word_key(title))]
    return at[0] if len(at) == 1 else None


def says_signed(table: Table) -> bool:
    """Whether the titles of a table are of who signed, and what: those of who was elected are not."""
    try:
        rows = [cells for _, _, cells in islice(table.first_rows(), LOOKED)]
    except Unreadable:
        return False
    titles = [clean_cell(cell) for cells in rows for cell in cells]
    own = {column_of("signatories", one) for one in titles if not says_when(one)}
    return not own.isdisjoint(("signatory_id", "signed_on", "measures", "withdrawn_on"))


def names_winners(table: Table, is_of_results: bool = False) -> bool:
    """Whether a table says who was elected, whether or not they signed: nobody else does it name.
    `is_of_results` as in `find_winner_column`."""
    try:
        lines = [
            [clean_cell(cell) for cell in cells]
            for _, _, cells in islice(table.first_rows(), LOOKED)
        ]
    except Unreadable:
        return False
    for titles in lines:
        at = find_winner_column(titles, is_of_results)
        others = [column_of("signatories", one) for n, one in enumerate(titles) if n != at]
        if at is not None or any(_IN_PLACE.fullmatch(word_key(title)) for title in titles):
            return "name" not in others
        if len({*others} - {None}) > 1:  # these are the titles: what stands below is a row
            return False
    return False
