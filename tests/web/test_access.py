"""Signing in over HTTP, against the real server: cookies, refusals, and what is logged of them."""

import asyncio
import http.client
import re
from contextlib import closing, suppress
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
import websockets
from pyotp import TOTP
from starlette.applications import Starlette

from monitor import accounts, commands
from monitor.errors import TooBusy
from monitor.models import Role
from monitor.read.turns import PASSWORDS
from monitor.store import open_store
from monitor.web.account_routes import ROUTES
from tests.support.server import run_server
from tests.support.streamlit_client import Reader, reading
from tests.support.visitor import PASSWORD, Server
from tests.support.waiting import LONGEST


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("access")
    url = f"sqlite:///{folder / 'monitor.db'}"
    store = open_store(url)
    commands.init_database(store)
    for name, role in (("Camille", Role.VOLUNTEER), ("Claude", Role.ADMIN)):
        _, link = commands.add_account(store, None, name, role)
        commands.activate_and_sign_in(store, link, PASSWORD, sign_in_name=f"{name} des bois")
    with run_server(url, folder / "log.txt") as address:
        yield Server(address, url, folder / "log.txt")


@pytest.fixture(autouse=True)
def no_failures_yet(server):
    with server.store.writing() as session:
        session.execute("DELETE FROM sign_in_failure")


def token_of(headers) -> str:
    return cookies_of(headers)["moniteur"]


def cookies_of(headers) -> dict[str, str]:
    """Name -> value of the cookies that an answer sets."""
    found = headers.get_all("set-cookie") or []
    return dict(one.split(";")[0].split("=", 1) for one in found)


def test_signing_in_gives_a_cookie_that_no_script_and_no_other_site_can_use(server):
    status, headers, _ = server.sign_in("Camille")
    cookie = headers["set-cookie"]
    assert (status, headers["location"]) == (303, "/saisie?lang=fr")
    assert all(part in cookie for part in ("HttpOnly", "SameSite=lax", "Path=/", "Max-Age=43200"))
    assert "Secure" not in cookie


@pytest.mark.parametrize(
    "path", ["saisie", "relecture", "import", "demandes", "equipe", "registre"]
)
@pytest.mark.parametrize("cookies", [{}, {"moniteur": "forged"}, {"moniteur": "' OR 1=1 --"}])
def test_a_team_page_opens_for_nobody_without_a_session(server, path, cookies):
    with reading(Reader(server.address, path, **cookies)) as (reader,):
        kinds = [one.WhichOneof("type") for one in reader.main]
        links = [one.html.body for one in reader.main if one.WhichOneof("type") == "html"]
    assert any(">Se connecter</a>" in link for link in links) and "heading" not in kinds


@pytest.mark.parametrize("path", ["relecture", "equipe", "registre"])
def test_a_volunteer_does_not_see_what_is_for_others(server, path):
    token = token_of(server.sign_in("Camille")[1])
    with reading(Reader(server.address, path, moniteur=token)) as (reader,):
        assert "Votre compte ne permet pas de faire cela" in reader.rerun()
    assert "Saisir" in reader.menu and "Relire" not in reader.menu


def test_behind_tls_the_cookie_is_secure_and_of_this_host_alone(server, tmp_path):
    log = tmp_path / "log.txt"
    with run_server(
        server.store.url, log, MONITOR_PUBLIC_URL="https://suivi.exemple.invalid"
    ) as other:
        found = Server(other, server.store.url, log)
        _, headers, _ = found.sign_in("Camille", Origin="https://suivi.exemple.invalid")
    assert headers["set-cookie"].startswith("__Host-moniteur=")
    assert "Secure" in headers["set-cookie"] and "Domain" not in headers["set-cookie"]


def test_each_sign_in_gives_another_token(server):
    assert token_of(server.sign_in("Camille")[1]) != token_of(server.sign_in("Camille")[1])


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(server):
    known, unknown = server.sign_in("Camille", "faux"), server.sign_in("Zzz", "faux")
    assert known[0] == unknown[0] == 401
    assert known[2].replace("Camille", "Zzz") == unknown[2]
    assert "set-cookie" not in known[1] and "set-cookie" not in unknown[1]


