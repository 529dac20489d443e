"""Charts: every figure says what its table says, carries no markup from data, and has a plan for
nothing, for one row and for many."""

import itertools
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from monitor import charts, indicators, status
from monitor.charts import style
from monitor.models import Status
from tests.logs import PACT, World, action, log_of, signatory

TITLES = {"1": "Première mesure", "2": "<a href='https://x'>Deuxième</a>"}
EVIL = "<b>Zoé</b> <a href='https://x'>D’Or</a>"


def known(people: int):
    said = itertools.cycle(["implemented", "partly_implemented", "stalled", "no_evidence"])
    world = World(
        signatories=tuple(signatory(n, f"s{n}") | {"name": EVIL} for n in range(1, people + 1)),
        actions=tuple(
            action(10_000 + n, "2016-01", next(said), signatory_id=f"s{n}")
            for n in range(1, people + 1, 2)
        ),
    )
    return status.known(log_of(world))


def table(people: int) -> pd.DataFrame:
    return status.fold(known(people), date(2020, 7, 5))


def checked(figure: charts.Figure) -> go.Figure:
    """As plotly.py reads it: it refuses every name and every value that plotly.js does not know."""
    return go.Figure(figure.to_dict())


def figures(people: int, dark: bool = False):
    """Every chart of a pact with that many signatories."""
    return map(checked, _figures(people, dark))


def _figures(people: int, dark: bool):
    rows = table(people)
    days = [PACT.term_start, date(2017, 1, 1), PACT.term_end]
    yield charts.by_measure(indicators.by_status(rows, "measure"), TITLES, "fr", dark)
    yield charts.intervals(indicators.table(rows, "measure"), TITLES, "fr", dark)
    yield charts.matrix(rows, TITLES, "fr", dark)
    crossed = indicators.table(rows, ["region", "measure"])
    yield charts.matrix_groups(crossed, "region", {"84": EVIL}, TITLES, "fr", dark)
    yield charts.departments(indicators.table(rows, "department"), {"01": EVIL}, "fr", dark)
    yield charts.over_time(status.over_time(status.runs(known(people)), days), "fr", dark)
    terms = pd.DataFrame(
        [(EVIL, PACT.term_start, PACT.term_end, True)] * bool(people),
        columns=["label", "start", "end", "binding"],
    )
    yield charts.mandates(terms, (PACT.term_start, PACT.term_end), days[1], "fr", dark)


@pytest.mark.parametrize("people", [0, 1, 40])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_chart_is_drawn_for_nothing_one_and_many(people, dark):
    for figure in figures(people, dark):
        assert figure.layout.height >= 50
        assert figure.to_json()


def test_no_markup_of_the_data_reaches_a_chart():
    for figure in figures(9):
        text = figure.to_json().replace("\\u003c", "<")
        assert "<a href" not in text and "Zoé</b>" not in text


def test_a_chart_of_nothing_says_so():
    empty = list(figures(0))
    assert all(len(figure.layout.annotations) == 1 for figure in (empty[0], empty[1], empty[2]))


def test_a_bar_holds_the_counts_of_its_table():
    counts = indicators.by_status(table(40), "measure")
    figure = checked(charts.by_measure(counts, TITLES, "fr"))
    drawn = {bar.name.split(" ", 1)[1]: sum(bar.x) for bar in figure.data}
    assert drawn["mis en œuvre"] == counts["implemented"].sum()
    assert sum(drawn.values()) == counts.to_numpy().sum()


def test_the_matrix_has_a_point_for_each_commitment_with_its_city_to_open():
    figure = checked(charts.matrix(table(7), TITLES, "fr"))
    points = [point for trace in figure.data for point in trace.customdata]
    assert len(points) == 14
    assert {point[0] for point in points} == {"c1"}


def test_a_group_of_fewer_than_five_shows_no_percentage():
    figure = checked(charts.intervals(indicators.table(table(4), "measure"), TITLES, "fr"))
    assert not any("%" in note.text for note in figure.layout.annotations)
    assert len(figure.layout.shapes) == 0


def test_the_interval_is_drawn_from_the_lower_to_the_upper_bound():
    rows = indicators.table(table(40), "measure")
    figure = checked(charts.intervals(rows, TITLES, "fr"))
    drawn = {(shape.x0, shape.x1) for shape in figure.layout.shapes}
    assert drawn == set(zip(rows["rate_low"], rows["rate_high"], strict=True))


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_sign_on_a_colour_can_be_read(status, dark):
    fill = charts.colour(status, dark)
    assert style.contrast(charts.text_on(fill), fill) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_can_be_read_on_the_page(dark):
    page = ("#FFFFFF", "#0F1417")[dark]
    for ink in (style.INK[dark], style.QUIET[dark], style.ACCENT[dark]):
        assert style.contrast(ink, page) >= 4.5


def deuteranope(colour: str) -> tuple[float, float, float]:
    """The colour as red-green blind readers see it (Viénot, Brettel & Mollon 1999, simplified)."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return (0.625 * red + 0.375 * green, 0.7 * red + 0.3 * green, 0.3 * green + 0.7 * blue)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_colours_are_told_apart_by_red_green_blind_readers(dark):
    shown = [status for status in Status if status is not Status.NOT_APPLICABLE]
    for one, other in itertools.combinations(shown, 2):
        seen = [deuteranope(charts.colour(each, dark)) for each in (one, other)]
        distance = sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5
        assert distance > 0.06, (one, other)


def test_every_status_has_its_own_sign():
    assert len(set(charts.SIGNS.values())) == len(Status)
