"""What becomes of each row of a file: left, written, refused with its reason, or decided later."""

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

from monitor.commands.absent_signatories import ABOUT, absent_people
from monitor.commands.changed_ids import Move, Moves, change_of_id, would_inherit
from monitor.commands.files import FILE_KINDS, RETRACTED, Version, columns_at
from monitor.commands.load_options import ALONE, PLAIN, Companions, LoadOptions
from monitor.commands.log_doubts import LogDoubts
from monitor.commands.report import Rejects, Report
from monitor.commands.row_history import RowHistory
from monitor.commands.rows import CheckedRow, RowWriter
from monitor.findings import RowError
from monitor.intake import Row
from monitor.intake.reading import Shape
from monitor.models import RowOutcome
from monitor.schema import COLUMNS, KEYS, Values
from monitor.store import Session
from monitor.store.base import in_list
from monitor.store.retracted import why_retracted

#: The columns in which a row names a signatory, or an entry.
NAMES = {
    file: tuple(name for name in names if name in ("action_id", "signatory_id", "supersedes"))
    for file, names in COLUMNS.items()
}


class Doubting(Protocol):
    """Who looks for what is odd of rows that can be taken. `withdrawing`: the keys of the rows that the
    file takes back."""

    withdrawing: set[tuple]

    def see(self, rows: Sequence[Row]) -> None:
        """Every row of a part of the file, those that will be refused included."""

    def weigh(self, kept: Sequence[tuple[RowHistory, RowOutcome]]) -> None:
        """Some rows of the file, in the order in which they are decided, before they are written."""

    def finish(self) -> None:
        """The file has no more."""


class Objection(NamedTuple):
    """Why a row cannot be taken: its column, the code, what fills the sentence. `for_now`: a later row
    of the file may put it right."""

    column: str
    code: str
    values: tuple[tuple[str, str], ...] = ()
    outcome: RowOutcome = RowOutcome.REJECTED
    for_now: bool = False


