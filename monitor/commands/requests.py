"""Two people behind what takes away from what is public, and behind a new admin: one asks, another
confirms; or a day passes in which anybody of the team can stop it. A court's order does not wait.
"""

from datetime import UTC, datetime, timedelta

from monitor.accounts import Bearer
from monitor.accounts.team_record import (
    Act,
    is_new_account,
    makers_of,
    record_act,
)
from monitor.commands.court import CourtOrder, checked_order
from monitor.commands.request_acts import CONFIRMS, check_request, check_ties
from monitor.commands.request_ends import (
    OvertakenRequest,
    carry_out_request,
    check_stoppable,
    end_as_void,
    end_request,
)
from monitor.commands.retracting import counting_row
from monitor.commands.transaction import Work, clean_free_text, transaction_as
from monitor.errors import Changed, NotAllowed, NotFound, Refused
from monitor.models import Role
from monitor.queries.file_rows import content_of_file
from monitor.queries.requests import (
    Request,
    RequestKind,
    due_requests,
    pending_requests,
    request_numbered,
)
from monitor.store import Store
from monitor.store.journal import timestamp

WAIT_HOURS = 24
#: How long the team must have been able to stop it, up to the moment at which it takes effect by itself:
#: the server was up and its database answered.
REACHED_HOURS = 12
#: Orders of a court that one account tells of in that time; beyond it a second person confirms.
MOST_ORDERS = 3
#: What one account asks for at a time: more than that nobody reads in a day, and stops one by one.
MOST_PENDING = 10


def request_withdrawal(
    store: Store, who: Bearer, load_seq: int, reason: str, now: datetime | None = None
) -> int:
    """Ask that an accepted file be withdrawn. Returns the number of the request.

    Raises what `withdraw_load` raises, Changed (`already_requested`), Refused (`nobody_to_stop`,
    `requests_pending`).
    """
    with transaction_as(store, who, Role.REVIEWER, now) as work:
        return _ask(work, RequestKind.WITHDRAWAL, load_seq, None, reason)


def request_retraction(
    store: Store,
    who: Bearer,
    content: str,
    pact_id: str,
    key: tuple[str, ...],
    reason: str,
    now: datetime | None = None,
    order: CourtOrder | None = None,
) -> int:
    """The same of a row alone, by its file and what identifies it there; at once by the order of a
    court. Raises what `retract_row` and `checked_order` raise."""
    checked = checked_order(store, who, order, now) if order else None
    with transaction_as(store, who, Role.ADMIN, now) as work:
        target = counting_row(work, content, pact_id, key)
        return _ask(work, RequestKind.ROW_WITHDRAWAL, target, None, reason, checked)


def request_redaction(
    store: Store,
    who: Bearer,
    seq: int,
    reason: str,
    now: datetime | None = None,
    order: CourtOrder | None = None,
) -> int:
    """The same of the texts of an entry; of those of a file, not by an order. Raises what `redact_entry`
    and `checked_order` raise, and Refused (`order_of_file`)."""
    checked = checked_order(store, who, order, now) if order else None
    with transaction_as(store, who, Role.ADMIN, now) as work:
        if order and content_of_file(work.session, seq):
            raise Refused("order_of_file")
        return _ask(work, RequestKind.REDACTION, seq, None, reason, checked)


def request_admin(work: Work, name: str) -> int:
    """Ask that an account be an admin, within a transaction of an admin."""
    return _ask(work, RequestKind.ADMIN, None, name, None)


def confirm_request(
    store: Store, who: Bearer | None, number: int, now: datetime | None = None
) -> Request:
    """Carry out what another asked for; the operator may (`who` None).

    Raises NotFound (`no_such_request`), Changed (`request_ended`), NotAllowed (`own_request`,
    `request_of_maker`, `account_new`, `not_allowed`), Refused (`conflict_of_interest`); and, when there
    is nothing left to carry out, what says so: the request has then ended.
    """
    try:
        with transaction_as(store, who, Role.VOLUNTEER, now) as work:
            request = _pending(work, number)
            _check_second(work, request)
            ended_by = work.account.name
            return carry_out_request(work, request, "confirmed", ended_by)
    except OvertakenRequest as overtaken:
        end_as_void(store, number, overtaken.error, now)
        raise overtaken.error from None


