"""What `load --ask` asks of people once a folder is read: a yes is kept as an option, and nothing else
is noted of anybody."""

import re

import pytest

from monitor.cli.kept_options import NAME
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


def with_result(store, outcome):
    with store.reading() as session:
        rows = session.rows(
            "SELECT x.name FROM signatory s JOIN signatory_text x ON x.seq = s.seq "
            "WHERE s.outcome = :outcome",
            outcome=outcome,
        )
    return {name for (name,) in rows}


def defeated(store):
    return with_result(store, "defeated")


def elected(store):
    return with_result(store, "elected")


def test_who_lost_is_asked_once_with_all_their_names_and_the_log_keeps_the_yes(run, empty, folder):
    done = run("load", folder, "--ask", typed=("oui", "oui"))
    assert done.exit_code == 0, done.output
    (asked,) = [
        line for line in done.output.splitlines() if "(oui ou non)" in line and "Lille" in line
    ]
    assert "Karim Zeroual (Lille, Bérengère Lesaffre), Ali Amar (Pau, Zoé Zinc)" in asked
    assert defeated(empty) == {"Karim Zeroual", "Ali Amar"}
    assert not (folder / NAME).exists()
    again = run("load", folder, "--ask", typed=("oui",))
    assert again.exit_code == 0 and "candidates à cette fonction, et" not in again.output
    assert defeated(empty) == {"Karim Zeroual", "Ali Amar"}


@pytest.mark.parametrize("typed", ["oui", "non"])
def test_a_yes_holds_for_nobody_who_is_added_later(run, empty, folder, typed):
    assert run("load", folder, "--ask", typed=("oui", "oui")).exit_code == 0
    people = [*PEOPLE, ("Eva Nouvel", "Pau", "oui", "non")]
    (folder / "classeur.xlsx").write_bytes(workbook({**BOOK, "Candidats": people}))
    plain = run("load", folder, "--dry-run")
    assert plain.exit_code == 0 and "battu" not in plain.output.split("--defeated")[0]
    done = run("load", folder, "--ask", typed=(typed, "oui"))
    asked = next(line for line in done.output.splitlines() if "Eva Nouvel" in line)
    assert "Karim Zeroual" not in asked and "Ali Amar" not in asked, done.output
    more = {"Eva Nouvel"} if typed == "oui" else set()
    assert defeated(empty) == {"Karim Zeroual", "Ali Amar"} | more


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


FACTS = [
    ("Nom", "Mesure", "Date", "Statut", "Lien"),
    ("Karim Zeroual", "1", "12/05/2026", "en cours", "https://exemple.org/a"),
    ("Karim Zeroual", "2", "13/05/2026", "en cours", "https://exemple.org/b"),
    ("Ali Amar", "2", "14/05/2026", "en cours", "https://exemple.org/c"),
    ("Karim Zeroual", "2", "15/05/2026", "tenu", "https://exemple.org/d"),
]
#: How each fact of FACTS that was not promised is asked.
ASKED = [f"ligne {n} : Karim Zeroual (Lille), 2 : non" for n in (3, 5)]


@pytest.fixture
def follow(folder):
    """Writes the workbook with a sheet of facts, and without one of the elected."""

    def write(facts=FACTS, people=PEOPLE):
        book = {**BOOK, "Candidats": people, "Suivi": facts}
        del book["Élus"]
        (folder / "classeur.xlsx").write_bytes(workbook(book))

    write()
    return write


def followed(store):
    with store.reading() as session:
        return [day for (day,) in session.rows("SELECT happened_on FROM action ORDER BY seq")]


def test_facts_of_what_was_not_promised_are_left_out_on_a_yes_which_is_kept(
    run, empty, folder, follow
):
    done = run("load", folder, "--ask", typed=("oui", "oui"))
    assert done.exit_code == 0, done.output
    said = done.output.replace("\u00a0", " ")
    assert all(one in said for one in ASKED) and "rien n’est chargé" in said
    assert "Laissées de côté" not in said
    assert followed(empty) == ["2026-05-12", "2026-05-14"]
    assert (folder / NAME).read_text("utf-8") == '--leave-fact "Karim Zeroual (Lille):2"\n'
    more = ("Karim Zeroual", "2", "16/05/2026", "en cours", "https://exemple.org/e")
    follow([*FACTS, more])
    again = run("load", folder)
    assert again.exit_code == 0 and "3 (lignes 3, 5, 6)" in again.output
    assert followed(empty) == ["2026-05-12", "2026-05-14"]


