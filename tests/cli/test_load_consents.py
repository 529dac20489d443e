"""What `load --ask` asks of people once a folder is read: a yes is kept as an option, and nothing else
is noted of anybody."""

import pytest
from click.testing import CliRunner

from monitor.cli.kept_options import NAME
from monitor.cli.main import main
from tests.support.whole_pacts import PACT, workbook

MEASURES = [("N°", "Demande"), ("1", "Créer une piste"), ("2", "Poser des arceaux")]
PEOPLE = [
    ("Nom", "Ville", "1", "2"),
    ("Karim Zeroual", "Lille", "oui", "non"),
    ("Ali Amar", "Pau", "oui", "oui"),
    ("Aline Abrial", "Lyon", "oui", "oui"),
]
WON = [
    ("Ville", "Maire élu"),
    ("Lille", "Bérengère Lesaffre"),
    ("Pau", "Zoé Zinc"),
    ("Lyon", "Aline Abrial"),
]
BOOK = {
    "Pacte": [row for row in PACT if row[0] != "Fonctions engagées"],
    "Mesures": MEASURES,
    "Candidats": PEOPLE,
    "Élus": WON,
}


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "pact"
    found.mkdir()
    (found / "classeur.xlsx").write_bytes(workbook(BOOK))
    return found


@pytest.fixture
def run(empty, monkeypatch):
    empty.create()
    monkeypatch.setenv("MONITOR_DATABASE", empty.url)

    def run(*args, typed: tuple[str, ...] = ()):
        lines = "".join(f"{one}\n" for one in typed)
        return CliRunner().invoke(main, [str(one) for one in args], input=lines)

    return run


def defeated(store):
    with store.reading() as session:
        rows = session.rows(
            "SELECT x.name FROM signatory s JOIN signatory_text x ON x.seq = s.seq "
            "WHERE s.outcome = 'defeated'"
        )
    return {name for (name,) in rows}


def test_who_lost_is_asked_once_with_all_their_names_and_the_yes_is_kept(run, empty, folder):
    done = run("load", folder, "--ask", typed=("oui", "oui"))
    assert done.exit_code == 0, done.output
    (asked,) = [
        line for line in done.output.splitlines() if "(oui ou non)" in line and "Lille" in line
    ]
    assert "Karim Zeroual (Lille, Bérengère Lesaffre), Ali Amar (Pau, Zoé Zinc)" in asked
    assert defeated(empty) == {"Karim Zeroual", "Ali Amar"}
    assert (folder / NAME).read_text("utf-8") == "--defeated\n"
    again = run("load", folder, "--ask", typed=("oui",))
    assert again.exit_code == 0 and "candidates à cette fonction, et" not in again.output
    assert defeated(empty) == {"Karim Zeroual", "Ali Amar"}


@pytest.mark.parametrize("typed", ["non", "", "tous sauf Ali", "0"])
def test_nobody_lost_without_a_yes(run, empty, folder, typed):
    done = run("load", folder, "--ask", typed=(typed, "oui"))
    assert done.exit_code == 0 and "Tout est chargé" in done.output
    assert not defeated(empty) and not (folder / NAME).exists()


def test_nobody_lost_where_nobody_is_asked(run, empty, folder):
    done = run("load", folder)
    assert done.exit_code == 0 and "--defeated" in done.output and not defeated(empty)


def test_an_option_without_a_value_is_kept_with_the_others(run, empty, folder):
    done = run("load", folder, "--defeated", "--mark", "x=oui", "--keep-options")
    assert done.exit_code == 0, done.output
    assert (folder / NAME).read_text("utf-8").splitlines() == ["--defeated", '--mark "x=oui"']
    assert run("load", folder).exit_code == 0 and len(defeated(empty)) == 2


@pytest.mark.parametrize("line", ['--defeated "Élus"', "--mark", "--defeated --mark"])
def test_a_kept_line_that_is_no_option_is_refused(run, folder, line):
    (folder / NAME).write_text(f"{line}\n", "utf-8")
    done = run("load", folder)
    assert done.exit_code == 2 and "load.options, ligne 1" in done.output


def test_who_lost_is_said_of_a_folder_alone(run, folder):
    done = run("load", "signatories", folder / "classeur.xlsx", "--defeated")
    assert done.exit_code == 2 and "--defeated va avec un dossier" in done.output
