"""Who asks to be forgotten is: what is kept beside the log goes, the log keeps pseudonym and head."""

import re
from dataclasses import replace

import pytest
from click.testing import CliRunner

from monitor import accounts, commands
from monitor.accounts import Bearer, identities
from monitor.accounts.erasing import ERASED, KEPT
from monitor.cli.main import main
from monitor.errors import NotAllowed, NotFound, Refused
from monitor.models import Role
from monitor.store.head import read_head
from monitor.store.journal import verify
from monitor.store.tables import SCHEMA
from tests.support.team import LATER, action, choose_password

ENGINES = ("sqlite", "postgres")
#: What is written of Camille, and must be found nowhere afterwards.
SECRETS = (
    "Sujet-7f31",
    "Nom-Civil-Durand",
    "Brouillon-b2c9",
    "Message-a1d4",
    "Reponse-c5e8",
    "Identifiant-9d2f",
    "Secret-e1f0",
)

#: What signing in leaves, and what was proposed, a row of each table.
SIGN_IN = {
    "account_department": (("name", "department"), ("Camille", "69")),
    "proposed_pact": (
        ("author", "proposed_at", "digest", "files"),
        ("Camille", "2026-03-02T09:00:00.000000Z", "0" * 64, "[]"),
    ),
    "sign_in_name": (
        ("name", "search_key", "written", "chosen_at"),
        ("Camille", "identifiant-9d2f", "Identifiant-9d2f", "2026"),
    ),
    "known_device": (
        ("token_hash", "name", "given_at", "expires_at"),
        ("a", "Camille", "2026", "2027"),
    ),
    "second_factor": (("name", "secret"), ("Camille", "Secret-e1f0")),
    "recovery_code": (("code_hash", "name"), ("b", "Camille")),
    "sign_in_step": (("token_hash", "name", "expires_at"), ("c", "Camille", "2027")),
}


@pytest.fixture
def team(store, team):
    link = commands.new_link(store, None, "Camille", LATER)
    token = choose_password(store, link, "une phrase assez longue", LATER).token
    return replace(team, volunteer=Bearer(token=token))


@pytest.fixture
def written(store, team):
    """Camille has an entry, a conversation about it, a draft, an identity, a link and failures; returns
    the head of the log."""
    entry = commands.log_action(store, team.volunteer, action(), LATER)
    commands.send_message(store, team.reviewer, entry.seq, SECRETS[3], LATER)
    commands.send_message(store, team.volunteer, entry.seq, SECRETS[4], LATER)
    commands.save_draft(store, team.volunteer, "saisie:mouves-2014", SECRETS[2] * 300, LATER)
    with store.writing() as session:
        identities.remember_identity(session, "https://i", SECRETS[0], SECRETS[1], LATER)
        session.execute("UPDATE identity SET name = 'Camille' WHERE subject = :one", one=SECRETS[0])
    commands.new_link(store, None, "Camille", LATER)
    with store.writing() as session:
        for table, (columns, values) in SIGN_IN.items():
            session.insert(table, columns, [values])
    with pytest.raises(NotAllowed):
        accounts.sign_in(store, "Camille", "pas la bonne phrase", "192.0.2.1", LATER)
    with store.reading() as session:
        return read_head(session)


def rows(store, sql):
    with store.reading() as session:
        return session.rows(sql)


def test_what_is_only_theirs_goes_and_the_log_keeps_its_head(store, team, written):
    assert all(
        rows(store, f"SELECT 1 FROM {table} WHERE {column} = 'Camille'")
        for table, column in ERASED.items()
    )
    counts = commands.erase_account(store, "Camille", LATER)
    assert counts == {
        "credential": 1,
        "activation": 1,
        "web_session": 1,
        "identity": 1,
        "draft": 1,
        "account_department": 1,
        "proposed_pact": 1,
        "message": 2,
        "sign_in_name": 1,
        "known_device": 1,
        "second_factor": 1,
        "recovery_code": 1,
        "sign_in_step": 1,
        "entry": 1,
    }
    for table, column in ERASED.items():
        assert rows(store, f"SELECT 1 FROM {table} WHERE {column} = 'Camille'") == []
    assert (
        rows(store, "SELECT id FROM message") == rows(store, "SELECT id FROM sign_in_failure") == []
    )
    with store.reading() as session:
        assert read_head(session) == written and verify(session).intact
        assert session.rows("SELECT count(*) FROM entry WHERE author = 'Camille'") == [(1,)]
        assert accounts.find_account(session, team.volunteer, LATER) is None
    assert store.departures() == []


