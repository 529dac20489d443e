"""Signatories by what people call them: an id, a name, or a name and a place."""

import hashlib
import hmac
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from monitor.areas import city_of_district, search_key
from monitor.errors import InvalidValue
from monitor.i18n import join_first
from monitor.intake.commune_spellings import SLASH, WITHIN_WORD, abbreviates
from monitor.intake.communes import Communes
from monitor.intake.name_words import CIVILITIES
from monitor.intake.person_names import name_key, same_name, tokens_of

#: Names that a sentence proposes, and texts for which near ones are looked up.
NAMED, PROPOSED = 5, 200
#: Letters of a word by which somebody of a place may be meant.
_SURNAME = 4
#: Letters that the beginning of a place has, and words that begin many.
_BEGUN, _COMMON = 3, frozenset(("les", "saint", "sainte", "ste", "ville", "mont", "port"))
#: Of an id that is made here.
DIGITS = 16
#: Where the place may begin: « Aline Abrial (Lille) », « Abrial, Lille », « Abrial – Lille ».
_BEFORE_PLACE = re.compile(r"\s*[(,]\s*|\s+[-–—]\s+")

#: What stands between the signatories that one cell lists.
_LISTED = (re.compile(r"[/;,&+]|\b(?:et|and)\b"), re.compile(r"[/;&+]"))


class Person(NamedTuple):
    """A signatory as the log has them; `outcome` of the election, "" where it is not asked for."""

    signatory_id: str
    name: str
    commune: str
    outcome: str = ""


