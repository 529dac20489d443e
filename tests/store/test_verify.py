"""What an intruder does to the file is told: by `verify`, entry by entry, and by what it lacks."""

import shutil
import sqlite3
from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from monitor import chain, commands, status
from monitor.errors import DatabaseDamaged, DatabaseOutdated
from monitor.snapshot import Snapshots
from monitor.store import SQLiteStore
from monitor.store import journal as journals
from monitor.store.journal import verify, verify_store
from monitor.store.schema_diff import Departure
from monitor.store.subjects import SUBJECTS
from monitor.store.tables import SCHEMA
from tests.support.chain_by_hand import digest_by_hand
from tests.support.clock import NOW
from tests.support.damage import REDACTED, fill, intrude
from tests.support.forgery import HAVARD, forged_action, write
from tests.support.random_logs import World, action, log_of, signatory

TEXTS = (*SUBJECTS["action"].texts, "search_key")
NOTHING_LEFT = ", ".join(f"{name} = NULL" for name in ("salt", *TEXTS))


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    store = SQLiteStore(tmp_path_factory.mktemp("sound") / "monitor.db")
    commands.init_database(store, now=NOW)
    fill(store)
    return store.path


@pytest.fixture
def log(sound, tmp_path):
    """A database of one's own that holds every subject."""
    return SQLiteStore(shutil.copy(sound, tmp_path / "monitor.db"))


def test_a_sound_log_is_intact_and_has_all_its_guards(log):
    assert verify_store(log).intact and log.departures() == []


