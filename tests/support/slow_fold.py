"""The rules of the method page, row by row in plain Python: what the fast fold is checked against.

Written to be obvious, not fast. It shares no code with `monitor.status`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from monitor.dates import date_interval
from monitor.models import Status
from monitor.sizes import SIZES
from tests.support.random_logs import AREAS

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
#: The office of who was elected to one of several, or to one that the pact does not say.
SOME_OFFICE = "?"


@dataclass(frozen=True)
class Place:
    """The place of an entry in the log: that of the first entry that it goes back to."""

    seq: int
    day: date


def fold(world, as_of: date, known_at: datetime | None = None) -> list[dict]:
    """One dict a commitment, signatories in the order of the log, then measures."""
    until = known_at or FOREVER
    pact = pact_at(world, until)
    people = latest(world.signatories, person_key, until)
    mandates = latest(world.mandates, mandate_key, until)
    places = places_at(world, until)
    answers = answers_at(world, pact, until)
    standing = survivors(world.actions, until)
    return [
        commitment(pact, signed, measure, mandates, standing, as_of)
        | place(person["commune"], places)
        for person in people
        for measure in pact.measures
        if (signed := as_signed(person, measure.id, answers))
    ]


def answers_at(world, pact, until) -> list[dict]:
    """Those that count, of a signatory and about a measure of the pact."""
    names = {row["signatory_id"] for row in latest(world.signatories, person_key, until)}
    about = {measure.id for measure in pact.measures}
    return [
        row
        for row in latest(world.answers, lambda row: (row["signatory_id"], row["measure"]), until)
        if row["signatory_id"] in names and row["measure"] in about
    ]


def as_signed(person, measure: str, answers: list[dict]) -> dict | None:
    """The person as one who signed that measure, None if they did not: what their list names, what they
    answered by yes or partly, on the day of the answer where their list does not name it, or of the
    former one if that was such an answer already; and all, where they have neither a list nor an answer,
    unless the pact has answers and nobody knows of a day on which they signed: they were asked, and are
    silent."""
    own = {row["measure"]: row for row in answers if row["signatory_id"] == person["signatory_id"]}
    if person["measures"]:
        listed = measure in person["measures"].split(";")
    else:
        listed = not own and (bool(person["signed_on"]) or not answers)
    own_due = own.get(measure)
    if listed or not own_due or own_due["answer"] in ("no", "neither"):
        return person if listed else None
    had_agreed = own_due["former_answer"] in ("yes", "partly") and own_due["former_answered_on"]
    return person | {"signed_on": had_agreed or own_due["answered_on"] or person["signed_on"]}


def people(world, as_of: date, known_at: datetime | None = None) -> list[dict]:
    """One dict a signatory. Who came to office counts as elected, whatever the election gave; who is
    noted as elected and has held other offices only does not."""
    until = known_at or FOREVER
    pact = pact_at(world, until)
    mandates = latest(world.mandates, mandate_key, until)
    found = []
    answers = answers_at(world, pact, until)
    for person in latest(world.signatories, person_key, until):
        in_office = terms(pact, person, mandates)
        office = office_on(as_of, in_office)
        own = [row["office"] for row in mandates if row["signatory_id"] == person["signatory_id"]]
        elsewhere = own and not set(own) & set(pact.binding_offices)
        won = won_by(pact, person, as_of) and not elsewhere
        came = any(start <= as_of for start, _, _ in in_office)
        found.append(
            {
                "signatory_id": person["signatory_id"],
                "signed": signed_anything(pact, person, answers, as_of),
                "withdrawn": withdrawn_by(person, as_of),
                "elected": won or came,
                "in_office": office != "",
                "office": named(office),
            }
        )
    return found


def person_key(row) -> str:
    return row["signatory_id"]


def signed_anything(pact, person, answers: list[dict], day: date) -> bool:
    """Whether they had signed a measure by then; who has a list and answered nothing signed it whole."""
    if person["measures"] and person["signatory_id"] not in map(person_key, answers):
        return signed_by(person, day)
    signed = [as_signed(person, measure.id, answers) for measure in pact.measures]
    return any(one and signed_by(one, day) for one in signed)


def signature(person) -> date:
    """The first day on which they can have signed; who has no date signed before all else."""
    return date_interval(person["signed_on"])[0] if person["signed_on"] else date.min


def signed_by(person, day: date) -> bool:
    return signature(person) <= day


def last_signed(person) -> date:
    """The last day under signature: the one before the last on which they can have withdrawn it."""
    if not person["withdrawn_on"]:
        return date.max
    return date_interval(person["withdrawn_on"])[1] - timedelta(days=1)


def withdrawn_by(person, day: date) -> bool:
    return last_signed(person) < day


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

    def origin(row: dict) -> int:
        """The first entry that it goes back to, by what it corrects."""
        while row["kind"] != "retraction" and row["supersedes"]:
            row = current.get(row["supersedes"]) or by_seq[row["supersedes"]]
        return row["first"]

    def stands(first: int) -> bool:
        """Of all that share a place, the one that was written last and is not withdrawn."""
        here = [
            row["first"]
            for row in current.values()
            if origin(row) == origin(current[first]) and not withdrawn(row["first"])
        ]
        return first == max(here, default=None)

    def place(row: dict) -> Place:
        first = by_seq[origin(row)]
        return Place(first["seq"], first["recorded_at"].astimezone(UTC).date())

    return [
        (row, place(row))
        for first, row in current.items()
        if row["kind"] != "retraction" and stands(first)
    ]


def needs_no_mandate(pact, person) -> bool:
    """A council stands for no election, unless the pact is put to an office, or the log notes one."""
    stands_for_none = person["kind"] == "body" and not pact.offices_said
    return person["outcome"] == "elected" or (stands_for_none and person["outcome"] == "unknown")


def won_by(pact, person, as_of: date) -> bool:
    return needs_no_mandate(pact, person) and pact.election_on <= as_of


def terms(pact, person, mandates) -> list[tuple[date, date, str]]:
    """Intervals in a binding office, within the pact's term, and the office."""
    own = [row for row in mandates if row["signatory_id"] == person["signatory_id"]]
    if not own and needs_no_mandate(pact, person):
        one = pact.offices_said and len(pact.binding_offices) == 1
        office = pact.binding_offices[0] if one else SOME_OFFICE
        return [(pact.term_start, term_end(pact), office)]
    found = []
    for row in own:
        if row["office"] not in pact.binding_offices:
            continue
        start, end = date_interval(row["started_on"])[0], term_end(pact)
        if row["ended_on"]:
            own_end = date_interval(row["ended_on"])[1]
            if row["end_reason"] != "term_end":
                end = min(own_end, end)
            elif start < pact.term_start and own_end < halfway(pact):
                continue  # the full length of the term before
            elif pact.term_end is None:
                end = own_end
        start = max(start, pact.term_start)
        if start <= end:
            found.append((start, end, row["office"]))
    return found


