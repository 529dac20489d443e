"""What a link checker wrote, whichever it was: read by its titles, its words and its dates."""

import json
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.intake import error_sentence, plain_address, read_links, state_of

TODAY = date(2026, 3, 2)
URL = "https://exemple.invalid/page"


def read(content: str | bytes, ignored: list | None = None):
    content = content.encode() if isinstance(content, str) else content
    note = (ignored if ignored is not None else []).extend
    rows = list(read_links(BytesIO(content), TODAY, note))
    for error in (error for row in rows for error in row.errors):
        assert error_sentence(error, "fr") and error_sentence(error, "en")
    return rows


def codes(content: str | bytes) -> list[tuple]:
    """(line, column, value, code) of what is refused."""
    return [
        (error.line, error.column, error.value, error.code)
        for row in read(content)
        for error in row.errors
    ]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (
            "alive",
            [
                "200",
                "200 OK",
                "204",
                "200.0",
                "301 Moved Permanently",
                "HTTP/1.1 200 OK",
                "ok",
                "OK",
                "Alive",
                "valid",
                "up",
                "Working",
                "[200] https://a.invalid/dead",
            ],
        ),
        (
            "dead",
            [
                "404",
                "404 Not Found",
                "410",
                "410 Gone",
                "HTTP 404",
                "Error: 404",
                "DNS failure",
                "name not resolved",
                "net::ERR_NAME_NOT_RESOLVED",
                "getaddrinfo ENOTFOUND ville.invalid",
                "[Errno -2] Name or service not known",
                "broken",
                "Dead",
                "not found",
                "NOT_FOUND",
                "gone",
                "page introuvable",
            ],
        ),
        (
            "unclear",
            [
                "403 Forbidden",
                "401",
                "429 Too Many Requests",
                "451",
                "500",
                "503",
                "999",
                "timeout",
                "Timed out",
                "ReadTimeout",
                "300 seconds timeout",
                "DNS timeout",
                "TLS handshake failed",
                "SSLError",
                "certificate expired",
                "Broken pipe",
                "connection refused",
                "ECONNREFUSED",
                "Connection reset by peer",
                "failed",
                "[Errno -3] Temporary failure in name resolution",
                "error",
                "not ok",
                "0",
                "invalid",
                "Échec",
                "délai dépassé",
            ],
        ),
        (None, ["peut-être", "???", "-", "20", "2000", "true", "excluded"]),
    ],
)
def test_only_what_is_gone_for_everybody_is_dead(state, words):
    assert {word: state_of(word) for word in words} == dict.fromkeys(words, state)


