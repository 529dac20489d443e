"""Which place of a pact with places of its own a text means: a department, a region, an inter-municipal
body, as people write them."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from monitor import areas as geography
from monitor.intake.communes import Communes, Details, MeantCommune
from monitor.intake.region_names import FORMER, SHORT

#: Kinds of bodies that names begin with, and how they are shortened.
_SHORT = (
    ("communaute de communes", "cc"),
    ("communaute d agglomeration", "ca"),
    ("communaute urbaine", "cu"),
    ("etablissement public territorial", "ept"),
)
#: What people write before a name that has it not.
_KINDS = re.compile(
    r"(?:conseil )?(?:departement|departemental|region|regional|canton|arrondissement|circonscription)\b"
)
#: « Bretagne (région) ».
_KIND_LAST = re.compile(r"\s*\((?:département|région|canton|circonscription)\)\s*$", re.IGNORECASE)
#: Characters of the longest code of a department.
DEPARTMENT = 3
_ARTICLES = frozenset(("de", "du", "des", "d", "la", "le", "les", "l"))
#: « Isère (38) », « Isère - 38 », « 38 Isère »: a name with a code.
_WITH_CODE = re.compile(
    r"(?P<name>.*[^\W\d_][^(]*?)[\s(,\-–]+(?P<code>[0-9][0-9ABab]?[0-9]*)\)?"
    r"|(?P<first>[0-9][0-9ABab]?[0-9]*)[\s,.\-–]+(?P<after>.*[^\W\d_].*)"
)


class OwnPlaces(Communes):
    """The places that a pact names itself; index = code, columns name and department."""

    def __init__(self, areas: pd.DataFrame):
        super().__init__(areas, {})

    def commune_meant(self, text: str) -> MeantCommune | None:
        """The one place that a text means which is no code: by its name, with or without the kind of
        place that it is, and with its code or that of its department; None if it means none, or
        several."""
        if len(text) > 100:
            return None
        found = self._of_text(text)
        if not found and (code := self._joined_region(text)):
            values = ("name", str(self._areas.at[code, "name"])), ("new", code)
            return MeantCommune(code, "joined_region", values)
        return MeantCommune(found[0]) if len(found) == 1 else None

    def part_meant(self, text: str) -> MeantCommune | None:
        return None

    def codes_meant(self, text: str) -> set[str]:
        found = self._of_text(text[:100])
        return set(found or filter(None, (self._joined_region(text[:100]),)))

    def _joined_region(self, text: str) -> str | None:
        """The region of today that holds the one of before which a text names."""
        found = self._by_name.get(_FORMER_REGIONS.get(_place_key(text), ""), ())
        return found[0] if len(found) == 1 else None

    def explain_unknown(self, code: str) -> tuple[str, Details]:
        """Why no place has this name or code: the code of the refusal, and what fills its sentence."""
        found = self._of_text(code[:100])
        if found:
            return "several_places", (
                ("n", str(len(found))),
                ("near", self._near.list_largest(found)),
            )
        near = self._propose(code[:100])
        return ("unknown_place", (("near", near),)) if near else ("no_such_place", ())

    def _of_text(self, text: str) -> list[str]:
        """The codes of the places that a text may mean."""
        key = _place_key(text)
        if found := self._by_name.get(key) or self._by_name.get(_SHORT_REGIONS.get(key, "")):
            return found
        if not (match := _WITH_CODE.fullmatch(text.strip())):
            return []
        name, code = match["name"] or match["after"], (match["code"] or match["first"]).upper()
        return [one for one in self._by_name.get(_place_key(name), ()) if self._has(one, code)]

    def _has(self, place: str, code: str) -> bool:
        """Whether a place has that code, or lies in the department of that code; of one that is no
        department itself, and of which none is said, it may."""
        around = self._areas.at[place, "department_code"]
        is_unsaid = pd.isna(around) or not around
        return code in (place, around) or (is_unsaid and len(code) <= DEPARTMENT < len(place))

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code, name in zip(self._areas.index, self._areas["name"], strict=True):
            found.setdefault(_place_key(str(name)), []).append(str(code))
        return found

    def _propose(self, text: str) -> str:
        if not len(self._areas):
            return ""
        bare = _place_key(text)
        keys = np.array([_place_key(str(name)) for name in self._areas["name"]], dtype=object)
        near = geography.nearest_areas(self._areas, bare, keys=keys)
        return " ; ".join(f"{code} ({name})" for code, name, _ in near)


def _place_key(text: str) -> str:
    """The same for the name of a place with or without the kind of place that it is."""
    key = geography.search_key(_KIND_LAST.sub("", text))
    for long, short in _SHORT:
        key = re.sub(rf"^{long}\b", short, key)
    bare = _KINDS.sub("", key, count=1).strip() if _KINDS.match(key) else key
    words = [word for word in bare.split() if word not in _ARTICLES]
    return " ".join(words) or key


def _keys_of_regions(words: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The key of the region of today that each word leads to, by that of the word."""
    return {_place_key(word): _place_key(name) for name, some in words.items() for word in some}


_SHORT_REGIONS, _FORMER_REGIONS = _keys_of_regions(SHORT), _keys_of_regions(FORMER)
