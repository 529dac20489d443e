"""A file to checked rows: every cell that cannot be taken is reported, and stops no other row."""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import BinaryIO

from monitor.findings import Doubt, RowError
from monitor.intake import header_row
from monitor.intake.asides import name_sums
from monitor.intake.cells import (
    DIRECTION,
    abbreviate_cell,
    clean_cell,
    is_filled,
    named_character,
    repeats_titles,
)
from monitor.intake.dated_sheets import date_by_sheet
from monitor.intake.days import Order
from monitor.intake.facts_apart import FactsApart
from monitor.intake.files import Table
from monitor.intake.form_columns import refuse_unpublished
from monitor.intake.header_row import Header, Shape
from monitor.intake.later_answers import LaterTitles, read_former
from monitor.intake.marks import MARKED, AnswerMarks, StatusMarks
from monitor.intake.row_checker import RowChecker
from monitor.intake.row_rules import RULES
from monitor.intake.rows import Context, Row
from monitor.intake.status_words import is_unrated
from monitor.intake.title_line import heads_table, place_titles
from monitor.intake.titled_sheets import complete_by_sheet
from monitor.intake.two_title_lines import JoinedTitles
from monitor.intake.unreadable import Unreadable
from monitor.intake.wide import AnswersAcross, doubt_words, find_answers_across
from monitor.intake.words_beside import (
    WORDS_IN,
    is_unanswered,
    keep_words,
    split_in_words,
    with_column,
)
from monitor.schema import COLUMNS, KEYS, POSITIONS, REQUIRED, ROW_TYPES, TEXT_LIMIT

#: No table that is read has as many columns: what they are is not looked at one by one.
COLUMNS_LIMIT = 1000


def read_file(file: BinaryIO | Table, content: str, context: Context) -> Iterator[Row]:
    """Every row of a signatories, mandates, actions or areas file, checked.

    Takes CSV (UTF-8, UTF-16 or cp1252; `,` or `;`) and XLSX. Never raises for what the file holds:
    a problem of the whole file is an `unreadable` row that ends the reading. Memory is bounded by
    the ids, whatever the length.
    """
    yield from read_file_as(file, shape_of(content, context))


def read_file_as(file: BinaryIO | Table, shape: Shape) -> Iterator[Row]:
    """`read_file`, for a caller that already has the shape of the file."""
    table = Table.of(file)
    table.own_places = shape.rules.context.own_places
    place_titles(table, shape)
    header = partial(header_row.match_header, below=table.rows_below)
    return read_rows_of(table, shape, header)


def check_row(content: str, cells: Sequence[str], context: Context) -> Row:
    """One row, its cells in the order of COLUMNS, checked as a row of a file is."""
    places = tuple(range(len(COLUMNS[content])))
    return RowChecker(shape_of(content, context), Header(places, len(places))).check(1, list(cells))


def shape_of(content: str, context: Context) -> Shape:
    rules = RULES[content](context)
    return Shape(
        COLUMNS[content], REQUIRED[content], KEYS[content], rules, ROW_TYPES[content]._make
    )


def read_rows_of(
    file: BinaryIO | Table, shape: Shape, header: Callable[[list[str], Shape, int], Header]
) -> Iterator[Row]:
    """`read_file`, of a file of any shape; `header` finds its columns in the first row (cells, shape,
    line)."""
    table = Table.of(file)
    try:
        yield from _rows(table, shape, header)
    except Unreadable as problem:
        yield Row(problem.error.line or 1, (), (problem.error,), unreadable=True)


def no_column(place: int) -> Order:
    """What is said of the order of day and month where a date stands in no column."""
    return Order.UNSAID


def check_text(value: str) -> tuple[str | None, str | None, tuple]:
    """(the text as the log takes it, None if empty; code of what is wrong; what fills its sentence)."""
    text = unicodedata.normalize("NFC", clean_cell(value))
    text = text.replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > TEXT_LIMIT:
        return None, "too_long", (("length", str(len(text))), ("limit", str(TEXT_LIMIT)))
    if character := named_character(text):
        wrong = "direction" if chr(int(character[2:], 16)) in DIRECTION else "control"
        return None, f"{wrong}_character", (("character", character),)
    return text or None, None, ()


