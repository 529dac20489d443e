"""The server: deep links right after a start, health, headers, and nothing from outside."""

import asyncio
import base64
import hashlib
import http.client
import json
import re
import sqlite3
import tomllib

import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.testing.v1 import AppTest

from monitor import commands
from monitor.intake.uploads import FILE_MEGABYTES
from monitor.store import open_store
from tests.support.paths import ROOT
from tests.support.server import get, hash_of_inline_script, run_server, wait_until_shown
from tests.support.waiting import LONGEST, wait_until

PAGES = ["mesures", "communes", "actions", "analyses", "donnees", "methode"]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A server on a database with the packaged pact."""
    url = f"sqlite:///{tmp_path_factory.mktemp('server') / 'monitor.db'}"
    commands.init_database(open_store(url))
    with run_server(url) as found:
        yield found


async def first_run(
    address: str, page: str, query: str = "", headers: dict | None = None
) -> list[ForwardMsg]:
    """Every message of a first visit to that address."""
    socket = await websockets.connect(
        address.replace("http", "ws") + "/_stcore/stream",
        subprotocols=["streamlit"],
        max_size=None,
        additional_headers=headers,
    )
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = query
    await socket.send(message.SerializeToString())
    found = []
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await asyncio.wait_for(socket.recv(), 30))
        found.append(answer)
        if answer.WhichOneof("type") == "script_finished":
            await socket.close()
            return found


def elements(messages: list[ForwardMsg], kind: str) -> list:
    return [
        getattr(message.delta.new_element, kind)
        for message in messages
        if message.WhichOneof("type") == "delta"
        and message.delta.WhichOneof("type") == "new_element"
        and message.delta.new_element.WhichOneof("type") == kind
    ]


@pytest.mark.parametrize("page", PAGES)
def test_a_deep_link_opened_first_after_a_start_has_the_frame_around_it(tmp_path, page):
    url = f"sqlite:///{tmp_path / 'monitor.db'}"
    commands.init_database(open_store(url))
    with run_server(url) as fresh:
        messages = asyncio.run(first_run(fresh, page))
    assert not elements(messages, "exception")
    (navigation,) = [m.navigation for m in messages if m.WhichOneof("type") == "navigation"]
    assert sum(not page.is_hidden for page in navigation.app_pages) == 7
    assert elements(messages, "button_group")[0].id.endswith("_lang")
    assert any("tête" in element.body for element in elements(messages, "markdown"))


def test_a_copied_address_shows_the_same_view(address):
    for _ in range(2):
        messages = asyncio.run(
            first_run(address, "mesures", "statut=decided&au=2016-04-05&lang=en")
        )
        page_text = " ".join(element.body for element in elements(messages, "markdown"))
        assert "As of 5 April 2016" in page_text


@pytest.mark.parametrize(
    ("accepted", "query", "title"),
    [
        ("", "", "Élus et mesures"),
        ("de, en-GB;q=0.5", "", "Officials and measures"),
        ("en", "lang=fr", "Élus et mesures"),
        ("fr", "lang=en", "Officials and measures"),
        ("de", "lang=it", "Élus et mesures"),
    ],
)
def test_a_page_opens_in_the_language_of_its_address_else_in_its_reader_s(
    address, accepted, query, title
):
    messages = asyncio.run(first_run(address, "mesures", query, {"Accept-Language": accepted}))
    assert elements(messages, "heading")[0].body == title
    (navigation,) = [m.navigation for m in messages if m.WhichOneof("type") == "navigation"]
    assert title in {one.page_name for one in navigation.app_pages}
    titles = [
        message.page_config_changed.title
        for message in messages
        if message.WhichOneof("type") == "page_config_changed"
    ]
    assert titles[-1].startswith(f"{title} · ")


def test_health_gives_the_version_and_the_head(address):
    status, _, body = get(f"{address}/healthz")
    found = json.loads(body)
    assert (status, found["status"]) == (200, "ok")
    assert found["head"].startswith("54:")


def test_a_process_is_ready_once_it_can_show_pages(address):
    status, _, body = get(f"{address}/readyz")
    assert (status, json.loads(body)) == (200, {"status": "ready"})


def test_health_of_a_missing_database_is_503_with_a_reason_and_the_pages_still_answer(tmp_path):
    with run_server(f"sqlite:///{tmp_path / 'nothing.db'}") as fresh:
        status, _, body = get(f"{fresh}/healthz")
        assert (status, json.loads(body)["status"]) == (503, "unavailable")
        assert get(f"{fresh}/readyz")[0] == 503
        messages = asyncio.run(first_run(fresh, "mesures"))
    alert_text = " ".join(element.body for element in elements(messages, "alert"))
    assert "pas encore de base" in alert_text and "monitor init" not in alert_text
    assert not (tmp_path / "nothing.db").exists()


def test_a_page_sees_what_was_appended_since_the_start(tmp_path):
    url = f"sqlite:///{tmp_path / 'monitor.db'}"
    store = open_store(url)
    commands.init_database(store)
    with run_server(url) as fresh:
        before = json.loads(get(f"{fresh}/healthz")[2])["head"]
        commands.load_demo(store, signatories=5)
        wait_until_shown(fresh, url)
        after = json.loads(get(f"{fresh}/healthz")[2])["head"]
    ((seq, hash_),) = sqlite3.connect(store.path).execute("SELECT seq, hash FROM head")
    assert before != after == f"{seq}:{hash_}"


def test_every_answer_has_the_security_headers(address):
    for path in ("/", "/mesures", "/healthz", "/carte/departements.geojson"):
        headers = {name.lower(): value for name, value in get(address + path)[1].items()}
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_the_one_inline_script_of_the_framework_is_admitted_by_its_hash(address):
    _, headers, body = get(f"{address}/")
    script = hash_of_inline_script(body.decode())
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert (
        f"'sha256-{digest}'"
        in {k.lower(): v for k, v in headers.items()}["content-security-policy"]
    )


@pytest.mark.parametrize("path", ["/wp-login.php", "/communes/75056", "/villes?commune=75056"])
def test_an_address_that_is_none_of_ours_says_so_and_leads_on(address, path):
    status, headers, body = get(address + path)
    assert (status, headers["content-language"]) == (404, "fr")
    assert "Il n’y a pas de page à cette adresse" in body.decode()
    assert all(f'href="/{page}?lang=fr"' in body.decode() for page in PAGES)


@pytest.mark.parametrize("path", ["/Mesures?au=2016-04-05", "/mesures/?au=2016-04-05"])
def test_capitals_or_a_slash_too_many_lead_to_the_page_that_was_meant(address, path):
    connection = http.client.HTTPConnection(address.removeprefix("http://"))
    connection.request("GET", path)
    answer = connection.getresponse()
    assert (answer.status, answer.headers["location"]) == (301, "/mesures?au=2016-04-05")
    connection.close()


@pytest.mark.parametrize(
    "path", ["/favicon.png", "/manifest.json", "/app/static/icon.png", "/_stcore/host-config"]
)
def test_what_the_framework_serves_itself_is_left_to_it(address, path):
    assert get(address + path)[0] == 200


def test_a_page_that_fails_says_so_in_our_words_and_shows_no_code():
    def fails():
        from monitor.ui.error_page import show_error

        try:
            raise ValueError("a secret of the code")
        except ValueError as error:
            show_error(error)

    (shown,) = AppTest.from_function(fails).run().error
    assert "Rien n’est perdu" in shown.value and "UTC" in shown.value
    assert "secret" not in shown.value


def test_the_map_has_its_departments_and_asks_for_no_other_map(address):
    status, headers, body = get(f"{address}/carte/departements.geojson")
    assert (status, len(json.loads(body)["features"])) == (200, 101)
    assert "max-age" in {name.lower(): value for name, value in headers.items()}["cache-control"]
    assert json.loads(get(f"{address}/topo/world_110m.json")[2])["objects"] == {}


def test_the_server_listens_on_this_machine_only():
    config = (ROOT / ".streamlit" / "config.toml").read_text("utf-8")
    assert 'address = "127.0.0.1"' in config


def test_what_a_page_offers_to_take_is_let_by_the_server_and_the_proxy():
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    proxy = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    let_by = int(re.findall(r"client_max_body_size (\d+)m;", proxy)[0])
    assert FILE_MEGABYTES <= config["server"]["maxUploadSize"] < let_by
    pages = [path.read_text("utf-8") for path in (ROOT / "monitor" / "ui").rglob("*.py")]
    offered = {one for page in pages for one in re.findall(r"max_upload_size=(\w+)", page)}
    assert offered == {"FILE_MEGABYTES"}


@pytest.mark.parametrize("page", ["", *PAGES])
def test_the_document_says_its_language_and_its_title(address, page):
    french, english = (get(f"{address}/{page}{query}")[2].decode() for query in ("", "?lang=en"))
    assert '<html lang="fr">' in french and "<title>Le moniteur des engagements</title>" in french
    assert '<html lang="en">' in english and "<title>Commitments monitor</title>" in english


def test_another_host_name_cannot_open_a_session(address):
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(b"0" * 16).decode(),
    }
    for host, admitted in (("127.0.0.1", True), ("rebound.invalid", False)):
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=LONGEST)
        connection.request("GET", "/_stcore/stream", headers={**upgrade, "Host": host})
        assert (connection.getresponse().status == 101) is admitted
        connection.close()


def test_a_log_that_does_not_verify_is_not_shown(tmp_path):
    url = f"sqlite:///{tmp_path / 'monitor.db'}"
    store = open_store(url)
    commands.init_database(store)
    connection = sqlite3.connect(store.path)
    connection.executescript(
        "DROP TRIGGER action_no_update; UPDATE action SET happened_on = '2012' WHERE seq = 20"
    )
    connection.close()
    with run_server(url) as fresh:
        wait_until(lambda: get(f"{fresh}/healthz")[0] == 503)
        assert "20" in json.loads(get(f"{fresh}/healthz")[2])["reason"]
        messages = asyncio.run(first_run(fresh, ""))
    assert "n°\u00a020" in " ".join(element.body for element in elements(messages, "alert"))
