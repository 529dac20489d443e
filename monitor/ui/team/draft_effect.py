"""What the entry that is being typed would do to the status of its commitment."""

from typing import NamedTuple

from monitor.models import Kind
from monitor.queries import team as backlog
from monitor.read import current_log
from monitor.read.selection import View
from monitor.table_rows import CommitmentRow
from monitor.ui.team import detail, fields, preview


class _DraftDay(NamedTuple):
    """What is typed of an entry, as far as its day is concerned."""

    happened_on: str
    status: str


def show_draft_effect(view: View, held: dict, row: CommitmentRow) -> None:
    """What the entry would do to the status, once it says enough to tell."""
    day, kind = fields.typed_day(held), Kind(held["kind"])
    if day is None or kind not in (Kind.ASSESSMENT, Kind.RETRACTION):
        return
    if kind is Kind.ASSESSMENT and not held["status"]:
        return
    target = None
    if held["supersedes"]:
        with current_log.store().reading() as database:
            target = backlog.first_of(database, view.log.pact.id, held["supersedes"])
    status = held["status"] if kind is Kind.ASSESSMENT else ""
    if effect := preview.effect_of_draft(view, row, kind, status, day, target):
        detail.effect_in_words(view, effect, _DraftDay(day, status))
