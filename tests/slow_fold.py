"""The rules of the method page, row by row in plain Python: what the fast fold is checked against.

Written to be obvious, not fast. It shares no code with `monitor.status`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from monitor.areas import SIZES
from monitor.dates import interval
from monitor.models import VERDICT_OF_STATUS, Status
from tests.logs import AREAS

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """The place of an entry in the log: that of the first entry that it goes back to."""

    seq: int
    day: date


def fold(world, as_of: date, known_at: datetime | None = None) -> list[dict]:
    """One dict a commitment, signatories in the order of the log, then measures."""
    until = known_at or FOREVER
    pact = pact_at(world, until)
    people = latest(world.signatories, lambda row: row["signatory_id"], until)
    mandates = latest(world.mandates, mandate_key, until)
    places = places_at(world, until)
    standing = survivors(world.actions, until)
    return [
        commitment(pact, person, measure, mandates, standing, as_of)
        | place(person["commune"], places)
        for person in people
        for measure in pact.measures
        if not person["measures"] or measure.id in person["measures"].split(";")
    ]


def people(world, as_of: date, known_at: datetime | None = None) -> list[dict]:
    """One dict a signatory."""
    until = known_at or FOREVER
    pact = pact_at(world, until)
    mandates = latest(world.mandates, mandate_key, until)
    found = []
    for person in latest(world.signatories, lambda row: row["signatory_id"], until):
        office = office_on(as_of, terms(pact, person, mandates))
        signed = person["signed_on"] is None or interval(person["signed_on"])[0] <= as_of
        elected = person["outcome"] == "elected" and pact.election_on <= as_of
        found.append(
            {"signatory_id": person["signatory_id"], "signed": signed, "elected": elected,
             "in_office": office != "", "office": office}
        )  # fmt: skip
    return found


def funnel(people: list[dict], commitments: list[dict]) -> dict[str, int]:
    """Who signed, of them who is elected and in office; what binds, of it what is due and assessed."""
    signed = [row for row in people if row["signed"]]
    bound = [row["status"] for row in commitments if row["binding"]]
    due = [status for status in bound if status != "not_applicable"]
    return {
        "signed": len(signed),
        "elected": sum(row["elected"] for row in signed),
        "in_office": sum(row["in_office"] for row in signed),
        "binding": len(bound),
        "due": len(due),
        "assessed": sum(status != "not_assessed" for status in due),
        "implemented": due.count("implemented"),
        "partly": due.count("partly_implemented"),
    }


def mandate_key(row) -> tuple:
    return row["signatory_id"], row["office"], row["started_on"]


def pact_at(world, until):
    """The last version recorded by then; the first if none was."""
    return [world.pact, *(pact for at, pact in world.later if at <= until)][-1]


def places_at(world, until) -> dict[str, dict]:
    """The areas as recorded by then; what the pact never recorded is always known."""
    own = {row["code"] for row in world.areas}
    known = {code: row for code, row in AREAS.to_dict("index").items() if code not in own}
    return known | {row["code"]: row for row in latest(world.areas, lambda row: row["code"], until)}


def place(code: str, places: dict[str, dict]) -> dict:
    known = places.get(code, {"name": code, "department_code": None, "population": None})
    bounds = (1_000, 3_500, 10_000, 50_000, 200_000)
    size = "unknown"
    if known["population"] is not None:
        size = SIZES[sum(bound <= known["population"] for bound in bounds)]
    return {
        "commune_name": known["name"],
        "department_code": known["department_code"] or "",
        "size": size,
    }


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


def terms(pact, person, mandates) -> list[tuple[date, date, str]]:
    """Intervals in a binding office, within the pact's term, and the office."""
    if person["outcome"] != "elected":
        return []
    own = [row for row in mandates if row["signatory_id"] == person["signatory_id"]]
    if not own:
        return [(pact.term_start, pact.term_end, pact.binding_offices[0])]
    found = []
    for row in own:
        if row["office"] not in pact.binding_offices:
            continue
        start = max(interval(row["started_on"])[0], pact.term_start)
        end = pact.term_end
        if row["ended_on"] and row["end_reason"] != "term_end":
            end = min(interval(row["ended_on"])[1], end)
        if start <= end:
            found.append((start, end, row["office"]))
    return found


def office_on(day: date, in_office) -> str:
    """The office held on the day, "" if none; of two, the one that is held longest."""
    held = [(end, place, office)
            for place, (start, end, office) in enumerate(in_office) if start <= day <= end]  # fmt: skip
    return max(held)[2] if held else ""


def commitment(pact, person, measure, mandates, standing, as_of) -> dict:
    in_office = terms(pact, person, mandates)
    due = date.fromisoformat(person["due_on"]) if person["due_on"] else None
    due = min(due or measure.due_on or pact.term_end, pact.term_end)
    counted, said = [], []
    for row, place in standing:
        if (row["signatory_id"], row["measure"]) != (person["signatory_id"], measure.id):
            continue
        first, last = interval(row["happened_on"])
        touched = [end for start, end, _ in in_office if first <= end and start <= last]
        day = min([last, place.day, *([max(touched)] if touched else [])])
        if day > as_of:
            continue
        counted.append(day)
        if touched and row["status"]:
            said.append(((day, place.seq, row["seq"]), row["status"]))
    status, since, said_by = last_run(sorted(said))
    office = office_on(min(as_of, due), in_office)
    binding = office != ""
    return {
        "signatory_id": person["signatory_id"],
        "measure": measure.id,
        "office": office,
        "binding": binding,
        "due_on": due,
        "status": status,
        "since": since,
        "said_by": said_by,
        "verdict": verdict(person, in_office, binding, as_of, due, status),
        "lateness": lateness(binding, as_of, due, status, sorted(said)),
        "actions": len(counted),
        "last_on": max(counted, default=None),
    }


def last_run(said) -> tuple[str, date | None, int]:
    """(status, since when, the entry that began its run)."""
    status, since, said_by = "not_assessed", None, 0
    for (day, _, seq), one in said:
        if one != status:
            status, since, said_by = one, day, seq
    return status, since, said_by


def verdict(person, in_office, binding, as_of, due, status) -> str:
    if person["outcome"] != "elected":
        return "not_bound"
    if binding:
        return "pending" if as_of < due else VERDICT_OF_STATUS[Status(status)].value
    starts = [start for start, _, _ in in_office]
    if any(as_of < start <= due for start in starts):
        return "pending"
    left = any(start <= min(as_of, due) for start in starts)
    comes_back = any(start > min(as_of, due) for start in starts)
    return "mandate_ended" if left and not comes_back else "not_bound"


def lateness(binding, as_of, due, status, said) -> str | None:
    if as_of < due or not binding or status == "not_applicable":
        return None

    def met(day: date) -> bool:
        return last_run([row for row in said if row[0][0] <= day])[0] == "implemented"

    if met(due):
        return "on_time"
    later = {day for (day, _, _), _ in said if due < day <= as_of}
    return "late" if any(met(day) for day in later) else "overdue"
