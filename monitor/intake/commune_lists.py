"""The communes of a table by their codes and by their names."""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from monitor import areas as geography

_ARTICLES = ("l", "la", "le", "les")


class Place(NamedTuple):
    """A commune as a sentence says it; `department`: its name, "" where there is none."""

    code: str
    name: str
    department: str


class CommuneLists:
    """The codes and the names of some communes, as a text is looked up in them."""

    def __init__(self, areas: pd.DataFrame):
        self._areas = areas

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(self._areas.index.tolist())

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each by its code."""
        return {one.code: one.name for one in self.places}

    @cached_property
    def places(self) -> list[Place]:
        """All of them, in the order of the table."""
        columns = (self._areas["name"].tolist(), self._areas["department"].fillna("").tolist())
        return [*map(Place, self._areas.index.tolist(), *columns)]

    def places_of(self, codes: Iterable[str]) -> list[Place]:
        """Those of these codes."""
        return [self.places[self._by_code[code]] for code in codes]

    def largest(self, places: Iterable[Place]) -> list[Place]:
        """The same places, those with most people first."""
        return sorted(places, key=lambda one: -self._people[self._by_code[one.code]])

    @cached_property
    def _by_code(self) -> dict[str, int]:
        return {one.code: at for at, one in enumerate(self.places)}

    @cached_property
    def _people(self) -> list[float]:
        found = self._areas["population"].tolist()
        return [-1.0 if math.isnan(one) else one for one in found]

    @cached_property
    def keys(self) -> np.ndarray:
        return geography.search_keys_of(self._areas)

    @cached_property
    def by_key(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code, key in zip(self._areas.index.tolist(), self.keys, strict=True):
            found.setdefault(key, []).append(code)
        return found

    def begun_with(self, key: str) -> Sequence[int]:
        """The places of the keys that begin with the two first letters of one."""
        return self._begun_with.get(key[:2], ())

    @cached_property
    def _begun_with(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, key in enumerate(self.keys.tolist()):
            found.setdefault(key[:2], []).append(at)
        return found

    @cached_property
    def without_article(self) -> dict[str, list[str]]:
        """« Abergement-de-Varey », as some registers have L’Abergement-de-Varey."""
        found: dict[str, list[str]] = {}
        for key, codes in self.by_key.items():
            article, _, rest = key.partition(" ")
            if article in _ARTICLES and rest:
                found.setdefault(rest, []).extend(codes)
        return found


def commune_lists(areas: pd.DataFrame) -> CommuneLists:
    """The lists of a table of areas. Of those that are packaged they are made once: each file asks for
    them."""
    packaged = (geography.insee_areas, geography.communes)
    of_table = next((table for table in packaged if areas is table()), None)
    return _packaged_lists(of_table) if of_table else CommuneLists(areas)


@cache
def _packaged_lists(of_table: Callable[[], pd.DataFrame]) -> CommuneLists:
    return CommuneLists(of_table())
