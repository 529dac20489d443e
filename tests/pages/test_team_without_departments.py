"""A pact in which nobody belongs to a department: *Équipe* says why there is none to look after."""

import pytest

from monitor.models import Role
from tests.support.app import open_page, words
from tests.support.shapes import load_shape
from tests.support.team import people_of

WHY = "dans ce pacte, personne n’est rattaché à un département"


@pytest.mark.parametrize("shape", ["partis-329-mesures", "candidats-et-reponses"])
def test_where_there_is_no_department_the_page_of_the_team_says_so(store, browser_of, shape):
    pact = load_shape(store, shape)
    browser_of(people_of(store)[Role.ADMIN])
    app = open_page("equipe", pacte=pact)
    assert not app.exception
    has_choice = any("_departments_" in str(one.key) for one in app.multiselect)
    assert (WHY in words(app)) is not has_choice
    assert has_choice is (shape != "partis-329-mesures")
