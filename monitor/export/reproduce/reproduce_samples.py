"""Whom each random sample draws, what it says of all that was due, and how two of them compare.

`reproduce.py` runs it. W. Cochran 1977 (ratio over strata); E. B. Wilson 1927 with Student's quantile;
J. Horowitz & C. Manski 2000 (what is not known counts once as no and once as yes).
"""

import hashlib
import json
from collections import defaultdict
from itertools import product
from math import atan, ceil, cos, hypot, nan, pi, sin, sqrt

from reproduce_checks import check, compare, stop
from reproduce_rules import FOLDER, commitments_on, people, read, recorded_of, span

ENOUGH, SHARES = 0.9, ("least", "most", "low", "high")
#: What the series for Student's quantile may move of a limit.
SERIES = 2e-5


def check_samples() -> int:
    """How many figures of the samples are what the other files give: all."""
    checked, samples = 0, {}
    drawn, estimates = read("sample.csv"), {r["plan_id"]: r for r in read("sample_estimates.csv")}
    for plan in read("sample_plans.csv"):
        name = plan["plan_id"]
        sample = samples[name] = Sample(plan)
        if sample.missing:
            print(f"sample {name}: {sample.missing} lines are about signatures taken back since.")
            continue
        checked += sample.check_draw([row for row in drawn if row["plan_id"] == name])
        current = bool(plan["seed"]) and not plan["abandoned_at"]
        if current != (name in estimates):
            stop("sample_estimates.csv", name, "is not in it, or should not be")
        if current:
            checked += sample.check_estimate(estimates[name])
    changes = read("sample_changes.csv")
    compared = {(row["since_plan"], row["plan_id"]) for row in changes}
    enough = [one for one in samples.values() if one.is_enough and not one.missing]
    for one, two in product(enough, enough):
        if one.plan["plan_day"] < two.plan["plan_day"] and (one.name, two.name) not in compared:
            stop("sample_changes.csv", f"{one.name} / {two.name}", "is not in it")
    for row in changes:
        before, after = samples[row["since_plan"]], samples[row["plan_id"]]
        if before.missing or after.missing:
            continue
        name = f"{row['since_plan']} / {row['plan_id']}"
        found = change(before, after)
        checked += check("sample_changes.csv", name, row, {"error": found.pop("error")}, 4)
        checked += check("sample_changes.csv", name, row, found, 4, SERIES)
    return checked


