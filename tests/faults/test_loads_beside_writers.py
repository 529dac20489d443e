"""A file is checked beside those who write, and written at once: whole, in order, on today's log. Who
comes while it is being written is let in before it."""

import csv
import errno
import gc
import io
import os
import signal
import threading
import time
from collections import Counter
from functools import partial

import pytest

from monitor import commands
from monitor.accounts import Bearer
from monitor.accounts.people import set_excluded_communes
from monitor.commands.loading import file_in_memory
from monitor.commands.staging import Draft
from monitor.errors import Changed, DatabaseError, NotAllowed, NotFound, Refused
from monitor.intake import MendedTable, Mending, Row
from monitor.models import Decision, Role
from monitor.queries.notices import count_to_review
from monitor.queries.published import published_entries
from monitor.queries.team import entries_of, recent_files, unfinished_files
from monitor.snapshot import Snapshots
from monitor.status import what_is_known
from monitor.store import open_store
from monitor.store.base import HOLD_SECONDS
from monitor.store.decisions import COUNTING_FILES
from monitor.store.disk_space import check_writable
from monitor.store.guards import COMMUNES_OF_FILE
from monitor.store.journal import verify
from monitor.store.pacts_and_areas import current_pact, list_pacts
from monitor.store.sqlite import BUSY_SECONDS
from monitor.store.sqlite_schema import make_tables
from monitor.store.trial import try_in_copy
from tests.support.clock import NOW
from tests.support.forked import fork_module
from tests.support.killed_load import is_awaited
from tests.support.paths import ROOT
from tests.support.processes import begin, read_acknowledged, waiting_writer
from tests.support.size import pick_amount, print_measure
from tests.support.team import LATER, action, sign_in
from tests.support.waiting import LONGEST, wait_until
from tests.support.whole_pacts import SHEETS, load_sheets, workbook

ENGINES = ("sqlite", "postgres")
CAMILLE, DOMINIQUE = ("Camille", Role.VOLUNTEER), ("Dominique", Role.VOLUNTEER)
MAXIME = ("Maxime", Role.REVIEWER)
PACT, PARIS, LYON = "mouves-2014", "hidalgo-paris", "collomb-lyon"
HEADER = (
    "action_id,signatory_id,measure,happened_on,kind,status,summary,source_kind,source_title,"
    "supersedes,reason\n"
)
#: What decisions ask of a file.
ENTRIES_OF_FILE = (
    "SELECT t.seq FROM entry e JOIN action t ON t.seq = e.seq "
    "WHERE e.load_seq = :load AND t.seq > :load AND t.version > 1"
)
#: The first is corrected by the last: both are entries of this file.
ROWS = (
    f"one,{PARIS},1,2018-03-01,,decided,Acte,press,Titre,,\n"
    f"two,{PARIS},2,2018-03-01,note,,Une note.,,,,\n"
    f"fix,{PARIS},1,2018-03-01,,announced,Acte,press,Titre,one,Erreur\n"
)
SIGNED = "signatory_id,name,commune,signed_on\nnew,Une Personne,75056,2014-03-01\n"


class Meanwhile:
    """Somebody who writes something whenever a part of the file has been checked, at most so often."""

    def __init__(self, writes, times: int = 1):
        self._writes, self.left = writes, times

    def __call__(self, _rows: int) -> None:
        if self.left:
            self.left -= 1
            self._writes()


def load(store, text=HEADER + ROWS, content="actions", **options):
    options = {"name": "f.csv", "now": LATER, **options}
    return commands.load(store, content, file_in_memory(text), pact_id=PACT, **options)


def entry_by(store, **values):
    """Who saves one entry of their own."""
    who = sign_in(store, "Camille", Role.VOLUNTEER, NOW)
    return lambda: commands.log_action(store, who, action(**values), LATER)


def log_of(store) -> list[tuple]:
    """(id, id of what it supersedes, entry of its file, first version) of the entries since the pact."""
    with store.reading() as session:
        assert verify(session).intact
        return session.rows(
            "SELECT CASE WHEN e.load_seq IS NULL THEN 'web' ELSE a.action_id END, t.action_id, "
            "e.load_seq - e.seq, a.seq - a.first FROM entry e JOIN action a ON a.seq = e.seq "
            "LEFT JOIN action t ON t.seq = a.supersedes WHERE e.seq > 54 ORDER BY e.seq"
        )


@pytest.mark.parametrize("trial", [True, False], ids=["trial", "load"])
def test_who_saves_an_entry_while_a_file_is_checked_does_not_wait(store, trial):
    meanwhile = Meanwhile(entry_by(store))
    report = load(store, progress=meanwhile, dry_run=trial)
    assert meanwhile.left == 0 and report.loaded is not trial
    written = [("one", None, -1, 0), ("two", None, -2, 0), ("fix", "one", -3, 0)]
    assert log_of(store) == [("web", None, None, 0), *([] if trial else written)]


