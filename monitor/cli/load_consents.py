"""What `load --ask` asks of people once a folder is read: a yes, and no other word, is an option that is
kept."""

from collections.abc import Iterator
from typing import NamedTuple

from monitor import commands, intake
from monitor.cli.kept_options import NAME, KeptOption, add_options
from monitor.cli.load_whole import WholeLoad
from monitor.cli.questions import ask_yes
from monitor.cli.terminal import LANG, say
from monitor.i18n import plural, text
from monitor.intake.part_names import sheet_of_part


class _Consent(NamedTuple):
    """A question whose yes is an `option`, which is `how` the whole is loaded; whatever is answered, the
    doubts of `codes` say nothing more."""

    option: str
    how: str
    codes: frozenset[str]
    asked: str


#: What is doubted of those who lost, and of facts about what nobody promised.
_OF_DEFEATS = frozenset(("winners_instead", "winners_defeat"))
_OF_UNPROMISED = frozenset(("unpromised_left",))


def ask_consents(load: WholeLoad, whole: commands.WholeReport) -> WholeLoad:
    """The load, with what somebody says yes to, which is kept beside the files. `whole`: what became of
    it without."""
    asked = [*_list_consents(whole)]
    agreed = [one for one in asked if ask_yes(one.asked)]
    options = [KeptOption(one.option, "") for one in agreed]
    if options and load.path.is_dir():
        add_options(load.path / NAME, options)
    elif options:
        say("cli.ask_to_type", options=" ".join(one.line for one in options))
    answered = load.answered.union(*(one.codes for one in asked))
    return load._replace(how={**load.how, **{one.how: True for one in agreed}}, answered=answered)


def _list_consents(whole: commands.WholeReport) -> Iterator[_Consent]:
    for doubt in (one for report in whole.reports for one in report.doubts):
        if doubt.code == "winners_instead":
            values: dict = {name: intake.displayable(value) for name, value in doubt.values}
            asked = plural("cli.ask_defeated", int(values.pop("n")), LANG, **values)
            yield _Consent("--defeated", "notes_defeats", _OF_DEFEATS, asked)
    followed = [report for report in whole.reports if report.content == "actions"]
    others = [report for report in whole.reports if report not in followed]
    # Where answers are refused, what was promised is not known.
    if whole.unchecked or any(report.refused or report.errors for report in others):
        return
    refused = [report for report in followed if report.refused and report.unpromised]
    if refused:
        count = sum(len({*report.unpromised}) for report in refused)
        tables = " ; ".join(map(_lines_in_words, refused))
        asked = plural("cli.ask_unpromised", count, LANG, tables=tables)
        yield _Consent("--leave-unpromised", "leaves_unpromised", _OF_UNPROMISED, asked)


def _lines_in_words(report: commands.Report) -> str:
    lines = ", ".join(map(str, dict.fromkeys(report.unpromised)))
    sheet = intake.displayable(sheet_of_part(report.file_name))
    return text("cli.unpromised_lines", LANG, sheet=sheet, lines=lines)
