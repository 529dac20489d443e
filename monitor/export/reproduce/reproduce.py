"""Count the published figures of this folder again, and stop if one differs.

    python3 reproduce.py [FOLDER]

It needs Python 3.9 and nothing else. From entries.csv it finds where each commitment stands on the day
of the export and compares that with commitments.csv; from commitments.csv it counts each figure of
indicators-*.csv. It also checks the SHA-256 of every file.
"""

import csv
import hashlib
import json
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from statistics import median

HERE = Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
FOLDER = HERE if HERE.is_dir() else HERE.parent
#: What the groups of each file are, in commitments.csv.
COLUMN = {"department": "department_code", "region": "region_code", "office": "office_ever"}
UNKNOWN, FINAL = ("not_assessed", "no_evidence"), ("implemented", "abandoned", "not_applicable")


def read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def stop(what: str) -> None:
    sys.exit(f"DIFFERENT: {what}")


def same(published: str, counted: float | None, digits: int) -> bool:
    if counted is None or not published:
        return counted is None and not published
    return abs(float(published) - counted) <= 0.500001 * 10**-digits


about = json.loads((FOLDER / "datapackage.json").read_text("utf-8"))
day = about["as_of"]
year, month, of_month = map(int, day.split("-"))
while True:  # twelve months earlier; of the 29th of February, the 28th
    try:
        horizon = date(year - 1, month, of_month).isoformat()
        break
    except ValueError:
        of_month -= 1

for resource in about["resources"]:
    digest = hashlib.sha256((FOLDER / resource["path"]).read_bytes()).hexdigest()
    if resource["hash"] != f"sha256:{digest}":
        stop(f"the bytes of {resource['path']}")

status, entries, last = {}, defaultdict(int), {}
for entry in sorted(read("entries.csv"), key=lambda row: (row["counts_on"], int(row["place"]))):
    if entry["counts_on"] <= day:
        about_it = entry["signatory_id"], entry["measure"]
        entries[about_it] += 1
        last[about_it] = entry["counts_on"]
        if entry["moves"] == "True":
            status[about_it] = entry["status"]

commitments = read("commitments.csv")
for row in commitments:
    key = row["signatory_id"], row["measure"]
    row["stale"] = str(
        row["status"] not in UNKNOWN + FINAL and bool(row["last_on"]) and row["last_on"] < horizon
    )
    counted = status.get(key, "not_assessed"), str(entries[key]), last.get(key, "")
    if counted != (row["status"], row["actions"], row["last_on"]):
        stop(f"commitment {key}: {counted}")


def figures(rows: list[dict[str, str]]) -> dict[str, float | None]:
    """Every figure of some commitments, from its definition."""
    due = [r for r in rows if r["binding"] == "True" and r["status"] != "not_applicable"]
    assessed = [r for r in due if r["status"] != "not_assessed"]
    done = sum(r["status"] == "implemented" for r in due)
    searched = sum(r["status"] == "no_evidence" for r in due)
    stale = sum(r["stale"] == "True" for r in assessed)
    possible = done + len(due) - len(assessed) + searched + stale
    ever = [r for r in rows if r["ever_bound"] == "True" and r["status_ever"] != "not_applicable"]
    ages = [(date.fromisoformat(day) - date.fromisoformat(r["last_on"])).days for r in assessed]
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


DIGITS = {"coverage": 4, "rate": 4, "rate_low": 4, "rate_high": 4}
DIGITS |= {"entries_per_assessed": 1, "months_since_entry": 1}
checked = 0
for path in sorted(FOLDER.glob("indicators-*.csv")):
    by = path.stem.partition("-")[2]
    groups = defaultdict(list)
    for row in commitments:
        groups["" if by == "total" else row[COLUMN.get(by, by)]].append(row)
    for published in read(path.name):
        group = "" if by == "total" else published[by]
        for name, counted in figures(groups[group]).items():
            if not same(published[name], counted, DIGITS.get(name, 0)):
                stop(f"{path.name}, {group or 'in all'}, {name}: {published[name]} and {counted}")
            checked += 1
print(f"{about['name']} on {day}, head {about['log_head']}: {checked} figures, all the same.")
