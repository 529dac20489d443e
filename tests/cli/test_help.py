"""`--help` speaks the language of the terminal, click's own words too; the names of options stay."""

import re
from inspect import cleandoc

import click
import pytest
from click.testing import CliRunner

from monitor.cli import help
from monitor.cli.main import main
from monitor.i18n import catalogue

#: What only click's own words, or a sentence that was not translated, would have.
ENGLISH = re.compile(
    r"\b(?:Usage:|Options:|Commands:|Show|default:|required|TEXT|INTEGER|the|which|with|every)\b"
)


def all_commands(command=main, path=()):
    yield path, command
    for name, under in command.commands.items() if isinstance(command, click.Group) else ():
        yield from all_commands(under, (*path, name))


COMMANDS = dict(all_commands())


def help_of(path):
    return CliRunner().invoke(main, [*path, "--help"], prog_name="monitor").output


def paragraphs_of(command):
    """Each text that the help of a command and of its options is made of; a block keeps its lines."""
    options = [one.help for one in command.params if isinstance(one, click.Option) and one.help]
    for part in [*cleandoc(command.help or "").split("\n\n"), *options]:
        block = part.strip("\n").removeprefix("\b\n")
        if words := block if part.lstrip("\n").startswith("\b") else " ".join(part.split()):
            yield words


def test_every_text_of_every_help_is_in_the_catalogues_as_the_code_has_it():
    known = {
        paragraph for key, paragraph in catalogue("en").items() if key.startswith("command_help.")
    }
    asked = {paragraph for one in COMMANDS.values() for paragraph in paragraphs_of(one)}
    assert asked - known == set()
    assert known - asked == set()


def test_every_help_is_in_french_on_a_french_terminal_and_has_all_options(monkeypatch):
    monkeypatch.setattr(help, "LANG", "en")
    english = {path: help_of(path) for path in COMMANDS}
    monkeypatch.setattr(help, "LANG", "fr")
    left = {path: found for path in COMMANDS if (found := ENGLISH.findall(help_of(path)))}
    assert left == {}
    for path, words in english.items():
        french = help_of(path)
        assert "Usage\u00a0: monitor" in french and "Options\u00a0:" in french
        assert {*re.findall(r"--[a-z-]+", words)} <= {*re.findall(r"--[a-z-]+", french)}
    monkeypatch.setattr(help, "LANG", "en")
    assert {path: help_of(path) for path in COMMANDS} == english


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("serve",), "--port ENTIER"),
        (("serve",), "[par défaut\u00a0: 8501; 1<=x<=65535]"),
        (("redact", "entry"), "[obligatoire]"),
        (("load",), "load pacte.xlsx    ce classeur seul"),
        ((), "Charge un pacte"),
    ],
)
def test_what_click_adds_is_in_french_too(monkeypatch, path, expected):
    monkeypatch.setattr(help, "LANG", "fr")
    assert expected in help_of(path)
