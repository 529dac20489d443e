"""Themes that a table of measures writes once, above several measures."""

from collections.abc import Sequence


def carry_themes(measures: Sequence[dict[str, str]]) -> int:
    """Give each measure below a theme that theme, where a table says each of several once, the first
    with the first measure; how many got it so. What is part of another measure has that one's."""
    themes = [one["theme"] for one in measures if one.get("theme")]
    if len(themes) < 2 or len({*themes}) < len(themes) or not measures[0].get("theme"):
        return 0
    carried, theme = 0, ""
    for one in measures:
        theme = one.get("theme") or theme
        if not one.get("theme") and not one.get("parent"):
            one["theme"] = theme
            carried += 1
    return carried
