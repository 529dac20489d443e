"""Among whom a sample is drawn, who is drawn, and what is known of them since."""

import subprocess
from dataclasses import fields
from datetime import date
from hashlib import sha256

import pandas as pd
import pytest

from monitor.analysis.sampling import draw_order, expected_margin
from monitor.commands.retracting import retract_row
from monitor.commands.samples import abandon_plan, plan_sample
from monitor.models import Status
from monitor.read import query
from monitor.read.day_state import DayState
from monitor.read.sample import (
    DOMAIN,
    ENOUGH,
    current_plan,
    domain_rounds,
    draft_plan,
    drawn_officials,
    plan_at,
    sample_plans,
    sample_round,
    sampling_universe,
)
from monitor.read.sample_change import change_between
from monitor.read.sample_tables import (
    differences,
    published_text,
    samples_to_export,
    universe_text,
)
from monitor.read.sample_universe import ALL, FRESH, text_of_lines
from monitor.read.sample_words import sample_in_words
from tests.support.loading import load
from tests.support.redraws import redraw
from tests.support.sample_plans import DAY, SEED, answer, drawn_plan, state_of


def test_the_universe_is_all_that_is_due_once_each(demo):
    state = state_of(demo)
    found = sampling_universe(state, DAY, None, 365, "size")
    table = DayState(state, DAY).commitments
    due = table[table["binding"] & (table["status"] != "not_applicable")]
    expected = set(zip(due["signatory_id"], due["measure"].astype(str), strict=True))
    rows = found.rows[["signatory_id", "measure"]]
    assert set(rows.itertuples(index=False, name=None)) == expected
    assert len(rows) == len(expected)


def test_what_was_looked_at_lately_or_is_final_is_taken_whole(demo):
    state = state_of(demo)
    found = sampling_universe(state, DAY, None, 365, "none")
    table = DayState(state, DAY).commitments.set_index(["signatory_id", "measure"])
    for row in found.rows.itertuples():
        own = table.loc[(row.signatory_id, row.measure)]
        recent = own["last_on"].date() >= date(2025, 3, 22) if own["actions"] else False
        final = Status(own["status"]).final
        assert (row.stratum == FRESH) == (recent or final)
        assert row.stratum in (FRESH, ALL)


def test_who_is_drawn_follows_from_the_published_lines_and_the_seed_alone(demo, tmp_path):
    state, plan = drawn_plan(demo)
    published = text_of_lines(plan_at(plan, state).lines)
    assert sha256(published.encode()).hexdigest() == plan.universe
    for stratum in plan.allocation:
        lines = (line.split("\t") for line in published.splitlines())
        ids = {official for code, official, _ in lines if code == stratum.code}
        by_hand = sorted(ids, key=lambda one: sha256(f"{SEED}:{one}".encode()).hexdigest())
        assert drawn_officials(state, plan)[stratum.code] == by_hand[: stratum.drawn]
    (tmp_path / "lines").write_text(published, "utf-8")
    result = subprocess.run(["sha256sum", tmp_path / "lines"], capture_output=True, text=True)
    assert result.stdout.split()[0] == plan.universe


def test_nobody_is_drawn_before_the_dice(demo):
    plan_sample(demo, None, draft_plan(state_of(demo), DAY, 20, "EuroMillions"))
    state = state_of(demo)
    (plan,) = sample_plans(state)
    assert current_plan(state) is None and drawn_officials(state, plan) == {}


def test_a_plan_that_was_given_up_is_no_longer_the_current_one(demo):
    drawn_plan(demo)
    abandon_plan(demo, None, "demo", "1", "Tirage annulé.")
    state = state_of(demo)
    assert current_plan(state) is None
    assert [plan.abandoned for plan in sample_plans(state)] == [True]


def test_what_is_written_after_the_plan_changes_neither_the_universe_nor_who_is_drawn(demo):
    state, plan = drawn_plan(demo)
    before = plan_at(plan, state).digest, drawn_officials(state, plan)
    everybody = DayState(state, DAY).commitments["signatory_id"].unique()
    answer(demo, everybody[:100])
    taken_back = drawn_officials(state, plan)[plan.allocation[0].code][0]
    retract_row(demo, None, "signatories", "demo", (taken_back,), "Saisie par erreur.")
    later = state_of(demo)
    assert (plan_at(plan, later).digest, drawn_officials(later, plan)) == before
    assert plan_at(plan, later) is plan_at(plan, state)
    state = later
    assert plan.universe == before[0]
    hidden = [one for one in sample_round(state, plan).officials if not one.public]
    assert [(one.signatory_id, one.due, one.is_answered) for one in hidden] == [
        (taken_back, 0, True)
    ]


def test_no_list_that_anybody_may_read_names_whoever_was_taken_back(demo):
    state, plan = drawn_plan(demo)
    taken_back = drawn_officials(state, plan)[plan.allocation[0].code][0]
    assert published_text(state, plan) == universe_text(state, plan)
    retract_row(demo, None, "signatories", "demo", (taken_back,), "Saisie par erreur.")
    state = state_of(demo)
    kept, whole = published_text(state, plan), universe_text(state, plan)
    assert f"\t{taken_back}\t" in whole and taken_back not in kept
    samples = samples_to_export(state.snapshot, "demo", None)
    for table in (getattr(samples, field.name) for field in fields(samples)):
        text = table.to_csv() if isinstance(table, pd.DataFrame) else str(table)
        assert text and taken_back not in text
    assert sha256(whole.encode()).hexdigest() == plan.universe and not differences(state, plan)


