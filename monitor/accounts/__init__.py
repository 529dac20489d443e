"""Who may write: accounts, passwords, sessions. All of it beside the log, and never exported."""

from monitor.accounts.people import Account, account_named, accounts, add, change, exclude
from monitor.accounts.presence import (
    ANONYMOUS,
    Bearer,
    authorised,
    begin,
    end_other_sessions,
    enter,
    give_code,
    identified,
    record_entry,
    sessions_of,
    sign_in,
    sign_out,
)

__all__ = [
    "ANONYMOUS",
    "Account",
    "Bearer",
    "account_named",
    "accounts",
    "add",
    "authorised",
    "begin",
    "change",
    "end_other_sessions",
    "enter",
    "exclude",
    "give_code",
    "identified",
    "record_entry",
    "sessions_of",
    "sign_in",
    "sign_out",
]
