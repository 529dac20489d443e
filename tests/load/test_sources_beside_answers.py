"""A column of sources after each column of answers, as those of comments are."""

import io

import pytest

from monitor import commands, intake
from tests.support.whole_pacts import LOADED_ON, MEASURES, PACT, SIGNATORIES, load_files
from tests.support.workbooks import workbook

A, B = "https://a.example/1", "https://b.example/2"
#: The titles after « Nom », and what stands in a row below them.
TABLES = {
    "after each answer": (("1", "Source", "2", "Source"), ("oui", A, "non", B)),
    "in English": (("1", "Evidence", "2", "Evidence"), ("yes", A, "no", B)),
    "links": (("1", "Lien", "2", "Lien"), ("oui", A, "non", B)),
    "behind comments": (
        ("1", "Commentaire", "Preuve", "2", "Commentaire", "Preuve"),
        ("oui", "vite", A, "non", "", B),
    ),
    "before comments": (
        ("1", "Preuve", "Commentaire", "2", "Preuve", "Commentaire"),
        ("oui", A, "vite", "non", B, ""),
    ),
    "called after the measure": (("1", "2", "Source 1", "Source 2"), ("oui", "non", A, B)),
    "in brackets": (("1", "1 [Source]", "2", "2 [Source]"), ("oui", A, "non", B)),
}


def load(store, sheets):
    return load_files(store, {"a.xlsx": workbook({"Pacte": PACT, **sheets})})


def answers_of(store) -> dict[str, tuple[str, str | None, str | None]]:
    with store.reading() as session:
        rows = session.rows(
            "SELECT measure, answer, source_url, comment FROM answer JOIN answer_text USING (seq)"
        )
        return {measure: (answer, url, comment) for measure, answer, url, comment in rows}


@pytest.mark.parametrize(("titles", "row"), TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("one_table", [False, True], ids=["of answers", "of signatories too"])
def test_each_answer_has_its_own_source(empty, titles, row, one_table):
    sheets = {"Mesures": MEASURES}
    if one_table:
        sheets["Signataires"] = [("Nom", "Ville", *titles), ("Aline Abrial", "Lille", *row)]
    else:
        sheets["Signataires"] = SIGNATORIES
        sheets["Réponses"] = [("Nom", *titles), ("Aline Abrial", *row)]
    whole = load(empty, sheets)
    assert whole.loaded, [one for report in whole.reports for one in report.errors]
    found = answers_of(empty)
    assert {one: (answer, url) for one, (answer, url, _) in found.items()} == {
        "1": ("yes", A),
        "2": ("no", B),
    }
    said = "vite" if "vite" in row else None
    assert (found["1"][2], found["2"][2]) == (said, None)


def test_titles_that_are_the_measures_keep_the_sources_beside_them(empty):
    titles = ("Q1. Créer une piste ?", "Evidence", "Q2. Poser des arceaux ?", "Evidence")
    rows = [("Nom", "Ville", *titles), ("Aline Abrial", "Lille", "oui", A, "non", "")]
    whole = load(empty, {"Signataires": rows})
    assert whole.loaded, [one for report in whole.reports for one in report.errors]
    assert answers_of(empty) == {"1": ("yes", A, None), "2": ("no", None, None)}


def test_a_source_of_the_whole_row_is_still_kept_with_each_answer(empty):
    rows = [("Nom", "1", "2", "Source"), ("Aline Abrial", "oui", "non", A)]
    whole = load(empty, {"Mesures": MEASURES, "Signataires": SIGNATORIES, "Réponses": rows})
    assert whole.loaded and {url for _, url, _ in answers_of(empty).values()} == {A}


def test_a_source_that_is_no_address_is_told_with_its_line(empty):
    rows = [
        ("Nom", "1", "Source", "2", "Source"),
        ("Aline Abrial", "oui", "vu en mairie", "non", B),
    ]
    whole = load(empty, {"Mesures": MEASURES, "Signataires": SIGNATORIES, "Réponses": rows})
    told = [one for report in whole.reports for one in report.doubts if one.line]
    assert whole.loaded and [(one.code, one.line) for one in told] == [("source_in_words", 2)]
    assert answers_of(empty)["1"] == ("yes", None, None)


@pytest.mark.parametrize("title", ["Lien social", "Adresse unique", "Preuve d’achat local"])
def test_a_request_that_begins_like_a_source_stays_a_request(empty, title):
    measures = [("N°", "Mesure"), ("1", title), ("2", "Piste")]
    rows = [("Nom", title, "Piste"), ("Aline Abrial", "oui", "non")]
    whole = load(empty, {"Mesures": measures, "Signataires": SIGNATORIES, "Réponses": rows})
    assert whole.loaded and {one: said[0] for one, said in answers_of(empty).items()} == {
        "1": "yes",
        "2": "no",
    }


def test_each_source_that_is_none_is_told_with_its_column(empty):
    words = (
        "vu en mairie",
        "réponse du cabinet",
        "https://a.example/x w",
        "https://b.example/y z",
    )
    measures = [("N°", "Mesure"), *((str(n), f"Mesure de l’essai {n}") for n in range(1, 5))]
    titles = [title for n in range(1, 5) for title in (str(n), "Lien")]
    cells = [cell for one in words for cell in ("oui", one)]
    rows = [("Nom", *titles), ("Aline Abrial", *cells)]
    sheets = {"Mesures": measures, "Signataires": SIGNATORIES, "Réponses": rows}
    whole = load(empty, sheets)
    found = [
        one for report in whole.reports for one in (*report.errors, *report.doubts) if one.line
    ]
    told = [(one.code, one.value) for one in found if one.column == "source_url"]
    assert sorted(told) == sorted(
        [
            *(("source_in_words", one) for one in words[:2]),
            *(("url_malformed", one) for one in words[2:]),
        ]
    )
    assert {one.heading for one in whole.reports[-1].errors} == {"Lien"}


PAGED = ("(p. 14)", "p.14", "pp. 3-4", "page 12", "[slide 3]", ", p. 7", "§ 4", "(art. 2)")
UNPAGED = ("z", "et https://b.example", "(à vérifier)", "privé")


@pytest.mark.parametrize("behind", [*PAGED, *UNPAGED])
def test_a_page_behind_an_address_is_left_out_and_told(empty, behind):
    rows = [("Nom", "1", "Lien", "2", "Lien"), ("Aline Abrial", "oui", f"{A} {behind}", "non", B)]
    whole = load(empty, {"Mesures": MEASURES, "Signataires": SIGNATORIES, "Réponses": rows})
    told = [one.code for report in whole.reports for one in report.doubts if one.line]
    assert (whole.loaded, told) == (behind in PAGED, ["address_paged"] * (behind in PAGED))
    assert not whole.loaded or answers_of(empty)["1"] == ("yes", A, None)


def test_what_is_read_instead_holds_in_each_column_of_the_same_title(empty):
    rows = [("Nom", "1", "Lien", "2", "Lien"), ("Aline Abrial", "oui", "a b", "non", "a b")]
    sheets = {"Pacte": PACT, "Mesures": MEASURES, "Signataires": SIGNATORIES, "Réponses": rows}
    parts = intake.sort_parts([("a.xlsx", io.BytesIO(workbook(sheets)))])
    name = next(one.name for one in parts.parts if one.content == "answers")
    read = parts.read_cells({name: {"Lien": {intake.words_key("a b"): A}}})
    whole = commands.load_whole_pact(empty, read, now=LOADED_ON)
    assert whole.loaded and {url for _, url, _ in answers_of(empty).values()} == {A}
