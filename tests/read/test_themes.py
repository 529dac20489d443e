"""The themes of a pact: they filter and group wherever measures do, in the order of the pact."""

import csv
import io
import re

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette

from monitor.cli.main import main
from monitor.read import chart_data, current_log, query
from monitor.read.chart_registry import PICTURES
from monitor.read.labels import listed_title
from monitor.web import api
from tests.support.app import open_page, words
from tests.support.routes import Client
from tests.support.shapes import load_shape

pytestmark = pytest.mark.usefixtures("browser_of")


@pytest.fixture
def themed(empty):
    """A view of a pact of 40 measures in themes."""
    return view_of(load_shape(empty, "candidats-et-reponses", themed=True))


def view_of(pact: str, **asked: str):
    return query.read_view(current_log.current_snapshot(fresh=True), {"pacte": pact, **asked})


def table(route: str, **asked: str) -> list[dict]:
    answer = Client(Starlette(routes=api.ROUTES)).get(route, asked)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))


def test_the_figures_by_theme_stand_in_the_order_of_the_pact_and_add_up(themed):
    groups = chart_data.indicators_by_group(themed, "theme")
    assert list(groups["group"]) == list(themed.pact.themes)
    assert groups["due"].sum() == chart_data.total_indicators(themed).due > 0
    rows = table("/api/v1/indicators.csv", pacte=themed.pact.id, par="theme")
    assert [row["theme"] for row in rows] == list(themed.pact.themes)
    assert [int(row["due"]) for row in rows] == groups["due"].to_list()


def test_the_figures_beside_bars_of_themes_are_those_of_the_bars(themed):
    rows = PICTURES["mesures"].table(themed, "")
    assert rows["theme"].tolist() == list(themed.pact.themes) and "measure" not in rows
    groups = chart_data.indicators_by_group(themed, "theme")
    assert rows["due"].tolist() == groups["due"].tolist()
    assert rows["due_ever"].tolist() == groups["due_ever"].tolist()
    one = PICTURES["mesures"].table(view_of(themed.pact.id, theme=themed.pact.themes[0]), "")
    assert "theme" not in one and len(one) > 1


def test_the_command_line_groups_by_theme(themed):
    result = CliRunner().invoke(
        main, ["indicators", "--pact", themed.pact.id, "--by", "theme", "--format", "csv"]
    )
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["theme"] for row in rows] == list(themed.pact.themes)


def test_a_theme_keeps_its_measures_and_the_commitments_about_them(themed):
    theme = themed.pact.themes[1]
    own = [measure.id for measure in themed.pact.measures if measure.theme == theme]
    kept = view_of(themed.pact.id, theme=theme)
    assert list(kept.kept_titles) == own
    assert set(kept.commitments["measure"]) == set(own)
    rows = table("/api/v1/commitments.csv", pacte=themed.pact.id, theme=theme)
    assert {row["measure"] for row in rows} == set(own)


def test_the_measures_to_choose_from_are_those_of_the_theme(themed):
    theme = themed.pact.themes[0]
    (box,) = [
        one
        for one in open_page("mesures", pacte=themed.pact.id, theme=theme).selectbox
        if one.label == "Mesure"
    ]
    own = [measure for measure in themed.pact.measures if measure.theme == theme]
    assert len(box.options) in (len(own), len(own) + 1)


def test_a_theme_that_the_pact_does_not_have_is_said_and_refused(themed):
    page_text = words(open_page("mesures", pacte=themed.pact.id, theme="Rien"))
    assert "Rien" in page_text
    answer = Client(Starlette(routes=api.ROUTES)).get(
        "/api/v1/commitments.csv", {"pacte": themed.pact.id, "theme": "Rien"}
    )
    assert answer.status_code == 400 and themed.pact.themes[0] in answer.text


def test_a_pact_without_themes_offers_none(empty):
    pact = load_shape(empty, "maire-et-adjoints")
    app = open_page("mesures", pacte=pact)
    assert "Thème" not in {box.label for box in app.selectbox}
    assert table("/api/v1/indicators.csv", pacte=pact, par="theme") == []


def test_a_part_stands_below_what_it_is_a_part_of_and_is_marked(empty):
    def nested(text: str) -> str:
        return re.sub(r'id = "40"\ntheme = .*', 'id = "40"\nparent = "1"', text)

    view = view_of(load_shape(empty, "candidats-et-reponses", themed=True, change=nested))
    assert [measure.id for measure in view.pact.measures][:2] == ["1", "40"]
    assert listed_title(view, "40").startswith("↳ 40. ")
    assert listed_title(view, "1").startswith("1. ")
