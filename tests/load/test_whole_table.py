"""One table with everything, as most associations keep it: a row for each candidate, a column for each
request. Of a pact without measures it gives these, those who signed and what they answered."""

import io
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from monitor import intake
from monitor.commands import load_whole_pact
from monitor.intake import Mending
from monitor.intake.pact_tables import assemble_pact
from monitor.intake.request_rows import part_requests
from monitor.intake.whole_table import find_requests, name_whole_table
from monitor.models import RowOutcome
from monitor.store.pacts_and_areas import current_pact
from tests.support.whole_pacts import LOADED_ON, MEASURES, PACT, load_files, load_sheets, workbook
from tests.support.workbooks import workbook_bytes

DAY = date(2026, 9, 1)
ASKED = ("Créer une piste", "Poser des arceaux", "Baisser la vitesse")
PEOPLE = [
    ("Lille", "Abrial", "Aline", "Lille vert", "03/02/2026"),
    ("Lyon", "Brun", "Basile", "Lyon vert", "04/02/2026"),
    ("Rennes", "Cros", "Chloé", "", ""),
]
SAID = [("oui", "non", "oui"), ("non", "", "en partie"), ("", "oui", "OUI")]
HEAD = ("Ville", "Nom", "Prénom", "Liste", "Date")
READ = [*zip("123", ASKED, strict=True)]
NAMED = ("Aline Abrial", "Basile Brun")
SIGNED = [("Nom", "Ville"), ("Aline Abrial", "Lille"), ("Basile Brun", "Lyon")]
#: Of two requests, what stands in a row of a sheet of answers.
ROWS = [(1, "Vélo", "Créer une piste", "oui", "non"), (2, "Rue", "Baisser la vitesse", "non", "")]
#: The same as answers, those of Aline Abrial first.
ROWS_SAID = [("yes", "no"), ("no",)]


def table(titles=ASKED, answers=SAID, head=HEAD, more=((), (), (), ())):
    rows = [(*head, *titles), *((*who, *one) for who, one in zip(PEOPLE, answers, strict=True))]
    return [(*row, *more[n]) for n, row in enumerate(rows)]


#: What the sheet is -> the measures that it words.
WORDED = {
    "plain": (table(), READ),
    "a comment at the end": (table(more=(("Commentaire",), ("à voir",), ("",), ("",))), READ),
    "a comment on each": (
        table(
            (ASKED[0], "Commentaire", ASKED[1], "Remarque (Poser des arceaux)", ASKED[2]),
            [("oui", "si possible", "non", "", "oui"), *(("non", "", "oui", "", "oui"),) * 2],
        ),
        READ,
    ),
    "a title above": ([("Nos candidats",), (), *table()], READ),
    "lines in titles": (table(("Créer\nune piste", *ASKED[1:])), READ),
    "nobody answered one": (table(answers=[("oui", "", "oui")] * 3), READ),
    "reservations": (table(answers=[("oui", "oui, mais", "oui"), *SAID[1:]]), READ),
    "numbered": (
        table([f"{n}. {one}" for n, one in zip("357", ASKED, strict=True)]),
        [*zip("357", ASKED, strict=True)],
    ),
    "numbered otherwise": (
        table([f"Demande n° {n} : {one}" for n, one in zip("123", ASKED, strict=True)]),
        READ,
    ),
    "some numbered": (
        table((f"1. {ASKED[0]}", *ASKED[1:])),
        [("1", f"1. {ASKED[0]}"), *READ[1:]],
    ),
    "a grid of a form": (table([f"Vous engagez-vous à… [{one}]" for one in ASKED]), READ),
    "answers in brackets": (table([f"{one} [Votre réponse]" for one in ASKED]), READ),
    "notes of ours": (table(more=(("Notes internes",), ("rappeler",), ("",), ("vu",))), READ),
    "numbers alone": (table(("1", "2", "Q3")), []),
    "other words": (table(answers=[("bleu", "vert", "rouge")] * 3), []),
    "no answers": (table((), [()] * 3), []),
}


