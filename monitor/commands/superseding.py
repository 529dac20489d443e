"""Actions of a file that supersede others: whom they may correct or withdraw, and in what order.

A retraction is about the same commitment as its target; a correction about the same signatory, maybe
another of their measures. A file may name a target that comes later in it, and may mend together
entries that supersede one another: what cannot be decided yet is decided at its end.
"""

from collections import deque
from collections.abc import Sequence

from monitor.commands.actions import ActionWriter, Target
from monitor.commands.answers import AnswerTo, find_answer
from monitor.commands.deciding import Deciding, Objection
from monitor.commands.former_ids import FormerIds
from monitor.commands.report import UnpromisedFact
from monitor.commands.row_history import RowHistory
from monitor.findings import Doubt, RowError
from monitor.intake import Row, words_key
from monitor.models import Kind, RowOutcome
from monitor.schema import Values

#: Rows about what somebody did not commit to of which it is looked up what they answered.
EXPLAINED = 200
#: Why the only fault of a row is that it is about nobody who signed.
_UNSIGNED = frozenset(("unknown_signatory", "other_elected_there"))
#: What nobody need look for where a fact is about what was not promised.
_OF_SOURCES = frozenset(("evidence_needed",))
#: The objection to a row that is left out.
_LEFT = "left_out"


