"""What somebody says that columns are (`--column`): in which sheets these stand, and how to say it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from monitor import commands, intake
from monitor.cli.kept_options import drops_kept
from monitor.cli.terminal import say
from monitor.errors import InvalidValue
from monitor.intake.part_names import sheet_of_part

_Found = TypeVar("_Found", bound=tuple)
#: Between the name of a sheet and a title that is meant in it alone.
_IN_SHEET = (" · ", ":")
#: Why a file is refused for the titles of its columns.
OF_TITLES = ("unknown_column", "near_title", "missing_column", "no_known_title")


class PlacedColumns(NamedTuple):
    """What is said of titles: `by_part`, by the names of the parts; `placed`, of what was said of no one
    sheet, (title, column, the parts where it holds)."""

    by_part: Mapping[str, Mapping[str, str]]
    placed: Sequence[tuple[str, str, Sequence[str]]]

    def tell(self) -> None:
        """Say where a title was read so, if it stands in several sheets."""
        for title, column, names in self.placed:
            if len(names) > 1:
                key = "cli.column_read_in" if column else "cli.column_left_out_in"
                say(key, title=title, column=column, sheets=", ".join(names))


def place_columns(parts: Iterable[intake.Part], columns: Mapping[str, str]) -> PlacedColumns:
    """What titles are, by the parts that have them: all of these, or the one whose sheet stands before
    the title (« Isère:Liste »). Raises InvalidValue (`no_such_title`) where no part has it."""
    if not columns:
        return PlacedColumns({}, ())
    parts = [part for part in parts if part.content != "pact"]
    by_part: dict[str, dict[str, str]] = {part.name: {} for part in parts}
    placed = []
    for given, column in columns.items():
        title, found = _find(parts, given)
        if not found and drops_kept("--column", given):
            continue
        if not found:
            raise InvalidValue("no_such_title", value=given)
        for part in found:
            by_part[part.name][title] = column
        names = [part.name for part in found if not part.is_unfilled]
        if title == given:
            placed.append((title, column, names))
    return PlacedColumns(by_part, placed)


def _find(parts: Sequence[intake.Part], given: str) -> tuple[str, list[intake.Part]]:
    """(the title that is meant, the parts that have it)."""
    if found := having_title(parts, given):
        return given, found
    for mark in _IN_SHEET:
        for at in [at for at in range(len(given)) if given.startswith(mark, at)]:
            sheet, title = given[:at].strip(), given[at + len(mark) :].strip()
            named = [one for one in parts if sheet in (one.name, sheet_of_part(one.name))]
            if title and (found := having_title(named, title)):
                return title, found
    return given, []


def place_cells(
    parts: Iterable[intake.Part], cells: Mapping[str, str]
) -> dict[str, dict[str, dict[str, str]]]:
    """What is read in place of the words of cells, by the parts and the titles of their columns.
    `cells`: by the title, after the sheet if it is meant there alone, and the words. Raises
    InvalidValue (`no_such_title`) where no part has the title."""
    parts = [part for part in parts if part.content != "pact"] if cells else []
    by_part: dict[str, dict[str, dict[str, str]]] = {part.name: {} for part in parts}
    for about, meant in cells.items():
        found = _find_cell(about, lambda title: _find(parts, title))
        if found is None:
            if drops_kept("--cell", about):
                continue
            raise InvalidValue("no_such_title", value=about)
        (title, those), words = found
        for part in those:
            by_part[part.name].setdefault(title, {})[intake.words_key(words)] = meant
    return by_part


def cells_of_table(table: intake.Table, cells: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The same of one table, by the titles. Raises InvalidValue (`no_such_title`)."""
    by_title: dict[str, dict[str, str]] = {}
    for about, meant in cells.items():
        found = _find_cell(about, lambda title: (title, intake.find_titles([table], [title])))
        if found is None:
            raise InvalidValue("no_such_title", value=about)
        (title, _), words = found
        by_title.setdefault(title, {})[intake.words_key(words)] = meant
    return by_title


def _find_cell(about: str, find: Callable[[str], _Found]) -> tuple[_Found, str] | None:
    """(what `find` finds of the title, the words), of « title:words », either of which may have a colon;
    None where there is no such title."""
    for at in [at for at, letter in enumerate(about) if letter == ":"][::-1]:
        found, words = find(about[:at].strip()), about[at + 1 :]
        if found[1] and words.strip():
            return found, words
    return None


def having_title(parts: Iterable[intake.Part], title: str) -> list[intake.Part]:
    """The parts that have the title, in one of their first rows."""
    return [part for part in parts if intake.find_titles([part.open_table()], [title])]


def check_titles(tables: Sequence[intake.Table], titles: Collection[str]) -> None:
    """Raises InvalidValue (`no_such_title`) where no table has a title that somebody explained."""
    found = intake.find_titles(tables, titles)
    for title in titles:
        if title not in found:
            raise InvalidValue("no_such_title", value=title)


def tell_columns(reports: Iterable[commands.Report]) -> None:
    """How to say what a column is, where a file was refused for its titles."""
    wrong = [one for report in reports for one in report.errors if one.code in OF_TITLES]
    if not wrong:
        return
    say("cli.columns_unsaid")
    if any(one.code == "missing_column" for one in wrong):
        say("cli.columns_missing")
    near = {one.column: dict(one.values)["near"] for one in wrong if one.code == "near_title"}
    if near := {title: one for title, one in near.items() if '"' not in title}:
        numbers = {title: one.partition(". ")[0] for title, one in near.items()}
        options = " ".join(f'--column "{title}={one}"' for title, one in numbers.items())
        say("cli.columns_near", options=options)
