"""A table that holds a whole pact: who signed, and a column for what they answered to each request,
which nothing words but the title of that column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import count, islice
from typing import NamedTuple

from rapidfuzz import fuzz, process

from monitor.areas import search_key
from monitor.findings import RowError
from monitor.intake.ambiguous_titles import NAME, RESIDENCE, settle_columns
from monitor.intake.answer_notes import commented_answer
from monitor.intake.asides import is_sum_title, name_sums
from monitor.intake.beside import find_beside
from monitor.intake.cells import clean_cell
from monitor.intake.files import LOOKED
from monitor.intake.form_columns import find_form_columns
from monitor.intake.header_row import ANSWERING, Shape, match_title, meant_columns
from monitor.intake.marks import (
    AnswerMarks,
    answer_meant,
    hold_answers,
    is_box,
    is_mark,
    is_silence,
)
from monitor.intake.mending import OF_MEASURE, Mending
from monitor.intake.name_and_place import find_name_and_place
from monitor.intake.packaged_communes import packaged_communes
from monitor.intake.pact import parse_pact
from monitor.intake.parts import Part, Parts
from monitor.intake.reading import Context, shape_of
from monitor.intake.scales import find_scale
from monitor.intake.title_line import TitleLine, guess_title_line, list_title_lines
from monitor.intake.titles import column_of
from monitor.intake.two_title_lines import ONLY_NUMBER
from monitor.intake.unreadable import Unreadable
from monitor.pacts import Measure

#: Columns of answers that make a table of requests, and one whose name does not say what it holds.
ENOUGH, ENOUGH_UNNAMED = 2, 3
#: So much alike are the words of a measure before and after somebody put them right.
LIKE = 80
#: Rows of which the answers are looked at.
_LOOKED = 2_000
#: « Vos choix [Créer un lieu] », as forms head a grid.
_OF_GRID = re.compile(r"([^\[\]]*)\[([^\[\]]+)\]")
#: Letters of what stands above several columns, to be their theme.
_LONGEST_THEME = 80
#: « 1. Créer un lieu », « Demande n° 2 : Créer un lieu », « D3 - Créer un lieu ».
_NUMBERED = re.compile(
    r"(?:[^\W\d_]{1,12} ?)?(?:n° ?|#)?(?P<id>[0-9]{1,3}(?:\.[0-9]{1,3})*[a-z]?)"
    r"(?:\. |[ .]?[-–—:)/] ?)\s*(?P<words>.*[^\W\d_]{2}.*)"
)


class Requests(NamedTuple):
    """The columns of a table that hold answers, by their places, with the line of the titles. `has`: the
    other columns of signatories.csv that it has."""

    line: int
    titles: Mapping[int, str]
    has: frozenset[str]


def name_whole_table(parts: Parts, today: date) -> Parts:
    """The parts; where they hold a pact without measures and nobody who signed it, the one table among
    those without a known name that holds all of this is read as well."""
    filled = {part.content for part in parts.parts if not part.is_unfilled}
    if "pact" not in filled or filled & {"measures", *ANSWERING} or _hold_measures(parts):
        return parts
    found = []
    # A sheet of candidates may be called after their towns.
    called = [part for part in parts.parts if part.content == "areas" and not part.is_said]
    for part in (*parts.unnamed, *(replace(one, content="signatories") for one in called)):
        requests = find_requests(part, today)
        if requests is None or len(requests.titles) < ENOUGH_UNNAMED:
            continue
        if requests.has >= {"name", "commune"}:
            found.append(part)
    if len(found) != 1:
        return parts
    read = [
        part for part in parts.parts if part.content != "signatories" and part.name != found[0].name
    ]
    after = next((n for n, one in enumerate(read) if one.content in _AFTER), len(read))
    return replace(
        parts,
        parts=(*read[:after], *found, *read[after:]),
        left_out=tuple(name for name in parts.left_out if name != found[0].name),
        unnamed=tuple(part for part in parts.unnamed if part not in found),
    )


#: The parts that come after the signatories.
_AFTER = ("answers", "mandates", "actions", "details", "sources")


def _hold_measures(parts: Parts) -> bool:
    """Whether a pact.toml among them has measures, or cannot be read."""
    data, errors = read_toml(parts)
    return bool(errors or data.get("measures"))


def read_toml(parts: Parts) -> tuple[dict, list[RowError]]:
    """(what the pact.toml among them says, what is wrong with it); nothing where there is none."""
    for part in parts.parts:
        if part.content == "pact" and not part.sheet:
            part.file.seek(0)
            found = parse_pact(part.file.read())
            part.file.seek(0)
            return found
    return {}, []


def find_requests(part: Part, today: date) -> Requests | None:
    """The columns of a table of signatories, or of their answers, that hold answers and whose titles
    mean nothing else; None where there are too few, or one of them words nothing."""
    shape = shape_of("signatories", Context(today))
    named = replace(part, content="signatories")
    found = find_columns(named, shape)
    if found is None:
        return None
    line, titles, chosen, meant = found
    beside = {place for place, *_ in find_beside(titles, meant, shape.names)}
    free = [n for n in free_columns(titles, meant) if n not in beside]
    places = places_of_answers(part, line, free)
    if part.mending.marks or not places:
        rows = islice(_rows_below(part, line), _LOOKED)
        places = sorted({*places, *find_scale(rows, free, part.mending.marks, places)})
    numbered = (n for n, name in chosen.items() if name and OF_MEASURE.fullmatch(name))
    places = sorted({*places, *numbered})
    worded = {n for n, title in enumerate(titles) if column_of("measures", title) == "wording"}
    if part.content == "answers" and worded.difference(places):
        return None  # a row for each request: these columns are of people
    requests = {n: " ".join(titles[n].split()) for n in places}
    if len(requests) < ENOUGH or any(map(ONLY_NUMBER.fullmatch, requests.values())):
        return None
    has = {*filter(None, meant)}
    if NAME in has and RESIDENCE not in has:
        at = meant.index(NAME)
        names = (cells[at] for cells in _rows_below(part, line) if at < len(cells))
        first = find_name_and_place(islice(names, _LOOKED), packaged_communes())
        has |= {RESIDENCE} if first and first[1] else set()
    return Requests(line.line, requests, frozenset(has))


def free_columns(titles: Sequence[str], meant: Sequence[str | None]) -> list[int]:
    """The places of titles that mean nothing, in a table of answers neither."""
    of_form = find_form_columns(titles, meant)
    return [
        n
        for n, title in enumerate(titles)
        if title
        and meant[n] is None
        and match_title("answers", title) is None
        and commented_answer(title) is None
        and n not in of_form
    ]


def places_of_answers(part: Part, line: TitleLine, free: Sequence[int]) -> list[int]:
    """Those of some columns under which at least half of what stands is an answer, or a mark for one;
    what is empty between two of them, too."""
    marks, some, most = AnswerMarks(part.mending.marks), set(), set()
    columns: dict[int, list[str]] = {n: [] for n in free}
    for cells in islice(_rows_below(part, line), _LOOKED):
        if name_sums(cells):
            continue
        for n, column in columns.items():
            answer = marks.read(clean_cell(cells[n])) if n < len(cells) else ""
            if not is_silence(answer):
                column.append(answer)
    for n, column in columns.items():
        is_of_boxes = all(is_box(one) or is_mark(one) or answer_meant(one) for one in column)
        if not column:
            some.add(n)
        elif (is_of_boxes and not is_sum_title(line.titles[n])) or hold_answers(
            column, with_marks=True
        ):
            most.add(n)
    if not most:
        return []
    return [n for n in free if n in most or (n in some and min(most) < n < max(most))]


def _rows_below(part: Part, line: TitleLine) -> Iterator[Sequence[str]]:
    with suppress(Unreadable):
        yield from (cells for _, cells in lines_below(part, line))


def lines_below(part: Part, titles: TitleLine) -> Iterator[tuple[int, Sequence[str]]]:
    """(line, cells) of each row below the titles of a part, as the file has it. Raises Unreadable."""
    table = replace(part, mending=Mending()).open_table()
    if titles.sheet is not None:
        table.choose_sheet(titles.sheet)
    for line, _, cells in table:
        if line > titles.line:
            yield line, cells


def word_measures(titles: Sequence[str], former: Sequence[Measure] = ()) -> list[dict[str, str]]:
    """The measures that some titles word, as a pact has them: numbered as the titles are, where each has
    a number of its own, else in their order. `former`: those that the pact has already, whose numbers
    stay with their words, wherever their columns stand now."""
    words, themes = [*titles], [""] * len(titles)
    grids = [match for match in map(_OF_GRID.fullmatch, titles) if match]
    if len(grids) == len(titles):
        rows = [match[2].strip() for match in grids]
        asked = [match[1].strip() for match in grids]
        is_row = len(set(map(search_key, rows))) == len(rows)
        words = rows if is_row else asked
        if is_row and len({*asked}) > 1 and max(map(len, asked)) <= _LONGEST_THEME:
            themes = asked
    numbered = [match for match in map(_NUMBERED.fullmatch, words) if match]
    ids = [match["id"] for match in numbered]
    if len({*ids}) == len(words):
        words = [match["words"].strip() for match in numbered]
    else:
        ids = number_words(words, former)
    return [
        {"id": one, "wording": wording, **({"theme": theme} if theme else {})}
        for one, wording, theme in zip(ids, words, themes, strict=True)
    ]


def number_words(words: Sequence[str], former: Sequence[Measure]) -> list[str]:
    """The numbers of former measures with the same words, or nearly; of others the next ones."""
    left = {one.id: search_key(one.wording) for one in former}
    found: dict[int, str] = {}
    for n, text in enumerate(words):
        key = search_key(text)
        if same := next((one for one, wording in left.items() if wording == key), None):
            found[n] = same
            del left[same]
    rest = [n for n, _ in enumerate(words) if n not in found]
    if len(words) == len(former):  # in the same place, with other words
        found |= {n: former[n].id for n in rest if former[n].id in left}
    for n in [n for n in rest if n not in found]:
        near = process.extractOne(search_key(words[n]), left, scorer=fuzz.ratio, score_cutoff=LIKE)
        if near:
            found[n] = near[2]
            del left[near[2]]
    taken = {one.id for one in former} | {*found.values()}
    new = (str(n) for n in count(len(former) + 1) if str(n) not in taken)
    return [found[n] if n in found else next(new) for n, _ in enumerate(words)]


class TableColumns(NamedTuple):
    """The line of the titles of a table, the titles, what somebody said that the columns are, by their
    places, and what each of them is."""

    line: TitleLine
    titles: list[str]
    chosen: Mapping[int, str]
    meant: list[str | None]


def find_columns(part: Part, shape: Shape) -> TableColumns | None:
    """The columns of a part; None where it has no titles, or cannot be read."""
    line = find_title_line(part, shape)
    if line is None:
        return None
    titles = [*line.titles]
    rows = [*islice(_rows_below(part, line), LOOKED)]
    return TableColumns(line, titles, *columns_meant(part, titles, shape, rows))


def columns_meant(
    part: Part, titles: Sequence[str], shape: Shape, rows: Sequence[Sequence[str]] = ()
) -> tuple[Mapping[int, str], list[str | None]]:
    """(what somebody said that the columns are, what each of them is). `rows`: the first below."""
    chosen = part.mending.columns_of(part.content, titles)
    own = shape.rules.context.own_places
    meant = settle_columns(meant_columns(titles, shape), titles, shape.names, rows, own)
    return chosen, [chosen.get(n, name) for n, name in enumerate(meant)]


def find_title_line(part: Part, shape: Shape) -> TitleLine | None:
    """The line of the titles of a part; None where it has none, or cannot be read."""
    table = replace(part, mending=Mending()).open_table()
    try:
        lines = [*list_title_lines(table, part.content)]
    except Unreadable:
        return None
    if part.mending.first is not None:
        return next((one for one in lines if one.line == part.mending.first), None)
    return guess_title_line(lines, shape)
