"""What somebody answered about a measure, as one line."""

from monitor.i18n import on_day, text
from monitor.read import archives, facts
from monitor.read.lines import Line, Mark, Span, Topic, fill_message, quoted_span
from monitor.schema import Values


def answer_line(row: Values, lang: str) -> Line:
    """« A répondu oui le 13 mars 2026 : « D’accord. » Avait répondu non le 2 mars 2026 · source »."""
    sentence = _said(f"answer.said_{row.answer}", row, lang, Mark.STRONG)
    more: list[Span] = []
    if row.source_url:
        more.append(Span(text("answer.source", lang), href=row.source_url))
    if dead := archives.dead_source_note(row, lang):
        more.append(Span(dead, Mark.STRONG))
        if row.found_archive:
            archive = text("entry.archive", lang)
            more.append(Span(archive, Mark.COPY, row.found_archive))
    if row.former_answer:
        before = facts.former_row(row)
        if before.comment == row.comment:
            before = before._replace(comment=None)
        had = "had_already" if before.answer == row.answer else "had_said"
        own = _said(f"answer.{had}_{before.answer}", before, lang)
        sentence += (Span(" " if row.comment else ". "), *own)
        if before.source_url and before.source_url != row.source_url:
            more.append(Span(text("answer.former_source", lang), href=before.source_url))
    return Line(Topic.REPLY, sentence, tuple(more))


def _said(key: str, row: Values, lang: str, mark: Mark = Mark.PLAIN) -> tuple[Span, ...]:
    """An answer as the message says it, with its day and the words of who gave it."""
    answer = text(key, lang)
    if row.answered_on:
        answer += f" {on_day(row.answered_on, lang)}"
    span = Span(answer, mark)
    if not row.comment:
        return (span,)
    return fill_message("answer.line", lang, answer=span, words=quoted_span(row.comment))
