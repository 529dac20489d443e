"""Themes that a table of measures writes once, above the measures that they are of."""

import pytest

from monitor.intake.carried_themes import carry_themes

#: The themes of some rows -> what they are read as.
WRITTEN = {
    "once a block": (["Vélo", "", "", "Rue", ""], ["Vélo", "Vélo", "Vélo", "Rue", "Rue"]),
    "on every row": (["Vélo", "Vélo", "Rue"], ["Vélo", "Vélo", "Rue"]),
    "again below another": (["Vélo", "", "Rue", "Vélo"], ["Vélo", "", "Rue", "Vélo"]),
    "one for some of all": (["Vélo", "", ""], ["Vélo", "", ""]),
    "none at first": (["", "Vélo", "", "Rue"], ["", "Vélo", "", "Rue"]),
    "none": (["", ""], ["", ""]),
}


@pytest.mark.parametrize(("themes", "read"), WRITTEN.values(), ids=WRITTEN)
def test_a_theme_written_once_is_that_of_the_measures_below_it(themes, read):
    rows = [{"theme": one} if one else {} for one in themes]
    assert carry_themes(rows) == sum(one != other for one, other in zip(themes, read, strict=True))
    assert [one.get("theme", "") for one in rows] == read


def test_the_part_of_a_measure_keeps_the_theme_of_that_measure():
    rows = [{"id": "1", "theme": "Vélo"}, {"id": "2", "theme": "Rue"}, {"id": "1a", "parent": "1"}]
    assert carry_themes(rows) == 0 and "theme" not in rows[2]
