"""Columns that forms and websites add: whether people agree to be published, HTML in the cells."""

import pytest

from monitor.intake.form_columns import find_form_columns, is_consent, refuse_unpublished
from monitor.intake.markup import has_markup, linked_addresses, plain_text
from monitor.intake.survey_titles import strip_question_codes

CONSENTS = (
    "J’accepte que mes réponses soient publiées",
    "J'autorise la publication de mes réponses *",
    "Acceptez-vous que vos réponses soient rendues publiques ?",
    "Consentement RGPD",
    "I agree that my answers may be published",
    "Donnez-vous votre accord pour que vos données soient traitées ?",
    "Publication",
    "OK pour publication ?",
    "Peut-on publier ?",
)
REQUESTS = (
    "Publierez-vous vos notes de frais ?",
    "Acceptez-vous de publier les données de la ville ?",
    "Protéger les données personnelles des habitants",
    "Éduquer au consentement dès l’école",
    "Vous engagez-vous à rendre publiques vos indemnités ?",
)


def test_a_title_that_asks_to_publish_the_answers_is_no_request():
    asked = {title: is_consent(title) for title in (*CONSENTS, *REQUESTS)}
    assert asked == dict.fromkeys(CONSENTS, True) | dict.fromkeys(REQUESTS, False)


def test_who_does_not_agree_is_not_published():
    cells = {
        **dict.fromkeys(("Non", "", "FALSE", "Je refuse", "Je n’accepte pas", "No", "0", "–"), 1),
        **dict.fromkeys(("Oui", "J’accepte", "Yes", "x", "TRUE", "1", "Lu et approuvé"), 0),
    }
    found = {cell: len([*refuse_unpublished(2, [cell], {0: "RGPD"}, 2)]) for cell in cells}
    assert found == cells


@pytest.mark.parametrize("title", ["Ne pas publier", "Confidentiel ?", "Do not publish"])
def test_what_must_not_be_published_is_refused_where_it_is_ticked(title):
    assert [*find_form_columns([title], [None]).values()] == ["column_withheld"]
    cells = {**dict.fromkeys(("x", "oui", "TRUE", "1"), 1), **dict.fromkeys(("", "non", "–"), 0)}
    found = {cell: len([*refuse_unpublished(2, [cell], {0: title}, 2)]) for cell in cells}
    assert found == cells


REACHES = (
    "Contact",
    "Courriel pro",
    "Tél. du candidat",
    "E-mails",
    "GSM",
    "Adresse mail de la liste",
)
NOT_REACHES = ("Un numéro de téléphone unique", "Mobilités", "Contacter la presse", "Ville")


def test_how_to_reach_somebody_is_left_out_whatever_heads_it():
    titles = [*REACHES, *NOT_REACHES]
    assert [*find_form_columns(titles, [None] * len(titles))] == [*range(len(REACHES))]


def test_what_a_form_notes_and_how_to_reach_people_is_left_out():
    titles = ("Adresse e-mail", "ID de la réponse", "Téléphone", "Seed", "Ville", "Courrier")
    assert [*find_form_columns(titles, [None] * len(titles))] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>Le d&eacute;cret est <strong>paru</strong>.</p>", "Le décret est paru."),
        ("<ul><li>un</li><li>deux</li></ul>", "- un\n- deux"),
        (
            "Vélos &amp; trottinettes&nbsp;: oui<br/>dès 2027",
            "Vélos & trottinettes : oui\ndès 2027",
        ),
        ("<!-- wp:paragraph -->Texte", "Texte"),
        ("Zones 30 (https://www.notion.so/0a1b?pvs=21)", "Zones 30"),
        ("Zones 30 (Mesures/Zones%2030%200a1b.md)", "Zones 30"),
        ("moins de < 5 % & plus de > 3 %", "moins de < 5 % & plus de > 3 %"),
        ("AT&T; <3", "AT&T; <3"),
    ],
)
def test_the_text_of_a_page_is_read(written, read):
    assert (plain_text(written, False) if has_markup(written) else written) == read


def test_a_link_is_its_address_and_what_it_is_called():
    link = '<a href="https://exemple.invalid/1?a=1&amp;b=2" target="_blank">Le <b>Journal</b></a>'
    assert linked_addresses(link) == (["https://exemple.invalid/1?a=1&b=2"], "Le Journal")
    assert linked_addresses(f"Voir {link}") == ([], "")


LIME = ["id. ID de la réponse", "submitdate. Date de soumission", "Q0[SQ001]. Vous êtes [Nom]"]


@pytest.mark.parametrize(
    ("titles", "read"),
    [
        (
            [*LIME, "G1Q1. Créer une piste ?"],
            ["ID de la réponse", "Date de soumission", "Nom", "Créer une piste ?"],
        ),
        (
            [*LIME[:2], "Q2[SQ1]. Vos choix [Vélo]"],
            ["ID de la réponse", "Date de soumission", "Vos choix [Vélo]"],
        ),
        (["A. Piste", "B. Halle"], None),
        ([*LIME, "Remarque"], None),
    ],
)
def test_the_codes_of_questions_are_taken_off_the_titles_of_an_export(titles, read):
    rows = strip_question_codes(iter([(1, 1, titles), (2, 2, ["id. x", "", ""])]))
    assert [cells for _, _, cells in rows] == [read or titles, ["id. x", "", ""]]


def test_a_response_that_was_never_sent_is_refused():
    (error,) = refuse_unpublished(3, ["", "oui"], {0: "Date de soumission"}, 3)
    assert error.code == "never_sent" and not [
        *refuse_unpublished(3, ["2026-02-01"], {0: "Date de soumission"}, 3)
    ]


CHECKED = (
    *("Last checked", "Checked by", "Date checked", "Verified on", "Assessed by", "Researcher"),
    *(
        "Vérifié le",
        "Constaté par",
        "Relevé le",
        "Date de vérification",
        "Enquêtrice",
        "Consulté le",
    ),
    *("Date de la dernière vérification", "Reviewed on", "Last verified"),
)
NOT_CHECKED = (
    *("Contrôler les loyers", "Audit", "Publier un audit", "Noter les eaux", "Check the rents"),
    *("Verified petitions", "Évaluation", "Relever les salaires", "Date de la réponse"),
)


def test_what_a_team_looked_up_is_told_apart_from_what_was_answered():
    titles = [*CHECKED, *NOT_CHECKED]
    found = find_form_columns(titles, [None] * len(titles))
    assert {titles[n]: code for n, code in found.items()} == dict.fromkeys(
        CHECKED, "column_of_check"
    )


WORK_OF_A_TEAM = (
    "Contacté le",
    "Relancée le",
    "Date d’envoi",
    "Last contacted",
    "Dernière relance",
)


@pytest.mark.parametrize("title", WORK_OF_A_TEAM)
def test_when_a_team_wrote_to_somebody_is_neither_asked_nor_read(title):
    assert [*find_form_columns([title], [None]).values()] == ["column_of_form"]
