"""The file of a folder in which `load` writes all that it doubts of the others."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from monitor import commands
from monitor.cli.load_doubts import word_kind
from monitor.cli.terminal import LANG, write_calls
from monitor.findings import Doubt
from monitor.i18n import plural, text
from monitor.intake.alike import group_by_code
from monitor.intake.part_names import DOUBTS_FILE

#: Codes of doubts that say of a mark in how many cells it stands.
_OF_MARKS = ("mark_read", "mark_silent", "status_read", "status_emptied")


def write_doubts(folder: Path, reports: Iterable[commands.Report]) -> Path | None:
    """Write all that is doubted of each file, in place of what the last load wrote, and nothing where
    nothing is; the path of the file, None where there is none, or none can be written."""
    path = folder / DOUBTS_FILE
    words = [*_word_doubts([*reports])]
    try:
        if words:
            path.write_text("\n".join([text("cli.doubts_file", LANG), *words, ""]), "utf-8")
        else:
            path.unlink(missing_ok=True)
    except OSError:
        return None
    return path if words else None


def find_unmet(reports: Iterable[commands.Report]) -> set[str]:
    """The marks that somebody explained and no cell of any file holds."""
    told = [one for report in reports for one in report.doubts if one.code in _OF_MARKS]
    return {one.value for one in told} - {one.value for one in told if not _meets_nothing(one)}


def _word_doubts(reports: Sequence[commands.Report]) -> Iterator[str]:
    unmet = find_unmet(reports)
    for report in reports:
        # What a mark of answers meets in no status is told of the answers alone.
        doubts = [one for one in report.doubts if not _meets_nothing(one) or one.value in unmet]
        if not doubts:
            continue
        yield from ("", report.file_name, "=" * len(report.file_name))
        for kind in group_by_code(doubts):
            yield from map(write_calls, filter(None, word_kind(kind, report.content, True)))
        if more := report.doubt_count - len(report.doubts):
            yield plural("cli.more_doubts", more, LANG)


def _meets_nothing(doubt: Doubt) -> bool:
    return doubt.code in _OF_MARKS and dict(doubt.values).get("n") == "0"
