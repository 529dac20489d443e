"""`init --empty`: an empty database in the usual place, where the packaged example stood or not."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor import commands
from monitor.cli.main import main
from monitor.store import open_store
from monitor.store.heads import Head
from monitor.store.remembered_heads import memory_of


@pytest.fixture
def database(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "data" / "monitor.db"
    monkeypatch.setenv("MONITOR_DATABASE", f"sqlite:///{path}")
    return path


def run(*arguments: str):
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.stderr
    return result.stderr


def pacts(path: Path) -> list[str]:
    with open_store(f"sqlite:///{path}").reading() as session:
        return [pact for (pact,) in session.rows("SELECT DISTINCT pact_id FROM pact")]


def kept_beside(path: Path) -> list[Path]:
    return sorted(one for one in path.parent.glob("*.before-*") if one.suffix != ".heads")


def test_the_example_alone_is_kept_in_another_file_that_is_named(database):
    run("init")
    told = run("init", "--empty")
    (kept,) = kept_beside(database)
    assert str(kept) in told and "est prête, et vide" in told
    assert (pacts(database), pacts(kept)) == ([], ["mouves-2014"])


def test_the_heads_that_were_shown_of_the_example_go_with_it(database):
    run("init")
    store = open_store()
    shown = [Head(12, "ab" * 32, "2026-11-01")]
    memory_of(store).note(shown)
    assert "ne contient plus" not in run("init", "--empty")
    (kept,) = kept_beside(database)
    assert memory_of(store).heads() == []
    assert memory_of(open_store(f"sqlite:///{kept}")).heads() == shown


def test_an_empty_database_stays_empty_when_it_is_brought_up_to_date(database):
    run("init", "--empty")
    assert "data/mouves-2014" in run("init")
    assert pacts(database) == []


def add_an_account(store):
    run("user", "add", "Camille", "--role", "admin")


def load_a_demo(store):
    commands.load_demo(store, signatories=3)


def take_an_official_back(store):
    run("retract", "signatory", "collomb-lyon", "--reason", "Essai.")


@pytest.mark.parametrize("change", [add_an_account, load_a_demo, take_an_official_back])
def test_what_anybody_has_added_to_the_example_is_left_where_it_is(database, change):
    run("init")
    change(open_store())
    told = run("init", "--empty")
    assert "contient déjà un pacte" in told and "mon-pacte.db" in told
    assert kept_beside(database) == []
    assert "mouves-2014" in pacts(database)
