"""What is wrong with a command line, in the language of whoever typed it: click says it in English."""

import re
import sys
from typing import NoReturn

import click

from monitor.cli.help import usage_prefix
from monitor.cli.terminal import LANG, print_sentence, say
from monitor.i18n import text
from monitor.intake import displayable

#: How click says it -> the message that says the same; each group of the first fills a field of it,
#: `why` said in its turn.
_SAID = tuple(
    (re.compile(pattern, re.DOTALL), key)
    for pattern, key in (
        (r"Missing option (?P<name>.+?)\.(?P<more>.*)", "missing_option"),
        (r"Missing (?:argument|parameter) (?P<name>.+?)\.(?P<more>.*)", "missing_argument"),
        (r"Missing command\.", "missing_command"),
        (r"No such option:? (?P<name>\S+?)\.?(?P<near> .*)?", "no_option"),
        (r"No such command (?P<name>'.*?')\.?(?P<near> .*)?", "no_command"),
        (r"Got unexpected extra arguments? \((?P<name>.*)\)\.?", "extra_argument"),
        (r"Option (?P<name>\S+) requires .*", "needs_value"),
        (r"Option (?P<name>\S+) does not take a value\.", "takes_no_value"),
        (r"Invalid value for (?P<name>.+?): (?P<why>.*)", "invalid_value_of"),
        (r"Invalid value: (?P<why>.*)", "invalid_value"),
        (r"(?P<value>'.*') is not one of (?P<known>.*?)\.", "none_of"),
        (r"(?P<value>'.*') is not a valid (?:integer|float)( range)?\.", "no_number"),
        (r"(?P<value>.*) is not in the range (?P<range>.*)\.", "out_of_range"),
        (r"\w+ (?P<value>'.*') does not exist\.", "path_missing"),
        (r"\w+ (?P<value>'.*') is a file\.", "path_is_file"),
        (r"\w+ (?P<value>'.*') is a directory\.", "path_is_folder"),
    )
)


def usage_sentence(message: str) -> str:
    """What click says, in the language of the terminal; as it is where nothing is known to say the
    same."""
    for pattern, key in _SAID:
        if match := pattern.fullmatch(message):
            values = {name: displayable(value or "") for name, value in match.groupdict().items()}
            if "why" in values:
                values["why"] = usage_sentence(match["why"])
            if "near" in values:
                values["near"] = ", ".join(re.findall(r"'([^']+)'", values["near"]))
                key += "_near" if values["near"] else ""
            if "more" in values:
                values["more"] = " ".join(
                    values["more"].replace("⏎", " ").partition(":")[2].split()
                )
                key += "_of" if values["more"] else ""
            return text(f"usage.{key}", LANG, **values)
    return message


def exit_with_error(error: click.ClickException) -> NoReturn:
    """Say what is wrong with what was typed, and how the command is called."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        sys.exit(error.exit_code)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        usage = error.ctx.get_usage().removeprefix(usage_prefix())
        print_sentence(text("usage.usage", LANG, usage=usage))
        say("usage.help", command=error.ctx.command_path)
        click.echo(err=True)
    click.echo(text("usage.error", LANG, said=usage_sentence(error.format_message())), err=True)
    sys.exit(error.exit_code)
