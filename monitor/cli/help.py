"""What `--help` says, in the language of the terminal: the sentences of the commands are looked up in
the catalogues by their English words, as the code has them, and so are click's own."""

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

import click

from monitor.cli.terminal import LANG, write_calls
from monitor.i18n import catalogue, text

#: What click writes in the place of a value, by the kind of the value.
_KIND = re.compile(
    r"(?<= )(?P<kind>TEXT|INTEGER|FLOAT|PATH|FILE|DIRECTORY|DAY|LEVEL|GROUPING)( RANGE)?$"
)
#: What it writes after the help of an option.
_MORE = re.compile(r"\[[^\[\]]*\]$")
#: How a block begins whose lines stay as they are.
_BLOCK = "\b"


def set_language(command: click.Command) -> None:
    """From now on, the help of a command, and of those under it, is in the language of the terminal."""
    command.context_class = _Context
    for under in command.commands.values() if isinstance(command, click.Group) else ():
        set_language(under)


class _Formatter(click.HelpFormatter):
    """With click's own words in that language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(write_calls(prog), args, prefix or usage_prefix())

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        word = {"Options": "help_word.options", "Commands": "help_word.commands"}.get(name)
        with super().section(text(word, LANG).removesuffix(":") if word else name):
            yield

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        in_language = [
            (_KIND.sub(_kind, first), _MORE.sub(_more, _own(last))) for first, last in rows
        ]
        super().write_dl(in_language, col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Formatter

    def get_help(self) -> str:
        with _translated(self.command):
            return super().get_help()


def usage_prefix() -> str:
    """What stands before how a command is called."""
    return f"{text('help_word.usage', LANG)} "


@contextmanager
def _translated(command: click.Command) -> Iterator[None]:
    """The texts of a command and of those under it in that language, for as long as they are shown."""
    known = _in_language(LANG)
    under = command.commands.values() if isinstance(command, click.Group) else ()
    every = [command, *under, *(one for one in command.params if isinstance(one, click.Option))]
    before = [one.help for one in every]
    for one in every:
        if one.help:
            one.help = "\n\n".join(_translate_part(known, part) for part in _parts(one.help))
    try:
        yield
    finally:
        for one, words in zip(every, before, strict=True):
            one.help = words


def _translate_part(known: Mapping[str, str], part: str) -> str:
    words = known.get(_join_lines(part), part)
    is_block = part.lstrip("\n").startswith(_BLOCK)
    return f"{_BLOCK}\n{words}" if is_block and words != part else words


@cache
def _in_language(lang: str) -> Mapping[str, str]:
    """What each text of a help says in a language, by its English words."""
    keys = [key for key in catalogue(lang) if key.startswith("command_help.")]
    return {text(key, "en"): text(key, lang) for key in keys} if lang != "en" else {}


def _parts(help: str) -> list[str]:
    return inspect.cleandoc(help).split("\n\n")


def _join_lines(part: str) -> str:
    """A paragraph as catalogues have it; a block keeps its lines."""
    if part.lstrip("\n").startswith(_BLOCK):
        return part.strip("\n").removeprefix(_BLOCK).strip("\n")
    return " ".join(part.split())


def _own(words: str) -> str:
    return text("help_word.show", LANG) if words == text("help_word.show", "en") else words


def _kind(found: re.Match) -> str:
    return text(f"help_word.{found['kind'].lower()}", LANG)


def _more(found: re.Match) -> str:
    words = found[0].replace("default:", text("help_word.default", LANG))
    return re.sub(r"\brequired\b", text("help_word.required", LANG), words)
