"""Pacts of councils, of parties, of a presidency: nothing on any surface calls a signatory an elected
official, a candidate or a mayor, or a place a commune."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from monitor.read import chart_registry, files
from monitor.read.query import read_view
from monitor.snapshot import Snapshots
from monitor.store import open_store
from tests.support.app import PAGES, open_page, words
from tests.support.shapes import all_routes, load_shape, read_page
from tests.support.waiting import LONGEST

SHAPES = {"409-conseils": "body", "partis-329-mesures": "party", "un-elu-174-mesures": ""}
LANGS = ["fr", "en"]
#: What only a pact of elected people in communes has.
FORBIDDEN = {
    "fr": r"élue?s?\b|maires?\b|communes?\b|villes?\b|INSEE|candidat\w*|municip\w+|battue?s?\b"
    r"|(?:cette|la) personne (?!s’est)",
    "en": r"\bofficials?\b|\bmayors?\b|\bcommunes?\b|\bcit(?:y|ies)\b|INSEE|\bcandidates?\b|municip\w+"
    r"|\belected\b|\bdefeated\b|\bthis person\b",
}
#: Parts of pages that their own controls run again alone.
PARTS = (
    "officials.show_officials",
    "officials.show_groups",
    "measure_list.show_measure_list",
    "lateness.show_late_commitments",
    "journal.show_log",
    "changes.show_latest",
    "analysis.show_groups",
    "analysis.show_assumptions",
    "incidence.show_incidence",
    "incidence.show_half_years",
    "transitions.show_transitions",
    "funnel.show_funnel",
)
pytestmark = pytest.mark.usefixtures("browser_of")


@pytest.fixture(scope="module", params=SHAPES)
def address(request, tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('fitting') / 'monitor.db'}"
    store = open_store(url)
    store.create()
    kind = SHAPES[request.param]

    def fit(content: str, page_text: str) -> str:
        return (
            with_kind(without_words(page_text), kind)
            if content == "signatories"
            else without_words(page_text)
        )

    load_shape(store, request.param, change=without_words, change_table=fit)
    return url


def without_words(page_text: str) -> str:
    """The invented texts, without the words that the program must not use."""
    return re.sub(r"(?i)\bville\b", "parc", page_text)


def with_kind(page_text: str, kind: str) -> str:
    """What the files of the shapes do not say: who signs."""
    head, *rows = page_text.splitlines()
    return "\n".join([f"{head},kind", *(f"{row},{kind}" for row in rows if row)])


@pytest.fixture
def opened(address, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", address)


def misfits(page_text: str, lang: str) -> list[str]:
    page_text = re.sub(r"/(?:ville|communes)\b\S*", "", page_text)
    found = re.finditer(rf"(?<![\w/`=_-])(?:{FORBIDDEN[lang]})(?![\w=`])", page_text, re.I)
    return [page_text[max(0, one.start() - 60) : one.end() + 40] for one in found]


def read_app(page: str, lang: str) -> str:
    app = open_page(page, lang=lang)
    assert not app.exception, page
    labels = " ".join(one.label for one in [*app.button, *app.selectbox, *app.expander])
    options = " ".join(str(one) for box in app.selectbox for one in box.options)
    return f"{words(app)} {labels} {options}"


@pytest.mark.parametrize("lang", LANGS)
def test_no_page_uses_words_that_do_not_fit_the_pact(opened, lang):
    for page in PAGES:
        assert misfits(read_app(page, lang), lang) == [], page


@pytest.mark.parametrize("lang", LANGS)
def test_a_part_of_a_page_that_runs_again_alone_keeps_the_words_of_its_page(opened, lang):
    for part in PARTS:
        module, name = part.split(".")
        app = AppTest.from_string(f"from monitor.ui import {module}\n{part}()")
        app.query_params["lang"] = lang
        app.run(timeout=LONGEST)
        assert not app.exception, part
        labels = " ".join(one.label for one in [*app.text_input, *app.selectbox, *app.expander])
        assert misfits(f"{words(app)} {labels}", lang) == [], name


@pytest.mark.parametrize("lang", LANGS)
def test_no_sheet_card_feed_or_chart_does(opened, lang):
    asked = all_routes()
    listed = asked.get("/ville", {"lang": lang}).text
    code = re.findall(r'href="/ville/([^"?]+)', listed)[0]
    paths = ["/ville", "/ville/zzzz", f"/ville/{code}", f"/ville/{code}.svg", "/flux.atom"]
    for path in paths:
        assert misfits(read_page(asked.get(path, {"lang": lang}).text), lang) == [], path
    for places in (
        code,
        f"{code},zzzz",
        ",".join(re.findall(r'href="/ville/([^"?]+)', listed)[:2]),
    ):
        answer = asked.get("/comparer", {"lang": lang, "villes": places})
        assert misfits(read_page(answer.text), lang) == [], places
    for name, picture in chart_registry.PICTURES.items():
        own = {"par": "region", "signataire": "s001"}
        own = {picture.own: own[picture.own]} if picture.own in own else {}
        answer = asked.get(f"/graphique/{name}", {"lang": lang, **own})
        assert answer.status_code == 200 and misfits(read_page(answer.text), lang) == [], name


@pytest.mark.parametrize("lang", LANGS)
def test_no_file_does_beside_its_rows(address, lang):
    """Less the columns that explain codes, which are English words, and the body above communes."""
    view = read_view(Snapshots(open_store(address)).current(), {"lang": lang})
    assert view is not None
    for table, columns in files.COLUMNS.items():
        caption = files.table_caption(view, table)
        for column in columns.keys() - {"outcome", "office", "epci"}:
            said = f"{caption.title(column)} {caption.meaning(column)}"
            assert misfits(said, lang) == [], (table, column)


@pytest.mark.parametrize(("lang", "title"), [("fr", "Signataires"), ("en", "Signatories")])
def test_the_page_of_the_places_is_that_of_the_signatories(opened, lang, title):
    assert open_page("communes", lang=lang).title[0].value == title
    assert f">{title}<" in all_routes().get("/ville", {"lang": lang}).text


def test_a_signatory_is_found_by_name_and_shown_alone(opened):
    app = open_page("communes")
    found = [button for button in app.button if (button.key or "").startswith("_signatory_")]
    assert found and len(found) <= 30
    name = found[0].label.partition(" · ")[0]
    app = open_page("communes", q=name)
    (same,) = [button for button in app.button if button.key == found[0].key]
    same.click().run()
    assert not app.exception and [header.value for header in app.header] == [name], words(app)
