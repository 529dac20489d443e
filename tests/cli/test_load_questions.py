"""`load --ask` asks what sheets, columns and marks mean where the files do not say it, and keeps it."""

import json

import pytest
from click.testing import CliRunner

from monitor.cli.kept_options import NAME
from monitor.cli.load_options import read_columns, read_contents, read_marks
from monitor.cli.load_questions import list_questions
from monitor.cli.load_whole import Reading, WholeLoad, open_parts
from monitor.cli.main import main
from monitor.cli.questions import Question
from monitor.cli.terminal import LANG
from monitor.i18n import text
from monitor.intake.part_names import content_of
from monitor.intake.parts import WINNERS, can_hold
from monitor.models import WRITABLE, Answer
from tests.support.whole_pacts import PACT, workbook

READERS = {"--sheet": read_contents, "--column": read_columns, "--mark": read_marks}
MEASURES = [("N°", "Demande"), ("1", "Créer une piste"), ("2", "Poser des arceaux")]
PEOPLE = [
    ("Ville", "Nom", "Mouvance", "Contact interne", "1", "2"),
    ("Lyon", "Ali Test", "Ensemble", "12", "x", "oui"),
    ("Lille", "Zoé Test", "Demain", "14", "non", "x"),
]
FACTS = [
    ("Ville", "Mesure", "Statut", "Date", "Lien"),
    ("Lyon", "1", "ça avance", "12/05/2026", "https://exemple.org/a"),
    ("Lille", "2", "voté en conseil", "13/05/2026", "https://exemple.org/b"),
]
NOTES = [("Qui", "Quoi"), ("Jean", "appeler Lyon")]
BOOK = {
    "Pacte": PACT,
    "Nos demandes": MEASURES,
    "Candidats": PEOPLE,
    "Bazar": NOTES,
    "Constats divers": FACTS,
}
#: What the sheets, then the columns, then the marks of BOOK are.
ALL = ("rien à lire", "suivi", "liste", "0", "oui", "en cours", "décidé")


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "pact"
    found.mkdir()
    (found / "notre classeur.xlsx").write_bytes(workbook(BOOK))
    return found


