"""One person of the team, alone, against what is public; and two servers as a day passes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from monitor import accounts, commands, status
from monitor.models import Role
from monitor.read.team_watch import TeamWatch
from monitor.snapshot import Snapshots
from monitor.store import open_store
from tests.support.app import open_page
from tests.support.size import FULL
from tests.support.team import LYON, sign_in

PACT = "mouves-2014"
ENGINES_OF_SERVERS = ("sqlite", "postgres") if FULL else ("sqlite",)


def public(store) -> tuple[int, int, int]:
    """(signatories, mandates, entries that count) of the site."""
    log = Snapshots(store).current().log(PACT)
    known = status.what_is_known(log)
    return len(known.signatories), len(known.mandates), int(log.actions.mask_counted(None).sum())


def operators_file(store) -> int:
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT seq FROM load WHERE content = 'actions' AND accepted = 1")
    return seq


def withdraw(store) -> None:
    app, seq = open_page("import", pacte=PACT), operators_file(store)
    app.text_input(key=f"_withdraw_reason_{seq}").set_value("Faux.").run()
    app.button(key=f"_withdraw_file_{seq}").click().run()


def retract(store, mandate: str = "") -> None:
    app = open_page("import", pacte=PACT)
    app.text_input(key="_retract_search").set_value("collomb").run()
    if mandate:
        app.selectbox(key=f"_retract_what_{LYON}").select(mandate).run()
    app.checkbox(key="_retract_sure").check().run()
    app.text_input(key="_retract_reason").set_value("Homonyme.").run()
    app.button(key="_retract_do").click().run()


def redact(store) -> None:
    app = open_page("equipe")
    app.text_input(key="_removal_seq").set_value("20").run()
    app.text_input(key="_removal_reason").set_value("Ordonnance.").run()
    app.checkbox(key="_removal_sure").check().run()
    app.button(key="_removal_remove").click().run()


def promote(store) -> None:
    app = open_page("equipe")
    app.radio(key="_role_Camille").set_value("admin").run()
    app.button(key="_save_Camille").click().run()


ALONE = {
    "a reviewer withdraws the operator's file": (Role.REVIEWER, withdraw),
    "an admin withdraws the operator's file": (Role.ADMIN, withdraw),
    "an admin retracts a signatory": (Role.ADMIN, retract),
    "an admin retracts a mandate": (
        Role.ADMIN,
        lambda store: retract(store, "mandates mayor 2014-03-30"),
    ),
    "an admin removes texts": (Role.ADMIN, redact),
    "an admin makes an admin": (Role.ADMIN, promote),
}


@pytest.mark.parametrize("name", ALONE)
def test_one_person_alone_takes_nothing_away_and_makes_no_admin(store, people, browser_of, name):
    role, act = ALONE[name]
    before = public(store)
    browser_of(people[role])
    act(store)
    with store.reading() as session:
        ((texts,),) = session.rows("SELECT count(*) FROM action_text WHERE salt IS NULL")
        admins = [one.name for one in accounts.all_accounts(session) if one.role is Role.ADMIN]
    assert (public(store), texts, admins) == (before, 0, ["Claude"])


@pytest.mark.parametrize("url", ENGINES_OF_SERVERS, indirect=True)
def test_two_servers_carry_out_once_what_nobody_stopped(url, caplog):
    early = datetime.now(UTC) - timedelta(hours=25)
    here = open_store(url)
    commands.init_database(here, now=early)
    asker = sign_in(here, "Sacha", Role.REVIEWER, early)
    sign_in(here, "Camille", Role.VOLUNTEER, early)  # who could have stopped it
    commands.request_withdrawal(here, asker, operators_file(here), "Faux.", early)
    watches = [TeamWatch(lambda: here, reached=timedelta(0)) for _ in range(4)]
    with ThreadPoolExecutor(len(watches)) as threads, caplog.at_level("INFO", "monitor.team"):
        found = list(threads.map(TeamWatch.look, watches))
    assert sorted(map(len, found)) == [0, 0, 0, 1] and "file_withdrawn" in caplog.text
    with here.reading() as session:
        assert session.rows("SELECT count(*) FROM withdrawal") == [(1,)]
        assert session.rows("SELECT way FROM request_end") == [("elapsed",)]
        assert session.rows("SELECT count(*) FROM team_act WHERE kind = 'elapsed'") == [(1,)]
