"""What is odd of areas: a number of inhabitants far from the one that the log has."""

from monitor.commands.doubting.base import Weighing, changed_rows
from monitor.intake.row_rules import FAR


class WeighingAreas(Weighing):
    """Each area beside its version before."""

    gone = "area_gone"

    def weigh(self, kept):
        super().weigh(kept)
        for found in changed_rows(kept):
            row = found.row
            before, after = found.before and found.before.values.population, row.values.population
            if not before or not after or float(before) <= 0:
                continue
            is_told = any(doubt.code == "population_far" for doubt in row.doubts)
            ratio = float(after) / float(before)
            if not is_told and not 1 / FAR <= ratio <= FAR:
                self.doubt(row, "population", "population_changed", size=int(float(before)))
