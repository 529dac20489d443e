"""What samples say and how two of them compare, as open data: the same figures through every door."""

import json

import pandas as pd
import pytest
from click.testing import CliRunner
from pandas.testing import assert_frame_equal

import monitor
from monitor import commands, export
from monitor.cli.main import main
from monitor.read.sample import sample_plans, sample_round
from monitor.read.sample_change import change_between
from monitor.read.sample_tables import change_table, samples_to_export
from monitor.store import open_store
from tests.support.sample_plans import state_of, two_rounds
from tests.support.shapes import all_routes


@pytest.fixture(scope="module")
def rounds(tmp_path_factory):
    """A demo with two samples of different days of which all are answered for, and a third of which
    nobody is; the environment names it."""
    with pytest.MonkeyPatch.context() as patch:
        url = f"sqlite:///{tmp_path_factory.mktemp('sondages') / 'monitor.db'}"
        patch.setenv("MONITOR_DATABASE", url)
        store = open_store(url)
        store.create()
        commands.load_demo(store, signatories=120)
        two_rounds(store)
        yield store


def compare(*plans):
    return CliRunner().invoke(main, ["sample", "compare", *plans, "--format", "json"])


def test_a_sample_is_estimated_as_the_page_does(rounds):
    state = state_of(rounds)
    one = monitor.open(rounds.url).sample_estimates()
    assert one["is_enough"].tolist() == [True, True, False]
    for row, plan in zip(one.itertuples(), sample_plans(state), strict=True):
        found = sample_round(state, plan)
        low, high = found.estimate.interval
        wanted = (found.estimate.least.value, found.estimate.most.value, low, high)
        assert (row.least, row.most, row.low, row.high) == pytest.approx(wanted, abs=5.1e-5)
        assert (row.to_answer, row.answered) == (len(found.asked), found.answered)


def test_two_samples_are_compared_as_the_page_does(rounds):
    state = state_of(rounds)
    (row,) = monitor.open(rounds.url).sample_changes().itertuples()
    before, after, _ = sample_plans(state)
    found = change_between(state, before, after)
    assert (row.since_plan, row.plan_id) == (before.plan_id, after.plan_id) == ("1", "2")
    wanted = (found.least, found.most, found.error, found.low, found.high)
    assert (row.least, row.most, row.error, row.low, row.high) == pytest.approx(wanted, abs=5.1e-5)


def test_of_whom_a_sample_draws_the_files_say_what_its_estimate_is_counted_from(rounds):
    state, rows = state_of(rounds), monitor.open(rounds.url).sample("1")
    found = sample_round(state, sample_plans(state)[0])
    assert rows["implemented"].sum() == sum(int(each.hits.sum()) for each in found.strata) > 0
    assert rows["unknown"].sum() == sum(int(each.unknown.sum()) for each in found.strata)
    assert (rows["implemented"] + rows["unknown"] <= rows["due"]).all()


def test_figures_of_samples_are_the_same_in_files_and_over_http(rounds, tmp_path):
    one = monitor.open(rounds.url)
    for form in ("csv", "json", "parquet"):
        export.publish_pact(rounds, None, tmp_path / form, form, read_samples=samples_to_export)
        other = monitor.open(str(tmp_path / form))
        for name in ("sample_estimates", "sample_changes", "sample"):
            assert_frame_equal(getattr(one, name)(), getattr(other, name)(), obj=f"{form} {name}")
    for name in ("sample_estimates", "sample_changes"):
        rows = all_routes().get(f"/api/v1/{name}.json", {"pacte": "demo"}).json()["rows"]
        frame = getattr(one, name)()
        asked = pd.DataFrame(rows)[list(frame)]
        assert asked["least"].tolist() == frame["least"].tolist()
        assert asked["high"].tolist() == frame["high"].tolist()


def test_the_command_compares_the_last_two_samples_that_can_be_or_those_named(rounds):
    for plans in ((), ("1", "2"), ("2", "1")):
        done = compare(*plans)
        assert done.exit_code == 0, done.stderr
        assert json.loads(done.stdout) == change_table(
            state_of(rounds), sample_plans(state_of(rounds))
        ).to_dict("records")
        assert "Du plan 1 au plan 2" in done.stderr


@pytest.mark.parametrize(
    ("plans", "expected"),
    [
        (("2", "3"), "Rien à comparer"),
        (("1", "1"), "Rien à comparer"),
        (("1",), "Nommez deux plans"),
        (("1", "9"), "n’a pas de plan"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(rounds, plans, expected):
    done = compare(*plans)
    assert done.exit_code and expected in done.stderr.replace(
        "Il n’y a pas de plan", "n’a pas de plan"
    )
