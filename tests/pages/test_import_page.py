"""The page of files: columns that are matched there, cells that are mended there."""

import io
import json
from dataclasses import astuple, replace
from datetime import UTC, datetime

import pytest

from monitor import commands
from monitor.commands.part_writing import append_step
from monitor.export.example_rows import example_row
from monitor.export.pact_workbook import pact_workbook
from monitor.i18n import LANGUAGES
from monitor.intake import Mending
from monitor.intake.signing_columns import SIGNED_ROWS
from monitor.models import Role
from monitor.queries.file_parts import answers_with_people
from monitor.schema import FILES
from monitor.store.journal import Journal
from monitor.store.pacts_and_areas import current_pact
from monitor.ui.team import templates
from monitor.ui.team.cell_mending import purpose_of
from monitor.ui.team.people_upload import PEOPLE_WITH_ANSWERS
from monitor.ui.team.upload import CONTENTS
from tests.support.app import open_page, words
from tests.support.small_pacts import MEASURE, TEXT
from tests.support.team_pages import check, field
from tests.support.whole_pacts import workbook

PACT = "mouves-2014"
#: As a stranger keeps it.
STRANGE = (
    "Réf.;Pour qui;N° mesure;Où en est-on;Lien;Tél.\n"
    "g1;hidalgo-paris;3;réalisé;https://exemple.fr/a;01\n"
    "g2;collomb-lyon;2;en cours;https://exemple.fr/b;02\n"
).encode()
MATCHED = Mending(
    {0: "action_id", 1: "signatory_id", 5: ""},
    {"happened_on": "2019-05", "source_kind": "report", "source_title": "Bilan"},
)
TITLES = ("Réf.", "Pour qui", "N° mesure", "Où en est-on", "Lien", "Tél.")
FILE_OF_TWO = (
    b"action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
    b"g1,hidalgo-paris,3,2019-05,implemented,Un cycle est ouvert.,report,Bilan 2019\n"
    b"g2,hidalgo-paris,3,31/02/2019,implemented,Un autre.,report,Bilan 2019\n"
)


def bring(content: bytes, **query: str):
    app = open_page("import", **query)
    app.file_uploader[0].set_value(("suivi.csv", content, "text/csv")).run()
    assert not app.exception
    return app


def confirm(app):
    return next(button for button in app.button if button.label.startswith("Confirmer"))


def test_columns_whose_titles_mean_nothing_are_asked_with_samples_and_the_others_are_guessed(
    store, people
):
    app = bring(STRANGE)
    assert [one.label for one in app.expander if "du fichier" in one.label] == [
        "3 colonnes du fichier ne sont pas reconnues"
    ]
    page_text = words(app)
    assert "**Pour qui**" in page_text and "hidalgo-paris · collomb-lyon" in page_text
    choices = {
        box.label: box.value
        for box in app.selectbox
        if box.label.startswith("Ce qu’est la colonne")
    }
    assert len(choices) == len(TITLES)
    assert list(choices.values()) == [None, None, None, "measure", "status", "source_url"]


def test_matched_columns_and_what_all_rows_share_make_a_file_that_loads(store, people):
    app = bring(STRANGE)
    for title, column in (("Réf.", "action_id"), ("Pour qui", "signatory_id"), ("Tél.", "")):
        field(app.selectbox, f"Ce qu’est la colonne «\u00a0{title}").set_value(column).run()
    field(app.text_input, "Date").set_value("2019-05").run()
    field(app.multiselect, "Ce que toutes").set_value(["source_kind", "source_title"]).run()
    field(app.selectbox, "Nature de la source").set_value("report").run()
    field(app.text_input, "Titre de la source").set_value("Bilan").run()
    assert "6 choix attendent" in words(app) and "2 créées" not in words(app)
    check(app)
    assert "2 créées" in words(app)
    confirm(app).click().run()
    with store.reading() as session:
        kept = commands.find_column_match(session, PACT, "actions", TITLES)
        assert session.rows("SELECT happened_on FROM action ORDER BY seq DESC LIMIT 2") == [
            ("2019-05",),
            ("2019-05",),
        ]
    assert kept == MATCHED


def test_the_next_file_with_the_same_titles_asks_nothing(store, people):
    commands.keep_column_match(store, people[Role.VOLUNTEER], PACT, "actions", TITLES, MATCHED)
    app = bring(STRANGE)
    assert "2 créées" in words(app) and "mai 2019" in "".join(one.value for one in app.info)
    assert [one.label for one in app.expander if "du fichier" in one.label] == [
        "Les colonnes du fichier"
    ]


