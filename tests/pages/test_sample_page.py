"""The page of the random sample: what it says, and what an admin does there."""

import re
import subprocess
from datetime import date

import pytest
from starlette.applications import Starlette

from monitor.analysis.sampling import draw_order
from monitor.commands import change_account
from monitor.commands.retracting import retract_row
from monitor.commands.samples import abandon_plan, plan_sample, record_seed
from monitor.models import Role
from monitor.read import query
from monitor.read.sample import (
    current_plan,
    draft_plan,
    drawn_officials,
    measures_to_look_at,
    sample_plans,
    sample_round,
)
from monitor.read.sample_universe import text_of_lines
from monitor.read.sample_words import (
    bounds_without_sample,
    lines_name,
    published_lines,
    redraw_recipe,
)
from monitor.read.screens import empty_pages
from monitor.snapshot import Snapshots
from monitor.web import chart
from tests.support.app import open_page, words
from tests.support.routes import Client
from tests.support.routes import words as words_of
from tests.support.sample_plans import DAY, DICE, SEED, answer, drawn_plan, state_of
from tests.support.team import sign_in


def sample_page(lang="fr", **query):
    app = open_page("echantillon", pacte="demo", lang=lang, **query)
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("lang", "expected"), [("fr", "Aucun échantillon n’est prévu"), ("en", "No sample is planned")]
)
def test_a_pact_without_a_plan_says_what_a_sample_is_for(demo, browser_of, lang, expected):
    shown = words(sample_page(lang))
    assert expected in shown and "sha256sum" in shown


def hidden_pages(store, role=None):
    return empty_pages(Snapshots(store).current(), "demo", role) - {"reponses"}


def test_the_menu_has_the_page_and_its_readings_once_a_plan_is_made_before_for_who_may_make_one(
    demo,
):
    roles = [None, Role.VOLUNTEER, Role.REVIEWER, Role.ADMIN]
    both, readings = {"echantillon", "double-lecture"}, {"double-lecture"}
    assert [hidden_pages(demo, role) for role in roles] == [both, both, both, readings]
    drawn_plan(demo)
    abandon_plan(demo, None, "demo", "1", "Tirage annulé.")
    assert [hidden_pages(demo, role) for role in roles] == [set()] * 4


def test_plans_are_counted_by_pact_by_what_comes_as_by_all(demo):
    snapshots = Snapshots(demo)
    assert snapshots.current().plans == {}
    drawn_plan(demo)
    abandon_plan(demo, None, "demo", "1", "Tirage annulé.")
    snapshots.current()
    drawn_plan(demo)
    assert snapshots.current().plans == Snapshots(demo).current().plans == {"demo": 2}


def test_an_empty_site_has_the_page_as_any_other(empty, browser_of):
    assert not open_page("echantillon").exception


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr", "Pas encore d’estimation : on a regardé ce qu’il en est de 0 des 20 élus tirés"),
        ("en", "No estimate yet: 0 of the 20 officials drawn at random"),
    ],
)
def test_before_enough_are_looked_at_there_are_bounds_and_no_point(
    demo, browser_of, lang, expected
):
    drawn_plan(demo)
    shown = words(sample_page(lang))
    assert expected in shown
    view = query.read_view(Snapshots(demo).current(), {"pacte": "demo"})
    assert view
    bounds, _ = bounds_without_sample(view)
    assert bounds
    (ends,) = re.findall(r"(?:entre|between) ([\d.,]+)\s?% (?:et|and) ([\d.,]+)\s?%", shown)
    told = [float(end.replace(",", ".")) for end in ends]
    assert told == pytest.approx([100 * bound for bound in bounds], abs=0.1)


@pytest.mark.parametrize(
    ("lang", "expected"), [("fr", "élus ont été tirés au sort"), ("en", "were drawn")]
)
def test_once_they_are_there_is_an_estimate_with_its_margin(demo, browser_of, lang, expected):
    state, plan = drawn_plan(demo)
    answer(demo, [one.signatory_id for one in sample_round(state, plan).officials])
    shown = words(sample_page(lang))
    assert expected in shown and ("marge du sondage" in shown or "margin of the sample" in shown)
    page = Client(Starlette(routes=chart.ROUTES))
    lead, table = words_of(page, f"/graphique/echantillon?pacte=demo&lang={lang}").split("PNG")
    numbers = re.findall(r"\d+[,.]\d ?%", lead)
    assert len(numbers) > 2 and [each for each in numbers[:3] if each not in table] == []
    assert "22 mars 2026" in table or "22 March 2026" in table


