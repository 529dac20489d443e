"""Signatories of a file whose ids went from one person to another of a like name: two of a family."""

from collections.abc import Set

from monitor.commands.answers import counting_rows, listed_measures
from monitor.commands.changed_ids import Move
from monitor.commands.deciding import Deciding, Objection
from monitor.commands.files import STATES
from monitor.intake.person_names import name_key
from monitor.models import COMMITTING
from monitor.store.base import in_lists

_THERE = f"""
    SELECT {STATES["signatory"]}, t.commune, t.signatory_id, x.name
    FROM signatory t JOIN entry e ON e.seq = t.seq JOIN signatory_text x ON x.seq = t.seq
    WHERE t.pact_id = :pact AND t.commune IN (:keys) ORDER BY t.seq
"""
_ANY_ANSWER = "SELECT 1 FROM answer WHERE pact_id = :pact LIMIT 1"
#: Whoever signed all measures by a day, and answered none.
_ANY_BY_DAY = """
    SELECT 1 FROM signatory t WHERE t.pact_id = :pact AND t.signed_on IS NOT NULL
    AND t.measures IS NULL AND NOT EXISTS (
        SELECT 1 FROM answer a WHERE a.pact_id = t.pact_id AND a.signatory_id = t.signatory_id
    ) LIMIT 1
"""


class DecidingSignatories(Deciding):
    """A name that differs little is a slip that was mended, unless it is that of somebody else in the
    commune, who has another name in the file or is no more in it. Nobody signed what they did not commit
    to in their answer; nor, where all others answered and no answers come with the file, all measures by
    a day alone."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._names: dict[str, str] = {}
        #: The measures to which each answered otherwise than by yes or partly.
        self._uncommitted: dict[str, set[str]] = {}
        #: Commune -> who is there by the log, of those in which this part of the file renames somebody.
        self._there: dict[str, dict[str, str]] = {}
        #: Those of this part of the file who sign all measures by a day alone.
        self._signing: set[str] = set()

    def _prepare(self, good, versions):
        self._names |= {found.row.values.signatory_id: found.row.values.name for found in good}
        names = {found.row.values.signatory_id for found in good if found.row.values.measures}
        for one in counting_rows(
            self._session, "answers", self._pact.id, names, self._writer.counts
        ):
            if one.answer not in COMMITTING:
                self._uncommitted.setdefault(one.signatory_id, set()).add(one.measure)
        self._signing = set() if self._companions.hold_answers else self._find_signing(good)
        self._read_there(
            {
                found.row.values.commune
                for found in good
                if found.before and found.before.values.name != found.row.values.name
            }
        )

    def _read_there(self, communes: Set[str]) -> None:
        self._there = {commune: {} for commune in communes}
        for inside, params in in_lists(sorted(communes)):
            sql = _THERE.replace("(:keys)", inside)
            for state, commune, name, theirs in self._session.rows(
                sql, pact=self._pact.id, **params
            ):
                if self._writer.counts(state):
                    self._there[commune][name] = theirs or ""

    def _find_signing(self, good) -> set[str]:
        """Who would be the first to sign all measures by a day, where others answered."""
        rows = (found for found in good if found.row.values.signed_on)
        signing = {
            found.row.values.signatory_id
            for found in rows
            if not found.row.values.measures
            and not (found.before and found.before.values.signed_on)
        }
        asked = signing and self._session.rows(_ANY_ANSWER, pact=self._pact.id)
        if not asked or self._session.rows(_ANY_BY_DAY, pact=self._pact.id):
            return set()
        answered = counting_rows(
            self._session, "answers", self._pact.id, signing, self._writer.counts
        )
        return signing - {one.signatory_id for one in answered}

    def _object_to(self, found):
        own = found.row.values
        if own.signatory_id in self._signing:
            values = (("n", str(len(self._pact.measures))),)
            return Objection("signed_on", "signed_all_unanswered", values)
        if both := listed_measures(own) & self._uncommitted.get(own.signatory_id, set()):
            values = (("measure", ", ".join(sorted(both))),)
            return Objection("measures", "list_against_answer", values)
        return None

    def _move(self, before, values):
        move = super()._move(before, values)
        key = name_key(values.name or "")
        if move or name_key(before.name or "") == key:
            return move
        for other, theirs in self._there.get(values.commune, {}).items():
            if other != values.signatory_id and (
                name_key(theirs) == key != name_key(self._names.get(other, ""))
            ):
                return Move("name", "other_person", before.name or "")
        return None
