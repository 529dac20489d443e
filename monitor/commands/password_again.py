"""The password of somebody who is signed in, given once more before what weighs."""

from datetime import datetime

from monitor.accounts import Account, Bearer, attempts, passwords, require_role
from monitor.accounts.sessions import LOG
from monitor.accounts.team_record import Act, record_act
from monitor.errors import NotAllowed, NotFound, TooManyAttempts
from monitor.models import Role
from monitor.store import Store


def check_password_again(
    store: Store, who: Bearer, needed: Role, given: str, now: datetime
) -> Account:
    """The account, whose password was given again, and which may. A session has its own five tries.

    Raises NotAllowed (`password_wrong`, `not_signed_in`, `not_allowed`), TooManyAttempts
    (`too_many_attempts`) and NotFound (`no_password`).
    """
    with store.writing() as session:
        account = require_role(session, who, needed, now)
        key = attempts.key_of_own_password(account.name)
        here = attempts.place_of_session(who.token or "")
        rows = session.rows(
            "SELECT password_hash FROM credential WHERE name = :name", name=account.name
        )
        if not rows:
            raise NotFound("no_password")
        held_up = attempts.is_held_up(session, key, here, now)
        if not held_up:
            attempts.count_failure(session, key, here, now)
    if held_up:
        LOG.warning("refused: too many passwords by somebody who is signed in")
        raise TooManyAttempts("too_many_attempts", minutes=attempts.WINDOW_MINUTES)
    right = passwords.password_matches(rows[0][0], given[: passwords.LONGEST])
    with store.writing() as session:
        if right:
            attempts.forget_failures(session, key, here)
            return account
        record_act(session, Act.PASSWORD_REFUSED, now, account.name)
    LOG.warning("refused: a wrong password by somebody who is signed in")
    raise NotAllowed("password_wrong")
