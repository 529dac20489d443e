"""The page of double reading: what is mine to read, and what is decided once both have read."""

import re
import sqlite3
from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from monitor.accounts import ANONYMOUS
from monitor.commands.raters import draw_raters
from monitor.commands.samples import abandon_plan, plan_sample, record_seed
from monitor.models import Role
from monitor.queries.ratings import find_pair, given_ratings
from monitor.read.blind import agreement_of_plan, doubled_commitments
from monitor.read.pact_state import PactState
from monitor.read.sample import FRESH, current_plan, draft_plan, drawn_officials, plan_at
from monitor.snapshot import Snapshots
from tests.support.app import all_texts, open_page, words
from tests.support.blind_ratings import give_rating
from tests.support.team import people_of
from tests.support.team_pages import errors

DAY = date(2026, 3, 22)
BY_NAME = {"Camille": Role.VOLUNTEER, "Sacha": Role.REVIEWER, "Claude": Role.ADMIN}


def state_of(store) -> PactState:
    return PactState(Snapshots(store).current(), "demo")


@pytest.fixture
def drawn(demo, browser_of):
    """The demo with a sample, and somebody of each role: (store, people, plan, doubled)."""
    people = people_of(demo)
    name = plan_sample(
        demo, None, draft_plan(state_of(demo), DAY, 20, "EuroMillions", double_share=0.2)
    )
    record_seed(demo, None, "demo", name, "4 12 23 31 45")
    state = state_of(demo)
    plan = current_plan(state)
    assert plan
    return demo, people, plan, doubled_commitments(state, plan)


def raters_of(store, plan, about):
    with store.reading() as session:
        return draw_raters(session, plan, [about])[about]


def page(browser_of, people, name):
    browser_of(people[BY_NAME[name]])
    app = open_page("double-lecture", pacte="demo")
    assert not app.exception
    return app


def widget(elements, name):
    return next(one for one in elements if one.key.endswith(f"_{name}"))


def give(app, status="decided", **values):
    texts = {
        "happened_on": "2024-05",
        "source_title": "Délibération",
        "searched": "Le registre.",
        **values,
    }
    widget(app.selectbox, "status").set_value(status).run()
    widget(app.selectbox, "source_kind").set_value("council_act").run()
    for name, value in texts.items():
        widget(app.text_input, name).set_value(value).run()
    app.button(key="_blind_give").click().run()
    assert not app.exception
    return app


def test_a_fifth_of_those_drawn_are_read_twice_with_all_that_was_drawn_for(drawn):
    store, _, plan, doubled = drawn
    state = state_of(store)
    officials = [one for ids in drawn_officials(state, plan).values() for one in ids]
    chosen = {name for name, _ in doubled}
    assert len(officials) == 20 and len(chosen) == 4 and chosen < {*officials}
    rows = plan_at(plan, state).rows
    rest = rows[(rows["stratum"] != FRESH) & rows["signatory_id"].isin(chosen)]
    assert {*doubled} == {*zip(rest["signatory_id"], rest["measure"], strict=True)}


def test_what_is_mine_is_given_sealed_and_the_other_page_does_not_show_it(drawn, browser_of):
    store, people, plan, doubled = drawn
    first, _ = raters_of(store, plan, doubled[0]).awaited
    app = page(browser_of, people, first)
    assert errors(give(app)) == ""
    assert "scellée" in app.success[0].value
    with store.reading() as session:
        (rating,) = given_ratings(session, "demo", plan.plan_id)
    assert rating.author == first
    for name in BY_NAME.keys() - {first}:
        other = page(browser_of, people, name)
        assert "Le registre." not in words(other) and "Délibération" not in all_texts(other)


def test_a_rating_without_its_source_is_refused_and_its_words_stay(drawn, browser_of):
    store, people, plan, doubled = drawn
    first, _ = raters_of(store, plan, doubled[0]).awaited
    app = give(page(browser_of, people, first), source_title="", searched="Partout.")
    assert app.error
    with store.reading() as session:
        assert given_ratings(session, "demo", plan.plan_id) == []
    again = page(browser_of, people, first)
    assert widget(again.text_input, "searched").value == "Partout."


def both(store, plan, about, other="decided"):
    one, two = raters_of(store, plan, about).awaited
    for name, status in ((one, "decided"), (two, other)):
        give_rating(store, name, plan.plan_id, about, datetime.now(UTC), status, pact_id="demo")
    return next(name for name in BY_NAME if name not in (one, two)), one


def test_a_reviewer_takes_one_of_two_that_agree_in_one_click(drawn, browser_of):
    store, people, plan, doubled = drawn
    about = next(one for one in doubled if "Camille" in raters_of(store, plan, one).awaited)
    third, _ = both(store, plan, about)
    app = page(browser_of, people, third)
    assert "disent le même statut" in words(app)
    next(button for button in app.button if button.key.startswith("_blind_take_")).click().run()
    assert not app.exception and not app.error
    with store.reading() as session:
        found = find_pair(session, "demo", plan.plan_id, *about)
    assert found and found.way == "agreed"
    assert agreement_of_plan(state_of(store), plan).pairs == 1


