"""The team's pages, rendered by the app itself, on the packaged pact, on a demo and on nothing."""

import io
import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from openpyxl import Workbook

from monitor import accounts, commands
from monitor.accounts import Bearer
from monitor.commands.setup import PACKAGED
from monitor.models import WRITABLE, Decision, Kind, Role, Way
from monitor.queries.requests import pending_requests
from monitor.schema import COLUMNS
from monitor.snapshot import log_today
from monitor.store.journal import verify
from monitor.ui.team import worklist
from tests.support.app import open_page, words
from tests.support.loading import load
from tests.support.team import LYON, action, sign_in
from tests.support.team_pages import FILE, PAGES, at_a_commitment, errors, field
from tests.support.workbooks import active_sheet

BAD = FILE + "g2,personne,3,31/02/2019,implemented,Un autre.,report,Bilan 2019\n"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_team_page_renders_in_both_languages(store, people, page, lang):
    volunteer = people[Role.VOLUNTEER]
    commands.log_action(store, volunteer, action(quote="« Mot pour mot »"))
    reply = action(kind=Kind.REPLY, status="", summary="Réponse.")
    commands.log_action(store, volunteer, reply)
    commands.request_reply(store, volunteer, "mouves-2014", LYON, "1", Way.CLAIMED, log_today())
    commands.load(
        store,
        "actions",
        io.BytesIO(FILE.encode()),
        pact_id="mouves-2014",
        name="bilan.csv",
        who=volunteer,
    )
    app = open_page(page, lang=lang)
    assert not app.exception and app.title


@pytest.mark.parametrize("page", PAGES)
def test_every_team_page_says_what_to_do_on_a_database_without_a_pact(empty, browser_of, page):
    browser_of(sign_in(empty, "Claude", Role.ADMIN))
    app = open_page(page)
    assert not app.exception
    assert "aucun pacte" in words(app) and "une fois connecté" not in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_every_team_page_renders_on_a_demo(demo, browser_of, page):
    browser_of(sign_in(demo, "Claude", Role.ADMIN))
    app = open_page(page)
    assert not app.exception and app.title


@pytest.mark.parametrize("page", PAGES)
def test_a_team_page_is_shut_for_nobody_in_particular(store, browser_of, page):
    app = open_page(page)
    assert not app.exception and not app.title
    assert "Réservé à l’équipe" in words(app)


def test_the_help_says_what_the_columns_and_codes_of_a_file_are(store, people, browser_of):
    browser_of(people[Role.VOLUNTEER])
    app = open_page("aide")
    texts = {cell for one in app.table for cell in [*one.value.index, *one.value.to_numpy().flat]}
    assert {f"`{name}`" for name in (*COLUMNS["actions"], *WRITABLE)} <= texts


def test_three_letters_find_the_city_that_begins_with_them_first(demo, browser_of):
    browser_of(sign_in(demo, "Camille", Role.VOLUNTEER))
    app = open_page("saisie")
    app.text_input(key="_write_search").set_value("mar").run()
    labels = [button.label for button in app.button if (button.key or "").startswith("_write_at_")]
    begins = [label.startswith("**Mar") for label in labels]
    assert any(begins) and begins == sorted(begins, reverse=True)


SIGNATORIES = (
    "signatory_id,name,commune,outcome\n"
    + "".join(f"m{n},Zoé Essai{n},28267,defeated\n" for n in range(13))
    + "d,Anne Battue,93048,defeated\ne,Jeanne Élue,93048,elected\nl,Luc Ailleurs,28267,elected\n"
)


def offered(app) -> list[str]:
    return [
        button.label.replace("\\", "")
        for button in app.button
        if (button.key or "").startswith("_write_at_")
    ]


def test_the_office_of_a_mayor_by_a_by_election_is_not_denied(store, people, browser_of):
    for name, text in (
        ("signatories", "signatory_id,name,commune,outcome\nb,Anne Battue,93048,defeated\n"),
        ("mandates", "signatory_id,office,started_on\nb,mayor,2015-09-20\n"),
    ):
        commands.load(store, name, io.BytesIO(text.encode()), pact_id="mouves-2014", name="s.csv")
    browser_of(people[Role.VOLUNTEER])
    app = open_page("saisie")
    app.text_input(key="_write_search").set_value("anne battue").run()
    assert "maire" in offered(app)[0]


