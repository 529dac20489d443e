"""Of the columns of a table, the page asks only of those whose titles were refused."""

import pytest

from monitor.findings import RowError
from monitor.ui.team.refused_titles import refused_columns

TITLES = ["Ville", "Nom", "Humeur", "1. Un plan vélo", "2. Des arceaux", ""]


def refused(code: str, column: str = "", **values: str) -> RowError:
    return RowError(1, column, "", code, tuple(values.items()))


CASES = [
    ([], set()),
    ([refused("unknown_column", "Humeur")], {2}),
    ([refused("near_title", "2. Des arceaux")], {4}),
    ([refused("untitled_column", n="6"), refused("unknown_column", "Humeur")], {2, 5}),
    ([refused("answers_to_nothing", columns="1. Un plan ; vélo…", places="3 4")], {3, 4}),
    ([refused("missing_column", "commune")], set()),
    ([refused("no_known_title")], None),
]


@pytest.mark.parametrize(("errors", "places"), CASES)
def test_columns_that_are_read_are_not_asked_what_they_are(errors, places):
    assert refused_columns(errors, TITLES) == places