def parts_of(sheets):
    return intake.sort_parts([("pacte.xlsx", io.BytesIO(workbook(sheets)))])


@pytest.mark.parametrize("content", ["Candidats", "Réponses", "Feuil1"])
@pytest.mark.parametrize(("rows", "worded"), WORDED.values(), ids=WORDED)
def test_the_titles_of_columns_of_answers_are_the_measures(rows, worded, content):
    parts = name_whole_table(parts_of({"Pacte": PACT, content: rows}), DAY)
    found = assemble_pact(parts.parts, DAY)
    measures = found.pact.measures if found.pact else ()
    assert [(one.id, one.wording) for one in measures] == worded
    codes = {one.code for doubts in found.doubts.values() for one in doubts}
    assert ("measures_of_titles" in codes) == bool(worded)
    assert all(
        intake.error_sentence(one, lang)
        for lang in ("fr", "en")
        for doubts in found.doubts.values()
        for one in doubts
    )


#: Sheets beside the pact, of which none may be taken for all of it.
UNREAD = {
    "measures are given": {"Mesures": MEASURES, "Feuil1": table()},
    "signatories are given": {"Signataires": [HEAD, *PEOPLE], "Feuil1": table()},
    "two of them": {"Feuil1": table(), "Feuil2": table()},
    "two questions": {"Adhérents": table(("À jour", "Bulletin"), [one[:2] for one in SAID])},
    "no places": {"Feuil1": [row[1:] for row in table()]},
    "nobody named": {"Feuil1": [(row[0], *row[4:]) for row in table()]},
}


@pytest.mark.parametrize("sheets", UNREAD.values(), ids=UNREAD)
def test_a_sheet_without_a_known_name_is_read_only_where_it_alone_can_be_meant(sheets):
    parts = parts_of({"Pacte": PACT, **sheets})
    assert name_whole_table(parts, DAY) == parts


#: What stands under three titles that say nothing -> whether these are the requests; « ? » where
#: somebody has begun to say what the marks mean.
SCALES = {
    "lights": (["🟢🔴🟠", "🔴🟢🟢"], True),
    "notes": (["053", "315"], True),
    "lights of which one is said": (["🟢🟢🔴", "🟢🔴🔴", "?🟢"], True),
    "numbers of other things": ([("1200", "7", "68"), ("950", "12", "30")], False),
    "long words": ([("bientôt", "jamais", "bientôt"), ("jamais", "jamais", "bientôt")], False),
}


@pytest.mark.parametrize(("rows", "is_read"), SCALES.values(), ids=SCALES)
def test_columns_of_the_same_marks_are_requests_before_somebody_says_what_they_mean(rows, is_read):
    marks = {one[1]: "yes" for one in rows if one[0] == "?"}
    who = (("Lille", "Aline Abrial"), ("Lyon", "Basile Brun"))
    sheet = [
        ("Ville", "Nom", *ASKED[:3]),
        *((*one, *row) for one, row in zip(who, rows, strict=False)),
    ]
    parts = parts_of({"Pacte": PACT, "Candidats": sheet}).parts
    (part,) = (one for one in parts if one.content == "signatories")
    found = find_requests(replace(part, mending=Mending(marks=marks)), DAY)
    assert (found is not None and [*found.titles.values()] == [*ASKED[:3]]) == is_read


def test_a_title_that_stands_twice_is_refused():
    parts = parts_of({"Pacte": PACT, "Candidats": table((*ASKED[:2], ASKED[0]))})
    found = assemble_pact(parts.parts, DAY)
    errors = [one for every in found.errors.values() for one in every]
    assert [(one.code, one.value) for one in errors] == [("duplicate_column", ASKED[0])]


def test_marks_tick_answers_even_before_somebody_says_what_they_mean():
    (part,) = parts_of(
        {"Candidats": table(answers=[("x", "", "x"), ("", "x", ""), ("x", "x", "✓")])}
    ).parts
    assert [*find_requests(part, DAY).titles.values()] == [*ASKED]


