"""What a file says of single commitments: each was made."""

from functools import cached_property

from monitor.commands.actions import ActionWriter
from monitor.commands.deciding import Deciding, Objection


class DecidingDetails(Deciding):
    """Words about a measure that somebody has not signed would be shown nowhere: they are refused."""

    @cached_property
    def _made(self) -> dict[tuple[str, str], int]:
        return ActionWriter.beside(self._writer).commitments

    def _object_to(self, found):
        own = found.row.values
        if (own.signatory_id, own.measure) in self._made:
            return None
        return Objection("measure", "not_committed")
