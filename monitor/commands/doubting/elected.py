"""Results of an election beside the mandates of the log, and beside one another."""

from collections import defaultdict
from collections.abc import Sequence

from monitor.commands.doubting.base import Weighing
from monitor.commands.doubting.mandates import HELD, OF_ONE, PEOPLE
from monitor.intake import Row
from monitor.models import Outcome
from monitor.status.office import why_mandate_uncounted


def tell_outcomes(weighing: Weighing, rows: Sequence[Row]) -> None:
    """What is odd of the results that these rows give, once all of the file is in the log: a binding
    mandate of who was not elected; two who are elected to one office, neither with a mandate: both
    would be taken to be in office at once."""
    if not rows:
        return
    session, pact, counts = (weighing.asked.session, weighing.asked.pact, weighing.asked.counts)
    mandates: dict[str, dict[tuple[str, str], tuple]] = defaultdict(dict)
    for state, name, office, start, *end in session.rows(HELD, pact=pact.id):
        if counts(state):
            mandates[name][office, start] = tuple(end)
    of_one = set(pact.binding_offices) <= set(OF_ONE)
    elected: dict[str, dict[str, str]] = defaultdict(dict)
    if of_one:
        people = {
            name: rest for state, name, *rest in session.rows(PEOPLE, pact=pact.id) if counts(state)
        }
        for name, (who, commune, outcome, _) in people.items():
            if outcome == Outcome.ELECTED and name not in mandates:
                elected[commune][name] = who
    for row in rows:
        name, commune, outcome = (row.values[n] for n in (0, 2, 5))
        if outcome != Outcome.ELECTED:
            held = [
                start
                for (office, start), end in mandates[name].items()
                if office in pact.binding_offices
                and not why_mandate_uncounted(pact, start, *end, row.values[3])
            ]
            if held and outcome == Outcome.DEFEATED:
                weighing.doubt(row, "outcome", "outcome_against_mandate", start=min(held))
        elif name in elected[commune]:
            other = next((one for one in elected[commune] if one != name), None)
            if other:
                who = elected[commune][other]
                weighing.doubt(row, "outcome", "two_elected", name=who, id=other)
