"""What `load --ask` asks of a folder or a workbook: what its sheets, columns and marks mean where they
do not say it, and what is to be read in place of refused cells. What is answered is kept in the folder,
as the options that say the same."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from monitor import commands, intake
from monitor.cli.cell_questions import (
    CellQuestion,
    list_cell_questions,
    may_be_asked,
    tell_misread,
)
from monitor.cli.kept_options import NAME, KeptOption, add_options
from monitor.cli.load_columns import PlacedColumns, having_title
from monitor.cli.load_consents import ask_consents, ask_names
from monitor.cli.load_mends import (
    content_of_marks,
    likely_statuses,
    refused_marks,
    refused_titles,
)
from monitor.cli.load_options import read_cells, read_columns, read_contents, read_marks
from monitor.cli.load_whole import (
    Reading,
    WholeLoad,
    exit_unless_whole,
    open_parts,
    tell_loaded,
    tell_whole,
)
from monitor.cli.questions import Question, ask_questions, ask_yes
from monitor.cli.terminal import LANG, say
from monitor.findings import RowError
from monitor.i18n import plural, text
from monitor.intake.cells import abbreviate_cell, clean_cell
from monitor.intake.mark_choices import MARK_CHOICES
from monitor.intake.marks import MARKED
from monitor.intake.part_names import sheet_of_part, title_of_sheet
from monitor.intake.parts import WINNERS, can_hold
from monitor.intake.signing_columns import SAYS_WHO_SIGNED, SIGNED_ROWS
from monitor.intake.titles import TITLED, title_of

_Checked = tuple[Reading, commands.WholeReport, PlacedColumns]

#: What each of the options says is asked: where `Reading` has it, and how it is read.
_READERS: Mapping[str, tuple[str, Callable]] = {
    "--sheet": ("contents", read_contents),
    "--column": ("columns", read_columns),
    "--mark": ("marks", read_marks),
    "--cell": ("cells", read_cells),
}
#: What sheets mostly hold.
_USUAL = ("signatories", "answers", "measures", "actions", WINNERS)
#: Rows of a sheet among which its titles are looked for.
_LOOKED = 5
#: Cells that are shown of a column, of the titles of a sheet; their letters.
_SHOWN, _LETTERS = 4, 30
#: What a table of signatories may say beside them, where they have answered.
_OF_ANSWERS = ("answered_on", "comment")


def load_with_questions(load: WholeLoad, reading: Reading, dry_run: bool) -> None:
    """Ask what the files do not say, say what became of them so, and ask before they are loaded; exit
    status 1 unless all of it can be. Nobody is asked twice: what has no answer is said as refused."""
    reading, whole, placed = _ask_reading(load, reading)
    named = ask_names(load, whole)
    if named != load:  # which tells who else may have lost
        with open_parts(load.path, reading.contents) as parts:
            whole, placed = named.load_parts(parts, reading, dry_run=True)
        load = named
    agreed = ask_consents(load, whole)
    if agreed.choices == load.choices and load.rejects is None:  # it was checked so
        placed.tell()
    else:
        whole = agreed.run(reading, dry_run=True)
    load = agreed
    tell_whole(whole, load, dry_run=True)
    exit_unless_whole(whole)
    if dry_run:
        return
    if not ask_yes(text("cli.ask_load", LANG)):
        say("cli.not_loaded")
        return
    whole = load.run(reading, dry_run=False)
    if not whole.loaded:  # somebody else has written in between
        tell_whole(whole, load, dry_run=False)
        sys.exit(1)
    tell_loaded(whole, load)


def tell_asking(whole: commands.WholeReport) -> None:
    """Say, where there is something to ask, that it can be asked."""
    is_asked = any(map(can_hold, whole.left_out)) or any(
        refused_titles(one) or refused_marks(one) or may_be_asked(one) for one in whole.reports
    )
    if whole.remains_out and is_asked:
        say("cli.ask_instead")


def _ask_reading(load: WholeLoad, reading: Reading) -> _Checked:
    """(the reading of the files with what was answered, what becomes of them so, where titles were read
    so). The answers are kept, also where somebody stops."""
    answered: list[KeptOption] = []
    try:
        return _read_answers(load, reading, answered)
    finally:
        if answered and load.path.is_dir():
            add_options(load.path / NAME, answered)
        elif answered:
            say("cli.ask_to_type", options=" ".join(one.line for one in answered))


def _read_answers(load: WholeLoad, reading: Reading, answered: list[KeptOption]) -> _Checked:
    """The same; what was answered is added to `answered`."""
    asked: set[tuple[str, str]] = set()
    while True:
        with open_parts(load.path, reading.contents) as parts:
            whole, placed = load.load_parts(parts, reading, dry_run=True)
            questions = [one for one in list_questions(whole, parts) if one.key not in asked]
        # What the sheets hold changes what is asked of their columns, and these what of marks and cells.
        questions = [one for one in questions if one.option == questions[0].option]
        if not questions:
            tell_misread(whole)
            return reading, whole, placed
        if not asked and questions[0].option != "--cell":  # which say it themselves
            say("cli.ask_how")
        asked |= {one.key for one in questions}
        for option in ask_questions(questions):
            name, read = _READERS[option.name]
            said = read(None, None, (option.value,))
            reading = reading._replace(**{name: {**getattr(reading, name), **said}})
            answered.append(option)


def list_questions(
    whole: commands.WholeReport, parts: intake.Parts
) -> Iterator[Question | CellQuestion]:
    """What nobody has said: what sheets hold that are not read, then what the columns are that are
    refused for their titles, then what the marks mean, then what other refused cells are to say."""
    yield from _questions_of_sheets(whole, parts)
    yield from _questions_of_columns(whole, parts)
    yield from _questions_of_marks(whole)
    yield from list_cell_questions(whole, parts)


def _questions_of_sheets(whole: commands.WholeReport, parts: intake.Parts) -> Iterator[Question]:
    tables = {part.name: part for part in parts.unnamed}
    called = [sheet_of_part(name) for name in (*parts.left_out, *(one.name for one in parts.parts))]
    for name in whole.left_out:
        if not (contents := can_hold(name)):
            continue
        sheet = sheet_of_part(name)
        about = sheet if called.count(sheet) < 2 else name
        yield Question(
            "--sheet",
            about,
            text(
                "cli.ask_sheet", LANG, sheet=name, cells=_listed(_likely_titles(tables.get(name)))
            ),
            {one: one for one in _titles_of_sheets(contents)}
            | {text("cli.ask_not_read", LANG): ""},
        )


def _likely_titles(part: intake.Part | None) -> Sequence[str]:
    """Of the first rows of a sheet, the one with most cells: what stands above it is about the whole."""
    rows = [*islice(part.open_table().first_rows(), _LOOKED)] if part else []
    return max((cells for _, _, cells in rows), key=lambda cells: sum(map(bool, cells)), default=())


def _titles_of_sheets(contents: Sequence[str]) -> list[str]:
    """What sheets are called that hold these, the usual ones first."""
    rest = [one for one in contents if one not in _USUAL]
    return [title_of_sheet(one, LANG) for one in (*_USUAL, *rest)]


def _questions_of_columns(whole: commands.WholeReport, parts: intake.Parts) -> Iterator[Question]:
    by_name = {part.name: part for part in parts.parts}
    for report in whole.reports:
        part = by_name.get(report.file_name)
        wrong = refused_titles(report)
        if part is None or not wrong:
            continue
        table = part.open_table()
        table.begin_at(wrong[0].line or 1, ())
        columns = {
            abbreviate_cell(column.title): column
            for column in intake.file_columns(table, part.content)
        }
        for error in wrong:
            column = columns.get(error.column)
            if column is None and not intake.find_titles([table], [error.column]):
                continue  # what somebody has just called a column is no title of the file
            is_shared = len(having_title(parts.parts, error.column)) > 1
            sheet = sheet_of_part(part.name)
            yield Question(
                "--column",
                f"{sheet}:{error.column}" if is_shared else error.column,
                text(
                    "cli.ask_column",
                    LANG,
                    title=error.column,
                    sheet=sheet,
                    cells=_listed(column.samples if column else ()),
                ),
                _columns_meant(part.content, error),
                part.content,
                # Without them, people may be taken to have signed everything.
                asks_alone=column is None or column.holds_answers or error.code == SAYS_WHO_SIGNED,
            )


def _columns_meant(content: str, error: RowError) -> dict[str, str]:
    """What a column may be, in words: the measure that its title is near, the columns of such a file,
    nothing that is read."""
    choices = {}
    if error.code == SAYS_WHO_SIGNED:
        return {text("cli.ask_signed_rows", LANG): SIGNED_ROWS}
    if near := dict(error.values).get("near", ""):
        choices[near] = near.partition(". ")[0]
    choices |= {_column_in_words(content, one): one for one in TITLED[content]}
    if content == "signatories":
        choices |= {title_of("answers", one, LANG): one for one in _OF_ANSWERS}
    return {**choices, text("cli.ask_not_read", LANG): ""}


def _column_in_words(content: str, column: str) -> str:
    """What a column is called, and of one that is never published that it is not."""
    words = title_of(content, column, LANG)
    return text("cli.ask_unpublished", LANG, column=words) if column == "recorded_by" else words


def _questions_of_marks(whole: commands.WholeReport) -> Iterator[Question]:
    for report in whole.reports:
        content, wrong = content_of_marks(report), refused_marks(report)
        counts = Counter(intake.mark_key(one.value) for one in wrong)
        firsts = {intake.mark_key(one.value): one for one in reversed(wrong)}
        for key, count in counts.most_common():
            yield Question(
                "--mark",
                firsts[key].value,
                plural(
                    "cli.ask_mark",
                    count,
                    LANG,
                    mark=firsts[key].value,
                    line=firsts[key].row or firsts[key].line or 0,
                    sheet=sheet_of_part(report.file_name),
                )
                + _likely(firsts[key]),
                _marks_meant(content),
                content,
                asks_alone=True,
            )


def _marks_meant(content: str) -> dict[str, str]:
    """What a mark may mean, in words."""
    words = [text(f"{MARKED[content]}.{code}", LANG) for code in MARK_CHOICES[content].codes]
    none = "answer.silent" if content == "answers" else "import.no_status"
    return {word: word for word in words} | {text(none, LANG): ""}


def _likely(error: RowError) -> str:
    """The status that a word may mean, as a question proposes it; "" where none is proposed."""
    words = [text(f"status.{code}", LANG) for code in likely_statuses(error)]
    return text("cli.ask_likely", LANG, likely=" ; ".join(words)) if words else ""


def _listed(cells: Sequence[str]) -> str:
    """The first cells that hold anything, as a question shows them."""
    filled = (abbreviate_cell(cell) for cell in map(clean_cell, cells) if cell)
    return intake.displayable(", ".join(one[:_LETTERS] for one in islice(filled, _SHOWN))) or "–"
