"""What who reads a PostgreSQL database from outside can get at: what is public, by whatever way."""

from datetime import date
from itertools import product

import psycopg
import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.models import Decision, Role, SourceKind, Status, Way
from monitor.read.pact_state import PactState
from monitor.snapshot import Snapshots
from monitor.store import open_store
from monitor.store.id_key import read_id_key
from monitor.store.postgres import READER
from monitor.store.public_views import SCHEMA, VIEWS
from monitor.store.tables import TABLES
from tests.support.blind_ratings import draw_sample, give_rating
from tests.support.clock import NOW
from tests.support.damage import fill
from tests.support.team import LATER, LYON, action, sign_in

#: Stands in all that is nobody's business, and in nothing else.
MARK = "zorro"


def secrets(store) -> None:
    """A pending accusation, a refused one, files that wait or were taken back, drafts, messages and
    people: each with the mark in it."""
    volunteer = sign_in(store, "Zorro Camille", Role.VOLUNTEER, NOW)
    reviewer = sign_in(store, "Zorro Sacha", Role.REVIEWER, NOW)
    pact = {"pact_id": "mouves-2014", "now": LATER}
    seqs = [
        commands.log_action(store, volunteer, action(summary=words), LATER).seq
        for words in ("Zorro : il aurait tout arrêté.", "Zorro : refusé.", "Public : accepté.")
    ]
    commands.review_action(
        store, reviewer, seqs[1], Decision.REFUSED, "Zorro : rien ne le dit.", LATER
    )
    commands.review_action(store, reviewer, seqs[2], Decision.ACCEPTED, "Zorro : lu.", LATER)
    commands.send_message(store, reviewer, seqs[0], "Zorro : d'où cela vient-il ?", LATER)
    commands.save_draft(store, volunteer, "form", "Zorro : commencé.", LATER)
    people = "signatory_id,name,commune,outcome\nzorro-1,Zorro Untel,69123,elected\n"
    rows = (
        "action_id,signatory_id,measure,happened_on,status,summary,source_title,source_kind,"
        "recorded_by\n{},collomb-lyon,2,2019-05,decided,{},Délibération,council_act,Zorro\n"
    )
    for who, content, text in (
        (volunteer, "signatories", people),
        (volunteer, "actions", rows.format("zorro-a", "Zorro : du fichier.")),
        (None, "actions", rows.format("public-a", "Public : du fichier.")),
    ):
        report = commands.load(
            store, content, file_in_memory(text), who=who, name="zorro.csv", **pact
        )
        assert report.loaded
    back = "signatory_id,name,commune,outcome\nzorro-2,Zorro Retiré,69123,elected\n"
    assert commands.load(
        store, "signatories", file_in_memory(back), name="zorro.csv", **pact
    ).loaded
    with store.reading() as session:
        ((file,),) = session.rows("SELECT max(seq) FROM load")
    commands.withdraw_load(store, None, file, "Zorro : faux.", LATER)
    commands.request_reply(
        store,
        volunteer,
        "mouves-2014",
        LYON,
        "1",
        Way.INVITED,
        date(2026, 3, 1),
        "Zorro : courriel",
        LATER,
    )
    plan = draw_sample(store, "mouves-2014", LATER)
    give_rating(
        store,
        "Zorro Camille",
        plan,
        ("hidalgo-paris", "1"),
        LATER,
        **dict.fromkeys(
            ("summary", "source_title", "quote", "searched"), "Zorro : lu à l’aveugle."
        ),
    )


@pytest.fixture(scope="module")
def world(postgres):
    address = postgres.fresh()
    store = open_store(address)
    commands.init_database(store, now=NOW)
    fill(store)
    secrets(store)
    yield store
    postgres.drop(address)


