"""Which entries stand, from which day each counts, and which of them say where a commitment stands: from
actions.csv, and from who is bound to what.

`reproduce.py` runs it.
"""

from collections import defaultdict
from datetime import date
from functools import cache

from reproduce_checks import compare, stop
from reproduce_rules import FOREVER, TODAY, iso, people, read, signed_from, span, terms

FILE, SAID = "entries.csv", ("signatory_id", "measure", "kind", "status", "happened_on")


def check_entries(made: dict) -> int:
    """How many cells of entries.csv are what the other files give: all. `made`: the commitments."""
    actions = {row["action_id"]: row for row in read("actions.csv")}
    entries = {row["action_id"]: row for row in read(FILE)}
    about = {each: (row["signatory_id"], row["measure"]) for each, row in actions.items()}
    standing = {each for each in those_that_stand(actions) if about[each] in made}
    if differing := standing ^ entries.keys():
        stop(FILE, f"{min(differing)} is not in it, or should not be")
    checked, found_before, by_id = 0, set(), {one["signatory_id"]: one for one in people}
    recorded = [one["first_recorded_at"] for one in sorted(entries.values(), key=place_of)]
    if recorded != sorted(recorded):
        stop(FILE, "the places are not in the order in which entries were recorded")
    days = {each: counting_day(row, by_id[about[each][0]]) for each, row in entries.items()}
    for each, row in sorted(entries.items(), key=lambda item: (days[item[0]], place_of(item[1]))):
        (day, in_office), status = days[each], row["status"]
        moves = row["kind"] == "assessment" and in_office
        if status == "no_evidence":  # it says something while nothing else stands
            moves = moves and about[each] not in found_before
        elif moves:
            found_before.add(about[each])
        counted = {name: actions[each][name] for name in SAID}
        counted |= {"counts_on": iso(day), "moves": str(moves)}
        checked += compare(FILE, each, row, counted)
    return checked


def check_replies(commitments: list) -> int:
    """How many commitments have the last reply that counts by the day, and its date: all."""
    summaries = {row["action_id"]: row["summary"] for row in read("actions.csv")}
    last, checked = {}, 0
    for row in sorted(read(FILE), key=lambda row: (row["counts_on"], place_of(row))):
        if row["kind"] == "reply" and span(row["counts_on"])[0] <= TODAY:
            words = "" if row["texts_removed"] == "True" else summaries[row["action_id"]]
            reply = {"reply": words, "reply_on": row["happened_on"]}
            last[row["signatory_id"], row["measure"]] = reply
    for row in commitments:
        key = row["signatory_id"], row["measure"]
        counted = last.get(key, {"reply": "", "reply_on": ""})
        checked += compare("commitments.csv", " / ".join(key), row, counted)
    return checked


def place_of(row: dict) -> int:
    return int(row["place"])


def those_that_stand(actions: dict) -> list:
    """The entries that were neither taken back nor replaced: of one and of all that corrects it,
    directly or not, the last in the file that was not taken back."""
    after, sharing = defaultdict(list), defaultdict(list)
    for each, row in actions.items():
        if row["supersedes"]:
            after[row["supersedes"]].append(row)
        sharing[origin_of(each, actions)].append(each)

    @cache
    def withdrawn(each: str) -> bool:
        return any(row["kind"] == "retraction" and stands(row["action_id"]) for row in after[each])

    def stands(each: str) -> bool:
        left = [one for one in sharing[origin_of(each, actions)] if not withdrawn(one)]
        return left[-1:] == [each]

    return [each for each, row in actions.items() if row["kind"] != "retraction" and stands(each)]


def origin_of(each: str, actions: dict) -> str:
    """The first entry that one goes back to, by what it corrects."""
    while actions[each]["kind"] != "retraction" and actions[each]["supersedes"]:
        each = actions[each]["supersedes"]
    return each


def counting_day(row: dict, person: dict) -> tuple:
    """(from which day an entry counts, whether it can have happened in an office under signature)."""
    first, last = span(row["happened_on"])
    recorded = date.fromisoformat(row["first_recorded_at"][:10]).toordinal()
    latest = max(first, min(last, recorded))
    until = span(person["withdrawn_on"])[1] - 1 if person["withdrawn_on"] else FOREVER
    signed = signed_from(person, row["measure"])
    since = FOREVER if signed is None else signed
    ends = []
    for start, end, _ in terms(person):
        begins, ends_on = max(start, since), min(end, until)
        search = row["status"] == "no_evidence"  # of all that was done until then
        if begins <= min(ends_on, latest) and (search or first <= ends_on):
            ends.append(ends_on)
    return min([latest, *([max(ends)] if ends else [])]), bool(ends)