def test_a_yes_holds_for_the_facts_that_were_named_alone(run, empty, folder, follow):
    assert run("load", folder, "--ask", typed=("oui", "oui")).exit_code == 0
    titled = ("Nom", "Ville", "1", "2")
    people = [titled, *PEOPLE[1:3], ("Eva Nouvel", "Lyon", "oui", "non")]
    more = ("Eva Nouvel", "2", "16/05/2026", "en cours", "https://exemple.org/e")
    follow([*FACTS, more], people)
    assert run("load", folder).exit_code == 1
    done = run("load", folder, "--ask", typed=("oui", "oui"))
    said = done.output.replace("\u00a0", " ")
    assert "ligne 6 : Eva Nouvel (Lyon), 2 : non" in said and ASKED[0] not in said
    assert done.exit_code == 0 and len(followed(empty)) == 2


#: A fact without a source about what was not promised, by whom, and how it is asked.
UNSOURCED = {
    "a refusal": (
        ("Karim Zeroual", "2", "16/05/2026", "tenu", ""),
        "Karim Zeroual (Lille), 2 : non",
    ),
    "nobody who signed": (
        ("Zoé Zinc (Nice)", "1", "16/05/2026", "en cours", ""),
        "Zoé Zinc (Nice), 1 : n’a pas signé",
    ),
}


@pytest.mark.parametrize(("row", "asked"), UNSOURCED.values(), ids=UNSOURCED)
def test_the_source_of_a_fact_that_is_left_out_is_not_asked(run, empty, folder, follow, row, asked):
    titles = (*FACTS[0], "Résumé")
    follow([titles, (*FACTS[1], "Vue"), (*row, "Une piste a été ouverte")])
    done = run("load", folder, "--ask", typed=("oui", "oui"))
    said = done.output.replace("\u00a0", " ")
    assert done.exit_code == 0 and "sans source" not in said, said
    assert f"ligne 3 : {asked}" in said and followed(empty) == ["2026-05-12"]
    assert run("load", folder).exit_code == 0 and followed(empty) == ["2026-05-12"]


def test_facts_of_who_did_not_sign_are_asked_with_the_others(run, empty, folder, follow):
    other = ("Zoé Zinc (Nice)", "1", "16/05/2026", "en cours", "https://exemple.org/e")
    silent = ("Ali Amar", "1", "17/05/2026", "en cours", "https://exemple.org/f")
    people = [*PEOPLE[:2], ("Ali Amar", "Pau", "à discuter", "oui"), PEOPLE[3]]
    follow([*FACTS, other, silent], people)
    done = run("load", folder, "--ask", typed=("oui", "oui"))
    said = done.output.replace("\u00a0", " ")
    assert "ligne 6 : Zoé Zinc (Nice), 1 : n’a pas signé" in said
    assert "ligne 7 : Ali Amar (Pau), 1 : ni oui ni non (« à discuter »)" in said
    assert [*map(int, re.findall(r"ligne (\d) : (?=Zoé|Ali|Karim)", said))] == [3, 5, 6, 7]
    assert done.exit_code == 0 and len(followed(empty)) == 2, said
    assert '--leave-fact "Zoé Zinc (Nice):1"' in (folder / NAME).read_text("utf-8")
    assert run("load", folder).exit_code == 0


def test_who_signs_later_is_followed_from_then_on(run, empty, folder, follow):
    other = ("Zoé Zinc", "1", "16/05/2026", "en cours", "https://exemple.org/e")
    follow([*FACTS[:2], other])
    assert run("load", folder, "--ask", typed=("oui", "oui")).exit_code == 0
    follow([*FACTS[:2], other], [*PEOPLE, ("Zoé Zinc", "Nice", "oui", "non")])
    assert run("load", folder).exit_code == 0 and len(followed(empty)) == 2


def test_a_word_for_all_leaves_out_nobody_who_did_not_sign(run, folder, follow):
    follow([*FACTS, ("Zoé Zinc", "1", "16/05/2026", "en cours", "https://exemple.org/e")])
    done = run("load", folder, "--leave-unpromised")
    assert done.exit_code == 1 and "Zoé Zinc" in done.output


def test_facts_are_asked_where_nothing_else_is_refused_alone(run, folder, follow):
    follow([*FACTS, ("Ali Amar", "2", "16/05/2026", "en cours", "")])
    done = run("load", folder, "--ask", typed=("oui", "oui"))
    assert done.exit_code == 1 and "(oui ou non" not in done.output


@pytest.mark.parametrize("typed", ["non", "", "plus tard"])
def test_facts_of_what_was_not_promised_are_refused_without_a_yes(
    run, empty, folder, follow, typed
):
    done = run("load", folder, "--ask", typed=(typed, "oui"))
    assert done.exit_code == 1 and not followed(empty) and not (folder / NAME).exists()


