"""The server's log: a line of JSON for each thing said, whatever was sent, and nothing of a person."""

import json
import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.web import app
from monitor.web.server_log import LONGEST, OneLine, without_people
from monitor.web.site_parts import OTHER, site_part
from tests.support.server import get, run_server
from tests.support.visitor import Server

#: What somebody may send -> what must not be read in the line.
HOSTILE = {
    "a new line": ('x\n{"level": "info"}', "\n"),
    "a return": ("x\r\nforged", "\r"),
    "a terminal's own": ("\x1b[2J\x1b[31mred", "\x1b"),
    "a NUL": ("a\0b", "\0"),
    "a line separator": ("a\u2028b\u2029c\x85d", "\u2028"),
    "half of a pair": ("\ud800", "\ud800"),
    "right to left": ("\u202egpj.exe", "\u202e"),
    "a quote": ('", "level": "critical', '"level": "critical'),
    "an IPv4 address": ("from 192.0.2.17.", "192.0.2.17"),
    "an IPv4 address and a port": ("('192.0.2.17', 50412)", "192.0.2.17"),
    "an IPv4 address with zeros": ("from 192.000.002.017", "192.000"),
    "an IPv6 address": ("from 2001:db8::17, then", "2001:db8"),
    "an IPv6 address and a port": ("from [2001:db8::17]:443", "2001:db8"),
    "an IPv4 address in an IPv6 one": ("::ffff:192.0.2.17", "192.0.2"),
    "an address with its zone": ("fe80::1%eth0 said", "fe80"),
    "a mail address": ("camille.durand@exemple.fr", "durand"),
    "a mail address in an address": ("/x/camille.durand%40exemple.fr", "durand"),
    "a password in an address": ("postgresql://camille:s3cret@db/x failed", "s3cret"),
    "a search": ("GET /actions?q=Jeanne+Durand&lang=fr HTTP/1.1", "Durand"),
    "a very long one": ("x" * 100_000, "x" * (LONGEST + 1)),
}


def line(message, *args, name="monitor.test", **more) -> str:
    record = logging.LogRecord(
        name, logging.WARNING, __file__, 1, message, args, **{"exc_info": None} | more
    )
    return OneLine().format(record)


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("way", ["argument", "words"])
def test_what_was_sent_begins_no_line_and_tells_of_nobody(case, way):
    sent, forbidden = HOSTILE[case]
    written = line("refused: %s", sent) if way == "argument" else line(sent)
    assert forbidden not in written and written.isascii() and len(written.splitlines()) == 1
    assert set(json.loads(written)) == {"at", "level", "from", "said"}
    assert json.loads(written)["level"] == "warning"


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_any_text_is_one_line_of_json(sent):
    written = line("%s", sent)
    assert len(written.splitlines()) == 1 and json.loads(written)["from"] == "monitor.test"


@pytest.mark.parametrize(
    "words",
    [
        "act 17: role_changed by Claude",
        "entry 30 (action)",
        "on port 8501",
        "version 0.3.0",
        "05:28:33",
        "monitor/ui/app.py:63 main",
        "deadbeef",
        "54:9ae91deaa2d4e1d2086cdad13e04f3bf",
    ],
)
def test_what_is_no_address_is_said_as_it_is(words):
    assert without_people(words) == words


def test_an_access_names_neither_who_asked_nor_what_was_looked_for():
    args = ("192.0.2.17:50412", "GET", "/ville/Jeanne%20Durand?lang=fr&nom=Durand", "1.1", 303)
    written = json.loads(line('%s - "%s %s HTTP/%s" %d', *args, name="uvicorn.access"))
    assert written["said"] == "GET /ville 303"


def test_an_error_says_where_it_was_met_and_not_with_which_values():
    name = "Jeanne Durand"
    try:
        raise ValueError(f"no such signatory: {name}")
    except ValueError:
        written = line("a page failed", exc_info=sys.exc_info())
    found = json.loads(written)
    assert found["error"] == "ValueError" and name not in written
    assert found["where"][-1].split(":")[0] == "tests/web/test_server_log.py"


def test_a_mistake_of_who_logs_is_still_a_line():
    assert json.loads(line("%d of %d", "x"))["said"] == "%d of %d"


def test_all_that_a_server_says_is_lines_that_name_nobody(store, tmp_path):
    """Searches, failures to sign in, requests of other sites, by somebody with a name and an address."""
    log = tmp_path / "server.log"
    with run_server(store.url, log=log) as address:
        for path in (
            "/actions?q=Jeanne-Durand",
            "/ville/Jeanne-Durand",
            "/nulle%0Apart%0D%0Aforged",
            "/api/v1/actions.csv?mesure=Jeanne-Durand",
            "/healthz",
        ):
            get(address + path)
        for origin in (address, "https://192.0.2.17/?nom=Jeanne-Durand"):
            Server(address, store.url, log).sign_in(
                "Jeanne-Durand", "secret-passe", Origin=origin, X_Forwarded_For="192.0.2.17"
            )
    log_text = log.read_text("utf-8")
    assert [
        name
        for name in ("Durand", "192.0.2.17", "127.0.0.1", "secret-passe", "forged")
        if name in log_text
    ] == []
    lines = [json.loads(one) for one in log_text.splitlines()]
    assert all(set(one) >= {"at", "level", "from", "said"} for one in lines)
    messages = " ".join(one["said"] for one in lines)
    assert "a wrong name or password" in messages and "MONITOR_PUBLISHER" in messages
    assert "refused: a POST to /connexion" in messages
    assert (
        "GET /ville 404" in messages and "GET other 404" in messages and "/healthz" not in messages
    )


def test_each_part_of_the_site_has_a_name_in_logs_and_figures():
    routes = {route.path.split("{")[0] for route in app.ROUTES} | set(app.FAST_ROUTES)
    assert {path for path in routes if site_part(path) == OTHER} <= {"/sitemap-"}
    assert site_part("/") == "/" and site_part("/ville/Jeanne?nom=Durand") == "/ville"
