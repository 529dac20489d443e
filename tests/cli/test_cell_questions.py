"""`load --ask` asks what is to be read in place of refused cells, and keeps it by their words."""

import pytest

from monitor.cli.kept_options import NAME
from tests.support.whole_pacts import PACT, workbook

MEASURES = [("N°", "Demande"), ("A1", "Créer une piste"), ("A2", "Poser des arceaux")]
PEOPLE = [
    ("Ville", "Nom", "Reçu le", "A1", "A2"),
    ("Quimper", "Jean-Pierre Le Goff", "1er mars 2026", "oui", "oui"),
    ("Lille", "Zoé Test", "2 mars 2026", "non", "oui"),
]
FACTS = [
    ("Date", "Ville", "Élu·e", "Demande", "Résumé", "Statut", "Lien"),
    ("12/05/2026", "Lille", "Zoé Test", "A2", "Posés", "en cours", "https://exemple.org/a"),
]
BOOK = {"Pacte": PACT, "Mesures": MEASURES, "Réponses": PEOPLE, "Suivi": FACTS}


def person(cells=(), **more):
    said = {"Ville": "Lyon", "Nom": "Ali Test", "Reçu le": "3 mars 2026", "A1": "oui", "A2": "oui"}
    return tuple({**said, **dict(cells), **more}.values())


def fact(cells=(), **more):
    said = dict(
        zip(FACTS[0], ("13/05/2026", "", "Zoé Test", "A2", "Vu", "en cours", ""), strict=True)
    )
    return tuple({**said, "Lien": "https://exemple.org/b", **dict(cells), **more}.values())


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "pact"
    found.mkdir()
    return found


@pytest.fixture
def write(folder):
    def write(people=(), facts=(), **sheets):
        own = {"Réponses": [*PEOPLE, *people], "Suivi": [*FACTS, *facts]}
        (folder / "classeur.xlsx").write_bytes(workbook({**BOOK, **own, **sheets}))

    return write


def kept(folder):
    file = folder / NAME
    return file.read_text("utf-8").splitlines() if file.exists() else []


def people_of(store):
    with store.reading() as session:
        rows = session.rows(
            "SELECT x.name, s.commune FROM signatory s JOIN signatory_text x ON x.seq = s.seq"
        )
    return dict(map(tuple, rows))


def facts_of(store):
    with store.reading() as session:
        rows = session.rows(
            "SELECT a.happened_on, c.measure_id, x.name FROM action a "
            "JOIN commitment c ON c.id = a.commitment_id "
            "JOIN signatory s ON s.pact_id = c.pact_id AND s.signatory_id = c.signatory_id "
            "JOIN signatory_text x ON x.seq = s.seq ORDER BY a.seq"
        )
    return [tuple(row) for row in rows]


#: What stands in a row of people, what is typed, the option that is kept, what is read.
OF_PEOPLE = {
    "a vague day": ({"Reçu le": "début mars"}, "03/2026", "Reçu le:début mars=03/2026"),
    "a vague day by its number": (
        {"Reçu le": "vers mars 2026"},
        "1",
        "Reçu le:vers mars 2026=03/2026",
    ),
    "no such day": ({"Reçu le": "31/02/2026"}, "28/02/2026", "Reçu le:31/02/2026=28/02/2026"),
    "a town of several by its number": ({"Ville": "Saint-Denis"}, "1", None),
    "a town of several by its words": (
        {"Ville": "Saint-Denis"},
        "Saint-Denis (93)",
        "Réponses:Ville:Saint-Denis=Saint-Denis (93)",
    ),
    "a town that is misspelt": ({"Ville": "Villeurbane"}, "1", "Réponses:Ville:Villeurbane=69266"),
    "no town": ({"Ville": "chez lui"}, "Lyon", "Réponses:Ville:chez lui=Lyon"),
}


