"""What `load` says of an ordinary workbook: each thing once, and what mends it as one command."""

import re
import shlex
from functools import partial

import pytest

from monitor.cli.load_mends import quote_word
from monitor.i18n import LANGUAGES, catalogue, first_sentence
from monitor.i18n.messages import _cut_message
from tests.support.whole_pacts import PACT, workbook

TOWNS = ("Lyon", "Lille", "Nantes", "Brest", "Rennes", "Dijon")
MEASURES = [("N°", "Demande"), *((n, f"Demande numéro {n}") for n in range(1, 13))]
PEOPLE = [
    ("N°", "Ville", "Nom", "Mouvance", "Contact interne"),
    *((n, town, f"Ali {town} Test", "Ensemble", "12") for n, town in enumerate(TOWNS)),
]
ANSWERS = [
    ("Candidat", *range(1, 13)),
    *((f"Ali {town} Test", "x", "oui mais", *["oui"] * 10) for town in TOWNS),
]
HEAD = ("Ville", "Mesure", "Statut", "Date", "Source", "Vu par", "Pointé par")
#: Two sheets of follow-ups, each with words of one's own for statuses.
FACTS = [
    HEAD,
    *((town, 1, "ça avance", "12/05/2026", "https://exemple.org/a", "Ju", "M") for town in TOWNS),
    ("Lyon", 2, "rien vu", "13/05/2026", "https://exemple.org/b", "Ju", "M"),
]
MORE = [HEAD, ("Lille", 3, "vote repoussé", "14/05/2026", "https://exemple.org/c", "Ju", "M")]
BOOK = {
    "Pacte": [row for row in PACT if row[0] != "Licence"],
    "Nos demandes": MEASURES,
    "Candidats": PEOPLE,
    "Réponses": ANSWERS,
    "Suivi": FACTS,
    "Suivi mai": MORE,
}
UNKNOWN = ("Candidats:N°=", "Mouvance=", "Contact interne=", "Vu par=", "Pointé par=")
LEFT = [word for one in UNKNOWN for word in ("--column", one)]
WORDS = {"x": "oui", "oui mais": "en partie", "ça avance": "en cours", "rien vu": "sans objet"}


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "notre suivi.xlsx"
    path.write_bytes(workbook(BOOK))
    return path


@pytest.fixture
def run(run):
    return partial(run, "load")


def command_in(output: str) -> list[str]:
    """The words of the command that is proposed, after `load`."""
    (line,) = [one for one in output.splitlines() if " load " in one and "--column" in one]
    return shlex.split(line.partition(" load ")[2])


def test_the_command_that_is_proposed_mends_all_that_words_can_once_they_are_chosen(run, book):
    words = command_in(run(book, "--sheet", "Suivi mai=suivi", "--dry-run").output)
    assert words[:4] == [str(book), "--sheet", "Suivi mai=suivi", "--dry-run"]
    assert {one for one in words if one.endswith("=")} >= {"Mouvance=", "Contact interne="}
    assert {"x=…", "oui mais=…"} <= {*words}
    assert not [one for one in words if one.startswith("N°=")]  # which numbers the measures
    for _ in range(4):  # what is refused hides what is refused after it
        chosen = [one.replace("…", WORDS.get(one[:-2], "suspendu")) for one in words]
        done = run(*chosen)
        if done.exit_code == 0:
            break
        words = command_in(done.output)
    assert done.exit_code == 0, done.output


def test_an_open_choice_is_refused_as_long_as_nobody_makes_it(run, book):
    words = command_in(run(book, "--sheet", "Suivi mai=suivi").output)
    done = run(*words)
    assert done.exit_code == 2 and "x=…" in done.output


def test_possible_statuses_and_columns_are_listed_once_and_without_codes(run, book):
    said = run(
        book, "--sheet", "Suivi mai=suivi", *LEFT, "--mark", "x=oui", "--mark", "oui mais=non"
    )
    assert said.exit_code == 1
    assert said.output.count("Statuts possibles") == 1 == said.output.count("sans objet")
    assert "in_progress" not in said.output
    assert "«\u00a0ça avance\u00a0» (6 cellules, lignes 2, 3, 4, …)" in said.output
    assert "peut-être\u00a0: recherche infructueuse" in said.output
    assert "vote repoussé" in said.output and said.output.count("n’est pas abandonné") == 0


def test_unknown_columns_of_a_sheet_are_one_line(run, book):
    said = run(book).output
    (line,) = [one for one in said.splitlines() if "Mouvance" in one and " load " not in one]
    assert "3 colonnes ne sont pas prévues" in line and "Contact interne" in line
    assert line.count("date de signature") == 1


MARKS = [word for mark, code in WORDS.items() for word in ("--mark", f"{mark}={code}")]
MENDED = (*LEFT, *MARKS, "--sheet", "Suivi mai=")
ADVICE = "Si les données en ont une"


