"""A refusal or a doubt names a column as the file does, beside its own name; programs have the name."""

import io

import pytest

from monitor import commands, intake
from monitor.commands.loading import file_in_memory
from monitor.findings import RowError
from tests.support.clock import NOW
from tests.support.whole_pacts import SHEETS, load_sheets

HEAD = "Id;Élu;Ville ;Résultat\n"


def sentences(report: commands.Report, lang: str = "fr") -> list[str]:
    doubts = [*report.errors, *report.doubts]
    return [
        intake.error_sentence(one, lang, report.content).replace("\u00a0", " ") for one in doubts
    ]


def load(store, text: str, rejects=None):
    return commands.load(
        store,
        "signatories",
        file_in_memory(text),
        pact_id="mouves-2014",
        name="s.csv",
        rejects=rejects,
        now=NOW,
    )


@pytest.mark.parametrize(
    ("head", "column", "expected"),
    [
        ("Id;Élu;Ville;Résultat", "commune", "colonne « Ville »"),
        ("Id;Élu;  VILLE ;Résultat", "commune", "colonne « VILLE »"),
        ("signatory_id;name;commune;outcome", "commune", "colonne « commune »,"),
        ("id;nom;commune;résultat", "commune", "colonne « commune »,"),
    ],
)
def test_a_refused_cell_is_in_the_column_of_the_file(store, head, column, expected):
    report = load(store, f"{head}\nx;Xavière Yvon;Nulle-Part-sur-Rien;élue\n")
    assert [error.column for error in report.errors] == [column]
    assert expected in sentences(report)[0]


def test_a_doubt_names_the_heading_as_a_refusal_does(store):
    report = load(store, HEAD + "x;Xavière Yvon;75056;élue\ny;Xaviere Yvon;75056;élue\n")
    assert report.doubts and any("colonne « Élu »" in one for one in sentences(report))
    english = sentences(report, "en")
    assert any("column “Élu”" in one for one in english)


def test_the_file_of_refused_rows_says_it_too(store):
    rejects = io.StringIO()
    load(store, HEAD + "x;Xavière Yvon;;élue\n", rejects)
    assert "colonne « Ville »" in rejects.getvalue().replace("\u00a0", " ")


def test_a_measure_of_a_workbook_is_refused_under_its_own_heading(empty):
    head, *rows = SHEETS["MESURES"]
    titled = tuple("Énoncé" if name == "wording" else name for name in head)
    without = [
        tuple("" if name == "wording" else cell for name, cell in zip(head, row, strict=True))
        for row in rows
    ]
    whole = load_sheets(empty, {**SHEETS, "MESURES": [titled, *without]})
    spoken = [one for report in whole.reports for one in sentences(report)]
    assert any("colonne « Énoncé »" in one for one in spoken), spoken


def test_a_key_of_a_workbook_is_refused_under_its_own_title(empty):
    rows = [
        (key, "demain" if key == "Début du mandat" else value) for key, value in SHEETS["Pacte"]
    ]
    whole = load_sheets(empty, {**SHEETS, "Pacte": rows})
    spoken = [one for report in whole.reports for one in sentences(report)]
    assert any("clé « Début du mandat »" in one for one in spoken), spoken


def test_without_a_heading_of_its_own_the_sentence_is_as_it_was():
    plain = RowError(3, "commune", "x", "required")
    assert "column “commune”, value" in intake.error_sentence(plain, "en")
