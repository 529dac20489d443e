"""How a request ends: carried out, stopped, or void because nothing is left to carry out."""

from dataclasses import replace
from datetime import datetime

from monitor.accounts import Account, account_named, all_accounts
from monitor.accounts.sessions import LOG
from monitor.accounts.team_record import Act, is_new_account, record_act, takes_over_account
from monitor.commands.request_acts import check_request, do_request, may_ask
from monitor.commands.transaction import Work, transaction_as
from monitor.errors import MonitorError, NotAllowed, NotFound, Refused
from monitor.models import Role
from monitor.queries.requests import Request, log_clock, pending_requests, request_numbered
from monitor.store import Session, Store
from monitor.store.journal import Journal

#: What is recorded of a request that ended in some way.
_ENDED = {
    "confirmed": Act.CONFIRMED,
    "elapsed": Act.ELAPSED,
    "order": Act.ORDER,
    "stopped": Act.STOPPED,
    "void": Act.VOID,
}


class OvertakenRequest(Exception):
    """What was asked for cannot be carried out any more: `error` says why."""

    def __init__(self, error: MonitorError):
        self.error = error


def carry_out_request(work: Work, request: Request, way: str, by: str | None) -> Request:
    """Do what was asked for, in the name of the account that asked. Raises Overtaken."""
    asker = account_named(work.session, request.asked_by)
    try:
        if asker is None or not may_ask(asker, request.kind):
            raise NotAllowed("asker_without_right", name=request.asked_by)
        journal = Journal(work.session, asker.name, work.now)
        own = replace(work, account=asker, journal=journal)
        check_request(own, request)
        if way == "elapsed":
            check_stoppable(own, asker.name)
        ended = end_request(own, request, way, by)
        do_request(own, request)
    except (Refused, NotFound, NotAllowed) as error:
        raise OvertakenRequest(error) from error
    return ended


def end_request(
    work: Work, request: Request, way: str, by: str | None, why: str | None = None
) -> Request:
    """Record how a request ended. Returns it as it is then."""
    at = work.journal.recorded_at
    _write_end(work.session, at, request, way, by, why)
    return replace(request, way=way, ended_by=by, ended_at=at, why=why)


def _write_end(
    session: Session, at: str, request: Request, way: str, by: str | None, why: str | None
) -> None:
    session.insert(
        "request_end",
        ("id", "way", "ended_by", "ended_at", "why"),
        [(request.id, way, by, at, why)],
    )
    record_act(
        session,
        _ENDED[way],
        datetime.fromisoformat(at),
        by,
        request.name,
        request.target_seq,
        request.id,
        kind=request.kind.value,
    )


def end_as_void(
    store: Store, number: int, error: MonitorError, now: datetime | None
) -> Request | None:
    """End a request that cannot be carried out; None if it has ended meanwhile."""
    LOG.warning("request %s cannot be carried out: %s", number, error)
    with transaction_as(store, None, Role.ADMIN, now) as work:
        request = request_numbered(work.session, number)
        if request is None or request.way:
            return None
        return end_request(work, request, "void", None, error.code)


def void_requests_of(work: Work, account: Account) -> None:
    """End what an account asked for that has no right to it any more."""
    for request in pending_requests(work.session):
        if request.asked_by == account.name and not may_ask(account, request.kind):
            end_request(work, request, "void", None, "not_allowed")


def void_pending_requests(session: Session, now: datetime) -> None:
    """End what waits in a database that was put back from an older copy, or written anew: it may have
    been stopped since."""
    for request in pending_requests(session):
        _write_end(session, log_clock(session, now), request, "void", None, "older_copy")


def check_stoppable(work: Work, asker: str) -> None:
    """Raises Refused (`nobody_to_stop`) where no other member could stop what `asker` asks for: they
    were shut out; a colleague made their account, or a link for it, within a day, or `asker` a link, or
    their account after having shut others out, within 30 days."""
    others = (
        one.name
        for one in all_accounts(work.session)
        if one.active and one.can_sign_in and one.name != asker
    )
    if all(
        is_new_account(work.session, name, work.clock)
        or takes_over_account(work.session, name, asker, work.clock)
        for name in others
    ):
        raise Refused("nobody_to_stop")