def test_what_to_do_of_doubts_is_said_where_somebody_wants_all_of_them(run, book):
    full = run(book, *MENDED, "--dry-run", "--all-doubts")
    done = [run(book, "--dry-run"), run(book, *MENDED, "--dry-run"), run(book, *MENDED)]
    assert [one.exit_code for one in done] == [1, 0, 0], done[1].output
    assert all(ADVICE not in one.output and "--all-doubts" in one.output for one in done)
    assert ADVICE in full.output


def test_doubts_for_which_a_strict_load_is_refused_are_said_in_full(run, book):
    done = run(book, *MENDED, "--strict")
    assert done.exit_code == 1 and ADVICE in done.output


@pytest.mark.parametrize(
    "word", ["x", "oui mais", "Coût $", 'dit "oui"', "l’été", "a!b", "c`d", "-"]
)
@pytest.mark.parametrize("always", [False, True])
def test_a_word_of_a_command_is_read_by_a_shell_as_it_stands_in_the_file(word, always):
    assert shlex.split(quote_word(word, always)) == [word]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_sentence_of_each_doubt_is_whole(lang):
    doubts = {
        key: one
        for key, one in catalogue(lang).items()
        if key.startswith("doubt.") and isinstance(one, str)
    }
    cuts = {key: _cut_message(one) for key, one in doubts.items()}
    assert all(doubts[key].startswith(cut) for key, cut in cuts.items())
    ended = re.compile(r"(?:[.?!]|\)\|\}\.?)$")
    wrong = [
        key
        for key, cut in cuts.items()
        if (cut != doubts[key] and not ended.search(cut)) or cut.count("{") != cut.count("}")
    ]
    assert sum(cut != doubts[key] for key, cut in cuts.items()) > 100 and not wrong


def test_a_value_that_ends_a_sentence_ends_no_message():
    said = first_sentence("doubt.part_of_name", "fr", name="St. Mur. Fin", new="01001")
    assert said.endswith("St. Mur. Fin (01001)\u00a0: c’est elle qui est retenue.")


#: What is refused of each sheet: a column in any of them keeps nothing of the others from being checked.
WRONG = {
    "Nos demandes": [("N°", "Demande", "Portée par"), (1, "Une piste", "Ju"), (2, "Des bus", "M")],
    "Candidats": [("Ville", "Nom", "Humeur"), ("Lyon", "Ali Test", "12"), ("Lile", "Zoé Bo", "")],
    "Réponses": [("Candidat", "1", "2"), ("Ali Test", "oui", "bof bof"), ("Zoé Bo", "oui", "non")],
    "Suivi": [
        ("Nom", "Mesure", "Date", "Statut", "Source", "Vu par"),
        ("Ali Test", "1", "été 2026", "ça avance", "https://exemple.org/a", "Ju"),
    ],
}
#: What one run says of them all.
SAID_AT_ONCE = ("Portée par", "Humeur", "Lile", "bof bof", "été 2026", "ça avance", "Vu par")
#: The sheets without a column that is refused, one after the other.
MENDED_SHEETS = [
    (),
    ("Nos demandes",),
    ("Candidats",),
    ("Suivi",),
    ("Nos demandes", "Candidats"),
    ("Nos demandes", "Suivi"),
    ("Candidats", "Suivi"),
]


@pytest.mark.parametrize("mended", MENDED_SHEETS)
def test_one_run_says_what_is_refused_of_every_sheet(run, tmp_path, mended):
    path = tmp_path / "suivi.xlsx"
    sheets = {
        name: [row[: -1 if name in mended else None] for row in rows]
        for name, rows in WRONG.items()
    }
    path.write_bytes(workbook({"Pacte": PACT, **sheets}))
    done = run(path)
    gone = {WRONG[name][0][-1] for name in mended}
    assert done.exit_code == 1
    assert [one for one in SAID_AT_ONCE if one not in gone and one not in done.output] == []
    assert (
        "Aucun signataire du pacte" not in done.output
        and "aucune ligne n’a été lue" not in done.output
    )


def test_what_a_column_without_a_known_title_may_say_is_not_said_to_be_missing(run, tmp_path):
    path = tmp_path / "suivi.xlsx"
    facts = [
        ("Nom", "Mesure", "Date", "Statut", "Provenance"),
        ("Ali Test", "1", "2/6/2026", "fait", "https://exemple.org/a"),
    ]
    people = [("Ville", "Nom"), ("Lyon", "Ali Test")]
    sheets = {
        "Pacte": PACT,
        "Mesures": WRONG["Nos demandes"][:1],
        "Candidats": people,
        "Suivi": facts,
    }
    sheets["Mesures"] = [row[:2] for row in WRONG["Nos demandes"]]
    path.write_bytes(workbook(sheets))
    done = run(path)
    assert done.exit_code == 1 and "Provenance" in done.output
    assert "source" not in done.output.partition("Provenance")[0].split("Suivi")[-1]
    assert "1 cellule refusée" in done.output


