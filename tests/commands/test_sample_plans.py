"""A sample is planned before the dice are thrown; what is planned and what they said stays."""

from datetime import date, timedelta

import pytest

from monitor.commands.samples import abandon_plan, plan_sample, record_seed
from monitor.errors import Changed, InvalidRow, InvalidValue, NotAllowed, NotFound, Refused
from monitor.queries.samples import sample_plans
from monitor.samples import SampleStratum, content_of, draft_from_content
from monitor.store.journal import time_of_head, verify_store
from tests.support.sample_plans import DICE, draft
from tests.support.team import LATER

PACT = "mouves-2014"
AFTER = LATER + timedelta(hours=2)


def plans(store, until=2**62):
    with store.reading() as session:
        return sample_plans(session, PACT, until)


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_a_plan_its_seed_and_its_end_are_entries_that_verify_and_are_read_back(store, team):
    planned = draft(store, PACT)
    name = plan_sample(store, team.admin, planned, LATER)
    record_seed(store, team.admin, PACT, name, " 4 12  23 31 45 / 3 9 ", AFTER)
    abandon_plan(store, team.admin, PACT, name, "Le tirage a été annulé.", AFTER)
    again = plan_sample(store, team.admin, draft(store, PACT, dice="Loto"), AFTER)
    assert verify_store(store).intact
    first, second = plans(store)
    assert (name, again) == ("1", "2") == (first.plan_id, second.plan_id)
    assert {key: getattr(first, key) for key in vars(planned)} == vars(planned)
    assert (first.author, first.recorded_at) == ("Claude", LATER)
    assert (first.seed, first.seed_recorded_at) == ("4 12 23 31 45 / 3 9", AFTER)
    assert first.abandoned and first.abandoned_reason == "Le tirage a été annulé."
    assert second.waits and second.seed is None and not second.abandoned


def test_a_plan_is_read_as_it_was_known_at_an_entry(store, team):
    plan_sample(store, team.admin, draft(store, PACT), LATER)
    seeded = record_seed(store, team.admin, PACT, "1", "4 12", LATER)
    abandon_plan(store, team.admin, PACT, "1", "Non.", LATER)
    first = plans(store)[0].seq
    assert plans(store, first - 1) == []
    assert [one.seed for one in plans(store, first)] == [None]
    assert [(one.seed, one.abandoned) for one in plans(store, seeded)] == [("4 12", False)]


@pytest.mark.parametrize("who", ["volunteer", "reviewer"])
def test_only_an_admin_plans_draws_and_abandons(store, team, who):
    plan_sample(store, team.admin, draft(store, PACT), LATER)
    person = getattr(team, who)
    for write in (
        lambda: plan_sample(store, person, draft(store, PACT), LATER),
        lambda: record_seed(store, person, PACT, "1", "4", LATER),
        lambda: abandon_plan(store, person, PACT, "1", "Non.", LATER),
    ):
        with pytest.raises(NotAllowed):
            write()


def test_what_a_plan_may_not_say(store, team):
    def refuse(kind, code, **values):
        with pytest.raises(kind) as raised:
            plan_sample(store, None, draft(store, **{"pact_id": PACT, **values}), LATER)
        problem = raised.value.errors[0] if kind is InvalidRow else raised.value
        assert problem.code == code

    refuse(NotFound, "unknown_pact", pact_id="nothing")
    refuse(InvalidRow, "future_date", as_of=LATER.date() + timedelta(days=3))
    refuse(InvalidRow, "sample_dice_missing", dice=" ")
    refuse(InvalidValue, "sample_head", head=f"3:{'0' * 64}")
    refuse(Refused, "sample_nobody", allocation=(SampleStratum("all", 0, 0, 0),))
    refuse(InvalidValue, "sample_officials", officials=0)
    refuse(InvalidValue, "sample_share", double_share=1.2)
    refuse(InvalidValue, "sample_content", universe="short")
    refuse(InvalidValue, "sample_content", strata="party")
    refuse(InvalidValue, "sample_content", allocation=(SampleStratum("all", 2, 2, 3),))
    assert plans(store) == []


def test_nobody_chooses_between_two_plans_of_one_throw(store):
    plan_sample(store, None, draft(store, PACT), LATER)
    with pytest.raises(Refused, match="sample_waits"):
        plan_sample(store, None, draft(store, PACT), LATER)
    record_seed(store, None, PACT, "1", "4", LATER)
    assert plan_sample(store, None, draft(store, PACT), LATER) == "2"


def test_the_dice_are_thrown_once_and_for_no_plan_that_was_given_up(store):
    plan_sample(store, None, draft(store, PACT), LATER)
    record_seed(store, None, PACT, "1", "4 12", LATER)
    with pytest.raises(Changed, match="sample_seeded"):
        record_seed(store, None, PACT, "1", "5 6", LATER)
    abandon_plan(store, None, PACT, "1", "Non.", LATER)
    for write in (record_seed, abandon_plan):
        with pytest.raises(Changed, match="sample_abandoned"):
            write(store, None, PACT, "1", "5 6", LATER)
    with pytest.raises(NotFound, match="unknown_sample_plan"):
        record_seed(store, None, PACT, "2", "5 6", LATER)


@pytest.mark.parametrize("seed", ["", "  ", "4'12", "4\x0712", "é", '4 "12"', "9" * 201, "$(id)"])
def test_a_seed_is_what_anybody_can_type_again(store, seed):
    plan_sample(store, None, draft(store, PACT), LATER)
    with pytest.raises(InvalidValue, match="sample_seed"):
        record_seed(store, None, PACT, "1", seed, LATER)


def test_the_content_of_a_plan_has_one_way_of_being_written(store):
    plan = draft(store, PACT)
    text = content_of(plan)
    assert draft_from_content(PACT, text, DICE) == plan
    assert " " not in text and text.startswith('{"allocation":[{"code":"lt_1000","commitments":9,')
    assert content_of(draft_from_content(PACT, text, None)) == text
    assert plan.as_of == date(2020, 7, 4) and plan.drawn == 4


def test_a_plan_is_later_than_the_head_that_it_rests_on_even_on_a_clock_that_stands_still(store):
    planned = draft(store, PACT)
    with store.reading() as session:
        before = time_of_head(session, planned.head)
    plan_sample(store, None, planned, before)
    assert plans(store)[0].recorded_at == before + timedelta(microseconds=1)