def test_a_file_in_which_a_column_was_put_is_read_as_the_one_before(store, people):
    """What was said of titles is kept by these, wherever they stand now; of other files, nothing."""
    marked = replace(MATCHED, marks={"vu": "decided"})
    commands.keep_column_match(store, people[Role.VOLUNTEER], PACT, "actions", TITLES, marked)
    with store.reading() as session:
        moved = commands.find_column_match(session, PACT, "actions", ("Adhérent", *TITLES))
        other = commands.find_column_match(session, PACT, "actions", ("Tél.", "A", "B", "C"))
        less = commands.find_column_match(session, PACT, "actions", TITLES[1:])
    assert moved.columns == {n + 1: name for n, name in MATCHED.columns.items()}
    assert moved.marks == {"vu": "decided"} and other == Mending()
    # What its rows share was said of the whole of a file: not of one that is another.
    assert moved.same == MATCHED.same and less == Mending({0: "signatory_id", 4: ""})


def test_mended_cells_outlive_the_session_and_are_told_before_and_after_the_load(
    store, people, browser_of
):
    browser_of(people[Role.VOLUNTEER])
    purpose = purpose_of(PACT, "actions", FILE_OF_TWO)
    cells = json.dumps([[3, "happened_on", "2019-02-28"], [3, "summary", "Un troisième."]])
    commands.save_draft(store, people[Role.VOLUNTEER], purpose, cells)
    app = bring(FILE_OF_TWO)
    page_text = words(app)
    assert "2 créées" in page_text and "31/02/2019" in page_text and "2019-02-28" in page_text
    assert [one for one in app.expander if one.label == "2 cellules corrigées ici"]
    confirm(app).click().run()
    with store.reading() as session:
        ((load_seq,),) = session.rows("SELECT max(seq) FROM load")
        assert session.rows("SELECT content FROM draft WHERE purpose = :p", p=purpose) == []
        cells_mended = session.rows("SELECT line, column_name, was, became FROM mended_cell")
        assert cells_mended == [
            (3, "happened_on", "31/02/2019", "2019-02-28"),
            (3, "summary", None, None),
        ]
    browser_of(people[Role.REVIEWER])
    page_text = words(open_page("relecture", fichier=str(load_seq)))
    assert "2 cellules ont été corrigées à l’import" in page_text and "31/02/2019" in page_text


def test_mended_cells_can_be_undone(store, people, browser_of):
    browser_of(people[Role.VOLUNTEER])
    purpose = purpose_of(PACT, "actions", FILE_OF_TWO)
    cells = json.dumps([[3, "happened_on", "2019-02-28"]])
    commands.save_draft(store, people[Role.VOLUNTEER], purpose, cells)
    app = bring(FILE_OF_TWO)
    field(app.button, "Annuler ces corrections").click().run()
    assert "1 créée · 1 refusée" in words(app)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_refused_cell_can_be_written_anew_beside_why_it_is_refused(store, people, lang):
    app = bring(FILE_OF_TWO, lang=lang)
    (editor,) = [one for one in app.dataframe if "31/02/2019" in one.value.to_string()]
    assert len(editor.value) == 1 and editor.value.iloc[0, 0] == 3
    assert "_on »" not in words(app) and "_on”" not in words(app)  # a column by its own title