def test_the_sixth_attempt_is_told_to_wait_even_with_the_right_password(server):
    for _ in range(5):
        server.sign_in("Camille", "faux")
    status, headers, body = server.sign_in("Camille")
    assert (status, headers["retry-after"]) == (429, "900")
    assert "Trop d’essais" in body and "set-cookie" not in headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://exemple.invalid"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
@pytest.mark.parametrize(
    "path", ["/connexion", "/activation", "/deconnexion", "/mon-compte", "/second-facteur"]
)
def test_a_post_from_another_site_is_refused_and_logged(server, path, headers):
    form = {"name": "Camille", "password": PASSWORD, "jeton": "x"}
    status, answer, _ = server.ask("POST", path, form, **headers)
    assert status == 403 and "set-cookie" not in answer
    assert f"refused: a POST to {path}" in server.log_text()


def test_a_body_too_large_is_not_read(server):
    status, _, _ = server.sign_in("Camille", "x" * 20_000)
    assert status == 413


@pytest.mark.parametrize(
    "asked",
    [
        "https://exemple.invalid",
        "//exemple.invalid",
        "en\r\nX: y",
        "/\\exemple.invalid/saisie",
        "//exemple.invalid/saisie",
        "https:/saisie",
        "http://[",
        "/communes",
        "/api/v1",
        "javascript:saisie",
        "/saisie/../..//exemple.invalid",
        "\t//exemple.invalid/saisie",
    ],
)
def test_no_address_asked_for_moves_the_redirection(server, asked):
    path = "/connexion?" + urlencode({"lang": asked, "next": asked, "suite": asked, "vers": asked})
    status, headers, _ = server.ask(
        "POST", path, {"name": "Camille des bois", "password": PASSWORD}
    )
    assert (status, headers["location"]) == (303, "/saisie?lang=fr")


def test_who_signs_in_comes_back_to_the_page_and_the_pact_they_left(server):
    way = "/saisie?pacte=demo&vue=afaire&lang=fr"
    path = "/connexion?" + urlencode({"lang": "en", "vers": way})
    _, _, body = server.ask("GET", path)
    (action,) = re.findall(r'action="([^"]*)"', body)
    (other,) = re.findall(r'href="(/connexion[^"]*)"', body)
    assert parse_qs(urlsplit(unescape(other)).query) == {"lang": ["fr"], "vers": [way]}
    wrong = {"name": "Camille des bois", "password": "une autre phrase, plus longue"}
    assert unescape(action) in unescape(server.ask("POST", unescape(action), wrong)[2])
    form = {"name": "Camille des bois", "password": PASSWORD}
    status, headers, _ = server.ask("POST", unescape(action), form)
    assert (status, headers["location"]) == (303, "/saisie?pacte=demo&vue=afaire&lang=en")


@pytest.mark.parametrize(
    ("query", "title", "legal"),
    [
        ("", "Se connecter", '<a href="/mentions-legales?lang=fr">Mentions légales</a>'),
        ("?lang=en", "Sign in", '<a href="/vie-privee?lang=en">Privacy</a>'),
    ],
)
def test_the_forms_speak_both_languages_and_are_not_kept(server, query, title, legal):
    status, headers, body = server.ask("GET", f"/connexion{query}")
    assert (status, headers["cache-control"]) == (200, "no-store")
    assert f'<html lang="{"en" if query else "fr"}">' in body
    assert f"<h1>{title}</h1>" in body and legal in body


@pytest.mark.parametrize("token", ["", "faux", "<script>alert(1)</script>", "é" * 300])
def test_a_void_link_says_what_to_do_and_repeats_nothing(server, token):
    status, _, body = server.ask("POST", "/activation", {"jeton": token})
    assert status == 404 and "Demandez-en un nouveau" in body and "alert(" not in body


def test_the_token_of_a_link_is_in_no_address_that_a_proxy_logs(server):
    _, link = commands.add_account(server.store, None, "Sacha", Role.VOLUNTEER)
    status, _, body = server.ask("GET", f"/activation?jeton={link}")
    assert status == 200 and link not in body and "Sacha" not in body
    assert 'src="/activation.js"' in body
    status, headers, script = server.ask("GET", "/activation.js")
    assert (status, headers["content-type"].split(";")[0]) == (200, "text/javascript")
    assert "location.hash" in script


