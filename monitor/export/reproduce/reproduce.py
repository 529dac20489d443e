"""Count the published figures of this folder again, and stop if one differs.

    python3 reproduce.py [FOLDER [EARLIER …]]

It needs Python 3.10 and nothing else. From pact.toml and the files of signatories, mandates, answers and
measures it finds who is bound to what, and when; from actions.csv, which entries stand, and from which
day each counts (entries.csv): hence where each commitment stands on the day of the export. That is
compared with commitments.csv, of which each figure of indicators-*.csv and of groups.csv is counted.
From the same come transitions.csv and spells.csv, and from that incidence.csv and hazard.csv, with their
intervals; the draw of each random sample, its estimate, and how two of them compare; and from
agreement_pairs.csv how far two readers agree. It checks the SHA-256 of each file too.

revisions.csv says what the log told of this day at earlier times, which one folder does not hold. Give
the bundles of these times as EARLIER (`monitor export --format bundle --known-at TIME --as-of DAY`):
each is counted again itself, and must give its row.

Figures must agree to the last digit that is published; the limits of a sample, for which Student's
quantile comes from a series, to 0.00002 more. The band around a curve is read from random draws: it is
drawn again here, and must agree to 0.12 standard errors.
"""

import hashlib
import json
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import groupby
from math import nan, sqrt
from pathlib import Path
from statistics import median

sys.dont_write_bytecode = True

from reproduce_agreement import check_agreement  # noqa: E402
from reproduce_checks import check, compare, stop  # noqa: E402
from reproduce_curves import YEAR, Curve, Z, design_effect, last_shown, limits, quantile, wilson  # noqa: E402
from reproduce_entries import check_entries, check_replies  # noqa: E402
from reproduce_groups import check_groups  # noqa: E402
from reproduce_rules import (  # noqa: E402
    ABOUT,
    CLOCKS,
    EVENTS,
    FOLDER,
    TODAY,
    UNKNOWN,
    commitments_on,
    read,
    span,
)
from reproduce_samples import check_samples  # noqa: E402

#: What the groups of each file are, in commitments.csv.
COLUMN = {"department": "department_code", "region": "region_code", "office": "office_ever"}
CAUSES = "abandoned", "left_office", "not_applicable", "censored"
SHARES = "share", "low", "high", "share_seen"
#: From what is given up to what is done.
WAY = "abandoned", "stalled", "not_started", "announced", "decided", "in_progress"
WAY += "partly_implemented", "implemented"
#: Standard errors by which a band may differ from another 10,000 draws.
BAND = 0.12


def figures(rows: list) -> dict:
    """Every figure of some commitments, from its definition."""
    due = [r for r in rows if r["binding"] == "True" and r["status"] != "not_applicable"]
    assessed = [r for r in due if r["status"] != "not_assessed"]
    done = sum(r["status"] == "implemented" for r in due)
    searched = sum(r["status"] == "no_evidence" for r in due)
    stale = sum(r["stale"] == "True" for r in assessed)
    possible = done + len(due) - len(assessed) + searched + stale
    ever = [r for r in rows if r["ever_bound"] == "True" and r["status_ever"] != "not_applicable"]
    ages = [TODAY - span(r["last_on"])[0] for r in assessed]
    return {
        "due": len(due),
        "assessed": len(assessed),
        "coverage": len(assessed) / len(due) if due else None,
        "implemented": done,
        "partly": sum(r["status"] == "partly_implemented" for r in due),
        "rate": done / len(assessed) if assessed else None,
        "rate_low": done / len(due) if due else None,
        "rate_high": possible / len(due) if due else None,
        "no_evidence": searched,
        "stale": stale,
        "officials": len({r["signatory_id"] for r in due}),
        "officials_assessed": len({r["signatory_id"] for r in assessed}),
        "entries_per_assessed": sum(int(r["actions"]) for r in assessed) / len(assessed)
        if assessed
        else None,
        "months_since_entry": median(ages) / (365.25 / 12) if assessed else None,
        "due_ever": len(ever),
        "assessed_ever": sum(r["status_ever"] != "not_assessed" for r in ever),
        "implemented_ever": sum(r["status_ever"] == "implemented" for r in ever),
        "partly_ever": sum(r["status_ever"] == "partly_implemented" for r in ever),
    }


def kind_of_change(before: str, after: str) -> str:
    known = [status not in UNKNOWN for status in (before, after)]
    if before == after or not any(known):
        return ""
    if "not_applicable" in (before, after) or not known[1]:
        return "apart"
    if not known[0]:
        return "first"
    return "forward" if WAY.index(after) > WAY.index(before) else "back"


