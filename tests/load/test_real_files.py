"""The loader on files of other programmes and of the national register, as they are."""

import csv
import io
from collections import Counter
from datetime import date

import pytest

from monitor import areas, intake
from monitor.intake import Context
from tests.support.real_files import real

CONTEXT = Context(
    today=date(2026, 3, 2),
    measures=["1"],
    areas=areas.communes(),
    retired=areas.retired_codes(),
    election_on=date(2014, 3, 30),
)
CITIES = "real-cases/anct_action_coeur_de_ville_2024.csv"
COVENANT = "real-cases/gcom_mycovenant_signataires_fr_2024.csv"


def rows(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def read(table: list[dict], kind: str, context: Context = CONTEXT) -> list[intake.Row]:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(table[0]))
    writer.writeheader()
    writer.writerows(table)
    return list(intake.read_file(io.BytesIO(out.getvalue().encode()), kind, context))


@pytest.mark.parametrize("path", [CITIES, COVENANT])
def test_another_programme_s_file_is_refused_by_the_names_of_its_columns(path):
    (row,) = intake.read_file(io.BytesIO(real(path)), "signatories", CONTEXT)
    assert row.unreadable
    assert {error.code for error in row.errors} <= {
        "no_known_title",
        "unknown_column",
        "missing_column",
        "duplicate_column",
    }
    assert "identifiant" in intake.error_sentence(row.errors[0], "fr")


def test_cities_with_dates_in_the_french_form_are_taken_as_signatories():
    table = [
        {
            "signatory_id": f"acv-{n}",
            "name": city["lib_com"],
            "commune": city["insee_com"],
            "signed_on": city["date_signature"],
        }
        for n, city in enumerate(rows(real(CITIES)))
    ]
    found = read(table, "signatories")
    assert len(found) == 245
    refused = Counter(error.code for row in found for error in row.errors)
    assert set(refused) <= {"retired_commune", "unknown_commune"}
    assert sum(not row.errors for row in found) >= 240
    assert found[0].values[3] == "2018-09-28"


def test_accents_that_were_damaged_before_the_file_was_made_are_taken_as_they_are():
    table = [
        {"signatory_id": f"acv-{n}", "name": city["lib_acv"], "commune": city["insee_com"]}
        for n, city in enumerate(rows(real(CITIES)))
    ]
    found = read(table, "signatories")
    assert "mojibake" not in {error.code for row in found for error in row.errors}
    assert sum("Ã" in row.values[1] for row in found if not row.errors) > 20


def test_na_is_not_a_number():
    table = [
        {"code": f"x{n}", "name": city["lib_com"], "population": city["actions_livrees"]}
        for n, city in enumerate(rows(real(CITIES)))
    ]
    found = read(table, "areas")
    assert any(error.code == "not_a_number" for row in found for error in row.errors)
    assert any(not row.errors for row in found)


def mandates(path: str) -> list[dict]:
    return [
        {"signatory_id": f"m{n}", "office": "mayor", "started_on": mayor["date_debut_fonction"]}
        for n, mayor in enumerate(rows(real(path)))
        if mayor["date_debut_fonction"]
    ]


@pytest.mark.parametrize("path", ["rne/maires_2019-10_rne.csv.gz", "rne/maires_2020-12_rne.csv.gz"])
def test_years_typed_as_0018_in_the_register_are_reported_and_not_guessed(path):
    table = mandates(path)
    context = Context(today=date(2026, 3, 2), signatories={row["signatory_id"] for row in table})
    refused = [error for row in read(table, "mandates", context) for error in row.errors]
    assert {error.code for error in refused} == {"year_out_of_range"}
    assert 0 < len(refused) < 100


def test_mayors_who_start_in_the_future_are_refused():
    table = mandates("rne/maires_2026_df1.1.0.csv.gz")
    context = Context(today=date(2026, 10, 1), signatories={row["signatory_id"] for row in table})
    refused = [error for row in read(table, "mandates", context) for error in row.errors]
    assert "future_date" in {error.code for error in refused}


def test_every_commune_of_the_register_of_2026_is_known_or_explained():
    table = [
        {
            "signatory_id": f"m{n}",
            "name": f"{mayor['prenom']} {mayor['nom']}",
            "commune": mayor["insee"],
        }
        for n, mayor in enumerate(rows(real("rne/maires_2026_df1.1.0.csv.gz")))
    ]
    refused = [error for row in read(table, "signatories") for error in row.errors]
    assert len(refused) < 50
    assert {error.code for error in refused} <= {"unknown_commune", "retired_commune", "required"}
