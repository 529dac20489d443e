"""From CSV, XLSX and TOML to rows and row errors: pure. No content of a file raises an exception."""

import re

from monitor.findings import Doubt, RowError
from monitor.i18n import (
    Choice,
    first_sentence,
    limit_in_words,
    partial_day,
    since_day,
    text,
    time_span,
)
from monitor.intake.cells import abbreviate_cell, displayable
from monitor.intake.checkers import CheckerTable
from monitor.intake.columns import CODES, IGNORED
from monitor.intake.communes import Communes
from monitor.intake.file_columns import FileColumn, file_columns
from monitor.intake.files import MendedCell, Table
from monitor.intake.header_row import match_title
from monitor.intake.links import plain_address, read_links, state_of
from monitor.intake.marks import answer_meant, mark_key, meant_by_marks
from monitor.intake.mending import MendedTable, Mending, find_titles
from monitor.intake.merge import fill_absent
from monitor.intake.pact import read_pact
from monitor.intake.parts import Part, Parts, sort_parts
from monitor.intake.people import is_derived_id
from monitor.intake.reading import (
    Context,
    Row,
    check_cell,
    check_row,
    check_text,
    read_file,
    read_file_as,
    shape_of,
)
from monitor.intake.titles import TITLED, title_of
from monitor.intake.vocabulary import CODED, cell_in_words, words_of
from monitor.intake.wide import AnswersAcross, find_answers_across
from monitor.intake.words_reading import words_key
from monitor.schema import COLUMNS, FILES, REQUIRED

__all__ = [
    "CODES",
    "COLUMNS",
    "IGNORED",
    "REQUIRED",
    "AnswersAcross",
    "CheckerTable",
    "Communes",
    "Context",
    "FileColumn",
    "MendedCell",
    "MendedTable",
    "Mending",
    "Part",
    "Parts",
    "Row",
    "Table",
    "answer_meant",
    "cell_in_words",
    "check_cell",
    "check_row",
    "check_text",
    "displayable",
    "error_reason",
    "error_sentence",
    "file_columns",
    "fill_absent",
    "find_answers_across",
    "find_titles",
    "mark_key",
    "match_title",
    "meant_by_marks",
    "plain_address",
    "read_file",
    "read_file_as",
    "read_links",
    "read_pact",
    "shape_of",
    "sort_parts",
    "state_of",
    "value_in_words",
    "values_in_words",
    "words_key",
]


def error_sentence(
    error: RowError,
    lang: str,
    content: str = "",
    *,
    with_codes: bool = True,
    in_brief: bool = False,
) -> str:
    """Where it is, what it holds, what is wrong and what to do, in one line. `content`: what the file
    is; a pact.toml has keys where the others have columns. `with_codes`: columns also by the names that
    commands take, and what to do by these. `in_brief`: without what to do, of a list
    its first."""
    where, value = [], value_in_words(error, lang)
    if error.line is not None:
        line = "line" if error.row in (None, error.line) else "line_and_row"
        where.append(text(f"row_error.{line}", lang, line=error.line, row=error.row))
    if error.column:
        key = "row_error.key" if content == "pact" else "row_error.column"
        titled, column = "_titled" if error.heading else "", error.column
        values = dict(error.values)
        of = values.get("absent_from") or values.get("columns_of", "")
        if column in TITLED.get(of, ()):  # that is not there
            column = title_of(of, column, lang)
        elif error.line is None and isinstance(error, Doubt) and _is_own(error, content):
            own = content if column in COLUMNS.get(content, ()) else _COLUMNS[column]
            titled, values["heading"] = "_titled", title_of(own, column, lang)
        if not with_codes:
            titled, column = "", error.heading or _title_in_words(content, column, lang)
            if value and column == abbreviate_cell(value):  # a title, said once and in full
                column, value = value, ""
        heading = error.heading or values.get("heading", "")
        where.append(text(f"{key}{titled}", lang, column=column, heading=heading))
    if value:
        where.append(text("row_error.value", lang, value=value))
    reason = error_reason(error, lang, on_page=not with_codes, in_brief=in_brief)
    if not where:
        return reason
    return text("row_error.sentence", lang, where=", ".join(where), said=reason)


#: A file that has each column of rows, by its name.
_COLUMNS = {column: content for content in reversed(FILES) for column in COLUMNS[content]}
_COLUMNS["signatory_id"] = "actions"  # where it is not their own id