#: What each row of a table that is cited alone says of the whole.
HEAD = {name: ABOUT[name] for name in ("pact", "as_of", "log_head", "licence")}
HEAD |= {"fictional": str(ABOUT["fictional"])}
for resource in ABOUT["resources"]:
    digest = hashlib.sha256((FOLDER / resource["path"]).read_bytes()).hexdigest()
    if resource["hash"] != f"sha256:{digest}":
        stop(f"the bytes of {resource['path']}")
    rows = read(resource["path"]) if resource["path"].endswith(".csv") else []
    for row in rows:
        expected = {name: cell for name, cell in HEAD.items() if name in row}
        compare(resource["path"], "what it is a table of", row, expected)
    if keys := resource.get("schema", {}).get("primaryKey"):
        named = Counter(tuple(row[key] for key in keys) for row in rows)
        if twice := [" / ".join(key) for key, count in named.items() if count > 1]:
            stop(resource["path"], min(twice), "is in it twice")

# commitments.csv and spells.csv.
checked, (made, waited) = 0, commitments_on(TODAY)
commitments = read("commitments.csv")
if differing := {(r["signatory_id"], r["measure"]) for r in commitments} ^ made.keys():
    stop("commitments.csv", f"{min(differing)} is not in it, or should not be")
for row in commitments:
    key = row["signatory_id"], row["measure"]
    compare("commitments.csv", " / ".join(key), row, made[key])
checked += check_entries(made) + check_replies(commitments) + check_groups(commitments, figures)
checked += check_samples() + check_agreement()
spells = read("spells.csv")
if spells and len(spells) != len(waited) * len(CLOCKS) * len(EVENTS):
    stop("spells.csv", f"{len(spells)} rows")
curves, seen = defaultdict(list), defaultdict(list)
for row in spells:
    key, which = (row["signatory_id"], row["measure"]), (row["clock"], row["event"])
    if key not in waited:
        stop("spells.csv", " / ".join(key), "has never bound")
    cells = [row["entry"], row["exit"], row["cause"], row["exit_seen"], row["cause_seen"]]
    counted = waited[key][which]
    if cells != [*map(str, counted)]:
        stop("spells.csv", " / ".join((*which, *key)), f"{cells} here and {counted} counted again")
    curves[which].append((*counted[:3], key[0]))
    seen[which].append((counted[0], *counted[3:], key[0]))
    checked += 1

# incidence.csv: the curve of each event ends with that of what is implemented.
marked = defaultdict(set)
for row in read("incidence.csv"):
    marked[row["clock"], row["event"]].add(int(row["days"]))
for clock, event in curves:
    if marked[clock, event] != marked[clock, "implemented"] or 0 not in marked[clock, event]:
        stop("incidence.csv", f"{clock} / {event}", "its days")
for which, group in groupby(read("incidence.csv"), key=lambda row: (row["clock"], row["event"])):
    marks, rows = list(group), curves[which]
    curve, silent = Curve(rows), Curve(seen[which])
    end, end_seen = last_shown(curves[which[0], "implemented"]), last_shown(seen[which])
    shown = [int(row["days"]) for row in marks if int(row["days"]) <= end]
    columns = [curve.influences(day) for day in shown]
    wide = quantile(columns)
    for at, row in enumerate(marks):
        day, name = int(row["days"]), " / ".join((*which, row["days"]))
        causes = Counter(cause for _, left, cause, _ in rows if left <= day)
        moved = {"happened": causes["event"], **{c: causes[c] for c in CAUSES}}
        moved["at_risk"] = sum(entry <= day < left for entry, left, _, _ in rows)
        checked += check("incidence.csv", name, row, moved, 0)
        shares = dict.fromkeys(SHARES, nan)
        if day <= end:
            share, error = curve.share(day), sqrt(sum(x * x for x in columns[at]))
            still_read = silent.share(day) if day <= end_seen else nan
            found = (share, *limits(share, error, Z), still_read)
            shares = dict(zip(SHARES, found, strict=True))
            narrow, broad = (limits(share, error, wide + by) for by in (-BAND, BAND))
            for side, low, high in zip(("band_low", "band_high"), narrow, broad, strict=True):
                cell, (least, most) = row[side], sorted((low, high))
                agrees = least - 6e-5 <= float(cell) <= most + 6e-5 if cell else low != low
                if not agrees:
                    stop("incidence.csv", name, side, f"{cell} is not from {least} to {most}")
                checked += 1
        checked += check("incidence.csv", name, row, shares, 4)