#: What else is wrong of the row that is not promised -> nothing of it is left out.
WRONG = {
    "no day": ("Karim Zeroual", "2", "bientôt", "en cours", "https://exemple.org/b"),
    "nobody": ("Zoé Zinc", "2", "13/05/2026", "en cours", "https://exemple.org/b"),
    "no measure": ("Karim Zeroual", "9", "13/05/2026", "en cours", "https://exemple.org/b"),
    "no such status": ("Karim Zeroual", "2", "13/05/2026", "zzz", "https://exemple.org/b"),
}


@pytest.mark.parametrize("row", WRONG.values(), ids=WRONG)
def test_a_row_with_another_fault_stays_refused(run, empty, folder, follow, row):
    follow([*FACTS[:2], row])
    done = run("load", folder, "--leave-unpromised")
    assert done.exit_code == 1 and not followed(empty), done.output
    assert "Laissées de côté" not in done.output


def test_a_fact_that_was_published_is_never_left_out(run, empty, folder, follow):
    titles = ("Identifiant", *FACTS[0])
    follow([titles, ("a1", *FACTS[1]), ("a2", *FACTS[3])])
    assert run("load", folder).exit_code == 0
    changed = ("a2", *FACTS[3][:3], "tenu", FACTS[3][4])
    people = [*PEOPLE[:2], ("Ali Amar", "Pau", "oui", "non"), PEOPLE[3]]
    follow([titles, ("a1", *FACTS[1]), changed], people)
    done = run("load", folder, "--leave-unpromised")
    assert done.exit_code == 1 and "ne s’est pas engagé sur cette mesure" in done.output


def test_nothing_is_asked_of_facts_where_answers_are_refused(run, folder, follow):
    follow(people=[*PEOPLE[:2], ("Ali Amar", "Pau", "zzz zzz", "oui"), PEOPLE[3]])
    done = run("load", folder, "--ask", typed=("", "oui"))
    assert done.exit_code == 1 and "ce qui n’a pas été promis\u00a0:" not in done.output


#: How a sheet of the elected writes somebody who signed, and whether that is asked.
SPELT = {
    "Alline Abrial": True,
    "Aline Abriale": True,
    "A. Abrial": True,
    "Mme Aline ABRIAL": False,
    "Zoé Zinc": False,
}


@pytest.mark.parametrize(("spelt", "is_asked"), SPELT.items())
def test_whoever_is_written_otherwise_among_the_elected_is_asked_by_name(
    run, empty, folder, spelt, is_asked
):
    won = [*WON[:3], ("Lyon", spelt)]
    (folder / "classeur.xlsx").write_bytes(workbook({**BOOK, "Élus": won}))
    done = run("load", folder, "--ask", typed=("oui",) * 3)
    assert done.exit_code == 0, done.output
    assert ("Est-ce Aline Abrial (Lyon), qui a signé" in done.output) == is_asked
    assert ("Aline Abrial" in elected(empty)) == (spelt != "Zoé Zinc")
    again = run("load", folder, "--ask", typed=("oui",) * 3)
    assert "Est-ce" not in again.output
    assert ("Aline Abrial" in elected(empty)) == (spelt != "Zoé Zinc")


@pytest.mark.parametrize("answer", ["non", "", "peut-être"])
def test_without_a_yes_nobody_is_elected_by_nearly_their_name(run, empty, folder, answer):
    won = [*WON[:3], ("Lyon", "Alline Abrial")]
    (folder / "classeur.xlsx").write_bytes(workbook({**BOOK, "Élus": won}))
    done = run("load", folder, "--ask", typed=(answer, "non", "oui"))
    assert "Tout est chargé" in done.output and "N’est pas noté élu" in done.output
    assert not elected(empty)


def test_whoever_signed_beside_somebody_written_otherwise_is_asked_about_too(run, empty, folder):
    people = [*PEOPLE, ("Xavier de La Tour", "Lyon", "oui", "oui")]
    won = [("Ville", "Maire élu"), ("Lyon", "Alline Abrial")]
    book = {**BOOK, "Candidats": people, "Élus": won}
    (folder / "classeur.xlsx").write_bytes(workbook(book))
    done = run("load", folder, "--ask", typed=("oui",) * 3)
    assert "Tout est chargé" in done.output, done.output
    assert (elected(empty), defeated(empty)) == ({"Aline Abrial"}, {"Xavier de La Tour"})


def test_facts_that_are_left_out_are_told_in_the_order_of_their_lines(run, folder, follow):
    unsigned = ("Béa Blanc (Lyon)", "1", "16/05/2026", "en cours", "https://exemple.org/e")
    follow([*FACTS, unsigned])
    asked = run("load", folder, "--ask", typed=("oui", "oui"))
    assert "Tout est chargé" in asked.output, asked.output
    said = run("load", folder, "--dry-run").output
    (line,) = [one for one in said.splitlines() if "Laissées de côté" in one]
    assert re.search(r"lignes\D+3, 5, 6\)", line), line
