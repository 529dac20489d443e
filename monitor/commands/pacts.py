"""Loading a pact: created, unchanged, or corrected under the same id."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from monitor import intake
from monitor.commands.doubting.pacts import (
    missing_criteria,
    odd_levels,
    pact_doubts,
    same_wordings,
)
from monitor.commands.load_transaction import FileTransaction
from monitor.commands.report import Report
from monitor.commands.rows import Numbering
from monitor.findings import Doubt, RowError
from monitor.models import RowOutcome
from monitor.pacts import Pact
from monitor.store import Session, Store
from monitor.store.journal import Journal
from monitor.store.pacts_and_areas import current_pact, last_revision, pact_to_row


def load_pact(
    store: Store, file: BinaryIO, *, name: str, dry_run: bool = False, now: datetime | None = None
) -> Report:
    """Load a pact.toml: created, unchanged, or corrected under the same id.

    Once somebody has signed, no measure can be taken away or get another id, and what is fictional
    stays so (what is real, real): the file is refused.
    """
    return FileTransaction(
        store,
        lambda session, journal: load_pact_in(session, journal, file, name),
        now or datetime.now(UTC),
        dry_run=dry_run,
        again=lambda: file.seek(0),
    ).run()


def load_pact_in(session: Session, journal: Journal, file: BinaryIO, name: str) -> Report:
    """`load_pact` within a transaction that the caller holds."""
    pact, errors = intake.read_pact(file.read())
    report = Report("pact", name, pact.id if pact else "")
    if pact is None:
        report.refuse(RowOutcome.REJECTED, errors)
    else:
        keep_pact(session, journal, pact, report)
    return report


def keep_pact(session: Session, journal: Journal, pact: Pact, report: Report) -> None:
    """Create or correct a pact that was read, in a transaction that the caller holds; `report` is told
    what becomes of it."""
    name = report.file_name
    _, before = current_pact(session, pact.id) or (0, None)
    errors = [*_impossible(session, before, pact)] if before else []
    if errors:
        report.refuse(RowOutcome.CONFLICT, errors)
        return
    if before == pact:
        report.outcomes[RowOutcome.UNCHANGED] += 1
        return
    report.outcomes[RowOutcome.CORRECTED if before else RowOutcome.CREATED] += 1
    if pact.licence is None:
        report.doubt([Doubt(None, "licence", "", "no_licence")])
    if pact.term_end is None:
        report.doubt([Doubt(None, "term_end", "", "no_term_end")])
    if not pact.offices_said:
        report.doubt([Doubt(None, "binding_offices", "", "no_offices_said")])
    report.doubt([*missing_criteria(pact), *same_wordings(pact), *odd_levels(session, pact)])
    if before:
        report.doubt(pact_doubts(session, before, pact))
    rev = last_revision(session, pact.id)
    load_seq = journal.append("load", [((pact.id, "pact", name, 1), (), ())])
    journal.append("pact", [((pact.id, rev + 1, *pact_to_row(pact)), (), ())], load_seq=load_seq)
    # Of every version: whichever of them counts one day, its commitments have numbers.
    signatories = session.rows(
        "SELECT signatory_id, measures FROM signatory WHERE pact_id = :pact ORDER BY seq",
        pact=pact.id,
    )
    Numbering(session, journal, pact).add_commitments(signatories)


def _impossible(session: Session, before: Pact, pact: Pact) -> Iterator[RowError]:
    """What a pact that somebody has signed cannot change. Under another id, the words of a measure would
    stand above what was said of another one. A mark of fiction that came or went would turn invented
    facts into real ones, or the reverse, under the same addresses."""
    if not session.rows("SELECT seq FROM signatory WHERE pact_id = :pact LIMIT 1", pact=before.id):
        return
    if gone := {measure.id for measure in before.measures} - {m.id for m in pact.measures}:
        yield RowError(None, "measures", ", ".join(sorted(gone)), "measure_removed")
    words = {measure.id: measure.wording for measure in pact.measures}
    for old in before.measures:
        moved = [name for name, wording in words.items() if wording == old.wording]
        if moved and old.id not in moved:
            yield RowError(None, "measures", moved[0], "measure_renumbered", (("before", old.id),))
    gone = {office.code for office in before.offices} - set(pact.office_codes)
    held = session.rows("SELECT DISTINCT office FROM mandate WHERE pact_id = :pact", pact=before.id)
    for code in sorted(gone & {office for (office,) in held}):
        yield RowError(None, "offices", code, "office_removed")
    if before.areas is not pact.areas:
        yield RowError(None, "areas", pact.areas, "areas_changed")
    if before.fictional is not pact.fictional:
        yield RowError(None, "fictional", str(pact.fictional).lower(), "fictional_changed")