ALTERED = {
    "the actions of one person under the name of another": (
        "UPDATE commitment SET id = 100000 WHERE id = 10",
        "UPDATE action SET commitment_id = 100000 WHERE commitment_id = 10",
        "UPDATE reply_request SET commitment_id = 100000 WHERE commitment_id = 10",
        f"UPDATE commitment SET id = -1 WHERE {HAVARD} = '1'",
    ),
    "a commitment numbered below 1": (f"UPDATE commitment SET id = 0 WHERE {HAVARD} = '3'",),
    "a commitment numbered past the last": (f"UPDATE commitment SET id = 99 WHERE {HAVARD} = '3'",),
    "two commitments exchanged, their actions left": (
        "UPDATE commitment SET id = 77 WHERE id = 10",
        "UPDATE commitment SET id = 10 WHERE id = 11",
        "UPDATE commitment SET id = 11 WHERE id = 77",
    ),
    "a commitment less": (f"DELETE FROM commitment WHERE {HAVARD} = '3'",),
    "a commitment more": (
        "INSERT INTO commitment SELECT max(id) + 1, 'mouves-2014', 'personne', '1' FROM commitment",
    ),
    "a commitment to no measure": (
        "INSERT INTO commitment SELECT max(id) + 1, 'mouves-2014', 'havard-lyon', '9' "
        "FROM commitment",
    ),
    "a text emptied without an order": (f"UPDATE action_text SET {NOTHING_LEFT} WHERE seq = 30",),
    "another text in the place of one that was removed": (
        "UPDATE action_text SET salt = 'x', summary = 'Autre' WHERE seq = 20",
    ),
    "a salt put beside a removed text": (
        "UPDATE action_text SET salt = '00112233445566778899aabbccddeeff' WHERE seq = 20",
    ),
    "a text left without its salt": ("UPDATE action_text SET quote = 'reste' WHERE seq = 20",),
    "the words of a removed text left in its search key": (
        "UPDATE action_text SET search_key = 'reste' WHERE seq = 20",
    ),
    "a search key that says more than its texts": (
        "UPDATE action_text SET search_key = 'corruption ' || search_key WHERE seq = 30",
    ),
    "no search key": ("UPDATE action_text SET search_key = NULL WHERE seq = 30",),
    "an infinite number in the place of none": (
        "UPDATE action SET supersedes = 9e999 WHERE seq = 30",
    ),
    "a file numbered infinite in the place of none": (
        "UPDATE entry SET load_seq = 9e999 WHERE seq = 1",
    ),
    "an action without the row of its texts": ("DELETE FROM action_text WHERE seq = 30",),
    "a removed text without its row": ("DELETE FROM action_text WHERE seq = 20",),
    "texts of no action": ("INSERT INTO action_text (seq, summary) VALUES (999, 'x')",),
    "texts before the first entry": ("INSERT INTO review_text (seq, reason) VALUES (-5, 'x')",),
    "a row before the first entry": (
        "INSERT INTO load VALUES (-5, 'mouves-2014', 'actions', 'x', 1)",
    ),
    "a row between two entries of its table": ("INSERT INTO review VALUES (3, 30, 'accepted')",),
    "a text that is no UTF-8": (
        "UPDATE action_text SET summary = cast(x'61ff80' AS TEXT) WHERE seq = 30",
    ),
    "a text that is a blob": ("UPDATE action_text SET summary = x'ff80' WHERE seq = 30",),
    "a name that is no UTF-8": (
        "UPDATE signatory_text SET name = cast(x'ff80' AS TEXT) WHERE seq = 4",
    ),
    "a commitment to what is no UTF-8": (
        "UPDATE commitment SET measure_id = cast(x'ff80' AS TEXT) WHERE id = 10",
    ),
    "an author who is a blob": ("UPDATE entry SET author = x'ff' WHERE seq = 30",),
    "an author who is no UTF-8": (
        "UPDATE entry SET author = cast(x'ff80' AS TEXT) WHERE seq = 30",
    ),
    "a salt of facts that is no UTF-8": (
        "UPDATE entry SET salt = cast(x'61ff80' AS TEXT) WHERE seq = 30",
    ),
    "a salt of texts that is no UTF-8": (
        "UPDATE action_text SET salt = cast(x'61ff80' AS TEXT) WHERE seq = 30",
    ),
    "a digest that is no UTF-8": (
        "UPDATE entry SET texts_digest = cast(x'61ff80' AS TEXT) WHERE seq = 30",
    ),
    "a hash that is no UTF-8": ("UPDATE entry SET hash = cast(x'61ff80' AS TEXT) WHERE seq = 30",),
    "a time that is no UTF-8": (
        "UPDATE entry SET recorded_at = cast(x'61ff80' AS TEXT) WHERE seq = 30",
    ),
    "a subject that is no UTF-8": (
        "UPDATE entry SET subject = cast(x'ff80' AS TEXT) WHERE seq = 30",
    ),
    "a head that says less than the log": (
        "UPDATE head SET seq = 54, hash = (SELECT hash FROM entry WHERE seq = 54)",
    ),
    "a head of another hash": (f"UPDATE head SET hash = '{'a' * 64}'",),
    "a head far past the log": ("UPDATE head SET seq = 4611686018427387904",),
}
#: What is named, where it is not the entry that the statement names.
NAMED = {
    "the actions of one person under the name of another": ("commitment", None),
    "two commitments exchanged, their actions left": ("action", None),
    "a file numbered infinite in the place of none": ("load", 1),
    "texts of no action": ("action", 999),
    "texts before the first entry": ("review", -5),
    "a text that is no UTF-8": ("action", 30),
    "a text that is a blob": ("action", 30),
    "a name that is no UTF-8": ("signatory", 4),
    "an author who is a blob": ("action", 30),
    "an action without the row of its texts": ("action", 30),
    "the words of a removed text left in its search key": ("action", REDACTED),
    "a head of another hash": ("head", None),
}


@pytest.mark.parametrize("statements", ALTERED.values(), ids=ALTERED.keys())
def test_verify_tells(log, request, statements):
    intrude(log, *statements)
    found = verify_store(log)
    assert not found.intact
    with log.reading() as session:
        assert not verify(session).intact
    subject, seq = NAMED.get(request.node.callspec.id, (found.subject, None))
    assert (found.subject, found.altered) == (subject, seq or found.altered)


def test_verify_goes_on_to_the_end_of_a_log_of_many_parts(log, monkeypatch):
    intrude(log, "UPDATE action SET happened_on = '2012' WHERE seq = 50")
    monkeypatch.setattr(journals, "AT_ONCE", 9)
    assert verify_store(log).altered == 50


