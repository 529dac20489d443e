"""What `load --ask` asks of people once a folder is read: a yes, and no other word, counts. That facts
are left out is kept by their names; who lost stands in the log."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import click

from monitor import commands, intake
from monitor.cli.kept_options import NAME, KeptOption, add_options
from monitor.cli.load_whole import WholeLoad
from monitor.cli.questions import ask_yes
from monitor.cli.terminal import LANG, say
from monitor.commands.winner_doubts import names_one
from monitor.i18n import plural, text


class _Consent(NamedTuple):
    """A question whose yes is a field of `PactChoices`, and is kept as `options`; whatever is answered,
    the doubts of `codes` say nothing more. `about`: what is said before it, line by line."""

    choice: Mapping[str, Any]
    codes: frozenset[str]
    asked: str
    about: tuple[str, ...] = ()
    options: tuple[KeptOption, ...] = ()


#: What is doubted of the elected whose name is near, of those who lost, and of facts about what nobody
#: promised.
_OF_NAMES = "winners_near"
_OF_DEFEATS = frozenset(("winners_instead", "winners_defeat"))
_OF_UNPROMISED = frozenset(("unpromised_left",))


def ask_names(load: WholeLoad, whole: commands.WholeReport) -> WholeLoad:
    """The load, with which signatories somebody says are meant by nearly their names in a table of the
    elected. Nothing is kept: the log knows who was elected."""
    agreed = {}
    for doubt in (one for report in whole.reports for one in report.doubts):
        values = {name: intake.displayable(value) for name, value in doubt.values}
        if doubt.code != _OF_NAMES or not names_one(doubt):
            continue
        name = intake.displayable(doubt.value)
        if ask_yes(text("cli.ask_same_person", LANG, name=name, **values)):
            agreed[doubt.value] = dict(doubt.values)["near"]
    return load.choose(agreed_names=tuple(agreed.items())) if agreed else load


def ask_consents(load: WholeLoad, whole: commands.WholeReport) -> WholeLoad:
    """The load, with what somebody says yes to, which is kept beside the files unless the log keeps it.
    `whole`: what became of it without."""
    asked = [*_list_consents(load, whole)]
    agreed = [one for one in asked if _agrees(one)]
    options = [option for one in agreed for option in one.options]
    if options and load.path.is_dir():
        add_options(load.path / NAME, options)
    elif options:
        say("cli.ask_to_type", options=" ".join(one.line for one in options))
    answered = load.answered.union(*(one.codes for one in asked))
    choices = {name: value for one in agreed for name, value in one.choice.items()}
    return load._replace(answered=answered).choose(**choices)


def _agrees(consent: _Consent) -> bool:
    for line in consent.about:
        click.echo(line, err=True)
    return ask_yes(consent.asked)


def _list_consents(load: WholeLoad, whole: commands.WholeReport) -> Iterator[_Consent]:
    for doubt in (one for report in whole.reports for one in report.doubts):
        if doubt.code == "winners_instead":
            values: dict = {name: intake.displayable(value) for name, value in doubt.values}
            asked = plural("cli.ask_defeated", int(values.pop("n")), LANG, **values)
            # Whom a later load adds is asked then: those who lost are noted in the log.
            yield _Consent({"notes_defeats": True}, _OF_DEFEATS, asked)
    refused = [report for report in whole.reports if report.refused]
    if refused and whole.lacks_promises_alone:
        yield _consent_to_leave(load, refused)


def _consent_to_leave(load: WholeLoad, reports: list[commands.Report]) -> _Consent:
    facts = [
        (report, fact)
        for report in reports
        for fact in sorted(report.unpromised, key=lambda one: one.line)
        if not fact.is_left
    ]
    names = dict.fromkeys(fact.name for _, fact in facts)
    count = len({(report.file_name, fact.line) for report, fact in facts})
    about = (plural("cli.unpromised", count, LANG), *(_word(*one) for one in facts))
    kept = {*load.choices.leaves_facts, *names}
    return _Consent(
        {"leaves_facts": tuple(sorted(kept))},
        _OF_UNPROMISED,
        plural("cli.ask_unpromised", count, LANG),
        about,
        tuple(KeptOption("--leave-fact", name) for name in names),
    )


def _word(report: commands.Report, fact: commands.UnpromisedFact) -> str:
    return intake.displayable(commands.unpromised_in_words(report, fact, LANG))