@pytest.fixture(scope="module")
def reader(world):
    """The connection of a login that is nothing but a reader."""
    with psycopg.connect(world.address, autocommit=True) as owner:
        owner.execute(f"CREATE USER zz_outside LOGIN IN ROLE {READER}")
    address = world.address.replace("postgres:", "zz_outside:")
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection
    with psycopg.connect(world.address, autocommit=True) as owner:
        owner.execute("DROP USER zz_outside")


@pytest.mark.parametrize("table", ["schema_version", *TABLES])
def test_no_table_can_be_read_nor_any_of_its_columns(world, reader, table):
    with world.reading() as session:
        columns = session.columns(table)
    for what in ("*", "count(*)", "1", *(f'"{column}"' for column in columns)):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute(f"SELECT {what} FROM {table}")


def test_nothing_that_can_be_read_at_all_holds_what_is_not_public(world, reader):
    """Every table, view and sequence of the server, its own included."""
    with world.reading() as session:
        kept = (MARK, read_id_key(session))
    relations = reader.execute(
        "SELECT c.oid::regclass::text FROM pg_class c WHERE c.relkind IN ('r', 'v', 'm', 'p', 'S', 'f')"
    ).fetchall()
    assert len(relations) > 200
    readable = 0
    for (name,) in relations:
        try:
            found = reader.execute(f"SELECT t::text FROM {name} t").fetchall()
        except psycopg.errors.InsufficientPrivilege:
            continue
        except psycopg.Error:
            found = []  # a view of the server that asks for a setting of its own
        readable += 1
        leaks = [text for (text,) in found if any(one in (text or "").lower() for one in kept)]
        assert not leaks, (name, leaks[:2])
    assert readable > 100


def test_no_view_says_who_wrote_who_reviewed_or_which_file_it_was(reader):
    rows = reader.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = %s",
        [SCHEMA],
    ).fetchall()
    assert {view for view, _ in rows} == set(VIEWS)
    private = {
        "author",
        "reviewer",
        "recorded_by",
        "file_name",
        "load_seq",
        "salt",
        "request_id",
        "search_key",
        "texts_digest",
    }
    assert not private & {column for _, column in rows}


