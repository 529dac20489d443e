"""To be forgotten (GDPR, article 17): what is kept of a person beside the log goes, the log keeps the
pseudonym that it was written under."""

from datetime import datetime

from monitor.accounts.attempts import hash_of_key, key_of_code, key_of_own_password
from monitor.accounts.people import (
    check_account_exists,
    check_not_last_admin,
    is_erased,
    update_account,
)
from monitor.accounts.sign_in_names import sign_in_key
from monitor.errors import Refused
from monitor.store import Session
from monitor.store.journal import timestamp

#: What is only theirs, by the column that names the account: deleted.
ERASED = {
    "credential": "name",
    "activation": "name",
    "web_session": "name",
    "identity": "name",
    "draft": "name",
    "account_department": "name",
    "proposed_pact": "author",
    "message": "author",
    "sign_in_name": "name",
    "known_device": "name",
    "second_factor": "name",
    "recovery_code": "name",
    "sign_in_step": "name",
}
#: What stays under the pseudonym: the log, and who could do, and did, what when.
KEPT = (
    "entry",
    "account_change",
    "account_commune",
    "account_tie",
    "request",
    "request_end",
    "team_act",
    "erasure",
    "match_judgement",
)


def forget_person(session: Session, name: str, by: str, now: datetime) -> dict[str, int]:
    """Close the account for ever and delete what is only theirs, and what was said with them about
    their own entries. Returns how many rows of each table went, and "entry": how many stay in the log.

    Raises NotFound (`unknown_account`) and Refused (`last_admin`, `already_erased`).
    """
    account = check_account_exists(session, name)
    if is_erased(session, account.name):
        raise Refused("already_erased", name=account.name)
    check_not_last_admin(session, account.name, account.name)
    signed_in_with = [
        name
        for (name,) in session.rows(
            "SELECT written FROM sign_in_name WHERE name = :name", name=account.name
        )
    ]
    counts = {
        table: _deleted(session, table, f"{column} = :name", name=account.name)
        for table, column in ERASED.items()
    }
    counts["message"] += _deleted(
        session,
        "message",
        "action_seq IN (SELECT seq FROM entry WHERE author = :name)",
        name=account.name,
    )
    update_account(session, account.name, by, now, active=False)
    tried = {sign_in_key(one) for one in (account.name, *signed_in_with)}
    for one in (*tried, key_of_code(account.name), key_of_own_password(account.name)):
        _deleted(session, "sign_in_failure", "name_hash = :hash", hash=hash_of_key(one))
    session.insert(
        "erasure", ("name", "erased_at", "erased_by"), [(account.name, timestamp(now), by)]
    )
    ((counts["entry"],),) = session.rows(
        "SELECT count(*) FROM entry WHERE author = :name", name=account.name
    )
    return counts


def _deleted(session: Session, table: str, where: str, **params: str) -> int:
    ((count,),) = session.rows(f"SELECT count(*) FROM {table} WHERE {where}", **params)
    session.execute(f"DELETE FROM {table} WHERE {where}", **params)
    return count
