"""What the form says before it is saved: a search, a repetition, a step back, what is missing."""

import ast
from datetime import date

import pytest

from monitor import commands
from monitor.intake.sources import source_key
from monitor.models import Decision, Role, Status, lowers_status
from monitor.snapshot import log_today
from tests.support.app import words
from tests.support.paths import ROOT
from tests.support.team import SOURCE, action
from tests.support.team_pages import at_a_commitment, errors, field

UI = ROOT / "monitor" / "ui"


def accepted(store, people, **values) -> int:
    seq = commands.log_action(store, people[Role.VOLUNTEER], action(**values)).seq
    commands.review_action(store, people[Role.REVIEWER], seq, Decision.ACCEPTED)
    return seq


def test_no_choice_of_several_buttons_can_become_no_choice():
    """A click on the chosen one of them would take it back."""
    calls = [
        node
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("segmented_control", "pills")
    ]
    assert calls
    for call in calls:
        assert any(one.arg == "required" and one.value.value is True for one in call.keywords)


@pytest.mark.parametrize("chosen", [None, date(2019, 5, 10)])
def test_a_search_bears_the_day_of_the_search_and_asks_no_other(store, people, browser_of, chosen):
    app = at_a_commitment(browser_of, store, people)
    field(app.button, "J’ai cherché").click().run()
    assert not [one for one in app.text_input if one.label.startswith("Quand")]
    asked = field(app.date_input, "Jour de la recherche")
    assert (asked.min, asked.max) == (date(2014, 3, 30), log_today())
    if chosen:
        asked.set_value(chosen).run()
    field(app.text_input, "Où avez-vous").set_value("Le site de la ville.").run()
    field(app.button, "Enregistrer").click().run()
    with store.reading() as database:
        ((day,),) = database.rows("SELECT happened_on FROM action ORDER BY seq DESC LIMIT 1")
    assert day == (chosen or log_today()).isoformat()


def test_a_search_over_another_status_is_said_to_change_nothing(store, people, browser_of):
    app = at_a_commitment(browser_of, store, people)
    field(app.selectbox, "Quel statut").set_value("no_evidence").run()
    assert "Cette recherche n’efface pas" in words(app)


def test_what_another_status_hides_comes_back_with_it(store, people, browser_of):
    app = at_a_commitment(browser_of, store, people)
    field(app.text_input, "Quand").set_value("12/2019").run()
    field(app.text_input, "Titre de la source").set_value("Rapport annuel").run()
    status = field(app.selectbox, "Quel statut").set_value("no_evidence").run().selectbox
    field(status, "Quel statut").set_value("decided").run()
    assert field(app.text_input, "Quand").value == "12/2019"
    assert field(app.text_input, "Titre de la source").value == "Rapport annuel"


def test_what_lowers_a_status_says_so_before_it_is_saved(store, people, browser_of):
    accepted(store, people, status="implemented", happened_on="2019-06")
    app = at_a_commitment(browser_of, store, people)
    field(app.text_input, "Quand").set_value("12/2019").run()
    field(app.selectbox, "Quel statut").set_value("stalled").run()
    assert "Ceci abaisse le statut" in words(app)
    field(app.selectbox, "Quel statut").set_value("implemented").run()
    assert "Ceci abaisse le statut" not in words(app)


def test_the_effect_of_what_is_typed_is_no_more_precise_than_its_date(store, people, browser_of):
    app = at_a_commitment(browser_of, store, people)
    field(app.text_input, "Quand").set_value("2019").run()
    field(app.selectbox, "Quel statut").set_value("implemented").run()
    assert "Une fois acceptée : **● mis en œuvre (depuis 2019)**" in words(app)


@pytest.mark.parametrize(
    "copied",
    [
        SOURCE["source_url"],
        SOURCE["source_url"] + "/",
        "http://www.exemple.invalid/deliberation#art3",
        SOURCE["source_url"] + "?utm_source=lettre",
    ],
)
@pytest.mark.parametrize("status", ["decided", "implemented"])
def test_a_duplicate_is_named_before_it_is_saved(store, people, browser_of, copied, status):
    seq = commands.log_action(store, people[Role.VOLUNTEER], action()).seq
    app = at_a_commitment(browser_of, store, people)
    field(app.text_input, "Quand").set_value("12/2019").run()
    field(app.selectbox, "Quel statut").set_value(status).run()
    field(app.text_input, "Adresse de la source").set_value(copied).run()
    assert f"Double possible du n° {seq}" in words(app)
    field(app.text_input, "Quand").set_value("11/2019").run()
    assert "Double possible" not in words(app)


@pytest.mark.parametrize(
    "one, other, same",
    [
        (("https://a.fr/b",), ("a.fr/b/",), True),
        (("https://a.fr/b?id=1",), ("https://a.fr/b?id=2",), False),
        (("https://a.fr/b?fbclid=x&id=1",), ("https://www.a.fr/b?id=1",), True),
        (("", "Délibération 2019-12"), (None, "DELIBERATION 2019-12"), True),
        (("", "Délibération 2019-12"), ("", "Délibération 2019-13"), False),
        (("http://[", ""), ("http://[", ""), True),
    ],
)
def test_the_same_document_is_known_by_any_of_its_addresses(one, other, same):
    assert (source_key(*one) == source_key(*other)) is same


def test_a_second_save_of_an_empty_form_says_what_is_missing(store, people, browser_of):
    app = at_a_commitment(browser_of, store, people)
    field(app.button, "J’ai cherché").click().run()
    field(app.text_input, "Où avez-vous").set_value("Le site de la ville.").run()
    field(app.button, "Enregistrer").click().run()
    app.session_state["_write_saved"] = (1, -10.0)  # long ago
    field(app.radio, "Quel engagement").set_value("1").run()
    field(app.button, "Enregistrer").click().run()
    for missing in ("Il manque une réponse", "Choisissez un statut", "Il faut une source"):
        assert missing in errors(app)


@pytest.mark.parametrize(
    "before, after, expected",
    [
        ("implemented", "decided", True),
        ("implemented", "no_evidence", True),
        ("implemented", "not_applicable", True),
        ("announced", "not_assessed", True),
        ("in_progress", "stalled", True),
        ("stalled", "not_started", True),
        ("stalled", "abandoned", True),
        ("announced", "not_started", True),
        ("not_assessed", "abandoned", False),
        ("no_evidence", "not_started", False),
        ("decided", "implemented", False),
        ("abandoned", "not_assessed", False),
        ("not_started", "announced", False),
        ("decided", "decided", False),
        ("not_applicable", "stalled", False),
    ],
)
def test_a_step_back_lowers_a_status_and_a_first_one_does_not(before, after, expected):
    assert lowers_status(Status(before), Status(after)) is expected


def test_what_was_begun_of_one_city_is_not_carried_to_another_and_of_a_measure_it_is_said(
    store, people, browser_of
):
    app = at_a_commitment(browser_of, store, people)
    field(app.text_input, "Adresse").set_value("https://lyon.exemple.fr/a").run()
    field(app.radio, "Quel engagement").set_value("2").run()
    assert "vérifiez que le jour, les mots et la source" in words(app)
    field(app.button, "Changer").click().run()
    app.text_input(key="_write_search").set_value("paris").run()
    next(one for one in app.button if "Anne Hidalgo" in one.label).click().run()
    field(app.radio, "Quel engagement").set_value("1").run()
    assert field(app.text_input, "Adresse").value == ""
    field(app.button, "Reprendre").click().run()
    assert field(app.text_input, "Adresse").value == "https://lyon.exemple.fr/a"
