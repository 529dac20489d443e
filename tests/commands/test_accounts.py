"""Accounts, passwords and sessions, on a real database."""

from datetime import UTC, datetime, timedelta

import pytest
from pyotp import TOTP

from monitor import accounts, commands
from monitor.accounts import (
    ANONYMOUS,
    Bearer,
    attempts,
    authenticator,
    identities,
    passwords,
    sign_in_names,
)
from monitor.accounts.attempts import ADDRESS_FAILURES, DEVICE_DAYS, NAME_FAILURES
from monitor.errors import InvalidValue, NotAllowed, NotFound, Refused, TooManyAttempts
from monitor.models import Role
from tests.support.clock import NOW
from tests.support.team import choose_password

ENGINES = ("sqlite", "postgres")

#: The hasher of the program: for the tests another one takes its place.
SLOW_HASHER = passwords.HASHER
PASSWORD = "une phrase assez longue"
HERE = "192.0.2.1"


#: What the program takes for nothing.
AN_HOUR = timedelta(hours=1)


def later(**delta) -> datetime:
    return NOW + timedelta(**delta)


def who_is(store, bearer: Bearer, now=NOW):
    with store.reading() as session:
        return accounts.find_account(session, bearer, now)


def made(store, name="Camille", role=Role.VOLUNTEER) -> str:
    """An account with PASSWORD; returns the token of its first session."""
    _, link = commands.add_account(store, None, name, role, now=NOW)
    return choose_password(store, link, PASSWORD, NOW).token


def test_no_account_can_sign_in_by_default(store):
    with store.reading() as session:
        assert accounts.all_accounts(session) == []
    with pytest.raises(NotAllowed, match="sign_in_failed"):
        accounts.sign_in(store, "operator", PASSWORD, HERE, NOW)


def test_a_link_chooses_the_password_once(store):
    _, link = commands.add_account(store, None, "Camille", Role.VOLUNTEER, now=NOW)
    token = commands.activate_and_sign_in(store, link, PASSWORD, NOW)
    assert who_is(store, Bearer(token=token)).name == "Camille"
    with pytest.raises(NotFound, match="link_void"):
        commands.activate_and_sign_in(store, link, PASSWORD, NOW)


def test_a_password_is_kept_as_rfc_9106_recommends():
    """Argon2id, 64 MiB, three passes, four lanes: its second recommended option."""
    kept = SLOW_HASHER.hash(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert SLOW_HASHER.verify(kept, PASSWORD) and SLOW_HASHER.hash(PASSWORD) != kept


def test_a_link_is_void_after_a_day(store):
    _, link = commands.add_account(store, None, "Camille", Role.VOLUNTEER, now=NOW)
    with pytest.raises(NotFound, match="link_void"):
        commands.activate_and_sign_in(store, link, PASSWORD, later(hours=24))


def test_a_new_link_voids_the_one_before(store):
    _, first = commands.add_account(store, None, "Camille", Role.VOLUNTEER, now=NOW)
    second = commands.new_link(store, None, "Camille", NOW)
    with pytest.raises(NotFound, match="link_void"):
        commands.activate_and_sign_in(store, first, PASSWORD, NOW)
    commands.activate_and_sign_in(store, second, PASSWORD, NOW)


@pytest.mark.parametrize("password", ["court", "x" * 201, ""])
def test_a_password_too_short_or_too_long_leaves_the_link_valid(store, password):
    _, link = commands.add_account(store, None, "Camille", Role.VOLUNTEER, now=NOW)
    with pytest.raises(InvalidValue, match="password"):
        commands.activate_and_sign_in(store, link, password, NOW)
    commands.activate_and_sign_in(store, link, PASSWORD, NOW)


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
def test_five_failures_of_a_name_from_an_address_stop_the_sixth_there_known_or_not(store, name):
    made(store)
    for _ in range(5):
        with pytest.raises(NotAllowed, match="sign_in_failed"):
            accounts.sign_in(store, name, "faux", HERE, NOW)
    with pytest.raises(TooManyAttempts):
        accounts.sign_in(store, name, PASSWORD, HERE, NOW)
    if name == "Camille":
        accounts.sign_in(store, name, PASSWORD, "192.0.2.99", NOW)
        accounts.sign_in(store, name, PASSWORD, HERE, later(minutes=15))


def test_an_address_has_a_budget_whatever_the_name(store):
    made(store)
    for attempt in range(ADDRESS_FAILURES):
        with pytest.raises(NotAllowed):
            accounts.sign_in(store, f"nom {attempt}", "faux", HERE, NOW)
    with pytest.raises(TooManyAttempts):
        accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW)
    accounts.sign_in(store, "Camille", PASSWORD, "192.0.2.2", NOW)