class DecidingActions(Deciding):
    """Rows whose target is not there yet, and those that others disagree with, wait for the end."""

    _writer: ActionWriter

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._targets: dict[str, Target] = {}
        #: Target -> what this file says of the entries that supersede it.
        self._naming: dict[str, dict[str, Target]] = {}
        #: What withdraws the entries that are corrected, by their `first`.
        self._retracted: dict[int, str] = {}
        self._explained = 0
        self._former_ids = FormerIds(self._session, self._writer, self.report.file_name)
        #: Rows that are decided together, at the end.
        self._together: dict[str, Target] = {}

    def take(self, rows):
        if self._any_before:
            self._former_ids.give_back(rows)
        super().take(rows)

    def finish(self):
        self._prepare(self._waiting, {})
        ordered = _targets_first(self._waiting)
        refused = dict.fromkeys(
            {_name(found) for found in self._waiting} - {_name(found) for found in ordered},
            Objection("supersedes", "unknown_supersedes"),
        )
        left = None
        while left != len(ordered):  # a row that is refused may leave another one without a target
            left = len(ordered)
            self._together = {_name(found): _entry(found) for found in ordered}
            for found in ordered:
                if objection := self._object_to(found):
                    refused[_name(found)] = objection
                    del self._together[_name(found)]
            ordered = [found for found in ordered if _name(found) in self._together]
        for found in self._waiting:
            if _name(found) in refused:
                self._object(found.row, refused[_name(found)])
        self._decide(ordered)
        super().finish()
        rows = sorted({one.line for one in self.report.unpromised if one.is_left})
        if rows:
            values = (("n", str(len(rows))), ("lines", ", ".join(map(str, rows))))
            self.report.doubt([Doubt(None, "", "", "unpromised_left", values)])

    def _prepare(self, good, versions):
        wanted = {found.row.values.supersedes for found in good} - {None}
        self._targets = self._writer.targets(sorted(wanted))
        changed = [f.before.first for f in good if f.before and f.before.values != f.row.values]
        self._retracted = self._writer.retractions(changed)

    def _find_answer(self, values: Values) -> AnswerTo | None:
        """What somebody answered to a measure; None beyond the rows of which that is looked up."""
        self._explained += 1
        if self._explained > EXPLAINED:
            return None
        about = (self._pact.id, values.signatory_id, values.measure)
        return find_answer(self._session, *about, self._writer.counts)

    def _leaves_out(self, row):
        codes = {one.code for one in row.errors}
        if not row.values or row.values.supersedes:
            return False
        if codes <= _OF_SOURCES and _commitment(row.values) not in self._writer.commitments:
            fact, objection = self._weigh_unpromised(row)
            named = row.heading or objection.column
            said = (row.values.measure or "", objection.code, objection.values, row.row)
            row.errors, row.reported = (RowError(row.line, named, *said),), 0
            return fact.is_left
        if not codes <= _UNSIGNED | _OF_SOURCES or codes <= _OF_SOURCES:
            return False
        row.errors = tuple(one for one in row.errors if one.code in _UNSIGNED)
        fact = UnpromisedFact(_number(row), row.errors[0].value, row.values.measure or "", None)
        return self._note_unpromised(fact).is_left

    def _weigh_unpromised(self, row: Row) -> tuple[UnpromisedFact, Objection]:
        """A new fact about what was not promised, and the objection to it."""
        answer = self._find_answer(row.values)
        who = self._shape.rules.people.name_person(row.values.signatory_id)
        said = (answer.answer, answer.words) if answer else ("", "")
        fact = UnpromisedFact(_number(row), who, row.values.measure, *said)
        objection = Objection("measure", "not_committed", answer.values if answer else ())
        return self._note_unpromised(fact), objection

    def _note_unpromised(self, fact: UnpromisedFact) -> UnpromisedFact:
        choices = self._companions.choices
        is_left = words_key(fact.name) in map(words_key, choices.leaves_facts)
        is_left |= choices.leaves_unpromised and fact.answer is not None
        self.report.unpromised.append(fact._replace(is_left=is_left))
        return self.report.unpromised[-1]

    def _note_kept(self, found):
        name, target = _name(found), found.row.values.supersedes
        self._targets[name] = _entry(found)
        if target:
            self._naming.setdefault(target, {})[name] = _entry(found)

    def _object_to(self, found):
        values, before = found.row.values, found.before
        if _commitment(values) not in self._writer.commitments:
            if not (values.supersedes or found.before or found.former):
                fact, objection = self._weigh_unpromised(found.row)
                return Objection("measure", _LEFT) if fact.is_left else objection
            answer = self._find_answer(values)
            return Objection("measure", "not_committed", answer.values if answer else ())
        if name := values.supersedes:
            target = self._together.get(name) or self._targets.get(name)
            if target is None:
                return Objection("supersedes", "unknown_supersedes", for_now=True)
            if before and (target.first is None or target.first >= before.first):
                return Objection("supersedes", "supersedes_later")
            if cannot_supersede(_entry(found), target):
                about = (("signatory", target.signatory_id), ("measure", target.measure))
                return Objection("supersedes", "supersedes_other", about, for_now=True)
        if before and not self._newer and (by := self._retracted.get(before.first)):
            return Objection(self._key, "conflict_retracted", (("by", by),), RowOutcome.CONFLICT)
        # What supersedes it stays with the id, even where its file is gone.
        former = before or found.former
        if former is None or _commitment(former.values) == _commitment(values):
            return None
        if left := self._left_behind(found, former.first):
            entries = (("entries", left),)
            return Objection("signatory_id", "superseded_by_other", entries, for_now=True)
        return None

    def _object(self, row, objection):
        if objection.code != _LEFT:
            super()._object(row, objection)

    def _left_behind(self, found: RowHistory, first: int) -> str:
        """The entries that supersede an action, of that `first`, which is about somebody, or something,
        else now."""
        naming = self._writer.entries_naming(first) | self._naming.get(_name(found), {})
        naming |= {name: self._together[name] for name in naming.keys() & self._together.keys()}
        return ", ".join(
            name for name, one in naming.items() if cannot_supersede(one, _entry(found))
        )


def cannot_supersede(entry: Target, target: Target) -> bool:
    """Whether an entry may not supersede that one, by what both are about."""
    if entry.kind == Kind.RETRACTION and entry.measure != target.measure:
        return True
    return entry.signatory_id != target.signatory_id


def _number(row: Row) -> int:
    return row.row or row.line


def _name(found: RowHistory) -> str:
    return found.row.values.action_id


def _commitment(values: Values) -> tuple[str, str]:
    return values.signatory_id, values.measure


def _entry(found: RowHistory) -> Target:
    values, first = found.row.values, found.before.first if found.before else None
    return Target(first, values.kind, values.signatory_id, values.measure)


def _targets_first(rows: Sequence[RowHistory]) -> list[RowHistory]:
    """The rows, each after its target where that is one of them; without those in a circle."""
    names = {_name(found) for found in rows}
    by_target: dict[str | None, list[RowHistory]] = {}
    for found in rows:
        target = found.row.values.supersedes
        by_target.setdefault(target if target in names else None, []).append(found)
    ordered, ready = [], deque(by_target.get(None, []))
    while ready:
        found = ready.popleft()
        ordered.append(found)
        ready += by_target.get(_name(found), [])
    return ordered
