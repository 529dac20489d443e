"""Tables of answers with a column for each measure, as an association keeps them."""

import csv
import io

import pytest

from monitor import commands, intake
from monitor.commands.loading import file_in_memory
from monitor.intake import MendedCell, MendedTable, Mending
from tests.support.clock import NOW

PACT = "mouves-2014"
PEOPLE = (
    "signatory_id,name,commune,signed_on,outcome,measures\n"
    "s1,Zoé Test,33063,,elected,1\ns2,Ali Test,69123,,elected,1\n"
)


def load(store, text, **more):
    file = file_in_memory(text)
    return commands.load(store, "answers", file, pact_id=PACT, name="f.csv", now=NOW, **more)


@pytest.fixture
def signed(store):
    commands.load(store, "signatories", file_in_memory(PEOPLE), pact_id=PACT, name="s.csv", now=NOW)
    return store


def answers(store):
    with store.reading() as session:
        rows = session.rows(
            "SELECT t.signatory_id, t.measure, t.answer, x.comment FROM answer t "
            "JOIN answer_text x ON x.seq = t.seq ORDER BY t.signatory_id, t.measure"
        )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("titles", ["1,2,3", "M1,Mesure 2,n° 3", "01,2.,measure 3"])
def test_each_filled_cell_under_a_measure_is_an_answer(signed, titles):
    report = load(
        signed,
        f"Candidat·e,Ville,{titles}\nZoé Test,Bordeaux,oui,Non,\nAli Test,Lyon,,,en partie\n",
    )
    assert report.loaded and report.outcomes == {"created": 3}
    assert answers(signed) == [
        ("s1", "1", "yes", None),
        ("s1", "2", "no", None),
        ("s2", "3", "partly", None),
    ]


@pytest.mark.parametrize(
    "cell", ["", " ", "-", "–", "/", "sans réponse", "Pas de réponse", "no answer"]
)
def test_silence_is_no_answer(signed, cell):
    assert load(signed, f"signatory_id,1,2\ns1,oui,{cell}\n").outcomes == {"created": 1}


@pytest.mark.parametrize("cell", ["x", "✗", "?", "selon", "2", "FAUX"])
def test_what_is_no_answer_is_refused_with_its_line_and_value(signed, cell):
    report = load(signed, f"signatory_id,1,2\ns1,oui,\ns2,oui,{cell}\n")
    (error,) = report.errors
    assert not report.loaded
    assert (error.line, error.column, error.value) == (3, "2", cell)


def test_somebody_unknown_is_told_once_for_all_their_answers(signed):
    report = load(signed, "signatory_id,1,2,3\npersonne,oui,non,oui\n")
    assert [(error.line, error.value) for error in report.errors] == [(2, "personne")]
    assert report.refused_cells == 1


def test_what_was_refused_is_not_said_to_be_gone(signed):
    load(signed, "signatory_id,1,2\ns1,oui,non\ns2,oui,oui\n")
    report = load(signed, "signatory_id,1,2\ns1,oui,non\npersonne,oui,oui\n", dry_run=True)
    assert report.errors and not report.doubts


@pytest.mark.parametrize("row", ["s1,oui,non,", "s1,oui,oui,", "s1,oui,,"])
def test_a_measure_that_two_columns_mean_is_refused(signed, row):
    report = load(signed, f"signatory_id,1,M1,2\n{row}\n")
    assert [(one.column, one.code, one.values) for one in report.errors] == [
        ("M1", "same_column", (("name", "1"),))
    ]


def test_a_column_that_is_no_measure_is_refused_by_its_name(signed):
    report = load(signed, "signatory_id,1,2,Humeur\ns1,oui,non,bonne\n")
    assert [(error.column, error.code) for error in report.errors] == [("Humeur", "unknown_column")]


@pytest.mark.parametrize(
    "title",
    [
        "comment",
        "Commentaire du candidat",
        "Remarques des signataires",
        "Observation de la candidate",
        "Comment of the signatory",
    ],
)
def test_a_comment_of_the_signatory_stays_with_each_answer_and_is_doubted(signed, title):
    report = load(signed, f"signatory_id,1,2,{title}\ns1,oui,non,Selon le budget.\ns2,oui,,\n")
    assert [doubt.code for doubt in report.doubts if doubt.code == "shared_by_answers"]
    assert answers(signed) == [
        ("s1", "1", "yes", "[sur l’ensemble] Selon le budget."),
        ("s1", "2", "no", "[sur l’ensemble] Selon le budget."),
        ("s2", "1", "yes", None),
    ]


