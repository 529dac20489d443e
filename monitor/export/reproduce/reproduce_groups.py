"""Groups beside the whole, and the limits between which chance alone would leave them.

`reproduce.py` runs it. D. Spiegelhalter 2005 (funnel, over-dispersion); indirect standardisation on
measure, size and office.
"""

import re
from collections import Counter, defaultdict
from math import comb, nan, sqrt
from statistics import NormalDist

from reproduce_checks import FEW, check, stop
from reproduce_curves import design_effect
from reproduce_rules import FOLDER, places, read, toml

GROUPINGS, LEVELS = ("department", "region"), {"inner": 0.95, "outer": 0.998}
FILE = "groups.csv"


def check_groups(commitments: list, figures) -> int:
    """How many figures of groups.csv are what the commitments give: all. `figures`: those of some."""
    if not (FOLDER / FILE).exists():
        return 0
    rows = read(FILE)
    published = {(r["grouping"], r["code"], r["alike"]): r for r in rows}
    if len(rows) > len(published):
        stop(FILE, "a group is in it twice")
    own_places = re.search(r'^areas = "own"', toml, re.M)
    if own_places or not any(place["department"] for place in places.values()):
        if published:
            stop(FILE, "there are no departments")
        return 0
    apart, due = ("not_applicable", "not_assessed"), defaultdict(list)
    rows = [r for r in commitments if r["binding"] == "True" and r["status"] not in apart]
    checked, counted = 0, {}
    for by in GROUPINGS:
        for row in commitments:
            due[by, row[f"{by}_code"]].append(row)
        for alike in ("no", "yes"):
            for code, found in groups_by_column(rows, f"{by}_code", alike == "yes").items():
                counted[by, code, alike] = found
    if missing := counted.keys() ^ published.keys():
        stop(FILE, " / ".join(min(missing)), "is not in it, or should not be")
    for key, found in counted.items():
        name, row, own = " / ".join(key), published[key], figures(due[key[:2]])
        exact = ("assessed", "officials_assessed", "implemented", "outside")
        checked += check(FILE, name, row, {each: found.pop(each) for each in exact}, 0)
        checked += check(FILE, name, row, {"expected": found.pop("expected")}, 1)
        found |= {"coverage": own["coverage"], "months_since_entry": own["months_since_entry"]}
        checked += check(FILE, name, row, found, 4)
    return checked


def groups_by_column(rows: list, column: str, alike: bool) -> dict:
    """The groups of one kind that are large enough, each with its figures and its limits."""
    cases, hits, strata, groups = Counter(), Counter(), defaultdict(list), defaultdict(list)
    for row in rows:
        row["stratum"] = (row["measure"], row["size"], row["office_ever"]) if alike else ""
        done = row["status"] == "implemented"
        cases[row["signatory_id"]] += 1
        hits[row["signatory_id"]] += done
        strata[row["stratum"]].append(done)
        groups[row[column]].append(row)
    if not rows:
        return {}
    effect, whole = design_effect(hits, cases), sum(hits.values()) / len(rows)
    shares = {name: sum(done) / len(done) for name, done in strata.items()}
    found = {}
    for code, own in groups.items():
        officials = len({row["signatory_id"] for row in own})
        if len(own) < FEW or officials < FEW:
            continue
        expected = [shares[row["stratum"]] for row in own]
        observed = sum(row["status"] == "implemented" for row in own)
        variance = sum(share * (1 - share) for share in expected)
        apart = (observed - sum(expected)) / sqrt(variance) if variance else nan
        found[code] = {
            "assessed": len(own),
            "officials_assessed": officials,
            "implemented": observed,
            "expected": sum(expected),
            "rate": min(max(whole + apart * sqrt(whole * (1 - whole) / len(own)), 0), 1),
            "apart": apart / sqrt(effect),
        }
    widened = effect * over_dispersion([one.pop("apart") for one in found.values()])
    for one in found.values():
        one["outside"] = 0
        for name, level in LEVELS.items():
            low, high = limits_of_chance(one["assessed"] / widened, whole, level)
            one[f"{name}_low"], one[f"{name}_high"] = low, high
            one["outside"] += one["rate"] < low or one["rate"] > high
    return found


def over_dispersion(distances: list) -> float:
    """The mean of their squares, the tenth of them at each end brought to the next; 1 at least."""
    known = sorted(each for each in distances if each == each)
    cut = len(known) // 10
    kept = known[cut : len(known) - cut]
    kept = [kept[0]] * cut + kept + [kept[-1]] * cut if kept else []
    return max(1, sum(each * each for each in kept) / len(kept)) if kept else 1


def limits_of_chance(cases: float, share: float, level: float) -> tuple:
    """Between two counts of the binomial distribution; beyond 1,000 cases, of the normal one."""
    if cases > 1000:
        reach = NormalDist().inv_cdf((1 + level) / 2) * sqrt(share * (1 - share) / cases)
        return max(share - reach, 0), min(share + reach, 1)
    number, tail = max(round(cases), 1), (1 - level) / 2
    return lowest(number, share, tail), 1 - lowest(number, 1 - share, tail)


def lowest(number: int, share: float, tail: float) -> float:
    below = 0.0
    for count in range(number + 1):
        chance = comb(number, count) * share**count * (1 - share) ** (number - count)
        below += chance
        if below >= tail:
            return max((count - (below - tail) / chance) / number, 0)
    return 1.0
