"""Who may write: accounts, passwords, sessions. All of it beside the log, and never exported."""

from monitor.accounts.people import Account, account_named, accounts, add, change, exclude
from monitor.accounts.presence import (
    ANONYMOUS,
    Bearer,
    authorised,
    begin,
    identified,
    record_entry,
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
    "exclude",
    "identified",
    "record_entry",
    "sign_in",
    "sign_out",
]
