"""What somebody does about their own account: passwords, the name to sign in with, sessions, codes."""

from datetime import UTC, datetime

from monitor import accounts
from monitor.accounts import Account, Bearer, authenticator, passwords, sign_in_names
from monitor.accounts.people import check_account_exists
from monitor.accounts.team_record import Act, record_act
from monitor.commands.password_again import check_password_again
from monitor.commands.transaction import transaction_as
from monitor.errors import NotFound
from monitor.models import Role
from monitor.store import Store


def activate_and_sign_in(
    store: Store,
    token: str,
    password: str,
    now: datetime | None = None,
    sign_in_name: str | None = None,
) -> str:
    """Set the password by a one-time link and go in: returns the token of a session or, where a second
    factor is needed, the one by which its code is awaited (`authenticator.account_awaiting_code`).

    `sign_in_name`: the name to sign in with from now on, else it stays. Raises NotFound (`link_void`),
    InvalidValue (`password_short`, `password_long`, `password_common`, `sign_in_name`) and Refused
    (`sign_in_name_public`, `sign_in_name_taken`).
    """
    now = now or datetime.now(UTC)
    with store.reading() as session:
        name = passwords.account_of_link(session, token, now)
        own = sign_in_name or sign_in_names.sign_in_name(session, name) or ""
    written = passwords.hash_password(password, name, own)
    with store.writing() as session:
        account = passwords.activate_account(session, token, written, now)
        if sign_in_name is not None:
            sign_in_names.choose_sign_in_name(session, account.name, sign_in_name, now)
        record_act(session, Act.PASSWORD_CHOSEN, now, account.name)
        return accounts.continue_sign_in(session, account, now)


def change_password(
    store: Store, who: Bearer, present: str, password: str, now: datetime | None = None
) -> None:
    """Another password. All other sessions end, and no browser is known any more.

    Raises NotAllowed (`password_wrong`, `not_signed_in`), TooManyAttempts, NotFound (`no_password`) and
    InvalidValue as `activate_and_sign_in` does.
    """
    now = now or datetime.now(UTC)
    account = check_password_again(store, who, Role.VOLUNTEER, present, now)
    with store.reading() as session:
        own = sign_in_names.sign_in_name(session, account.name) or ""
    written = passwords.hash_password(password, account.name, own)
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        passwords.set_password_hash(work.session, account.name, written, work.now)
        record_act(work.session, Act.PASSWORD_CHOSEN, work.now, account.name)
        accounts.end_other_sessions(work.session, account.name, who)


def choose_sign_in_name(
    store: Store, who: Bearer, present: str, written: str, now: datetime | None = None
) -> None:
    """Another name to sign in with. Raises as `change_password` does of the present password, and
    InvalidValue (`sign_in_name`), Refused (`sign_in_name_public`, `sign_in_name_taken`)."""
    now = now or datetime.now(UTC)
    account = check_password_again(store, who, Role.VOLUNTEER, present, now)
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        sign_in_names.choose_sign_in_name(work.session, account.name, written, work.now)


def end_other_sessions(store: Store, who: Bearer, now: datetime | None = None) -> int:
    """Every session of one's own but this one ends. Returns how many did."""
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        record_act(work.session, Act.SESSIONS_ENDED, work.now, work.account.name)
        return accounts.end_other_sessions(work.session, work.account.name, who)


def new_recovery_codes(
    store: Store, who: Bearer, present: str, now: datetime | None = None
) -> list[str]:
    """Other recovery codes: those before open nothing. Raises as `change_password` does of the present
    password, and NotFound (`no_factor`)."""
    now = now or datetime.now(UTC)
    account = check_password_again(store, who, Role.VOLUNTEER, present, now)
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        if not authenticator.is_confirmed(work.session, account.name):
            raise NotFound("no_factor", name=account.name)
        record_act(work.session, Act.FACTOR_SET, work.now, account.name)
        return authenticator.make_recovery_codes(work.session, account.name)


def reset_factor(store: Store, name: str, now: datetime | None = None) -> Account:
    """The operator takes the second factor of an account away: the app is lost, and the recovery codes.
    Its sessions end. Raises NotFound (`unknown_account`, `no_factor`)."""
    with transaction_as(store, None, Role.ADMIN, now) as work:
        account = check_account_exists(work.session, name)
        if authenticator.secret_of(work.session, account.name) is None:
            raise NotFound("no_factor", name=account.name)
        authenticator.reset_factor(work.session, account.name)
        accounts.end_other_sessions(work.session, account.name, accounts.ANONYMOUS)
        record_act(work.session, Act.FACTOR_RESET, work.now, work.account.name, account.name)
        return account
