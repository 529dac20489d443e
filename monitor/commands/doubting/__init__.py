"""What is odd of a file's rows that can be taken: said beside the refusals, before anything is kept.

A kind of row says what it finds odd in a class of its own. A new doubt is a call of `doubt` there, or
in the reading of files a `Doubt` in `Row.doubts` or `Table.doubts`, and its sentence: `doubt.<code>`
in `locale/*/doubts.po`.
"""

from monitor.commands.doubting.actions import WeighingActions
from monitor.commands.doubting.areas import WeighingAreas
from monitor.commands.doubting.base import DoubtScope, Weighing
from monitor.commands.doubting.gone import tell_gone
from monitor.commands.doubting.mandates import WeighingMandates
from monitor.commands.doubting.signatories import WeighingSignatories

__all__ = ["DoubtScope", "Weighing", "make_weighing", "tell_gone"]

_WEIGHING = {
    "signatories": WeighingSignatories,
    "mandates": WeighingMandates,
    "actions": WeighingActions,
    "areas": WeighingAreas,
}


def make_weighing(content: str, asked: DoubtScope) -> Weighing:
    """Who looks for what is odd of rows of this kind."""
    return _WEIGHING.get(content, Weighing)(content, asked)
