"""Indicators: one hand-counted table, and what must never be mixed in."""

import math
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from monitor import indicators, status, tables
from monitor.models import WRITABLE, GroupBy
from monitor.table_rows import IndicatorRow, read_rows
from tests.support import slow_figures, slow_fold
from tests.support.random_logs import PACT, World, action, log_of, mandate, random_world, signatory
from tests.support.size import pick_amount


@pytest.fixture
def table() -> pd.DataFrame:
    """Seven elected signatories × two measures, and one defeated. By hand, on measure 1:
    2 implemented, 1 partly, 1 no_evidence, 1 not_applicable, 2 never assessed."""
    statuses = ["implemented", "implemented", "partly_implemented", "no_evidence", "not_applicable"]
    people = [signatory(n, f"s{n}", commune="c1" if n < 4 else "c2") for n in range(1, 8)]
    lost = signatory(8, "s8", outcome="defeated")
    actions = [
        action(10 + n, signatory_id=f"s{n}", status=one) for n, one in enumerate(statuses, start=1)
    ]
    world = World(signatories=(*people, lost), actions=tuple(actions))
    return status.fold(status.what_is_known(log_of(world)), date(2020, 7, 5))


def row(table, group, by="measure"):
    found = indicators.indicator_table(table, by).set_index("group").loc[group]
    return {name: None if math.isnan(value) else round(value, 4) for name, value in found.items()}


def test_the_hand_counted_measure(table):
    assert row(table, "1") == {
        "due": 6,
        "assessed": 4,
        "coverage": 0.6667,
        "implemented": 2,
        "partly": 1,
        "rate": 0.5,
        "rate_low": 0.3333,
        "rate_high": 1.0,
        "no_evidence": 1,
        "stale": 1,
        "officials": 6,
        "officials_assessed": 4,
        "entries_per_assessed": 1.0,
        "months_since_entry": round(1888 / (365.25 / 12), 4),
        "possible": 6,
        "due_ever": 6,
        "assessed_ever": 4,
        "implemented_ever": 2,
        "partly_ever": 1,
    }


def test_what_was_read_within_the_horizon_is_known(table):
    """A partly implemented commitment read in May 2015: known for a year, then no more."""
    partly = (action(3, "2015-05-05", "partly_implemented"),)
    known = status.what_is_known(log_of(World(signatories=(signatory(1),), actions=partly)))
    found = {
        day: indicators.indicator_table(status.fold(known, day), "measure")["stale"].tolist()
        for day in (date(2015, 5, 5), date(2016, 5, 5), date(2016, 5, 6), date(2020, 2, 29))
    }
    assert list(found.values()) == [[0, 0], [0, 0], [1, 0], [1, 0]]


@pytest.mark.parametrize("one", sorted(WRITABLE))
@pytest.mark.parametrize("later", [None, "search", "note"])
def test_a_status_is_possible_for_ever_or_until_the_horizon(one, later):
    entries = [action(3, "2015-05-05", one)]
    if later:
        later_status = "no_evidence" if later == "search" else None
        entries.append(action(4, "2016-12-01", later_status))
    known = status.what_is_known(
        log_of(World(signatories=(signatory(1, measures="1"),), actions=tuple(entries)))
    )
    total = indicators.indicator_table(status.fold(known, date(2017, 1, 1))).iloc[0]
    final = one in ("implemented", "abandoned", "no_evidence", "not_applicable")
    assert total["stale"] == (not final and later is None)


@pytest.mark.parametrize("seed", range(pick_amount(60, 10)))
def test_the_figures_are_those_of_the_rules_counted_one_by_one(seed):
    world = random_world(seed)
    known = status.what_is_known(log_of(world))
    for day in (date(2015, 2, 28), date(2016, 2, 29), date(2017, 1, 1), date(2020, 7, 5)):
        slow = slow_fold.fold(world, day)
        fast = status.fold(known, day)
        groups = [(None, "group", {"": slow})]
        for by, column in (("measure", "measure"), ("size", "size"), ("office", "office")):
            parts = {}
            for row in slow:
                parts.setdefault(row[column], []).append(row)
            parts.pop("", None)
            groups.append((by, "group", parts))
        for by, name, parts in groups:
            found = {
                row[name]: row for row in indicators.indicator_table(fast, by).to_dict("records")
            }
            for code, rows in parts.items():
                expected = slow_figures.figures(rows, day)
                figures = {
                    each: None if math.isnan(found[code][each]) else found[code][each]
                    for each in expected
                }
                assert figures == pytest.approx(expected), (day, by, code)


def test_a_rate_of_nothing_assessed_is_empty_never_zero(table):
    assert row(table, "2")["rate"] is None
    assert row(table, "2")["rate_low"] == 0.0
    assert row(table, "2")["rate_high"] == 1.0


def test_the_total_is_counted_not_averaged(table):
    total = indicators.indicator_table(table).iloc[0]
    assert (total["due"], total["implemented"]) == (13, 2)
    assert total["rate_low"] == pytest.approx(2 / 13)


@pytest.mark.parametrize("by", ["measure", "commune", "department", "region", "size", "office"])
def test_groups_add_up_to_the_total(table, by):
    assert indicators.indicator_table(table, by)["due"].sum() == 13