def _is_own(error: RowError, content: str) -> bool:
    """Whether a column is one of ours by its name, which the file may not have."""
    return error.column in _COLUMNS and not error.heading and content != "pact"


def _title_in_words(content: str, column: str, lang: str) -> str:
    """What a column is called; one that is none of ours as in the file."""
    return title_of(content, column, lang) if column in TITLED.get(content, ()) else column


def value_in_words(error: RowError, lang: str) -> str:
    """What stands in the cell; where the rows that were read are doubted, codes as one says them, and no
    id that nobody has written."""
    if not isinstance(error, Doubt):
        return error.value
    if error.column in CODED:
        return cell_in_words(error.column, error.value, lang)
    parts = [part for part in error.value.split(" · ") if not is_derived_id(part)]
    return " · ".join(cell_in_words("office", part, lang) for part in parts)


def values_in_words(error: RowError, lang: str) -> dict[str, str]:
    """What fills the sentence of a finding, days, numbers and codes as one says them."""
    return {name: _detail_in_words(name, value, lang) for name, value in error.values}


def error_reason(
    error: RowError, lang: str, *, on_page: bool = False, in_brief: bool = False
) -> str:
    """What is wrong, or odd, and what to do, days, numbers and codes as one says them. `on_page`: what
    to do on the page, without the options of commands; `in_brief`: the first sentence alone."""
    door = Choice(int(on_page))
    values: dict = values_in_words(error, lang)
    values["door"] = door
    if (content := values.pop("columns_of", None)) in TITLED:
        known = values["known"].split(", ")
        values["known"] = ", ".join(title_of(content, one, lang) for one in known)
    for name in ("id", "by"):
        if one := values.get(name):
            values[name] = "" if is_derived_id(one) else text("doubt.with_id", lang, id=one)
    belongs = values.pop("belongs", None)
    if family := values.pop("family", None):
        known = words_of(family, values["known"].split(", "), lang, with_codes=not on_page)
        values["known"] = ", ".join(filter(None, (values.pop("own", ""), known)))
    if in_brief:
        values |= {name: _first_of_list(values[name]) for name in _LISTS & values.keys()}
        return first_sentence(f"{error.family}.{error.code}", lang, **values)
    sentence = text(f"{error.family}.{error.code}", lang, **values)
    if family == "answer":
        sentence = f"{sentence} {text('row_error.or_a_mark', lang, door=door)}"
    return (
        f"{sentence} {text(f'row_error.belongs_{belongs}', lang, **values)}"
        if belongs
        else sentence
    )


def _explained_status(code: str, lang: str) -> str:
    """A status with the first words of what it says of a commitment."""
    means = re.split(r"\. | \(", text(f"status_definition.{code}", lang))[0].rstrip(".")
    return text("row_error.status_means", lang, status=text(f"status.{code}", lang), means=means)


#: Values of sentences that may list several things, and what parts these: nothing within brackets.
_LISTS = {"known", "near", "measures"}
_BETWEEN = re.compile(r"(?:, | \| | ; )(?![^(«]*[)»])")


def _first_of_list(value: str) -> str:
    """The first two of what a value lists."""
    ends = [found.start() for found in _BETWEEN.finditer(value)]
    return f"{value[: ends[1]]}, …" if len(ends) > 1 else value


#: Values of sentences that are numbers.
_NUMBERS = ("n", "limit", "size", "cells", "columns", "lowest", "highest", "tags", "reference")
#: Values of sentences that are codes, and the family of their words.
_CODES = {
    "answer": "answer",
    "office": "office",
    "outcome": "outcome",
    "status": "status",
    "signer": "kind",
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: When the first of several entries happened, which may be known to the month.
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")


def _detail_in_words(name: str, value: str, lang: str) -> str:
    if name in _NUMBERS and value.lstrip("-").isdecimal():
        return limit_in_words(int(value), lang)
    if name in _CODES and value:
        return text(f"{_CODES[name]}.{value}", lang)
    if name == "likely":
        return " ; ".join(_explained_status(one, lang) for one in value.split(", "))
    if name == "since":
        return since_day(value, lang)
    if name == "held":  # an interval of EDTF: 2014-04-05/2020-07-02, 2014-04/..
        start, end = value.split("/")
        return time_span(start, None if end == ".." else end, lang)
    dated = _MONTH if name == "first" else _DAY
    return partial_day(value, lang) if dated.fullmatch(value) else value