def test_a_gap_in_the_numbers_is_told_though_its_hashes_follow(log):
    with log.reading() as session:
        (last,) = session.rows(
            "SELECT seq, recorded_at, author, subject, load_seq, salt, texts_digest FROM entry "
            "ORDER BY seq DESC LIMIT 1"
        )
        (facts,) = session.rows("SELECT checked_on, outcome FROM link_check ORDER BY seq DESC")[:1]
        ((before,),) = session.rows("SELECT hash FROM entry WHERE seq = :seq", seq=last[0] - 1)
    seq, at, author, subject, load_seq, salt, digest = last
    header = [seq + 1, at, author, subject, load_seq]
    hash_ = chain.link(before, [*header, chain.digest(salt, facts), digest])
    tables = ("entry", "link_check", "link_check_text", "head")
    intrude(
        log,
        *(f"UPDATE {table} SET seq = {seq + 1} WHERE seq = {seq}" for table in tables),
        f"UPDATE entry SET hash = '{hash_}' WHERE seq = {seq + 1}",
        f"UPDATE head SET hash = '{hash_}'",
    )
    with log.reading() as session:
        assert verify(session).altered == seq


def test_an_infinite_number_has_no_digest():
    for values in ([float("inf")], [1, 2.5, None]):
        with pytest.raises(TypeError):
            chain.digest("", values)
        with pytest.raises(TypeError):
            chain.link("", values)


def test_no_entry_goes_to_another_person_whatever_the_numbers_are():
    people = (signatory(1, "a"), signatory(2, "b"))
    log = log_of(World(signatories=people, actions=(action(3, "2015", signatory_id="a"),)))
    numbers = pd.Index([4, 2, 3, -1], name="id")
    of_a = replace(log.actions, commitment=np.array([4], dtype=np.int32))
    bent = replace(log, commitments=log.commitments.set_axis(numbers), actions=of_a)
    table = status.fold(status.what_is_known(bent), date(2020, 1, 1)).set_index(
        ["signatory_id", "measure"]
    )
    assert table.loc[("a", "1"), "status"] == "decided"
    assert table.loc[("b", "2"), "status"] == "not_assessed"


@pytest.mark.parametrize(
    "name",
    [
        "the actions of one person under the name of another",
        "a commitment numbered below 1",
        "a commitment numbered past the last",
        "a text that is a blob",
        "a name that is no UTF-8",
    ],
)
def test_what_verify_has_not_told_yet_is_not_shown_under_another_name(log, name):
    intrude(log, *ALTERED[name])
    if "text" in name:
        with pytest.raises(DatabaseDamaged), log.reading() as session:
            session.rows("SELECT summary FROM action_text")
    else:
        with pytest.raises(DatabaseDamaged):
            Snapshots(log).current()


def test_a_digest_of_texts_that_a_subject_has_not_is_told_though_its_hashes_follow(log):
    seq = write(log, "redaction", (30, "Ordonnance"), ())
    with log.reading() as session:
        ((at, author, salt),) = session.rows(
            "SELECT recorded_at, author, salt FROM entry WHERE seq = :seq", seq=seq
        )
        ((before,),) = session.rows("SELECT hash FROM entry WHERE seq = :seq", seq=seq - 1)
    of_facts = digest_by_hand(salt, [30, "Ordonnance"])
    hash_ = digest_by_hand(before, [seq, at, author, "redaction", None, of_facts, "a" * 64])
    intrude(
        log,
        f"UPDATE entry SET texts_digest = '{'a' * 64}', hash = '{hash_}' WHERE seq = {seq}",
        f"UPDATE head SET hash = '{hash_}'",
    )
    assert verify_store(log).altered == seq