@pytest.mark.parametrize(
    "typed, first",
    [
        ("montreuil 93", "Jeanne Élue"),
        ("93048", "Jeanne Élue"),
        ("montreuil seine", "Jeanne Élue"),
        ("montreuil", "Luc Ailleurs"),
        ("jeanne", "Jeanne Élue"),
    ],
)
def test_the_elected_of_the_very_city_come_first_and_a_department_narrows(
    store, people, browser_of, typed, first
):
    commands.load(
        store, "signatories", io.BytesIO(SIGNATORIES.encode()), pact_id="mouves-2014", name="s.csv"
    )
    browser_of(people[Role.VOLUNTEER])
    app = open_page("saisie")
    app.text_input(key="_write_search").set_value(typed).run()
    assert first in offered(app)[0]
    if typed == "montreuil":
        assert "Jeanne Élue" in offered(app)[1] and len(offered(app)) == 12
        assert "12 sur 16 : ajoutez le département ou le code INSEE." in words(app)


@pytest.mark.parametrize("page", ["relecture", "equipe", "registre"])
def test_a_volunteer_is_told_that_a_page_is_for_others(store, people, browser_of, page):
    browser_of(people[Role.VOLUNTEER])
    app = open_page(page)
    assert "Votre compte ne permet pas de faire cela" in words(app)
    assert not app.title


def test_the_worklist_counts_what_is_binding_and_not_settled(store, people):
    page = open_page("saisie", vue="afaire")
    assert [one.value for one in page.header] == ["6 engagements à reprendre"]
    assert "Listes vides" in words(page) and "0 engagement que personne n’a regardé" in words(page)


@pytest.mark.parametrize(
    ("outcome", "started", "ended", "sentence"),
    [
        ("", "", "", "résultat de l’élection non noté"),
        (
            "",
            "2008-03-21",
            "",
            "maire depuis le 21 mars 2008 (sans fin connue), mandat d’avant l’élection",
        ),
        (
            "defeated",
            "2008-03",
            "",
            "maire depuis mars 2008 (sans fin connue), mandat d’avant l’élection",
        ),
        ("elected", "2008-03-21", "", ""),
        ("defeated", "2008-03-21", "2014-04-04", ""),
        ("", "2014-04-05", "", ""),
        ("defeated", "", "", ""),
    ],
)
def test_who_was_in_office_before_the_vote_or_has_no_outcome_is_to_be_confirmed(
    store, people, outcome, started, ended, sentence
):
    signed = f"signatory_id,name,commune,outcome\ns-1,Aline Abrial,59350,{outcome}\n"
    assert load(store, signed, "signatories").loaded
    if started:
        held = f"signatory_id,office,started_on,ended_on\ns-1,mayor,{started},{ended}\n"
        assert load(store, held, "mandates").loaded
    paragraphs = [one.value for one in open_page("saisie", vue="afaire").markdown]
    lines = [
        line
        for one in paragraphs
        for line in one.split("\n")
        if "Aline Abrial" in line and "- " in line[:2]
    ]
    assert [sentence in line.replace("\xa0", " ") for line in lines] == ([True] if sentence else [])


def test_the_worklist_sorts_places_as_french_does(store, people):
    towns = {"27229": "Évreux", "59350": "Lille", "72181": "Le Mans", "06088": "Nice"}
    rows = "".join(f"s-{code},Aline Abrial,{code},elected,1\n" for code in towns)
    header = "signatory_id,name,commune,outcome,measures\n"
    assert load(store, header + rows, "signatories").loaded
    page_text = words(open_page("saisie", vue="afaire"))
    found = [
        name for line in page_text.split("\n") for name in towns.values() if f"**{name}**" in line
    ]
    start = found.index("Évreux")  # each reader begins elsewhere
    assert found[start:] + found[:start] == [*towns.values()]


def test_the_clock_of_a_claimed_reply_runs_three_days(store, people):
    commands.request_reply(
        store, people[Role.VOLUNTEER], "mouves-2014", LYON, "1", Way.CLAIMED, log_today()
    )
    page_text = words(open_page("saisie", vue="afaire"))
    assert "1 droit de réponse ouvert" in page_text and "restent 3 jours" in page_text


def test_my_entries_say_what_became_of_each_and_why(store, people, browser_of):
    volunteer = people[Role.VOLUNTEER]
    for decision, why in (
        (Decision.ACCEPTED, ""),
        (Decision.REFUSED, "La source parle d’Oullins."),
    ):
        seq = commands.log_action(store, volunteer, action()).seq
        commands.review_action(store, people[Role.REVIEWER], seq, decision, why)
    commands.log_action(store, volunteer, action())
    browser_of(volunteer)
    page_text = words(open_page("saisie", vue="miennes"))
    assert all(state in page_text for state in ("en attente de relecture", "acceptée", "refusée"))
    assert "La source parle d’Oullins." in page_text


def test_what_is_typed_just_before_a_click_is_kept(store, people, browser_of):
    app = at_a_commitment(browser_of, store, people)
    field(app.text_input, "Que s’est-il passé").set_value("Rien trouvé au recueil.")
    field(app.button, "J’ai cherché").click().run()
    assert field(app.text_input, "Où avez-vous cherché").value == "Rien trouvé au recueil."
    assert field(app.selectbox, "Quel statut").value == "no_evidence"