def test_people_beside_the_requests_are_no_measures():
    asked = [(str(n), one, "oui", "non") for n, one in enumerate(ASKED, 1)]
    rows = [("N°", "Demande", "Ana Bo", "Cy Do"), *asked]
    (part,) = [one for one in parts_of({"Réponses": rows}).parts if one.content == "answers"]
    assert find_requests(part, DAY) is None


@pytest.mark.parametrize("who", ["{1} {0} ({2})", "{2} - {1} {0}", "{0} {1}, {2}"])
def test_a_sheet_whose_names_say_the_place_is_read_as_one_with_everything(who):
    names = [who.format(one[1].upper(), one[2], one[0]) for one in PEOPLE]
    rows = [
        ("Nom et ville", *ASKED),
        *((one, *answers) for one, answers in zip(names, SAID, strict=True)),
    ]
    parts = name_whole_table(parts_of({"Pacte": PACT, "Feuil1": rows}), DAY)
    assert "pacte.xlsx · Feuil1" in [part.name for part in parts.parts]


@pytest.mark.sqlite
def test_one_sheet_gives_the_measures_the_signatories_and_the_answers(empty):
    rows = table(more=(("Commentaire",), ("à voir",), ("",), ("",)))
    templates = {"Mesures": [MEASURES[0], ("Exemple : 1",)], "Signataires": [("Nom", "Ville")]}
    templates["Réponses"] = [("Signataire", "Mesure", "Réponse"), ("Exemple : A",)]
    files = {
        "pacte.xlsx": workbook({"Pacte": PACT, **templates}),
        "tableau.xlsx": workbook({"Feuil1": rows}),
    }
    for _ in range(2):
        whole = load_files(empty, files, lang="fr")
        assert whole.loaded and whole.left_out == ()
    with empty.reading() as session:
        people = session.rows("SELECT commune, signed_on FROM signatory")
        answers = session.rows("SELECT measure, answer FROM answer ORDER BY seq")
    assert len(people) == 3 and ("59350", "2026-02-03") in {*map(tuple, people)}
    assert [*map(tuple, answers)][:5] == [
        *(("1", "yes"), ("2", "no"), ("3", "yes"), ("1", "no"), ("3", "partly"))
    ]
    assert [one.content for one in whole.reports] == ["pact", "measures", "signatories", "answers"]


#: The titles of the table when it comes again -> the ids of its measures, and those that are told as
#: new; None where it is refused.
COME_AGAIN = {
    "as before": (ASKED, "123", []),
    "one before": (("Planter", *ASKED), "4123", ["4. Planter"]),
    "one between": ((ASKED[0], "Planter", *ASKED[1:]), "1423", ["4. Planter"]),
    "two at the end": ((*ASKED, "Planter", "Semer"), "12345", ["4. Planter", "5. Semer"]),
    "in another order": (ASKED[::-1], "321", []),
    "put right": ((f"{ASKED[0]} cyclable", *ASKED[1:]), "123", []),
    "put right and one before": (("Planter", f"{ASKED[0]}s", *ASKED[1:]), "4123", ["4. Planter"]),
    "worded anew": (("Semer des haies", *ASKED[1:]), "123", []),
    "one less": (ASKED[:2], None, []),
}


@pytest.mark.parametrize(("titles", "ids", "new"), COME_AGAIN.values(), ids=COME_AGAIN)
def test_a_table_that_comes_again_keeps_the_number_of_each_measure(empty, titles, ids, new):
    assert load_sheets(empty, {"Pacte": PACT, "Candidats": table()}).loaded
    answers = [["oui"] * len(titles)] * 3
    whole = load_sheets(empty, {"Pacte": PACT, "Candidats": table(titles, answers)})
    assert whole.loaded == (ids is not None)
    if ids is None:
        assert {one.code for one in whole.reports[0].errors} == {"measure_removed"}
        return
    with empty.reading() as session:
        _, pact = current_pact(session, "velo-2026")
    assert "".join(one.id for one in pact.measures) == ids
    doubts = [one for report in whole.reports for one in report.doubts]
    added = [dict(one.values)["measures"] for one in doubts if one.code == "measures_added"]
    assert added == ([" ; ".join(new)] if new else [])
    assert "measures_of_titles" not in {one.code for one in doubts}


