"""In which language an address is answered."""

import re
from collections.abc import Mapping
from functools import lru_cache

from monitor.i18n import LANGUAGES, interface_language
from monitor.snapshot import Snapshot

#: RFC 9110, 12.4.2.
_WEIGHT = re.compile(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


def choose_language(query: Mapping[str, str], accepted: str, current: Snapshot | None) -> str:
    """The language of the address; else the one that its reader likes best of those that there are, by
    their `accepted` (the header Accept-Language); else that of the pact; else French."""
    if (wanted := query.get("lang")) in LANGUAGES:
        return wanted
    if liked := preferred_language(accepted):
        return liked
    logs = current.logs if current else {}
    shown = logs.get(query.get("pacte", "")) or (current and logs.get(current.default_pact() or ""))
    return interface_language(shown.pact.language) if shown else LANGUAGES[0]


@lru_cache(1_000)
def preferred_language(accepted: str) -> str | None:
    """The language of the interface that a reader likes best, by the header Accept-Language of their
    browser (RFC 9110, 12.5.4): fr of « de, fr-CH;q=0.8, en;q=0.5 »; None where it has none of theirs."""
    found: dict[str, float] = {}
    for part in accepted.split(","):
        tag, _, weight = part.partition(";")
        lang = tag.strip().replace("_", "-").partition("-")[0].lower()
        liked = _weight(weight)
        if lang in LANGUAGES and liked > found.get(lang, 0):
            found[lang] = liked
    return max(found, key=found.__getitem__, default=None)


def _weight(quality: str) -> float:
    """How much a language is liked, 1 where nothing is said of it; what cannot be read is not liked."""
    given = _WEIGHT.fullmatch(quality.strip().lower())
    return float(given[1]) if given else float(not quality.strip())
