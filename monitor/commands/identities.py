"""People of an OpenID Connect provider: admitted, refused, detached, by an admin or the operator."""

from datetime import datetime

from monitor.accounts import Account, Bearer, identities, passwords
from monitor.accounts.people import check_account_exists, check_not_last_admin
from monitor.accounts.team_record import Act, record_act
from monitor.commands.people import add_to_team, keep_who_can_stop
from monitor.commands.transaction import Work, transaction_as
from monitor.errors import NotFound
from monitor.models import Role
from monitor.store import Store


def admit_identity(
    store: Store,
    who: Bearer | None,
    issuer: str,
    subject: str,
    name: str,
    role: Role,
    now: datetime | None = None,
) -> Account:
    """Admit a person of an OpenID Connect provider, under a new account (as `add_account` makes one).

    Raises InvalidValue (`account_name`), Refused (`account_exists`: a name that exists is somebody's;
    `identity_decided`), NotFound (`unknown_identity`), NotAllowed.
    """
    with transaction_as(store, who, Role.ADMIN, now) as work:
        identities.require_waiting(work.session, issuer, subject, work.now)
        account = add_to_team(work, name, role)
        return _tie(work, issuer, subject, account.name)


def _tie(work: Work, issuer: str, subject: str, name: str) -> Account:
    identities.attach_identity(work.session, issuer, subject, name, work.now)
    record_act(
        work.session, Act.IDENTITY_ADMITTED, work.now, work.account.name, name, issuer=issuer[:200]
    )
    return check_account_exists(work.session, name)


def attach_person(
    store: Store, issuer: str, subject: str, name: str, now: datetime | None = None
) -> Account:
    """The operator gives an account by which nobody can sign in any more to a person who waits: after
    a change of provider. Raises NotFound, Refused (`account_taken`, `account_disabled`,
    `identity_decided`)."""
    with transaction_as(store, None, Role.ADMIN, now) as work:
        return _tie(work, issuer, subject, name)


def detach_identities(
    store: Store, who: Bearer | None, name: str, now: datetime | None = None
) -> int:
    """Detach the provider identities of an account and end their sessions. Returns how
    many there were. Raises NotFound (`unknown_account`, `no_identity`), Refused (`last_admin`,
    `own_request_pending`)."""
    with transaction_as(store, who, Role.ADMIN, now) as work:
        check_account_exists(work.session, name)
        found = identities.identities_of(work.session, name)
        if not found:
            raise NotFound("no_identity", name=name)
        if name != work.account.name:
            keep_who_can_stop(work)
        if not passwords.has_chosen_password(work.session, name):
            check_not_last_admin(work.session, name, work.account.name)
        for one in found:
            identities.forget_identity(work.session, one.issuer, one.subject)
            record_act(
                work.session,
                Act.IDENTITY_DETACHED,
                work.now,
                work.account.name,
                name,
                issuer=one.issuer[:200],
            )
        return len(found)


def refuse_person(
    store: Store, who: Bearer | None, issuer: str, subject: str, now: datetime | None = None
) -> None:
    """Refuse a waiting person. Raises NotFound, Refused (`identity_decided`)."""
    with transaction_as(store, who, Role.ADMIN, now) as work:
        identities.refuse_identity(work.session, issuer, subject, work.account.name, work.now)
        record_act(
            work.session, Act.IDENTITY_REFUSED, work.now, work.account.name, issuer=issuer[:200]
        )


def forget_refusal(
    store: Store, who: Bearer | None, issuer: str, subject: str, now: datetime | None = None
) -> None:
    """Undo a refusal: the person may ask again. Raises NotFound (`unknown_identity`)."""
    with transaction_as(store, who, Role.ADMIN, now) as work:
        refused = {(one.issuer, one.subject) for one in identities.refused_identities(work.session)}
        if (issuer, subject) not in refused:
            raise NotFound("unknown_identity", value=subject)
        identities.forget_identity(work.session, issuer, subject)
