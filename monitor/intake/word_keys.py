"""Words as they are looked up, in any gender, case and spelling."""

import re
from functools import lru_cache

from monitor.areas import search_key

#: « élu(e) », « élu·e », « élu.e.s », « élu/e », « conseiller(ère) d’opposition ».
_BOTH_GENDERS = re.compile(
    r"[(·•./\-]e\)?(?:[(·•./\-]?s\)?)?$|[(·•](?:e|ère|ere|ne|trice)\)?(?:[(·•]?s\)?)?(?!\w)"
)


def word_key(word: str) -> str:
    """The same for a word in any gender, case and spelling."""
    return (_short_key if len(word) <= _SHORT else _key)(word)


def _key(word: str) -> str:
    bare = _BOTH_GENDERS.sub("", word.strip().casefold())
    return search_key(bare.replace("_", " "))


#: Letters of a word of which the key is kept: the same few stand in thousands of cells.
_SHORT, _short_key = 100, lru_cache(20_000)(_key)