def test_nobody_locks_out_who_signs_in_with_a_browser_that_is_known(store):
    token = made(store)
    with store.writing() as session:
        device = attempts.know_device(session, "Camille", "", NOW)
    for attempt in range(NAME_FAILURES):
        with pytest.raises(NotAllowed):
            accounts.sign_in(store, "Camille", "faux", f"198.51.100.{attempt}", NOW)
    with pytest.raises(TooManyAttempts):
        accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW)
    assert who_is(
        store, Bearer(token=accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW, device))
    )
    for _ in range(5):
        with pytest.raises(NotAllowed):
            accounts.sign_in(store, "Camille", "faux", HERE, NOW, device)
    with pytest.raises(TooManyAttempts):
        accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW, device)
    assert who_is(store, Bearer(token=token))


@pytest.mark.parametrize("device", ["", "faux", "of somebody else", "too old"])
def test_a_browser_that_is_not_known_is_held_up_with_its_address(store, device):
    made(store)
    made(store, "Dominique")
    with store.writing() as session:
        if device == "of somebody else":
            device = attempts.know_device(session, "Dominique", "", NOW)
        if device == "too old":
            device = attempts.know_device(session, "Camille", "", later(days=-DEVICE_DAYS))
    for _ in range(5):
        with pytest.raises(NotAllowed):
            accounts.sign_in(store, "Camille", "faux", HERE, NOW)
    with pytest.raises(TooManyAttempts):
        accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW, device)


COMMON = [
    "motdepassemotdepasse",
    "Mot de passe, mot de passe",
    "123456789012345",
    "azertyuiopqsdfgh",
    "qwertyuiopqwerty",
    "aaaaaaaaaaaaaaaaaaaa",
    "P@ssw0rdP@ssw0rd",
    "le moniteur des engagements",
    "Commitments monitor",
    "CamilleCamilleCamille",
    "Camille1234567890",
    "!!!!!!!!!!!!!!!!",
    "marseillemarseille13",
]


@pytest.mark.parametrize("password", COMMON)
def test_a_password_that_is_tried_first_is_refused(store, password):
    _, link = commands.add_account(store, None, "Camille", Role.VOLUNTEER, now=NOW)
    with pytest.raises(InvalidValue, match="password_common"):
        commands.activate_and_sign_in(store, link, password, NOW)


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "correct horse battery staple",
        "la boulangère compte onze girafes",
        "Tr7vkQ2mXb9LpZw4",
        "neuf chats gris dorment",
    ],
)
def test_a_sentence_or_chance_is_taken_without_rules_of_composition(store, password):
    _, link = commands.add_account(store, None, "Camille", Role.VOLUNTEER, now=NOW)
    assert commands.activate_and_sign_in(store, link, password, NOW)


def test_the_name_to_sign_in_with_is_none_that_pages_show(store):
    made(store, "Dominique")
    _, link = commands.add_account(store, None, "Camille", Role.VOLUNTEER, now=NOW)
    for public in ("Camille", "camille", "DOMINIQUE"):
        with pytest.raises(Refused, match="sign_in_name_public"):
            commands.activate_and_sign_in(store, link, PASSWORD, NOW, sign_in_name=public)
    commands.activate_and_sign_in(store, link, PASSWORD, NOW, sign_in_name="Louve du lac")
    with pytest.raises(NotAllowed):
        accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW)
    assert who_is(store, Bearer(token=accounts.sign_in(store, "louve du LAC", PASSWORD, HERE, NOW)))


def test_an_account_of_before_signs_in_with_its_pseudonym_until_it_chooses(store):
    who = Bearer(token=made(store))
    accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW)
    with pytest.raises(NotAllowed, match="password_wrong"):
        commands.choose_sign_in_name(store, who, "faux", "Louve du lac", NOW)
    commands.choose_sign_in_name(store, who, PASSWORD, "Louve du lac", NOW)
    with pytest.raises(NotAllowed):
        accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW)
    accounts.sign_in(store, "Louve du lac", PASSWORD, HERE, NOW)


