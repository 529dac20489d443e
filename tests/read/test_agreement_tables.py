"""How far two blind readings agree, as open data: every figure from rows that name nobody."""

import json
import sqlite3
from datetime import UTC, datetime

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from starlette.applications import Starlette

import monitor
from monitor import commands, export
from monitor.analysis.agreement import Pair, agreement_of
from monitor.models import Status
from monitor.queries.ratings import Rating, RatingPair, open_pairs, shuffle_pairs
from monitor.read import current_log, query, sample_tables
from monitor.read.agreement_tables import (
    agreement_table,
    anonymous_rows,
    pairs_in_steps,
    public_pairs,
)
from monitor.read.analysis_tables import analyses_to_export
from monitor.read.blind import agreement_by_rater, agreement_of_plan
from monitor.read.sample import current_plan
from monitor.store import open_store
from monitor.web import api
from tests.support.blind_ratings import draw_sample, give_rating
from tests.support.routes import Client
from tests.support.team import people_of

PACT = "mouves-2014"
CLIENT = Client(Starlette(routes=api.ROUTES))
RATERS = ("Camille", "Claude")
STEPS = (Status.ANNOUNCED, Status.DECIDED, Status.IN_PROGRESS, Status.IMPLEMENTED)


def rating(status: Status, url: str | None = None) -> Rating:
    words = {name: None for name in Rating._fields}
    texts = {"seq": 1, "author": "Camille", "status": status, "source_url": url}
    return Rating(**{**words, **texts})


def pair(place: int, first: Status, second: Status, blind=True, urls=(None, None)) -> RatingPair:
    """One of an official of whom there are up to three pairs, in measures 1 to 3."""
    one, other = (rating(status, url) for status, url in zip((first, second), urls, strict=True))
    return RatingPair(f"elu-{place // 3}", str(place % 3 + 1), one, other, None, None, blind)


def many_pairs(count: int, **last) -> dict[str, list[RatingPair]]:
    """So many pairs of which every fifth is a step apart."""
    found = [
        pair(place, STEPS[place % 4], STEPS[(place + (place % 5 == 0)) % 4])
        for place in range(count)
    ]
    return {"1": found + ([pair(count, **last)] if last else [])}


@pytest.mark.parametrize(("count", "shown"), [(12, False), (13, True)])
def test_nothing_is_published_of_fewer_than_five_officials(count, shown):
    assert bool(len(public_pairs(many_pairs(count)))) is shown


def test_nothing_is_published_of_pairs_that_are_five_with_one_that_was_not_blind():
    four = [pair(3 * place, *STEPS[:2]) for place in range(4)]
    seen = pair(12, *STEPS[:2], blind=False)
    assert not len(public_pairs({"1": [*four, seen]}))
    assert len(public_pairs({"1": [*four, seen._replace(is_blind=True)]})) == 5


def read_in_turn(officials: int, measures: int = 3) -> list[RatingPair]:
    """All pairs of so many officials, in the order in which they opened."""
    given = rating(Status.DECIDED)
    return [
        RatingPair(f"elu-{who}", str(measure), given, given, None, None, True)
        for who in range(officials)
        for measure in range(measures)
    ]


@pytest.mark.parametrize(
    ("drawn", "steps"), [(4, (4,)), (7, (7,)), (10, (5, 10)), (12, (5, 12)), (15, (5, 10, 15))]
)
def test_pairs_are_published_when_five_officials_more_were_wholly_read(drawn, steps):
    pairs = read_in_turn(drawn)
    doubled = [one[:2] for one in pairs]
    seen = [
        len({one.signatory_id for one in pairs_in_steps(pairs[:count], doubled)})
        for count in range(len(pairs) + 1)
    ]
    assert sorted({*seen}) == [0, *steps]
    for step in steps:
        assert seen.index(step) == 3 * step


def test_what_is_published_of_somebody_is_all_that_was_read_twice_of_them():
    pairs = read_in_turn(12)
    pairs.sort(key=lambda one: one.measure)
    doubled = [one[:2] for one in pairs]
    for count in range(len(pairs) + 1):
        shown = pairs_in_steps(pairs[:count], doubled)
        assert len(shown) == 3 * len({one.signatory_id for one in shown})


@pytest.mark.parametrize("count", [49, 50])
def test_a_coefficient_is_published_from_fifty_pairs_on(count):
    whole = agreement_table(public_pairs(many_pairs(count))).iloc[0]
    assert whole["pairs"] == count
    for name in ("ordinal", "ordinal_low", "ordinal_high", "nominal", "nominal_low"):
        assert (whole[name] is not None) is (count == 50), name


def test_the_ordinal_coefficient_counts_the_pairs_that_have_a_rank_alone():
    off = pair(50, Status.STALLED, Status.DECIDED)
    pairs = {"1": [*many_pairs(49)["1"], off]}
    whole = agreement_table(public_pairs(pairs)).iloc[0]
    assert (whole["pairs"], whole["ladder"], whole["ordinal"]) == (50, 49, None)
    assert whole["nominal"] is not None