class Sample:
    """A plan, and what is known now of what was due on its day. `drawn`: by stratum, the ids drawn;
    `missing`: lines of its list that are not published, so that nobody draws it again from the rest."""

    def __init__(self, plan: dict):
        self.plan, self.name, self.is_enough = plan, plan["plan_id"], False
        content = json.loads(plan["content"])
        listed = (FOLDER / f"sample-{self.name}-universe.txt").read_bytes()
        whole = [content["take_all"], *content["allocation"]]
        self.missing = sum(one["commitments"] for one in whole) - len(listed.splitlines())
        if not self.missing and hashlib.sha256(listed).hexdigest() != plan["universe"]:
            stop("sample_plans.csv", self.name, "universe")
        self.fresh, self.listed = [], defaultdict(lambda: defaultdict(list))
        for line in listed.decode().splitlines():
            stratum, who, measure = line.split("\t")
            if stratum == "fresh":
                self.fresh.append((who, measure))
            else:
                self.listed[stratum][who].append(measure)
        self.share = content["double_share"]
        self.made = commitments_on(span(plan["plan_day"])[0])[0]
        self.drawn = {
            one["code"]: sorted(self.listed[one["code"]], key=self.digest)[: one["drawn"]]
            for one in content["allocation"]
            if plan["seed"] and one["drawn"]
        }
        self.counts = {
            who: self.count((who, measure) for measure in self.listed[stratum][who])
            for stratum, ids in self.drawn.items()
            for who in ids
        }

    def digest(self, who: str, more: str = "") -> str:
        return hashlib.sha256(f"{self.plan['seed']}{more}:{who}".encode()).hexdigest()

    def count(self, commitments, is_whole: bool = False) -> tuple:
        """Of some commitments, how many are due still, answered for since the plan, implemented, and of
        how many that is not known."""
        due = answered = done = unknown = 0
        for key in commitments:
            now = self.made.get(key)
            if now is None or now["binding"] != "True" or now["status"] == "not_applicable":
                continue
            since = [s for seq, s in recorded_of[key] if seq > int(self.plan["seq"])]
            silent = now["status"] in ("not_assessed", "no_evidence")
            found = any(status != "no_evidence" for status in since)
            due, answered = due + 1, answered + bool(since)
            if now["status"] == "implemented":
                done += 1
            elif (not is_whole and not since) or (silent and not found):
                unknown += 1
        return due, answered, done, unknown

    def check_draw(self, rows: list) -> int:
        """Whoever has the lowest digests of each stratum, in the order of all digests."""
        public = {person["signatory_id"] for person in people}
        order = sorted((who for ids in self.drawn.values() for who in ids), key=self.digest)
        stratum_of = {who: stratum for stratum, ids in self.drawn.items() for who in ids}
        places = {who: place for place, who in enumerate(order, start=1)}
        wanted = ceil(round(self.share * len(order), 9))
        twice = set(sorted(order, key=lambda who: self.digest(who, ":double"))[:wanted])
        if [row["signatory_id"] for row in rows] != [who for who in order if who in public]:
            stop("sample.csv", self.name, "others are drawn")
        checked = 0
        for row in rows:
            who = row["signatory_id"]
            due, answered, done, unknown = self.counts[who]
            numbers = {"due": due, "answered": answered, "implemented": done, "unknown": unknown}
            counted = {name: str(value) for name, value in numbers.items()}
            counted |= {"place": str(places[who]), "stratum": stratum_of[who]}
            counted |= {"digest": self.digest(who), "is_answered": str(answered == due)}
            counted["is_double"] = str(who in twice)
            checked += compare("sample.csv", f"{self.name} / {who}", row, counted)
        return checked

    def check_estimate(self, row: dict) -> int:
        asked = [one for one in self.counts.values() if one[0]]
        answered = sum(one[0] == one[1] for one in asked)
        self.is_enough = bool(asked) and answered >= ENOUGH * len(asked)
        due, _, done, unknown = self.whole = self.count(self.fresh, is_whole=True)
        numbers = {"to_answer": len(asked), "answered": answered, "due_taken": due}
        numbers |= {"implemented_taken": done, "unknown_taken": unknown}
        counted = {name: str(value) for name, value in numbers.items()}
        counted["is_enough"] = str(self.is_enough)
        least, most = Share(self, False), Share(self, True)
        found = dict(zip(SHARES, (least.value, most.value, least.low, most.high), strict=True))
        return compare("sample_estimates.csv", self.name, row, counted) + check(
            "sample_estimates.csv", self.name, row, found, 4, SERIES
        )