@pytest.mark.parametrize(
    "title", ["Commentaire", "Commentaires", "Remarques", "Observation", "Précisions", "Comment"]
)
def test_remarks_that_may_be_those_of_the_team_are_nobody_s_words(signed, title):
    report = load(signed, f"signatory_id,1,2,{title}\ns1,oui,non,Très aimable !\n")
    assert report.loaded
    assert [one.values for one in report.doubts if one.code == "whose_comment"] == [
        (("title", title),)
    ]
    assert answers(signed) == [("s1", "1", "yes", None), ("s1", "2", "no", None)]


def test_whoever_fills_a_form_in_comments_on_their_own_answers(signed):
    load(signed, "Horodateur,signatory_id,1,Remarques\n2026-01-12,s1,oui,Dès 2027.\n")
    assert answers(signed) == [("s1", "1", "yes", "[sur l’ensemble] Dès 2027.")]


@pytest.mark.parametrize(
    "reach",
    [
        "06 12 34 56 78",
        "0612345678",
        "+33 6 12 34 56 78",
        "0033 (0)6.12.34.56.78",
        "+41791234567",
        "zoe.test@exemple.invalid",
    ],
)
def test_a_comment_that_says_how_to_reach_somebody_is_refused(signed, reach):
    report = load(signed, f"signatory_id,measure,answer,comment\ns1,1,oui,À appeler {reach} .\n")
    (error,) = report.errors
    assert (error.code, dict(error.values)["found"]) == ("private_contact", reach)


@pytest.mark.parametrize(
    "comment",
    [
        "Dès 2027, 12 000 000 €.",
        "Délibération 2026-04-05-06-07.",
        "https://exemple.invalid/0612345678/",
        "@ville",
        "30 000 000 000 €",
    ],
)
def test_figures_are_no_telephone_numbers(signed, comment):
    assert load(signed, f'signatory_id,measure,answer,comment\ns1,1,oui,"{comment}"\n').loaded


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("oui mais pas avant 2028", "partly"),
        ("Oui, mais pas avant 2028.", "partly"),
        ("OUI sous réserve du budget", "partly"),
        ("oui (à condition que la Région paie)", "partly"),
        ("oui, si l’État suit", "partly"),
        ("yes, but not before 2028", "partly"),
        ("en partie : rue de la Gare", "partly"),
        ("oui : dès 2027", "yes"),
        ("Oui, nous l’avons déjà voté", "yes"),
        ("oui (voir notre programme)", "yes"),
        ("non : trop cher", "no"),
        ("Non, nous préférons les bus", "no"),
    ],
)
def test_an_answer_that_goes_on_in_words_keeps_them(signed, cell, answer):
    report = load(signed, f'signatory_id,1,2\ns1,oui,"{cell}"\n')
    assert report.loaded
    assert [one.value for one in report.doubts if one.code == "answer_in_words"] == [cell]
    assert answers(signed) == [("s1", "1", "yes", None), ("s1", "2", answer, cell)]


@pytest.mark.parametrize(
    "cell",
    [
        "oui, mais…",
        "non, déjà fait",
        "non mais nous y travaillons",
        "oui et non",
        "oui ?",
        "ouistiti",
        "no. 3 ?",
    ],
)
def test_words_that_may_mean_two_answers_are_refused(signed, cell):
    report = load(signed, f'signatory_id,1,2\ns1,"{cell}",oui\n')
    assert not report.loaded
    assert [(one.value, one.column) for one in report.errors] == [(cell, "1")]


def test_words_of_an_answer_stand_before_those_beside_it(signed):
    load(signed, 'signatory_id,1,Commentaire 1,2\ns1,"oui, mais tard",Vu,"non : cher"\n')
    assert answers(signed) == [
        ("s1", "1", "partly", "oui, mais tard\nVu"),
        ("s1", "2", "no", "non : cher"),
    ]


