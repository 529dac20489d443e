"""What is odd of a pact that comes anew: facts of the log that its term or offices count no more."""

from monitor.commands.doubting.office import Reading
from monitor.commands.doubting.stopped import facts_stopped, words_of
from monitor.commands.kinds import ACCEPTED
from monitor.models import Doubt, Pact
from monitor.store import Session

#: What of a pact says which facts count.
COUNTING = ("term_start", "term_end", "binding_offices")


def pact_doubts(session: Session, before: Pact, pact: Pact) -> list[Doubt]:
    """What to say of the pact in the place of the version before, beside the log."""
    changed = [name for name in COUNTING if getattr(before, name) != getattr(pact, name)]
    if not changed:
        return []
    log = Reading(session, pact.id, lambda state: state == ACCEPTED)
    stopped = facts_stopped(log, log, pact, pact_before=before)
    if not stopped:
        return []
    value = getattr(pact, changed[0])
    said = ", ".join(value) if isinstance(value, tuple) else str(value)
    return [Doubt(None, changed[0], said, "facts_stopped", tuple(words_of(stopped).items()))]
