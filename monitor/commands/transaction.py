"""What the commands of the team share: one transaction, one person whose right is looked up in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import overload

from monitor import intake
from monitor.accounts import Account, Bearer, find_account, require_role
from monitor.accounts.people import OPERATOR
from monitor.accounts.sessions import LOG
from monitor.accounts.team_record import NEW_HOURS, Act, is_new_account, makers_of, record_act
from monitor.errors import InvalidRow, NotAllowed, Refused
from monitor.findings import RowError
from monitor.models import Role
from monitor.pacts import Pact
from monitor.store import Session, Store
from monitor.store.guards import COMMUNES_OF_FILE, conflict_refusal
from monitor.store.journal import Journal
from monitor.store.pacts_and_areas import current_pact, list_pacts, unknown_pact

_THE_OPERATOR = Account(OPERATOR, Role.ADMIN, active=True)


@dataclass(frozen=True)
class Work:
    """One transaction of one person."""

    session: Session
    journal: Journal
    account: Account
    now: datetime

    @property
    def clock(self) -> datetime:
        """The time that an entry written now bears."""
        return datetime.fromisoformat(self.journal.recorded_at)

    @property
    def is_operator(self) -> bool:
        """Whether it is the operator's, on the command line or for the server itself."""
        return self.account.name == OPERATOR


@contextmanager
def transaction_as(
    store: Store, who: Bearer | None, needed: Role, now: datetime | None = None
) -> Iterator[Work]:
    """A transaction of `who`, who must have that role; of the operator if None.

    Raises NotAllowed and what `Store.writing` raises; the block's own errors undo it all. What is not
    allowed to somebody of the team is recorded.
    """
    now = now or datetime.now(UTC)
    with record_refusals(store, who, now), store.writing() as session:
        account = require_role(session, who, needed, now) if who else _THE_OPERATOR
        yield Work(session, Journal(session, account.name, now), account, now)


@contextmanager
def record_refusals(store: Store, who: Bearer | None, now: datetime) -> Iterator[None]:
    """What is not allowed to somebody of the team in this block is recorded once it has been undone."""
    try:
        yield
    except NotAllowed as error:
        if who and error.code != "not_signed_in":
            with store.writing() as session:
                if account := find_account(session, who, now):
                    record_act(session, Act.REFUSED, now, account.name, code=error.code)
        raise


def pact_of(session: Session, pact_id: str) -> Pact:
    """Raises NotFound (`unknown_pact`)."""
    found = current_pact(session, pact_id)
    if found is None:
        raise unknown_pact(pact_id, list_pacts(session))
    return found[1]


def number_of_commitment(session: Session, pact_id: str, signatory_id: str, measure: str) -> int:
    """How the log numbers a commitment. Raises InvalidRow (`not_committed`)."""
    found = session.rows(
        "SELECT id FROM commitment WHERE pact_id = :pact AND signatory_id = :name "
        "AND measure_id = :measure",
        pact=pact_id,
        name=signatory_id,
        measure=measure,
    )
    if not found:
        raise InvalidRow([RowError(None, "measure", measure, "not_committed")])
    return found[0][0]


def check_no_conflict(work: Work, commitment_id: int) -> None:
    """Raises Refused (`conflict_of_interest`) where the account may not rate the commune."""
    communes = {
        commune
        for (commune,) in work.session.rows(
            "SELECT s.commune FROM signatory s JOIN commitment c ON c.pact_id = s.pact_id "
            "AND c.signatory_id = s.signatory_id WHERE c.id = :id",
            id=commitment_id,
        )
    }
    if own := communes & work.account.communes:
        raise Refused("conflict_of_interest", commune=", ".join(sorted(own)))


def check_no_conflict_with_person(work: Work, pact_id: str, signatory_id: str) -> None:
    """Raises Refused (`conflict_of_interest`) where the account is tied to a commune, present or
    former, of the signatory."""
    if work.account.communes:
        found = work.session.rows(
            "SELECT commune FROM signatory WHERE pact_id = :pact AND signatory_id = :name",
            pact=pact_id,
            name=signatory_id,
        )
        if own := {commune for (commune,) in found} & work.account.communes:
            raise Refused("conflict_of_interest", commune=", ".join(sorted(own)))


def check_no_conflict_with_file(work: Work, load_seq: int) -> None:
    """Raises Refused (`conflict_of_interest`) where a row of the file is about such a commune."""
    _check_no_tie(work.session, work.account, load_seq)


def _check_no_tie(session: Session, account: Account, load_seq: int) -> None:
    if account.communes:
        found = {commune for (commune,) in session.rows(COMMUNES_OF_FILE, load=load_seq)}
        if own := found & account.communes:
            raise Refused("conflict_of_interest", commune=", ".join(sorted(own)))


@contextmanager
def name_conflict_with_file(
    store: Store, table: str, who: Bearer, load_seq: int, now: datetime | None
) -> Iterator[None]:
    """The same where the block writes into a table whose guard refuses such a conflict: the commune is
    looked for afterwards, so that nobody who saves waits for that of a long file twice."""
    try:
        yield
    except Refused as error:
        if error.values.get("rule") == conflict_refusal(table):
            with store.reading() as session:
                account = find_account(session, who, now or datetime.now(UTC))
                if account:
                    _check_no_tie(session, account, load_seq)
        raise


def require_two_people(work: Work) -> None:
    """Raises Refused (`two_people`) for anybody but the operator: this is asked for, and confirmed."""
    if not work.is_operator:
        raise Refused("two_people")


def check_not_of_maker(work: Work, author: str | None) -> None:
    """Raises NotAllowed (`work_of_maker`) where that author made this account, or who made it: the two
    may be one person."""
    if author and author in makers_of(work.session, work.account.name):
        LOG.warning(
            "refused: %s would review what %s wrote, who made their account",
            work.account.name,
            author,
        )
        raise NotAllowed("work_of_maker", name=author)


def check_not_of_new_accounts(work: Work, author: str) -> None:
    """Raises NotAllowed (`new_account`) where a colleague made the reviewer's account or the author's,
    or a link for it, within a day: one person could hold both, and replace all that is public."""
    for name in (work.account.name, author):
        if is_new_account(work.session, name, work.clock):
            raise NotAllowed("new_account", name=name, hours=NEW_HOURS)


@overload
def clean_free_text(value: str, column: str, *, required: str) -> str: ...
@overload
def clean_free_text(value: str, column: str, *, required: str | None = None) -> str | None: ...


def clean_free_text(value: str, column: str, *, required: str | None = None) -> str | None:
    """A text as the log takes it, None if it is empty. Raises InvalidRow; `required` is its code where
    the text is empty and must not be."""
    text, code, details = intake.check_text(value)
    if code is None and text is None and required:
        code, details = required, ()
    if code:
        raise InvalidRow([RowError(None, column, value[:80], code, details)])
    return text