def test_cells_that_were_mended_are_told_of_their_file_beside_who_writes(store):
    mending = Mending(cells={(3, "summary"): "Une autre.", (2, "status"): "announced"})
    table = MendedTable(io.BytesIO((HEADER + ROWS).encode()), "actions", mending)
    beside = Meanwhile(entry_by(store, measure="2"))
    report = commands.load(
        store, "actions", table, pact_id=PACT, name="f.csv", now=LATER, progress=beside
    )
    assert report.loaded and not beside.left
    with store.reading() as session:
        mended = session.rows(
            "SELECT m.line, m.column_name, m.was, m.became, l.file_name FROM mended_cell m "
            "JOIN load l ON l.seq = m.load_seq ORDER BY m.line"
        )
    assert [tuple(row) for row in mended] == [
        (2, "status", "decided", "announced", "f.csv"),
        (3, "summary", None, None, "f.csv"),
    ]


def test_who_saves_what_a_file_is_about_has_it_checked_once_more(store):
    read = []
    about = entry_by(store, signatory_id=PARIS)
    meanwhile = Meanwhile(about)
    report = load(store, progress=lambda rows: (read.append(rows), meanwhile(rows)))
    assert report.loaded and read == [3, 3]
    with store.reading() as session:
        revs = session.rows(
            "SELECT a.rev FROM action a JOIN commitment c ON c.id = a.commitment_id "
            "WHERE c.signatory_id = :name AND c.measure_id = '1' AND a.seq > 54 ORDER BY a.seq",
            name=PARIS,
        )
    assert [rev for (rev,) in revs] == list(range(revs[0][0], revs[0][0] + 3))
    assert len(log_of(store)) == 4


def test_a_file_that_somebody_loads_meanwhile_is_not_loaded_twice(store):
    meanwhile = Meanwhile(lambda: load(store))
    report = load(store, progress=meanwhile)
    assert report.outcomes == {"unchanged": 3} and len(log_of(store)) == 3


def test_who_writes_again_and_again_lets_a_file_in_at_last(store):
    read = []
    meanwhile = Meanwhile(entry_by(store, signatory_id=PARIS), times=3)
    assert load(store, progress=lambda rows: (read.append(rows), meanwhile(rows))).loaded
    assert read == [3, 3, 3, 3]  # the last time under the lock
    assert len(log_of(store)) == 6


def test_refused_rows_are_written_once_where_the_file_was_checked_twice(store):
    out = io.StringIO()
    bad = f"bad,{PARIS},99,2018-03-01,,decided,Acte,press,Titre,,\n"
    meanwhile = Meanwhile(entry_by(store, signatory_id=PARIS))
    report = load(store, HEADER + ROWS + bad, progress=meanwhile, rejects=out, skip_rejected=True)
    assert report.loaded and report.outcomes == {"created": 3, "rejected": 1}
    assert [row[0] for row in csv.reader(io.StringIO(out.getvalue()))] == ["rejected_line", "5"]


def test_new_signatories_keep_their_commitments_beside_who_writes(store):
    meanwhile = Meanwhile(entry_by(store))
    assert load(store, SIGNED, "signatories", progress=meanwhile).loaded
    log_of(store)
    with store.reading() as session:
        made = session.rows("SELECT id FROM commitment WHERE signatory_id = 'new'")
        assert len(made) == len(
            session.rows("SELECT id FROM commitment WHERE signatory_id = :name", name=LYON)
        )


def _of_2014(cell: str) -> str:
    for there, here in (("2026", "2014"), ("2030", "2018"), ("2032", "2020")):
        cell = cell.replace(there, here)
    return cell


#: A small pact, of the term in which these tests write.
WHOLE = {title: [tuple(map(_of_2014, row)) for row in rows] for title, rows in SHEETS.items()}


def load_pact(store, sheets=WHOLE, **options):
    return load_sheets(store, sheets, **{"now": LATER, **options})


#: One entry more.
MORE = {**WHOLE, "actions": [*WHOLE["actions"], ("a2", "s1", "2", "2014-04-03", "Arceaux")]}


@pytest.fixture(params=["new", "known", "most of the log"])
def pact(store, request, monkeypatch):
    """A pact that is not in the log yet, or is, without some of its rows; one that is most of a large
    log is copied otherwise."""
    if request.param != "new":
        assert load_pact(store).loaded
    if request.param == "most of the log":
        monkeypatch.setattr("monitor.store.trial.FEW", 0)


@pytest.mark.parametrize("trial", [True, False], ids=["trial", "load"])
def test_who_saves_while_a_whole_pact_is_checked_does_not_wait(store, pact, trial):
    save, waited = entry_by(store), []

    def save_timed():
        began = time.perf_counter()
        save()
        waited.append(time.perf_counter() - began)

    whole = load_pact(store, MORE, progress=Meanwhile(save_timed), dry_run=trial)
    assert whole.is_whole and whole.loaded is not trial
    assert len(waited) == 1 and waited[0] < BUSY_SECONDS / 2
    assert all(report.loaded is not trial for report in whole.reports)
    names = [row[0] for row in log_of(store)]
    assert names[-1] == ("web" if trial else "a2") and names.count("web") == 1


@pytest.mark.parametrize("trial", [True, False], ids=["preview", "dry run"])
def test_a_whole_pact_is_looked_at_while_somebody_writes(store, pact, trial):
    files = [("pacte.xlsx", workbook(MORE))]
    with store.writing():
        whole = (
            commands.preview_pact(store, files, "fr")
            if trial
            else load_pact(store, MORE, dry_run=True)
        )
    assert whole.is_whole and not whole.loaded