def test_a_field_begins_with_what_was_kept_in_every_run(store, people, browser_of):
    app = at_a_commitment(browser_of, store, people)
    field(app.text_input, "Que s’est-il passé").set_value("Le conseil vote.").run()
    again = open_page("saisie")
    for _ in range(2):  # a first run that is cut short leaves the second one alone to be seen
        summary = field(again.text_input, "Que s’est-il passé")
        assert (summary.proto.default, summary.value) == ("Le conseil vote.", "Le conseil vote.")
        again.run()


def test_a_correction_asked_from_an_entry_fills_the_form(store, people, browser_of):
    asked = action(status="implemented")
    seq = commands.log_action(store, people[Role.VOLUNTEER], asked).seq
    commands.review_action(store, people[Role.REVIEWER], seq, Decision.ACCEPTED)
    browser_of(people[Role.VOLUNTEER])
    app = open_page("saisie", corrige=str(seq))
    next(button for button in app.button if button.label == "Rectifier").click().run()
    assert f"Rectificatif de l’entrée n° {seq}" in words(app)
    assert field(app.selectbox, "Quel statut").value == "implemented"


def test_a_draft_set_aside_comes_back_whatever_was_begun_meanwhile(store, people, browser_of):
    other = commands.log_action(store, people[Role.VOLUNTEER], action()).seq
    app = at_a_commitment(browser_of, store, people)
    field(app.text_input, "Que s’est-il passé").set_value("Un long récit.").run()
    app = open_page("saisie", corrige=str(other))
    field(app.button, "Retirer").click().run()
    field(app.button, "Effacer le brouillon").click().run()
    again = open_page("saisie")
    field(again.button, "Reprendre le brouillon mis de côté").click().run()
    assert field(again.text_input, "Que s’est-il passé").value == "Un long récit."


def test_two_tabs_do_not_write_over_each_other_s_draft(store, people, browser_of):
    browser_of(people[Role.VOLUNTEER])
    tabs = [open_page("saisie"), open_page("saisie")]
    for app, measure, summary in zip(tabs, "12", ("Le premier.", "Le second."), strict=True):
        at_a_commitment(browser_of, store, people, measure, app)
        field(app.text_input, "Que s’est-il passé").set_value(summary).run()
    again = open_page("saisie")
    assert field(again.text_input, "Que s’est-il passé").value == "Le second."
    field(again.button, "Reprendre le brouillon mis de côté").click().run()
    assert field(again.text_input, "Que s’est-il passé").value == "Le premier."


def test_a_date_outside_every_mandate_is_told_while_one_types(store, people, browser_of):
    app = at_a_commitment(browser_of, store, people)
    field(app.text_input, "Quand").set_value("2010").run()
    assert "antérieure au mandat que couvre le pacte" in words(app)
    field(app.text_input, "Quand").set_value("2016").run()
    assert "antérieure au mandat" not in words(app)


def test_the_queue_leaves_out_the_communes_that_one_may_not_rate(store, people, browser_of):
    commands.change_account(store, people[Role.ADMIN], "Sacha", communes=["69123"])
    commands.log_action(store, people[Role.VOLUNTEER], action())
    browser_of(people[Role.REVIEWER])
    page_text = words(open_page("relecture"))
    assert "0 entrée attend votre relecture." in page_text
    assert "1 entrée concerne une commune que vous ne pouvez pas évaluer" in page_text


def test_an_open_reply_is_one_click_from_being_logged(store, people, browser_of):
    commands.request_reply(
        store, people[Role.VOLUNTEER], "mouves-2014", LYON, "1", Way.CLAIMED, log_today()
    )
    browser_of(people[Role.VOLUNTEER])
    app = open_page("saisie", vue="afaire")
    field(app.button, "Saisir la réponse").click().run()
    assert field(app.text_input, "Ce que répond l’élu").value == ""


def test_a_reply_noted_by_mistake_leaves_the_worklist(store, people, browser_of):
    commands.request_reply(
        store, people[Role.VOLUNTEER], "mouves-2014", LYON, "1", Way.CLAIMED, log_today()
    )
    browser_of(people[Role.VOLUNTEER])
    app = open_page("saisie", vue="afaire")
    field(app.button, "Noté par erreur").click().run()
    assert "0 droit de réponse ouvert" in words(app)


def test_the_texts_of_an_entry_that_was_not_read_are_not_removed(store, people):
    app = open_page("equipe")
    app.text_input(key="_removal_seq").set_value("20").run()
    app.text_input(key="_removal_reason").set_value("Ordonnance.")
    app.checkbox(key="_removal_sure").set_value(True).run()
    app.text_input(key="_removal_seq").set_value("21")
    field(app.button, "Demander l’effacement").click().run()
    with store.reading() as session:
        assert session.rows("SELECT count(*) FROM redaction") == [(0,)]
    assert not app.checkbox(key="_removal_sure").value


