"""The exports judged by others: Datasette opens the SQLite file, Frictionless checks the package."""

import asyncio
import csv
import json
import re

import pytest

from monitor import commands, export
from monitor.export import fields
from monitor.i18n import LANGUAGES, catalogue
from monitor.schema import FIELDS

PACT = "mouves-2014"


@pytest.fixture
def package(store, tmp_path):
    export.publish_pact(store, PACT, tmp_path / "out", "datapackage")
    return tmp_path / "out"


def checked(descriptor: str):
    """What Frictionless says of a package."""
    import frictionless

    return frictionless.validate(descriptor)


def test_datasette_shows_titles_descriptions_and_units_and_searches_without_accents(
    store, tmp_path
):
    from datasette.app import Datasette

    out = tmp_path / "out"
    export.publish_pact(store, PACT, out, "sqlite")
    metadata = json.loads((out / "metadata.json").read_text("utf-8"))
    served = Datasette([str(out / f"{PACT}.db")], metadata=metadata)

    async def pages():
        await served.invoke_startup()
        addresses = (
            f"/{PACT}/commitments",
            f"/{PACT}/indicators",
            f"/{PACT}/actions.json?_search=trophees&_shape=array",
            "/",
        )
        return [await served.client.get(address) for address in addresses]

    commitments, indicators, found, home = asyncio.run(pages())
    assert "Où en est chaque engagement" in commitments.text
    assert "statut au jour de la vue — status on the day of the view" in commitments.text
    assert "Le Pacte du Mouves" in home.text
    assert "arrondi à 4 décimales" in indicators.text
    assert "share" in indicators.text and "commitment" in indicators.text
    assert len(found.json()) == 6
    assert all("roph" in json.dumps(row, ensure_ascii=False) for row in found.json())


def test_the_package_of_the_packaged_pact_is_valid(package):
    report = checked(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("actions.csv", b'"decided"', b'"decidee"'),
        ("mandates.csv", b'"collomb-lyon"', b'"nobody-there"'),
        ("commitments.csv", b'"2020-07-05"', b'"05/07/2020"'),
    ],
)
def test_a_package_with_a_wrong_cell_is_not_valid(package, name, before, after):
    path, descriptor = package / name, package / "datapackage.json"
    path.write_bytes(path.read_bytes().replace(before, after, 1))
    assert not checked(str(descriptor)).valid
    # Nor without the hash that gives any change away: it is the schema that tells.
    described = json.loads(descriptor.read_text("utf-8"))
    for resource in described["resources"]:
        del resource["hash"], resource["bytes"]
    descriptor.write_text(json.dumps(described), "utf-8")
    found = {row[0] for row in checked(str(descriptor)).flatten(["type"])}
    assert found and found <= {"constraint-error", "foreign-key", "type-error"}


def test_the_package_of_a_demo_is_valid(empty, tmp_path):
    commands.load_demo(empty, signatories=60)
    export.publish_pact(empty, "demo", tmp_path / "out", "datapackage")
    report = checked(str(tmp_path / "out/datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])


def test_the_dictionary_has_every_column_of_every_file(package):
    with (package / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        described = {(row["file"], row["column"]) for row in csv.DictReader(file)}
    there = set()
    for path in package.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            there |= {(path.name, column) for column in next(csv.reader(file))}
    assert described == there


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("table", fields.TABLES)
def test_every_column_has_a_title_and_a_description(table, lang):
    assert fields.table_title(table, lang) and fields.table_description(table, lang)
    for field in fields.TABLES[table]:
        assert fields.title_of_column(field.name, lang) and fields.describe_column(
            table, field.name, lang
        )
        assert field.unit is None or field.unit in fields.UNITS


def test_a_description_that_a_table_has_of_its_own_is_about_a_column_of_it():
    columns = {
        f"{fields.table_family(table)}_{field.name}"
        for table, found in fields.TABLES.items()
        for field in found
    } | {field.name for found in fields.TABLES.values() for field in found}
    elsewhere = {field.name for field in (*fields.OF_THE_LOG, *fields.VIEW)}
    elsewhere |= {field.name for field in FIELDS if field.private}  # what files may hold
    named = {key.partition(".")[2] for key in catalogue("fr") if key.startswith("dictionary.")}
    assert named - elsewhere <= columns
    titled = {key.partition(".")[2] for key in catalogue("fr") if key.startswith("column_title.")}
    tabled = {field.name for found in fields.TABLES.values() for field in found}
    assert titled == tabled | elsewhere


#: What tells of everybody on the list of a pact, also of those who answered no, or nothing.
OF_EVERYBODY = (
    *("table_help.export", "table_help.pact", "table_help.signatories", "table_help.signed_areas"),
    *("api.signatories", "api.mandates", "api.signed_areas", "data.record_help"),
    *("dictionary.signatories_kind", "dictionary.commitments_kind", "dictionary.election"),
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", OF_EVERYBODY)
def test_files_do_not_say_of_everybody_that_they_signed(key, lang):
    told = str(catalogue(lang)[key])
    signed = re.search({"fr": r"\bsigné", "en": r"\bsigned"}[lang], told)
    assert not signed or re.search({"fr": r"répond", "en": r"\banswered"}[lang], told), told
