"""What no digest covers by itself, since the log implies it: the numbers of commitments, and whose
ties hold."""

import json

from monitor.models import COMMITTING
from monitor.store.base import Session
from monitor.store.guards.phrases import sql_list

_COMMITTING = (
    "SELECT seq, pact_id, signatory_id, measure FROM answer "
    f"WHERE answer IN {sql_list(COMMITTING)} ORDER BY seq"
)


def find_wrong_commitment(session: Session) -> int | None:
    """The seq of a signatory or an answer whose commitments are not those that the log implies, None
    if all are.

    The commitments are what signatories, measures and answers make, numbered from 1 without a gap. An
    entry
    names signatory and measure in full: which of the numbers is whose says nothing by itself.
    """
    measures = {
        pact: [measure["id"] for measure in json.loads(text)]
        for pact, text in session.rows("SELECT pact_id, measures FROM pact ORDER BY seq")
    }
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
        made, known = there.pop(key, set()), set(measures.get(key[0], ()))
        if not (made >= set(own.split(";") if own else known) and made <= known):
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
