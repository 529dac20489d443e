"""What the commands say of a file that was loaded, to people and to programs."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path, PurePath

import click

from monitor import commands, intake
from monitor.cli.doubts_on_screen import tell_on_screen
from monitor.cli.load_doubts import name_file, tell_doubts, tell_with_others
from monitor.cli.load_mends import MendsTold
from monitor.cli.terminal import LANG, displayable_values, print_sentence, say
from monitor.findings import RowError
from monitor.i18n import LANGUAGES, join_first, join_items, plural, text
from monitor.intake.alike import AnyError, group_alike
from monitor.intake.part_names import content_of, sheet_of_part, title_of_sheet
from monitor.intake.titles import title_of
from monitor.models import OF_LINKS, OF_REFUSALS, RowOutcome

SHOWN_ERRORS = 20
#: Cells that are named with what stands there.
NAMED = 12
#: Sentences that are said in full, of refusals that say the same.
IN_FULL = 3


def report_as_json(report: commands.Report) -> dict:
    """A report for programs: counts by outcome, errors with both sentences, doubts in the language
    of the environment, what the corrections change."""
    return {
        "content": report.content,
        "file": report.file_name,
        "pact": report.pact_id,
        "loaded": report.loaded,
        "outcomes": {
            outcome.value: report.outcomes[outcome]
            for outcome in RowOutcome
            if outcome not in OF_LINKS or report.content == "links"
        },
        "refused_cells": report.refused_cells,
        "sheets_left_out": report.left_out,
        "doubted": report.doubt_count,
        "doubts": [
            {
                "line": doubt.line,
                "column": doubt.column,
                "code": doubt.code,
                "message": intake.error_sentence(doubt, LANG, report.content),
            }
            for doubt in report.doubts
        ],
        "corrections": [
            {
                "line": change.line,
                "id": " · ".join(value for _, value in change.key),
                "changes": {name: [old, new] for name, old, new in change.cells},
            }
            for change in report.changes
        ],
        "errors": [
            {
                "line": error.line,
                "row": error.row or error.line,
                "column": error.column,
                "value": error.value,
                "code": error.code,
                **{lang: intake.error_sentence(error, lang, report.content) for lang in LANGUAGES},
            }
            for error in report.errors
        ],
    }


def summarise(
    report: commands.Report,
    dry_run: bool,
    *,
    is_part: bool = False,
    tells_odd: Callable[[commands.Report], None] = lambda report: None,
    told: MendsTold | None = None,
) -> None:
    """A report for people: the first refused cells, then what became of the file. Of one that `is_part`
    of a whole, what becomes of it is what becomes of all, and `told` was said of the parts before it.
    `tells_odd` says what is odd of it, of a file that whoever reads this has a hand in."""
    file = report.file_name if is_part else ""
    mended = (told or MendsTold()).tell(report, file)
    others = [one for one in report.errors if one not in mended]
    shown, rest = _shortened(group_alike(others)[:SHOWN_ERRORS])
    for error, *others in shown:
        click.echo(name_file(file, tell_with_others(error, others, report.content)), err=True)
        if same := rest.get(id(error)):
            click.echo(plural("cli.same_refusal", len(same), LANG, cells=_listed(same)), err=True)
    listed = [*mended, *chain(*shown), *chain(*rest.values())]
    if (more := report.refused_cells - len(listed)) > 0:  # what is said of a whole file is no cell
        click.echo(plural("cli.more_errors", more, LANG), err=True)
    tells_odd(report)
    if report.left_out:
        say("cli.sheets_left_out", file=report.file_name, sheets=", ".join(report.left_out))
    kept = report.loaded or dry_run
    good = sum(report.outcomes.values()) - report.refused
    counts = [
        plural(f"row_outcome.{outcome}", report.outcomes[outcome], LANG)
        for outcome in RowOutcome
        if report.outcomes[outcome] and (kept or outcome in OF_REFUSALS)
    ]
    if good and not kept:
        counts.insert(0, plural("cli.good_rows", good, LANG))
    title = _title_of_part(report) if is_part else report.file_name
    values = {"file": title, "counts": ", ".join(counts) or "–"}
    if is_part and report.unread and not good and report.refused == 1:
        key = "cli.part_unread"
    elif is_part:
        key = "cli.part" if counts else "cli.part_read"
    elif kept and not report.outcomes:
        key = "cli.file_no_rows"
    elif kept:
        key = "cli.file_loaded" if report.loaded else "cli.file_dry_run"
    elif report.doubted and not report.refused:
        key = "cli.file_doubted"
    elif report.unread:
        key = "cli.file_unread" if report.unread_line else "cli.file_unreadable"
    else:
        key = "cli.file_refused" if good else "cli.file_all_refused"
    sentence = text(key, LANG, **displayable_values(values))
    if report.pact_id and not is_part:
        sentence += " " + text("cli.of_pact", LANG, **displayable_values({"pact": report.pact_id}))
    click.echo(sentence, err=True)


def _title_of_part(report: commands.Report) -> str:
    """The name of a part, with what it was read as where the name does not say that."""
    title = sheet_of_part(report.file_name)
    if report.content in (None, "", content_of(title), content_of(PurePath(title).stem)):
        return report.file_name
    content = title_of_sheet(report.content, LANG)
    return text("cli.read_as", LANG, file=report.file_name, content=content)


def tell_refused_cells(reports: Iterable[commands.Report]) -> None:
    """How many cells of all parts were refused, if any was."""
    if refused := sum(one.refused_cells for one in reports):
        say("cli.found_in_all", counts=plural("cli.refused_in_all", refused, LANG))


def tell_rest(
    reports: Sequence[commands.Report], kinds: int, path: Path | None, tells_all: bool
) -> None:
    """Where the doubts are said that are not on the screen, of so many `kinds`. `path`: the file that
    holds all doubts; `tells_all`: they were said."""
    if not any(one.doubt_kinds for one in reports):
        return
    if path and kinds:
        print_sentence(
            plural("cli.doubts_in_file", kinds, LANG, file=intake.displayable(str(path)))
        )
    elif path:
        say("cli.doubts_in_full", file=path)
    elif not tells_all and kinds:
        print_sentence(plural("cli.doubts_unsaid", kinds, LANG))
    elif not tells_all:
        say("cli.doubts_cut")


def _shortened(
    alike: Sequence[list[AnyError]],
) -> tuple[list[list[AnyError]], dict[int, list[AnyError]]]:
    """(what is said in full, and by the last of these of each sentence, the others of which it is the
    same but for what stands in the cell)."""
    shown: list[list[AnyError]] = []
    rest: dict[int, list[AnyError]] = {}
    of_sentence: dict[tuple, list[AnyError]] = {}
    for some in alike:
        firsts = of_sentence.setdefault((some[0].code, some[0].values), [])
        if len(firsts) < IN_FULL or not some[0].value:
            firsts.append(some[0])
            shown.append(some)
        else:
            rest.setdefault(id(firsts[-1]), []).extend(some)
    return shown, rest


def _listed(errors: Sequence[RowError]) -> str:
    """Cells by their lines and what stands there."""
    cells = [
        text(
            "cli.cell_at",
            LANG,
            line=one.row or one.line or "–",
            value=intake.displayable(one.value),
        )
        for one in errors
    ]
    return join_first(cells, NAMED, " ; ")


def tell_changes(report: commands.Report) -> None:
    """Old -> new of the first corrections, as one says them."""
    for change in report.changes[:SHOWN_ERRORS]:
        cells = join_items(
            [
                text(
                    "cli.change",
                    LANG,
                    column=_called(report, name),
                    old=_quote_cell(name, old),
                    new=_quote_cell(name, new),
                )
                for name, old, new in change.cells
            ],
            LANG,
        )
        name = " · ".join(
            intake.displayable(report.names.get(value, "")) or _quote_cell(column, value)
            for column, value in change.told or change.key
        )
        say("cli.correction", line=change.line, name=name, cells=cells)
    changed = report.outcomes[RowOutcome.CORRECTED] + report.outcomes[RowOutcome.RETRACTED]
    if (more := changed - SHOWN_ERRORS) > 0:
        click.echo(plural("cli.more_corrections", more, LANG), err=True)


def _called(report: commands.Report, column: str) -> str:
    """How the file calls a column; in words where answers stand under the names of others."""
    if report.answers_under:
        return title_of(report.content, column, LANG)
    return report.headings.get(column, column)


def _quote_cell(column: str, value: str | None) -> str:
    """A cell as a sentence quotes it."""
    return intake.displayable(intake.cell_in_words(column, value, LANG) or "–")


def exit_with_report(
    report: commands.Report,
    dry_run: bool,
    as_json: dict | None = None,
    tells_all: bool = True,
) -> None:
    """Say what became of a file; exit status 1 where a row was refused, or the whole for its doubts.
    `tells_all`: all that is doubted, and not what somebody has to see alone."""

    def tell_odd(report: commands.Report) -> None:
        tell_changes(report)
        if tells_all or report.doubted:
            tell_doubts(report, "")
        else:
            rest = tell_on_screen([report], is_of_folder=False)
            tell_rest([report], rest, None, tells_all)

    # What is said comes first: who cannot write the JSON must know what was loaded.
    summarise(report, dry_run, tells_odd=tell_odd)
    if as_json is not None:
        click.echo(json.dumps(as_json, ensure_ascii=False, indent=2))
    if report.remains_out:
        sys.exit(1)