def test_two_rounds_are_compared_in_a_sentence_that_says_which_way_it_went(demo, browser_of):
    for as_of, status in ((DAY.replace(year=2024), "decided"), (DAY, "implemented")):
        draft = draft_plan(state_of(demo), as_of, 20, "EuroMillions")
        record_seed(demo, None, "demo", plan_sample(demo, None, draft), SEED)
        state = state_of(demo)
        plan = current_plan(state)
        assert plan is not None
        answer(demo, [one.signatory_id for one in sample_round(state, plan).officials], status)
    page_text = words(sample_page())
    assert "Du 22 mars 2024 au 22 mars 2026, la part mise en œuvre a augmenté : de +" in page_text
    assert "La marge des deux sondages va de +" in page_text
    assert "From 22 March 2024 to 22 March 2026, the share implemented rose" in words(
        sample_page("en")
    )


def test_whoever_has_nothing_due_any_more_is_neither_looked_at_nor_to_be(demo, browser_of):
    state, plan = drawn_plan(demo)
    first, second, *_ = (one.signatory_id for one in sample_round(state, plan).officials)
    answer(demo, [second])
    retract_row(demo, None, "signatories", "demo", (first,), "Saisie par erreur.")
    page_text = words(sample_page())
    assert "on a regardé ce qu’il en est de 1 des 19 élus tirés au sort" in page_text
    assert "il en faut 18" in page_text
    assert (
        "De 1 autre élu tiré au sort, plus rien ne compte comme en vigueur ce jour-là." in page_text
    )
    app = to_do(demo, browser_of)
    assert first not in offered(app)
    assert [one.proto.text[-8:] for one in app.get("progress")] == ["1 sur 19"]


