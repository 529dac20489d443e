"""An error that nobody foresaw, on an address beside the app."""

import logging

import pytest
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route

from monitor.web.app import MIDDLEWARE
from tests.support.routes import Client


def fail(_request):
    raise RuntimeError("nobody foresaw that of Jeanne")


def fail_half_way(_request):
    async def pieces():
        yield b"one"
        raise RuntimeError("nobody foresaw that")

    return StreamingResponse(pieces())


@pytest.fixture
def visitor(url):
    paths = ("/ville/x", "/api/v1/x", "/flux.atom")
    routes = [*(Route(path, fail) for path in paths), Route("/half", fail_half_way)]
    return Client(Starlette(routes=routes, middleware=MIDDLEWARE))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/ville/x?lang=fr", "Cette page n’a pas pu être montrée"),
        ("/ville/x?lang=en", "This page could not be shown"),
        ("/flux.atom?lang=fr", "pas la vôtre"),
    ],
)
def test_a_page_that_fails_says_so_in_the_reader_s_language(visitor, path, expected):
    answer = visitor.get(path)
    assert answer.status_code == 500 and answer.headers["content-type"].startswith("text/html")
    assert expected in answer.text and "Jeanne" not in answer.text
    assert "content-security-policy" in answer.headers


def test_a_program_is_told_the_same_as_an_object(visitor):
    answer = visitor.get("/api/v1/x?lang=en")
    assert answer.status_code == 500
    assert answer.json()["error"] == "failure" and "fault in the app" in answer.json()["message"]


@pytest.mark.parametrize(
    ("path", "origin"), [("/api/v1/x", "*"), ("/flux.atom", "*"), ("/ville/x", None)]
)
def test_a_site_that_may_read_the_answer_may_read_why_there_is_none(visitor, path, origin):
    assert visitor.get(path).headers.get("access-control-allow-origin") == origin


def test_the_server_s_log_says_where_it_failed(visitor, caplog):
    with caplog.at_level(logging.ERROR):
        visitor.get("/ville/x")
    (record,) = [one for one in caplog.records if one.name == "monitor.web.failures"]
    assert record.exc_info and record.exc_info[0] is RuntimeError


def test_an_answer_that_has_begun_is_cut_short(visitor):
    with pytest.raises(RuntimeError):
        visitor.get("/half")
