"""What the log takes of a blind rating: of somebody who looked for evidence, and of whoever judges what
another kept."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from monitor.commands.transaction import Work, clean_free_text
from monitor.commands.writing import NewAction, check_action_cells
from monitor.errors import InvalidRow
from monitor.findings import RowError
from monitor.pacts import Pact
from monitor.queries.ratings import KeptEvidence
from monitor.schema import EVIDENCE, Values

#: In place of where somebody looked, of who judged what another kept.
JUDGED = "sources de la première lecture"
#: How many bytes the words of a rating may have in all; those of who judges what another kept. What is
#: kept of a rating is filled up to one size, above both, which tells nothing of it.
WORDS, JUDGEMENT = 1_200, 250

_SOURCE_TEXTS = tuple(name for name in EVIDENCE if name != "source_kind")


class RatingCells(NamedTuple):
    """What a rating says, as the log takes it."""

    facts: tuple
    texts: tuple


def check_rating(work: Work, pact: Pact, action: NewAction, searched: str) -> RatingCells:
    """The cells of somebody who looked for evidence, `searched` being where. Raises InvalidRow."""
    searched = clean_free_text(searched, "searched", required="searched_needed")
    values = _check_cells(work, pact, action, searched)
    summary = values.summary if action.summary.strip() else None
    sources = [getattr(values, name) for name in _SOURCE_TEXTS]
    _check_length([summary, searched, *sources], WORDS)
    return _rating_cells(values, summary, searched)


def check_judgement(work: Work, pact: Pact, action: NewAction, kept: KeptEvidence) -> RatingCells:
    """The cells of whoever judges what another kept, which replaces the evidence of `action`. Raises
    InvalidRow."""
    action = replace(action, **{name: cell or "" for name, cell in kept._asdict().items()})
    clean_free_text(action.summary, "summary", required="judgement_needed")
    values = _check_cells(work, pact, action, JUDGED)
    _check_length([values.summary], JUDGEMENT)
    return _rating_cells(values, values.summary, JUDGED)


def _check_cells(work: Work, pact: Pact, action: NewAction, searched: str) -> Values:
    """The cells of an assessment, whose summary may not be empty as that of a rating may."""
    summary = action.summary.strip() or searched
    return check_action_cells(work, pact, replace(action, summary=summary))


def _rating_cells(values: Values, summary: str | None, searched: str) -> RatingCells:
    texts = (
        summary,
        values.source_title,
        values.source_publisher,
        values.source_url,
        values.archive_url,
        values.quote,
        searched,
    )
    return RatingCells((values.status, values.happened_on, values.source_kind), texts)


def _check_length(words: Iterable[str | None], limit: int) -> None:
    """Raises InvalidRow of words that are longer in all than what fills up a rating could hide."""
    length = sum(len(text.encode()) for text in words if text)
    if length > limit:
        values = (("bytes", str(length)), ("limit", str(limit)))
        raise InvalidRow([RowError(None, "words", "", "rating_too_long", values)])