def test_a_recipe_of_which_lines_are_missing_draws_nobody_in_place_of_who_was_taken_back(
    demo, tmp_path
):
    state, plan = drawn_plan(demo)
    drawn = [one for group in drawn_officials(state, plan).values() for one in group]
    retract_row(demo, None, "signatories", "demo", (drawn[0],), "Saisie par erreur.")
    state = state_of(demo)
    lines, taken = published_lines(state, plan)
    (tmp_path / lines_name(plan)).write_text(text_of_lines(lines), "utf-8")
    recipe = ["bash", "-c", redraw_recipe(state, plan)]
    done = subprocess.run(recipe, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert taken and done.stdout.splitlines()[1:] == drawn[1:]


def test_a_view_of_before_the_plan_knows_of_none(demo, browser_of):
    state, _ = drawn_plan(demo)
    assert state.snapshot.recorded_at
    before = state.snapshot.recorded_at.replace(year=2020).isoformat()
    shown = words(open_page("echantillon", pacte="demo", connu=before))
    assert "Aucun échantillon n’est prévu" in shown


def test_a_plan_given_up_is_counted_and_says_why(demo, browser_of):
    drawn_plan(demo)
    abandon_plan(demo, None, "demo", "1", "Tirage [annulé](x).")
    drawn_plan(demo)
    shown = words(sample_page())
    assert "2 plans inscrits au journal, 1 abandonné" in shown
    assert "Tirage [annulé](x)." in shown and f"« {SEED} »" in shown


def test_the_recipe_draws_the_same_officials_in_any_shell(demo, tmp_path):
    state, plan = drawn_plan(demo)
    lines, taken = published_lines(state, plan)
    assert taken == 0
    (tmp_path / lines_name(plan)).write_text(text_of_lines(lines), "utf-8")
    done = subprocess.run(
        ["bash", "-c", redraw_recipe(state, plan)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    digest, *ids = done.stdout.splitlines()
    assert digest.split()[0] == plan.universe
    assert ids == [one for group in drawn_officials(state, plan).values() for one in group]


def admin_page(demo, browser_of):
    browser_of(sign_in(demo, "Claude", Role.ADMIN))
    return sample_page()


@pytest.mark.parametrize("role", [None, Role.VOLUNTEER, Role.REVIEWER])
def test_nobody_but_an_admin_sees_the_forms(demo, browser_of, role):
    if role:
        browser_of(sign_in(demo, "Camille", role))
    assert "Planifier un échantillon" not in words(sample_page())


def test_an_admin_plans_draws_and_gives_up(demo, browser_of):
    app = admin_page(demo, browser_of)
    app.number_input(key="_sample_officials").set_value(12)
    app.text_input(key="_sample_dice").set_value(DICE)
    app.button(key="_sample_plan").click().run()
    assert not app.exception and not app.error
    (plan,) = sample_plans(state_of(demo))
    assert (plan.dice, plan.waits, plan.author) == (DICE, True, "Claude")
    app.text_input(key="_sample_seed").set_value(SEED)
    app.button(key="_sample_record").click().run()
    drawn = current_plan(state_of(demo))
    assert drawn is not None and drawn.seed == SEED
    assert "Pas encore d’estimation" in words(app)
    app.text_input(key="_sample_reason").set_value("Erreur de date.")
    app.button(key="_sample_end").click().run()
    assert not app.exception
    assert [one.abandoned_reason for one in sample_plans(state_of(demo))] == ["Erreur de date."]


def test_a_plan_without_dice_is_refused_where_it_was_asked_for(demo, browser_of):
    app = admin_page(demo, browser_of)
    app.button(key="_sample_plan").click().run()
    assert "tirage public" in app.error[0].value
    assert sample_plans(state_of(demo)) == []


def test_no_plan_is_made_of_a_day_on_which_nobody_can_be_drawn(demo, browser_of):
    app = admin_page(demo, browser_of)
    app.date_input(key="_sample_as_of").set_value(date(2017, 6, 1)).run()
    assert "Personne à tirer au sort" in words(app)
    assert app.button(key="_sample_plan").disabled


def test_those_drawn_are_listed_in_order_with_what_was_looked_at_alone(demo):
    state, plan = drawn_plan(demo)
    first = sample_round(state, plan).officials[0]
    answer(demo, [first.signatory_id])
    found = sample_round(state_of(demo), plan)
    ids = [one.signatory_id for one in found.officials]
    assert ids == draw_order(SEED, ids)
    assert (found.officials[0].answered, found.answered) == (first.due, 1)


def to_do(demo, browser_of, account="Camille"):
    browser_of(sign_in(demo, account, Role.VOLUNTEER))
    app = open_page("saisie", pacte="demo", vue="afaire")
    assert not app.exception
    return app


def offered(app) -> list[str]:
    return [one.key.removeprefix("_sample_") for one in app.button if "_sample_" in (one.key or "")]


def test_those_drawn_head_the_list_of_what_there_is_to_do_in_the_order_of_the_draw(
    demo, browser_of
):
    state, plan = drawn_plan(demo)
    order = [one.signatory_id for one in sample_round(state, plan).officials]
    answer(demo, order[:2])
    app = to_do(demo, browser_of)
    assert offered(app) == order[2:17]
    shown = words(app)
    assert "À regarder d’abord : 18 élus tirés au sort" in shown
    assert app.header[0].value.startswith("À regarder d’abord")


def test_nobody_is_given_those_of_their_own_commune(demo, browser_of):
    state, plan = drawn_plan(demo)
    first = sample_round(state, plan).officials[0].signatory_id
    commune = state.known.signatories.set_index("signatory_id").at[first, "commune"]
    app = to_do(demo, browser_of)
    assert first in offered(app)
    change_account(demo, None, "Camille", communes={commune})
    app.run()
    assert first not in offered(app)


def test_those_of_the_departments_that_one_looks_after_come_first_in_the_same_order(
    demo, browser_of
):
    state, plan = drawn_plan(demo)
    order = [one.signatory_id for one in sample_round(state, plan).officials]
    places = state.known.signatories.set_index("signatory_id")
    codes = set(places.loc[order[3:5], "department_code"])
    own = [one for one in order if places.at[one, "department_code"] in codes]
    answer(demo, own[:1])
    browser_of(sign_in(demo, "Camille", Role.VOLUNTEER))
    change_account(
        demo, None, "Camille", departments=codes, communes={places.at[own[1], "commune"]}
    )
    app = open_page("saisie", pacte="demo", vue="afaire")
    others = [one for one in order if one not in own]
    assert offered(app) == [*own[2:], *others[:15]]
    bars = [one.proto.text.rpartition("plan")[2][3:] for one in app.get("progress")]
    assert bars == [f"1 sur {len(own)}", "1 sur 20"]


def test_the_button_begins_an_entry_on_the_first_measure_to_look_at(demo, browser_of):
    state, plan = drawn_plan(demo)
    first = next(iter(measures_to_look_at(state, plan)))
    app = to_do(demo, browser_of)
    app.button(key=f"_sample_{first}").click().run()
    assert not app.exception
    name = state.known.signatories.set_index("signatory_id").at[first, "name"]
    assert name in words(app) and not offered(app)


def test_without_a_sample_the_list_says_nothing_of_one(demo, browser_of):
    assert "tirés au sort" not in words(to_do(demo, browser_of))
