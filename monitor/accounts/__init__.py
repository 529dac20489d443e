"""Who may write: accounts, passwords, sessions. They are kept beside the log and never exported."""

from monitor.accounts.departments import set_departments
from monitor.accounts.people import (
    Account,
    account_named,
    all_accounts,
    insert_account,
    set_excluded_communes,
    update_account,
)
from monitor.accounts.sessions import (
    ANONYMOUS,
    Bearer,
    continue_sign_in,
    count_sessions,
    end_other_sessions,
    enter_code,
    find_account,
    open_session,
    record_provider_sign_in,
    require_role,
    sign_in,
    sign_out,
)

__all__ = [
    "ANONYMOUS",
    "Account",
    "Bearer",
    "account_named",
    "all_accounts",
    "continue_sign_in",
    "count_sessions",
    "end_other_sessions",
    "enter_code",
    "find_account",
    "insert_account",
    "open_session",
    "record_provider_sign_in",
    "require_role",
    "set_departments",
    "set_excluded_communes",
    "sign_in",
    "sign_out",
    "update_account",
]