def term_end(pact) -> date:
    """The last day of the term; one that never comes where it is not fixed."""
    return pact.term_end or date.max


def halfway(pact) -> date:
    """Before it, a mandate of full length was one of the term before: a year where no end is fixed."""
    if pact.term_end is None:
        return pact.term_start + timedelta(days=365)
    return pact.term_start + (pact.term_end - pact.term_start) // 2


def due_day(pact, person, measure) -> date | None:
    """The last day that the due date can mean, that of the signatory first; else the end of the term, if
    it is fixed."""
    due_on = person["due_on"] or measure.due_on
    return date_interval(due_on)[1] if due_on else pact.term_end


def named(office: str) -> str:
    return "" if office == SOME_OFFICE else office


def office_on(day: date, in_office) -> str:
    """The office held on the day, "" if none; of two, the one that is held longest."""
    held = [
        (end, place, office)
        for place, (start, end, office) in enumerate(in_office)
        if start <= day <= end
    ]
    return max(held)[2] if held else ""


def binding_office(person, in_office, due: date, day: date) -> str:
    """The office by which a commitment binds on the day: signed by then, not withdrawn, and in an
    office that was not left before the signature on that day, or on the due day once it has passed."""
    if not signed_by(person, day) or withdrawn_by(person, day):
        return ""
    signed = [(start, end, office) for start, end, office in in_office if end >= signature(person)]
    return office_on(min(day, due), signed)


def happened(row, place: Place) -> tuple[date, date]:
    """The first and the last day on which it can have happened: not after it was recorded, but that
    a place on earth may be a day ahead."""
    first, last = date_interval(row["happened_on"])
    return first, max(first, min(last, place.day))


def why_uncounted(pact, person, in_office, row, place: Place) -> str | None:
    """Why an entry moves no status: it cannot have happened in an office under signature. A search is
    about all that was done until then, in an office that had begun."""
    first, last = happened(row, place)
    for start, end, _ in in_office:
        begin, end = max(start, signature(person)), min(end, last_signed(person))
        touches = row["status"] == "no_evidence" or first <= end
        if begin <= end and begin <= last and touches:
            return None
    if last < pact.term_start:
        return "before_term"
    if last < signature(person):
        return "before_signature"
    return "after_withdrawal" if first > last_signed(person) else "outside_office"


