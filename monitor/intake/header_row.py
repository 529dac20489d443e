"""The first row of a file: which of its columns are those that are read."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from monitor.findings import Doubt, RowError
from monitor.intake.ambiguous_titles import (
    BODY,
    MEASURE,
    NAME,
    RESIDENCE,
    SIGNATORY,
    STATUS,
    is_number,
    kinds_of_titles,
    settle_columns,
    title_key,
    visible_title,
)
from monitor.intake.answers_beside import (
    ANSWERING,
    doubt_answers_beside,
    find_answers_beside,
    find_unknown_answers,
    refuse_answers,
)
from monitor.intake.asides import sums_up
from monitor.intake.beside import Beside, find_beside, says_residence, takes_residence
from monitor.intake.cells import abbreviate_cell, clean_cell
from monitor.intake.columns import IGNORED, LEFT_OUT
from monitor.intake.facts_across import why_across
from monitor.intake.form_columns import (
    find_columns_aside,
    find_form_columns,
    titles_of_consent,
)
from monitor.intake.name_and_place import find_name_and_place, propose_name_and_place
from monitor.intake.rules import Rules
from monitor.intake.signing_columns import find_signing
from monitor.intake.titles import (
    TITLED,
    column_of,
    is_note_of_measure,
    is_remark,
    says_whose,
    what_it_may_be,
)

AnyError = TypeVar("AnyError", bound=RowError)
#: What those who answered say of it.
COMMENT = "comment"
#: The column that says what those who sign are.
_KIND, _WORDING, _SUMMARY = "kind", "wording", "summary"
#: The day of the signature, and titles that may as well be of another.
_SIGNED, _ANY_DAY = "signed_on", ("date", "dates")
#: What stands between the columns of some files, under the code that says so.
_SEPARATORS = {"\t": "tab_separated", "|": "wrong_separator"}


@dataclass(frozen=True)
class Shape:
    """A kind of file: its columns in order, those that are required, those that identify a row
    (none: a row may come again), what its cells must obey, and what makes a row of them: one of
    `schema.ROW_TYPES`, say."""

    names: tuple[str, ...]
    required: Collection[str]
    key: tuple[str, ...]
    rules: Rules
    row: Callable[[Iterable[str | None]], tuple]


@dataclass(frozen=True)
class Header:
    """Where a file has each column of its shape (-1: nowhere), and how many cells its rows have.
    `beside`: the columns that say a part of what another one says. `same`: what a title says of all
    rows, by its column, and `doubts` of that. `is_of_places`: signatories are named by their place.
    `are_names_placed`: their names say where they signed as well. `words_under`: the title of what is
    published as somebody's words, where it does not say whose they are."""

    places: tuple[int, ...]
    width: int
    errors: tuple[RowError, ...] = ()
    beside: Beside = ()
    same: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    is_of_places: bool = False
    are_names_placed: bool = False
    words_under: str = ""
    #: The titles of what says whether a row may be published, by their places.
    consents: Mapping[int, str] = field(default_factory=dict)


def titles_of(header: list[str]) -> list[str]:
    """The titles of the columns, without the empty ones that end the row."""
    names = [clean_cell(cell).removeprefix("\ufeff") for cell in header]
    while names and not names[-1]:
        names.pop()
    return names


