"""Communes that somebody may have meant by a text that names none, or several."""

from collections.abc import Sequence

import pandas as pd
from rapidfuzz.distance import OSA

from monitor import areas as geography
from monitor.i18n import join_first
from monitor.intake.commune_lists import CommuneLists, Place
from monitor.intake.commune_spellings import (
    BEGINNING,
    CODE,
    MAYBE_DISTRICT,
    SLASH,
    WITH_DEPARTMENT,
    WITHIN_WORD,
    abbreviates,
    district_code,
)

#: Codes for which near names are looked up: each costs milliseconds, in a load while others wait.
PROPOSED = 200
#: Communes that a sentence proposes; of one name, which somebody can tell apart.
PROPOSALS, NAMESAKES = 3, 6
#: Words that a name has, to be abbreviated.
ABBREVIATED = 2


class NearCommunes:
    """Communes near a text, each as its code, its name and its department."""

    def __init__(self, areas: pd.DataFrame, lists: CommuneLists):
        self._areas = areas
        self._lists = lists
        self._proposed: dict[str, str] = {}

    def list_largest(self, codes: Sequence[str]) -> str:
        """Some communes in words, the largest first."""
        largest = self._lists.largest(self._lists.places_of(codes))
        return join_first([_described(*one) for one in largest[: NAMESAKES + 1]], NAMESAKES, " ; ")

    def propose(self, text: str) -> str:
        """Codes with their names, empty where nothing is near, or enough were proposed."""
        if text not in self._proposed:
            if len(self._proposed) >= PROPOSED:
                return ""
            found = (
                self._of_department(text)
                or self.find_by_beginning(text)
                or self.find_by_abbreviation(text)
            )
            bare = text
            if match := WITH_DEPARTMENT.fullmatch(text.strip()):
                bare = match["name"]
            found = found or self._renamed(
                bare, geography.nearest_areas(self._areas, bare, keys=self._lists.keys)
            )
            if CODE.fullmatch(text):  # a typing error away, or it is another code altogether
                found = [one for one in found if OSA.distance(one[0], text.upper()) <= 1]
            self._proposed[text] = " ; ".join(_described(*one) for one in found)
        return self._proposed[text]

    def find_by_beginning(self, text: str) -> list[Place]:
        """The largest communes of which a text is the first words, « Cherbourg »; before them the
        arrondissement that it may be."""
        key = geography.search_key(text)
        among = self._lists.begun_with(key) if len(key) >= BEGINNING else ()
        found = [at for at in among if self._lists.keys[at].startswith(f"{key} ")]
        district = None
        if match := MAYBE_DISTRICT.fullmatch(key):
            district = district_code(f"{match[1]} {match[2]}e", self._areas.index)
        first = self._lists.places_of([district] if district else ())
        return [*first, *self._largest_at(found)][:PROPOSALS]

    def find_by_abbreviation(self, text: str) -> list[Place]:
        """The largest communes whose name a text abbreviates: « Clermont-Fd », « Aix-en-P. »."""
        words = geography.search_key(SLASH.sub(" s ", WITHIN_WORD.sub(" s ", text))).split()
        if len(words) < ABBREVIATED or max(map(len, words)) < BEGINNING - 1:
            return []
        among = self._lists.begun_with(words[0])
        found = [at for at in among if abbreviates(words, self._lists.keys[at].split())]
        return self._largest_at(found)[:PROPOSALS]

    def _largest_at(self, rows: Sequence[int]) -> list[Place]:
        return self._lists.largest(self._lists.places[at] for at in rows)

    def _renamed(self, text: str, near: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        """The communes of near names, and before those of other names, the ones once called so."""
        once = self._lists.places_of(geography.areas_of_former_name(self._areas, text))
        key = geography.search_key(text)
        same = [one for one in near if geography.search_key(one[1]) == key]
        return list(dict.fromkeys([*same, *once, *near]))[: max(PROPOSALS, len(same) + 1)]

    def _of_department(self, text: str) -> list[Place]:
        """The communes of that very name in the department that a text says."""
        match = WITH_DEPARTMENT.fullmatch(text.strip())
        if not match:
            return []
        key, department = geography.search_key(match["name"]), match["department"].upper()
        codes = [
            *self._lists.by_key.get(key, ()),
            *geography.areas_of_former_name(self._areas, key),
        ]
        there = (one for one in codes if self._areas.at[one, "department_code"] == department)
        return self._lists.places_of(there)[:PROPOSALS]


def _described(code: str, name: str, department: str) -> str:
    return f"{code} ({name}, {department})" if department else f"{code} ({name})"
