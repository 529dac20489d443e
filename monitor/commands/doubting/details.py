"""What is odd of what is said of one commitment alone: a due date that is another now."""

from monitor.commands.doubting.base import Weighing


class WeighingDetails(Weighing):
    """Verdicts and lateness would be judged by the new date, those of past days included."""

    def weigh(self, kept):
        super().weigh(kept)
        for found, _ in kept:
            if found.before:
                self.doubt_moved_due(found.row, found.before.values.due_on)