def test_nobody_answered_for_leaves_the_bounds_of_what_is_not_known(demo):
    state, plan = drawn_plan(demo)
    found = sample_round(state, plan)
    assert (found.answered, found.is_enough) == (0, False)
    assert len(found.officials) == 20
    assert found.whole.hits == sum(
        (found.whole.hits, *(int(each.hits.sum()) for each in found.strata))
    )
    low, high = found.estimate.interval
    cases = sum(len(rows) for rows in [plan_at(found.plan, state).rows])
    assert low == pytest.approx(found.whole.hits / cases, rel=0.1)
    assert high > 0.5


@pytest.mark.parametrize("status", ["decided", "implemented"])
def test_answers_of_all_who_were_drawn_make_an_estimate(demo, status):
    state, plan = drawn_plan(demo)
    ids = [one.signatory_id for one in sample_round(state, plan).officials]
    answer(demo, ids, status)
    found = sample_round(state_of(demo), plan)
    assert found.answered == len(ids) and found.is_enough
    hits = sum(int(each.hits.sum()) for each in found.strata)
    assert hits == (
        sum(int(each.cases.sum()) for each in found.strata) if status == "implemented" else 0
    )
    assert sum(int(each.unknown.sum()) for each in found.strata) == 0


def test_a_search_in_vain_is_an_answer_of_which_nothing_is_known(demo):
    state, plan = drawn_plan(demo)
    ids = [one.signatory_id for one in sample_round(state, plan).officials]
    never = DayState(state, DAY).commitments
    never = never[never["signatory_id"].isin(ids) & (never["status"] == "not_assessed")]
    answer(demo, ids, "no_evidence")
    found = sample_round(state_of(demo), plan)
    assert found.answered == len(ids)
    unknown = sum(int(each.unknown.sum()) for each in found.strata)
    assert 0 < unknown <= len(never)


def test_an_official_is_answered_for_once_all_that_is_due_is(demo):
    state, plan = drawn_plan(demo, officials=30)
    ids = [one.signatory_id for one in sample_round(state, plan).officials]
    answer(demo, ids[: int(ENOUGH * 30) - 1])
    found = sample_round(state_of(demo), plan)
    assert found.answered == 26 and not found.is_enough
    assert [one.is_answered for one in found.officials[:26]] == [True] * 26


@pytest.mark.parametrize(("withdrawn_on", "due"), [("2026-03-01", False), ("2026-04-01", True)])
def test_a_signature_withdrawn_by_the_day_of_the_sample_leaves_nothing_due(demo, withdrawn_on, due):
    state, plan = drawn_plan(demo)
    first = sample_round(state, plan).officials[0].signatory_id
    row = state.known.signatories.set_index("signatory_id").loc[first]
    text = (
        "signatory_id,name,commune,signed_on,outcome,withdrawn_on\n"
        f"{first},{row['name']},{row['commune']},{row['signed_on']},{row['outcome']},{withdrawn_on}\n"
    )
    assert load(demo, text, "signatories", pact_id="demo", now=None).loaded
    found = sample_round(state_of(demo), plan)
    assert found.officials[0].signatory_id == first
    assert (found.officials[0] in found.asked) is due and len(found.asked) == 19 + due


def test_officials_come_in_the_order_of_the_draw_whatever_their_stratum(demo):
    state, plan = drawn_plan(demo)
    found = sample_round(state, plan)
    ids = [one.signatory_id for one in found.officials]
    assert ids == draw_order(SEED, ids)
    assert [one.place for one in found.officials] == list(range(1, 21))


def test_groups_have_a_share_from_thirty_officials_drawn(demo):
    state, plan = drawn_plan(demo, officials=80)
    for column in ("size", "region_code"):
        for found in domain_rounds(state, plan, column).values():
            assert sum(one.due > 0 for one in found.officials) >= DOMAIN
            assert found.whole.cases < sample_round(state, plan).whole.cases
    assert domain_rounds(state, plan, "size")


def test_a_second_round_of_the_same_day_and_numbers_says_that_nothing_moved(demo):
    state, plan = drawn_plan(demo)
    answer(demo, [one.signatory_id for one in sample_round(state, plan).officials])
    state = state_of(demo)
    found = change_between(state, plan, plan)
    # What is not known of either day is no, or yes, of the other.
    assert found.least == -found.most and found.low < 0 < found.high
    assert found.error < 0.01


@pytest.mark.parametrize(
    ("officials", "status", "part"),
    [
        (1_000, "decided", "il n’y a pas de marge de sondage"),
        (20, "not_applicable", "plus rien d’eux ne compte"),
        (20, "decided", "avec la marge du sondage"),
    ],
)
def test_a_sentence_of_a_sample_says_what_its_draw_allows(demo, officials, status, part):
    state, plan = drawn_plan(demo, officials)
    answer(demo, [one.signatory_id for one in sample_round(state, plan).officials], status)
    view = query.read_view(state_of(demo).snapshot, {"pacte": "demo"})
    assert view
    sentence = sample_in_words(view).replace("\u202f", " ").replace("\xa0", " ")
    assert part in sentence and " – " not in sentence


def test_the_interval_of_a_sample_holds_the_truth_as_often_as_it_says(demo):
    universe = sampling_universe(state_of(demo), DAY, None, 365, "size")
    found = redraw(universe, 60, 300)
    allowance = 2 * (0.93 * 0.07 / 300) ** 0.5
    assert found.coverage >= 0.93 - allowance
    assert abs(found.bias) < 0.002
    # What a plan says beforehand of its margin.
    strata = [
        (one.officials, one.commitments, one.drawn) for one in universe.allocate_officials(60)
    ]
    expected = expected_margin(strata, universe.count_whole()[1], found.rest)
    assert found.half == pytest.approx(expected, rel=0.15)
