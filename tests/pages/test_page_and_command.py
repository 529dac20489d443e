"""What a workbook holds is the same by the page and by the command: what is refused, in which line and
column, and what anybody reads once it is loaded."""

import json

import pytest

from monitor import intake
from monitor.cli.load_options import content_meant
from monitor.intake.mending import OF_MEASURE
from monitor.intake.signing_columns import SIGNED_ROWS
from monitor.intake.titles import TITLED
from monitor.models import Role
from monitor.store import open_store
from tests.support.app import open_page
from tests.support.command_lines import run_command
from tests.support.team import sign_in
from tests.support.team_pages import check, field
from tests.support.whole_pacts import PACT, workbook

BOOK = "pacte.xlsx"
PISTE, ARCEAUX = "Créer une piste", "Poser des arceaux"
BEGUN = {
    "Pacte": [row for row in PACT if row[0] != "Fonctions engagées"],
    "Mesures": [("N°", "Demande"), ("1", PISTE), ("2", ARCEAUX)],
}
ASKED = ("Ville", "Candidat", PISTE, ARCEAUX)
ALINE, BASILE, CHLOE = ("Lille", "Aline Abrial"), ("Lyon", "Basile Brun"), ("Metz", "Chloé Cros")
WON = ("Ville", "Maire élu")
FACTS = ("Ville", "Élu", "Mesure", "Date", "État", "Résumé", "Lien")
SOURCE = "https://exemple.invalid/acte"