def test_a_third_person_who_sees_both_decides_between_two_that_differ(drawn, browser_of):
    store, people, plan, doubled = drawn
    about = doubled[0]
    third, one = both(store, plan, about, "implemented")
    rater = page(browser_of, people, one)
    assert "disent deux statuts" not in words(rater)
    app = page(browser_of, people, third)
    assert f"Source de {one}" in words(app)
    decide = next(one for one in app.button if one.key.startswith("_blind_decide_"))
    decided = decide.key.removeprefix("_blind_decide_").rpartition("_")
    mine = [one for one in app.text_input if f":{decided[0]}:{decided[2]}_" in one.key]
    boxes = [one for one in app.selectbox if f":{decided[0]}:{decided[2]}_" in str(one.key)]
    widget(boxes, "status").set_value("decided").run()
    widget(boxes, "source_kind").set_value("council_act").run()
    widget(mine, "happened_on").set_value("2024-05").run()
    widget(mine, "source_title").set_value("Acte").run()
    app.button(key=decide.key).click().run()
    assert not app.exception and errors(app) == ""
    with store.reading() as session:
        found = find_pair(session, "demo", plan.plan_id, *about)
    assert found and found.way == "arbitrated"


def test_without_a_sample_the_page_says_what_it_is_for(demo, browser_of):
    app = page(browser_of, people_of(demo), "Camille")
    assert "aucun échantillon n’est tiré" in words(app)


def test_everybody_reads_how_far_two_agree_once_five_officials_were_read_twice(drawn, browser_of):
    store, *_ = drawn
    abandon_plan(store, None, "demo", "1", "Trop petit.")
    asked = draft_plan(state_of(store), DAY, 20, "Loto", double_share=1.0)
    name = plan_sample(store, None, asked)
    record_seed(store, None, "demo", name, "4 12 23 31 45")
    plan = current_plan(state_of(store))
    assert plan
    doubled = doubled_commitments(state_of(store), plan)
    officials = [*dict(doubled)]
    heading = "Accord de deux lectures"
    read = [one for one in doubled if one[0] in officials[:5]]
    for about in read:
        if about == read[-1]:
            browser_of(ANONYMOUS)
            assert heading not in words(open_page("echantillon", pacte="demo"))
        for rater in ("Camille", "Claude"):
            status = "implemented" if about == read[0] and rater == "Claude" else "decided"
            give_rating(store, rater, name, about, datetime.now(UTC), status, pact_id="demo")
    page_text, count = words(open_page("echantillon", pacte="demo")), len(read)
    assert (
        heading in page_text and f"Sur {count} engagements lus deux fois à l’aveugle" in page_text
    )
    assert f"donnent le même statut à {count - 1} (" in page_text and "Sous 50 paires" in page_text
    assert "groupes d’au moins 5 signataires" in page_text
    assert "Source de Camille" not in page_text


def coefficients_of_sixty() -> None:
    from monitor.analysis.agreement import Pair, agreement_of
    from monitor.models import Status
    from monitor.ui import agreement

    statuses = (Status.DECIDED, Status.IMPLEMENTED, Status.ANNOUNCED)
    pairs = [
        Pair(n // 3, "1", statuses[n % 3], statuses[(n + (n % 10 == 0)) % 3]) for n in range(60)
    ]
    agreement._show_alpha(agreement_of(pairs), "fr")


def test_the_coefficients_of_two_readings_have_two_decimals():
    app = AppTest.from_function(coefficients_of_sixty).run()
    elements = [*app.markdown, *app.caption]
    assert len(elements) == 2 and not app.exception
    assert all(re.search(r"\s: 0,\d\d \(de 0,\d\d à [01],\d\d\)", one.value) for one in elements)


def test_who_reads_is_told_that_the_draft_is_not_kept_until_it_is(drawn, browser_of):
    store, people, plan, doubled = drawn
    first, _ = raters_of(store, plan, doubled[0]).awaited
    app = page(browser_of, people, first)
    locked = sqlite3.connect(store.path, isolation_level=None)
    locked.execute("BEGIN IMMEDIATE")
    widget(app.text_input, "searched").set_value("Le registre.").run()
    assert any("ne fermez pas" in one.value for one in app.warning)
    locked.execute("ROLLBACK")
    locked.close()
    widget(app.text_input, "searched").set_value("Le registre entier.").run()
    assert not any("ne fermez pas" in one.value for one in app.warning)


@pytest.mark.parametrize(("count", "shown"), [(19, False), (20, True)])
def test_how_far_each_reader_agrees_is_for_reviewers_and_from_twenty_pairs_on(
    drawn, browser_of, count, shown
):
    store, people, *_ = drawn
    abandon_plan(store, None, "demo", "1", "Trop petit.")
    name = plan_sample(store, None, draft_plan(state_of(store), DAY, 20, "Loto", double_share=1.0))
    record_seed(store, None, "demo", name, "4 12 23 31 45")
    plan = current_plan(state_of(store))
    assert plan
    for about in doubled_commitments(state_of(store), plan)[:count]:
        for rater in ("Camille", "Claude"):
            give_rating(store, rater, name, about, datetime.now(UTC), pact_id="demo")
    heading = "Accord par personne"
    assert (heading in words(page(browser_of, people, "Sacha"))) is shown
    assert heading not in words(page(browser_of, people, "Camille"))
    browser_of(ANONYMOUS)
    assert heading not in words(open_page("echantillon", pacte="demo"))