def test_a_tick_keeps_a_doubtful_file_from_being_loaded(store, people):
    odd = FILE_OF_TWO.replace(b"31/02/2019", b"2019-05").replace(
        b"Un autre.", b"Un cycle est ouvert."
    )
    app = bring(odd)
    assert confirm(app)
    field(app.checkbox, "Ne rien charger").check().run()
    assert "Il reste des doutes" in words(app)
    assert not [button for button in app.button if button.label.startswith("Confirmer")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("content", FILES)
def test_a_template_is_a_file_of_which_nothing_is_refused_and_its_example_not_loaded(
    store, content, lang
):
    book = pact_workbook(lang, sheets=(content,))
    for file in (book, templates.template_csv(content, lang)):
        report = commands.load(
            store, content, io.BytesIO(file), pact_id=PACT, name="modele", dry_run=True
        )
        assert not report.errors and report.outcomes.total() == 0
        assert [one.code for one in report.doubts] == ["example_row"] * bool(
            example_row(content, lang)
        )


def test_the_page_offers_a_template_of_what_is_chosen_and_says_what_its_columns_hold(store, people):
    app = open_page("import")
    labels = [one.label for one in app.download_button]
    assert labels[:2] == ["Modèle à remplir (XLSX)", "Modèle à remplir (CSV)"]
    app.session_state["_template_columns_actions"] = True
    app.run()
    assert "`happened_on`" in words(app) and "`partly_implemented`" in words(app)


def test_a_table_with_a_column_for_each_measure_asks_nothing_of_these_and_is_mended_there(
    store, people
):
    app = open_page("import")
    field(app.selectbox, "Ce que contient").set_value("answers").run()
    table = "Candidat·e;1;2;3\nhidalgo-paris;oui;non;bof\n".encode()
    app.file_uploader[0].set_value(("reponses.csv", table, "text/csv")).run()
    assert not app.exception
    assert [one.label for one in app.expander if "du fichier" in one.label] == [
        "Les colonnes du fichier"
    ]
    (editor,) = app.dataframe
    assert "bof" in words(app) and editor.value.iloc[0, :3].tolist() == [2, "3", "bof"]


def bring_sheets(**sheets):
    app = open_page("import")
    field(app.selectbox, "Ce que contient").set_value("signatories").run()
    app.file_uploader[0].set_value(("villes.xlsx", workbook(sheets), "")).run()
    assert not app.exception
    return app


def test_each_sheet_of_a_workbook_is_loaded_with_what_its_rows_share(store, people):
    titles = ["Nom complet", "Date"]
    sheets = {
        "Lille": [["Les signataires de Lille"], titles, ["Zoé Test", "2014-02"]],
        "Lyon": [["Les signataires de Lyon"], titles, ["Ali Test", "2014-03"]],
    }
    app = bring_sheets(**sheets)
    assert [one.label for one in app.expander if one.label.startswith("Titres lus")] == [
        "Titres lus à la ligne 2 de la feuille «\u00a0Lille\u00a0»"
    ]
    check(field(app.text_input, "Commune").set_value("59350").run())
    assert "1 créée" in words(app)
    confirm(app).click().run()
    # What the rows of one sheet share says nothing of another.
    app = bring_sheets(**sheets)
    field(app.selectbox, "Feuille").set_value("Lyon").run()
    assert not app.exception and field(app.text_input, "Commune").value == ""
    check(field(app.text_input, "Commune").set_value("Lyon").run())
    confirm(app).click().run()
    with store.reading() as session:
        assert session.rows("SELECT commune FROM signatory ORDER BY seq DESC LIMIT 2") == [
            ("69123",),
            ("59350",),
        ]
        names = [name for (name,) in session.rows("SELECT file_name FROM load ORDER BY seq")]
    assert names[-2:] == ["villes.xlsx · Lille", "villes.xlsx · Lyon"]
    # The next workbook with these sheets asks nothing.
    app = bring_sheets(**{name: [[], *rows] for name, rows in sheets.items()})
    field(app.selectbox, "Feuille").set_value("Lille").run()
    assert field(app.text_input, "Commune").value == "59350"


def test_a_line_of_titles_that_is_chosen_is_found_again_in_the_next_file(store, people):
    rows = [["Nom", "Ville"], ["Personne", "Où"], ["Zoé Test", "Lyon"]]
    app = bring_sheets(Suivi=rows)
    field(app.selectbox, "Ligne des titres").set_value(2).run()
    for title, column in (("Personne", "name"), ("Où", "commune")):
        field(app.selectbox, f"Ce qu’est la colonne «\u00a0{title}").set_value(column).run()
    check(app)
    assert "1 créée" in words(app)
    app = bring_sheets(Suivi=[["Version de mars"], *rows, ["Ali Test", "Paris"]])
    assert "2 créées" in words(app)
    assert [one.label for one in app.expander if one.label.startswith("Titres lus")] == [
        "Titres lus à la ligne 3"
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_author_is_told_of_a_file_that_was_not_written_to_the_end(
    store, people, browser_of, lang
):
    with store.writing() as session:
        journal = Journal(session, "Camille", datetime.now(UTC))
        seq = journal.append("load", [((PACT, "actions", "long.csv", 0), (), ())])
        append_step(journal, seq, "part")
    browser_of(people[Role.REVIEWER])
    assert "long.csv" not in words(open_page("import", lang=lang))
    browser_of(people[Role.VOLUNTEER])
    app = open_page("import", lang=lang)
    page_text = words(app).replace("\\", "")
    assert "long.csv" in page_text and ("inachevé" if lang == "fr" else "unfinished") in page_text
    app.button(key=f"_abandon_{seq}").click().run()
    assert not app.exception and "long.csv" not in words(app)


def test_words_published_by_mistake_are_taken_off_all_rows_of_a_file_at_once(store, people):
    rows = "signatory_id,measure,answer{0}\nhidalgo-paris,1,yes{1}\ncollomb-lyon,1,no{1}\n"
    first = io.BytesIO(rows.format(",comment", ",à rappeler").encode())
    commands.load(store, "answers", first, pact_id=PACT, name="r.csv")
    app = open_page("import", pacte=PACT)
    app.selectbox[0].select("answers").run()
    app.file_uploader[0].set_value(("r.csv", rows.format("", "").encode(), "text/csv")).run()
    assert "à rappeler" in words(app) and "2 inchangées" in words(app)
    check(field(app.multiselect, "Vider").select("comment").run())
    assert not app.exception and "2 corrigées" in words(app)


#: A file -> what it is taken for by its titles.
GUESSED = {
    "Nom du candidat;Ville;N° demande;Réponse;Commentaires\nA;B;1;oui;mots\n": "answers",
    "Candidat·e;1;2;3\nhidalgo-paris;oui;non;oui\n": "answers",
    "Nom;Commune;Signé le\nA;B;2014\n": "signatories",
    "Signataire;Fonction;Début\nA;maire;2014\n": "mandates",
    "Pour qui;N° mesure;Date;Statut;Source\nA;1;2016;fait;x\n": None,
    "Signataire;Mesure;Date;Statut;Source\nA;1;2016;fait;x\n": "actions",
    "rien;de;connu\n1;2;3\n": None,
}


def test_what_a_file_holds_is_taken_from_its_titles(store):
    with store.reading() as session:
        found_pact = current_pact(session, PACT)
        assert found_pact
        _, pact = found_pact
        found = {
            text: commands.guess_content(session, pact, text.encode(), CONTENTS) for text in GUESSED
        }
    assert found == GUESSED


@pytest.mark.parametrize("chosen", [None, "answers"])
def test_a_file_is_taken_for_what_its_titles_say_unless_somebody_has_said_it(store, people, chosen):
    app = open_page("import")
    if chosen:
        field(app.selectbox, "Ce que contient").set_value(chosen).run()
    file = b"Nom;Commune\nAda Bo;Lyon\n"
    app.file_uploader[0].set_value(("liste.csv", file, "text/csv")).run()
    assert not app.exception
    assert field(app.selectbox, "Ce que contient").value == (chosen or "signatories")


def test_what_a_word_for_a_status_means_is_said_once_on_the_page(store, people):
    head = "signatory_id;measure;happened_on;status;summary;source_kind;source_title\n"
    rows = [f"hidalgo-paris;{n};2019-0{n}-02;rien vu;Vu;press;Journal" for n in (1, 2)]
    app = bring((head + "\n".join(rows)).encode())
    box = field(app.selectbox, "«\u00a0rien vu\u00a0» · 2 cellules")
    assert "aucun statut" in box.options and "oui" not in box.options
    check(box.set_value("no_evidence").run())
    assert "2 créées" in words(app)


#: Somebody whom the pact has, two whom it has not, and what each of them answered.
WAVE = (
    "Nom;Commune;1;2;3\nAnne Hidalgo;Paris;oui;non;oui\n"
    "Zoé Un;Lyon;oui;non;oui\nAda Bo;Lille;oui;non;bof\n"
)


def test_people_and_their_answers_come_from_one_table_and_are_decided_of_at_once(
    store, people, browser_of
):
    browser_of(people[Role.VOLUNTEER])
    app = bring(WAVE.encode())
    assert field(app.selectbox, "Ce que contient").value == PEOPLE_WITH_ANSWERS
    page_text = words(app)
    assert "2 signataires de plus · 8 réponses de plus" in page_text
    assert field(app.selectbox, "«\u00a0bof\u00a0» · 1 cellule, ligne 4")
    assert not [one for one in app.button if one.label.startswith("Confirmer")]
    purpose = purpose_of(PACT, PEOPLE_WITH_ANSWERS, WAVE.encode())
    cells = json.dumps([[4, "3", "oui"]])
    commands.save_draft(store, people[Role.VOLUNTEER], purpose, cells)
    app = bring(WAVE.encode())
    confirm(app).click().run()
    assert "attend la relecture" in app.success[-1].value
    with store.reading() as session:
        ((first, second),) = answers_with_people(session).items()
    browser_of(people[Role.REVIEWER])
    listed = open_page("relecture")
    assert "1 fichier attend" in words(listed)
    for seq, other in ((first, "réponses, 9 lignes"), (second, "signataires, 2 lignes")):
        page = open_page("relecture", fichier=str(seq))
        assert other in words(page)
        assert field(page.button, "Accepter le fichier").disabled
        field(page.button, "J’ai lu").click().run()
    assert field(page.button, "Lire l’autre partie (0 ligne")
    field(page.button, "Accepter le fichier").click().run()
    with store.reading() as session:
        decided = session.rows("SELECT load_seq, decision FROM load_review ORDER BY seq")
    assert decided == [(first, "accepted"), (second, "accepted")]


def test_the_other_sheets_of_a_workbook_are_said_not_to_be_read_before_people_are_confirmed(
    store, people
):
    app = open_page("import")
    rows = [line.split(";") for line in WAVE.splitlines()]
    book = workbook({"Candidats": rows, "Suivi": [["Commune", "Statut"], ["Lyon", "fait"]]})
    app.file_uploader[0].set_value(("vague.xlsx", book, "")).run()
    assert (
        not app.exception and field(app.selectbox, "Ce que contient").value == PEOPLE_WITH_ANSWERS
    )
    (said,) = [one.value for one in app.warning if "Suivi" in one.value]
    assert "Candidats" not in said.split(":")[-1]


def test_of_people_of_whom_one_is_refused_the_answers_of_the_others_are_checked(store, people):
    app = bring(WAVE.replace("Lille", "Nulle-Part").encode())
    refused = " ".join(one.value for one in app.error)
    assert "Nulle" in refused and "La base a refusé" not in refused
    assert field(app.selectbox, "«\u00a0bof")


def test_nothing_is_said_to_be_written_already_or_left_out_of_a_sheet_that_is_refused(
    store, people
):
    rows = [line.split(";") for line in WAVE.replace("bof", "oui").split("\n")[:-1]]
    beside = [[*row, other] for row, other in zip(rows, ("Zorglub", "a", "b", "c"), strict=True)]
    app = open_page("import")
    brought = ("vague.xlsx", workbook({"Candidats": beside}), "")
    app.file_uploader[0].set_value(brought).run()
    field(app.selectbox, "Ce que contient").set_value(PEOPLE_WITH_ANSWERS).run()
    found = words(app)
    assert "Zorglub" in found
    assert "dit déjà tout" not in found and "Non lues" not in found


def test_what_came_of_one_table_is_taken_back_at_once_and_new_people_tell_such_a_table(
    store, people
):
    with store.reading() as session:
        _, pact = current_pact(session, PACT) or (0, None)
        titles, first, *_ = WAVE.splitlines(keepends=True)
        of_known, more_of_known = titles + first, f"Liste;{titles}Vert;{first}"
        assert pact and [
            commands.holds_people_with_answers(session, pact, text.encode())
            for text in (WAVE, of_known, more_of_known, "Nom;Commune\nAda Bo;Lille\n", "")
        ] == [True, False, True, False, False]
    data, who = WAVE.replace("bof", "oui").encode(), people[Role.VOLUNTEER]
    whole = commands.load_people_with_answers(
        store, data, Mending(), pact_id=PACT, name="vague.csv", who=who
    )
    assert whole.loaded
    with store.reading() as session:
        ((first, second),) = answers_with_people(session).items()
    commands.withdraw_load(store, who, second, "Trop tôt.")
    with store.reading() as session:
        assert {*session.rows("SELECT load_seq FROM withdrawal")} == {(first,), (second,)}


def test_people_are_not_loaded_without_the_answers_that_their_table_has(store, people):
    app = open_page("import")
    field(app.selectbox, "Ce que contient").set_value("signatories").run()
    app.file_uploader[0].set_value(("vague.csv", WAVE.encode(), "text/csv")).run()
    assert not [one for one in app.button if one.label.startswith("Confirmer")]
    field(app.button, "Lire les signataires et leurs réponses").click().run()
    assert "2 signataires de plus · 8 réponses de plus" in words(app)


def test_an_admin_is_asked_for_a_licence_that_no_file_gives_and_another_accepts_it(store, people):
    pact = TEXT + MEASURE.format(id="1")
    commands.load_pact(store, io.BytesIO(pact.encode()), name="pact.toml")
    app = open_page("import", pacte="petit")
    assert "La licence des données n’est pas dite" in words(app)
    field(app.selectbox, "Licence").set_value("CC-BY-4.0").run()
    field(app.button, "Proposer cette licence").click().run()
    assert "attend un autre administrateur" in words(app)
    with store.reading() as session:
        ((_, _, _, files, *_),) = [astuple(one) for one in commands.proposed_pacts(session)]
    assert b'licence = "CC-BY-4.0"' in dict(files)["pact.toml"]
    assert "licence des données" not in words(open_page("import", pacte=PACT))


#: What is brought -> what the page says of it once another page was looked at: with a file of a row for
#: each entry, one of people with their answers.
KEPT = {
    "entries": (STRANGE, "ne sont pas reconnues"),
    "people with their answers": (WAVE.encode(), "bof"),
}


@pytest.mark.parametrize(("content", "said"), KEPT.values(), ids=KEPT)
def test_a_file_and_its_choices_are_there_after_another_page_was_looked_at(
    store, people, content, said
):
    def texts(app) -> str:
        labels = [one.label for one in (*app.expander, *app.selectbox)]
        return "\n".join([words(app), *labels, *(one.value for one in app.error)])

    def come_back(app, *elsewhere: str):
        for page in (*elsewhere, "aide", "import"):
            app.switch_page(f"../../pages/{page}.py").run()
        assert not app.exception
        return app

    commands.load_demo(store, signatories=5)
    app = bring(content, pacte=PACT)
    app.checkbox[-1].check().run()
    what = field(app.selectbox, "Ce que contient").value
    assert said in texts(app) and "Apporté plus tôt" not in words(app)
    app = come_back(app)
    assert "Apporté plus tôt" in words(app) and "suivi.csv" in words(app) and said in texts(app)
    assert app.checkbox[-1].value
    assert field(app.selectbox, "Ce que contient").value == what
    # It was brought for this pact; another one is read for nothing.
    app.query_params["pacte"] = "demo"
    app.run()
    assert not app.exception and "Apporté plus tôt" not in words(app)
    assert said not in "".join(one.value for one in app.error)


def test_a_file_that_is_loaded_or_replaced_is_not_kept(store, people):
    app = bring(FILE_OF_TWO)
    app.file_uploader[0].set_value(("autre.csv", STRANGE, "text/csv")).run()
    for page in ("aide", "import"):
        app.switch_page(f"../../pages/{page}.py").run()
    assert "autre.csv" in words(app) and "suivi.csv" not in words(app)
    good = b"".join(FILE_OF_TWO.splitlines(keepends=True)[:2])
    app.file_uploader[0].set_value(("bon.csv", good, "text/csv")).run()
    confirm(app).click().run()
    assert "bon" in "".join(one.value for one in app.success)
    for page in ("aide", "import"):
        app.switch_page(f"../../pages/{page}.py").run()
    assert not app.exception and "Apporté plus tôt" not in words(app)


@pytest.mark.parametrize(
    ("title", "cells"), [("A signé", ("oui", "non")), ("Relance", ("Signé", "à relancer"))]
)
def test_a_list_that_says_who_did_not_sign_is_refused_or_read_for_those_who_did(
    store, people, browser_of, title, cells
):
    browser_of(people[Role.VOLUNTEER])
    signed, other = cells
    rows = (f"Ville;Nom;{title}", f"Lille;Aline Abrial;{signed}", f"Lyon;Basile Brun;{other}")
    app = bring("\n".join(rows).encode())
    assert "n’a pas signé" in words(app) and "ne peut pas être lu" in app.warning[0].value
    (box,) = [one for one in app.selectbox if title in one.label]
    assert box.options == ["Ne lire que les lignes qui disent oui"]
    assert not [one for one in app.button if one.label.startswith("Confirmer")]
    app = check(box.set_value(SIGNED_ROWS).run())
    assert "ne dit pas que la personne a signé" in words(app)
    confirm(app).click().run()
    with store.reading() as session:
        rows = session.rows("SELECT name FROM signatory_text ORDER BY seq DESC LIMIT 1")
    assert rows == [("Aline Abrial",)]