#: A sheet of answers with a row for each request -> the measures that it words, and their themes.
ROWS_WORDED = {
    "number, theme, words": (
        [("n°", "thème", "demande", *NAMED), *ROWS],
        [("1", "Créer une piste", "Vélo"), ("2", "Baisser la vitesse", "Rue")],
    ),
    "words alone": (
        [("Demande", *NAMED), *(row[2:] for row in ROWS)],
        [("1", "Créer une piste", ""), ("2", "Baisser la vitesse", "")],
    ),
    "« intitulé »": (
        [("N°", "Intitulé", *NAMED), *((row[0], *row[2:]) for row in ROWS)],
        [("1", "Créer une piste", ""), ("2", "Baisser la vitesse", "")],
    ),
    "one candidate": (
        [("N°", "Demande", NAMED[0]), *((row[0], *row[2:4]) for row in ROWS)],
        [("1", "Créer une piste", ""), ("2", "Baisser la vitesse", "")],
    ),
    "a title above": (
        [("Nos demandes",), (), ("n°", "thème", "demande", *NAMED), *ROWS],
        [("1", "Créer une piste", "Vélo"), ("2", "Baisser la vitesse", "Rue")],
    ),
    "numbers of their own": (
        [("n°", "thème", "demande", *NAMED), ("4b", *ROWS[0][1:]), ("7", *ROWS[1][1:])],
        [("4b", "Créer une piste", "Vélo"), ("7", "Baisser la vitesse", "Rue")],
    ),
    "no answers": ([("n°", "thème", "demande", "Budget"), (1, "Vélo", "Payer moins", "12 M")], []),
    "one answer a row": (
        [("Nom", "Ville", "Demande", "Réponse"), ("Aline Abrial", "Lille", "Payer", "oui")],
        [],
    ),
}


@pytest.mark.parametrize(("rows", "worded"), ROWS_WORDED.values(), ids=ROWS_WORDED)
def test_the_rows_of_a_table_of_answers_are_the_measures_that_nothing_else_words(rows, worded):
    parts = part_requests(parts_of({"Pacte": PACT, "Candidats": SIGNED, "Réponses": rows}), DAY)
    found = assemble_pact(parts.parts, DAY)
    measures = found.pact.measures if found.pact else ()
    assert [(one.id, one.wording, one.theme or "") for one in measures] == worded
    codes = {one.code for doubts in found.doubts.values() for one in doubts}
    assert ("measures_of_rows" in codes) == bool(worded)


@pytest.mark.parametrize("case", [name for name, (_, worded) in ROWS_WORDED.items() if worded])
def test_the_same_table_gives_the_answers_and_is_left_as_it_was_when_it_comes_again(empty, case):
    rows, worded = ROWS_WORDED[case]
    sheets = {"Pacte": PACT, "Candidats": SIGNED, "Réponses": rows}
    assert load_sheets(empty, sheets).loaded
    with empty.reading() as session:
        kept = session.rows("SELECT measure, answer FROM answer ORDER BY seq")
    few = 1 if case == "one candidate" else 2
    pairs = zip(worded, ROWS_SAID, strict=True)
    assert [*map(tuple, kept)] == [
        (one[0], expected) for one, row in pairs for expected in row[:few]
    ]
    again = load_sheets(empty, sheets)
    assert again.loaded and {
        outcome for one in again.reports for outcome, n in one.outcomes.items() if n
    } == {RowOutcome.UNCHANGED}
    assert all(doubt.code != "measures_of_rows" for one in again.reports for doubt in one.doubts)


ALONE = [("Thème", "Demande"), ("Vélo", "Créer une piste"), ("Bus", "Baisser les prix")]