class Share:
    """The share implemented of all that was due, with what is not known as no, or as yes."""

    def __init__(self, sample: Sample, unknown: bool):
        self.sample, (due, _, done, not_known) = sample, sample.whole
        whole = done + not_known * unknown
        self.of = {who: (one[2] + one[3] * unknown, one[0]) for who, one in sample.counts.items()}
        rest = hits = officials = drawn = 0.0
        for stratum, ids in sample.drawn.items():
            size = len(sample.listed[stratum])
            hits += size * sum(self.of[who][0] for who in ids) / len(ids)
            rest += size * sum(self.of[who][1] for who in ids) / len(ids)
            officials, drawn = officials + size, drawn + len(ids)
        self.total = due + rest
        self.value = (whole + hits) / self.total if self.total else nan
        self.residual = {who: y - self.value * m for who, (y, m) in self.of.items()}
        variance = 0.0
        for stratum, ids in sample.drawn.items():
            size, n = len(sample.listed[stratum]), len(ids)
            if n < size:
                mean = sum(self.residual[who] for who in ids) / n
                squares = sum((self.residual[who] - mean) ** 2 for who in ids)
                spread = squares / (n - 1) if n > 1 else nan
                variance += size**2 * (1 - n / size) / n * spread
        self.df = int(drawn) - len(sample.drawn)
        variance = variance / self.total**2 if self.total else nan
        variance = 0.0 if variance < 1e-18 else variance  # what rounding leaves of none
        self.error = sqrt(variance)
        self.low, self.high = self.limits(variance, whole, hits, rest, drawn, officials)

    def limits(self, variance, whole, hits, rest, drawn, officials) -> tuple:
        if not self.total:
            return nan, nan
        floor, ceiling = whole / self.total, (whole + rest) / self.total
        if drawn == officials:
            return self.value, self.value
        if variance != variance or self.df < 1:
            return floor, ceiling
        z, share = student(self.df), hits / rest if rest else 0.0
        if variance == 0 or share in (0, 1):  # nobody drawn differs: each of them is one case
            low, high = wilson(share, drawn / (1 - drawn / officials), z)
            low, high = (floor + rest / self.total * each for each in (low, high))
        else:
            low, high = wilson(self.value, self.value * (1 - self.value) / variance, z)
        return max(low, floor), min(high, ceiling)


def change(before: Sample, after: Sample) -> dict:
    """By how much the share moved: those drawn twice are counted once."""
    found = []
    for unknown in (True, False):
        one, two = Share(before, unknown), Share(after, not unknown)
        together = 0.0
        for (here, mine), (there, theirs) in product(before.drawn.items(), after.drawn.items()):
            both = [who for who in theirs if who in set(mine)]
            if len(both) < 2:
                continue
            means = [sum(each.residual[who] for who in both) / len(both) for each in (one, two)]
            products = ((one.residual[w] - means[0]) * (two.residual[w] - means[1]) for w in both)
            shared = len(before.listed[here].keys() & after.listed[there].keys())
            sizes = len(before.listed[here]) * len(after.listed[there])
            weight = sizes * len(both) / (len(mine) * len(theirs)) - shared
            together += weight * sum(products) / (len(both) - 1)
        together /= one.total * two.total
        moved = two.value - one.value
        error = sqrt(max(one.error**2 + two.error**2 - 2 * together, 0))
        if one.error * two.error > 0 and min(one.df, two.df):
            down = up = student(min(one.df, two.df)) * error
        else:
            down = hypot(two.value - two.low, one.high - one.value)
            up = hypot(two.high - two.value, one.value - one.low)
        found.append((moved, error, max(moved - down, -1), min(moved + up, 1)))
    (least, first, low, _), (most, second, _, high) = found
    return {"least": least, "most": most, "error": max(first, second), "low": low, "high": high}


def wilson(share: float, size: float, z: float) -> tuple:
    centre = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z * sqrt(share * (1 - share) / size + z * z / (4 * size**2)) / (1 + z * z / size)
    return 0 if share == 0 else centre - half, 1 if share == 1 else centre + half


def student(df: int) -> float:
    """Student's quantile at 95 %: M. Abramowitz & I. Stegun 1964, 26.7.3 and 26.7.4, halved in."""
    low, high = 0.0, 1000.0
    for _ in range(60):
        middle = (low + high) / 2
        angle, term, total = atan(middle / sqrt(df)), 1.0, 1.0
        for step in range(1, df // 2):
            term *= cos(angle) ** 2 * (2 * step - 1 + df % 2) / (2 * step + df % 2)
            total += term
        inside = sin(angle) * total
        if df % 2:
            inside = 2 / pi * (angle + (sin(angle) * cos(angle) * total if df > 1 else 0))
        low, high = (middle, high) if inside < 0.95 else (low, middle)
    return high
