"""Offices of a pact's own: what pact.toml says of them, what files call them, and how they bind."""

from datetime import date

import pytest

from monitor import commands, indicators, intake, status
from monitor.commands.loading import file_in_memory
from monitor.export.files import pact_as_dict
from monitor.models import GroupBy
from monitor.offices import office_title
from monitor.snapshot import Snapshots
from monitor.store.journal import verify
from monitor.store.pacts_and_areas import current_pact
from tests.support.clock import NOW
from tests.support.pacts import GOOD, another, load
from tests.support.whole_pacts import PACT, load_sheets, refusals

BOUND = 'binding_offices = ["mayor"]'
PRESIDENT = """[[offices]]
code = "president"
title_fr = "président de région"
title_fr_f = "présidente de région"
title_en = "president of the region"
binding = true
level = "region"
"""
DIRECTOR = """[[offices]]
code = "director"
title_fr = "directeur"
title_fr_f = "directrice"
"""
SIGNED = "signatory_id,name,commune,outcome\nx,X Y,01004,unknown\n"
HEADER = "signatory_id,office,started_on\n"


def with_offices(text: str, *offices: str, bound: str = "") -> str:
    return text.replace(f"{BOUND}", bound).replace(
        "[[measures]]", f"{''.join(offices)}[[measures]]", 1
    )


def load_rows(store, content: str, text: str):
    return commands.load(
        store, content, file_in_memory(text), pact_id="other", name="f.csv", now=NOW
    )


@pytest.mark.sqlite
@pytest.mark.parametrize("word", ["depute", "Député", "députée", "MP", "maire"])
def test_a_sheet_names_the_offices_that_a_pact_addresses_in_words(empty, word):
    sheets = {
        "Pacte": [row if row[0] != "Fonctions engagées" else (row[0], word) for row in PACT],
        "Fonctions": [
            ("Code", "Titre", "Titre au féminin", "Titre en anglais"),
            ("depute", "député", "députée", "MP"),
        ],
        "Mesures": [("N°", "Demande"), ("1", "Créer une piste")],
    }
    whole = load_sheets(empty, sheets)
    assert whole.loaded, refusals(whole)
    with empty.reading() as session:
        pact = current_pact(session, "velo-2026")
    assert pact and pact[1].binding_offices == ("mayor" if word == "maire" else "depute",)


@pytest.mark.parametrize(
    ("offices", "code", "column"),
    [
        (PRESIDENT.replace('"president"', '"mayor"', 1), "duplicate_office", "offices[1].code"),
        (PRESIDENT * 2, "duplicate_office", "offices[2].code"),
        (
            f'[[offices]]\ncode = "chief"\ntitle_fr = "President"\n{PRESIDENT}',
            "office_title_taken",
            "offices[2].code",
        ),
        (PRESIDENT.replace('"president"', '"présidente"', 1), "malformed_id", "offices[1].code"),
        (
            PRESIDENT.replace("président de région", "Maire"),
            "office_title_taken",
            "offices[1].title_fr",
        ),
        (PRESIDENT.replace("title_", "titre_"), "unknown_key", "offices[1].titre_fr"),
        (PRESIDENT.replace("= true", '= "oui"'), "wrong_type", "offices[1].binding"),
        ('[[offices]]\ncode = "president"\nbinding = true\n', "missing_key", "offices[1].title_fr"),
        (DIRECTOR, "no_binding_office", "offices"),
    ],
)
def test_what_an_office_cannot_be_is_named(offices, code, column):
    _, errors = intake.read_pact(with_offices(GOOD, offices).encode())
    assert (code, column) in [(error.code, error.column) for error in errors]


def test_an_office_binds_by_its_own_word_or_by_the_list_of_the_pact():
    text, _ = intake.read_pact(with_offices(GOOD, PRESIDENT, DIRECTOR).encode())
    listed, _ = intake.read_pact(
        with_offices(GOOD, DIRECTOR, bound='binding_offices = ["director", "mayor"]').encode()
    )
    assert text is not None and text.binding_offices == ("president",) and text.offices_said
    assert listed is not None and listed.binding_offices == ("director", "mayor")


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [
        ("president", "président(e) de région", "president of the region"),
        ("director", "directeur ou directrice", "directeur or directrice"),
        ("mayor", "maire", "mayor"),
        ("", "fonction non connue", "office not known"),
    ],
)
def test_an_office_is_called_by_both_its_titles_in_each_language(code, french, english):
    pact, _ = intake.read_pact(with_offices(GOOD, PRESIDENT, DIRECTOR).encode())
    assert pact is not None
    assert [office_title(pact, code, lang) for lang in ("fr", "en")] == [french, english]


