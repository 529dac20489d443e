"""Sign-in sessions: signing in and out, and the account behind what a browser presents.

Nothing here trusts the browser or the page: the account, its role and its access are read from the
database at every question, within the transaction of every write.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from monitor.accounts import attempts, authenticator, passwords, sign_in_names
from monitor.accounts.attempts import WINDOW_MINUTES
from monitor.accounts.people import Account, account_named
from monitor.accounts.team_record import Act, record_act
from monitor.errors import NotAllowed, TooManyAttempts
from monitor.models import Role
from monitor.store import Session, Store
from monitor.store.journal import timestamp

#: Refusals go here, for whoever runs the server: never with a password or a token.
LOG = logging.getLogger("monitor.security")
SESSION_HOURS = 12
#: How far the clock of a provider may be from ours.
LEEWAY = timedelta(minutes=1)


@dataclass(frozen=True)
class Bearer:
    """What a browser presents: a session token, or a person vouched for by an OpenID provider, from
    `issued_at` until `expires_at`."""

    token: str | None = None
    issuer: str | None = None
    subject: str | None = None
    issued_at: datetime | None = None
    expires_at: datetime | None = None


ANONYMOUS = Bearer()


def find_account(session: Session, who: Bearer, now: datetime) -> Account | None:
    """The active account behind it, None if there is none: unknown, ended, too old, disabled."""
    name = None
    if who.token:
        lasts = timedelta(hours=SESSION_HOURS)
        name = passwords.name_by_token(session, "web_session", who.token, now, lasts)
    elif who.issuer and who.subject and (issued_at := who.issued_at):
        rows = session.rows(
            "SELECT name, signed_out_at FROM identity "
            "WHERE issuer = :issuer AND subject = :subject AND name IS NOT NULL",
            issuer=who.issuer,
            subject=who.subject,
        )
        for known, ended_at in rows:
            ended = ended_at and timestamp(issued_at) <= ended_at
            if not ended and _vouched_now(who, issued_at, now):
                name = None if _changed_since(session, known, issued_at) else known
    account = account_named(session, name) if name else None
    return account if account and account.active else None


def _vouched_now(who: Bearer, issued_at: datetime, now: datetime) -> bool:
    """Whether what the provider vouched for holds now: it was not issued in the future, has not
    expired, and is younger than a session may be."""
    begun = now - timedelta(hours=SESSION_HOURS) < issued_at <= now + LEEWAY
    return begun and not (who.expires_at and who.expires_at + LEEWAY <= now)


def _changed_since(session: Session, name: str, moment: datetime) -> bool:
    """Whether the role or the access of the account changed after it was made, and since then: what
    was opened before is over, as a session of ours would be."""
    return bool(
        session.rows(
            "SELECT id FROM account_change WHERE name = :name AND changed_at >= :moment "
            "AND id > (SELECT min(id) FROM account_change WHERE name = :name) LIMIT 1",
            name=name,
            moment=timestamp(moment),
        )
    )


def require_role(session: Session, who: Bearer, needed: Role, now: datetime) -> Account:
    """The account of `who`, if its role allows what `needed` does. Raises NotAllowed (`not_signed_in`,
    `not_allowed`), and logs the refusal."""
    account = find_account(session, who, now)
    if account is None:
        LOG.warning("refused: nobody is signed in, %s needed", needed)
        raise NotAllowed("not_signed_in")
    if not account.role.includes(needed):
        LOG.warning("refused: a %s, %s needed", account.role, needed)
        raise NotAllowed("not_allowed", role=account.role.value, needed=needed.value)
    return account


def sign_in(
    store: Store, written: str, password: str, address: str, now: datetime, device: str = ""
) -> str:
    """The token of a new session of 12 hours. Where the account has a second factor, a token that opens
    nothing yet: it says whose code is awaited (`authenticator.account_awaiting_code`).

    `written`: the name that the account signs in with. `device`: the token by which its browser is
    known, if it is. Raises NotAllowed (`sign_in_failed`), the same and as slowly for an unknown name,
    and TooManyAttempts (`too_many_attempts`): see `attempts`.
    """
    key = sign_in_names.sign_in_key(written)
    with store.writing() as session:
        name = sign_in_names.account_signing_in(session, written)
        place = attempts.place_of(session, name, address, device, now)
        held_up = attempts.is_held_up(session, key, place, now)
        if not held_up:
            attempts.count_failure(session, key, place, now)
            rows = session.rows(
                "SELECT password_hash FROM credential WHERE name = :name", name=name or ""
            )
    if held_up:
        LOG.warning("refused: too many attempts to sign in")
        raise TooManyAttempts("too_many_attempts", minutes=WINDOW_MINUTES)
    right = passwords.password_matches(rows[0][0] if rows else None, password[: passwords.LONGEST])
    with store.writing() as session:
        account = account_named(session, name) if name else None
        if right and account and account.active:
            attempts.forget_failures(session, key, place)
            return continue_sign_in(session, account, now)
        session.execute("UPDATE head SET seq = seq")  # an unknown name costs a write as well
        if account:
            record_act(session, Act.SIGN_IN_REFUSED, now, about=account.name)
    LOG.warning("refused: a wrong name or password")
    raise NotAllowed("sign_in_failed")


def continue_sign_in(session: Session, account: Account, now: datetime) -> str:
    """After the right password: a session, or the wait for the code of the second factor."""
    if authenticator.is_needed(session, account):
        return authenticator.begin_code_step(session, account.name, now)
    return open_session(session, account.name, now)


def enter_code(
    store: Store, step: str, code: str, address: str, now: datetime, device: str = ""
) -> tuple[str, list[str]]:
    """The second step: the token of a new session and, where this confirms that the app is set up,
    the recovery codes to be shown once. A recovery code stands in for a code.

    Raises NotFound (`step_void`), NotAllowed (`code_wrong`) and TooManyAttempts.
    """
    with store.writing() as session:
        name = authenticator.account_awaiting_code(session, step, now)
        key = attempts.key_of_code(name)
        place = attempts.place_of(session, name, address, device, now)
        held_up = attempts.is_held_up(session, key, place, now, most=attempts.FAILURES)
        account = account_named(session, name)
        if not held_up and account and account.active:
            first = not authenticator.is_confirmed(session, name)
            right = authenticator.use_code(session, name, code, now) or (
                not first and authenticator.use_recovery_code(session, name, code)
            )
            if right:
                attempts.forget_failures(session, key, place)
                authenticator.end_steps(session, name)
                if first:
                    record_act(session, Act.FACTOR_SET, now, name)
                codes = authenticator.make_recovery_codes(session, name) if first else []
                return open_session(session, name, now), codes
            attempts.count_failure(session, key, place, now)
            record_act(session, Act.SIGN_IN_REFUSED, now, about=name)
        if held_up:
            authenticator.end_step(session, step)
    LOG.warning("refused: %s", "too many codes" if held_up else "a wrong code")
    if held_up:
        raise TooManyAttempts("too_many_attempts", minutes=WINDOW_MINUTES)
    raise NotAllowed("code_wrong")


def open_session(session: Session, name: str, now: datetime) -> str:
    """Open a session; those that are over are forgotten."""
    token = passwords.new_token()
    session.execute("DELETE FROM web_session WHERE expires_at <= :now", now=timestamp(now))
    session.insert(
        "web_session",
        ("token_hash", "name", "began_at", "expires_at"),
        [
            (
                passwords.token_hash(token),
                name,
                timestamp(now),
                timestamp(now + timedelta(hours=SESSION_HOURS)),
            )
        ],
    )
    record_act(session, Act.SIGNED_IN, now, name)
    return token


def record_provider_sign_in(store: Store, who: Bearer, now: datetime) -> None:
    """Record that somebody came in by the word of an OpenID Connect provider, once for each word."""
    with store.writing() as session:
        account = find_account(session, who, now)
        if account is None or who.issued_at is None:
            return
        issued = timestamp(who.issued_at)
        rows = session.rows(
            "SELECT details FROM team_act WHERE actor = :name AND kind = :kind "
            "ORDER BY id DESC LIMIT 20",
            name=account.name,
            kind=Act.SIGNED_IN.value,
        )
        if not any(issued in (details or "") for (details,) in rows):
            record_act(session, Act.SIGNED_IN, now, account.name, issued=issued)


def count_sessions(session: Session, name: str, now: datetime) -> int:
    """How many sessions the account has open, in this browser and in others."""
    ((count,),) = session.rows(
        "SELECT count(*) FROM web_session WHERE name = :name AND expires_at > :now",
        name=name,
        now=timestamp(now),
    )
    return count


def end_other_sessions(session: Session, name: str, who: Bearer) -> int:
    """End the sessions of an account, except the one that `who` presents. Returns how many ended."""
    others = {"name": name, "own": passwords.token_hash(who.token or "")}
    where = "FROM web_session WHERE name = :name AND token_hash <> :own"
    ((count,),) = session.rows(f"SELECT count(*) {where}", **others)
    session.execute(f"DELETE {where}", **others)
    return count


def sign_out(store: Store, who: Bearer, now: datetime | None = None) -> None:
    """End the session of `who`: the token that the browser still holds opens nothing any more."""
    now = now or datetime.now(UTC)
    with store.writing() as session:
        if account := find_account(session, who, now):
            record_act(session, Act.SIGNED_OUT, now, account.name)
        if who.token:
            session.execute(
                "DELETE FROM web_session WHERE token_hash = :hash",
                hash=passwords.token_hash(who.token),
            )
        elif who.issuer:
            session.execute(
                "UPDATE identity SET signed_out_at = :now "
                "WHERE issuer = :issuer AND subject = :subject",
                now=timestamp(now),
                issuer=who.issuer,
                subject=who.subject,
            )
