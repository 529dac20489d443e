"""What no digest covers by itself, since the log implies it: the numbers of commitments, and whose
ties hold."""

import json

from monitor.models import COMMITTING
from monitor.store.base import Session
from monitor.store.decisions import COUNTING_FILES
from monitor.store.guards.phrases import sql_list

_COMMITTING = (
    "SELECT seq, pact_id, signatory_id, measure FROM answer "
    f"WHERE answer IN {sql_list(COMMITTING)} ORDER BY seq"
)
#: Of every version of the pacts: one that never counted, since its writing was cut off, left commitments
#: to measures that the next may not have.
_MEASURES = (
    f"SELECT p.pact_id, p.measures, e.load_seq IN ({COUNTING_FILES}) "
    "FROM pact p JOIN entry e ON e.seq = p.seq ORDER BY p.seq"
)


def find_wrong_commitment(session: Session) -> int | None:
    """The seq of a signatory or an answer whose commitments are not those that the log implies, None
    if all are.

    The commitments are what signatories, measures and answers make, numbered from 1 without a gap. An
    entry
    names signatory and measure in full: which of the numbers is whose says nothing by itself.
    """
    measures: dict[str, set[str]] = {}
    ever: dict[str, set[str]] = {}
    for pact, text, counts in session.rows(_MEASURES):
        of_version = {measure["id"] for measure in json.loads(text)}
        ever.setdefault(pact, set()).update(of_version)
        if counts:
            measures[pact] = of_version
    there: dict[tuple[str, str], set[str]] = {}
    numbers: dict[object, tuple[str, str]] = {}
    count = 0
    for chunk in session.chunks("SELECT id, pact_id, signatory_id, measure_id FROM commitment"):
        for number, pact, name, measure in chunk:
            there.setdefault((pact, name), set()).add(measure)
            numbers[number] = (pact, name)
        count += len(chunk)
    last = {
        (pact, name): (seq, own)
        for seq, pact, name, own in session.rows(
            "SELECT seq, pact_id, signatory_id, measures FROM signatory ORDER BY seq"
        )
    }
    for seq, pact, name, measure in session.rows(_COMMITTING):
        if measure not in there.get((pact, name), ()):
            return seq
    first = min((seq for seq, _ in last.values()), default=0)
    for number, key in numbers.items():
        if type(number) is not int or not 1 <= number <= count:
            return last.get(key, (first,))[0]
    if len(numbers) != count or sum(map(len, there.values())) != count:  # one of them twice
        return first
    for key, (seq, own) in last.items():
        made, known = there.pop(key, set()), measures.get(key[0], set())
        if not (made >= set(own.split(";") if own else known) and made <= ever.get(key[0], set())):
            return seq
    return first if there else None


def accounts_with_wrong_communes(session: Session) -> list[str]:
    """The accounts whose communes are not those that the record of their ties ends with."""
    held = {
        (name, commune): tied
        for name, commune, tied in session.rows(
            "SELECT name, commune, tied FROM account_tie ORDER BY id"
        )
    }
    recorded = {tie for tie, tied in held.items() if tied}
    found = set(session.rows("SELECT name, commune FROM account_commune"))
    return sorted({str(name) for name, _ in found ^ recorded})
