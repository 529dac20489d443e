"""Loading a file: every row checked, one transaction, whole or not at all."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import BinaryIO, TextIO

from monitor import areas, intake
from monitor.accounts import Bearer
from monitor.commands.absent_signatories import ABOUT
from monitor.commands.actions import ActionWriter
from monitor.commands.answers import DecidingAnswers
from monitor.commands.deciding import Deciding
from monitor.commands.details import DecidingDetails
from monitor.commands.doubting import DoubtScope, make_weighing, tell_gone
from monitor.commands.doubting.log_reading import Reading
from monitor.commands.files import FILE_KINDS
from monitor.commands.load_options import ALONE, PLAIN, Companions, LoadOptions, OnRow
from monitor.commands.load_transaction import FileTransaction
from monitor.commands.mandates import DecidingMandates
from monitor.commands.report import Rejects, Report, restart_rejects
from monitor.commands.rows import RowWriter
from monitor.commands.sources import DecidingSources
from monitor.commands.superseding import DecidingActions
from monitor.commands.swapped_ids import DecidingSignatories
from monitor.commands.transaction import pact_of
from monitor.commands.unfinished_files import abandon_leftovers
from monitor.findings import Doubt
from monitor.i18n import LANGUAGES, interface_language
from monitor.intake import Context, Row
from monitor.intake.measures import titles_by_measure
from monitor.intake.people import Person
from monitor.models import AreaCodes, Outcome
from monitor.pacts import Pact
from monitor.queries.people import last_names_of
from monitor.schema import COLUMNS
from monitor.store import Session, Store
from monitor.store.id_key import pact_id_key
from monitor.store.journal import Journal
from monitor.store.pacts_and_areas import AREA_COLUMNS, base_areas, with_areas

#: Rows handled together, and letters about: bounds the memory of a load of any length.
CHUNK, LETTERS = 20_000, 20_000_000
#: How often it is told how many were read.
TOLD = 1_000
#: Those with rules of their own between rows.
DECIDING = {
    "answers": DecidingAnswers,
    "details": DecidingDetails,
    "sources": DecidingSources,
    "signatories": DecidingSignatories,
    "mandates": DecidingMandates,
    "actions": DecidingActions,
}


def load(
    store: Store,
    content: str,
    file: BinaryIO | intake.Table,
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
    strict: bool = False,
    newer: bool = False,
    for_page: bool = False,
    keeps_doubts: bool = False,
) -> Report:
    """Load a file of `schema.FILES` into a pact.

    A column that the file lacks says nothing: of a row that the log has, it stays as it is there.
    Every row is checked before anything is kept: one refused row leaves the log as it was, unless
    `skip_rejected`. `rejects` receives the refused rows with their reasons, as CSV, and is flushed
    before the good ones are kept; `lang`: that of the reasons, else the pact's. `progress` is
    told the number of rows read, `on_row` what becomes of each. What the operator loads is accepted
    with the file; what a person loads (`who`) waits for another person, and is not loaded at all if
    the outcomes are not those `expected`. `strict`: nothing is kept if anything is odd. `newer`: the
    file may put an older value back, and give an id to another person or fact. `for_page`: `rejects`
    receives the first refused rows only. `keeps_doubts`: the report has all of them. Raises NotFound
    (`unknown_pact`), NotAllowed and what `Store.writing` raises.
    """
    table = intake.Table.of(file)
    options = LoadOptions(
        who is None, rejects, lang, progress, on_row, newer, for_page, keeps_doubts
    )
    report = FileTransaction(
        store,
        lambda session, journal: load_in(session, journal, content, table, pact_id, name, options),
        now or datetime.now(UTC),
        dry_run=dry_run,
        skip_rejected=skip_rejected,
        who=who,
        expected=expected,
        strict=strict,
        again=restart_rejects(rejects),
    ).run()
    if who and report.loaded:
        abandon_leftovers(store, who, pact_id, content, name, now)
    return report


def load_in(
    session: Session,
    journal: Journal,
    content: str,
    file: BinaryIO | intake.Table,
    pact_id: str,
    name: str,
    options: LoadOptions = PLAIN,
    companions: Companions = ALONE,
) -> Report:
    """`load` within a transaction that the caller holds, with what is loaded together with the file."""
    pact = pact_of(session, pact_id)
    table = intake.Table.of(file)
    report = Report(
        content, name, pact_id, keeps_doubts=options.keeps_doubts, headings=table.headings
    )
    writer_class = ActionWriter if content == "actions" else RowWriter
    writer = writer_class(session, journal, FILE_KINDS[content], pact, name, options.accepted)
    context = replace(
        file_context(session, pact, content, journal.latest_day),
        others_elected=companions.others_elected,
    )
    shape = report.shape = intake.shape_of(content, context)
    refused = Rejects(
        options.rejects,
        COLUMNS[content],
        options.lang or interface_language(pact.language),
        options.for_page,
        table.headings,
    )
    doubting = make_weighing(
        content, DoubtScope(session, pact, context, writer.counts, report, companions.files)
    )
    deciding = DECIDING.get(content, Deciding)(
        session,
        writer,
        shape,
        report,
        refused,
        doubting,
        options,
        companions,
        table.emptied_columns,
    )
    for chunk in _chunks(intake.read_file_as(table, shape), options.progress):
        deciding.take(chunk)
    deciding.finish()
    if companions.later is None:
        doubting.finish()
    else:
        companions.later.append(doubting.finish)
    if not report.unread:
        tell_gone(doubting, writer.author)
    _report_table(report, table)
    report.names = _names_in(session, pact_id, report)
    writer.keep_mended(report.mended)
    refused.close()
    report.rejects = refused.written
    return report


def _report_table(report: Report, table: intake.Table) -> None:
    """Say what is odd of the table as a whole, and what a person has put right in it."""
    report.left_out = table.left_out
    report.doubt(table.doubts)
    report.doubt(
        Doubt(
            cell.line, cell.column, cell.was or "", "mended_again", (("became", cell.became or ""),)
        )
        for cell in table.remembered_cells
    )
    report.mended, report.answers_under = table.mended_cells, table.answers_under


def file_context(session: Session, pact: Pact, content: str, today: date) -> Context:
    """What the cells of a file are checked against: of this pact, as the log has it by now."""
    signatories = set()
    if content in ABOUT:
        signatories = {
            name
            for (name,) in session.rows(
                "SELECT DISTINCT signatory_id FROM signatory WHERE pact_id = :pact", pact=pact.id
            )
        }
    own = []
    if content != "areas":
        own = session.rows(
            f"SELECT {AREA_COLUMNS} FROM area WHERE pact_id = :pact ORDER BY seq", pact=pact.id
        )
    return Context(
        today=today,
        signatories=signatories,
        measures=[measure.id for measure in pact.measures],
        titles=titles_by_measure(pact.measures),
        people=lambda: people_of(session, pact),
        id_key=pact_id_key(session, pact.id),
        areas=with_areas(base_areas(pact), own),
        retired=areas.retired_codes() if pact.areas is AreaCodes.INSEE else {},
        own_places=pact.areas is AreaCodes.OWN,
        language=interface_language(pact.language),
        election_on=pact.election_on,
        binding_offices=pact.binding_offices,
        offices={
            office.code: tuple(
                dict.fromkeys(title for lang in LANGUAGES for title in office.titles(lang))
            )
            for office in pact.offices
        },
    )


#: Corrections of which whom they are about is looked up.
_NAMED = 50


def _names_in(session: Session, pact_id: str, report: Report) -> dict[str, str]:
    """The last names of those whom the first corrections are about, by their ids."""
    keys = [dict(change.key).get("signatory_id") for change in report.changes[:_NAMED]]
    return last_names_of(session, pact_id, {one for one in keys if one})


#: What was decided of a file whose rows say nothing any more.
_GONE = ("withdrawn", "refused")


def people_of(session: Session, pact: Pact) -> Iterator[Person]:
    """The signatories of a pact, every version of each, the last one last; elected is also who holds a
    binding office, whatever is said of the election."""
    log = Reading(session, pact.id, lambda state: state not in _GONE)
    held = log.mandates() if log.any_of("mandate") else {}
    holders = {one.signatory_id for one in held if one.office in pact.binding_offices}
    for signatory_id, name, commune, outcome in session.rows(
        "SELECT t.signatory_id, x.name, t.commune, t.outcome FROM signatory t "
        "JOIN signatory_text x ON x.seq = t.seq WHERE t.pact_id = :pact ORDER BY t.seq",
        pact=pact.id,
    ):
        is_elected = signatory_id in holders
        yield Person(
            signatory_id, name or "", commune, Outcome.ELECTED if is_elected else outcome or ""
        )


def _chunks(rows: Iterator[Row], progress: Callable[[int], None]) -> Iterator[list[Row]]:
    chunk, letters, done = [], 0, 0
    for done, row in enumerate(rows, start=1):
        chunk.append(row)
        if done % TOLD == 0:
            progress(done)
        letters += sum(map(len, filter(None, row.raw or row.values)))
        if len(chunk) == CHUNK or letters > LETTERS:
            yield chunk
            chunk, letters = [], 0
    if chunk:
        yield chunk
    progress(done)


def file_in_memory(text: str) -> BinaryIO:
    """A file as `load` takes it, from a text."""
    return BytesIO(text.encode())
