"""Whether two names may be those of one person: capitals, accents, order, initials, names by birth or
by marriage, a slip of the pen."""

import re
from collections import Counter
from functools import lru_cache

from rapidfuzz.distance import OSA

from monitor.areas import search_key
from monitor.intake.name_words import (
    ALSO_NAMED,
    CIVILITIES,
    PARTICLES,
    TITLES,
    differ_by_gender,
)

#: Words beside a name, wherever they stand.
_BESIDE = CIVILITIES | ALSO_NAMED
#: « Mme », « M. », « Mme/M. » before a name.
_CIVILITY = re.compile(
    r"(?:(?:M|Mr|Mme|Mlle)\.?\s?/\s?(?:M|Mr|Mme)\.?|M\.?|Mr\.?|Mme\.?|Mlle\.?|Monsieur|Madame"
    r"|Mademoiselle|Mrs\.?|Ms\.?|Miss|Cllr\.?|Councillor)\s+(?=\w)(?!(?:et|and)\b)",
    re.IGNORECASE,
)
#: A shorter word that differs by a letter is another word: Roy, Ray.
_LONG = 5
#: Initials that may stand as one word: JP, JM.
_GLUED = (2, 3)


@lru_cache(100_000)
def tokens_of(name: str) -> tuple[str, ...]:
    """The words of a name, unaccented, in small letters: « LE GOFF-Mérel » is le, goff, merel."""
    words = re.findall(r"[^\W_]+", search_key(name))
    while len(words) > 2 and words[0] in TITLES:
        words = words[1:]
    return tuple(word for word in words if word not in _BESIDE or len(words) <= 2) or tuple(words)


def without_civility(name: str, language: str) -> str:
    """A name without what stands before it alone: « Mme », « Monsieur ». « M. » before one word, or in
    another language than French, may be an initial."""
    if (match := _CIVILITY.match(name)) and len(rest := name[match.end() :]) > 1:
        is_initial = match[0].strip(" .") in "Mm" and (" " not in rest or language != "fr")
        return name if is_initial else rest
    return name


@lru_cache(100_000)
def name_key(name: str) -> str:
    """The same for the same words in any order."""
    return " ".join(sorted(tokens_of(name)))


def same_name(one: str, other: str) -> bool:
    """Whether both may name one person."""
    mine, theirs = tokens_of(one), tokens_of(other)
    if not mine or not theirs:
        return False
    if sorted(mine) == sorted(theirs) or _joined(mine) & _joined(theirs):
        return True
    return _within(mine, theirs) or _within(theirs, mine) or _slip(mine, theirs)


def _joined(words: tuple[str, ...]) -> set[str]:
    """The words written as one, from each of them on, with and without particles: Legoff Jeanne is
    Jeanne Le Goff."""
    bare = tuple(word for word in words if word not in PARTICLES)
    return {
        "".join(some[n:] + some[:n])
        for some in {words, bare}
        if len(some) > 1 or some == words
        for n in range(len(some))
    }


def _within(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """Whether each word of one name is a word, or the initials of words, of the other; two words at
    least, one of which is no initial."""
    if not 2 <= len(few) <= len(many) or max(map(len, few)) < 3:
        return False
    left = list(many)
    for word in sorted(few, key=len, reverse=True):
        alike = [word] if word in left else _abbreviated(word, left)
        if not alike:
            return False
        for one in alike:
            left.remove(one)
    return True


def _abbreviated(initials: str, names: list[str]) -> list[str]:
    """The names, one after the other, whose initials these may be; [] if none."""
    size = len(initials)
    if size != 1 and size not in _GLUED:
        return []
    for n in range(len(names) - size + 1):
        some = names[n : n + size]
        if initials == "".join(name[0] for name in some):
            return some
    return []


def _slip(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether one letter of one long word, and nothing else, differs; not that which tells a woman
    from a man."""
    left, right = Counter(mine) - Counter(theirs), Counter(theirs) - Counter(mine)
    if left.total() != 1 or right.total() != 1:
        return False
    (one,), (other,) = left, right
    if min(len(one), len(other)) < _LONG or OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    return not differ_by_gender(one, other)
