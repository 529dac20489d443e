"""Downloads: the contract's columns, what they are a view of, and no formula."""

import csv
import io
import json
from datetime import date

import pandas as pd
import pytest

from monitor import commands, export, indicators, queries, status, tables
from monitor.log import NEVER
from monitor.snapshot import Snapshots
from tests.support.loading import HEADER, ONE, load

ENGINES = ("sqlite", "postgres")

DAY = date(2020, 7, 5)
NO_REPLY = pd.DataFrame({"reply_on": [], "reply": []}, dtype=object)
NO_DETAILS = pd.DataFrame({"wording": [], "in_charge": [], "note": []}, dtype=object)


@pytest.fixture
def view(store):
    """(snapshot, log, known, commitments, about) of the packaged pact on its default day."""
    snapshot = Snapshots(store).current()
    log = snapshot.log("mouves-2014")
    known = status.what_is_known(log)
    about = export.view_description(snapshot, log, DAY, None, {"region": "11"}, "fr")
    return snapshot, log, known, status.fold(known, DAY), about


def as_rows(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_csv_of_commitments_begins_with_the_contract_s_columns_and_ends_with_the_view(view):
    rows = as_rows(export.to_csv(export.commitment_table(view[3], NO_REPLY, NO_DETAILS), view[4]))
    assert tuple(rows[0])[:9] == tables.STATUS_COLUMNS
    assert rows[0]["log_head"] == view[0].head
    assert (rows[0]["pact"], rows[0]["as_of"], rows[0]["filters"]) == (
        "mouves-2014",
        "2020-07-05",
        "region=11",
    )
    assert len(rows) == 15


def test_csv_and_json_say_the_same(view):
    table = export.commitment_table(view[3], NO_REPLY, NO_DETAILS)
    from_csv = as_rows(export.to_csv(table, view[4]))
    from_json = json.loads(export.to_json(table, view[4]))["rows"]
    for one, other in zip(from_csv, from_json, strict=True):
        if other["population"] is not None:  # a whole number, which JSON does not tell from others
            other["population"] = int(other["population"])
        assert {name: str(value) if value is not None else "" for name, value in other.items()} == {
            name: value for name, value in one.items() if name in other
        }


@pytest.mark.parametrize("by", [None, "measure", "region"])
def test_the_totals_of_the_file_are_those_of_the_screen(view, by):
    rows = as_rows(export.to_csv(export.indicators_of(view[3], by), view[4]))
    shown = indicators.indicator_table(view[3], by)
    assert [int(row["due"]) for row in rows] == shown["due"].tolist()
    assert [int(row["implemented"]) for row in rows] == shown["implemented"].tolist()


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_formula_leaves_as_text(start):
    assert tables.safe_cell(f"{start}1+1") == f"'{start}1+1"


def test_negative_numbers_are_numbers():
    assert tables.safe_cell(-1.5) == "-1.5"


def exported(store, view):
    snapshot, log, known, *_ = view
    seqs = log.actions.seq[log.actions.mask_visible(None)]
    with store.reading() as session:
        replied = export.reply_columns(
            session, log, status.last_replies(status.standing_replies(known, log.actions), DAY)
        )
        named = status.fold(known, DAY).loc[replied.index, ["signatory_id", "measure"]]
        named = named.join(replied)
        return export.action_table(session, seqs, known.everything.seq, snapshot.seq, named)


def test_every_accepted_action_is_exported_as_it_was_loaded(store, view):
    table = exported(store, view)
    assert tuple(table.columns) == export.ACTIONS
    assert (len(table), int(table["stands"].sum())) == (40, 40)
    again = tables.to_csv(table[list(export.ACTIONS[:15])])
    assert load(store, again).outcomes == {"unchanged": 40}


def test_a_corrected_action_is_exported_with_its_correction(store):
    load(store, HEADER + ONE)
    load(store, HEADER + ONE.replace("new-1", "fix").replace("/1,,", "/1,new-1,Erreur"))
    snapshot = Snapshots(store).current()
    log = snapshot.log("mouves-2014")
    table = exported(store, (snapshot, log, status.what_is_known(log))).set_index("action_id")
    assert table.loc[["new-1", "fix"], "stands"].tolist() == [False, True]
    assert table.at["fix", "supersedes"] == "new-1"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("trophees coopcycle", 1), ("TROPHÉES", 6), ("100%", 0), ("_", 0), ("nothing here", 0)],
)
def test_a_search_folds_accents_and_takes_signs_for_themselves(store, typed, found):
    with store.reading() as session:
        assert len(queries.search_entries(session, "mouves-2014", typed)) == found


def test_an_action_names_what_corrected_it_as_of_a_point_of_the_log(store):
    load(store, HEADER + ONE)
    load(store, HEADER + ONE.replace("new-1", "fix").replace("/1,,", "/1,new-1,Erreur"))
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT seq FROM action WHERE action_id = 'new-1'")
        now = queries.published_actions(session, [seq], 10**9).iloc[0]
        then = queries.published_actions(session, [seq], seq).iloc[0]
    assert (now["later_kind"], now["later_reason"]) == ("assessment", "Erreur")
    assert then["later_seq"] is None


def test_what_is_pending_or_refused_is_read_by_nobody(store):
    commands.load_demo(store, signatories=20, actions=300)
    actions = Snapshots(store).current().log("demo").actions
    hidden = actions.seq[actions.accepted_at == NEVER]
    assert len(hidden) == 3
    with store.reading() as session:
        assert queries.published_actions(session, hidden, 10**9).empty