def stop_request(
    store: Store, who: Bearer | None, number: int, reason: str = "", now: datetime | None = None
) -> None:
    """Stop what another asked for, with a reason, or take back what one asked for oneself: anybody of
    the team may, and the operator. Raises NotFound (`no_such_request`), Changed (`request_ended`),
    NotAllowed, InvalidRow (`reason_missing`)."""
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        request = _pending(work, number)
        own = request.asked_by == work.account.name
        text = clean_free_text(reason, "reason", required=None if own else "reason_missing")
        end_request(work, request, "stopped", work.account.name, text)


def carry_out_due_requests(store: Store, now: datetime | None = None) -> list[Request]:
    """Carry out every request whose day has passed and that nobody stopped, each in a transaction of its
    own and once, whoever else tries. What cannot be carried out any more, or could not have been
    stopped, ends as void. Returns those that ended, as they are then."""
    now = now or datetime.now(UTC)
    with store.reading() as session:
        numbers = due_requests(session, now)
    found = []
    for number in numbers:
        try:
            with transaction_as(store, None, Role.ADMIN, now) as work:
                found.append(carry_out_request(work, _pending(work, number), "elapsed", None))
        except OvertakenRequest as overtaken:
            found.append(end_as_void(store, number, overtaken.error, now))
        except (Changed, NotFound):
            continue  # another server was there first
        except Refused as error:  # a guard of the database
            found.append(end_as_void(store, number, error, now))
    return [request for request in found if request]


def _ask(
    work: Work,
    kind: RequestKind,
    target: int | None,
    name: str | None,
    reason: str | None,
    order: str | None = None,
) -> int:
    for other in pending_requests(work.session):
        if (other.kind, other.target_seq, other.name) == (kind, target, name):
            if order:
                end_request(work, other, "void", None, "by_order")
                continue
            raise Changed("already_requested", by=other.asked_by, number=other.id)
    own = [other for other in pending_requests(work.session) if other.asked_by == work.account.name]
    if len(own) >= MOST_PENDING and not order:
        raise Refused("requests_pending", most=MOST_PENDING)
    ((last,),) = work.session.rows("SELECT coalesce(max(id), 0) FROM request")
    asked_at = work.journal.recorded_at
    due_at = timestamp(datetime.fromisoformat(asked_at) + timedelta(hours=WAIT_HOURS))
    text = None
    if kind is not RequestKind.ADMIN:
        text = clean_free_text(reason or "", "reason", required="reason_missing")
    request = Request(
        last + 1,
        kind,
        target,
        name,
        text,
        order,
        work.account.name,
        asked_at,
        due_at,
    )
    check_request(work, request)
    if order:
        _orders_left(work)
    else:
        check_stoppable(work, request.asked_by)
    columns = (
        "id",
        "kind",
        "target_seq",
        "name",
        "reason",
        "order_reference",
        "asked_by",
        "asked_at",
        "due_at",
    )
    work.session.insert("request", columns, [[getattr(request, column) for column in columns]])
    details = {"kind": kind.value}
    record_act(
        work.session,
        Act.REQUESTED,
        work.clock,
        work.account.name,
        name,
        target,
        request.id,
        **details,
    )
    if order:
        carry_out_request(work, request, "order", work.account.name)
    return request.id


def _orders_left(work: Work) -> None:
    """Raises Refused (`orders_spent`): who could tell of any number could empty the site alone."""
    since = timestamp(work.clock - timedelta(hours=WAIT_HOURS))
    ((count,),) = work.session.rows(
        "SELECT count(*) FROM request_end WHERE way = 'order' AND ended_by = :name "
        "AND ended_at > :since",
        name=work.account.name,
        since=since,
    )
    if count >= MOST_ORDERS:
        raise Refused("orders_spent", most=MOST_ORDERS)


def _pending(work: Work, number: int) -> Request:
    request = request_numbered(work.session, number)
    if request is None:
        raise NotFound("no_such_request", value=number)
    if request.way:
        by = request.ended_by or "–"
        raise Changed("request_ended", number=number, way=request.way, by=by)
    return request


def _check_second(work: Work, request: Request) -> None:
    """Raises what keeps this account from being the second person."""
    me, asker = work.account, request.asked_by
    if work.is_operator:
        return
    if not me.role.includes(CONFIRMS[request.kind]):
        raise NotAllowed("not_allowed", role=me.role.value, needed=CONFIRMS[request.kind].value)
    if me.name == asker:
        raise NotAllowed("own_request")
    if asker in makers_of(work.session, me.name) or me.name in makers_of(work.session, asker):
        raise NotAllowed("request_of_maker", name=asker)
    if is_new_account(work.session, me.name, work.clock):
        raise NotAllowed("account_new", hours=WAIT_HOURS)
    check_ties(work, request)