@pytest.mark.parametrize(("cells", "typed", "option"), OF_PEOPLE.values(), ids=OF_PEOPLE)
def test_a_refused_cell_of_people_is_asked_once_and_kept(
    run, empty, folder, write, cells, typed, option
):
    write([person(cells)])
    done = run("load", folder, "--ask", typed=(typed, "oui"))
    assert done.exit_code == 0 and "Tout est chargé" in done.output, done.output
    assert len(people_of(empty)) == 3
    assert len(kept(folder)) == 1 and (option is None or f'--cell "{option}"' in kept(folder))
    again = run("load", folder, "--ask", typed=("oui",))
    assert again.exit_code == 0 and "Que lire" not in again.output, again.output
    assert "inchangé" in again.output and len(people_of(empty)) == 3


#: What stands in a row of facts, what is typed, the fact that is read.
OF_FACTS = {
    "a person by the number": (
        {"Ville": "Quimper", "Élu·e": "J.-P. Le Goff"},
        "1",
        ("2026-05-13", "A2", "Jean-Pierre Le Goff"),
    ),
    "a person by the words": (
        {"Élu·e": "J.-P. Le Goff"},
        "Jean-Pierre Le Goff",
        ("2026-05-13", "A2", "Jean-Pierre Le Goff"),
    ),
    "a measure by its number": (
        {"Demande": "Poser d'arceaux"},
        "A2",
        ("2026-05-13", "A2", "Zoé Test"),
    ),
    "a measure by its title": (
        {"Demande": "Z9"},
        "Poser des arceaux",
        ("2026-05-13", "A2", "Zoé Test"),
    ),
    "a day": ({"Date": "au printemps"}, "04/2026", ("2026-04", "A2", "Zoé Test")),
}


@pytest.mark.parametrize(("cells", "typed", "read"), OF_FACTS.values(), ids=OF_FACTS)
def test_a_refused_cell_of_a_fact_is_asked_once_and_kept(
    run, empty, folder, write, cells, typed, read
):
    write(facts=[fact(cells)])
    done = run("load", folder, "--ask", typed=(typed, "oui"))
    assert done.exit_code == 0 and "Tout est chargé" in done.output, done.output
    assert facts_of(empty)[1] == read and len(kept(folder)) == 1
    again = run("load", folder, "--ask", typed=("oui",))
    assert again.exit_code == 0 and "Que lire" not in again.output, again.output
    assert len(facts_of(empty)) == 2


@pytest.mark.parametrize("wrong", ["bientôt", "31/02/2026", "99", "0", "*", "12/13/14/15"])
def test_what_is_typed_obeys_the_rules_of_the_column_and_is_asked_again(
    run, empty, folder, write, wrong
):
    write([person({"Reçu le": "début mars"})])
    done = run("load", folder, "--ask", typed=(wrong, "03/2026", "oui"))
    assert f"« {wrong} » ne convient pas" in done.output.replace("\u00a0", " "), done.output
    assert done.exit_code == 0 and kept(folder) == ['--cell "Reçu le:début mars=03/2026"']


def test_a_cell_that_nobody_answers_stays_refused_and_is_asked_the_next_time(
    run, empty, folder, write
):
    write([person({"Reçu le": "début mars"})])
    done = run("load", folder, "--ask", typed=("",))
    assert done.exit_code == 1 and not kept(folder)
    done = run("load", folder, "--ask", typed=("03/2026", "oui"))
    assert done.exit_code == 0 and "Lu «" in done.output


#: Where a day is refused -> which forms of a day the question names, and which it does not.
FORMS = {
    "a day or less": (
        {"people": [person({"Reçu le": "début mars"})]},
        "25/03/2026, 25 mars 2026, 2026-03-25, mars 2026, 03/2026, 2026.",
    ),
    "of a fact": (
        {"facts": [fact({"Date": "au printemps"})]},
        "25/03/2026, 25 mars 2026, 2026-03-25, mars 2026, 03/2026, 2026.",
    ),
}


@pytest.mark.parametrize(("rows", "forms"), FORMS.values(), ids=FORMS)
def test_a_question_about_a_day_names_the_forms_that_it_takes(run, folder, write, rows, forms):
    write(**rows)
    done = run("load", folder, "--ask", typed=("",))
    assert f"On peut écrire : {forms}" in done.output.replace("\u00a0", " "), done.output
    for typed in forms.rstrip(".").split(", "):
        again = run("load", folder, "--ask", "--dry-run", typed=(typed,))
        assert "ne convient pas" not in again.output, (typed, again.output)
        (folder / NAME).unlink()