@pytest.mark.sqlite
def test_of_what_was_deleted_no_byte_is_left_in_the_file(store, team, written):
    def bytes_of_database():
        beside = store.path.parent.glob(f"{store.path.name}*")
        return b"".join(path.read_bytes() for path in beside)

    ((password,),) = rows(store, "SELECT password_hash FROM credential WHERE name = 'Camille'")
    before = bytes_of_database()
    secrets = (*SECRETS, password)
    assert all(secret.encode() in before for secret in secrets)
    commands.erase_account(store, "Camille", LATER)
    after = bytes_of_database()
    assert [secret for secret in secrets if secret.encode() in after] == []


def test_of_others_nothing_goes(store, team, written):
    commands.save_draft(store, team.other, "saisie:mouves-2014", "Autre.", LATER)
    commands.erase_account(store, "Camille", LATER)
    assert rows(store, "SELECT name FROM draft") == [("Dominique",)]
    with store.reading() as session:
        assert accounts.find_account(session, team.other, LATER).name == "Dominique"


def test_an_erased_account_is_never_opened_again(store, team, written):
    commands.erase_account(store, "Camille", LATER)
    with pytest.raises(Refused, match="already_erased"):
        commands.change_account(store, None, "Camille", active=True, now=LATER)
    with pytest.raises(Refused, match="account_disabled"):
        commands.new_link(store, None, "Camille", LATER)
    with pytest.raises(Refused, match="already_erased"):
        commands.erase_account(store, "Camille", LATER)
    with pytest.raises(Refused, match="account_exists"):
        commands.add_account(store, None, "Camille", Role.VOLUNTEER, now=LATER)
    with pytest.raises(Refused, match="refused_by_database"), store.writing() as session:
        session.insert(
            "account_change",
            ("id", "name", "role", "active", "changed_at", "changed_by"),
            [
                (
                    session.rows("SELECT max(id) + 1 FROM account_change")[0][0],
                    "Camille",
                    "admin",
                    1,
                    "2026",
                    "operator",
                )
            ],
        )


def test_the_last_admin_is_not_erased(store):
    _, link = commands.add_account(store, None, "Claude", Role.ADMIN, now=LATER)
    token = choose_password(store, link, "une phrase assez longue", LATER).token
    with pytest.raises(Refused, match="last_admin"):
        commands.erase_account(store, "Claude", LATER)
    with store.reading() as session:
        assert accounts.find_account(session, Bearer(token=token), LATER).name == "Claude"


def test_nobody_is_forgotten_by_a_name_that_is_none(store):
    with pytest.raises(NotFound, match="unknown_account"):
        commands.erase_account(store, "Personne", LATER)
    with pytest.raises(NotFound, match="unknown_account"):
        commands.erase_account(store, "operator", LATER)


def test_the_erasure_is_recorded_and_nothing_takes_it_back(store, team, written):
    commands.erase_account(store, "Camille", LATER)
    assert rows(store, "SELECT name, erased_by FROM erasure") == [("Camille", "operator")]
    kinds = [kind for (kind,) in rows(store, "SELECT kind FROM team_act WHERE about = 'Camille'")]
    assert kinds[-1] == "account_erased"
    with pytest.raises(Refused), store.writing() as session:
        session.execute("DELETE FROM erasure")


@pytest.mark.sqlite
def test_the_command_says_what_goes_and_what_is_left(store, team, written):
    refused = CliRunner().invoke(main, ["user", "erase", "Camille"])
    assert refused.exit_code == 1 and "--yes" in refused.output
    assert rows(store, "SELECT name FROM erasure") == []
    done = CliRunner().invoke(main, ["user", "erase", "Camille", "--yes"])
    assert done.exit_code == 0, done.output
    for words in (
        "14 données supprimées",
        "1 département suivi",
        "1 mot de passe",
        "2 messages",
        "1 entrée du journal",
        "copies de sauvegarde",
    ):
        assert words in done.output


def test_each_table_that_names_an_account_is_said_to_go_or_to_stay():
    """A new one is thought of here: what is only a person's goes with them (`erasing.ERASED`)."""
    named = set()
    for file in SCHEMA.glob("*.sql"):
        made = re.findall(
            r"CREATE TABLE (?:IF NOT EXISTS )?(\w+) \((.*?)\n\);", file.read_text(), re.S
        )
        named |= {table for table, body in made if "REFERENCES account (name)" in body}
    again = {table for table in named if table.endswith("_again")}
    assert named - again == {*ERASED, *KEPT}
