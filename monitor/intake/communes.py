"""Which commune a text means: by its code, its name, or one that it had; and why it means none."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from monitor import areas as geography
from monitor.intake.commune_lists import commune_lists
from monitor.intake.commune_spellings import (
    ARTICLE_LAST,
    CODE,
    DECIMAL,
    FIRST_DISTRICTS,
    FORMER_KIND,
    MAYBE_DISTRICT,
    OF_FORMER_KIND,
    OF_TOWN,
    POSTCODE_OF_DISTRICT,
    POSTCODE_OF_PARIS,
    SIREN,
    WHOLE_CODE,
    WITH_DEPARTMENT,
    WITH_PLACE,
    district_code,
    key_without_article,
    name_before_postcode,
)
from monitor.intake.near_communes import NearCommunes

#: What fills the sentence of a refusal.
Details = tuple[tuple[str, str], ...]
#: The department that the postcodes of Corsica name.
CORSICA = {"20": ("2A", "2B")}


class MeantCommune(NamedTuple):
    """The commune that a text means. `doubt`: why that is odd, "" if it is not, `details` fill its
    sentence."""

    code: str
    doubt: str = ""
    details: Details = ()


class Communes:
    """The communes that a text may name; index = code, columns name and department.

    `retired`: retired INSEE code -> the code that replaced it. `areas`: None where the places of the
    pact are not at hand, as in a form: no name means one then.
    """

    def __init__(self, areas: pd.DataFrame, retired: Mapping[str, str]):
        self._areas = areas
        self._retired = retired
        self._lists = commune_lists(areas)
        self._near = NearCommunes(areas, self._lists)

    def name_of(self, code: str) -> str | None:
        """The name of a commune, None if no commune has the code."""
        return self._lists.names.get(code)

    def code_in_reference(self, code: str) -> str | None:
        """The code as it is written, whatever the case of its letter; None if there is none."""
        return next((one for one in (code, code.upper()) if one in self._lists.codes), None)

    def commune_meant(self, text: str) -> MeantCommune | None:
        """The one commune that a text means which is no code of today: by its name, with the department
        where there are namesakes, or by a name or a code that it had; None if it means none, or
        several."""
        if len(text) > 100:
            return None
        if CODE.fullmatch(text):
            if (
                POSTCODE_OF_PARIS.fullmatch(text)
                and (code := f"751{text[3:]}") in self._areas.index
            ):
                details = ("name", self._name(code)), ("code", code)
                return MeantCommune(code, "postcode_of_district", details)
            why, _ = self.explain_unknown(text)
            new = self._now(text.upper()) if why == "retired_commune" else None
            return MeantCommune(new, why, self._named(new)) if new else None
        text = name_before_postcode(text)
        if code := self._beside_name(text) or district_code(text, self._areas.index):
            return MeantCommune(code)
        named, once = self._named_so(text)
        if len({*named, *once}) != 1:
            return None
        if named and geography.search_key(self._name(named[0])) in FIRST_DISTRICTS:
            postcode = POSTCODE_OF_DISTRICT.search(text)
            details = (("value", postcode[0]), *self._named(named[0])) if postcode else ()
            return MeantCommune(named[0], "district_unsaid" if details else "", details)
        if named:
            return MeantCommune(named[0])
        return MeantCommune(once[0], "renamed_commune", self._named(once[0]))

    def part_meant(self, text: str) -> MeantCommune | None:
        """The one commune whose name begins with the words of a text that is the name of none."""
        key = geography.search_key(text[:100])
        if CODE.fullmatch(text) or any(self._named_so(text)) or MAYBE_DISTRICT.fullmatch(key):
            return None
        found = self._near.find_by_beginning(text)
        return (
            MeantCommune(found[0][0], "part_of_name", self._named(found[0][0]))
            if len(found) == 1
            else None
        )

    def codes_meant(self, text: str) -> set[str]:
        """The codes of every commune that a text may mean: `commune_meant`, else all of that name, and
        all that once had it."""
        if self._areas is None:
            return set()
        if meant := self.commune_meant(text):
            return {meant.code}
        named, once = self._named_so(name_before_postcode(text[:100]))
        return {*named, *once}

    def _named_so(self, text: str) -> tuple[list[str], list[str]]:
        """The codes of the communes of that very name, and of those that once had it; in the department
        that the text says, if it says one."""
        if match := ARTICLE_LAST.fullmatch(text.strip()):
            text = f"{match['article']} {match['name']}"
        text = OF_FORMER_KIND.sub("", FORMER_KIND.sub("", text.strip()))
        found = self._of_name(text)
        if not any(found):
            found = self._of_name(OF_TOWN.sub("", text.strip(), count=1))
        if not any(found) and (match := WITH_DEPARTMENT.fullmatch(text.strip())):
            department = match["department"].upper()
            found = self._within(
                match["name"], "department_code", CORSICA.get(department, (department,))
            )
        if not any(found) and (match := WITH_PLACE.fullmatch(text.strip())):
            found = self._within(match["name"], "department", (match["place"],))
        return found

    def _of_name(self, name: str) -> tuple[list[str], list[str]]:
        key = geography.search_key(name)
        once = geography.areas_of_former_name(self._areas, name)
        return self._lists.by_key.get(key) or self._lists.without_article.get(key, []), once

    def _within(self, name: str, column: str, wanted: Sequence[str]) -> tuple[list[str], list[str]]:
        """`_of_name`, of the departments of these names or codes."""
        keys = {key_without_article(one) for one in wanted}
        named, once = (
            [
                code
                for code in codes
                if key_without_article(str(self._areas.at[code, column])) in keys
            ]
            for codes in self._of_name(name)
        )
        return named, once

    def explain_unknown(self, code: str) -> tuple[str, Details]:
        """Why no commune has this code: the code of the refusal, and what fills its sentence."""
        if match := DECIMAL.fullmatch(code):
            return self._decimal(match[1])
        bare = re.sub(r"[\s.\-]", "", code).upper()
        if bare != code.upper() and bare in self._areas.index:
            return "spaced_code", (("code", bare), ("name", self._name(bare)))
        if bare != code and bare.isdecimal() and len(bare) in (4, 5):
            return self.explain_unknown(bare)
        if SIREN.fullmatch(bare):
            return "siren_code", (("code", bare),)
        if found := self._beside_name(code[:100]):
            return "code_in_text", (("code", found), ("name", self._name(found)))
        if code.isdecimal() and len(code) == 4:
            padded = f"0{code}"
            if padded in self._areas.index:
                return "lost_zero", (("code", padded), ("name", self._name(padded)))
            if new := self._now(padded):
                return "lost_zero_retired", (("code", padded), *self._named(new))
        if new := self._now(code.upper()):
            return "retired_commune", self._named(new)
        if not CODE.fullmatch(code):
            named, once = self._named_so(code[:100])
            if same := dict.fromkeys((*named, *once)):
                return "several_communes", (
                    ("n", str(len(same))),
                    ("near", self._near.list_largest([*same])),
                )
        near = self._near.propose(code[:100])
        if not CODE.fullmatch(code):
            return ("commune_name", (("near", near),)) if near else ("no_such_name", ())
        return ("unknown_commune", (("near", near),)) if near else ("no_such_commune", ())

    def _beside_name(self, text: str) -> str | None:
        """The code of a commune that stands in a text with nothing but its name."""
        codes = [found[0].upper() for found in WHOLE_CODE.finditer(text)]
        if len(codes) != 1 or codes[0] not in self._areas.index:
            return None
        rest = geography.search_key(WHOLE_CODE.sub(" ", text))
        named = rest == geography.search_key(self._name(codes[0]))
        return codes[0] if named or rest in ("insee", "code", "code insee") else None

    def _decimal(self, digits: str) -> tuple[str, Details]:
        if digits in self._areas.index:
            return "decimal_code", (("code", digits), ("name", self._name(digits)))
        return self.explain_unknown(digits)

    def _now(self, code: str) -> str | None:
        new = self._retired.get(code)
        return new if new in self._areas.index else None

    def _name(self, code: str) -> str:
        return self._lists.names[code]

    def _named(self, code: str) -> Details:
        return ("name", self._name(code)), ("new", code)
