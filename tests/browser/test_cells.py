"""Cells as a browser paints them: each status that is there is seen, in proportion, and no other."""

import io
import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import plotly
import pytest
from PIL import Image

from monitor import charts
from monitor.models import Status
from monitor.table_rows import CrossedRow
from tests.support import browser_pages as pages
from tests.support.drawings import table

DRAWING = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
COUNTS = (1, 3, 12, 24, 40, 51, 174, 329, 400)
#: What a page of 390 and one of 1280 pixels leave to a chart.
WIDTHS = (340, 880)
#: Where the words of a cell reach out of it, in pixels.
OUT = """() => [...document.querySelectorAll('.bartext')].filter(
  words => words.getBoundingClientRect().width).map(words => {
  const own = words.getBoundingClientRect();
  const cell = words.parentNode.querySelector('path').getBoundingClientRect();
  const over = (side, way) => way * (own[side] - cell[side]);
  return Math.max(over('left', -1), over('right', 1), over('top', -1), over('bottom', 1));
}).filter(out => out > 1)"""


@pytest.fixture(scope="module")
def paint(browser):
    """(figure, width) -> its pixels, and how far words reach out of their cells."""
    context = pages.free_context(browser)
    page = context.new_page()
    page.set_content("<body style='margin:0;background:#fff'><div id='here'></div>")
    page.add_script_tag(path=str(DRAWING))

    def painted(figure, width: int):
        height = int(figure.layout["height"])
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(
            "([made, width]) => Plotly.newPlot('here', made.data, {...made.layout, width},"
            " {displayModeBar: false})",
            [figure.to_dict(), width],
        )
        shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        return np.asarray(shown), page.evaluate(OUT)

    yield painted
    pages.give_back(context)


def commitments(measures: int, officials: int = 3) -> tuple[pd.DataFrame, dict[str, str]]:
    """Rows of officials who signed so many measures: one alone is implemented, the rest most often not
    assessed. And titles of 400 letters."""
    titles = {str(n): f"Mesure {n} " + "au titre long " * 28 for n in range(1, measures + 1)}
    rare = itertools.cycle([*[Status.NOT_ASSESSED] * 9, *list(Status)[1:]])
    rows = [
        (f"s{who}", f"Ève Durand {who}", measure, next(rare))
        for who in range(officials)
        for measure in titles
    ]
    middle = len(rows) // 2
    rows[middle] = (*rows[middle][:3], Status.IMPLEMENTED)
    people, names, own, states = zip(*rows, strict=True)
    return table(1).iloc[[0] * len(rows)].assign(
        signatory_id=people,
        name=names,
        measure=own,
        status=[str(state) for state in states],
        since=pd.NaT,
        commune_name="Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson",
    ), titles


def of_colour(pixels: np.ndarray, colour: str) -> int:
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return int((pixels == wanted).all(axis=2).sum())


@pytest.mark.parametrize(
    ("measures", "width", "dark"),
    [*itertools.product(COUNTS, WIDTHS, [False]), (24, 340, True), (51, 340, True)],
)
def test_each_status_of_the_matrix_is_seen_in_proportion_to_its_cells(paint, measures, width, dark):
    rows, titles = commitments(measures, officials=3 if measures < 100 else 1)
    pixels, out = paint(charts.status_matrix(rows, titles, "fr", dark), width)
    assert not out
    cells = rows["status"].value_counts()
    seen = {each: of_colour(pixels, charts.status_colour(each, dark)) for each in Status}
    assert {each for each, count in seen.items() if count} == set(cells.index)
    # A sign takes a part of its cell; a square of the colour stands beside the count.
    each = {status: seen[status] / cells[status] for status in cells.index}
    common = each[Status.NOT_ASSESSED] if Status.NOT_ASSESSED in each else max(each.values())
    assert common >= 8 * 20
    for status, size in each.items():
        assert 0.45 * common <= size <= 1.6 * common + 100, (status, each)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("measures", (3, 12, 24, 51))
def test_no_words_of_a_cell_of_groups_reach_over_its_neighbours(paint, measures, width):
    titles = {str(n): f"Mesure {n}" for n in range(1, measures + 1)}
    crossed = pd.DataFrame(
        [
            (group, measure, due, due, share * due // 4, 0, share / 4, 1.0, due, due, 2.3, 5)
            for (group, due), measure in itertools.product(
                (("84", 400), ("11", 12), ("32", 3)), titles
            )
            for share in [int(measure) % 5]
        ],
        columns=[
            "region",
            "measure",
            "due",
            "assessed",
            "implemented",
            "partly",
            "rate_low",
            "coverage",
            "officials",
            "officials_assessed",
            "entries_per_assessed",
            "months_since_entry",
        ],
    )
    others = {name: 0 for name in CrossedRow._fields if name not in (*crossed, "group")}
    crossed = crossed.assign(**others)
    efforts = {group: "2,3 entrées lues par engagement évalué" for group in ("84", "11", "32")}
    figure = charts.matrix_groups(crossed, "region", {}, titles, "fr", efforts=efforts)
    pixels, out = paint(figure, width)
    assert not out
    full = [trace for trace in figure.traces if trace["marker"]["line"]["width"] == 1]
    for colour in {colour for trace in full for colour in np.atleast_1d(trace["marker"]["color"])}:
        assert of_colour(pixels, colour), colour
