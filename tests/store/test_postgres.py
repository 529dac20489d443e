"""What PostgreSQL alone must refuse, and the way from one engine to the other."""

from datetime import date

import psycopg
import pytest

from monitor import commands, status
from monitor.commands.loading import file_in_memory
from monitor.errors import DatabaseError, DatabaseMissing, InvalidValue, Refused
from monitor.models import Decision, Role
from monitor.snapshot import Snapshots
from monitor.store import open_store
from monitor.store.journal import verify
from monitor.store.postgres import APP, READER
from monitor.store.tables import ACCOUNTS, OF_ONE_DATABASE, TABLES, TEAM
from tests.support.team import LATER, LYON, action, team_of

ENGINES = ("postgres",)

#: What no outside reader sees.
PRIVATE = ACCOUNTS + TEAM


def checks():
    """What a link checker found of the source of `tests.support.team.action`."""
    url = "https://exemple.invalid/deliberation"
    return file_in_memory(f"url,status,checked_on\n{url},404,2026-03-01\n")


def test_a_text_holds_no_nul(store):
    with pytest.raises(Refused), store.writing() as session:
        session.execute("INSERT INTO draft VALUES ('operator', 'x', :content, 'y')", content="a\0b")


@pytest.mark.parametrize("table", [t for t in TABLES if t not in PRIVATE])
def test_no_table_of_the_log_is_truncated(store, table):
    with (
        psycopg.connect(store.address) as connection,
        pytest.raises(psycopg.IntegrityError, match="append only"),
    ):
        connection.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM action",
        "TRUNCATE action",
        "UPDATE action SET status = 'decided'",
        "ALTER TABLE action DISABLE TRIGGER ALL",
        "DROP TRIGGER action_no_update ON action",
        "DROP TABLE draft",
        "SET session_replication_role = 'replica'",
    ],
)
@pytest.mark.parametrize("role", [APP, READER])
def test_the_app_and_a_reader_cannot_get_round_the_guards(store, statement, role):
    with psycopg.connect(store.address) as connection:
        connection.execute(f"SET ROLE {role}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_the_app_can_do_all_that_the_commands_do(store):
    with psycopg.connect(store.address, autocommit=True) as connection:
        connection.execute(f"CREATE USER app_login IN ROLE {APP}")
    try:
        app = open_store(store.address.replace("postgres:", "app_login:"))
        team = team_of(app)
        seq = commands.log_action(app, team.volunteer, action(), LATER).seq
        commands.review_action(app, team.reviewer, seq, Decision.ACCEPTED, now=LATER)
        assert commands.load_links(app, checks(), name="l.csv", now=LATER).loaded
        commands.redact_entry(app, None, seq, "Ordonnance.", LATER)
        with app.reading() as session:
            assert verify(session).intact
    finally:
        from monitor.store.pool import close_pool

        close_pool(app.address)
        with psycopg.connect(store.address, autocommit=True) as connection:
            connection.execute("DROP USER app_login")


@pytest.mark.parametrize("table", PRIVATE)
def test_a_reader_sees_nobody_s_account(store, table):
    with psycopg.connect(store.address) as connection:
        connection.execute(f"SET ROLE {READER}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"SELECT * FROM {table}")


def test_the_list_of_tables_is_whole(store):
    with store.reading() as session:
        found = session.rows(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
    assert {name for (name,) in found} == {"schema_version", *TABLES}


def everything(store) -> dict[str, list]:
    with store.reading() as session:
        return {
            table: sorted(
                map(repr, session.rows(f"SELECT {', '.join(session.columns(table))} FROM {table}"))
            )
            for table in TABLES
            if table not in OF_ONE_DATABASE
        }


def test_a_log_goes_to_postgresql_and_back_with_its_hashes(store, postgres, tmp_path):
    team = team_of(store)
    seq = commands.log_action(store, team.volunteer, action(), LATER).seq
    commands.review_action(store, team.reviewer, seq, Decision.ACCEPTED, now=LATER)
    assert commands.load_links(store, checks(), name="l.csv", now=LATER).loaded
    commands.redact_entry(store, None, 20, "Ordonnance.", LATER)
    # The reviewer is none any more: an old review must not be refused on its way.
    commands.change_account(store, team.admin, "Sacha", Role.VOLUNTEER, now=LATER)
    file = open_store(f"sqlite:///{tmp_path / 'copie.db'}")
    there = commands.copy_database(store, file)
    back = open_store(postgres.fresh())
    again = commands.copy_database(file, back)
    assert there == again and there.intact
    assert everything(store) == everything(file) == everything(back)
    assert Snapshots(back).current().head == Snapshots(store).current().head
    with pytest.raises(Refused, match="append only"), back.writing() as session:
        session.execute("DELETE FROM action")
    postgres.drop(back.address)


def test_retractions_go_with_a_copy_and_take_the_same_away(store, postgres, tmp_path):
    """Of a person who came back, of another who did not, and of a mandate."""
    for name in ("hidalgo-paris", LYON):
        commands.retract_row(store, None, "signatories", "mouves-2014", (name,), "Homonyme.", LATER)
    with store.reading() as session:
        held = session.rows(
            "SELECT signatory_id, office, started_on FROM mandate "
            "WHERE signatory_id = :who ORDER BY started_on",
            who=LYON,
        )[0]
        people = session.rows(
            "SELECT s.signatory_id, x.name, s.commune, s.outcome FROM signatory s "
            "JOIN signatory_text x ON x.seq = s.seq WHERE s.signatory_id = :who",
            who=LYON,
        )
    commands.retract_row(store, None, "mandates", "mouves-2014", held, "Faux.", LATER)
    back = "signatory_id,name,commune,outcome\n" + ",".join(people[0]) + "\n"
    assert commands.load(
        store,
        "signatories",
        file_in_memory(back),
        pact_id="mouves-2014",
        name="s.csv",
        now=LATER,
        newer=True,
    ).loaded
    there = open_store(postgres.fresh())
    file = open_store(f"sqlite:///{tmp_path / 'copie.db'}")
    found = [commands.copy_database(store, there), commands.copy_database(there, file)]
    assert found[0] == found[1] and found[0].intact
    assert everything(store) == everything(there) == everything(file)
    heads, tables = zip(*map(shown, (store, there, file)), strict=True)
    assert len(set(heads)) == 1 and tables[0].equals(tables[1]) and tables[0].equals(tables[2])
    signatories = set(tables[0]["signatory_id"])
    assert LYON in signatories and "hidalgo-paris" not in signatories
    postgres.drop(there.address)


def shown(store):
    current = Snapshots(store).current()
    known = status.what_is_known(current.log("mouves-2014"))
    return current.head, status.fold(known, date(2018, 1, 1))


def test_a_copy_goes_into_an_empty_database_only(store, tmp_path):
    other = open_store(f"sqlite:///{tmp_path / 'autre.db'}")
    commands.init_database(other)
    for source, target in ((other, store), (store, other)):
        with pytest.raises(InvalidValue, match="target_not_empty"):
            commands.copy_database(source, target)


def test_a_backup_is_a_file_that_verifies_and_a_restore_says_where_to_put_it(store, tmp_path):
    found = commands.back_up(store, tmp_path / "copie.db")
    with store.reading() as session:
        assert verify(session) == found
    with pytest.raises(Refused, match="restore_into_new"):
        commands.restore_backup(store, tmp_path / "copie.db")


def test_a_database_without_tables_asks_for_init(url):
    with pytest.raises(DatabaseMissing), open_store(url).reading():
        pass


def test_init_twice_changes_nothing(store):
    before = everything(store)
    assert commands.init_database(store) == []
    assert everything(store) == before


def test_a_server_that_is_not_there_is_said_without_the_password():
    store = open_store("postgresql://camille:secret@127.0.0.1:1/monitor")
    with pytest.raises(DatabaseError) as raised, store.reading():
        pass
    assert raised.value.code == "database_unreachable"
    assert "secret" not in str(raised.value) and "127.0.0.1:1" in str(raised.value)