def check_cell(shape: Shape, column: str, value: str) -> RowError | None:
    """Why a cell of a column cannot say this, whatever the rest of its row says; None where it may."""
    place = shape.names.index(column)
    cell, code, details = check_text(value)
    values: list[str | None] = [None] * len(shape.names)
    values[place] = cell
    if code is None:
        found = [one for one in shape.rules.check(values, no_column) if one[0] == place]
        _, code, details = found[0] if found else (place, None, ())
    return RowError(None, column, abbreviate_cell(value), code, details) if code else None


def _same_columns(across: AnswersAcross, line: int) -> Iterator[RowError]:
    """That columns are about the same measure as earlier ones: which of two answers counts, only a
    person can say."""
    first: dict[object, int] = {}
    for n in across.places if across.named == "measure" else ():
        earlier = first.setdefault(across.read(across.titles[n]), n)
        if earlier != n:
            title, name = (abbreviate_cell(across.titles[at]) for at in (n, earlier))
            yield RowError(line, title, title, "same_column", (("name", name),))


def _rows(table: Table, shape: Shape, header) -> Iterator[Row]:
    lines = ((line, number, cells) for line, number, cells in table if is_filled(cells))
    line, _, first = next(lines, (1, 1, None))
    if first is None:
        raise Unreadable("empty_file")
    if isinstance(first, JoinedTitles):
        table.doubts += first.doubts(line)
    if (count := len(header_row.titles_of(first))) > COLUMNS_LIMIT:
        raise Unreadable("too_many_columns", line, size=str(count), limit=str(COLUMNS_LIMIT))
    across = find_answers_across(header_row.titles_of(first), shape.rules, table.sheet)
    under: Collection[int] = across.places if across else ()
    read_marks = StatusMarks if shape.rules.content == "actions" else AnswerMarks
    marks = read_marks(table.marks, lambda: _cells_under(table, under))
    if across and any(map(marks.split, across.answers_in(table.again()))):
        across = replace(across, has_words=True)
        if "comment" in table.emptied_columns:
            table.doubts.append(Doubt(None, "comment", "", "words_stay"))
    titles = across.header if across else first
    table.answers_under = [*across.places, *across.notes.values()] if across else ()
    found = header_row.misplaced_header(first, line) or header(titles, shape, line)
    found = date_by_sheet(found, shape, table.sheet, line)
    found = complete_by_sheet(found, shape, table.sheet, line)
    if errors := (*found.errors, *(_same_columns(across, line) if across else ())):
        yield Row(line, (), errors, unreadable=True)
        return
    table.headings |= header_row.own_headings(titles, found, shape)
    table.doubts += found.doubts
    if across:
        table.doubts += across.doubts
        found = replace(found, width=len(across.titles))
    # Of a million statuses none is looked at where nobody said anything of them.
    is_marked = shape.rules.content == "answers" or bool(table.marks)
    marked = MARKED.get(shape.rules.content) if is_marked and not across else None
    answer = found.places[shape.names.index(marked)] if marked else -1
    former = (
        found.places[shape.names.index("former_answer")] if marked == AnswerMarks.column else -1
    )
    under = under or ((answer,) if former < 0 else (answer, former))
    remark = found.places[shape.names.index("comment")] if marked == AnswerMarks.column else -1
    at_words = shape.names.index(WORDS_IN[marked]) if marked else -1
    words = found.places[at_words] if at_words >= 0 else -1
    is_wordless = answer >= 0 and at_words >= 0 > words
    if is_wordless:
        found, words = with_column(found, at_words), found.width
    checker, silent = RowChecker(shape, found, table), _checker_of_silence(shape, found, marks)
    apart = FactsApart(checker, shape, found)
    unanswered: list[tuple[int, list[str], int]] = []
    is_answered, has_rows, last = across is None, False, 0
    for line, number, cells in lines:
        if repeats_titles(cells, first):
            table.doubts.append(Doubt(line, "", "", "titles_again", (), number))
            continue
        if summed := name_sums(cells):
            table.doubts.append(Doubt(line, "", abbreviate_cell(summed), "row_of_sums", (), number))
            continue
        if number > last + 1 and heads_table(cells):
            value = abbreviate_cell(" · ".join(filter(None, map(str.strip, cells))))
            yield Row(line, (), (RowError(line, "", value, "another_table", (), number),))
            return
        last, is_refused, is_emptied, kept = number, False, False, ""
        if is_wordless and len(cells) >= words and not is_filled(cells[words:]):
            cells = [*cells[:words], ""]
        odd = ()
        if 0 <= former < len(cells):
            cells[former] = read_former(cells[former], marks, isinstance(first, LaterTitles))
        if across:
            checked = across.check(checker, line, cells, number, marks, silent)
        elif (
            0 <= answer < len(cells)
            and (answer_read := marks.read(cells[answer])) is not cells[answer]
        ):
            if isinstance(marks, StatusMarks):
                kept = marks.words_beside(cells[answer])
                keep_words(cells, words, kept)
            elif answer_read and (split := marks.split(cells[answer])):
                kept, odd = split[1], (doubt_words(line, split, cells[answer], number),)
                keep_words(cells, words, kept, "\n")
            cells[answer], is_emptied = answer_read, not answer_read
            if answer_read or marked != AnswerMarks.column:
                checked = apart.check(line, cells, number)
            else:
                checked = (
                    (replace(silent.check(line, cells, number), silenced=True),) if silent else ()
                )
        elif marked == AnswerMarks.column and is_unanswered(cells, answer, remark):
            checked, unanswered = (), [*unanswered, (line, cells, number)]
        elif marked == AnswerMarks.column and (split := split_in_words(cells, answer, marks)):
            kept, odd = split[1], (doubt_words(line, split, cells[answer], number),)
            keep_words(cells, words, kept, "\n")
            cells[answer] = split[0]
            checked = (checker.check(line, cells, number),)
        else:
            checked = apart.check(line, cells, number)
        consents = found.consents
        refused = tuple(refuse_unpublished(line, cells, consents, number)) if consents else ()
        for row in checked:
            if row.silenced:
                yield row
                continue
            if is_wordless and not kept:
                row.absent |= {at_words}
            if odd and not row.errors:
                row.doubts = (*row.doubts, *odd)
            if row.raw and table.told_results and line not in table.told_results:
                row.absent |= {POSITIONS["signatories"].outcome}
            if refused:
                row.errors, row.reported = refused, len(refused) if is_refused else 0
            is_answered = is_refused = has_rows = True
            codes = [one.code for one in row.errors]
            if codes and (aside := _left_aside(row, shape, is_emptied)):
                table.doubts.append(Doubt(line, "", aside[1], aside[0], (), number))
            elif not (table.is_of_winners and codes == ["unknown_signatory"]):
                yield row
    if not is_answered:
        table.doubts.append(Doubt(None, "answer", "", "nothing_answered"))
    if unanswered and not has_rows:  # nobody would have answered anything
        yield checker.check(*unanswered[0])
    elif unanswered:
        values = (("n", str(len(unanswered))),)
        table.doubts.append(Doubt(unanswered[0][0], "answer", "", "rows_unanswered", values))
    table.doubts += across.asides if across else ()
    table.doubts += marks.doubts