@pytest.mark.parametrize(
    "word", ["president", "Présidente de région", "PRESIDENT DE REGION", "President of the Region"]
)
def test_a_file_calls_an_office_by_its_code_or_any_of_its_titles(store, word):
    assert load(store, with_offices(another(), PRESIDENT)).loaded
    assert load_rows(store, "signatories", SIGNED).loaded
    assert load_rows(store, "mandates", f"{HEADER}x,{word},2014-04-05\n").loaded
    known = status.what_is_known(Snapshots(store).current().log("other"))
    table = status.fold(known, date(2015, 1, 1))
    assert table["binding"].all() and set(table["office"]) == {"president"}
    groups = indicators.indicator_table(table, GroupBy.OFFICE)
    assert groups["group"].tolist() == ["president"]
    with store.reading() as session:
        assert verify(session).intact


def test_an_office_that_the_pact_has_not_is_refused_with_those_that_it_has(store):
    load(store, with_offices(another(), PRESIDENT))
    load_rows(store, "signatories", SIGNED)
    (error,) = load_rows(store, "mandates", f"{HEADER}x,roi,2014-04-05\n").errors
    assert error.code == "unknown_office"
    assert "[[offices]]" in intake.error_sentence(error, "en")
    assert "président de région (president), maire (mayor)" in intake.error_sentence(error, "fr")


def test_an_office_with_mandates_is_not_taken_away(store):
    load(store, with_offices(another(), PRESIDENT))
    load_rows(store, "signatories", SIGNED)
    load_rows(store, "mandates", f"{HEADER}x,president,2014-04-05\n")
    assert [error.code for error in load(store, another()).errors] == ["office_removed"]


def test_the_offices_of_a_pact_come_back_from_its_export(store):
    load(store, with_offices(another(), PRESIDENT, DIRECTOR))
    with store.reading() as session:
        found = current_pact(session, "other")
    assert found is not None
    _, pact = found
    import tomli_w

    assert intake.read_pact(tomli_w.dumps(pact_as_dict(pact)).encode()) == (pact, [])


def test_each_office_has_a_level_within_which_it_is_compared():
    pact, _ = intake.read_pact(with_offices(GOOD, PRESIDENT, DIRECTOR).encode())
    assert pact is not None
    levels = [pact.level_of(code) for code in ("mayor", "president", "director")]
    assert levels == ["commune", "region", None]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (["region"], []),
        (["national", "national"], []),
        (["natoinal"], [("level_near", "natoinal", "national")]),
        (["National", "national"], [("level_near", "National", "national")]),
        (["département"], [("level_near", "département", "department")]),
        (["galactic"], [("level_alone", "galactic", None)]),
        (["galactic", "galactic"], []),
        (["galactic", "galactic", "galactik"], [("level_near", "galactik", "galactic")]),
        (["galactik", "galactic", "galactic"], [("level_near", "galactik", "galactic")]),
        (["state", "estate"], [("level_alone", "state", None), ("level_near", "estate", "state")]),
        (["europe"], []),
        (["Europe"], [("level_near", "Europe", "europe")]),
    ],
)
def test_a_level_that_is_another_one_misspelt_or_nobody_elses_is_doubted(store, levels, expected):
    """The log has a pact whose offices are of the level « europe »."""
    first = PRESIDENT.replace('"region"', '"europe"')
    assert load(store, with_offices(another(), first).replace('"other"', '"first"')).loaded
    offices = [
        PRESIDENT.replace('"region"', f'"{level}"')
        .replace('"president"', f'"p{n}"')
        .replace('"présid', f'"{n} présid')
        .replace('"president of', f'"{n} president of')
        for n, level in enumerate(levels)
    ]
    report = load(store, with_offices(another(), *offices))
    assert report.loaded
    doubts = [one for one in report.doubts if one.code.startswith("level")]
    found = [(one.code, one.value, dict(one.values).get("wanted")) for one in doubts]
    assert found == expected
    for one in doubts:
        assert "intercommunal" in intake.error_sentence(one, "fr")
