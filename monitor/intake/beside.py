"""Columns that say a part of what stands in another one: the first names beside the surnames, the number
of a measure beside its words, the department beside a commune, the place beside a signatory."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache

from monitor.areas import search_key
from monitor.intake.cells import FaultyCell
from monitor.intake.title_words import (
    CIVILITY,
    CODE_OF_PLACE,
    DEPARTMENT,
    DISTRICT,
    FIRST_NAME,
    NUMBER,
    WIDER_PLACES,
)
from monitor.intake.titles import column_of
from monitor.intake.vocabulary import word_key

#: The columns that others stand beside.
PLACE, NAME, SIGNATORY, MEASURE = "commune", "name", "signatory_id", "measure"
#: What may stand beside a measure that says nothing of whoever signed.
_TOLD_OF_MEASURES = ("theme", "title_fr", "title_en")
#: « 93 - Seine-Saint-Denis », « Seine-Saint-Denis (93) »: a department with its code.
_CODE = re.compile(r"(?<![0-9A-Za-z])(97[0-9]|2[ABab]|[0-9]{2})(?![0-9A-Za-z])")
#: Digits of a department or a postcode whose zero a spreadsheet has taken away.
_WITHOUT_ZERO = (1, 4)
#: Digits of the code of a commune without its zero.
_CODE_WITHOUT_ZERO = 4

#: The places of columns, each with the column that it belongs to and how both are put together.
Beside = Sequence[tuple[int, str, Callable[[str, str], str]]]


def find_beside(
    titles: Sequence[str],
    meant: Sequence[str | None],
    known: Collection[str],
    own_places: bool = False,
) -> Beside:
    """The columns among those that mean nothing which say a part of what another one says. `known`: the
    columns of the file; `own_places`: its pact names its places itself."""
    free = {n: word_key(titles[n]) for n, name in enumerate(meant) if name is None and titles[n]}
    found: list[tuple[int, str, Callable[[str, str], str]]] = []

    def find(column: str, join: Callable[[str, str], str], *words: Collection[str]) -> None:
        """The first column of these words, of those that come first among them."""
        for some in words:
            place = next((n for n, key in free.items() if key in some), None)
            if place is not None:
                del free[place]
                found.append((place, column, join))
                return

    named = next((one for one in (SIGNATORY, NAME) if one in meant and one in known), None)
    if named:
        find(named, _add_first_name, _keys(FIRST_NAME))
        find(named, lambda name, civility: name, _keys(CIVILITY))
    if PLACE in meant and not own_places:
        find(PLACE, _add_district, _keys(DISTRICT))
        find(PLACE, _add_code, _keys(CODE_OF_PLACE))
        find(PLACE, _add_department, _keys(DEPARTMENT))
        find(PLACE, _keep, _keys(DEPARTMENT))
    if takes_residence(known):
        coded = len(free)
        find(SIGNATORY, _add_code, _keys(CODE_OF_PLACE))
        join = _keep if len(free) < coded else _add_residence
        find(SIGNATORY, join, _residences(free.values()), _keys(WIDER_PLACES))
    if MEASURE in meant:
        find(MEASURE, _add_number, _keys(NUMBER))
        places = [n for n in free if column_of("measures", titles[n]) in _TOLD_OF_MEASURES]
        found += [(n, MEASURE, lambda measure, more: measure) for n in places]
    return found


def join_beside(
    beside: Beside, taken: list[str], cells: Sequence[str], places: Mapping[str, int]
) -> None:
    """Put what stands beside into the cells of a row. `places`: where `taken` has its columns."""
    for position, column, join in beside:
        cell, more = taken[places[column]].strip(), cells[position]
        if column == PLACE and type(more) is FaultyCell and more.code == "merged_cell":
            more = dict(more.values).get("first", "")  # as the place itself is read
        if more := more.strip():
            taken[places[column]] = join(cell, more)


def takes_residence(names: Collection[str]) -> bool:
    """Whether a file with these columns may say beside a signatory's name where they signed."""
    return SIGNATORY in names and PLACE not in names


def says_residence(title: str) -> bool:
    """Whether a title heads the places of signatories."""
    return column_of("signatories", title) == PLACE


def is_wider_place(title: str) -> bool:
    """Whether a title heads places where no other title does: regions, cantons."""
    return word_key(title) in _keys(WIDER_PLACES)


def is_department(title: str) -> bool:
    """Whether a title heads departments, or postcodes."""
    return word_key(title) in _keys(DEPARTMENT)


def _residences(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(key for key in keys if says_residence(key))


@cache
def _keys(words: Sequence[str]) -> frozenset[str]:
    return frozenset(map(word_key, words))


def _add_residence(name: str, residence: str) -> str:
    return f"{name} ({residence})" if name else name


def _add_first_name(name: str, first: str) -> str:
    """Both names; the one that has them already."""
    words = search_key(name).split()
    return (
        name
        if not name or all(one in words for one in search_key(first).split())
        else f"{first} {name}"
    )


def _keep(cell: str, more: str) -> str:
    """What says the same once more is not read."""
    return cell


def _add_code(name: str, code: str) -> str:
    """A name, of a commune or of who signed there, with the code of the commune beside it; the zero
    that a spreadsheet takes away is put back."""
    code = re.sub(r"[.,]0+$", "", code)
    code = f"0{code}" if code.isdecimal() and len(code) == _CODE_WITHOUT_ZERO else code
    return f"{name} ({code})" if name and code not in name else name


def _add_number(measure: str, number: str) -> str:
    """The number of a measure and its words, which must be of the same."""
    return number if measure in ("", number) else f"{number}. {measure}"


def _add_district(commune: str, number: str) -> str:
    """The name of a city with its arrondissement; of any other commune, as it is."""
    found = re.fullmatch(r"0?([1-9][0-9]?) ?(?:er|e|eme|ème)?", number)
    is_of_city = search_key(commune) in ("paris", "lyon", "marseille")
    return f"{commune} {found[1]}e" if found and is_of_city else commune


def _add_department(commune: str, around: str) -> str:
    """The name of a commune with the department, or the postcode; a name that has its own, or a code, as
    it is."""
    if not commune or re.search("[0-9]", commune):
        return commune
    if around.isdecimal() and len(around) in _WITHOUT_ZERO:
        around = f"0{around}"
    if not around.isdecimal() and (code := _CODE.search(around)):
        around = code[1]
    return f"{commune} ({around})"
