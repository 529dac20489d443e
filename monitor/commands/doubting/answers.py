"""What is odd of answers: one that is another now, of the day of the former one, or about facts."""

from monitor.commands.doubting.base import Weighing
from monitor.models import COMMITTING, RowOutcome

_FACTS = """
    SELECT c.signatory_id, c.measure_id, count(DISTINCT a.first) FROM commitment c
    JOIN action a ON a.commitment_id = c.id
    WHERE c.pact_id = :pact AND a.seq <= :until AND c.signatory_id IN (:keys)
    GROUP BY c.signatory_id, c.measure_id
"""


class WeighingAnswers(Weighing):
    """An answer that changed while its day did not would be shown as given on that day; what the log
    has about a measure that somebody refuses now counts no more."""

    def weigh(self, kept):
        super().weigh(kept)
        refused = []
        for found, outcome in kept:
            if outcome is not RowOutcome.CORRECTED or found.before is None:
                continue
            was, values = found.before.values, found.row.values
            if was.answer != values.answer and was.answered_on == values.answered_on is not None:
                self.doubt(found.row, "answered_on", "answer_of_former_day")
            if was.answer in COMMITTING and values.answer not in COMMITTING:
                refused.append(found.row)
        if refused:
            names = sorted({row.values.signatory_id for row in refused})
            facts = {(who, measure): n for who, measure, n in self.look_up(_FACTS, names)}
            for row in refused:
                if n := facts.get((row.values.signatory_id, row.values.measure)):
                    self.doubt(row, "answer", "facts_unpromised", n=n)
