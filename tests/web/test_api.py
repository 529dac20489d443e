"""The tables as programs read them: bytes, totals, refusals, what is not sent again."""

import asyncio
import csv
import gzip
import http.client
import io
import json
import sqlite3
import urllib.error
import urllib.request
from contextlib import closing
from datetime import date
from itertools import groupby

import httpx
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.applications import Starlette

from monitor import commands, export, indicators
from monitor.commands.setup import PACKAGED
from monitor.models import GroupBy, Status
from monitor.read import current_log, files, query
from monitor.snapshot import Snapshots
from monitor.store import open_store
from monitor.store.idle_connections import MOST_IDLE
from monitor.web import api as api_routes
from monitor.web import openapi
from tests.support.server import get, process_at, run_server
from tests.support.size import FULL, pick_amount
from tests.support.waiting import LONGEST, wait_until

DEMO = "pacte=demo"
FILTERS = ("", "&region=84", "&mesure=2&au=2023-05-01")
FORMS = tuple(export.FORMS)


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    """The address of a database with the packaged pact and a fictional one of 300 signatories."""
    address = f"sqlite:///{tmp_path_factory.mktemp('api') / 'monitor.db'}"
    commands.init_database(open_store(address))
    commands.load_demo(open_store(address), signatories=300)
    return address


@pytest.fixture(scope="module")
def api(url):
    with run_server(url) as address:
        yield f"{address}/api/v1"


@pytest.fixture
def view(url, monkeypatch):
    """The view of a query on that database, as a page has it."""
    monkeypatch.setenv("MONITOR_DATABASE", url)
    snapshot = Snapshots(open_store(url)).current()
    return lambda asked: query.read_view(
        snapshot, dict(part.split("=") for part in asked.split("&"))
    )