def test_sheets_whose_titles_stand_lower_are_said_on_one_line(run, tmp_path):
    path = tmp_path / "suivi.xlsx"
    above = [("Pacte vélo, état au 3 mai",), ()]
    people = [*above, ("Ville", "Nom"), ("Lyon", "Ali Test")]
    facts = [*above, ("Nom", "Mesure", "Date", "Statut", "Source")]
    facts += [("Ali Test", "1", "2/6/2026", "fait", "https://exemple.org/a")]
    measures = [row[:2] for row in WRONG["Nos demandes"]]
    book = {"Pacte": PACT, "Mesures": measures, "Candidats": people, "Suivi": facts}
    path.write_bytes(workbook(book))
    done = run(path, "--dry-run", "--all-doubts")
    assert done.exit_code == 0, done.output
    (line,) = [one for one in done.output.splitlines() if "ligne 3" in one and "itres" in one]
    assert "Candidats (ligne 3)" in line and "Suivi (ligne 3)" in line


def test_a_mark_of_no_line_is_said_without_one(run, book):
    done = run(book, *MENDED, "--dry-run")
    assert done.exit_code == 0 and "ligne –" not in done.output


def test_a_column_that_says_the_same_as_another_is_an_open_choice_of_the_command(run, tmp_path):
    path = tmp_path / "suivi.xlsx"
    people = [("Nom", "Ville", "Candidat"), ("Ali Test", "Lyon", "Zoé Bo")]
    measures = [row[:2] for row in WRONG["Nos demandes"]]
    path.write_bytes(workbook({"Pacte": PACT, "Mesures": measures, "Candidats": people}))
    words = command_in(run(path).output)
    assert words[1:] == ["--column", "Candidat=…"]
    chosen = [one.replace("…", "") for one in words]
    assert run(*chosen).exit_code == 0


#: What stands under a title that says nothing, in three rows -> whether the command leaves it out.
MAYBE_STATUSES = {
    ("fait", "bof", "va savoir"): False,
    ("travaux lancés", "bof", "va savoir"): False,
    ("rien vu", "", ""): False,
    ("Ju", "Marc", "Ju"): True,
    ("12", "13", ""): True,
    ("Le conseil a voté la création de trois pistes.", "Ju", ""): True,
}


@pytest.mark.parametrize(("cells", "is_left_out"), MAYBE_STATUSES.items())
def test_a_column_that_may_be_the_status_is_not_left_out_unsaid(run, tmp_path, cells, is_left_out):
    path = tmp_path / "suivi.xlsx"
    facts = [("Nom", "Mesure", "Date", "Source", "Pastille bleue")]
    facts += [("Ali Test", "1", "2/6/2026", "PV", cell) for cell in cells]
    measures = [row[:2] for row in WRONG["Nos demandes"]]
    people = [("Ville", "Nom"), ("Lyon", "Ali Test")]
    book = {"Pacte": PACT, "Mesures": measures, "Candidats": people, "Suivi": facts}
    path.write_bytes(workbook(book))
    output = run(path).output
    assert f"Pastille bleue={'' if is_left_out else '…'}" in command_in(output)
    assert ("=statut" in output) != is_left_out


def test_a_doubt_of_days_names_their_lines_and_not_each_day(run, tmp_path):
    path = tmp_path / "suivi.xlsx"
    facts = [("Nom", "Mesure", "Date", "Statut", "Source")]
    facts += [("Ali Test", "1", f"{day}/6/2026", "fait", "PV") for day in range(1, 7)]
    measures = [row[:2] for row in WRONG["Nos demandes"]]
    people = [("Ville", "Nom", "Résultat"), ("Lyon", "Ali Test", "battu")]
    book = {"Pacte": PACT, "Mesures": measures, "Candidats": people, "Suivi": facts}
    path.write_bytes(workbook(book))
    done = run(path, "--dry-run", "--all-doubts")
    assert done.exit_code == 0, done.output
    (line,) = [one for one in done.output.splitlines() if "aucun mandat qui l’engage" in one]
    assert "5 autres cellules, lignes 3, 4, 5, 6, 7" in line, done.output


#: Titles that are wrong beside one that is unknown, and what is said of them.
WRONG_TITLES = {
    ("Nom", "Humeur"): "commune",
    ("Ville", "Humeur"): "Humeur",
    ("Nom", "Ville", "Ville", "Humeur"): "Ville",
}


@pytest.mark.parametrize(("titles", "said"), WRONG_TITLES.items())
def test_all_that_is_wrong_with_titles_is_said_beside_an_unknown_one(run, tmp_path, titles, said):
    path = tmp_path / "suivi.xlsx"
    measures = [row[:2] for row in WRONG["Nos demandes"]]
    book = {"Pacte": PACT, "Mesures": measures, "Candidats": [titles, ("Ali Test",) * len(titles)]}
    path.write_bytes(workbook(book))
    output = run(path).output
    refused = [one for one in output.splitlines() if "Candidats" in one and "ligne 1" in one]
    assert any("Humeur" in one for one in refused)
    assert any(f"«\u00a0{said}\u00a0»" in one.split("Colonnes possibles")[0] for one in refused)
