"""Who signed, what the election gave, and the time in office that followed."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import numpy as np
import pandas as pd

from monitor.areas import retired_codes
from monitor.demo.words import FAMILY, GIVEN, PACT, TERM_END
from monitor.schema import ROW_TYPES, Values
from monitor.sizes import size_class

#: Careers of the elected and their shares; the rest: one mandate, to the end of the term.
CAREERS = (
    ("resigned", 0.05),
    ("resigned_and_back", 0.03),
    ("died", 0.01),
    ("no_mandate_on_record", 0.04),
    ("partial_dates", 0.06),
)
#: The share of those whose commune merged, among the elected of communes that did and are not large.
MERGED, MERGED_UNDER = 0.15, 10_000
#: From so many elected on, every career occurs.
MANY_ELECTED = 50
ELECTED, UNKNOWN, DEPUTY = 0.45, 0.04, 0.05
#: How much each size of commune is followed: the sample is uneven on purpose, as real ones are.
FOLLOWED = (0.35, 0.6, 0.9, 1.3, 1.8, 2.2, 0.3)
TERM = (TERM_END - PACT.term_start).days


@dataclass(frozen=True)
class Person:
    """One signatory. `signature`: their row of signatories.csv. `attention`: how much is logged."""

    number: int
    id: str
    signature: Values
    measures: tuple[str, ...]
    outcome: str
    career: str
    left_on: date
    back_on: date
    attention: float


def people(count: int, seed: int, communes: pd.DataFrame) -> list[Person]:
    """Signatories in real communes, one each while there are enough, then several: at most one of
    them is elected. From MANY_ELECTED on, every career occurs."""
    merged = _merged(communes)
    made = list(_people(count, seed, communes, merged))
    if sum(person.outcome == "elected" for person in made) >= MANY_ELECTED:
        _complete(made, merged, Random(f"{seed}/careers"))
    return made


def _merged(communes: pd.DataFrame) -> set[str]:
    """The communes that took others in, or were made by a merger, and are not large."""
    there = communes.index.intersection(sorted(set(retired_codes().values())))
    return set(there[communes.loc[there, "population"] < MERGED_UNDER])


def _complete(made: list[Person], merged: set[str], rng: Random) -> None:
    """Give the careers that nobody has to people whose own is common, in place."""
    missing = {name for name, _ in CAREERS} | {"merged"}
    for career in sorted(missing - {person.career for person in made}):
        common = [person for person in made if person.career == "whole_term"]
        if career == "merged":
            common = [one for one in common if one.signature.commune in merged] or common
        person = replace(rng.choice(common), career=career)
        if career == "merged" and person.signature.commune not in merged:
            free = sorted(merged - {one.signature.commune for one in made})
            person = _moved(person, rng.choice(free))
        made[person.number] = person
    if all(person.career != "deputy" for person in made):
        person = rng.choice([person for person in made if person.outcome == "defeated"])
        made[person.number] = replace(person, career="deputy")


def _moved(person: Person, code: str) -> Person:
    """The same person in another commune."""
    own = person.signature
    identifier = person.id.replace(f"demo-{own.commune}-", f"demo-{code}-", 1)
    source = own.source_url.replace(person.id, identifier)
    signature = own._replace(signatory_id=identifier, commune=code, source_url=source)
    return replace(person, id=identifier, signature=signature)


def _people(count: int, seed: int, communes: pd.DataFrame, merged: set[str]) -> Iterator[Person]:
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
        yield _person(number, code, outcome, attention, code in merged, rng)


def mandates_of(person: Person) -> Iterator[Values]:
    """Rows of mandates.csv."""
    source = f"https://exemple.invalid/mandats/{person.id}"
    start, end = PACT.term_start.isoformat(), TERM_END.isoformat()
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
        yield ROW_TYPES["mandates"](
            signatory_id=person.id,
            office=office,
            started_on=first,
            ended_on=last,
            end_reason=reason,
            source_url=source,
        )


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


def _career(rng: Random, outcome: str, may_merge: bool) -> str:
    if outcome != "elected":
        return "deputy" if outcome == "defeated" and rng.random() < DEPUTY else "defeated"
    roll = rng.random()
    if may_merge and roll >= 1 - MERGED:
        return "merged"
    for career, share in CAREERS:
        roll -= share
        if roll < 0:
            return career
    return "whole_term"


def _person(
    number: int, code: str, outcome: str, attention: float, may_merge: bool, rng: Random
) -> Person:
    given, family = rng.choice(GIVEN), rng.choice(FAMILY)
    identifier = f"demo-{code}-{_slug(family)}-{number}"
    measures = ("1", "2", "3") if rng.random() < 0.9 else tuple(sorted(rng.sample("123", 2)))
    due = f"{rng.choice((2022, 2023, 2024))}-06-30" if rng.random() < 0.25 else None
    signed = date(2020, 1, 6) + timedelta(days=rng.randrange(160))
    left = PACT.term_start + timedelta(days=rng.randrange(TERM // 4, 3 * TERM // 4))
    signature = ROW_TYPES["signatories"](
        signatory_id=identifier,
        name=f"{given} {family}",
        commune=code,
        signed_on=signed.isoformat() if rng.random() < 0.9 else signed.isoformat()[:7],
        outcome=outcome,
        due_on=due,
        measures=None if len(measures) == 3 else ";".join(measures),
        source_url=f"https://exemple.invalid/signatures/{identifier}",
    )
    return Person(
        number=number,
        id=identifier,
        signature=signature,
        measures=measures,
        outcome=outcome,
        career=_career(rng, outcome, may_merge),
        left_on=left,
        back_on=left + timedelta(days=rng.randrange(60, 300)),
        attention=attention,
    )


def _slug(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.replace("œ", "oe")).encode("ascii", "ignore").decode()
    return "".join(letter if letter.isalnum() else "-" for letter in bare.lower())