@pytest.mark.parametrize(
    ("rows", "numbers"),
    [
        (ALONE, ["1", "2"]),
        ([*ALONE, ("Total", "")], ["1", "2"]),
        ([("N°", *ALONE[0]), *[("", *row) for row in ALONE[1:]]], ["1", "2"]),
        ([("N°", *ALONE[0]), ("", *ALONE[1]), ("2", *ALONE[2])], None),
        ([("N°", *ALONE[0]), ("3", *ALONE[1]), ("7", *ALONE[2])], ["3", "7"]),
    ],
)
def test_measures_without_numbers_are_numbered_in_their_order(rows, numbers):
    found = assemble_pact(parts_of({"Pacte": PACT, "Mesures": rows}).parts, DAY)
    assert (found.pact and [one.id for one in found.pact.measures]) == numbers
    errors = [error.code for some in found.errors.values() for error in some]
    assert errors == ([] if numbers else ["required"])
    codes = {one.code for doubts in found.doubts.values() for one in doubts}
    assert ("measures_numbered" in codes) == (numbers == ["1", "2"])


def test_a_measure_without_a_number_keeps_the_one_that_it_got(empty):
    assert load_sheets(empty, {"Pacte": PACT, "Mesures": ALONE}).loaded
    more = [*ALONE[:2], ("Bus", "Rouler la nuit"), ("Bus", "Baisser ses prix")]
    assert load_sheets(empty, {"Pacte": PACT, "Mesures": more}).loaded
    with empty.reading() as session:
        _, pact = current_pact(session, "velo-2026")
    assert {one.id: one.wording for one in pact.measures} == {
        "1": "Créer une piste",
        "2": "Baisser ses prix",
        "3": "Rouler la nuit",
    }


@pytest.mark.parametrize("content", ["Candidats", "Réponses des listes"])
def test_a_column_published_by_mistake_is_emptied_in_a_sheet_with_everything(empty, content):
    whose, answers = "Commentaire du candidat", [("oui", "oui, si l’État aide", ""), *SAID[1:]]
    sheets = {"Pacte": PACT, content: table(answers=answers, more=((whose,), ("procès",), (), ()))}
    assert load_sheets(empty, sheets).loaded
    parts = parts_of(sheets)
    every = {part.name: {whose: ""} for part in parts.parts}
    assert load_whole_pact(empty, parts.read_titles(every, {"comment": ""}), now=LOADED_ON).loaded
    with empty.reading() as session:
        kept = session.rows(
            "SELECT a.measure, x.comment FROM answer a JOIN answer_text x USING (seq) "
            "WHERE a.rev = 2 ORDER BY a.seq"
        )
    assert [*map(tuple, kept)] == [("1", None), ("2", "oui, si l’État aide")]


def test_a_title_that_somebody_said_is_a_comment_is_one_in_a_sheet_with_everything(empty):
    sheets = {"Pacte": PACT, "Candidats": table(more=(("Notes",), ("Je veux bien.",), (), ()))}
    parts = parts_of(sheets)
    columns = {part.name: {"Notes": "commentaire"} for part in parts.parts}
    assert load_whole_pact(empty, parts.read_titles(columns, {}), now=LOADED_ON).loaded
    with empty.reading() as session:
        kept = session.rows("SELECT DISTINCT comment FROM answer_text ORDER BY comment")
    assert [*map(tuple, kept)][-1] == ("[sur l’ensemble] Je veux bien.",)


@pytest.mark.parametrize(("merged", "is_read"), [("B2:B3", True), ("B2:C2", False)])
def test_a_theme_merged_over_its_measures_is_that_of_each(merged, is_read):
    rows = [
        ("N°", "Thème", "Demande"),
        ("1", "Vélo", "Créer"),
        ("2", "", "Garer"),
        ("3", "", "Voir"),
    ]
    book = load_workbook(io.BytesIO(workbook({"Pacte": PACT, "Mesures": rows})))
    book["Mesures"].merge_cells(merged)
    parts = intake.sort_parts([("pacte.xlsx", io.BytesIO(workbook_bytes(book)))])
    found = assemble_pact(parts.parts, DAY)
    codes = {one.code for doubts in found.doubts.values() for one in doubts}
    assert ("merged_read" in codes) == is_read
    themes = [one.theme for one in found.pact.measures] if found.pact else []
    assert themes == (["Vélo", "Vélo", None] if is_read else [])
