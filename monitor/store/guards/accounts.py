"""The accounts: who is there, in which role, with which conflicts of interest."""

from monitor.store.guards.phrases import ADMINS, CLOSED, Guard, role_of

_LAST_TIE = (
    "coalesce((SELECT tied FROM account_tie WHERE id = (SELECT max(id) FROM account_tie "
    "WHERE name = {row}.name AND commune = {row}.commune)), 0)"
)


def rules() -> list[Guard]:
    by = role_of("NEW.changed_by")
    return [
        Guard(
            "entry_author",
            "INSERT",
            "entry",
            "NOT EXISTS (SELECT 1 FROM account WHERE name = NEW.author)",
            "entry: an unknown author",
            only="NEW.load_seq IS NULL",
        ),
        Guard(
            "entry_author_is_active",
            "INSERT",
            "entry",
            "EXISTS (SELECT 1 FROM account WHERE name = NEW.author) AND "
            f"{role_of('NEW.author')} = '{CLOSED}'",
            "entry: the account of the author is closed",
            only="NEW.load_seq IS NULL",
        ),
        Guard(
            "account_one_operator",
            "INSERT",
            "account",
            "NEW.role = 'operator'",
            "account: there is one operator",
        ),
        Guard(
            "account_change_not_of_operator",
            "INSERT",
            "account_change",
            "NEW.name = 'operator'",
            "account_change: the operator stays what it is",
        ),
        Guard(
            "account_change_by_admin",
            "INSERT",
            "account_change",
            f"{by} NOT IN {ADMINS}",
            "account_change: only an admin changes an account",
        ),
        Guard(
            "account_change_of_who_is_there",
            "INSERT",
            "account_change",
            "NEW.active = 1 AND EXISTS (SELECT 1 FROM erasure WHERE name = NEW.name)",
            "account_change: the account was erased",
        ),
        Guard(
            "account_tie_by_admin",
            "INSERT",
            "account_tie",
            f"{by} NOT IN {ADMINS}",
            "account_tie: only an admin ties an account",
        ),
        Guard(
            "account_tie_by_another",
            "INSERT",
            "account_tie",
            "NEW.changed_by = NEW.name",
            "account_tie: nobody changes their own ties",
        ),
        *(
            Guard(
                f"{table}_numbered",
                "INSERT",
                table,
                f"NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM {table})",
                f"{table}: numbered one after the other",
            )
            for table in ("account_change", "account_tie")
        ),
        # What is read at each write is what the last change of a tie says.
        Guard(
            "account_commune_no_delete",
            "DELETE",
            "account_commune",
            f"{_LAST_TIE.format(row='OLD')} = 1",
            "account_commune: the tie stands",
        ),
        Guard(
            "account_commune_no_update",
            "UPDATE",
            "account_commune",
            "1 = 1",
            "account_commune: ties are not changed",
        ),
        Guard(
            "account_commune_says_a_tie",
            "INSERT",
            "account_commune",
            f"{_LAST_TIE.format(row='NEW')} <> 1",
            "account_commune: there is no such tie",
        ),
    ]
