"""The parts in which a long list of measures is folded on a page without scripts."""

from collections.abc import Sequence

from monitor.i18n import text
from monitor.read.selection import View

#: With more measures than this, each theme unfolds; without themes, each part of so many.
MEASURES, OF_PART = 15, 25


def name_parts(view: View, measures: Sequence[str]) -> dict[str, str]:
    """What heads the part in which each measure stands: its theme; without themes, the first and the
    last of the part; "" of few measures."""
    lang = view.lang
    if len(measures) <= MEASURES or (len(view.pact.themes) <= 1 and len(measures) <= OF_PART):
        return dict.fromkeys(measures, "")
    if len(view.pact.themes) > 1:
        unknown = text("theme.unknown", lang)
        return {one: view.measure(one).theme or unknown for one in measures}
    found = {}
    for start in range(0, len(measures), OF_PART):
        part = measures[start : start + OF_PART]
        words = text("comparison.part", lang, first=part[0], last=part[-1])
        found |= dict.fromkeys(part, words)
    return found
