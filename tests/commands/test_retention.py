"""What is kept of people is kept for as long as the page of privacy says, and no longer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from monitor import commands
from monitor.accounts.retention import RETENTIONS, purge_expired
from monitor.errors import Refused
from monitor.read.purger import Purger
from monitor.store.journal import timestamp
from tests.support.clock import NOW
from tests.support.team import action

ENGINES = ("sqlite", "postgres")
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def about(store, team):
    """An entry that there are messages about."""
    return commands.log_action(store, team.volunteer, action(), NOW).seq


def put(store, one, seq: int, name: str, at) -> None:
    """A row of that table, which begins or ends at that time."""
    when = timestamp(at)
    rows = {
        "sign_in_failure": {
            "id": seq,
            "name_hash": name,
            "address": "192.0.2.1",
            "failed_at": when,
        },
        "web_session": {
            "token_hash": name,
            "name": "Camille",
            "began_at": when,
            "expires_at": when,
        },
        "activation": {"token_hash": name, "name": "Camille", "expires_at": when},
        "identity": {"issuer": "https://i", "subject": name, "asked_at": timestamp(NOW)}
        | {one.column: when},
        "sign_in_step": {"token_hash": name, "name": "Camille", "expires_at": when},
        "known_device": {
            "token_hash": name,
            "name": "Camille",
            "given_at": when,
            "expires_at": when,
        },
        "draft": {"name": "Camille", "purpose": name, "content": "x", "saved_at": when},
        "proposed_pact": {
            "author": "Claude" if name == "young" else "Camille",  # one of each account
            "proposed_at": when,
            "digest": "0" * 64,
            "files": "[]",
        },
        "message": {
            "id": seq,
            "action_seq": 55,
            "author": "Camille",
            "sent_at": when,
            "words": "x",
        },
    }
    row = rows[one.table]
    with store.writing() as session:
        session.insert(one.table, tuple(row), [tuple(row.values())])


def count(store, table: str) -> int:
    with store.reading() as session:
        ((found,),) = session.rows(f"SELECT count(*) FROM {table}")
    return found


@pytest.mark.parametrize("one", RETENTIONS, ids=lambda one: one.code)
def test_what_has_been_kept_for_its_time_goes_and_what_is_younger_stays(store, team, about, one):
    before = count(store, one.table)
    put(store, one, 1_001, "old", NOW - one.after - A_SECOND)
    put(store, one, 1_002, "young", NOW - one.after + A_SECOND)
    assert purge_expired(store, NOW) == {one.code: 1}
    assert count(store, one.table) == before + 1
    assert purge_expired(store, NOW) == {}


def test_by_a_clock_that_runs_a_year_ahead_nothing_is_over(store, team, about):
    one = next(one for one in RETENTIONS if one.code == "drafts")
    put(store, one, 1_001, "young", NOW)
    with pytest.raises(Refused, match="clock_ahead"):
        purge_expired(store, NOW + timedelta(days=400))
    assert count(store, "draft") == 1


def test_an_admitted_person_is_not_taken_for_one_who_waits(store, team):
    (strangers,) = (one for one in RETENTIONS if one.code == "strangers")
    put(store, strangers, 1, "s", NOW - timedelta(days=400))
    with store.writing() as session:
        session.execute("UPDATE identity SET name = 'Camille'")
    assert purge_expired(store, NOW) == {}


def test_several_servers_at_once_delete_it_once(store, team, about):
    for number, one in enumerate(RETENTIONS, 2_000):
        put(store, one, number, one.code, NOW - one.after - A_SECOND)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: purge_expired(store, NOW), range(4)))
    assert [found for found in done if found] == [dict.fromkeys((o.code for o in RETENTIONS), 1)]


def test_the_server_does_it_by_itself_and_says_what(store, team, caplog):
    (failures,) = (one for one in RETENTIONS if one.code == "sign_in_failures")
    put(store, failures, 1, "old", NOW - timedelta(days=2))
    purger = Purger(lambda: store)
    assert purger.look()["sign_in_failures"] == 1 and purger.at is not None
    assert "deleted: sign_in_failures 1" in caplog.text
