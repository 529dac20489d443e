"""How long it takes, group by group: the same curves as of each group alone, and none of too few."""

import re

import numpy as np
import pandas as pd
import pytest

from monitor import commands
from monitor.analysis.incidence import Incidence
from monitor.analysis.spells import CAUSES, EVENT
from monitor.analysis_codes import Clock, Event
from monitor.indicators import GROUP_COLUMNS
from monitor.models import GroupBy
from monitor.read import group_incidence, incidence, query
from monitor.read.chart_registry import PICTURES
from monitor.snapshot import Snapshots
from monitor.store import open_store

COUNTS = list(incidence.COUNTS)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('groups') / 'monitor.db'}")
    commands.init_database(store)
    commands.load_demo(store, signatories=300)
    return Snapshots(store).current()


@pytest.fixture
def view(snapshot):
    return query.read_view(snapshot, {"pacte": "demo"})


@pytest.mark.parametrize("by", group_incidence.GROUPS)
def test_the_counts_of_the_groups_are_those_of_the_whole(view, by):
    whole = incidence.incidence_by_clock(view).set_index(["clock", "event", "days"])[COUNTS]
    found = group_incidence.incidence_by_group(view, by)
    summed = found.groupby(["clock", "event", "days"], sort=False)[COUNTS].sum()
    pd.testing.assert_frame_equal(summed.sort_index(), whole.sort_index())


@pytest.mark.parametrize(("by", "name"), [("size", "taille"), ("measure", "mesure")])
def test_a_group_has_the_shares_of_a_view_of_it_alone(snapshot, view, by, name):
    table = group_incidence.incidence_by_group(view, by)
    shown = 0
    for (code, clock, event), rows in table.groupby([by, "clock", "event"]):
        alone = query.read_view(snapshot, {"pacte": "demo", name: str(code)})
        spells = incidence.event_spells(alone, Event(event), Clock(clock))
        shares = Incidence(spells, len(CAUSES)).share_at(EVENT, rows["days"].to_numpy())
        is_given = rows["share"].notna().to_numpy()
        assert rows["share"].to_numpy()[is_given] == pytest.approx(shares[is_given], abs=5.1e-5)
        shown += is_given.sum()
    assert shown


@pytest.mark.parametrize("by", group_incidence.GROUPS)
def test_no_share_rests_on_fewer_than_twenty_commitments_or_five_officials(view, by):
    bound = view.commitments_for_figures
    bound = bound[bound["ever_bound"]]
    groups = bound[GROUP_COLUMNS[GroupBy(by)]].to_numpy()
    spells = incidence.event_spells(view, Event.IMPLEMENTED)
    table = group_incidence.incidence_by_group(view, by)
    for row in table[table["clock"] == "office"].to_dict("records"):
        own = groups == row[by]
        waiting = own & (spells.entry < row["days"]) & (spells.exit >= row["days"])
        enough = own.sum() >= 20 and len({*spells.cluster[own]}) >= 5
        if not (enough and (row["days"] == 0 or len({*spells.cluster[waiting]}) >= 5)):
            assert np.isnan(row["share"])


@pytest.mark.parametrize("by", group_incidence.GROUPS)
def test_a_chart_has_six_panels_at_most_each_with_its_effort(view, by):
    found = group_incidence.group_curves(view, by)
    figure = PICTURES["delais-groupes"].draw(view, by, False)
    assert (figure is None) is (not found)
    if figure is None:
        return
    assert 2 <= len(found) <= 6
    assert len(figure.traces) == 2 * sum(len(each.steps) > 0 for each in found)
    words = " ".join(note["text"] for note in figure.layout["annotations"])
    assert len(re.findall(r"\blue?s?\b", words)) >= sum(len(each.steps) > 0 for each in found)
    assert words.count("Trop peu") == sum(not len(each.steps) for each in found)


def test_a_pact_of_two_officials_has_counts_and_no_curve(snapshot):
    view = query.read_view(snapshot, {"pacte": "mouves-2014"})
    table = group_incidence.incidence_by_group(view, "measure")
    assert table["share"].isna().all() and table["happened"].max() > 0
    assert PICTURES["delais-groupes"].draw(view, "measure", False) is None