@pytest.mark.sqlite
@pytest.mark.parametrize("step", [0, 1], ids=["begun anew", "whole at once, in the end"])
def test_a_copy_that_is_made_while_others_write_is_of_one_moment(
    store, tmp_path, monkeypatch, step
):
    save = entry_by(store)

    class Clock:
        """Somebody saves at its fifth look."""

        looks = 0

        def monotonic(self) -> float:
            self.looks += 1
            if self.looks == 5:
                save()
            return self.looks * step

    monkeypatch.setattr("monitor.store.sqlite_session._PAGES", 1)
    monkeypatch.setattr("monitor.store.sqlite_session.time", clock := Clock())
    store.copy_to(tmp_path / "copy.db")
    assert clock.looks > 60
    assert log_of(open_store(f"sqlite:///{tmp_path / 'copy.db'}")) == log_of(store) != []


@pytest.mark.parametrize("few", [0, 300], ids=["of a large log", "of a small one"])
@pytest.mark.parametrize("pact_id", [PACT, "velo-2014"])
def test_a_copy_in_which_something_is_tried_is_left_behind_by_nobody(
    store, tmp_path, monkeypatch, pact_id, few
):
    """Not even by a process that is killed meanwhile. Of a log of another pact, none of its rows is
    copied."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("monitor.store.trial.FEW", few)
    with try_in_copy(store, pact_id) as session:
        assert (session.rows("SELECT count(*) FROM signatory") != [(0,)]) is (pact_id == PACT)
        assert not [*tmp_path.rglob("trial.db*")]


@pytest.mark.parametrize("few", [0, 300], ids=["of a large log", "of a small one"])
def test_what_the_rules_of_the_log_forbid_is_refused_in_such_a_copy(store, monkeypatch, few):
    monkeypatch.setattr("monitor.store.trial.FEW", few)
    columns = ("seq", "recorded_at", "author", "subject", "salt", "texts_digest", "hash")
    row = (10**6, "2026-01-01T00:00:00.000000Z", "operator", "pact", "5" * 32, "", "0" * 64)
    with pytest.raises(Refused) as raised, try_in_copy(store, PACT) as session:
        session.insert("entry", columns, [row])
    assert raised.value.values["rule"] == "entry: a gap or a fork in the chain"


@pytest.mark.sqlite
def test_no_room_for_the_copy_of_a_large_pact_is_said(store, monkeypatch):
    def pick_amount(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    load_pact(store)
    monkeypatch.setattr("monitor.store.trial.SHARE", 0)
    monkeypatch.setattr("monitor.store.trial.FEW", 0)
    monkeypatch.setattr("monitor.store.trial.TemporaryDirectory", pick_amount)
    with pytest.raises(DatabaseError) as raised:
        load_pact(store, dry_run=True)
    assert raised.value.code == "temporary_unwritable"


def test_no_room_for_what_is_tried_is_said(store, monkeypatch):
    def make_full(connection):
        make_tables(connection)
        connection.execute("PRAGMA max_page_count = 1")  # no more than it has

    monkeypatch.setattr("monitor.store.trial.make_tables", make_full)
    with pytest.raises(DatabaseError) as raised:
        load_pact(store, dry_run=True)
    assert raised.value.code == "disk_full"


def test_who_saves_what_a_whole_pact_is_about_has_it_checked_once_more(store):
    load_pact(store)
    read = []
    about = entry_by(store, pact_id="velo-2014", signatory_id="s1", measure="1")
    meanwhile = Meanwhile(about)
    out = {}

    def rejects(content):
        return out.setdefault(content, io.StringIO())

    whole = load_pact(
        store, MORE, progress=lambda rows: (read.append(rows), meanwhile(rows)), rejects=rejects
    )
    assert whole.loaded and read == [2, 2, 2, 2]
    assert [row[0] for row in log_of(store)] == ["a1", "web", "a2"]


def test_a_whole_pact_that_somebody_loads_meanwhile_is_not_loaded_twice(store, pact):
    meanwhile = Meanwhile(lambda: load_pact(store, MORE))
    whole = load_pact(store, MORE, progress=meanwhile)
    assert {*whole.reports[-1].outcomes} == {"unchanged"}
    assert [row[0] for row in log_of(store)] == ["a1", "a2"]


def test_who_saves_while_a_whole_pact_is_written_is_let_in_before_it(
    store, pact, impatient, when_written
):
    saver = threading.Thread(target=entry_by(store))

    def come(session):
        if not saver.ident:
            saver.start()
            wait_until(lambda: is_awaited(store, session), every=0.001)

    when_written(come)
    more = [(f"n{n}", "s1", "1", "2014-04-03", "Vu") for n in range(300)]
    assert load_pact(store, {**WHOLE, "actions": [*WHOLE["actions"], *more]}).loaded
    saver.join()
    names = [row[0] for row in log_of(store)]
    assert names[-300:] == [f"n{n}" for n in range(300)] and "web" in names


#: Enough to be stopped on the way.
NOTE = f"n{{}},{PARIS},1,2018-03-01,note,,Une note.,,,,\n"
MEMORABLE = HEADER + "".join(
    f"n{number},{PARIS},1,{2015 + number // 336}-{1 + number % 336 // 28:02}-{1 + number % 28:02},"
    ",decided,Acte,press,Titre,,\n"
    for number in range(1_000)
)
MANY = HEADER + "".join(map(NOTE.format, range(1_000)))


@pytest.fixture
def impatient(monkeypatch):
    """Nobody waits for a file, however short it is."""
    monkeypatch.setattr("monitor.store.sqlite_session.HOLD_SECONDS", 0)
    monkeypatch.setattr("monitor.store.postgres.HOLD_SECONDS", 0)
    monkeypatch.setattr("monitor.store.postgres._AT_ONCE", 100)


@pytest.fixture
def when_written(monkeypatch):
    """Has something done each time that a file holds the lock and is about to be written."""

    def do(what):
        stands = Draft.stands

        def then(self, session, about):
            what(session)
            return stands(self, session, about)

        monkeypatch.setattr(Draft, "stands", then)

    return do


def test_who_saves_an_entry_while_a_file_is_written_is_let_in_before_it(
    store, impatient, when_written
):
    saver = threading.Thread(target=entry_by(store))

    def come(session):
        if not saver.ident:
            saver.start()
            wait_until(lambda: is_awaited(store, session), every=0.001)

    when_written(come)
    assert load(store, MANY).loaded
    saver.join()
    assert [row[0] for row in log_of(store)] == ["web", *(f"n{number}" for number in range(1_000))]


def test_so_is_who_saves_from_another_process(here, token, impatient, when_written):
    saver = waiting_writer(here.url, token, 1)
    drawn = here.path.with_name("monitor.db.lock")
    times = []

    def come(_session):
        times.append(os.stat(drawn).st_mtime_ns)
        if len(times) == 1:
            begin(saver)
            wait_until(lambda: os.stat(drawn).st_mtime_ns > times[0], every=0.001)

    when_written(come)
    assert load(here, MANY, now=None).loaded
    assert len(read_acknowledged(saver)) == 1 and len(times) == 2
    assert [row[0] for row in log_of(here)][:2] == ["web", "n0"]


def test_a_file_that_gave_way_for_long_has_its_turn(store, impatient, monkeypatch):
    monkeypatch.setattr("monitor.commands.load_transaction.PATIENCE_SECONDS", 0.5)
    stop, saves = threading.Event(), []
    who = sign_in(store, "Camille", Role.VOLUNTEER, NOW)

    def save():
        while not stop.is_set():
            saves.append(commands.log_action(store, who, action(), LATER))

    saver = threading.Thread(target=save)
    saver.start()
    loaded = load(store, MANY).loaded
    stop.set()
    saver.join()
    assert loaded and saves
    names = [row[0] for row in log_of(store)]
    first = names.index("n0")
    assert names[first : first + 1_000] == [f"n{number}" for number in range(1_000)]


@pytest.fixture
def parted(impatient, monkeypatch):
    """Ten rows are much, and written in parts of ten once anybody waits."""
    monkeypatch.setattr("monitor.commands.staging.AT_ONCE", 10)
    monkeypatch.setattr("monitor.commands.rows.AT_ONCE", 10)
    monkeypatch.setattr("monitor.commands.part_writing.PART_SECONDS", 0)
    monkeypatch.setattr("monitor.store.sqlite_session._STEPS", 100)
    monkeypatch.setattr("monitor.store.postgres._AT_ONCE", 10)


class Savers:
    """Some who save one after the other: each comes when a file holds the lock, and is about to be
    written, whole or a part of it. `public`: how many of its rows counted then."""

    def __init__(self, store, *saves):
        self._store, self._saves = store, [*saves]
        self.threads, self.public = [], []

    def __call__(self, session):
        ((rows,),) = session.rows(
            "SELECT count(*) FROM action a JOIN entry e ON e.seq = a.seq "
            f"WHERE a.action_id LIKE 'n%' AND e.load_seq IN ({COUNTING_FILES})"
        )
        self.public.append(rows)
        if self._saves:
            saver = threading.Thread(target=self._saves.pop(0))
            saver.start()
            self.threads.append(saver)
            wait_until(lambda: is_awaited(self._store, session), every=0.001)

    def join(self):
        for thread in self.threads:
            thread.join()


#: The last of them corrects the first.
LONG = HEADER + "".join(map(NOTE.format, range(99)))
LONG += f"n99,{PARIS},1,2018-03-01,note,,Une note.,,,n0,Erreur\n"


def test_a_long_file_is_written_in_parts_between_which_others_save(
    store, parted, when_written, monkeypatch
):
    # Who waits comes first however busy the machine is.
    monkeypatch.setattr("monitor.commands.part_writing.PAUSE_SECONDS", 0.1)
    when_written(savers := Savers(store, *[entry_by(store)] * 5))
    assert load(store, LONG).loaded
    savers.join()
    names = [row[0] for row in log_of(store)]
    assert [name for name in names if name != "web"] == [f"n{number}" for number in range(100)]
    assert names.count("web") == 5 and names.index("web") < 50 and names[-1] == "n99"
    assert {*savers.public} == {0}  # nothing of it counts before its last part is there
    with store.reading() as session:
        files = recent_files(session, PACT)
        assert {(one.name, one.author, one.state) for one in files[:10]} == {
            ("f.csv", "operator", "accepted")
        }
        assert sum(one.rows for one in files[:10]) == 100
        assert {one.by for one in files} == {None}  # and nobody has reviewed it
        seqs = [seq for (seq,) in session.rows("SELECT seq FROM action WHERE action_id LIKE 'n%'")]
        assert {one.reviewer for one in published_entries(session, seqs, 2**40)} == {None}
        assert [(row[0], row[1]) for row in log_of(store) if row[1]] == [("n99", "n0")]
    assert load(store, LONG).outcomes == {"unchanged": 100}


def test_signatories_written_in_parts_have_their_commitments_in_each(store, parted, when_written):
    rows = "".join(f"p{number},Une Personne {number},75056,2014-03-01\n" for number in range(30))
    seen = []

    def look(session):
        seen.append(verify(session).intact)

    when_written(savers := Savers(store, *[entry_by(store)] * 2))
    when_written(look)
    assert load(store, SIGNED + rows, "signatories").loaded
    savers.join()
    log_of(store)
    assert len(seen) > 3 and all(seen)


def test_what_others_say_of_a_file_amid_its_parts_has_it_checked_once_more(
    store, parted, when_written
):
    who = sign_in(store, "Camille", Role.VOLUNTEER, NOW)

    def save(**values):
        commands.log_action(store, who, action(**values), LATER)

    mend = partial(save, signatory_id=PARIS, measure="1", supersedes="par-006", reason="Erreur.")
    when_written(savers := Savers(store, save, save, mend))
    assert load(store, LONG).loaded
    savers.join()
    with store.reading() as session:
        states = [one.state for one in recent_files(session, PACT)]
    assert {*states} == {"accepted", "refused"}
    assert load(store, LONG).outcomes == {"unchanged": 100}


@pytest.mark.parametrize("parts", [True, False], ids=["in parts", "at once"])
def test_what_others_add_to_what_a_long_file_is_about_comes_between_its_rows(
    store, parted, when_written, parts
):
    read, save = [], entry_by(store, signatory_id=PARIS)
    when_written(savers := Savers(store, *[save] * 5 * parts))
    meanwhile = Meanwhile(save, times=1)
    report = load(store, LONG, progress=lambda rows: (read.append(rows), meanwhile(rows)))
    savers.join()
    assert report.loaded and read == [100]
    with store.reading() as session:
        assert verify(session).intact
        revs = session.rows(
            "SELECT a.rev FROM action a JOIN commitment c ON c.id = a.commitment_id "
            "WHERE c.signatory_id = :name AND c.measure_id = '1' ORDER BY a.seq",
            name=PARIS,
        )
    assert [rev for (rev,) in revs] == [*range(1, len(revs) + 1)]
    assert len(log_of(store)) == 101 + 5 * parts


def test_of_a_file_that_is_cut_off_amid_its_parts_nothing_ever_counts(
    store, parted, when_written, monkeypatch
):
    """What a killed process leaves: nobody decides of it, and loading again brings all of it."""
    parts = []

    def cut(session):
        parts.append(session)
        if len(parts) == 4:
            raise KeyboardInterrupt

    reviewer = sign_in(store, "Maxime", Role.REVIEWER, NOW)
    monkeypatch.setattr("monitor.commands.part_writing.PartWriter._give_up", lambda self: None)
    when_written(savers := Savers(store, entry_by(store)))
    when_written(cut)
    with pytest.raises(KeyboardInterrupt):
        load(store, LONG)
    savers.join()
    with store.reading() as session:
        assert verify(session).intact
        ((left,),) = session.rows("SELECT max(seq) FROM load WHERE accepted = 0")
        assert left not in {one.seq for one in recent_files(session, PACT)}
        assert count_to_review(session, "Maxime", tied=False)[PACT] == (1, 0)
    with pytest.raises(Refused):
        commands.review_load(store, reviewer, left, Decision.ACCEPTED, now=LATER)
    monkeypatch.undo()
    assert load(store, LONG).outcomes == {"created": 100}


#: A pact of which more is loaded than is written at once.
VELO = "velo-2014"
WIDE = {
    **WHOLE,
    "Signataires": [
        *WHOLE["Signataires"],
        *((f"p{number}", f"Une Personne {number}", "59350") for number in range(12)),
    ],
    "actions": [*WHOLE["actions"], *((f"n{n}", "s1", "1", "2014-04-03", "Vu") for n in range(40))],
}
#: The same with a measure more, that everybody has signed too.
WIDER = {**WIDE, "MESURES": [*WHOLE["MESURES"], ("3", "Aller", "Aller loin", *[""] * 5)]}


class PactReader:
    """Who looks at the pact whenever a part of it is about to be written: `saw`, each thing once, how
    many measures and signatories the site has of it, None before there is any."""

    def __init__(self, store):
        self._store, self._snapshots = store, Snapshots(store)
        self.saw = []

    def __call__(self, _session=None):
        log = self._snapshots.current().logs.get(VELO)
        known = log and what_is_known(log)
        found = log and known and (len(log.pact.measures), len(known.signatories))
        with self._store.reading() as session:
            assert verify(session).intact
            assert (VELO in list_pacts(session)) is bool(log)
            assert bool(current_pact(session, VELO)) is bool(log)
        if found not in self.saw:
            self.saw.append(found)


@pytest.mark.parametrize("before", [None, WIDE], ids=["new", "changed"])
def test_a_pact_written_in_parts_counts_at_once(store, parted, when_written, before):
    if before:
        load_pact(store, before)
    when_written(savers := Savers(store, *[entry_by(store)] * 3))
    when_written(reader := PactReader(store))
    assert load_pact(store, WIDER).loaded
    savers.join()
    reader()
    assert len(savers.threads) == 3
    assert reader.saw == [(2, 14) if before else None, (3, 14)]
    assert Snapshots(store).current().log(VELO).pact.measures[2].id == "3"
    again = load_pact(store, WIDER)
    assert {*sum((report.outcomes for report in again.reports), Counter())} == {"unchanged"}


@pytest.mark.parametrize("before", [None, WHOLE], ids=["new", "changed"])
@pytest.mark.parametrize("after", [WIDER, WIDE], ids=["the same", "another"])
def test_a_pact_that_is_cut_off_amid_its_parts_is_nowhere(
    store, parted, when_written, monkeypatch, before, after
):
    """And is loaded again, as it was or otherwise: a measure that it had then may be gone."""
    if before:
        load_pact(store, before)
    parts = []

    def cut(session):
        parts.append(session)
        if len(parts) == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr("monitor.commands.part_writing.PartWriter._give_up", lambda self: None)
    when_written(savers := Savers(store, *[entry_by(store)] * 2))
    when_written(cut)
    with pytest.raises(KeyboardInterrupt):
        load_pact(store, WIDER)
    savers.join()
    with store.reading() as session:
        ((rows,),) = session.rows("SELECT count(*) FROM signatory WHERE signatory_id LIKE 'p%'")
    assert rows
    reader = PactReader(store)
    reader()
    monkeypatch.undo()
    assert load_pact(store, after).loaded
    reader()
    assert reader.saw == [(2, 2) if before else None, (3 if after is WIDER else 2, 14)]


@pytest.mark.sqlite
def test_a_pact_that_is_not_approved_after_its_parts_is_nowhere(store, parted, when_written):
    def refuse(_session, _before):
        raise NotAllowed("own_work")

    when_written(savers := Savers(store, *[entry_by(store)] * 2))
    with pytest.raises(NotAllowed):
        load_pact(store, WIDER, approve=refuse)
    savers.join()
    reader = PactReader(store)
    reader()
    with store.reading() as session:
        states = session.rows("SELECT DISTINCT decision FROM load_review")
    assert reader.saw == [None] and states == [("refused",)]


def test_nobody_waits_long_for_a_large_file(here, token, when_written):
    saver, begun = waiting_writer(here.url, token, 1), []
    began = time.perf_counter()
    commands.log_action(here, Bearer(token=token), action())
    quiet = time.perf_counter() - began

    def come(_session):
        if not begun:
            begin(saver)
        begun.append(time.perf_counter())

    when_written(come)
    rows = pick_amount(100_000, 500)
    assert load(here, HEADER + "".join(map(NOTE.format, range(rows))), now=None).loaded
    lasted = time.perf_counter() - begun[-1]
    (acknowledged,) = read_acknowledged(saver)
    assert "seconds" in acknowledged, acknowledged
    waited = acknowledged["seconds"]
    print_measure(
        f"{rows} rows written in {lasted:.1f} s: who comes meanwhile waits {waited:.2f} s, "
        f"{quiet:.2f} s without them"
    )
    assert waited <= 2 * HOLD_SECONDS + 10 * quiet


def test_a_load_keeps_no_more_rows_in_memory_than_it_handles_together(store, monkeypatch):
    monkeypatch.setattr("monitor.commands.loading.CHUNK", 100)
    monkeypatch.setattr("monitor.commands.loading.TOLD", 100)
    alive = []

    def count(_read):
        gc.collect()
        alive.append(sum(type(one) is Row for one in gc.get_objects()))

    assert load(store, MEMORABLE, progress=count).loaded
    assert max(alive) <= 2 * 100 + 1


def test_what_a_large_load_prepares_is_written_as_it_was_decided(store, monkeypatch):
    monkeypatch.setattr("monitor.commands.parts.IN_MEMORY", 0)
    assert load(store, progress=Meanwhile(entry_by(store))).loaded
    assert log_of(store)[1:] == [("one", None, -1, 0), ("two", None, -2, 0), ("fix", "one", -3, 0)]


def test_no_room_for_what_a_load_prepares_is_said_and_nothing_is_written(store, monkeypatch):
    monkeypatch.setattr("monitor.commands.parts.IN_MEMORY", 0)
    monkeypatch.setattr("tempfile.TemporaryFile", lambda *_, **__: open("/dev/full", "r+b"))  # noqa: SIM115
    with pytest.raises(DatabaseError) as raised:
        load(store)
    assert raised.value.code == "temporary_unwritable" and log_of(store) == []


def test_the_look_whether_anything_can_be_written_waits_for_nobody(store):
    with store.writing():
        check_writable(store)


def test_a_file_that_can_be_read_but_once_is_not_loaded_where_others_wrote_of_it(store):
    class Pipe(io.StringIO):
        def seekable(self):
            return False

    meanwhile = Meanwhile(entry_by(store, signatory_id=PARIS))
    with pytest.raises(Changed) as raised:
        load(store, progress=meanwhile, rejects=Pipe())
    assert raised.value.code == "file_overtaken" and len(log_of(store)) == 1
    assert load(store, progress=meanwhile, rejects=Pipe()).loaded


def test_a_file_is_decided_of_in_a_part_of_the_time_that_it_took_to_load(store):
    """However its rows are, and by somebody tied to a commune: no row is compared with every other
    under the lock, and the communes of all of them are looked for once."""
    author = sign_in(store, "Camille", Role.VOLUNTEER, NOW)
    reviewer = sign_in(store, "Maxime", Role.REVIEWER, NOW)
    with store.writing() as session:  # to a place that the file is not about
        set_excluded_communes(session, "Maxime", ["01001"], "operator", NOW)
    began = time.perf_counter()
    text = HEADER + "".join(map(NOTE.format, range(pick_amount(50_000, 3_000))))
    assert load(store, text, who=author).loaded
    loaded = time.perf_counter()
    with store.reading() as session:
        (file,) = [one for one in recent_files(session, PACT) if one.state == "pending"]
    decided = time.perf_counter()
    commands.review_load(store, reviewer, file.seq, Decision.ACCEPTED, now=LATER)
    took = time.perf_counter() - decided
    print_measure(f"{file.rows} rows loaded in {loaded - began:.2f} s, decided of in {took:.3f} s")
    assert took < (loaded - began) / 4


@pytest.mark.sqlite
@pytest.mark.parametrize("sql", [COMMUNES_OF_FILE, ENTRIES_OF_FILE], ids=["communes", "entries"])
def test_the_rows_of_a_file_are_found_without_reading_the_log(store, sql):
    """Under the lock: of a million entries, to read all would keep who saves waiting for a second."""
    with store.reading() as session:
        plan = session.rows(f"EXPLAIN QUERY PLAN {sql}", load=1)
    read = [detail for *_, detail in plan if " e " in f"{detail} "]
    assert read and all("entry_load" in detail or "rowid=?" in detail for detail in read), read


def files_of(store, name="Dominique"):
    """(those that the team sees, those that their author is told were not written to the end)."""
    with store.reading() as session:
        assert verify(session).intact
        return recent_files(session, PACT), unfinished_files(session, PACT, name)


def test_a_long_file_of_an_account_is_one_though_others_save_amid_it(store, parted, when_written):
    author, reviewer = (sign_in(store, *who, NOW) for who in (DOMINIQUE, MAXIME))
    when_written(savers := Savers(store, *[entry_by(store)] * 5))
    when_written(lambda _session: seen.append(files_of(store)))
    seen = []
    assert load(store, LONG, who=author).loaded
    savers.join()
    for shown, unfinished in seen[4:-1]:
        assert "f.csv" not in {one.name for one in shown} and len(unfinished) == 1
    shown, unfinished = files_of(store)
    assert not unfinished
    (file,) = [one for one in shown if one.name == "f.csv"]
    assert (file.author, file.state, file.rows) == ("Dominique", "pending", 100)
    names = [row[0] for row in log_of(store)]
    assert names.count("web") == 5 and names[-1] == "n99"
    assert names.index("n0") < names.index("web", names.index("n0")) < names.index("n50")
    with store.reading() as session:
        assert count_to_review(session, "Maxime", tied=False)[PACT] == (5, 1)
        assert len(entries_of(session, file.seq)) == 100
    commands.review_load(store, reviewer, file.seq, Decision.ACCEPTED, now=LATER)
    ((rows, _),) = counting(store)
    assert rows == 100 and load(store, LONG).outcomes == {"unchanged": 100}


def counting(store) -> list[tuple]:
    """(how many of its rows count, in how many files)."""
    with store.reading() as session:
        return session.rows(
            "SELECT count(*), count(DISTINCT e.load_seq) FROM action a JOIN entry e ON e.seq = a.seq "
            f"WHERE a.action_id LIKE 'n%' AND e.load_seq IN ({COUNTING_FILES})"
        )


@pytest.fixture
def leftover(store, parted, when_written, monkeypatch):
    """The file of an account of which a process that was killed left some parts."""
    parts, author = [], sign_in(store, *DOMINIQUE, NOW)

    def cut(session):
        parts.append(session)
        if len(parts) == 4:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("monitor.commands.part_writing.PartWriter._give_up", lambda self: None)
        when_written(savers := Savers(store, entry_by(store)))
        when_written(cut)
        with pytest.raises(KeyboardInterrupt):
            load(store, LONG, who=author)
        savers.join()
    parts.clear()
    parts += [None] * 9  # it is cut but once
    (file,) = files_of(store)[1]
    return file, author


def test_of_a_file_of_an_account_that_is_cut_off_nothing_counts_and_nobody_decides(store, leftover):
    file, _ = leftover
    assert file.state == "unfinished" and 0 < file.rows < 100
    assert file.seq not in {one.seq for one in files_of(store)[0]}
    for decision in Decision:
        reviewer = sign_in(store, f"Maxime {decision}", Role.REVIEWER, NOW)
        with pytest.raises(Refused):
            commands.review_load(store, reviewer, file.seq, decision, "Non.", now=LATER)
        with store.reading() as session:
            assert count_to_review(session, "Maxime", tied=False)[PACT] == (1, 0)
    assert counting(store) == [(0, 0)]


def test_to_load_it_again_brings_all_of_it_and_gives_up_what_was_left(store, leftover):
    _, author = leftover
    assert load(store, LONG, who=author).outcomes == {"created": 100}
    shown, unfinished = files_of(store)
    assert not unfinished
    assert [(one.state, one.rows) for one in shown if one.name == "f.csv"] == [("pending", 100)]


def test_of_a_file_whose_process_is_killed_amid_its_parts_nothing_counts(store, url, tmp_path):
    author, other = (sign_in(store, *who, NOW) for who in (DOMINIQUE, CAMILLE))
    file, output = tmp_path / "f.csv", tmp_path / "said.txt"
    file.write_text(LONG, "utf-8")
    arguments = (url, author.token or "", other.token or "", str(file))
    process = fork_module(
        "tests.support.killed_load", *arguments, environment=os.environ, folder=ROOT, said=output
    )
    process.join(LONGEST)
    assert process.exitcode == -signal.SIGKILL, output.read_text("utf-8")
    shown, (left,) = files_of(store)
    assert left.state == "unfinished" and 0 < left.rows < 100
    assert "f.csv" not in {one.name for one in shown} and counting(store) == [(0, 0)]
    assert load(store, LONG, who=author).outcomes == {"created": 100}
    shown, unfinished = files_of(store)
    assert not unfinished
    assert [(one.state, one.rows) for one in shown if one.name == "f.csv"] == [("pending", 100)]


def test_its_author_alone_gives_it_up(store, leftover):
    file, author = leftover
    other = sign_in(store, "Maxime", Role.ADMIN, NOW)
    with pytest.raises(NotFound):
        commands.abandon_file(store, other, file.seq, LATER)
    commands.abandon_file(store, author, file.seq, LATER)
    with pytest.raises(Changed, match="file_given_up"):
        commands.abandon_file(store, author, file.seq, LATER)
    assert files_of(store)[1] == [] and counting(store) == [(0, 0)]
    assert load(store, LONG).outcomes == {"created": 100}


def test_who_gives_up_a_file_that_is_no_leftover_is_told_what_it_is(store):
    author, reviewer = (sign_in(store, *who, NOW) for who in (DOMINIQUE, MAXIME))
    steps = {
        "file_is_whole": lambda seq: None,
        "file_is_whole, accepted": lambda seq: commands.review_load(
            store, reviewer, seq, Decision.ACCEPTED, now=LATER
        ),
        "already_withdrawn": lambda seq: commands.withdraw_load(store, None, seq, "Double", LATER),
    }
    assert load(store, who=author).loaded
    seq = next(one.seq for one in files_of(store)[0] if one.name == "f.csv")
    for state, bring_about in steps.items():
        bring_about(seq)
        with pytest.raises(Changed, match=state.split(",")[0]):
            commands.abandon_file(store, author, seq, LATER)


def test_what_others_say_of_a_file_of_an_account_amid_its_parts_has_it_checked_again(
    store, parted, when_written
):
    author, other = (sign_in(store, *who, NOW) for who in (DOMINIQUE, CAMILLE))

    def save(**values):
        commands.log_action(store, other, action(**values), LATER)

    mend = partial(save, signatory_id=PARIS, measure="1", supersedes="par-006", reason="Erreur.")
    when_written(savers := Savers(store, save, save, mend))
    assert load(store, LONG, who=author).loaded
    savers.join()
    shown, unfinished = files_of(store)
    assert [one.rows for one in shown if one.name == "f.csv"] == [100] and not unfinished


@pytest.mark.parametrize("way", ["given up", "closed"])
def test_who_gives_a_file_up_or_loses_their_account_amid_its_parts_leaves_nothing_that_counts(
    store, parted, when_written, way
):
    save, author = entry_by(store), sign_in(store, *DOMINIQUE, NOW)

    def end():
        if way == "closed":
            commands.change_account(store, None, "Dominique", active=False, now=LATER)
        else:
            commands.abandon_file(store, author, files_of(store)[1][0].seq, LATER)

    when_written(savers := Savers(store, save, save, end))
    with pytest.raises(NotAllowed if way == "closed" else Changed):
        load(store, LONG, who=author)
    savers.join()
    shown, _ = files_of(store)
    assert not [one for one in shown if one.name == "f.csv"] and counting(store) == [(0, 0)]


def test_many_checks_of_links_come_in_though_others_save(store, parted, when_written):
    """They come with no file, and are written at once in the end."""
    with store.reading() as session:
        ((url,),) = session.rows("SELECT min(source_url) FROM action_text")
    rows = "".join(f"{url},404,2026-02-{day:02}\n" for day in range(1, 29))
    when_written(savers := Savers(store, entry_by(store)))
    file = file_in_memory(f"url,status,checked_on\n{rows}")
    assert commands.load_links(store, file, name="l.csv", now=LATER).loaded
    savers.join()
