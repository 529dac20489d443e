"""The workbook to fill in: what it offers, and what becomes of it once it is filled in."""

import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from monitor import areas
from monitor.export.example_rows import example_row
from monitor.export.pact_toml import pact_toml
from monitor.export.pact_workbook import SHEETS, pact_workbook
from monitor.export.workbook_lists import commune_labels
from monitor.i18n import LANGUAGES, text
from monitor.intake import Communes
from monitor.intake.pact import parse_pact
from monitor.intake.part_names import title_of_sheet
from monitor.intake.titles import TITLED, column_of
from monitor.schema import FIELDS, FILES, Type
from monitor.snapshot import Snapshots
from monitor.store import open_store
from tests.support.whole_pacts import load_files, refusals
from tests.support.workbooks import workbook_bytes

KEYS = {
    "id": "velo",
    "title": "Pacte vélo",
    "promoter": "Une association",
    "election": "Municipales",
    "election_on": date(2026, 3, 22),
    "term_start": date(2026, 3, 22),
    "term_end": date(2032, 3, 21),
    "language": "fr",
    "fictional": True,
    "binding_offices": ["mayor"],
}
OWN = [{"code": "mp", "title_fr": "député", "title_en": "MP", "level": "national", "binding": True}]
#: By sheet, cells under the titles of the columns.
FILLED = {
    "measures": [{"id": 1, "wording": "Créer des pistes", "title_fr": "Pistes", "theme": "Rouler"}],
    "signatories": [
        {"name": "Aline Abrial", "commune": "Saint-Denis (93)", "outcome": "élue"},
        {"name": "Basile Brun", "commune": "Lille (59)", "outcome": "élu(e)", "kind": "personne"},
    ],
    "answers": [{"signatory_id": "Aline Abrial", "measure": 1, "answer": "oui"}],
    "mandates": [
        {"signatory_id": "Aline Abrial", "office": "maire", "started_on": date(2026, 3, 28)}
    ],
    "actions": [
        {
            "signatory_id": "Aline Abrial",
            "measure": 1,
            "happened_on": "avril 2026",
            "status": "Décidé",
            "source_kind": "presse",
            "source_url": "www.exemple.fr/1",
        }
    ],
}


@pytest.fixture(scope="module")
def empty() -> bytes:
    return pact_workbook("fr", keys=KEYS)


@pytest.fixture(scope="module")
def filled() -> bytes:
    """The workbook of a pact of places of its own: no list of communes, which takes long to read."""
    content = pact_workbook("fr", keys=KEYS, own_areas=True)
    book = load_workbook(io.BytesIO(content))
    for name, rows in FILLED.items():
        write(book, name, rows)
    return workbook_bytes(book)


def write(book, name: str, rows: list[dict]) -> None:
    """Put rows under the example of a sheet."""
    sheet = book[title_of_sheet(name, "fr")]
    places = {column_of(name, cell.value): cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, start=3):
        for column, value in row.items():
            sheet.cell(number, places[column], value)


@pytest.fixture
def store(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'monitor.db'}")
    store.create()
    return store


def test_a_filled_workbook_is_a_whole_pact_and_its_examples_are_left_aloud(filled, store):
    whole = load_files(store, {"pacte.xlsx": filled})
    assert refusals(whole) == [] and whole.loaded and whole.left_out == ()
    examples = [one.code for report in whole.reports for one in report.doubts]
    assert examples.count("example_row") == len(SHEETS) - 2
    log = Snapshots(store).current().log("velo")
    assert len(set(log.signatories.signatory_id)) == 2 and len(log.actions.seq) == 1


def test_pact_toml_and_the_workbook_say_the_same(filled, store):
    toml = pact_toml(KEYS, [], "fr").encode()
    data, errors = parse_pact(toml)
    assert not errors and data == KEYS
    assert load_files(store, {"pact.toml": toml, "pacte.xlsx": filled}).loaded


def test_a_pact_of_offices_and_places_of_its_own_needs_no_other_file(store):
    keys = {name: value for name, value in KEYS.items() if name != "binding_offices"}
    book = load_workbook(
        io.BytesIO(pact_workbook("fr", keys={**keys, "areas": "own"}, offices=OWN, own_areas=True))
    )
    assert {column_of("offices", cell.value) for cell in book["Fonctions"][1]} == set(
        TITLED["offices"]
    )
    assert "député" in {cell.value for row in book["Listes"].iter_rows() for cell in row}
    write(book, "measures", FILLED["measures"])
    write(book, "areas", [{"code": "C1", "name": "Première circonscription"}])
    write(book, "signatories", [{"name": "Aline Abrial", "commune": "première circonscription"}])
    mandate = {"signatory_id": "Aline Abrial", "office": "Député", "started_on": "22/03/2026"}
    write(book, "mandates", [mandate])
    whole = load_files(store, {"pacte.xlsx": workbook_bytes(book)})
    assert refusals(whole) == [] and whole.loaded