@pytest.mark.parametrize("by", [None, *GroupBy])
@pytest.mark.parametrize("seed", range(pick_amount(20, 4)))
def test_the_rows_of_indicators_are_those_of_their_table(seed, by):
    known = status.what_is_known(log_of(random_world(seed)))
    fold = status.fold(known, date(2020, 7, 5))
    of_table = read_rows(IndicatorRow, indicators.indicator_table(fold, by))
    assert repr(indicators.indicator_rows(fold, by)) == repr(of_table)


def test_who_holds_no_office_is_in_no_group_of_offices(table):
    assert (table["office"] == "").sum() == 2
    assert indicators.indicator_table(table, "office")["group"].tolist() == ["mayor"]


def test_who_is_in_an_office_that_is_not_known_is_a_group_of_its_own():
    world = World(signatories=(signatory(1), signatory(2, "b")), mandates=(mandate(3),))
    for several in (True, False):
        offices = ("mayor", "deputy_mayor") if several else ("mayor",)
        pact = replace(PACT, binding_offices=offices, offices_said=several)
        fold = status.fold(status.what_is_known(log_of(world.but(pact=pact))), date(2016, 6, 1))
        groups = indicators.indicator_table(fold, "office").set_index("group")["due"].to_dict()
        assert groups == {"mayor": 2, "": 2}


@pytest.mark.parametrize(("people", "shown"), [(1, "–"), (4, "–"), (5, "1.0"), (6, "1.0")])
def test_a_share_of_few_is_a_number_for_programs_and_a_count_for_people(people, shown):
    world = World(
        signatories=tuple(signatory(n, f"s{n}", measures="1") for n in range(1, people + 1)),
        actions=tuple(
            action(10 + n, signatory_id=f"s{n}", status="implemented") for n in range(1, people + 1)
        ),
    )
    found = indicators.indicator_table(
        status.fold(status.what_is_known(log_of(world)), date(2020, 7, 5))
    )
    total = found.iloc[0]
    shares = [total[name] for name in tables.SHARES]
    assert (total["due"], total["implemented"], *shares) == (people, people, 1, 1, 1, 1)
    assert '"1.0"' in tables.to_csv(found)
    cells = tables.to_text(tables.published_indicators(found, None)).splitlines()[1].split()
    assert cells[:8] == [str(people), str(people), shown, str(people), "0", shown, shown, shown]


def test_two_groupings_cross(table):
    crossed = indicators.indicator_table(table, ["region", "measure"]).set_index(
        ["region", "measure"]
    )
    assert crossed.at[("84", "1"), "implemented"] == 2
    assert crossed["due"].sum() == 13


def test_by_status_counts_what_binds_only(table):
    counts = indicators.count_by_status(table, "measure")
    assert counts.to_numpy().sum() == 14
    assert counts.at["1", "not_applicable"] == 1


def test_the_funnel_is_two_lines_each_with_its_unit():
    world = World(
        signatories=(signatory(1), signatory(2, "s2", outcome="defeated", signed_on="2014-05")),
        mandates=(mandate(3, ended_on="2016-01-01", end_reason="death"),),
    )
    known = status.what_is_known(log_of(world))

    def on(day):
        return indicators.signing_funnel(status.fold_people(known, day), status.fold(known, day))

    before, during, after = on(date(2014, 3, 1)), on(date(2015, 1, 1)), on(date(2017, 1, 1))
    assert (before["signed"], before["elected"]) == (1, 0)
    assert (during["signed"], during["elected"], during["in_office"]) == (2, 1, 1)
    assert (after["elected"], after["in_office"], after["binding"]) == (1, 0, 0)


def test_the_funnel_counts_who_signed_by_then_and_what_binds_beside_what_is_due():
    people = (
        signatory(1, signed_on="2014-05"),
        signatory(2, "s2", signed_on="2014-03-30"),
        signatory(3, "s3", signed_on="2015"),
    )
    away = mandate(4, "s2", started_on="2014-06-01")
    entries = (action(5, "2014-05-02", "not_applicable", signatory_id="s1"),)
    known = status.what_is_known(
        log_of(World(signatories=people, mandates=(away,), actions=entries))
    )

    def on(day):
        found = indicators.signing_funnel(status.fold_people(known, day), status.fold(known, day))
        return [found[name] for name in ("signed", "elected", "in_office", "binding", "due")]

    # The election is on 30 March 2014.
    assert on(date(2014, 3, 29)) == [0, 0, 0, 0, 0]
    assert on(date(2014, 3, 30)) == [1, 1, 0, 0, 0]
    assert on(date(2014, 5, 1)) == [2, 2, 1, 2, 2]
    assert on(date(2014, 5, 2)) == [2, 2, 1, 2, 1]
    assert on(date(2014, 6, 1)) == [2, 2, 2, 4, 3]
    assert on(date(2015, 1, 1)) == [3, 3, 3, 6, 5]


def test_an_official_has_their_own_counts(table):
    people = indicators.count_by_official(table[table["binding"]]).set_index("signatory_id")
    assert people.at["s1", "implemented"] == 1
    assert people.at["s7", "assessed"] == 0
    assert len(people) == 7


def test_an_empty_table_has_a_total_of_nothing(table):
    total = indicators.indicator_table(table.head(0)).iloc[0]
    assert (total["due"], math.isnan(total["rate"]), math.isnan(total["coverage"])) == (
        0,
        True,
        True,
    )