#: A name of several communes -> how many are proposed, and whether the question says how to name others.
NAMESAKES = {"Saint-Denis": (5, False), "Sainte-Colombe": (6, True)}


@pytest.mark.parametrize(("name", "said"), NAMESAKES.items(), ids=NAMESAKES)
def test_a_name_of_several_communes_proposes_them_or_says_how_to_name_others(
    run, folder, write, name, said
):
    write([person(Ville=name)])
    output = run("load", folder, "--ask", typed=("",)).output.replace("\u00a0", " ")
    (items,) = [line for line in output.splitlines() if line.strip().startswith(f"1 {name}")]
    assert len(items.split(" · ")) == said[0], output
    assert ("Une autre : son nom et son département" in output) is said[1], output


#: Rows that no other text mends, or that no option can name -> nothing is asked of them.
UNASKED = {
    "a fact without words or source": ([], [fact(Résumé="", Lien="")]),
    "an empty cell": ([person(Ville="")], []),
    "nobody who signed": ([], [fact({"Élu·e": "Christophe Béhuard"})]),
    "a sign that parts options": ([person({"Reçu le": "mars = 2"})], []),
    "a long text": ([person({"Reçu le": "au début du mois de mars, " * 5})], []),
}


@pytest.mark.parametrize(("people", "facts"), UNASKED.values(), ids=UNASKED)
def test_what_no_other_text_mends_is_left_to_the_workbook(run, folder, write, people, facts):
    write(people, facts)
    done = run("load", folder, "--ask", typed=("x", "x"))
    assert done.exit_code == 1 and "Que lire" not in done.output


SEEN = "Vu par Monique Hamon, école de Lille"


@pytest.mark.parametrize("source", [SEEN, "https://exemple.org/c"])
def test_a_fact_without_a_source_is_asked_by_what_happened(run, empty, folder, write, source):
    planted = fact(Résumé="40 arbres (vu sur place)", Lien="")
    write(facts=[planted])
    done = run("load", folder, "--ask", typed=("vu sur place", "vu", "0", source, "oui"))
    assert done.exit_code == 0 and "sans source" in done.output, done.output
    with empty.reading() as session:
        rows = session.rows("SELECT source_title, source_url FROM action_text ORDER BY seq")
    assert [title or url for title, url in rows] == ["https://exemple.org/a", source]
    assert kept(folder) == [f'--cell "Lien:40 arbres (vu sur place)={source}"']
    write(facts=[fact(Date="14/05/2026", Résumé="60 arbres", Lien=""), planted])
    again = run("load", folder)  # nothing is said of another fact
    assert again.exit_code == 1 and "1 refusée" in again.output


def test_words_of_several_lines_are_asked_once_with_these_lines(run, empty, folder, write):
    write([person(Nom=f"Ali Test{n}", Ville="Saint-Denis") for n in "abc"])
    done = run("load", folder, "--ask", typed=("Saint-Denis (974)", "oui"))
    assert done.exit_code == 0 and "lignes 4, 5, 6" in done.output, done.output
    assert [*people_of(empty).values()].count("97411") == 3


def test_a_column_that_is_misread_is_not_asked_cell_by_cell(run, folder, write):
    write([person({"Nom": f"Ali Test{n:02}", "Reçu le": f"lettre {n}"}) for n in range(26)])
    done = run("load", folder, "--ask", typed=("x",))
    assert done.exit_code == 1 and "Que lire" not in done.output
    assert "26 cellules sont refusées" in done.output


def test_an_answer_survives_lines_that_are_inserted_and_no_other_words(run, empty, folder, write):
    write([person(Ville="Saint-Denis")])
    run("load", folder, "--ask", typed=("1", "oui"))
    write([person(Nom="Eva Test"), person(Ville="Saint-Denis")])
    done = run("load", folder)
    assert done.exit_code == 0 and people_of(empty)["Ali Test"] == "97411", done.output
    assert "ligne 5" in done.output and "Lu «" in done.output
    write([person(Ville="Saint-Denis"), person(Nom="Eva Test", Ville="Saint-Denys")])
    assert run("load", folder).exit_code == 1


