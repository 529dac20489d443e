"""What `load` says on the screen of what it doubts: a line for each kind that somebody has to see."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from monitor import commands, intake
from monitor.cli.load_doubts import lines_of, name_file, where_alike
from monitor.cli.terminal import LANG, print_sentence
from monitor.commands.doubting.on_screen import ON_SCREEN
from monitor.findings import Doubt
from monitor.i18n import join_first, plural, text
from monitor.intake.columns import DATES, DAYS
from monitor.intake.part_names import OF_SHEET

_Found = tuple[commands.Report, Doubt]

#: Codes of doubts that say again what whoever loads said of marks of answers, and what is said then of
#: the cells that hold these.
_SAID_OF_MARKS, _OF_CELLS = ("mark_read", "mark_silent"), "answer_in_words"
#: Codes of doubts of which the first sentence does not say what is published, or may be decided.
_WHOLE = (
    *("winners_instead", "undated_signature", "signed_unanswered", "signed_above"),
    *("answers_left_out", "broken_abandoned", "inapplicable_silent"),
)
#: Lines that are named of cells that hold the same.
_LINES = 3


def tell_on_screen(
    reports: Sequence[commands.Report], is_of_folder: bool, answered: Collection[str] = ()
) -> int:
    """Say what somebody has to see; how many kinds of doubts are left. `is_of_folder`: of which file
    each is, is said too. `answered`: codes of what somebody has just answered."""
    found, told = _find_kinds(reports, answered)
    sheets = Counter(_without_book(one.file_name) for one in reports)
    for code, some in found.items():
        for report, said in _word(code, some):
            sheet = _without_book(report.file_name)
            name = sheet if sheets[sheet] == 1 else report.file_name
            said = name_file(name if is_of_folder else "", said)
            print_sentence(text("cli.doubt", LANG, said=said))
    return sum(one.doubt_kinds for one in reports) - told


def _without_book(name: str) -> str:
    """The name of a part without that of its workbook."""
    return name.partition(OF_SHEET)[2] or name


def _find_kinds(
    reports: Sequence[commands.Report], answered: Collection[str]
) -> tuple[dict[str, list[_Found]], int]:
    """(what is said, by its code; how many kinds of how many files that is)."""
    marks = {
        intake.mark_key(one.value)
        for report in reports
        for one in report.doubts
        if one.code in _SAID_OF_MARKS
    }
    found: dict[str, list[_Found]] = {}
    names: dict[tuple, str] = {}
    for report in reports:
        for one in report.doubts:
            is_said = one.code == _OF_CELLS and intake.mark_key(one.value) in marks
            # People and their answers may be two tables of one sheet.
            before = names.setdefault((one.code, one.line, one.column, one.value), report.file_name)
            is_again = before != report.file_name and report.file_name.startswith(before)
            if one.code in ON_SCREEN and one.code not in answered and not (is_said or is_again):
                found.setdefault(one.code, []).append((report, one))
    told = {(report.file_name, code) for code, some in found.items() for report, _ in some}
    return found, len(told)


def _word(code: str, found: Sequence[_Found]) -> Iterator[tuple[commands.Report, str]]:
    """(the first report that it is about, the sentence): once for cells, once for whole files."""
    of_cells = [one for one in found if _is_of_cell(one[1])]
    for some in (of_cells, [one for one in found if not _is_of_cell(one[1])]):
        if not some:
            continue
        report, first = some[0]
        said = intake.error_sentence(first, LANG, report.content, in_brief=code not in _WHOLE)
        also = _word_others(some) if some is of_cells else _word_sheets(some)
        yield report, f"{said} {also}".rstrip()


def _is_of_cell(doubt: Doubt) -> bool:
    return bool(doubt.line or doubt.value)


def _word_others(found: Sequence[_Found]) -> str:
    """Of how many other cells it is true, with another value or the first lines; where all are listed,
    those that are read as another answer are told apart."""
    first, *others = [doubt for _, doubt in found]
    reports = {report.file_name: report for report, _ in found}.values()
    unlisted = sum(
        one.count_doubts(first.code) - sum(doubt.code == first.code for doubt in one.doubts)
        for one in reports
    )
    if unlisted:
        return _word_alike(first, others, len(others) + unlisted)
    by_answer: dict[str, list[Doubt]] = {}
    for one in (first, *others):
        by_answer.setdefault(dict(one.values).get("answer", ""), []).append(one)
    (_, *alike), *others_read = by_answer.values()
    also = [_word_alike(first, alike, len(alike)), *map(_word_other_answer, others_read)]
    return " ".join(filter(None, also))


def _word_alike(first: Doubt, others: Sequence[Doubt], count: int) -> str:
    if not others:
        return ""
    # A day says nothing of who or what it is about, unless it was read as another one.
    is_of_day = first.column in DATES | DAYS and first.code != "cell_read"
    another = [one for one in others if one.value != first.value and not is_of_day]
    if another:
        cell = where_alike(first, another[:1])
        return plural("cli.doubts_alike_brief", count, LANG, cells=cell)
    return plural("cli.alike", count, LANG, lines=lines_of(others, _LINES))


def _word_other_answer(some: Sequence[Doubt]) -> str:
    """How many cells are read as an answer that is not the first one's, and one of them."""
    answer = intake.values_in_words(some[0], LANG)["answer"]
    cell = where_alike(some[0], some[:1])
    count = sum(int(dict(one.values).get("n", 1)) for one in some)  # cells of a mark, or one
    return plural("cli.read_otherwise", count, LANG, answer=answer, cell=cell)


def _word_sheets(found: Sequence[_Found]) -> str:
    """In which other files it is true."""
    _, *others = dict.fromkeys(_without_book(report.file_name) for report, _ in found)
    if not others:
        return ""
    sheets = join_first(others, _LINES)
    return text("cli.doubts_in_sheets", LANG, sheets=intake.displayable(sheets))