def test_an_activation_opens_a_session_and_looking_at_it_does_not_use_it_up(server):
    _, link = commands.add_account(server.store, None, "Dominique", Role.VOLUNTEER)
    for _ in range(3):
        status, _, body = server.ask("POST", "/activation", {"jeton": link})
        assert status == 200 and "Dominique" in body
    form = {"jeton": link, "name": "Dodo", "password": PASSWORD, "again": "autre chose"}
    status, _, body = server.ask("POST", "/activation", form)
    assert status == 422 and "pas les mêmes" in body
    for name, words in (
        ("dominique", "est un pseudonyme"),
        ("Camille des bois", "ne peut pas être pris"),
    ):
        status, _, body = server.ask(
            "POST", "/activation", form | {"again": PASSWORD, "name": name}
        )
        assert status == 422 and words in body
    status, headers, _ = server.ask("POST", "/activation", form | {"again": PASSWORD})
    assert status == 303 and token_of(headers) and headers["location"] == "/saisie?lang=fr"


def test_an_admin_sets_up_an_app_and_signs_in_with_its_code(server):
    status, headers, _ = server.sign_in("Claude")
    assert (status, headers["location"]) == (303, "/second-facteur?lang=fr")
    assert "moniteur" not in cookies_of(headers)
    step = f"moniteur-etape={cookies_of(headers)['moniteur-etape']}"
    _, _, body = server.ask("GET", "/second-facteur", Cookie=step)
    assert "<svg" in body and "otpauth" not in body
    (key,) = re.findall(r"<code>([A-Z2-7 ]+)</code>", body)
    status, _, body = server.ask("POST", "/second-facteur", {"code": "000000"}, Cookie=step)
    assert status == 401 and "pas le bon" in body
    code = TOTP(key.replace(" ", "")).now()
    status, headers, body = server.ask("POST", "/second-facteur", {"code": code}, Cookie=step)
    assert status == 200 and len(re.findall(r"<li>[a-z2-9-]{19}</li>", body)) == 10
    token = cookies_of(headers)["moniteur"]
    status, _, body = server.ask("GET", "/mon-compte", Cookie=f"moniteur={token}")
    assert status == 200 and "Claude" in body and "10 codes de secours" in body
    assert server.ask("GET", "/second-facteur", Cookie=step)[0] == 404


def test_one_s_own_account_is_shown_to_who_is_signed_in_alone(server):
    status, headers, _ = server.ask("GET", "/mon-compte")
    assert (status, headers["location"]) == (303, "/connexion?lang=fr")
    _, headers, _ = server.sign_in("Camille")
    mine = f"moniteur={token_of(headers)}"
    other = token_of(server.sign_in("Camille")[1])
    status, _, body = server.ask("POST", "/mon-compte", {"quoi": "sessions"}, Cookie=mine)
    assert status == 303
    with server.store.reading() as session:
        assert (
            accounts.find_account(session, accounts.Bearer(token=other), datetime.now(UTC)) is None
        )
    wrong = {"quoi": "passe", "present": "faux", "password": PASSWORD, "again": PASSWORD}
    status, _, body = server.ask("POST", "/mon-compte", wrong, Cookie=mine)
    assert status == 401 and "pas votre mot de passe" in body
    assert server.ask("POST", "/mon-compte", {"quoi": "autre"}, Cookie=mine)[0] == 422


def test_who_signs_in_with_the_pseudonym_is_asked_for_another_name(server):
    _, link = commands.add_account(server.store, None, "Alix", Role.VOLUNTEER)
    commands.activate_and_sign_in(server.store, link, PASSWORD)
    form = {"name": "Alix", "password": PASSWORD}
    status, headers, _ = server.ask("POST", "/connexion", form)
    assert (status, headers["location"]) == (303, "/mon-compte?lang=fr")
    _, _, body = server.ask("GET", "/mon-compte", Cookie=f"moniteur={token_of(headers)}")
    assert "que les pages publiques montrent" in body


def test_signing_out_ends_the_session_and_takes_the_cookie_away(server):
    token = token_of(server.sign_in("Camille")[1])
    status, headers, _ = server.ask("POST", "/deconnexion", {}, Cookie=f"moniteur={token}")
    assert (status, headers["location"]) == (303, "/?lang=fr")
    assert 'moniteur=""' in headers["set-cookie"]
    with server.store.reading() as session:
        rows = session.rows("SELECT name FROM web_session WHERE name = 'Camille'")
    assert (accounts.passwords.token_hash(token),) not in rows