def test_a_password_of_one_s_own_is_changed_with_the_present_one_and_ends_other_sessions(store):
    mine = Bearer(token=made(store))
    other = Bearer(token=accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW))
    with pytest.raises(NotAllowed, match="password_wrong"):
        commands.change_password(store, mine, "faux", "une autre phrase, plus longue", NOW)
    commands.change_password(store, mine, PASSWORD, "une autre phrase, plus longue", NOW)
    assert who_is(store, mine) and who_is(store, other) is None
    with pytest.raises(NotAllowed):
        accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW)


def test_a_password_of_one_s_own_voids_the_link_that_was_given_before(store):
    mine = Bearer(token=made(store))
    link = commands.new_link(store, None, "Camille", NOW)
    commands.change_password(store, mine, PASSWORD, "une autre phrase, plus longue", NOW)
    with pytest.raises(NotFound, match="link_void"):
        commands.activate_and_sign_in(store, link, PASSWORD, NOW)


def test_all_sessions_but_one_s_own_are_ended(store):
    mine = Bearer(token=made(store))
    other = Bearer(token=accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW))
    assert commands.end_other_sessions(store, mine, NOW) == 1
    assert who_is(store, mine) and who_is(store, other) is None


def step_of(store, now=NOW) -> tuple[str, TOTP]:
    """An admin whose app is set up, and the token after their password."""
    made(store, "Claude", Role.ADMIN)
    with store.reading() as session:
        app = TOTP(authenticator.secret_of(session, "Claude"))
    return accounts.sign_in(store, "Claude", PASSWORD, HERE, now), app


def test_the_password_of_an_admin_alone_opens_nothing(store):
    _, link = commands.add_account(store, None, "Claude", Role.ADMIN, now=NOW)
    for token in (
        commands.activate_and_sign_in(store, link, PASSWORD, NOW),
        accounts.sign_in(store, "Claude", PASSWORD, HERE, NOW),
    ):
        assert who_is(store, Bearer(token=token)) is None


@pytest.mark.parametrize("seconds", [-60, -30, 0, 30, 60])
def test_a_code_is_taken_from_a_clock_one_period_off_and_no_more(store, seconds):
    now = later(minutes=5)
    step, app = step_of(store, now)
    code = app.at(now + timedelta(seconds=seconds))
    if abs(seconds) > 30:
        with pytest.raises(NotAllowed, match="code_wrong"):
            accounts.enter_code(store, step, code, HERE, now)
    else:
        token, codes = accounts.enter_code(store, step, code, HERE, now)
        assert who_is(store, Bearer(token=token), now).name == "Claude" and not codes


def test_a_code_is_used_once(store):
    now = later(minutes=5)
    step, app = step_of(store, now)
    accounts.enter_code(store, step, app.at(now), HERE, now)
    again = accounts.sign_in(store, "Claude", PASSWORD, HERE, now)
    with pytest.raises(NotAllowed, match="code_wrong"):
        accounts.enter_code(store, again, app.at(now), HERE, now)


def test_a_recovery_code_stands_in_for_a_code_once(store):
    _, link = commands.add_account(store, None, "Claude", Role.ADMIN, now=NOW)
    step = commands.activate_and_sign_in(store, link, PASSWORD, NOW)
    with store.writing() as session:
        app = TOTP(authenticator.make_secret(session, "Claude"))
    _, codes = accounts.enter_code(store, step, app.at(NOW), HERE, NOW)
    assert len(set(codes)) == 10
    step = accounts.sign_in(store, "Claude", PASSWORD, HERE, NOW)
    token, _ = accounts.enter_code(store, step, codes[0].upper(), HERE, NOW)
    assert who_is(store, Bearer(token=token))
    step = accounts.sign_in(store, "Claude", PASSWORD, HERE, NOW)
    with pytest.raises(NotAllowed, match="code_wrong"):
        accounts.enter_code(store, step, codes[0], HERE, NOW)


