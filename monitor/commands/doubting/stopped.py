"""Facts of the log that count no more once a mandate, a signature or a term is another."""

from collections.abc import Iterable, Mapping

import numpy as np

from monitor import dates
from monitor.commands.doubting.log_reading import Fact, InOffice, Reading
from monitor.i18n import join_first
from monitor.pacts import Pact

#: Commitments that a sentence names.
NAMED = 3


def facts_no_longer_counted(
    before: Reading,
    after: Reading,
    pact: Pact,
    people: Iterable[str] | None = None,
    pact_before: Pact | None = None,
) -> list[Fact]:
    """The facts that counted as `before` reads the log, and do not as `after` does: about these people,
    or all; `pact_before`: under which pact they did, if that is another."""
    if not before.any_of("action"):
        return []
    people = list(before.people() if people is None else people)
    facts = before.facts(people)
    if not facts:
        return []
    about = {fact.signatory_id for fact in facts}
    then = _uncounted(before.in_office(pact_before or pact, about), facts)
    now = _uncounted(after.in_office(pact, about), facts)
    return [facts[place] for place in np.flatnonzero((then < 0) & (now >= 0))]


def words_of(stopped: list[Fact], names: Mapping[str, str | None]) -> dict[str, str]:
    """What fills the sentence about facts that count no more: how many, of which commitments, the
    first of them. `names`: how their people are called."""
    called = ((names.get(one.signatory_id) or one.signatory_id, one.measure) for one in stopped)
    commitments = list(dict.fromkeys(" · ".join(one) for one in called))
    return {
        "n": str(len(stopped)),
        "of": str(len(commitments)),
        "known": join_first(commitments, NAMED),
        "id": stopped[0].action_id,
        "first": stopped[0].happened_on,
    }


def _uncounted(office: InOffice, facts: list[Fact]) -> np.ndarray:
    return office.why_uncounted(
        [fact.signatory_id for fact in facts],
        [fact.happened_on for fact in facts],
        np.array([dates.day_interval(fact.recorded_at[:10])[0] for fact in facts]),
        [fact.status for fact in facts],
    )
