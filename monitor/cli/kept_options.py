"""The options of `load` that say what a folder holds: kept beside its files, for the next time."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from monitor.cli.terminal import LANG, say
from monitor.i18n import text
from monitor.schema import ALIASES, FILES

#: The file of a folder that holds them, one a line.
NAME = "load.options"
#: Writes them.
KEEP = "--keep-options"
#: So many options are tedious to type again.
ENOUGH = 3
#: How many were typed, by which a load knows it.
_TYPED = "typed_options"
#: Those kept ones that were said to be unread.
_UNREAD = "unread_options"
#: All the words of a load after its name.
_WORDS = "typed_words"
#: Those that say what the files of a pact hold, whenever they are loaded.
KEPT = (
    "--sheet",
    "--column",
    "--mark",
    "--cell",
    "--same",
    "--in-charge",
    "--defeated",
    "--leave-unpromised",
    "--leave-fact",
)
#: Those of them that are given nothing.
_BARE = ("--defeated", "--leave-unpromised")


class KeptOption(NamedTuple):
    """An option, and what it is given, "" where that is nothing."""

    name: str
    value: str

    @property
    def about(self) -> tuple[str, str]:
        """What two options of one folder may not both say something of."""
        if self.name == "--leave-fact":
            return self.name, self.value.casefold()
        # What is read in place of a cell may be an address, which has such a sign as well.
        part = str.partition if self.name == "--cell" else str.rpartition
        before, equals, _ = part(self.value, "=")
        return self.name, before.strip().casefold() if equals else ""

    @property
    def words(self) -> tuple[str, ...]:
        """The same as it is typed."""
        return (self.name,) if self.name in _BARE else tuple(self)

    @property
    def line(self) -> str:
        if self.name in _BARE:
            return self.name
        value = self.value.replace("\\", r"\\").replace('"', r"\"")
        return f'{self.name} "{value}"'


class LoadCommand(click.Command):
    """`load`, of a folder with the options that it keeps; what is typed goes before them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        file, typed = file_of_options(args), options_typed(args)
        given = {one.about for one in typed}
        before = read_options(file) if file and file.is_file() else []
        kept = [one for one in before if one.about not in given]
        words = [word for one in kept for word in one.words]
        ctx.meta[_WORDS] = tuple(args)  # which are taken from it one by one
        rest = super().parse_args(ctx, [*words, *args])
        if KEEP not in args:
            ctx.meta[_TYPED] = len(typed)
        if KEEP in args:
            keep_options(file, [*kept, *typed])
        elif kept:
            ctx.meta[KEEP] = file, {one.about: one for one in kept}
            say("cli.options_read", file=file, n=len(kept))
        return rest


def words_typed() -> tuple[str, ...] | None:
    """The words that were typed after `load`, as they were; None of another command."""
    context = click.get_current_context(silent=True)
    return context.meta.get(_WORDS) if context else None


def tell_keeping(path: Path) -> None:
    """Where several options were typed for a folder, and none is kept: say how to keep them."""
    context = click.get_current_context(silent=True)
    typed = context.meta.get(_TYPED, 0) if context else 0
    if typed >= ENOUGH:
        say("cli.options_to_keep" if path.is_dir() else "cli.options_of_folder", n=typed)


def drops_kept(name: str, about: str) -> bool:
    """Whether an option about what the folder no longer has is one that it keeps, and nobody typed:
    that is said, and the option is not read."""
    context = click.get_current_context(silent=True)
    file, kept = context.meta.get(KEEP, (None, {})) if context else (None, {})
    one = kept.get((name, about.strip().casefold()))
    if one is not None and context and one not in context.meta.setdefault(_UNREAD, []):
        context.meta[_UNREAD].append(one)
        say("cli.option_unread", file=file, option=one.line)
    return one is not None


def file_of_options(args: Sequence[str]) -> Path | None:
    """Where the options of the folder that is loaded are kept, or would be; None where one file is."""
    if any(one in ("pact", *FILES, *ALIASES) for one in args):
        return None
    folder = next((Path(one) for one in args if one and Path(one).is_dir()), None)
    return folder / NAME if folder else None


def options_typed(args: Sequence[str]) -> list[KeptOption]:
    """Of what is typed, what can be kept; not that a column is emptied, which is meant once."""
    found = []
    for n, one in enumerate(args):
        name, equals, value = one.partition("=")
        if one in _BARE:
            found.append(KeptOption(one, ""))
        elif one in KEPT and n + 1 < len(args):
            found.append(KeptOption(one, args[n + 1]))
        elif equals and name in KEPT:
            found.append(KeptOption(name, value))
    return [one for one in found if one.name != "--same" or not one.value.endswith("=")]


def read_options(file: Path) -> list[KeptOption]:
    """The options that a file keeps. Raises click.UsageError, with the line that says none."""
    found = []
    for number, line in enumerate(file.read_text("utf-8-sig", "replace").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            words = shlex.split(line)
        except ValueError:  # a quotation mark that nothing closes
            words = []
        if not words or words[0] not in KEPT or len(words) != 2 - (words[0] in _BARE):
            values = {"file": file, "line": number, "value": line.strip()[:100]}
            raise click.UsageError(text("usage.kept_option", LANG, known=", ".join(KEPT), **values))
        found.append(KeptOption(words[0], "".join(words[1:])))
    return found


def keep_options(file: Path | None, options: Sequence[KeptOption]) -> None:
    """Write the options into the file of a folder, one a line. Raises click.UsageError where no folder
    is loaded, or there are none."""
    if file is None or not options:
        raise click.UsageError(text("usage.nothing_to_keep", LANG, known=", ".join(KEPT)))
    _write_options(file, options)


def add_options(file: Path, options: Sequence[KeptOption]) -> None:
    """Keep more options in a file, in place of those that it has about the same."""
    about = {one.about for one in options}
    before = read_options(file) if file.is_file() else []
    _write_options(file, [*(one for one in before if one.about not in about), *options])


def _write_options(file: Path, options: Sequence[KeptOption]) -> None:
    file.write_text("".join(f"{one.line}\n" for one in dict.fromkeys(options)), "utf-8")
    say("cli.options_kept", file=file, n=len(options))
