"""Loading a pact with all that goes with it, whole or not at all: the files of a folder, or the sheets
of a workbook."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from monitor import dates
from monitor.accounts import Bearer
from monitor.commands.beyond_refused import check_beyond
from monitor.commands.in_charge import put_in_charge
from monitor.commands.left_answers import doubt_left_answers
from monitor.commands.load_transaction import Approval, Transaction
from monitor.commands.loading import load_in
from monitor.commands.more_addresses import list_more_sources
from monitor.commands.one_table import split_answers
from monitor.commands.pacts import keep_pact
from monitor.commands.parts import Parts as DraftParts
from monitor.commands.report import Report, restart_rejects
from monitor.commands.staging import Draft, TriedDraft
from monitor.commands.transaction import pact_of
from monitor.commands.whole_report import WholeReport, find_shared_titles
from monitor.commands.winners import put_winners
from monitor.intake.pact_tables import AssembledPact, assemble_pact
from monitor.intake.parts import Part, Parts
from monitor.intake.request_rows import complete_parts
from monitor.intake.titles import TITLED
from monitor.intake.winners import find_winners
from monitor.models import RowOutcome
from monitor.pacts import Pact
from monitor.queries.file_rows import remembered_cells
from monitor.schema import FILES
from monitor.store import Session, Store
from monitor.store.journal import Journal
from monitor.store.pacts_and_areas import current_pact
from monitor.store.trial import try_in_copy


def load_whole_pact(
    store: Store,
    parts: Parts,
    *,
    pact_id: str | None = None,
    dry_run: bool = False,
    strict: bool = False,
    newer: bool = False,
    in_charge: str | None = None,
    notes_defeats: bool = False,
    leaves_unpromised: bool = False,
    leaves_facts: Collection[str] = (),
    keeps_doubts: bool = False,
    rejects: Callable[[str], Any] = lambda content: None,
    lang: str | None = None,
    progress: Callable[[int], None] = lambda rows: None,
    now: datetime | None = None,
    approve: Approval = lambda session, before: None,
    who: Bearer | None = None,
    expected: Sequence[Counter] | None = None,
) -> WholeReport:
    """Load a pact and all that goes with it, in one transaction: every part is checked, and nothing is
    kept if a row of any is refused or, where `strict`, doubted.

    `parts`: what `intake.sort_parts` makes of files. `pact_id`: the pact that they belong to, where
    they hold none. `rejects` opens the text file for the refused rows of a part, if there is to be one.
    `newer`, `keeps_doubts`, `lang` and `progress` as in `load`. `in_charge`: the office of those who are
    listed as signatories and are in charge of what another one signed (`put_in_charge`).
    `notes_defeats` as in `put_winners`, `leaves_unpromised` and `leaves_facts` as in `load_in`.
    Loading the same again changes nothing. `approve` as in `Transaction`. What a person loads (`who`),
    of a pact that there is, waits for another person, and is not loaded at all if the outcomes of the
    parts are not those `expected`.

    Raises NotFound (`unknown_pact`, `unknown_office`), NotAllowed and what `Store.writing` raises.
    """
    now = now or datetime.now(UTC)
    today = dates.latest_day(now)
    parts = complete_parts(parts, today)
    assembled = assemble_pact(parts.parts, today, lambda one: _former(store, one))
    about = assembled.pact.id if assembled.pact else pact_id or ""
    opened: dict[str, Any] = {}

    def open_once(content: str) -> Any:
        if content not in opened:
            opened[content] = rejects(content)
        return opened[content]

    def check(session: Session, journal: Journal) -> WholeReport:
        told = {part.name for part in parts.unnamed if not part.is_said and find_winners(part)}
        whole = WholeReport(left_out=tuple(name for name in parts.left_out if name not in told))
        for name, error in parts.errors:
            whole.refuse(name, [error])
        pact = _keep_pact(session, journal, assembled, whole)
        rows = [part for part in parts.parts if part.content in FILES]
        if pact is None and len(rows) < len(parts.parts):
            whole.unchecked = _filled(rows)
            return whole
        left_out = doubt_left_answers(rows, journal.latest_day)
        if pact or about:
            signed = pact or pact_of(session, about)
            rows = split_answers(
                session, signed, rows, journal.latest_day, is_whole=pact is not None
            )
        if in_charge:
            signed = pact or pact_of(session, about)
            rows = put_in_charge(session, signed, rows, in_charge, journal.latest_day)
        rows = [_remember(store, about, part) for part in rows]
        election = None
        if pact or about:
            signed = pact or pact_of(session, about)
            election = put_winners(
                session, signed, rows, parts.unnamed, journal.latest_day, notes_defeats
            )
            rows = election.parts
            for name, error in election.errors.items():
                whole.refuse(name, [error])
            read = {*election.read, *election.errors}
            left = [name for name in parts.left_out if name not in read]
            whole.left_out = tuple(left)
        later: list[Callable[[], None]] = []
        for place, part in enumerate(rows):
            if whole.reports and _others_rest_on(whole.reports[-1]):
                whole.unchecked = _filled(rows[place:])
                whole.reports += check_beyond(
                    session, journal, rows[place:], about, accepted=who is None
                )
                break
            table = part.open_table()
            table.splits_addresses = part.content == "actions"
            report = load_in(
                session,
                journal,
                part.content,
                table,
                about,
                part.name,
                open_once(part.content),
                progress,
                accepted=who is None,
                lang=lang,
                newer=newer,
                keeps_doubts=keeps_doubts,
                later=later,
                others_elected=election.others if election else {},
                beside=[one.name for one in rows if one.name != part.name],
                brings_answers=any(one.content == "answers" for one in rows),
                leaves_unpromised=leaves_unpromised,
                leaves_facts=leaves_facts,
            )
            report.doubt(election.doubts.get(part.name, ()) if election else ())
            report.doubt(left_out.get(part.name, ()))
            whole.reports.append(report)
            if table.more_addresses:
                signed = pact_of(session, about)
                rows.insert(place + 1, list_more_sources(signed, part.name, table))
        for look in later:
            look()
        return whole

    def check_again() -> None:
        for file in opened.values():
            if restart := restart_rejects(file):
                restart()

    def check_and_look(session: Session, journal: Journal) -> WholeReport:
        whole = check(session, journal)
        whole.shared_titles = find_shared_titles(whole.reports, parts.parts)
        return whole

    return WholeTransaction(
        store,
        check_and_look,
        now,
        dry_run=dry_run,
        who=who,
        strict=strict,
        again=check_again,
        approve=approve,
        pact_id=about,
        expected=expected,
    ).run()


@dataclass(frozen=True)
class WholeTransaction(Transaction[WholeReport]):
    """The same for files of which each rests on what those before it write: they are checked in a copy
    of what the log says of their pact, which has it all. `expected`: as in `FileTransaction`, of each
    part."""

    pact_id: str = ""
    expected: Sequence[Counter] | None = None

    def run(self) -> WholeReport:
        whole = super().run()
        for report in whole.reports:
            report.loaded = whole.loaded
        return whole

    @contextmanager
    def _drafting(self, parts: DraftParts | None) -> Iterator[tuple[Session, Draft]]:
        with self.store.looking() as session:
            author = self._author(session)
        with try_in_copy(self.store, self.pact_id) as session:
            yield session, TriedDraft(session, author, self.now, parts)

    def _is_kept(self, report: WholeReport) -> bool:
        for one in report.reports:
            one.doubts.sort(key=lambda doubt: doubt.line or 0)
            one.doubted = self.strict and one.is_doubtful
        outcomes = [one.outcomes for one in report.reports]
        is_as_shown = self.expected is None or outcomes == [*self.expected]
        return report.is_whole and is_as_shown and not self.dry_run


def _remember(store: Store, pact_id: str, part: Part) -> Part:
    """The part, with the cells that somebody wrote anew when it came before."""
    with store.reading() as session:
        cells = remembered_cells(session, pact_id, part.content)
    return replace(part, mending=replace(part.mending, remembered=cells)) if cells else part


def _former(store: Store, pact_id: str) -> Pact | None:
    """The pact as the log has it; None of a new one."""
    with store.reading() as session:
        found = current_pact(session, pact_id)
    return found[1] if found else None


def _filled(parts: Iterable[Part]) -> tuple[str, ...]:
    """The names of the parts that somebody has filled in."""
    return tuple(part.name for part in parts if not part.is_unfilled)


def _others_rest_on(report: Report) -> bool:
    """Whether rows were refused that those of other parts name: each of these would be refused too."""
    return bool(report.refused) and report.content in ("areas", "signatories")


def _keep_pact(
    session: Session, journal: Journal, found: AssembledPact, whole: WholeReport
) -> Pact | None:
    """The pact that the parts hold, created, corrected or left; None if they hold none, or one that is
    refused."""
    pact_id = found.pact.id if found.pact else ""
    reports = {part: Report(part.content, part.name, pact_id) for part in found.errors}
    for part, report in reports.items():
        if errors := found.errors[part]:
            report.refuse(RowOutcome.REJECTED, errors)
        report.doubt(found.doubts.get(part, ()))
        report.mended = found.mended.get(part, ())
    whole.reports += reports.values()
    if found.pact is None or found.main is None:
        return None
    before = current_pact(session, pact_id)
    keep_pact(session, journal, found.pact, reports[found.main])
    if reports[found.main].refused:
        return None
    for part, report in reports.items():
        if part.content == "pact":
            report.outcomes = reports[found.main].outcomes
        else:
            _count_rows(report, before[1] if before else None, found.pact)
    return found.pact


def _count_rows(report: Report, before: Pact | None, pact: Pact) -> None:
    """What became of each row of a table of the pact."""
    key = TITLED[report.content][0]
    former = {getattr(one, key): one for one in getattr(before, report.content, ())}
    for one in getattr(pact, report.content):
        old = former.get(getattr(one, key))
        outcome = RowOutcome.CORRECTED if old else RowOutcome.CREATED
        report.outcomes[RowOutcome.UNCHANGED if old == one else outcome] += 1
