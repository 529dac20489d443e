"""Matching on the registers themselves: how many are found again, and how many are rightly so."""

import csv
import io
from datetime import date
from random import Random

import pytest

from monitor.areas import search_key
from monitor.matching.matches import Signatory, match_signatories
from monitor.matching.name_levels import Level
from monitor.matching.register import read_register
from tests.support.real_files import real

FOUND = (Level.CERTAIN, Level.PROBABLE)
EACH = 500


def swap_letters(name: str, random: Random) -> str:
    place = random.randrange(1, max(2, len(name) - 1))
    return name[:place] + name[place + 1 : place + 2] + name[place : place + 1] + name[place + 2 :]


#: How people write (given names, family name) of the register.
WRITTEN = {
    "as it is": lambda given, family, _: f"{given} {family}",
    "reversed": lambda given, family, _: f"{family} {given}",
    "small letters": lambda given, family, _: search_key(f"{given} {family}"),
    "without hyphens": lambda given, family, _: f"{given} {family}".replace("-", " "),
    "a title": lambda given, family, _: f"Mme {given} {family}",
    "the first of two given names": lambda given, family, _: f"{given.split('-')[0]} {family}",
    "the first of two family names": lambda given, family, _: f"{given} {family.split('-')[0]}",
    "a slip in the family name": lambda given, family, r: f"{given} {swap_letters(family, r)}",
    "a slip in the given name": lambda given, family, r: f"{swap_letters(given, r)} {family}",
    "an initial": lambda given, family, _: f"{given[0]}. {family}",
}


@pytest.fixture(scope="module")
def before() -> list[dict]:
    return list(csv.DictReader(io.StringIO(real("rne/maires_2014-04-25.csv.gz").decode())))


@pytest.fixture(scope="module")
def register():
    return read_register(
        io.BytesIO(real("rne/maires_2019-10_rne.csv.gz")), "2019-10", date(2019, 10, 31)
    )


def signatory(row: dict, name: str) -> Signatory:
    return Signatory(row["insee"], name, row["insee_2026"])


def still_there(row: dict, register) -> bool:
    """Whether the mayor of 2014 held the same office without a break, by the later register."""
    return any(
        person.code == row["insee"] and person.started_on and person.started_on <= date(2014, 4, 25)
        for person in register.by_commune.get(row["insee_2026"], ())
    )


def test_a_mayor_who_stayed_in_office_is_found_again_under_the_spelling_of_another_state(
    before, register
):
    signed = [
        signatory(row, f"{row['prenom']} {row['nom']}")
        for row in before
        if still_there(row, register)
    ]
    found = [one.level for one in match_signatories(signed, register)]
    assert len(signed) > 29_000
    assert sum(level in FOUND for level in found) / len(signed) >= 0.98


def test_of_signatories_half_elected_and_badly_written_certain_is_right(before, register):
    random = Random(2014)
    rows = [row for row in before if still_there(row, register)]
    right = wrong = missed = 0
    for write in WRITTEN.values():
        sample = random.sample(rows, 2 * EACH)
        own = [signatory(row, write(row["prenom"], row["nom"], random)) for row in sample[:EACH]]
        others = [
            signatory(row, write(other["prenom"], other["nom"], random))
            for row, other in zip(sample[EACH:], random.sample(rows, EACH), strict=True)
        ]
        relatives = [
            signatory(row, write(other["prenom"], row["nom"], random))
            for row, other in zip(sample[EACH:], random.sample(rows, EACH), strict=True)
            if search_key(other["prenom"]) != search_key(row["prenom"])
        ][: EACH // 10]
        levels = [one.level for one in match_signatories(own, register)]
        right += levels.count(Level.CERTAIN)
        missed += sum(level not in FOUND for level in levels)
        strangers = match_signatories([*others, *relatives], register)
        wrong += sum(one.level is Level.CERTAIN for one in strangers)
    assert right / (right + wrong) >= 0.995
    assert missed / (len(WRITTEN) * EACH) <= 0.02
