"""Which measures of the pact a cell means: by their numbers, in any of their spellings, or titles."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from monitor.areas import search_key
from monitor.errors import InvalidValue
from monitor.i18n import join_first
from monitor.intake.cells import abbreviate_cell
from monitor.pacts import Measure

#: « Mesure 1 », « M1 », « n° 1 », « Demande 1 », « Promise no 1 ».
_PREFIX = re.compile(
    r"(?:mesures?|measures?|m|no|n°|#)[ .:]*(?=[0-9a-z])"
    r"|(?:demande|proposition|promesse|revendication|engagement|question|request|proposal|pledge"
    r"|promise|commitment)s?[ .:]*(?=(?:n°|no|#)?[ .:]*[0-9])"
)
#: What may stand before the number of a title whose words are known: « Axe n° 3 », « D3 ».
_ANY_PREFIX = re.compile(r"[^\W\d_]{1,12}[ .:]*(?:n°|#)?[ .:]*(?=[0-9])")
#: Zeros before a number, not those of its decimals: 01 is 1, and 1.01 is not 1.1.
_ZEROS = re.compile(r"(?<![0-9.])0+(?=[0-9])")
#: « 1 – Créer un lieu »: a number and the title that goes with it.
_NUMBERED = re.compile(r"(.{1,40}?)\s*(?:[-–—:.)/]\s+|:)(.+)", re.DOTALL)
#: « 3 Feux sonores », « M3 Feux sonores ».
_NUMBER_FIRST = re.compile(r"([^\W\d_]{0,12}\s?\d[\w.-]{0,6})\s+(.+)", re.DOTALL)
#: « Vous engagez-vous à… [Créer un lieu] », « Créer un lieu [Votre réponse] », as forms head the answers
#: to a grid of questions.
_OF_GRID = re.compile(r"([^\[\]]*)\[([^\[\]]+)\]")
#: What parts a list, from the surest to what may belong to a number or a title.
_PARTED = (
    re.compile(r"$^"),
    re.compile(r"[;\n|]+"),
    re.compile(r"[;\n|,/&+]+|(?<!\S)(?:et|and)(?!\S)", re.IGNORECASE),
)
_BLANKS = re.compile(r"\s+")
#: « 9/12 » of a pact of twelve is a count of measures, and names none of them.
_SHARE = re.compile(r"[0-9]{1,4} ?/ ?([0-9]{1,4})")
#: What names them all.
_ALL = frozenset(
    (
        *("toutes", "toutes les mesures", "toutes les demandes", "toutes les propositions"),
        *("tous", "tous les engagements", "all", "all measures", "all of them", "tout"),
    )
)
#: « les 12 mesures », of a pact of twelve.
_ALL_OF = re.compile(r"(?:les|all|the|all the) ([0-9]{1,4}) [^\W\d_]+")
#: « toutes sauf 4 », « Toutes, à l’exception de la 2 », "all but 3".
_ALL_BUT = re.compile(
    r"(?P<all>(?:toutes?|tous|all)(?: (?:les|the))?(?: [^\W\d_]+)?)[\s,(:–-]+"
    r"(?:sauf|hors|hormis|excepté|except(?: for)?|but|à l['’]exception d[eu]s?)\s+(?P<rest>[^()]+)\)?",
    re.IGNORECASE,
)
#: « 5 à 8 », « de 5 à 8 », "5 to 8"; with a hyphen, it may be both or a range.
_RANGE = re.compile(
    r"(?:(?:de|from|des) )?(?P<first>[^\s]+)\s*"
    r"(?P<mark>\bà\b|\bto\b|\bjusqu['’]à\b|→|[-–—])\s*(?:la |le )?(?P<last>[^\s]+)",
    re.IGNORECASE,
)
#: What stands before a number in a list: « la 2 », « de la 11 », « les mesures 3 ».
_ARTICLE = re.compile(
    r"(?:(?:de|of) )?(?:(?:la|le|les|des|du|the) )?(?:mesures? |measures? )?(?=[^\s]*[0-9])",
    re.IGNORECASE,
)
#: How a list ends that goes on.
_GOES_ON = re.compile(r"(?:…|\.\.\.|\betc\.?)\s*$", re.IGNORECASE)
#: So much alike are a title and what somebody may have written for it, and within so many letters a
#: number comes first.
LIKE, NUMBERED_WITHIN = 75, 12
#: Titles that begin with the number of a measure, at least, to be read by it; how much of their words
#: stands in the measure, and by how much more than in any other.
_NUMBERED_TITLES, _SHARED, _APART = 3, 70, 15
#: All the words of the one stand in the other.
_WHOLE = 100
#: Words that deny what stands beside them.
_DENYING = frozenset(
    (
        *("ne", "n", "pas", "non", "sans", "aucun", "aucune", "jamais", "ni", "sauf", "hors"),
        *("not", "no", "never", "without", "nor", "except", "contre", "against"),
    )
)
#: Letters with which a title is begun, to be known by them.
BEGUN = 10
#: Measures that a sentence names.
NAMED = 40


def titles_by_measure(measures: Iterable[Measure]) -> dict[str, list[str]]:
    """The titles that each measure has, by its id, and its wording, which serves as one."""
    return {one.id: [*filter(None, (one.title_fr, one.title_en, one.wording))] for one in measures}


class Measures:
    """The measures of a pact by what people may write. `titles`: id -> its titles."""

    def __init__(self, ids: Collection[str], titles: Mapping[str, Collection[str]]):
        self.ids = dict.fromkeys(ids)
        self._titles = {one: [*titles.get(one, ())] for one in self.ids}
        self._near = _unique((_number(one), one) for one in self.ids)
        self._titled = _unique(
            (search_key(title), one) for one in self.ids for title in titles.get(one, ())
        )
        self.read = lru_cache(maxsize=10_000)(self._read)
        self.listed = lru_cache(maxsize=10_000)(self._listed)

    @property
    def known(self) -> str:
        """What a sentence says that there is."""
        return join_first([*self.ids], NAMED)

    def _read(self, text: str) -> str | None:
        """The id of the one measure that a text means, None where it means none, or several."""
        text = text.strip()
        if text in self.ids:
            return text
        if match := _OF_GRID.fullmatch(text):
            if titled := self._titled.get(search_key(text)):
                return titled
            grid, row = match[1].strip(), match[2].strip()
            return self._read(row) or (self._read(grid) if grid else None)
        found = self._near.get(_number(text)) or self._titled.get(search_key(text))
        if found is None and (match := _NUMBERED.fullmatch(text)):
            one = self._of_number(match[1])
            found = one if one and one == self._titled.get(search_key(match[2])) else None
        return found

    def read_numbered(self, titles: Iterable[str]) -> dict[str, str]:
        """Title -> the id of the measure whose number it begins with, where columns are headed by
        numbers and words of their own (« 3. Feux ») and most of these words stand in the measure of that
        number; {} where they stand in another: the numbers may be those of questions."""
        found: dict[str, str] = {}
        agreed = 0
        for title in titles:
            match = _NUMBERED.fullmatch(title.strip()) or _NUMBER_FIRST.fullmatch(title.strip())
            one = self._of_number(match[1]) if match else None
            if match is None or one is None:
                continue
            words = search_key(match[2])
            own = self._likeness(words, one)
            other = max(
                (self._likeness(words, each) for each in self.ids if each != one), default=0
            )
            if other >= _SHARED and other > own + _APART:
                return {}
            agreed += own >= _SHARED and own > other + _APART
            found[title] = one
        is_clear = len({*found.values()}) == len(found) >= _NUMBERED_TITLES
        return found if is_clear and 2 * agreed >= len(found) else {}

    def reader_of(self, titles: Sequence[str]) -> Callable[[str], str | None]:
        """What reads a title of a table with these titles: the id of the one measure that it means, also
        by its number (`read_numbered`); None where it means none."""
        numbered = self.read_numbered(one for one in titles if self.read(one) is None)
        return lambda title: self.read(title) or numbered.get(title)

    def _of_number(self, text: str) -> str | None:
        """The id of the measure of a number, whatever word stands before it."""
        number = _number(text)
        return self._near.get(number) or self._near.get(_ANY_PREFIX.sub("", number, count=1))

    def title_of(self, measure: str) -> str:
        """The first of the titles of a measure, its number where it has none."""
        return next(iter(self._titles[measure]), measure)

    def _likeness(self, words: str, measure: str) -> float:
        """How many of some words stand in the titles of a measure, from 0 to 100."""
        titles = map(search_key, self._titles[measure])
        return max((fuzz.token_set_ratio(words, title) for title in titles), default=0)

    def read_reworded(self, text: str) -> str | None:
        """The id of the measure whose number a text begins with and of whose words it has most, beside
        others; None where these deny them, or stand in another measure nearly as well."""
        match = _NUMBERED.fullmatch(text.strip()) or _NUMBER_FIRST.fullmatch(text.strip())
        one = self._of_number(match[1]) if match else None
        if match is None or one is None:
            return None
        words = search_key(match[2])
        titles = [{*search_key(title).split()} & _DENYING for title in self._titles[one]]
        if {*words.split()} & _DENYING not in titles:
            return None
        own = self._likeness(words, one)
        other = max((self._likeness(words, each) for each in self.ids if each != one), default=0)
        is_sure = own > other + _APART or own == _WHOLE > other
        return one if own >= _SHARED and is_sure else None

    def find_begun(self, text: str) -> str | None:
        """The id of the one measure whose title a text begins, behind its number where it has one."""
        match = _NUMBERED.fullmatch(text.strip())
        numbered = self._near.get(_number(match[1])) if match else None
        begun = search_key(match[2] if match and numbered else text)
        found = {one for title, one in self._titled.items() if one and title.startswith(begun)}
        if len(begun) < BEGUN or len(found) != 1 or (numbered and numbered not in found):
            return None
        return found.pop()

    def why_not_one(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Why a text does not name one measure: the code of the refusal, and what fills its sentence."""
        try:
            listed = self.listed(text)
        except InvalidValue:
            listed = ()
        if len(listed) > 1:
            return "several_measures", (("known", ", ".join(listed)),)
        if near := self.name_near(text):
            return "near_measure", (("near", near),)
        return "unknown_measure", (("known", self.known),)

    def name_near(self, text: str) -> str:
        """The number and the title of the measure whose title is nearly a text, "" if none is, or the
        text begins with a number, which says another thing than the words."""
        if any(map(str.isdigit, text[:NUMBERED_WITHIN])):
            return ""
        found = process.extractOne(
            search_key(text), [*self._titled], scorer=fuzz.ratio, score_cutoff=LIKE
        )
        one = self._titled[found[0]] if found else None
        return f"{one}. {abbreviate_cell(self._titles[one][0])}" if one else ""

    def _listed(self, text: str) -> tuple[str, ...]:
        """The ids of a list. Raises InvalidValue: `unknown_measure`, `duplicate_measure`, and
        `ambiguous_measures` (first, last) where it can be read in two ways."""
        if (share := _SHARE.fullmatch(text.strip())) and int(share[1]) == len(self.ids):
            raise InvalidValue("unknown_measure")
        if search_key(text) in _ALL or self._are_all(text):
            return (*self.ids,)
        if match := _ALL_BUT.fullmatch(text.strip()):
            but = self._listed(match["rest"])
            if search_key(match["all"]) not in _ALL or len(but) == len(self.ids):
                raise InvalidValue("unknown_measure")
            return tuple(one for one in self.ids if one not in but)
        if _GOES_ON.search(text) and not self._titled.get(search_key(text)):
            raise InvalidValue("unknown_measure")
        found: list[tuple[str, ...]] = []
        twice = False
        for mark in (*_PARTED, _BLANKS):
            if mark is _BLANKS and found:
                break
            parts = [part for part in mark.split(text) if part.strip()]
            meant = [self._part(part, is_alone=len(parts) == 1) for part in parts]
            ids = [one for some in meant for one in some]
            if not all(meant) or not ids:
                continue
            if len(set(ids)) < len(ids):
                twice = True
            elif tuple(ids) not in found:
                found.append(tuple(ids))
        if len(found) > 1:
            first, last = (";".join(ids) for ids in (found[0], found[-1]))
            raise InvalidValue("ambiguous_measures", first=first, last=last)
        if not found:
            raise InvalidValue("duplicate_measure" if twice else "unknown_measure")
        return found[0]

    def _are_all(self, text: str) -> bool:
        match = _ALL_OF.fullmatch(search_key(text))
        return match is not None and int(match[1]) == len(self.ids)

    def _part(self, text: str, is_alone: bool) -> tuple[str, ...]:
        """The ids that a part of a list means, which may be a range; none where it means nothing. Raises
        InvalidValue: `ambiguous_measures` (first, last)."""
        if one := self._read(text):
            return (one,)
        bare = _ARTICLE.sub("", text.strip(), count=1)
        if bare != text.strip() and (one := self._read(bare)):
            return (one,)
        if not (match := _RANGE.fullmatch(bare)):
            return ()
        first, last = self._read(match["first"]), self._read(match["last"])
        if not (first and last and first.isdecimal() and last.isdecimal()):
            return ()
        ids = tuple(map(str, range(int(first), int(last) + 1)))
        has_parts = any(not one.isdecimal() for one in self.ids)
        if len(ids) < 2 or has_parts or not self.ids.keys() >= {*ids}:
            return ()
        if is_alone and match["mark"] in "-–—" and len(ids) > 2:
            raise InvalidValue("ambiguous_measures", first=f"{first};{last}", last=";".join(ids))
        return ids


def _number(text: str) -> str:
    """What is left of a measure's number when its spelling is taken away: a decimal comma is a dot, a
    hyphen that does not break (‐ once normalized) is a hyphen."""
    bare = unicodedata.normalize("NFKC", text.casefold()).strip()
    while match := _PREFIX.match(bare):
        bare = bare[match.end() :]
    return _ZEROS.sub("", bare.replace(",", ".").replace("\u2010", "-").rstrip(" .:)"))


def _unique(pairs: Iterator[tuple[str, str]]) -> dict[str, str | None]:
    """Text -> id; None where several ids have it."""
    found: dict[str, str | None] = {}
    for text, one in pairs:
        found[text] = one if found.get(text, one) == one else None
    return found
