"""What is known of a log that has grown is the same, whether all of it is folded or only what is new."""

import gc
from dataclasses import fields, replace
from datetime import date
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import commands, status
from monitor.log import NO_ACTIONS, Actions, Log
from monitor.read.current_log import warm_cache
from monitor.read.day_state import DayState
from monitor.read.pact_state import PactState
from monitor.snapshot import Snapshot, Snapshots, default_day
from tests.support.folds import DAYS
from tests.support.loading import HEADER, ONE, PACT, load
from tests.support.random_logs import PACT as PACT_2014
from tests.support.random_logs import World, action, log_of, mandate, random_world, signatory
from tests.support.same import assert_same
from tests.support.size import pick_amount


@settings(max_examples=pick_amount(1_000, 20))
@given(st.integers(0, 10**9), st.booleans(), st.integers(1, 3))
def test_a_log_that_grows_is_known_as_one_that_was_read_at_once(seed, lawful, steps):
    log = log_of(random_world(seed, lawful))
    rng = Random(seed)
    cuts = sorted(rng.choices(range(1, len(log.actions) + 2), k=steps))
    grown = replace(log, actions=NO_ACTIONS.grow(_rows(log.actions, 0, cuts[0])))
    kept = _Kept(grown, status.what_is_known(grown))
    for start, end in zip(cuts, [*cuts[1:], len(log.actions)], strict=True):
        before, grown = (
            grown,
            replace(grown, actions=grown.actions.grow(_rows(log.actions, start, end))),
        )
        patch = status.patch_known(kept.known, before, grown)
        assert patch is not None
        kept = kept.patch(patch, grown)
        assert_same(vars(kept), vars(_Kept(grown, status.what_is_known(grown))))


#: What is said first of what is due on 1 January 2017, then what changes since when it was met.
MET = {
    "it is implemented": (("2015", "decided", {}), ("2016", "implemented", {})),
    "it is given up before it was due": (("2015", "implemented", {}), ("2016", "abandoned", {})),
    "it was implemented earlier": (("2018", "implemented", {}), ("2016", "implemented", {})),
    "that is corrected": (("2016", "implemented", {}), ("2016", "decided", {"supersedes": 6})),
    "that is taken back": (
        ("2016", "implemented", {}),
        ("2016", None, {"kind": "retraction", "supersedes": 6}),
    ),
}


@pytest.mark.parametrize(("first", "then"), MET.values(), ids=MET)
def test_an_entry_that_changes_since_when_a_commitment_was_met_is_patched_in(first, then):
    entries = [
        action(seq, day, code, measure="2", **values)
        for seq, (day, code, values) in enumerate((first, then), start=6)
    ]
    other = action(5, "2015", "implemented")
    world = World(
        PACT_2014,
        signatories=(signatory(1, signed_on="2014"),),
        mandates=(mandate(2),),
        actions=(other, *entries),
    )
    log = log_of(world)
    before = replace(log, actions=NO_ACTIONS.grow(_rows(log.actions, 0, 2)))
    after = replace(log, actions=before.actions.grow(_rows(log.actions, 2, 3)))
    older, whole = status.what_is_known(before), status.what_is_known(after)
    assert (older.met != whole.met).any()
    patch = status.patch_known(older, before, after)
    assert patch and patch.rows.tolist() == [1]
    kept = _Kept(before, older).patch(patch, after)
    assert_same(vars(kept), vars(_Kept(after, whole)))


class _Kept:
    """All that is patched, made of one log."""

    def __init__(self, log: Log, known, **patched):
        self.known = known
        self.runs = status.status_runs(known)
        self.changes = status.status_changes(known)
        self.folds = {day: status.fold(known, day) for day in DAYS[1:4:2]}
        self.seqs = np.sort(known.everything.seq)
        self.moves = np.sort(known.assessments.seq)
        self.replies = status.standing_replies(known, log.actions)
        rows = np.flatnonzero(log.actions.mask_visible(None))
        self.grouped = status.actions_by_commitment(known, log.actions, rows)
        vars(self).update(patched)

    def patch(self, patch: status.Patch, log: Log) -> "_Kept":
        part, visible = patch.part, log.actions.mask_visible(None)
        return _Kept(
            log,
            patch.known,
            runs=status.patch_runs(self.runs, patch),
            changes=status.patch_changes(self.changes, patch),
            folds={day: status.patch_fold(self.folds[day], patch, day) for day in DAYS[1:4:2]},
            seqs=status.patch_seqs(self.seqs, patch.gone, part.everything),
            moves=status.patch_seqs(self.moves, patch.gone_moving, part.assessments),
            replies=status.patch_replies(self.replies, patch, log.actions),
            grouped=status.patch_grouped(*self.grouped, patch, log.actions, visible),
        )


def _rows(actions: Actions, start: int, end: int) -> Actions:
    return Actions(*(getattr(actions, field.name)[start:end].copy() for field in fields(Actions)))


APPENDED = {
    "an action": lambda store: load(store, HEADER + ONE),
    "a version of it": lambda store: load(store, HEADER + ONE.replace("2018", "2019")),
    "another action": lambda store: load(store, HEADER + ONE.replace("new-1", "new-2")),
    "a signatory": lambda store: load(
        store, "signatory_id,name,commune,outcome\nx,X,01004,elected\n", "signatories"
    ),
    "a mandate": lambda store: load(
        store, "signatory_id,office,started_on\nhavard-lyon,deputy_mayor,2015\n", "mandates"
    ),
    "another pact, with reviews": lambda store: commands.load_demo(store, signatories=20),
}


def test_all_that_is_made_of_a_log_that_grows_is_that_of_a_cold_read(store):
    load(store, HEADER + ONE.replace("new-1", "new-0"))
    kept, grown = Snapshots(store), []
    prepared = kept.current()
    for name, append in APPENDED.items():
        _results(prepared)
        append(store)
        after = kept.current()
        if PactState(after, PACT).growth:
            grown.append(name)
        assert_same(_results(after), _results(Snapshots(store).current()), name)
        prepared = after
    assert grown == ["an action", "a version of it", "another action", "another pact, with reviews"]


def test_each_of_several_entries_is_patched_onto_the_one_before_though_nobody_reads(store):
    load(store, HEADER + ONE.replace("new-1", "new-9"))
    kept = Snapshots(store)
    held, grown_from = [kept.current()], []
    warm_cache(held[0])
    for number in range(3):
        load(store, HEADER + ONE.replace("new-1", f"new-{number}"))
        held.append(kept.current())
        warm_cache(held[-1])
        growth = PactState(held[-1], PACT).growth
        grown_from.append(growth and growth.earlier)
    assert grown_from == held[:-1]


def test_a_snapshot_from_which_another_grew_is_let_go(store):
    load(store, HEADER + ONE)
    kept = Snapshots(store)
    before = kept.current()
    _results(before)
    load(store, HEADER + ONE.replace("new-1", "new-2"))
    state = PactState(kept.current(), PACT)
    assert state.growth and state.before
    del before
    gc.collect()
    assert state.before is None


def _results(snapshot: Snapshot) -> dict:
    """What every page needs of each pact."""
    found = {}
    for name, log in snapshot.logs.items():
        state = PactState(snapshot, name)
        day = DayState(state, default_day(log.pact, date(2020, 1, 1)))
        state.prepare()
        names = (*PactState.NEEDED, "replies", "public_actions", "wording")
        found[name] = {one: getattr(state, one) for one in names}
        found[name] |= {one: getattr(day, one) for one in ("commitments", "people", "last_replies")}
    return found
