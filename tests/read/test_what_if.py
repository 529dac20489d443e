"""What the bounds become under assumptions, beside the rows counted one by one."""

import pytest

from monitor import commands
from monitor.models import Status
from monitor.read import query
from monitor.read.chart_registry import PICTURES
from monitor.read.what_if import what_if_table
from monitor.snapshot import Snapshots
from monitor.store import open_store


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('what') / 'monitor.db'}")
    commands.init_database(store)
    commands.load_demo(store, signatories=300)
    return Snapshots(store).current()


@pytest.mark.parametrize(
    "asked", [{}, {"au": "2023-01-01"}, {"mesure": "2"}, {"statut": "decided"}]
)
def test_what_nobody_assessed_is_taken_to_be_implemented_so_many_times_as_often(snapshot, asked):
    view = query.read_view(snapshot, {"pacte": "demo", **asked})
    rows = view.commitments_for_figures
    states = rows.loc[rows["binding"], "status"].to_list()
    due = [state for state in states if state != Status.NOT_APPLICABLE]
    done = sum(state == Status.IMPLEMENTED for state in due)
    unknown = sum(state == Status.NOT_ASSESSED for state in due)
    found = what_if_table(view)
    assert found["times"].to_list() == [0, 0.25, 0.5, 0.75, 1]
    for row in found.to_dict("records"):
        more = row["times"] * unknown * done / (len(due) - unknown)
        assert row["share"] == pytest.approx((done + more) / len(due), abs=5.1e-5)


def test_the_first_is_the_lower_bound_and_the_last_the_rate_of_the_assessed(snapshot):
    view = query.read_view(snapshot, {"pacte": "demo"})
    first, *_, last = what_if_table(view)["share"]
    whole = PICTURES["intervalles"].table(view, "measure")
    assert first == pytest.approx(whole["implemented"].sum() / whole["due"].sum(), abs=5.1e-5)
    assert last == pytest.approx(whole["implemented"].sum() / whole["assessed"].sum(), abs=5.1e-5)


@pytest.mark.parametrize(
    "asked", [{"pacte": "mouves-2014"}, {"pacte": "demo", "taille": "ge_200000"}], ids=str
)
def test_nothing_is_supposed_where_too_few_were_assessed(snapshot, asked):
    view = query.read_view(snapshot, asked)
    picture = PICTURES["hypotheses"]
    assert what_if_table(view).empty and picture.draw(view, "", False) is None
    assert picture.sentence(view, "") == ""
