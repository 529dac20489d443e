"""People who may write, as the tests need them: signed in without the slow password."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from pyotp.totp import TOTP

from monitor import accounts, commands
from monitor.accounts import Bearer, authenticator
from monitor.commands import NewAction
from monitor.errors import NotFound
from monitor.models import Role
from monitor.store.journal import timestamp
from tests.support.clock import NOW

LATER = NOW + timedelta(hours=1)
SOURCE = {
    "source_kind": "council_act",
    "source_title": "Délibération 2019-12",
    "source_publisher": "Ville de Lyon",
    "source_url": "https://exemple.invalid/deliberation",
}


@dataclass(frozen=True)
class Team:
    """Two volunteers, two reviewers and an admin, signed in."""

    volunteer: Bearer
    other: Bearer
    reviewer: Bearer
    second: Bearer
    admin: Bearer


def team_of(store, now: datetime = NOW) -> Team:
    return Team(
        sign_in(store, "Camille", Role.VOLUNTEER, now),
        sign_in(store, "Dominique", Role.VOLUNTEER, now),
        sign_in(store, "Sacha", Role.REVIEWER, now),
        sign_in(store, "Maxime", Role.REVIEWER, now),
        sign_in(store, "Claude", Role.ADMIN, now),
    )


def people_of(store) -> dict[Role, Bearer]:
    """Somebody of each role, signed in now."""
    named = {Role.VOLUNTEER: "Camille", Role.REVIEWER: "Sacha", Role.ADMIN: "Claude"}
    return {role: sign_in(store, name, role) for role, name in named.items()}


def sign_in(store, name: str, role: Role, now: datetime | None = None) -> Bearer:
    now = now or datetime.now(UTC)
    with store.writing() as session:
        accounts.insert_account(session, name, role, "operator", now)
        session.insert(
            "credential", ("name", "password_hash", "set_at"), [(name, "–", timestamp(now))]
        )
        return Bearer(token=accounts.open_session(session, name, now))


def choose_password(store, link: str, password: str, now: datetime | None = None) -> Bearer:
    """Who has chosen their password by a link and is in, with the code of an app where one is needed."""
    return past_the_code(store, commands.activate_and_sign_in(store, link, password, now), now)


def past_the_code(store, token: str, now: datetime | None = None) -> Bearer:
    """The session behind what the right password gave."""
    now = now or datetime.now(UTC)
    with store.writing() as session:
        try:
            name = authenticator.account_awaiting_code(session, token, now)
        except NotFound:
            return Bearer(token=token)
        secret = authenticator.secret_of(session, name) or authenticator.make_secret(session, name)
    code = TOTP(secret).at(now)
    return Bearer(token=accounts.enter_code(store, token, code, "192.0.2.7", now)[0])


def action(**values) -> NewAction:
    """« Décidé » about the first measure of Lyon's signatory, with a source."""
    given: dict[str, Any] = {
        "request_id": uuid4().hex,
        "pact_id": "mouves-2014",
        "signatory_id": LYON,
        "measure": "1",
        "happened_on": "2019-12",
        "status": "decided",
        "summary": "Le conseil vote le schéma.",
        **SOURCE,
    }
    return NewAction(**given | values)


LYON = "collomb-lyon"