def ask(address: str, method: str = "GET", **headers: str) -> tuple[int, dict, bytes]:
    """(status, headers, body), whatever the status."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, method=method, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=LONGEST) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def rows(body: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


@pytest.mark.parametrize("table", ["commitments", "actions"])
@pytest.mark.parametrize(("form", "whole"), [("csv", export.to_csv), ("json", export.to_json)])
def test_what_is_streamed_is_the_whole_table_byte_for_byte(
    api, view, monkeypatch, table, form, whole
):
    shown = view(DEMO)
    streamed = get(f"{api}/{table}.{form}?{DEMO}")[2]
    assert streamed == whole(
        pd.concat(files.table_parts(shown, table)), files.view_description(shown)
    )
    monkeypatch.setattr(files, "ROWS_AT_ONCE", 700)
    encoded = {"csv": export.csv_parts, "json": export.json_parts}[form]
    assert (
        b"".join(encoded(files.table_parts(shown, table), files.view_description(shown)))
        == streamed
    )


@pytest.mark.parametrize("asked", FILTERS)
def test_the_rows_counted_by_status_are_the_figures_of_the_screen(api, view, asked):
    shown = view(DEMO + asked)
    binding = [
        row
        for row in rows(get(f"{api}/commitments.csv?{DEMO}{asked}")[2])
        if row["binding"] == "True"
    ]
    charted = indicators.count_by_status(shown.commitments, GroupBy.MEASURE)
    for measure, counted in charted.iterrows():
        of_measure = [row["status"] for row in binding if row["measure"] == measure]
        assert {status.value: of_measure.count(status) for status in Status} == counted.to_dict()
    funnel = indicators.signing_funnel(shown.people, shown.commitments)
    found = [row["status"] for row in binding]
    assert len(found) == funnel["binding"]
    assert found.count("implemented") == funnel["implemented"]
    due = len(found) - found.count("not_applicable")
    assert (due, due - found.count("not_assessed")) == (funnel["due"], funnel["assessed"])


@pytest.mark.parametrize("by", [None, *GroupBy])
def test_the_indicators_are_those_of_the_same_commitments(api, view, by):
    grouped = f"&par={by}" if by else ""
    found = json.loads(get(f"{api}/indicators.json?{DEMO}{grouped}")[2])
    tables = export.indicators_of(view(DEMO).commitments, by)
    assert [row["due"] for row in found["rows"]] == tables["due"].tolist()
    assert found["pact"] == "demo" and found["fictional"]


def test_two_groupings_at_once_add_up_to_one(api, view):
    found = json.loads(get(f"{api}/indicators.json?{DEMO}&par=size,measure")[2])["rows"]
    tables = export.indicators_of(view(DEMO).commitments, (GroupBy.SIZE, GroupBy.MEASURE))
    assert [(row["size"], row["measure"], row["due"]) for row in found] == [
        *tables[["size", "measure", "due"]].itertuples(index=False, name=None)
    ]
    once = export.indicators_of(view(DEMO).commitments, GroupBy.SIZE).set_index("size")
    assert pd.DataFrame(found).groupby("size")["due"].sum().to_dict() == once["due"].to_dict()


@pytest.mark.parametrize("asked", ["size,size", "size,", "size,measure,region", "size;measure"])
def test_other_groupings_are_refused_with_those_that_there_are(api, asked):
    code, _, body = ask(f"{api}/indicators.csv?{DEMO}&par={asked}&lang=en")
    answer = json.loads(body)
    assert (code, answer["error"]) == (400, "query_unknown_grouping")
    assert "measure, theme, commune" in answer["message"] and "comma" in answer["message"]


@pytest.mark.parametrize("table", ["commitments", "actions", "indicators"])
def test_parquet_says_what_json_says(api, table):
    rows_ = json.loads(get(f"{api}/{table}.json?{DEMO}")[2])
    file = pq.ParquetFile(io.BytesIO(get(f"{api}/{table}.parquet?{DEMO}")[2]))
    found = file.read().to_pylist()
    iso = [
        {name: str(cell) if isinstance(cell, date) else cell for name, cell in row.items()}
        for row in found
    ]
    assert iso == rows_["rows"]
    assert file.metadata.metadata[b"log_head"].decode() == rows_["log_head"]


def test_a_filter_by_status_keeps_those_commitments_alone(api):
    found = rows(get(f"{api}/commitments.csv?{DEMO}&statut=stalled")[2])
    assert {row["status"] for row in found} == {"stalled"}
    assert found[0]["filters"] == "statut=stalled"


def test_a_formula_in_the_log_leaves_as_text_in_csv_and_exact_in_json(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'monitor.db'}")
    commands.init_database(store)
    table = pd.DataFrame({"summary": ["=1+1", "a/b\\/c", 'é "x"\n\u2028'], "share": [0.5, None, 1]})
    assert b'"\'=1+1"' in export.to_csv(table, {})
    assert json.loads(export.to_json(table, {}))["rows"] == [
        {"summary": "=1+1", "share": 0.5},
        {"summary": "a/b\\/c", "share": None},
        {"summary": 'é "x"\n\u2028', "share": 1.0},
    ]


def test_a_table_without_rows_is_still_a_file(api):
    asked = f"{DEMO}&commune={{}}&statut=stalled&mesure=1&au=2020-01-01"
    commune = rows(get(f"{api}/commitments.csv?{DEMO}")[2])[0]["commune"]
    asked = asked.format(commune)
    assert json.loads(get(f"{api}/commitments.json?{asked}")[2])["rows"] == []
    (header,) = get(f"{api}/commitments.csv?{asked}")[2].decode("utf-8-sig").splitlines()
    assert header.startswith('"signatory_id"') and header.endswith('"licence"')


def test_a_file_has_a_name_a_type_and_a_language(api):
    _, headers, _ = ask(f"{api}/commitments.csv")
    assert headers["content-disposition"] == (
        'attachment; filename="mouves-2014-engagements-2020-07-05.csv"'
    )
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert headers["content-language"] == "fr"
    _, headers, _ = ask(f"{api}/indicators.json?par=measure&lang=en")
    assert headers["content-disposition"].endswith('indicateurs-measure-2020-07-05.json"')
    assert (headers["content-type"], headers["content-language"]) == ("application/json", "en")


def test_a_reader_who_takes_gzip_gets_it_once(api):
    plain = ask(f"{api}/actions.csv?{DEMO}")
    status, headers, body = ask(f"{api}/actions.csv?{DEMO}", accept_encoding="gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert gzip.decompress(body) == plain[2]
    assert "content-encoding" not in plain[1]
    assert headers["etag"] == plain[1]["etag"] and headers["etag"].startswith("W/")
    assert headers["vary"] == plain[1]["vary"] == "Accept-Encoding, Accept-Language"


@pytest.mark.parametrize("given", ["{}", '"other", {}', "{bare}", "*"])
def test_what_has_not_changed_is_not_sent_again(api, given):
    etag = ask(f"{api}/actions.json", "HEAD")[1]["etag"]
    known = given.format(etag, bare=etag.removeprefix("W/"))
    status, headers, body = ask(f"{api}/actions.json", if_none_match=known)
    assert (status, body, headers["etag"]) == (304, b"", etag)
    assert headers["vary"] == "Accept-Encoding, Accept-Language"
    assert ask(f"{api}/actions.json", if_none_match='W/"other"')[0] == 200


def test_another_question_has_another_tag_and_the_same_one_otherwise_put_has_the_same(api):
    def tag(asked):
        return ask(f"{api}/{asked}", "HEAD")[1]["etag"]

    tags = [
        tag(asked)
        for asked in (
            "actions.csv",
            "actions.json",
            "actions.csv?lang=en",
            "actions.csv?mesure=1",
            "actions.csv?au=2016-01-01",
            "actions.csv?connu=2099-01-01",
            "indicators.csv",
            "indicators.csv?par=measure",
        )
    ]
    assert len(set(tags)) == len(tags)
    assert tag("actions.csv?au=2020-07-05&mesure=1") == tag(
        "actions.csv?mesure=1&pacte=mouves-2014"
    )


def test_a_new_entry_and_a_new_day_have_a_new_tag(url, monkeypatch, tmp_path):
    own = f"sqlite:///{tmp_path / 'monitor.db'}"
    commands.load_demo(made(own), signatories=5)
    monkeypatch.setenv("MONITOR_DATABASE", own)
    first = in_process(f"actions.csv?{DEMO}", "HEAD").headers["etag"]
    with (PACKAGED / "pact.toml").open("rb") as file:
        commands.load_pact(open_store(own), file, name="pact.toml")
    second = in_process(f"actions.csv?{DEMO}", "HEAD").headers["etag"]
    monkeypatch.setattr("monitor.snapshot.log_today", lambda: date(2022, 1, 1))
    third = in_process(f"actions.csv?{DEMO}", "HEAD").headers["etag"]
    assert len({first, second, third}) == 3


def made(address: str):
    store = open_store(address)
    store.create()
    return store


def in_process(path: str, method: str = "GET") -> httpx.Response:
    """An answer of the routes alone, without a server around them."""

    async def answer():
        transport = httpx.ASGITransport(Starlette(routes=api_routes.ROUTES))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.request(method, f"/api/v1/{path}")

    return asyncio.run(answer())


def test_the_headers_alone_come_without_a_body(api):
    status, headers, body = ask(f"{api}/commitments.csv", "HEAD")
    assert (status, body) == (200, b"")
    assert headers["content-type"] == "text/csv; charset=utf-8" and "content-length" not in headers


def test_a_script_of_any_site_may_read(api):
    _, headers, _ = ask(f"{api}/actions.csv", origin="https://exemple.invalid")
    assert headers["access-control-allow-origin"] == "*"
    assert "ETag" in headers["access-control-expose-headers"]
    status, headers, _ = ask(
        f"{api}/actions.csv",
        "OPTIONS",
        origin="https://exemple.invalid",
        access_control_request_headers="if-none-match",
    )
    assert status == 204 and int(headers["access-control-max-age"]) > 0
    assert headers["access-control-allow-headers"] == "If-None-Match"
    assert headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written_there(api, method):
    status, headers, _ = ask(f"{api}/actions.csv", method)
    assert (status, headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_nobody_is_given_a_cookie(api):
    for path in ("actions.csv", "indicators.json", "openapi.json", "actions.csv?x=1"):
        assert (
            "set-cookie" not in ask(f"{api}/{path}", cookie="moniteur=abc; _streamlit_session=x")[1]
        )


@pytest.mark.parametrize(
    ("asked", "code", "name", "expected"),
    [
        ("fbclid=1", "query_unknown_name", "fbclid", "pacte, region"),
        ("par=measure", "query_unknown_name", "par", "Noms possibles"),
        ("mesure=1&mesure=2", "query_repeated", "mesure", "deux fois"),
        ("mesure=", "query_empty", "mesure", "vide"),
        ("pacte=x", "query_unknown_value", "pacte", "mouves-2014, demo"),
        ("mesure=99", "query_unknown_value", "mesure", "1, 2"),
        ("statut=done", "query_unknown_value", "statut", "implemented"),
        ("fonction=king", "query_unknown_value", "fonction", "mayor"),
        ("region=99", "query_unknown_value", "region", "11, 84"),
        ("departement=2A", "query_unknown_value", "departement", "69"),
        ("lang=de", "query_unknown_value", "lang", "fr, en"),
        ("au=hier", "not_a_day", "au", "aaaa-mm-jj"),
        ("au=20160101", "not_a_day", "au", "aaaa-mm-jj"),
        ("au=2999-01-01", "day_to_come", "au", "passé"),
        ("connu=2020-01-01T00:00:00+01:00", "query_not_a_time", "connu", "%2B"),
        ("commune=lion", "query_near_communes", "commune", "Lyon (69123)"),
        ("commune=01340", "query_retired_commune", "commune", "Arboys en Bugey (01015)"),
        ("commune=01004", "query_nobody_there", "commune", "Ambérieu-en-Bugey"),
        ("pacte=demo&departement=rhone", "query_near_values", "departement", "69 (Rhône)"),
        ("commune=%00", "query_no_commune", "commune", "INSEE"),
    ],
)
def test_a_refusal_names_what_is_wrong_and_says_what_to_ask_for(api, asked, code, name, expected):
    status, headers, body = ask(f"{api}/commitments.csv?{asked}")
    found = json.loads(body)
    assert (status, found["error"], found["name"]) == (400, code, name)
    assert expected in found["message"]
    assert headers["cache-control"] == "no-store"


def test_a_refusal_speaks_the_language_asked_for(api):
    french, english = (
        json.loads(ask(f"{api}/actions.csv?x=1{lang}")[2])["message"] for lang in ("", "&lang=en")
    )
    assert "Noms possibles" in french and "Possible parameters" in english


def test_a_filter_by_status_would_choose_the_answer_of_the_indicators(api):
    status, _, body = ask(f"{api}/indicators.csv?statut=decided")
    assert (status, json.loads(body)["error"]) == (400, "query_status_of_rates")


def test_without_a_pact_there_is_nothing_to_find(tmp_path, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", f"sqlite:///{tmp_path / 'monitor.db'}")
    made(f"sqlite:///{tmp_path / 'monitor.db'}")
    answer = in_process("actions.csv")
    assert (answer.status_code, answer.json()["error"]) == (404, "no_pact")


def test_a_database_that_cannot_be_read_is_to_be_asked_again(tmp_path, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", f"sqlite:///{tmp_path / 'nothing.db'}")
    answer = in_process("actions.csv?lang=en")
    assert (answer.status_code, answer.json()["error"]) == (503, "database_missing")
    assert int(answer.headers["retry-after"]) > 0 and "no database" in answer.json()["message"]
    assert "monitor init" not in answer.text and str(tmp_path) not in answer.text


def test_a_database_that_goes_away_before_the_first_row_is_told_in_time(url, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", url)
    current_log.current_snapshot()
    monkeypatch.setattr(current_log, "store", lambda: open_store("sqlite:////nowhere/monitor.db"))
    assert in_process(f"actions.csv?{DEMO}").status_code == 503


def test_a_file_that_breaks_off_does_not_look_complete(url, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", url)

    def parts(view, table, by=None):
        yield from list(files.commitment_parts(view))[:1]
        raise OSError("the disk is gone")

    monkeypatch.setattr(files, "table_parts", parts)
    sent = []

    async def run():
        async def receive():
            await asyncio.sleep(10)

        async def send(message):
            sent.append(message)

        scope = {
            "type": "http",
            "method": "GET",
            "path": "/api/v1/commitments.csv",
            "headers": [],
            "query_string": b"",
            "root_path": "",
            "scheme": "http",
            "server": ("x", 80),
            "asgi": {"spec_version": "2.3"},
        }
        (route,) = [one for one in api_routes.ROUTES if one.path == scope["path"]]
        await route.app(scope, receive, send)

    with pytest.raises(OSError, match="disk"):
        asyncio.run(run())
    assert sent[0]["status"] == 200 and all(one["more_body"] for one in sent[1:])


def test_a_reader_who_leaves_in_the_middle_costs_nothing(api, url):
    address = api.removesuffix("/api/v1")
    server, file = process_at(address), open_store(url).path
    for _ in range(2 * MOST_IDLE):
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=LONGEST)
        connection.request("GET", f"/api/v1/actions.csv?{DEMO}")
        connection.getresponse().read(1_000)
        connection.close()
    assert get(f"{api}/indicators.json")[0] == 200

    def held() -> list:
        """What the server has open: sockets of readers, and the database beyond what stays open."""
        readers = [one for one in server.net_connections() if one.raddr]
        files = [one for one in server.open_files() if one.path == str(file)]
        return readers + files[MOST_IDLE:]

    wait_until(lambda: not held(), "what a reader left is still held")
    with closing(sqlite3.connect(file, timeout=LONGEST, isolation_level=None)) as alone:
        alone.execute("BEGIN EXCLUSIVE")  # as long as anybody reads, it waits


def test_nobody_is_kept_from_writing_while_a_reader_reads(url, view, monkeypatch):
    monkeypatch.setattr(files, "ROWS_AT_ONCE", 50)
    reader = files.action_parts(view(DEMO))
    next(reader)
    with open_store(url).writing() as database:
        database.execute("UPDATE head SET seq = seq")
    assert len(next(reader)) == 50


def test_an_address_of_the_data_page_asks_for_the_same_view(api, view):
    shown = view(f"{DEMO}&mesure=2&statut=decided&au=2023-05-01&lang=en")
    address = files.table_address(shown, "indicators", "json", GroupBy.REGION)
    answer = json.loads(get(api.removesuffix("/api/v1") + address)[2])
    assert (answer["filters"], answer["as_of"]) == ("mesure=2", "2023-05-01")
    again = files.table_address(shown, "commitments", "csv").partition("?")[2]
    assert query.read_view(shown.snapshot, view_query(again)).canonical() == shown.canonical()


def view_query(address: str) -> dict[str, str]:
    return dict(part.split("=") for part in address.split("&"))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_description_names_each_column_and_its_meaning(api, lang):
    found = json.loads(get(f"{api}/openapi.json?lang={lang}")[2])
    assert found["openapi"].startswith("3.1")
    for table in ("commitments", "actions", "indicators"):
        row = found["components"]["schemas"][f"{table}_row"]["properties"]
        assert all(column["description"] for column in row.values())
    description = found["info"]["description"]
    assert ("4 décimales" if lang == "fr" else "4 decimals") in description


def test_the_description_that_is_served_is_the_one_that_is_tested(api):
    assert json.loads(get(f"{api}/openapi.json")[2]) == openapi.api_description("fr")
    assert ask(f"{api}/openapi.json?pacte=x")[0] == 400


@pytest.mark.parametrize("path", openapi.api_description("fr")["paths"])
def test_no_address_of_the_description_takes_a_name_that_it_does_not_describe(api, path):
    # What asks for all that is described leaves unknown names alone: many servers ignore them.
    address = api.removesuffix("/api/v1") + path
    assert json.loads(ask(f"{address}?fbclid=1")[2])["error"] == "query_unknown_name"


DESCRIPTION = openapi.api_description("fr")
#: The addresses of which each value at a bound of each parameter is tried: each table in one of its
#: forms, by turns, since its parameters are the same in all of them. Each form by `make faults`.
BY_TABLE = [
    list(some)
    for _, some in groupby(DESCRIPTION["paths"], lambda path: path.split("/")[-1].split(".")[0])
]
AT_BOUNDS = {
    path
    for at, forms in enumerate(BY_TABLE)
    for path in (forms if FULL else [forms[at % len(forms)]])
}
SOME = settings(
    max_examples=pick_amount(8, 4),
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def described(at_bounds: bool):
    """What the description says of these addresses, and of all others."""
    paths = {
        path: operations
        for path, operations in DESCRIPTION["paths"].items()
        if (path in AT_BOUNDS) is at_bounds or FULL
    }
    found = schemathesis.openapi.from_dict({**DESCRIPTION, "paths": paths})
    found.config.phases.coverage.enabled = at_bounds
    return found


# What is asked is made up as the test begins, and not by each process that collects it. Schemathesis
# looks for the name that an item of pytest had before 9.2.
@pytest.fixture
def addresses_at_bounds(request):
    request.node._nodeid = request.node.nodeid
    return described(at_bounds=True)


@pytest.fixture
def other_addresses(request):
    request.node._nodeid = request.node.nodeid
    return described(at_bounds=False)


@pytest.fixture(scope="module")
def program():
    """A program that asks again and again: its connection stays."""
    with requests.Session() as session:
        session.trust_env = False  # else it looks for a proxy before each request
        yield session


def check_answer(case, api: str, program) -> None:
    # Codes of places, measures and pacts are those of a log: a description cannot list them, so a
    # text that it allows may be refused.
    case.call_and_validate(
        base_url=api.removesuffix("/api/v1"),
        session=program,
        excluded_checks=[positive_data_acceptance],
    )


@SOME
@schemathesis.pytest.from_fixture("addresses_at_bounds").parametrize()
def test_the_running_api_does_what_its_description_says_of_each_parameter(case, api, program):
    check_answer(case, api, program)


@SOME
@schemathesis.pytest.from_fixture("other_addresses").parametrize()
def test_the_running_api_does_what_its_description_says_in_each_form(case, api, program):
    check_answer(case, api, program)


@pytest.mark.parametrize("by", [*GroupBy])
def test_a_workbook_of_indicators_names_each_group_beside_its_code(api, by):
    body = get(f"{api}/indicators.xlsx?{DEMO}&par={by}")[2]
    header, *rows = (
        openpyxl.load_workbook(io.BytesIO(body)).worksheets[0].iter_rows(values_only=True)
    )
    assert header[0] == by and header[2] == "due"
    assert all(isinstance(row[1], str) and row[1] for row in rows)
