"""What goes with rows of the log that somebody would take back, said before they do."""

from datetime import date

from monitor import commands, intake
from monitor.findings import Doubt
from monitor.read import current_log
from monitor.read.cache import per_head
from monitor.snapshot import Snapshot
from monitor.ui.markdown import md


def consequences_in_words(
    snapshot: Snapshot, pact_id: str, taken: tuple[int, ...], day: date, lang: str
) -> str:
    """A list: what becomes of the figures of that day without these entries, and which others would
    count no more."""
    figures, doubts = _consequences(snapshot, pact_id, taken, day)
    lines = commands.changes_in_words(*figures, lang)
    lines += [md(intake.error_reason(one, lang, on_page=True)) for one in doubts]
    return "\n".join(f"- {line}" for line in lines)


@per_head
def _consequences(
    snapshot: Snapshot, pact_id: str, taken: tuple[int, ...], day: date
) -> tuple[tuple[commands.Figures, commands.Figures], list[Doubt]]:
    """Two folds and what the doubts read, once for a choice and not at every key typed after it."""
    with current_log.store().reading() as database:
        doubts = commands.retraction_doubts(database, pact_id, taken)
    return commands.consequences(snapshot.log(pact_id), taken, day), doubts
