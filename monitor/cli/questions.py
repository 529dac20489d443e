"""Questions in the terminal whose answers are options of `load`."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import click

from monitor import intake
from monitor.cli.cell_questions import CellQuestion
from monitor.cli.kept_options import KeptOption
from monitor.cli.load_options import content_meant
from monitor.cli.terminal import LANG
from monitor.i18n import text
from monitor.intake.header_row import ANSWERING, match_title
from monitor.intake.marks import MARKED, answer_meant
from monitor.intake.part_names import title_of_sheet
from monitor.intake.vocabulary import word_key
from monitor.models import Answer

#: What is typed for the choice that nothing is read, and for the same of all that is left to ask.
_NONE, _ALL_NONE = "0", "*"
#: « Mesure 12 », « M12 »: which measure a column answers.
_OF_MEASURE = re.compile(r"(?:mesure|measure|m|n[°o])\s*[.:]?\s*(?=\S*\d)(\S+)", re.IGNORECASE)


class Question(NamedTuple):
    """What `about` means, which stands before the « = » of an option: one of `choices`, by their words
    what stands after it. `asked`: the question. `content`: what its table holds, but of a sheet.
    `asks_alone`: what it is about is never left out together with others."""

    option: str
    about: str
    asked: str
    choices: Mapping[str, str]
    content: str = ""
    asks_alone: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.option, self.about

    @property
    def menu(self) -> str:
        """The choices with their numbers; what is not read is 0."""
        numbered = {meant: n for n, meant in enumerate(filter(None, self.choices.values()), 1)}
        items = [f"{numbered.get(meant, _NONE)} {words}" for words, meant in self.choices.items()]
        if self.takes_measure:
            items.append(text("cli.ask_measure", LANG))
        return " · ".join(items)

    @property
    def takes_measure(self) -> bool:
        return self.option == "--column" and self.content in ANSWERING

    def option_of(self, typed: str) -> KeptOption | None:
        """The option that says what was typed: the number of a choice, its words, or others that mean
        the same; None where these are none of the choices."""
        numbered = dict(enumerate(filter(None, self.choices.values()), 1))
        worded = {word_key(words): meant for words, meant in self.choices.items()}
        measure = _OF_MEASURE.fullmatch(typed) if self.takes_measure else None
        if typed == _NONE:
            meant = "" if "" in self.choices.values() else None
        elif typed.isdecimal():
            meant = numbered.get(int(typed))
        else:
            meant = measure[1] if measure else worded.get(word_key(typed), self._meant_by(typed))
        return None if meant is None else KeptOption(self.option, f"{self.about}={meant}")

    def words_of(self, option: KeptOption) -> str:
        """What an option of this question says, in words."""
        meant = option.value.rpartition("=")[2]
        worded = {value: words for words, value in self.choices.items()}
        return worded.get(meant) or text("cli.ask_of_measure", LANG, measure=meant)

    def why_not(self, typed: str) -> str:
        """What is said of a text that is none of the choices."""
        return text("cli.ask_again", LANG, value=typed)

    def _meant_by(self, typed: str) -> str | None:
        """The choice that other words than its own mean: « parti » of a column, « suivi » of a sheet."""
        if self.option == "--column":
            meant = match_title(self.content, typed)
        elif self.option == "--sheet":
            held = content_meant(typed)
            meant = title_of_sheet(held, LANG) if held else None
        else:
            code = intake.meant_by_marks(self.content, {"": typed}).get("")
            meant = text(f"{MARKED[self.content]}.{code}", LANG) if code else None
        return meant if meant in self.choices.values() else None


def ask_questions(questions: Sequence[Question | CellQuestion]) -> Iterator[KeptOption]:
    """What is answered to questions of one kind; the choices are said once where they stay the same."""
    menu, leaves_rest = "", False
    for question in questions:
        if leaves_rest and not question.asks_alone:
            if left := question.option_of(_NONE):
                yield left
            continue
        if question.menu != menu:
            menu = question.menu
            click.echo(f"  {menu}", err=True)
        typed, option = _answer(question)
        if typed is None:
            return
        leaves_rest |= typed == _ALL_NONE
        if option is not None:
            click.echo(f"  → {question.words_of(option)}", err=True)
            yield option


def _answer(question: Question | CellQuestion) -> tuple[str | None, KeptOption | None]:
    """(what somebody types, None at the end of it; the option that says it, None where it is left for
    later). What is none of the choices is asked again."""
    while True:
        typed = prompt_text(question.asked)
        if not typed:
            return typed, None
        if typed == _ALL_NONE and not question.asks_alone:
            return typed, question.option_of(_NONE)
        if option := question.option_of(typed):
            return typed, option
        click.echo(question.why_not(typed), err=True)


def ask_yes(asked: str) -> bool:
    """Whether somebody says yes, in any word for it."""
    return answer_meant(prompt_text(asked) or "") == Answer.YES


def prompt_text(asked: str) -> str | None:
    """What somebody types; None at the end of what is typed."""
    try:
        typed = click.prompt(asked, default="", show_default=False, prompt_suffix=" ", err=True)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        click.echo(err=True)
        return None
    return typed.strip()
