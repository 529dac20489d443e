"""Themes that a table of measures writes once, above several measures."""

from collections.abc import Sequence

from monitor.intake.cells import FaultyCell
from monitor.intake.layout import place_of


def carry_themes(measures: Sequence[dict[str, str]]) -> int:
    """Give each measure below a theme that theme, where a table says each of several once, the first
    with the first measure; how many got it so. What is part of another measure has that one's."""
    said = [one["theme"] for one in measures if one.get("theme")]
    if len(said) < 2 or len({*said}) < len(said) or not measures[0].get("theme"):
        return 0
    carried, theme = 0, ""
    for one in measures:
        theme = one.get("theme") or theme
        if not one.get("theme") and not one.get("parent"):
            one["theme"] = theme
            carried += 1
    return carried


class MergedThemes:
    """The themes of a table, row after row: a cell that is merged with those above it in its column says
    what the first of them says."""

    def __init__(self) -> None:
        self._above = ""
        self._is_told = False

    def read(self, cell: str, position: int) -> str:
        """What a cell says, which stands at that place of its row; a cell merged otherwise as it is."""
        if type(cell) is not FaultyCell or cell.code != "merged_cell":
            self._above = cell
            return cell
        column, _ = place_of(dict(cell.values)["near"].partition(":")[0])
        return self._above if column - 1 == position else cell

    def tell_once(self) -> bool:
        """Whether nobody was told yet."""
        told, self._is_told = self._is_told, True
        return not told
