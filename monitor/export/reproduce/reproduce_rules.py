"""Who is bound to what, and when, and where each commitment stands: from the files of this folder alone.

`reproduce.py` runs it.
"""

import csv
import json
import re
import sys
from collections import defaultdict
from datetime import date
from itertools import groupby, product
from pathlib import Path

HERE = Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
FOLDER = HERE if HERE.is_dir() else HERE.parent
UNKNOWN, FINAL = ("not_assessed", "no_evidence"), ("implemented", "abandoned", "not_applicable")
#: Days before all others, and after them.
NEVER, FOREVER = -(10**9), 10**9
MARKED = re.compile(r"'(?=[=+\-@\t\r])")


def read(name: str, folder: Path = FOLDER) -> list:
    """The rows of a file, none if it is not there.

    An apostrophe before what a spreadsheet would run is no part of a cell."""
    if not (folder / name).exists():
        return []
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        {k: v[1:] if v[:1] == "'" and MARKED.match(v) else v for k, v in row.items()}
        for row in rows
    ]


def span(text: str) -> tuple:
    """The first and the last day that a date can mean: a day, a month or a year."""
    year, month, of_month = (*map(int, text.split("-")), 0, 0)[:3]
    first = date(year, month or 1, of_month or 1).toordinal()
    if of_month:
        return first, first
    after = (year + month // 12, month % 12 + 1) if month else (year + 1, 1)
    return first, date(*after, 1).toordinal() - 1


def iso(day: int) -> str:
    return date.fromordinal(day).isoformat() if NEVER < day < FOREVER - 1 else ""


ABOUT = json.loads((FOLDER / "datapackage.json").read_text("utf-8"))
TODAY = date.fromisoformat(ABOUT["as_of"]).toordinal()
year, month, of_month = map(int, ABOUT["as_of"].split("-"))
while True:  # twelve months earlier; of the 29th of February, the 28th
    try:
        HORIZON = date(year - 1, month, of_month).toordinal()
        break
    except ValueError:
        of_month -= 1

# The pact, and who holds an office that it binds.
toml = (FOLDER / "pact.toml").read_text("utf-8")


def day_of(key: str, missing: int) -> int:
    found = re.search(rf"^{key} = ([0-9-]+)$", toml, re.M)
    return span(found[1])[0] if found else missing


START, END, ELECTION = (
    day_of("term_start", 0),
    day_of("term_end", FOREVER - 1),
    day_of("election_on", 0),
)
named = re.search(r"^binding_offices = \[(.*?)\]", toml, re.M | re.S)
OFFICES = re.findall(r'"([^"]*)"', named[1]) if named else ["mayor"]
measures, people = read("measures.csv"), read("signatories.csv")
places = {row["code"]: row for row in read("signed_areas.csv")}
answers = {(row["signatory_id"], row["measure"]): row for row in read("answers.csv")}
details = {(row["signatory_id"], row["measure"]): row for row in read("details.csv")}
answered, mandates = {signatory for signatory, _ in answers}, defaultdict(list)
for row in read("mandates.csv"):
    mandates[row["signatory_id"]].append(row)


def terms(person: dict) -> list:
    """(first day, last day, office) of each time in a binding office, the one that ends last, last."""
    found = []
    for row in mandates[person["signatory_id"]]:
        if row["office"] in OFFICES:
            start = span(row["started_on"])[0]
            end = span(row["ended_on"])[1] if row["ended_on"] else END
            if row["end_reason"] == "term_end":
                half = (START + END) // 2 if END < FOREVER - 1 else START + 365
                if start < START and end < half:
                    continue  # it went its full length in the term before
                end = END if END < FOREVER - 1 else end
            found.append((max(start, START), min(end, END), row["office"]))
    body = not named and person["kind"] == "body" and person["outcome"] == "unknown"
    if not mandates[person["signatory_id"]] and (person["outcome"] == "elected" or body):
        found.append((START, END, OFFICES[0] if named and len(OFFICES) == 1 else ""))
    return sorted((term for term in found if term[0] <= term[1]), key=lambda term: term[1])


def signed_from(person: dict, measure: str):
    """The first day on which they can have signed that measure, None if they did not."""
    own = answers.get((person["signatory_id"], measure))
    since = span(person["signed_on"])[0] if person["signed_on"] else NEVER
    listed = person["signatory_id"] not in answered and (bool(person["signed_on"]) or not answers)
    if person["measures"]:
        listed = measure in person["measures"].split(";")
    if listed or not own or own["answer"] not in ("yes", "partly"):
        return since if listed else None
    had_agreed = own["former_answer"] in ("yes", "partly")
    day = (had_agreed and own["former_answered_on"]) or own["answered_on"]
    return span(day)[0] if day else since


# Where each commitment stands.
assessments_of, counted_of, recorded_of = defaultdict(list), defaultdict(list), defaultdict(list)
for entry in sorted(read("entries.csv"), key=lambda row: (row["counts_on"], int(row["place"]))):
    key, day = (entry["signatory_id"], entry["measure"]), span(entry["counts_on"])[0]
    counted_of[key].append(day)
    if entry["moves"] == "True":
        assessments_of[key].append((day, entry["status"]))
    if entry["kind"] == "assessment":
        recorded_of[key].append((int(entry["seq"]), entry["status"]))
BOUNDS = {1_000: "lt_1000", 3_500: "1000_3499", 10_000: "3500_9999", 50_000: "10000_49999"}
BOUNDS |= {200_000: "50000_199999", 10**12: "ge_200000"}
EARNED = {"implemented": "kept", "partly_implemented": "partly_kept", "abandoned": "broken"}
VERDICTS = {
    **EARNED,
    "not_applicable": "not_applicable",
    **dict.fromkeys(UNKNOWN, "not_established"),
}
EVENTS = {"decided": ("decided", "in_progress", "partly_implemented", "implemented")}
EVENTS |= {"partly": ("partly_implemented", "implemented"), "implemented": ("implemented",)}
CLOCKS = "office", "term"


PLACE = "department_code", "department", "region_code", "region"


def status_at(assessments: list, day: int) -> str:
    return next((status for on, status in reversed(assessments) if on <= day), "not_assessed")


def commitment(person: dict, measure: dict, since: int, held: list, today: int = TODAY) -> tuple:
    """(what commitments.csv says of it on a day, its waits by clock and event: None if never bound)."""
    key = person["signatory_id"], measure["id"]
    own, assessments = details.get(key, {}), [one for one in assessments_of[key] if one[0] <= today]
    days = [day for day in counted_of[key] if day <= today]
    due_on = own.get("due_on") or person["due_on"] or measure["due_on"]
    due = span(due_on)[1] if due_on else END
    last = span(person["withdrawn_on"])[1] - 1 if person["withdrawn_on"] else FOREVER
    binds = []
    for start, end, office in held:
        begins, until = max(start, since), min(FOREVER if end >= due else end, last)
        if begins <= min(end, last) and start <= due:
            binds.append((begins, until, office))
    bound = [(min(until, today), office) for begins, until, office in binds if begins <= today]
    gone = max((until for until, _ in bound), default=NEVER)
    office = [name for until, name in bound if until == gone][-1] if bound else ""
    binding = gone == today
    came = any(start <= today for start, _, _ in held)
    body = not named and person["kind"] == "body" and person["outcome"] == "unknown"
    chosen = came or ((person["outcome"] == "elected" or body) and today >= ELECTION)
    comes = chosen and any(begins > today for begins, _, _ in binds)
    left = bool(bound) and not binding and not comes
    status, ever = status_at(assessments, today), status_at(assessments, gone)
    run = [list(group) for _, group in groupby(assessments, key=lambda one: one[1])]
    verdict = "not_bound"
    if (binding and due <= today) or (left and gone >= due and not binding):
        verdict = VERDICTS.get(status if binding else ever, "unfinished")
    elif binding or comes:
        verdict = "pending"
    elif left:
        verdict = EARNED.get(ever, "withdrawn" if gone == last else "mandate_ended")
    lateness = ""
    if binding and due <= today and status != "not_applicable":
        later = any(
            status_at(assessments, day) == "implemented" for day, _ in assessments if day > due
        )
        met = status_at(assessments, due) == "implemented"
        lateness = "on_time" if met else "late" if later else "overdue"
    place = places.get(person["commune"], {})
    people_there = place.get("population", "")
    ages = status not in UNKNOWN + FINAL and bool(days)
    made = {
        "name": person["name"],
        "commune": person["commune"],
        "commune_name": place.get("name", ""),
        **{name: place.get(name, "") for name in PLACE},
        "population": people_there.removesuffix(".0"),
        "size": next(size for least, size in BOUNDS.items() if float(people_there) < least)
        if people_there
        else "unknown",
        "outcome": person["outcome"] if today >= ELECTION else "unknown",
        "kind": person["kind"],
        "withdrawn_on": person["withdrawn_on"],
        "theme": measure["theme"],
        "due_on": iso(due),
        "binding": str(binding),
        "ever_bound": str(bool(bound)),
        "left": str(left),
        "office": office if binding else "",
        "office_ever": office,
        "status": status,
        "since": iso(run[-1][0][0]) if run else "",
        "status_ever": ever if bound else "not_assessed",
        "verdict": verdict,
        "lateness": lateness,
        "actions": str(len(days)),
        "last_on": iso(days[-1]) if days else "",
        "stale": str(ages and days[-1] < HORIZON),
    }
    first = min((begins for begins, _, _ in binds), default=FOREVER)
    return made, waits(assessments, days, first, gone if left else FOREVER) if bound else None


def waits(assessments: list, days: list, first: int, gone: int) -> dict:
    """(entry, exit, cause, exit and cause if silence were ignorance) of a commitment that has bound."""
    ends = {day: status for day, status in assessments}  # of a day, the last word

    def first_day(statuses) -> int:
        return min((day for day, status in ends.items() if status in statuses), default=FOREVER)

    until = max(min(TODAY, END), first - 1)
    seen = min(max(days[-1] if days else first - 1, first - 1), until)
    others = [
        (first_day(["abandoned"]), "abandoned"),
        (first_day(["not_applicable"]), "not_applicable"),
    ]
    found = {}
    for clock, (event, statuses) in product(CLOCKS, EVENTS.items()):
        origin = START if clock == "term" else first
        candidates = [(first_day(statuses), "event"), *others, (gone, "left_office")]
        when, cause = min(candidates, key=lambda one: one[0])  # of one day, the first
        when = max(when, first)
        cells: list = [first - 1 - origin]
        for stopped in (until, seen):
            cells += (when - origin, cause) if when <= stopped else (stopped - origin, "censored")
        found[clock, event] = cells
    return found


def commitments_on(today: int) -> tuple:
    """By signatory and measure: (what is said of each commitment on a day, the waits of those that have
    bound)."""
    made, waited = {}, {}
    for person in people:
        held = terms(person)
        for measure in measures:
            since = signed_from(person, measure["id"])
            if since is not None:
                key = person["signatory_id"], measure["id"]
                made[key], found = commitment(person, measure, since, held, today)
                if found:
                    waited[key] = found
    return made, waited
