"""How far two people who read blind agree: percentages, and Krippendorff's alpha with its interval.

`reproduce.py` runs it. K. Krippendorff 2004; E. B. Wilson 1927; A. Zapf et al. 2016 (bootstrap).
"""

from collections import Counter
from itertools import combinations, groupby
from math import nan
from random import Random

from reproduce_checks import FEW, check, stop
from reproduce_curves import design_effect, wilson
from reproduce_rules import read

FILE, ENOUGH = "agreement.csv", 50
LADDER = ("no_evidence", "not_started", "announced", "decided", "in_progress")
LADDER += ("partly_implemented", "implemented")
CLASSES = ("implemented", "partly_implemented", "not_applicable")
DRAWS, SEED = 2000, 7
#: What the measures of a plan have together is no more than what all have.
SUMS = ("pairs", "not_blind", "same_class", "same_status", "same_source", "same_source_same_status")


def check_agreement() -> int:
    """How many figures of agreement.csv are what agreement_pairs.csv gives: all but those of a measure,
    which no pair names. Of these, the shares must be what their counts give, and the counts no more
    than those of all."""
    rows = read(FILE)
    published = {(row["plan_id"], row["measure"]): row for row in rows}
    if len(rows) > len(published):
        stop(FILE, "a measure is in it twice")
    counted = {}
    for plan, group in groupby(read("agreement_pairs.csv"), key=lambda row: row["plan_id"]):
        rows = list(group)
        counted[plan, ""] = figures(rows) | alphas(rows)
        parts = [row for key, row in published.items() if key[0] == plan and key[1]]
        for row in parts:
            counted[plan, row["measure"]] = figures_of_measure(row)
        for name in SUMS:
            if sum(int(row[name]) for row in parts) > int(published[plan, ""][name]):
                stop(FILE, f"{plan}, {name}: its measures have more than all")
    if missing := counted.keys() ^ published.keys():
        stop(FILE, " / ".join(min(missing)), "is not in it, or should not be")
    checked = 0
    for key, found in counted.items():
        for name, value in found.items():
            digits = 4 if isinstance(value, float) else 0
            checked += check(FILE, " / ".join(key), published[key], {name: value}, digits)
    return checked


def figures(rows: list) -> dict:
    same = [row for row in rows if row["same_source"] == "True"]
    found = {"pairs": len(rows), "officials": len({row["official"] for row in rows})}
    found |= {"same_source": len(same), "same_source_same_status": sum(map(is_same, same))}
    for name, agrees in (("class", is_alike), ("status", is_same)):
        found |= shares(name, [(row["official"], agrees(row)) for row in rows])
    return found


def figures_of_measure(row: dict) -> dict:
    """Of a measure each official has one pair, and there are enough of them."""
    pairs = int(row["pairs"])
    if pairs < FEW:
        stop(FILE, f"{row['plan_id']} / {row['measure']}: too few pairs")
    found = {"officials": pairs}
    for name in ("class", "status"):
        found |= shares(name, [(at, at < int(row[f"same_{name}"])) for at in range(pairs)])
    return found


def shares(name: str, pairs: list) -> dict:
    """`pairs`: of each pair, whose it is, and whether both say the same."""
    hits, cases = Counter(who for who, yes in pairs if yes), Counter(who for who, _ in pairs)
    count, found = sum(hits.values()), (nan, nan, nan)
    if len(cases) >= FEW:
        share = count / len(pairs)
        found = (share, *map(float, wilson(share, len(pairs) / design_effect(hits, cases))))
    names = (f"{name}_share", f"{name}_low", f"{name}_high")
    return {f"same_{name}": count} | dict(zip(names, found, strict=True))


def is_same(row: dict) -> bool:
    return row["one_status"] == row["other_status"]


def is_alike(row: dict) -> bool:
    """Whether both are of one class: kept, partly kept, not applicable, or none of these."""
    one, other = (s if s in CLASSES else "" for s in (row["one_status"], row["other_status"]))
    return one == other


def alphas(rows: list) -> dict:
    """Alpha, and its interval: officials drawn again, each with all of their pairs, in the order of the
    file, by Python's own generator of random numbers."""
    within = [row for row in rows if {row["one_status"], row["other_status"]} <= {*LADDER}]
    officials = list(dict.fromkeys(row["official"] for row in rows))
    draw = Random(SEED).randrange
    drawn = [Counter(draw(len(officials)) for _ in officials) for _ in range(DRAWS)]
    found: dict = {"ladder": len(within)}
    for name, pairs in (("ordinal", within), ("nominal", rows)):
        values = (nan, nan, nan)
        if len(pairs) >= ENOUGH:
            own = [
                Counter(pair_of(row) for row in pairs if row["official"] == one)
                for one in officials
            ]
            value = alpha(sum(own, Counter()), name)
            if value == value:
                values = (value, *percentiles(own, drawn, name))
        names = (name, f"{name}_low", f"{name}_high")
        found |= dict(zip(names, values, strict=True))
    return found


def pair_of(row: dict) -> tuple:
    return row["one_status"], row["other_status"]


def percentiles(own: list, drawn: list, metric: str) -> tuple:
    known, listed = [], [list(one.items()) for one in own]
    for times in drawn:
        pairs: dict = {}
        for one, often in times.items():
            for pair, count in listed[one]:
                pairs[pair] = pairs.get(pair, 0) + often * count
        value = alpha(pairs, metric)
        if value == value:
            known.append(value)
    known.sort()
    cut = int(0.025 * (len(known) - 1) + 1e-9)
    return known[cut], known[-cut - 1]


def alpha(pairs: dict, metric: str) -> float:
    """1 - disagreement seen / disagreement expected by chance; nan where all say the same."""
    each: dict = {}
    for pair, count in pairs.items():
        for status in pair:
            each[status] = each.get(status, 0) + count
    places = middle_ranks(each) if metric == "ordinal" else {}

    def apart(one: str, other: str) -> float:
        return (places[one] - places[other]) ** 2 if places else one != other

    seen = 2 * sum(count * apart(*pair) for pair, count in pairs.items())
    both = combinations(each, 2)
    chance = 2 * sum(each[one] * each[other] * apart(one, other) for one, other in both)
    return 1 - seen * (sum(each.values()) - 1) / chance if chance else nan


def middle_ranks(each: dict) -> dict:
    """The middle of the ranks that each status has, in the order of the ladder."""
    places, below = {}, 0
    for status in LADDER:
        if status in each:
            places[status] = below + each[status] / 2
            below += each[status]
    return places
