"""What is listed beside a status is what it rests on."""

from datetime import UTC, datetime

import numpy as np
import pytest

from monitor import commands
from monitor.dates import day_number
from monitor.log import KINDS
from monitor.models import Kind
from monitor.read import city, known_days, log_entries, query
from monitor.snapshot import Snapshot, Snapshots
from tests.support.loading import HEADER, load
from tests.support.random_logs import log_of, random_world
from tests.support.size import pick_amount

DAYS = ("2015-02-28", "2016-04-05", "2017-07-16", "2018-06-01", "2020-07-05")
MOMENTS = (None, "2016-09-01T00:00:00Z", "2018-03-03T00:00:00Z")


def views_of(snapshot: Snapshot, pact: str, days=DAYS, moments=MOMENTS):
    for moment in moments:
        for day in days:
            names = {"pacte": pact, "au": day, "connu": moment}
            yield query.read_view(snapshot, {name: value for name, value in names.items() if value})


def check(view) -> None:
    """Of each commitment, the entries listed that stand are those that its status counts."""
    standing = view.state.current_entries
    actions, by_then = view.log.actions, day_number(view.day)
    for row, count in enumerate(view.everything["actions"].tolist()):
        listed = view.day_state.seqs_about(np.array([row]))
        listed = listed[np.isin(listed, standing)]
        at = np.searchsorted(actions.seq, listed)
        # The end of the term ends no right of reply: later ones are listed, and counted by no day.
        later = (actions.kind[at] == KINDS[Kind.REPLY]) & (view.known.days[at] > by_then)
        assert len(listed) - later.sum() == count, (view.day, view.known_at, row)
        begun = view.everything["said_by"].iat[row]
        assert not begun or begun in listed


def test_a_random_log_lists_what_it_counts():
    for seed in range(pick_amount(20, 6)):
        snapshot = Snapshot(seq=1, logs={"p": log_of(random_world(seed))})
        for view in views_of(snapshot, "p"):
            check(view)


def test_the_packaged_pact_and_the_demonstration_list_what_they_count(store):
    commands.load_demo(store, signatories=40)
    snapshot = Snapshots(store).current()
    for view in views_of(snapshot, "mouves-2014", (*DAYS, "2026-01-01"), (None,)):
        check(view)
    for view in views_of(snapshot, "demo", ("2021-01-01", "2023-06-30", "2026-03-22"), (None,)):
        check(view)


def test_an_entry_dated_to_a_year_is_listed_from_the_end_of_the_mandate_that_it_counts_for(store):
    load(store, HEADER + "new-1,hidalgo-paris,3,2020,,implemented,S,press,T,https://e.invalid/,,\n")
    view = query.read_view(Snapshots(store).current(), {})
    (own,) = [
        one
        for one in city.city(view.day_state, "75056").commitments
        if (one.row.signatory_id, one.row.measure) == ("hidalgo-paris", "3")
    ]
    assert (own.row.status, own.row.verdict, own.row.actions) == ("implemented", "kept", 2)
    assert len(own.seqs) == 2 and own.row.said_by == own.seqs[0]
    assert own.row.said_by in log_entries.seqs_by_acceptance(view, view.day)
    assert own.row.said_by in log_entries.entry_seqs(view)


@pytest.mark.parametrize("searched_on", ["2019-05-10", "2019-05", "2019"])
def test_a_search_made_after_the_mandate_says_its_own_day(store, searched_on):
    load(store, "signatory_id,name,commune,outcome\nz,Zoé Zed,29232,elected\n", "signatories")
    mandate = (
        "signatory_id,office,started_on,ended_on,end_reason\nz,mayor,2014-04-05,2017-07-16,death\n"
    )
    load(store, mandate, "mandates")
    load(store, HEADER + f"s-1,z,1,{searched_on},,no_evidence,Cherché,,,,,\n")
    view = query.read_view(Snapshots(store).current(), {})
    shown = view.everything[view.everything["signatory_id"] == "z"]
    (own,) = [
        one for one in city.city(view.day_state, "29232").commitments if one.row.measure == "1"
    ]
    since = dict(zip(shown["measure"], known_days.status_since(view, shown), strict=True))
    known = known_days.day_as_known(view.log.actions, own.row.since.date(), own.row.said_by)
    assert known == since["1"] == searched_on


def test_a_correction_is_listed_from_the_day_on_which_its_target_was_recorded(store):
    first = "new-1,hidalgo-paris,3,2026,,decided,S,press,T,https://e.invalid/,,\n"
    right = "new-2,hidalgo-paris,3,2026,,implemented,S,press,T,https://e.invalid/,new-1,r\n"
    load(store, HEADER + first, now=datetime(2026, 3, 3, tzinfo=UTC))
    load(store, HEADER + right, now=datetime(2026, 4, 4, tzinfo=UTC))
    for day, listed in (("2026-03-02", 0), ("2026-03-03", 2), ("2026-04-04", 2)):
        view = query.read_view(Snapshots(store).current(), {"au": day})
        check(view)
        assert np.isin(log_entries.entry_seqs(view), view.log.actions.seq[-2:]).sum() == listed
