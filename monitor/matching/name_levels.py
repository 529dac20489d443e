"""How far two names may be those of one person: a name as somebody wrote it, and one of a register,
which keeps the family name and the given names apart.

The levels are those of record linkage (Fellegi and Sunter, A Theory for Record Linkage, 1969): a match
that needs no clerk, one that does, none.
"""

import re
from enum import IntEnum, StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from monitor.areas import search_key
from monitor.intake.name_words import ALSO_NAMED, PARTICLES, TITLES, differ_by_gender

Words = tuple[str, ...]


class Level(StrEnum):
    """What a comparison of two names says, the surest first."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    TO_SEE = "to_see"
    NONE = "none"


class FamilyNameMatch(IntEnum):
    """How far two family names are the same, the nearest first."""

    EQUAL = 0
    PART = 1
    NEAR = 2
    SLIP = 3
    OTHER = 4


class GivenNameMatch(IntEnum):
    """How far two given names are the same, the nearest first."""

    EQUAL = 0
    PART = 1
    INITIAL = 2
    NEAR = 3
    SLIP = 4
    OTHER = 5


_ALSO_NAMED = re.compile(rf"\b(?:{'|'.join(sorted(ALSO_NAMED))})\b")
#: After a particle, a part of it: de la Tour.
_ARTICLES = {"la", "le", "les", "l"}
#: A common word of a double name is at least so long.
_COMMON = 4
#: From so many letters on, one slip may be of one name, and two: Roy is not Ray.
_SHORT, _LONG = 4, 8
#: The least likeness (Winkler 1990) of two names that are near: a slip in the first letters makes them
#: less alike, and leaves something to see.
_LIKE = 0.88
#: A word in which hyphens, accents and capitals are as they were written.
_WORD = re.compile(r"\S+")
#: What ends a given name that was cut short, « Fréd. », « Jean- », and stands for it behind its words.
_CUT, _CUT_MARK = (".", "-", "\u2010", "\u2011"), "…"


def compare_names(text: str, family: str, given: str, *, woman: bool = False) -> Level:
    """How far a name as somebody wrote it, in any order, may be that of a person of a register.

    The same family name is always worth being seen: no given name, or another one, may be a nickname.
    `woman`: whether the register says so: then another family name may be that of a husband, and the
    same given name is worth being seen. A slip of the pen in either name is, wherever it stands.
    """
    if _words(text) in (whole := (_words(given) + _words(family), _words(family) + _words(given))):
        return Level.CERTAIN if min(map(len, whole)) else Level.NONE
    best = Level.NONE
    for names in _names_in(text):
        for theirs in _family_names(family):
            for mine, first in _splits(names):
                level = _level(
                    _compare_family(mine, theirs), _compare_given(first, _words(given)), woman
                )
                if level is Level.CERTAIN:
                    return level
                best = min(best, level, key=RANK.__getitem__)
    return best


def is_same_name(text: str, family: str, given: str) -> bool:
    """Whether two names are the same but for their order, accents, hyphens, particles and titles: what
    is certain may yet be written with one more or one less of a double name, or with a slip."""
    return any(
        _compare_family(mine, theirs) is FamilyNameMatch.EQUAL
        and _compare_given(first, _words(given)) is GivenNameMatch.EQUAL
        for names in _names_in(text)
        for theirs in _family_names(family)
        for mine, first in _splits(names)
    )


#: How sure each level is, the surest first.
RANK = {level: rank for rank, level in enumerate(Level)}


def _level(family: FamilyNameMatch, given: GivenNameMatch, woman: bool) -> Level:
    if given is GivenNameMatch.EQUAL and family <= FamilyNameMatch.NEAR:
        return Level.CERTAIN
    if given is GivenNameMatch.PART and family is FamilyNameMatch.EQUAL:
        return Level.CERTAIN
    if given <= GivenNameMatch.NEAR and family <= FamilyNameMatch.PART:
        return Level.PROBABLE
    if given is GivenNameMatch.NEAR and family is FamilyNameMatch.NEAR:
        return Level.PROBABLE
    if family is FamilyNameMatch.EQUAL or (given is GivenNameMatch.EQUAL and woman):
        return Level.TO_SEE
    if family is not FamilyNameMatch.OTHER and given is not GivenNameMatch.OTHER:
        return Level.TO_SEE
    return Level.NONE


@lru_cache(200_000)
def _words(text: str) -> Words:
    return tuple(search_key(text).split())


@lru_cache(200_000)
def _names_in(text: str) -> tuple[tuple[Words, ...], ...]:
    """The ways to read a name: each a tuple of written words, each of them one word or, with hyphens,
    several. « Anne Le Goff née Roy » is Anne Le Goff and Anne Le Goff Roy."""
    written = tuple(
        (*words[:-1], words[-1] + _CUT_MARK) if one.endswith(_CUT) and len(words[-1]) > 1 else words
        for one in _WORD.findall(text)
        if (words := _words(one))
    )
    while len(written) > 2 and len(written[0]) == 1 and _without_marks(written[0])[0] in TITLES:
        written = written[1:]
    for place, words in enumerate(written):
        if 0 < place < len(written) - 1 and _ALSO_NAMED.fullmatch(" ".join(_without_marks(words))):
            return written[:place], written[:place] + written[place + 1 :]
    return (written,)


@lru_cache(200_000)
def _family_names(text: str) -> tuple[Words, ...]:
    """The family names that a register gives for one person: « ROY EP. LE GOFF » is Roy, Le Goff, and
    both."""
    parts = [tuple(part.split()) for part in _ALSO_NAMED.split(search_key(text)) if part.strip()]
    together = tuple(word for part in parts for word in part)
    return (together,) if len(parts) == 1 else (together, *parts)


def _splits(written: tuple[Words, ...]) -> tuple[tuple[Words, Words], ...]:
    """Every way to part a name into (family, given), in both orders; the family name may stand alone."""
    ways = [
        (written[-1], ()) if len(written) == 2 and written[0] == ("m",) else (sum(written, ()), ())
    ]
    for place in range(1, len(written)):
        front = tuple(word for words in written[:place] for word in words)
        rest = tuple(word for words in written[place:] for word in words)
        ways += [(rest, front), (front, rest)]
    return tuple(ways)


@lru_cache(200_000)
def _without_particles(words: Words) -> Words:
    bare, after = [], False
    for word in words:
        particle = word in PARTICLES or (after and word in _ARTICLES)
        if not particle:
            bare.append(word)
        after = particle
    return tuple(bare) or words


@lru_cache(200_000)
def _compare_family(one: Words, other: Words) -> FamilyNameMatch:
    if not one or not other:
        return FamilyNameMatch.OTHER
    one = _without_marks(one)
    mine, theirs = _without_particles(one), _without_particles(other)
    if "".join(one) == "".join(other) or sorted(mine) == sorted(theirs):
        return FamilyNameMatch.EQUAL
    if "".join(mine) == "".join(theirs):
        return FamilyNameMatch.EQUAL
    few, many = sorted((set(mine), set(theirs)), key=len)
    if few <= many and max(map(len, few)) > 1:
        return FamilyNameMatch.PART
    if len(many) > 1 and any(len(word) >= _COMMON for word in few & many):
        return FamilyNameMatch.PART
    this, that = "".join(mine), "".join(theirs)
    if not _differ_by_a_slip(this, that):
        return FamilyNameMatch.OTHER
    return FamilyNameMatch.NEAR if _is_like(this, that) else FamilyNameMatch.SLIP


@lru_cache(200_000)
def _compare_given(one: Words, other: Words) -> GivenNameMatch:
    if not one or not other:
        return GivenNameMatch.OTHER
    if (whole := _without_marks(one)) != one:
        found = _compare_given(whole, other)
        is_cut = _may_abbreviate(one, other) or found is GivenNameMatch.PART
        return GivenNameMatch.INITIAL if is_cut and found is not GivenNameMatch.EQUAL else found
    if "".join(one) == "".join(other) or sorted(one) == sorted(other):
        return GivenNameMatch.EQUAL
    few, many = sorted((one, other), key=len)
    if set(few) <= set(many) and max(map(len, few)) > 1:
        return GivenNameMatch.PART
    if _may_abbreviate(one, other) or _may_abbreviate(other, one):
        return GivenNameMatch.INITIAL
    mine, theirs = "".join(one), "".join(other)
    if differ_by_gender(mine, theirs) or not _differ_by_a_slip(mine, theirs):
        return GivenNameMatch.OTHER
    return GivenNameMatch.NEAR if _is_like(mine, theirs) else GivenNameMatch.SLIP


def _may_abbreviate(short: Words, names: Words) -> bool:
    """Whether each word is a name or its initial, one after the other: J, JP, J P, Jean P."""
    if len(short) == 1 and 1 < len(letters := short[0].rstrip(_CUT_MARK)) == len(names):
        short = tuple(letters)
    return any(map(_is_short, short)) and all(
        word == name or (_is_short(word) and name.startswith(word.rstrip(_CUT_MARK)))
        for word, name in zip(short, names, strict=False)
    )


def _is_short(word: str) -> bool:
    """Whether a word is an initial, or was cut."""
    return len(word) == 1 or word.endswith(_CUT_MARK)


def _without_marks(words: Words) -> Words:
    return tuple(word.rstrip(_CUT_MARK) for word in words)


def _differ_by_a_slip(one: str, other: str) -> bool:
    short = min(len(one), len(other))
    most = 2 if short >= _LONG else int(short >= _SHORT)
    return OSA.distance(one, other, score_cutoff=most) <= most


def _is_like(one: str, other: str) -> bool:
    return JaroWinkler.similarity(one, other) >= _LIKE
