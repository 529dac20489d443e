"""People of a provider: whose name they bear gives them nothing, and somebody decides about them."""

import json
from datetime import timedelta

import pytest
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from monitor import accounts, commands
from monitor.accounts import ANONYMOUS, Bearer, identities
from monitor.accounts.identities import MOST_WAITING, IdentityState
from monitor.accounts.provider import DISCOVERY, bearer_of
from monitor.errors import NotAllowed, NotFound, Refused, TooManyAttempts
from monitor.models import Role
from monitor.ui.viewer import provider_section
from tests.support.clock import NOW
from tests.support.team import sign_in

ENGINES = ("sqlite", "postgres")
ISSUER = "https://id.invalid"


def later(**delta):
    return NOW + timedelta(**delta)


def come(store, subject="42", shown="Camille D.", now=NOW, issuer=ISSUER):
    with store.writing() as session:
        identities.remember_identity(session, issuer, subject, shown, now)


def word(subject="42", issued=NOW, expires=None) -> Bearer:
    return Bearer(None, ISSUER, subject, issued, expires)


def who_is(store, bearer, now=NOW):
    with store.reading() as session:
        return accounts.find_account(session, bearer, now)


def subjects(store, now=NOW):
    with store.reading() as session:
        return [one.subject for one in identities.waiting_identities(session, now)]


def standing(store, subject="42", now=NOW):
    with store.reading() as session:
        found = identities.identity_of(session, ISSUER, subject, now)
    return found.standing if found else IdentityState.UNKNOWN


@pytest.mark.parametrize("name", ["Claude", "claude", "CLAUDE", "Clàude", "  Claude "])
@pytest.mark.parametrize("by_an_admin", [True, False])
def test_a_stranger_who_bears_the_name_of_an_admin_becomes_nobody(store, name, by_an_admin):
    admin = sign_in(store, "Claude", Role.ADMIN, NOW)
    come(store, shown="Claude")
    with pytest.raises(Refused, match="account_exists"):
        commands.admit_identity(
            store, admin if by_an_admin else None, ISSUER, "42", name, Role.VOLUNTEER, NOW
        )
    assert who_is(store, word()) is None
    assert subjects(store) == ["42"]


@pytest.mark.parametrize("how", ["never opened", "closed", "of a person"])
def test_no_name_that_exists_is_taken_over_whatever_its_state(store, how):
    commands.add_account(store, None, "Alix", Role.ADMIN, now=NOW)
    if how == "closed":
        commands.change_account(store, None, "Alix", active=False, now=NOW)
    if how == "of a person":
        come(store, "1")
        commands.attach_person(store, ISSUER, "1", "Alix", NOW)
    come(store)
    with pytest.raises(Refused, match="account_exists"):
        commands.admit_identity(store, None, ISSUER, "42", "Alix", Role.VOLUNTEER, NOW)


def test_who_is_admitted_once_is_not_admitted_under_a_second_account(store):
    come(store)
    commands.admit_identity(store, None, ISSUER, "42", "Camille", Role.VOLUNTEER, NOW)
    with pytest.raises(Refused, match="identity_decided"):
        commands.admit_identity(store, None, ISSUER, "42", "Dominique", Role.ADMIN, NOW)
    assert who_is(store, word()).name == "Camille"


def test_an_account_that_is_somebody_s_is_attached_to_nobody_else(store):
    token = commands.add_account(store, None, "Camille", Role.REVIEWER, now=NOW)[1]
    commands.activate_and_sign_in(store, token, "une phrase assez longue", NOW)
    come(store)
    with pytest.raises(Refused, match="account_taken"):
        commands.attach_person(store, ISSUER, "42", "Camille", NOW)


@pytest.mark.parametrize("end", ["closed", "erased"])
def test_an_account_that_is_closed_for_good_or_for_now_is_attached_to_nobody(store, end):
    commands.add_account(store, None, "Camille", Role.REVIEWER, now=NOW)
    if end == "closed":
        commands.change_account(store, None, "Camille", active=False, now=NOW)
    else:
        commands.erase_account(store, "Camille", NOW)
    come(store)
    with pytest.raises(Refused, match="account_disabled"):
        commands.attach_person(store, ISSUER, "42", "Camille", NOW)
    assert (subjects(store), standing(store)) == (["42"], IdentityState.WAITING)


def test_a_person_who_is_detached_is_nobody_at_once_and_asks_again(store):
    come(store)
    commands.admit_identity(store, None, ISSUER, "42", "Camille", Role.REVIEWER, NOW)
    assert commands.detach_identities(store, None, "Camille", NOW) == 1
    assert who_is(store, word()) is None
    assert standing(store) is IdentityState.UNKNOWN
    come(store, now=later(minutes=1))
    commands.attach_person(store, ISSUER, "42", "Camille", later(minutes=2))
    assert who_is(store, word(issued=later(minutes=3)), later(minutes=3)).role is Role.REVIEWER


def test_the_identity_of_the_last_admin_is_not_detached_by_themselves(store):
    come(store)
    commands.admit_identity(store, None, ISSUER, "42", "Claude", Role.ADMIN, NOW)
    with pytest.raises(Refused, match="last_admin"):
        commands.detach_identities(store, word(), "Claude", NOW)
    assert commands.detach_identities(store, None, "Claude", NOW) == 1


def test_nothing_is_detached_from_an_account_without_identity(store):
    sign_in(store, "Camille", Role.VOLUNTEER, NOW)
    with pytest.raises(NotFound, match="no_identity"):
        commands.detach_identities(store, None, "Camille", NOW)