class Deciding:
    """The rows of one file on their way to the log. A kind of row with rules of its own between rows
    adds them in `_prepare`, `_object_to`, `_note_kept` and `_move`."""

    def __init__(
        self,
        session: Session,
        writer: RowWriter,
        shape: Shape,
        report: Report,
        rejects: Rejects,
        doubting: Doubting | None = None,
        options: LoadOptions = PLAIN,
        companions: Companions = ALONE,
        emptied: Collection[str] = (),
    ):
        pact, kind = writer.pact, FILE_KINDS[report.content]
        self.report = report
        self._companions = companions
        self._emptied = emptied
        self._on_row = options.on_row
        self._newer = options.newer
        self._doubting = doubting
        self._moves = Moves()
        self._session = session
        self._writer = writer
        self._pact = pact
        self._shape = shape
        self._kind = kind
        self._key = KEYS[kind.content][0]
        self._names_of = columns_at(kind.content, NAMES[kind.content])
        self._rejects = rejects
        self._waiting: list[RowHistory] = []
        self._log_doubts = LogDoubts(kind.content, shape)
        self._tied, self._tied_people = tied_communes_and_people(session, pact.id, writer.author)
        self._absent = (
            absent_people(session, pact.id, writer.counts) if kind.content in ABOUT else {}
        )
        self._any_before = bool(
            session.rows(
                f'SELECT seq FROM "{kind.subject}" WHERE pact_id = :pact LIMIT 1', pact=pact.id
            )
        )

    def take(self, rows: list[Row]) -> None:
        """Refuse, leave, correct or create each row of a part of the file."""
        versions = self._versions(rows)
        if self._doubting:
            self._doubting.see(rows)
        good = []
        for row in rows:
            of_row = versions.get(self._kind.key(row.values), []) if versions else []
            history = [version for version in of_row if self._writer.counts(version.state)]
            self._moves.known += bool(history)
            if history and row.absent:
                row = self._log_doubts.complete_row(row, history[-1].values)
            if row.errors and not of_row and self._leaves_out(row):
                continue
            if row.errors:
                self._log_doubts.note_refused(row, history)
                self.report.reject(row)
                self._tell_row(row, RowOutcome.REJECTED, row.errors)
                continue
            row.values = self._kind.complete(row.values)
            found = RowHistory(row, of_row, history)
            if not self._refuse_tied(found):
                good.append(found)
        self._prepare(good, versions)
        self._decide(good)

    def finish(self) -> None:
        """Decide of the rows that waited for the rest of the file."""
        self.report.doubt(self._log_doubts.doubts())
        if self._moves.are_row_numbers and any(move.sure for move in self._moves.found):
            self.report.remark(RowError(None, self._key, "", "ids_moved", self._moves.values))

    def _versions(self, rows: list[Row]) -> dict[tuple, list[Version]]:
        wanted = [
            row.values
            for row in rows
            if not row.errors or None not in self._kind.key(row.values or (None,))
        ]
        if not self._any_before or not wanted:
            return {}
        return self._kind.versions(self._session, self._pact.id, wanted)

    def _prepare(self, good: list[RowHistory], versions: dict[tuple, list[Version]]) -> None:
        """Before a part of the file is decided: read what its rows will be compared with."""

    def _leaves_out(self, row: Row) -> bool:
        """Whether a refused row, which is none of the log, is left out instead."""
        return False

    def _object_to(self, found: RowHistory) -> Objection | None:
        """What the rules between rows say against one that would be written; None if nothing."""

    def _note_kept(self, found: RowHistory) -> None:
        """Take note of a row that will be written, or is in the log already."""

    def _decide(self, rows: list[RowHistory]) -> None:
        decided: list[CheckedRow] = []
        kept: list[tuple[RowHistory, RowOutcome]] = []
        for found in rows:
            outcome = self._outcome(found)
            if isinstance(outcome, Objection) and outcome.for_now:
                self._waiting.append(found)
                continue
            if isinstance(outcome, Objection):
                self._object(found.row, outcome)
                continue
            self._note_kept(found)
            # What others write of them meanwhile is looked at again.
            self.report.about.update(filter(None, self._names_of(found.row.values)))
            self._count(found.row, outcome)
            kept.append((found, outcome))
            if outcome is not RowOutcome.UNCHANGED:
                self.report.doubt(found.row.doubts)
                decided.append((found.row.values, found.versions[-1] if found.versions else None))
            if outcome is RowOutcome.CORRECTED and found.before:
                self.report.change(found.change(self._kind, found.before))
        if self._doubting and kept:
            self._doubting.weigh(kept)
        self._writer.write(decided)

    def _count(self, row: Row, outcome: RowOutcome) -> None:
        """Report what becomes of a row that is taken."""
        self.report.outcomes[outcome] += 1
        if self._on_row:
            self._on_row(row.line, outcome, row.values, ())

    def _outcome(self, found: RowHistory) -> RowOutcome | Objection:
        values, before = found.row.values, found.before
        is_same = before is not None and before.values == values
        if not is_same and found.restores_texts(self._kind.content):
            return Objection(self._key, "conflict_redacted", outcome=RowOutcome.CONFLICT)
        if self._absent and (absence := self._absent.get(values.signatory_id)):
            code = f"conflict_{absence.code}"
            return Objection("signatory_id", code, absence.values, RowOutcome.CONFLICT)
        retracted = [version for version in found.versions if version.state == RETRACTED]
        if before is None:
            if not self._newer and (objection := self._object_to_heir(found)):
                return objection
            if retracted and not self._newer:
                return self._retracted_since(retracted[-1])
            return self._object_to(found) or RowOutcome.CREATED
        if is_same:
            return RowOutcome.UNCHANGED
        if not self._newer and (same := [one for one in retracted if one.values == values]):
            return self._retracted_since(same[-1])
        if not self._newer and found.is_older_version(self._emptied):
            return Objection(self._key, "conflict_older_version", outcome=RowOutcome.CONFLICT)
        if before.by_hand:
            return Objection(self._key, "conflict_edited", outcome=RowOutcome.CONFLICT)
        if (objection := self._object_to(found)) is None and not self._newer:
            objection = self._object_to_move(before.values, values)
        return objection or RowOutcome.CORRECTED

    def _move(self, before: Values, values: Values) -> Move | None:
        """Whom or what else a row is about than the version before; None if the same."""
        return change_of_id(self._kind.content, before, values)

    def _retracted_since(self, version: Version) -> Objection:
        """The objection that somebody retracted this version, with the day and the reason."""
        on, reason = why_retracted(self._session, self._kind.subject, version.first)
        values = (("on", on), ("why", reason))
        return Objection(self._key, "conflict_row_retracted", values, RowOutcome.CONFLICT)

    def _object_to_move(self, before: Values, values: Values) -> Objection | None:
        """The objection that an id is about somebody or something else than the log says; None if it is
        not."""
        if (move := self._move(before, values)) is None:
            return None
        self._moves.found.append(move)
        if not move.sure:
            return None
        about = (("before", move.before),)
        return Objection(move.column, f"conflict_{move.code}", about, RowOutcome.CONFLICT)

    def _object_to_heir(self, found: RowHistory) -> Objection | None:
        """The objection to a new person under the id of somebody gone, whose mandates and entries would
        be shown as theirs; None if there is none."""
        former, values = found.former, found.row.values
        if former is None or not would_inherit(
            self._session, self._pact.id, self._kind.content, former.values, values
        ):
            return None
        return self._object_to_move(former.values, values)

    def _refuse_tied(self, found: RowHistory) -> bool:
        """Whether a row is refused as its author is tied to whom it is about."""
        if is_tied := self._is_tied(found):
            self._object(found.row, Objection("signatory_id", "conflict_of_interest"))
        return is_tied

    def _is_tied(self, found: RowHistory) -> bool:
        """Whether the author is tied to whom the row is about, or was about before."""
        content, values = self._kind.content, found.row.values
        if not self._tied or content == "areas":
            return False
        if content == "signatories" and values.commune in self._tied:
            return True
        versions = (version.values for version in found.versions)
        people = {values.signatory_id, *(version.signatory_id for version in versions)}
        return not people.isdisjoint(self._tied_people)

    def _object(self, row: Row, objection: Objection) -> None:
        column, code, details, outcome, _ = objection
        value = getattr(row.values, column) or ""
        named = row.heading if row.heading and column in ("measure", "answer") else column
        self._refuse(row, outcome, (RowError(row.line, named, value, code, details, row.row),))

    def _refuse(self, row: Row, outcome: RowOutcome, errors: tuple[RowError, ...]) -> None:
        self.report.refuse(outcome, errors)
        self._tell_row(row, outcome, errors)

    def _tell_row(self, row: Row, outcome: RowOutcome, errors: tuple[RowError, ...]) -> None:
        if self._on_row:
            self._on_row(row.line, outcome, row.raw or row.values, errors[row.reported :])
        self._rejects.write(row, errors)


def tied_communes_and_people(
    session: Session, pact_id: str, author: str
) -> tuple[set[str], set[str]]:
    """The communes that an account may not rate, and who signed there."""
    communes = {
        commune
        for (commune,) in session.rows(
            "SELECT commune FROM account_commune WHERE name = :name", name=author
        )
    }
    if not communes:
        return set(), set()
    inside, params = in_list(sorted(communes))
    found = session.rows(
        "SELECT DISTINCT signatory_id FROM signatory "
        f"WHERE pact_id = :pact AND commune IN {inside}",
        pact=pact_id,
        **params,
    )
    return communes, {name for (name,) in found}
