"""What is odd of answers: one that is another now, of the day of the former one."""

from monitor.commands.doubting.base import Weighing
from monitor.models import RowOutcome


class WeighingAnswers(Weighing):
    """An answer that changed while its day did not would be shown as given on that day."""

    def weigh(self, kept):
        super().weigh(kept)
        for found, outcome in kept:
            if outcome is not RowOutcome.CORRECTED or found.before is None:
                continue
            was, values = found.before.values, found.row.values
            if was.answer != values.answer and was.answered_on == values.answered_on is not None:
                self.doubt(found.row, "answered_on", "answer_of_former_day")