def test_an_entry_that_does_not_exist_cannot_be_emptied(store, people):
    app = open_page("equipe")
    app.text_input(key="_removal_seq").set_value("9999").run()
    app.checkbox(key="_removal_sure").set_value(True).run()
    assert field(app.button, "Demander l’effacement").disabled


def test_the_good_rows_can_be_loaded_without_the_refused_ones(store, people):
    app = upload("bilan.csv", BAD.encode())
    field(app.button, "Charger les lignes bonnes (1)").click().run()
    assert "attend la relecture d’une autre personne" in app.success[0].value
    with store.reading() as session:
        assert session.rows("SELECT count(*) FROM action WHERE action_id = 'g1'") == [(1,)]


def test_a_file_that_cannot_be_read_offers_no_rows_to_correct(store, people):
    app = upload("photo.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    assert "Ce fichier ne peut pas être lu" in words(app)
    offered = {one.proto.label for one in app.get("download_button")}
    assert all(label.startswith("Modèle à remplir") for label in offered)


def test_somebody_else_s_pending_entry_cannot_be_asked_for(store, people, browser_of):
    seq = commands.log_action(store, people[Role.REVIEWER], action()).seq
    browser_of(people[Role.VOLUNTEER])
    assert "Rectifier" not in [
        button.label for button in open_page("saisie", corrige=str(seq)).button
    ]


def test_a_reviewer_sees_what_an_entry_would_change(store, people, browser_of):
    commands.log_action(store, people[Role.VOLUNTEER], action(status="implemented"))
    browser_of(people[Role.REVIEWER])
    page_text = words(open_page("relecture"))
    assert "Une fois acceptée : **● mis en œuvre" in page_text


def test_a_fact_outside_office_is_said_to_move_nothing(store, people, browser_of):
    commands.log_action(
        store, people[Role.VOLUNTEER], action(signatory_id="havard-lyon", status="implemented")
    )
    browser_of(people[Role.REVIEWER])
    assert "hors de tout mandat" in words(open_page("relecture"))


def test_the_queue_leaves_out_one_s_own_and_says_so(store, people, browser_of):
    commands.log_action(store, people[Role.REVIEWER], action())
    browser_of(people[Role.REVIEWER])
    page_text = words(open_page("relecture"))
    assert "0 entrée attend votre relecture." in page_text and "1 entrée est de vous" in page_text


def two_waiting(store, people) -> list[int]:
    return [
        commands.log_action(store, people[Role.VOLUNTEER], action(summary=summary)).seq
        for summary in ("La première.", "La seconde.")
    ]


def summaries(app) -> list[str]:
    """What the entries on the screen say, word by word."""
    return [part.value for part in app.text if part.value in ("La première.", "La seconde.")]


def decided(store) -> list:
    with store.reading() as session:
        return session.rows("SELECT action_seq, decision FROM review ORDER BY seq")


def test_an_entry_that_another_has_decided_stays_on_the_screen_and_says_so(
    store, people, browser_of
):
    first, second = two_waiting(store, people)
    browser_of(people[Role.REVIEWER])
    app = open_page("relecture")
    assert app.query_params["entree"] == str(first)
    commands.review_action(store, people[Role.ADMIN], first, Decision.ACCEPTED)
    app.text_input(key=f"_review_words_{first}").set_value("Vu.").run()
    page_text = words(app)
    assert f"L’entrée n° {first} a été acceptée par Claude" in page_text
    assert summaries(app) == ["La première."]
    assert "Accepter" not in [button.label for button in app.button]
    field(app.button, "Suivante").click().run()
    assert summaries(app) == ["La seconde."]
    assert app.query_params["entree"] == str(second)


def test_the_second_of_two_reviewers_who_click_at_once_is_told(store, people, browser_of):
    first, _ = two_waiting(store, people)
    browser_of(people[Role.REVIEWER])
    app = open_page("relecture")
    commands.review_action(store, people[Role.ADMIN], first, Decision.REFUSED, "Sans rapport.")
    field(app.button, "Accepter").click().run()
    page_text = words(app)
    assert "Claude a déjà décidé." in page_text
    assert f"L’entrée n° {first} a été refusée par Claude" in page_text
    assert summaries(app) == ["La première."]
    assert decided(store) == [(first, "refused")]


@pytest.mark.parametrize(
    "asked, expected",
    [
        ("decided", "a été acceptée par Claude"),
        ("own", "est de vous"),
        ("file", "n’attend aucune"),
        ("none", "n’a pas d’entrée"),
    ],
)
def test_an_address_of_what_cannot_be_reviewed_says_why(store, people, browser_of, asked, expected):
    first, second = two_waiting(store, people)
    commands.review_action(store, people[Role.ADMIN], first, Decision.ACCEPTED)
    own = commands.log_action(store, people[Role.REVIEWER], action()).seq
    seqs = {"decided": first, "own": own, "file": 20, "none": 9999}
    browser_of(people[Role.REVIEWER])
    app = open_page("relecture", entree=str(seqs[asked]))
    assert expected in words(app) and "La seconde." not in summaries(app)
    field(app.button, "Suivante").click().run()
    assert app.query_params["entree"] == str(second) and summaries(app) == ["La seconde."]


def test_a_decision_leads_to_the_next_entry(store, people, browser_of):
    first, _ = two_waiting(store, people)
    browser_of(people[Role.REVIEWER])
    app = open_page("relecture")
    field(app.button, "Accepter").click().run()
    assert decided(store) == [(first, "accepted")]
    assert "acceptée" in app.success[0].value and summaries(app) == ["La seconde."]
    field(app.button, "Accepter").click().run()
    assert "Rien à relire" in words(app)


def upload(name: str, content: bytes):
    app = open_page("import")
    app.file_uploader[0].set_value((name, content, "text/csv")).run()
    return app


def test_a_preview_names_line_column_value_and_reason_and_offers_no_confirmation(store, people):
    app = upload("bilan.csv", BAD.encode())
    page_text = words(app)
    assert "1 créée · 1 refusée" in page_text
    assert "ligne 3, colonne « signataire », valeur « personne »" in page_text
    assert not [button for button in app.button if button.label.startswith("Confirmer")]
    assert [button for button in app.get("download_button")]


def test_a_page_keeps_the_first_refused_rows_and_says_how_many_there_are(
    store, people, monkeypatch
):
    monkeypatch.setattr("monitor.commands.report.KEPT_REJECTS", 2)
    header, row = FILE.splitlines()[:2]
    page_text = words(upload("bilan.csv", "\n".join([header, *[f"x{row}"] * 2_500]).encode()))
    assert (
        "2 499 refusées" in page_text and "les 2 premières lignes refusées, sur 2 499" in page_text
    )


def test_a_workbook_is_previewed_confirmed_and_waits(store, people):
    book, buffer = Workbook(), io.BytesIO()
    for line in FILE.splitlines():
        active_sheet(book).append(line.split(","))
    book.save(buffer)
    app = upload("bilan.xlsx", buffer.getvalue())
    next(button for button in app.button if button.label.startswith("Confirmer")).click().run()
    assert not app.exception
    assert "attend la relecture d’une autre personne" in "".join(part.value for part in app.success)
    with store.reading() as session:
        assert verify(session).intact
        assert session.rows("SELECT accepted FROM load ORDER BY seq DESC LIMIT 1") == [(0,)]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr", {"mis en œuvre", "en cours", "mai 2019", "2 mai 2019"}),
        ("en", {"implemented", "in progress", "May 2019", "2 May 2019"}),
    ],
)
def test_a_preview_says_what_a_correction_changes_in_the_words_of_the_interface(
    store, people, lang, expected
):
    commands.load(store, "actions", io.BytesIO(FILE.encode()), pact_id="mouves-2014", name="b.csv")
    app = open_page("import", lang=lang)
    again = FILE.replace("2019-05", "2019-05-02").replace("implemented", "in_progress")
    app.file_uploader[0].set_value(("b.csv", again.encode(), "text/csv")).run()
    *_, table = [one.value for one in app.table if "→" not in one.value.columns]
    assert expected <= {cell for column in table for cell in table[column]}


