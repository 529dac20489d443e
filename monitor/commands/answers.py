"""Answers of a file beside the measures that the same person is said to have signed, and the reverse:
nobody has signed what they refused."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from monitor.commands.deciding import Deciding, Objection
from monitor.commands.files import ACCEPTED, FILE_KINDS, Version
from monitor.commands.row_history import RowHistory
from monitor.commands.silenced_answers import SilencedAnswers
from monitor.dates import date_interval
from monitor.findings import Doubt
from monitor.i18n import join_first
from monitor.intake import Row
from monitor.models import COMMITTING, RowOutcome
from monitor.queries.people import last_names_of
from monitor.schema import ANSWER_COLUMNS, Values
from monitor.store import Session

#: So many lines are named of those that say the same.
LINES = 8


class DecidingAnswers(Deciding):
    """A refusal of a measure that `measures` lists is refused: one of the two files is wrong."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._listed: dict[str, set[str]] = {}
        self._silenced: list[Row] = []
        #: What was answered on another day than an earlier row of the file says.
        self._repeating: list[Row] = []
        #: What the rows that are kept say, by what they are about; None for one that says no day.
        self._kept: dict[tuple, Values | None] = {}
        self._is_over = False
        #: What the other rows of the file are about.
        self._said: set[tuple] = set()

    def take(self, rows):
        said = [row for row in rows if not row.silenced]
        self._silenced += [row for row in rows if row.silenced]
        self._said.update(self._kind.key(row.values) for row in said if row.values)
        self._repeating += [row for row in said if row.repeats and not row.errors]
        super().take([row for row in said if row.errors or not row.repeats])

    def finish(self):
        self._is_over = True
        self._decide_repeated()
        silenced = SilencedAnswers(self._session, self._writer, self._pact, self.report)
        for row in silenced.retract(self._silenced, self._said):
            if self._on_row:
                self._on_row(row.line, RowOutcome.RETRACTED, row.values, ())
        if self._doubting:
            self._doubting.withdrawing |= silenced.told
        super().finish()

    def _decide_repeated(self) -> None:
        """Of each two rows of one person and one measure, keep the answer of the later day with the one
        of the other day beside it. What stands alone in the file although the log has a later answer is
        decided as any other row."""
        waiting = {self._kind.key(found.row.values): found for found in self._waiting}
        versions = self._versions(self._repeating)
        done: set[tuple] = set()
        good, alone = [], []
        for row in self._repeating:
            key = self._kind.key(row.values)
            if key not in waiting and key not in self._kept:  # the earlier row was refused
                alone.append(row)
                continue
            earlier = waiting[key].row.values if key in waiting else self._kept[key]
            joined = join_answers(earlier, row.values) if earlier else None
            if joined is None or key in done:
                first = (("first", str(row.repeats)),)
                self._object(row, Objection("signatory_id", "answered_twice", first))
                continue
            done.add(key)
            row.values = joined
            of_row = versions.get(key, [])
            history = [version for version in of_row if self._writer.counts(version.state)]
            found = RowHistory(row, of_row, history)
            good.append(found if key in waiting else after_row(found, earlier))
        super().take(alone)
        self._prepare(good, {})
        self._decide([found for found in good if not self._refuse_tied(found)])
        for key, found in waiting.items():
            if key in done:
                self._count(found.row, RowOutcome.UNCHANGED)
            else:
                self._decide([found])
        if lines := [str(found.row.line) for found in good]:
            values = (("n", str(len(lines))), ("lines", join_first(lines, LINES)))
            self.report.doubt([Doubt(None, "answered_on", "", "answers_of_two_days", values)])

    def _note_kept(self, found):
        values = found.row.values
        self._kept[self._kind.key(values)] = values if values.answered_on else None

    def _outcome(self, found):
        before = found.before
        if before is None or not repeats_former(found.row.values, before.values):
            return super()._outcome(found)
        if not self._is_over:
            return Objection("answer", "conflict_older_version", for_now=True)
        if self._newer:
            return super()._outcome(found)
        return Objection("answer", "conflict_older_version", outcome=RowOutcome.CONFLICT)

    def _prepare(self, good, versions):
        names = {found.row.values.signatory_id for found in good} - self._listed.keys()
        people = counting_rows(
            self._session, "signatories", self._pact.id, names, self._writer.counts
        )
        self._listed |= {one.signatory_id: listed_measures(one) for one in people}

    def _object_to(self, found):
        own = found.row.values
        if own.answer not in COMMITTING and own.measure in self._listed.get(own.signatory_id, ()):
            return Objection("answer", "answer_against_list", (("measure", own.measure),))
        return None


def after_row(found: RowHistory, values: Values) -> RowHistory:
    """A row that comes after another one of the file about the same, which was taken and says `values`:
    that is the last version then, unless the log had it."""
    if found.before and found.before.values == values:
        return found
    rev = found.versions[-1].rev + 1 if found.versions else 1
    written = Version(values, rev, 0, False, ACCEPTED, False)
    return RowHistory(found.row, [*found.versions, written], [*found.history, written])


def join_answers(one: Values, other: Values) -> Values | None:
    """Two rows of answers.csv about the same as one: the answer of the later day, with what the other
    says as the former answer; None where it is not certain which is the later."""
    if not (one.answered_on and other.answered_on):
        return None
    earlier, later = sorted((one, other), key=lambda row: date_interval(row.answered_on))
    if date_interval(earlier.answered_on).last >= date_interval(later.answered_on).first:
        return None
    return later._replace(**{f"former_{name}": getattr(earlier, name) for name in ANSWER_COLUMNS})


def repeats_former(row: Values, before: Values) -> bool:
    """Whether a row says again what stands in the log as the answer of before."""
    own, former = (row.answer, row.answered_on), (before.former_answer, before.former_answered_on)
    return own == former and own != (before.answer, before.answered_on)


class AnswerTo(NamedTuple):
    """What somebody of that `name` answered to a measure to which they did not commit themselves, as a
    code, "" where nothing is known, and in which words."""

    name: str
    answer: str
    words: str

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """What fills the sentence on it."""
        answered = (("belongs", "answered"), ("answer", self.answer))
        return (*(answered if self.answer else (("belongs", "unanswered"),)), ("name", self.name))


def find_answer(
    session: Session, pact_id: str, name: str, measure: str, counts: Callable[[str], bool]
) -> AnswerTo:
    """What a signatory, by their id, answered to a measure."""
    key = (name, measure)
    versions = FILE_KINDS["answers"].versions(session, pact_id, [key]).get(key, ())
    given = [version.values for version in versions if counts(version.state)]
    who = last_names_of(session, pact_id, {name}).get(name) or name
    return AnswerTo(
        who, given[-1].answer if given else "", (given[-1].comment or "") if given else ""
    )


def counting_rows(
    session: Session,
    content: str,
    pact_id: str,
    names: Iterable[str],
    counts: Callable[[str], bool],
) -> list[Values]:
    """The rows of a file that count for these signatories, as the log has them last. `counts`: whether
    a version of that state is one (see `files.Version`)."""
    wanted = [(name,) for name in sorted(names)]
    found = FILE_KINDS[content].versions(session, pact_id, wanted) if wanted else {}
    return [
        counting[-1].values
        for every in found.values()
        if (counting := [version for version in every if counts(version.state)])
    ]


def listed_measures(signatory: Values) -> set[str]:
    """The measures that somebody is said to have signed one by one."""
    return set(signatory.measures.split(";")) if signatory.measures else set()
