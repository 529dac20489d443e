"""What the commands say of doubts, and of several cells that one sentence is true of."""

from collections.abc import Iterable, Sequence

import click

from monitor import commands, intake
from monitor.cli.terminal import LANG, print_sentence
from monitor.findings import Doubt, RowError
from monitor.i18n import join_first, plural, text
from monitor.intake.alike import group_alike, group_by_code, list_lines, split_alike
from monitor.intake.columns import DATES, DAYS
from monitor.intake.part_names import sheet_of_part

#: Doubts of one kind that are named after the first.
DOUBTS_NAMED = 20
#: Codes of doubts on how sheets are laid out, with the sentence on all of these.
LAYOUTS = {
    "lines_above": "cli.titles_below",
    "merged_cells": "cli.merged_cells",
    "notes_unread": "cli.notes_unread",
}
#: Lines that are named of cells that are alike.
LINES = 8


def tell_layouts(reports: Iterable[commands.Report]) -> Sequence[str]:
    """Say in which sheets titles stand below the first line, which have merged cells, and which have
    notes, a line for each where there are several; the codes of the doubts that are said so."""
    told = []
    for code, key in LAYOUTS.items():
        found = [
            (sheet_of_part(report.file_name), doubt)
            for report in reports
            for doubt in report.doubts
            if doubt.code == code
        ]
        if len(found) < 2:
            continue
        sheets = [
            text("cli.said_at", LANG, cell=sheet, said=_where_laid_out(doubt))
            for sheet, doubt in found
        ]
        sentence = text(key, LANG, sheets=intake.displayable(", ".join(dict.fromkeys(sheets))))
        print_sentence(text("cli.doubt", LANG, said=sentence))
        told.append(code)
    return told


def tell_doubts(report: commands.Report, file: str, told: Sequence[str] = ()) -> None:
    """Say what is doubted of a file, each sort once with where else it is. `told`: codes of what was
    said of all files at once."""
    unsaid = (*told, "example_row") if file else told
    for kind in group_by_code([one for one in report.doubts if one.code not in unsaid]):
        said, others = word_kind(kind, report.content)
        print_sentence(text("cli.doubt", LANG, said=name_file(file, said)))
        if others:
            click.echo(others, err=True)
    if more := report.doubt_count - len(report.doubts):
        click.echo(plural("cli.more_doubts", more, LANG), err=True)


def word_kind(kind: Sequence[Doubt], content: str, is_whole: bool = False) -> tuple[str, str]:
    """(the sentence of doubts of one code, where else it is true of another value, "" for nowhere): of
    the first ones, or of all where it `is_whole`."""
    lines, named = (len(kind), len(kind)) if is_whole else (LINES, DOUBTS_NAMED)
    first, same, others = split_kind(kind)
    said = tell_with_others(first, same, content, lines)
    if not others:
        return said, ""
    cells = [where_alike(first, some, lines) for some in others[:named]]
    key = "cli.doubts_alike" if len(others) <= named else "cli.doubts_alike_first"
    return said, plural(key, sum(map(len, others)), LANG, cells=" ; ".join(cells))


def split_kind(kind: Sequence[Doubt]) -> tuple[Doubt, list[Doubt], list[list[Doubt]]]:
    """(the first, those that say the same of it, the others by their values)."""
    if kind[0].column in DATES | DAYS:  # no day says who or what it is about
        (first, *same), others = split_alike(kind)
    else:
        (first, *same), *others = group_alike(kind)
    return first, same, others


def _where_laid_out(doubt: RowError) -> str:
    """The line of the titles, or which cells are merged, or how many have a note."""
    values = intake.values_in_words(doubt, LANG)
    line = values.get("line")
    return (
        text("row_error.line", LANG, line=line)
        if line
        else values.get("known", values.get("n", ""))
    )


def tell_with_others(
    error: RowError, others: Sequence[RowError], content: str, lines: int = LINES
) -> str:
    """A sentence, and of how many other cells it is true, in which lines, the first of them."""
    sentence = intake.error_sentence(error, LANG, content)
    if not others:
        return sentence
    at = lines_of(others, lines)
    return f"{sentence} {plural('cli.alike', len(others), LANG, lines=at)}"


def where_alike(first: RowError, some: Sequence[RowError], most: int = LINES) -> str:
    """Where the same is said as of another cell: the lines, what stands there, and what is said of it
    that is not said of the first."""
    words, known = dict(intake.values_in_words(some[0], LANG)), dict(first.values)
    own = [
        words[name] for name, value in some[0].values if known.get(name) != value != some[0].value
    ]
    lines = list_lines(some)
    values = {
        "at": plural("cli.at_lines", len(lines), LANG, lines=lines_of(some, most)),
        "value": intake.displayable(intake.value_in_words(some[0], LANG)),
        "said": intake.displayable(", ".join(own)),
    }
    key = "cli.value_at" if lines else "cli.title"  # of a whole file no line is named
    cell = text(key, LANG, **values, title=values["value"]) if values["value"] else values["at"]
    return text("cli.said_at", LANG, **values, cell=cell) if own else cell


def name_file(file: str, sentence: str) -> str:
    """A sentence, after the name of the file that it is about, if that is to be said."""
    return (
        text("cli.of_file", LANG, file=intake.displayable(file), said=sentence)
        if file
        else sentence
    )


def lines_of(errors: Iterable[RowError], most: int = LINES) -> str:
    """The first lines that they are about."""
    return join_first(list_lines(errors), most) or "–"