def test_a_file_that_says_nothing_new_is_said_to_say_nothing_new(store, people):
    commands.load(store, "actions", io.BytesIO(FILE.encode()), pact_id="mouves-2014", name="b.csv")
    assert "Le journal dit déjà tout ce que dit ce fichier" in words(upload("b.csv", FILE.encode()))


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4", b"\x00\x01", b"a,b\n1,2\n", "é".encode("utf-16")]
)
def test_what_is_no_file_of_actions_says_what_is_wrong(store, people, content):
    app = upload("x.csv", content)
    assert not app.exception
    assert "refusée" in words(app)


def test_an_admin_makes_an_account_and_sees_its_link_once(store, people):
    app = open_page("equipe")
    app.text_input(key="_new_name").set_value("Alix").run()
    next(button for button in app.button if button.label == "Créer le compte").click().run()
    assert not app.exception
    assert "/activation#jeton=" in app.code[0].value
    assert "Alix" in words(app)


def test_a_removal_needs_a_reason_and_a_deliberate_tick(store, people):
    app = open_page("equipe")
    app.text_input(key="_removal_seq").set_value("20").run()
    remove = next(button for button in app.button if button.label == "Demander l’effacement")
    assert remove.disabled
    app.checkbox(key="_removal_sure").check().run()
    next(button for button in app.button if button.label == "Demander l’effacement").click().run()
    assert "Dites pourquoi" in words(app)
    app.text_input(key="_removal_reason").set_value("Ordonnance du 2 mars 2026").run()
    next(button for button in app.button if button.label == "Demander l’effacement").click().run()
    with store.reading() as session:
        assert [one.target_seq for one in pending_requests(session)] == [20]
        assert session.rows("SELECT target_seq FROM redaction") == []


