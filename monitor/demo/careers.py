"""Who signed, what the election gave, and the time in office that followed."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import numpy as np
import pandas as pd

from monitor.areas import size_class
from monitor.demo.words import FAMILY, GIVEN, PACT

#: Careers of the elected and their shares; the rest: one mandate, to the end of the term.
CAREERS = (
    ("resigned", 0.05),
    ("resigned_and_back", 0.03),
    ("died", 0.01),
    ("merged", 0.01),
    ("no_mandate_on_record", 0.04),
    ("partial_dates", 0.06),
)
ELECTED, UNKNOWN, DEPUTY = 0.45, 0.04, 0.05
#: How much each size of commune is followed: the sample is uneven on purpose, as real ones are.
FOLLOWED = (0.35, 0.6, 0.9, 1.3, 1.8, 2.2, 0.3)
TERM = (PACT.term_end - PACT.term_start).days


@dataclass(frozen=True)
class Person:
    """One signatory. `signature`: their row of signatories.csv. `attention`: how much is logged."""

    number: int
    id: str
    signature: tuple
    measures: tuple[str, ...]
    outcome: str
    career: str
    left_on: date
    back_on: date
    attention: float


def people(count: int, seed: int, communes: pd.DataFrame) -> Iterator[Person]:
    """Signatories in real communes, one each while there are enough, then several: at most one of
    them is elected."""
    rng = Random(f"{seed}/people")
    order = _draw(count, seed, communes)
    codes = communes.index.to_numpy()
    sizes = size_class(communes["population"]).codes
    regions = communes["region_code"].fillna("").to_numpy()
    effort = {region: 0.3 + 1.4 * rng.random() for region in sorted(set(regions))}
    elected: set[str] = set()
    for number, row in enumerate(order):
        code = codes[row]
        outcome = _outcome(rng, code in elected)
        if outcome == "elected":
            elected.add(code)
        attention = 0.0 if rng.random() < 0.22 else rng.uniform(0.3, 2.0)
        attention *= FOLLOWED[sizes[row]] * effort[regions[row]]
        if outcome != "elected":
            attention *= 0.15
        yield _person(number, code, outcome, attention, rng)


def mandates_of(person: Person) -> Iterator[tuple]:
    """Rows of mandates.csv."""
    source = f"https://exemple.invalid/mandats/{person.id}"
    start, end = PACT.term_start.isoformat(), PACT.term_end.isoformat()
    left, back = person.left_on.isoformat(), person.back_on.isoformat()
    intervals = {
        "defeated": [],
        "no_mandate_on_record": [],
        "deputy": [("deputy_mayor", start, end, "term_end")],
        "resigned": [("mayor", start, left, "resignation")],
        "resigned_and_back": [
            ("mayor", start, left, "resignation"),
            ("mayor", back, end, "term_end"),
        ],
        "died": [("mayor", start, left, "death")],
        "merged": [("mayor", start, left, "merger")],
        "partial_dates": [("mayor", start[:7], end[:7], "term_end")],
        "whole_term": [("mayor", start, end, "term_end")],
    }
    for office, first, last, reason in intervals[person.career]:
        yield (person.id, office, first, last, reason, source)


def _draw(count: int, seed: int, communes: pd.DataFrame) -> np.ndarray:
    """Rows of communes, large ones more likely, none twice before all have been drawn."""
    generator = np.random.default_rng([seed, 7])
    weight = np.sqrt(communes["population"].fillna(100).clip(lower=50).to_numpy())
    rounds = []
    while sum(map(len, rounds)) < count:
        # Exponential keys: a weighted draw without replacement (Efraimidis & Spirakis, 2006).
        rounds.append(np.argsort(generator.exponential(size=len(weight)) / weight))
    return np.concatenate(rounds)[:count]


def _outcome(rng: Random, taken: bool) -> str:
    roll = rng.random()
    if roll < ELECTED and not taken:
        return "elected"
    return "unknown" if roll > 1 - UNKNOWN else "defeated"


def _career(rng: Random, outcome: str) -> str:
    if outcome != "elected":
        return "deputy" if outcome == "defeated" and rng.random() < DEPUTY else "defeated"
    roll = rng.random()
    for career, share in CAREERS:
        roll -= share
        if roll < 0:
            return career
    return "whole_term"


def _person(number: int, code: str, outcome: str, attention: float, rng: Random) -> Person:
    given, family = rng.choice(GIVEN), rng.choice(FAMILY)
    identifier = f"demo-{code}-{_slug(family)}-{number}"
    measures = ("1", "2", "3") if rng.random() < 0.9 else tuple(sorted(rng.sample("123", 2)))
    due = f"{rng.choice((2022, 2023, 2024))}-06-30" if rng.random() < 0.25 else None
    signed = date(2020, 1, 6) + timedelta(days=rng.randrange(160))
    left = PACT.term_start + timedelta(days=rng.randrange(TERM // 4, 3 * TERM // 4))
    signature = (
        identifier,
        f"{given} {family}",
        code,
        signed.isoformat() if rng.random() < 0.9 else signed.isoformat()[:7],
        None,
        outcome,
        due,
        None if len(measures) == 3 else ";".join(measures),
        f"https://exemple.invalid/signatures/{identifier}",
    )
    return Person(
        number=number,
        id=identifier,
        signature=signature,
        measures=measures,
        outcome=outcome,
        career=_career(rng, outcome),
        left_on=left,
        back_on=left + timedelta(days=rng.randrange(60, 300)),
        attention=attention,
    )


def _slug(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.replace("œ", "oe")).encode("ascii", "ignore").decode()
    return "".join(letter if letter.isalnum() else "-" for letter in bare.lower())