def misplaced_header(header: list[str], line: int) -> Header | None:
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
    """Which columns the titles mean, by their names or by the words of people for them. What is wrong
    with them, such as a title that means nothing, is in `errors`. `below`: the first rows below a
    line."""
    names, known, rows = titles_of(header), shape.names, [*below(line)]
    own = shape.rules.context.own_places
    meant = settle_columns(meant_columns(names, shape), names, known, rows, own)
    listed = (("known", ", ".join(known)), ("columns_of", shape.rules.content))
    if not set(meant).intersection(known):
        return Header(
            (), 0, (RowError(line, "", abbreviate_cell(names[0]), "no_known_title", listed),)
        )
    beside = find_beside([*map(visible_title, names)], meant, known, own)
    joined, errors = {place for place, *_ in beside}, []
    signing = find_signing(line, names, meant, joined, shape.rules.content, rows)
    of_form = find_form_columns(names, meant, joined) if shape.rules.content in ANSWERING else {}
    # « Contact : a signé, en attente ».
    of_form = {n: one for n, one in of_form.items() if n not in signing or one != "column_of_form"}
    of_form |= find_columns_aside(names, meant, shape.rules.content, {*joined, *of_form}, own)
    aside = [Doubt(line, "", abbreviate_cell(names[n]), code) for n, code in of_form.items()]
    joined |= {*of_form}
    answers = find_answers_beside(names, meant, joined, shape.rules)
    aside += doubt_answers_beside(line, answers)
    joined |= {*answers}
    answered = find_unknown_answers(names, meant, joined, shape.rules, rows)
    errors += refuse_answers(line, answered)
    signing = {n: error for n, error in signing.items() if n not in joined and not answers}
    errors += signing.values()
    for position, name in enumerate(names):
        column = abbreviate_cell(name)
        if position in answered or position in signing:
            continue
        if not name:
            values = (("n", str(position + 1)),)
            errors.append(RowError(line, "", "", "untitled_column", values))
        elif name == LEFT_OUT or name in IGNORED or position in joined:
            continue
        elif meant[position] is None:
            under = [cells[position] for cells in rows if position < len(cells)]
            if sums_up(name, under):
                aside.append(Doubt(line, "", column, "column_of_sums"))
                continue
            several = MEASURE in meant and shape.rules.several_named(name)
            is_asked = shape.rules.content in ANSWERING and not several
            near = shape.rules.measures_of_pact.name_near(name) if is_asked else several
            may_be = what_it_may_be(shape.rules.content, name, meant, under)
            values = (("near", near),) if near else (*listed, *may_be)
            code = "several_signatories" if several else "near_title" if near else "unknown_column"
            if MEASURE in meant and not near and (person := shape.rules.near_named(name)):
                near, values, code = person, (("near", person),), "near_signatory"
            errors.append(RowError(line, column, name if near else "", code, values))
        elif meant[position] in meant[:position]:
            first = names[meant.index(meant[position])]
            values = (("name", first),) if first != name else ()
            code = "same_column" if values else "duplicate_column"
            errors.append(RowError(line, column, column, code, values))
    if code := why_across(names, meant, shape.rules):
        return Header((), 0, (RowError(line, "", "", code),))
    found = _find_columns(names, meant, shape, line, is_sure=not errors)
    has = {*dict(found.same), *(n for n, at in zip(known, found.places, strict=True) if at >= 0)}
    if NAME in has and RESIDENCE in shape.required and RESIDENCE not in has:
        at = meant.index(NAME)
        named = (cells[at] for cells in rows if len(cells) > at)
        found, wrong = _place_by_name(found, shape, named, line)
        has |= {RESIDENCE} if found.are_names_placed or wrong else set()
        errors += wrong
    errors += [
        RowError(line, name, "", "missing_column", listed)
        for name in known
        if name in shape.required and name not in has
    ]
    consents = titles_of_consent(names, of_form) if shape.rules.content in ANSWERING else {}
    doubts = (*found.doubts, *aside)
    return replace(found, errors=tuple(errors), beside=beside, doubts=doubts, consents=consents)


