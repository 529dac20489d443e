"""The options of `load` that say what a file holds where the file does not."""

import click

from monitor import intake
from monitor.cli.kept_options import drops_kept
from monitor.cli.terminal import LANG
from monitor.errors import InvalidValue
from monitor.i18n import LANGUAGES, text
from monitor.intake.marks import MARKED
from monitor.intake.mending import OF_MEASURE
from monitor.intake.part_names import PARTS, content_of, sheet_of_part, title_of_sheet
from monitor.intake.parts import OFFICIALS, WINNERS
from monitor.intake.signing_columns import SIGNED_ROWS
from monitor.intake.winner_titles import may_mean_winners, means_winners

#: What one table may hold at once: who signed, and a column for each request that they answered.
_OF_ONE_TABLE = {"measures", "answers", "signatories"}


def read_marks(_ctx, param: click.Parameter | None, options: tuple[str, ...]) -> dict[str, str]:
    """« x=oui », « rien vu=recherche infructueuse » -> the word for each mark. Raises
    click.BadParameter."""
    marks: dict[str, str] = {}
    for one in options:
        mark, equals, word = one.rpartition("=")
        is_meant = any(intake.meant_by_marks(content, {mark: word}) for content in MARKED)
        if not equals or not is_meant or intake.mark_key(mark) in map(intake.mark_key, marks):
            raise click.BadParameter(text("error.not_a_mark", LANG, value=one), param=param)
        marks[mark] = word
    return marks


def read_contents(_ctx, param: click.Parameter | None, options: tuple[str, ...]) -> dict[str, str]:
    """« Isère=signataires » -> what each sheet or file holds, "" of one that is left out. Raises
    click.BadParameter."""
    contents: dict[str, str] = {}
    for one in options:
        name, equals, word = one.rpartition("=")
        content = content_meant(word)
        if not equals or not name or content is None:
            known = ", ".join(title_of_sheet(part, LANG) for part in PARTS)
            words = text("error.not_a_content", LANG, value=one, known=known)
            raise click.BadParameter(words, param=param)
        if (before := contents.setdefault(name, content)) == content:
            continue
        if not {before, content} <= _OF_ONE_TABLE:
            raise click.BadParameter(text("error.two_contents", LANG, value=name), param=param)
        contents[name] = "signatories"
    return contents


def name_whole(parts: intake.Parts, contents: dict[str, str]) -> dict[str, str]:
    """`contents` by the whole names of files and sheets; « * » is all that are not read. Raises
    InvalidValue (`no_such_sheet`)."""
    found: dict[str, str] = {}
    read = [part.name for part in parts.parts if part.content != "pact"]
    names = [*read, *(name for name, _ in parts.errors), *parts.left_out]
    for name, content in contents.items():
        meant = [one for one in names if name in (one, sheet_of_part(one))]
        meant = [*parts.left_out] if name == "*" else meant
        if not meant and drops_kept("--sheet", name):
            continue
        if not meant:
            raise InvalidValue("no_such_sheet", value=name, known=", ".join(names) or "–")
        found |= dict.fromkeys(meant, content)
    return found


def content_meant(word: str) -> str | None:
    """The part, WINNERS or OFFICIALS that a word names, "" for nothing that is read, None if it names
    none."""
    if not word.strip():
        return ""
    if means_winners(word) or word in (title_of_sheet(WINNERS, lang) for lang in LANGUAGES):
        return WINNERS
    return OFFICIALS if may_mean_winners(word) else content_of(word)


def read_columns(_ctx, param: click.Parameter | None, options: tuple[str, ...]) -> dict[str, str]:
    """« Adhésion=signé le » -> the column that each title means, "" for one that is left out. Raises
    click.BadParameter."""
    columns: dict[str, str] = {}
    for one in options:
        title, equals, word = one.rpartition("=")
        is_said = word in ("", SIGNED_ROWS)
        is_known = is_said or _names_column(word) or OF_MEASURE.fullmatch(word)
        if not equals or not title.strip() or not is_known:
            raise click.BadParameter(text("error.not_a_column", LANG, value=one), param=param)
        columns[title] = word
    return columns


def read_cells(_ctx, param: click.Parameter | None, options: tuple[str, ...]) -> dict[str, str]:
    """« Reçu le:début mars=03/2026 » -> what is read in place of the words of a column. Raises
    click.BadParameter."""
    cells: dict[str, str] = {}
    for one in options:
        about, _, meant = one.partition("=")
        title, colon, words = about.partition(":")
        if not (colon and title.strip() and words.strip() and meant.strip()):
            raise click.BadParameter(text("error.not_a_cell", LANG, value=one), param=param)
        cells[about] = meant.strip()
    return cells


def read_same(_ctx, param: click.Parameter | None, options: tuple[str, ...]) -> dict[str, str]:
    """« commune=75056 » -> what every row says in a column, "" where it is emptied. Raises
    click.BadParameter."""
    same: dict[str, str] = {}
    for one in options:
        word, equals, value = one.partition("=")
        if not equals or not _names_column(word):
            raise click.BadParameter(text("error.not_of_all_rows", LANG, value=one), param=param)
        same[word] = value.strip()
    return same


def _names_column(word: str) -> bool:
    return any(intake.match_title(content, word) for content in PARTS if content != "pact")