def test_what_is_typed_comes_back_escaped(server):
    _, _, body = server.sign_in('"><script>alert(1)</script>', "faux")
    assert "<script>alert" not in body and "&lt;script&gt;" in body


def test_no_password_and_no_token_is_logged(server):
    token = token_of(server.sign_in("Camille")[1])
    server.sign_in("Camille", "secret-qui-ne-doit-pas-paraître")
    assert token not in server.log_text() and "secret-qui" not in server.log_text()
    assert "refused: a wrong name or password" in server.log_text()


def test_a_websocket_of_another_site_is_refused_and_logged(server):
    async def attempt(origin: str) -> bool:
        try:
            socket = await websockets.connect(
                server.address.replace("http", "ws") + "/_stcore/stream",
                subprotocols=["streamlit"],
                origin=origin,
            )
        except websockets.exceptions.InvalidStatus:
            return False
        await socket.close()
        return True

    assert asyncio.run(attempt(server.address))
    assert not asyncio.run(attempt("https://exemple.invalid"))
    assert "refused: a WebSocket from https://exemple.invalid" in server.log_text()


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A database that this process serves."""
    url = f"sqlite:///{tmp_path / 'here.db'}"
    monkeypatch.setenv("MONITOR_DATABASE", url)
    commands.init_database(open_store(url))


async def posted(address: str) -> httpx.Response:
    """A wrong password from a network address."""
    transport = httpx.ASGITransport(Starlette(routes=ROUTES), client=(address, 4_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        form = {"name": "Camille", "password": "faux"}
        return await client.post("/connexion", data=form, headers={"origin": "http://here"})


@pytest.mark.usefixtures("here")
def test_an_address_that_fills_the_queue_of_passwords_is_told_and_others_get_their_turn():
    async def crowd():
        places = []
        with suppress(TooBusy):
            while True:
                places.append(PASSWORDS.ask("192.0.2.7"))
        refused = await posted("192.0.2.7")
        other = asyncio.create_task(posted("192.0.2.8"))
        while PASSWORDS.running + PASSWORDS.waiting == len(places) and not other.done():
            await asyncio.sleep(0.001)
        for place in places:
            place.end()
        return len(places), refused, await other

    places, refused, other = asyncio.run(crowd())
    assert places <= 10 and other.status_code == 401
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
    assert "Trop de demandes" in refused.text


def test_a_name_that_is_no_text_is_refused_like_any_other(server):
    boundary = "x"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="_charset_"\r\n\r\n'
        f"raw_unicode_escape\r\n--{boundary}\r\n"
        'Content-Disposition: form-data; name="name"\r\n\r\n\\ud800\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="password"\r\n\r\nx\r\n'
        f"--{boundary}--\r\n"
    )
    connection = http.client.HTTPConnection(server.host, timeout=LONGEST)
    connection.request(
        "POST",
        "/connexion",
        body,
        {
            "Origin": server.address,
            "Content-Type": f"multipart/form-data; boundary={boundary}; charset=raw_unicode_escape",
        },
    )
    with closing(connection):
        assert connection.getresponse().status == 401


def test_an_upload_needs_somebody_who_is_signed_in(server):
    status, *_ = server.ask("PUT", "/_stcore/upload_file/s/f")
    assert status == 403
    assert "refused: an upload by nobody who is signed in" in server.log_text()


def test_every_form_of_who_comes_in_says_that_the_database_is_missing(tmp_path):
    log = tmp_path / "log.txt"
    with run_server(f"sqlite:///{tmp_path / 'none.db'}", log) as address:
        found = Server(address, f"sqlite:///{tmp_path / 'none.db'}", log)
        answers = [
            found.sign_in("Camille"),
            found.ask("POST", "/activation", {"jeton": "x"}),
            found.ask("POST", "/second-facteur", {"code": "000000"}, Cookie="moniteur-etape=x"),
            found.ask("POST", "/mon-compte", {"quoi": "nom"}, Cookie="moniteur=x"),
        ]
    for status, _, body in answers:
        assert status == 503 and "pas encore de base" in body and "monitor init" not in body
