"""What each kind of request asks for: whether it can be carried out, and how it is."""

from monitor.accounts import Account, account_named, update_account
from monitor.commands.redacting import redact_in, texts_left
from monitor.commands.retracting import check_no_conflict_with_row, counting_row, retract_in
from monitor.commands.reviewing import check_withdrawal, withdraw_in
from monitor.commands.transaction import Work, check_no_conflict_with_file
from monitor.errors import Changed, NotFound
from monitor.models import Role
from monitor.queries.requests import Request, RequestKind
from monitor.queries.retracted import row_at

#: Who may ask for what, and who may confirm it.
ASKS = dict.fromkeys(RequestKind, Role.ADMIN) | {RequestKind.WITHDRAWAL: Role.REVIEWER}
CONFIRMS = dict.fromkeys(RequestKind, Role.REVIEWER) | {RequestKind.ADMIN: Role.ADMIN}


def may_ask(account: Account, kind: RequestKind) -> bool:
    """Whether the account has, now, the right to ask for that."""
    return account.active and account.role.includes(ASKS[kind])


def check_ties(work: Work, request: Request) -> None:
    """Raises Refused (`conflict_of_interest`) where the account is tied to what it is about."""
    if request.kind is RequestKind.WITHDRAWAL:
        load_seq, _ = request.taken
        check_no_conflict_with_file(work, load_seq)
    elif request.kind is RequestKind.ROW_WITHDRAWAL:
        seq, _ = request.taken
        check_no_conflict_with_row(work, seq)


def check_request(work: Work, request: Request) -> None:
    """Raises what keeps the request of `work.account` from being carried out now."""
    if request.kind is RequestKind.ADMIN:
        _check_admin(work, request)
        return
    target, _ = request.taken
    if request.kind is RequestKind.WITHDRAWAL:
        check_withdrawal(work, target)
    elif request.kind is RequestKind.REDACTION:
        texts_left(work, target)
    else:
        row = row_at(work.session, target)
        if counting_row(work, row.content, row.pact_id, row.key) != target:
            raise Changed("request_overtaken")
    check_ties(work, request)


def _check_admin(work: Work, request: Request) -> None:
    account = account_named(work.session, request.future_admin)
    if account is None:
        raise NotFound("unknown_account", value=request.name, known="–")
    if account.active and account.role is Role.ADMIN:
        raise Changed("already_admin", name=account.name)
    if work.session.rows(
        "SELECT id FROM account_change WHERE name = :name AND changed_at > :asked LIMIT 1",
        name=request.name,
        asked=request.asked_at,
    ):
        raise Changed("request_overtaken")


def do_request(work: Work, request: Request) -> None:
    """Write what was asked for, in the name of `work.account`."""
    if request.kind is RequestKind.WITHDRAWAL:
        withdraw_in(work, *request.taken)
    elif request.kind is RequestKind.ROW_WITHDRAWAL:
        retract_in(work, *request.taken)
    elif request.kind is RequestKind.REDACTION:
        redact_in(work, *request.taken)
    else:
        name, by = request.future_admin, work.account.name
        update_account(work.session, name, by, work.clock, Role.ADMIN, True)
