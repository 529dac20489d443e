"""Communes: the packaged reference (INSEE geographic code 2026), search, near names.

An INSEE code is five characters of text, never a number; 1,441 names are shared by several communes,
so a name is never a key. Origin and licence of the files: data/reference/SOURCES.md.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from monitor.program import PROJECT

REFERENCE = PROJECT / "data" / "reference" / "communes_2026.csv.gz"
FORMER_NAMES = REFERENCE.with_name("former_names.csv.gz")
DISTRICTS = REFERENCE.with_name("arrondissements_2026.csv")
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


def department_of(commune: str) -> str:
    """What a commune shares with those of its department and with no other; a place that has no code of
    INSEE shares its own code with nothing. A code says it by itself, so that the database knows it
    too."""
    if len(commune) != 5 or not set("0123456789AB").issuperset(commune):
        return commune
    return f"department {commune[: 3 if commune[:2] in ('97', '98') else 2]}"


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
def city_of_district() -> dict[str, str]:
    """Code of an arrondissement of Paris, Lyon or Marseille -> code of its commune."""
    return dict(_districts()["commune"])


@cache
def _districts() -> pd.DataFrame:
    types = {"insee": "str", "nom": "str", "commune": "str", "population_2023": "float64"}
    return pd.read_csv(DISTRICTS, dtype=types).rename(columns=_COLUMNS).set_index("code")


@cache
def insee_areas() -> pd.DataFrame:
    """`communes`, then the arrondissements of Paris, Lyon and Marseille, which lie where their city
    does; the point of none is known. Shared: never written to."""
    own = _districts()
    found = communes().loc[own["commune"]].set_axis(own.index)
    found = found.assign(
        name=own["name"], population=own["population"], latitude=np.nan, longitude=np.nan
    )
    return pd.concat([communes(), found]).astype(communes().dtypes)


@cache
def retired_codes() -> dict[str, str]:
    """Retired INSEE code of a merged commune -> code of the commune that replaced it."""
    former = _reference()["anciens_codes"].dropna()
    return {old: code for code, codes in former.items() for old in codes.split("|")}


@cache
def former_names() -> dict[str, tuple[str, ...]]:
    """Code of a commune of today -> the names that it, or a part of it, had before."""
    table = pd.read_csv(FORMER_NAMES, dtype="str", keep_default_na=False)
    return {code: tuple(names) for code, names in table.groupby("insee")["nom"]}


@cache
def _by_former_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, names in former_names().items():
        for name in names:
            found.setdefault(search_key(name), []).append(code)
    return {key: tuple(codes) for key, codes in found.items()}


def is_commune(code: str, name: str) -> bool:
    """Whether a place is that commune of the reference, and no other place that has its code."""
    known = communes()
    return code in known.index and known.at[code, "name"] == name


def holds_commune(areas: pd.DataFrame, code: str) -> bool:
    """Whether the areas have that commune of the reference, and no other place under its code."""
    return code in areas.index and is_commune(code, str(areas["name"].at[code]))


def code_of_today(areas: pd.DataFrame, code: str) -> str | None:
    """The code of the commune, among these areas, that replaced one of that retired code."""
    now = retired_codes().get(code)
    return now if now and holds_commune(areas, now) else None


def areas_of_former_name(areas: pd.DataFrame, text: str) -> list[str]:
    """Of `codes_of_former_name`, those of communes that are among these areas."""
    return [code for code in codes_of_former_name(text) if holds_commune(areas, code)]


def codes_of_former_name(text: str) -> tuple[str, ...]:
    """The codes of the communes of today that, or a part of which, had that very name before."""
    return _by_former_name().get(search_key(text), ())


def former_name(code: str, text: str) -> str | None:
    """The name that a commune had before and that somebody typed, as it was written: the very one, else
    one that holds every word as the beginning of one of its words."""
    typed, words, names = search_key(text), search_words(text), former_names().get(code, ())
    keys = {name: search_key(name) for name in names}
    very = (name for name, key in keys.items() if key == typed)
    return next(very, next((name for name, key in keys.items() if _holds(key, words)), None))


def with_department(name: str, code: str | float | None) -> str:
    """« Paris (75) »; the name alone where nobody gave the code of a department."""
    return f"{name} ({code})" if code and not pd.isna(code) else str(name)


#: The articles that INSEE keeps apart from a name (`TNCC` of the geographic code).
_ARTICLE = re.compile(r"^(?:l|le|la|les|las|los|aux) (?=.)")


def sort_key(name: str) -> tuple[str, str]:
    """What French lists of places are sorted by, whatever the machine's language: no accents, no case,
    œ as oe, hyphens and apostrophes as spaces, without the article (Le Havre is among the H)."""
    key = search_key(name)
    return _ARTICLE.sub("", key), unicodedata.normalize("NFD", name.casefold())


def sort_areas(areas: pd.DataFrame) -> pd.DataFrame:
    """The areas in the order of their names (`sort_key`), namesakes by their code."""
    names = sort_keys(areas["name"].tolist())
    keys = [(*name, code) for name, code in zip(names, areas.index, strict=True)]
    return areas.iloc[sorted(range(len(keys)), key=keys.__getitem__)]


def search_key(text: str) -> str:
    """A text as it is searched: no accents, no case, œ as oe, hyphens and apostrophes as spaces.

    A word `st` or `ste` reads `saint`, `sainte`.
    """
    bare = text.casefold()
    if not bare.isascii():
        bare = unicodedata.normalize("NFKD", bare).replace("œ", "oe").replace("æ", "ae")
        bare = _ACCENTS.sub("", bare)
    return _SAINT.sub("saint", _SEPARATORS.sub(" ", bare).strip())


def search_words(text: str) -> list[str]:
    """The words of a search, each once: whoever types one a thousand times asks no more than once."""
    return list(dict.fromkeys(search_key(text).split()))


#: Combining marks that NFKD leaves of Latin letters.
_ACCENTS = re.compile("[\u0300-\u036f]")
_SEPARATORS = re.compile(r"[-'’ʼ.,;:!?()«»\"\s]+")
#: Its look behind comes last: most places are left at once.
_SAINT = re.compile(r"st(?=e?\b)(?<=\bst)")


#: Stands between texts that are read as one: no rule of `search_key` knows it.
_BETWEEN = "\0"


def search_keys(texts: Sequence[str]) -> list[str]:
    """`search_key` of each: as one text, in half of the time."""
    keys = [one.strip() for one in search_key(_BETWEEN.join(texts)).split(_BETWEEN)]
    return keys if len(keys) == len(texts) else list(map(search_key, texts))


def sort_keys(names: Sequence[str]) -> list[tuple[str, str]]:
    """`sort_key` of each, in the same way."""
    plain = unicodedata.normalize("NFD", _BETWEEN.join(names).casefold()).split(_BETWEEN)
    if len(plain) != len(names):
        return list(map(sort_key, names))
    pairs = zip(search_keys(names), plain, strict=True)
    return [(_ARTICLE.sub("", key), name) for key, name in pairs]


def search_keys_of(areas: pd.DataFrame) -> np.ndarray:
    """The search key of each name: for a caller that searches the same areas again to keep."""
    return np.array(search_keys(areas["name"].tolist()), dtype=object)


def search_areas(
    areas: pd.DataFrame, text: str, limit: int = 20, keys: np.ndarray | None = None
) -> pd.DataFrame:
    """The areas whose name, or one that they had before, holds every typed word as the beginning of one
    of its words, or whose code is the text. Best first: the exact name, names that begin so, names
    of today, then by population. `keys`: `keys_of(areas)`, when the caller has it."""
    typed, words = search_key(text), search_words(text)
    if not typed:
        return areas.head(0)
    keys = search_keys_of(areas) if keys is None else keys
    hits = []
    for row, key in enumerate(keys.tolist()):
        if _holds(key, words):
            hits.append((key != typed, not key.startswith(typed), False, row))
    there = {code: row for row, code in enumerate(areas.index.tolist())}
    for key, codes in _by_former_name().items():
        if _holds(key, words):
            rank = (key != typed, not key.startswith(typed), True)
            hits += [(*rank, there[code]) for code in codes if holds_commune(areas, code)]
    exact_code = np.flatnonzero(areas.index == text.strip().upper())
    people = areas["population"].fillna(0).to_numpy()
    ranked = sorted(hits, key=lambda hit: (*hit[:3], -people[hit[3]]))
    rows = list(dict.fromkeys([*exact_code.tolist(), *(hit[3] for hit in ranked)]))
    return areas.iloc[rows[:limit]]


def _holds(key: str, words: Sequence[str]) -> bool:
    """Whether a search key holds every word as the beginning of one of its words."""
    padded = f" {key}"
    return all(f" {word}" in padded for word in words)


def nearest_areas(
    areas: pd.DataFrame, text: str, limit: int = 3, keys: np.ndarray | None = None
) -> list[tuple[str, str, str]]:
    """What may have been meant: (code, name, department) of the nearest codes or names. `keys`:
    `keys_of(areas)`, when the caller has it."""
    if re.fullmatch(r"[0-9][0-9AaBb][0-9]{1,4}", text):
        choices: Sequence[str] = areas.index.to_numpy()
        found = process.extract(text.upper(), choices, scorer=fuzz.ratio, limit=limit)
    else:
        key, known = search_key(text), search_keys_of(areas) if keys is None else keys
        found = process.extract(
            key,
            known,
            scorer=fuzz.ratio,
            limit=limit,
            score_cutoff=60,
        )
    rows = [position for _, _, position in found]
    departments = areas["department"].iloc[rows].fillna("")
    return list(zip(departments.index, areas["name"].iloc[rows], departments, strict=True))