@pytest.mark.parametrize(
    "forge",
    [
        lambda store: forged_action(store, day="2019-99-99"),
        lambda store: write(
            store,
            "mandate",
            ("mouves-2014", "havard-lyon", "mayor", "0014", 1, None, None),
            (None,),
        ),
        lambda store: write(
            store,
            "signatory",
            ("mouves-2014", "x", 1, "69123", None, "elected", "2019-02-30", None),
            ("X", None, None),
        ),
        lambda store: write(
            store,
            "pact",
            (
                "p",
                1,
                "t",
                None,
                "p",
                "e",
                "never",
                "2014-01-01",
                "2020-01-01",
                "fr",
                1,
                "mayor",
                "l",
                "[]",
            ),
            (),
        ),
    ],
    ids=["an action", "a mandate", "a signatory", "a pact"],
)
def test_a_day_that_is_none_names_its_entry(log, forge):
    kept = Snapshots(log)
    kept.current()
    seq = forge(log)
    for snapshots in (kept, Snapshots(log)):
        with pytest.raises(DatabaseDamaged) as raised:
            snapshots.current()
        assert (raised.value.code, raised.value.values["seq"]) == ("entry_damaged", seq)


def test_an_action_without_its_texts_does_not_count(log):
    def assessed():
        found = Snapshots(log).current().log("mouves-2014")
        table = status.fold(status.what_is_known(found), date(2020, 7, 5))
        return table.set_index(["signatory_id", "measure"]).loc[("hidalgo-paris", "1"), "actions"]

    before = assessed()
    of_paris = (
        "SELECT max(a.seq) FROM action a JOIN commitment c ON c.id = a.commitment_id "
        "WHERE signatory_id = 'hidalgo-paris' AND measure_id = '1' AND a.seq NOT IN "
        "(SELECT supersedes FROM action WHERE supersedes IS NOT NULL) AND supersedes IS NULL"
    )
    intrude(log, f"DELETE FROM action_text WHERE seq = ({of_paris})")
    assert assessed() == before - 1


def test_no_neighbour_is_taken_for_a_corrected_action_that_does_not_count(log):
    target = forged_action(log)
    seq = forged_action_on(log, target)
    intrude(log, f"DELETE FROM action_text WHERE seq = {target}")
    with pytest.raises(DatabaseDamaged) as raised:
        Snapshots(log).current()
    assert raised.value.values["seq"] == seq


def forged_action_on(store, target: int) -> int:
    """A correction of that entry."""
    with store.reading() as session:
        ((number,),) = session.rows("SELECT commitment_id FROM action WHERE seq = :s", s=target)
        ((head,),) = session.rows("SELECT seq FROM head")
    identity = ("mouves-2014", "forged-2", 1, head + 1)
    rest = (10, "note", None, "2019", None, target)
    return write(
        store,
        "action",
        (*identity, "havard-lyon", "1", *rest),
        ("x", None, None, None, None, None, "r", None),
        (*identity, number, *rest),
        ("x",),
    )


HEADS = {
    "none": ("DELETE FROM head",),
    "two": (f"INSERT INTO head VALUES (2, 0, '{'0' * 64}')",),
    "a word": ("UPDATE head SET seq = 'abc'",),
    "a blob": ("UPDATE head SET seq = x'ff'",),
    "a fraction": ("UPDATE head SET seq = 1.5",),
    "below zero": ("UPDATE head SET seq = -1",),
    "no hash": ("UPDATE head SET hash = 'z'",),
    "a hash that is no text": ("UPDATE head SET hash = cast(x'ff80' AS TEXT)",),
}


@pytest.mark.parametrize("statements", HEADS.values(), ids=HEADS.keys())
def test_a_head_that_is_none_is_said_and_nothing_is_shown_or_written(log, statements):
    kept = Snapshots(log)
    kept.current()
    intrude(log, *statements)

    def look():
        with log.reading() as session:
            return journals.last_seq(session, NOW)

    for use in (
        lambda: verify_store(log),
        kept.current,
        lambda: write(log, "withdrawal", (1,), ("x",)),
        look,
    ):
        with pytest.raises(DatabaseDamaged) as raised:
            use()
        assert raised.value.code in ("head_damaged", "text_damaged")


