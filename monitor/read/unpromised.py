"""Entries of the log about a measure that somebody is not known to have promised, as a refusal that
was noted after them: shown beside what they answered, and in no figure."""

from collections.abc import Sequence

import numpy as np

from monitor.dates import day_number
from monitor.i18n import text
from monitor.read import log_entries
from monitor.read.entry_text import EntryText, entry_text
from monitor.read.lines import Line, Span
from monitor.read.selection import View
from monitor.titles import shorten_title

#: Letters of a summary beside an answer: the entry itself says it in full.
BRIEF = 160


def entries_of(view: View, signatories: Sequence[str]) -> dict[str, dict[str, list[EntryText]]]:
    """By signatory and measure, those about these people, of what had happened by the day, the newest
    first."""
    rows, numbers = log_entries.unpromised_rows(view.state), view.log.commitments
    if not len(rows):
        return {}
    actions = view.log.actions
    there = numbers["signatory_id"].reindex(actions.commitment[rows]).isin(list(signatories))
    rows = rows[there.to_numpy() & (actions.last_day[rows] <= day_number(view.day))]
    rows = rows[np.argsort(actions.last_day[rows], kind="stable")][::-1]
    found: dict[str, dict[str, list[EntryText]]] = {}
    for entry in log_entries.read_entries(view, actions.seq[rows].tolist()):
        own = found.setdefault(entry.signatory_id, {})
        own.setdefault(entry.measure, []).append(entry_text(view, entry))
    return found


def line_with_entries(view: View, line: Line, entries: Sequence[EntryText]) -> Line:
    """An answer, or none, with what the log notes of that measure nevertheless."""
    if not entries:
        return line
    noted = Span(text("answers.noted_apart", view.lang))
    links = (_link(view, one) for one in entries)
    if line.sentence:
        return line._replace(more=(*line.more, noted, *links))
    return line._replace(sentence=(noted,), more=(*links,))


def _link(view: View, entry: EntryText) -> Span:
    summary = f" — {shorten_title(entry.summary, BRIEF)}" if entry.summary else ""
    colon = text("sentence.colon", view.lang)
    return Span(f"{entry.when}{colon}{entry.status}{summary}", entry=entry.seq)
