"""Answers that the log has of cells which whoever loads the file again says are no answers: « NSP= »."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from monitor.accounts.people import OPERATOR
from monitor.commands.files import FILE_KINDS, Version
from monitor.commands.report import Report
from monitor.commands.rows import RowWriter
from monitor.findings import Change, Doubt
from monitor.i18n import interface_language, join_first, text
from monitor.intake import Row
from monitor.models import RowOutcome
from monitor.pacts import Pact
from monitor.schema import KEYS
from monitor.store import Session
from monitor.store.base import in_lists

#: Lines that are named.
_NAMED = 12
_BROUGHT = """
    SELECT e.seq FROM entry e JOIN load l ON l.seq = e.load_seq
    WHERE e.seq IN (:keys) AND l.file_name = :name AND l.content = 'answers'
"""
_ACTED_ON = """
    SELECT DISTINCT c.signatory_id, c.measure_id FROM commitment c
    JOIN action a ON a.commitment_id = c.id
    WHERE c.pact_id = :pact AND c.signatory_id IN (:keys)
"""


class _Silenced(NamedTuple):
    """A cell that is no answer, and the answer that the log has of it."""

    row: Row
    before: Version


class SilencedAnswers:
    """Takes back what an earlier version of a file brought as answers. The operator's file does it at
    once; of an account's, it is told that they stay, as two people retract."""

    def __init__(self, session: Session, writer: RowWriter, pact: Pact, report: Report):
        self._session, self._writer = session, writer
        self._pact, self._report = pact, report
        self._kind = FILE_KINDS["answers"]
        #: The keys of the answers that were retracted, or told to stay.
        self.told: set[tuple] = set()

    def retract(self, silenced: Sequence[Row], said: Collection[tuple]) -> list[Row]:
        """Retract the answers that count of these rows and that a file of this name brought; the rows of
        which it was done. `said`: the keys of the rows of the file that are answers."""
        named = {*KEYS["answers"], ""}
        rows = {
            self._kind.key(row.values): row
            for row in silenced
            if row.values and named.isdisjoint(error.column for error in row.errors)
        }
        found = self._find([row for key, row in rows.items() if key not in said])
        if not found:
            return []
        self.told = {self._kind.key(one.row.values) for one in found}
        lines = [*dict.fromkeys(str(one.row.row or one.row.line) for one in found)]
        values = (("n", str(len(found))), ("lines", join_first(lines, _NAMED)))
        if self._writer.author != OPERATOR:
            self._report.doubt([Doubt(None, "answer", "", "silenced_stay", values)])
            return []
        self._doubt_facts()
        reason = text("intake.answer_silenced", interface_language(self._pact.language))
        seqs = [one.before.first for one in found]
        self._writer.journal.append("row_withdrawal", [((seq,), (reason,), ()) for seq in seqs])
        self._report.outcomes[RowOutcome.RETRACTED] += len(found)
        for row, before in found:
            key = tuple(zip(KEYS["answers"], self._kind.key(row.values), strict=True))
            cells = (("answer", before.values.answer, None),)
            self._report.change(Change(row.line, key, cells))
            self._report.about.add(row.values.signatory_id)
        return [one.row for one in found]

    def _find(self, rows: Sequence[Row]) -> list[_Silenced]:
        """The rows with the versions that count of them, of files of this name."""
        versions = self._kind.versions(self._session, self._pact.id, [row.values for row in rows])
        found = []
        for row in rows:
            of_row = versions.get(self._kind.key(row.values), [])
            if history := [one for one in of_row if self._writer.counts(one.state)]:
                found.append(_Silenced(row, history[-1]))
        brought = {
            seq
            for inside, params in in_lists([one.before.first for one in found])
            for (seq,) in self._session.rows(
                _BROUGHT.replace("(:keys)", inside), name=self._report.file_name, **params
            )
        }
        return [one for one in found if one.before.first in brought]

    def _doubt_facts(self) -> None:
        """Say how many of the answers there are facts about: these show no more."""
        names = sorted({name for name, _ in self.told})
        acted = {
            pair
            for inside, params in in_lists(names)
            for pair in self._session.rows(
                _ACTED_ON.replace("(:keys)", inside), pact=self._pact.id, **params
            )
        }
        if n := len(self.told & {*map(tuple, acted)}):
            self._report.doubt([Doubt(None, "answer", "", "silenced_facts", (("n", str(n)),))])
