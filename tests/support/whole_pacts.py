"""A small pact of sheets, and how a folder or a workbook is loaded."""

import io
from datetime import UTC, datetime

from monitor import commands, intake
from tests.support.workbooks import workbook

#: After the last fact of the shapes.
LOADED_ON = datetime(2026, 9, 1, tzinfo=UTC)
PACT = [
    ("Rubrique", "Valeur"),
    ("id", "velo-2026"),
    ("Titre", "Pacte vélo"),
    ("Promoteur", "Association d’essai"),
    ("Élection", "Municipales 2026"),
    ("Date de l’élection", "22 mars 2026"),
    ("Début du mandat", "22/03/2026"),
    ("Fin du mandat", "2032-03-21"),
    ("Langue", "fr"),
    ("Données fictives", "oui"),
    ("Fonctions engagées", "maire ; adjointe au maire"),
    ("Licence", "CC-BY-4.0"),
]
MEASURES = [
    (
        "id",
        "objective",
        "wording",
        "title_fr",
        "title_en",
        "criterion_fr",
        "criterion_en",
        "due_on",
    ),
    ("1", "Rouler", "Créer une piste", "Piste", "Lane", "Ouverte", "Open", "2030-01-01"),
    ("2", "Garer", "Poser des arceaux", "Arceaux", "Stands", "Posés", "Laid", ""),
]
SIGNATORIES = [
    ("signatory_id", "name", "commune", "outcome"),
    ("s1", "Aline Abrial", "59350", "élue"),
    ("s2", "Basile Brun", "59350", "battu"),
]
ACTIONS = [
    ("action_id", "signatory_id", "measure", "happened_on", "summary"),
    ("a1", "s1", "1", "2026-04-02", "Réunion"),
]
SHEETS = {
    "Pacte": PACT,
    "MESURES": MEASURES,
    "Signataires": SIGNATORIES,
    "actions": ACTIONS,
}


def load_files(store, files: dict[str, bytes], **how) -> commands.WholeReport:
    parts = intake.sort_parts([(name, io.BytesIO(data)) for name, data in files.items()])
    return commands.load_whole_pact(store, parts, **{"now": LOADED_ON, **how})


def load_sheets(store, sheets: dict, **how) -> commands.WholeReport:
    return load_files(store, {"pacte.xlsx": workbook(sheets)}, **how)


def refusals(whole: commands.WholeReport) -> list[tuple]:
    return [
        (report.file_name, error.line, error.column, error.code)
        for report in whole.reports
        for error in report.errors
    ]


def csv_of(rows: list[tuple]) -> bytes:
    return "\n".join(";".join(row) for row in rows).encode()
