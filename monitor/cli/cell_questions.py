"""What `load --ask` asks of refused cells: what is to be read in their place, wherever the same words
stand in the column."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from monitor import commands, intake
from monitor.areas import search_key
from monitor.cli.kept_options import KeptOption
from monitor.cli.load_columns import having_title
from monitor.cli.load_mends import refused_marks
from monitor.cli.terminal import LANG, say
from monitor.findings import RowError
from monitor.i18n import join_first, partial_day, plural, text
from monitor.intake.alike import list_lines
from monitor.intake.cells import check_url, clean_cell
from monitor.intake.days import day_of
from monitor.intake.header_row import Shape
from monitor.intake.part_names import OF_SHEET, sheet_of_part
from monitor.intake.vocabulary import word_key, words_of

#: Why cells are refused in place of which another text can be read.
_OF_DAYS = (
    *("not_a_date", "vague_date", "no_such_day", "year_out_of_range", "two_digit_year"),
    *("serial_date", "ambiguous_date", "day_needed", "future_date", "due_out_of_term"),
)
_OF_PLACES = (
    *("unknown_commune", "no_such_commune", "commune_name", "several_communes", "no_such_name"),
    *("unknown_place", "no_such_place", "several_places", "lost_zero", "lost_zero_retired"),
    *("decimal_code", "spaced_code", "code_in_text", "retired_commune", "siren_code"),
)
#: A name of more communes than are proposed may stand there.
_OF_NAMESAKES = "several_communes"
_OF_PEOPLE = ("near_signatory", "several_signatories", "several_at_place", "nobody_elected_there")
_OF_MEASURES = ("unknown_measure", "near_measure")
_OTHERS = (
    *("unknown_code", "unknown_office", "not_a_number", "not_whole", "has_decimals"),
    *("url_scheme", "url_password", "url_malformed"),
)
#: What a fact rests on is asked of one that says nothing of it.
_OF_SOURCES = "evidence_needed"
ASKED = frozenset((*_OF_DAYS, *_OF_PLACES, *_OF_PEOPLE, *_OF_MEASURES, *_OTHERS, _OF_SOURCES))
#: Words that say neither who has seen something nor where, and how many others do.
_OF_VISITS = frozenset(
    (
        *("vu", "vue", "vus", "sur", "place", "constate", "visite", "terrain", "par", "nous"),
        *("moi", "on", "site", "seen"),
    )
)
_NAMED = 2
#: Letters of the longest fact that is asked about.
_LETTERS = 300
#: Cells of a column, and different words in them, beyond which it is the column that is misread.
_CELLS, _WORDS = 25, 3
#: Lines that are named of cells that say the same.
_LINES = 8
#: « Jean-Pierre Le Goff (Quimper) », with their own id where they have one; « 93066 (Saint-Denis, …) ».
_PERSON = re.compile(r"(?P<who>.+ \(.+?\))(?:, (?P<id>[^\s,;]+))?")
_PLACE = re.compile(r"(?P<code>\S+) \((?P<name>.+)\)")


class CellQuestion(NamedTuple):
    """What is to be read in place of the words of a cell. `about`: the title of its column and these
    words, which stand before the « = » of an option. `menu`: where it is, what is wrong, and the
    `choices`, by their words what they say. `asked`: the question. `check`: why a text cannot stand
    there, "" where it can."""

    about: str
    menu: str
    asked: str
    choices: Mapping[str, str]
    check: Callable[[str], str]
    option: str = "--cell"
    #: A cell is never left out together with others.
    asks_alone: bool = True

    @property
    def key(self) -> tuple[str, str]:
        return self.option, self.about

    def option_of(self, typed: str) -> KeptOption | None:
        """The option that says what was typed: the number of a choice, its words, or any text that may
        stand there; None where it may not."""
        numbered = {str(n): meant for n, meant in enumerate(self.choices.values(), 1)}
        worded = {word_key(words): meant for words, meant in self.choices.items()}
        meant = numbered.get(typed) or worded.get(word_key(typed))
        if meant is None and not self.check(typed):
            meant = typed
        return KeptOption(self.option, f"{self.about}={meant}") if meant else None

    def words_of(self, option: KeptOption) -> str:
        """What is read."""
        meant = option.value.partition("=")[2]
        return {value: words for words, value in self.choices.items()}.get(meant, meant)

    def why_not(self, typed: str) -> str:
        return text("cli.ask_cell_again", LANG, value=typed, why=self.check(typed))


class _Cells(NamedTuple):
    """The refused cells of a column, by their words; `name`: that of the part, `shape`: what they must
    obey."""

    name: str
    shape: Shape
    title: str
    by_words: Mapping[str, Sequence[RowError]]

    @property
    def count(self) -> int:
        return sum(map(len, self.by_words.values()))

    @property
    def are_misread(self) -> bool:
        return self.count > _CELLS and len(self.by_words) > _WORDS


def list_cell_questions(whole: commands.WholeReport, parts: intake.Parts) -> Iterator[CellQuestion]:
    """What is to be read in place of refused cells, each column and words once. Not of columns that are
    misread as a whole."""
    for cells in _refused_cells(whole):
        part = next((one for one in parts.parts if _is_of(cells.name, one.name)), None)
        if cells.are_misread or part is None or "=" in cells.title:
            continue
        if not having_title([part], cells.title):
            continue
        is_shared = len(having_title(parts.parts, cells.title)) > 1
        title = f"{sheet_of_part(part.name)}:{cells.title}" if is_shared else cells.title
        for some in cells.by_words.values():
            yield _question(cells, sheet_of_part(part.name), title, some)


def tell_misread(whole: commands.WholeReport) -> None:
    """Say of which columns so many cells are refused that none was asked."""
    for cells in _refused_cells(whole):
        if cells.are_misread:
            sheet = sheet_of_part(cells.name)
            say("cli.column_misread", n=cells.count, title=cells.title, sheet=sheet)


def may_be_asked(report: commands.Report) -> bool:
    """Whether some of its refused cells are asked."""
    return any(not one.are_misread for one in _cells_of(report))


def _refused_cells(whole: commands.WholeReport) -> Iterator[_Cells]:
    for report in whole.reports:
        yield from _cells_of(report)


def _cells_of(report: commands.Report) -> Iterator[_Cells]:
    if report.shape is None or report.unread:
        return
    marks = {id(one) for one in refused_marks(report)}
    found: dict[str, dict[str, list[RowError]]] = {}
    for one in (_name_fact(report, error) for error in report.errors):
        is_whole = bool(one.value) and not one.value.endswith("…") and "=" not in one.value
        if one.code not in ASKED or id(one) in marks or not is_whole:
            continue
        if one.column in report.shape.names and one.line:
            by_words = found.setdefault(one.heading or one.column, {})
            by_words.setdefault(intake.words_key(one.value), []).append(one)
    for title, by_words in found.items():
        yield _Cells(report.file_name, report.shape, title, by_words)


def _name_fact(report: commands.Report, error: RowError) -> RowError:
    """The error, of a fact without a source with what happened in place of the empty cell."""
    cells = report.cells.get(error.line or 0)
    if error.code != _OF_SOURCES or cells is None or report.shape is None or error.value:
        return error
    fact = intake.displayable(clean_cell(cells[report.shape.names.index("summary")]))
    return replace(error, value=fact) if len(fact) <= _LETTERS else error


def _is_of(name: str, part: str) -> bool:
    """Whether a report is of a part, or of a part that was made from it."""
    return name == part or name.startswith(f"{part}{OF_SHEET}")


def _question(cells: _Cells, sheet: str, placed: str, some: Sequence[RowError]) -> CellQuestion:
    """`placed`: the title as the option has it."""
    error = some[0]

    if error.code == _OF_SOURCES:
        return _question_of_source(cells, sheet, placed, error)

    def check(typed: str) -> str:
        wrong = intake.check_cell(cells.shape, error.column, typed)
        return intake.error_reason(wrong, LANG, in_brief=True) if wrong else ""

    choices = {words: meant for words, meant in _choices(error).items() if not check(meant)}
    lines = list_lines(some)
    head = plural(
        "cli.ask_cell_at",
        len(lines),
        LANG,
        sheet=sheet,
        lines=join_first(lines, _LINES),
        title=cells.title,
        value=error.value,
    )
    items = [f"{n} {words}" for n, words in enumerate(choices, 1)]
    why = _why(error, bool(choices))
    if error.code in _OF_DAYS and (days := _days_that_fit(cells.shape.rules.context.today, check)):
        why = f"{why} {text('cli.ask_days', LANG, days=days)}"
    if error.code == _OF_NAMESAKES and int(dict(error.values)["n"]) > len(choices):
        why = f"{why} {text('cli.ask_department', LANG)}"
    said = [head, why, *([" · ".join(items)] if items else [])]
    menu = "\n  ".join(map(intake.displayable, said))
    asked = text("cli.ask_cell", LANG)
    return CellQuestion(f"{placed}:{error.value}", menu, asked, choices, check)


def _question_of_source(cells: _Cells, sheet: str, placed: str, error: RowError) -> CellQuestion:
    """Where a fact that names no source is known from."""

    def check(typed: str) -> str:
        said = {*search_key(typed).split()} - _OF_VISITS
        if check_url(typed) is not None and len(said) < _NAMED:
            return text("cli.ask_source_again", LANG)
        wrong = intake.check_cell(cells.shape, error.column, typed)
        return intake.error_reason(wrong, LANG, in_brief=True) if wrong else ""

    at = {"sheet": sheet, "line": error.row or error.line, "value": error.value}
    menu, asked = text("cli.ask_source_at", LANG, **at), text("cli.ask_source", LANG)
    return CellQuestion(f"{placed}:{error.value}", intake.displayable(menu), asked, {}, check)


def _days_that_fit(today: date, check: Callable[[str], str]) -> str:
    """How a day may be written where a cell is refused, by that of the last 25 March: those forms that
    may stand there."""
    day = next(one for one in (date(today.year - n, 3, 25) for n in (0, 1)) if one <= today)
    year_month = f"{day:%Y-%m}"
    forms = (
        *(f"{day:%d/%m/%Y}", partial_day(day.isoformat(), LANG), day.isoformat()),
        *(partial_day(year_month, LANG), f"{day:%m/%Y}", f"{day:%Y}"),
    )
    return ", ".join(one for one in forms if not check(one))


def _why(error: RowError, has_choices: bool) -> str:
    """What is wrong in few words; what it may be stands among the choices, but of a measure."""
    reason, near = intake.error_reason(error, LANG, in_brief=True), dict(error.values).get("near")
    if near and has_choices:
        reason = reason.partition(near)[0].rstrip(" \u00a0:") + ("." if near in reason else "")
    if near and error.code == "near_measure":
        reason += text("cli.ask_likely", LANG, likely=near)
    return reason


def _choices(error: RowError) -> dict[str, str]:
    """What a refused cell may mean, by its words. A measure is said by its own number."""
    values = dict(error.values)
    near = [one for one in values.get("near", "").split(" ; ") if one]
    if error.code in _OF_PEOPLE:
        people = filter(None, map(_PERSON.fullmatch, near))
        return {one[0]: one["id"] or one["who"] for one in people}
    if error.code in _OF_PLACES:
        places = filter(None, map(_PLACE.fullmatch, near))
        code = values.get("new") or values.get("code", "")
        own = {f"{values['name']} ({code})": code} if code and "name" in values else {}
        return own | {f"{one['name']} ({one['code']})": one["code"] for one in places}
    if error.code in _OF_DAYS:
        days = [values[name] for name in ("first", "last", "wanted") if name in values]
        return {partial_day(day_of(one), LANG): one for one in days}
    if error.code == "unknown_code" and (family := values.get("family")):
        codes = values["known"].split(", ")
        return {words_of(family, [one], LANG, with_codes=False): one for one in codes}
    return {}
