"""The check of a pact with all that goes with it: each part after those that it rests on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from monitor.commands.beyond_refused import check_beyond
from monitor.commands.in_charge import put_in_charge
from monitor.commands.left_answers import doubt_left_answers
from monitor.commands.load_options import Companions, LoadOptions, PactChoices
from monitor.commands.loading import load_in
from monitor.commands.more_addresses import list_more_sources
from monitor.commands.one_table import split_answers
from monitor.commands.pacts import keep_pact
from monitor.commands.report import Report, restart_rejects
from monitor.commands.transaction import pact_of
from monitor.commands.whole_report import WholeReport, find_shared_titles
from monitor.commands.winners import ElectionSaid, put_winners
from monitor.findings import Doubt
from monitor.intake.pact_tables import AssembledPact
from monitor.intake.parts import Part, Parts
from monitor.intake.titles import TITLED
from monitor.intake.winners import find_winners
from monitor.models import RowOutcome
from monitor.pacts import Pact
from monitor.queries.file_rows import remembered_cells
from monitor.schema import FILES
from monitor.store import Session, Store
from monitor.store.journal import Journal
from monitor.store.pacts_and_areas import current_pact


@dataclass(frozen=True)
class RejectsFiles:
    """The files for the refused rows of parts, by what these hold, each opened once."""

    opens: Callable[[str], Any]
    _opened: dict[str, Any] = field(default_factory=dict)

    def open_once(self, content: str) -> Any:
        """The file of a part, None if there is to be none."""
        if content not in self._opened:
            self._opened[content] = self.opens(content)
        return self._opened[content]

    def restart(self) -> None:
        """Empty them, before the rows are read once more."""
        for file in self._opened.values():
            if restart := restart_rejects(file):
                restart()


@dataclass(frozen=True)
class WholeCheck:
    """Writes a whole pact within a transaction, and says what became of it. `pact_id`: of the pact that
    the parts belong to, "" if nobody says which; `options`: of every part, whose files for refused rows
    are `rejects`."""

    store: Store
    parts: Parts
    assembled: AssembledPact
    pact_id: str
    rejects: RejectsFiles
    choices: PactChoices
    options: LoadOptions

    def run(self, session: Session, journal: Journal) -> WholeReport:
        """What became of the parts, in the transaction of the journal."""
        whole = self._report_unread()
        pact = _keep_pact(session, journal, self.assembled, whole)
        rows = [part for part in self.parts.parts if part.content in FILES]
        if pact is None and len(rows) < len(self.parts.parts):
            whole.unchecked = _filled(rows)
        else:
            left_out = doubt_left_answers(rows, journal.latest_day)
            rows = self._divide_parts(session, journal, pact, rows)
            election = self._put_winners(session, journal, pact, rows, whole)
            self._load_parts(session, journal, election, left_out, whole)
        whole.shared_titles = find_shared_titles(whole.reports, self.parts.parts)
        return whole

    def _report_unread(self) -> WholeReport:
        """The report, with what is not read and what cannot be; tables of the elected are said apart."""
        unnamed = self.parts.unnamed
        told = {part.name for part in unnamed if not part.is_said and find_winners(part)}
        left_out = tuple(name for name in self.parts.left_out if name not in told)
        whole = WholeReport(left_out=left_out)
        for name, error in self.parts.errors:
            whole.refuse(name, [error])
        return whole

    def _divide_parts(
        self, session: Session, journal: Journal, pact: Pact | None, rows: list[Part]
    ) -> list[Part]:
        """The parts of rows, answers apart from who gave them, those who are in charge apart from those
        who signed, and with the cells that somebody has written anew."""
        if pact or self.pact_id:
            signed = pact or pact_of(session, self.pact_id)
            is_whole = pact is not None
            rows = split_answers(session, signed, rows, journal.latest_day, is_whole=is_whole)
        if office := self.choices.in_charge:
            signed = pact or pact_of(session, self.pact_id)
            rows = put_in_charge(session, signed, rows, office, journal.latest_day)
        return [_remember(self.store, self.pact_id, part) for part in rows]

    def _put_winners(
        self,
        session: Session,
        journal: Journal,
        pact: Pact | None,
        rows: list[Part],
        whole: WholeReport,
    ) -> ElectionSaid:
        """The parts, with the results of an election that tables of the elected say."""
        if not (pact or self.pact_id):
            return ElectionSaid(rows)
        signed, unnamed = pact or pact_of(session, self.pact_id), self.parts.unnamed
        election = put_winners(
            session,
            signed,
            rows,
            unnamed,
            journal.latest_day,
            self.choices.notes_defeats,
            dict(self.choices.agreed_names),
        )
        for name, error in election.errors.items():
            whole.refuse(name, [error])
        read = {*election.read, *election.errors}
        whole.left_out = tuple(name for name in self.parts.left_out if name not in read)
        return election

    def _load_parts(
        self,
        session: Session,
        journal: Journal,
        election: ElectionSaid,
        left_out: Mapping[str, Sequence[Doubt]],
        whole: WholeReport,
    ) -> None:
        """Load the parts in their order, up to one that the others rest on and that is refused; then
        look for what is odd of each beside the others."""
        rows = election.parts
        later: list[Callable[[], None]] = []
        for place, part in enumerate(rows):
            if whole.reports and _others_rest_on(whole.reports[-1]):
                rest = rows[place:]
                whole.unchecked = _filled(rest)
                whole.reports += check_beyond(
                    session, journal, rest, self.pact_id, accepted=self.options.accepted
                )
                break
            table = part.open_table()
            table.splits_addresses = part.content == "actions"
            report = load_in(
                session,
                journal,
                part.content,
                table,
                self.pact_id,
                part.name,
                self.options._replace(rejects=self.rejects.open_once(part.content)),
                Companions(
                    [one.name for one in rows if one.name != part.name],
                    any(one.content == "answers" for one in rows),
                    election.others,
                    self.choices,
                    later,
                ),
            )
            report.doubt(election.doubts.get(part.name, ()))
            report.doubt(left_out.get(part.name, ()))
            whole.reports.append(report)
            if table.more_addresses:
                signed = pact_of(session, self.pact_id)
                rows.insert(place + 1, list_more_sources(signed, part.name, table))
        for look in later:
            look()


def _remember(store: Store, pact_id: str, part: Part) -> Part:
    """The part, with the cells that somebody wrote anew when it came before."""
    with store.reading() as session:
        cells = remembered_cells(session, pact_id, part.content)
    return replace(part, mending=replace(part.mending, remembered=cells)) if cells else part


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
