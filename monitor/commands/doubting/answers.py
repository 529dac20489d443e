"""What is odd of answers: one that is another now, of the day of the former one; and what is followed up
and, by them, would not be promised any more."""

from monitor.commands.doubting.base import Weighing, changed_rows
from monitor.commands.doubting.promises import read_promises
from monitor.intake import Row
from monitor.models import RowOutcome
from monitor.schema import Values


class WeighingAnswers(Weighing):
    """An answer that changed while its day did not would be shown as given on that day. Who answers once
    promised nothing else by a signature; and once anybody answers, who signed on no known day."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._any_facts = self.before.any_of("action")
        #: What the file says anew, and the first row of each person that does.
        self._said: dict[tuple[str, str], str] = {}
        #: What replaces an answer of an earlier day, unless a later row says that one as well.
        self._earlier: dict[tuple[str, str], tuple[Row, Values]] = {}
        self._changed: dict[str, tuple[Row, str]] = {}

    def weigh(self, kept):
        super().weigh(kept)
        for found in changed_rows(kept) if self._any_facts else ():
            values = found.row.values
            self._said[values.signatory_id, values.measure] = values.answer
            self._changed.setdefault(values.signatory_id, (found.row, "answer"))
        for found, outcome in kept:
            if outcome is not RowOutcome.CORRECTED or found.before is None:
                continue
            was, values = found.before.values, found.row.values
            key, beside = (values.signatory_id, values.measure), values.former_answered_on
            if beside and beside in (was.answered_on, self._earlier_day(key)):
                self._earlier.pop(key, None)  # what was answered before stays beside it
            elif was.answer != values.answer and was.answered_on == values.answered_on is not None:
                self.doubt(found.row, "answered_on", "answer_of_former_day")
            elif was.answer != values.answer and (was.answered_on or "9") < (
                values.answered_on or ""
            ):
                self._earlier[key] = found.row, was

    def _earlier_day(self, key: tuple[str, str]) -> str | None:
        return self._earlier[key][1].answered_on if key in self._earlier else None

    def finish(self):
        for row, was in self._earlier.values():
            former = {"answer": was.answer, "first": was.answered_on}
            self.doubt(row, "answered_on", "answer_of_earlier_day", **former)
        super().finish()
        if not self._said:
            return
        of = [*self._changed] if self.before.any_of("answer") else None
        facts, pact = self.before.entries(of), self.asked.pact
        people = {fact.signatory_id for fact in facts}
        if facts:
            before = read_promises(self.before, pact, people)
            after = read_promises(self.log, pact, people, answers_said=self._said)
            self.tell_unpromised(self._changed, "answer", facts, before, after)