@pytest.mark.parametrize("address", [HERE, "198.51.100.{}"])
def test_codes_are_not_guessed_and_their_owner_s_browser_is_let_through(store, address):
    step, app = step_of(store)
    with store.writing() as session:
        device = attempts.know_device(session, "Claude", "", NOW)
    own = accounts.sign_in(store, "Claude", PASSWORD, HERE, NOW, device)
    for attempt in range(5):
        with pytest.raises(NotAllowed):
            accounts.enter_code(store, step, "000000", address.format(attempt), NOW)
    code = app.at(later(seconds=30))
    with pytest.raises(TooManyAttempts):
        accounts.enter_code(store, step, code, HERE, NOW)
    with pytest.raises(NotFound, match="step_void"):
        accounts.enter_code(store, step, code, HERE, NOW)
    assert who_is(store, Bearer(token=accounts.enter_code(store, own, code, HERE, NOW, device)[0]))


def _new_password(store, *_):
    commands.activate_and_sign_in(
        store, commands.new_link(store, None, "Claude", NOW), PASSWORD, NOW
    )


ENDS = {
    "a right code": lambda store, step, app: accounts.enter_code(
        store, step, app.at(later(minutes=1)), HERE, later(minutes=1)
    ),
    "a new password": _new_password,
    "another role": lambda store, *_: commands.change_account(
        store, None, "Claude", Role.REVIEWER, now=NOW
    ),
    "a reset": lambda store, *_: commands.reset_factor(store, "Claude", NOW),
}


@pytest.mark.parametrize("end", ENDS)
def test_whoever_is_between_password_and_code_begins_again_after(store, end):
    step, app = step_of(store)
    ENDS[end](store, step, app)
    with store.reading() as session, pytest.raises(NotFound, match="step_void"):
        authenticator.account_awaiting_code(session, step, NOW)


def test_no_browser_is_known_after_a_new_password(store):
    made(store, "Claude")
    with store.writing() as session:
        device = attempts.know_device(session, "Claude", "", NOW)
        assert attempts.place_of(session, "Claude", HERE, device, NOW).is_known
    _new_password(store)
    with store.reading() as session:
        assert not attempts.place_of(session, "Claude", HERE, device, NOW).is_known


@pytest.mark.sqlite
@pytest.mark.parametrize("key", [attempts.key_of_code, attempts.key_of_own_password])
def test_no_name_that_is_typed_holds_up_the_codes_of_an_account(key):
    for written in (key("camille"), key("camille").replace(":", " ")):
        assert sign_in_names.sign_in_key(written) != key("camille")


def test_the_operator_resets_a_second_factor(store):
    who = Bearer(token=made(store, "Claude", Role.ADMIN))
    commands.reset_factor(store, "Claude", NOW)
    assert who_is(store, who) is None
    with store.reading() as session:
        assert authenticator.secret_of(session, "Claude") is None
    with pytest.raises(NotFound, match="no_factor"):
        commands.reset_factor(store, "Claude", NOW)


def test_a_success_forgets_the_failures_of_the_name(store):
    made(store)
    for _ in range(3):
        for _ in range(3):
            with pytest.raises(NotAllowed):
                accounts.sign_in(store, "Camille", "faux", HERE, NOW)
        accounts.sign_in(store, "Camille", PASSWORD, HERE, NOW)


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


LOOK_ALIKE = {
    "Capucine": [
        "СAPUCINE",
        "Ｃapucine",
        "Capuclne",
        "Capuc1ne",
        "Capucıne",
        "ᴄapucine",
        "Capucine_",
        "Capucineـ",
        "Capucineʹ",
        "Capucine٠",
        "ꓚꓮꓑꓴꓚꓲꓠꓰ",
        "Cap ucine",
    ],
    "Isabelle": ["Isabeǁe", "Isabeǀle", "ᏆᏚᎪᏴᎬᏞᏞᎬ"],
    "Oscar": ["Оѕсаг", "0scar", "Øscar", "Ọscar", "Οscar"],
    "Marnie": ["Mamie", "Μarnie", "M arnie", "Marnıe"],
    "Αννα Νίκου": ["ΑΝΝΑ ΝΙΚΟΥ", "Αvva Νίκου"],
}
UNLIKE = [
    "Camille",
    "Оксана",
    "Ελένη",
    "さくらと桜",
    "ユーリ",
    "علی ۲",
    "Łukasz",
    "Jean-Noël",
    "Ali 2",
    "فاطمة",
]