#: (sheets beside the pact, options, whether all of it is taken)
WORKBOOKS = {
    "answers": ({"Réponses": [ASKED, (*ALINE, "oui", "non"), (*BASILE, "NSP", "")]}, (), True),
    "answers in words": (
        {
            "Réponses": [
                ASKED,
                (*ALINE, "oui, avec réserves", "Oui, 3 sur 5"),
                (*BASILE, "oui si la métropole finance", "Non"),
                (*CHLOE, "oui (le 12/03 en réunion)", ""),
            ]
        },
        (),
        True,
    ),
    "answers that say nothing": (
        {
            "Réponses": [
                ASKED,
                (*ALINE, "Oui → Non", "pas oui"),
                (*BASILE, "50 %", "Non, pas contre"),
            ]
        },
        (),
        False,
    ),
    "a scale": (
        {"Réponses": [ASKED, (*ALINE, "A", "E"), (*BASILE, "C", "A")]},
        (("--mark", "A=oui"), ("--mark", "C=en partie"), ("--mark", "E=non")),
        True,
    ),
    "one measure among others": (
        {"Réponses": [("Ville", "Candidat", "Position"), (*ALINE, "Pour"), (*BASILE, "Contre")]},
        (("--column", "Position=1"),),
        True,
    ),
    "a sheet for each place": (
        {
            "Nord": [ASKED, (*ALINE, "oui", "oui")],
            "Rhône": [ASKED, (*BASILE, "non", "oui")],
        },
        (("--sheet", "Nord=réponses"), ("--sheet", "Rhône=réponses")),
        True,
    ),
    "a column of notes": (
        {"Réponses": [(*ASKED, "Pastille"), (*ALINE, "oui", "non", "z")]},
        (("--column", "Pastille="),),
        True,
    ),
    "a column of notes that nobody names": (
        {"Réponses": [(*ASKED, "Pastille"), (*ALINE, "oui", "zut", "z")]},
        (),
        False,
    ),
    "who did not sign": (
        {"Signataires": [("Ville", "Nom", "A signé"), (*ALINE, "oui"), (*BASILE, "non")]},
        (),
        False,
    ),
    "who signed, of a list that says who did not": (
        {
            "Signataires": [
                ("Ville", "Nom", "A signé"),
                (*ALINE, "oui"),
                (*BASILE, "non"),
                (*CHLOE, "à voir"),
            ]
        },
        (("--column", f"A signé={SIGNED_ROWS}"),),
        True,
    ),
    "results": (
        {
            "Signataires": [
                ("Ville", "Nom", "Résultat"),
                (*ALINE, "élue"),
                (*BASILE, "colistier élu"),
                (*CHLOE, "conseillère sortante réélue"),
            ]
        },
        (),
        False,
    ),
    "who was elected": (
        {
            "Réponses candidats": [ASKED, (*ALINE, "oui", "oui"), (*BASILE, "oui", "non")],
            "Élus": [WON, ALINE, ("Lyon", "Zoé Zinc")],
        },
        (),
        True,
    ),
    "who was elected, and who lost": (
        {
            "Réponses candidats": [ASKED, (*ALINE, "oui", "oui"), (*BASILE, "oui", "non")],
            "Élus": [WON, ALINE, ("Lyon", "Zoé Zinc")],
        },
        (("--defeated",),),
        True,
    ),
    "facts": (
        {
            "Réponses": [ASKED, (*ALINE, "oui", "oui"), (*BASILE, "oui", "non")],
            "Suivi": [
                FACTS,
                (*ALINE, "1", "03/04/2026", "fait", "La piste est ouverte", SOURCE),
                (*BASILE, "1", "04/2026", "voté en CM", "Délibération", SOURCE),
            ],
        },
        (("--mark", "voté en CM=décidé"),),
        True,
    ),
    "facts about what was not promised": (
        {
            "Réponses": [ASKED, (*ALINE, "oui", "oui"), (*BASILE, "oui", "non")],
            "Suivi": [
                FACTS,
                (*ALINE, "1", "03/04/2026", "fait", "La piste est ouverte", SOURCE),
                (*BASILE, "2", "04/2026", "fait", "Des arceaux", SOURCE),
            ],
        },
        (("--leave-unpromised",),),
        True,
    ),
    "facts that cannot be taken": (
        {
            "Réponses": [ASKED, (*ALINE, "oui", "oui"), (*BASILE, "oui", "non")],
            "Suivi": [
                FACTS,
                (*ALINE, "1", "début mars", "réalisé ?", "Une piste", SOURCE),
                (*BASILE, "2", "04/2026", "contraire", "Des arceaux", ""),
            ],
        },
        (),
        False,
    ),
}
NAMED = (
    "JOIN signatory s ON s.signatory_id = {0}.signatory_id JOIN signatory_text x ON x.seq = s.seq"
)
TABLES = {
    "signatory": "SELECT x.name, s.commune, s.signed_on, s.outcome FROM signatory s "
    "JOIN signatory_text x ON x.seq = s.seq",
    "answer": "SELECT x.name, a.measure, a.answer, a.answered_on, w.comment FROM answer a "
    "LEFT JOIN answer_text w ON w.seq = a.seq " + NAMED.format("a"),
    "action": "SELECT x.name, c.measure_id, a.kind, a.status, a.happened_on, w.summary, w.source_url "
    "FROM action a JOIN action_text w ON w.seq = a.seq "
    "JOIN commitment c ON c.id = a.commitment_id " + NAMED.format("c"),
}


def entries(store) -> dict[str, list]:
    with store.reading() as session:
        return {name: sorted(session.rows(query), key=repr) for name, query in TABLES.items()}


def find_choice(app, name: str, value: str = ""):
    """The widget in which the page takes what an option of the command says, and what is chosen there;
    None where it does not ask it yet."""
    about, _, word = value.rpartition("=")
    if name in ("--defeated", "--leave-unpromised"):
        choice = {"--defeated": "notes_defeats"}.get(name, "leaves_facts")
        boxes = [one for one in app.checkbox if f"_pact_agree_{choice}" in one.key]
        return (boxes[0], True) if boxes else None
    if name == "--sheet":
        wanted, chosen = f"_pact_content_{BOOK} · {about}", content_meant(word)
        boxes = [one for one in app.selectbox if one.key == wanted]
    elif name == "--column":
        label = f"Ce qu’est la colonne «\u00a0{about}\u00a0»"
        boxes = [one for one in app.selectbox if one.label == label]
        known = [one for file in TITLED if (one := intake.match_title(file, word))]
        is_own = word in ("", SIGNED_ROWS) or OF_MEASURE.fullmatch(word)
        chosen = word if is_own else known[0]
    else:
        boxes = [one for one in app.selectbox if one.key.endswith(f"_{intake.mark_key(about)}")]
        boxes = [one for one in boxes if "_mark_" in one.key]
        meant = [intake.meant_by_marks(file, {about: word}) for file in ("answers", "actions")]
        chosen = next(filter(None, meant))[about]
    return (boxes[0], chosen) if boxes else None