def test_the_words_of_a_whole_file_are_quoted_before_they_are_asked_to_be_removed(store, people):
    rows = b"signatory_id,measure,answer,comment\nhidalgo-paris,1,yes,a rappeler\n"
    commands.load(store, "answers", io.BytesIO(rows), pact_id="mouves-2014", name="r.csv")
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT max(seq) FROM load")
    app = open_page("equipe")
    app.text_input(key="_removal_seq").set_value(str(seq)).run()
    assert "a rappeler" in words(app) and "**1 ligne** perdrait" in words(app)
    app.text_input(key="_removal_reason").set_value("Nos notes.").run()
    app.checkbox(key="_removal_sure").check().run()
    next(button for button in app.button if button.label == "Demander l’effacement").click().run()
    assert not app.exception and "dans le fichier r" in app.success[0].value
    assert "dans le fichier r" in words(open_page("demandes"))


def test_my_files_are_listed_with_their_state_and_their_rows(store, people, browser_of):
    def load(answer):
        rows = f"signatory_id,measure,answer\nhidalgo-paris,1,{answer}\ncollomb-lyon,2,no\n"
        file, who = io.BytesIO(rows.encode()), people[Role.VOLUNTEER]
        commands.load(store, "answers", file, pact_id="mouves-2014", name="r.csv", who=who)
        with store.reading() as session:
            return session.rows("SELECT max(seq) FROM load")[0][0]

    first = load("yes")
    commands.review_load(store, people[Role.REVIEWER], first, Decision.ACCEPTED)
    second = load("partly")
    browser_of(people[Role.VOLUNTEER])
    app = open_page("saisie", vue="miennes")
    assert "Vos fichiers" in words(app)
    assert [one.label for one in app.expander if "ligne" in one.label] == [
        "Voir 1 ligne",
        "Voir les 2 lignes",
    ]
    assert "en partie" not in words(app)
    for seq in (first, second):
        app.session_state[f"_mine_rows_{seq}"] = True
    app.run()
    tables = [*app.table, *app.dataframe]
    assert not app.exception and len(tables) >= 2
    commands.review_load(store, people[Role.REVIEWER], second, Decision.ACCEPTED)
    browser_of(people[Role.REVIEWER])
    assert "Vos fichiers" not in words(open_page("saisie", vue="miennes"))


def waiting_file(store, people) -> int:
    commands.load(
        store,
        "actions",
        io.BytesIO(FILE.encode()),
        pact_id="mouves-2014",
        name="bilan.csv",
        who=people[Role.VOLUNTEER],
    )
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT max(seq) FROM load")
    return seq


def read_whole(app):
    """The only file that waits, opened, each of its pages read."""
    field(app.button, "Relire ligne par ligne").click().run()
    while marks := [one for one in app.button if one.key == "_file_read"]:
        marks[0].click().run()
    return app


def test_a_file_that_is_accepted_is_said_to_be(store, people, browser_of):
    waiting_file(store, people)
    browser_of(people[Role.REVIEWER])
    app = read_whole(open_page("relecture"))
    field(app.button, "Accepter").click().run()
    assert "bilan" in app.success[0].value and "ses lignes sont publiques" in app.success[0].value
    assert "attend d’être accepté" not in words(app)


def test_the_second_who_decides_of_a_file_is_told(store, people, browser_of):
    seq = waiting_file(store, people)
    browser_of(people[Role.REVIEWER])
    app = read_whole(open_page("relecture"))
    commands.review_load(store, people[Role.ADMIN], seq, Decision.ACCEPTED)
    field(app.button, "Accepter").click().run()
    assert not app.success and f"(n° {seq}) : accepté, par Claude" in words(app)


def lines(app) -> list[str]:
    """The commitments that the worklist offers: their numbers."""
    return [
        button.key.removeprefix("_log_unseen_")
        for button in app.button
        if (button.key or "").startswith("_log_unseen_")
    ]


