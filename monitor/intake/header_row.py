"""The first row of a file: which of its columns are those that are read."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from monitor.findings import Doubt, RowError
from monitor.intake.beside import (
    Beside,
    find_beside,
    is_wider_place,
    says_residence,
    takes_residence,
)
from monitor.intake.cells import abbreviate_cell, clean_cell
from monitor.intake.columns import IGNORED, LEFT_OUT
from monitor.intake.rules import Rules
from monitor.intake.titles import (
    HELD_OFFICE,
    KIND_OF_TITLE,
    ONE_OR_MORE,
    SOURCE,
    TITLED,
    column_of,
)
from monitor.intake.vocabulary import word_key

AnyError = TypeVar("AnyError", bound=RowError)
_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff]")
#: The column of signatories.csv that says where they signed.
RESIDENCE = "commune"
#: Where a source is, and what it is called.
_ADDRESS, _TITLE = "source_url", "source_title"
#: Which measure a row is about, and how it is worded.
_MEASURE, _WORDING = "measure", "wording"
#: How people call those who sign, and the column that says what they are.
_NAME, _SIGNATORY, _KIND, _OUTCOME = "name", "signatory_id", "kind", "outcome"
_BODY = "body"
_LOOKS_LIKE_ADDRESS = re.compile(r"//|\bwww\.|^\S+\.[a-z]{2,}(?:/\S*)?$", re.IGNORECASE)
#: What stands between the columns of some files, under the code that says so.
_SEPARATORS = {"\t": "tab_separated", "|": "wrong_separator"}


@dataclass(frozen=True)
class Shape:
    """A kind of file: its columns in order, those that are required, those that identify a row
    (none: a row may come again), what its cells must obey, and what makes a row of them: one of
    `schema.ROWS`, say."""

    names: tuple[str, ...]
    required: Collection[str]
    key: tuple[str, ...]
    rules: Rules
    row: Callable[[Iterable[str | None]], tuple]


@dataclass(frozen=True)
class Header:
    """Where a file has each column of its shape (-1: nowhere), and how many cells its rows have.
    `beside`: the columns that say a part of what another one says. `same`: what a title says of all
    rows, by its column, and `doubts` of that. `is_of_places`: signatories are named by their place."""

    places: tuple[int, ...]
    width: int
    errors: tuple[RowError, ...] = ()
    beside: Beside = ()
    same: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    is_of_places: bool = False


def titles_of(header: list[str]) -> list[str]:
    """The titles of the columns, without the empty ones that end the row."""
    names = [clean_cell(cell).removeprefix("\ufeff") for cell in header]
    while names and not names[-1]:
        names.pop()
    return names


def misplaced_header(header: list[str], shape: Shape, line: int) -> Header | None:
    """What a first row is that cannot be one of titles: one cell, with another separator in it, or
    what tells a spreadsheet the separator. None if it may be."""
    names = titles_of(header)
    if len(names) != 1:
        return None
    if names[0].casefold().startswith("sep="):
        return Header((), 0, (RowError(line, "", abbreviate_cell(names[0]), "separator_line"),))
    for mark, code in _SEPARATORS.items():
        if mark in names[0]:
            values = (("separator", mark),)
            return Header((), 0, (RowError(line, "", abbreviate_cell(names[0]), code, values),))
    return None


def match_header(
    header: list[str], shape: Shape, line: int, below: Callable[[int], Iterable[Sequence[str]]]
) -> Header:
    """The columns by their names, or by the words of people for them; no other may be there. `below`:
    the first rows below a line."""
    names, known = titles_of(header), shape.names
    meant = settle_columns(meant_columns(names, shape), names, known, below(line))
    listed = (("known", ", ".join(known)),)
    if not set(meant).intersection(known):
        return Header(
            (), 0, (RowError(line, "", abbreviate_cell(names[0]), "no_known_title", listed),)
        )
    beside = find_beside([*map(_visible, names)], meant, known, shape.rules.context.own_places)
    joined, errors = {place for place, *_ in beside}, []
    for position, name in enumerate(names):
        column = abbreviate_cell(name)
        if not name:
            place = (("n", str(position + 1)),)
            errors.append(RowError(line, "", "", "untitled_column", place))
        elif name == LEFT_OUT or name in IGNORED or position in joined:
            continue
        elif meant[position] is None:
            errors.append(RowError(line, column, "", "unknown_column", listed))
        elif meant[position] in meant[:position]:
            errors.append(RowError(line, column, column, "duplicate_column"))
    found = {name: meant.index(name) for name in known if name in meant}
    same, doubts = _kind_of_titles(names, meant, known, line)
    is_of_places = False
    if {_NAME, _KIND, RESIDENCE} <= {*known}:
        if RESIDENCE not in meant and (only := shape.rules.only_place()):
            same += ((RESIDENCE, only),)
        elif _NAME in meant and _kinds_of_titles().get(_key(names[found[_NAME]])) == _BODY:
            found.setdefault(RESIDENCE, found[_NAME])
        elif RESIDENCE in meant and _NAME not in meant and not errors:
            is_of_places, found[_NAME] = True, found[RESIDENCE]
            if _KIND not in meant:
                same += ((_KIND, _BODY),)
                doubts += (Doubt(line, RESIDENCE, "", "named_by_place"),)
    errors += [
        RowError(line, name, "", "missing_column", listed)
        for name in known
        if name in shape.required and name not in {*found, *dict(same)}
    ]
    places = tuple(found.get(name, -1) for name in known)
    return Header(places, len(names), tuple(errors), beside, same, doubts, is_of_places)


def own_headings(header: list[str], found: Header, shape: Shape) -> dict[str, str]:
    """How a file calls the columns that it does not call by their names."""
    titled = zip(shape.names, found.places, strict=True)
    own = {name: abbreviate_cell(clean_cell(header[at])) for name, at in titled if at >= 0}
    return {name: title for name, title in own.items() if title != name}


def say_headings(errors: Iterable[AnyError], headings: Mapping[str, str]) -> list[AnyError]:
    """The same, each with how its file calls the column (`own_headings`)."""
    return [
        replace(error, heading=headings[error.column]) if error.column in headings else error
        for error in errors
    ]


def meant_columns(titles: Iterable[str], shape: Shape) -> list[str | None]:
    """The column that each title means, None where it means none."""
    kind = shape.rules.kind
    return [name if name in shape.names else column_of(kind, _visible(name)) for name in titles]


def settle_columns(
    meant: list[str | None],
    titles: Sequence[str],
    known: Collection[str],
    rows: Iterable[Sequence[str]],
) -> list[str | None]:
    """The columns that titles mean, where a word may mean two of them. `known`: the columns of the file,
    `rows`: the first below its titles."""
    meant = _place_wording(_place_source(meant, titles, known, rows), titles, known)
    meant = _place_outcome(_place_names(meant, titles, known), titles, known)
    return _place_residence(_place_area(meant, titles, known), titles, known)


def _place_outcome(
    meant: list[str | None], titles: Sequence[str], known: Collection[str]
) -> list[str | None]:
    """« Élu(e) ? » beside a column of the names says whether they were elected."""
    if _OUTCOME not in known or _OUTCOME in meant or meant.count(_NAME) < 2:
        return meant
    asked = [n for n, title in enumerate(titles) if _key(title) in map(word_key, HELD_OFFICE)]
    return [_OUTCOME if [n] == asked else name for n, name in enumerate(meant)]


def _place_names(
    meant: list[str | None], titles: Sequence[str], known: Collection[str]
) -> list[str | None]:
    """« Parti » names the signatories where no other column does."""
    named = _NAME if _NAME in known and _SIGNATORY in known else _SIGNATORY
    if named not in known or named in meant:
        return meant
    places = [n for n, title in enumerate(titles) if _key(title) in _kinds_of_titles()]
    return [named if [n] == places else name for n, name in enumerate(meant)]


def _place_area(
    meant: list[str | None], titles: Sequence[str], known: Collection[str]
) -> list[str | None]:
    """« Région » is the place of a signatory where no other column is."""
    if RESIDENCE not in known or RESIDENCE in meant:
        return meant
    places = [
        n for n, title in enumerate(titles) if meant[n] is None and is_wider_place(_visible(title))
    ]
    return [RESIDENCE if [n] == places else name for n, name in enumerate(meant)]


def _place_residence(
    meant: list[str | None], titles: Sequence[str], known: Collection[str]
) -> list[str | None]:
    """« Ville » says whom a measure is about where no other column does: whoever signed there."""
    if not takes_residence(known) or _MEASURE not in known or _SIGNATORY in meant:
        return meant
    places = [
        n for n, title in enumerate(titles) if meant[n] is None and says_residence(_visible(title))
    ]
    return [_SIGNATORY if [n] == places else name for n, name in enumerate(meant)]


def _kind_of_titles(
    titles: Sequence[str], meant: Sequence[str | None], known: Collection[str], line: int
) -> tuple[tuple[tuple[str, str], ...], tuple[Doubt, ...]]:
    """What the title of the names says that signatories are, where no column does."""
    if not {_NAME, _KIND}.issubset(known) or _KIND in meant or _NAME not in meant:
        return (), ()
    title = titles[meant.index(_NAME)]
    kind = _kinds_of_titles().get(_key(title))
    if kind is None or title == _NAME:
        return (), ()
    said = (("signer", kind),)
    return ((_KIND, kind),), (Doubt(line, _NAME, "", "kind_of_title", said),)


@cache
def _kinds_of_titles() -> Mapping[str, str]:
    return {word_key(title): kind for title, kind in KIND_OF_TITLE.items()}


def _place_wording(
    meant: list[str | None], titles: Sequence[str], known: Collection[str]
) -> list[str | None]:
    """« Demande » is the measure; beside another column of the measure, how it is worded."""
    if _WORDING not in known or _WORDING in meant or meant.count(_MEASURE) != 2:
        return meant
    keys = [word_key(_visible(title)) for title in titles]
    asked = [n for n, key in enumerate(keys) if key in ONE_OR_MORE and key != _MEASURE]
    return [_WORDING if [n] == asked[-1:] else name for n, name in enumerate(meant)]


def _place_source(
    meant: list[str | None],
    titles: Sequence[str],
    known: Collection[str],
    rows: Iterable[Sequence[str]],
) -> list[str | None]:
    """« Source » heads the titles of sources beside another column of their addresses, and where no cell
    below it is one; else it is taken for an address."""
    places = [
        place
        for place, title in enumerate(titles)
        if meant[place] == _ADDRESS and word_key(_visible(title)) in SOURCE
    ]
    if len(places) != 1 or _TITLE not in known or _TITLE in meant:
        return meant
    (place,) = places
    if meant.count(_ADDRESS) == 1:
        cells = [clean_cell(row[place]) for row in rows if place < len(row)]
        if not any(cells) or any(map(_LOOKS_LIKE_ADDRESS.search, cells)):
            return meant
    return [*meant[:place], _TITLE, *meant[place + 1 :]]


def match_title(content: str, title: str) -> str | None:
    """The column that a title means in a file, "" for one that is not read, None if it means none.
    `commune` where it says, in a file that has no such column, where a signatory signed."""
    known, title = TITLED[content], _visible(title)
    if title in known or title in IGNORED:
        return "" if title in IGNORED else title
    if meant := column_of(content, title):
        return meant
    return RESIDENCE if takes_residence(known) and says_residence(title) else None


def _key(title: str) -> str:
    return word_key(_visible(title))


def _visible(title: str) -> str:
    return _INVISIBLE.sub("", title)
