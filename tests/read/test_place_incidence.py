"""How long it takes in each place, whoever does it: another question, asked and answered apart."""

import csv
import io

import pytest

import monitor
from monitor.analysis_codes import Clock
from monitor.read import current_log, query
from monitor.read.chart_registry import PICTURES
from monitor.read.incidence import incidence_table
from monitor.read.pictures.place_curves import draws_place_curves

PICTURE = PICTURES["delais-lieux"]


def test_programs_get_the_figures_of_the_chart_and_no_departure_among_them(demo, client, url):
    view = query.read_view(current_log.current_snapshot(fresh=True), {"pacte": "demo"})
    assert view and draws_place_curves(view)
    incidence = incidence_table(view, Clock.PLACE)
    text = client.get("/api/v1/incidence.csv?pacte=demo&portee=commune").text.lstrip("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    frame = monitor.open(url).incidence(scope="commune")
    for name in ("happened", "abandoned", "at_risk", "left_office"):
        found = [int(row[name]) for row in rows]
        assert found == frame[name].tolist() == incidence[name].tolist(), name
    assert {row["clock"] for row in rows} == {"place"} and not incidence["left_office"].any()
    assert "left_office" not in PICTURE.table(view, "")
    own = {
        row["clock"]
        for row in csv.DictReader(
            io.StringIO(client.get("/api/v1/incidence.csv?pacte=demo").text.lstrip("\ufeff"))
        )
    }
    assert own == {"office", "term"}


@pytest.mark.parametrize("asked", ["portee=commune&par=size", "portee=ville", "portee="])
def test_a_scope_that_cannot_be_is_refused(demo, client, asked):
    assert client.get(f"/api/v1/incidence.csv?pacte=demo&{asked}").status_code == 400


def test_nothing_is_drawn_of_few_places(store):
    view = query.read_view(current_log.current_snapshot(fresh=True), {"pacte": "mouves-2014"})
    assert view and PICTURE.draw(view, "", False) is None and PICTURE.sentence(view, "") == ""