def test_a_pair_that_was_not_blind_is_published_nowhere_and_its_number_is():
    one = {"first": Status.DECIDED, "second": Status.IMPLEMENTED, "blind": False}
    pairs, fewer = public_pairs(many_pairs(60, **one)), public_pairs(many_pairs(60))
    assert len(anonymous_rows(pairs)) == len(fewer) == len(pairs) - 1 == 60
    found, expected = (agreement_table(table) for table in (pairs, fewer))
    assert found["not_blind"].tolist() == [1, 1, 0, 0]
    assert_frame_equal(found.drop(columns="not_blind"), expected.drop(columns="not_blind"))


def test_a_published_pair_does_not_say_which_measure_it_is_about():
    assert not {"measure", "signatory_id"} & {*anonymous_rows(public_pairs(many_pairs(60)))}


def test_a_measure_is_told_of_five_officials_who_have_it():
    (pairs,) = many_pairs(60).values()
    rare = [one._replace(measure="9") for one in pairs[:4]]
    tables = [agreement_table(public_pairs({"1": [*rare[:n], *pairs[n:]]})) for n in (0, 4)]
    assert [table["measure"].tolist() for table in tables] == [[None, "1", "2", "3"]] * 2
    fifth = pairs[6]._replace(measure="9")
    found = agreement_table(public_pairs({"1": [*rare, *pairs[4:6], fifth, *pairs[7:]]}))
    assert found["measure"].tolist() == [None, "1", "2", "3", "9"]


def test_before_all_is_read_no_measure_is_told():
    """A pair that came in would tell itself by what it changed."""
    table = public_pairs({"1": many_pairs(60)["1"], "2": many_pairs(60)["1"]}, finished=["2"])
    found = agreement_table(table)[["plan_id", "measure"]]
    assert found["plan_id"].tolist() == ["1", *"2222"]


def test_which_of_two_readings_was_the_first_is_not_told():
    (pairs,) = many_pairs(60).values()
    swapped = [one._replace(first=one.second, second=one.first) for one in pairs]
    assert_frame_equal(public_pairs({"1": swapped}), public_pairs({"1": pairs}))


def test_of_each_reader_the_pairs_that_stayed_blind_are_counted_with_whom_they_were_read():
    (pairs,) = many_pairs(40).values()
    others = [
        one._replace(second=one.second._replace(author="Claude" if place < 20 else "Sacha"))
        for place, one in enumerate(pairs)
    ]
    found = agreement_by_rater(others)
    assert {name: one.pairs for name, one in found.items()} == {
        "Camille": 40,
        "Claude": 20,
        "Sacha": 20,
    }
    assert list(agreement_by_rater([others[0]._replace(is_blind=False), *others[1:]])) == [
        "Camille",
        "Sacha",
    ]


@pytest.mark.parametrize(
    ("urls", "same"),
    [
        ((None, None), False),
        (("https://a.fr/x", None), False),
        (("https://a.fr/x", "https://a.fr/y"), False),
        (("https://a.fr/x", "https://a.fr/x"), True),
        (("https://a.fr/x/", "http://a.fr/x"), True),
    ],
)
def test_two_readings_have_one_source_where_both_cite_its_address(urls, same):
    assert pair(0, Status.DECIDED, Status.DECIDED, urls=urls).has_same_source is same


def test_every_published_figure_is_that_of_its_pairs():
    pairs = public_pairs(many_pairs(120))
    whole, *by_measure = agreement_table(pairs).to_dict("records")
    rows = [
        Pair(row.official, row.measure, Status(row.one_status), Status(row.other_status))
        for row in pairs.itertuples()
    ]
    found = agreement_of(rows)
    assert whole["same_status"] == found.statuses.agreeing == 96
    for name, value in {
        "class_share": found.classes.share,
        "class_low": found.classes.low,
        "class_high": found.classes.high,
        "status_share": 0.8,
        "status_low": found.statuses.low,
        "status_high": found.statuses.high,
        "ordinal": found.ordinal.value,
        "ordinal_low": found.ordinal.low,
        "ordinal_high": found.ordinal.high,
        "nominal": found.nominal.value,
        "nominal_low": found.nominal.low,
        "nominal_high": found.nominal.high,
    }.items():
        assert whole[name] == round(value, 4), name
    counts = [(row["measure"], row["pairs"], row["same_status"]) for row in by_measure]
    assert counts == [(one.measure, one.pairs, one.same_status) for one in found.measures]


