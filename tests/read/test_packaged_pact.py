"""The hand-counted oracle: the real pact of 2014, day by day."""

from datetime import date

import numpy as np
import pytest

from monitor import indicators, status
from monitor.analysis.incidence import Incidence
from monitor.analysis.spells import CAUSES, EVENT, commitment_spells
from monitor.analysis_codes import Event
from monitor.snapshot import Snapshots, default_day

HIDALGO, COLLOMB = "hidalgo-paris", "collomb-lyon"


@pytest.fixture
def log(store):
    return Snapshots(store).current().log("mouves-2014")


def rows(log, day: date, signatory: str, *columns: str) -> list:
    table = status.fold(status.what_is_known(log), day)
    return table.loc[table["signatory_id"] == signatory, list(columns)].values.tolist()


def test_paris_on_its_due_date(log):
    assert rows(log, date(2016, 4, 5), HIDALGO, "measure", "status", "verdict") == [
        ["1", "in_progress", "unfinished"],
        ["2", "decided", "unfinished"],
        ["3", "not_assessed", "not_established"],
    ]


def test_lyon_on_the_same_day_is_not_due(log):
    assert rows(log, date(2016, 4, 5), COLLOMB, "measure", "status", "verdict") == [
        ["1", "decided", "pending"],
        ["2", "not_assessed", "pending"],
        ["3", "not_assessed", "pending"],
    ]


def test_the_default_day_is_the_end_of_the_term(log):
    assert default_day(log.pact, date(2026, 11, 24)) == date(2020, 7, 5)


def test_paris_at_the_end_of_the_term(log):
    assert rows(log, date(2020, 7, 5), HIDALGO, "status", "verdict", "lateness") == [
        ["partly_implemented", "partly_kept", "overdue"],
        ["partly_implemented", "partly_kept", "overdue"],
        ["decided", "unfinished", "overdue"],
    ]


def test_lyon_at_the_end_of_the_term(log):
    assert rows(log, date(2020, 7, 5), COLLOMB, "status", "verdict", "lateness") == [
        ["decided", "unfinished", "overdue"],
        ["decided", "unfinished", "overdue"],
        ["decided", "unfinished", "overdue"],
    ]


def test_the_funnel_at_the_end_of_the_term(log):
    day, known = date(2020, 7, 5), status.what_is_known(log)
    assert indicators.signing_funnel(status.fold_people(known, day), status.fold(known, day)) == {
        "signed": 5,
        "elected": 2,
        "in_office": 2,
        "binding": 6,
        "due": 6,
        "assessed": 6,
        "implemented": 0,
        "partly": 2,
    }


@pytest.mark.parametrize("signatory", ["kosciusko-morizet-paris", "najdovski-paris", "havard-lyon"])
def test_a_defeated_signatory_is_listed_and_not_bound(log, signatory):
    assert (
        rows(log, date(2020, 7, 5), signatory, "binding", "verdict") == [[False, "not_bound"]] * 3
    )


def test_a_mayor_between_two_mandates_is_not_bound_that_day(log):
    assert rows(log, date(2018, 1, 1), COLLOMB, "binding") == [[False]] * 3
    assert rows(log, date(2018, 11, 5), COLLOMB, "binding") == [[True]] * 3


def test_how_long_it_took_to_decide(log):
    """Counted by hand, from the day on which each took office."""
    day, known = date(2020, 7, 5), status.what_is_known(log)
    commitments = status.fold(known, day)
    decided = commitment_spells(known, commitments, day, Event.DECIDED.statuses)
    assert decided.cause.tolist() == [EVENT] * 6
    assert decided.exit.tolist() == [239, 682, 1700, 547, 960, 891]
    shares = Incidence(decided, len(CAUSES)).share_at(EVENT, np.array([365, 731, 1461, 2284]))
    assert shares == pytest.approx([1 / 6, 1 / 2, 5 / 6, 1])
    partly = commitment_spells(known, commitments, day, Event.PARTLY.statuses)
    shares = Incidence(partly, len(CAUSES)).share_at(EVENT, np.array([1334, 1335, 2284]))
    assert shares == pytest.approx([1 / 6, 2 / 6, 2 / 6])
