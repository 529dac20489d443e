"""What a pact said of its measures after somebody had signed it, and says otherwise now."""

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from monitor.areas import search_key
from monitor.log import microseconds_of, moment_of
from monitor.pacts import Measure, Pact
from monitor.read.cache import per_roll

if TYPE_CHECKING:
    from monitor.read.pact_state import PactState

#: What of a measure is signed, and judged by; `due_on`, of those that have a day of their own.
KEPT = ("wording", "criterion_fr", "criterion_en", "due_on")
#: In the microseconds of the log.
DAY = 24 * 60 * 60 * 1_000_000


class Former(NamedTuple):
    """What a measure said, and until which day the log had it so."""

    value: str
    until: date


@per_roll
def former_measures(state: "PactState") -> dict[str, dict[str, Former]]:
    """By measure, and by what of KEPT is another now, what it was last before: as the log had it for a
    day at least while anybody had signed. What is put right sooner was not what people followed.
    Capitals, accents and marks are no difference."""
    signed = state.known.signatories["recorded_at"]
    if not len(signed):
        return {}
    cut = None if state.known_at is None else microseconds_of(state.known_at)
    versions = [one for one in state.log.pacts if cut is None or one[0] <= cut]
    stood = [
        (until, pact)
        for (since, pact), (until, _) in pairwise(versions)
        if until - max(since, signed.min()) >= DAY
    ]
    found: dict[str, dict[str, Former]] = {}
    for (at, before), (_, after) in pairwise([*stood, *versions[-1:]]):
        now = {measure.id: measure for measure in after.measures}
        for old in before.measures:
            new = now.get(old.id, old)
            for name in KEPT:
                was, said = _said(old, name, before), _said(new, name, after)
                own = name != "due_on" or old.due_on or new.due_on  # not where the term alone moved
                if own and was and search_key(was) != search_key(said):
                    until = moment_of(at).date()
                    found.setdefault(old.id, {})[name] = Former(was, until)
    return found


def _said(measure: Measure, name: str, pact: Pact) -> str:
    """What a measure says; without a day of its own, the end of the term."""
    value = getattr(measure, name)
    if name == "due_on" and not value and pact.term_end:
        return pact.term_end.isoformat()
    return value or ""