class People:
    """The signatories of a pact. `id_key`: the secret from which ids are made for who has none."""

    def __init__(self, known: Iterable[Person], communes: Communes, id_key: bytes = b""):
        self._communes = communes
        self._id_key = id_key
        self._ids = {person.signatory_id: person for person in known}
        self._named: defaultdict[str, list[Person]] = defaultdict(list)
        for person in self._ids.values():
            if person.name:
                self._named[name_key(person.name)].append(person)
        self._proposed = 0
        self.find = lru_cache(100_000)(self._find)
        self._codes_meant = lru_cache(10_000)(self._look_up_codes)

    def _find(self, text: str) -> str:
        """The id of the one signatory whom a text means. Raises InvalidValue: `unknown_signatory`,
        `near_signatory` (near), `several_signatories` (near)."""
        found = self.people_named(text)
        if len(found) == 1:
            return found[0].signatory_id
        if found:
            raise InvalidValue("several_signatories", near=self.list_people(found))
        placed, near = self._near_at_place(text)
        if not placed:
            near = self._near({text, *(who for who, _ in _parted(text))})
        if near:
            raise InvalidValue("near_signatory", near=self.list_people(near))
        raise InvalidValue("unknown_signatory")

    def people_named(self, text: str) -> list[Person]:
        """The signatories whom a text may mean."""
        found = self._of(text, None)
        for who, where in _parted(text):
            found = found or self._of(who, where)
        return found

    def find_several(self, text: str) -> list[Person]:
        """The signatories that a text lists, by their names or where they alone signed: « Lyon /
        Villeurbanne »; none unless each part of it, of two at least, is one."""
        for mark in _LISTED:
            parts = [*filter(None, map(str.strip, mark.split(text)))]
            if len(parts) < 2:
                continue
            found = [self.people_named(part) or self.at_place(part) for part in parts]
            if all(len(some) == 1 for some in found):
                return [*dict.fromkeys(one for some in found for one in some)]
        return []

    def with_surname_at(self, text: str) -> list[Person]:
        """Those who signed in the place that a text says and have every word that stands beside it in
        their name: « Mme Abrial (Lille) »."""
        found: dict[Person, None] = {}
        for who, where in _parted(text):
            words = {word for word in tokens_of(who) if word not in CIVILITIES}
            if any(len(word) >= _SURNAME for word in words):
                there = self._beside(where)
                found |= dict.fromkeys(one for one in there if words <= {*tokens_of(one.name)})
        return [*found]

    def at_place(self, text: str) -> list[Person]:
        """Those who signed in the place that a text means."""
        return self._signed_in({text.upper(), *self._communes.codes_meant(text)})

    def begun_at(self, text: str) -> list[Person]:
        """Those who signed in the one place, of all where somebody did, of which a text is the first
        words or an abbreviation: « Aix », « La Roche/Yon »."""
        words = search_key(SLASH.sub(" s ", WITHIN_WORD.sub(" s ", text[:100]))).split()
        if not any(len(word) >= _BEGUN and word not in _COMMON for word in words):
            return []
        found = []
        for code in self._at_place:
            whole = search_key(self._place_of(code)).split()
            if whole[: len(words)] == words or abbreviates(words, whole):
                found.append(code)
        return self._at_place[found[0]] if len(found) == 1 else []

    def _beside(self, where: str) -> list[Person]:
        """The same of a text that stands beside a name."""
        return self._signed_in({where.upper(), *self._codes_meant(where)})

    def _signed_in(self, codes: Collection[str]) -> list[Person]:
        return [person for code in codes for person in self._at_place.get(code, ())]

    @cached_property
    def _at_place(self) -> dict[str, list[Person]]:
        found: defaultdict[str, list[Person]] = defaultdict(list)
        for person in self._ids.values():
            found[person.commune].append(person)
        return found

    def _near(self, names: Collection[str]) -> list[Person]:
        """Those whose name may be one of these, none once enough were proposed."""
        if self._proposed >= PROPOSED:
            return []
        self._proposed += 1
        words = {word for name in names for word in tokens_of(name)}
        alike = {person: None for word in words for person in self._with_word.get(word, ())}
        return [one for one in alike if any(same_name(one.name, name) for name in names)]

    def _near_at_place(self, text: str) -> tuple[bool, list[Person]]:
        """(whether a text says where somebody signed, those who signed there and may be meant: their
        names are near, or have a long word of it). Of another place is nobody but who has that very
        name."""
        placed, found = False, {}
        for who, where in _parted(text):
            there = self._beside(where) or self.begun_at(where)
            placed = placed or bool(there)
            words = {word for word in tokens_of(who) if len(word) >= _SURNAME}
            for person in there:
                if same_name(person.name, who) or words.intersection(tokens_of(person.name)):
                    found[person] = None
        if placed and not found:  # the very name elsewhere
            names = [who for who, _ in _parted(text)]
            found = dict.fromkeys(one for name in names for one in self._of(name, None))
        return placed, [*found]

    @cached_property
    def _with_word(self) -> dict[str, list[Person]]:
        found: defaultdict[str, list[Person]] = defaultdict(list)
        for person in self._ids.values():
            for word in tokens_of(person.name):
                found[word].append(person)
        return found

    def at(self, name: str, commune: str) -> list[str]:
        """The ids of those of that name who signed in that commune."""
        found = self._named.get(name_key(name), [])
        return [person.signatory_id for person in found if person.commune == commune]

    def derive_id(self, name: str, commune: str) -> str:
        """The id of who has none of their own: the same for the same name and place, whatever the log
        still says of them. Nobody can test a guess of the name, which a court may have removed, without
        the secret. Whoever the log knows by an id of before there was one keeps it."""
        parts = (name_key(name), commune)
        found = f"p-{hmac.digest(self._id_key, _joined(*parts), 'sha256').hex()[:DIGITS]}"
        former = f"p-{_digest(*parts)}"
        return former if found not in self._ids and former in self._ids else found

    def _of(self, who: str, where: str | None) -> list[Person]:
        known = [self._ids[who]] if who in self._ids else self._named.get(name_key(who), [])
        return [person for person in known if where is None or self._is_at(person, where)]

    def _is_at(self, person: Person, where: str) -> bool:
        """Whether a text may mean the commune of somebody: its code, its name, or one that it had; or
        the city of which it is an arrondissement."""
        code = person.commune
        if where.upper() == code.upper() or search_key(where) == search_key(self._place_of(code)):
            return True
        return not {code, city_of_district().get(code)}.isdisjoint(self._codes_meant(where))

    def _look_up_codes(self, where: str) -> set[str]:
        """The codes of the places that a text may mean beside a name: it may begin the name of one."""
        if codes := self._communes.codes_meant(where):
            return codes
        part = self._communes.part_meant(where)
        return {part.code} if part else set()

    def _place_of(self, code: str) -> str:
        return self._communes.name_of(code) or code

    def name_person(self, signatory_id: str) -> str:
        """A signatory as a sentence names them, with the place and with an own id."""
        known = self._ids.get(signatory_id)
        return self.list_people([known]) if known else signatory_id

    def list_people(self, people: Iterable[Person]) -> str:
        """Some people as a sentence says them, the first of them where they are many."""
        named = [f"{one.name} ({self._place_of(one.commune)}){_own_id(one)}" for one in people]
        return join_first(named, NAMED, " ; ")


def _parted(text: str) -> Iterator[tuple[str, str]]:
    """(who, where) of every place where a text may be parted so, and the reverse: « Lille – Abrial »."""
    for found in _BEFORE_PLACE.finditer(text):
        where = text[found.end() :].strip()
        if found.group().strip() == "(":
            where = where.removesuffix(")")
        who = text[: found.start()].strip()
        if who and where:
            yield who, where
            yield where, who


def _own_id(person: Person) -> str:
    """Their id after the name, where somebody wrote it."""
    return "" if is_derived_id(person.signatory_id) else f", {person.signatory_id}"


#: What `derive_id` and `derive_action_id` make.
_DERIVED = re.compile(rf"[ap]-[0-9a-f]{{{DIGITS}}}")


def is_derived_id(name: str) -> bool:
    """Whether nobody wrote this id: it stands for a name and a place, or for what an entry says."""
    return _DERIVED.fullmatch(name) is not None


def derive_action_id(*identity: str) -> str:
    """The id of an entry that has none of its own, from what identifies it: facts alone."""
    return f"a-{_digest(*identity)}"


def _digest(*parts: str) -> str:
    return hashlib.sha256(_joined(*parts)).hexdigest()[:DIGITS]


def _joined(*parts: str) -> bytes:
    return "\x1f".join(parts).encode()