def test_the_worklist_has_pages_and_begins_elsewhere_for_each_volunteer(demo, browser_of):
    read = {}
    for name in ("Camille", "Dominique"):
        browser_of(sign_in(demo, name, Role.VOLUNTEER))
        first, second = (open_page("saisie", vue="afaire", page_unseen=page) for page in "12")
        assert len(lines(first)) == 15 and not set(lines(first)) & set(lines(second))
        read[name] = lines(first)
    assert read["Camille"] != read["Dominique"]
    last = open_page("saisie", vue="afaire", page_unseen="99999")
    assert 1 <= len(lines(last)) <= 15


def test_every_line_of_a_turned_list_comes_once():
    days = pd.Series(pd.to_datetime(["2020-01-01"] * 3 + ["2021-01-01"] * 5))
    for start in (0, 1, 7, 2**32 - 1):
        found = [n for at in range(0, 8, 3) for n in worklist.rotate_days(days, at, at + 3, start)]
        assert sorted(found[:3]) == [0, 1, 2] and sorted(found) == list(range(8))


def test_the_worklist_is_filtered_by_status(store, people):
    page_text = words(open_page("saisie", vue="afaire", statut="decided"))
    assert "4 engagements à reprendre" in page_text


def test_the_team_reads_no_day_more_precise_than_an_entry(store, people, browser_of):
    seq = commands.log_action(
        store, people[Role.VOLUNTEER], action(happened_on="2019-12", status="implemented")
    ).seq
    browser_of(people[Role.REVIEWER])
    assert "mis en œuvre (depuis décembre 2019)" in words(open_page("relecture"))
    commands.review_action(store, people[Role.REVIEWER], seq, Decision.ACCEPTED)
    app = at_a_commitment(browser_of, store, people)
    page_text = words(app)
    assert "Au 5 juillet 2020 : **● mis en œuvre (depuis décembre 2019)**" in page_text
    assert "Aujourd’hui" not in page_text


def test_an_error_goes_once_its_field_is_mended_and_the_date_is_checked_again(
    store, people, browser_of
):
    app = at_a_commitment(browser_of, store, people)
    field(app.text_input, "Quand").set_value("31/02/2019").run()
    field(app.button, "Enregistrer").click().run()
    assert "Ce jour n’existe pas" in errors(app)
    field(app.text_input, "Quand").set_value("03/2010").run()
    assert "Ce jour n’existe pas" not in errors(app)
    assert "→ mars 2010" in words(app) and "antérieure au mandat que couvre le pacte" in words(app)


def test_all_that_is_missing_is_named_at_once(store, people, browser_of):
    app = at_a_commitment(browser_of, store, people)
    field(app.button, "Enregistrer").click().run()
    for missing in ("Il manque une réponse", "Choisissez un statut", "Il faut une source"):
        assert missing in errors(app)
    field(app.selectbox, "Sorte de source").set_value("report").run()
    field(app.text_input, "Titre de la source").set_value("Rapport annuel").run()
    assert "Il faut une source" not in errors(app)
    assert "Choisissez un statut" in errors(app)


def test_a_day_to_come_is_refused_in_words(store, people, browser_of):
    app = at_a_commitment(browser_of, store, people)
    field(app.text_input, "Quand").set_value("2199").run()
    field(app.button, "Enregistrer").click().run()
    assert str(log_today().year) in errors(app) and log_today().isoformat() not in errors(app)


def test_one_s_own_entry_from_elsewhere_is_not_somebody_else_s(store, people, browser_of):
    app = at_a_commitment(browser_of, store, people)
    field(app.button, "J’ai cherché").click().run()
    field(app.text_input, "Où avez-vous").set_value("Le site de la ville.").run()
    commands.log_action(store, people[Role.VOLUNTEER], action())
    field(app.button, "Enregistrer").click().run()
    assert "Vous avez écrit sur cet engagement ailleurs" in errors(app)


def test_a_withdrawal_is_reviewed_as_one(store, people, browser_of):
    asked = action()
    seq = commands.log_action(store, people[Role.VOLUNTEER], asked).seq
    commands.review_action(store, people[Role.ADMIN], seq, Decision.ACCEPTED)
    commands.log_action(
        store,
        people[Role.VOLUNTEER],
        action(kind=Kind.RETRACTION, status="", supersedes=asked.action_id, reason="Une erreur."),
    )
    browser_of(people[Role.REVIEWER])
    page_text = words(open_page("relecture"))
    assert "Pourquoi ce retrait ?" in page_text and "Pourquoi ce rectificatif ?" not in page_text


def test_what_is_typed_as_a_session_ends_is_there_after_signing_in_again(store, people, browser_of):
    app = at_a_commitment(browser_of, store, people)
    accounts.sign_out(store, people[Role.VOLUNTEER])
    field(app.text_input, "Que s’est-il passé").set_value("Typed as it ended.").run()
    assert "Ce que vous avez commencé d’écrire est gardé" in words(app)
    with store.writing() as session:
        again = Bearer(token=accounts.open_session(session, "Camille", datetime.now(UTC)))
    browser_of(people[Role.REVIEWER])
    assert "Typed as it ended." not in [one.value for one in open_page("saisie").text_input]
    browser_of(again)
    app = open_page("saisie")
    assert field(app.text_input, "Que s’est-il passé").value == "Typed as it ended."