def _checker_of_silence(shape: Shape, found: Header, marks: AnswerMarks) -> RowChecker | None:
    """Who checks whom and what a cell is about that somebody said to be no answer: apart from the other
    rows, of which it is none. None where nothing was said so."""
    content = shape.rules.content
    if content != "answers" or not marks.any_silenced:
        return None
    return RowChecker(shape_of(content, shape.rules.context), found)


def _cells_under(table: Table, places: Collection[int]) -> Iterator[str]:
    """What stands in some columns below the titles, read once more."""
    rows = islice(filter(is_filled, table.again()), 1, None)
    return (cells[n] for cells in rows if not name_sums(cells) for n in places if n < len(cells))


def _left_aside(row: Row, shape: Shape, is_emptied: bool) -> tuple[str, str] | None:
    """(code of the doubt, what stands there) of a refused row that is no row at all: an example, a note
    below the table, or what says that nothing is assessed yet."""
    if _is_example(row):
        return "example_row", ""
    if row.errors[0].code == "note_line":
        return "note_left_out", row.errors[0].value
    return ("unrated_left_out", "") if _says_no_status(row, shape, is_emptied) else None


def _says_no_status(row: Row, shape: Shape, is_emptied: bool) -> bool:
    """Whether a refused row of a follow-up only lacks words, as it says that nothing is assessed yet.
    `is_emptied`: somebody said so of what stands in place of its status."""
    if shape.rules.content != "actions" or not row.raw:
        return False
    status = row.raw[shape.names.index("status")]
    return [one.code for one in row.errors] == ["summary_needed"] and (
        is_emptied or is_unrated(status)
    )


def _is_example(row: Row) -> bool:
    """Whether each cell of a refused row is an example, as the files to fill in have them."""
    filled = sum(bool(cell.strip()) for cell in row.raw or ())
    return len(row.errors) == filled and all(one.code == "example_cell" for one in row.errors)
