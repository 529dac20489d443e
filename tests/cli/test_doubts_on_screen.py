"""What `load` says on the screen of what it doubts, and what is left to the file of all of it."""

import re
from functools import partial

import pytest

from monitor.commands.doubting.on_screen import IN_FILE, ON_SCREEN
from monitor.i18n import catalogue
from monitor.intake.part_names import DOUBTS_FILE
from tests.support.whole_pacts import PACT, workbook

#: Messages that are called after doubts and are none.
NO_CODES = {"with_id"}


def test_every_doubt_is_said_on_the_screen_or_left_to_the_file():
    codes = {
        key.removeprefix("doubt.") for key in catalogue("fr") if key.startswith("doubt.")
    } - NO_CODES
    assert codes == ON_SCREEN | IN_FILE and not ON_SCREEN & IN_FILE


CODES = [f"{theme}{n}" for theme in "ABCDE" for n in range(1, 9)]
MEASURES = [("N°", "Demande", "Thème")]
MEASURES += [(code, f"Mener à bien le projet {code}", f"Thème {code[0]}") for code in CODES]
TOWNS = (
    *("Lyon", "Lille", "Nantes", "Brest", "Rennes", "Dijon", "Nice", "Metz", "Nancy", "Tours"),
    *("Angers", "Reims", "Toulouse", "Bordeaux", "Grenoble", "Rouen", "Caen", "Orléans", "Amiens"),
    *("Limoges", "Annecy", "Besançon", "Perpignan", "Mulhouse", "Strasbourg"),
)
NAMES = [(town, name) for town in TOWNS for name in (f"Léa {town}ais", f"Marc {town[:-1]}ot")]
#: Cells that say more than an answer, or are read as one.
ODD = ("oui, d’ici 2030", "NSP", "à discuter", "oui mais après concertation", "plutôt oui")


def answer_of(n: int, k: int) -> str:
    return ODD[(n + k) % len(ODD)] if (n * 40 + k) % 9 == 0 else ("oui", "non")[(n + k) % 2]


def answers_to(count: int) -> list[tuple]:
    """A sheet of answers to the first so many measures."""
    rows = [("Réponses au questionnaire de mars 2026",), ()]
    rows += [("Ville", "Nom", "Reçu le", *CODES[:count])]
    rows += [
        (town, name, "12/03/2026", *(answer_of(n, k) for k in range(count)))
        for n, (town, name) in enumerate(NAMES)
    ]
    return [*rows, ("", "TOTAL OUI", "", *["20"] * count)]


PEOPLE = answers_to(40)
WON = [("Ville", "Maire élu"), *((town, f"Léa {town}ais") for town in TOWNS[:12])]
WON += [(town, f"Zoé {town[::-1].title()}") for town in TOWNS[12:]]
BOOK = {
    "Pacte": [row for row in PACT if row[0] not in ("Licence", "Fonctions engagées")],
    "Demandes": MEASURES,
    "Réponses": PEOPLE,
    "Résultats": WON,
}
#: The same with a fifth of the measures, where nothing depends on how many there are.
SMALL = {**BOOK, "Demandes": MEASURES[:9], "Réponses": answers_to(8)}


def folder_with(book, tmp_path):
    found = tmp_path / "pact"
    found.mkdir()
    name = "Municipales 2026 - questionnaire Pays vert.xlsx"
    (found / name).write_bytes(workbook(book))
    return found


@pytest.fixture
def folder(tmp_path):
    return folder_with(BOOK, tmp_path)


@pytest.fixture
def small_folder(tmp_path):
    return folder_with(SMALL, tmp_path)


@pytest.fixture
def run(run):
    return partial(run, "load")


def odd_lines(output: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith("Douteux")]


def test_a_check_that_passes_says_little_of_an_ordinary_workbook(run, folder):
    done = run(folder, "--dry-run", "--defeated")
    assert done.exit_code == 0, done.output
    assert len(done.output.split()) <= 350, done.output


def test_each_kind_is_one_line_with_its_count_and_an_example(run, folder):
    lines = odd_lines(run(folder, "--dry-run").output)
    (words,) = [one for one in lines if "publié comme les mots" in one]
    assert "valeur «\u00a0plutôt oui\u00a0»" in words and "(de même" in words
    plain = words.replace("\u00a0", " ")
    assert re.search(r"Lu « ni oui ni non » : \d+ cellules, comme ligne 4 « à discuter »\.$", plain)
    (more,) = [one for one in lines if "La cellule en dit plus" in one]
    assert (
        "d’ici 2030" in more
        and "Lu «\u00a0en partie\u00a0»" in more
        and "mais après concertation" in more
    )
    (presumed,) = [one for one in lines if "NSP" in one]
    assert "ni oui ni non" in presumed
    assert not [one for one in lines if "TOTAL OUI" in one or "fusionn" in one]


