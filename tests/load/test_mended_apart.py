"""Rows that were refused, put right apart and loaded: the folder that comes again as it was."""

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.intake import MendedTable, Mending
from monitor.models import Decision
from tests.support.team import team_of
from tests.support.whole_pacts import LOADED_ON, load_files

PACT = """
id = "p"
title = "Pacte"
promoter = "Association"
election = "Municipales 2026"
election_on = 2026-03-22
term_start = 2026-03-22
language = "fr"
fictional = true
[[measures]]
id = "1"
wording = "Une piste"
[[measures]]
id = "2"
wording = "Des arceaux"
"""
PEOPLE = "Nom,Commune\nAline Abrial,Lille\nBasile Brun,{}\n"
ANSWERS = "Signataire,Une piste,Des arceaux\nAline Abrial,oui,{}\nBasile Brun,non,oui\n"


def load(store, content, text, cells=None, who=None):
    file = file_in_memory(text)
    if cells:
        file = MendedTable(file, content, Mending(cells=cells))
    report = commands.load(
        store, content, file, pact_id="p", name=f"{content}.csv", now=LOADED_ON, who=who
    )
    assert report.loaded, report.errors


@pytest.fixture
def begun(empty):
    whole = load_files(empty, {"pact.toml": PACT.encode()})
    assert whole.loaded
    return empty


def folder(people="Lyon", answer="non"):
    return {
        "pact.toml": PACT.encode(),
        "signatories.csv": PEOPLE.format(people).encode(),
        "answers.csv": ANSWERS.format(answer).encode(),
    }


def codes(whole):
    return [one.code for report in whole.reports for one in (*report.errors, *report.doubts)]


def test_cells_that_were_put_right_on_the_page_are_read_so_when_the_folder_comes_again(begun):
    load(begun, "signatories", PEOPLE.format("Lyonn"), {(3, "commune"): "Lyon"})
    load(begun, "answers", ANSWERS.format("bof"), {(2, "Des arceaux"): "non"})
    whole = load_files(begun, folder("Lyonn", "bof"), strict=True, lang="fr")
    assert whole.loaded, [report.errors for report in whole.reports]
    assert codes(whole).count("mended_again") == 2
    outcomes = [{*report.outcomes} for report in whole.reports if report.content != "pact"]
    assert outcomes == [{"unchanged"}] * 2


@pytest.mark.parametrize(
    ("people", "answer"), [("Lyonne", "bof"), ("Lyonn", "pas sûr")], ids=["place", "answer"]
)
def test_a_cell_that_says_something_else_by_now_is_refused_as_ever(begun, people, answer):
    load(begun, "signatories", PEOPLE.format("Lyonn"), {(3, "commune"): "Lyon"})
    load(begun, "answers", ANSWERS.format("bof"), {(2, "Des arceaux"): "non"})
    assert not load_files(begun, folder(people, answer)).loaded


def test_what_nobody_has_accepted_puts_nothing_right(begun):
    load(begun, "signatories", PEOPLE.format("Lyon"))
    team = team_of(begun, LOADED_ON)
    cells = {(2, "Des arceaux"): "non"}
    load(begun, "answers", ANSWERS.format("bof"), cells, team.volunteer)
    assert not load_files(begun, folder(answer="bof")).loaded
    with begun.reading() as session:
        ((seq,),) = session.rows("SELECT max(seq) FROM load")
    commands.review_load(begun, team.reviewer, seq, Decision.ACCEPTED, now=LOADED_ON)
    assert load_files(begun, folder(answer="bof")).loaded


def test_rows_that_were_put_right_in_a_file_of_their_own_are_told_of(begun):
    load(begun, "signatories", PEOPLE.format("Lyon"))
    load(begun, "answers", "Signataire,Mesure,Réponse\nAline Abrial,2,non\n")
    whole = load_files(begun, folder(answer="bof"))
    assert not whole.loaded and "refused_known" in codes(whole)
    assert "refused_known" not in codes(load_files(begun, folder("Lyonne")))