def test_the_same_table_again_changes_nothing(signed):
    text = "signatory_id,1,2\ns1,oui,non\n"
    load(signed, text)
    assert load(signed, text).outcomes == {"unchanged": 2}


def test_a_row_with_more_cells_than_the_header_is_refused_as_it_stands(signed):
    report = load(signed, "signatory_id,1,2\ns1,oui,non,trop\n")
    assert [error.code for error in report.errors] == ["ragged_row"]


@pytest.mark.parametrize("titles", ["Zoé Test,Ali Test", "s1,s2", "TEST Zoé,Ali Test (Lyon)"])
def test_a_column_a_candidate_is_read_as_a_column_a_measure_is(signed, titles):
    report = load(signed, f"Mesure,{titles}\n2,oui,en partie\nMesure 3,,non\n")
    assert report.loaded and report.outcomes == {"created": 3}
    assert answers(signed) == [
        ("s1", "2", "yes", None),
        ("s2", "2", "partly", None),
        ("s2", "3", "no", None),
    ]


def test_a_column_a_candidate_that_nobody_is_called_is_refused_by_its_title(signed):
    report = load(signed, "Mesure,Zoé Test,Ali Tset\n2,oui,oui\n")
    assert [(error.column, error.code) for error in report.errors] == [
        ("Ali Tset", "unknown_column")
    ]


def test_each_wrong_answer_of_somebody_unknown_is_told_beside_them(signed):
    rejects = io.StringIO()
    report = load(signed, "signatory_id,1,2,3\npersonne,oui,x,oui\n", rejects=rejects)
    assert [(error.column, error.value) for error in report.errors] == [
        ("signatory_id", "personne"),
        ("2", "x"),
    ]
    # Each answer can be loaded from the file of refused rows, which says of each why.
    rows = [*csv.DictReader(io.StringIO(rejects.getvalue()))]
    assert [(row["measure"], row["answer"]) for row in rows] == [
        ("1", "oui"),
        ("2", "x"),
        ("3", "oui"),
    ]
    assert all("personne" in row["rejected_reason"] for row in rows)


def test_a_refusal_of_what_was_signed_is_told_under_its_title(signed):
    report = load(signed, "signatory_id,M1,2\ns1,non,oui\n")
    (error,) = report.errors
    assert (error.line, error.column, error.code) == (2, "M1", "answer_against_list")


@pytest.mark.parametrize("mended", ["oui", ""])
def test_an_answer_is_written_anew_at_its_line_under_its_title(signed, mended):
    data = b"signatory_id,1,Mesure 2\ns1,oui,\ns2,oui,x\n"
    mending = Mending(cells={(3, "Mesure 2"): mended})
    table = MendedTable(io.BytesIO(data), "answers", mending)
    report = commands.load(signed, "answers", table, pact_id=PACT, name="f.csv", now=NOW)
    assert report.loaded and len(answers(signed)) == (3 if mended else 2)
    assert report.mended == [MendedCell(3, "Mesure 2", "x", mended)]


@pytest.mark.parametrize("rows", ["s1,,\ns2,,\n", "s1,-,\n"])
def test_a_table_in_which_nothing_is_answered_is_said(signed, rows):
    report = load(signed, f"signatory_id,1,2\n{rows}", dry_run=True)
    assert [doubt.code for doubt in report.doubts] == ["nothing_answered"]


def test_words_in_the_cells_of_answers_stay_when_comments_are_emptied_and_that_is_said():
    """`--same "comment="` is about a column that was published by mistake."""
    known = intake.Context(NOW.date(), signatories={"s1"}, measures=["1", "2"])
    file = io.BytesIO(b"signatory_id;1;2\ns1;oui, mais pas avant 2028;non\n")
    table = MendedTable(file, "answers", Mending(same={"comment": ""}))
    rows = [*intake.read_file(table, "answers", known)]
    assert [(row.values.answer, row.values.comment) for row in rows] == [
        ("partly", "oui, mais pas avant 2028"),
        ("no", None),
    ]
    (doubts,) = [one for one in table.doubts if one.code == "words_stay"]
    assert all("--mark" in intake.error_sentence(doubts, lang) for lang in ("fr", "en"))
