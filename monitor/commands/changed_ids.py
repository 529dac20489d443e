"""Ids that are about somebody or something else than they were: rows numbered by their place move so
when one is added above them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from monitor.commands.names import same_name, tokens_of

#: Of an action: when, by which words, on which document.
_SAYS = (3, 6, 8, 10)


class Move(NamedTuple):
    """`place`: the column that says whom or what a row is about; `code`: in what it differs from what
    the log has under the id; `before`: that. Not `sure`: it may be a correction as well."""

    place: int
    code: str
    before: str
    sure: bool = True


def change_of_id(
    content: str, before: Sequence[str | None], values: Sequence[str | None]
) -> Move | None:
    """What else the row of an id is about than the version before, None for the same."""
    if content == "signatories":
        if before[2] != values[2]:
            return Move(2, "other_commune", f"{before[1]} ({before[2]})")
        if not same_name(before[1] or "", values[1] or ""):
            return Move(1, "other_person", before[1] or "")
    elif content == "actions":
        if before[1] != values[1]:
            return Move(1, "other_signatory", before[1])
        if before[2] != values[2]:
            return Move(2, "other_measure", before[2])
        if all(before[n] != values[n] for n in _SAYS if before[n] or values[n]):
            return Move(3, "other_fact", before[6] or before[8] or before[3], sure=False)
    elif content == "areas" and not set(tokens_of(before[1])) & set(tokens_of(values[1])):
        return Move(1, "other_area", before[1], sure=False)
    return None


@dataclass
class Moves:
    """How many ids of a file the log knew, and how many of them are about another now."""

    known: int = 0
    found: list[Move] = field(default_factory=list)

    @property
    def are_row_numbers(self) -> bool:
        """Whether so many moved that the ids may be the numbers of rows: two at least, and half."""
        return len(self.found) >= 2 and 2 * len(self.found) >= self.known

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """What fills the sentence about them."""
        return (("moved", str(len(self.found))), ("known", str(self.known)))