def _find_columns(
    titles: Sequence[str], meant: Sequence[str | None], shape: Shape, line: int, is_sure: bool
) -> Header:
    """Where each column is, and what follows where one is not: a council is where its name says, a town
    that signed is its council, and all are in the one place that a pact has. `is_sure`: every title is
    known."""
    known = shape.names
    at = {name: meant.index(name) for name in known if name in meant}
    same, doubts = _kind_of_titles(titles, meant, known, line)
    if _SIGNED in at and (title := titles[at[_SIGNED]]) and title_key(title) in _ANY_DAY:
        doubts += (Doubt(line, _SIGNED, "", "day_of_signature", (("title", title),)),)
    is_of_places = False
    if {NAME, _KIND, RESIDENCE} <= {*known}:
        if RESIDENCE not in at and (only := shape.rules.only_place()):
            same += ((RESIDENCE, only),)
        elif NAME in at and kinds_of_titles().get(title_key(titles[at[NAME]])) == BODY:
            at.setdefault(RESIDENCE, at[NAME])
        elif RESIDENCE in at and NAME not in at and is_sure:
            is_of_places, at[NAME] = True, at[RESIDENCE]
            if _KIND not in at:
                same += ((_KIND, BODY),)
                doubts += (Doubt(line, RESIDENCE, "", "named_by_place"),)
    if (
        SIGNATORY in shape.required
        and SIGNATORY not in at
        and (only := shape.rules.only_signatory())
    ):
        same += ((SIGNATORY, only.signatory_id),)
        doubts += (Doubt(line, SIGNATORY, "", "only_signatory", (("name", only.name),)),)
    comment = titles[at[COMMENT]].strip() if COMMENT in at else ""
    words_under = "" if says_whose(comment) else comment
    content = shape.rules.content
    for column, code, is_odd in (
        (MEASURE, "number_of_measure", is_number),
        (STATUS, "status_of_values", lambda one: column_of(content, one) != STATUS),
        (_WORDING, "wording_of_note", is_note_of_measure),
        (_SUMMARY, "remark_published", lambda one: content == "actions" and is_remark(one)),
    ):
        if column in at and is_odd(title := titles[at[column]]):
            doubts += (Doubt(line, column, "", code, (("title", title),)),)
    places = tuple(at.get(name, -1) for name in known)
    return Header(places, len(titles), (), (), same, doubts, is_of_places, words_under=words_under)


def _place_by_name(
    found: Header, shape: Shape, names: Iterable[str], line: int
) -> tuple[Header, list[RowError]]:
    """The header where the names also say where somebody signed, with the doubt that says how they are
    read; where that is not certain, what is wrong."""
    communes = shape.rules.communes
    both = find_name_and_place(names, communes)
    example = both and propose_name_and_place(both[0], communes)
    if not (both and example):
        return found, []
    cell, values = abbreviate_cell(both[0]), (("name", example.name), ("place", example.place))
    if not both[1]:
        return found, [RowError(line, NAME, cell, "name_and_place", values)]
    at = dict(zip(shape.names, found.places, strict=True))
    places = tuple({**at, RESIDENCE: at[NAME]}.values())
    doubts = (*found.doubts, Doubt(line, NAME, cell, "name_and_place", values))
    return replace(found, places=places, doubts=doubts, are_names_placed=True), []


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
    content = shape.rules.content
    return [
        name if name in shape.names else column_of(content, visible_title(name)) for name in titles
    ]


def _kind_of_titles(
    titles: Sequence[str], meant: Sequence[str | None], known: Collection[str], line: int
) -> tuple[tuple[tuple[str, str], ...], tuple[Doubt, ...]]:
    """What the title of the names says that signatories are, where no column does."""
    if not {NAME, _KIND}.issubset(known) or _KIND in meant or NAME not in meant:
        return (), ()
    title = titles[meant.index(NAME)]
    kind = kinds_of_titles().get(title_key(title))
    if kind is None or title == NAME:
        return (), ()
    values = (("signer", kind),)
    return ((_KIND, kind),), (Doubt(line, NAME, "", "kind_of_title", values),)


def match_title(content: str, title: str) -> str | None:
    """The column that a title means in a file, "" for one that is not read, None if it means none.
    `commune` where it says, in a file that has no such column, where a signatory signed."""
    known, title = TITLED[content], visible_title(title)
    if title in known or title in IGNORED:
        return "" if title in IGNORED else title
    if meant := column_of(content, title):
        return meant
    return RESIDENCE if takes_residence(known) and says_residence(title) else None