@pytest.fixture
def run(empty, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", empty.url)

    def run(*args, typed: tuple[str, ...] = ()):
        lines = "".join(f"{one}\n" for one in typed)
        return CliRunner().invoke(main, [str(one) for one in args], input=lines)

    return run


def rows_of(done) -> dict[str, dict]:
    assert done.exit_code == 0, done.output
    return {one["content"]: one["outcomes"] for one in json.loads(done.stdout)["files"]}


def asked_of(store, folder, **said) -> list[Question]:
    reading = Reading(
        **{"marks": {}, "contents": {}, "columns": {}, "same": {}, "cells": {}, **said}
    )
    with open_parts(folder, reading.contents) as parts:
        whole, _ = WholeLoad(store, folder, None, None).load_parts(parts, reading, True)
        return [*list_questions(whole, parts)]


def test_a_workbook_is_loaded_by_its_answers_which_are_kept(run, folder):
    done = run("load", folder, "--ask", typed=(*ALL, "oui"))
    assert done.exit_code == 0, done.output
    assert "Tout est chargé" in done.output
    kept = (folder / NAME).read_text("utf-8").splitlines()
    assert len(kept) == 7 and '--sheet "Bazar="' in kept and '--mark "ça avance=en cours"' in kept
    again = rows_of(run("load", folder, "--json"))
    assert again["answers"]["unchanged"] == 4 and again["actions"]["unchanged"] == 2


@pytest.mark.parametrize("last", ["non", "", "peut-être"])
def test_nothing_is_loaded_without_a_yes_and_the_answers_stay(run, folder, last):
    done = run("load", folder, "--ask", typed=(*ALL, last))
    assert done.exit_code == 0 and "Tout est chargé" not in done.output
    assert rows_of(run("load", folder, "--json"))["answers"]["created"] == 4


def test_a_dry_run_asks_what_things_mean_and_not_whether_to_load(run, folder):
    done = run("load", folder, "--ask", "--dry-run", typed=(*ALL, "oui"))
    assert done.exit_code == 0 and "Charger" not in done.output
    assert rows_of(run("load", folder, "--json"))["answers"]["created"] == 4


def test_nothing_is_asked_twice(run, folder):
    run("load", folder, "--ask", "--dry-run", typed=ALL)
    done = run("load", folder, "--ask", "--dry-run")
    assert done.exit_code == 0 and "?" not in done.stderr.split("Douteux")[0]


@pytest.mark.parametrize("answered", range(len(ALL)))
def test_what_is_left_for_later_is_refused_and_what_was_answered_stays(run, folder, answered):
    done = run("load", folder, "--ask", typed=ALL[:answered])
    assert done.exit_code == 1 or answered == 1, done.output
    kept = (folder / NAME).read_text("utf-8").splitlines() if answered else []
    assert len(kept) == answered
    done = run("load", folder, "--ask", typed=(*ALL[answered:], "oui"))
    assert "Tout est chargé" in done.output, done.output


def test_a_star_leaves_out_this_and_what_follows_of_its_kind(run, folder):
    done = run("load", folder, "--ask", "--dry-run", typed=("*", "*", "oui"))
    assert done.exit_code == 0, done.output
    kept = (folder / NAME).read_text("utf-8")
    for title in ("Bazar", "Constats divers", "Mouvance", "Contact interne"):
        assert f'{title}="' in kept


def test_a_star_leaves_out_no_column_of_answers_and_no_mark(run, folder):
    more = [[*row, cell] for row, cell in zip(PEOPLE, ("Vélo partout", "oui", "non"), strict=True)]
    (folder / "notre classeur.xlsx").write_bytes(workbook({**BOOK, "Candidats": more}))
    typed = ("*", "*", "*", "0", "*", "oui")
    done = run("load", folder, "--ask", "--dry-run", typed=typed)
    kept = (folder / NAME).read_text("utf-8")
    assert '--column "Vélo partout="' in kept and '--mark "x=oui"' in kept, done.output


@pytest.mark.parametrize("wrong", ["99", "statut", "x=y", "mandats et le reste", "12345678901"])
def test_what_is_none_of_the_choices_is_asked_again(run, folder, wrong):
    typed = (*ALL[:2], wrong, *ALL[2:], "oui")
    done = run("load", folder, "--ask", typed=typed)
    assert wrong in done.stderr and "Tout est chargé" in done.output, done.output
    assert '--column "Mouvance=list"' in (folder / NAME).read_text("utf-8")


def test_each_choice_says_by_its_number_and_its_words_what_the_option_reads(empty, folder):
    said = {"contents": {"Bazar": "", "Constats divers": "actions"}}
    titles = {"columns": {"Mouvance": "list", "Contact interne": ""}}
    asked = [
        *asked_of(empty, folder),
        *asked_of(empty, folder, **said),
        *asked_of(empty, folder, **said, **titles),
    ]
    assert {one.option for one in asked} == set(READERS)
    for question in asked:
        numbered = dict(
            item.split(" ", 1) for item in question.menu.split(" · ") if item[0].isdigit()
        )
        assert len(numbered) == len(question.choices)
        for number, words in numbered.items():
            option = question.option_of(number)
            assert option is not None and option == question.option_of(words)
            read = READERS[question.option](None, None, (option.value,))
            assert [*read] == [question.about]
            assert question.words_of(option) == words


def test_the_number_of_a_status_never_changes_between_two_questions(empty, folder):
    asked = asked_of(
        empty,
        folder,
        contents={"Bazar": "", "Constats divers": "actions"},
        columns={"Mouvance": "list", "Contact interne": ""},
    )
    menus = {one.menu for one in asked if one.content == "actions"}
    assert len(menus) == 1 and len([one for one in asked if one.content == "actions"]) == 2


@pytest.mark.parametrize(
    ("typed", "column"),
    [("mesure 2", "2"), ("M2", "2"), ("n° 2", "2"), ("Nom", "name"), ("parti", "list"), ("0", "")],
)
def test_a_column_is_said_by_words_that_people_use(empty, folder, typed, column):
    said = {"contents": {"Bazar": "", "Constats divers": "actions"}}
    question = next(one for one in asked_of(empty, folder, **said) if one.about == "Mouvance")
    assert question.option_of(typed) == ("--column", f"Mouvance={column}")


@pytest.mark.parametrize(
    ("content", "typed", "word"),
    [
        *(("answers", one.value, text(f"answer.{one}", LANG)) for one in Answer),
        *(("actions", one.value, text(f"status.{one}", LANG)) for one in WRITABLE),
        ("answers", "NON", text("answer.no", LANG)),
        ("actions", "réalisé", text("status.implemented", LANG)),
        ("answers", "peut-être bien", None),
        ("actions", "peut-être bien", None),
    ],
)
def test_a_mark_is_said_by_any_word_of_its_answer(empty, folder, content, typed, word):
    asked = asked_of(
        empty,
        folder,
        contents={"Bazar": "", "Constats divers": "actions"},
        columns={"Mouvance": "list", "Contact interne": ""},
    )
    question = next(one for one in asked if one.content == content)
    option = question.option_of(typed)
    assert option == (option and option._replace(value=f"{question.about}={word}"))
    assert (option is None) == (word is None)


def test_a_workbook_alone_says_the_options_to_type(run, folder):
    done = run("load", folder / "notre classeur.xlsx", "--ask", typed=(*ALL, "oui"))
    assert done.exit_code == 0, done.output
    assert '--mark "ça avance=en cours"' in done.stderr
    assert not (folder / NAME).exists()


def test_a_title_of_two_sheets_is_asked_of_each(run, folder):
    more = {
        **BOOK,
        "Signatures reçues": [("Ville", "Nom", "Mouvance"), ("Nice", "Eva Test", "Mer")],
    }
    (folder / "notre classeur.xlsx").write_bytes(workbook(more))
    said = ('--sheet "Signatures reçues=Signataires"', '--sheet "Bazar="')
    (folder / NAME).write_text("\n".join(said) + "\n", "utf-8")
    typed = ("suivi", "liste", "0", "0", "oui", "en cours", "décidé", "oui")
    done = run("load", folder, "--ask", typed=typed)
    kept = (folder / NAME).read_text("utf-8")
    assert '--column "Candidats:Mouvance=list"' in kept, done.output
    assert '--column "Signatures reçues:Mouvance="' in kept


def test_questions_show_what_stands_below_the_titles_and_not_above(run, folder):
    people = [("Pacte vélo – réponses reçues",), (), *PEOPLE]
    facts = [("Suivi du pacte", "au 1er juin"), (), *FACTS]
    sheets = {**BOOK, "Candidats": people, "Constats divers": facts}
    (folder / "notre classeur.xlsx").write_bytes(workbook(sheets))
    done = run("load", folder, "--ask", typed=ALL)
    assert "(Ville, Mesure, Statut, Date)" in done.stderr
    assert "(Ensemble, Demain)" in done.stderr and "(12, 14)" in done.stderr


def test_sheets_of_one_name_in_two_workbooks_are_asked_of_each(run, folder):
    (folder / "autre.xlsx").write_bytes(workbook({"Bazar": NOTES}))
    done = run("load", folder, "--ask", typed=("0", *ALL, "oui"))
    assert "Tout est chargé" in done.output, done.output
    kept = (folder / NAME).read_text("utf-8")
    assert '--sheet "autre.xlsx · Bazar="' in kept and '"notre classeur.xlsx · Bazar="' in kept


def test_an_answer_stands_in_place_of_what_was_kept_about_the_same(run, folder):
    (folder / NAME).write_text('--mark "Y=non"\n--sheet "Rien="\n', "utf-8")
    run("load", folder, "--ask", "--dry-run", typed=ALL)
    kept = (folder / NAME).read_text("utf-8").splitlines()
    assert kept[:2] == ['--mark "Y=non"', '--sheet "Rien="'] and len(kept) == 9


@pytest.mark.parametrize(
    "args",
    [("FOLDER", "--ask", "--json"), ("signatories", "FILE", "--ask")],
    ids=["for a program", "of one file"],
)
def test_questions_go_to_a_person_about_a_folder(run, folder, args):
    file = folder / "a.csv"
    file.write_text("signatory_id,name\n", "utf-8")
    named = [{"FOLDER": folder, "FILE": file}.get(one, one) for one in args]
    done = run("load", *named)
    assert done.exit_code == 2 and "--ask" in done.output


def test_what_every_sheet_may_hold_is_a_word_that_the_option_takes():
    for content in can_hold("a.xlsx · Feuille"):
        words = text(f"sheet.{content}", LANG)
        assert read_contents(None, None, (f"Feuille={words}",)) == {
            "Feuille": content_of(words) or WINNERS
        }


#: What somebody says that a column of a table is -> the column that is then refused under that name.
SAID_OF = {
    "the measure of a pact without any": ("Avis", "mesure 3"),
    "an answer beside another one": ("Mouvance", "réponse"),
    "a name beside another one": ("Mouvance", "nom"),
    "a place beside another one": ("Mouvance", "commune"),
}


@pytest.mark.parametrize(("title", "said"), SAID_OF.values(), ids=SAID_OF)
def test_what_somebody_calls_a_column_is_not_asked_as_one_more_title(run, folder, title, said):
    people = [(*PEOPLE[0][:3], "Pour un vélo par foyer ?", "Pour des arceaux partout ?", "Avis")]
    people += [(*row[:3], "oui", "non", "sans objet") for row in PEOPLE[1:]]
    sheets = {"Pacte": PACT, "Candidats": people}
    (folder / "notre classeur.xlsx").write_bytes(workbook(sheets))
    done = run("load", folder, "--ask", typed=[said if title == "Mouvance" else "0", said])
    asked = [line for line in done.stderr.splitlines() if line.startswith("Qu’est-ce que")]
    titles = {one.split("«\u00a0")[1].split("\u00a0»")[0] for one in asked}
    assert titles <= {"Mouvance", "Avis"} and title in titles, done.output
    assert run("load", folder, "--dry-run").exit_code in (0, 1)
    assert "n’a de colonne" not in run("load", folder, "--dry-run").output


@pytest.mark.parametrize("column", ["signataire=Ali Test", "signatory_id=Ali Test", "nom=Ali Test"])
def test_what_all_rows_say_is_refused_of_no_sheet_that_is_still_to_fill_in(run, folder, column):
    people = [("Nom", "Ville"), ("Ali Test", "Lyon")]
    facts = [("Mesure", "Statut", "Date", "Lien"), *(row[1:] for row in FACTS[1:])]
    sheets = {"Pacte": PACT, "Nos demandes": MEASURES, "Candidats": people, "Suivi": facts}
    sheets["Réponses"] = [("Signataire", "Mesure", "Réponse"), ("Exemple : Ali", "1", "oui")]
    (folder / "notre classeur.xlsx").write_bytes(workbook(sheets))
    marks = ("--mark", "ça avance=en cours", "--mark", "voté en conseil=décidé")
    done = run("load", folder, "--dry-run", "--same", column, *marks)
    assert "d’après leurs titres" not in done.output, done.output
