"""`new`: a folder to begin a pact with."""

import re
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from monitor import intake
from monitor.areas import search_key
from monitor.cli import paths
from monitor.cli.terminal import LANG, say, tell_unset_publisher
from monitor.dates import FIRST_YEAR
from monitor.errors import InvalidValue
from monitor.export.known_places import list_known_places
from monitor.export.pact_toml import pact_toml
from monitor.i18n import LANGUAGES, text
from monitor.intake.days import day_of
from monitor.intake.pact import check_pact
from monitor.intake.vocabulary import word_key
from monitor.models import AreaCodes
from monitor.pacts import PLACE_WORDS

TOML, WORKBOOK = "pact.toml", "pacte.xlsx"


def _office(code: str, french: str, feminine: str, english: str, level: str) -> dict[str, object]:
    titles = {"title_fr": french, "title_fr_f": feminine, "title_en": english}
    return {"code": code, **titles, "level": level, "binding": True}


#: To whom a pact may be put -> the offices that it names itself; of a commune, it names none.
LEVELS = {
    "commune": [],
    "intercommunal": [
        _office(
            "president_intercommunal",
            "président d’intercommunalité",
            "présidente d’intercommunalité",
            "president of an inter-municipal body",
            "intercommunal",
        )
    ],
    "department": [
        _office(
            "president_department",
            "président de conseil départemental",
            "présidente de conseil départemental",
            "president of a departmental council",
            "department",
        )
    ],
    "region": [
        _office(
            "president_region",
            "président de région",
            "présidente de région",
            "president of a region",
            "region",
        )
    ],
    "parliament": [_office("mp", "député", "députée", "member of parliament", "national")],
    "country": [
        _office("president", "président", "présidente", "president", "national"),
        _office(
            "prime_minister", "Premier ministre", "Première ministre", "prime minister", "national"
        ),
    ],
}
#: What the places of such a pact are called, as PLACE_WORDS have it.
LEVEL_PLACES = {
    "commune": ("commune", "communes", "commune", "communes"),
    "intercommunal": (
        "intercommunalité",
        "intercommunalités",
        "inter-municipal body",
        "inter-municipal bodies",
    ),
    "department": ("département", "départements", "department", "departments"),
    "region": ("région", "régions", "region", "regions"),
    "parliament": ("circonscription", "circonscriptions", "constituency", "constituencies"),
    "country": ("pays", "pays", "country", "countries"),
}


class Day(click.ParamType):
    """A whole day as people write it; None if it is left empty."""

    name = "day"

    def convert(self, value, param, ctx):
        if value == "":
            return None
        try:
            return value if isinstance(value, date) else date.fromisoformat(day_of(value))
        except (InvalidValue, ValueError):
            self.fail(text("error.not_a_day", LANG, value=value), param, ctx)


class Level(click.ParamType):
    """One of LEVELS, by its code or by what the places of such a pact are called."""

    name = "level"

    def convert(self, value, param, ctx):
        meant = word_key(value)
        for level, words in LEVEL_PLACES.items():
            if meant in map(word_key, (level, *words)):
                return level
        self.fail(text("error.no_level", LANG, value=value, known=_levels_in_words()), param, ctx)


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
                said = click.prompt(
                    self.prompt or "", default, show_default=bool(default), value_proc=str
                )
            except click.Abort:
                if sys.stdin.isatty():
                    raise
                click.echo(err=True)
                if refused or default is None:
                    raise refused or click.MissingParameter(ctx=ctx, param=self) from None
                said = default
            try:
                return self.process_value(ctx, said)
            except click.BadParameter as error:
                refused = error
                click.echo(error.message, err=True)


def _check_answer(ctx: click.Context, param: click.Parameter, value):
    """The value, if a pact may hold it beside those given before. Raises click.BadParameter."""
    _, errors = check_pact(_stand_in({**ctx.params, param.name: value}))
    for error in errors:
        if error.column == _KEYS.get(param.name, param.name) or error.code == "term_order":
            raise click.BadParameter(intake.error_reason(error, LANG), ctx, param)
    return value


def _check_free(_ctx, _param, folder: Path) -> Path:
    """The folder, if nothing in it would be replaced. Raises InvalidValue (`file_exists`)."""
    for name in (TOML, WORKBOOK):
        if (folder / name).exists():
            raise InvalidValue("file_exists", path=str(folder / name))
    return folder


#: The parameters that are called otherwise than their keys.
_KEYS = {"pact_id": "id"}
#: What a pact must have beside its days.
_NEEDED = ("id", "title", "promoter", "election", "language")


def _stand_in(given: Mapping[str, object]) -> dict[str, object]:
    """The keys of a pact of which only these answers are given."""
    said = {_KEYS.get(name, name): value for name, value in given.items() if value is not None}
    start = said.get("term_start") or said.get("election_on") or date(FIRST_YEAR, 1, 1)
    days = {"term_start": start, "election_on": said.get("election_on") or start}
    kept = {name: said[name] for name in (*_NEEDED, "term_end") if name in said}
    others = {"fictional": False, "measures": [], "offices": []}
    return {**dict.fromkeys(_NEEDED, "fr"), **others, **days, **kept}


def _levels_in_words() -> str:
    place = PLACE_WORDS.index(f"place_{LANG}")
    return ", ".join(words[place] for words in LEVEL_PLACES.values())


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
@click.option("--fictional", is_flag=True, help="All of it is invented, for a demonstration.")
def new(folder, title, language, level, pact_id, term_start, election_on, **keys):
    """Make a folder to begin a pact with: pact.toml, and a workbook to fill in.

    What the options do not say is asked for, each until it can be taken. With --title, --promoter,
    --election, --election-on, --term-end, --language and --level, nothing is asked.
    """
    keys = {
        "id": pact_id or re.sub(r"[^a-z0-9]+", "-", search_key(title))[:60].strip("-") or "pact",
        "title": title,
        **keys,
        "election_on": election_on,
        "term_start": term_start or election_on,
        "language": language,
    }
    keys = {name: value for name, value in keys.items() if value is not None}
    offices = LEVELS[level]
    if offices:
        words = dict(zip(PLACE_WORDS, LEVEL_PLACES[level], strict=True))
        keys |= {"areas": AreaCodes.OWN.value, **words}
    else:
        keys["binding_offices"] = ["mayor"]
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
        ),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise paths.unreadable_path(folder, error) from None
    say("cli.new_done", toml=folder / TOML, workbook=folder / WORKBOOK, folder=folder)
    tell_unset_publisher()
