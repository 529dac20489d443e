"""What the team says of signatories and of a register of elected officials, and the files that follow
from it: they wait for another person, as every file of a person."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from monitor.accounts import Bearer
from monitor.commands.load_options import LoadOptions
from monitor.commands.loading import file_in_memory, load_in
from monitor.commands.report import Report
from monitor.commands.transaction import (
    Work,
    check_no_conflict_with_person,
    record_refusals,
    transaction_as,
)
from monitor.commands.whole_pact import WholeReport, WholeTransaction
from monitor.matching.matches import Judgement
from monitor.models import Role
from monitor.store import Session, Store
from monitor.store.journal import Journal, timestamp


def judge_match(
    store: Store,
    who: Bearer,
    pact_id: str,
    signatory_id: str,
    person: str,
    register_day: date,
    judgement: Judgement,
    now: datetime | None = None,
) -> None:
    """Keep, beside the log, whether the signatory is the person of that key, in the state of the
    register of that day. Replaces what was said of the two. Raises Refused (`conflict_of_interest`),
    NotAllowed."""
    judge_matches(store, who, pact_id, [(signatory_id, person, register_day)], judgement, now)


def judge_matches(
    store: Store,
    who: Bearer,
    pact_id: str,
    pairs: Iterable[tuple[str, str, date]],
    judgement: Judgement,
    now: datetime | None = None,
) -> None:
    """The same of several signatories, each with the key of a person and the day of the register: of all
    of them, or of none."""
    with transaction_as(store, who, Role.REVIEWER, now) as work:
        for pair in pairs:
            _keep_judgement(work, pact_id, *pair, judgement)


def _keep_judgement(
    work: Work,
    pact_id: str,
    signatory_id: str,
    person: str,
    register_day: date,
    judgement: Judgement,
) -> None:
    check_no_conflict_with_person(work, pact_id, signatory_id)
    work.session.execute(
        "INSERT INTO match_judgement (pact_id, signatory_id, person, register_day, judgement, "
        "judged_by, judged_at) VALUES (:pact, :signatory, :person, :day, :judgement, :by, :at) "
        "ON CONFLICT (pact_id, signatory_id, person) DO UPDATE SET "
        "register_day = excluded.register_day, judgement = excluded.judgement, "
        "judged_by = excluded.judged_by, judged_at = excluded.judged_at",
        pact=pact_id,
        signatory=signatory_id,
        person=person,
        day=register_day.isoformat(),
        judgement=judgement.value,
        by=work.account.name,
        at=timestamp(work.now),
    )


def forget_judgements(
    store: Store, who: Bearer, pact_id: str, signatory_id: str, now: datetime | None = None
) -> None:
    """Take back all that was said of a signatory and of registers: it is proposed again. Raises Refused
    (`conflict_of_interest`), NotAllowed."""
    with transaction_as(store, who, Role.REVIEWER, now) as work:
        check_no_conflict_with_person(work, pact_id, signatory_id)
        work.session.execute(
            "DELETE FROM match_judgement WHERE pact_id = :pact AND signatory_id = :signatory",
            pact=pact_id,
            signatory=signatory_id,
        )


def load_matches(
    store: Store,
    who: Bearer,
    pact_id: str,
    files: Mapping[str, tuple[str, str]],
    now: datetime | None = None,
) -> list[Report]:
    """Bring in files of outcomes and mandates, name and text by content, all of them whole or none: a
    report each. They wait for another person. Raises NotFound (`unknown_pact`), NotAllowed."""
    now = now or datetime.now(UTC)

    def check(session: Session, journal: Journal) -> WholeReport:
        whole = WholeReport()
        for content, (name, text) in files.items():
            file = file_in_memory(text)
            waiting = LoadOptions(accepted=False)
            whole.reports.append(load_in(session, journal, content, file, pact_id, name, waiting))
        return whole

    with record_refusals(store, who, now):
        return (
            WholeTransaction(
                store,
                check,
                now,
                dry_run=False,
                who=who,
                role=Role.REVIEWER,
                again=lambda: None,
                pact_id=pact_id,
            )
            .run()
            .reports
        )
