"""`new`: a folder to begin a pact with."""

import sys
from datetime import date
from pathlib import Path

import click

from monitor import intake
from monitor.cli import paths
from monitor.cli.terminal import LANG, say
from monitor.errors import InvalidValue
from monitor.export.known_places import list_known_places
from monitor.export.licences import KNOWN_LICENCES
from monitor.export.new_pact import LEVEL_KINDS, LEVELS, begin_pact, level_words, wrong_answers
from monitor.export.pact_toml import pact_toml
from monitor.i18n import LANGUAGES, LOCALES, own_name, text
from monitor.intake.days import day_of
from monitor.intake.vocabulary import word_key
from monitor.pacts import PLACE_WORDS

TOML, WORKBOOK = "pact.toml", "pacte.xlsx"


class Day(click.ParamType):
    """A whole day as people write it; None if it is left empty."""

    name = "day"

    def convert(self, value, param, ctx):
        if value == "":
            return None
        try:
            return value if isinstance(value, date) else date.fromisoformat(day_of(value))
        except (InvalidValue, ValueError):
            self.fail(text("error.no_whole_day", LANG, value=value), param, ctx)


class Level(click.ParamType):
    """One of LEVELS, by its code or by what those are called to whom such a pact is put."""

    name = "level"

    def convert(self, value, param, ctx):
        meant = word_key(value)
        for level in LEVELS:
            if meant in map(word_key, (level, *level_words(level))):
                return level
        self.fail(text("error.no_level", LANG, value=value, known=_levels_in_words()), param, ctx)


class Language(click.ParamType):
    """A code of a language, or the name of one of the interface: « français », “French”."""

    name = "language"

    def convert(self, value, param, ctx):
        for lang in LANGUAGES:
            names = {own_name(lang), *(LOCALES[one].languages.get(lang, "") for one in LANGUAGES)}
            if word_key(value) in map(word_key, names):
                return lang
        return value


class Question(click.Option):
    """What is asked for where the command does not say it, and asked again until the answer may stand in
    a pact beside those before. Who says no more gets the default, a script as well as a person; not in
    the place of an answer that was refused."""

    def __init__(self, *declared, **attributes):
        super().__init__(*declared, **attributes, callback=_check_answer)

    def prompt_for_value(self, ctx):
        default = self.default if isinstance(self.default, str) else None
        refused = None
        while True:
            try:
                answer = click.prompt(
                    self.prompt or "", default, show_default=bool(default), value_proc=str
                )
            except click.Abort:
                if sys.stdin.isatty():
                    raise
                click.echo(err=True)
                if refused or default is None:
                    raise refused or click.MissingParameter(ctx=ctx, param=self) from None
                answer = default
            try:
                return self.process_value(ctx, answer)
            except click.BadParameter as error:
                refused = error
                click.echo(error.message, err=True)


def _check_answer(ctx: click.Context, param: click.Parameter, value):
    """The value, if a pact may hold it beside those given before. Raises click.BadParameter."""
    name = _KEYS.get(param.name or "", param.name or "")
    given = {_KEYS.get(each, each): answer for each, answer in ctx.params.items()}
    for error in wrong_answers({**given, name: value}):
        if error.column == name or error.code == "term_order":
            raise click.BadParameter(intake.error_reason(error, LANG), ctx, param)
    return value


#: The parameters that are called otherwise than their keys.
_KEYS = {"pact_id": "id"}


def _check_free(_ctx, _param, folder: Path) -> Path:
    """The folder, if nothing in it would be replaced. Raises InvalidValue (`file_exists`)."""
    for name in (TOML, WORKBOOK):
        if (folder / name).exists():
            raise InvalidValue("file_exists", path=str(folder / name))
    return folder


def _levels_in_words() -> str:
    place = PLACE_WORDS.index(f"place_{LANG}")
    return ", ".join(level_words(level)[place] for level in LEVELS)


def _known_licence(answer: str) -> str:
    """The name of a licence as it is written, whatever its case."""
    return next((one for one in KNOWN_LICENCES if word_key(one) == word_key(answer)), answer)


def _asked(key: str, **values: str) -> str:
    return text(f"cli.new_{key}", LANG, **values)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), callback=_check_free)
@click.option(
    "--id",
    "pact_id",
    callback=_check_answer,
    help="Its name in addresses: letters, digits, - and _. By default made from the title.",
)
@click.option("--title", cls=Question, prompt=_asked("title"), help="What the pact is called.")
@click.option(
    "--promoter", cls=Question, prompt=_asked("promoter"), help="Who put it to the candidates."
)
@click.option("--election", cls=Question, prompt=_asked("election"), help="The election, in words.")
@click.option(
    "--election-on",
    cls=Question,
    prompt=_asked("election_on"),
    type=Day(),
    help='The day of the election: 2026-03-22, 22/03/2026, "22 mars 2026"; of two rounds the last.',
)
@click.option(
    "--term-start",
    type=Day(),
    callback=_check_answer,
    help="First day of the term, not before the election; by default its day.",
)
@click.option(
    "--term-end",
    cls=Question,
    prompt=_asked("term_end"),
    default="",
    show_default=False,
    type=Day(),
    help='Last day of the term; "" if it is not fixed.',
)
@click.option(
    "--language",
    cls=Question,
    prompt=_asked("language"),
    type=Language(),
    default=LANG,
    help="The language of the pact, such as fr, en or pt-BR; that of the files if they know it.",
)
@click.option(
    "--level",
    cls=Question,
    prompt=_asked("level", known=_levels_in_words()),
    type=Level(),
    default="commune",
    metavar=f"[{'|'.join(LEVELS)}]",
    help="To whom it was put; also in words, such as « département ».",
)
@click.option(
    "--licence",
    cls=Question,
    prompt=_asked("licence", known=", ".join(KNOWN_LICENCES)),
    default="",
    show_default=False,
    help='That of the data, such as CC-BY-4.0; "" if it is not said yet.',
)
@click.option("--fictional", is_flag=True, help="All of it is invented, for a demonstration.")
def new(folder, title, language, level, pact_id, term_start, election_on, licence, **keys):
    """Make a folder to begin a pact with: pact.toml, and a workbook to fill in.

    What the options do not say is asked for, each until it can be taken. With --title, --promoter,
    --election, --election-on, --term-end, --language, --level and --licence, nothing is asked.
    """
    keys |= {"title": title, "language": language, "election_on": election_on}
    keys["licence"] = _known_licence(licence) or None
    keys, offices = begin_pact({**keys, "id": pact_id, "term_start": term_start}, level)
    from monitor.export.pact_workbook import pact_workbook  # openpyxl: for this command alone

    lang = language if language in LANGUAGES else LANG
    files = {
        TOML: pact_toml(keys, offices, lang).encode(),
        WORKBOOK: pact_workbook(
            lang,
            keys=keys,
            offices=offices,
            own_areas=bool(offices),
            places=list_known_places(level),
            kind=LEVEL_KINDS.get(level),
        ),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise paths.unreadable_path(folder, error) from None
    say("cli.new_done", toml=folder / TOML, workbook=folder / WORKBOOK, folder=folder)