@pytest.fixture(scope="module")
def rated(tmp_path_factory):
    """(store, plan) of a log of which each official was read twice, the first of them with two statuses;
    the raters are in no published file."""
    with pytest.MonkeyPatch.context() as patch:
        url = f"sqlite:///{tmp_path_factory.mktemp('accord') / 'monitor.db'}"
        patch.setenv("MONITOR_DATABASE", url)
        store = open_store(url)
        commands.init_database(store)
        people_of(store)
        plan = draw_sample(store, PACT, datetime.now(UTC))
        with store.reading() as session:
            people = session.rows(
                "SELECT signatory_id, measure_id FROM commitment WHERE pact_id = :pact "
                "ORDER BY signatory_id, measure_id",
                pact=PACT,
            )
        assert len(people) >= 5
        for place, about in enumerate(people):
            for name in RATERS:
                status = "implemented" if not place and name == "Claude" else "decided"
                give_rating(store, name, plan, about, datetime.now(UTC), status)
        yield store, plan, [str(name) for name, _ in people]


@pytest.mark.parametrize("form", ["sqlite", "datapackage"])
def test_an_export_with_all_that_there_is_holds_the_tables_of_agreement_once(rated, tmp_path, form):
    samples, analyses = sample_tables.samples_to_export, analyses_to_export
    export.publish_pact(
        rated[0], PACT, tmp_path / "out", form, read_samples=samples, read_analyses=analyses
    )
    if form == "datapackage":
        about = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
        names = [resource["name"] for resource in about["resources"]]
        assert names.count("agreement") == 1 and len(names) == len({*names})
    else:
        with sqlite3.connect(tmp_path / "out" / f"{PACT}.db") as database:
            assert database.execute("SELECT count(*) FROM agreement").fetchone()[0]


def test_figures_of_agreement_are_the_same_on_pages_in_python_in_files_and_over_http(
    rated, tmp_path
):
    store, plan, people = rated
    view = query.read_view(current_log.current_snapshot(fresh=True), {"pacte": PACT})
    assert view
    current = current_plan(view.state)
    assert current
    found = agreement_of_plan(view.state, current)
    one = monitor.open(store.url)
    whole = one.agreement().iloc[0]
    assert whole["pairs"] == found.pairs == len(people)
    assert whole["same_status"] == found.statuses.agreeing == found.pairs - 1
    assert whole["class_low"] == round(found.classes.low, 4)
    for form in ("csv", "json", "parquet"):
        export.publish_pact(
            store, PACT, tmp_path / form, form, read_samples=sample_tables.samples_to_export
        )
        other = monitor.open(str(tmp_path / form))
        assert_frame_equal(other.agreement(plan), one.agreement(plan))
        assert_frame_equal(other.agreement_pairs(), one.agreement_pairs())
    for name, frame in (("agreement", one.agreement()), ("agreement_pairs", one.agreement_pairs())):
        rows = CLIENT.get(f"/api/v1/{name}.json", {"pacte": PACT}).json()["rows"]
        asked = pd.DataFrame(rows)
        assert asked["plan_id"].tolist() == frame["plan_id"].tolist()
        for column in ("same_class", "class_low", "status_high", "official", "one_status"):
            if column in frame:
                wanted = frame[column].astype(object).where(frame[column].notna(), None)
                assert asked[column].tolist() == wanted.tolist(), column


def test_published_pairs_are_in_the_order_of_bytes_that_nobody_publishes(rated):
    store, plan, people = rated
    with store.reading() as session:
        pairs = open_pairs(session, PACT, plan)
        shuffled = [one[:2] for one in shuffle_pairs(session, PACT, plan, pairs)]
        salts = {
            (who, measure): salt
            for who, measure, salt in session.rows(
                "SELECT c.signatory_id, c.measure_id, min(e.salt) FROM rating r "
                "JOIN entry e ON e.seq = r.seq JOIN commitment c ON c.id = r.commitment_id "
                "GROUP BY c.signatory_id, c.measure_id"
            )
        }
    opened = [one[:2] for one in pairs]
    assert [who for who, _ in opened] == people
    assert shuffled == sorted(opened, key=salts.__getitem__) != opened
    statuses = monitor.open(store.url).agreement_pairs()["one_status"].tolist()
    assert statuses.index("implemented") == shuffled.index(opened[0])


def test_published_pairs_name_neither_who_promised_nor_who_read(rated, tmp_path):
    store, _, people = rated
    export.publish_pact(store, PACT, tmp_path, "csv", read_samples=sample_tables.samples_to_export)
    for name in ("agreement.csv", "agreement_pairs.csv"):
        text = (tmp_path / name).read_text("utf-8-sig")
        assert not [word for word in (*people, *RATERS) if word in text]


def test_a_data_package_and_a_database_with_pairs_are_valid(rated, tmp_path):
    import frictionless

    store, _, people = rated
    for form in ("datapackage", "sqlite"):
        export.publish_pact(
            store, PACT, tmp_path / form, form, read_samples=sample_tables.samples_to_export
        )
    assert frictionless.validate(str(tmp_path / "datapackage/datapackage.json")).valid
    with sqlite3.connect(tmp_path / "sqlite" / f"{PACT}.db") as database:
        ((count,),) = database.execute("SELECT count(*) FROM agreement_pairs")
    assert count == len(people)