#: What a pact says of its places, and the example of one then.
PLACES = [
    ({"place_fr": "région", "place_en": "region"}, {"fr": "Région 1", "en": "Region 1"}),
    ({"place_fr": "conseil"}, {"fr": "Conseil 1", "en": "Harbour district"}),
    ({}, {"fr": "Quartier du port", "en": "Harbour district"}),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("facts", "place"), PLACES, ids=["region", "conseil", "lieu"])
def test_a_pact_without_communes_is_filled_in_without_the_word(facts, place, lang):
    keys = {**KEYS, **facts, "areas": "own"}
    book = load_workbook(io.BytesIO(pact_workbook(lang, keys=keys, offices=OWN, own_areas=True)))
    cells = {}
    for content in ("signatories", "mandates", "areas"):
        sheet = book[title_of_sheet(content, lang)]
        for title, example in zip(sheet[1], sheet[2], strict=True):
            cells[content, column_of(content, title.value)] = example.value
            if (
                column_of(content, title.value) == "end_reason"
            ):  # one of which is a merger of communes
                continue
            said_of_it = f"{title.value} {title.comment.text} {example.value}".lower()
            assert not re.search(r"commune|saint-denis|\bmaire\b|mayor", said_of_it), said_of_it
    assert place[lang] in cells["signatories", "commune"]
    assert cells["areas", "name"] == cells["signatories", "commune"]
    assert cells["mandates", "office"].endswith(OWN[0][f"title_{lang}"])


def test_a_cell_that_is_left_of_an_example_is_refused(filled, store):
    book = load_workbook(io.BytesIO(filled))
    sheet = book["Signataires"]
    sheet.cell(2, 1, "Zoé Zola")
    whole = load_files(store, {"pacte.xlsx": workbook_bytes(book)})
    assert {code for *_, code in refusals(whole)} == {"example_cell"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_title_is_read_as_its_column_and_every_example_is_told_from_data(lang):
    book = load_workbook(io.BytesIO(pact_workbook(lang, offices=OWN, own_areas=True)))
    for content in SHEETS:
        sheet = book[title_of_sheet(content, lang)]
        assert sheet.freeze_panes
        # Printed, all columns stand on one page, under their titles.
        assert sheet.page_setup.fitToHeight == 0 and sheet.print_title_rows == "$1:$1"
        if content == "pact":
            continue
        columns = [column_of(content, cell.value) for cell in sheet[1]]
        assert sorted(columns) == sorted(TITLED[content])
        assert all(cell.comment for cell in sheet[1])
        if content in FILES:
            required = {one.name for one in FIELDS if one.file == content and one.required}
            assert required <= set(example_row(content, lang))


def test_a_list_is_offered_for_every_column_of_codes_people_and_places(empty):
    book = load_workbook(io.BytesIO(empty))
    assert book["Listes"].sheet_state == "hidden"
    for file in FILES:
        sheet = book[title_of_sheet(file, "fr")]
        offered = {
            str(cells).split(":")[0]
            for rule in sheet.data_validations.dataValidation
            for cells in rule.sqref.ranges
        }
        for cell in sheet[2]:
            title = sheet.cell(1, cell.column).value
            (field,) = [
                one for one in FIELDS if one.file == file and one.name == column_of(file, title)
            ]
            # Places are chosen from the sheet of places, or from the communes.
            chosen = (Type.CODE, Type.OFFICE, Type.COMMUNE, Type.SIGNATORY, Type.MEASURE)
            assert (cell.coordinate in offered) == (field.type in chosen)
        assert all(len(rule.formula1) < 255 for rule in sheet.data_validations.dataValidation)


def test_every_commune_is_meant_by_its_label():
    communes = Communes(areas.insee_areas(), areas.retired_codes())
    order = areas.sort_areas(areas.insee_areas()).index
    labels = commune_labels()
    assert len(labels) == len(order)
    odd = [n for n, label in enumerate(labels) if "(98" in label or ") (" in label]
    for place in [*range(0, len(labels), 97), *odd]:
        assert communes.commune_meant(labels[place]).code == order[place]


def test_the_workbook_is_whole_xml_with_names_that_a_spreadsheet_takes(empty):
    with zipfile.ZipFile(io.BytesIO(empty)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                ElementTree.fromstring(archive.read(name))
    assert all(len(title_of_sheet(one, lang)) <= 31 for one in SHEETS for lang in LANGUAGES)
    assert text("sheet.lists", "fr") in load_workbook(io.BytesIO(empty)).sheetnames