def commitment(pact, person, measure, mandates, standing, as_of) -> dict:
    in_office = terms(pact, person, mandates)
    due_on = due_day(pact, person, measure)
    due = due_on or date.max
    counted, assessments = [], []
    for row, place in standing:
        if (row["signatory_id"], row["measure"]) != (person["signatory_id"], measure.id):
            continue
        counts_for = [
            min(end, last_signed(person))
            for start, end, _ in in_office
            if why_uncounted(pact, person, [(start, end, "")], row, place) is None
        ]
        _, last = happened(row, place)
        day = min([last, *(counts_for and [max(counts_for)])])
        if day > as_of:
            continue
        counted.append(day)
        if counts_for and row["status"]:
            assessments.append(((day, place.seq, row["seq"]), row["status"]))
    assessments = without_idle_searches(sorted(assessments))
    status, since, said_by = last_run(assessments)
    office = binding_office(person, in_office, due, as_of)
    binding = office != ""
    ever = {day for day in bound_days(person, in_office, due) if day <= as_of}
    comes = any(day > as_of for day in bound_days(person, in_office, due))
    left = bool(ever) and not binding and not comes
    last_day = last_bound(person, in_office, due) if left else None
    return {
        "signatory_id": person["signatory_id"],
        "measure": measure.id,
        "office": named(office),
        "binding": binding,
        "ever_bound": bool(ever),
        "left": left,
        "withdrawn": left and last_day == last_signed(person),
        "due_on": due_on,
        "status": status,
        "since": since,
        "said_by": said_by,
        "verdict": verdict(pact, person, in_office, binding, last_day, as_of, due, assessments),
        "lateness": lateness(binding, as_of, due, status, assessments),
        "actions": len(counted),
        "last_on": max(counted, default=None),
    }


def bound_days(person, in_office, due: date) -> list[date]:
    """The days on which a commitment begins to bind: of all that may be one, those on which it does."""
    days = {signature(person), *(start for start, _, _ in in_office)} - {date.min}
    return [day for day in days if binding_office(person, in_office, due, day)]


def without_idle_searches(assessments):
    """A search that found nothing says something only while nothing else stands."""
    kept = []
    for key, status in assessments:
        if status != "no_evidence" or all(other == "no_evidence" for _, other in kept):
            kept.append((key, status))
    return kept


def last_run(assessments) -> tuple[str, date | None, int]:
    """(status, since when, the entry that began its run)."""
    status, since, said_by = "not_assessed", None, 0
    for (day, _, seq), one in assessments:
        if one != status:
            status, since, said_by = one, day, seq
    return status, since, said_by


def last_bound(person, in_office, due: date) -> date:
    """The last day on which a commitment bound that binds no more. Who held the office on the due day
    is bound until the signature is withdrawn."""
    office = max(end for start, end, _ in in_office if start <= due)
    return min(date.max if office >= due else office, last_signed(person))


def verdict(pact, person, in_office, binding, last_day, as_of, due, assessments) -> str:
    if binding:
        status = last_run(assessments)[0]
        return "pending" if as_of < due else Status(status).verdict.value
    if any(day > as_of for day in bound_days(person, in_office, due)):
        # It will bind, and nothing is judged before: if the day knows of the office.
        elected = won_by(pact, person, as_of)
        came = any(start <= as_of for start, _, _ in in_office)
        return "pending" if elected or came else "not_bound"
    if last_day is None:
        return "not_bound"
    earned = last_run([row for row in assessments if row[0][0] <= last_day])[0]
    if last_day >= due:
        return Status(earned).verdict.value
    return {
        "implemented": "kept",
        "partly_implemented": "partly_kept",
        "abandoned": "broken",
    }.get(earned, "withdrawn" if last_day == last_signed(person) else "mandate_ended")


def lateness(binding, as_of, due, status, assessments) -> str | None:
    if as_of < due or not binding or status == "not_applicable":
        return None

    def met(day: date) -> bool:
        return last_run([row for row in assessments if row[0][0] <= day])[0] == "implemented"

    if met(due):
        return "on_time"
    later = {day for (day, _, _), _ in assessments if due < day <= as_of}
    return "late" if any(met(day) for day in later) else "overdue"
