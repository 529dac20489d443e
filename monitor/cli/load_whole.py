"""A whole pact that is loaded from a folder or a workbook, and what is said of it."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import click

from monitor import commands, intake
from monitor.cli import paths
from monitor.cli.doubts_file import find_unmet, write_doubts
from monitor.cli.doubts_on_screen import tell_on_screen
from monitor.cli.empty_parts import tell_empty_parts
from monitor.cli.kept_options import tell_keeping
from monitor.cli.load_columns import PlacedColumns, place_cells, place_columns, tell_columns
from monitor.cli.load_doubts import tell_doubts, tell_layouts
from monitor.cli.load_mends import MendsTold, tell_mends
from monitor.cli.load_options import name_whole
from monitor.cli.load_report import (
    report_as_json,
    summarise,
    tell_changes,
    tell_refused_cells,
    tell_rest,
)
from monitor.cli.options import pact_to_write
from monitor.cli.terminal import LANG, report_interruption, say, tell_unset_publisher
from monitor.commands.load_options import NO_CHOICES
from monitor.i18n import text
from monitor.intake.header_row import ANSWERING
from monitor.intake.marks import MARKED
from monitor.intake.winners import find_winners
from monitor.intake.workbook import Book
from monitor.models import RowOutcome
from monitor.store import Store


class Reading(NamedTuple):
    """What the options of `load` say of the files of a folder: what sheets hold (`contents`), what
    titles mean (`columns`), what `marks` mean, what every row says (`same`), and what is read in place
    of the words of a column (`cells`)."""

    marks: dict[str, str]
    contents: dict[str, str]
    columns: dict[str, str]
    same: dict[str, str]
    cells: dict[str, str]


class WholeLoad(NamedTuple):
    """A load of a folder or a workbook (`path`), which may be tried several times. `rejects`: the folder
    for files of refused rows; `strict`, `newer`, `choices`: as in `commands.load_whole_pact`.
    `tells_all`: all that is doubted is said; `answered`: the codes of doubts that somebody was asked
    about."""

    store: Store
    path: Path
    pact_id: str | None
    rejects: Path | None
    strict: bool = False
    newer: bool = False
    choices: commands.PactChoices = NO_CHOICES
    tells_all: bool = False
    answered: frozenset[str] = frozenset()

    def choose(self, **choices: Any) -> "WholeLoad":
        """The same load, with these fields of its choices."""
        return self._replace(choices=self.choices._replace(**choices))

    def run(self, reading: Reading, dry_run: bool) -> commands.WholeReport:
        """What became of it, read as `reading` says; where a title that stands in several sheets is
        read so is said."""
        with open_parts(self.path, reading.contents) as parts:
            whole, placed = self.load_parts(parts, reading, dry_run, self.rejects)
        placed.tell()
        return whole

    def load_parts(
        self, parts: intake.Parts, reading: Reading, dry_run: bool, rejects: Path | None = None
    ) -> tuple[commands.WholeReport, PlacedColumns]:
        """What became of the parts, read as `reading` says, and in which of them titles were read so."""
        pact_id, refused = self.pact_id, []
        if parts.hold_pact and pact_id:
            raise click.UsageError(text("usage.pact_within", LANG))
        if not parts.hold_pact and (parts.parts or any(map(find_winners, parts.unnamed))):
            pact_id = pact_id or pact_to_write(self.store)
        held = (*parts.parts, *parts.unnamed)
        if reading.marks and not any(part.content in (*ANSWERING, *MARKED) for part in held):
            raise click.UsageError(text("usage.mark_of_answers", LANG))
        placed = place_columns(held, reading.columns)
        read = parts.read_titles(placed.by_part, reading.same).read_marks(reading.marks)
        read = read.read_cells(place_cells(held, reading.cells))
        with ExitStack() as stack, report_interruption():

            def open_rejects(content: str) -> paths.RefusedRows | None:
                if rejects is None:
                    return None
                rejects.mkdir(parents=True, exist_ok=True)
                refused.append(paths.RefusedRows(rejects / f"{content}.csv", self.path))
                stack.callback(refused[-1].close)
                return refused[-1]

            load = partial(
                commands.load_whole_pact,
                self.store,
                pact_id=pact_id,
                lang=LANG,
                strict=self.strict,
                newer=self.newer,
                choices=self.choices,
            )
            whole = load(read, rejects=open_rejects, dry_run=dry_run)
            whole = commands.check_beyond_titles(partial(load, dry_run=True), read, whole)
            for one in refused:
                one.finish()
        return whole, placed


def tell_whole(whole: commands.WholeReport, load: WholeLoad, dry_run: bool) -> None:
    """Say what became of each part and of the whole, in which database, and what somebody has to see of
    what is doubted; all of it is written into the folder."""
    filled = [report for report in whole.reports if not report.holds_nothing]
    for report in filled:
        tell_changes(report)
    folder = load.path if load.path.is_dir() else None
    path = write_doubts(folder, filled) if folder else None
    rest = _tell_doubts(filled, load)
    told = MendsTold()
    for report in filled:
        summarise(report, dry_run and not whole.remains_out, is_part=True, told=told)
    tell_empty_parts(whole.reports)
    tell_columns(whole.reports)
    if whole.left_out:
        say("cli.whole_left_out", files=", ".join(whole.left_out))
    if whole.unchecked:
        say("cli.whole_unchecked", files=", ".join(whole.unchecked))
    elif whole.is_whole and (unmet := find_unmet(filled)):
        say("cli.marks_unmet", marks=" ; ".join(sorted(unmet)))
    tell_refused_cells(whole.reports)
    tell_rest(filled, rest, path, load.tells_all)
    if whole.remains_out and any(one.doubt_kinds for one in filled):
        say("cli.doubts_stop_nothing")
    if not whole.reports:
        say("cli.whole_empty", path=load.path)
    elif whole.loaded:
        tell_loaded(whole, load)
    elif dry_run and not whole.remains_out:
        say("cli.whole_dry_run", pact=whole.pact_id)
    else:
        say("cli.whole_refused")
        is_told = tell_mends(whole.reports, folder, whole.shared_titles)
        if not (is_told and folder):
            tell_keeping(load.path)


def _tell_doubts(reports: Sequence[commands.Report], load: WholeLoad) -> int:
    """Say what is doubted, all of it where somebody wants it or nothing is loaded for it; how many kinds
    of doubts are left."""
    if not load.tells_all and not any(one.doubted for one in reports):
        return tell_on_screen(reports, is_of_folder=True, answered=load.answered)
    laid_out = tell_layouts(reports)
    for report in reports:
        tell_doubts(report, report.file_name, laid_out)
    return 0


def whole_as_json(whole: commands.WholeReport) -> str:
    """The same for programs."""
    answer = {
        "pact": whole.pact_id,
        "loaded": whole.loaded,
        "files": [report_as_json(report) for report in whole.reports],
        "left_out": whole.left_out,
        "unchecked": whole.unchecked,
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def exit_unless_whole(whole: commands.WholeReport) -> None:
    """Exit status 1 unless all of it can be loaded."""
    if whole.remains_out or not whole.reports:
        sys.exit(1)


def tell_loaded(whole: commands.WholeReport, load: WholeLoad) -> None:
    """Say that all of it is in the database, and after a new pact what comes next."""
    say("cli.whole_loaded", pact=whole.pact_id, url=load.store.url)
    if any(one.outcomes[RowOutcome.CREATED] for one in whole.reports if one.content == "pact"):
        say("cli.next_serve")
        tell_unset_publisher()


@contextmanager
def open_parts(path: Path, contents: dict[str, str]) -> Iterator[intake.Parts]:
    """The parts of a pact in a folder, or in a workbook. Raises InvalidValue as `paths.open_path`, and
    (`no_such_sheet`) where there is no sheet or file of a name among `contents`."""
    try:
        files = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
    except OSError as error:
        raise paths.unreadable_path(path, error) from None
    with ExitStack() as stack:
        opened = [(one.name, stack.enter_context(paths.open_path(one, "rb"))) for one in files]
        books: dict[str, Book] = {}
        parts = intake.sort_parts(opened, None, books)
        if contents:
            parts = intake.sort_parts(opened, name_whole(parts, contents), books)
        yield parts
