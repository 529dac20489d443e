"""Files of a pact whose rows name what was refused: what is wrong with them whatever becomes of that."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from monitor.commands.load_options import Companions, LoadOptions
from monitor.commands.loading import load_in
from monitor.commands.report import Report
from monitor.intake.parts import Part
from monitor.models import RowOutcome
from monitor.store import Session
from monitor.store.journal import Journal

#: What a cell is refused for by itself, or beside the measures.
OF_CELLS = frozenset(
    {
        *("not_a_date", "vague_date", "no_such_day", "year_out_of_range", "two_digit_year"),
        *("ambiguous_date", "serial_date", "day_needed", "future_date", "ends_before_start"),
        *("unknown_code", "unknown_status", "near_status", "likely_status"),
        *("refused_status", "unknown_office", "unknown_measure"),
        *("several_measures", "ambiguous_measures", "status_needed", "evidence_needed"),
        *("search_needed", "summary_needed", "url_scheme", "url_password", "url_malformed"),
        *("several_addresses", "too_long", "private_contact", "formula_cell", "error_cell"),
        *("commune_name", "several_communes"),
        *("boolean_cell", "date_cell", "totals_line", "note_line"),
    }
)
#: What titles are refused for, where none of them can be the name of somebody.
_OF_TITLES = frozenset(
    {"unknown_column", "untitled_column", "duplicate_column", "same_column", "facts_across"}
)


def check_beyond(
    session: Session, journal: Journal, parts: Sequence[Part], pact_id: str, *, accepted: bool
) -> Iterator[Report]:
    """A report of each part of which something is wrong already, in a transaction that is not kept.
    `parts`: those after one whose rows were refused in part; `accepted`: as in `LoadOptions`."""
    for part in parts:
        found = load_in(
            session,
            journal,
            part.content,
            part.open_table(),
            pact_id,
            part.name,
            LoadOptions(accepted=accepted),
            Companions(later=[]),
        )
        known = OF_CELLS if part.content == "answers" else OF_CELLS | _OF_TITLES
        wrong = [error for error in found.errors if error.code in known]
        if wrong:
            refused = Report(part.content, part.name, pact_id, shape=found.shape)
            for _, errors in groupby(wrong, attrgetter("line")):
                refused.refuse(RowOutcome.REJECTED, errors)
            yield refused