def test_the_file_of_the_folder_has_every_doubt_in_full(run, folder):
    done = run(folder, "--dry-run")
    path = folder / DOUBTS_FILE
    said = path.read_text("utf-8")
    assert str(path) in done.output and "TOTAL OUI" in said and "licence" in said
    assert (
        "Ils ne seront plus publiés." in said and "Ils ne seront plus publiés." not in done.output
    )
    odd = [
        (4 + n, cell)
        for n in range(len(NAMES))
        for k in range(40)
        if (cell := answer_of(n, k)) in ODD and cell != "NSP"
    ]
    assert len(odd) > 100
    lines = {int(one) for one in re.findall(r"\d+", said)}
    assert {line for line, _ in odd} <= lines and all(cell in said for _, cell in odd)


def test_each_load_writes_the_file_anew_and_none_reads_it(run, small_folder):
    path = small_folder / DOUBTS_FILE
    path.write_text("signatory_id,name\nx,Y\n", "utf-8")
    assert run(small_folder).exit_code == 0
    first = path.read_text("utf-8")
    assert "signatory_id" not in first
    again = run(small_folder)
    assert again.exit_code == 0 and DOUBTS_FILE not in again.output.split("Tout le reste")[0]


def test_where_nothing_is_doubted_no_file_is_left(run, tmp_path):
    plain = [(*row, "Ouverte") for row in [("1", "Créer une piste"), ("2", "Poser des arceaux")]]
    people = [("Nom", "Commune", "Résultat"), ("Ali Test", "Lyon", "battu")]
    measures = [("N°", "Demande", "Critère"), *plain]
    book = {"Pacte": PACT, "Mesures": measures, "Signataires": people}
    (tmp_path / "classeur.xlsx").write_bytes(workbook(book))
    (tmp_path / DOUBTS_FILE).write_text("de la dernière fois", "utf-8")
    done = run(tmp_path, "--dry-run")
    assert done.exit_code == 0 and "doute" not in done.output.casefold(), done.output
    assert not (tmp_path / DOUBTS_FILE).exists()


def test_all_doubts_are_said_where_somebody_wants_them(run, folder):
    done = run(folder, "--dry-run", "--all-doubts")
    assert "TOTAL OUI" in done.output and "Aucune licence n’est donnée" in done.output
    (words,) = [one for one in odd_lines(done.output) if "publié comme les mots" in one]
    assert "Ils ne seront plus publiés." in words and "Tout le reste" not in done.output


def test_a_workbook_alone_says_how_all_doubts_are_said(run, small_folder):
    (path,) = small_folder.glob("*.xlsx")
    done = run(path, "--dry-run")
    assert done.exit_code == 0 and "--all-doubts" in done.output, done.output
    assert not (small_folder / DOUBTS_FILE).exists()
    assert "TOTAL OUI" not in done.output and "TOTAL OUI" in run(path, "--all-doubts").output


def test_a_folder_in_which_nothing_can_be_written_says_how_all_doubts_are_said(run, small_folder):
    (small_folder / DOUBTS_FILE).mkdir()
    done = run(small_folder, "--dry-run")
    assert done.exit_code == 0 and "--all-doubts" in done.output, done.output


def test_one_file_says_what_concerns_people_and_how_the_rest_is_said(run, folder, tmp_path):
    assert run(folder).exit_code == 0
    path = tmp_path / "answers.csv"
    head = "Ville;Nom;Reçu le;" + ";".join(CODES)
    rows = [head, "Lyon;Léa Lyonais;12/03/2026;" + ";".join(["à discuter"] * 40), "TOTAL;;;"]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    short = run("answers", path, "--dry-run")
    full = run("answers", path, "--dry-run", "--all-doubts")
    assert short.exit_code == full.exit_code == 0, short.output + full.output
    assert "publié comme les mots" in short.output and "--all-doubts" in short.output
    assert "Ils ne seront plus publiés." not in short.output
    assert "Ils ne seront plus publiés." in full.output and "--all-doubts" not in full.output


#: What somebody says of marks.
MARKS = ("oui, d’ici 2030=oui", "oui mais après concertation=oui")


def test_what_somebody_said_of_marks_is_not_told_again(run, small_folder):
    said = [word for one in MARKS for word in ("--mark", one)]
    done = run(small_folder, "--dry-run", *said)
    assert done.exit_code == 0, done.output
    assert "d’ici 2030" not in done.output and "La cellule en dit plus" not in done.output
    assert "La cellule en dit plus" in (small_folder / DOUBTS_FILE).read_text("utf-8")
    one = run(small_folder, "--dry-run", *said[:2])
    assert "d’ici 2030" not in one.output and "mais après concertation" in one.output


