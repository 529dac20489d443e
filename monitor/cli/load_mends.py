"""What is refused of many cells or columns and is mended by a word of whoever loads: said on one line,
and the options that mend all of it as one command."""

import re
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path

from monitor import commands, intake
from monitor.cli.kept_options import ENOUGH, KEEP, options_typed, words_typed
from monitor.cli.load_doubts import name_file
from monitor.cli.terminal import LANG, print_sentence, say
from monitor.commands.whole_report import TITLES_TO_SAY
from monitor.findings import RowError
from monitor.i18n import join_first, join_items, plural, text
from monitor.intake.alike import list_lines
from monitor.intake.header_row import ANSWERING
from monitor.intake.mark_choices import MARK_CHOICES, is_of_answers, may_be_mark
from monitor.intake.part_names import sheet_of_part
from monitor.intake.titles import title_of
from monitor.intake.vocabulary import words_of

#: Lines that are named of each mark, and marks and titles that are of a table.
_LINES, _MARKS, _TITLES = 3, 30, 30
#: Refusals of a status that are said together, and the one of them that says more.
_OF_STATUS = MARK_CHOICES["actions"].errors
_OF_OTHERS = "refused_status"
#: What stands in a command for a word that somebody must choose.
_OPEN = "…"
#: What a shell takes as it is, between quotation marks or without.
_PLAIN = re.compile(r'[^"$`\\!\n]*')


def refused_titles(report: commands.Report) -> list[RowError]:
    """Why columns are refused of which somebody may say what they are."""
    return [one for one in report.errors if one.code in TITLES_TO_SAY]


def refused_marks(report: commands.Report) -> list[RowError]:
    """Why cells are refused that may be marks."""
    content = content_of_marks(report)
    return [one for one in report.errors if may_be_mark(content, one, one.value)]


def content_of_marks(report: commands.Report) -> str:
    """What holds the marks of a table: its answers, also beside those who gave them, or its statuses."""
    return "answers" if report.content in ANSWERING else report.content


def likely_statuses(error: RowError) -> list[str]:
    """The statuses that a refused word may mean, as the error proposes them; none where it does not."""
    values = dict(error.values)
    return [*filter(None, (values.get("status") or values.get("likely") or "").split(", "))]


class MendsTold:
    """What was said in a run of what a word mends, so that lists stand there once."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def tell(self, report: commands.Report, file: str = "") -> list[RowError]:
        """Say, of a part that is called `file`, which columns are unknown and which words are no answer
        and no status, a line for each sort; what is said so."""
        titles = [one for one in refused_titles(report) if one.code == "unknown_column"]
        titles = [one for one in titles if "belongs" not in dict(one.values)]
        marks = [one for one in refused_marks(report) if one.code in (*_OF_STATUS, "unknown_code")]
        if titles:
            known = _columns_in_words(titles[0])
            shown = join_items([_quoted(one.column) for one in titles[:_TITLES]], LANG)
            said = plural("cli.unknown_columns", len(titles), LANG, titles=shown)
            self._print(file, _at_line(titles[0], said), "cli.known_columns", known)
        if marks:
            self._tell_marks(marks, file)
        return [*titles, *marks]

    def _tell_marks(self, marks: Sequence[RowError], file: str) -> None:
        by_key: dict[str, list[RowError]] = {}
        for one in marks:
            by_key.setdefault(intake.mark_key(one.value), []).append(one)
        words = join_first([_counted(some) for some in by_key.values()], _MARKS, " ; ")
        values = dict(marks[0].values)
        known = words_of(values["family"], values["known"].split(", "), LANG, with_codes=False)
        key, list_key = "cli.refused_statuses", "cli.known_statuses"
        if is_of_answers(marks[0]):
            key, list_key = "cli.refused_answers", "cli.known_answers"
        column = marks[0].heading or marks[0].column
        said = text(key, LANG, marks=words, column=intake.displayable(column))
        self._print(file, said, list_key, known)
        if any(one.code == _OF_OTHERS for one in marks) and _OF_OTHERS not in self._known:
            self._known.add(_OF_OTHERS)
            say("cli.refused_by_others")

    def _print(self, file: str, said: str, key: str, known: str) -> None:
        """A sentence, and the list of what may stand there where this run has not said it."""
        if known not in self._known:
            self._known.add(known)
            said = f"{said} {text(key, LANG, known=intake.displayable(known))}"
        print_sentence(name_file(file, said))


def tell_mends(
    reports: Iterable[commands.Report], folder: Path | None, shared: Iterable[str] = ()
) -> bool:
    """Say the one command that mends what words can mend, as it was typed and with an option for each;
    whether there is any. `folder`: what is loaded, if it is one. `shared`: the titles that stand in
    another sheet too, where they may be read."""
    options, typed = _options(reports, frozenset(shared)), words_typed()
    if not options or typed is None:
        return False
    words = [*map(quote_word, typed), *options]
    if folder and len(options_typed(typed)) + len(options) >= ENOUGH and KEEP not in typed:
        words.append(KEEP)
    key = "cli.mend_at_once" if any(one[:-1].endswith(_OPEN) for one in options) else "cli.mend"
    say(key, command=f"python -m monitor load {' '.join(words)}")
    return True


def quote_word(word: str, always: bool = False) -> str:
    """A word as it is typed in a shell, between double quotation marks where it needs any and can be, or
    `always`."""
    if shlex.quote(word) == word and not always:
        return word
    return f'"{word}"' if _PLAIN.fullmatch(word) else shlex.quote(word)


def _options(reports: Iterable[commands.Report], shared: frozenset[str]) -> list[str]:
    """An option for each unknown column and mark, as they are typed: a column that is unknown is left
    out, and what another one is, or a mark means, stays open."""
    found: dict[str, None] = {}
    for report in reports:
        sheet = sheet_of_part(report.file_name)
        for one in refused_titles(report):
            # What words the measures, or says where they stand, maybe, is not left out so easily.
            is_open = one.code != "unknown_column" or "belongs" in dict(one.values)
            if not one.column.endswith("…"):
                title = f"{sheet}:{one.column}" if one.column in shared else one.column
                found[_option("--column", title, _OPEN if is_open else "")] = None
        for one in refused_marks(report):
            if not one.value.endswith("…"):
                found[_option("--mark", one.value, _OPEN)] = None
    return [*found]


def _option(name: str, about: str, value: str) -> str:
    return f"{name} {quote_word(f'{about}={value}', always=True)}"


def _counted(some: Sequence[RowError]) -> str:
    """A mark, in how many cells it stands, and what it may mean."""
    lines = join_first(list_lines(some), _LINES)
    mark = intake.displayable(some[0].value)
    said = plural("cli.refused_mark", len(some), LANG, mark=mark, lines=lines)
    if not (codes := likely_statuses(some[0])):
        return said
    likely = words_of("status", codes, LANG, with_codes=False)
    return text("cli.maybe", LANG, said=said, likely=likely)


def _columns_in_words(error: RowError) -> str:
    """The columns that a file may have, as people call them."""
    values = dict(error.values)
    known = values["known"].split(", ")
    return ", ".join(title_of(values["columns_of"], one, LANG) for one in known)


def _at_line(error: RowError, said: str) -> str:
    where = text("row_error.line", LANG, line=error.row or error.line)
    return text("row_error.sentence", LANG, where=where, said=said)


def _quoted(title: str) -> str:
    return text("cli.title", LANG, title=intake.displayable(title))
