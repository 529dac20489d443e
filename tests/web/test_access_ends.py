"""What opens something ends when it must: sessions, links, messages, drafts, uploads, other origins."""

import http.client

import pytest
from starlette.datastructures import Headers

from monitor import accounts, commands
from monitor.accounts import Bearer
from monitor.models import Role
from monitor.store import open_store
from monitor.web.origin import is_foreign
from tests.support.clock import NOW
from tests.support.server import get, run_server
from tests.support.team import LATER, action, sign_in, team_of

ENGINES = ("sqlite", "postgres")
PASSWORD = "une phrase assez longue"


def who_is(store, token, now=LATER):
    with store.reading() as session:
        return accounts.find_account(session, Bearer(token=token), now)


def count(store, table):
    with store.reading() as session:
        return session.rows(f"SELECT count(*) FROM {table}")[0][0]


def test_a_new_password_ends_every_session_that_was_open(store):
    open_before = sign_in(store, "Camille", Role.VOLUNTEER, NOW)
    link = commands.new_link(store, None, "Camille", NOW)
    new = commands.activate_and_sign_in(store, link, PASSWORD, LATER)
    assert who_is(store, open_before.token) is None
    assert who_is(store, new).name == "Camille"


def test_a_redaction_empties_the_messages_and_drafts_that_repeat_the_text(store):
    team = team_of(store)
    seq = commands.log_action(store, team.volunteer, action(), LATER).seq
    commands.send_message(store, team.reviewer, seq, "Où est la source ?", LATER)
    with store.reading() as session:
        ((name,),) = session.rows("SELECT action_id FROM action WHERE seq = :seq", seq=seq)
    for bearer, content in ((team.volunteer, f'{{"id": "{name}"}}'), (team.other, "{}")):
        commands.save_draft(store, bearer, "saisie:mouves-2014", content, LATER)
    commands.redact_entry(store, None, seq, "Ordonnance.", LATER)
    with store.reading() as session:
        assert session.rows("SELECT count(*) FROM message") == [(0,)]
        assert session.rows("SELECT name FROM draft") == [("Dominique",)]


def opened(store) -> tuple[Bearer, str]:
    """A session and a link that nobody has used."""
    bearer = sign_in(store, "Camille", Role.VOLUNTEER, NOW)
    link = commands.add_account(store, None, "Alix", Role.ADMIN, now=NOW)[1]
    assert who_is(store, bearer.token).name == "Camille"
    return bearer, link


def closed(store, bearer, link) -> bool:
    return who_is(store, bearer.token) is None and not count(store, "activation")


@pytest.mark.sqlite
def test_a_restored_database_knows_no_session_and_no_link(store, tmp_path):
    bearer, link = opened(store)
    commands.back_up(store, tmp_path / "copie.db")
    commands.restore_backup(store, tmp_path / "copie.db")
    assert closed(store, bearer, link)
    assert count(store, "account") == 3


def test_a_copied_database_knows_no_session_and_no_link(store, tmp_path):
    bearer, link = opened(store)
    copy = open_store(f"sqlite:///{tmp_path / 'copie.db'}")
    commands.copy_database(store, copy)
    assert closed(copy, bearer, link)
    assert count(copy, "account") == 3
    assert not closed(store, bearer, link)


@pytest.mark.sqlite
def test_an_upload_is_refused_while_the_database_is_away(url, tmp_path):
    store = open_store(url)
    commands.init_database(store)
    bearer = sign_in(store, "Camille", Role.VOLUNTEER)
    with run_server(url) as address:
        assert upload(address, bearer.token) != "not signed in"  # but not known to the framework
        store.path.rename(tmp_path / "away.db")
        assert upload(address, bearer.token) == "not signed in"
        assert get(f"{address}/_stcore/health")[0] == 200


def upload(address: str, token: str) -> str:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=20)
    connection.request("PUT", "/_stcore/upload_file/s/f", b"", {"Cookie": f"moniteur={token}"})
    response = connection.getresponse().read().decode()
    connection.close()
    return response


OURS = "https://suivi.example"


@pytest.mark.parametrize(
    ("public", "host", "origin", "foreign"),
    [
        ("", "suivi.example", "http://suivi.example", False),
        ("", "suivi.example", "https://suivi.example", False),
        ("", "suivi.example", "ftp://suivi.example", True),
        ("", "suivi.example", "chrome-extension://suivi.example", True),
        ("", "suivi.example", "file://suivi.example", True),
        ("", "suivi.example", "//suivi.example", True),
        ("", "suivi.example", "suivi.example", True),
        ("", "suivi.example", "null", True),
        ("", "", "https://", True),
        ("", "suivi.example", "https://[", True),
        ("", "suivi.example", "https://suivi.example:8443", True),
        ("", "suivi.example", "https://suivi.example.evil.example", True),
        ("", "suivi.example", "https://evil@suivi.example", True),
        (OURS, "suivi.example", OURS, False),
        (OURS, "127.0.0.1:8501", OURS, False),
        (OURS, "suivi.example", "http://suivi.example", True),
        (OURS, "suivi.example", "ws://suivi.example", True),
        (OURS, "127.0.0.1:8501", "http://127.0.0.1:8501", False),
        (OURS, "127.0.0.1:8501", "http://localhost:8501", True),
    ],
)
def test_every_scheme_and_host_but_ours_is_foreign(monkeypatch, public, host, origin, foreign):
    monkeypatch.setenv("MONITOR_PUBLIC_URL", public)
    assert is_foreign(Headers({"host": host, "origin": origin})) is foreign