def test_who_is_refused_waits_no_more_and_is_not_asked_about_again(store):
    come(store)
    commands.refuse_person(store, None, ISSUER, "42", NOW)
    come(store, now=later(days=100))
    assert (subjects(store, later(days=100)), standing(store)) == ([], IdentityState.REFUSED)
    with pytest.raises(Refused, match="identity_decided"):
        commands.admit_identity(store, None, ISSUER, "42", "Camille", Role.VOLUNTEER, NOW)
    commands.forget_refusal(store, None, ISSUER, "42", NOW)
    come(store)
    assert subjects(store) == ["42"]


def test_only_an_admin_decides_who_comes_in(store):
    reviewer = sign_in(store, "Sacha", Role.REVIEWER, NOW)
    come(store)
    for act in (
        lambda: commands.admit_identity(store, reviewer, ISSUER, "42", "X", Role.VOLUNTEER, NOW),
        lambda: commands.refuse_person(store, reviewer, ISSUER, "42", NOW),
        lambda: commands.forget_refusal(store, reviewer, ISSUER, "42", NOW),
        lambda: commands.detach_identities(store, reviewer, "Sacha", NOW),
    ):
        with pytest.raises(NotAllowed, match="not_allowed"):
            act()


def test_a_request_without_an_answer_expires_after_thirty_days(store):
    come(store)
    assert subjects(store, later(days=29, hours=23)) == ["42"]
    assert subjects(store, later(days=30)) == []
    with pytest.raises(NotFound, match="unknown_identity"):
        commands.admit_identity(
            store, None, ISSUER, "42", "Camille", Role.VOLUNTEER, later(days=30)
        )
    come(store, now=later(days=31))
    assert subjects(store, later(days=31)) == ["42"]


def test_a_provider_where_anybody_signs_up_fills_no_more_than_a_bound(store):
    for number in range(MOST_WAITING):
        come(store, f"s{number}")
    with pytest.raises(TooManyAttempts, match="too_many_waiting"):
        come(store, "one more")
    come(store, "s1")
    assert len(subjects(store)) == MOST_WAITING
    come(store, "one more", now=later(days=30))


@pytest.mark.parametrize(
    ("issued", "expires", "who"),
    [
        (timedelta(0), timedelta(hours=1), "Camille"),
        (timedelta(seconds=59), timedelta(hours=1), "Camille"),
        (timedelta(seconds=61), timedelta(hours=1), None),
        (timedelta(days=365), timedelta(days=366), None),
        (timedelta(hours=-1), timedelta(seconds=-59), "Camille"),
        (timedelta(hours=-1), timedelta(seconds=-60), None),
        (timedelta(hours=-11, minutes=-59), timedelta(hours=1), "Camille"),
        (timedelta(hours=-12), timedelta(hours=1), None),
    ],
)
def test_the_word_of_a_provider_holds_neither_before_it_was_given_nor_after(
    store, issued, expires, who
):
    come(store, now=later(days=-1))
    commands.admit_identity(store, None, ISSUER, "42", "Camille", Role.VOLUNTEER, later(days=-1))
    found = who_is(store, word(issued=NOW + issued, expires=NOW + expires))
    assert (found and found.name) == who


def test_a_closed_account_is_not_identified_after_a_fresh_sign_in_by_the_provider(store):
    come(store)
    commands.admit_identity(store, None, ISSUER, "42", "Camille", Role.VOLUNTEER, NOW)
    commands.change_account(store, None, "Camille", active=False, now=NOW)
    assert who_is(store, word(issued=later(hours=1)), later(hours=1)) is None


@pytest.fixture
def provider(tmp_path):
    """Two providers that are configured; the second has a name."""
    file = tmp_path / "secrets.toml"
    file.write_text(
        f'[auth]\nclient_id = "moniteur"\nserver_metadata_url = "{ISSUER}{DISCOVERY}"\n'
        '[auth.ville]\nclient_id = "autre"\n'
        f'server_metadata_url = "https://ville.invalid/{DISCOVERY}"\n'
    )
    before = config.get_option("secrets.files")
    _read_again([str(file)])
    yield
    _read_again(before)


def _read_again(files):
    config.set_option("secrets.files", files)
    secrets_singleton._reset()
    provider_section.cache_clear()


GOOD = {
    "iss": ISSUER,
    "sub": "42",
    "aud": "moniteur",
    "iat": 1_772_442_000,
    "exp": 1_772_445_600,
    "provider": "default",
}


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"aud": ["moniteur"]},
        {"aud": ["moniteur", "autre"], "azp": "moniteur"},
        {"iss": f"{ISSUER}/"},
        {"iss": "https://ville.invalid", "aud": "autre", "provider": "ville"},
    ],
)
def test_the_claims_of_the_configured_provider_for_us_name_a_person(provider, changed):
    found = bearer_of(GOOD | changed, provider_section())
    assert (found.subject, found.issuer) == ("42", (GOOD | changed)["iss"])
    assert found.expires_at - found.issued_at == timedelta(hours=1)


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://other.invalid"},
        {"iss": ""},
        {"iss": None},
        {"iss": f"{ISSUER}.evil.invalid"},
        {"aud": "autre"},
        {"aud": ["autre"]},
        {"aud": []},
        {"aud": None},
        {"aud": ["moniteur", "autre"]},
        {"aud": ["moniteur", "autre"], "azp": "autre"},
        {"provider": "ville"},
        {"iss": "https://ville.invalid", "provider": "ville"},
        {"sub": ""},
        {"sub": None},
        {"iat": "demain"},
        {"iat": None},
        {"exp": None},
        {"exp": 1e300},
        {"iat": [1]},
    ],
    ids=json.dumps,
)
def test_claims_of_another_provider_for_another_site_or_of_no_time_name_nobody(provider, changed):
    assert bearer_of(GOOD | changed, provider_section()) == ANONYMOUS