def test_no_function_of_ours_can_be_called(reader):
    callable_ = reader.execute(
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') "
        "AND has_function_privilege(p.oid, 'EXECUTE')"
    ).fetchall()
    assert callable_ == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE zz (a int)",
        "CREATE TEMP TABLE zz (a int)",
        "CREATE SCHEMA zz",
        f"CREATE VIEW {SCHEMA}.zz AS SELECT 1",
        "CREATE FUNCTION zz() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        f"INSERT INTO {SCHEMA}.head VALUES (1, 'a')",
        f"UPDATE {SCHEMA}.head SET seq = 0",
        f"DELETE FROM {SCHEMA}.head",
        "COPY action_text TO STDOUT",
        "SET ROLE monitor_app",
        "TRUNCATE draft",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT * FROM pg_statistic",
        "SELECT * FROM pg_authid",
        "SELECT pg_ls_waldir()",
        "SELECT pg_current_wal_lsn()",
        "SELECT pg_current_wal_insert_lsn()",
        "SELECT pg_current_wal_flush_lsn()",
        "SELECT pg_last_wal_replay_lsn()",
        "SELECT pg_logical_emit_message(false, 'zz', 'zz')",
        "SELECT * FROM pg_control_checkpoint()",
        "SELECT * FROM pg_stat_wal",
        "SELECT * FROM pg_stat_io",
        "SELECT * FROM pg_stat_database",
        "SELECT * FROM pg_stat_all_tables",
        "SELECT * FROM pg_statio_all_tables",
        "SELECT * FROM pg_stat_all_indexes",
        "SELECT * FROM pg_stat_activity",
        "SELECT * FROM pg_stat_replication",
        "SELECT pg_stat_get_tuples_inserted('rating'::regclass)",
        "SELECT pg_relation_size('rating'::regclass)",
        "SELECT pg_table_size('rating'::regclass)",
        "SELECT pg_indexes_size('rating'::regclass)",
        "SELECT pg_total_relation_size('rating'::regclass)",
        "SELECT pg_database_size(current_database())",
        "SELECT pg_tablespace_size('pg_default')",
        "SELECT * FROM pg_locks",
        "SELECT * FROM pg_prepared_xacts",
        "SELECT pg_blocking_pids(1)",
        "SELECT pg_current_xact_id()",
        "SELECT pg_current_snapshot()",
        "SELECT txid_current()",
        "SELECT txid_current_snapshot()",
        "SELECT pg_export_snapshot()",
        "SELECT age('3'::xid)",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'zz')",
    ],
)
def test_a_reader_makes_nothing_changes_nothing_and_becomes_nobody_else(reader, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.execute(statement)


#: What has such a word in its name and tells nothing of others: numbers and times, locks of one's own,
#: what asks for a right to the table.
OF_ONESELF = (
    "advisory|statisticsobj|_pretty|_bytes|lsn|_stats?$|statefunc|timestamp|snapshot_x|in_snapshot|xid|"
    "phasename|replay_paused|prepared_statement|column_size|binary_upgrade"
)


def test_no_function_of_the_server_tells_a_reader_what_it_writes_or_keeps(reader):
    left = reader.execute(
        "SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace "
        "AND proname ~ '(wal|lsn|xact|xid|stat|size|lock|snapshot|^lo_|activity|progress)' "
        "AND prokind = 'f' AND NOT 'internal'::regtype = ANY (proargtypes) "
        "AND has_function_privilege(oid, 'EXECUTE') "
        "AND proname !~ '(in|out|recv|send|cmp|eq|ne|lt|le|gt|ge|hash.*)$' AND proname !~ %s",
        [OF_ONESELF],
    ).fetchall()
    assert left == []


@pytest.fixture
def ratings(world):
    """A way to try rows of ratings without guards, which are gone afterwards."""
    with psycopg.connect(world.address) as owner:
        owner.execute("SET session_replication_role = replica")
        yield owner
        owner.rollback()


def test_a_rating_is_as_large_whatever_it_says(ratings):
    kinds = (None, *(kind.value for kind in SourceKind))
    rows = list(product(Status, ("2019", "2019-12", "2019-12-31"), kinds))
    for place, row in enumerate(rows):
        ratings.execute("INSERT INTO rating VALUES (%s, 'p', '9', 7, %s, %s, %s)", [-place, *row])
    sizes = ratings.execute(
        "SELECT pg_column_size(r), count(*) FROM rating r WHERE seq < 1 GROUP BY 1"
    )
    assert [count for _, count in sizes] == [len(rows)]


def test_the_words_of_a_rating_do_not_tell_by_their_size_which_status_they_are_of(ratings):
    search = (None, None, None, None, None, None, "Le registre.")
    found = (
        "Vu.",
        "Délibération " * 12,
        "Ville",
        "https://exemple.invalid/" * 7,
        None,
        None,
        "Le site.",
    )
    whole = ("v" * 100, "t" * 150, "p" * 127, "u" * 126, "a" * 128, "q" * 129, "s" * 300)
    sizes = []
    for place, row in enumerate((search, found, whole)):
        ratings.execute(
            "INSERT INTO rating_text VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [-place, "ab" * 16, *row],
        )
        sizes += ratings.execute(
            "SELECT pg_column_size(t) FROM rating_text t WHERE seq = %s", [-place]
        ).fetchone()
    noise = ratings.execute(
        "INSERT INTO rating_text (seq, salt, searched) "
        "SELECT -n, to_hex(n) || repeat('0', 30), 'x' FROM generate_series(16, 255) n "
        "RETURNING length(filling)"
    ).fetchall()
    assert max(sizes) - min(sizes) < 40 and len({*noise}) > 80


def test_a_condition_of_the_reader_s_is_not_tried_on_what_a_view_leaves_out(world, reader):
    """A cheap function that tells what it is given, and an error that quotes it."""
    notices: list[str] = []
    with psycopg.connect(world.address, autocommit=True) as owner:
        owner.execute(
            "CREATE FUNCTION zz_tell(text) RETURNS boolean COST 0.000001 LANGUAGE plpgsql AS "
            "$$BEGIN RAISE NOTICE '%', $1; RETURN true; END$$"
        )
    note = lambda diagnosis: notices.append(diagnosis.message_primary)  # noqa: E731
    reader.add_notice_handler(note)
    # The reader chooses how tables are read: each whole, before it is known which rows are public.
    reader.execute("SET enable_nestloop = off")
    try:
        rows = reader.execute(f"SELECT seq FROM {SCHEMA}.action WHERE zz_tell(summary)").fetchall()
        reader.execute(f"SELECT name FROM {SCHEMA}.signatory WHERE zz_tell(name)").fetchall()
        with pytest.raises(psycopg.errors.InvalidTextRepresentation) as raised:
            reader.execute(f"SELECT 1 FROM {SCHEMA}.action WHERE summary::int > 0")
    finally:
        reader.remove_notice_handler(note)
        reader.execute("RESET enable_nestloop")
        with psycopg.connect(world.address, autocommit=True) as owner:
            owner.execute("DROP FUNCTION zz_tell(text)")
    assert len(notices) >= len(rows) > 0
    assert not [text for text in [*notices, str(raised.value)] if MARK in (text or "").lower()]


def test_the_views_hold_what_the_pages_show(world, reader):
    snapshot = Snapshots(world).current()
    log = snapshot.log("mouves-2014")
    state = PactState(snapshot, "mouves-2014")
    known = state.known
    wanted = state.public_actions & log.actions.mask_counted(None)
    found = {seq for (seq,) in reader.execute(f"SELECT seq FROM {SCHEMA}.action").fetchall()}
    assert found == set(log.actions.seq[wanted].tolist()) and len(found) > 30
    people = reader.execute(f"SELECT seq, signatory_id FROM {SCHEMA}.signatory").fetchall()
    assert set(people) == set(
        known.signatories[["seq", "signatory_id"]].itertuples(index=False, name=None)
    )
    mandates = reader.execute(f"SELECT seq FROM {SCHEMA}.mandate").fetchall()
    shown = known.mandates[known.mandates["signatory_id"].isin(known.signatories["signatory_id"])]
    assert sorted(seq for (seq,) in mandates) == sorted(shown["seq"])
    areas = reader.execute(f"SELECT code FROM {SCHEMA}.area").fetchall()
    assert [code for (code,) in areas] == known.own_areas["code"].tolist()
    assert reader.execute(f"SELECT pact_id FROM {SCHEMA}.pact").fetchall() == [("mouves-2014",)]
    texts = [row[0] for row in reader.execute(f"SELECT summary FROM {SCHEMA}.action").fetchall()]
    assert "Public : accepté." in texts and "Public : du fichier." in texts
    head = reader.execute(f"SELECT seq || ':' || hash FROM {SCHEMA}.head").fetchone()
    assert head == (snapshot.head,)


def test_a_database_of_before_takes_its_old_rights_back_at_init(postgres):
    address = postgres.fresh()
    store = open_store(address)
    commands.init_database(store, now=NOW)
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute(f"GRANT SELECT ON action_text, account, entry, schema_version TO {READER}")
        owner.execute("GRANT SELECT ON draft TO PUBLIC")
    commands.init_database(store, now=NOW)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"SET ROLE {READER}")
        for table in ("action_text", "account", "entry", "schema_version", "draft"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT 1 FROM {table}")
        assert connection.execute(f"SELECT count(*) FROM {SCHEMA}.action").fetchone() == (40,)
    postgres.drop(address)