def test_cells_whose_mark_was_explained_are_not_counted_with_the_others(run, folder):
    (more,) = [
        one
        for one in odd_lines(run(folder, "--dry-run", "--mark", MARKS[0]).output)
        if "La cellule en dit plus" in one
    ]
    assert "elle est lue «\u00a0en partie\u00a0»" in more and "44 autres cellules" in more, more


def test_a_cell_of_a_sheet_that_holds_two_tables_is_told_once(run, folder):
    people = [PEOPLE[2], ("Villeurbane", "Léa Lyonais", "2 mars 2026", *["oui"] * 40)]
    book = {**BOOK, "Réponses": people}
    (folder / next(folder.glob("*.xlsx"))).write_bytes(workbook(book))
    done = run(folder, "--dry-run", "--cell", "Ville:Villeurbane=Lyon")
    (line,) = [one for one in odd_lines(done.output) if "comme indiqué" in one]
    assert "de même" not in line, line


def test_a_mark_that_no_cell_holds_is_said_once(run, small_folder):
    done = run(small_folder, "--dry-run", "--mark", "bof bof=non")
    assert done.exit_code == 0 and done.output.count("bof bof") == 1
    assert "bof bof" not in run(small_folder, "--dry-run", "--mark", "NSP=non").output


FACTS = [
    ("Nom", "Mesure", "Date", "Où en est-on ?", "Lien"),
    ("Léa Lyonais", "A1", "12/05/2026", "contraire", "https://exemple.org/a"),
]


def test_a_mark_of_statuses_is_not_told_of_answers(run, small_folder):
    (path,) = small_folder.glob("*.xlsx")
    path.write_bytes(workbook({**SMALL, "Suivi": FACTS}))
    done = run(small_folder, "--dry-run", "--mark", "contraire=")
    assert done.exit_code == 0 and "contraire" not in done.output, done.output
    said = (small_folder / DOUBTS_FILE).read_text("utf-8")
    assert "Cellules\u00a0: 0" not in said and "Cellules\u00a0: 1" in said


def test_who_lost_is_not_told_again_to_whoever_was_just_asked(run, small_folder):
    asked = run(small_folder, "--ask", typed=("oui", "oui"))
    assert asked.exit_code == 0 and "Tout est chargé" in asked.output, asked.output
    assert not [one for one in odd_lines(asked.output) if "battu" in one or "élue une" in one]
    again = run(small_folder, "--dry-run")  # the log has it
    assert not [one for one in odd_lines(again.output) if "battu" in one or "élue une" in one]
    kept = run(small_folder, "--dry-run", "--defeated")
    (line,) = [one for one in odd_lines(kept.output) if "battu" in one]
    assert line.count("Léa") == 2 and "38" in line


def test_whoever_said_no_is_not_told_again(run, small_folder):
    asked = run(small_folder, "--ask", typed=("non", "oui"))
    assert asked.exit_code == 0 and "--defeated" not in asked.output, asked.output
    assert "--defeated" in run(small_folder, "--dry-run").output


def test_a_signature_in_doubt_is_said_with_what_it_is_held_to_mean(run, tmp_path):
    people = [("Nom", "Commune", "A signé le"), ("Ali Test", "Lyon", "12/03/2026")]
    people += [("Zoé Zinc", "Lille", "")]
    book = {"Pacte": PACT, "Demandes": MEASURES, "Signataires": people}
    (tmp_path / "classeur.xlsx").write_bytes(workbook(book))
    done = run(tmp_path, "--dry-run")
    (line,) = [one for one in odd_lines(done.output) if "Zoé Zinc" in one]
    assert "tenus pour avoir signé toutes les mesures" in line


def test_whoever_does_not_load_is_told_that_nothing_was_written(run, small_folder):
    asked = run(small_folder, "--ask", typed=("oui", "non"))
    assert asked.exit_code == 0 and asked.output.endswith("Rien n’a été écrit.\n"), asked.output


@pytest.mark.parametrize(("noes", "said"), [(1, "1 cellule"), (7, "7 cellules")])
def test_cells_of_a_sign_are_counted_and_not_the_signs(run, tmp_path, noes, said):
    signs = ["✅"] * 10 + ["❌"] * noes + ["NSP"] * 2
    people = [(f"Zoé {chr(65 + n)}anson", "Lyon", sign, "oui") for n, sign in enumerate(signs)]
    people = [("Nom", "Ville", "A1", "A2"), *people]
    pact = [row for row in PACT if row[0] != "Fonctions engagées"]
    book = {"Pacte": pact, "Demandes": MEASURES[:3], "Candidats": people}
    done = run(folder_with(book, tmp_path), "--dry-run").output
    plain = done.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Lu « oui » dans tout le fichier (cellules : 10)." in plain, done
    assert f"Lu « non » : {said}" in plain
    assert "Lu « ni oui ni non » : 2 cellules" in plain
