"""Pacts of dozens and hundreds of measures: who implemented what is still read, and nobody is misnamed."""

import tomllib
from pathlib import Path

import pytest

from monitor import charts, commands
from monitor.models import Status
from monitor.views import drawn, query, session
from monitor.views.pictures import PICTURES, title
from tests.conftest import NOW
from tests.test_pages import open_page, words

pytestmark = pytest.mark.usefixtures("browser_of")

SHAPES = Path(__file__).parent / "shapes"
MANY = ("maire-et-adjoints", "un-elu-174-mesures", "partis-329-mesures")


@pytest.fixture(params=MANY)
def shape(request, empty):
    """A view of a pact of another shape, loaded."""
    folder = SHAPES / request.param
    with (folder / "pact.toml").open("rb") as file:
        commands.load_pact(empty, file, name="pact.toml", now=NOW)
    pact = tomllib.loads((folder / "pact.toml").read_text("utf-8"))["id"]
    for kind in ("areas", "signatories", "mandates", "actions"):
        if (path := folder / f"{kind}.csv").exists():
            with path.open("rb") as file:
                commands.load(empty, kind, file, pact_id=pact, name=path.name, now=NOW,
                              skip_rejected=True)  # fmt: skip
    return query.read(session.current_snapshot(fresh=True), {"pacte": pact})


def test_each_commitment_of_many_measures_has_one_cell_of_its_own(shape):
    shown = drawn.by_city(shape)
    figure = PICTURES["matrice"].draw(shape, "", False)
    places = [
        (trace["base"][n], trace["y"][n]) for trace in figure.traces for n in range(len(trace["y"]))
    ]
    assert len(set(places)) == len(places) == len(shown)
    bottom = figure.layout["yaxis"]["range"][0]
    assert max(y for _, y in places) < bottom <= 8_000


def test_the_list_counts_the_statuses_of_each_official_and_names_nobody_by_a_number(shape):
    lines = words(open_page("mesures", pacte=shape.pact.id)).split("\n")
    rows = drawn.having_status(shape)
    found = 0
    for _, own in rows.groupby("signatory_id", observed=True):
        head = f"· {own['name'].iloc[0]}".replace("\\", "")
        places = [n for n, line in enumerate(lines) if line.startswith("[") and head in line]
        if not places:  # on another page of the list
            continue
        found += 1
        told = lines[places[0] + 1]
        for status, count in own["status"].value_counts().items():
            assert not count or (f"{charts.SIGNS[Status(status)]} " in told and f" {count}" in told)
    assert found == min(25, rows["signatory_id"].nunique())


def test_the_overview_of_many_measures_has_one_bar_and_says_so(shape):
    assert str(len(shape.titles)) in title(shape, "mesures")
    figure = PICTURES["mesures"].draw(shape, "", False)
    assert {len(trace["x"]) for trace in figure.traces} == {1}
    assert figure.layout["height"] < 300
    table = PICTURES["mesures"].table(shape, "")
    assert sum(trace["x"][0] for trace in figure.traces) == table[list(Status)].to_numpy().sum()
