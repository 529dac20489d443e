"""The sheets of one spreadsheet, each exported to a file that is called after both."""

import pytest

from monitor.intake.part_names import titles_of_files
from tests.support.whole_pacts import ACTIONS, MEASURES, PACT, SIGNATORIES, load_files
from tests.support.workbooks import workbook


def table(rows) -> bytes:
    return "\n".join(";".join(map(str, row)) for row in rows).encode()


@pytest.mark.parametrize("book", ["Suivi du pacte", "Pacte - vélo 2026", "Copie de Suivi"])
@pytest.mark.parametrize("ending", ["csv", "CSV"])
def test_files_of_one_spreadsheet_are_known_by_their_sheets(empty, book, ending):
    sheets = {
        "Nos demandes": MEASURES,
        "Candidat·e·s": SIGNATORIES,
        "Suivi": ACTIONS,
    }
    files = {f"{book} - {name}.{ending}": table(rows) for name, rows in sheets.items()}
    whole = load_files(empty, {"pacte.xlsx": workbook({"Pacte": PACT}), **files})
    assert whole.loaded, [one for report in whole.reports for one in report.errors]
    assert [one.content for one in whole.reports] == ["pact", "measures", "signatories", "actions"]


NAMES = {
    "one alone": ["Anciens - Candidats.csv", "demandes.csv"],
    "of two books": ["2020 - Candidats.csv", "2026 - Demandes.csv"],
    "workbooks": ["Pacte - Candidats.xlsx", "Pacte - Demandes.xlsx"],
    "tables of Numbers": ["Candidats - Tableau 1.csv", "Candidats - Tableau 2.csv"],
    "no spaces": ["pacte-candidats.csv", "pacte-demandes.csv"],
}


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
def test_other_files_keep_their_whole_names(names):
    assert titles_of_files(names) == {name: name.rpartition(".")[0] for name in names}
