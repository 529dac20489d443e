"""Communes: the packaged reference (INSEE geographic code 2026), search, near names, size classes.

An INSEE code is five characters of text, never a number; 1,441 names are shared by several communes,
so a name is never a key. Origin and licence of the file: data/reference/SOURCES.md.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

REFERENCE = Path(__file__).resolve().parents[1] / "data" / "reference" / "communes_2026.csv.gz"
#: Population classes, by the thresholds of French local government: 1,000 (list voting), 3,500
#: (council rules), 10,000, 50,000 and 200,000.
BOUNDS = (1_000, 3_500, 10_000, 50_000, 200_000)
SIZES = (
    "lt_1000",
    "1000_3499",
    "3500_9999",
    "10000_49999",
    "50000_199999",
    "ge_200000",
    "unknown",
)
_COLUMNS = {
    "insee": "code",
    "nom": "name",
    "departement": "department_code",
    "departement_nom": "department",
    "region": "region_code",
    "region_nom": "region",
    "epci_nom": "epci",
    "population_2023": "population",
    "latitude": "latitude",
    "longitude": "longitude",
}


@cache
def _reference() -> pd.DataFrame:
    numbers = {"population_2023": "float64", "latitude": "float64", "longitude": "float64"}
    wanted = [*_COLUMNS, "anciens_codes"]
    types = {name: numbers.get(name, "str") for name in wanted}
    table = pd.read_csv(
        REFERENCE, usecols=wanted, dtype=types, keep_default_na=False, na_values=[""]
    )
    return table.rename(columns=_COLUMNS).set_index("code")


@cache
def communes() -> pd.DataFrame:
    """The packaged communes; index = code (str).

    name, department_code, department, region_code, region, epci (str, epci may be missing),
    population, latitude, longitude (float64, NaN where unknown). Shared: never written to.
    """
    return _reference().drop(columns="anciens_codes")


@cache
def retired() -> dict[str, str]:
    """Retired INSEE code of a merged commune -> code of the commune that replaced it."""
    former = _reference()["anciens_codes"].dropna()
    return {old: code for code, codes in former.items() for old in codes.split("|")}


def search_key(text: str) -> str:
    """A text as it is searched: no accents, no case, œ as oe, hyphens and apostrophes as spaces.

    A word `st` or `ste` reads `saint`, `sainte`.
    """
    bare = text.casefold()
    if not bare.isascii():
        bare = unicodedata.normalize("NFKD", bare).replace("œ", "oe").replace("æ", "ae")
        bare = _ACCENTS.sub("", bare)
    return _SAINT.sub("saint", _SEPARATORS.sub(" ", bare).strip())


#: Combining marks that NFKD leaves of Latin letters.
_ACCENTS = re.compile("[\u0300-\u036f]")
_SEPARATORS = re.compile(r"[-'’ʼ.,;:!?()«»\"\s]+")
_SAINT = re.compile(r"\bst(?=e?\b)")


def keys_of(areas: pd.DataFrame) -> np.ndarray:
    """The search key of each name: to be kept by who searches the same areas again."""
    return np.array([search_key(name) for name in areas["name"]], dtype=object)


def search(
    areas: pd.DataFrame, text: str, limit: int = 20, keys: np.ndarray | None = None
) -> pd.DataFrame:
    """The areas whose name holds every typed word as the beginning of one of its words, or whose
    code is the text. Best first: the exact name, names that begin so, then by population.
    `keys`: `keys_of(areas)`, when the caller has it."""
    typed = search_key(text)
    if not typed:
        return areas.head(0)
    keys = keys_of(areas) if keys is None else keys
    hits = []
    for row, key in enumerate(keys):
        padded = f" {key}"
        if all(f" {word}" in padded for word in typed.split()):
            hits.append((key != typed, not key.startswith(typed), row))
    exact_code = np.flatnonzero(areas.index == text.strip().upper())
    people = areas["population"].fillna(0).to_numpy()
    ranked = sorted(hits, key=lambda hit: (hit[0], hit[1], -people[hit[2]]))
    rows = list(dict.fromkeys([*exact_code.tolist(), *(row for _, _, row in ranked)]))
    return areas.iloc[rows[:limit]]


def near(
    areas: pd.DataFrame, text: str, limit: int = 3, keys: np.ndarray | None = None
) -> list[tuple[str, str, str]]:
    """What may have been meant: (code, name, department) of the nearest codes or names. `keys`:
    `keys_of(areas)`, when the caller has it."""
    if re.fullmatch(r"[0-9][0-9AaBb][0-9]{1,4}", text):
        choices: Sequence[str] = areas.index.to_numpy()
        found = process.extract(text.upper(), choices, scorer=fuzz.ratio, limit=limit)
    else:
        key, known = search_key(text), keys_of(areas) if keys is None else keys
        found = process.extract(
            key,
            known,
            scorer=fuzz.ratio,
            limit=limit,
            score_cutoff=60,
        )
    rows = areas.iloc[[position for _, _, position in found]]
    departments = rows["department"].fillna("")
    return list(zip(rows.index, rows["name"], departments, strict=True))


def size_class(population) -> pd.Categorical:
    """The ordered category of SIZES of each population; `unknown` where it is missing."""
    people = np.asarray(population, dtype=float)
    codes = np.searchsorted(BOUNDS, people, side="right")
    codes = np.where(np.isnan(people), len(SIZES) - 1, codes)
    return pd.Categorical.from_codes(codes, categories=list(SIZES), ordered=True)