TIE = "INSERT INTO account_commune VALUES ('Camille', '69123')"
SHAPES = {
    "a guard taken away": (
        ["DROP TRIGGER action_no_update"],
        [("missing", "trigger", "action_no_update")],
    ),
    "a guard that refuses nothing": (
        [
            "DROP TRIGGER action_no_update",
            "CREATE TRIGGER action_no_update BEFORE UPDATE ON action "
            "WHEN 0 BEGIN SELECT RAISE(ABORT, 'action: append only'); END",
        ],
        [("changed", "trigger", "action_no_update")],
    ),
    "a trigger of somebody else": (
        ["CREATE TRIGGER mine AFTER INSERT ON action BEGIN DELETE FROM draft; END"],
        [("extra", "trigger", "mine")],
    ),
    "an index more": (["CREATE INDEX mine ON action (kind)"], [("extra", "index", "mine")]),
    "an index less": (
        ["DROP INDEX action_supersedes"],
        [("missing", "index", "action_supersedes")],
    ),
    "a column more": (["ALTER TABLE draft ADD COLUMN mine TEXT"], [("changed", "table", "draft")]),
    "a table less": (
        ["DROP TABLE account_commune"],
        [
            ("missing", "index", "sqlite_autoindex_account_commune_1"),
            ("missing", "table", "account_commune"),
        ],
    ),
    "a check that checks nothing": (
        [
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_master SET sql = replace(sql, "
            "'length(hash) = 64', '1 = 1') WHERE name = 'head'",
            "PRAGMA writable_schema = OFF",
        ],
        [("changed", "table", "head")],
    ),
    "a tie that nobody recorded": (
        ["DROP TRIGGER account_commune_says_a_tie", TIE],
        [("changed", "ties", "Camille")],
    ),
    "statistics of the planner": (["ANALYZE"], []),
}


@pytest.mark.parametrize(("statements", "expected"), SHAPES.values(), ids=SHAPES.keys())
def test_what_the_file_lacks_or_has_too_much_is_named(log, statements, expected):
    connection = sqlite3.connect(log.path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    # A table takes its guards with it, and a tie has one of its own.
    found = [one for one in log.departures() if not one.name.startswith("account_commune_")]
    assert found == [Departure(*one) for one in expected]


def test_a_view_in_the_place_of_a_table_is_named(log):
    intrude(
        log, "ALTER TABLE message RENAME TO hidden", "CREATE VIEW message AS SELECT * FROM hidden"
    )
    found = {(one.how, one.kind, one.name) for one in log.departures() if one.kind != "trigger"}
    assert {
        ("extra", "view", "message"),
        ("extra", "table", "hidden"),
        ("missing", "table", "message"),
    } <= found


def test_a_database_that_was_brought_up_to_date_has_what_a_new_one_has(tmp_path, monkeypatch):
    folder = tmp_path / "schema"
    folder.mkdir()
    for file in SCHEMA.glob("000[1-3]*.sql"):
        shutil.copy(file, folder)
    store = SQLiteStore(tmp_path / "monitor.db")
    with monkeypatch.context() as older:
        older.setattr("monitor.store.tables.SCHEMA", folder)
        older.setattr("monitor.store.sqlite_schema.sqlite_guards", list)
        store.create()
    commands.init_database(store, now=NOW)
    assert store.departures() == []


def test_an_older_program_leaves_a_newer_database_alone(log):
    connection = sqlite3.connect(log.path, isolation_level=None)
    connection.execute("INSERT INTO schema_version VALUES ('9999_next.sql')")
    connection.execute(
        "CREATE TRIGGER action_new_rule BEFORE INSERT ON action "
        "BEGIN SELECT RAISE(ABORT, 'a rule of the newer version'); END"
    )
    connection.close()
    before = log.path.read_bytes()
    for use in (
        lambda: commands.init_database(log),
        lambda: commands.load_demo(log, signatories=1),
        log.create,
        Snapshots(log).current,
    ):
        with pytest.raises(DatabaseOutdated) as raised:
            use()
        assert raised.value.code == "database_newer"
    assert log.path.read_bytes() == before


def test_the_time_of_an_entry_is_not_looked_for_past_the_end(log):
    with log.reading() as session:
        assert journals.hash_at(session, 10**26) is None
        assert journals.last_seq(session, datetime(2014, 1, 1, tzinfo=NOW.tzinfo)) == 0
