"""Signatories of a file whose ids went from one person to another of a like name: two of a family."""

from monitor.commands.answers import counting_rows, listed_measures
from monitor.commands.changed_ids import Move
from monitor.commands.deciding import Deciding, Objection
from monitor.commands.files import STATES
from monitor.intake.names import name_key
from monitor.models import Answer

_THERE = f"""
    SELECT {STATES["signatory"]}, t.signatory_id, x.name
    FROM signatory t JOIN entry e ON e.seq = t.seq JOIN signatory_text x ON x.seq = t.seq
    WHERE t.pact_id = :pact AND t.commune = :commune ORDER BY t.seq
"""


class DecidingSignatories(Deciding):
    """A name that differs little is a slip that was mended, unless it is that of somebody else in the
    commune, who has another name in the file or is no more in it. Nobody signed what they refused."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._names: dict[str, str] = {}
        #: The measures that each refused.
        self._refused: dict[str, set[str]] = {}

    def _gathered(self, good, versions):
        self._names |= {found.row.values.signatory_id: found.row.values.name for found in good}
        names = {found.row.values.signatory_id for found in good if found.row.values.measures}
        for one in counting_rows(
            self._session, "answers", self._pact.id, names, self._writer.counts
        ):
            if one.answer == Answer.NO:
                self._refused.setdefault(one.signatory_id, set()).add(one.measure)

    def _objection(self, found):
        own = found.row.values
        if both := listed_measures(own) & self._refused.get(own.signatory_id, set()):
            said = (("measure", ", ".join(sorted(both))),)
            return Objection("measures", "list_against_answer", said)
        return None

    def _move(self, before, values):
        move = super()._move(before, values)
        key = name_key(values.name or "")
        if move or name_key(before.name or "") == key:
            return move
        there = self._session.rows(_THERE, pact=self._pact.id, commune=values.commune)
        for other, theirs in {
            other: theirs
            for state, other, theirs in there
            if other != values.signatory_id and self._writer.counts(state)
        }.items():
            if name_key(theirs or "") == key != name_key(self._names.get(other, "")):
                return Move("name", "other_person", before.name or "")
        return None
