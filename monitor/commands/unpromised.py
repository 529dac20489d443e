"""Facts about what nobody promised, in words."""

from monitor.commands.report import Report, UnpromisedFact
from monitor.i18n import text
from monitor.intake.part_names import sheet_of_part
from monitor.models import COMMITTING, Answer

#: Letters of the words of an answer that are shown.
_LETTERS = 60


def unpromised_in_words(report: Report, fact: UnpromisedFact, lang: str) -> str:
    """Where a fact is, whom and what it is about, and what they answered."""
    if fact.answer is None:
        said = text("cli.unpromised_unsigned", lang)
    elif not fact.answer:
        said = text("cli.unpromised_unanswered", lang)
    else:
        said = text(f"answer.{fact.answer}", lang)
    if fact.words and fact.answer not in (*COMMITTING, Answer.NO):
        said = text("cli.said_in_words", lang, said=said, words=fact.words[:_LETTERS])
    values = {
        "sheet": sheet_of_part(report.file_name),
        "line": fact.line,
        "who": fact.who,
        "measure": fact.measure,
        "said": said,
    }
    return text("cli.unpromised_fact", lang, **values)
