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

#: Doubts of one kind that are named after the first; in brief.
DOUBTS_NAMED, DOUBTS_IN_BRIEF = 20, 1
#: Codes of doubts that say again what whoever loads said of marks.
OWN_WORDS = (
    *("mark_read", "mark_silent", "empty_read"),
    *("status_read", "status_emptied", "empty_status_read"),
)
#: Codes of doubts on how sheets are laid out, with the sentence on all of these.
LAYOUTS = {
    "lines_above": "cli.titles_below",
    "merged_cells": "cli.merged_cells",
    "notes_unread": "cli.notes_unread",
}
#: Codes of doubts that are always said whole: who is noted as elected, and who is not.
WHO_WON = "winners_"
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


def tell_doubts(
    report: commands.Report, file: str, in_brief: bool, told: Sequence[str] = ()
) -> None:
    """Say what is doubted of a file, each sort once with where else it is; `in_brief`: on a line each,
    without what to do. `told`: codes of what was said of all files at once."""
    unsaid = (*told, *OWN_WORDS) if in_brief else (*told,)
    unsaid = (*unsaid, "example_row") if file else unsaid
    doubts = [one for one in report.doubts if one.code not in unsaid]
    for kind in group_by_code(doubts):
        is_of_days = kind[0].column in DATES | DAYS  # no day says who or what it is about
        (first, *same), others = split_alike(kind) if is_of_days else _group(kind)
        cut = in_brief and not first.code.startswith(WHO_WON)
        said, count = tell_with_others(first, same, report.content, cut), sum(map(len, others))
        if others and cut:
            cells = " ; ".join(_where_alike(first, some) for some in others[:DOUBTS_IN_BRIEF])
            said = f"{said} {plural('cli.doubts_alike_brief', count, LANG, cells=cells)}"
        print_sentence(text("cli.doubt", LANG, said=name_file(file, said)))
        if others and not cut:
            cells = [_where_alike(first, some) for some in others[:DOUBTS_NAMED]]
            key = "cli.doubts_alike" if len(others) <= DOUBTS_NAMED else "cli.doubts_alike_first"
            click.echo(plural(key, count, LANG, cells=" ; ".join(cells)), err=True)
    if more := report.doubt_count - len(report.doubts):
        click.echo(plural("cli.more_doubts", more, LANG), err=True)


def _where_laid_out(doubt: RowError) -> str:
    """The line of the titles, or which cells are merged, or how many have a note."""
    values = intake.values_in_words(doubt, LANG)
    line = values.get("line")
    return (
        text("row_error.line", LANG, line=line)
        if line
        else values.get("known", values.get("n", ""))
    )


def _group(kind: Sequence[Doubt]) -> tuple[list[Doubt], list[list[Doubt]]]:
    """Those of the first value, and the others by theirs."""
    first, *others = group_alike(kind)
    return first, others


def tell_with_others(
    error: RowError, others: Sequence[RowError], content: str, in_brief: bool = False
) -> str:
    """A sentence, and of how many other cells it is true, in which lines."""
    sentence = intake.error_sentence(error, LANG, content, in_brief=in_brief)
    if not others:
        return sentence
    return f"{sentence} {plural('cli.alike', len(others), LANG, lines=_lines_of(others))}"


def _where_alike(first: RowError, some: Sequence[RowError]) -> str:
    """Where the same is said as of another cell: the lines, what stands there, and what is said of it
    that is not said of the first."""
    words, known = dict(intake.values_in_words(some[0], LANG)), dict(first.values)
    own = [
        words[name] for name, value in some[0].values if known.get(name) != value != some[0].value
    ]
    lines = list_lines(some)
    values = {
        "at": plural("cli.at_lines", len(lines), LANG, lines=_lines_of(some)),
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


def _lines_of(errors: Iterable[RowError]) -> str:
    """The first lines that they are about."""
    return join_first(list_lines(errors), LINES) or "–"