# hazard.csv: of what waited on the first day of each half-year, what happened before its last was over.
waited_for = {(row["event"], int(row["half_year"])) for row in read("hazard.csv")}
for event in EVENTS:
    last = max((left for _, left, _, _ in curves["office", event]), default=0)
    for half in range(1, int(last / (YEAR / 2)) + 2):
        first = round((half - 1) * YEAR / 2)
        waits = any(entry < first <= left for entry, left, _, _ in curves["office", event])
        if waits != ((event, half) in waited_for):
            stop("hazard.csv", f"{event} / {half}", "is not in it, or should not be")
for row in read("hazard.csv"):
    first, after = (round((int(row["half_year"]) - back) * YEAR / 2) for back in (1, 0))
    rows = [one for one in curves["office", row["event"]] if one[0] < first <= one[1]]
    hit = [one for one in rows if one[2] == "event" and one[1] < after]
    cases, hits = (Counter(one[3] for one in some) for some in (rows, hit))
    moved = {"at_risk": len(rows), "officials": len(cases), "happened": len(hit)}
    share = len(hit) / len(rows)
    interval = wilson(share, len(rows) / design_effect(hits, cases))
    found = dict(zip(SHARES[:3], (share, *interval), strict=True))
    name = f"{row['event']} / {row['half_year']}"
    checked += check("hazard.csv", name, row, moved, 0) + check("hazard.csv", name, row, found, 4)


DIGITS = {"coverage": 4, "rate": 4, "rate_low": 4, "rate_high": 4}
DIGITS |= {"entries_per_assessed": 1, "months_since_entry": 1}
for path in sorted(FOLDER.glob("indicators-*.csv")):
    by = path.stem.partition("-")[2]
    groups = defaultdict(list, {"": []} if by == "total" else {})
    for row in commitments:
        groups["" if by == "total" else row[COLUMN.get(by, by)]].append(row)
    published = read(path.name)
    named = Counter("" if by == "total" else row[by] for row in published)
    # Of no group, or of no office, there may be no row.
    if missing := [group for group in groups.keys() ^ named.keys() if group or by == "total"]:
        stop(path.name, min(missing), "is not in it, or should not be")
    if max(named.values(), default=1) > 1:
        stop(path.name, max(named, key=named.__getitem__), "is in it twice")
    for row in published:
        group = "" if by == "total" else row[by]
        for name, value in figures(groups[group]).items():
            checked += check(path.name, group or "in all", row, {name: value}, DIGITS.get(name, 0))


# transitions.csv: of all that has ever bound, where it stood on a day, and where it stands.
published = read("transitions.csv")
if published:
    then = commitments_on(span(published[0]["since"])[0])[0]
    counts: Counter = Counter()
    for key, now in made.items():
        if now["ever_bound"] == "True":
            one, other = (
                each["status"]
                if each["binding"] == "True"
                else "ended"
                if each["ever_bound"] == "True"
                else "not_yet"
                for each in (then[key], now)
            )
            was, bound = (each["binding"] == "True" for each in (then[key], now))
            change = kind_of_change(one, other) if was and bound else ""
            counts[one, other, "entered" if bound > was else "left" if was > bound else change] += 1
    listed = {(row["before"], row["after"], row["change"]): row for row in published}
    if missing := counts.keys() ^ listed.keys():
        stop("transitions.csv", " / ".join(min(missing)), "is not in it, or should not be")
    for key, count in counts.items():
        checked += check("transitions.csv", " / ".join(key), listed[key], {"commitments": count}, 0)

# revisions.csv: what the bundles of earlier times give.
REVISED = "due", "officials", "assessed", "coverage", "implemented", "rate_low", "rate_high"
revised = {row["known_on"]: row for row in read("revisions.csv")}
past = [Path(folder).resolve() for folder in sys.argv[2:]]
for folder in past:
    done = subprocess.run([sys.executable, __file__, folder], capture_output=True, text=True)
    if done.returncode:
        stop(str(folder), done.stderr.strip())
    then = json.loads((folder / "datapackage.json").read_text("utf-8"))
    time = (then["known_at"] or "").replace("+00:00", "Z")
    if (then["pact"], then["as_of"]) != (ABOUT["pact"], ABOUT["as_of"]):
        stop("revisions.csv", f"{folder} is of another pact or day")
    if time not in revised:
        stop("revisions.csv", f"{time or folder} is not in it")
    totals = read("indicators-total.csv", folder)[0]
    checked += compare(
        "revisions.csv", time, revised.pop(time), {each: totals[each] for each in REVISED}
    )
if revised:
    print(f"revisions.csv: of {len(revised)} earlier times no bundle was given.", file=sys.stderr)

print(
    f"{ABOUT['name']} on {ABOUT['as_of']}, head {ABOUT['log_head']}: {checked} figures, all the same."
)
