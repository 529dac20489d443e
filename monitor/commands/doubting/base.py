"""What every kind of row shares when it looks for what is odd."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.commands.changed_ids import Moves, change_of_id, would_inherit
from monitor.commands.doubting.log_reading import NONE, Fact, Reading
from monitor.commands.doubting.promises import Promises, facts_unpromised
from monitor.commands.doubting.stopped import facts_no_longer_counted, words_of
from monitor.commands.files import FILE_KINDS
from monitor.commands.report import Report
from monitor.commands.row_history import RowHistory
from monitor.findings import Doubt
from monitor.intake import Context, Row
from monitor.intake.cells import abbreviate_cell
from monitor.models import RowOutcome
from monitor.pacts import Pact
from monitor.schema import COLUMNS, KEYS
from monitor.store import Session
from monitor.store.base import in_lists

#: A row with its versions in the log, and what becomes of it.
RowResult = tuple[RowHistory, RowOutcome]


@dataclass(frozen=True)
class DoubtScope:
    """Of which rows, of which pact, and beside what of the log: `counts` says whether a version in
    that state is one to compare with. What is found goes into `report`. `beside`: the names of the other
    files that come with this one, which say their rows themselves."""

    session: Session
    pact: Pact
    context: Context
    counts: Callable[[str], bool]
    report: Report
    beside: Collection[str] = ()


class Weighing:
    """A kind of row without doubts of its own. Rows are told in the order in which they are decided,
    and none of them is in the log before `weigh` has returned. `gone` says of a row that is not in the
    file any more how it can be taken back."""

    gone = "row_gone"

    #: What is so many years before the election is of another time.
    YEARS = 10

    def __init__(self, content: str, asked: DoubtScope):
        self.content = content
        self.asked = asked
        self._key = FILE_KINDS[content].key
        self.seen: set[tuple] = set()
        #: The keys of the rows that say what the log says already.
        self.repeated: set[tuple] = set()
        #: The keys of the rows that this file withdraws.
        self.withdrawing: set[tuple] = set()
        #: What the log says by now, and what it said before the file.
        self.log = Reading(asked.session, asked.pact.id, asked.counts)
        ((last,),) = asked.session.rows("SELECT coalesce(max(seq), 0) FROM entry")
        self.before = self.log._replace(until=last)
        self._moves = Moves()
        self._first_year = str(asked.pact.election_on.year - self.YEARS)
        self._term_end = (asked.pact.term_end or date.max).isoformat()

    def see(self, rows: Sequence[Row]) -> None:
        """Every row of a part of the file, those that are refused included."""
        key = self._key
        self.seen.update([tuple(key(row.values)) for row in rows if row.values])

    def weigh(self, kept: Sequence[RowResult]) -> None:
        """The rows of a part of the file that can be taken. Ids that are about another now are told,
        where they were not refused."""
        for found, outcome in kept:
            if found.before is None:
                self._weigh_former(found)
                continue
            self._moves.known += 1
            if outcome is RowOutcome.UNCHANGED:
                self.repeated.add(self._key(found.row.values))
            if outcome is not RowOutcome.CORRECTED:
                continue
            if move := change_of_id(self.content, found.before.values, found.row.values):
                self._moves.found.append(move)
                self.doubt(found.row, move.column, move.code, before=move.before)

    def _weigh_former(self, found: RowHistory) -> None:
        """An id of nobody now, whose mandates and entries become those of somebody else."""
        if found.former is None:
            return
        session, pact_id = self.asked.session, self.asked.pact.id
        former, values = found.former.values, found.row.values
        move = change_of_id(self.content, former, values)
        if move and would_inherit(session, pact_id, self.content, former, values):
            self.doubt(found.row, move.column, "inherits", before=move.before)

    def finish(self) -> None:
        """The file has no more."""
        if self._moves.are_row_numbers:
            key = KEYS[self.content][0]
            self.doubt(None, key, "ids_moved", **dict(self._moves.values))

    def doubt(self, row: Row | None, column: str, code: str, value: str = "", **values) -> None:
        """Say what is odd of a row's cell; without a row, of the file as a whole, `value` named."""
        words = tuple((name, str(value)) for name, value in values.items())
        if row is not None:
            value = value or getattr(row.values, column) or ""
            if row.absent and COLUMNS[self.content].index(column) in row.absent:
                words += (("absent_from", self.content),)
        line, number = (row.line, row.row) if row is not None else (None, None)
        self.asked.report.doubt([Doubt(line, column, abbreviate_cell(value), code, words, number)])

    def doubt_far_date(self, row: Row, column: str) -> None:
        """Say it of a date more than YEARS before the election, or after the term."""
        value = getattr(row.values, column)
        if not value or self._first_year <= value <= self._term_end:
            return
        election = self.asked.pact.election_on
        if value < self._first_year:
            self.doubt(row, column, "far_before", years=self.YEARS, election=election)
        else:
            self.doubt(row, column, "after_term", term_end=self._term_end)

    def doubt_moved_due(self, row: Row, was: str | None) -> None:
        """Say it of a due date of somebody's own that was another in the log."""
        if row.values.due_on != was:
            dates = {"before": was or NONE, "wanted": row.values.due_on or NONE}
            self.doubt(row, "due_on", "due_moved", **dates)

    @property
    def before_vote(self) -> bool:
        """Whether nobody can know yet what the election gave."""
        return self.asked.context.today < self.asked.pact.election_on

    def tell_stopped(self, changed: Mapping[str, tuple[Row, str]], after: Reading) -> None:
        """The facts of these people that count no more, at the row and column that changed; `after`:
        what the log will say with the file."""
        stopped: dict[str, list[Fact]] = {}
        for fact in facts_no_longer_counted(self.before, after, self.asked.pact, changed):
            stopped.setdefault(fact.signatory_id, []).append(fact)
        names = after.names(stopped)
        for name, facts in stopped.items():
            self.doubt(*changed[name], "facts_stopped", **words_of(facts, names))

    def tell_unpromised(
        self,
        changed: Mapping[str, tuple[Row, str]],
        column: str,
        facts: Sequence[Fact],
        before: Promises,
        after: Promises,
    ) -> None:
        """Those of these facts that are about nothing promised any more: of each person at the row and
        column that changed, of all others together at a `column` of the file."""
        lost: dict[str, list[Fact]] = {}
        for fact in facts_unpromised(facts, before, after):
            lost.setdefault(fact.signatory_id if fact.signatory_id in changed else "", []).append(
                fact
            )
        names = self.log.names({fact.signatory_id for some in lost.values() for fact in some})
        for name, some in lost.items():
            self.doubt(*changed.get(name, (None, column)), "promises_lost", **words_of(some, names))

    def look_up(self, sql: str, wanted: Sequence) -> Iterator[tuple]:
        """The rows of a SELECT whose `(:keys)` are the wanted ones, of the pact; `:until` is
        the last entry before the file."""
        for inside, params in in_lists(wanted):
            yield from self.asked.session.rows(
                sql.replace("(:keys)", inside),
                pact=self.asked.pact.id,
                until=self.before.until,
                **params,
            )


def changed_rows(kept: Sequence[RowResult]) -> Iterator[RowHistory]:
    """The rows that say something that the log does not."""
    return (found for found, outcome in kept if outcome is not RowOutcome.UNCHANGED)