def say_on_page(app, options):
    """Say on the page what the options say, as soon as it asks; what it never asks is left."""
    left = [*options]
    while left:
        asked = [one for one in left if find_choice(app, *one)]
        if not asked:
            break
        for one in asked:
            box, chosen = find_choice(app, *one)
            box.set_value(chosen).run()
            assert not app.exception
        left = [one for one in left if one not in asked]
        app = check(app)
    return app, left


@pytest.mark.parametrize("case", WORKBOOKS)
def test_the_page_and_the_command_refuse_and_take_the_same(empty, browser_of, tmp_path, case):
    sheets, options, is_taken = WORKBOOKS[case]
    book, url = tmp_path / BOOK, f"sqlite:///{tmp_path / 'command.db'}"
    book.write_bytes(workbook({**BEGUN, **sheets}))
    by_command = open_store(url)
    by_command.create()
    words = [word for option in options for word in option]
    told = json.loads(run_command(url, "load", book, "--json", *words).stdout)
    refused = [
        (file["file"], one["line"], one["column"], one["code"])
        for file in told["files"]
        for one in file["errors"]
    ]
    assert told["loaded"] is is_taken, refused

    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    app = open_page("nouveau-pacte")
    app.file_uploader[0].set_value([(BOOK, book.read_bytes(), "application/octet-stream")]).run()
    app, left = say_on_page(app, options)
    assert not left
    whole = app.session_state["_pact_read"].whole
    assert [
        (report.file_name, one.line, one.column, one.code)
        for report in whole.reports
        for one in report.errors
    ] == refused
    proposes = [one for one in app.button if one.label.startswith("Proposer")]
    assert bool(proposes) is is_taken
    if is_taken:
        proposes[0].click().run()
        browser_of(sign_in(empty, "Bea", Role.ADMIN))
        field(open_page("nouveau-pacte").button, "Accepter et publier").click().run()
    assert entries(empty) == entries(by_command)
    assert bool(entries(empty)["signatory"]) is is_taken


@pytest.mark.parametrize(
    ("title", "cells"),
    [
        ("A signé", ("oui", "non")),
        ("Statut", ("Signé", "Refusé")),
        ("Soutien", ("oui", "à relancer")),
    ],
)
def test_the_page_never_offers_to_leave_out_a_column_that_says_who_did_not_sign(
    empty, browser_of, title, cells
):
    people = [(*who, cell, "z") for who, cell in zip((ALINE, BASILE), cells, strict=True)]
    sheets = {**BEGUN, "Signataires": [("Ville", "Nom", title, "Pastille"), *people]}
    browser_of(sign_in(empty, "Ada", Role.ADMIN))
    app = open_page("nouveau-pacte")
    app.file_uploader[0].set_value([(BOOK, workbook(sheets), "application/octet-stream")]).run()
    box, _ = find_choice(app, "--column", f"{title}=")
    only, *measures = box.options
    assert only == "Ne lire que les lignes qui disent oui" and len(measures) == 2
    assert all(PISTE in one or ARCEAUX in one for one in measures)
    assert not [one for one in app.button if one.label.startswith("Ne pas lire")]
    app, _ = say_on_page(app, (("--column", "Pastille="),))
    assert find_choice(app, "--column", f"{title}=")
    assert not [one for one in app.button if one.label.startswith("Proposer")]
