"""`load --column` and `--sheet` of several sheets: what is said holds where it is meant."""

import io

import pytest
from click import BadParameter

from monitor import intake
from monitor.cli.load_columns import place_columns
from monitor.cli.load_options import name_whole, read_columns, read_contents
from monitor.errors import InvalidValue
from tests.support.whole_pacts import workbook

PEOPLE = [("Nom", "Ville", "Liste"), ("Aline Abrial", "Lille", "Lille vert")]
SHEETS = {"Élus": PEOPLE, "Isère": PEOPLE, "Suivi": [("Nom", "Mesure", "Date"), ("A", "1", "2026")]}
ALL = ("p.xlsx · Isère", "p.xlsx · Élus")
#: What is said -> the sheets where it holds, and those that the report names.
PLACED = {
    "Liste=": (ALL, ALL),
    "liste=list": (ALL, ALL),
    "Isère:Liste=": (ALL[:1], ()),
    "Isère · Liste=liste": (ALL[:1], ()),
    "p.xlsx · Élus:Liste=list": (ALL[1:], ()),
    "Date=signed_on": (("p.xlsx · Suivi",), ("p.xlsx · Suivi",)),
}


@pytest.fixture(scope="module")
def parts():
    data = io.BytesIO(workbook(SHEETS))
    return intake.sort_parts([("p.xlsx", data)], {"p.xlsx · Isère": "signatories"}).parts


@pytest.mark.parametrize(("option", "where"), PLACED.items())
def test_a_title_is_explained_in_one_sheet_or_in_all_that_have_it(parts, option, where):
    placed = place_columns(parts, read_columns(None, None, (option,)))
    held = {name for name, titles in placed.by_part.items() if titles}
    assert held == {*where[0]}
    assert {name for _, _, names in placed.placed for name in names} == {*where[1]}


@pytest.mark.parametrize("option", ["Lyste=", "Suivi:Liste=", "Nulle part:Liste="])
def test_a_title_that_no_sheet_has_is_refused(parts, option):
    with pytest.raises(InvalidValue, match="no_such_title"):
        place_columns(parts, read_columns(None, None, (option,)))


@pytest.mark.parametrize("options", [("I=signataires", "I=réponses"), ("I=mesures", "I=réponses")])
def test_one_table_may_hold_signatories_and_answers(options):
    assert read_contents(None, None, options) == {"I": "signatories"}


def test_a_sheet_that_is_said_to_hold_two_other_things_is_refused():
    with pytest.raises(BadParameter):
        read_contents(None, None, ("I=signataires", "I=mandats"))


#: What is said of sheets -> the content of each that is read, and what is refused as held twice.
SAID_OF_SHEETS = {
    (): ({"Isère": None, "Élus": "signatories", "Candidats": None}, ["Candidats"]),
    ("Élus=",): ({"Élus": None, "Candidats": "signatories"}, []),
    ("p.xlsx · Élus=mandats",): ({"Élus": "mandates", "Candidats": "signatories"}, []),
    ("Candidats=", "Isère="): ({"Élus": "signatories", "Isère": None}, []),
    ("*=answers", "Élus="): ({"Isère": "answers", "Candidats": "signatories"}, []),
}


@pytest.mark.parametrize(("options", "read"), SAID_OF_SHEETS.items(), ids=map(str, SAID_OF_SHEETS))
def test_what_is_said_of_a_sheet_goes_before_its_name(options, read):
    data = io.BytesIO(workbook({**SHEETS, "Candidats": PEOPLE}))
    contents = read_contents(None, None, options)
    named = name_whole(intake.sort_parts([("p.xlsx", data)]), contents)
    parts = intake.sort_parts([("p.xlsx", data)], named)
    found = {part.sheet: part.content for part in parts.parts}
    assert {sheet: found.get(sheet) for sheet in read[0]} == read[0]
    assert [name.rpartition(" · ")[2] for name, _ in parts.errors] == read[1]
    assert all(part.sheet not in [one.rstrip("=") for one in options] for part in parts.unnamed)


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are():
    parts = intake.sort_parts([("p.xlsx", io.BytesIO(workbook(SHEETS)))])
    with pytest.raises(InvalidValue) as refused:
        name_whole(parts, {"Elu": ""})
    assert "Isère" in refused.value.values["known"] and "Élus" in refused.value.values["known"]


#: The titles of a sheet called « Élus » -> whether it is one of signatories.
ELECTED = {
    ("Ville", "Maire élu(e)", "Liste"): False,
    ("Commune", "Vainqueur"): False,
    ("Ville", "Nom", "Liste"): True,
    ("Ville", "Nom", "Maire sortant"): True,
    ("Ville", "Élu·e"): True,
    ("Ville", "Maire"): True,
}


@pytest.mark.parametrize(("titles", "is_read"), ELECTED.items(), ids=map(str, ELECTED))
def test_a_sheet_of_who_was_elected_is_not_taken_for_who_signed(titles, is_read):
    rows = [titles, tuple(f"x{n}" for n, _ in enumerate(titles))]
    parts = intake.sort_parts([("p.xlsx", io.BytesIO(workbook({"Élus": rows})))])
    assert [part.content for part in parts.parts] == ["signatories"] * is_read
    assert parts.left_out == (() if is_read else ("p.xlsx · Élus",))
