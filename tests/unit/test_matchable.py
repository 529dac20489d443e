"""Of which signatories a register of mayors says anything."""

from types import SimpleNamespace

import pandas as pd
import pytest

from monitor.errors import MonitorError
from monitor.matching.scope import list_matchable, names_outside

NO_AREAS: dict[str, str] = {}


def signed(people: list[tuple]) -> pd.DataFrame:
    return pd.DataFrame(people, columns=["signatory_id", "name", "commune", "kind"])


def matchable(people: list[tuple], own: dict[str, str] = NO_AREAS, offices=("mayor",)) -> list[str]:
    pact = SimpleNamespace(id="p", title="Pacte", binding_offices=offices)
    signatories = signed(people)
    areas = pd.DataFrame(list(own.items()), columns=["code", "name"])
    return [one.id for one in list_matchable(pact, signatories, areas)]


ROY, LIST = ("roy", "Ève Roy", "66023", None), ("list", "Ensemble", "66023", "list")
ABROAD = ("tremblay", "Luc Tremblay", "QC-1", "person")


def test_people_who_signed_in_communes_of_the_reference_are_looked_for():
    assert matchable([ROY, LIST, ABROAD]) == ["roy"]


def test_whoever_is_not_looked_for_is_named():
    pact = SimpleNamespace(id="p", title="Pacte", binding_offices=("mayor",))
    everybody = signed([ROY, LIST, ABROAD, ("cho", "Zoé Cho", "75111", None)])
    inside = list_matchable(pact, everybody, pd.DataFrame([], columns=["code", "name"]))
    assert names_outside(everybody, inside) == ["Ensemble", "Luc Tremblay", "Zoé Cho"]


def test_a_commune_whose_row_a_pact_completes_is_still_that_commune():
    assert matchable([ROY], {"66023": "BOULETERNÈRE"}) == ["roy"]


@pytest.mark.parametrize(
    ("people", "own", "offices", "code"),
    [
        ([], {}, ("mayor",), "no_signatory"),
        ([ROY], {}, ("deputy_mayor",), "register_office"),
        ([LIST], {}, ("mayor",), "register_people"),
        ([ABROAD], {"QC-1": "Québec"}, ("mayor",), "register_places"),
        ([ROY], {"66023": "Montréal"}, ("mayor",), "register_places"),
    ],
)
def test_a_pact_that_a_register_says_nothing_of_is_told_why(people, own, offices, code):
    with pytest.raises(MonitorError, match=code):
        matchable(people, own, offices)