@pytest.mark.parametrize(
    "header",
    [
        "url,status,checked_on",
        "URL,Result,Checked_At",
        "urlname,status_code,date",
        "Adresse;Statut;Vérifié le",
        "link;HTTP Status;Timestamp",
        "address;code;VERIFIE-LE",
        "\ufeffurl;status;checked_on",
    ],
)
def test_the_titles_that_checkers_give_are_understood(header):
    separator = ";" if ";" in header else ","
    (row,) = read(f"{header}\n" + separator.join((URL, "404", "2026-03-01")))
    assert (row.values, row.errors) == ((URL, "404", "2026-03-01", None), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_columns_come_in_any_order_and_encoding(encoding):
    text = f"vérifié_le;archive_url;statut;adresse\n01/03/2026;{URL}/copie;Échec;{URL}\n"
    (row,) = read(text.encode(encoding))
    assert row.values == (URL, "Échec", "2026-03-01", f"{URL}/copie")


def test_the_best_title_is_read_and_the_others_are_named():
    ignored = []
    (row,) = read(f"urlname,url,status,checked_on,size\n/page,{URL},200,2026-03-01,12\n", ignored)
    assert row.values[0] == URL
    assert ignored == ["urlname", "size"]


def test_a_column_without_a_title_is_named_by_its_number_and_no_title_drives_the_terminal():
    ignored = []
    (row,) = read(f",url,\x1b[2Jx,status,checked_on\n0,{URL},y,200,2026-03-01\n", ignored)
    assert row.values[0] == URL
    assert ignored == ["n° 1", "\ufffd[2Jx"]


@pytest.mark.parametrize(
    "time",
    [
        "2026-03-01T10:00:00Z",
        "2026-03-01 10:00",
        "2026-03-01T10:00:00.123456+01:00",
        "2026-03-01T23:59:59-08:00",
        "2026-03-01 10:00:00 UTC",
        "2026-03-01",
    ],
)
def test_a_time_keeps_its_date(time):
    (row,) = read(f"url,status,checked_on\n{URL},200,{time}\n")
    assert row.values[2] == "2026-03-01"


def test_a_day_that_has_begun_in_the_east_alone_is_no_future():
    (row,) = read(f"url,status,checked_on\n{URL},200,2026-03-03T01:00:00+02:00\n")
    assert row.values[2] == "2026-03-02"


@pytest.mark.parametrize(
    ("row", "column", "value", "code"),
    [
        (f"{URL},,2026-03-01", "status", "", "required"),
        (f"{URL},peut-être,2026-03-01", "status", "peut-être", "link_status_unreadable"),
        (f"{URL},200,", "checked_on", "", "required"),
        (f"{URL},200,2026-03-03", "checked_on", "2026-03-03", "future_date"),
        (f"{URL},200,2026-03-03T00:00:00Z", "checked_on", "2026-03-03T00:00:00Z", "future_date"),
        (
            f"{URL},200,9999-12-31T23:59-14:00",
            "checked_on",
            "9999-12-31T23:59-14:00",
            "year_out_of_range",
        ),
        (f"{URL},200,2026-03", "checked_on", "2026-03", "day_needed"),
        (f"{URL},200,2026-02-31", "checked_on", "2026-02-31", "no_such_day"),
        (f"{URL},200,hier", "checked_on", "hier", "not_a_date"),
        (",200,2026-03-01", "url", "", "required"),
        ("javascript:alert(1),200,2026-03-01", "url", "javascript:alert(1)", "url_scheme"),
        ("https://a:b@x.invalid/,200,2026-03-01", "url", "https://a:b@x.invalid/", "url_password"),
        (f"{URL},404\u202e,2026-03-01", "status", "404\ufffd", "direction_character"),
    ],
)
def test_what_cannot_be_taken_is_named_where_it_is(row, column, value, code):
    assert codes(f"url,status,checked_on\n{row}\n") == [(2, column, value, code)]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_status_that_says_nothing_has_a_sentence(lang):
    ((error,),) = [row.errors for row in read(f"url,status,checked_on\n{URL},?,2026-03-01\n")]
    assert "404" in error_sentence(error, lang) and "2" in error_sentence(error, lang)


def test_a_file_without_a_column_or_with_one_twice_is_refused():
    assert codes("url,status\nx,y\n") == [(1, "checked_on", "", "missing_column")]
    twice = "url,status,status,date\n"
    assert codes(twice + "a,b,c,d\n") == [(1, "status", "status", "duplicate_column")]


@given(content=st.binary(max_size=300))
def test_any_bytes_give_rows_or_reasons_and_never_an_exception(content):
    for row in read(content):
        assert row.errors or len(row.values) == 4


@given(cells=st.lists(st.text(max_size=30), max_size=9), status=st.text(max_size=80))
def test_any_text_under_a_good_header_gives_rows_or_reasons(cells, status):
    text = f"url,status,checked_on\n{','.join(cells)}\n{URL},{status},2026-03-01\n"
    for row in read(text.encode("utf-8", "ignore")):
        assert row.errors or state_of(row.values[1])


LINKCHECKER = """# created by LinkChecker at 2026-02-25 07:12:33+002
# Get the newest version at https://linkchecker.github.io/linkchecker/; it, "too", is a comment
urlname;parentname;baseref;result;warningstring;infostring;valid;url;line;column;name;dltime;size
https://x.invalid/dead;file:///urls.html;;404 Not Found;;;False;https://x.invalid/dead;1;1;;-1;-1
https://x.invalid/alive;;;200 OK;"a warning
# of two lines";;True;https://x.invalid/alive;2;1;;-1;-1
https://x.invalid/moved;;;200 OK;;"Redirected to `https://x.invalid/new'.";True;https://x.invalid/new;3;1;;;
https://x.invalid/lost?id=3;;;200 OK;;"Redirected to `https://x.invalid/'.";True;https://x.invalid/;3;1;;;
https://x.invalid;;;200 OK;;;True;https://x.invalid/;4;1;;-1;-1
page.html;https://x.invalid/;;200 OK;;;True;https://x.invalid/page.html;4;1;;-1;-1
https://x.invalid/slow;;;ConnectTimeout: HTTPSConnectionPool(host='x.invalid', port=443);;;False;;5;1;;;
# Stopped checking at 2026-02-25 07:12:35+002 (2 seconds)
"""


def states(content: str, **options) -> dict[str, str]:
    """What becomes of each address of a file without a fault."""
    found = list(read_links(BytesIO(content.encode()), TODAY, **options))
    assert not any(row.errors for row in found)
    return {
        row.values[0].removeprefix("https://x.invalid"): state_of(row.values[1]) for row in found
    }


def test_the_csv_of_linkchecker_is_read_as_it_comes():
    assert states(LINKCHECKER) == {
        "/dead": "dead",
        "/alive": "alive",
        "/moved": "alive",
        "/lost?id=3": "unclear",
        "": "alive",
        "/page.html": "alive",
        "/slow": "unclear",
    }
    rows = read(LINKCHECKER)
    assert {row.values[2] for row in rows} == {"2026-02-25"}
    assert rows[0].line == 4
    later = read_links(BytesIO(LINKCHECKER.encode()), TODAY, checked_on=date(2026, 3, 1))
    assert {row.values[2] for row in later} == {"2026-03-01"}


def lychee(**maps: list) -> str:
    made = {"total": 3, "errors": 1, "detailed_stats": True, "excluded_map": {"a": [{}]}}
    return json.dumps(
        made | {name: {"urls.txt": entries} for name, entries in maps.items()}, indent=2
    )


def entry(path: str, **status) -> dict:
    return {"url": f"https://x.invalid{path}", "status": status, "span": {"line": 1, "column": 1}}


def test_the_json_of_lychee_is_read_as_it_comes():
    steps = [("https://x.invalid/a", 301), ("https://x.invalid/", 302)]
    led = {
        "origin": "https://x.invalid/lost",
        "redirects": [{"url": url, "code": code} for url, code in steps],
    }
    content = lychee(
        success_map=[entry("/alive", text="200 OK", code=200)],
        error_map=[
            entry("/dead", text="404 Not Found", code=404),
            entry("/rejected", text='Rejected status code (see "accept"): Not Found', code=404),
            entry("/dns", text="Network error", details="dns error: Name or service not known"),
        ],
        timeout_map=[entry("/slow", text="Timeout", details="Request timed out")],
        redirect_map=[entry("/", text="200 OK", code=200, redirects=led)],
    )
    meant = {
        "/alive": "alive",
        "/dead": "dead",
        "/rejected": "dead",
        "/dns": "dead",
        "/slow": "unclear",
        "/lost": "unclear",
    }
    assert states(content, checked_on=date(2026, 3, 1)) == meant
    fail = lychee(fail_map=[entry("/dead", text="Failed: Not Found", code=404)])
    assert states(fail, checked_on=date(2026, 3, 1)) == {"/dead": "dead"}


def test_a_list_of_objects_is_a_table():
    made = [
        {"url": URL, "status": 404, "checked_on": "2026-03-01"},
        {"url": f"{URL}2", "status": 200, "checked_on": "2026-03-01", "final_url": None},
    ]
    assert [row.values[:3] for row in read(json.dumps(made))] == [
        (URL, "404", "2026-03-01"),
        (f"{URL}2", "200", "2026-03-01"),
    ]


def test_a_list_inside_an_object_is_one_too():
    made = {"links": [{"url": URL, "status": 200, "state": "OK"}], "passed": True}
    assert [*states(json.dumps(made), checked_on=date(2026, 3, 1)).values()] == ["alive"]


@pytest.mark.parametrize("content", ["{}", "[1]", '{"a": 1}', '{"error_map": 3}', "{", "[" * 9_000])
def test_another_json_is_refused_with_what_to_do(content):
    assert codes(content)[0][3] in ("not_json", "empty_file")


@pytest.mark.parametrize(
    "content",
    [
        lychee(success_map=[entry("/a", text="200 OK", code=200)]),
        "url,status\nhttps://x.invalid/,200\n",
    ],
)
def test_a_file_without_a_day_needs_one(content):
    assert codes(content) == [(1, "checked_on", "", "missing_column")]
    assert list(states(content, checked_on=date(2026, 3, 1)).values()) == ["alive"]


@pytest.mark.parametrize(
    ("address", "final", "state"),
    [
        ("/page", "https://x.invalid/", "unclear"),
        ("/page", "https://y.invalid", "unclear"),
        ("/page", "https://x.invalid/index.php", "unclear"),
        ("/page", "https://x.invalid/fr/", "unclear"),
        ("/page", "https://x.invalid/other", "alive"),
        ("/page", "https://x.invalid/?p=3", "alive"),
        ("/page", "", "alive"),
        ("/", "https://www.x.invalid/", "alive"),
    ],
)
@pytest.mark.parametrize("status", ["301", "200 OK", "ok"])
def test_a_page_in_whose_place_the_first_page_of_a_site_is_shown_is_unclear(
    address, final, state, status
):
    content = (
        f"url,status,checked_on,final_url\nhttps://x.invalid{address},{status},2026-03-01,{final}"
    )
    assert [*states(content).values()] == [state]
    gone = f"url,status,checked_on,final_url\nhttps://x.invalid/a,404,2026-03-01,{final}"
    assert [*states(gone).values()] == ["dead"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://X.invalid", "https://x.invalid/"),
        ("https://x.invalid/é", "https://x.invalid/%C3%A9"),
        ("https://x.invalid/a#b", "https://x.invalid/a"),
        ("HTTPS://x.invalid/a?b=ç", "https://x.invalid/a?b=%C3%A7"),
    ],
)
def test_two_spellings_of_an_address_are_one(one, other):
    assert plain_address(one) == plain_address(other)
    assert plain_address(one) != plain_address(f"{other}x")
