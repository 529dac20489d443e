"""The record of what the team did and of what was refused to it: appended to, never changed, never
exported. No password, no token, no network address, and no name typed that is none of an account.
"""

import json
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.store import Session
from monitor.store.guards import pairs
from monitor.store.journal import timestamp


class Act(StrEnum):
    """What is recorded; each has its sentence, `act.<code>` of the catalogues."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_REFUSED = "sign_in_refused"
    PASSWORD_CHOSEN = "password_chosen"
    PASSWORD_REFUSED = "password_refused"
    SESSIONS_ENDED = "sessions_ended"
    FACTOR_SET = "factor_set"
    FACTOR_RESET = "factor_reset"
    REFUSED = "refused"
    ACCOUNT_MADE = "account_made"
    LINK_MADE = "link_made"
    ROLE_CHANGED = "role_changed"
    ACCESS_CLOSED = "access_closed"
    ACCESS_OPENED = "access_opened"
    ACCOUNT_ERASED = "account_erased"
    TIED = "tied"
    UNTIED = "untied"
    DEPARTMENT_GIVEN = "department_given"
    DEPARTMENT_TAKEN = "department_taken"
    IDENTITY_ADMITTED = "identity_admitted"
    IDENTITY_REFUSED = "identity_refused"
    IDENTITY_DETACHED = "identity_detached"
    VOUCHED = "vouched"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    STOPPED = "stopped"
    ELAPSED = "elapsed"
    ORDER = "order"
    VOID = "void"
    FILE_WITHDRAWN = "file_withdrawn"
    ROW_RETRACTED = "row_retracted"
    TEXTS_REMOVED = "texts_removed"
    PACT_PROPOSED = "pact_proposed"
    PACT_ACCEPTED = "pact_accepted"
    PACT_DROPPED = "pact_dropped"


#: What anybody can cause again and again: no more than so many in an hour, about one account.
REFUSALS = (Act.SIGN_IN_REFUSED, Act.PASSWORD_REFUSED, Act.REFUSED)
MOST_AN_HOUR = 20
#: What can keep a colleague from coming in, and for how long it is looked back at.
SHUT_OUT, PLACE_DAYS = (Act.ACCESS_CLOSED, Act.IDENTITY_DETACHED, Act.LINK_MADE), 30
#: After this much time an account that a colleague made, or made a link for, confirms what others ask.
NEW_HOURS = 24


def record_act(
    session: Session,
    act: Act,
    now: datetime,
    actor: str | None = None,
    about: str | None = None,
    seq: int | None = None,
    request: int | None = None,
    **details: str,
) -> None:
    """Add an act to the record, in the transaction of the act itself.

    `actor`: the account that did it, `operator` on the command line, None for the server or for
    somebody who is not signed in. `about`: the account that it was done to. `seq`: the entry of the log,
    `request`: the request that it was done to. `details`: codes, for the sentence. Of refusals about one
    account at most MOST_AN_HOUR are kept in an hour.
    """
    rows = session.rows("SELECT id, happened_at FROM team_act ORDER BY id DESC LIMIT 1")
    last, before = rows[0] if rows else (0, "")
    at = max(timestamp(now), before)
    if act in REFUSALS and _is_often(session, act, about or actor, now):
        return
    session.insert(
        "team_act",
        ("id", "happened_at", "actor", "kind", "about", "seq", "request_id", "details"),
        [
            (
                last + 1,
                at,
                actor,
                act.value,
                about,
                seq,
                request,
                json.dumps(details, ensure_ascii=False)[:500] if details else None,
            )
        ],
    )


def _is_often(session: Session, act: Act, name: str | None, now: datetime) -> bool:
    ((count,),) = session.rows(
        "SELECT count(*) FROM team_act WHERE kind = :kind AND coalesce(about, actor, '') = :name "
        "AND happened_at > :since",
        kind=act.value,
        name=name or "",
        since=timestamp(now - timedelta(hours=1)),
    )
    return count >= MOST_AN_HOUR


def makers_of(session: Session, name: str) -> set[str]:
    """The accounts that made this one, or a link for it, or admitted its identity; and those that made
    them, however far. Not the operator, nor what was done before the operator vouched for it."""
    found: set[str] = set()
    left = [name]
    while left:
        one = left.pop()
        rows = session.rows(
            f"SELECT DISTINCT a.actor FROM team_act a WHERE {pairs.making_condition('a', ':name')}",
            name=one,
        )
        new = {maker for (maker,) in rows} - found - {name}
        found |= new
        left += new
    return found


def makings_by_account(session: Session) -> dict[str, list[tuple[str, str]]]:
    """By whom each account was made, given a link or admitted, or vouched for: (kind of the act, who) in
    order, the same said once."""
    kinds = pairs.sql_list((*pairs.MAKING, pairs.VOUCHED))
    found: dict[str, list[tuple[str, str]]] = {}
    for about, kind, actor in session.rows(
        f"SELECT about, kind, actor FROM team_act WHERE about IS NOT NULL AND kind IN {kinds} "
        "AND actor IS NOT NULL ORDER BY id"
    ):
        if (kind, actor) not in (known := found.setdefault(about, [])):
            known.append((kind, actor))
    return found


def takes_over_account(session: Session, name: str, maker: str, now: datetime) -> bool:
    """Whether `maker` made a link for the account in the last PLACE_DAYS, or made it after having shut
    a colleague out: it may have been made to replace the one who left."""
    rows = session.rows(
        f"SELECT 1 FROM team_act a WHERE {pairs.making_condition('a', ':name')} AND a.actor = :maker "
        "AND EXISTS (SELECT 1 FROM team_act c WHERE c.actor = :maker AND c.about <> :maker "
        f"AND c.kind IN {pairs.sql_list(SHUT_OUT)} AND c.id <= a.id AND c.happened_at > :since) LIMIT 1",
        name=name,
        maker=maker,
        since=timestamp(now - timedelta(days=PLACE_DAYS)),
    )
    return bool(rows)


def is_new_account(session: Session, name: str, now: datetime) -> bool:
    """Whether a colleague made the account, or a link for it, less than NEW_HOURS ago: whoever did
    may still be the one who signs in with it."""
    rows = session.rows(
        f"SELECT max(a.happened_at) FROM team_act a WHERE {pairs.making_condition('a', ':name')}",
        name=name,
    )
    return bool(rows[0][0]) and rows[0][0] > timestamp(now - timedelta(hours=NEW_HOURS))
