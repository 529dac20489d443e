"""Indicators: one hand-counted table, and what must never be mixed in."""

import math
from datetime import date

import pandas as pd
import pytest

from monitor import indicators, status
from tests.logs import World, action, log_of, mandate, signatory


@pytest.fixture
def table() -> pd.DataFrame:
    """Seven elected signatories × two measures, and one defeated. By hand, on measure 1:
    2 implemented, 1 partly, 1 no_evidence, 1 not_applicable, 2 never assessed."""
    said = ["implemented", "implemented", "partly_implemented", "no_evidence", "not_applicable"]
    people = [signatory(n, f"s{n}", commune="c1" if n < 4 else "c2") for n in range(1, 8)]
    lost = signatory(8, "s8", outcome="defeated")
    actions = [
        action(10 + n, signatory_id=f"s{n}", status=one) for n, one in enumerate(said, start=1)
    ]
    world = World(signatories=(*people, lost), actions=tuple(actions))
    return status.fold(status.known(log_of(world)), date(2020, 7, 5))


def row(table, group, by="measure"):
    found = indicators.table(table, by).set_index("group").loc[group]
    return {name: None if math.isnan(value) else round(value, 4) for name, value in found.items()}


def test_the_hand_counted_measure(table):
    assert row(table, "1") == {
        "due": 6, "assessed": 4, "coverage": 0.6667, "implemented": 2, "partly": 1,
        "rate": 0.5, "rate_low": 0.3333, "rate_high": 0.8333,
    }  # fmt: skip


def test_a_rate_of_nothing_assessed_is_empty_never_zero(table):
    assert row(table, "2")["rate"] is None
    assert row(table, "2")["rate_low"] == 0.0
    assert row(table, "2")["rate_high"] == 1.0


def test_the_total_is_counted_not_averaged(table):
    total = indicators.table(table).iloc[0]
    assert (total["due"], total["implemented"]) == (13, 2)
    assert total["rate_low"] == pytest.approx(2 / 13)


@pytest.mark.parametrize("by", ["measure", "commune", "department", "region", "size", "office"])
def test_groups_add_up_to_the_total(table, by):
    assert indicators.table(table, by)["due"].sum() == 13


def test_two_groupings_cross(table):
    crossed = indicators.table(table, ["region", "measure"]).set_index(["region", "measure"])
    assert crossed.at[("84", "1"), "implemented"] == 2
    assert crossed["due"].sum() == 13


def test_by_status_counts_what_binds_only(table):
    counts = indicators.by_status(table, "measure")
    assert counts.to_numpy().sum() == 14
    assert counts.at["1", "not_applicable"] == 1


def test_the_funnel_is_two_lines_each_with_its_unit():
    world = World(
        signatories=(signatory(1), signatory(2, "s2", outcome="defeated", signed_on="2014-05")),
        mandates=(mandate(3, ended_on="2016-01-01", end_reason="death"),),
    )
    known = status.known(log_of(world))

    def on(day):
        return indicators.funnel(status.people(known, day), status.fold(known, day))

    before, during, after = on(date(2014, 3, 1)), on(date(2015, 1, 1)), on(date(2017, 1, 1))
    assert (before["signed"], before["elected"]) == (1, 0)
    assert (during["signed"], during["elected"], during["in_office"]) == (2, 1, 1)
    assert (after["elected"], after["in_office"], after["binding"]) == (1, 0, 0)


def test_an_official_has_their_own_counts(table):
    people = indicators.by_official(table[table["binding"]]).set_index("signatory_id")
    assert people.at["s1", "implemented"] == 1
    assert people.at["s7", "assessed"] == 0
    assert len(people) == 7


def test_an_empty_table_has_a_total_of_nothing(table):
    total = indicators.table(table.head(0)).iloc[0]
    assert (total["due"], math.isnan(total["rate"]), math.isnan(total["coverage"])) == (
        0,
        True,
        True,
    )
