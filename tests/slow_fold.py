"""The rules of the method page, row by row in plain Python: what the fast fold is checked against.

Written to be obvious, not fast. It shares no code with `monitor.status`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from monitor.dates import interval
from monitor.models import VERDICT_OF_STATUS, Status

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """The place of an entry in the log: that of the first entry that it goes back to."""

    seq: int
    day: date


def fold(world, as_of: date, known_at: datetime | None = None) -> list[dict]:
    """One dict a commitment, signatories in the order of the log, then measures."""
    until = known_at or FOREVER
    people = latest(world.signatories, lambda row: row["signatory_id"], until)
    mandates = latest(
        world.mandates, lambda row: (row["signatory_id"], row["office"], row["started_on"]), until
    )
    standing = survivors(world.actions, until)
    return [
        commitment(world.pact, person, measure, mandates, standing, as_of)
        for person in people
        for measure in world.pact.measures
        if not person["measures"] or measure.id in person["measures"].split(";")
    ]


def latest(rows, key, until) -> list[dict]:
    found: dict = {}
    for row in sorted(rows, key=lambda row: row["seq"]):
        if counts(row, until):
            found[key(row)] = row
    return list(found.values())


def counts(row, until) -> bool:
    """Recorded and accepted by then, and not taken back with its file by then."""
    if row["recorded_at"] > until or row["accepted_at"] is None or row["accepted_at"] > until:
        return False
    return row["withdrawn_at"] is None or row["withdrawn_at"] > until


def survivors(actions, until) -> list[tuple[dict, Place]]:
    """Entries that stand, each with its place."""
    rows = sorted(actions, key=lambda row: row["seq"])
    by_seq = {row["seq"]: row for row in rows}
    current: dict[int, dict] = {}
    for row in rows:
        if counts(row, until):
            current[row["first"]] = row

    def withdrawn(first: int) -> bool:
        return any(
            row["kind"] == "retraction" and row["supersedes"] == first and stands(row["first"])
            for row in current.values()
        )

    def replaced(first: int) -> bool:
        """By a correction that stands, or by one that a later correction replaced in its turn."""
        return any(
            row["kind"] != "retraction"
            and row["supersedes"] == first
            and (not withdrawn(row["first"]) or replaced(row["first"]))
            for row in current.values()
        )

    def stands(first: int) -> bool:
        return not withdrawn(first) and not replaced(first)

    def place(row: dict) -> Place:
        while row["kind"] != "retraction" and row["supersedes"]:
            row = current.get(row["supersedes"], by_seq[row["supersedes"]])
        origin = by_seq[row["first"]]
        return Place(origin["seq"], origin["recorded_at"].astimezone(UTC).date())

    return [
        (row, place(row))
        for first, row in current.items()
        if row["kind"] != "retraction" and stands(first)
    ]


def terms(pact, person, mandates) -> list[tuple[date, date]]:
    """Intervals in a binding office, within the pact's term."""
    if person["outcome"] != "elected":
        return []
    own = [row for row in mandates if row["signatory_id"] == person["signatory_id"]]
    if not own:
        return [(pact.term_start, pact.term_end)]
    found = []
    for row in own:
        if row["office"] not in pact.binding_offices:
            continue
        start = max(interval(row["started_on"])[0], pact.term_start)
        end = pact.term_end
        if row["ended_on"] and row["end_reason"] != "term_end":
            end = min(interval(row["ended_on"])[1], end)
        if start <= end:
            found.append((start, end))
    return found


def commitment(pact, person, measure, mandates, standing, as_of) -> dict:
    in_office = terms(pact, person, mandates)
    due = date.fromisoformat(person["due_on"]) if person["due_on"] else None
    due = due or measure.due_on or pact.term_end
    counted, said = [], []
    for row, place in standing:
        if (row["signatory_id"], row["measure"]) != (person["signatory_id"], measure.id):
            continue
        first, last = interval(row["happened_on"])
        touched = [(start, end) for start, end in in_office if first <= end and start <= last]
        day = min([last, place.day, *([max(end for _, end in touched)] if touched else [])])
        if day > as_of:
            continue
        counted.append(day)
        if touched and row["status"]:
            said.append(((day, place.seq, row["seq"]), row["status"]))
    status, since = last_run(sorted(said))
    binding = any(start <= min(as_of, due) <= end for start, end in in_office)
    return {
        "signatory_id": person["signatory_id"],
        "measure": measure.id,
        "binding": binding,
        "due_on": due,
        "status": status,
        "since": since,
        "verdict": verdict(person, in_office, binding, as_of, due, status),
        "lateness": lateness(binding, as_of, due, status, since),
        "actions": len(counted),
        "last_on": max(counted, default=None),
    }


def last_run(said) -> tuple[str, date | None]:
    status, since = "not_assessed", None
    for (day, _, _), one in said:
        if one != status:
            status, since = one, day
    return status, since


def verdict(person, in_office, binding, as_of, due, status) -> str:
    if person["outcome"] != "elected":
        return "not_bound"
    if binding:
        return "pending" if as_of < due else VERDICT_OF_STATUS[Status(status)].value
    if as_of < due and any(as_of < start <= due for start, _ in in_office):
        return "pending"
    return "mandate_ended" if in_office else "not_bound"


def lateness(binding, as_of, due, status, since) -> str | None:
    if not binding or status == "not_applicable":
        return None
    if status == "implemented":
        return "on_time" if since <= due else "late"
    return "overdue" if as_of >= due else None
