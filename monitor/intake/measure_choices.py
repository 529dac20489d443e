"""The measures that a column of answers may be about, for somebody who says which."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from monitor.areas import search_key
from monitor.intake.header_row import ANSWERING, match_title
from monitor.pacts import Measure


def measure_choices(measures: Iterable[Measure], lang: str) -> dict[str, str]:
    """What each measure is called in a list, by what a title that means it says: its number, its wording
    where that is the name of a column."""
    found = {}
    for one in measures:
        is_column = any(match_title(content, one.id) is not None for content in ANSWERING)
        found[one.wording if is_column else one.id] = f"{one.id}. {one.title(lang)}"
    return found


def sort_by_likeness(title: str, choices: dict[str, str]) -> list[str]:
    """The choices, that first which is most like a title."""
    key = search_key(title)
    return sorted(choices, key=lambda one: -fuzz.ratio(key, search_key(choices[one])))