@pytest.mark.parametrize(
    "page, query, way",
    [
        ("saisie", {"vue": "afaire", "lang": "en"}, "/saisie?vue=afaire"),
        ("saisie", {}, None),
        ("relecture", {"entree": "20"}, "/relecture?entree=20"),
    ],
)
def test_the_way_in_leads_back_to_the_page_and_its_query(store, browser_of, page, query, way):
    app = open_page(page, **query)
    links = {one.proto.body for one in app.get("html") if "/connexion" in one.proto.body}
    (link,) = {one for body in links for one in re.findall('href="([^"]*)"', body)}
    asked = parse_qs(urlsplit(unescape(link)).query)
    assert asked.get("vers") == ([way] if way else None)
    assert asked["lang"] == [query.get("lang", "fr")]


def test_a_header_of_other_columns_lists_the_expected_ones_once(store, people):
    page_text = words(upload("x.csv", b"action_id,un,deux,trois\na,1,2,3\n"))
    assert "Ces colonnes ne sont pas prévues : un, deux et trois." in page_text
    assert "manquent : signataire, mesure et date du fait. Colonnes possibles" in page_text
    assert page_text.count("éditeur de la source") == page_text.count("Colonnes possibles") == 2


def test_an_admin_chooses_communes_by_their_names(store, people):
    app = open_page("equipe")
    app.text_input(key="_new_name").set_value("Noé")
    app.text_input(key="_tie_ ").set_value("montreu").run()
    field(app.button, "Montreuil (93)".replace("(", "\\(").replace(")", "\\)")).click().run()
    field(app.button, "Créer le compte").click().run()
    with store.reading() as database:
        account = accounts.account_named(database, "Noé")
    assert account and account.communes == {"93048"}
    assert "conflit d’intérêts : Montreuil (93)" in words(app).replace("\\", "")


def test_an_admin_says_who_looks_after_which_departments_and_it_is_on_record(store, people):
    app = open_page("equipe")
    app.multiselect(key="_departments_Camille").set_value(["69", "75"]).run()
    app.button(key="_save_Camille").click().run()
    assert not app.exception and not app.error
    with store.reading() as database:
        account = accounts.account_named(database, "Camille")
    assert account and account.departments == {"69", "75"}
    assert "suit Rhône (69), Paris (75)" in words(app)
    record = words(open_page("registre", acte="comptes"))
    assert "Camille suit désormais Rhône (69)" in record


def test_the_link_of_an_account_stands_at_that_account(store, people):
    app = open_page("equipe")
    app.button(key="_link_Sacha").click().run()
    (around,) = [str(one) for one in app.main.children.values() if "Code(" in str(one)]
    assert "_save_Sacha" in around and "_save_Camille" not in around
    assert any("Lien d’activation de Sacha" in one.value for one in app.success)


def second_pact(store) -> None:
    text = (PACKAGED / "pact.toml").read_text("utf-8")
    commands.load_pact(
        store,
        io.BytesIO(text.replace("mouves-2014", "essai-2020").encode()),
        name="pact.toml",
    )


def test_a_file_has_no_default_pact_among_several(store, people):
    second_pact(store)
    app = open_page("import")
    (choice,) = [box for box in app.selectbox if box.label.startswith("Dans quel pacte")]
    assert choice.value is None
    assert not app.file_uploader
    choice.set_value("essai-2020").run()
    assert app.query_params["pacte"] == "essai-2020"
    assert app.header[0].value.startswith("Ce fichier sera chargé dans")
    assert app.file_uploader


def test_a_preview_and_its_end_name_the_pact_of_the_file(store, people):
    app = open_page("import", pacte="mouves-2014")
    app.file_uploader[0].set_value(("bilan.csv", FILE.encode(), "text/csv")).run()
    title = app.header[0].value.split("\u00a0: ", 1)[1]
    assert f"Pacte\u00a0: **{title}**" in [part.value for part in app.markdown]
    next(button for button in app.button if button.label.startswith("Confirmer")).click().run()
    assert title in "".join(part.value for part in app.success)


@pytest.mark.parametrize("page", ["saisie", "relecture"])
def test_a_page_that_writes_names_its_pact_where_there_are_several(store, people, page):
    def page_text() -> str:
        return "\n".join(part.value for part in open_page(page).markdown)

    assert "Ce que vous écrivez ici concerne" not in page_text()
    second_pact(store)
    assert "Ce que vous écrivez ici concerne" in page_text()
