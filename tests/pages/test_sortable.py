"""Tables of figures sort as numbers and show the same words."""

import numpy as np
import pandas as pd
import pytest

from monitor import commands
from monitor.ui.figures import PLAIN_ROWS
from monitor.ui.sortable import LEAST, numbers_of, sortable_table
from tests.support.app import open_page


def shown(styler) -> list[list[str]]:
    made = styler._translate(sparse_index=False, sparse_cols=False)
    return [[cell["display_value"] for cell in row if cell["type"] == "td"] for row in made["body"]]


@pytest.mark.parametrize(
    ("lang", "cells", "numbers"),
    [
        (
            "fr",
            ["12 / 30 (40\u202f%)", "9 / 10 (90\u202f%)", "1\u202f204 / 2\u202f000"],
            [12, 9, 1204],
        ),
        ("en", ["12 / 30 (40%)", "9 / 10", "1,204 / 2,000"], [12, 9, 1204]),
        (
            "fr",
            ["40\u202f% [10\u202f% – 60\u202f%]", "5\u202f% [0\u202f% – 9\u202f%]", "–"],
            [40, 5, LEAST],
        ),
        ("fr", ["12,5\u202f%", "100\u202f%", ""], [12.5, 100, LEAST]),
        ("en", ["40% · 2 / 5", "1 / 4, 3 assessed", "100%"], [40, LEAST, 100]),
        ("fr", ["3", "12", "moins de 5", "5"], [3, 12, 4.999999, 5]),
        ("fr", ["Rhône", "12"], None),
        ("fr", ["la mesure 1", "le vote 2"], None),
        (
            "fr",
            ["au moins 9\u202f%, au plus 50\u202f%", "au moins 12\u202f%, au plus 20\u202f%"],
            [9, 12],
        ),
        ("en", ["at least 1 / 4", "at least 12%, at most 20%", "at least –"], [LEAST, 12, LEAST]),
        ("fr", ["–", ""], None),
    ],
)
def test_a_column_of_numbers_in_words_is_known(lang, cells, numbers):
    found = numbers_of(cells, lang)
    if numbers is None:
        assert found is None
    else:
        assert np.allclose(np.maximum(found, -1e9), np.maximum(numbers, -1e9), atol=1e-3)
        assert not np.isnan(found).any()


def test_a_browser_takes_every_number_that_stands_for_words():
    """Streamlit shows its own text in the place of a number beyond 2**53."""
    cells = ["au moins 5\u202f%", "au moins 9\u202f%", "0 sur 1", "0 sur 2", "1 sur 3", "–", ""]
    found = numbers_of(cells, "fr")
    assert np.abs(found).max() < 2**53 and len(set(found)) == len(cells)
    assert (found[2:] < 0).all() and (found[:2] > 0).all()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_shown_stays_word_for_word(lang):
    mark = "\u202f%" if lang == "fr" else "%"
    table = pd.DataFrame(
        {
            "Groupe": ["b", "a", "c", "d"],
            "n": ["3 (1)", "3 (0)", "12 (2)", "3 (1)"],
            "part": [f"40{mark}", "1 / 4", f"9{mark}", "2 / 3"],
        }
    )
    styler = sortable_table(table, lang)
    assert shown(styler) == table.to_numpy().tolist()
    assert styler.data["n"].sort_values().index[-1] == 2
    assert styler.data["part"].sort_values().index.to_list() == [1, 3, 2, 0]


def test_days_sort_as_days():
    days = list(pd.to_datetime(["2014-04-05", "2014-12-01", "2015-01-02"]))
    table = pd.DataFrame(
        {"Jour": ["5 avril 2014", "1er décembre 2014", "2 janvier 2015"], "n": ["1", "2", "10"]}
    )
    styler = sortable_table(table, "fr", days)
    assert styler.data["Jour"].is_monotonic_increasing and styler.data["n"].to_list() == [1, 2, 10]
    assert shown(styler) == table.to_numpy().tolist()


@pytest.mark.usefixtures("browser_of")
def test_the_long_tables_of_pages_hold_numbers(empty):
    commands.load_demo(empty, signatories=900, seed=2)
    app = open_page("analyses", par="department")
    app.session_state["_groups_table"] = app.session_state["_crossed_department"] = True
    app.run()
    frames = [one.value for one in app.dataframe]
    assert any(len(frame) > PLAIN_ROWS for frame in frames)
    for frame in frames:
        kinds = [frame[name].dtype.kind for name in frame.columns[1:] if name != "Effort"]
        assert kinds and set(kinds) <= set("fi"), frame.dtypes
