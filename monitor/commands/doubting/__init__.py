"""What is odd about rows that can be loaded: reported beside the refusals, before anything is written.

Each kind of row has a class that looks for what is odd. A new doubt is a call of `doubt` there, or
a `Doubt` that reading the file puts into `Row.doubts` or `Table.doubts`, and its sentence:
`doubt.<code>` in `locale/*/doubts.po`.
"""

from monitor.commands.doubting.actions import WeighingActions
from monitor.commands.doubting.answers import WeighingAnswers
from monitor.commands.doubting.areas import WeighingAreas
from monitor.commands.doubting.base import DoubtScope, Weighing
from monitor.commands.doubting.details import WeighingDetails
from monitor.commands.doubting.gone import tell_gone
from monitor.commands.doubting.mandates import WeighingMandates
from monitor.commands.doubting.signatories import WeighingSignatories

__all__ = ["DoubtScope", "Weighing", "make_weighing", "tell_gone"]

_WEIGHING = {
    "signatories": WeighingSignatories,
    "mandates": WeighingMandates,
    "actions": WeighingActions,
    "areas": WeighingAreas,
    "answers": WeighingAnswers,
    "details": WeighingDetails,
}


def make_weighing(content: str, asked: DoubtScope) -> Weighing:
    """Who looks for what is odd of rows of this kind."""
    return _WEIGHING.get(content, Weighing)(content, asked)