def test_no_account_bears_a_name_that_looks_like_another(store):
    for first, alike in LOOK_ALIKE.items():
        commands.add_account(store, None, first, Role.VOLUNTEER, now=NOW)
        for name in alike:
            with pytest.raises((Refused, InvalidValue), match=r"account_(exists|name)"):
                commands.add_account(store, None, name, Role.VOLUNTEER, now=NOW)


@pytest.mark.parametrize("name", ["Exploitant", "l’exploitant", "opérateur", "Serveur", "ѕегνег"])
def test_no_account_bears_the_name_of_who_keeps_the_server(store, name):
    with pytest.raises(InvalidValue, match=r"account_(reserved|name)"):
        commands.add_account(store, None, name, Role.VOLUNTEER, now=NOW)


def test_names_of_every_alphabet_are_names(store):
    for name in UNLIKE:
        commands.add_account(store, None, name, Role.VOLUNTEER, now=NOW)
    with store.reading() as session:
        assert {one.name for one in accounts.all_accounts(session)} == set(UNLIKE)


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
        identities.remember_identity(session, "https://id.invalid", "42", "Camille D.", NOW)
        identities.remember_identity(session, "https://id.invalid", "42", "Camille D.", NOW)
    assert who_is(store, person()) is None
    with store.reading() as session:
        assert [one.subject for one in identities.waiting_identities(session, NOW)] == ["42"]
    commands.admit_identity(store, None, "https://id.invalid", "42", "Camille", Role.REVIEWER, NOW)
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
        identities.remember_identity(session, "https://id.invalid", "42", "", NOW)
    commands.admit_identity(store, None, "https://id.invalid", "42", "Camille", Role.REVIEWER, NOW)
    assert who_is(store, stranger) is None


def test_what_a_provider_said_is_void_after_signing_out_or_twelve_hours(store):
    with store.writing() as session:
        identities.remember_identity(session, "https://id.invalid", "42", "", NOW)
    commands.admit_identity(store, None, "https://id.invalid", "42", "Camille", Role.REVIEWER, NOW)
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


@pytest.mark.parametrize("ahead", [timedelta(days=1, hours=2), timedelta(days=365)])
def test_what_a_clock_that_ran_ahead_gave_out_is_void_once_it_is_put_right(
    store, monkeypatch, ahead
):
    """And what it counted holds nobody up until it is that time again."""
    monkeypatch.setattr(passwords, "CLOCK_LEEWAY", AN_HOUR)
    then = NOW + ahead
    step, app = step_of(store, then)
    token, _ = accounts.enter_code(store, step, app.at(then), HERE, then)
    awaiting = accounts.sign_in(store, "Claude", PASSWORD, HERE, then)
    for _ in range(5):
        with pytest.raises(NotAllowed):
            accounts.sign_in(store, "Claude", "faux", HERE, then)
    with store.writing() as session:
        link = passwords.create_link(session, "Claude", then)
    assert who_is(store, Bearer(token=token), then) and not who_is(store, Bearer(token=token))
    with pytest.raises(NotFound, match="step_void"):
        accounts.enter_code(store, awaiting, app.at(NOW), HERE, NOW)
    with store.reading() as session, pytest.raises(NotFound, match="link_void"):
        passwords.account_of_link(session, link, NOW)
    step = accounts.sign_in(store, "Claude", PASSWORD, HERE, NOW)
    token, _ = accounts.enter_code(store, step, app.at(NOW), HERE, NOW)
    assert who_is(store, Bearer(token=token)).name == "Claude"


def test_a_session_outlives_a_clock_that_is_put_back_by_little(store, monkeypatch):
    monkeypatch.setattr(passwords, "CLOCK_LEEWAY", AN_HOUR)
    token = made(store)
    assert who_is(store, Bearer(token=token), later(minutes=-30)).name == "Camille"


def test_a_session_is_measured_against_utc(store):
    _, link = commands.add_account(store, None, "Camille", Role.VOLUNTEER)
    token = commands.activate_and_sign_in(store, link, PASSWORD)
    assert who_is(store, Bearer(token=token), datetime.now(UTC)).name == "Camille"
