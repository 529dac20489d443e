"""A list that says who signed and who did not is read for those who signed, once somebody says so;
nobody else is ever published as a signatory."""

import pytest

from monitor.cli.kept_options import NAME
from monitor.intake.signing_columns import SIGNED_ROWS
from tests.support.whole_pacts import MEASURES, PACT, workbook

#: A title, what says below it that somebody signed, and what does not.
LISTS = {
    "yes and no": ("A signé", "oui", "non"),
    "marks and nothing": ("Signé ?", "x", ""),
    "words": ("Statut", "Signé le 3 mars", "Relancé 2 fois"),
    "a word that leaves it open": ("Signature", "oui", "à voir"),
    "a word that may be any": ("Signature", "oui", "voir mail"),
    "in English": ("Response", "signed", "declined"),
}


@pytest.fixture
def write(tmp_path):
    def write(title, yes, other):
        people = [
            ("Ville", "Nom", title, "Remarque"),
            ("Lille", "Aline Abrial", yes, "z"),
            ("Lyon", "Basile Brun", other, ""),
            ("Nantes", "Chloé Caron", yes, ""),
            ("Rennes", "Driss Dumas", "non", ""),
        ]
        sheets = {"Pacte": PACT, "MESURES": MEASURES, "Candidats": people}
        (tmp_path / "classeur.xlsx").write_bytes(workbook(sheets))
        return tmp_path

    return write


def names_of(store):
    with store.reading() as session:
        return [name for (name,) in session.rows("SELECT name FROM signatory_text ORDER BY seq")]


REMARK = ("--column", "Remarque=")
SIGNED = ["Aline Abrial", "Chloé Caron"]


@pytest.mark.parametrize(("title", "yes", "other"), LISTS.values(), ids=LISTS)
def test_only_the_rows_that_say_that_somebody_signed_are_read(run, empty, write, title, yes, other):
    folder = write(title, yes, other)
    done = run("load", folder, *REMARK, "--column", f"{title}={SIGNED_ROWS}")
    assert done.exit_code == 0, done.output
    assert names_of(empty) == SIGNED
    (told,) = [one for one in done.output.splitlines() if "ne dit pas que la personne" in one]
    assert "ligne 3" in told and "ligne 5" in told


@pytest.mark.parametrize(("title", "yes", "other"), LISTS.values(), ids=LISTS)
def test_nobody_is_published_by_leaving_out_what_says_who_signed(
    run, empty, write, title, yes, other
):
    done = run("load", write(title, yes, other), *REMARK, "--column", f"{title}=")
    assert done.exit_code == 1 and not names_of(empty), done.output


@pytest.mark.parametrize("typed", ["1", "seules les lignes qui disent oui sont à lire"])
def test_which_rows_are_read_is_asked_and_kept(run, empty, write, typed):
    folder = write("A signé", "oui", "non")
    done = run("load", folder, "--ask", *REMARK, typed=("0", typed, "oui"))
    assert done.exit_code == 0 and names_of(empty) == SIGNED, done.output
    assert (folder / NAME).read_text("utf-8") == f'--column "A signé={SIGNED_ROWS}"\n'
    again = run("load", folder, *REMARK)
    assert again.exit_code == 0 and names_of(empty) == SIGNED


def test_a_column_that_says_nothing_of_it_is_left_out_as_before(run, empty, write):
    done = run("load", write("Pastille", "z", "y"), *REMARK, "--column", "Pastille=")
    assert done.exit_code == 0 and len(names_of(empty)) == 4, done.output
