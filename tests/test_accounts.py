"""Accounts, passwords and sessions, on a real database."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor import accounts, commands
from monitor.accounts import ANONYMOUS, Bearer, identities
from monitor.errors import InvalidValue, NotAllowed, NotFound, Refused, TooManyAttempts
from monitor.models import Role
from tests.conftest import NOW, SLOW_HASHER

ENGINES = ("sqlite", "postgres")

PASSWORD = "une phrase assez longue"
HERE = "192.0.2.1"


def later(**delta) -> datetime:
    return NOW + timedelta(**delta)


def who_is(store, bearer: Bearer, now=NOW):
    with store.reading() as session:
        return accounts.identified(session, bearer, now)


def made(store, name="Camille", role=Role.VOLUNTEER) -> str:
    """An account with PASSWORD; returns the token of its first session."""
    _, link = commands.add_account(store, None, name, role, now=NOW)
    return commands.activate(store, link, PASSWORD, NOW)


def test_no_account_can_sign_in_by_default(store):
    with store.reading() as session:
        assert accounts.accounts(session) == []
    with pytest.raises(NotAllowed, match="sign_in_failed"):
        accounts.sign_in(store, "operator", PASSWORD, HERE, NOW)


def test_a_link_chooses_the_password_once(store):
    _, link = commands.add_account(store, None, "Camille", Role.VOLUNTEER, now=NOW)
    token = commands.activate(store, link, PASSWORD, NOW)
    assert who_is(store, Bearer(token=token)).name == "Camille"
    with pytest.raises(NotFound, match="link_void"):
        commands.activate(store, link, PASSWORD, NOW)


def test_a_password_is_kept_as_rfc_9106_recommends():
    """Argon2id, 64 MiB, three passes, four lanes: its second recommended option."""
    kept = SLOW_HASHER.hash(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert SLOW_HASHER.verify(kept, PASSWORD) and SLOW_HASHER.hash(PASSWORD) != kept


def test_a_link_is_void_after_a_day(store):
    _, link = commands.add_account(store, None, "Camille", Role.VOLUNTEER, now=NOW)
    with pytest.raises(NotFound, match="link_void"):
        commands.activate(store, link, PASSWORD, later(hours=24))


def test_a_new_link_voids_the_one_before(store):
    _, first = commands.add_account(store, None, "Camille", Role.VOLUNTEER, now=NOW)
    second = commands.new_link(store, None, "Camille", NOW)
    with pytest.raises(NotFound, match="link_void"):
        commands.activate(store, first, PASSWORD, NOW)
    commands.activate(store, second, PASSWORD, NOW)


@pytest.mark.parametrize("password", ["court", "x" * 201, ""])
def test_a_password_too_short_or_too_long_leaves_the_link_valid(store, password):
    _, link = commands.add_account(store, None, "Camille", Role.VOLUNTEER, now=NOW)
    with pytest.raises(InvalidValue, match="password"):
        commands.activate(store, link, password, NOW)
    commands.activate(store, link, PASSWORD, NOW)


def test_each_sign_in_has_a_session_of_its_own(store):
    made(store)
    first = accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW)
    second = accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW)
    accounts.sign_out(store, Bearer(token=first), NOW)
    assert who_is(store, Bearer(token=first)) is None
    assert who_is(store, Bearer(token=second)).name == "Camille"


def test_a_session_ends_after_twelve_hours(store):
    token = made(store)
    assert who_is(store, Bearer(token=token), later(hours=11, minutes=59))
    assert who_is(store, Bearer(token=token), later(hours=12)) is None


@pytest.mark.parametrize("change", [{"active": False}, {"role": Role.REVIEWER}])
def test_a_change_of_role_or_access_ends_every_session_at_once(store, change):
    token = made(store)
    commands.change_account(store, None, "Camille", now=NOW, **change)
    assert who_is(store, Bearer(token=token)) is None


def test_a_disabled_account_cannot_sign_in_before_it_is_enabled(store):
    made(store)
    commands.change_account(store, None, "Camille", active=False, now=NOW)
    with pytest.raises(NotAllowed, match="sign_in_failed"):
        accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW)
    commands.change_account(store, None, "Camille", active=True, now=NOW)
    accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW)


@pytest.mark.parametrize("name", ["Camille", "Personne"])
def test_five_failures_of_a_name_stop_the_sixth_attempt_known_or_not(store, name):
    made(store)
    for attempt in range(5):
        with pytest.raises(NotAllowed, match="sign_in_failed"):
            accounts.sign_in(store, name, "faux", f"192.0.2.{attempt}", NOW)
    with pytest.raises(TooManyAttempts):
        accounts.sign_in(store, name, PASSWORD, "192.0.2.99", NOW)
    if name == "Camille":
        accounts.sign_in(store, name, PASSWORD, "192.0.2.99", later(minutes=15))


def test_five_failures_from_an_address_stop_the_sixth_whatever_the_name(store):
    made(store)
    for attempt in range(5):
        with pytest.raises(NotAllowed):
            accounts.sign_in(store, f"nom {attempt}", "faux", HERE, NOW)
    with pytest.raises(TooManyAttempts):
        accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW)
    accounts.sign_in(store, "Camille", PASSWORD, "192.0.2.2", NOW)


def test_a_success_forgets_the_failures_of_the_name(store):
    made(store)
    for round_ in range(3):
        for attempt in range(3):
            with pytest.raises(NotAllowed):
                accounts.sign_in(store, "Camille", "faux", f"192.0.2.{round_}{attempt}", NOW)
        accounts.sign_in(store, "Camille", PASSWORD, "192.0.2.250", NOW)


@pytest.mark.sqlite
def test_the_database_holds_no_password_and_no_token(store):
    token = made(store)
    _, link = commands.add_account(store, None, "Dominique", Role.VOLUNTEER, now=NOW)
    content = store.path.read_bytes()
    assert not any(secret.encode() in content for secret in (PASSWORD, token, link))


@pytest.mark.parametrize("name", ["", " ", "-", "a" * 61, "<b>x</b>", "a\nb:c", "nom@exemple.fr"])
def test_a_pseudonym_is_letters_digits_and_little_else(store, name):
    with pytest.raises(InvalidValue, match="account_name"):
        commands.add_account(store, None, name, Role.VOLUNTEER, now=NOW)


@pytest.mark.parametrize("name", ["camille", "CAMILLE", "Càmille", "operator"])
def test_two_pseudonyms_differ_by_more_than_case_and_accents(store, name):
    commands.add_account(store, None, "Camille", Role.VOLUNTEER, now=NOW)
    with pytest.raises(Refused, match="account_exists"):
        commands.add_account(store, None, name, Role.VOLUNTEER, now=NOW)


def test_the_last_admin_cannot_close_the_door_behind_themselves(store):
    admin = Bearer(token=made(store, "Claude", Role.ADMIN))
    with pytest.raises(Refused, match="last_admin"):
        commands.change_account(store, admin, "Claude", active=False, now=NOW)
    made(store, "Alix", Role.ADMIN)
    commands.change_account(store, admin, "Claude", active=False, now=NOW)


def person(minutes: int = 0) -> Bearer:
    return Bearer(issuer="https://id.invalid", subject="42", issued_at=later(minutes=minutes))


def test_a_person_of_a_provider_is_somebody_only_once_admitted(store):
    with store.writing() as session:
        identities.remember(session, "https://id.invalid", "42", "Camille D.", NOW)
        identities.remember(session, "https://id.invalid", "42", "Camille D.", NOW)
    assert who_is(store, person()) is None
    with store.reading() as session:
        assert [one.subject for one in identities.waiting(session, NOW)] == ["42"]
    commands.admit(store, None, "https://id.invalid", "42", "Camille", Role.REVIEWER, NOW)
    assert who_is(store, person()).role is Role.REVIEWER


@pytest.mark.parametrize(
    "stranger",
    [
        Bearer(issuer="https://other.invalid", subject="42", issued_at=NOW),
        Bearer(issuer="https://id.invalid", subject="43", issued_at=NOW),
        Bearer(issuer="https://id.invalid", subject="42"),
        ANONYMOUS,
    ],
)
def test_issuer_and_subject_both_name_a_person(store, stranger):
    with store.writing() as session:
        identities.remember(session, "https://id.invalid", "42", "", NOW)
    commands.admit(store, None, "https://id.invalid", "42", "Camille", Role.REVIEWER, NOW)
    assert who_is(store, stranger) is None


def test_what_a_provider_said_is_void_after_signing_out_or_twelve_hours(store):
    with store.writing() as session:
        identities.remember(session, "https://id.invalid", "42", "", NOW)
    commands.admit(store, None, "https://id.invalid", "42", "Camille", Role.REVIEWER, NOW)
    assert who_is(store, person(), later(hours=12)) is None
    accounts.sign_out(store, person(), later(minutes=5))
    assert who_is(store, person(), later(minutes=6)) is None
    assert who_is(store, person(minutes=7), later(minutes=8)).name == "Camille"


def test_every_change_of_an_account_is_kept_with_who_made_it(store):
    made(store)
    admin = Bearer(token=made(store, "Claude", Role.ADMIN))
    commands.change_account(store, admin, "Camille", role=Role.REVIEWER, now=NOW)
    with store.reading() as session:
        rows = session.rows(
            "SELECT role, active, changed_by FROM account_change WHERE name = 'Camille'"
        )
    assert rows == [("volunteer", 1, "operator"), ("reviewer", 1, "Claude")]


def test_a_session_is_measured_against_utc(store):
    _, link = commands.add_account(store, None, "Camille", Role.VOLUNTEER)
    token = commands.activate(store, link, PASSWORD)
    assert who_is(store, Bearer(token=token), datetime.now(UTC)).name == "Camille"
