"""What somebody said is to be read in place of the words of some cells, wherever these stand in their
column."""

from collections.abc import Collection, Mapping, Sequence

from monitor.intake.ambiguous_titles import visible_title
from monitor.intake.beside import PLACE, Beside, find_beside, join_beside
from monitor.intake.cells import FaultyCell, clean_cell, displayable
from monitor.intake.marks import mark_key
from monitor.intake.titles import TITLED

#: The columns in which a fact says what it rests on.
_OF_SOURCE = ("source_url", "source_title")


def words_key(cell: str) -> str:
    """The same for cells that say the same, whatever their case and their blanks."""
    return " ".join(mark_key(displayable(clean_cell(cell))).split())


class WordsReading:
    """Reads the words of the rows below some titles. `words`: by the places of columns, and the words of
    their cells (`words_key`), what is read instead. `names`: what the columns are, or their titles.
    `own_places`: the pact names its places itself."""

    def __init__(
        self,
        words: Mapping[int, Mapping[str, str]],
        names: Sequence[str],
        content: str,
        own_places: bool,
    ):
        self._words, self._names = words, names
        self._places = {name: n for n, name in enumerate(names)}
        self._beside = [
            one
            for known, of_places in ((TITLED[content], False), (TITLED["signatories"], True))
            for one in (self._find_beside(known, own_places) if words else ())
            if (one[1] == PLACE) == of_places
        ]

    def _find_beside(self, known: Collection[str], own_places: bool) -> Beside:
        """What stands beside the columns of a file, or beside a place whatever the file is."""
        meant = [name if name in known else None for name in self._names]
        return find_beside([*map(visible_title, self._names)], meant, known, own_places)

    def read(self, place: int, cells: list[str]) -> tuple[str, str] | None:
        """(the words of a cell with what stands beside it, what is read instead), which is put there;
        None where nobody said anything of these words."""
        if not (words := self._words.get(place)):
            return None
        beside = [one for one in self._beside if self._places.get(one[1]) == place]
        whole = [*cells]
        whole[place] = self._shown(place, cells[place])
        join_beside(beside, whole, cells, self._places)
        said = clean_cell(whole[place])
        became = words.get(words_key(said or self._fact_in(place, cells)))
        if became is None:
            return None
        for position, *_ in beside:
            cells[position] = ""
        cells[place] = became
        return said, became

    def _fact_in(self, place: int, cells: Sequence[str]) -> str:
        """What a row says that happened, by which its source is known where it has none."""
        at = self._places.get("summary", -1)
        is_source = self._names[place] in _OF_SOURCE
        return clean_cell(cells[at]) if is_source and 0 <= at < len(cells) else ""

    def _shown(self, place: int, cell: str) -> str:
        """What a cell shows, which may be merged with others of which each says the same."""
        if isinstance(cell, FaultyCell) and cell.code == "merged_cell" and self._groups(place):
            return dict(cell.values).get("first", "")
        return cell

    def _groups(self, place: int) -> bool:
        return self._names[place] in (PLACE, "theme")
