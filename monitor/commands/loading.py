"""Loading a file: every row checked, one transaction, whole or not at all."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import BinaryIO, TextIO

from monitor import areas, intake
from monitor.accounts import Bearer
from monitor.columns import COLUMNS
from monitor.commands.actions import ActionWriter
from monitor.commands.kinds import KINDS, Kind, Version
from monitor.commands.report import Rejects, Report, transaction
from monitor.commands.rows import Decided, RowWriter
from monitor.errors import NotFound
from monitor.intake import Context, Row
from monitor.models import Pact, RowError, RowOutcome
from monitor.store import Session, Store
from monitor.store.base import among
from monitor.store.journal import Journal
from monitor.store.reference import AREA_COLUMNS, current_pact, with_areas

#: Rows handled together: bounds the memory of a load of any length.
CHUNK = 20_000
#: (line, outcome, cells, errors) of each row, in the order in which they are decided.
OnRow = Callable[[int, RowOutcome, Sequence[str | None], Sequence[RowError]], None]


def load(
    store: Store,
    content: str,
    file: BinaryIO,
    *,
    pact_id: str,
    name: str,
    dry_run: bool = False,
    skip_rejected: bool = False,
    rejects: TextIO | None = None,
    lang: str | None = None,
    progress: Callable[[int], None] = lambda rows: None,
    now: datetime | None = None,
    who: Bearer | None = None,
    expected: Counter | None = None,
    on_row: OnRow | None = None,
) -> Report:
    """Load a signatories, mandates, actions or areas file into a pact.

    Every row is checked before anything is kept: one refused row leaves the log as it was, unless
    `skip_rejected`. `rejects` receives the refused rows with their reasons, as CSV, and is flushed
    before the good ones are kept; `lang`: that of the reasons, else the pact's. `progress` is
    told the number of rows read, `on_row` what becomes of each. What the operator loads is accepted
    with the file; what a person loads (`who`) waits for another person, and is not loaded at all if
    the outcomes are not those `expected`. Raises NotFound (`unknown_pact`), NotAllowed and what
    `Store.writing` raises.
    """
    table = intake.Table(file)  # a workbook is opened before anybody has to wait
    return transaction(
        store,
        now,
        lambda session, journal: load_in(
            session, journal, content, table, pact_id, name, rejects, progress,
            accepted=who is None, on_row=on_row, lang=lang,
        ),
        dry_run=dry_run,
        skip_rejected=skip_rejected,
        who=who,
        expected=expected,
    )  # fmt: skip


def load_in(
    session: Session,
    journal: Journal,
    content: str,
    file: BinaryIO | intake.Table,
    pact_id: str,
    name: str,
    rejects: TextIO | None = None,
    progress: Callable[[int], None] = lambda rows: None,
    accepted: bool = True,
    on_row: OnRow | None = None,
    lang: str | None = None,
) -> Report:
    """`load` within a transaction that the caller holds."""
    found = current_pact(session, pact_id)
    if found is None:
        known = [pact for (pact,) in session.rows("SELECT DISTINCT pact_id FROM pact")]
        raise NotFound("unknown_pact", value=pact_id, known=", ".join(known) or "–")
    pact = found[1]
    kind = KINDS[content]
    writer_class = ActionWriter if content == "actions" else RowWriter
    writer = writer_class(session, journal, kind, pact, name, accepted)
    table = file if isinstance(file, intake.Table) else intake.Table(file)
    report = Report(content, name, pact_id, left_out=table.left_out)
    written = Rejects(rejects, COLUMNS[kind.content], lang or pact.language)
    loading = _Loading(session, writer, pact, kind, report, written, on_row)
    context = context_of(session, pact, content, date.fromisoformat(journal.recorded_at[:10]))
    done = 0
    for chunk in _chunks(intake.read(table, content, context, name)):
        loading.take(chunk)
        done += len(chunk)
        progress(done)
    loading.finish()
    written.close()
    return report


class _Loading:
    """The rows of one file on their way to the log."""

    def __init__(
        self,
        session: Session,
        writer: RowWriter,
        pact: Pact,
        kind: Kind,
        report: Report,
        rejects: Rejects,
        on_row: OnRow | None,
    ):
        self.report = report
        self._on_row = on_row
        self._session = session
        self._writer = writer
        self._pact = pact
        self._kind = kind
        self._rejects = rejects
        self._waiting: list[Row] = []
        self._tied, self._tied_people = tied(session, pact.id, writer.author)
        self._any_before = bool(
            session.rows(
                f'SELECT seq FROM "{kind.subject}" WHERE pact_id = :pact LIMIT 1', pact=pact.id
            )
        )

    def take(self, rows: list[Row]) -> None:
        """Refuse, leave, correct or create each row of a part of the file."""
        good = []
        for row in rows:
            if row.errors:
                self.report.reject(row)
                self._written(row, RowOutcome.REJECTED, row.errors)
            else:
                row.values = self._kind.complete(row.values)
                good.append(row)
        good = self._of_others(good)
        if self._kind.content == "actions":
            good = self._with_targets(good)
        self._write(good)

    def finish(self) -> None:
        """Rows whose target came later in the file, each after its target; what has none is
        refused."""
        if not self._waiting:
            return
        by_target: dict[str, list[Row]] = {}
        for row in self._waiting:
            by_target.setdefault(row.values[13], []).append(row)
        ready = deque(self._writer.targets(sorted(by_target)))
        ordered = []
        while ready:
            found = by_target.pop(ready.popleft(), [])
            ordered += found
            ready += [row.values[0] for row in found]
        self._write(ordered)
        for rows in by_target.values():
            for row in rows:
                self._refuse_cell(row, 13, "unknown_supersedes")

    def _of_others(self, rows: list[Row]) -> list[Row]:
        """The rows that are about no commune that the author is tied to."""
        if not self._tied:
            return rows
        by_commune = self._kind.content == "signatories"
        good = []
        for row in rows:
            about = {"signatories": (0,), "mandates": (0,), "actions": (1,)}.get(
                self._kind.content, ()
            )
            if any(row.values[column] in self._tied_people for column in about) or (
                by_commune and row.values[2] in self._tied
            ):
                self._refuse_cell(row, about[0], "conflict_of_interest")
            else:
                good.append(row)
        return good

    def _write(self, rows: list[Row]) -> None:
        versions = {}
        if self._any_before and rows:
            versions = self._kind.versions(
                self._session, self._pact.id, [row.values for row in rows]
            )
        decided: list[Decided] = []
        for row in rows:
            every: list[Version] = versions.get(self._kind.key(row.values), [])
            history = [version for version in every if self._writer.counts(version.state)]
            if any(version.redacted for version in every):
                self._refuse_cell(row, 0, "conflict_redacted", RowOutcome.CONFLICT)
                continue
            if not history:
                outcome = RowOutcome.CREATED
            elif history[-1].values == row.values:
                outcome = RowOutcome.UNCHANGED
            elif any(version.values == row.values for version in history):
                self._refuse_cell(row, 0, "conflict_older_version", RowOutcome.CONFLICT)
                continue
            elif history[-1].by_hand:
                self._refuse_cell(row, 0, "conflict_edited", RowOutcome.CONFLICT)
                continue
            elif self._names_a_later_one(row.values, history[-1]):
                self._refuse_cell(row, 13, "supersedes_later")
                continue
            else:
                outcome = RowOutcome.CORRECTED
            self.report.outcomes[outcome] += 1
            if self._on_row:
                self._on_row(row.line, outcome, row.values, ())
            if outcome is not RowOutcome.UNCHANGED:
                decided.append((row.values, every[-1] if every else None))
        self._writer.write(decided)

    def _with_targets(self, rows: list[Row]) -> list[Row]:
        """The rows that can be written now: commitment known, target in the log or just before."""
        wanted = sorted({row.values[13] for row in rows if row.values[13]})
        known = set(self._writer.targets(wanted)) if wanted else set()
        good = []
        for row in rows:
            if (row.values[1], row.values[2]) not in self._writer.commitments:
                self._refuse_cell(row, 2, "not_committed")
            elif row.values[13] and row.values[13] not in known:
                self._waiting.append(row)
            else:
                known.add(row.values[0])
                good.append(row)
        return good

    def _names_a_later_one(self, values: tuple, before: Version) -> bool:
        """Whether a rewritten action now supersedes one that entered the log after it."""
        if self._kind.content != "actions" or not values[13]:
            return False
        return self._writer.targets([values[13]]).get(values[13], 0) >= before.first

    def _refuse_cell(self, row: Row, column: int, code: str, outcome=RowOutcome.REJECTED) -> None:
        name, value = COLUMNS[self._kind.content][column], row.values[column] or ""
        self._refuse(row, outcome, (RowError(row.line, name, value, code, row=row.row),))

    def _refuse(self, row: Row, outcome: RowOutcome, errors: tuple[RowError, ...]) -> None:
        self.report.refuse(outcome, errors)
        self._written(row, outcome, errors)

    def _written(self, row: Row, outcome: RowOutcome, errors: tuple[RowError, ...]) -> None:
        if self._on_row:
            self._on_row(row.line, outcome, row.raw or row.values, errors)
        self._rejects.write(row, errors)


def tied(session: Session, pact_id: str, author: str) -> tuple[set[str], set[str]]:
    """The communes that an account may not rate, and who signed there."""
    communes = {
        commune
        for (commune,) in session.rows(
            "SELECT commune FROM account_commune WHERE name = :name", name=author
        )
    }
    if not communes:
        return set(), set()
    inside, params = among(sorted(communes))
    found = session.rows(
        "SELECT DISTINCT signatory_id FROM signatory "
        f"WHERE pact_id = :pact AND commune IN {inside}",
        pact=pact_id,
        **params,
    )
    return communes, {name for (name,) in found}


def context_of(session: Session, pact: Pact, content: str, today: date) -> Context:
    signatories = set()
    if content in ("mandates", "actions"):
        signatories = {
            name
            for (name,) in session.rows(
                "SELECT DISTINCT signatory_id FROM signatory WHERE pact_id = :pact", pact=pact.id
            )
        }
    own = session.rows(
        f"SELECT {AREA_COLUMNS} FROM area WHERE pact_id = :pact ORDER BY seq", pact=pact.id
    )
    return Context(
        today=today,
        signatories=signatories,
        measures=[measure.id for measure in pact.measures],
        areas=with_areas(areas.communes(), own),
        retired=areas.retired(),
        election_on=pact.election_on,
        term_end=pact.term_end,
    )


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def in_memory(text: str) -> BinaryIO:
    """A file as `load` takes it, from a text."""
    return BytesIO(text.encode())
