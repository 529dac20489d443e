"""What is wrong with a command line is said in the language of the terminal, click's own words too."""

import shlex

import click
import pytest
from click.testing import CliRunner

from monitor.cli import usage
from monitor.cli.main import main
from monitor.cli.terminal import program_call

#: What click or a command says -> what a French terminal reads of it.
SAID = {
    "Missing option '--title'.": "Il manque l’option '--title'.",
    "Missing argument 'FILE'.": "Il manque 'FILE'.",
    "Missing argument 'TABLE'. Choose from:\n\ta,\n\tb": "Il manque 'TABLE' : a, b",
    "Missing command.": "Il manque la commande.",
    "No such option '--colum'. Did you mean '--column'?": (
        "Il n’y a pas d’option '--colum'. Peut-être : --column."
    ),
    "No such option '--zz'.": "Il n’y a pas d’option '--zz'.",
    "No such command 'laod'. Did you mean 'load'?": "Il n’y a pas de commande 'laod'. Peut-être : load.",
    "No such command 'x'.": "Il n’y a pas de commande 'x'.",
    "Got unexpected extra argument (x)": "Ceci est de trop : x.",
    "Got unexpected extra arguments (x y)": "Ceci est de trop : x y.",
    "Option '--pact' requires an argument.": "L’option '--pact' attend une valeur.",
    "Option '--strict' does not take a value.": "L’option '--strict' ne prend pas de valeur.",
    "Invalid value for '--port': 'x' is not a valid integer range.": (
        "'--port' : 'x' n’est pas un nombre."
    ),
    "Invalid value for '--port': 0 is not in the range 1<=x<=65535.": (
        "'--port' : 0 n’est pas dans l’intervalle 1<=x<=65535."
    ),
    "Invalid value for '--format': 'x' is not one of 'csv', 'json'.": (
        "'--format' : 'x' n’est aucun de : 'csv', 'json'."
    ),
    "Invalid value: « a » est inconnu.": "« a » est inconnu.",
    "Ce que dit une commande.": "Ce que dit une commande.",
}
#: Command lines that are wrong -> a word of what click says of each.
WRONG = {
    ("new", "d", "--titel", "x"): "--titel",
    ("laod",): "laod",
    ("load",): "CONTENT",
    ("load", "a", "b", "c"): "(c)",
    ("load", "d", "--pact"): "--pact",
    ("load", "d", "--strict=1"): "--strict",
    ("load", "d", "--skip-rejected"): "--skip-rejected",
    ("load", "pact", "p.toml", "--newer"): "--newer",
    ("load", "zz", "f.csv"): "zz",
    ("load", "answers", "f.csv", "--sheet", "a=réponses"): "--sheet",
    ("load", "d", "--sheet", "a=réponses", "--sheet", "a=mandats"): "a",
    ("serve", "--port", "x"): "--port",
    ("serve", "--port", "0"): "--port",
    ("export", "--format", "x"): "--format",
    ("analysis",): "incidence",
    ("links",): "--list",
    ("user", "add"): "NAME",
    ("user",): "",
}
#: Words of click's own sentences.
ENGLISH = (
    "Usage: ",
    "Error:",
    "Missing",
    "No such",
    "Invalid",
    "requires",
    "Try ",
    " goes ",
    " go ",
)


@pytest.mark.parametrize(("message", "expected"), SAID.items())
def test_what_click_says_is_said_in_french(message, expected, monkeypatch):
    monkeypatch.setattr(usage, "LANG", "fr")
    plain = usage.usage_sentence(message).replace("\u00a0", " ").replace("\u202f", " ")
    assert plain == expected


@pytest.mark.parametrize("typed", WRONG, ids=" ".join)
def test_a_wrong_command_line_is_refused_in_one_language(typed, tmp_path, monkeypatch):
    monkeypatch.setattr(usage, "LANG", "fr")
    url = f"sqlite:///{tmp_path}/monitor.db"
    result = CliRunner().invoke(main, [*typed], env={"MONITOR_DATABASE": url})
    assert result.exit_code == 2
    if typed == ("user",):  # its help
        return
    assert "Refusé\u00a0: " in result.output
    refused = result.output.partition("Refusé\u00a0: ")[2]
    assert WRONG[typed].strip("()") in refused
    assert not [one for one in ENGLISH if one in refused]


def test_a_command_within_a_program_raises_as_click_does():
    with pytest.raises(click.UsageError):
        main.main(["laod"], standalone_mode=False)


@pytest.mark.parametrize(
    ("typed", "call"),
    [
        ("python -m monitor load x", "python -m monitor"),
        (".venv/bin/python -m monitor init", ".venv/bin/python -m monitor"),
        ("python3.12 -m monitor", "python3.12 -m monitor"),
        ("'/home/a b/bin/python' -m monitor init", "'/home/a b/bin/python' -m monitor"),
        ("/usr/bin/python3 /usr/local/bin/monitor init", "monitor"),
        ("/usr/bin/python3 -m pytest tests", "python -m monitor"),
        ("/usr/bin/python3", "python -m monitor"),
    ],
)
def test_a_command_that_is_proposed_begins_as_the_one_that_was_typed(typed, call):
    assert program_call(shlex.split(typed)) == call


@pytest.mark.parametrize("call", ["python -m monitor", ".venv/bin/python -m monitor", "monitor"])
def test_the_usage_of_a_help_calls_the_program_as_it_was_typed(monkeypatch, call):
    typed = call if call != "monitor" else "/usr/bin/python3 /usr/local/bin/monitor"
    monkeypatch.setattr("sys.orig_argv", [*shlex.split(typed), "load", "--help"])
    name = "monitor" if call == "monitor" else "python -m monitor"
    said = CliRunner().invoke(main, ["load", "--help"], prog_name=name).output
    assert said.splitlines()[0].partition(":")[2].strip().startswith(f"{call} load [")
    wrong = CliRunner().invoke(main, ["load", "--bogus"], prog_name=name).output
    assert f"{call} load --help" in wrong and ".venv/bin/.venv" not in wrong