def test_words_beside_a_department_are_those_of_both(run, empty, folder, write):
    people = [("Ville", "Dép.", "Nom", "A1", "A2")]
    people += [
        ("Saint-Denis", "", "Ali Test", "oui", "non"),
        ("Saint-Denis", "974", "Eva Test", "oui", "non"),
    ]
    write(Réponses=people, Suivi=FACTS[:1])
    done = run("load", folder, "--ask", typed=("Saint-Denis (93)", "oui"))
    assert done.exit_code == 0, done.output
    assert people_of(empty) == {"Ali Test": "93066", "Eva Test": "97411"}


def test_a_title_of_two_sheets_is_meant_in_the_one_that_was_asked(run, empty, folder, write):
    write([person(Ville="chez lui")])
    done = run("load", folder, "--ask", typed=("Lyon", "oui"))
    assert done.exit_code == 0 and kept(folder) == ['--cell "Réponses:Ville:chez lui=Lyon"']


def test_an_option_typed_by_hand_may_name_the_sheet_or_not(run, empty, folder, write):
    write([person(Ville="chez : lui")], [fact({"Élu·e": "Z. Test"})])
    typed = ("--cell", "Réponses:Ville:chez : LUI=Lyon", "--cell", "Élu·e:Z. Test=Zoé Test")
    assert run("load", folder, *typed).exit_code == 0
    assert people_of(empty)["Ali Test"] == "69123" and len(facts_of(empty)) == 2


@pytest.mark.parametrize(
    "option", ["Ville=Lyon", "Ville:=Lyon", "Ville:chez lui=", ":x=y", "Ville:x"]
)
def test_an_option_without_title_words_or_value_is_refused(run, folder, write, option):
    write()
    done = run("load", folder, "--cell", option)
    assert done.exit_code == 2 and "écrivez le titre de la colonne" in done.output


def test_a_title_that_no_table_has_is_refused_and_a_kept_one_is_named(run, folder, write):
    write()
    assert run("load", folder, "--cell", "Région:x=y").exit_code == 1
    (folder / NAME).write_text('--cell "Région:x=y"\n', "utf-8")
    done = run("load", folder)
    assert done.exit_code == 0 and "Région:x=y" in done.output


def test_one_file_takes_cells_as_well(run, empty, folder, write, tmp_path):
    write()
    assert run("load", folder).exit_code == 0
    file = tmp_path / "more.csv"
    file.write_text("Nom,Commune\nEva Test,chez elle\n", "utf-8")
    done = run("load", "signatories", file, "--cell", "Commune:chez elle=Lyon")
    assert done.exit_code == 0 and people_of(empty)["Eva Test"] == "69123"
    assert "Lu «" in done.output
    with empty.reading() as session:
        assert session.rows("SELECT column_name, was, became FROM mended_cell") == [
            ("commune", "chez elle", "Lyon")
        ]


#: The titles of facts that name nobody, or no place -> the cells of one of them, with a day to be read.
UNNAMED = {
    "a place alone": ("Ville", "Lille"),
    "a person alone": ("Élu·e", "Zoé Test"),
}


@pytest.mark.parametrize(("title", "cell"), UNNAMED.values(), ids=UNNAMED)
def test_a_day_is_read_in_facts_that_lack_a_column(title, cell, run, folder, empty):
    book = {**BOOK, "Suivi": [("Date", title, "N° demande", "Résumé", "Statut", "Lien")]}
    book["Suivi"] += [("rentrée 2026", cell, "A2", "Posés", "en cours", "https://exemple.org/a")]
    (folder / "classeur.xlsx").write_bytes(workbook(book))
    done = run("load", folder, "--cell", "Date:rentrée 2026=09/2026")
    assert done.exit_code == 0, done.output
    assert facts_of(empty) == [("2026-09", "A2", "Zoé Test")]
