"""`new`: a folder to begin a pact with."""

import re
import sys
from datetime import date
from pathlib import Path

import click

from monitor import intake
from monitor.areas import search_key
from monitor.cli import paths
from monitor.cli.terminal import LANG, say
from monitor.errors import InvalidValue
from monitor.export.pact_toml import pact_toml
from monitor.export.pact_workbook import pact_workbook
from monitor.i18n import LANGUAGES, text
from monitor.intake.days import day_of
from monitor.intake.pact import check_pact
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
#: What the places of such a pact are called, if they are no communes, as PLACE_WORDS have it.
PLACES = {
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


class PromptOption(click.Option):
    """What is asked for where the command does not say it: of a person, not of a script that has nothing
    more to say."""

    def prompt_for_value(self, ctx):
        try:
            return super().prompt_for_value(ctx)
        except click.Abort:
            if sys.stdin.isatty():
                raise
            click.echo(err=True)
            if not isinstance(self.default, str):
                raise click.MissingParameter(ctx=ctx, param=self) from None
            return self.type_cast_value(ctx, self.default)


def _asked(key: str) -> str:
    return text(f"cli.new_{key}", LANG)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", cls=PromptOption, prompt=_asked("title"), help="What the pact is called.")
@click.option(
    "--promoter", cls=PromptOption, prompt=_asked("promoter"), help="Who put it to the candidates."
)
@click.option(
    "--election", cls=PromptOption, prompt=_asked("election"), help="The election, in words."
)
@click.option(
    "--election-on",
    cls=PromptOption,
    prompt=_asked("election_on"),
    type=Day(),
    help="The day of the election.",
)
@click.option("--term-start", type=Day(), help="First day of the term; by default the election.")
@click.option(
    "--term-end",
    cls=PromptOption,
    prompt=_asked("term_end"),
    default="",
    show_default=False,
    type=Day(),
    help="Last day of the term, if it is fixed.",
)
@click.option(
    "--language",
    cls=PromptOption,
    prompt=_asked("language"),
    default=LANG,
    help="The language of the pact, and of the words in the files.",
)
@click.option(
    "--level",
    cls=PromptOption,
    prompt=_asked("level"),
    type=click.Choice(list(LEVELS)),
    default="commune",
    help="To whom it was put.",
)
@click.option("--id", "pact_id", help="Its name in addresses; by default made from the title.")
@click.option("--fictional", is_flag=True, help="All of it is invented, for a demonstration.")
def new(folder, title, language, level, pact_id, term_start, election_on, **keys):
    """Make a folder to begin a pact with: pact.toml, and a workbook to fill in."""
    keys = {
        "id": pact_id or re.sub(r"[^a-z0-9]+", "-", search_key(title)).strip("-")[:60] or "pact",
        "title": title,
        **{name: value for name, value in keys.items() if value is not None},
        "election_on": election_on,
        "term_start": term_start or election_on,
        "language": language,
    }
    keys = {name: value for name, value in keys.items() if value is not None}
    offices = LEVELS[level]
    if offices:
        words = dict(zip(PLACE_WORDS, PLACES[level], strict=True))
        keys |= {"areas": AreaCodes.OWN.value, **words}
    else:
        keys["binding_offices"] = ["mayor"]
    _, errors = check_pact({**keys, "offices": offices, "measures": []})
    for error in errors:
        if error.code != "no_measures":
            raise click.UsageError(intake.error_sentence(error, LANG, "pact"))
    lang = language if language in LANGUAGES else LANG
    files = {
        TOML: pact_toml(keys, offices, lang).encode(),
        WORKBOOK: pact_workbook(lang, keys=keys, offices=offices, own_areas=bool(offices)),
    }
    for name in files:
        if (folder / name).exists():
            raise InvalidValue("file_exists", path=str(folder / name))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise paths.unreadable_path(folder, error) from None
    say("cli.new_done", toml=folder / TOML, workbook=folder / WORKBOOK, folder=folder)
