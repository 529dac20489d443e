"""Heads that were given out: written down, compared with the log, and what is not shown any more."""

import itertools
import json
import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from monitor import commands
from monitor.cli.main import main
from monitor.errors import DatabaseDamaged, InvalidValue, Refused
from monitor.models import Role
from monitor.read.housekeeping import Keeper, ShownHeads
from monitor.snapshot import Snapshots
from monitor.store import open_store
from monitor.store.heads import Head, published_text, read_heads
from monitor.store.remembered_heads import Memory
from tests.support.clock import NOW
from tests.support.server import get, run_server
from tests.support.team import action, sign_in
from tests.support.waiting import wait_until

ENGINES = ("sqlite", "postgres")


def today() -> str:
    """The day of the clock when it is asked for: a run may go past midnight."""
    return datetime.now(UTC).date().isoformat()


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    """What this machine remembers is in a folder of the test's own."""
    monkeypatch.setenv("MONITOR_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def grown(store, entries: int = 1, now: datetime | None = None) -> Head:
    """The head after so many more entries."""
    now = now or datetime.now(UTC)
    who = sign_in(store, f"V{random.random()}"[:20], Role.VOLUNTEER, now)
    for _ in range(entries):
        commands.log_action(store, who, action(), now)
    return commands.give_head(store, now)


def heads_txt(store) -> str:
    with store.reading() as session:
        return published_text(session)


def run(*arguments: str):
    return CliRunner().invoke(main, arguments, env={})


def test_a_new_database_says_on_what_day_it_was_made(store):
    with store.reading() as session:
        assert session.rows("SELECT seq, day FROM published_head") == [(0, today())]
    assert heads_txt(store) == "# seq hash day\n"


def test_each_head_is_given_out_once_a_day_and_the_text_only_grows(store):
    texts = []
    for hours in (0, 1, 24, 24, 25):
        commands.give_head(store, NOW + timedelta(hours=hours))
        texts.append(heads_txt(store))
    assert all(after.startswith(before) for before, after in itertools.pairwise(texts))
    days = [line.split()[2] for line in texts[-1].splitlines()[1:]]
    assert days == ["2026-03-02", "2026-03-03"]


def test_an_export_gives_the_head_out(store, tmp_path, monkeypatch):
    head = Snapshots(store).current().head
    assert run("export", "--to", str(tmp_path / "out")).exit_code == 0
    seq, hash_ = head.split(":")
    assert f"{seq} {hash_} {today()}\n" in heads_txt(store)


def kept(store, tmp_path, change=lambda text: text) -> Path:
    """A copy of /heads.txt with three heads, changed."""
    for days in range(3):
        grown(store, now=NOW + timedelta(days=days))
    file = tmp_path / "heads.txt"
    made = change(heads_txt(store))
    file.write_bytes(made if isinstance(made, bytes) else made.encode())
    return file


def lines(text: str) -> list[str]:
    return text.splitlines()


def shuffled(text: str) -> str:
    title, *rest = lines(text)
    random.Random(4).shuffle(rest)
    return "\n".join([*rest, title])


#: How a file of heads comes back from wherever it was kept: each still proves every head in it.
FORMS = {
    "as it came": lambda text: text,
    "reordered": shuffled,
    "with the lines of Windows": lambda text: text.replace("\n", "\r\n"),
    "with a mark of UTF-8": lambda text: "\ufeff" + text,
    "in UTF-16": lambda text: text.encode("utf-16"),
    "without its last newline": lambda text: text.rstrip("\n"),
    "without its first line": lambda text: "\n".join(lines(text)[1:]),
    "fewer": lambda text: "\n".join(lines(text)[:2]),
    "each twice": lambda text: text + text,
    "as pages show a head": lambda text: "\n".join(
        ":".join(line.split()[:2]) for line in lines(text)[1:]
    ),
    "as a table": lambda text: "\n".join(",".join(line.split()) for line in lines(text)[1:]),
    "in capitals": lambda text: text.upper().replace("# SEQ", "# seq"),
    "with empty lines": lambda text: text.replace("\n", "\n\n"),
}


@pytest.mark.sqlite
@pytest.mark.parametrize("change", FORMS.values(), ids=FORMS.keys())
def test_a_kept_file_proves_every_head_in_whatever_form_it_comes_back(store, tmp_path, change):
    found = run("verify", "--heads", str(kept(store, tmp_path, change)))
    assert found.exit_code == 0, found.output
    assert "dans ce journal" in found.output


#: What is wrong with the file itself, and what is said.
BAD_FILES = {
    "cut within a hash": (lambda text: text.rstrip("\n")[:-30], "Ligne 4"),
    "cut within a day": (lambda text: text.rstrip("\n")[:-1], "Ligne 4"),
    "empty": (lambda text: "", "ne contient aucune tête"),
    "its first line alone": (lambda text: lines(text)[0], "ne contient aucune tête"),
    "a page": (lambda text: "<!doctype html>\n<p>503</p>", "ne contient aucune tête"),
    "bytes": (lambda text: bytes(range(256)) * 9, "ne contient aucune tête"),
    "a number that no log has": (lambda text: text + f"{10**18} {'a' * 64}\n", "au-delà de la fin"),
    "no day": (lambda text: text.replace("-03-", "-13-"), "n’est pas une tête"),
    "a line of another log": (lambda text: text + f"5 {'5' * 64}\n", "mêle deux journaux"),
    "two hashes of one entry": (
        lambda text: text + f"{text.split()[-3]} {'5' * 64}\n",
        "mêle deux journaux",
    ),
    "another hash": (lambda text: text.replace(text.split()[-2], "0" * 64), "n’a pas l’empreinte"),
    "of another log": (
        lambda text: "\n".join(f"{n} {str(n) * 64} 2026-03-02" for n in range(1, 4)),
        "le fichier d’un autre journal",
    ),
}


@pytest.mark.sqlite
@pytest.mark.parametrize(("change", "expected"), BAD_FILES.values(), ids=BAD_FILES.keys())
def test_what_a_kept_file_cannot_prove_is_said_with_its_line(store, tmp_path, change, expected):
    found = run("verify", "--heads", str(kept(store, tmp_path, change)))
    assert found.exit_code == 1 and expected in found.output, found.output
    assert "Traceback" not in found.output


def test_an_older_copy_of_the_log_lacks_the_last_heads(store, tmp_path):
    commands.back_up(store, tmp_path / "older.db")
    file = kept(store, tmp_path)
    older = {"MONITOR_DATABASE": f"sqlite:///{tmp_path / 'older.db'}"}
    found = CliRunner().invoke(main, ["verify", "--heads", str(file)], env=older)
    assert found.exit_code == 1 and "Des entrées publiées manquent" in found.output


def test_a_log_that_was_written_anew_has_none_of_the_heads(store, tmp_path):
    file = kept(store, tmp_path)
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    commands.init_database(other, now=NOW)
    kept(other, tmp_path / ".." / tmp_path.name)
    env = {"MONITOR_DATABASE": other.url}
    file.write_text(heads_txt(store))
    found = CliRunner().invoke(main, ["verify", "--heads", str(file)], env=env)
    assert found.exit_code == 1 and "le fichier d’un autre journal" in found.output


@pytest.mark.sqlite
def test_the_entry_up_to_which_two_logs_are_the_same_is_said(store, tmp_path):
    grown(store, now=NOW)
    shutil.copy(store.path, tmp_path / "fork.db")
    file = kept(store, tmp_path)
    fork = open_store(f"sqlite:///{tmp_path / 'fork.db'}")
    for days in range(4):
        grown(fork, now=NOW + timedelta(days=days))
    env = {"MONITOR_DATABASE": fork.url}
    found = CliRunner().invoke(main, ["verify", "--heads", str(file)], env=env)
    assert found.exit_code == 1 and "le même jusqu’à l’entrée n°\u00a055" in found.output, (
        found.output
    )


def test_what_was_shown_is_remembered_outside_the_database(store, state):
    shown = ShownHeads(lambda: store)
    snapshot = Snapshots(store).current()
    shown.approve(snapshot)
    shown.approve(snapshot)
    (file,) = state.iterdir()
    assert read_heads(file.read_text()).heads == {1: Head(snapshot.seq, snapshot.hash, today())}
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.sqlite
@pytest.mark.parametrize("how", ["older", "another", "rewritten"])
def test_a_log_that_lacks_what_was_shown_is_not_shown_until_the_operator_says_so(
    store, tmp_path, how
):
    shutil.copy(store.path, tmp_path / "older.db")
    grown(store, 2)
    ShownHeads(lambda: store).approve(Snapshots(store).current())
    if how == "another":
        (tmp_path / "older.db").unlink()
        commands.init_database(open_store(f"sqlite:///{tmp_path / 'older.db'}"), now=NOW)
    shutil.copy(tmp_path / "older.db", store.path)
    if how == "rewritten":
        grown(store, 5)
    fresh = ShownHeads(lambda: store)
    for _ in range(2):
        with pytest.raises(DatabaseDamaged, match="log_rewritten"):
            fresh.check(Snapshots(store).current())
    assert run("accept-rewrite").exit_code == 2
    assert run("accept-rewrite", "--reason", " ").exit_code == 1
    with pytest.raises(DatabaseDamaged, match="log_rewritten"):
        fresh.check(Snapshots(store).current())
    accepted = run("accept-rewrite", "--reason", "Une copie remise\nà sa place.")
    assert accepted.exit_code == 0 and "le montre de nouveau" in accepted.output
    fresh.approve(Snapshots(store).current())
    ShownHeads(lambda: store).approve(Snapshots(store).current())
    assert "Une copie remise à sa place." in heads_txt(store)
    assert run("accept-rewrite", "--reason", "encore").exit_code == 1
    assert run("verify").exit_code == 0


@pytest.mark.sqlite
def test_heads_of_before_a_rewriting_stay_in_the_text_and_the_reason_is_given(store, tmp_path):
    shutil.copy(store.path, tmp_path / "older.db")
    lost = grown(store)
    ShownHeads(lambda: store).approve(Snapshots(store).current())
    before = heads_txt(store)
    shutil.copy(tmp_path / "older.db", store.path)
    assert run("accept-rewrite", "--reason", "Disque perdu.").exit_code == 0
    after = heads_txt(store)
    assert lost.line in after and set(lines(before)) <= set(lines(after))
    (tmp_path / "kept.txt").write_text(after)
    found = run("verify", "--heads", str(tmp_path / "kept.txt"))
    assert found.exit_code == 1 and "Disque perdu." in found.output


@pytest.mark.sqlite
def test_what_is_remembered_survives_a_line_that_was_cut_short(store, state):
    shown = ShownHeads(lambda: store)
    shown.approve(Snapshots(store).current())
    (file,) = state.iterdir()
    file.write_bytes(file.read_bytes() + b"99 abc")
    grown(store)
    again = ShownHeads(lambda: store)
    again.approve(Snapshots(store).current())
    found = Memory(file).heads()
    assert [head.seq for head in found] == [54, 55]


@pytest.mark.sqlite
def test_where_nothing_can_be_remembered_it_is_said_once_and_pages_go_on(store, state, caplog):
    state.parent.mkdir(exist_ok=True)
    state.write_text("a file in the place of the folder")
    shown = ShownHeads(lambda: store)
    for _ in range(3):
        shown.approve(Snapshots(store).current())
    assert caplog.text.count("what was shown cannot be read") == 1


@pytest.mark.processes
@pytest.mark.sqlite
def test_a_server_refuses_a_log_that_was_put_back_and_says_so_everywhere(store, tmp_path):
    shutil.copy(store.path, tmp_path / "older.db")
    grown(store, 2)
    log = tmp_path / "log"
    with run_server(store.url, log=log) as address:
        wait_until(lambda: f"{today()}\n" in get(f"{address}/heads.txt")[2].decode())
        head = json.loads(get(f"{address}/healthz")[2])["head"]
        assert " ".join(head.split(":")) in get(f"{address}/heads.txt")[2].decode()
    shutil.copy(tmp_path / "older.db", store.path)
    with run_server(store.url, log=log) as address:
        wait_until(lambda: get(f"{address}/healthz")[0] == 503)
        body = get(f"{address}/healthz")[2]
        assert "no longer holds entry\u00a056".encode() in body and b"python" not in body
        for path in ("/flux.atom", "/ville/69123", "/api/v1/actions.csv", "/heads.txt"):
            assert get(f"{address}{path}")[0] == 503, path
        assert get(f"{address}/readyz")[0] == 200  # its page says why
        assert "log_rewritten" in log.read_text("utf-8")
        assert run("accept-rewrite", "--reason", "Une copie.").exit_code == 0
        wait_until(lambda: get(f"{address}/healthz")[0] == 200)
        assert get(f"{address}/flux.atom")[0] == 200
        assert b"Une copie." in get(f"{address}/heads.txt")[2]
    assert "Traceback" not in log.read_text("utf-8")


@pytest.mark.parametrize("days", [93, 365, 3650])
def test_a_clock_that_jumped_ahead_writes_nothing_until_it_is_confirmed(store, days):
    ahead = datetime.now(UTC) + timedelta(days=days)
    who = sign_in(store, "Camille", Role.VOLUNTEER, ahead)
    before = Snapshots(store).current().head
    for _ in range(2):
        with pytest.raises(Refused, match="clock_ahead"):
            commands.log_action(store, who, action(), ahead)
    with pytest.raises(Refused, match="clock_ahead"):
        commands.give_head(store, ahead)
    assert Snapshots(store).current().head == before
    with pytest.raises(InvalidValue, match="not_today"):
        commands.confirm_clock(store, datetime.now(UTC).date(), ahead)
    commands.confirm_clock(store, ahead.date(), ahead)
    assert commands.give_head(store, ahead)


@pytest.mark.parametrize("days", [0, 1, 60, 91])
def test_a_clock_that_nobody_need_doubt_is_believed(store, days):
    now = datetime.now(UTC) + timedelta(days=days)
    assert commands.give_head(store, now).day == now.date().isoformat()


def test_a_server_that_gives_a_head_out_each_day_may_be_silent_for_years(store):
    """Nobody writes, but each day is known."""
    now = datetime.now(UTC)
    for months in range(1, 30):
        assert commands.give_head(store, now + timedelta(days=30 * months))


def test_a_clock_that_went_a_year_back_is_said_and_nothing_is_dated_before_what_there_is(store):
    grown(store)
    keeper = Keeper(lambda: store)
    commands.confirm_clock(
        store,
        (datetime.now(UTC) + timedelta(days=365)).date(),
        datetime.now(UTC) + timedelta(days=365),
    )
    keeper.look()
    assert keeper.doubts["clock_behind"].values["now"] == today()
    grown(store)
    with store.reading() as session:
        times = [at for (at,) in session.rows("SELECT recorded_at FROM entry ORDER BY seq")]
    assert times == sorted(times)


def test_a_clock_changed_while_the_server_runs_is_said(store, caplog):
    keeper = Keeper(lambda: store)
    keeper.look()
    assert not keeper.doubts.keys() & {"clock_jumped", "clock_behind"}
    keeper._offset -= 20 * 86_400
    keeper.look()
    keeper.look()
    assert keeper.doubts["clock_jumped"].values["hours"] == 480
    assert caplog.text.count("clock_jumped") == 1


@pytest.mark.sqlite
def test_restore_and_init_say_what_the_server_will_not_show(store, tmp_path):
    commands.back_up(store, tmp_path / "older.db")
    grown(store)
    ShownHeads(lambda: store).approve(Snapshots(store).current())
    result = run("restore", str(tmp_path / "older.db"))
    assert result.exit_code == 0 and "accept-rewrite" in result.output
    assert "accept-rewrite" in run("init").output
    assert run("accept-rewrite", "--reason", "Disque mort.").exit_code == 0
    assert "accept-rewrite" not in run("init").output
