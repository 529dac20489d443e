"""A commune that was joined to another since: who signed there is read as of the new one, which is said
with how to keep to the former one."""

import pytest

from monitor import intake
from monitor.snapshot import Snapshots
from monitor.status import what_is_known
from tests.support.loading import PACT, load

AREAS = (
    "code,name,department_code,department,region_code,region\n"
    "01205,Lancrans,01,Ain,84,Auvergne-Rhône-Alpes\n"
)
PEOPLE = "signatory_id,name,commune,outcome\nn,Luc Neuf,{},elected\n"


def place_of(store) -> tuple[str, str]:
    people = what_is_known(Snapshots(store).current().log(PACT)).signatories
    return tuple(people.loc[people["signatory_id"] == "n", ["commune", "commune_name"]].iloc[0])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("01205", "retired_commune"),
        ("Lancrans", "renamed_commune"),
        ("Lancrans (01)", "renamed_commune"),
    ],
)
def test_who_signed_in_a_former_commune_is_said_to_be_read_as_of_the_present_one(
    store, written, code
):
    report = load(store, PEOPLE.format(written), "signatories")
    (doubt,) = [one for one in report.doubts if one.column == "commune"]
    assert report.loaded and doubt.code == code
    assert all("areas.csv" in intake.error_sentence(doubt, lang) for lang in ("fr", "en"))
    assert place_of(store) == ("01033", "Valserhône")


def test_what_is_said_then_keeps_them_to_the_former_one(store):
    assert load(store, PEOPLE.format("Lancrans"), "signatories").loaded
    assert load(store, AREAS, "areas").loaded
    report = load(store, PEOPLE.format("01205"), "signatories", newer=True)
    assert report.loaded and [one.code for one in report.doubts] == ["other_commune"]
    assert place_of(store) == ("01205", "Lancrans")


def test_the_name_alone_may_mean_either_then_and_both_are_named_with_their_codes(store):
    load(store, AREAS, "areas")
    (error,) = load(store, PEOPLE.format("Lancrans"), "signatories").errors
    assert error.code == "several_communes"
    assert "01205 (Lancrans, Ain)" in intake.error_sentence(error, "fr")
