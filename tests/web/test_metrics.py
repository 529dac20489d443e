"""Figures for whoever keeps the server: for nobody else, true, and without a name in them."""

import asyncio
import re

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from monitor import commands
from monitor.models import Decision
from monitor.settings import METRICS_TOKEN, SHORTEST_TOKEN
from monitor.web import metrics
from monitor.web.metrics import is_allowed
from tests.support.server import get, run_server
from tests.support.team import LATER, action, team_of

SECRET = "x" * SHORTEST_TOKEN
HERE, ELSEWHERE = "127.0.0.1", "192.0.2.17"
#: (address, headers, the token of the settings) -> whether the figures are given.
ASKED = {
    "on this machine": (HERE, {}, "", True),
    "on this machine, by IPv6": ("::1", {}, "", True),
    "from elsewhere": (ELSEWHERE, {}, "", False),
    "from no address": (None, {}, "", False),
    "from a name": ("testclient", {}, "", False),
    "from elsewhere, with the token": (
        ELSEWHERE,
        {"authorization": f"Bearer {SECRET}"},
        SECRET,
        True,
    ),
    "through a proxy, with the token": (
        HERE,
        {"authorization": f"bearer {SECRET}", "x-forwarded-for": ELSEWHERE},
        SECRET,
        True,
    ),
    "with another token": (HERE, {"authorization": f"Bearer {SECRET}y"}, SECRET, False),
    "with a part of it": (ELSEWHERE, {"authorization": f"Bearer {SECRET[:-1]}"}, SECRET, False),
    "with nothing, where no token is set": (ELSEWHERE, {"authorization": "Bearer "}, "", False),
    "with a token too short to hold": (ELSEWHERE, {"authorization": "Bearer abc"}, "abc", False),
    "in another way": (ELSEWHERE, {"authorization": f"Basic {SECRET}"}, SECRET, False),
    "with letters of no token": (ELSEWHERE, {"authorization": "Bearer \xe9\xe9"}, SECRET, False),
} | {
    f"through a proxy that says {name}": (HERE, {name: "127.0.0.1"}, "", False)
    for name in ("x-forwarded-for", "forwarded", "x-real-ip", "via", "x-forwarded-proto")
}


@pytest.mark.parametrize("case", ASKED)
def test_the_figures_are_given_on_this_machine_or_for_the_token_alone(case, monkeypatch):
    address, headers, token, given = ASKED[case]
    monkeypatch.setenv(METRICS_TOKEN, token)
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    client = (address, 50_412) if address else None
    assert is_allowed(Request({"type": "http", "headers": raw, "client": client})) is given


def test_for_anybody_else_it_is_an_address_that_is_none(store):
    async def asked():
        app = Starlette(routes=metrics.ROUTES)
        transport = httpx.ASGITransport(app, client=(ELSEWHERE, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.get("/metrics")

    answer = asyncio.run(asked())
    assert answer.status_code == 404 and "<h1>" in answer.text and "monitor_" not in answer.text


def figures(page: str) -> dict[str, float]:
    return {
        name: float(value)
        for name, value in re.findall(r"^(monitor_\S+|process_\S+) (\S+)$", page, re.M)
    }


def test_queues_and_copies_are_counted_as_they_are(store, tmp_path, monkeypatch):
    team = team_of(store)
    facts = metrics.Facts()
    monkeypatch.setattr(metrics, "STATE_SECONDS", 0)

    def queue():
        found = {one.name: one for one in facts.collect()}
        waiting = {s.labels["what"]: s.value for s in found["monitor_queue"].samples}
        return waiting, "monitor_backup_timestamp_seconds" in found

    assert queue() == ({"entries": 0, "files": 0, "replies": 0}, False)
    entry = commands.log_action(store, team.volunteer, action(), LATER)
    commands.back_up(store, tmp_path / "copy.db")
    assert queue() == ({"entries": 1, "files": 0, "replies": 0}, True)
    commands.review_action(store, team.reviewer, entry.seq, Decision.ACCEPTED, now=LATER)
    assert queue()[0]["entries"] == 0


def test_a_server_counts_what_it_answers_and_refuses_and_names_nobody(store):
    with run_server(store.url) as address:
        for path in ("/ville/75056", "/ville/75056", "/ville/Jeanne-Durand", "/Jeanne-Durand"):
            get(address + path)
        status, headers, body = get(f"{address}/metrics")
    page = body.decode()
    found = figures(page)
    assert status == 200 and headers["content-type"].startswith("text/plain")
    assert found['monitor_requests_total{place="/ville",status="200"}'] == 2
    assert found['monitor_requests_total{place="/ville",status="404"}'] == 1
    assert found['monitor_requests_total{place="other",status="404"}'] == 1
    assert found['monitor_request_seconds_count{place="/ville"}'] == 3
    assert (found["monitor_head"], found["monitor_database_up"]) == (54, 1)
    assert found["monitor_head_age_seconds"] > 0 and found["process_resident_memory_bytes"] > 10**7
    assert "Durand" not in page and "75056" not in page
