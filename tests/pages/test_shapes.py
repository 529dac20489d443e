"""Pacts of other shapes: no surface says « (nan) », « () », « None » or « [] » of what nobody gave."""

import re

import pytest

from monitor.charts.card import SQUARE
from monitor.read import chart_registry
from monitor.store import open_store
from tests.support.app import PAGES, open_page, words
from tests.support.paths import SHAPES
from tests.support.shapes import all_routes, load_shape, read_page

NAMES = sorted(folder.name for folder in SHAPES.iterdir() if folder.is_dir())
#: What a value that is missing looks like where nobody thought of it.
MISSING = re.compile(
    r"\(\s*\)|\[\s*\]|\bnan\b|\bNaN\b|\bNaT\b|(?<!-)\bNone\b(?!-|\** of)|<NA>|« »|: :|\(\d+ · \)|· ·"
)
SIGNED = {"409-conseils": "SWT", "partis-329-mesures": "TH", "un-elu-174-mesures": "US"}
pytestmark = pytest.mark.usefixtures("browser_of")


@pytest.fixture(scope="module", params=NAMES)
def shape(request, tmp_path_factory):
    """(name, address) of a database with one of the pacts."""
    url = f"sqlite:///{tmp_path_factory.mktemp('shape') / 'monitor.db'}"
    store = open_store(url)
    store.create()
    load_shape(store, request.param)
    return request.param, url


@pytest.fixture
def opened(shape, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", shape[1])
    return shape


def missing(page_text: str) -> list[str]:
    """The texts that stand for what nobody gave, each with what is around it."""
    return [
        page_text[max(0, one.start() - 60) : one.end() + 40] for one in MISSING.finditer(page_text)
    ][:3]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_page_says_that_a_value_is_missing_in_a_way_of_programs(opened, lang):
    for page in PAGES:
        app = open_page(page, lang=lang)
        assert not app.exception, page
        labels = " ".join(one.label for one in [*app.button, *app.selectbox, *app.expander])
        options = " ".join(str(one) for box in app.selectbox for one in box.options)
        assert missing(f"{words(app)} {labels} {options}") == [], page


def test_a_pact_of_another_country_has_no_mayor_and_no_department(opened):
    name, _ = opened
    if name not in SIGNED:
        return
    app = open_page("analyses")
    assert "signataire" in words(app) and not re.search("élu|maire", words(app))
    assert {box.label for box in app.selectbox}.isdisjoint({"Région", "Département"})


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_sheet_card_or_feed_says_so(opened, lang):
    asked = all_routes()
    listed = asked.get("/ville", {"lang": lang}).text
    codes = re.findall(r'href="(/ville/[^"?]+)', listed)
    first = [*dict.fromkeys(code for code in codes if not code.endswith("/ville"))][:3]
    assert first and missing(read_page(listed)) == []
    for path in first:
        for form in ("", ".svg"):
            assert missing(read_page(asked.get(f"{path}{form}", {"lang": lang}).text)) == [], path
        assert missing(read_page(asked.get(path, {"lang": lang, "cadre": "1"}).text)) == []
    assert missing(read_page(asked.get("/flux.atom", {"lang": lang}).text)) == []
    for typed in ("zzzz", "conseil", "quartier", "saint-denis"):
        assert missing(read_page(asked.get(f"/ville/{typed}", {"lang": lang}).text)) == [], typed


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_chart_and_no_file_says_so(opened, lang):
    asked = all_routes()
    for name in chart_registry.PICTURES:
        own = {"par": "region"} if chart_registry.PICTURES[name].own == "par" else {}
        own |= {"signataire": "s001"} if chart_registry.PICTURES[name].own == "signataire" else {}
        answer = asked.get(f"/graphique/{name}", {"lang": lang, **own})
        assert answer.status_code == 200, (name, answer.text[:300])
        assert missing(read_page(answer.text)) == [], name
    for table in ("commitments", "actions", "indicators"):
        table_text = asked.get(f"/api/v1/{table}.csv", {"lang": lang}).text
        assert not re.search(r'"(nan|NaN|None|NaT|\[\]|\(\))"', table_text), table
        assert not re.search(r"\bNaN\b", asked.get(f"/api/v1/{table}.json").text), table


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nobody_is_said_to_be_a_mayor_where_no_file_says_so(opened, lang):
    name, _ = opened
    if name not in ("un-elu-174-mesures", "409-conseils", "partis-329-mesures"):
        return
    pages = [words(open_page(page, lang=lang)) for page in ("", "mesures", "communes", "analyses")]
    pages += [read_page(all_routes().get(f"/ville/{SIGNED[name]}", {"lang": lang}).text)]
    for one in pages:
        assert not re.search(r"\b(maires?|mayors?)\b", one), one


def test_the_card_says_of_how_many_measures_it_shows_some(opened):
    name, _ = opened
    if name != "un-elu-174-mesures":
        return
    french, english = (
        all_routes().get("/ville/US.svg", {"lang": lang}).text for lang in ("fr", "en")
    )
    drawn = len(re.findall(rf'<rect [^>]*width="{SQUARE}" height="{SQUARE}"', french))
    assert 1 < drawn < 174
    assert f"{drawn} mesures sur 174, dans l’ordre du pacte" in french.replace("\u202f", " ")
    assert f"{drawn} measures out of 174" in english
