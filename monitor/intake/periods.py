"""What a sheet may be called after beside what it holds: « Suivi mars 2026 », « Suivi T2 », « Résultats
1er tour »."""

import re

_MONTH = (
    r"janvier|fevrier|mars?|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january"
    r"|february|march|april|may|june|july|august|september|october|november|december"
)
_RANK = r"(?:1er|1re|2e|2eme|2d|2nd|3e|3eme|4e|4eme|premier|second|deuxieme|1st|first|3rd|4th)"
_PERIOD = re.compile(
    r"(?<=\w) (?:(?:de |du |d |en |au |a |of |in |to |the )*"
    rf"(?:{_MONTH}|(?:19|20)\d\d(?: \d{{2,4}})?|[tq][1-4]|s[12]"
    rf"|{_RANK} (?:tour|trimestre|semestre|round|quarter|half)"
    r"|(?:tour|round|trimestre|semestre) [1-4]|n ?° ?\d+|v ?\d+|maj|final|definitif"
    r"|municipales?|elections?))$"
)
#: The one year that a title has.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def without_period(key: str) -> str:
    """The search key of a title without the time that it ends with."""
    while (shorter := _PERIOD.sub("", key)) != key:
        key = shorter
    return key


def year_of(title: str) -> str:
    """The year that a title says, "" where it says none, or several."""
    found = {*_YEAR.findall(title)}
    return found.pop() if len(found) == 1 else ""
